"""Dates of a monthly rule, and the instant at which a wall clock shows a time. No database.

A rule is an ordinal weekday ("second Tuesday", "last Thursday") or a day of the month. Dates are worked out in
the calendar of the place, and only then turned into instants, so a meeting keeps its wall time over every change
of the clocks.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import MONTHLY, rrule, weekday


@dataclass(frozen=True, slots=True)
class OrdinalWeekday:
    """The `ordinal`-th `weekday` of a month: 1 to 4, or -1 for the last; 0 is Monday, as in `date.weekday`."""

    ordinal: int
    weekday: int

    def __post_init__(self) -> None:
        if self.ordinal not in (1, 2, 3, 4, -1) or not 0 <= self.weekday <= 6:
            raise ValueError("An ordinal is 1 to 4 or -1, a weekday 0 to 6.")


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """A `day` of the month, 1 to 31. In a shorter month its last day."""

    day: int

    def __post_init__(self) -> None:
        if not 1 <= self.day <= 31:
            raise ValueError("A day of the month is 1 to 31.")


Rule = OrdinalWeekday | DayOfMonth


def dates(rule: Rule, starts_on: date, months: int) -> list[date]:
    """The first `months` dates of `rule` on or after `starts_on`, one in each month."""
    if isinstance(rule, OrdinalWeekday):
        found = rrule(
            MONTHLY,
            dtstart=datetime.combine(starts_on, time()),
            count=months,
            byweekday=weekday(rule.weekday, rule.ordinal),
        )
    else:
        # Of the 28th up to the day asked for, the last that the month has.
        days = range(min(rule.day, 28), rule.day + 1)
        found = rrule(
            MONTHLY, dtstart=datetime.combine(starts_on, time()), count=months, bymonthday=tuple(days), bysetpos=-1
        )
    return [moment.date() for moment in found]


def instant(day: date, wall: time, time_zone: str) -> datetime:
    """The moment, in UTC, at which clocks of `time_zone` (an IANA name) show `wall` on `day`.

    A time that a change of the clocks leaves out counts as if they had not been changed yet, so it comes out as
    much later as they went forward; of a time that comes twice it is the first (as in RFC 5545, section 3.3.5).
    """
    return datetime.combine(day, wall, ZoneInfo(time_zone)).astimezone(UTC)


def days_before(starts_at: datetime, days: int, time_zone: str) -> datetime:
    """The moment, in UTC, so many days before `starts_at` (aware) at which clocks of `time_zone` show the same time."""
    start = starts_at.astimezone(ZoneInfo(time_zone))
    return instant(start.date() - timedelta(days=days), start.time(), time_zone)


def is_left_out(day: date, wall: time, time_zone: str) -> bool:
    """Whether no clock of `time_zone` shows `wall` on `day`, because they go forward over it."""
    shown = instant(day, wall, time_zone).astimezone(ZoneInfo(time_zone))
    return (shown.date(), shown.time()) != (day, wall)
