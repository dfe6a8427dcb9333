"""What letters and feeds put into people's calendars, read by another parser than its writer."""

import io
import logging
import re
import smtplib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from typing import Any, ClassVar
from urllib.parse import urlsplit

import pytest
import time_machine
import vobject
from django.core import mail as django_mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse, reverse_lazy
from pytest_django.fixtures import DjangoAssertNumQueries

from learningsets import mail, members, programmes
from learningsets.contracts import publish
from learningsets.models import Cohort, Letter, Membership, Programme, User
from sessions import attendance, lifecycle, newcomers, set_calendar
from sessions.attendance import cannot_come
from sessions.following import Moved, change_all
from sessions.letters import dates_are_set
from sessions.lifecycle import Details
from sessions.models import AgendaItem, Meeting, PersonalCalendar, Series, SetCalendar
from sessions.reminders import _remind
from tests.meetings.conftest import saved_after_its_preview

DAY = datetime(2026, 12, 8, 14, tzinfo=UTC)
LINK = "https://video.example.org/north"


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    """Whenever it runs, the dates below lie ahead."""
    with time_machine.travel("2026-11-20T09:17:25Z", tick=False):
        yield


def strictly(text: str) -> Any:
    """The one VCALENDAR in a text, read by vobject; and what that parser lets pass (RFC 5545, sections 3.1 and 3.6)."""
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    (calendar,) = vobject.readComponents(text)
    calendar.validate(raiseException=True)
    for event in getattr(calendar, "vevent_list", []):
        for name in ("uid", "dtstamp", "dtstart", "dtend", "sequence", "status"):
            assert len(event.contents[name]) == 1, name
        assert event.contents["class"][0].value == "PRIVATE", "whoever shares a calendar would show whose set it is"
        for moment in (event.dtstart, event.dtend, event.dtstamp):
            assert moment.serialize().strip().endswith("Z"), "a time that is not UTC"
    return calendar


def sent() -> list[Message]:
    """What leaves now, as a mail server gets it."""
    Letter.objects.update(waits=0)
    mail.send_waiting()
    leaving, django_mail.outbox = django_mail.outbox, []
    return [message_from_bytes(message.message().as_bytes(linesep="\r\n")) for message in leaving]


def entries_of(message: Message) -> list[tuple[str, Any]]:
    """The method that each calendar part's MIME type names, and its one event; the part itself says the same."""
    found = []
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            calendar = strictly(part.get_payload(decode=True).decode())
            (event,) = calendar.vevent_list
            assert part.get_param("method") == calendar.method.value
            found.append((calendar.method.value, event))
    return found


def told(world: Any) -> dict[str, list[tuple[str, str, int, str]]]:
    """For each recipient of what leaves now: method, identifier, sequence and start of each entry."""
    return {
        str(message["To"]): [
            (method, event.uid.value, int(event.sequence.value), f"{event.dtstart.value:%d %b %H:%M}")
            for method, event in entries_of(message)
        ]
        for message in sent()
    }


def test_a_meetings_entry_keeps_its_identifier_and_counts_its_changes(world: Any) -> None:
    """Set, moved, cancelled, held after all: each letter's entry takes the place of the one before."""
    meeting = world.meeting(DAY)
    second = world.meeting(datetime(2027, 1, 12, 14, tzinfo=UTC))
    dates_are_set(world.cohort, Meeting.objects.all())
    everybody = {"fay@example.org", "omar@example.org", "pia@example.org"}
    seen = [told(world)]
    lifecycle.change(meeting, 1, Details(datetime(2026, 12, 9, 15, tzinfo=UTC), 90, "Room 4", ""))
    seen.append(told(world))
    lifecycle.cancel(meeting, 2)
    seen.append(told(world))
    lifecycle.restore(meeting, 3)
    seen.append(told(world))
    assert [set(one) for one in seen] == [everybody] * 4
    assert [one["pia@example.org"] for one in seen] == [
        [("REQUEST", str(meeting.pk), 0, "08 Dec 14:00"), ("REQUEST", str(second.pk), 0, "12 Jan 14:00")],
        [("REQUEST", str(meeting.pk), 1, "09 Dec 15:00")],
        [("CANCEL", str(meeting.pk), 2, "09 Dec 15:00")],
        [("REQUEST", str(meeting.pk), 3, "09 Dec 15:00")],
    ]


