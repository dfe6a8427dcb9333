"""The objection window: who reads what would leave, how somebody objects, and what comes out at its end."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail as django_mail
from django.urls import reverse
from django.utils import timezone

from challenges import sealing
from learningsets import mail
from learningsets.contracts import sign
from learningsets.mail import send_waiting
from learningsets.models import Cohort, Contract, Letter, Membership
from reports import ballots, windows
from reports import write_up as raw
from reports.build import build_document
from reports.current import look_again
from reports.document import Themes, loads
from reports.gate import Refused, obstacles
from reports.models import Ballot, Outcome, Reader, Release, Report, Window, Wish
from reports.models.release import State
from reports.passages import extracts
from reports.releasing import publish, request_candidate
from reports.review import decide
from tests.reports.conftest import World, certified
from tests.reports.objecting import PAGE, body, reader, refused, settle, wants, without_token
from tests.world import let_time_pass, through_window

pytestmark = [pytest.mark.xdist_group("windows"), pytest.mark.usefixtures("certified_once")]


NOTHING = "So far you want nothing changed."
OUT_ALREADY = "A version of this report is out already. These pages would take its place."

# --- Giving it to the set -----------------------------------------------------------------


def test_who_may_read_and_object_is_the_set_and_who_was_there(world: World, release: Release, join: Any) -> None:
    """Who left after the meeting still does; who left without having been there, an organiser and a stranger do not."""
    was_there = world.members[0]
    away = join(world.cohort, "Lorcan Away", "lorcan@away.example.org")
    Membership.objects.filter(pk__in=(was_there.pk, away.pk)).update(left_on="2026-11-20")
    window = windows.give(certified(world.refresh(release.report)))
    joiner = join(world.cohort, "Nuala Newcomer", "nuala@new.example.org")
    expected = {*(member.pk for member in world.members), world.fay.pk}
    assert set(window.readers.values_list("membership", flat=True)) == expected
    download = reverse("reports:download", args=[window.release_id, "pdf"])

    def reads(who: Any) -> tuple[bool, int]:
        client = world.client(who)
        return b"Listen longer" in client.get(PAGE).content, client.get(download).status_code

    for who in (*world.members, world.fay):
        assert reads(who) == (True, 200)
        assert world.client(who).get(download).content == window.release.pages
    for outsider in (away, joiner, world.odile, world.stan):
        assert reads(outsider) == (False, 404)
        assert world.client(outsider).post(PAGE, body(window)).status_code == 404
    windows.call_back(window)
    assert [reads(who) for who in (was_there, world.members[1], world.fay)] == [
        (False, 404), (False, 404), (False, 200),
    ]  # fmt: skip


def test_each_reader_gets_the_same_letter_which_says_nothing(world: World, window: Window) -> None:
    send_waiting()
    assert sorted(message.to[0] for message in django_mail.outbox) == sorted(
        one.user.email for one in (*world.members, world.fay)
    )
    assert {len(message.to) for message in django_mail.outbox} == {1}
    [(subject, text)] = {(message.subject, message.body) for message in django_mail.outbox}
    assert (subject, text.count(window.until), text.endswith(f"{PAGE}\n")) == ("Read it before it leaves", 1, True)
    assert [word for word in ("Alder", "Meeting report", str(window.pk), "Fay") if word in f"{subject} {text}"] == []
    windows.give(window.release)  # a second click
    assert (Window.objects.count(), Letter.objects.count()) == (1, 8)


@pytest.mark.parametrize("objected", [True, False])
def test_when_the_time_is_over_the_facilitators_alone_are_told_that_and_not_how_it_ended(
    world: World, window: Window, objected: bool
) -> None:
    if objected:
        wants(window, world.members[0], "Listen longer")
    let_time_pass(window)
    letter = Letter.objects.get(subject="The time to read a report is over")
    step = reverse("reports:progress", args=[window.release_id])
    words = "Your learning set has had its time to read a report before it leaves. The next step stands here:"
    assert (letter.to, letter.body) == (world.fay.user.email, f"{words}\n\n{mail.link(step)}\n")
    assert ("cannot leave as it is" in world.client(world.fay).get(step).text) == objected
    django_mail.outbox.clear()
    send_waiting()
    assert [one.to for one in django_mail.outbox if one.subject == letter.subject] == [[world.fay.user.email]]


def test_who_leads_the_set_no_more_when_the_letter_leaves_is_not_told_that_the_time_is_over(
    world: World, window: Window
) -> None:
    let_time_pass(window)
    Membership.objects.filter(pk=world.fay.pk).update(left_on="2026-11-20")
    send_waiting()
    assert "The time to read a report is over" not in [one.subject for one in django_mail.outbox]


def test_the_time_is_that_of_the_contract(world: World, release: Release) -> None:
    together = Contract.objects.create(cohort=world.cohort, version=1, text="We read it together.", window_hours=1)
    for place in (*world.members, world.fay):
        sign(place, together)
    client = world.client(world.fay)
    progress = reverse("reports:progress", args=[release.pk])
    offered = client.get(progress).text
    assert "They have 1 hour: that is what your contract sets." in offered
    assert "the set reads them once more, for two days" in offered
    window = windows.give(release)
    left = window.closes_at - timezone.now()
    assert "a second reading of two days follows" in client.get(progress).text
    assert "the set reads the report once more, for two days" in world.client(world.members[0]).get(PAGE).text
    assert timedelta(minutes=60) <= left <= timedelta(minutes=61)
    windows.call_back(window)
    assert "They have 2 days: that is the least" in client.get(progress).text


def test_pages_that_are_not_current_are_not_given(world: World, release: Release) -> None:
    Report.objects.filter(pk=release.report_id).update(period="December 2026")
    with pytest.raises(Refused):
        windows.give(world.refresh(release.report).releases.get())
    assert (Window.objects.count(), Ballot.objects.count(), Letter.objects.count()) == (0, 0, 0)


# --- Objecting unseen ---------------------------------------------------------------------


def test_an_objection_is_kept_changed_and_withdrawn_until_the_deadline(world: World, window: Window) -> None:
    client = world.client(world.members[0])
    assert NOTHING in client.get(PAGE).content.decode()
    general = body(window, "Listen longer", "generalise", "Listen more")
    told = [client.post(PAGE, general)]
    page = client.get(PAGE).content.decode()
    assert (">\nListen more</textarea>" in page, "What you want so far:" in page) == (True, True)
    assert page.count("Save what I want") == 1
    parts = r'<details class="part" [^>]*?( open)?>'
    folds = re.findall(parts, page)
    assert (folds.count(" open"), folds.count("") > 3) == (1, True)  # what is wanted is not folded away
    assert page.count('href="?all=on"') == 1
    everything = client.get(PAGE, {"all": "on"}).content.decode()
    assert re.findall(parts, everything) == [" open"] * len(folds)
    assert re.findall(r'<span class="meta">(\d passages?) so far, until', page) == ["1 passage"]
    other = world.client(world.members[1]).get(PAGE).content.decode()
    mine = '<span class="meta">Put it in general words: Listen more</span>'
    assert [(mine in seen, "Listen more" in seen) for seen in (page, other)] == [(True, True), (False, False)]
    told.append(client.post(PAGE, body(window, "Listen longer", version=1)))
    told.append(client.post(PAGE, body(window, version=2)))
    saved = f"Saved for {world.cohort.name}. You can change it until {window.until} ({world.cohort.time_zone})."
    for answer, stands in zip(told, (mine, "keep it out</span>", NOTHING), strict=True):
        top = answer.text.partition('role="status"')[2].partition("<h1>")[0]
        assert (answer.status_code, saved in top, stands in top) == (200, True, True)
        assert ("What you want so far:" in top) == (stands != NOTHING)
        assert answer.text.count("What you want so far:") + answer.text.count(NOTHING) == 1
        assert len(answer.content) == len(client.get(PAGE).content)
    assert ballots.mine(reader(window, world.members[0])).wishes == {}
    assert "Saved for" not in client.get(PAGE).text
    Window.objects.filter(pk=window.pk).update(closes_at=timezone.now() - Window.LAST_TURN)
    late = client.post(PAGE, {**general, "version": "3"})
    assert (late.status_code, "<p>Put it in general words – Listen more</p>" in late.text) == (409, True)
    much = {f"{one.name}-wording": "y" * 20_000 for one in extracts(loads(window.release.document))}
    more = client.post(PAGE, body(window) | much | {f"{n}-wording": "y" * 500_000 for n in range(3)})
    assert (more.text.count("y" * 300), "y" * 301 in more.text) == (
        len(much),
        False,
    )  # all that fields take, and no more
    assert len(more.content) == len(late.content)  # no size that says how much
    let_time_pass(window)
    assert Wish.objects.count() == 0


def test_the_deadline_is_a_moment_and_the_tip_waits_for_the_last_turn_after_it(world: World, window: Window) -> None:
    """What arrives in the last instant before it counts; at it and after it nothing does, nor can it be called back."""
    closes = timezone.now().replace(microsecond=0) + timedelta(hours=1)
    Window.objects.filter(pk=window.pk).update(closes_at=closes)
    window.refresh_from_db()
    instant = timedelta(microseconds=1)
    clients = [world.client(member) for member in world.members[:3]]

    def at(after: timedelta) -> time_machine.travel:
        return time_machine.travel(closes + after, tick=False)

    answers = []
    for client, moment in zip(clients, (-instant, timedelta(), instant), strict=True):
        with at(moment):
            shown = "Save what I want" in client.get(PAGE).text
            answers.append((shown, client.post(PAGE, body(window, "Listen longer")).status_code))
    assert answers == [(True, 200), (False, 409), (False, 409)]
    with at(timedelta()):
        assert not windows.call_back(window)
    with at(Window.LAST_TURN - instant):
        assert (windows.tip_due(), windows.has_passed(window.release)) == (0, False)
        assert "What was sent before is counted" in clients[1].get(PAGE).text
    with at(Window.LAST_TURN):
        assert (windows.tip_due(), Wish.objects.count()) == (1, 1)


# --- The end of the window ------------------------------------------------------------------


def test_without_objection_exactly_these_pages_may_leave_and_not_before(world: World, release: Release) -> None:
    assert refused(release) == ["window"]
    window = windows.give(release)
    assert refused(release) == ["window"]
    assert windows.tip_due() == 0
    assert refused(release) == ["window"]
    let_time_pass(window)
    release.refresh_from_db()
    assert (release.state, Ballot.objects.count(), windows.tip_due()) == (State.READY, 0, 0)
    became = f'href="{PAGE}#became">What became of objections'
    mine = world.client(world.members[0])
    assert became in mine.get(reverse("learningsets:cohort", args=[world.cohort.pk])).text
    there = mine.get(PAGE).text.partition('id="became"')[2]
    assert ("Nobody objected to anything." in there, "New since the last reading" in there) == (True, False)
    assert publish(release.pk, release.sha256).state == State.RELEASED


def test_a_window_that_is_called_back_leaves_nothing_behind(world: World, window: Window) -> None:
    wants(window, world.members[0], "Listen longer")
    client = world.client(world.fay)
    back = reverse("reports:call_back", args=[window.release_id])
    assert client.post(back, follow=True).content.decode().count("nobody read it") == 1
    window.refresh_from_db()
    assert (window.state, Ballot.objects.count(), Wish.objects.count()) == ("called_back", 0, 0)
    assert "not with the set any more" in client.post(back, follow=True).content.decode()
    assert refused(window.release) == ["window"]
    again = windows.give(Release.objects.get(pk=window.release_id))
    assert (again.number, ballots.mine(reader(again, world.members[0])).wishes) == (2, {})


def test_a_window_whose_key_is_gone_counts_for_nothing_and_is_told_in_words(world: World, window: Window) -> None:
    """A backup was restored, and backups leave keys out. Silence and objection look alike: so it is asked again."""
    wants(window, world.members[0], "Listen longer")
    sealing.destroy_key(ballots.key_name(window))
    member = world.client(world.members[0])
    assert "the key to this reading is gone" in member.get(PAGE).content.decode()
    assert "cannot be objected to any more" in member.post(PAGE, body(window, "Listen longer")).text
    windows.tip_due()
    window.refresh_from_db()
    assert (window.state, Ballot.objects.count(), refused(window.release)) == ("lost", 0, ["window"])
    progress = reverse("reports:progress", args=[window.release_id])
    assert "cannot be opened any more" in world.client(world.fay).get(progress).content.decode()
    assert "you will be asked to read it once more" in member.get(PAGE).content.decode()
    world.client(world.fay).post(reverse("reports:give", args=[window.release_id]))
    assert Window.objects.get(state="open").number == 2
    page = member.get(PAGE).text
    assert ("you will be asked" in page, "they may guess" in page) == (False, False)


def test_one_ballot_that_cannot_be_opened_is_taken_for_an_objection_by_nobody(world: World, window: Window) -> None:
    Ballot.objects.filter(author=world.members[0]).update(sealed=b"damaged" * 9)
    Window.objects.filter(pk=window.pk).update(closes_at=timezone.now() - Window.LAST_TURN)
    windows.tip_due()
    window.refresh_from_db()
    assert (window.state, refused(window.release)) == ("lost", ["window"])


# --- What becomes of it -----------------------------------------------------------------------


def test_from_objections_to_a_release(world: World, window: Window) -> None:
    """Kept out, put in general words, objected to once more: each ends as it should, and all see the same."""
    report, first = window.report, window.release
    wants(window, world.members[0], "Listen longer")
    wants(window, world.members[1], "Bring my own", "generalise", "Sit down together")
    assert OUT_ALREADY not in world.client(world.members[0]).get(PAGE).text
    let_time_pass(window)
    with pytest.raises(Refused) as no:
        request_candidate(world.refresh(report))
    assert [refusal["code"] for refusal in no.value.refusals] == ["objections"]

    url = reverse("reports:objections", args=[report.pk])
    fay = world.client(world.fay)
    marking = {"more-words": "sending papers", "more-verdict": "remove"}  # with other letters it would be another text
    assert (
        "A passage with these words was objected to."
        in fay.post(reverse("reports:review", args=[report.pk]), marking).text
    )
    shown = sorted(fay.get(url).context["forms"].objections, key=lambda one: not one.wants_it_out)
    assert [(one.wants_it_out, one.suggestions) for one in shown] == [(True, []), (False, ["Sit down together"])]
    keys = [one.form.prefix for one in shown]
    half = {f"{keys[0]}-verdict": "kept_out", f"{keys[1]}-verdict": "general", f"{keys[1]}-wording": ""}
    refusal = fay.post(url, half)
    assert (refusal.status_code, Outcome.objects.count()) == (422, 0)
    at = 1 + [one.form.prefix for one in refusal.context["forms"].objections].index(keys[1])
    assert (f">Passage {at} – In general words" in refusal.text, f"passage {at} of 2" in refusal.text) == (True, True)
    assert fay.post(url, {**half, f"{keys[1]}-wording": "Meet in person."}).status_code == 302

    second = certified(world.refresh(report))
    offered = fay.get(reverse("reports:progress", args=[second.pk])).text
    assert "They have 2 days: nothing has changed since they read it but what was objected to." in offered
    printed = [str(one.words) for one in extracts(loads(second.document))]
    assert [words for words in printed if "Listen longer" in words or "Bring my own" in words] == []
    assert printed.count("Meet in person.") == 4
    waiting = without_token(world.client(world.members[0]).get(PAGE))
    assert waiting.count("Your facilitators are deciding") == 2

    organiser = [reverse("reports:library"), reverse("learningsets:programme", args=[world.programme.pk])]
    before = [without_token(world.client(world.odile).get(page)) for page in organiser]
    again = windows.give(second)
    assert again.round == Window.Round.CONFIRMATION
    assert [
        without_token(world.client(world.odile).get(page)) for page in organiser
    ] == before  # not that it is read again
    assert timedelta(hours=47) < again.closes_at - timezone.now() < timedelta(hours=49)
    readings = [without_token(world.client(who).get(PAGE)).split("what became of it") for who in world.members]
    marked = {
        tuple(re.findall(r'id="(passage-[^"]+)">\s*<p><span class="tag">New since', page)) for page, _ in readings
    }
    names = [
        f"passage-{again.pk}-{one.name}"
        for one in extracts(loads(second.document))
        if str(one.words) == "Meet in person."
    ]
    assert marked == {tuple(names)}  # for whoever objected, whoever asked for those words, and everybody else
    counted = f"4 of {len(extracts(loads(second.document)))} passages are new"
    assert {page.count(counted) for page, _ in readings} == {1}
    told = Letter.objects.filter(subject="Read it once more before it leaves")
    assert {(one.body.count(again.until), "marked" in one.body) for one in told} == {(1, True)}
    assert len(told) == len(world.members) + 1
    pages = {page for _, page in readings}
    assert [(page.count("Kept out"), page.count("Put in general words</span>")) for page in pages] == [(1, 1)]
    Reader.objects.filter(window=window, membership=world.members[6]).delete()  # as if they had joined in between
    heard = [world.client(who).get(PAGE).text for who in world.members[5:]]
    assert ["Pages of this report were with you before" in page for page in heard] == [True, False]
    assert ["The set read this once before you could" in page for page in heard] == [False, True]
    wants(again, world.members[4], "Meet in person")
    let_time_pass(again)
    assert refused(second) == ["changed"]

    third = certified(world.refresh(report))
    assert "Meet in person." not in [str(one.words) for one in extracts(loads(third.document))]
    assert third.number > second.number > first.number
    assert publish(third.pk, third.sha256).state == State.RELEASED
    assert "Version 1, released on" in world.client(world.odile).get(organiser[0]).text  # not which draft it was
    last = fay.get(url).content.decode()
    assert "It was objected to once more, so it is kept out." in last


def test_a_correction_whose_general_words_are_objected_to_has_a_way_out(world: World, release: Release) -> None:
    """It may not leave with one answer less than the version before, and its facilitator is told what to do instead."""
    release = through_window(release)
    publish(release.pk, release.sha256)
    Report.objects.filter(pk=release.report_id).update(period="December 2026")
    first = windows.give(certified(world.refresh(release.report)))
    wants(first, world.members[0], "Bring my own")
    assert OUT_ALREADY in world.client(world.members[0]).get(PAGE).text
    let_time_pass(first)
    settle(first.report, first.release, "Bring my own", "Meet in person.")
    again = windows.give(certified(world.refresh(first.report)))
    wants(again, world.members[1], "Meet in person")
    let_time_pass(again)
    report, fay = world.refresh(first.report), world.client(world.fay)
    progress = reverse("reports:progress", args=[again.release_id])
    assert "leave out all answers to that question: in the write-up" in fay.get(progress).text
    assert "they can be released at once" not in fay.get(progress).text
    objections = fay.get(reverse("reports:objections", args=[report.pk])).text
    assert "it may not be missing alone: leave out all answers to that question too" in objections
    asked = [str(prompt.pk) for prompt in report.meetings.get().prompts.all()]
    world.save(fay, world.address(report, "answers"), left_out=asked)
    last = through_window(certified(world.refresh(report)))
    assert publish(last.pk, last.sha256).state == State.RELEASED


def test_of_a_prompt_with_five_answers_one_kept_out_or_reworded_withholds_all(world: World) -> None:
    """The floors run again: four of their own words are too few, with a facilitator's words beside them too."""
    five = ("Wait.", "Listen more.", "Ask again.", "Begin small.", "Try it out.")
    report = world.report(world.held(five))
    release = certified(report)
    for wording in ("", "Put questions."):
        settle(report, release, "Ask again", wording)
        built = build_document(world.refresh(report), "release", key=b"")
        assert [block.prints for block in built.blocks] == [False] * 4
        assert built.contributions == frozenset()
        report.outcomes.all().delete()


