"""Two clicks, two facilitators, two tabs: one row, and nobody's change silently lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import close_old_connections, connection
from django.utils import timezone

from learningsets.models import Cohort, Letter
from sessions import agenda, lifecycle, room
from sessions.letters import dates_are_set
from sessions.lifecycle import ChangedMeanwhileError, Details
from sessions.models import Meeting, Reminder, Series
from sessions.reminders import send_due
from sessions.scheduling import save_series

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 8


def at_once(work: Callable[[int], Any]) -> list[Any]:
    """What `work` gives (an exception's class if it raises one) when run by several threads at the same time."""

    def run(number: int) -> Any:
        close_old_connections()
        try:
            return work(number)
        except ChangedMeanwhileError as error:
            return type(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(run, range(AT_ONCE)))


def test_a_series_sent_many_times_at_once_is_saved_once(world: Any) -> None:
    key = uuid4()

    def save(number: int) -> int:
        series = Series(
            cohort=Cohort.objects.get(pk=world.cohort.pk),
            ordinal=2,
            weekday=1,
            starts_on=date(2027, 1, 1),
            start_time=time(14),
            time_zone="Europe/London",
            months=3,
            key=key,
        )
        return save_series(series, "", "").pk

    assert len(set(at_once(save))) == 1
    assert (Series.objects.count(), Meeting.objects.count()) == (1, 3)


def test_of_many_who_move_a_meeting_at_once_one_does_and_the_others_are_told(world: Any) -> None:
    meeting = world.meeting(timezone.now() + timedelta(days=30))

    def move(number: int) -> None:
        mine = Meeting.objects.select_related("cohort").get(pk=meeting.pk)
        lifecycle.change(mine, 1, Details(mine.starts_at, 60, f"Room {number}", ""))

    told = at_once(move)
    assert (told.count(None), told.count(ChangedMeanwhileError)) == (1, AT_ONCE - 1)
    meeting.refresh_from_db()
    assert (meeting.version, meeting.minutes) == (2, 60)


def test_sweeps_at_once_remind_each_member_once(world: Any) -> None:
    world.meeting(timezone.now() + timedelta(hours=20))
    dates_are_set(world.cohort, Meeting.objects.all())
    Letter.objects.all().delete()
    reminded = at_once(lambda _number: send_due())
    assert (sum(reminded), Letter.objects.count(), Reminder.objects.count()) == (3, 3, 3)


def test_a_button_that_many_press_at_once_moves_the_room_by_one_and_an_agenda_begins_once(world: Any) -> None:
    meeting = world.meeting(timezone.now() - timedelta(minutes=5))

    def both(number: int) -> bool:
        mine = Meeting.objects.select_related("cohort").get(pk=meeting.pk)
        agenda.begin(mine, "classic")
        return room.press(mine, 0, "next")

    assert at_once(both).count(True) == 1
    assert (meeting.items.count(), meeting.items.filter(reached=True).count(), meeting.room.version) == (7, 1, 1)
