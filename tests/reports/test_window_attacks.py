"""What was tried against the objection window: to tell who objected or how many, and to get past what they said."""

import logging
import random
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
import time_machine
from django.core import mail as django_mail
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from challenges.models import Box
from learningsets.contracts import sign
from learningsets.models import Contract, Membership
from reports import ballots, windows
from reports import write_up as raw
from reports.ballots import Wanted
from reports.build import build_document
from reports.covering import cover
from reports.document import loads
from reports.gate import Refused, obstacles
from reports.models import Ballot, Outcome, Release, Report, Window, Wish
from reports.models.release import State
from reports.passages import Extract, extracts
from reports.releasing import publish, request_candidate
from tests.looks import differing, looks
from tests.reports.conftest import ANSWERS, World, certified
from tests.reports.objecting import PAGE, body, everything, passage, reader, refused, settle, wants, without_token
from tests.scheduled import told_until
from tests.world import let_time_pass, through_window

pytestmark = [pytest.mark.xdist_group("windows"), pytest.mark.usefixtures("certified_once")]


# --- Who objects, before the deadline ----------------------------------------------------------


def test_everybody_has_a_ballot_of_one_size_and_a_save_seals_all_of_them_anew(world: World, window: Window) -> None:
    """So neither a row, nor its size, nor which rows a transaction wrote says who wants something."""

    def rows() -> dict[Any, bytes]:
        return {row.author_id: bytes(row.sealed) for row in Ballot.objects.all()}

    before = rows()
    wants(window, world.members[0], "Listen longer", "generalise", "Somebody listened " * 16)
    after = rows()
    assert set(before) == set(after) == {*(one.pk for one in world.members), world.fay.pk}
    assert len({len(sealed) for sealed in (*before.values(), *after.values())}) == 1
    assert [author for author in before if before[author] == after[author]] == []
    assert b"Somebody listened" not in b"".join(after.values())


@pytest.mark.once
def test_a_save_that_the_database_refuses_is_told_to_its_author_and_to_no_log(
    world: World, window: Window, caplog: pytest.LogCaptureFixture
) -> None:
    """A line that is there because somebody saved says when, beside who was signed in."""
    client = world.client(world.members[0])
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER away BEFORE INSERT ON reports_ballot BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        )
    page = client.post(PAGE, body(window, "Listen longer", "generalise", "Somebody listened"))
    assert (page.status_code, "This could not be saved just now" in page.text) == (200, True)
    assert "Somebody listened" in page.text, "what was typed is still there"
    assert caplog.records == []
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER away")
    assert "Saved" in client.post(PAGE, body(window, "Listen longer", "generalise", "Somebody listened")).text


def test_what_the_schedule_writes_owes_nothing_to_who_has_objected(world: World, window: Window) -> None:
    """Nobody is told once more to read who has not objected: their mailbox would say who has."""
    wants(window, world.members[0], "Listen longer")
    readers = [one.user.email for one in (*world.members, world.fay)]
    told = told_until(window.closes_at)
    assert told.keys() == {*readers}
    assert [who for who, letters in told.items() if letters != told[readers[0]]] == []


def test_reading_and_its_download_write_nothing_at_all(
    world: World, window: Window, caplog: pytest.LogCaptureFixture
) -> None:
    client = world.client(world.members[0])
    before = everything()
    caplog.set_level(logging.DEBUG)
    client.get(PAGE)
    client.get(reverse("reports:download", args=[window.release_id, "pdf"]))
    assert everything() == before
    assert caplog.messages == []
    assert set(client.cookies) <= {"sessionid", "csrftoken"}


def test_objecting_writes_ballots_and_nothing_else(
    world: World, window: Window, caplog: pytest.LogCaptureFixture
) -> None:
    """No message, no session, no line: those would tell who objected. What is refused leaves nothing either."""
    client = world.client(world.members[0])
    before = [table for table in everything() if table[0] != "reports_ballot"]
    caplog.set_level(logging.DEBUG)
    tried = [
        body(window, "Listen longer", "generalise", "Heron"),
        body(window, "Listen longer"),
        body(window, "Listen longer", "generalise", "Heron" * 61, version=1),
    ]
    client.get(PAGE)
    answers = [client.post(PAGE, sent) for sent in tried]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert not any(answer.cookies for answer in answers)  # a browser notes when one was set last
    Window.objects.filter(pk=window.pk).update(closes_at=window.closes_at)
    assert [table for table in everything() if table[0] != "reports_ballot"] == before
    assert caplog.messages == []


