"""What somebody who marks attendance, invites, removes and words could learn of who wrote what, tried as they would."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from challenges import box, drafts, kept, prompts, purge, sealing, tables
from challenges.access import detached_for
from challenges.airtime import bid
from challenges.models import Bid, Box, Challenge, Draft, Kept, Prompt, Reflection, Regime, SpentKey
from challenges.openings import announce_due
from challenges.prompts import kept_key_name
from learningsets.contracts import publish, sign
from learningsets.invitation_lines import Line
from learningsets.invitations import invite
from learningsets.members import leave
from learningsets.models import Cohort, Contract, Letter, Membership, Role
from learningsets.typing_habits import evened
from sessions import lifecycle
from sessions.attendance import cannot_come, mark, tap, unsigned
from sessions.models import Attendance, Meeting, Room
from tests.looks import DRAWN_ANEW, differing, looks
from tests.scheduled import told_until
from tests.servers import wait_until

pytestmark = pytest.mark.django_db

Browser = Callable[[Membership], Client]
Hold = Callable[..., Meeting]
Pass = Callable[[Meeting], None]
PAGE = "/challenges/reflect/"


def answer(who: Membership, prompt: Prompt, text: str, regime: str = Regime.CHATHAM) -> None:
    box.put_in(who, {prompt: text}, regime)


def test_a_meeting_with_one_present_lends_no_answer_to_a_box_that_waits(
    six: list[Membership], meeting: Meeting, hold: Hold, deadline_passes: Pass, browser: Browser
):
    """Four answered in March; in April only Ana is marked, so that the fifth answer, if it came, would be hers."""
    march = box.open_prompts(meeting)[0]
    for who in six[1:5]:
        answer(who, march, f"March {who.user.name}")
    deadline_passes(meeting)
    box.tip_out(meeting)
    Letter.objects.all().delete()  # that the box was tipped out
    april = hold(six[:1], number=2)
    assert drafts.hindrance(six[0], april) == "few"
    with pytest.raises(drafts.NotContributingError):
        box.save_draft(six[0], box.open_prompts(april)[0], "in April", Regime.CHATHAM)
    page = browser(six[0]).get(PAGE).content.decode()
    assert "fewer than 5 are marked as present" in page
    assert announce_due() == 0
    assert Letter.objects.count() == 0
    deadline_passes(april)
    box.tip_out(april)
    assert Reflection.objects.count() == 0
    assert not any(drafts.read(one).text for one in Draft.objects.exclude(author__in=six[1:5]))


def test_who_is_removed_while_the_questions_are_open_goes_on_answering(
    six: list[Membership], meeting: Meeting, browser: Browser
):
    """Else a facilitator could say when somebody writes: removed for a month, and given the place back at its end."""
    Membership.objects.filter(pk__in=[who.pk for who in six[:2]]).update(left_on="2026-05-01")
    gone = Membership.objects.get(pk=six[0].pk)
    answer(gone, box.open_prompts(meeting)[0], "still here")
    assert [drafts.hindrance(who, meeting) for who in six] == [""] * 6
    (sheet,) = browser(gone).get(PAGE).context["sheets"]
    assert sheet.in_the_box == 1


def test_questions_open_once_and_for_all_who_may_answer_together(six: list[Membership], hold: Hold):
    """Whoever is marked when the others have answered already would be known by an answer that shows it is late."""
    meeting = hold(six[:4])
    assert announce_due() == 0
    assert [drafts.hindrance(who, meeting) for who in six[:4]] == ["few"] * 4
    Attendance.objects.create(meeting=meeting, membership=six[4], status=Attendance.Status.PRESENT)
    Attendance.objects.create(meeting=meeting, membership=six[5], status=Attendance.Status.ABSENT)
    assert announce_due() == 1
    assert [drafts.hindrance(who, meeting) for who in six] == [*[""] * 5, "shut"]
    mark(meeting, meeting.version, {six[5]: True})
    assert announce_due() == 0
    assert drafts.hindrance(six[5], meeting) == "shut"
    lifecycle.reopen(meeting, meeting.version)
    lifecycle.close(meeting, meeting.version, timezone.now() + timedelta(days=3))
    assert [drafts.hindrance(who, meeting) for who in six] == [*[""] * 5, "shut"]


def test_whoever_comes_to_facilitate_does_not_learn_by_what_they_may_read_whether_anybody_had_written(
    six: list[Membership], hold: Hold, join: Callable[..., Membership], deadline_passes: Pass, browser: Browser
):
    """Boxes are begun when the questions open, not with the first draft; at the next meeting too, where one of them
    waits in which nobody left more than a draft, or not even that."""
    seen = []
    for began in (False, True):
        with transaction.atomic():
            march = hold(six)
            announce_due()
            if began:
                box.save_draft(six[2], box.open_prompts(march)[0], "half a thought", "")
            gil = join("Gil", role=Role.FACILITATOR)
            for who in six[:5]:
                answer(who, box.open_prompts(march)[1], f"quinces, {who.user.name}", Regime.SET)
            deadline_passes(march)
            box.tip_out(march)
            rows = Draft.objects.filter(box__state=Box.State.OPEN).count()
            hal = join("Hal", role=Role.FACILITATOR)
            april = hold(six, number=2)
            announce_due()
            page = browser(six[0]).get(PAGE).content.decode()
            for who in six[:5]:
                answer(who, box.open_prompts(april)[0], f"quinces, {who.user.name}", Regime.SET)
            deadline_passes(april)
            box.tip_out(april)
            said = [
                "quinces" in browser(who).get(reverse("challenges:said", args=[one.pk])).content.decode()
                for who in (gil, hal)
                for one in (march, april)
            ]
            seen.append((rows, "may wait in the box" in page, said))
            transaction.set_rollback(True)
    assert seen[0] == seen[1]
    assert seen[0] == (3 * 6, True, [False, False, False, False])


def test_who_writes_for_a_box_that_has_waited_is_told_so(
    six: list[Membership], meeting: Meeting, hold: Hold, deadline_passes: Pass, browser: Browser
):
    told = "leave out what would show that yours is from this one"
    answer(six[0], box.open_prompts(meeting)[0], "March")
    assert told not in browser(six[1]).get(PAGE).content.decode()
    deadline_passes(meeting)
    box.tip_out(meeting)
    next_door = Cohort.objects.create(programme=meeting.cohort.programme, name="Birch")
    theirs = Meeting(cohort=next_door, number=1, starts_at=meeting.starts_at, time_zone="Europe/London")
    assert not prompts.have_waited(theirs, prompts.asked(meeting))  # it waits for its own set alone
    hold(six, number=2)
    assert told in browser(six[1]).get(PAGE).content.decode()


def test_what_is_about_to_be_tipped_out_is_not_said_to_wait(
    six: list[Membership], meeting: Meeting, deadline_passes: Pass, browser: Browser
):
    for who in six[:5]:
        answer(who, box.open_prompts(meeting)[0], "any moment now")
    deadline_passes(meeting)
    page = browser(six[0]).get(PAGE)
    assert page.context["waiting"] == []
    assert "Too few people have answered" not in page.content.decode()


def test_questions_that_were_told_of_before_it_was_kept_who_may_answer_open_anew(
    six: list[Membership], meeting: Meeting
):
    """As after an upgrade: the members have their letter, and no row says yet that they may answer."""
    assert announce_due() == 1
    Attendance.objects.update(may_answer=False)
    assert [drafts.hindrance(who, meeting) for who in six] == ["few"] * 6
    assert announce_due() == 0
    assert [drafts.hindrance(who, meeting) for who in six] == [""] * 6


def test_of_a_set_one_meeting_asks_at_a_time(six: list[Membership], freya: Membership, hold: Hold, browser: Browser):
    """Of two boxes at once, filled by five each, what is said in one alone is by who was at that meeting alone."""
    first = hold(six)
    second = Meeting.objects.create(
        cohort=first.cohort, number=2, starts_at=timezone.now() - timedelta(days=90), time_zone="Europe/London"
    )
    ticked = {"version": 1, "present": [str(who.pk) for who in six], "until": "usual"}
    page = browser(freya).post(f"/meetings/{second.pk}/close/", ticked)
    assert page.status_code == 422
    assert "two at once would show who was at one alone" in page.content.decode()
    with pytest.raises(lifecycle.StillAskingError):
        lifecycle.close(second, 1, timezone.now() + timedelta(hours=1))
    second.refresh_from_db()
    assert second.state == Meeting.State.PLANNED
    told = f"This one can be closed when they have ended: {first.closing_until}"
    pages = [f"/meetings/{second.pk}/", f"/meetings/{second.pk}/room/"]
    Room.objects.create(meeting=second, over=True)
    said = [browser(freya).get(page).text for page in pages]
    assert [(told in one, ">Close the meeting<" in one) for one in said] == [(True, False)] * 2
    assert "Two boxes at once" in browser(freya).get(f"/meetings/{second.pk}/close/").text
    assert [told in browser(six[0]).get(page).text for page in pages] == [False, False]  # it is nothing to them
    assert first.tips_at is not None
    for hours in (-4, -2):  # three hours long, it ends before the box is tipped out, or after that
        Meeting.objects.filter(pk=second.pk).update(starts_at=first.tips_at + timedelta(hours=hours))
        assert (told in browser(freya).get(pages[0]).text) == (hours == -4)
    Meeting.objects.filter(pk=second.pk).update(starts_at=timezone.now() - timedelta(days=90))
    Meeting.objects.filter(pk=first.pk).update(state="tipped")
    said = [browser(freya).get(page).text for page in pages]
    assert [(told in one, ">Close the meeting<" in one) for one in said] == [(False, True)] * 2


def test_facilitators_are_not_among_those_who_were_there(six: list[Membership], freya: Membership, hold: Hold):
    assert drafts.hindrance(six[0], hold([*six[:4], freya])) == "few"


def test_the_page_with_the_questions_does_not_tell_that_somebody_has_begun(
    six: list[Membership], freya: Membership, meeting: Meeting, browser: Browser
):
    url, client = f"/challenges/questions/{meeting.pk}/", browser(freya)
    assert client.post(url, {"questions": "Another?"}).status_code == 409
    before = client.get(url).content
    box.save_draft(six[0], box.open_prompts(meeting)[0], "", "")
    assert client.post(url, {"questions": "Another?"}).status_code == 409
    assert len(client.get(url).content) == len(before)
    Meeting.objects.update(state="planned", tips_at=None, promised_until="2099-01-01T00:00Z")
    assert client.post(url, {"questions": "Another?"}).status_code == 409
    assert Box.objects.count() == 4


def test_no_page_but_the_one_that_they_write_on_tells_that_somebody_has_written(
    six: list[Membership], freya: Membership, meeting: Meeting, browser: Browser
):
    """Not to who facilitates, on that member's own page either; nor to who stands beside them, or knows how long what
    they are shown is: only the page that they write on is filled up with noise. Nor does any tell for whom of those who
    were there the questions opened, and so who cannot have written."""
    ana, bryn, *_rest, fatima = six
    of_set = {"cohort_id": meeting.cohort_id, "programme_id": ana.programme_id}
    ids = of_set | {"meeting_id": meeting.pk, "membership_id": ana.pk}
    first, second, *_others = box.open_prompts(meeting)
    Room.objects.create(meeting=meeting, over=True)
    with time_machine.travel(timezone.now(), tick=False):
        before = [looks(browser(who), ids, but=("challenges:reflect",)) for who in (ana, bryn, freya)]
        box.save_draft(ana, first, "begun", "")
        answer(ana, second, "in the box")
        Attendance.objects.filter(membership=fatima).update(may_answer=False)
        after = [looks(browser(who), ids, but=("challenges:reflect",)) for who in (ana, bryn, freya)]
    assert list(map(differing, before, after)) == [[], [], []]
    assert "Closing questions are open" in before[0]["learningsets:cohort"][1]
    assert [shown["learningsets:member"][0] for shown in before] == [404, 404, 200]


def test_on_an_organisers_pages_nothing_changes_by_what_members_do(
    six: list[Membership],
    freya: Membership,
    otto: Membership,
    meeting: Meeting,
    browser: Browser,
    join: Callable[..., Membership],
):
    """Not by who joins, leaves or is invited, comes or can't come either: whoever looks before and after would know one
    person by a count, beside what a report says of "most" and "some"."""
    alder = meeting.cohort
    ids = {"cohort_id": alder.pk, "programme_id": alder.programme_id, "meeting_id": meeting.pk}
    first, *_others = box.open_prompts(meeting)
    asked = Line(1, name="Hefin", email="hefin@example.org")
    hours = {"cohort": alder, "time_zone": "Europe/London"}
    on = Meeting.objects.create(number=2, starts_at=timezone.now() - timedelta(hours=1), **hours)
    ahead = Meeting.objects.create(number=3, starts_at=timezone.now() + timedelta(days=9), **hours)
    with time_machine.travel(timezone.now(), tick=False):
        before = looks(browser(otto), ids)
        answer(six[0], first, "said")
        Challenge.objects.create(owner=six[1], title="Beds", visibility="set")
        cannot_come(ahead, six[2], "ill")
        bid(ahead, six[3], 20, Bid.Urgency.NOW)
        tap(on, six[4].pk, came=True)
        leave(six[5])
        join("Gwen")
        invite(asked, programme=alder.programme, cohort=alder, role=Role.PARTICIPANT, sender=freya.user)
        after = looks(browser(otto), ids)
    assert (differing(before, after), before["learningsets:programme"][0]) == ([], 200)


def test_what_was_said_stands_beside_nobody_for_whom_the_questions_did_not_open(
    six: list[Membership], freya: Membership, meeting: Meeting, deadline_passes: Pass, browser: Browser
):
    """Fatima was there. Had she signed too late to answer, the set would know of each answer that it is not hers."""
    for who in six[:5]:
        answer(who, box.open_prompts(meeting)[0], "said")
    deadline_passes(meeting)
    box.tip_out(meeting)
    clients = [browser(six[0]), browser(freya)]
    shown: list[list[str]] = []
    for may_answer in (True, False):
        Attendance.objects.filter(membership=six[5]).update(may_answer=may_answer)
        addresses = [reverse(name, args=[meeting.pk]) for name in ("meetings:meeting", "challenges:said")]
        answers = [client.get(one) for client in clients for one in addresses]
        shown.append([DRAWN_ANEW.sub("", one.content.decode()) for one in answers])
    assert shown[0] == shown[1]
    assert ["Fatima: Was there" in page for page in shown[0]] == [True, False] * 2


def test_what_the_schedule_writes_owes_nothing_to_who_has_written(six: list[Membership], meeting: Meeting):
    """Nobody is told to write who has not: their mailbox, or a table with letters that wait, would say who has."""
    one, other, *_rest = box.open_prompts(meeting)
    answer(six[0], one, "in the box")
    box.save_draft(six[1], other, "begun", "")
    told = told_until(meeting.tips_at or timezone.now())
    assert told.keys() == {who.user.email for who in six}
    assert [who for who, letters in told.items() if letters != told[six[0].user.email]] == []
    assert told[six[0].user.email].total() == 1


def texts(meeting: Meeting) -> list[str]:
    return sorted(Reflection.objects.filter(meeting=meeting).values_list("text", flat=True))


def test_four_who_join_later_do_not_tip_the_answer_of_the_one_before(
    six: list[Membership],
    meeting: Meeting,
    hold: Hold,
    deadline_passes: Pass,
    join: Callable[..., Membership],
):
    """In March only Ana answers. Four accounts of one person join, and answer the same question in April."""
    march = box.open_prompts(meeting)[0]
    answer(six[0], march, "March Ana")
    deadline_passes(meeting)
    box.tip_out(meeting)
    puppets = [join(name) for name in ("Pip", "Pat", "Pim", "Pol")]
    april = hold([six[0], *puppets], number=2)
    again = box.open_prompts(april)[0]
    for who in puppets:
        answer(who, again, "nothing")
    assert Draft.objects.get(author=six[0], box__prompts=march).box.state == Box.State.OPEN
    deadline_passes(april)
    box.tip_out(april)
    assert Reflection.objects.count() == 0
    assert [(note.text, note.meeting) for note in kept.kept_by(six[0])] == [("March Ana", str(meeting.pk))]
    assert Box.objects.get(prompts=march).state == Box.State.RETURNED
    assert not any(drafts.read(one).text for one in Draft.objects.filter(author=six[0]))
    assert Box.objects.get(prompts=again).state == Box.State.OPEN


def test_a_contract_that_one_alone_has_signed_opens_no_questions(
    alder: Cohort, six: list[Membership], meeting: Meeting, hold: Hold, deadline_passes: Pass, browser: Browser
):
    """Four answered in March. Before April a new contract is made that Ana alone signs: the fifth answer were hers."""
    march = box.open_prompts(meeting)[0]
    for who in six[1:5]:
        answer(who, march, "March")
    deadline_passes(meeting)
    box.tip_out(meeting)
    Contract.objects.update(made_on="2026-01-01")
    second = publish(alder, "Otherwise.", 1)
    assert second is not None
    Contract.objects.filter(version=2).update(made_on="2026-05-01")
    sign(six[0], second)
    april = hold(six, number=2)
    assert [drafts.hindrance(who, april) for who in six] == ["few", *["unsigned"] * 5]
    with pytest.raises(drafts.NotContributingError):
        box.save_draft(six[0], box.open_prompts(april)[0], "in April", Regime.CHATHAM)
    page = browser(six[0]).get(PAGE).content.decode()
    assert "who has not signed can do it still" in page
    assert announce_due() == 0
    for who in six[1:5]:
        sign(who, second)
    assert announce_due() == 1
    assert [drafts.hindrance(who, april) for who in six] == [*[""] * 5, "shut"]


def test_newcomers_who_are_out_while_the_first_answer_is_saved_do_not_get_into_the_old_box(
    six: list[Membership],
    meeting: Meeting,
    hold: Hold,
    deadline_passes: Pass,
    join: Callable[..., Membership],
):
    """Ana alone answered in March. Four newcomers are marked in April, removed while somebody who was there in March
    begins to write, and given their places back."""
    march = box.open_prompts(meeting)[0]
    answer(six[0], march, "March Ana")
    deadline_passes(meeting)
    box.tip_out(meeting)
    puppets = [join(name) for name in ("Pip", "Pat", "Pim", "Pol")]
    april = hold([*six, *puppets], number=2)
    Membership.objects.filter(pk__in=[who.pk for who in puppets]).update(left_on="2026-05-06")
    again = box.open_prompts(april)[0]
    box.save_draft(six[1], again, "", "")
    Membership.objects.filter(pk__in=[who.pk for who in puppets]).update(left_on=None)
    for who in puppets:
        answer(Membership.objects.get(pk=who.pk), again, "nothing")
    assert Draft.objects.get(author=six[0], box__prompts=march).box_id != Prompt.objects.get(pk=again.pk).box_id
    deadline_passes(april)
    box.tip_out(april)
    assert Reflection.objects.count() == 0
    assert [note.text for note in kept.kept_by(six[0])] == ["March Ana"]


def test_former_facilitators_were_not_in_the_circle_of_a_box(
    six: list[Membership], meeting: Meeting, hold: Hold, deadline_passes: Pass, join: Callable[..., Membership]
):
    """Four who facilitated while Ana's box was begun are participants in April."""
    hosts = [join(name, role=Role.FACILITATOR) for name in ("Pip", "Pat", "Pim", "Pol")]
    answer(six[0], box.open_prompts(meeting)[0], "March Ana")
    deadline_passes(meeting)
    box.tip_out(meeting)
    Membership.objects.filter(pk__in=[who.pk for who in hosts]).update(role=Role.PARTICIPANT)
    april = hold([six[0], *hosts], number=2)
    for who in hosts:
        answer(Membership.objects.get(pk=who.pk), box.open_prompts(april)[0], "nothing")
    deadline_passes(april)
    box.tip_out(april)
    assert Reflection.objects.count() == 0