def test_an_answer_of_which_only_what_replaces_it_is_left_counts_for_nobody(world: World) -> None:
    """Words were taken out of it one by one, and what stands between them says nothing: it does not print."""
    said = "I will ask Ingvar Bergqvist and wait."
    report = world.report(world.held((said, "Listen more.", "Ask again.", "Begin small.", "Try it out.")))
    decide(report, "ask", "remove", sentence=said)
    built = build_document(report, "release", key=b"")
    assert ([block.prints for block in built.blocks], len(built.contributions)) == ([True] * 4, 20)
    assert "None of these prints" not in world.client(world.fay).get(f"/reports/{report.pk}/review/").text
    decide(report, "wait", "generalise", wording="rest", sentence=said)
    built = build_document(world.refresh(report), "release", key=b"")
    assert ([block.prints for block in built.blocks], len(built.contributions)) == ([False] * 4, 0)
    assert "rest" not in repr(built.document)
    page = world.client(world.fay).get(f"/reports/{report.pk}/review/").text
    assert page.count("Not printed: nothing is left that its author said") == 4
    assert page.count("None of these prints") == 4


def test_a_published_question_that_is_kept_out_is_not_counted_as_printed(world: World) -> None:
    """Else the next release would not be laid beside this one as what it is: one question less."""
    challenge = world.challenge(world.members[0])
    asked = (raw.Question("How do we pay for it?", "", str(challenge.pk)),)
    report = world.report(world.cohort.meetings.get(), questions=asked)
    with_it = build_document(report, "release", key=b"").contributions
    release = certified(report)
    settle(report, release, "How do we pay for it?")
    assert len(with_it - build_document(world.refresh(report), "release", key=b"").contributions) == 1