def test_size_headers_and_address_of_the_page_say_nothing(world: World, window: Window) -> None:
    """The page of who wants nothing is as long as that of who wants something of every passage."""
    full = body(window)
    for one in extracts(loads(window.release.document)):
        full |= {f"{one.name}-wish": "generalise", f"{one.name}-wording": '"' * 300}
    client = world.client(world.members[0])
    silent = world.client(world.members[1]).get(PAGE)
    saved = client.post(PAGE, full)
    assert saved.status_code == 200
    answers = [
        silent,
        saved,
        client.get(PAGE),
        client.post(PAGE, body(window, "Listen longer", "generalise", "x" * 301, version=1)),
    ]
    assert len({len(answer.content) for answer in answers}) == 1
    for answer in answers:
        assert answer["Cache-Control"] == "no-store, private, no-transform"
        assert [name for name in ("ETag", "Last-Modified", "Expires") if name in answer.headers] == []


def test_what_is_told_after_the_deadline_takes_as_much_room_as_before_it(world: World, window: Window) -> None:
    """A save waits for its turn; by then its window is no longer on the page, and all that was kept still is."""
    full = body(window)
    for one in extracts(loads(window.release.document)):
        full |= {f"{one.name}-wish": "generalise", f"{one.name}-wording": '"' * 300}
    with time_machine.travel(window.closes_at - timedelta(seconds=1), tick=False) as clock:

        def late(execute: Any, sql: str, *rest: Any) -> Any:
            if sql.startswith("INSERT") and "reports_ballot" in sql:
                clock.move_to(window.closes_at)
            return execute(sql, *rest)

        answers = [world.client(world.members[0]).post(PAGE, body(window))]
        client = world.client(world.members[1])
        with connection.execute_wrapper(late):
            answers.append(client.post(PAGE, full))
    told = [("Saved for" in answer.text, "Saved in time." in answer.text) for answer in answers]
    assert told == [(True, False), (False, True)]
    assert len({len(answer.content) for answer in answers}) == 1


def test_before_the_tip_a_facilitator_sees_the_same_whoever_objected(world: World, window: Window) -> None:
    fay = world.client(world.fay)
    report = window.report_id
    addresses = [reverse(f"reports:{name}", args=[report]) for name in ("report", "objections", "review")]
    addresses += [reverse("reports:progress", args=[window.release_id]), PAGE]
    addresses += [reverse("learningsets:cohort", args=[world.cohort.pk])]
    before = [without_token(fay.get(address)) for address in addresses]
    for member in world.members:
        wants(window, member, "Listen longer")
    assert [without_token(fay.get(address)) for address in addresses] == before
    assert "Nothing was objected to so far." in before[1]


def test_whoever_has_objected_is_shown_what_they_were_shown_before(world: World, window: Window) -> None:
    """Elsewhere than on the page that is filled up with noise: who stands beside them would see what is gone there."""
    ids = {"cohort_id": world.cohort.pk, "programme_id": world.programme.pk}
    who = (world.fay, world.members[0])
    with time_machine.travel(timezone.now(), tick=False):
        before = [looks(world.client(one), ids, but=("reports:reading",)) for one in who]
        for one in who:
            wants(window, one, "Listen longer")
        after = [looks(world.client(one), ids, but=("reports:reading",)) for one in who]
    assert list(map(differing, before, after)) == [[], []]
    home, to_do = before[1]["learningsets:home"][1], before[0]["learningsets:to_do"][1]
    assert [PAGE in page for page in (home, to_do, before[0]["reports:library"][1])] == [True] * 3


# --- Who objected, after it ---------------------------------------------------------------------


def test_what_comes_out_names_nobody_and_counts_nobody(world: World, window: Window) -> None:
    """However many want something of a passage, and whatever else they want: one row. It holds passage, kind, words."""
    for member in world.members[:3]:
        wants(window, member, "Listen longer", "generalise", f"Listen\u2019s  better {member.user.name[0]}")
    wants(window, world.members[3], "Bring my own", "generalise", "Sit down together")
    wants(window, world.fay, "Bring my own")
    let_time_pass(window)
    assert {field.name for field in Wish._meta.get_fields()} == {
        "id", "window", "position", "digest", "kind", "wording",
    }  # fmt: skip
    came_out = [(kind, wording[:-1]) for kind, wording in sorted(Wish.objects.values_list("kind", "wording"))]
    assert came_out == [("generalise", "Listen's better "), ("object", "")]
    assert {wish.pk.version for wish in Wish.objects.all()} == {4}
    assert Release.objects.get(pk=window.release_id).state == State.OBJECTED
    assert refused(window.release) == ["window"]