def test_nobody_writes_into_a_box_whose_circle_they_are_not_in(
    six: list[Membership], meeting: Meeting, join: Callable[..., Membership]
):
    now = box.open_prompts(meeting)[0]
    box.save_draft(six[0], now, "", "")
    late = join("Pip")
    there = Attendance.Status.PRESENT
    Attendance.objects.create(meeting=meeting, membership=late, status=there, may_answer=True)
    assert drafts.hindrance(late, meeting) == ""
    with pytest.raises(drafts.NotContributingError):
        box.save_draft(late, now, "nothing", Regime.CHATHAM)


def test_a_facilitator_who_came_later_is_not_shown_what_few_let_be_reported(
    six: list[Membership], meeting: Meeting, deadline_passes: Pass, join: Callable[..., Membership]
):
    now, gained, learned, _ = box.open_prompts(meeting)
    for number, who in enumerate(six):
        answer(who, now, f"now {number}", Regime.CHATHAM if number < 4 else Regime.SET)
        answer(who, gained, f"gained {number}", Regime.CHATHAM if number < 5 else Regime.SET)
        answer(who, learned, f"learned {number}", Regime.CHATHAM if number < 1 else Regime.SET)  # five keep theirs
    deadline_passes(meeting)
    box.tip_out(meeting)
    successor = join("Gwen", role=Role.FACILITATOR)
    read = detached_for(successor, meeting).values_list("text", flat=True)
    assert sorted(read) == [f"gained {number}" for number in range(5)]
    assert detached_for(six[0], meeting).count() == 18
    shown = [tables.table(who, meeting) or [] for who in (six[0], successor, six[0])]  # whoever looked before
    assert [sum(len(one.answers) for one in table) for table in shown] == [18, 5, 18]
    next_door = Cohort.objects.create(programme=meeting.cohort.programme, name="Birch")
    assert not detached_for(join("Hal", next_door, Role.FACILITATOR), meeting).exists()


