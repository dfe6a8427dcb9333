"""The dates of sets, what is near first: so many rows on a page, however many dates there are."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import F, Q
from django.db.models import Window as Over
from django.db.models.functions import RowNumber

from learningsets.models import Cohort, Programme
from sessions.models import Meeting
from sessions.models.meeting import MeetingQuerySet

State = Meeting.State
AHEAD, BEHIND = 6, 3  # of each set beside others: half a year's, and a quarter's
OF_A_RULE = 36  # as many as one monthly rule can give: who has saved one finds all its dates
A_PAGE = 50  # of one set alone


@dataclass(frozen=True, slots=True)
class Near:
    """A set's dates round now, in their order, and whether it has more."""

    cohort: Cohort
    meetings: list[Meeting]
    more: bool


@dataclass(frozen=True, slots=True)
class Ahead:
    """A set's dates that are not over, so many of them; the last one before these and the first one after, if any."""

    meetings: list[Meeting]
    before: Meeting | None
    after: Meeting | None


def of_programme(programme: Programme) -> list[Near]:
    """For each set of a programme the dates round now, cancelled ones too. Three queries."""
    those = Meeting.objects.filter(cohort__programme=programme).order_by("starts_at", "id")
    soonest = Over(RowNumber(), partition_by="cohort", order_by=(F("starts_at").asc(), F("pk").asc()))
    latest = Over(RowNumber(), partition_by="cohort", order_by=(F("starts_at").desc(), F("pk").desc()))
    to_come = list(those.to_come().annotate(rank=soonest).filter(rank__lte=AHEAD + 1))
    over = list(those.behind().annotate(rank=latest).filter(rank__lte=BEHIND + 1))
    found = []
    for cohort in programme.cohorts.all():
        ahead = [one for one in to_come if one.cohort_id == cohort.pk]
        behind = [one for one in over if one.cohort_id == cohort.pk]
        near = behind[-BEHIND:] + ahead[:AHEAD]
        found.append(Near(cohort, near, more=len(near) < len(behind) + len(ahead)))
    return found


def of_set(cohort: Cohort, page: str) -> Page[Meeting]:
    """One page of all dates of a set, cancelled ones too: unless another is asked for, the one with the next."""
    dates: Paginator[Meeting] = Paginator(_of(cohort), A_PAGE)
    return dates.get_page(page or _of(cohort).behind().count() // A_PAGE + 1)


def round_now(cohort_id: UUID | None, later: int, past: int) -> list[Meeting]:
    """Of a set what its own page tells, in its order: the next meeting, `later` dates after it and `past` meetings
    before, one more of each if there are more, and every one that is still to be closed. One query."""
    dates = Meeting.objects.filter(cohort=cohort_id)
    may_come = dates.filter(state__in=(State.PLANNED, State.CANCELLED)).to_come().order_by("starts_at", "id")
    held = dates.filter(state__in=(State.CLOSED, State.TIPPED)).order_by("-starts_at", "-id")
    near = (may_come[: later + 2], may_come.standing()[:1], held[: past + 1], dates.over())
    which = reduce(or_, (Q(pk__in=some.values("pk")) for some in near))
    return list(dates.filter(which).order_by("starts_at", "id"))


def ahead(cohort: Cohort) -> Ahead:
    """The dates of a set that stand and are not over. Two queries."""
    to_come = list(_of(cohort).standing().to_come()[: OF_A_RULE + 1])
    before = _of(cohort).standing().behind().last()
    return Ahead(to_come[:OF_A_RULE], before, to_come[OF_A_RULE] if len(to_come) > OF_A_RULE else None)


def _of(cohort: Cohort) -> MeetingQuerySet:
    return Meeting.objects.filter(cohort=cohort).order_by("starts_at", "id")
