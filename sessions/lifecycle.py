"""What happens to a meeting, one verb each: change, cancel, restore, close, reopen, and the tip.

planned -> cancelled -> planned; planned -> closed -> planned (until its questions' deadline); closed -> tipped.
Every verb is one conditional UPDATE bound to the version that its caller saw, so of two facilitators one wins and
the other is told (`ChangedMeanwhileError`).
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from learningsets.models import Cohort
from sessions import concepts, letters, reminders, room
from sessions.models import Attendance, Meeting

LEAST_OPEN = timedelta(minutes=5)  # the closing questions stay open at least this long
MOST_OPEN = timedelta(days=31)
SEEN_IN_CALENDARS = {"sequence": F("sequence") + 1}  # who came, and how many, is not


class ChangedMeanwhileError(Exception):
    """Somebody else changed the meeting since this page was opened. `meeting` is how it stands now."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__("The meeting was changed meanwhile.")
        self.meeting = meeting


class SameDayError(ValueError):
    """The set meets on that day already. `meeting` is the other one."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__("The set meets on that day already.")
        self.meeting = meeting


class NotYetError(ValueError):
    """The meeting has not begun, so it cannot be closed."""


class StillAskingError(ValueError):
    """The questions of another meeting of the set are open: two boxes at once would show who was at one alone."""


class DeadlineError(ValueError):
    """A deadline of the closing questions that is too near or too far, or earlier than one that was told."""


@dataclass(frozen=True, slots=True)
class Details:
    """When a meeting starts (aware), how long it takes, and where it is."""

    starts_at: datetime
    minutes: int
    place: str
    video_link: str


def change(meeting: Meeting, version: int, details: Details) -> bool:
    """Move a planned meeting or give it another place, and tell the set unless nothing differs; whether anything does.

    A meeting that was closed is not moved, not after its closing was undone either: who may answer its questions rests
    on its day. Who was marked at one that is moved ahead was marked too early.
    Numbers follow the dates. Raises ChangedMeanwhileError if the meeting is no longer at `version`, or may not be
    changed so any more; SameDayError for a day on which the set meets already.
    """
    new = asdict(details)
    if meeting.version == version and all(getattr(meeting, field) == value for field, value in new.items()):
        return False
    before = copy(meeting)
    moves = details.starts_at != meeting.starts_at
    with transaction.atomic():
        Cohort.objects.select_for_update(no_key=True).get(pk=meeting.cohort_id)  # of two moved at once one is refused
        if moves and (other := on_the_day(meeting, details.starts_at)) is not None:
            raise SameDayError(other)
        asks = put_at(meeting, version, details)
        Meeting.objects.number_by_date(meeting.cohort)
        letters.meeting_changed(meeting, before, asks=asks)
    return True


def put_at(meeting: Meeting, version: int, details: Details) -> bool:
    """What `change` does to one meeting, without a letter. Part of the caller's transaction, which holds the set,
    numbers its meetings and tells it. Who can't come said so of a day: of another one they are asked again, and count
    as coming until they say so; whether there is anybody. Raises ChangedMeanwhileError."""
    moves, day, asks = details.starts_at != meeting.starts_at, meeting.local_start.date(), False
    move_on(meeting, version, Meeting.State.PLANNED, asdict(details) | SEEN_IN_CALENDARS, never_closed=moves)
    if not meeting.has_begun:
        stands = [Attendance.Status.APOLOGIES] if meeting.local_start.date() == day else []
        gone = meeting.attendances.exclude(status__in=stands)
        asks = gone.filter(status=Attendance.Status.APOLOGIES).exists()
        gone.delete()
    if moves:
        reminders.plan_anew(meeting)
    return asks


def on_the_day(meeting: Meeting, starts_at: datetime) -> Meeting | None:
    """Another meeting of the set that stands on the day of `starts_at`, days being those of each meeting's own zone."""
    day = starts_at.astimezone(ZoneInfo(meeting.time_zone)).date()
    others = Meeting.objects.standing().filter(cohort=meeting.cohort_id).exclude(pk=meeting.pk)
    return next((one for one in others if one.local_start.date() == day), None)


def cancel(meeting: Meeting, version: int) -> None:
    """Cancel a planned meeting that was never closed, and tell the set. Had it begun, its list of words is settled as
    at a close. Raises ChangedMeanwhileError."""
    with transaction.atomic():
        cancelled = {"state": Meeting.State.CANCELLED} | SEEN_IN_CALENDARS
        before = copy(meeting)
        move_on(meeting, version, Meeting.State.PLANNED, cancelled, never_closed=True)
        concepts.settle(meeting)
        reminders.forget(meeting)
        room.end(meeting)
        letters.meeting_changed(meeting, before)