def test_who_facilitates_by_now_sees_what_waits_and_keeps_what_was_not_put_in(
    six: list[Membership], meeting: Meeting, browser: Browser, deadline_passes: Pass
):
    now, gained, *_ = box.open_prompts(meeting)
    answer(six[0], now, "it waits")
    box.save_draft(six[0], gained, "a note", Regime.PRIVATE)
    for who in six[1:5]:
        answer(who, gained, "it tips")
    answer(six[5], gained, "it tips")
    Membership.objects.filter(pk=six[0].pk).update(role=Role.FACILITATOR)
    deadline_passes(meeting)
    box.tip_out(meeting)
    assert len(texts(meeting)) == 5
    client = browser(six[0])
    (one,) = client.get(PAGE).context["waiting"]
    assert one.answer.text == "it waits"
    assert client.post(PAGE, {"waiting": str(one.box.pk)}).status_code == 302
    assert not client.get(PAGE).context["waiting"][0].answer.in_box
    assert [note.note.text for note in client.get("/challenges/kept/").context["notes"]] == ["a note"]
    box.return_unopened(meeting.cohort)
    kept_texts = [note.note.text for note in client.get("/challenges/kept/").context["notes"]]
    assert sorted(kept_texts) == ["a note", "it waits"]


def test_with_the_same_people_a_box_still_carries_over_when_somebody_has_left(
    six: list[Membership], meeting: Meeting, hold: Hold, deadline_passes: Pass
):
    march = box.open_prompts(meeting)[0]
    for who in six[:4]:
        answer(who, march, "March")
    deadline_passes(meeting)
    box.tip_out(meeting)
    Membership.objects.filter(pk=six[0].pk).update(left_on="2026-05-01")
    april = hold(six[1:], number=2)
    answer(six[4], box.open_prompts(april)[0], "April")
    deadline_passes(april)
    box.tip_out(april)
    assert texts(april) == ["April", "March", "March", "March", "March"]


