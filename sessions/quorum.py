"""Of a facilitator's sets at a glance: the next meeting of each, who can't come, whether enough will be there, and
what is not planned yet."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.db.models import Exists, OuterRef

from learningsets.models import Cohort, Membership
from sessions.clashes import clash
from sessions.models import AgendaItem, Attendance, Kind, Meeting


@dataclass(frozen=True, slots=True)
class Glance:
    """One set. `expected` counts participants who did not say that they can't come."""

    cohort: Cohort
    to_close: list[Meeting]
    following: Meeting | None
    expected: int
    apologies: list[Attendance]
    clash: Meeting | None  # another set of this facilitator at the same time
    lacks: Literal["", "agenda", "close"]  # what the agenda of a meeting that has not begun is without

    @property
    def too_few(self) -> bool:
        """Whether so few will be there that the closing questions could not open."""
        return self.following is not None and self.expected < self.cohort.block_floor


def glances(places: Iterable[Membership]) -> list[Glance]:
    """For each of a facilitator's sets what is next. Four queries, however many sets and meetings."""
    sets: dict[UUID, Cohort] = {place.cohort.pk: place.cohort for place in places if place.cohort}
    over: dict[UUID, list[Meeting]] = defaultdict(list)
    for meeting in Meeting.objects.filter(cohort__in=sets).over():
        over[meeting.cohort_id].append(meeting)
    items = AgendaItem.objects.filter(meeting=OuterRef("pk"), removed=False)
    coming = Meeting.objects.next_of(sets).annotate(planned=Exists(items), closes=Exists(items.filter(kind=Kind.CLOSE)))
    ahead = {meeting.cohort_id: meeting for meeting in coming}
    said: dict[UUID, list[Attendance]] = defaultdict(list)
    excused = Attendance.objects.filter(meeting__in=ahead.values(), status=Attendance.Status.APOLOGIES)
    for one in excused.select_related("membership__user", "meeting").order_by("membership__user__name", "pk"):
        said[one.meeting.cohort_id].append(one)
    participants = Membership.objects.current().participants().filter(cohort__in=sets)
    circle: dict[UUID, set[UUID]] = defaultdict(set)
    for cohort_id, membership_id in participants.values_list("cohort", "pk"):
        circle[cohort_id].add(membership_id)
    return [
        Glance(
            cohort,
            over[pk],
            following := ahead.get(pk),
            len(circle[pk] - {one.membership_id for one in said[pk]}),
            said[pk],
            clash(following.starts_at, following.minutes, _others(ahead, pk)) if following else None,
            _lacks(following),
        )
        for pk, cohort in sets.items()
    ]


def _lacks(meeting: Any) -> Literal["", "agenda", "close"]:
    """Once a meeting has begun it is as it is; the room says then that it has no agenda."""
    if meeting is None or meeting.has_begun or meeting.closes:
        return ""
    return "close" if meeting.planned else "agenda"


def _others(ahead: dict[UUID, Meeting], pk: UUID) -> list[Meeting]:
    return [meeting for other, meeting in ahead.items() if other != pk]
