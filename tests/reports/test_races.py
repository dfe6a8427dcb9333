"""Eight hands on one write-up at the same moment: what each wrote is there, or they are told that it is not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import close_old_connections, connection

from reports import write_up as raw
from reports.models import Report
from reports.writing import Conflict, mark, save_section
from tests.reports.conftest import World

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 8


def at_once(work: Callable[[int], Any]) -> list[Any]:
    """What `work` gives, or `Conflict` where it met one, when run by several threads at the same time."""

    def run(number: int) -> Any:
        close_old_connections()
        try:
            return work(number)
        except Conflict:
            return Conflict
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as threads:
        return list(threads.map(run, range(HANDS)))


@pytest.fixture
def report(world: World) -> Report:
    """A report with as many sections as there are hands."""
    report = world.report()
    report.content = raw.plain(raw.WriteUp(tuple(raw.NextSteps((f"{n}",), id=f"s{n}") for n in range(HANDS))))
    report.save()
    return report


def test_each_saves_a_section_and_all_are_kept(report: Report) -> None:
    def save(number: int) -> None:
        mine = Report.objects.get(pk=report.pk)
        save_section(mine, raw.NextSteps((f"Hand {number}",), id=f"s{number}"), mark(mine, f"s{number}"))

    at_once(save)
    stored = Report.objects.get(pk=report.pk)
    assert [part.items for part in raw.read(stored.content).sections] == [(f"Hand {n}",) for n in range(HANDS)]
    assert stored.version == report.version + HANDS


def test_of_all_who_save_the_same_section_one_does_and_the_others_are_told(report: Report) -> None:
    seen = mark(report, "s1")
    told = at_once(lambda number: save_section(report, raw.NextSteps((f"Hand {number}",), id="s1"), seen))
    assert told.count(Conflict) == HANDS - 1