def test_nothing_that_comes_out_tells_who_objected_or_how_many(world: World, release: Release) -> None:
    """Whoever has the whole database afterwards, and whoever looks at a page, finds the same after one objection as
    after five to the same passage: by others, in the other places where its words stand, beside milder wishes."""
    window = windows.give(release)
    places = [one for one in extracts(loads(release.document)) if "Listen longer" in str(one.words)]
    assert len(places) == 4
    out, mild = Wanted("object"), Wanted("generalise", "Hear people out")
    looks = (
        (world.fay, reverse("reports:objections", args=[release.report_id])),
        (world.fay, reverse("reports:report", args=[release.report_id])),
        (world.members[6], PAGE),
        (world.odile, reverse("reports:library")),
    )

    def after(*wishes: tuple[Membership, Extract, Wanted]) -> tuple[str, list[str]]:
        """Every row, but for random names, and every page, once these wishes have come out. All of it is undone."""
        before = transaction.savepoint()
        for who, where, what in wishes:
            ballots.cast(reader(window, who), {where.name: what}, version=0)
        Window.objects.filter(pk=window.pk).update(closes_at=window.closes_at - timedelta(days=9))
        assert windows.tip_out(Window.objects.get(pk=window.pk), random.Random(7))
        rows = repr(everything())
        for wish in Wish.objects.all():
            rows = rows.replace(str(wish.pk), "random").replace(wish.pk.hex, "random")
        pages = [without_token(world.client(who).get(page)) for who, page in looks]
        transaction.savepoint_rollback(before)
        return rows, pages

    ana, bryn, *others = world.members
    alone = after((ana, places[0], out))
    assert after((bryn, places[2], out)) == alone
    many = [(who, places[2], out) for who in others[:3]]
    assert after((ana, places[3], mild), (world.fay, places[1], out), *many) == alone


def test_permuting_who_objects_changes_nothing_that_comes_out(world: World, release: Release) -> None:
    """The swap harness: given the shuffle, who wants what has no bearing on what lies where."""
    said = [(words, f"other words {n}") for n, words in enumerate(("Listen longer", "Bring my own", "Time to listen"))]
    outcomes = []
    for order in (said, said[::-1], said[1:] + said[:1]):
        window = windows.give(release)
        for member, (words, wording) in zip(world.members, order, strict=False):
            wants(window, member, words, "generalise", wording)
        Window.objects.filter(pk=window.pk).update(closes_at=timezone.now() - Window.LAST_TURN)
        assert windows.tip_out(window, random.Random(7))
        with connection.cursor() as cursor:
            place = "ctid" if connection.vendor == "postgresql" else "rowid"
            cursor.execute(f"SELECT position, digest, kind, wording FROM reports_wish ORDER BY {place}")
            outcomes.append(cursor.fetchall())
        Wish.objects.all().delete()
        Release.objects.filter(pk=release.pk).update(state=State.READY)
    assert outcomes[0] == outcomes[1] == outcomes[2]
    places = [row[0] for row in outcomes[0]]
    assert places != sorted(places)


def test_nobody_is_told_apart_by_being_taken_out_of_the_set(world: World, window: Window) -> None:
    """Who was not there, was in the set, and is removed before the second reading, can object in it all the same."""
    absent = world.members[0]
    absent.attendances.all().delete()
    wants(window, absent, "Listen longer")
    let_time_pass(window)
    settle(window.report, window.release, "Listen longer")
    Membership.objects.filter(pk=absent.pk).update(left_on="2026-11-20")
    again = windows.give(certified(world.refresh(window.report)))
    assert again.readers.filter(membership=absent).exists()


def test_who_comes_later_reads_neither_suggestions_nor_what_became_of_it(
    world: World, window: Window, join: Any
) -> None:
    wants(window, world.members[0], "Listen longer", "generalise", "Hear people out")
    let_time_pass(window)
    later = join(world.cohort, "Fenella Later", "fenella@later.example.org", role="facilitator")
    url = reverse("reports:objections", args=[window.report_id])
    seen = [world.client(who).get(url).content.decode() for who in (world.fay, later)]
    assert [("Listen longer" in page, "Hear people out" in page) for page in seen] == [(True, True), (True, False)]
    assert "Listen longer" not in world.client(later).get(PAGE).content.decode()
    assert "Hear people out" not in world.client(world.members[0]).get(PAGE).content.decode()

    settle(window.report, window.release, "Listen longer", "Hearing takes time.")
    windows.give(certified(world.refresh(window.report)))
    told = ["they may guess that it was you" in world.client(who).get(PAGE).text for who in (later, world.members[0])]
    assert told == [True, False]
    # To read the next version is no way to what was suggested for the one before.
    assert ["Hear people out" in world.client(who).get(url).text for who in (world.fay, later)] == [True, False]


