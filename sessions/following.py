"""A change of one meeting that those planned after it take too: first shown, date by date, then saved."""

import hashlib
from copy import copy
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from learningsets.models import Cohort, User
from sessions import letters
from sessions.clashes import clash, elsewhere
from sessions.lifecycle import ChangedMeanwhileError, Details, SameDayError, put_at
from sessions.models import LEAST_MINUTES, MOST_MINUTES, Meeting
from sessions.public_holidays import public_holidays
from sessions.recurrence import instant, is_left_out
from sessions.words import span_in_words


@dataclass(frozen=True, slots=True)
class Moved:
    """One meeting, and what it shall be."""

    meeting: Meeting
    details: Details
    holiday: str = ""
    clocks_change: bool = False
    clash: Meeting | None = None  # of another set of whoever plans

    @property
    def changes(self) -> bool:
        """Whether anything of it differs from what it is."""
        return any(getattr(self.meeting, name) != value for name, value in asdict(self.details).items())

    @property
    def when(self) -> str:
        """The date and times that it shall have, in words."""
        return span_in_words(self.details.starts_at, self.details.minutes, self.meeting.time_zone)


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when a meeting is on the wall, its end so many `nights` later, and how long that is on its day."""

    start: time
    end: time
    nights: int
    minutes: int = field(compare=False)

    def minutes_on(self, day: date, time_zone: str) -> int:
        """How long it is on another day; as long as on its own where a change of the clocks leaves too little of it."""
        end = instant(day + timedelta(days=self.nights), self.end, time_zone)
        minutes = int((end - instant(day, self.start, time_zone)) / timedelta(minutes=1))
        return minutes if LEAST_MINUTES <= minutes <= MOST_MINUTES else self.minutes


def following(meeting: Meeting) -> list[Meeting]:
    """The planned meetings of the same series after this one. What is held, closed or cancelled is not among them."""
    if meeting.series_id is None:
        return []
    after = max(meeting.starts_at, timezone.now())
    later = Meeting.objects.filter(series=meeting.series_id, starts_at__gt=after, promised_until=None)
    return list(later.filter(state=Meeting.State.PLANNED).select_related("cohort").order_by("starts_at"))


def left_alone(planned: list[Moved]) -> list[Meeting]:
    """The planned meetings of the set after the first of these that do not move with it: a workshop or another meeting
    that was added by itself, one of another rule, and one whose closing had been promised."""
    moving = [one.meeting.pk for one in planned]
    later = Meeting.objects.filter(cohort=planned[0].meeting.cohort_id, state=Meeting.State.PLANNED)
    later = later.filter(starts_at__gt=max(planned[0].meeting.starts_at, timezone.now())).exclude(pk__in=moving)
    return list(later.order_by("starts_at", "pk"))


def plan(meeting: Meeting, details: Details, by: User) -> list[Moved]:
    """What becomes of this meeting and of those that follow: each moves by as many days, and takes over what differs of
    times (from and to are one matter) and place; what of one was changed by itself, and stays as it is here, stays
    there too."""
    days = _day(Moved(meeting, details)) - meeting.local_start.date()
    before = _hours(meeting.starts_at, meeting.minutes, meeting.time_zone)
    typed = _hours(details.starts_at, details.minutes, meeting.time_zone)
    planned = [Moved(meeting, details)]
    for one in following(meeting):
        day = one.local_start.date() + days
        hours = typed if typed != before else _hours(one.starts_at, one.minutes, one.time_zone)
        planned.append(
            Moved(
                one,
                Details(
                    instant(day, hours.start, one.time_zone),
                    hours.minutes_on(day, one.time_zone),
                    one.place if details.place == meeting.place else details.place,
                    one.video_link if details.video_link == meeting.video_link else details.video_link,
                ),
                clocks_change=is_left_out(day, hours.start, one.time_zone),
            )
        )
    return _with_warnings(planned, by)


def _hours(starts_at: datetime, minutes: int, time_zone: str) -> Hours:
    start = starts_at.astimezone(ZoneInfo(time_zone))
    end = (starts_at + timedelta(minutes=minutes)).astimezone(ZoneInfo(time_zone))
    return Hours(start.time(), end.time(), (end.date() - start.date()).days, minutes)


def _with_warnings(planned: list[Moved], by: User) -> list[Moved]:
    days = [_day(one) for one in planned]
    others = elsewhere(by, planned[0].meeting.cohort)
    closed = public_holidays(planned[0].meeting.cohort.country, {day.year for day in days})
    return [
        replace(one, holiday=closed.get(day, ""), clash=clash(one.details.starts_at, one.details.minutes, others))
        for one, day in zip(planned, days, strict=True)
    ]


def _day(one: Moved) -> date:
    return one.details.starts_at.astimezone(one.meeting.local_start.tzinfo).date()


def same_day(planned: list[Moved]) -> Meeting | None:
    """A meeting that stays where it is, on a day that one of these shall have."""
    moving = [one.meeting.pk for one in planned]
    staying = Meeting.objects.standing().filter(cohort=planned[0].meeting.cohort_id).exclude(pk__in=moving)
    wanted = {_day(one) for one in planned}
    return next((other for other in staying if other.local_start.date() in wanted), None)


def fingerprint(planned: list[Moved]) -> str:
    """What was shown, in one line: what is saved is that."""
    rows = [f"{one.meeting.pk} {one.meeting.version} {one.details}" for one in planned]
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def change_all(planned: list[Moved], version: int) -> bool:
    """Save what was shown, and tell the set in one letter what changed; the first one's page was made at `version`.

    A meeting of which nothing differs is left alone; returns whether any changed. Raises SameDayError, and
    ChangedMeanwhileError for any of them, and then none is changed.
    """
    first = planned[0].meeting
    with transaction.atomic():
        Cohort.objects.select_for_update(no_key=True).get(pk=first.cohort_id)
        if (other := same_day(planned)) is not None:
            raise SameDayError(other)
        if first.version != version:
            raise ChangedMeanwhileError(first)
        changed, asks = [], False
        for one in planned:
            if one.changes:
                changed.append((copy(one.meeting), one.meeting))
                asks |= put_at(one.meeting, one.meeting.version, one.details)
        Meeting.objects.number_by_date(first.cohort)
        letters.meetings_changed(changed, asks=asks)
    return bool(changed)
