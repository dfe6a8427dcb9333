"""Reminders: at their time, once, saying nothing but when; and ended by whoever wants none."""

import random
import smtplib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail as django_mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from learningsets import mail
from learningsets.members import come_back, leave
from learningsets.models import Letter
from sessions import attendance, lifecycle, set_calendar
from sessions.letters import dates_are_set
from sessions.lifecycle import Details
from sessions.models import AgendaItem, Meeting, NoReminders, PersonalCalendar, Reminder, SetCalendar
from sessions.newcomers import tell_newcomers
from sessions.reminders import _remind, resume, send_due, stop, stop_path
from tests.meetings.conftest import saved_after_its_preview

DAY = datetime(2026, 12, 8, 14, tzinfo=UTC)
ONE_CLICK = {"List-Unsubscribe": "One-Click"}  # RFC 8058


@pytest.fixture
def clock() -> Iterator[Any]:
    """A clock that the test moves; it shows 20 November 2026 at first."""
    with time_machine.travel("2026-11-20T09:00:00Z", tick=False) as moved:
        yield moved


@pytest.fixture
def meeting(world: Any, clock: Any) -> Meeting:
    """A meeting in eighteen days of which everybody was told."""
    planned = world.meeting(DAY, place="Room 4")
    told()
    return planned


def told() -> None:
    """Let everybody know all dates, by letters that have left."""
    for cohort in {meeting.cohort for meeting in Meeting.objects.select_related("cohort")}:
        dates_are_set(cohort, cohort.meetings.all())
    Letter.objects.all().delete()


def at(clock: Any, moment: datetime) -> int:
    """How many reminders are written at this moment."""
    clock.move_to(moment)
    return send_due()


def test_each_member_is_reminded_a_week_and_a_day_before_once(clock: Any, meeting: Meeting) -> None:
    week, day = DAY - timedelta(days=7), DAY - timedelta(days=1)
    moment = timedelta(seconds=1)
    assert [at(clock, when) for when in (week - moment, week, week, day - moment, day, day, DAY - moment)] == [
        0,
        3,
        0,
        0,
        3,
        0,
        0,
    ]
    assert sorted(Letter.objects.values_list("to", flat=True)) == [
        "fay@example.org",
        "omar@example.org",
        "pia@example.org",
    ]


def test_a_day_is_one_on_the_wall_though_the_clocks_change_in_it(world: Any, clock: Any) -> None:
    """In London they go forward on 28 March 2027: from 14:00 to 14:00 it is 23 hours."""
    clock.move_to(datetime(2027, 3, 1, tzinfo=UTC))
    world.meeting(datetime(2027, 3, 28, 13, tzinfo=UTC))
    SetCalendar.objects.create(cohort=world.cohort, remind_before=[1])
    told()
    assert [at(clock, datetime(2027, 3, 27, *when, tzinfo=UTC)) for when in ((13, 59), (14, 0))] == [0, 3]