def test_who_leaves_and_comes_back_has_each_entry_take_the_place_of_the_one_before(world: Any) -> None:
    """A calendar passes over what counts no further than what it has (RFC 5546, section 2.1.5). Who is new changes
    nobody's count."""
    meeting = world.meeting(DAY)
    key = str(meeting.pk)

    def tell() -> dict[str, list[tuple[str, str, int]]]:
        newcomers.tell_newcomers()
        return {to: [entry[:3] for entry in entries] for to, entries in told(world).items()}

    dates_are_set(world.cohort, Meeting.objects.all())
    assert len(told(world)) == 3
    zoe = User.objects.create_user("zoe@example.org", "Zoe")
    place = programmes.join(zoe, programme=world.programme, cohort=world.cohort, role="participant")
    assert tell() == {"zoe@example.org": [("REQUEST", key, 0)]}
    for have in (0, 2):  # on the day on which she joined
        members.leave(place)
        assert tell() == {"zoe@example.org": [("CANCEL", key, have + 1)]}
        members.come_back(place)
        assert tell() == {"zoe@example.org": [("REQUEST", key, have + 2)]}
    lifecycle.change(meeting, 1, Details(DAY, 90, "", ""))
    assert told(world)["zoe@example.org"][0][:3] == ("REQUEST", key, 5)
    members.leave(place)
    assert tell() == {"zoe@example.org": [("CANCEL", key, 6)]}
    members.come_back(place)
    dates_are_set(world.cohort, Meeting.objects.all())  # before anybody saw that she is back
    assert told(world)["zoe@example.org"][0][:3] == ("REQUEST", key, 7)


def test_an_entry_names_its_reader_alone_and_says_no_more_than_the_set_chose(world: Any) -> None:
    meeting = world.meeting(DAY, place="Room 4; by the lift, Åsas väg, " + "Ö" * 60, video_link=LINK)
    AgendaItem.objects.create(meeting=meeting, position=0, kind="airtime", minutes=30, title="Queues")
    said: dict[str, tuple[bool, bool]] = {}
    path = make_address(world.client(world.pia))
    for chosen in ("time", "place", "video"):
        SetCalendar.objects.update_or_create(cohort=world.cohort, defaults={"entries": chosen})
        lifecycle.cancel(meeting, meeting.version)
        cancelled = sent()
        lifecycle.restore(meeting, meeting.version)
        for message in (*cancelled, *sent()):
            to = str(message["To"])
            ((_method, event),) = entries_of(message)
            assert [one.value for one in event.attendee_list] == [f"mailto:{to}"]
            assert event.attendee.params["RSVP"] == ["FALSE"]
            assert event.organizer.value == "mailto:learning-sets@localhost"
            whole = message.as_string() + event.serialize()
            others = {"fay", "omar", "pia", "odile"} - {to.partition("@")[0]}
            assert not [word for word in ("North set", "Pia", "Omar", "Fay", *others) if word in whole]
            assert (event.dtstamp.value, event.summary.value) == (
                datetime(2026, 11, 20, tzinfo=UTC),  # a day: when a facilitator pressed the button is nobody's business
                "Learning set meeting",
            )
            place = "location" in event.contents and event.location.value == meeting.place
            said[chosen] = (place, LINK in event.description.value)
            (subscribed,) = strictly(Client().get(path).content.decode()).vevent_list
            assert not [one for one in (event, subscribed) if "Queues" in str(one)]  # what a turn is about, and whose
    assert said == {"time": (False, False), "place": (True, False), "video": (True, True)}