def test_where_something_was_kept_out_that_has_to_stand_nobody_sees_that_it_was(world: World, release: Release) -> None:
    """An organiser reads a title and themes like any others; nobody is asked to object to them once more."""
    report = release.report
    settle(report, release, "Meeting report 1")
    settle(report, release, "Listening")
    document = build_document(world.refresh(report), "release", key=b"").document
    themes = [str(one.title) for part in document.sections if isinstance(part, Themes) for one in part.themes]
    assert (str(document.title), themes) == ("A report", ["A theme"])
    assert {"A report", "A theme", "…"}.isdisjoint(str(one.words) for one in extracts(document))
    let_time_pass(windows.give(certified(world.refresh(report))))
    ready = Release.objects.get(report=report, number=2)
    publish(ready.pk, ready.sha256)
    shelf = world.client(world.odile).get(reverse("reports:library")).text
    assert ("A report" in shelf, "A theme" in shelf, "…" in shelf) == (True, True, False)
    Cohort.objects.filter(pk=report.cohort_id).update(language="sv")
    assert str(build_document(world.refresh(report), "release", key=b"").document.title) == "En rapport"


def test_general_words_are_read_by_the_boundary_and_checked_for_quantities(world: World, release: Release) -> None:
    settle(release.report, release, "Visit each other", "All of us will ring Ingvar Bergqvist.")
    built = build_document(world.refresh(release.report), "release", key=b"")
    assert "Bergqvist" not in repr(built.document)
    assert [refusal["code"] for refusal in obstacles(release.report, built)] == ["quantities"]


