"""The reports of the sets that somebody is in, what is last first: so many on a page, however many there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import F, Max, QuerySet
from django.db.models import Window as Over
from django.db.models.functions import RowNumber
from django.utils import timezone

from learningsets.models import Cohort, Membership, Programme, Role, User
from reports.models import Release, Report
from reports.models.release import State
from reports.titles import heading_of

LATEST = 12  # of each set beside other things: a year's
A_PAGE = 50  # of one set alone
NEWS = timedelta(days=31)  # for so long a release stands where its set's members arrive
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Latest:
    """What is out of one set, or was out last, so many of it, as printed; `more` says whether anything is before it."""

    cohort: Cohort
    releases: list[Release]
    more: bool


def out_of_sets(user: User, but: list[Programme]) -> list[Latest]:
    """What is out of each set that this user is in now, or was out last, by programme and set; of the programmes in
    `but` nothing. One query."""
    mine = Membership.objects.current().filter(user=user, cohort__isnull=False).exclude(programme__in=but)
    rank = Over(RowNumber(), partition_by="report__cohort", order_by=(F("released_on").desc(), F("pk").desc()))
    out = Release.objects.left_last().without_pages().filter(report__cohort__in=mine.values("cohort"))
    ranked = out.annotate(rank=rank).filter(rank__lte=LATEST + 1).select_related("report__cohort__programme")
    sets: dict[Cohort, list[Release]] = {}
    for release in ranked.order_by(
        "report__cohort__programme__title", "report__cohort__name", "report__cohort", "rank"
    ):
        sets.setdefault(release.report.cohort, []).append(release)
    return [Latest(cohort, _as_printed(found[:LATEST]), more=len(found) > LATEST) for cohort, found in sets.items()]


def out_lately(places: Iterable[Membership]) -> list[dict[str, Any]]:
    """Of the sets in which somebody takes part those of which a report came out within a month, by name: `cohort`,
    `name`, and the `last` day. One query if they take part in any."""
    cohorts = [place.cohort_id for place in places if place.role == Role.PARTICIPANT]
    if not cohorts:
        return []
    since = timezone.now().date() - NEWS
    out = Release.objects.filter(report__cohort__in=cohorts, state=State.RELEASED, released_on__gte=since)
    named = out.order_by().values(cohort=F("report__cohort"), name=F("report__cohort__name"))
    return list(named.annotate(last=Max("released_on")).order_by("name", "cohort"))


def latest(membership: Membership) -> tuple[list[Report] | list[Release], bool]:
    """What `all_of_set` begins with, and whether there is more."""
    if membership.is_facilitator:
        return _cut(_with_newest(_written(membership)[: LATEST + 1]))
    rows, more = _cut(list(_out(membership)[: LATEST + 1]))
    return _as_printed(rows), more


def all_of_set(membership: Membership, number: str) -> Page[Report] | Page[Release]:
    """For facilitators of a set one page of its reports, each with its `newest` release; for its other members of what
    is out, and of what is withdrawn where nothing has taken its place."""
    if not membership.is_facilitator:
        out: Page[Release] = Paginator(_out(membership), A_PAGE).get_page(number)
        out.object_list = _as_printed(out)
        return out
    page: Page[Report] = Paginator(_written(membership), A_PAGE).get_page(number)
    page.object_list = _with_newest(page)
    return page


def _cut(rows: list[Row]) -> tuple[list[Row], bool]:
    return rows[:LATEST], len(rows) > LATEST


def _written(membership: Membership) -> QuerySet[Report]:
    reports = Report.objects.filter(cohort=membership.cohort_id).annotate(last=Max("meetings__starts_at"))
    return reports.order_by(F("last").desc(nulls_last=True), "title", "id")


def _out(membership: Membership) -> QuerySet[Release]:
    out = Release.objects.left_last().without_pages().filter(report__cohort=membership.cohort_id)
    return out.select_related("report__cohort").order_by("-released_on", "-id")


def _as_printed(out: Iterable[Release]) -> list[Release]:
    """These, each with the `heading` of its pages: what stands in the write-up now has passed no check. Of what is
    withdrawn none: it may be what gave somebody away."""
    found = list(out)
    for release in found:
        is_out = release.state == State.RELEASED
        release.heading = heading_of(release.document) if is_out else ""  # type: ignore[attr-defined]  # for the template
    return found


def _with_newest(reports: Iterable[Report]) -> list[Report]:
    """These, each with the newest release there is of it, whatever became of that. One query more."""
    found = list(reports)
    releases = Release.objects.filter(report__in=found).without_bytes().order_by("number")
    newest = {release.report_id: release for release in releases}
    for report in found:
        report.newest = newest.get(report.pk)  # type: ignore[attr-defined]  # for the template
    return found
