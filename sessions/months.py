"""A month of somebody's meetings, over all their sets and those that they convene, week by week."""

import calendar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from learningsets.models import Cohort, User
from sessions.models import MOST_MINUTES, Meeting

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 1)
MARGIN = timedelta(days=1)  # a day begins and ends at other moments elsewhere


@dataclass(slots=True)
class Day:
    """One day of the table, and what is on it: where each set is, as its members say the date."""

    day: date
    in_month: bool
    meetings: list[Meeting] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Month:
    """A month, its weeks from Monday to Sunday, and the months beside it (None at the ends of the calendar)."""

    first: date
    weeks: list[list[Day]]
    before: date | None
    after: date | None


def month_of(asked: str, today: date) -> date:
    """The first day of the month asked for ("2026-12"); of the present one for anything else."""
    try:
        first = datetime.strptime(asked, "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError:
        return today.replace(day=1)
    return first if FIRST <= first <= LAST else today.replace(day=1)


def month(user: User, first: date) -> Month:
    """The month that begins on `first`, with the meetings of every set that this person is in or convenes now."""
    weeks = [
        [Day(day, day.month == first.month) for day in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    days = {one.day: one for week in weeks for one in week}
    for meeting in _between(user, weeks[0][0].day, weeks[-1][-1].day):
        there, last = meeting.local_start.date(), (meeting.local_end - timedelta(microseconds=1)).date()
        while there <= last:
            if there in days:
                days[there].meetings.append(meeting)
            there += timedelta(days=1)
    before, after = (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=31)).replace(day=1)
    return Month(first, weeks, before if before >= FIRST else None, after if after <= LAST else None)


def first_after(user: User, month: Month) -> Meeting | None:
    """The first planned meeting of this person's sets that is later than all that a month shows, and still to come."""
    shown = datetime.combine(month.weeks[-1][-1].day, time(), UTC) + MARGIN
    later = _of_sets(user).filter(state=Meeting.State.PLANNED, starts_at__gte=max(shown, timezone.now()))
    return later.select_related("cohort").order_by("starts_at", "id").first()


def _of_sets(user: User) -> QuerySet[Meeting]:
    """Each with `convened`: of a set that this person convenes, of which they see the dates and nothing else."""
    places = user.memberships.current()
    sets = Cohort.objects.filter(pk__in=places.values("cohort"))
    convened = Cohort.objects.filter(programme__in=places.organisers().values("programme"))
    mine = Q(cohort__in=sets) | Q(cohort__in=convened)
    return Meeting.objects.filter(mine).annotate(convened=Q(cohort__in=convened))


def _between(user: User, first: date, last: date) -> list[Meeting]:
    midnight = datetime.combine(first, time(), UTC)
    since = midnight - MARGIN - timedelta(minutes=MOST_MINUTES)
    until = datetime.combine(last, time(), UTC) + 2 * MARGIN
    return list(_of_sets(user).filter(starts_at__gt=since, starts_at__lt=until).select_related("cohort"))