def test_general_words_that_lead_back_to_what_was_objected_to_print_nothing(world: World, release: Release) -> None:
    settle(release.report, release, "Visit each other.", "Call each other.")
    changed = certified(world.refresh(release.report))
    settle(release.report, changed, "Call each other.", "Visit each other.")
    document = repr(build_document(world.refresh(release.report), "release", key=b"").document)
    assert ("Visit each other" in document, "Call each other" in document) == (False, False)


def test_anything_else_that_is_new_has_the_whole_time_again(world: World, window: Window) -> None:
    """Two days are for what the set has read. An objection of one's own does not shorten it for the rest."""
    wants(window, world.fay, "Visit each other")
    let_time_pass(window)
    settle(window.report, window.release, "Visit each other")
    Report.objects.filter(pk=window.report_id).update(period="December 2026")
    assert windows.give(certified(world.refresh(window.report))).round == Window.Round.FIRST


def test_after_a_confirmation_a_text_that_changed_otherwise_needs_a_new_window(world: World, window: Window) -> None:
    wants(window, world.members[0], "Listen longer")
    let_time_pass(window)
    settle(window.report, window.release, "Listen longer")
    again = windows.give(certified(world.refresh(window.report)))
    wants(again, world.members[0], "Time to listen")
    let_time_pass(again)
    Report.objects.filter(pk=window.report_id).update(period="December 2026")
    third = certified(world.refresh(window.report))
    assert refused(third) == ["window"]
    assert windows.give(third).round == Window.Round.FIRST