@pytest.mark.parametrize(
    ("zone", "day", "wall", "utc"),
    [
        ("Europe/Dublin", "2027-03-28", "00:30 to 02:30", "28 00:30 28 01:30"),  # its winter time is the odd one
        ("Europe/Dublin", "2027-10-31", "01:30 to 02:30", "31 00:30 31 02:30"),
        ("Europe/Dublin", "2027-10-31", "00:30 to 01:30", "30 23:30 31 00:30"),
        ("Africa/Casablanca", "2027-02-07", "02:30 to 04:00", "07 01:30 07 04:00"),  # back for Ramadan
        ("America/St_Johns", "2027-11-07", "01:30 to 03:00", "07 04:00 07 06:30"),
        ("Australia/Lord_Howe", "2027-04-04", "01:45 to 03:00", "03 14:45 03 16:30"),  # half an hour back
        ("Asia/Kathmandu", "2027-01-05", "09:15 to 12:00", "05 03:30 05 06:15"),
    ],
)
def test_what_is_typed_shown_sent_and_subscribed_to_is_one_time(
    world: Any, zone: str, day: str, wall: str, utc: str
) -> None:
    """Where clocks change or differ by odd minutes. Giving it another place moves nothing."""
    start, end = wall.split(" to ")
    said = f", {start}\xa0to\xa0{end}"  # no line is broken there
    fay, path = world.client(world.fay), make_address(world.client(world.pia))
    typed = {"day": day, "start_time": start, "last_day": "", "end_time": end, "time_zone": zone}
    page = saved_after_its_preview(fay, world.cohort, typed | {"place": "", "video_link": ""}).url
    meeting = Meeting.objects.get()
    for _twice in range(2):
        (letter,) = [message for message in sent() if message["To"] == "pia@example.org"]
        ((_method, event),) = entries_of(letter)
        (subscribed,) = strictly(Client().get(path).content.decode()).vevent_list
        for one in (event, subscribed):
            assert f"{one.dtstart.value:%d %H:%M} {one.dtend.value:%d %H:%M}" == utc
        body = next(part for part in letter.walk() if part.get_content_type() == "text/plain")
        assert said in body.get_payload(decode=True).decode()
        assert said in fay.get(page).text
        change = reverse("meetings:change", args=[meeting.pk])
        form = fay.get(change).context["form"]
        stands = {name: form[name].value() or "" for name in ("day", "start_time", "last_day", "end_time", "version")}
        fay.post(change, stands | {"place": "Room 4", "video_link": "", "scope": "one"})


@pytest.mark.parametrize(
    ("zone", "day", "wall"),
    [
        ("Europe/Dublin", "2027-03-28", "01:30"),
        ("Africa/Casablanca", "2027-03-14", "02:30"),
        ("America/St_Johns", "2027-03-14", "02:30"),
        ("Australia/Lord_Howe", "2027-10-03", "02:15"),
    ],
)
def test_a_time_that_no_clock_shows_is_asked_for_again(world: Any, zone: str, day: str, wall: str) -> None:
    typed = {"day": day, "start_time": wall, "last_day": "", "end_time": "09:00", "time_zone": zone}
    answer = world.client(world.fay).post(reverse("meetings:add", args=[world.cohort.pk]), typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["start_time"])


def test_an_hour_that_clocks_show_twice_is_not_cut_by_a_change_of_place(world: Any) -> None:
    """A meeting that ends at the second 01:30 of its night, changed alone and with those that follow."""
    series = Series.objects.create(
        cohort=world.cohort,
        month_day=31,
        starts_on="2027-08-31",
        start_time="00:30",
        minutes=120,
        time_zone="Europe/London",
        months=2,
        on_holiday="keep",
        key="6f2d6f0e-3c1e-4f0a-9b9e-2a5f64f7a003",
    )
    for day in (datetime(2027, 8, 30, 23, 30, tzinfo=UTC), datetime(2027, 10, 30, 23, 30, tzinfo=UTC)):
        world.meeting(day, minutes=120, series=series)
    first, twice = Meeting.objects.all()
    assert twice.when == "Sunday 31 October 2027, 00:30\xa0to\xa001:30"
    fay = world.client(world.fay)
    for meeting, scope in ((first, "following"), (twice, "one")):
        change = reverse("meetings:change", args=[meeting.pk])
        form = fay.get(change).context["form"]
        stands = {name: form[name].value() or "" for name in ("day", "start_time", "last_day", "end_time", "version")}
        typed = stands | {"place": f"Room {scope}", "video_link": "", "scope": scope}
        page = fay.post(change, typed)
        if page.status_code == 200:
            fay.post(change, typed | {"seen": page.context["seen"], "save": "1"})
        twice.refresh_from_db()
        assert (twice.place, twice.minutes) == (f"Room {scope}", 120)


