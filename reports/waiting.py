"""What waits for somebody in reports, over all their sets: what their set reads now, and a facilitator's next steps."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from reports.contributors import with_few
from reports.models import Release, Report, Window
from reports.models.release import UNDER_WAY, State
from sessions.models import Meeting

What = Literal["write", "being_made", "failed", "ready", "read", "objected", "changed", "void"]
WHAT: dict[str | None, What] = {
    None: "write",
    State.QUEUED: "being_made",
    **dict.fromkeys(UNDER_WAY, "being_made"),
    State.FAILED: "failed",
    State.READY: "ready",
    State.OBJECTED: "objected",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A report that waits for its facilitators, and what for."""

    report: Report
    what: What


def steps(sets: Collection[UUID]) -> list[Step]:
    """The reports of these sets whose newest pages have not left and are not with the set, or that have none yet; and
    those of which the set reads pages that are no longer what would leave.

    One query. Of pages that nobody reads now, only the report's own page says whether something changed since.
    """
    newest = Release.objects.filter(report=OuterRef("pk")).order_by("-number")
    undisputed = Window.objects.filter(release=OuterRef("newest"), state=Window.State.CLOSED, wishes=None)
    void = Window.objects.filter(report=OuterRef("pk"), state=Window.State.OPEN, outdated=True)
    found = Report.objects.filter(cohort__in=sets).select_related("cohort").order_by("cohort__name", "title", "pk")
    found = found.annotate(newest=Subquery(newest.values("pk")[:1]), stands=Subquery(newest.values("state")[:1]))
    found = found.annotate(
        void=Exists(void), was_read=Exists(undisputed), changed=Exists(undisputed.filter(outdated=True))
    )
    waiting = found.filter(Q(newest=None) | Q(stands__in=WHAT.keys() - {None}) | Q(void=True))
    return [Step(report, _what(report)) for report in waiting]


def _what(report: Any) -> What:
    """What a report of `steps` waits for."""
    if report.void:
        return "void"
    if report.stands == State.READY and report.was_read:
        return "changed" if report.changed else "read"
    return WHAT[report.stands]


def unwritten(sets: Collection[UUID]) -> QuerySet[Any]:
    """The tipped meetings of these sets that no report covers, with `few` where there can be none. One query."""
    tipped = Meeting.objects.filter(cohort__in=sets, state=Meeting.State.TIPPED, coverage=None)
    return with_few(tipped.select_related("cohort"))
