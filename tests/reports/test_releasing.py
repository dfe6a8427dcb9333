"""Releasing exactly the certified bytes, once; replacing and withdrawing them; nothing changes them afterwards."""

import logging
from dataclasses import replace
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from reports import write_up as raw
from reports.build import build_document
from reports.document import Theme, Themes, dumps
from reports.gate import Refused
from reports.models import Release, Report
from reports.models.release import State
from reports.releasing import prepare, publish, request_candidate, withdraw
from reports.titles import having
from tests.paper.invented import minimal, said
from tests.reports.conftest import ANSWERS, World, certified, make_world
from tests.world import through_window


def ready(report: Report) -> Release:
    """A release of `report` that is certified, and that the set has read."""
    return through_window(certified(report))


def rewritten(world: World, report: Report, words: str) -> Report:
    """The same report with another introduction."""
    again = world.refresh(report)
    written = raw.read(again.content)
    introduction, *rest = written.sections
    again.content = raw.plain(replace(written, sections=(replace(introduction, paragraphs=(words,)), *rest)))
    again.save()
    return again


def refused(release: Release, named: str) -> list[str]:
    with pytest.raises(Refused) as no:
        publish(release.pk, named)
    return [refusal["code"] for refusal in no.value.refusals]


def test_a_meeting_has_one_report(world: World) -> None:
    meeting = world.held()
    first = prepare(meeting)
    assert (first.title, first.period) == ("Meeting report 1", "November 2026")
    assert prepare(meeting) == first
    meeting.state = "closed"
    with pytest.raises(ValueError, match="tipped"):
        prepare(meeting)


def test_what_stands_in_the_way_is_said_before_anything_is_queued(world: World) -> None:
    with pytest.raises(Refused) as no:
        request_candidate(world.report(world.held(ANSWERS[:3])))
    assert [refusal["code"] for refusal in no.value.refusals] == ["contributors"]
    assert Release.objects.count() == 0