def parts_of(message: Message) -> list[Any]:
    """What each part of a mail holds, but for the day on which an entry was written."""
    parts = [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
    return [re.sub(rb"DTSTAMP:\w+", b"DTSTAMP", part) for part in parts]


class Breaking(EmailBackend):
    """A mail server that takes a letter and breaks off before it says so."""

    tried: ClassVar[dict[str, tuple[str, list[Any]]]] = {}

    def send_messages(self, messages) -> int:
        for message in messages:
            whole = message_from_bytes(message.message().as_bytes(linesep="\r\n"))
            self.tried[message.to[0]] = (whole["Message-ID"], parts_of(whole))
        raise smtplib.SMTPServerDisconnected


def test_what_is_undone_within_a_minute_is_told_to_nobody_and_what_stands_to_everybody(world: Any) -> None:
    """A letter that has left is followed by one that says what holds then; entries count every change."""
    meeting, later = world.meeting(DAY, place="Ward 7"), world.meeting(DAY + timedelta(days=28))
    as_it_was, moved = Details(DAY, 180, "Ward 7", ""), Details(DAY + timedelta(days=1), 180, "Attic", "")

    def change(details: Details) -> None:
        lifecycle.change(meeting, meeting.version, details)

    def told_fay() -> list[tuple[str, list[int]]]:
        letters = [one for one in sent() if one["To"] == "fay@example.org"]
        return [(one.get_payload(0).get_payload(decode=True).decode(), [n[2] for n in read(one)]) for one in letters]

    def read(message: Message) -> list[tuple[str, str, int]]:
        return [(method, event.uid.value, int(event.sequence.value)) for method, event in entries_of(message)]

    def undone() -> None:
        change(moved)
        change(as_it_was)
        lifecycle.cancel(meeting, meeting.version)
        lifecycle.restore(meeting, meeting.version)

    undone()
    assert (sent(), Letter.objects.count()) == ([], 0)
    change(moved)
    change(replace(moved, starts_at=DAY + timedelta(days=2), place="Ward 7"))
    [(words, counted)] = told_fay()
    assert [when in words for when in ("8 December", "9 December", "10 December")] == [True, False, True]
    assert counted == [6]
    change(as_it_was)
    [(words, counted)] = told_fay()
    assert ("It was to be: Thursday 10" in words, "It is now: Tuesday 8" in words, counted) == (True, True, [7])
    lifecycle.cancel(meeting, meeting.version)
    [(words, _counted)] = told_fay()
    assert "will not meet on Tuesday 8" in words
    lifecycle.restore(meeting, meeting.version)
    change(moved)
    lifecycle.cancel(meeting, meeting.version)
    assert sent() == []  # it was cancelled, and is
    lifecycle.restore(meeting, meeting.version)
    change(as_it_was)
    [(words, _counted)] = told_fay()
    assert "will meet on Tuesday 8" in words

    cannot_come(meeting, world.pia, "")
    Letter.objects.all().delete()
    undone()  # the day was new for a moment: it is not known any more that Pia can't come
    [(words, _counted)] = told_fay()
    assert ("was moved, and moved back. Its date stays: Tuesday 8" in words, "please say it again" in words) == (
        True,
        True,
    )
    change(moved)  # a letter of several takes over what waits
    both = [Moved(meeting, as_it_was), Moved(later, replace(as_it_was, starts_at=DAY + timedelta(days=30)))]
    change_all(both, meeting.version)
    [(words, counted)] = told_fay()
    assert (words.count("- "), "9 December" in words, len(counted)) == (1, False, 1)  # the other stands as it is known
    cannot_come(meeting, world.pia, "")
    Letter.objects.all().delete()
    change(moved)
    change_all([both[0], Moved(later, replace(as_it_was, starts_at=DAY + timedelta(days=31)))], meeting.version)
    [(words, _counted)] = told_fay()
    assert ("moved, and moved back" in words, "new place" in words) == (True, False)
    cannot_come(meeting, world.pia, "")
    Letter.objects.all().delete()
    dates_are_set(world.cohort, Meeting.objects.all())
    change(moved)
    change(replace(moved, place="Ward 9"))  # what the letter with all dates asks since the move it goes on asking
    [(words, _counted)] = told_fay()
    assert ("9 December" in words, "please say it again" in words) == (True, True)


def test_of_what_left_no_entry_stays_and_what_is_tried_again_is_the_same(world: Any, monkeypatch: Any) -> None:
    meeting = world.meeting(DAY)
    lifecycle.cancel(meeting, 1)
    monkeypatch.setattr(mail, "get_connection", Breaking)
    assert [mail.send_waiting() for _twenty_seconds in range(3)] == [0] * 3
    first = dict(Breaking.tried)
    monkeypatch.undo()
    with time_machine.travel("2026-11-22T10:00:00Z", tick=False):
        again = {str(message["To"]): (message["Message-ID"], parts_of(message)) for message in sent()}
    assert (len(again), again) == (3, first)
    assert [(letter.calendar, letter.body) for letter in Letter.objects.all()] == [([], "")] * 3


def test_what_leaves_says_what_holds_then_and_goes_to_who_is_in_the_set_then(world: Any) -> None:
    """Dates, a move and a reminder wait, for minutes or as long as mail is down. Meanwhile one is taken out of the set,
    one moves to another address, and the set chooses to have less in its entries."""
    chosen = SetCalendar.objects.create(cohort=world.cohort, entries="video")
    meeting = world.meeting(DAY, place="Ward 7", video_link=LINK)
    publish(world.cohort, "What is said here stays here.", 0)
    assert set(told(world)) == {"fay@example.org", "omar@example.org", "pia@example.org"}
    lifecycle.change(meeting, 1, Details(DAY, 90, "Ward 7", LINK))
    dates_are_set(world.cohort, Meeting.objects.all())
    assert _remind(meeting, 7) == 3
    publish(world.cohort, "What is said here stays in here.", 1)
    invitation = mail.send("omar@example.org", "You are invited", "An invitation is for this address alone.")
    waiting = Letter.objects.filter(sent_on=None)
    assert (waiting.count(), [row for row in waiting.values() if LINK in str(row)]) == (13, [])
    assert members.leave(world.pia)
    assert members._move(world.omar.user, "omar@new.example")
    chosen.entries = "time"
    assert set_calendar.choose(chosen, 1)
    leaving = sent()
    subjects = Counter(str(message["To"]) for message in leaving if "address" not in message["Subject"])
    assert subjects == {"fay@example.org": 4, "omar@new.example": 4, "omar@example.org": 1}
    assert invitation.subject in [message["Subject"] for message in leaving if message["To"] == "omar@example.org"]
    events = [(str(message["To"]), event) for message in leaving for _method, event in entries_of(message)]
    assert sorted(to for to, _event in events) == ["fay@example.org"] * 2 + ["omar@new.example"] * 2
    for to, event in events:
        assert event.attendee.value == f"mailto:{to}"
        assert not [word for word in ("Ward 7", "example.org/north") if word in event.serialize()]
    assert not waiting.exists()


def test_a_set_chooses_what_its_entries_hold_and_when_it_is_reminded(world: Any) -> None:
    url = reverse("meetings:set_calendar", args=[world.cohort.pk])
    fay = world.client(world.fay)
    assert 'name="version" value="0"' in fay.get(url).text
    typed = {"entries": "video", "remind_before": ["14", "2"], "version": "0"}
    assert fay.post(url, typed).url == reverse("learningsets:cohort", args=[world.cohort.pk])
    chosen = SetCalendar.of(world.cohort)
    assert (chosen.entries, chosen.remind_before, chosen.version) == ("video", [14, 2], 1)
    late = fay.post(url, {"entries": "time", "version": "0"})  # the page of a second facilitator, opened before
    assert (late.status_code, "Two weeks before, Two days before" in late.text) == (409, True)
    assert 'name="version" value="1"' in late.text
    assert fay.post(url, {"entries": "time", "version": "1"}).status_code == 302
    assert SetCalendar.of(world.cohort).remind_before == []
    wrong = fay.post(url, {"entries": "all", "remind_before": ["3"], "version": "2"})
    assert (wrong.status_code, sorted(wrong.context["form"].errors)) == (422, ["entries", "remind_before"])


YOURS = reverse_lazy("meetings:your_calendar")


def make_address(client: Client) -> str:
    """Press the button; the path of the feed that the page shows then."""
    page = client.post(reverse("meetings:renew_feed"), follow=True)
    return urlsplit(page.context["address"]).path


def titles(client: Client, path: str) -> list[tuple[str, str]]:
    """What a feed says: title and status of each event."""
    calendar = strictly(client.get(path).content.decode())
    return [(event.summary.value, event.status.value) for event in getattr(calendar, "vevent_list", [])]


def test_a_feed_holds_all_sets_of_its_owner_and_nothing_of_anybody(world: Any) -> None:
    birch = Cohort.objects.create(programme=world.programme, name="Birch")
    joined = Membership.objects.create(programme=world.programme, cohort=birch, user=world.pia.user, role="facilitator")
    cedar = Cohort.objects.create(programme=world.programme, name="Cedar")
    for cohort in (birch, cedar):
        Meeting.objects.create(cohort=cohort, starts_at=DAY, number=1, time_zone="Europe/London", video_link=LINK)
    world.meeting(DAY, place="Room 4", video_link=LINK)
    world.meeting(DAY + timedelta(days=1), state="cancelled")
    world.meeting(DAY - timedelta(days=500))
    path = make_address(world.client(world.pia))
    anybody = Client()
    assert sorted(titles(anybody, path)) == [
        ("Birch", "CONFIRMED"),
        ("Cancelled: North", "CANCELLED"),
        ("North", "CONFIRMED"),
    ]
    text = anybody.get(path).content.decode().replace("\r\n ", "")
    assert ("LOCATION" in text, "ATTENDEE" in text, LINK in text) == (False, False, False)
    assert not [name for name in ("Pia", "Omar", "Fay", "@") if name in text]
    SetCalendar.objects.create(cohort=birch, entries="video")
    SetCalendar.objects.create(cohort=world.cohort, entries="place")
    text = anybody.get(path).content.decode().replace("\r\n ", "")
    assert ("LOCATION:Room 4" in text, text.count(LINK)) == (True, 1)
    said = dict(re.findall("<dt>(.*?)</dt><dd>(.*?)</dd>", world.client(world.pia).get(YOURS).text))
    assert said == {"Birch": "Time, place and video link", "North": "Time and place"}
    Membership.objects.filter(pk=joined.pk).update(left_on="2026-11-20")
    assert "Birch" not in anybody.get(path).content.decode()


def test_nothing_that_is_typed_begins_a_line_of_an_entry(world: Any) -> None:
    """For no reader: some know more line ends than the format does. Straight into the rows, past what forms refuse."""
    ends = ["\r\n", "\r", "\n", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
    typed = "é" * 30 + "".join(f"{end}ATTENDEE:mailto:eve@example.org" for end in ends)
    Cohort.objects.filter(pk=world.cohort.pk).update(name=typed[:90])
    SetCalendar.objects.create(cohort=world.cohort, entries="video")
    meeting = world.meeting(DAY, place=typed[:300], video_link=typed)
    lifecycle.cancel(meeting, 1)
    feed = Client().get(make_address(world.client(world.pia))).content.decode()
    for text in (feed, parts_of(sent()[0])[-1].decode()):
        assert text.splitlines() == text.split("\r\n")[:-1]
        assert not [line for line in text.splitlines() if line.startswith("ATTENDEE:")]


def test_a_feed_does_not_count_who_came(world: Any) -> None:
    """Whoever has its address, and no member's cookie, reads the same while people are marked and after the close."""
    meeting = world.meeting(DAY)
    path = make_address(world.client(world.pia))
    with time_machine.travel(DAY + timedelta(hours=2), tick=False):
        before = Client().get(path).content
        for who, came in ((world.pia, True), (world.omar, True), (world.omar, False)):
            attendance.tap(meeting, who.pk, came=came)
        assert Client().get(path).content == before
        meeting.refresh_from_db()
        attendance.mark_and_close(meeting, meeting.version, {}, DAY + timedelta(days=2))
        assert (meeting.version, Client().get(path).content) == (6, before)


def test_a_feeds_address_is_secret_renewable_and_revocable(world: Any, caplog: Any) -> None:
    pia, anybody = world.client(world.pia), Client()
    caplog.set_level("DEBUG")
    pages = [pia.post(reverse("meetings:renew_feed"), follow=True) for _ in range(2)]
    first, second = (urlsplit(page.context["address"]).path for page in pages)
    assert ["leads nowhere now" in page.text for page in pages] == [False, True]  # there was none before the first
    other = make_address(world.client(world.omar))
    forged = second[:-5] + ("A" if second[-5] != "A" else "B") + ".ics"
    assert [anybody.get(path).status_code for path in (first, second, other, forged)] == [404, 200, 200, 404]
    assert second in pia.get(YOURS).text
    assert re.search(rf'href="webcal://[^/"]+{re.escape(second)}"', pia.get(YOURS).text)
    key = str(PersonalCalendar.objects.get(user=world.pia.user).key).replace("-", "")
    assert anybody.get(reverse("meetings:feed", args=[key])).status_code == 404  # the table alone opens nothing
    User.objects.filter(pk=world.omar.user.pk).update(is_active=False)
    pia.post(reverse("meetings:revoke_feed"))
    assert [anybody.get(path).status_code for path in (second, other)] == [404, 404]
    assert "Make an address" in pia.get(YOURS).text
    tokens = [path.split("/")[-1].split(".")[0] for path in (first, second, other, forged)]
    assert not [line for line in caplog.messages if any(token in line for token in tokens)]


def test_a_feed_needs_no_cookie_gives_none_and_says_when_nothing_is_new(world: Any) -> None:
    meeting = world.meeting(DAY)
    path = make_address(world.client(world.pia))
    anybody = Client()
    answer = anybody.get(path)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    for page in (answer, world.client(world.pia).get(CALENDAR), world.client(world.pia).get(YOURS)):
        assert {"no-store", "private"} <= set(page.headers["Cache-Control"].split(", "))
    assert dict(anybody.cookies) == {}
    again = anybody.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    lifecycle.cancel(meeting, 1)
    assert anybody.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 200
    assert (anybody.head(path).status_code, anybody.post(path).status_code) == (200, 405)


def test_what_breaks_in_a_feed_leaves_no_address_in_the_log(world: Any, capsys: Any, monkeypatch: Any) -> None:
    path = make_address(world.client(world.pia))
    empty: dict[str, bytes] = {}
    monkeypatch.setattr("sessions.feeds.written", lambda _user: empty[path])  # a KeyError that says the address
    handlers = logging.getLogger("django").handlers
    caught = io.StringIO()
    before = [handler.setStream(caught) for handler in handlers]
    client = Client(raise_request_exception=False)
    assert client.get(path).status_code == 500
    for handler, stream in zip(handlers, before, strict=True):
        handler.setStream(stream)
    assert ("KeyError" in caught.getvalue(), path in caught.getvalue()) == (True, False)


@pytest.mark.parametrize("rows", [1, 100])
def test_a_feed_takes_the_same_queries_for_one_meeting_and_for_a_hundred(
    world: Any, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    path = make_address(world.client(world.pia))
    Meeting.objects.bulk_create(
        Meeting(cohort=world.cohort, number=n, starts_at=DAY + timedelta(days=n), time_zone="Europe/London")
        for n in range(rows)
    )
    with django_assert_num_queries(2):
        assert Client().get(path).content.count(b"BEGIN:VEVENT") == rows


CALENDAR = reverse_lazy("meetings:calendar")


def on_days(page: Any) -> dict[str, list[str]]:
    """What the table of a month shows: by day, the sets and the times."""
    cells = re.findall(r'<time datetime="([\d-]+)".*?</time>(.*?)</td>', page.text, re.DOTALL)
    shown = {day: re.sub(r"<[^>]+>", " ", rest).split() for day, rest in cells}
    return {day: words for day, words in shown.items() if words}


def test_a_month_shows_all_sets_where_their_members_say_the_day_is(world: Any) -> None:
    birch = Cohort.objects.create(programme=world.programme, name="Birch")
    joined = Membership.objects.create(programme=world.programme, cohort=birch, user=world.pia.user, role="facilitator")
    cedar = Cohort.objects.create(programme=world.programme, name="Cedar")
    Meeting.objects.create(cohort=cedar, starts_at=DAY, number=1, time_zone="UTC")
    late = {"cohort": birch, "time_zone": "Asia/Tokyo", "minutes": 36 * 60}
    Meeting.objects.create(starts_at=datetime(2026, 12, 8, 16, tzinfo=UTC), number=1, **late)  # there the ninth, 01:00
    world.meeting(DAY)
    world.meeting(datetime(2026, 12, 31, 14, tzinfo=UTC), state="cancelled")
    pia = world.client(world.pia)
    page = pia.get(CALENDAR, {"month": "2026-12"})
    assert on_days(page) == {
        "2026-12-08": ["North", "14:00"],
        "2026-12-09": ["Birch", "01:00"],
        "2026-12-10": ["Birch"],
        "2026-12-31": ["North", "14:00", "Cancelled"],
    }
    assert re.findall(r'rel="(\w+)" href="\?month=([\d-]+)"', page.text) == [("prev", "2026-11"), ("next", "2027-01")]
    assert on_days(pia.get(CALENDAR, {"month": "2027-01"})) == {"2026-12-31": ["North", "14:00", "Cancelled"]}
    this_month = pia.get(CALENDAR).text  # November, as is today
    assert ("None of your sets meets" in this_month, "Next, North meets" in this_month) == (True, True)
    assert f'<a href="?month=2026-12">{Meeting.objects.get(cohort=world.cohort, starts_at=DAY).when}</a>' in this_month
    assert "Next, " not in page.text  # what is to come stands in the table
    Membership.objects.filter(pk=joined.pk).update(left_on="2026-11-20")
    assert "Birch" not in pia.get(CALENDAR, {"month": "2026-12"}).text


def test_who_convenes_sees_when_each_of_the_sets_meets_and_is_led_to_its_dates(world: Any) -> None:
    elsewhere = Cohort.objects.create(programme=Programme.objects.create(title="Elsewhere"), name="Far")
    Meeting.objects.create(cohort=elsewhere, starts_at=DAY, number=1, time_zone="UTC")
    cedar = Cohort.objects.create(programme=world.programme, name="Cedar")
    later = {"starts_at": DAY + timedelta(days=2), "time_zone": "UTC"}
    Meeting.objects.create(cohort=cedar, number=1, place="Cedar House", **later)
    world.meeting(DAY)
    odile = world.client(world.odile)
    page = odile.get(CALENDAR, {"month": "2026-12"})
    assert on_days(page) == {"2026-12-08": ["North", "14:00"], "2026-12-10": ["Cedar", "14:00"]}
    links = re.findall(r'href="(/meetings/[^"]+)">(?:North|Cedar)<', page.text)
    assert links == [reverse("meetings:dates", args=[one.pk]) for one in (world.cohort, cedar)]
    assert [odile.get(link).status_code for link in links] == [200, 200]
    assert "Cedar House" not in page.text
    Membership.objects.filter(pk=world.odile.pk).update(left_on="2026-11-20")
    assert on_days(odile.get(CALENDAR, {"month": "2026-12"})) == {}


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("2099-12", ["2099-11"]),
        ("2000-01", ["2000-02"]),
        *(
            (odd, ["2026-10", "2026-12"])
            for odd in ("", "2026-13", "9999-12", "0001-01", "12", "x" * 5000, "2026-12\x00")
        ),
    ],
)
def test_a_month_ends_where_the_calendar_does_and_anything_else_is_this_month(
    world: Any, asked: str, shown: list[str]
) -> None:
    page = world.client(world.pia).get(CALENDAR, {"month": asked})
    assert (page.status_code, re.findall(r'rel="\w+" href="\?month=([\d-]+)"', page.text)) == (200, shown)


@pytest.mark.parametrize("rows", [1, 100])
def test_a_month_takes_the_same_queries_for_one_meeting_and_for_a_hundred(
    world: Any, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Meeting.objects.bulk_create(
        Meeting(cohort=world.cohort, number=n, starts_at=DAY + timedelta(hours=n), time_zone="Europe/London")
        for n in range(rows)
    )
    client = world.client(world.pia)
    with django_assert_num_queries(4):
        client.get(CALENDAR, {"month": "2026-12"})