def test_who_joined_after_a_box_was_begun_does_not_read_what_lay_in_it(
    six: list[Membership],
    freya: Membership,
    meeting: Meeting,
    deadline_passes: Pass,
    join: Callable[..., Membership],
):
    now = box.open_prompts(meeting)[0]
    for who in six[:5]:
        answer(who, now, "among us", Regime.SET)
    joiner, successor = join("Jo"), join("Gwen", role=Role.FACILITATOR)
    deadline_passes(meeting)
    box.tip_out(meeting)
    read = {who.user.name: detached_for(who, meeting).count() for who in (six[5], freya, joiner, successor)}
    assert read == {"Fatima": 5, "Freya": 5, "Jo": 0, "Gwen": 0}


def test_who_came_between_two_boxes_of_a_meeting_reads_neither_of_them(
    six: list[Membership], meeting: Meeting, hold: Hold, deadline_passes: Pass, join: Callable[..., Membership]
):
    """Four answered in March, and their box waits; Gwen has led the set since. April's other box was begun with her."""
    for who in six[:4]:
        answer(who, box.open_prompts(meeting)[0], "March", Regime.SET)
    deadline_passes(meeting)
    box.tip_out(meeting)
    successor = join("Gwen", role=Role.FACILITATOR)
    april = hold(six, number=2)
    waited, new, *_others = box.open_prompts(april)
    Prompt.objects.filter(pk=new.pk).update(text="What was never asked before?")
    answer(six[4], waited, "April", Regime.SET)
    for who in six:
        answer(who, new, "new", Regime.SET)
    deadline_passes(april)
    box.tip_out(april)
    assert texts(april) == ["April", *["March"] * 4, *["new"] * 6]
    assert [detached_for(who, april).count() for who in (six[0], successor)] == [11, 0]


