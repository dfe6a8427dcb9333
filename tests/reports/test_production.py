"""From queued to ready: once, whatever dies on the way, and in words when it cannot be."""

import contextlib
import os
import re
import signal
import threading
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from learningsets.models import Identifier
from learningsets.models.identifier import Kind
from reports import production, renderer, windows
from reports import write_up as raw
from reports.anonymity import Roster, leftovers
from reports.document import loads
from reports.gate import VERSION, Refused
from reports.models import Printed, Release, Report, Window
from reports.models.release import State
from reports.production import file_name, produce, review_copy, take_up_again
from reports.readback import read
from reports.releasing import request_candidate, retry
from reports.renderer import child_pid
from tests.reports.conftest import World, certified


def aged(release: Release, **fields: Any) -> Release:
    """`release` as if its last sign of life were long ago."""
    past = timezone.now() - timedelta(minutes=5)
    Release.objects.filter(pk=release.pk).update(claimed_at=past, enqueued_at=past, **fields)
    release.refresh_from_db()
    return release


def test_the_pages_are_made_checked_and_bound_to_their_hash(world: World) -> None:
    world.held()
    release = request_candidate(world.report())
    assert (release.state, release.number) == (State.QUEUED, 1)
    produce(release.pk)
    release.refresh_from_db()
    assert (release.state, release.failure, release.refusals, release.attempts) == (State.READY, "", [], 1)
    assert sha256(release.pages).hexdigest() == release.sha256 == release.certificate["sha256"]
    assert sha256(release.document.encode()).hexdigest() == release.certificate["document"]
    assert re.fullmatch(r"meeting-report-2-[a-z]{6}\.pdf", release.filename)  # the meeting's number, not the draft's
    assert len(read(release.pages).pages) == release.certificate["pages"]
    assert Printed.objects.filter(release=release).count() == 28
    assert loads(release.document).status == "release"
    Release.objects.filter(pk=release.pk).update(state=State.RELEASED, released_on="2026-12-01")
    page = world.client(world.odile).get(reverse("reports:certificate", args=[release.pk])).text
    checked = re.sub("<[^>]*>", "", page.partition("What was checked")[2].partition("</ul>")[0])
    assert ("different people contributed" in checked, re.findall(r"\d+", checked)) == (True, []), "nobody is counted"
    counts = {name: value for name, value in release.certificate.items() if isinstance(value, int)}
    assert counts == {"gate": VERSION, "pages": release.certificate["pages"]}


def test_no_file_is_called_as_a_telephone_number_is() -> None:
    """The gate would refuse it, and its facilitators look for a number that stands nowhere."""
    ranges = [range(first, last) for first in range(1, 25) for last in range(first + 1, first + 13)]
    assert [name for name in map(file_name, ranges) if leftovers(name, Roster())] == []


def test_a_second_message_does_nothing(world: World) -> None:
    release = request_candidate(world.report())
    produce(release.pk)
    release.refresh_from_db()
    before = (release.sha256, release.claimed_at)
    produce(release.pk)
    release.refresh_from_db()
    assert (release.sha256, release.claimed_at) == before
    assert request_candidate(world.refresh(release.report)) == release
    assert Release.objects.count() == 1


def test_a_claim_is_held_by_one(world: World) -> None:
    release = request_candidate(world.report())
    now = timezone.now()
    assert Release.objects.claim(release.pk, now, now - timedelta(minutes=1)) is not None
    assert Release.objects.claim(release.pk, now, now - timedelta(minutes=1)) is None
    produce(release.pk)
    release.refresh_from_db()
    assert release.state == State.BUILDING


def test_a_worker_that_died_is_replaced_and_prints_the_same_document(world: World) -> None:
    release = request_candidate(world.report())
    produce(release.pk)
    release.refresh_from_db()
    document = release.document
    aged(release, state=State.RENDERING, pdf=None, sha256="")  # as a worker leaves it that is killed while rendering
    assert take_up_again() == [release.pk]
    assert take_up_again() == []
    produce(release.pk)
    release.refresh_from_db()
    assert (release.state, release.document, release.attempts) == (State.READY, document, 2)
    assert Printed.objects.filter(release=release).count() == 28


