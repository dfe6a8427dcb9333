"""Actions: up to three from a turn, and what was learned by trying them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet

from challenges.models import Action, Airtime
from learningsets.models import Membership, User
from sessions.models import Meeting

MOST = 3  # from one turn


class FullError(Exception):
    """The turn has MOST actions."""


def add(airtime: Airtime, key: UUID, values: Mapping[str, Any]) -> Action:
    """Note an action; the same one for the same `key`. Raises FullError."""
    with transaction.atomic():
        Airtime.objects.select_for_update(no_key=True).get(pk=airtime.pk)  # of two at once one is the third
        there = airtime.actions.filter(key=key).first()
        if there is None and airtime.actions.count() >= MOST:
            raise FullError
        return there or Action.objects.create(airtime=airtime, key=key, **values)


def change(action: Action, version: int, new: Mapping[str, Any]) -> bool:
    """Write `new` over an action that is still at `version`. False when another tab was quicker; `action` says then
    what the row says."""
    changed = Action.objects.filter(pk=action.pk, version=version).update(version=F("version") + 1, **new)
    action.refresh_from_db(fields=(*new, "version"))
    return changed == 1


def open_of(places: Sequence[Membership]) -> QuerySet[Action]:
    """What somebody still means to do, over all their places, the nearest date first."""
    found = Action.objects.filter(airtime__presenter__in=places, state=Action.State.OPEN)
    return found.select_related("airtime__presenter__cohort").order_by("due", "id")


def to_review(meeting: Meeting) -> QuerySet[Action]:
    """For a meeting's progress review: whatever is open in the set, from whichever meeting, and all that the meeting
    before brought."""
    earlier = Meeting.objects.standing().filter(cohort=meeting.cohort_id, starts_at__lt=meeting.starts_at)
    last = earlier.order_by("-starts_at").values("pk")[:1]
    found = Action.objects.filter(airtime__item__meeting__cohort=meeting.cohort_id)
    found = found.filter(Q(airtime__item__meeting__in=last) | Q(state=Action.State.OPEN))
    return found.select_related("airtime__presenter__user").order_by("airtime__presenter__user__name", "due", "id")


def of_person(user: User) -> list[dict[str, Any]]:
    """For the file of somebody's data: what they meant to do, and what came of it."""
    found = Action.objects.filter(airtime__presenter__user=user).select_related("airtime__item__meeting__cohort")
    return [
        {
            "set": str(one.airtime.item.meeting.cohort),
            "day_of_the_meeting": one.airtime.item.meeting.day,
            "what": one.text,
            "first_step": one.first_step,
            "until": one.due.isoformat(),
            "state": one.state,
            "learned_about_the_issue": one.about_issue,
            "learned_about_myself": one.about_self,
            "learned_about_the_process": one.about_process,
        }
        for one in found.order_by("airtime__item__meeting__starts_at", "due", "pk")
    ]