def test_a_text_that_changes_meanwhile_is_said_to_be_no_longer_what_would_leave(world: World, window: Window) -> None:
    period = window.report.period
    Report.objects.filter(pk=window.report_id).update(period="December 2026")
    fay = world.client(world.fay)
    for address in (
        reverse("reports:report", args=[window.report_id]),
        reverse("reports:progress", args=[window.release_id]),
    ):
        assert "something changed since" in fay.get(address).content.decode().lower(), address

    member, to_do = world.client(world.members[0]), reverse("learningsets:to_do")

    def told() -> tuple[bool, bool]:
        told_to_members = "so they will not leave like this" in member.get(PAGE).text
        home = member.get(reverse("learningsets:cohort", args=[world.cohort.pk])).text
        assert ("it will not leave like that" in home) == told_to_members
        listed = fay.get(to_do).text
        assert ("is with the set, and something changed since" in listed) != ("Then it may leave your set." in listed)
        return told_to_members, "is with the set, and something changed since" in listed

    assert (told(), look_again(), told(), look_again()) == ((False, False), 1, (True, True), 0)
    Report.objects.filter(pk=window.report_id).update(period=window.report.period)
    assert (look_again(), told()) == (1, (False, False))
    content = window.report.content
    Report.objects.filter(pk=window.report_id).update(content={"sections": [{"kind": "of a later version"}]})
    assert (look_again(), told()) == (1, (True, True))
    Report.objects.filter(pk=window.report_id).update(content=content, period="December 2026")
    newer = certified(world.refresh(window.report))
    given = fay.post(reverse("reports:give", args=[newer.pk]), follow=True)
    assert "An earlier version is with the set still." in given.content.decode()
    assert Window.objects.filter(state="open").get() == window
    let_time_pass(window)
    assert refused(window.release) == ["changed"]
    assert refused(newer) == ["window"]
    newer.delete()
    assert "was read by the set, and something changed since. Make new pages" in fay.get(to_do).text
    void = "Something changed since, so these pages will not leave like this."
    assert void in member.get(PAGE).text  # who opens it after its time learns what is true then
    Report.objects.filter(pk=window.report_id).update(period=period)
    assert (look_again(), void in member.get(PAGE).text) == (1, False)
    assert "Make new pages" not in fay.get(to_do).text
    Report.objects.filter(pk=window.report_id).update(period="December 2026")
    assert (look_again(), void in member.get(PAGE).text) == (1, True)
    Report.objects.filter(pk=window.report_id).update(period=period)
    with time_machine.travel(timezone.now() + timedelta(days=61)):
        assert look_again() == 0  # what nobody releases is not looked at for ever
    assert look_again() == 1
    Report.objects.filter(pk=window.report_id).update(period="December 2026")
    Release.objects.filter(pk=window.release_id).update(state="released", released_on="2026-12-01")
    assert (look_again(), void in member.get(PAGE).text) == (0, False)  # it left before anything changed