def test_a_lost_message_is_made_good(world: World) -> None:
    release = request_candidate(world.report())
    assert take_up_again() == []  # it has only just been announced
    aged(release)
    assert take_up_again() == [release.pk]
    assert take_up_again() == []


def test_cut_short_three_times_it_fails_in_words_and_can_be_tried_again(world: World) -> None:
    release = aged(request_candidate(world.report()), state=State.RENDERING, attempts=3)
    assert take_up_again() == []
    release.refresh_from_db()
    assert (release.state, release.failure) == (
        State.FAILED,
        "Making the pages was cut short three times. Your write-up is safe; try again.",
    )
    assert retries(world, release) == ["button"]
    Release.objects.filter(pk=release.pk).update(refusals=[{"code": "letters", "sentence": "Rewrite that sentence."}])
    assert retries(world, release) == ["link"]  # first the cause is in the text
    assert (retry(release), retry(release)) == (True, False)
    produce(release.pk)
    release.refresh_from_db()
    assert (release.state, release.attempts) == (State.READY, 1)


def test_each_limit_ends_before_the_one_around_it() -> None:
    """A step before its holder is taken for dead, all of them before their task is killed."""
    assert renderer.CPU_SECONDS < production.RENDER_SECONDS < production.SILENT.total_seconds() - 5
    assert 2 * production.RENDER_SECONDS + 15 < settings.CELERY_TASK_TIME_LIMIT
    assert (production.SILENT + production.WAITING).total_seconds() < 120