def test_why_a_report_is_refused_is_shown_and_written_nowhere(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """The sentences quote the write-up as it was typed."""
    caplog.set_level(logging.DEBUG)
    report = world.report(introduction=("We heard how Sweden plans its hospitals.",))
    with pytest.raises(Refused):
        request_candidate(report)
    world.decide_all(report, "keep", reason="They said so.")
    with pytest.raises(Refused) as no:
        request_candidate(world.refresh(report))
    assert "Sweden" in str(no.value.refusals)
    release = ready(world.report(world.held()))
    rewritten(world, release.report, "The set met for two days.")
    assert refused(release, release.sha256) == ["changed"]
    assert [line for line in caplog.messages if not line.startswith("The queue is out of reach")] == []


def test_exactly_the_certified_bytes_leave(world: World) -> None:
    release = ready(world.report())
    assert refused(release, "0" * 64) == ["bytes"]
    out = publish(release.pk, release.sha256)
    assert (out.state, out.sha256, out.pages) == (State.RELEASED, release.sha256, release.pages)
    assert publish(release.pk, release.sha256) == out  # a second click


def test_a_change_after_the_pages_were_made_stops_their_release(world: World) -> None:
    release = ready(world.report())
    rewritten(world, release.report, "The set met for two days.")
    assert refused(release, release.sha256) == ["changed"]


def test_a_new_version_replaces_the_old(world: World) -> None:
    first = ready(world.report())
    publish(first.pk, first.sha256)
    second = ready(rewritten(world, first.report, "The set met for two days."))
    assert (second.number, first.number) == (2, 1)
    publish(second.pk, second.sha256)
    first.refresh_from_db()
    assert (first.state, first.withdrawn_reason) == (State.WITHDRAWN, "Replaced by version 2.")
    assert list(having(first.report.title)) == [second]


def test_a_version_that_would_single_out_an_answer_is_refused(world: World) -> None:
    report = world.report()
    first = ready(report)
    publish(first.pk, first.sha256)
    meeting = report.coverages.get().meeting
    meeting.prompts.order_by("position")[0].reflections.order_by("text")[0].delete()
    with pytest.raises(Refused) as no:
        request_candidate(world.refresh(report))
    assert [refusal["code"] for refusal in no.value.refusals] == ["differencing"]


def test_an_answer_that_a_newcomers_name_empties_leaves_with_all_to_its_question(world: World, join: Any) -> None:
    """One answer alone may not be missing beside the version that left, whatever else is left out; all to it may."""
    held = world.held(("Zebulon Quist-Larsson.", *(f"Listen {n} times over." for n in range(6))))
    world.decide_all(world.report(held), "keep", reason="A mountain, and nobody here.")
    first, fay = ready(prepare(held)), world.client(world.fay)
    publish(first.pk, first.sha256)
    join(world.cohort, "Zebulon Quist-Larsson", "z@new.example.org")
    held.prompts.last().reflections.filter(text__startswith="Zeb").update(text="Never mind.")  # in all but one
    report = world.refresh(first.report)
    page, questions = reverse("reports:report", args=[report.pk]), held.prompts.order_by("position")

    def said() -> str:
        return fay.get(page).text

    assert "One answer alone may not differ" in said()
    one = str(questions[0].pk)
    world.save(fay, world.address(report, "answers"), left_out=[one])
    assert f"An answer to “{questions[0].text}”" not in said()
    assert f"An answer to “{questions[1].text}”" in said(), "one answer is missing there still"
    world.save(fay, world.address(report, "answers"), left_out=[str(prompt.pk) for prompt in questions])
    assert "single out" not in said()
    second = ready(world.refresh(report))
    assert "Listen 1 times" not in second.document
    assert publish(second.pk, second.sha256).state == State.RELEASED


def test_behind_answers_that_are_left_out_no_challenge_may_come_or_go(world: World) -> None:
    """All answers to a question are five and more; beside them one challenge less would be seen to be missing."""
    asked = tuple(raw.Question(f"How is it paid for, {n}?", challenge=str(world.challenge(one).pk))
                  for n, one in enumerate(world.members))  # fmt: skip
    first, fay = ready(world.report(questions=asked)), world.client(world.fay)
    report = world.refresh(first.report)
    everything = report.content
    out = str(report.coverages.get().meeting.prompts.order_by("position")[0].pk)
    world.save(fay, world.address(report, "answers"), left_out=[out])
    report = world.refresh(report)
    without_answers = report.content
    written = raw.read(without_answers)
    sections = (replace(one, questions=asked[1:]) if one.kind == "questions" else one for one in written.sections)
    without_one_more = raw.plain(replace(written, sections=tuple(sections)))

    def standing(content: Any) -> Report:
        Report.objects.filter(pk=report.pk).update(content=content)
        return world.refresh(report)

    second = ready(standing(without_one_more))  # nothing has left yet
    standing(everything)
    publish(first.pk, first.sha256)
    assert request_candidate(standing(without_answers)).number == 3
    with pytest.raises(Refused) as no:
        request_candidate(standing(without_one_more))
    [refusal] = no.value.refusals
    assert refusal["code"] == "differencing"
    assert "Print a question for each of the challenges" in refusal["sentence"]
    assert refused(second, second.sha256) == ["differencing"]  # nor may one leave that was ready before the first did


@pytest.mark.parametrize("left_out", [((), ()), ((1,), (2,))])
def test_two_candidates_of_which_only_one_may_leave(world: World, left_out: tuple[tuple[int, ...], ...]) -> None:
    """Both passed while neither was out: the second one meets the first one's contributions at its release. That all
    answers to other questions come and go hides none beside the same question."""
    report, fay = world.report(), world.client(world.fay)
    prompts = report.coverages.get().meeting.prompts.order_by("position")
    extra = prompts[0]

    def standing(out: tuple[int, ...]) -> Report:
        world.save(fay, world.address(report, "answers"), left_out=[str(prompts[place].pk) for place in out])
        return world.refresh(report)

    first = ready(standing(left_out[0]))
    extra.reflections.create(meeting=extra.meeting, text="One more.", regime="chatham")
    second = ready(standing(left_out[1]))
    extra.reflections.get(text="One more.").delete()
    standing(left_out[0])
    publish(first.pk, first.sha256)
    standing(left_out[1])
    extra.reflections.create(meeting=extra.meeting, text="One more.", regime="chatham")
    assert refused(second, second.sha256) == ["changed"]  # the answer is another row now
    Release.objects.filter(pk=second.pk).update(
        input_hash=_now(world.refresh(report)),
    )
    assert refused(second, second.sha256) == ["differencing"]


def _now(report: Report) -> str:
    return build_document(report, "release", key=b"").input_hash


def test_withdrawing_is_at_once_and_its_reason_passes_the_boundary(world: World) -> None:
    release = ready(world.report())
    assert withdraw(release.pk, "too early") is False
    publish(release.pk, release.sha256)
    assert withdraw(release.pk, "It named Ingvar Bergqvist of Region Norrhamn.") is True
    release.refresh_from_db()
    assert release.state == State.WITHDRAWN
    assert [word for word in ("Ingvar", "Bergqvist", "Norrhamn") if word in release.withdrawn_reason] == []
    assert withdraw(release.pk, "again") is False
    with pytest.raises(Refused):
        request_candidate(world.refresh(release.report))


@pytest.mark.parametrize(
    "change",
    [{"html": b"other"}, {"html": None}, {"pdf": b"other"},
     {"sha256": "0"}, {"document": "{}"}, {"certificate": {"x": 1}}, {"filename": "a.pdf"},
     {"number": 9}, {"state": "ready"}, {"state": "queued"}, {"input_hash": "x"}, {"released_on": "2020-01-01"}],
    ids="-".join,
)  # fmt: skip
def test_the_database_refuses_every_change_of_what_left(world: World, change: dict[str, object]) -> None:
    release = Release.objects.create(
        report=world.report(), number=1, input_hash="h", state="released", pdf=b"x", html=b"y", sha256="s",
        document="d",
        certificate={"sha256": "s"}, filename="f.pdf", released_on="2026-11-01",
    )  # fmt: skip
    for state in ("released", "withdrawn"):
        Release.objects.filter(pk=release.pk).update(state=state)
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Release.objects.filter(pk=release.pk).update(**change)


@pytest.mark.django_db(transaction=True)
def test_taking_the_page_back_leaves_what_left_frozen() -> None:
    """The migration that adds the page is taken back and made again: each time the trigger is there. And what left
    before titles were searched is found afterwards."""
    world = make_world()
    release = Release.objects.create(
        report=world.report(),
        number=1,
        input_hash="h",
        state="released",
        pdf=b"x",
        document=dumps(replace(minimal(), sections=(Themes(None, (Theme(said("Héron"), ()),)),))),
        sha256="s",
        released_on="2026-11-01",
    )
    try:
        for target in ("0002", "0003"):
            call_command("migrate", "reports", target, verbosity=0)
            with (
                pytest.raises(DatabaseError, match="never changed"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute("UPDATE reports_release SET pdf = NULL, state = 'queued'")
    finally:
        call_command("migrate", verbosity=0)
    release.refresh_from_db()
    assert (release.pages, release.html, list(release.hashes)) == (b"x", None, ["pdf"])
    assert list(having("heron")) == [release]