def test_a_new_contract_unsigns_nobody_for_a_meeting_that_was_held(
    alder: Cohort, six: list[Membership], meeting: Meeting, join: Callable[..., Membership]
):
    second = publish(alder, "Otherwise.", 1)
    assert second is not None
    assert unsigned(meeting) == []
    Contract.objects.filter(version=1).update(made_on="2026-01-01")
    third = publish(alder, "And otherwise.", 2)
    Contract.objects.filter(version=2).update(made_on=meeting.local_start.date())
    assert unsigned(meeting) == []
    Contract.objects.filter(version=2).update(made_on="2026-01-02")
    assert unsigned(meeting) == six
    assert third is not None
    sign(six[0], third)
    assert unsigned(meeting) == six[1:]
    assert drafts.hindrance(six[1], meeting) == ""  # for whom the questions opened, they stay open


def test_a_contract_made_after_the_meeting_on_its_day_unsigns_nobody_where_the_day_begins_early(
    alder: Cohort, six: list[Membership], meeting: Meeting
):
    """In Auckland the morning belongs to the day before in UTC, which the database keeps."""
    Cohort.objects.update(time_zone="Pacific/Auckland")
    alder.refresh_from_db()
    meeting.starts_at = datetime(2027, 6, 6, 21, tzinfo=UTC)  # Monday 7 June, 9:00
    meeting.cohort = alder
    Contract.objects.update(made_on="2027-01-01")
    with time_machine.travel(datetime(2027, 6, 6, 23, 30, tzinfo=UTC), tick=False):  # the same day, 11:30
        second = publish(alder, "Otherwise.", 1)
    assert second is not None
    assert second.made_on == date(2027, 6, 7)
    assert unsigned(meeting) == []