def test_an_organiser_reads_until_when_and_nothing_else(world: World, window: Window) -> None:
    client = world.client(world.odile)
    pages = [reverse("reports:library"), reverse("learningsets:programme", args=[world.programme.pk]), PAGE]
    seen = [client.get(page).content.decode() for page in pages]
    assert [f"With the set until {window.until}" in page for page in seen] == [True, True, False]
    wants(window, world.members[0], "Listen longer")
    let_time_pass(window)
    assert ["In preparation" in client.get(page).content.decode() for page in pages] == [True, True, False]


# --- Past an objection --------------------------------------------------------------------------


def test_objections_outlast_a_version_that_the_set_let_pass(world: World, release: Release) -> None:
    """An older version that nobody objected to does not leave once the same words were objected to in a newer one."""
    let_time_pass(windows.give(release))
    Report.objects.filter(pk=release.report_id).update(period="December 2026")
    newer = windows.give(certified(world.refresh(release.report)))
    wants(newer, world.members[0], "Listen longer")
    let_time_pass(newer)
    Report.objects.filter(pk=release.report_id).update(period=release.report.period)
    assert refused(Release.objects.get(pk=release.pk)) == ["window"]


def test_an_objection_to_prose_is_not_undone_by_an_edit(world: World, window: Window) -> None:
    """What a facilitator writes is the same passage whatever its stops, letters that look alike, and a few words."""
    report, rest = window.report, raw.read(window.report.content).sections[1:]
    edits = {
        "The set, met for a  day!": "would print as it was",
        "Тhe SET met fоr a dаy": "would print as it was",  # three letters are Cyrillic
        "The set met for one whole day, a Tuesday.": "most of the words",
        "We had a day with each other.": "",
    }

    def edit(text: str) -> Report:
        sections = (raw.Session(paragraphs=(text,)), *rest)
        Report.objects.filter(pk=report.pk).update(content=raw.plain(raw.WriteUp(sections)))
        return world.refresh(report)

    ready = {text: certified(edit(text)) for text in edits}
    wants(window, world.members[0], "The set met")
    let_time_pass(window)
    for text, told in edits.items():
        edited = edit(text)
        if told:
            with pytest.raises(Refused) as no:
                request_candidate(edited)
            assert [(one["code"], told in one["sentence"]) for one in no.value.refusals] == [("objections", True)]
            with pytest.raises(Refused):
                windows.give(ready[text])
            assert windows.has_passed(ready[text]) is False
    assert windows.give(ready[text]).round == Window.Round.FIRST


def test_prose_that_was_objected_to_does_not_leave_in_the_next_report_either(world: World, window: Window) -> None:
    """Whoever objected may be out of the set by then, and would not read it: that nobody objects again would tell who
    it was. Prose alone: the next meeting asks the same questions, and a few words are in any report."""
    typed = {
        "The set met for a day.": True,
        "Well then: the set, it met for a whole day.": True,
        "We had a day with each other.": False,
        "The set met.": False,
    }
    later = world.held(tuple(f"Another month, another {thing}." for thing in ("try", "look", "talk", "map", "day")))
    report = world.report(later)

    def edit(text: str) -> Report:
        sections = (raw.Session(paragraphs=(text,)), *raw.read(report.content).sections[1:])
        Report.objects.filter(pk=report.pk).update(content=raw.plain(raw.WriteUp(sections)))
        return world.refresh(report)

    ready = {text: certified(edit(text)) for text in typed}
    passed = ready["Well then: the set, it met for a whole day."]
    edit("Well then: the set, it met for a whole day.")
    through_window(passed)
    assert windows.has_passed(passed)
    for words in ("The set met", "What will I do now?", "Visit each other."):
        wants(window, world.members[0], words)
    let_time_pass(window)
    for text, held in typed.items():
        edited = edit(text)
        built = build_document(edited, "release", key=b"")
        told = [(one["code"], one["at"] and one["at"].called) for one in obstacles(edited, built)]
        assert told == ([("objections", "Introduction")] if held else []), text
        if held:
            with pytest.raises(Refused):
                windows.give(ready[text])
    assert not windows.has_passed(passed)
    assert windows.give(ready["The set met."]).round == Window.Round.FIRST


