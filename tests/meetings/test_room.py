"""The room: a clock that the server keeps, buttons that do nothing twice, attendance by tap, a parking lot."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from pytest_django.fixtures import DjangoAssertNumQueries

from learningsets.models import Membership
from sessions import agenda, attendance, formats, lifecycle
from sessions import room as the_room
from sessions.access import get_news
from sessions.models import AgendaItem, Attendance, Meeting, Room
from tests.meetings.conftest import World

DURING = datetime(2026, 12, 8, 15, tzinfo=UTC)
Travel = Any


@pytest.fixture
def clock() -> Iterator[Travel]:
    """The time of day, which stands still until a test moves it on."""
    with time_machine.travel(DURING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def meeting(world: World, clock: Travel) -> Meeting:
    """A meeting that has begun: a check-in of ten minutes, a turn of 33, a close of ten."""
    found = world.meeting()
    for kind, minutes, form in (("check-in", 10, ""), ("airtime", 33, "classic"), ("close", 10, "")):
        agenda.add(found, uuid4(), {"kind": kind, "minutes": minutes, "format": form})
    return found


def url(meeting: Meeting, name: str = "room", *more: object) -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk, *more])


@pytest.fixture
def press(world: World, meeting: Meeting) -> Callable[..., None]:
    """Presses a button as it stands on a page that is up to date, or on one that says another version."""
    client = world.client(world.fay)

    def do(verb: str, version: int | None = None) -> None:
        seen = the_room.standing(meeting, timezone.now()).room.version if version is None else version
        assert client.post(url(meeting, "press"), {"verb": verb, "version": seen}).status_code == 302

    return do


def at(meeting: Meeting) -> tuple[str, str]:
    """Where the room stands, and what its clock shows."""
    standing = the_room.standing(meeting, timezone.now())
    if standing.step is None:
        return ("over" if standing.room.over else "not begun", standing.clock)
    title = standing.step.stage.title
    return (title if str(standing.step.item) == title else f"{standing.step.item}: {title}", standing.clock)


def test_a_meeting_runs_through_its_items_and_their_stages(meeting: Meeting, press: Callable[..., None]) -> None:
    assert at(meeting)[0] == "not begun"
    seen = []
    for _step in range(9):
        press("next")
        seen.append(at(meeting))
    assert seen == [
        ("Check-in", "10:00"),
        ("Airtime: Present", "2:00"),
        ("Airtime: Clarify", "7:00"),
        ("Airtime: Open questions", "13:00"),
        ("Airtime: Summary", "2:00"),
        ("Airtime: Resources", "5:00"),
        ("Airtime: Actions", "4:00"),
        ("Close", "10:00"),
        ("over", "0:00"),
    ]
    press("next")
    press("back")
    press("back")
    assert at(meeting) == ("Airtime: Actions", "4:00")


@pytest.mark.once
@pytest.mark.parametrize("key", [key for key, _title in formats.agenda_choices()])
def test_every_template_runs_from_its_beginning_to_its_end(world: World, clock: Travel, key: str) -> None:
    found = world.meeting()
    agenda.begin(found, key)
    planned = agenda.items(found)
    presses = 0
    while not (now := the_room.standing(found, timezone.now())).room.over:
        assert the_room.press(found, now.room.version, "next")
        clock.shift(60)
        presses += 1
    assert presses == 1 + sum(len(formats.stages(item.format, item.minutes)) or 1 for item in planned)
    assert all(item.reached and item.seconds >= 60 for item in agenda.items(found))


def test_the_clock_is_the_servers_and_pause_and_more_time_change_it(
    meeting: Meeting, press: Callable[..., None], clock: Travel
) -> None:
    press("next")
    clock.shift(60)
    assert at(meeting) == ("Check-in", "9:00")
    press("pause")
    clock.shift(600)
    assert at(meeting) == ("Check-in", "9:00")
    press("longer")
    press("go_on")
    clock.shift(90)
    assert at(meeting) == ("Check-in", "9:30")
    clock.shift(600)
    assert at(meeting) == ("Check-in", "−0:30")
    press("next")
    item = AgendaItem.objects.get(kind="check-in")
    assert (item.seconds, item.reached) == (60 + 90 + 600, True)
    press("next")
    clock.shift(5 * 60 * 60)  # left running
    press("next")
    assert AgendaItem.objects.get(kind="airtime").seconds == (7 + 30) * 60


def test_the_room_says_what_time_it_is_there_and_when_it_runs_late(
    world: World, meeting: Meeting, press: Callable[..., None], clock: Travel
) -> None:
    """53 minutes are planned at 15:00, and the meeting is to end at 17:00. In Almaty it is five hours later."""

    def said(zone: str = "Europe/London", room: Meeting = meeting) -> str:
        Meeting.objects.update(time_zone=zone)
        line = world.client(world.pia).get(url(room)).text.partition('<p class="day"')[2].partition("</p>")[0]
        return " ".join(strip_tags(line.partition(">")[2]).split())

    assert said() == "Time of day: 15:00 Ends about 15:55"
    press("next")
    clock.shift(70 * 60)  # ten minutes were planned
    assert said() == "Time of day: 16:10 Ends about 16:55"
    clock.shift(20 * 60)
    assert said() == "Time of day: 16:30 Ends about 17:15, 15 minutes later than planned"
    press("pause")
    assert said("Asia/Almaty").startswith("Time of day: 21:30 Ends about 22:15, 15 minutes")
    for _stage in range(8):
        press("next")
    assert said() == "Time of day: 16:30"
    workshop = world.meeting(DURING - timedelta(hours=1), minutes=26 * 60)  # until 16:00 on the next day
    for day, minutes in ((1, 60), (1, 30), (2, 240)):
        agenda.add(workshop, uuid4(), {"kind": "theory", "minutes": minutes, "day": day})
    assert said(room=workshop) == "Time of day: 16:30 Today ends about 18:00"
    for version in range(2):
        assert "last item of today" not in world.client(world.pia).get(url(workshop)).text
        the_room.press(workshop, version, "next")
    assert "This is the last item of today." in world.client(world.pia).get(url(workshop)).text
    with time_machine.travel(timezone.now() + timedelta(hours=17), tick=False):
        assert said(room=workshop) == "Time of day: 09:30 Ends about 13:30"  # nothing is left of the first day
        assert "last item of today" not in world.client(world.pia).get(url(workshop)).text
    forgotten = world.meeting(DURING - timedelta(days=2))
    agenda.add(forgotten, uuid4(), {"kind": "close", "minutes": 5})
    assert said(room=forgotten) == "Time of day: 16:30"


def test_a_button_that_comes_twice_or_late_does_nothing(
    world: World, meeting: Meeting, press: Callable[..., None]
) -> None:
    press("next")
    version = Room.objects.get().version
    for _twice in range(3):
        press("next", version)
    assert at(meeting)[0] == "Airtime: Present"
    page = world.client(world.fay)
    assert 'value="back"' in page.get(url(meeting)).text
    told = page.post(url(meeting, "press"), {"verb": "next", "version": version}, follow=True)
    assert "The room had moved on already." in told.text
    for body in ({}, {"verb": "next"}, {"verb": "explode", "version": version + 1}, {"verb": "next", "version": "x"}):
        page.post(url(meeting, "press"), body)
    assert at(meeting)[0] == "Airtime: Present"


def test_who_has_seen_it_is_sent_nothing_and_that_costs_one_query_beside_the_sign_in(
    world: World, meeting: Meeting, press: Callable[..., None], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = world.client(world.pia)

    def now(seen: str):
        return client.get(url(meeting, "room_now"), {"seen": seen})

    def seen() -> str:
        return client.get(url(meeting)).text.split("?seen=")[1].split('"')[0]

    press("next")
    first = seen()
    with django_assert_num_queries(3):  # session, user, and whether there is anything new
        answer = now(first)
    assert (answer.status_code, answer.content) == (204, b"")
    with django_assert_num_queries(11):
        answer = now("")
    assert "10:00" in answer.text
    changes: list[Callable[[], object]] = [
        lambda: press("pause"),
        lambda: attendance.tap(meeting, world.pia.pk, came=True),
        lambda: the_room.park(meeting, "tariffs"),
        lambda: agenda.add(meeting, uuid4(), {"kind": "theory", "minutes": 5}),
        lambda: attendance.mark_and_close(
            Meeting.objects.get(), Meeting.objects.get().version, {}, timezone.now() + timedelta(hours=48)
        ),
    ]
    for change in changes:
        before = seen() if "data-every" in client.get(url(meeting)).text else first
        change()
        assert now(before).status_code == 200
    closed = now(first).text
    assert ("The meeting is closed." in closed, reverse("challenges:reflect") in closed) == (True, False)
    Attendance.objects.filter(membership=world.pia).update(may_answer=True)  # as it is when the questions open to five
    pages = [world.client(who).get(url(meeting)).text for who in (world.pia, world.omar)]
    for led in ("Answer the closing questions", reverse("challenges:reflect"), "Open until Thursday 10 December"):
        assert [led in page for page in pages] == [True, False]
    last = get_news(world.omar.user, meeting.pk)
    Membership.objects.filter(pk=world.pia.pk).update(left_on=DURING.date())
    assert [now(seen).status_code for seen in (last, "")] == [404, 404]


def test_a_phone_shows_what_is_on_and_has_no_buttons(
    world: World, meeting: Meeting, press: Callable[..., None]
) -> None:
    client = world.client(world.pia)
    Meeting.objects.update(starts_at=DURING + timedelta(minutes=5))
    early = client.get(url(meeting)).text
    for told in ("<h1>The room</h1>", "The room opens when", "<strong>Airtime</strong>", url(meeting, "meeting")):
        assert told in early
    Meeting.objects.update(state="cancelled")
    assert ("This meeting is cancelled." in (page := client.get(url(meeting)).text), "opens" in page) == (True, False)
    Meeting.objects.update(starts_at=DURING, state="planned")
    assert "Your facilitator begins." in client.get(url(meeting)).text
    press("next")
    assert 'value="back"' not in world.client(world.fay).get(url(meeting)).text  # nothing comes before it
    phone = world.client(world.pia).get(url(meeting)).text
    for told in ("Check-in", ">Time left</p>", "10:00", "Then: Airtime", "Words and concepts"):
        assert told in phone
    for button in ('name="verb"', "aria-pressed", "Put it in the parking lot"):
        assert button not in phone


def test_tapping_marks_who_is_here_each_by_itself(world: World, meeting: Meeting) -> None:
    client = world.client(world.fay)
    Attendance.objects.create(meeting=meeting, membership=world.pia, status="apologies", reason="a funeral")
    for who, came in ((world.pia, "yes"), (world.omar, "yes"), (world.omar, "yes"), (world.pia, "no")):
        assert client.post(url(meeting, "tap", who.pk), {"came": came}).status_code == 302
    assert dict(Attendance.objects.values_list("membership__user__name", "status")) == {
        "Pia": "apologies",
        "Omar": "present",
    }
    page = client.get(url(meeting)).text
    assert ("Pia, can't come</button>" in page, "Omar</button>" in page, "funeral" in page) == (True, True, False)
    client.post(url(meeting, "tap", world.omar.pk), {"came": "no"})  # a slip of the finger: nobody was "not there"
    assert "Omar" not in world.client(world.pia).get(url(meeting, "meeting")).text
    client.post(url(meeting, "tap", world.omar.pk), {"came": "yes"})
    version = Meeting.objects.get().version
    client.post(url(meeting, "tap", world.omar.pk), {"came": "yes"})
    client.post(url(meeting, "tap", world.fay.pk), {"came": "yes"})  # does not take part
    assert (Meeting.objects.get().version, Attendance.objects.count()) == (version, 2)


def test_the_parking_lot_stays_with_the_meeting_and_is_carried_on(world: World, meeting: Meeting) -> None:
    client = world.client(world.fay)
    for text in ("tariffs", "  tariffs ", "beds"):
        assert client.post(url(meeting, "park"), {"text": text}).status_code == 302
    beds, tariffs = meeting.parked.order_by("text")
    client.post(url(meeting, "strike_parked", beds.pk))
    assert "<s>beds</s>" in world.client(world.pia).get(url(meeting)).text
    assert client.post(url(meeting, "park"), {"text": "x" * 201}).status_code == 422
    lifecycle.move_on(meeting, meeting.version, "planned", {"state": "closed", "tips_at": timezone.now()})
    late = client.post(url(meeting, "park"), {"text": "late"})
    assert (late.status_code, ">late<" in late.text) == (422, True)
    assert "tariffs" in world.client(world.pia).get(url(meeting, "meeting")).text
    following = world.meeting(DURING + timedelta(days=28))
    assert [str(item) for item in agenda.left_over(following)] == ["tariffs"]
    for _twice in range(2):
        agenda.carry(following, {tariffs.pk, beds.pk})
    assert [str(item) for item in agenda.items(following)] == ["tariffs"]


def test_at_the_close_no_time_stays_and_nothing_runs(
    meeting: Meeting, press: Callable[..., None], clock: Travel
) -> None:
    press("next")
    clock.shift(120)
    attendance.mark_and_close(meeting, meeting.version, {}, timezone.now() + timedelta(hours=48))
    room = Room.objects.get()
    assert (room.since, room.item, room.used, room.over) == (None, None, 0, True)
    assert AgendaItem.objects.get(kind="check-in").seconds == 120
    press("back")
    assert at(meeting)[0] == "over"


def test_an_item_that_is_removed_while_it_runs_gives_way_to_the_next(
    meeting: Meeting, press: Callable[..., None]
) -> None:
    press("next")
    press("next")
    agenda.remove(AgendaItem.objects.get(kind="airtime"))
    assert the_room.standing(meeting, timezone.now()).following is not None
    press("next")
    assert at(meeting)[0] == "Close"