def test_who_was_removed_still_sees_what_waits_and_takes_it_back(
    six: list[Membership], meeting: Meeting, browser: Browser, deadline_passes: Pass
):
    now = box.open_prompts(meeting)[0]
    for who in six[:5]:
        answer(who, now, f"by {who.user.name}")
    Membership.objects.filter(pk=six[0].pk).update(left_on="2026-05-01")
    client = browser(six[0])
    (question, *_others) = client.get(PAGE).context["sheets"][0].questions
    assert (question.answer.text, question.answer.in_box) == ("by Ana", True)
    assert client.post(PAGE, {"meeting": str(meeting.pk), "back": str(now.pk)}).status_code == 302
    deadline_passes(meeting)
    box.tip_out(meeting)
    assert Reflection.objects.count() == 0
    (left,) = client.get(PAGE).context["waiting"]
    assert (left.answer.text, left.answer.in_box) == ("by Ana", False)
    Meeting.objects.update(state="tipped")
    box.return_unopened(meeting.cohort)
    assert [note.note.text for note in client.get("/challenges/kept/").context["notes"]] == ["by Ana"]
    assert client.get(f"/challenges/said/{meeting.pk}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_note_that_was_deleted_has_no_key_any_more(
    six: list[Membership], meeting: Meeting, deadline_passes: Pass, hold: Hold
):
    box.save_draft(six[0], box.open_prompts(meeting)[0], "a note", Regime.PRIVATE)
    deadline_passes(meeting)
    box.tip_out(meeting)
    box.return_unopened(meeting.cohort)
    assert [note.text for note in kept.kept_by(six[0])] == ["a note"]
    before = Kept.objects.get(author=six[0])
    kept.drop(six[0], kept.kept_by(six[0])[0])
    assert not sealing.has_key(kept_key_name(before.key))
    with pytest.raises(sealing.KeyMissingError):
        sealing.unseal(kept_key_name(before.key), str(six[0].pk), bytes(before.sealed))
    wait_until(purge.finish, 30, "nobody reads who could hold the old rows")
    assert (kept.kept_by(six[0]), SpentKey.objects.count()) == ([], 0)
    keys = {row.author_id: row.key for row in Kept.objects.all()}
    again = hold(six, number=2)
    deadline_passes(again)
    box.tip_out(again)
    after = {row.author_id: row.key for row in Kept.objects.all()}
    assert after.keys() == keys.keys()
    assert [sealing.has_key(kept_key_name(key)) for key in keys.values()] == [False] * 6
    assert [sealing.has_key(kept_key_name(key)) for key in after.values()] == [True] * 6