def test_what_was_settled_holds_for_words_that_differ_in_a_comma_and_for_rows_from_before_that(
    world: World, release: Release
) -> None:
    """Outcomes used to be stored under the digest of the very words."""
    settle(release.report, release, "Visit each other.")
    exact = sha256(b"The set met for a day.").hexdigest()
    Outcome.objects.create(report=release.report, digest=exact, verdict="general", wording="We met.")
    sections = (*raw.read(release.report.content).sections, raw.NextSteps(("visit, each other",)))
    content = raw.plain(raw.WriteUp(sections))
    Report.objects.filter(pk=release.report_id).update(content=content)
    document = build_document(world.refresh(release.report), "release", key=b"").document
    said = [str(one.words) for one in extracts(document)]
    assert [words for words in said if "each other" in words or "The set met" in words] == []
    assert said.count("We met.") == 1


def test_general_words_that_are_objected_to_in_a_whole_reading_are_kept_out(world: World, window: Window) -> None:
    """Something else changed too, so it is no second reading; they have been objected to twice all the same."""
    wants(window, world.members[0], "Visit each other", "generalise")
    let_time_pass(window)
    settle(window.report, window.release, "Visit each other", "Call each other.")
    Report.objects.filter(pk=window.report_id).update(period="December 2026")
    again = windows.give(certified(world.refresh(window.report)))
    assert again.round == Window.Round.FIRST
    wants(again, world.members[1], "Call each other")
    wants(again, world.members[2], "The set met")
    let_time_pass(again)
    report = world.refresh(window.report)
    assert [str(outcome) for outcome in report.outcomes.filter(window=again)] == ["Keep it out"]
    document = repr(build_document(report, "release", key=b"").document)
    assert ("Call each other" in document, "The set met" in document) == (False, True)
    settle(report, again.release, "The set met")
    assert windows.give(certified(world.refresh(report))).round == Window.Round.CONFIRMATION


def test_what_was_objected_to_leaves_in_no_other_version_that_lay_ready(world: World, release: Release) -> None:
    report = release.report
    Report.objects.filter(pk=report.pk).update(period="Early spring")
    newer = windows.give(certified(world.refresh(report)))
    wants(newer, world.members[0], report.title)
    let_time_pass(newer)
    Report.objects.filter(pk=report.pk).update(period=report.period)
    with pytest.raises(Refused) as no:
        windows.give(release)
    assert [one["code"] for one in no.value.refusals] == ["objections"]
    assert windows.has_passed(release) is False


def test_while_the_set_reads_one_version_no_other_leaves(world: World, release: Release) -> None:
    assert windows.has_passed(through_window(release))
    Report.objects.filter(pk=release.report_id).update(period="Early spring")
    windows.give(certified(world.refresh(release.report)))
    assert windows.has_passed(release) is False


def test_a_later_reading_is_never_shorter_than_two_days(world: World, release: Release) -> None:
    contract = Contract.objects.create(cohort=world.cohort, version=1, text="Ours", window_hours=1)
    for membership in world.cohort.memberships.all():
        sign(membership, contract)
    first = windows.give(release)
    assert first.closes_at < timezone.now() + timedelta(hours=2)
    assert windows.call_back(first)
    again = windows.give(release)
    assert again.closes_at > timezone.now() + timedelta(hours=47)
    assert "Whatever was wanted of them is destroyed" in world.client(world.members[0]).get(PAGE).text


def test_a_suggestion_that_grows_when_it_is_evened_out_stops_nothing(world: World, window: Window) -> None:
    wants(window, world.members[0], "Listen longer", "generalise", "…" * 300)
    let_time_pass(window)
    assert len(window.wishes.get().wording) == 300


def test_suggestions_are_for_those_who_facilitated_then(world: World, window: Window) -> None:
    wants(window, world.members[1], "Listen longer", "generalise", "Hear people out")
    let_time_pass(window)
    page = reverse("reports:objections", args=[window.report_id])
    assert "Hear people out" in world.client(world.fay).get(page).text
    Membership.objects.filter(pk=world.members[0].pk).update(role="facilitator")
    assert "Hear people out" not in world.client(world.members[0]).get(page).text