@pytest.mark.once
def test_pages_that_take_too_long_are_tried_three_times(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    release = request_candidate(world.report())
    monkeypatch.setattr(production, "RENDER_SECONDS", 0.001)
    assert four_attempts(release) == [(State.QUEUED, 1), (State.QUEUED, 2), (State.FAILED, 3), (State.FAILED, 3)]
    assert release.failure == "Setting the pages took too long. Shorten very long texts, then try again."


@pytest.mark.once
def test_a_renderer_that_is_killed_each_time_fails_in_words_and_succeeds_when_it_is_let_live(world: World) -> None:
    release = request_candidate(world.report())
    over = threading.Event()
    killer = threading.Thread(target=kill_renderers, args=(over,))
    killer.start()
    try:
        assert four_attempts(release) == [(State.QUEUED, 1), (State.QUEUED, 2), (State.FAILED, 3), (State.FAILED, 3)]
    finally:
        over.set()
        killer.join()
    assert release.failure == "The pages could not be made. Your write-up is safe; try again."
    retry(release)
    produce(release.pk)
    release.refresh_from_db()
    assert (release.state, release.failure, release.attempts) == (State.READY, "", 1)


def test_a_worker_thought_dead_that_wakes_up_changes_nothing(world: World) -> None:
    """Nor does a renderer that is killed while the set is given the pages. Before they are certified nothing is given;
    from then on nobody who was at work on them can touch them."""
    release = request_candidate(world.report())
    now = timezone.now()
    sleeper = Release.objects.claim(release.pk, now, now)
    assert sleeper is not None
    Release.objects.held(release.pk, sleeper).update(state=State.CHECKING)
    with pytest.raises(Refused):
        windows.give(release)
    aged(release)
    produce(release.pk)
    release.refresh_from_db()
    assert (release.state, release.attempts) == (State.READY, 2)
    child = child_pid()
    assert child is not None
    os.kill(child, signal.SIGKILL)
    window = windows.give(release)
    assert Release.objects.held(release.pk, sleeper).update(pdf=b"late", state=State.READY) == 0
    aged(release)
    assert take_up_again() == []
    produce(release.pk)  # a message that was doubled
    pages = world.client(world.members[0]).get(reverse("reports:download", args=[release.pk, "pdf"])).content
    assert (sha256(pages).hexdigest(), release.sha256) == (release.sha256, Release.objects.get().sha256)
    assert (Release.objects.get().state, windows.give(release)) == (State.WINDOW, window)


def four_attempts(release: Release) -> list[tuple[str, int]]:
    """State and number of attempts after each of four calls."""
    seen = []
    for _attempt in range(4):
        produce(release.pk)
        release.refresh_from_db()
        seen.append((release.state, release.attempts))
    return seen


def kill_renderers(over: threading.Event) -> None:
    """Kill every renderer child of this process until told that it is over."""
    while not over.wait(0.05):
        pid = child_pid()
        if pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def test_what_changed_meanwhile_is_not_printed(world: World) -> None:
    release = request_candidate(world.report())
    Identifier.objects.remember(world.cohort, (Kind.NAME, "Bartholomew Quist"))
    produce(release.pk)
    release.refresh_from_db()
    assert (release.state, release.failure, release.pdf) == (
        State.FAILED,
        "The write-up changed while the pages were being made. Make them again.",
        None,
    )
    assert retries(world, release) == []  # they could only fail again


def retries(world: World, release: Release) -> list[str]:
    """The kinds of button with which Fay can try these pages again."""
    page = world.client(world.fay).get(reverse("reports:progress", args=[release.pk]))
    form = page.text.partition(reverse("reports:retry", args=[release.pk]))[2].partition("</form>")[0]
    return re.findall(r'class="(button|link)"', form)


def test_a_broken_write_up_is_said(world: World) -> None:
    release = request_candidate(world.report())
    release.report.content = {"sections": [{"kind": "poem"}]}
    release.report.save()
    produce(release.pk)
    release.refresh_from_db()
    assert release.failure == "What is written for this report cannot be read. Its own page says what to do."
    assert retries(world, release) == ["button"]


def test_a_report_that_cannot_be_read_any_more_says_so_on_its_pages_and_on_those_of_its_releases(world: World) -> None:
    """As after going back to an earlier version of the product, or where a drawing has lost a box."""
    release = certified(world.report())
    report, fay = release.report, world.client(world.fay)
    page = reverse("reports:progress", args=[release.pk])
    told, give = "What is written for this report cannot be read", reverse("reports:give", args=[release.pk])
    pdf = reverse("reports:download", args=[release.pk, "pdf"])
    lost = raw.plain(raw.WriteUp((raw.Scheme("A", (raw.Node("B", 1, 1),), (), (3,), "C", id="s1"),)))
    for broken in ({"sections": [{"kind": "of a later version", "id": "s1"}]}, lost):
        Report.objects.filter(pk=report.pk).update(content=broken)
        shown = fay.get(page)
        assert (shown.status_code, told in shown.text, pdf in shown.text, give in shown.text) == (
            200,
            True,
            True,
            False,
        )
        sent = {"sha256": release.sha256, "read": "on"}
        posted = [fay.post(one, sent) for one in (give, reverse("reports:release", args=[release.pk]))]
        assert [(one.status_code, one.url) for one in posted] == [(302, page)] * 2
        answer = fay.get(reverse("reports:report", args=[report.pk]))
        assert "Ask whoever runs this service" in answer.text
        assert (answer.status_code, told in answer.text, page in answer.text) == (409, True, True)
        assert fay.post(reverse("reports:candidate", args=[report.pk])).status_code == 409
        assert world.client(world.odile).get(reverse("reports:report", args=[report.pk])).status_code == 404
    window = Window.objects.create(
        report=report, release=release, number=1, round="confirmation", closes_at=timezone.now() + timedelta(days=1)
    )
    for state, back in (("window", True), ("objected", False)):
        Release.objects.filter(pk=release.pk).update(state=state)
        shown = fay.get(page)
        assert (told in shown.text, "Call it back" in shown.text, "something changed" in shown.text.lower()) == (
            True, back, False,
        )  # fmt: skip
        Window.objects.filter(pk=window.pk).update(state="closed")


def test_the_sweep_does_nothing_when_nothing_is_due(world: World, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        assert take_up_again() == []


def test_a_review_copy_says_so_on_every_page(world: World) -> None:
    pages = read(review_copy(world.report())).pages
    assert [page for page in pages if "NOT RELEASED" not in page] == []