@pytest.mark.django_db(transaction=True)
def test_a_key_that_a_crash_spared_goes_with_the_next_sweep(
    six: list[Membership], meeting: Meeting, deadline_passes: Pass, monkeypatch: pytest.MonkeyPatch
):
    """And it is overwritten: what an undeleting program brings back of its file opens nothing."""
    deadline_passes(meeting)
    box.tip_out(meeting)
    row = Kept.objects.get(author=six[0])
    name, place, sealed = kept_key_name(row.key), str(row.author_id), bytes(row.sealed)
    with monkeypatch.context() as patched:
        patched.setattr(purge, "finish", lambda: False)
        kept.keep(meeting.cohort, {})
    assert sealing.unseal(name, place, sealed) == b"[]"
    file = Path(settings.BOX_KEY_DIR, name)
    undeleted = file.with_name("undeleted")
    undeleted.hardlink_to(file)
    box.tip_due()
    assert not sealing.has_key(name)
    undeleted.rename(file)
    with pytest.raises(sealing.UnreadableError):
        sealing.unseal(name, place, sealed)


@pytest.mark.parametrize(("inside", "labelled"), [(0, True), (1, False), (5, True)])
def test_a_label_that_fewer_than_the_floor_chose_is_shown_for_nobody(
    six: list[Membership],
    hold: Hold,
    join: Callable[..., Membership],
    browser: Browser,
    deadline_passes: Pass,
    inside: int,
    labelled: bool,
):
    """One person chose "set" under each question: the label would join their answers."""
    everybody = [*six, *(join(name) for name in ("Gil", "Hedda", "Ivo", "Jo"))]
    meeting = hold(everybody)
    now, gained, *_ = box.open_prompts(meeting)
    for number, who in enumerate(everybody):
        for prompt in (now, gained):
            answer(who, prompt, f"{prompt.position} {number}", Regime.SET if number < inside else Regime.CHATHAM)
    deadline_passes(meeting)
    box.tip_out(meeting)
    page = browser(everybody[7]).get(f"/challenges/said/{meeting.pk}/")
    assert [(one.authors, one.labelled) for one in page.context["table"][:2]] == [(10, labelled)] * 2
    assert page.content.decode().count("May be reported, unattributed") == (2 * (10 - inside) if labelled else 0)
    assert page.content.decode().count("Stays in the set") == (2 * inside if labelled else 0)
    if (
        inside == 1
    ):  # nor do the order and the markup tell: had somebody else chosen it, the same page would stand there
        *_others, other, odd = Reflection.objects.filter(prompt=now).order_by("regime")
        Reflection.objects.filter(pk=odd.pk).update(regime=Regime.CHATHAM)
        Reflection.objects.filter(pk=other.pk).update(regime=Regime.SET)
        again = browser(everybody[7]).get(f"/challenges/said/{meeting.pk}/")
        assert again.text.partition("<h1>")[2] == page.text.partition("<h1>")[2]