def test_what_replaces_a_passage_is_other_words_and_not_many_more(world: World, window: Window) -> None:
    wants(window, world.members[0], "Bring my own")
    wants(window, world.members[1], "I will ring", "generalise")
    let_time_pass(window)
    out, mild = (passage(window.release, words) for words in ("Bring my own", "I will ring"))
    page, field = reverse("reports:objections", args=[window.report_id]), f"o{out.digest[:12]}"
    for wording, told in (
        (".", "Write words"),
        ("A tale. " * 100, "Say it in fewer words"),
        ("bring my own team – round one table – instead of sending papers", "or most of them"),
        ("Bring your own team round a table instead of papers.", "or most of them"),
        (f"{mild.words}!", "or most of them"),
    ):
        answer = world.client(world.fay).post(page, {f"{field}-verdict": "general", f"{field}-wording": wording})
        assert (answer.status_code, told in answer.text) == (422, True), wording
    field = f"o{mild.digest[:12]}"
    asked = {f"{field}-verdict": "general", f"{field}-wording": str(mild.words).replace("Monday", "a day that suits")}
    assert world.client(world.fay).post(page, asked).status_code == 302


def test_who_may_have_written_what_was_carried_over_reads_it_though_they_left(world: World, release: Release) -> None:
    meeting, gone = world.cohort.meetings.get(), world.members[0]
    meeting.attendances.filter(membership=gone).delete()
    box = Box.objects.create(cohort=world.cohort, state="tipped", purged=True)
    box.circle.create(membership=gone, role="participant")
    meeting.prompts.filter(position=meeting.prompts.order_by("position")[0].position).update(box=box)
    Membership.objects.filter(pk=gone.pk).update(left_on="2026-11-02")
    assert gone.pk in {one.pk for one in windows.eligible(release.report)}


def test_an_objection_that_is_withdrawn_leaves_no_trace(
    world: World, release: Release, caplog: pytest.LogCaptureFixture
) -> None:
    """What is left of a window in which somebody objected and thought better of it is what is left where nobody did."""
    window, clients = windows.give(release), [world.client(who) for who in (*world.members[:2], world.fay, world.odile)]
    pages = (PAGE, reverse("reports:library"), reverse("reports:progress", args=[release.pk]))

    def left(*saves: dict[str, str]) -> Any:
        before = transaction.savepoint()
        caplog.clear()
        for sent in saves:
            assert clients[0].post(PAGE, sent).status_code == 200
        sizes = {len(ballot.sealed) for ballot in Ballot.objects.all()}
        let_time_pass(window)
        shown = [without_token(client.get(page)) for client in clients for page in pages]
        found = everything(), sizes, shown, caplog.text, [(one.subject, one.body) for one in django_mail.outbox]
        transaction.savepoint_rollback(before)
        return found

    objects, withdraws = body(window, "Listen longer"), body(window, version=1)
    with time_machine.travel(timezone.now(), tick=False):
        silent = left()
        assert left(objects)[0] != silent[0], "the control: an objection that stands is told by the rows"
        assert left(objects, withdraws) == silent


def test_what_is_objected_to_in_a_report_of_several_meetings_leaves_under_no_question(world: World) -> None:
    """The same words of two months, in general words first; these are objected to too, and one reader thinks again."""
    first, second = world.cohort.meetings.get(), world.held((*ANSWERS[:6], "Listen longer still, in April."))
    report = world.report(first)
    cover(report, {first.pk, second.pk})
    window = windows.give(certified(world.refresh(report)))
    wants(window, world.members[0], "Bring my own")  # stands in both months, four times each
    wants(window, world.members[1], "in April")
    wants(window, world.members[2], "The set met")
    mine = reader(window, world.members[2])
    ballots.cast(mine, {}, version=1)
    let_time_pass(window)
    assert window.wishes.count() == 2
    report = world.refresh(report)
    settle(report, window.release, "Bring my own", "Meet in person.")
    settle(report, window.release, "in April")
    again = windows.give(certified(world.refresh(report)))
    assert again.round == Window.Round.CONFIRMATION
    wants(again, world.members[3], "Meet in person")
    let_time_pass(again)
    last = certified(world.refresh(report))
    assert publish(last.pk, last.sha256).state == State.RELEASED
    said = last.document
    assert [words in said for words in ("Bring my own", "Meet in person", "in April", "The set met")] == [False] * 3 + [
        True
    ]
    cover(report, {first.pk})  # what the set has read covers what it covered
    assert report.coverages.count() == 2
