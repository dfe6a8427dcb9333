"""Last year's set once more: its frame, its contract, its choices and its rules of dates, and nothing of its people."""

import uuid

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from learningsets import programmes
from learningsets.access import set_of
from learningsets.models import Cohort, Membership
from sessions.models import Series, SetCalendar
from sessions.scheduling import save_series

FRAME = ("places", "language", "time_zone", "country", "closing_hours", "report_floor", "block_floor", "theme_floor")


@transaction.atomic
def copy_set(place: Membership, name: str, *, with_dates: bool) -> Cohort:
    """A new set like the one that `place` facilitates, of which only its owner is a member, as facilitator again.

    Nothing that anybody said, did or signed comes along, nor does anybody else. `with_dates`: each monthly rule once
    more, a year later (or as many as bring it past today).
    """
    old = set_of(place)
    new = Cohort(programme=old.programme, name=name, **{field: getattr(old, field) for field in FRAME})
    programmes.add_set(new, like=old)
    calendar = SetCalendar.of(old)
    if calendar.version:
        SetCalendar.objects.create(cohort=new, entries=calendar.entries, remind_before=calendar.remind_before)
    programmes.come_along(place, new)
    if with_dates:
        for series in old.series.all():
            _repeat(series, new)
    return new


def _repeat(series: Series, new: Cohort) -> None:
    """The same rule in another set, a year later. Where it met last, it meets."""
    last = series.meetings.standing().order_by("starts_at").last()
    today, years = new.day_of(timezone.now()), 1
    while (starts_on := series.starts_on + relativedelta(years=years)) < today:
        years += 1
    series.pk, series.cohort, series.key, series.starts_on = None, new, uuid.uuid4(), starts_on
    series._state.adding = True
    save_series(series, last.place if last else "", last.video_link if last else "", tell=False)