def test_habits_of_typing_are_evened_out_at_the_tip(six: list[Membership], meeting: Meeting, deadline_passes: Pass):
    habits = (
        "We\u2019ll ask \u201cwhy\u201d \u2013 then wait...",
        'We\'ll  ask "why" - then wait\u2026 ',
        "We`ll\u00a0ask \u00abwhy\u00bb\u2014then wait...\t",
        "\u200bWe\u02bcll ask ''why'' -- then\u00ad wait...\r\n",
        "  We\u2018ll\u202fask \u201fwhy\u201d \u2014 then wait\u2026\ufeff",
    )
    now = box.open_prompts(meeting)[0]
    for who, text in zip(six, habits, strict=False):
        answer(who, now, text)
    deadline_passes(meeting)
    box.tip_out(meeting)
    assert texts(meeting) == ['We\'ll ask "why" \u2013 then wait...'] * 5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("co\u2011operate", "co-operate"),  # word processors and text generators
        ("co\u2010operate, 2019\u20132020, up\u2013down", "co-operate, 2019-2020, up-down"),
        ("to \u22125 degrees", "to -5 degrees"),
        ("first\u2013 and\u2014then \u2013so", "first - and -- then - so"),
        ("I \u2764\ufe0f it, \U0001f44d\U0001f3fd", "I \u2764 it, \U0001f44d"),  # telephones
        ("\ufb01nd the o\ufb03ce", "find the office"),  # copied from paper
        ("\uff37\uff45 ask\uff0c then\u3164\u034f go", "We ask, then go"),
        ("\u2022 ask\n\u25aa wait\n* go", "- ask\n- wait\n- go"),
        ("5 \u00b5g and/or\u2044or", "5 \u03bcg and/or/or"),
        ("\u02bbtis so\u2025", "'tis so.."),
    ],
)
def test_two_ways_of_typing_the_same_come_out_as_one(one: str, other: str):
    assert evened(one) == evened(other)
    assert evened(evened(one)) == evened(one)


def test_words_lines_and_lists_stay_as_they_are():
    lines = "- well-being, 10-12 m\u00b2, pre- and post-op\n- fr\u00e5n \u00e4ldre \u00bd\n\n"
    text = lines + "A second paragraph: \u0398\u03b1 \u03bc\u03b9\u03bb\u03ce."
    assert evened(text) == text
