"""From a monthly rule to meetings: first shown, every date in words, then saved."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import Max

from learningsets.models import Cohort, User
from sessions import clashes, letters, reminders
from sessions.lifecycle import SameDayError, on_the_day
from sessions.models import Meeting, OnHoliday, Series
from sessions.public_holidays import public_holidays
from sessions.recurrence import DayOfMonth, OrdinalWeekday, Rule, dates, instant, is_left_out
from sessions.words import span_in_words

WEEKS_LATER = 4  # how often a date may be put off by a week before it is left where it is


@dataclass(frozen=True, slots=True)
class Planned:
    """One month of a series before it is saved.

    `day` is what the rule gives; `starts_at` when the set will meet, or None where the month is left out: because
    of a public holiday, or because the set already meets that day.
    """

    day: date
    starts_at: datetime | None
    minutes: int
    time_zone: str
    holiday: str = ""
    put_off: bool = False
    clocks_change: bool = False
    already_meets: bool = False
    clash: Meeting | None = None  # of another set of whoever plans

    @property
    def at_weekend(self) -> bool:
        """Whether the set would meet on a Saturday or Sunday."""
        return self.starts_at is not None and self.starts_at.astimezone(ZoneInfo(self.time_zone)).weekday() >= 5

    @property
    def when(self) -> str:
        """The date and times in words; empty where the month is left out."""
        return span_in_words(self.starts_at, self.minutes, self.time_zone) if self.starts_at else ""


def rule_of(series: Series) -> Rule:
    """The rule in the words of `recurrence`."""
    if series.ordinal is not None and series.weekday is not None:
        return OrdinalWeekday(series.ordinal, series.weekday)
    return DayOfMonth(series.month_day or 0)  # the constraint series_has_one_rule: here there is a day


def plan(series: Series, by: User | None = None) -> list[Planned]:
    """Every month of `series` (saved or not), with public holidays of the set's country and what becomes of them, and
    where it clashes with another set of whoever it is planned `by`."""
    days = dates(rule_of(series), series.starts_on, series.months)
    closed = public_holidays(series.cohort.country, range(days[0].year, days[-1].year + 2)) if days else {}
    taken = {meeting.local_start.date() for meeting in series.cohort.meetings.standing()}
    planned = [_plan_one(series, day, closed, taken) for day in days]
    others = clashes.elsewhere(by, series.cohort) if by else []
    return [_beside(one, others) for one in planned]


def plan_alone(meeting: Meeting, by: User) -> Planned:
    """One meeting, unsaved, as `plan` says the months of a series. Raises SameDayError where the set meets already."""
    if (other := on_the_day(meeting, meeting.starts_at)) is not None:
        raise SameDayError(other)
    first, last = meeting.local_start.date(), (meeting.local_end - timedelta(microseconds=1)).date()
    closed = public_holidays(meeting.cohort.country, range(first.year, last.year + 1))
    holiday = ", ".join(closed[day] for day in sorted(closed) if first <= day <= last)
    found = Planned(first, meeting.starts_at, meeting.minutes, meeting.time_zone, holiday)
    return _beside(found, clashes.elsewhere(by, meeting.cohort))


def _beside(one: Planned, others: list[Meeting]) -> Planned:
    return replace(one, clash=clashes.clash(one.starts_at, one.minutes, others)) if one.starts_at else one


def _plan_one(series: Series, day: date, closed: dict[date, str], taken: Iterable[date]) -> Planned:
    holiday = closed.get(day, "")
    if holiday and series.on_holiday == OnHoliday.SKIP:
        return Planned(day, None, series.minutes, series.time_zone, holiday)
    met = day
    if holiday and series.on_holiday == OnHoliday.LATER:
        later = [day + timedelta(weeks=n) for n in range(1, WEEKS_LATER + 1)]
        met = next((one for one in later if one not in closed), day)
    if met in taken:
        return Planned(day, None, series.minutes, series.time_zone, holiday, put_off=met != day, already_meets=True)
    return Planned(
        day,
        instant(met, series.start_time, series.time_zone),
        series.minutes,
        series.time_zone,
        holiday,
        put_off=met != day,
        clocks_change=is_left_out(met, series.start_time, series.time_zone),
    )


def save_series(series: Series, place: str, video_link: str, *, tell: bool = True) -> Series:
    """Save `series` and its meetings, and tell the set (unless `tell` is False).

    A form sent twice (same `key`) is saved once. Returns the saved series, the first one's on a second sending.
    """
    try:
        with transaction.atomic():
            Cohort.objects.select_for_update().get(pk=series.cohort.pk)  # numbers are given out one at a time
            planned = [one.starts_at for one in plan(series) if one.starts_at]
            series.save(force_insert=True)
            _add_meetings(series, planned, place, video_link)
            Meeting.objects.number_by_date(series.cohort)
            reminders.skip_passed(series.meetings.all(), series.cohort.memberships.current())
            if tell:
                letters.dates_are_set(series.cohort, series.meetings.all())
    except IntegrityError:
        return Series.objects.get(cohort=series.cohort, key=series.key)
    return series


def add_meeting(meeting: Meeting) -> Meeting:
    """Save one meeting beside the monthly rules, held already or not, and tell the set if it lies ahead.

    A form that is sent twice is saved once: the set's meeting at that very time is found. Raises SameDayError.
    """
    with transaction.atomic():
        Cohort.objects.select_for_update().get(pk=meeting.cohort.pk)  # numbers are given out one at a time
        if (other := on_the_day(meeting, meeting.starts_at)) is not None:
            if (other.starts_at, other.minutes) == (meeting.starts_at, meeting.minutes):
                return other
            raise SameDayError(other)
        meeting.number = _last_number(meeting.cohort) + 1
        meeting.save(force_insert=True)
        Meeting.objects.number_by_date(meeting.cohort)
        reminders.skip_passed([meeting], meeting.cohort.memberships.current())
        letters.dates_are_set(meeting.cohort, Meeting.objects.filter(pk=meeting.pk))
    return meeting


def is_saved(series: Series) -> bool:
    """Whether the form that `series` comes from was sent and saved before: a double click, or the back button."""
    return Series.objects.filter(cohort=series.cohort, key=series.key).exists()


def _add_meetings(series: Series, moments: list[datetime], place: str, video_link: str) -> None:
    last = _last_number(series.cohort)
    Meeting.objects.bulk_create(
        Meeting(
            cohort=series.cohort,
            series=series,
            number=last + n,
            starts_at=starts_at,
            minutes=series.minutes,
            time_zone=series.time_zone,
            place=place,
            video_link=video_link,
        )
        for n, starts_at in enumerate(moments, start=1)
    )


def _last_number(cohort: Cohort) -> int:
    last: int = cohort.meetings.aggregate(last=Max("number"))["last"] or 0
    return last
