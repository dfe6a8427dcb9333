"""What organisers are told of a report by mail: that there is one, and where. Nothing of it, and nothing of anybody."""

from typing import Any

import pytest
from django.core import mail as outbox
from django.urls import reverse

from learningsets.mail import send_waiting
from learningsets.models import Letter, Membership, Role
from reports.releasing import publish, withdraw
from tests.reports.conftest import PEOPLE, World
from tests.reports.test_releasing import ready, refused, rewritten

pytestmark = [pytest.mark.xdist_group("report-letters"), pytest.mark.usefixtures("lasting_world")]


def letters() -> list[tuple[str, str]]:
    """Whom waiting letters about what is out go to, and their subjects (the set has some before, to read it)."""
    return sorted(Letter.objects.filter(subject__startswith="A report").values_list("to", "subject"))


def test_each_organiser_is_told_once_that_a_report_is_out_and_that_it_was_withdrawn(world: World, join: Any) -> None:
    join(world.cohort, "Otto Second", "otto@sponsor.example.org", role=Role.ORGANISER)
    left = join(world.cohort, "Orla Former", "orla@sponsor.example.org", role=Role.ORGANISER)
    Membership.objects.filter(pk=left.pk).update(left_on="2026-11-02")
    release = ready(world.report())
    assert (refused(release, "0" * 64), letters()) == (["bytes"], [])
    publish(release.pk, release.sha256)
    publish(release.pk, release.sha256)  # a second click
    out = [("odile@sponsor.example.org", "A report is out"), ("otto@sponsor.example.org", "A report is out")]
    assert letters() == out
    assert (withdraw(release.pk, "It named Ingvar."), withdraw(release.pk, "again")) == (True, False)
    assert letters() == sorted([*out, *((to, "A report was withdrawn") for to, _subject in out)])
    send_waiting()
    told = [tuple(message.to) for message in outbox.outbox if message.subject.startswith("A report")]
    assert sorted(told) == sorted([(to,) for to, _subject in out] * 2)


def test_a_letter_says_nothing_of_the_report_of_the_set_or_of_anybody(world: World) -> None:
    release = ready(world.report())
    publish(release.pk, release.sha256)
    second = ready(rewritten(world, release.report, "The set met for two days."))
    publish(second.pk, second.sha256)
    assert len(letters()) == 1  # what replaced the first version while that letter waited is told in one
    withdraw(second.pk, "It named Ingvar Bergqvist.")
    written = " ".join(
        f"{letter.subject} {letter.body} {letter.about}"
        for letter in Letter.objects.filter(subject__startswith="A report")
    )
    named = [word for name, *_ in PEOPLE for word in name.split()]
    of_it = [release.report.title, release.report.period, "Alder", world.programme.title, str(release.pk)]
    of_it += [str(release.report.pk), str(world.cohort.pk), release.sha256, "named", "version"]
    assert [word for word in (*named, *of_it) if word in written] == []
    assert written.count(reverse("reports:library")) == 2
