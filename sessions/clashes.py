"""Meetings of somebody's other sets at the same time: two sets of one facilitator cannot meet at once."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from learningsets.models import Cohort, User
from sessions.models import MOST_MINUTES, Meeting


def elsewhere(user: User, cohort: Cohort) -> list[Meeting]:
    """The planned meetings, not over yet, of the other sets that this person is in."""
    sets = user.memberships.filter(left_on=None, cohort__isnull=False).exclude(cohort=cohort).values("cohort")
    since = timezone.now() - timedelta(minutes=MOST_MINUTES)
    planned = Meeting.objects.filter(cohort__in=sets, state=Meeting.State.PLANNED, starts_at__gt=since)
    return list(planned.select_related("cohort"))


def clash(starts_at: datetime, minutes: int, others: Iterable[Meeting]) -> Meeting | None:
    """The first of `others` that shares some time with `minutes` from `starts_at`."""
    ends_at = starts_at + timedelta(minutes=minutes)
    return next((one for one in others if one.starts_at < ends_at and starts_at < one.local_end), None)