def restore(meeting: Meeting, version: int) -> None:
    """Undo a cancellation and tell the set. Raises ChangedMeanwhileError, and SameDayError when the set was given
    another meeting on that day."""
    with transaction.atomic():
        Cohort.objects.select_for_update(no_key=True).get(pk=meeting.cohort_id)
        if (other := on_the_day(meeting, meeting.starts_at)) is not None:
            raise SameDayError(other)
        before = copy(meeting)
        move_on(meeting, version, Meeting.State.CANCELLED, {"state": Meeting.State.PLANNED} | SEEN_IN_CALENDARS)
        reminders.plan_anew(meeting)
        letters.meeting_changed(meeting, before)


def close(meeting: Meeting, version: int, tips_at: datetime) -> None:
    """Close a meeting that has begun; its closing questions stay open until `tips_at` (aware). Only
    `attendance.mark_and_close` calls it, and settles who was there with it.

    A deadline that was told (the questions were open) is never shortened, not by undoing the closing either: who relied
    on it would find the box gone. Raises NotYetError before the meeting begins, DeadlineError for less than LEAST_OPEN
    or more than MOST_OPEN from now or for less than was told, StillAskingError until another meeting's box is tipped
    out, and ChangedMeanwhileError.
    """
    now = timezone.now()
    if meeting.starts_at > now:
        raise NotYetError
    if not now + LEAST_OPEN <= tips_at <= now + MOST_OPEN:
        raise DeadlineError
    if meeting.promised_until is not None and tips_at < meeting.promised_until and meeting.has_opened:
        raise DeadlineError
    with transaction.atomic():
        Cohort.objects.select_for_update(no_key=True).get(pk=meeting.cohort_id)  # of two at once the second is refused
        if still_asking(meeting) is not None:
            raise StillAskingError
        closed = {"state": Meeting.State.CLOSED, "tips_at": tips_at, "promised_until": tips_at}
        move_on(meeting, version, Meeting.State.PLANNED, closed)


def still_asking(meeting: Meeting) -> Meeting | None:
    """Another meeting of the set that is closed and whose box is not tipped out yet."""
    return Meeting.objects.filter(cohort=meeting.cohort_id, state=Meeting.State.CLOSED).exclude(pk=meeting.pk).first()


def in_the_way(meeting: Meeting) -> Meeting | None:
    """Another meeting of the set whose box keeps this one, still planned, from being closed: now that it has begun, or
    else when it ends."""
    other = still_asking(meeting) if meeting.state == Meeting.State.PLANNED else None
    if other is None or other.tips_at is None:
        return None
    return other if meeting.has_begun or other.tips_at > meeting.local_end else None


def reopen(meeting: Meeting, version: int) -> None:
    """Undo the closing. Only until the deadline: after it this raises ChangedMeanwhileError, as the box tips then."""
    reopened = {"state": Meeting.State.PLANNED, "tips_at": None}
    move_on(meeting, version, Meeting.State.CLOSED, reopened, still_open_at=timezone.now())


def mark_tipped(meeting: Meeting) -> bool:
    """Record that a closed meeting's box was tipped out. For `challenges.box`, in the transaction of the tip.

    Returns whether this call did it: False when the meeting is not closed, or its deadline has not come.
    """
    done = Meeting.objects.due(timezone.now()).filter(pk=meeting.pk)
    changed = done.update(state=Meeting.State.TIPPED, version=F("version") + 1)
    meeting.refresh_from_db(fields=("state", "version"))
    return changed == 1


def move_on(
    meeting: Meeting,
    version: int,
    state: str,
    new: Mapping[str, Any] = MappingProxyType({}),
    still_open_at: datetime | None = None,
    *,
    never_closed: bool = False,
) -> None:
    """Write `new` if the meeting is still at `version` and in `state` (and its deadline later than `still_open_at`;
    and it was `never_closed`).

    One conditional UPDATE; `meeting` says afterwards what the row says. Raises ChangedMeanwhileError.
    """
    expected = Meeting.objects.filter(pk=meeting.pk, version=version, state=state)
    if still_open_at is not None:
        expected = expected.filter(tips_at__gt=still_open_at)
    if never_closed:
        expected = expected.filter(promised_until=None)
    changed = expected.update(version=F("version") + 1, **new)
    cohort = meeting.cohort
    meeting.refresh_from_db()
    meeting.cohort = cohort
    if not changed:
        raise ChangedMeanwhileError(meeting)
