"""A report as long as one may become, from the write-up to its release: each page asks as often as for a short one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports import windows
from reports import write_up as raw
from reports.models import Release, Report
from reports.releasing import prepare, publish
from tests.reports.conftest import World, certified
from tests.reports.objecting import PAGE, body
from tests.world import let_time_pass

ANSWER = f"We {'listened and ' * 40}wrote it down."
PASSAGE = ("We listened to what had been said about beds, and about mornings, and wrote all of it down; " * 300)[
    :19_900
]
WRITING = {
    "report": 27, "write_up": 4, "cover": 3, "review_copy": 19, "review": 22, "clearances": 7, "meetings": 7,
    "session": 3, "concepts": 5, "scheme": 12, "contexts": 3, "questions": 4, "themes": 11, "answers": 20,
    "next_steps": 3,
}  # fmt: skip
"""Queries of each page of the write-up."""
LEAVING = {
    "progress": 23, "reading": 6, "objecting": 13, "reading again": 6, "what became of it": 8, "objections": 8,
    "library": 13, "certificate": 4,
}  # fmt: skip
"""Queries of each page on the way out."""


def written(world: World, *, long: bool) -> Report:
    """Sixty concepts, 25 questions, twelve themes, a hundred answers, one paragraph as long as a field holds; or one of
    each, and five answers to a question."""
    every = 1 if not long else 12
    words = [f"We spoke of bed {number} for a while." for number in range(24 if long else 4)]
    terms = tuple(raw.Term(f"Concept {number}") for number in range(5 if long else 1))
    report = prepare(world.held((*words, ANSWER)))
    sections = (
        raw.Session(paragraphs=(PASSAGE if long else "The set met for a day.",)),
        raw.Concepts("On the wall:", tuple(raw.Cluster(f"Heap {number}", terms) for number in range(every))),
        raw.Scheme("A round", (raw.Node("Plan", 50, 0), raw.Node("Try", 90, 70)), (), (0, 1), "Plan and try."),
        raw.Contexts("In short:", (raw.Profile("An island", ("Small.",) * every),)),
        raw.Questions("", tuple(raw.Question(f"How do we begin {n} times?") for n in range(25 if long else 1))),
        raw.Themes(
            "", tuple(raw.Theme(f"Thread {number}", ("It grows.", "Slowly."), people=4) for number in range(every))
        ),
        raw.Answers(),
        raw.NextSteps(tuple(f"Visit ward {number}." for number in range(every))),
    )
    report.content = raw.plain(raw.WriteUp(sections))
    report.save()
    return report


@pytest.mark.once
@pytest.mark.parametrize("long", [False, True])
def test_a_long_report_costs_no_more_queries_than_a_short_one(world: World, long: bool) -> None:
    report = written(world, long=long)
    fay, member, odile = (world.client(who) for who in (world.fay, world.members[0], world.odile))
    asked: dict[str, int] = {}

    def look(name: str, visit: Callable[[], Any]) -> str:
        with CaptureQueriesContext(connection) as queries:
            answer = visit()
        assert answer.status_code in (200, 302), name
        asked[name] = len(queries)
        return str(answer.content.decode())

    sections = {part.kind: world.address(report, part.kind) for part in raw.read(report.content).sections}
    pages = {name: reverse(f"reports:{name}", args=[report.pk]) for name in WRITING if name not in sections}
    said = {name: look(name, lambda at=at: fay.get(at)) for name, at in (pages | sections).items()}  # type: ignore[misc]
    assert (asked, ANSWER in said["themes"]) == (WRITING, False)  # nor does an answer stand whole beside each theme

    asked.clear()
    window = windows.give(certified(report))
    look("progress", lambda: fay.get(reverse("reports:progress", args=[window.release_id])))
    look("reading", lambda: member.get(PAGE))
    look("objecting", lambda: member.post(PAGE, body(window, "We listened to what" if long else "We spoke of bed 1")))
    assert "What you want so far:" in look("reading again", lambda: member.get(PAGE))
    let_time_pass(window)
    folded = look("what became of it", lambda: member.get(PAGE)).count('<details class="quote">')
    objections = look("objections", lambda: fay.get(reverse("reports:objections", args=[report.pk])))
    assert (folded, objections.count('<details class="quote">')) == (long, long)  # what is asked stays in reach
    released = out(world)
    look("library", lambda: odile.get(reverse("reports:library")))
    look("certificate", lambda: odile.get(reverse("reports:certificate", args=[released.pk])))
    assert asked == LEAVING


def out(world: World) -> Release:
    """The next meeting's report, released."""
    release = certified(written(world, long=False))
    let_time_pass(windows.give(release))
    return publish(release.pk, release.sha256)
