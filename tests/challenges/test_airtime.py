"""Turns: bids, who presents, questions that are the presenter's alone, and a ledger that the set alone sees."""

import json
import logging
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from pytest_django.fixtures import DjangoAssertNumQueries

from challenges import actions, airtime
from challenges.models import Airtime, Asked, Bid
from learningsets.models import Cohort, Membership
from sessions import agenda, attendance, lifecycle
from sessions import room as the_room
from sessions.access import get_news
from sessions.models import AgendaItem, Attendance, Meeting, Practice, Room
from tests.looks import differing, looks
from tests.reports.objecting import everything
from tests.servers import wait_until

Browser = Callable[[Membership], Client]


@pytest.fixture
def meeting(alder: Cohort, six: list[Membership], freya: Membership) -> Meeting:
    """The set is meeting, all but Fatima are here, and the room is at the first of two turns."""
    began = timezone.now() - timedelta(hours=1)
    found = Meeting.objects.create(cohort=alder, number=7, starts_at=began, time_zone="Europe/London")
    for _turn in range(2):
        agenda.add(found, uuid4(), {"kind": "airtime", "minutes": 30, "format": "classic"})
    Attendance.objects.bulk_create(Attendance(meeting=found, membership=one, status="present") for one in six[:5])
    the_room.press(found, 0, "next")
    return found


def url(name: str, *args: object) -> str:
    return reverse(f"challenges:{name}", args=args)


def room(meeting: Meeting) -> str:
    return reverse("meetings:room", args=[meeting.pk])


def turn(meeting: Meeting, presenter: Membership, number: int = 0) -> Airtime:
    airtime.present(agenda.items(meeting)[number], presenter.pk)
    return Airtime.objects.select_related("item__meeting__cohort").get(item__meeting=meeting, current=True)


def to_the_next_turn(meeting: Meeting) -> None:
    for _stage in range(6):
        the_room.press(meeting, Room.objects.get(meeting=meeting).version, "next")