def test_a_reminder_says_when_in_its_readers_zone_and_nothing_else(world: Any, clock: Any, meeting: Meeting) -> None:
    PersonalCalendar.objects.create(user=world.pia.user, time_zone="Europe/Stockholm")
    AgendaItem.objects.create(meeting=meeting, position=0, kind="airtime", title="Beds, by Pia", minutes=35)
    at(clock, DAY - timedelta(days=1))
    bodies = dict(Letter.objects.values_list("to", "body"))
    page = f"http://localhost:8000/meetings/{meeting.pk}/"
    stop = f"http://localhost:8000{stop_path(world.pia)}"
    assert bodies["pia@example.org"] == (
        f"Your learning set meets on Tuesday 8 December 2026, 15:00\xa0to\xa018:00 (Europe/Stockholm).\n\n{page}\n\n"
        f"If you can’t come:\n{page}apologies/\n\nIf you want no more reminders of this set:\n{stop}\n"
    )
    assert "14:00\xa0to\xa017:00 (Europe/London)" in bodies["omar@example.org"]
    assert not [
        word for word in ("North", "Room 4", "Pia", "Omar", "Fay", "Beds") for body in bodies.values() if word in body
    ]
    mail.send_waiting()
    headers = {message.to[0]: message.extra_headers for message in django_mail.outbox}
    assert headers["pia@example.org"]["List-Unsubscribe"] == f"<{stop}>"
    assert headers["pia@example.org"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert set(Letter.objects.values_list("body", "stop", "about")) == {("", "", "")}


def test_one_click_ends_the_reminders_of_one_reader_and_opening_it_does_not(
    world: Any, clock: Any, meeting: Meeting
) -> None:
    program = Client(enforce_csrf_checks=True)  # no cookie, no token: RFC 8058
    path = stop_path(world.pia)
    opened = program.get(path)
    assert (opened.status_code, NoReminders.objects.count()) == (200, 0)
    assert not [word for word in ("Pia", "North", "pia@") if word in opened.text]
    assert 'name="List-Unsubscribe" value="One-Click"' in opened.text
    assert [program.post(path, body).status_code for body in ({}, {"List-Unsubscribe": "x"}, {"stop": "1"})] == [
        422
    ] * 3
    assert NoReminders.objects.count() == 0  # a scanner that sends whatever form it finds ends nothing
    assert program.post(path, ONE_CLICK).status_code == 200
    assert dict(program.cookies) == {}
    other = stop_path(world.omar).split(".")[0]  # another's key with a signature that is not its own
    assert program.post(f"{other}.{path.split('.')[1]}", ONE_CLICK).status_code == 404
    assert at(clock, DAY - timedelta(days=7)) == 2
    pia = world.client(world.pia)
    assert "Remind me of North" in pia.get(reverse("meetings:your_calendar")).text
    pia.post(reverse("meetings:reminders_on", args=[world.cohort.pk]))
    assert program.post(path, ONE_CLICK).status_code == 404  # whoever kept it can't end them again
    assert [send_due(), at(clock, DAY - timedelta(days=1))] == [0, 3]
    assert program.get(Letter.objects.get(to="pia@example.org").stop).status_code == 200
    pia.post(reverse("meetings:reminders_off", args=[world.cohort.pk]))
    assert NoReminders.objects.get().membership == world.pia
    url = reverse("meetings:your_calendar")
    assert [pia.post(url, {"time_zone": zone}).status_code for zone in ("Asia/Tokyo", "Mars/Olympus", "")] == [
        302,
        422,
        302,
    ]
    assert PersonalCalendar.objects.get(user=world.pia.user).time_zone == ""


def test_nobody_is_reminded_who_cannot_come_was_not_told_or_is_of_the_example(
    world: Any, clock: Any, meeting: Meeting
) -> None:
    attendance.cannot_come(meeting, world.pia, "")
    world.omar.dates_told.delete()
    type(world.fay.user).objects.filter(pk=world.fay.user.pk).update(is_example=True)
    assert at(clock, DAY - timedelta(days=7)) == 0
    tell_newcomers()  # that very minute: no reminder follows at once
    assert send_due() == 0
    attendance.can_come(meeting, world.pia)
    assert (send_due(), at(clock, DAY - timedelta(days=1))) == (1, 2)


def test_whoever_is_told_of_a_date_is_not_reminded_of_it_in_the_same_breath(world: Any, clock: Any) -> None:
    clock.move_to(DAY - timedelta(days=3))
    typed = {"day": "2026-12-08", "start_time": "14:00", "end_time": "17:00", "time_zone": "Europe/London"}
    assert saved_after_its_preview(world.client(world.fay), world.cohort, typed).status_code == 302
    assert send_due() == 0
    assert set_calendar.choose(SetCalendar(cohort=world.cohort, remind_before=[14, 7, 1]), 0)
    assert (send_due(), at(clock, DAY - timedelta(days=1))) == (0, 3)


def test_saving_what_a_set_chose_loses_no_reminder_that_is_due(world: Any, clock: Any, meeting: Meeting) -> None:
    clock.move_to(DAY - timedelta(days=1))
    assert set_calendar.choose(SetCalendar(cohort=world.cohort, remind_before=[7, 2, 1]), 0)
    assert send_due() == 3


def test_a_meeting_that_moves_is_planned_anew_and_one_that_is_cancelled_is_quiet(
    world: Any, clock: Any, meeting: Meeting
) -> None:
    assert at(clock, DAY - timedelta(days=7)) == 3
    later = DAY + timedelta(days=28)
    lifecycle.change(meeting, 1, Details(later, 180, "", ""))
    waiting = Letter.objects.filter(subject__startswith="A reminder")
    assert waiting.count() == 0  # what waited named the old date
    assert [at(clock, DAY - timedelta(days=1)), at(clock, later - timedelta(days=7))] == [0, 3]
    lifecycle.cancel(meeting, 2)
    assert (waiting.count(), at(clock, later - timedelta(days=1))) == (0, 0)
    lifecycle.restore(meeting, 3)  # after the last reminder's time: the letter about it says it all
    assert send_due() == 0
    place = Details(later, 180, "Attic", "")
    lifecycle.change(meeting, 4, place)
    assert send_due() == 0


def test_after_days_without_a_worker_the_last_reminder_says_it_all(clock: Any, meeting: Meeting) -> None:
    assert (at(clock, DAY - timedelta(hours=2)), send_due()) == (3, 0)


def test_of_a_meeting_that_has_begun_nobody_is_reminded_though_mail_was_down(clock: Any, meeting: Meeting) -> None:
    assert at(clock, DAY - timedelta(days=1)) == 3
    Letter.objects.update(attempts=1)
    at(clock, DAY + timedelta(minutes=1))
    assert Letter.objects.count() == 0
    at(clock, DAY + timedelta(days=8))
    assert Reminder.objects.count() == 0


def test_a_clock_set_back_doubles_nothing(clock: Any, meeting: Meeting) -> None:
    assert at(clock, DAY - timedelta(days=1)) == 3
    assert at(clock, DAY + timedelta(days=2)) == 0  # wrong
    assert [at(clock, DAY - timedelta(days=1)), at(clock, DAY - timedelta(days=7))] == [0, 0]


class Unreliable(EmailBackend):
    """A mail server that is away, breaks off before it took a letter, or after: by chance."""

    chance = random.Random(7)
    arrived: list[tuple[str, str]] = []  # noqa: RUF012

    def open(self) -> bool:
        if self.chance.random() < 0.3:
            raise ConnectionRefusedError
        return True

    def send_messages(self, messages) -> int:
        luck = self.chance.random()
        if luck < 0.3:
            raise smtplib.SMTPServerDisconnected
        self.arrived += [(message.to[0], message.extra_headers["Message-ID"]) for message in messages]
        if luck < 0.5:
            raise smtplib.SMTPServerDisconnected
        return len(messages)


def test_killed_at_random_none_is_lost_and_doubles_share_their_message_id(
    world: Any, clock: Any, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sweeps die while they write, mail comes and goes: at the end everybody had each reminder."""
    chance, write, deaths = random.Random(11), mail.send, 0
    Unreliable.arrived.clear()

    def sometimes(*arguments: Any, **named: Any) -> Any:
        if chance.random() < 0.6:
            raise SystemExit
        return write(*arguments, **named)

    monkeypatch.setattr(mail, "send", sometimes)
    monkeypatch.setattr(mail, "get_connection", Unreliable)
    for days in (7, 1):
        for minute in range(120):
            clock.move_to(DAY - timedelta(days=days) + timedelta(minutes=minute))
            try:
                send_due()
            except SystemExit:
                deaths += 1
                continue
            mail.send_waiting()
    letters = Counter(to for to, _id in set(Unreliable.arrived))
    assert letters == dict.fromkeys(("fay@example.org", "omar@example.org", "pia@example.org"), 2)
    assert deaths > 5
    assert len(Unreliable.arrived) > 6  # some came twice, under one Message-ID


@pytest.mark.parametrize("rows", [1, 30])
def test_a_sweep_with_nothing_to_write_takes_the_same_queries_for_one_meeting_and_for_thirty(
    world: Any, clock: Any, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(rows):
        world.meeting(DAY + timedelta(minutes=n))
    told()
    at(clock, DAY - timedelta(hours=1))
    with django_assert_num_queries(5):
        send_due()


def test_who_left_is_reminded_of_nothing(world: Any, clock: Any, meeting: Meeting) -> None:
    path = stop_path(world.omar)
    assert leave(world.omar)
    assert at(clock, DAY - timedelta(days=7)) == 2
    assert Client().post(path, ONE_CLICK).status_code == 404
    tell_newcomers()
    come_back(world.omar)
    tell_newcomers()
    assert (Client().post(path, ONE_CLICK).status_code, Client().get(stop_path(world.omar)).status_code) == (404, 200)


def test_a_reminder_that_waits_does_not_leave_for_who_stopped_them_or_with_an_address_of_before(
    world: Any, clock: Any, meeting: Meeting
) -> None:
    assert at(clock, DAY - timedelta(days=1)) == 3
    stop(world.pia)
    stop(world.omar)
    resume(world.omar)
    mail.send_waiting()
    assert ([message.to for message in django_mail.outbox], Letter.objects.filter(sent_on=None).count()) == (
        [["fay@example.org"]],
        0,
    )


def test_what_was_cancelled_since_a_sweep_looked_is_not_reminded_of(clock: Any, meeting: Meeting) -> None:
    clock.move_to(DAY - timedelta(days=1))
    looked_at = Meeting.objects.select_related("cohort").get()
    lifecycle.cancel(meeting, 1)
    assert (_remind(looked_at, 1), Reminder.objects.count()) == (0, 0)
