"""What other pages show of challenges and closing questions."""

from typing import Any

from django import template

from challenges.access import challenges_of, shared_with
from learningsets.models import Membership
from sessions.models import Meeting

register = template.Library()


@register.inclusion_tag("challenges/_questions_due.html")
def questions_due(membership: Membership) -> dict[str, Any]:
    """On top of a set's home: the closing questions that this member may answer now. The same once they have."""
    closed = Meeting.objects.filter(cohort=membership.cohort_id, state=Meeting.State.CLOSED).select_related("cohort")
    theirs = closed.filter(attendances__membership=membership, attendances__may_answer=True)
    return {"due": [meeting for meeting in theirs if meeting.is_asking]}


@register.inclusion_tag("challenges/_challenges_panel.html")
def challenges_panel(membership: Membership) -> dict[str, Any]:
    """On a set's home: open closing questions, challenges, and what the set said at its meetings."""
    found = Meeting.objects.filter(cohort=membership.cohort_id).select_related("cohort")
    meetings = list(found.order_by("-starts_at"))
    return {
        "membership": membership,
        "open": [one for one in meetings if one.is_asking and one.has_opened],
        "next": next((one for one in reversed(meetings) if one.state == Meeting.State.PLANNED), None),
        "tipped": [one for one in meetings if one.state == Meeting.State.TIPPED],
        "over": bool(meetings) and all(one.state in {"tipped", "cancelled"} for one in meetings),
        "mine": [] if membership.is_facilitator else list(challenges_of(membership)),
        "shared": list(shared_with(membership)),
    }