def test_a_question_is_read_by_its_presenter_alone_and_once_the_turn_is_over(
    six: list[Membership], freya: Membership, meeting: Meeting, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    ana, bryn, *_rest = six
    found = turn(meeting, ana)
    clients = {who: browser(who) for who in (bryn, freya)}
    before = [table for table in everything() if table[0] != Asked._meta.db_table]
    caplog.set_level(logging.DEBUG)
    for who, client in clients.items():
        client.get(url("ask", found.pk))
        answer = client.post(url("ask", found.pk), {"text": f"What would {who.user.name}’s mother say?"})
        kept = client.get(answer.url)
        assert ("It is kept." in kept.text, answer.cookies, kept.cookies) == (True, {}, {})
    # Nothing else is written: no page looks again while somebody is typing, and no session keeps what they asked.
    assert [table for table in everything() if table[0] != Asked._meta.db_table] == before
    assert caplog.messages == []
    browser(bryn).post(url("ask", found.pk), {"text": "What would Bryn’s mother say?"})  # pressed twice
    assert "Your turn is on." in browser(ana).get(url("airtime", found.pk)).text
    to_the_next_turn(meeting)
    late = browser(bryn).post(url("ask", found.pk), {"text": "Too late?"})
    assert (late.status_code, 'value="Too late?"' in late.text) == (422, True)
    assert browser(ana).get(url("airtime", found.pk)).text.count("mother say?") == 2
    for who in (bryn, freya):
        assert browser(who).get(url("airtime", found.pk)).status_code == 404
        for page in (room(meeting), url("ask", found.pk), reverse("meetings:meeting", args=[meeting.pk])):
            assert "mother say" not in browser(who).get(page).text
    assert browser(ana).post(url("ask", found.pk), {"text": "To myself"}).status_code == 404
    assert {field.name for field in Asked._meta.get_fields()} == {"id", "airtime", "text"}


def test_while_a_turn_is_on_no_page_tells_that_something_was_asked(
    six: list[Membership], freya: Membership, meeting: Meeting, browser: Browser
) -> None:
    """A count that grows in the room, or on the presenter's own page, would say who was typing just now."""
    ana, bryn, *_rest = six
    found = turn(meeting, ana)
    ids = {"cohort_id": meeting.cohort_id, "meeting_id": meeting.pk, "airtime_id": found.pk}
    with time_machine.travel(timezone.now(), tick=False):
        before = [looks(browser(who), ids) for who in (ana, freya)]
        airtime.ask(found, bryn.user, "What would your mother say?")
        after = [looks(browser(who), ids) for who in (ana, freya)]
    assert list(map(differing, before, after)) == [[], []]
    assert [before[0][page][0] for page in ("challenges:airtime", "meetings:room")] == [200, 200]


@pytest.mark.parametrize("first", ["a question", ""])
@pytest.mark.parametrize("how", ["back", "moved"])
def test_what_was_read_grows_by_no_question(
    six: list[Membership], meeting: Meeting, browser: Browser, how: str, first: str
) -> None:
    """Whoever moves the room or the meeting on and back hands the presenter no question by itself."""
    found = turn(meeting, six[0])
    presenter, asker = browser(six[0]), browser(six[1])
    if first:
        asker.post(url("ask", found.pk), {"text": first})
    elsewhere = timezone.now() + timedelta(days=1)
    if how == "back":
        to_the_next_turn(meeting)
    else:
        lifecycle.change(meeting, meeting.version, lifecycle.Details(elsewhere, 180, "", ""))
    shown = presenter.get(url("airtime", found.pk)).text
    assert (first in shown, "Your turn is on" in shown) == (True, False)
    if how == "back":
        the_room.press(meeting, Room.objects.get().version, "back")
    else:
        began = elsewhere - timedelta(days=1, hours=1)
        lifecycle.change(meeting, meeting.version, lifecycle.Details(began, 180, "", ""))
    assert airtime.is_on(Airtime.objects.get())
    answer = asker.post(url("ask", found.pk), {"text": "Who was typing just now?"})
    assert (answer.status_code, 'value="Who was typing just now?"' in answer.text) == (422, True)
    assert "<textarea" not in asker.get(url("ask", found.pk)).text
    the_room.press(meeting, Room.objects.get().version, "next")
    assert "Who was typing" not in presenter.get(url("airtime", found.pk)).text


def test_a_turn_that_was_left_by_mistake_goes_on_unless_it_was_read(six: list[Membership], meeting: Meeting) -> None:
    found = turn(meeting, six[0])
    later = Airtime.objects.create(item=agenda.items(meeting)[1], presenter=six[2])
    assert airtime.received(later) is None  # a look at it before the room comes there ends nothing
    to_the_next_turn(meeting)
    airtime.ask(later, six[1].user, "And this?")
    the_room.press(meeting, Room.objects.get().version, "back")
    airtime.ask(found, six[1].user, "Still?")
    the_room.press(meeting, Room.objects.get().version, "next")
    assert airtime.received(found) == ["Still?"]


def test_only_who_has_the_turn_when_it_is_first_read_reads_what_they_were_asked(
    six: list[Membership], meeting: Meeting, browser: Browser
) -> None:
    """A name that is tapped for a minute, during the turn or after it, gets no batch of that minute's questions."""
    ana, bryn, cillian, *_rest = six

    def asked(presenter: Membership, text: str) -> Airtime:
        found = turn(meeting, presenter)
        assert browser(cillian).post(url("ask", found.pk), {"text": text}).status_code == 302
        return found

    first = asked(ana, "Meant for Ana")
    other = asked(bryn, "Meant for Bryn")
    late = browser(cillian).post(url("ask", first.pk), {"text": "On a page of before"})
    assert ("this was not kept" in late.text, 'value="On a page of before"' in late.text) == (True, True)
    asked(ana, "The same, Ana")
    to_the_next_turn(meeting)

    def read(who: Membership, found: Airtime) -> list[str]:
        page = browser(who).get(url("airtime", found.pk)).text.partition('id="asked"')[2]
        return sorted(text for text in ("Meant for Ana", "Meant for Bryn", "The same, Ana") if text in page)

    assert read(bryn, other) == []
    assert read(ana, first) == ["Meant for Ana", "The same, Ana"]
    airtime.present(first.item, bryn.pk)
    assert read(bryn, other) == []
    assert (read(ana, first), Asked.objects.count()) == (["Meant for Ana", "The same, Ana"], 2)


def test_what_an_asker_is_told_owes_nothing_to_what_others_asked(
    six: list[Membership], freya: Membership, meeting: Meeting, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who asks as much as they can neither shuts others out nor learns by it what or how much others asked."""
    monkeypatch.setattr(airtime, "MOST_ASKED", 4)
    found = turn(meeting, six[0])

    def told(who: Membership, text: str) -> tuple[int, str]:
        answer = browser(who).post(url("ask", found.pk), {"text": text})
        return answer.status_code, answer.headers.get("Location", "")

    for nothing_left in ("\u200b \u2060", "…" * 200):
        assert told(six[1], nothing_left)[0] == 422
    assert told(six[1], "What\u2019s next\u2026 and\u2014then?\u200b")[0] == 302
    assert told(six[2], "What's next... and – then?")[0] == 302
    assert Asked.objects.get().text == "What's next... and – then?"
    Asked.objects.all().delete()
    airtime._asked_by.clear()
    kept = (302, f"{url('ask', found.pk)}?kept=yes")
    with CaptureQueriesContext(connection) as when_new:
        assert told(six[2], "Are you leaving?") == kept
    with CaptureQueriesContext(connection) as when_asked_before:
        assert told(six[3], "Are you leaving?") == kept
    assert [one["sql"][:20] for one in when_new] == [one["sql"][:20] for one in when_asked_before]  # nor does its time
    airtime._asked_by.clear()
    mine = ["Are you leaving?", *(f"filler {number}" for number in range(4))]
    assert [told(six[1], text) for text in mine] == [kept] * 4 + [(422, "")]
    assert [told(who, f"Of {who.user.name}") for who in (*six[2:5], freya)] == [kept] * 4
    assert Asked.objects.count() == 8
    airtime._asked_by.clear()
    monkeypatch.setattr(airtime, "FORGOTTEN_AFTER", 0.2)
    assert told(six[1], "Who else asks?") == kept
    wait_until(lambda: not airtime._asked_by, 10, "who asked how often is forgotten")


def test_questions_come_in_another_order_and_after_the_close_lie_in_another_one(
    six: list[Membership], meeting: Meeting
) -> None:
    found = turn(meeting, six[0])
    asked = [f"question {number:02}" for number in range(20)]
    for text in asked:
        airtime.ask(found, six[1].user, text)
    before = set(Asked.objects.values_list("pk", flat=True))
    elsewhere = Airtime.objects.create(item=_item_of_another_meeting(meeting), presenter=six[2])
    theirs = Asked.objects.create(airtime=elsewhere, text="of another meeting")
    to_the_next_turn(meeting)
    first, second = airtime.received(found), airtime.received(found)
    assert (sorted(first), first == asked, first == second) == (asked, False, False)
    attendance.mark_and_close(meeting, meeting.version, {}, timezone.now() + timedelta(hours=48))
    airtime.settle({meeting.pk})  # by the sweep after it: tests/challenges/test_races.py
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    here = Asked.objects.exclude(airtime=elsewhere)
    as_they_lie = [row.text for row in here.extra(select={"place": place}).order_by("place")]
    assert (sorted(as_they_lie), as_they_lie == asked) == (asked, False)
    assert before & set(Asked.objects.values_list("pk", flat=True)) == set()
    assert list(elsewhere.asked.all()) == [theirs]  # neither read here, nor deleted, nor put elsewhere


def _item_of_another_meeting(meeting: Meeting) -> AgendaItem:
    other = Meeting.objects.create(
        cohort=meeting.cohort, number=8, starts_at=timezone.now() + timedelta(days=30), time_zone="Europe/London"
    )
    agenda.add(other, uuid4(), {"kind": "airtime", "minutes": 30, "format": "classic"})
    return agenda.items(other)[0]


def test_notes_are_the_presenters_and_survive_two_tabs(
    six: list[Membership], freya: Membership, meeting: Meeting, browser: Browser
) -> None:
    found = turn(meeting, six[0])
    client, address = browser(six[0]), url("airtime", found.pk)
    kept = client.post(address, {"notes": "I went round it", "version": 1, "autosave": "1"})
    assert kept.json() == {"fields": {"version": "2"}}
    assert client.post(address, {"notes": "another thing", "version": 1, "autosave": "1"}).status_code == 409
    answer = client.post(address, {"notes": "another thing", "version": 1})
    assert answer.status_code == 409
    for told in ("I went round it", ">\nanother thing</textarea>", 'value="2"'):
        assert told in answer.text
    assert client.post(address, {"notes": "another thing", "version": 2}).status_code == 302
    turn(meeting, six[1])  # the facilitator had tapped the wrong name
    assert "another thing" in client.get(address).text
    assert "another thing" not in browser(six[1]).get(url("airtime", Airtime.objects.get(current=True).pk)).text
    turn(meeting, six[0])
    assert (Airtime.objects.count(), Airtime.objects.get(current=True).notes) == (2, "another thing")


def test_who_is_here_presents_and_nobody_else(
    six: list[Membership], freya: Membership, meeting: Meeting, browser: Browser
) -> None:
    item = agenda.items(meeting)[0]
    client, address = browser(freya), url("present", meeting.pk, item.pk)
    Attendance.objects.create(meeting=meeting, membership=six[5], status="apologies")
    for wrong in (six[5].pk, freya.pk, "nonsense"):
        told = client.post(address, {"presenter": wrong}, follow=True)
        assert ("mark who is here first" in told.text, Airtime.objects.count()) == (True, 0)
    Room.objects.update(used=90, since=timezone.now() - timedelta(seconds=20))
    client.post(address, {"presenter": six[2].pk})
    at = the_room.standing(meeting, timezone.now())
    assert (at.left >= at.step.stage.seconds - 2, at.room.used) == (True, 0)  # choosing took nothing of their time
    assert "Cillian presents" in browser(six[0]).get(room(meeting)).text
    assert "Your turn" in browser(six[2]).get(room(meeting)).text
    Room.objects.update(used=5)
    client.post(address, {"presenter": six[2].pk})  # twice
    assert Room.objects.get().used == 5
    client.post(address, {"presenter": "nobody"})
    assert "Cillian presents" not in browser(six[0]).get(room(meeting)).text
    client.post(address, {"presenter": six[3].pk})
    folded = "Let somebody else present</summary>"  # a slip of the thumb would take the turn away
    assert folded not in client.get(room(meeting)).text
    the_room.press(meeting, Room.objects.get().version, "next")
    assert folded in client.get(room(meeting)).text
    assert "the turn has begun" in client.post(address, {"presenter": "nobody"}, follow=True).text
    assert Airtime.objects.get(current=True).presenter == six[3]


def test_bids_order_who_could_present_unless_time_is_shared_alike(
    six: list[Membership], freya: Membership, meeting: Meeting, browser: Browser
) -> None:
    for who, urgency in ((six[1], 1), (six[2], 3), (six[3], 3)):
        before = get_news(freya.user, meeting.pk)
        bidden = browser(who).post(url("bid", meeting.pk), {"minutes": 20, "urgency": urgency})
        assert (bidden.status_code, bidden.url) == (302, room(meeting))  # where the meeting goes on
        assert get_news(freya.user, meeting.pk) != before  # every open page of the room looks again
    airtime.bid(meeting, six[5], 10, 2)
    assert "Change your bid" in browser(six[1]).get(room(meeting)).text
    turn(meeting, six[2])

    def suggested() -> list[str]:
        return [one.share.membership.user.name for one in airtime.candidates(meeting)]

    assert suggested()[:3] == ["Cillian", "Dilys", "Fatima"]
    assert [(one.turns, one.minutes) for one in airtime.ledger(meeting.cohort)] == [(0, 0)] * 6  # it is not over yet
    to_the_next_turn(meeting)
    assert suggested() == ["Dilys", "Fatima", "Bryn", "Ana", "Elin", "Cillian"]
    assert [one.membership.user.name for one in airtime.bids_for(meeting) or ()] == [
        "Dilys",
        "Fatima",
        "Bryn",
        "Cillian",
    ]
    assert "Cillian: 20&nbsp;min · Now (had a turn today)" in browser(six[0]).get(url("bid", meeting.pk)).text
    for told in ("bids 20&nbsp;min · Now", "Not marked as here"):
        assert told in browser(freya).get(room(meeting)).text
    assert "Dilys: 20&nbsp;min · Now" in browser(six[0]).get(reverse("meetings:meeting", args=[meeting.pk])).text
    assert browser(six[0]).post(url("bid", meeting.pk), {"minutes": 1, "urgency": 9}).status_code == 422
    browser(six[3]).post(url("bid", meeting.pk), {"withdraw": "yes"})
    airtime.withdraw(meeting, six[5])
    assert suggested() == ["Bryn", "Ana", "Dilys", "Elin", "Cillian"]
    answer = browser(freya).post(reverse("meetings:practice", args=[meeting.cohort_id]), {"sharing": "equal"})
    assert (answer.status_code, Practice.objects.get().sharing) == (302, "equal")
    AgendaItem.objects.filter(position=0).update(seconds=30 * 60)  # least time comes first, whoever waited longest
    assert suggested() == ["Ana", "Bryn", "Dilys", "Elin", "Cillian"]
    assert "nobody bids for it" in browser(six[0]).get(url("bid", meeting.pk)).text
    refused = browser(six[0]).post(url("bid", meeting.pk), {"minutes": 20, "urgency": 1})
    assert (refused.status_code, "nobody bids for it" in refused.text, Bid.objects.count()) == (422, True, 2)
    assert "Bids" not in browser(six[0]).get(room(meeting)).text
    Practice.objects.update(sharing="bids")
    to_the_next_turn(meeting)
    assert "Airtime</h2>" not in browser(six[0]).get(room(meeting)).text  # nothing is left to bid for
    for change in ({"state": "planned"}, {"state": "cancelled"}):
        Meeting.objects.filter(pk=meeting.pk).update(**change)
        assert browser(six[0]).post(url("bid", meeting.pk), {"minutes": 20, "urgency": 1}).status_code == 422
    assert Bid.objects.count() == 2


def test_the_ledger_counts_the_rooms_minutes_and_puts_first_who_has_waited_longest(
    six: list[Membership], freya: Membership, otto: Membership, meeting: Meeting, browser: Browser
) -> None:
    def held(number: int, *turns: tuple[Membership, int, int]) -> None:
        start = meeting.starts_at - timedelta(days=28 * (7 - number))
        past = Meeting.objects.create(
            cohort=meeting.cohort,
            number=number,
            starts_at=start,
            time_zone="Europe/London",
            state="tipped",
            tips_at=start,
        )
        for place, (who, minutes, seconds) in enumerate(turns):
            values = {"kind": "airtime", "position": place, "minutes": minutes, "seconds": seconds}
            Airtime.objects.create(item=AgendaItem.objects.create(meeting=past, **values), presenter=who)

    held(4, (six[0], 30, 0), (six[1], 30, 1790))
    held(5, (six[2], 40, 0), (six[0], 20, 600))
    held(6)
    Membership.objects.filter(pk=six[5].pk).update(joined_on=meeting.local_start.date())
    Membership.objects.filter(pk=six[4].pk).update(left_on=timezone.localdate())
    got = [(s.membership.user.name, s.turns, s.minutes, s.last, s.waited) for s in airtime.ledger(meeting.cohort)]
    assert got == [
        ("Dilys", 0, 0, None, 4),
        ("Bryn", 1, 30, 4, 3),
        ("Ana", 2, 40, 5, 2),
        ("Cillian", 1, 40, 5, 2),
        ("Fatima", 0, 0, None, 1),
    ]
    for who in (six[0], freya):
        assert "Meetings waited" in browser(who).get(url("ledger", meeting.cohort_id)).text
    assert browser(otto).get(url("ledger", meeting.cohort_id)).status_code == 404


@pytest.mark.parametrize("text", ["a\x00b", "Z" + "\u0310" * 50, "x" * 20_001])
def test_what_cannot_be_kept_is_told_beside_the_field(
    six: list[Membership], freya: Membership, meeting: Meeting, browser: Browser, text: str
) -> None:
    found = turn(meeting, six[0])
    forms = [
        (six[1], url("ask", found.pk), {"text": text}),
        (six[0], url("airtime", found.pk), {"notes": text, "version": 1}),
        (six[0], url("add_action", found.pk), {"text": text, "due": "2098-01-01", "key": uuid4()}),
        (freya, reverse("meetings:park", args=[meeting.pk]), {"text": text}),
    ]
    for who, address, body in forms:
        answer = browser(who).post(address, body)
        assert (address, answer.status_code, "Something needs another look" in answer.text) == (address, 422, True)
        assert text.replace("\x00", "\x00")[:20] in answer.text


def test_who_asks_for_time_stands_where_the_agenda_is_planned(
    six: list[Membership], freya: Membership, meeting: Meeting, browser: Browser
) -> None:
    plan = reverse("meetings:agenda", args=[meeting.pk])
    assert "Bids for airtime" not in browser(freya).get(plan).text
    Bid.objects.create(meeting=meeting, membership=six[0], minutes=35, urgency=3)
    words = " ".join(strip_tags(browser(freya).get(plan).text.replace("&nbsp;", " ")).split())
    assert f"Bids for airtime {six[0].user.name}: 35 min · Now" in words
    Meeting.objects.filter(pk=meeting.pk).update(state="cancelled")
    assert "Bids for airtime" not in browser(freya).get(plan).text


def test_the_file_of_ones_data_holds_ones_own_time_notes_and_actions_and_nobody_elses(
    six: list[Membership], freya: Membership, meeting: Meeting, browser: Browser
) -> None:
    ana, bryn, *_rest = six
    for one, minutes in ((ana, 20), (bryn, 35)):
        Bid.objects.create(meeting=meeting, membership=one, minutes=minutes, urgency=2)
    found = turn(meeting, ana)
    browser(bryn).post(url("ask", found.pk), {"text": "What would your mother say?"})
    AgendaItem.objects.filter(meeting=meeting).update(title="Ana’s turn, then Bryn’s")
    airtime.note(found, 1, "Ask the porters.")
    first = {"text": "Walk the ward", "first_step": "Ring the porter", "due": timezone.localdate()}
    actions.change(actions.add(found, uuid4(), first), 1, {"about_self": "I rush."})
    room_of = Room.objects.filter(meeting=meeting)
    room_of.update(since=timezone.now() - timedelta(minutes=12))
    to_the_next_turn(meeting)
    Attendance.objects.filter(membership=six[5]).delete()
    Attendance.objects.create(meeting=meeting, membership=six[5], status="apologies", reason="A funeral")
    files = {one.pk: browser(one).get(reverse("learningsets:me_export")) for one in (ana, bryn, six[5], freya)}
    data = {pk: json.loads(answer.content) for pk, answer in files.items()}
    here = {"set": "Alder", "day": meeting.local_start.date().isoformat()}
    assert data[ana.pk]["meetings"] == [here | {"status": "present", "reason": ""}]
    assert data[six[5].pk]["meetings"] == [here | {"status": "apologies", "reason": "A funeral"}]
    assert data[ana.pk]["time_asked_for"] == [here | {"minutes": 20, "urgency": "Soon"}]
    assert data[ana.pk]["time_had"] == [here | {"minutes": 12, "notes": "Ask the porters."}]
    (action,) = data[ana.pk]["actions"]
    assert (action["what"], action["learned_about_myself"]) == ("Walk the ward", "I rush.")
    assert [data[bryn.pk][part] for part in ("time_had", "actions")] == [[], []]
    assert [data[freya.pk][part] for part in ("meetings", "time_asked_for", "time_had", "actions")] == [[]] * 4
    theirs = {"A funeral": six[5].pk, "Ask the porters": ana.pk, "Walk the ward": ana.pk, "mother say": None}
    theirs |= {"Ana’s turn": None, "I rush": ana.pk}
    assert {words: pk for words in theirs for pk, answer in files.items() if words in answer.text} == {
        words: pk for words, pk in theirs.items() if pk
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(
    six: list[Membership],
    freya: Membership,
    meeting: Meeting,
    browser: Browser,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for who in six[:rows]:
        airtime.bid(meeting, who, 20, 2)
        turn(meeting, who)
    ledger, facilitates, phone = (url("ledger", meeting.cohort_id), browser(freya), browser(six[3]))
    with django_assert_num_queries(6):
        phone.get(ledger)
    with django_assert_num_queries(11):
        phone.get(room(meeting))
    with django_assert_num_queries(17):
        facilitates.get(room(meeting))
