"""What other pages show of challenges and closing questions."""

from typing import Any

from django import template
from django.utils import timezone

from challenges import actions, aims, airtime
from challenges.access import challenges_of, left_behind, shared_with
from challenges.models import Airtime, Bid
from learningsets.models import Membership, Programme, User
from sessions.attendance import apology_of
from sessions.models import Meeting
from sessions.room import Standing

register = template.Library()
SAID = 12  # meetings of which a set's page leads to what was said: a year's; those before stand in the calendar


@register.inclusion_tag("challenges/_questions_due.html")
def questions_due(membership: Membership) -> dict[str, Any]:
    """On top of a set's home, and in a room that is over: the closing questions that this member may answer now. The
    same once they have."""
    closed = Meeting.objects.filter(cohort=membership.cohort_id, state=Meeting.State.CLOSED).select_related("cohort")
    theirs = closed.filter(attendances__membership=membership, attendances__may_answer=True)
    return {"due": [meeting for meeting in theirs if meeting.is_asking]}


@register.inclusion_tag("challenges/_my_actions.html")
def my_actions(places: list[Membership]) -> dict[str, Any]:
    """For somebody's home: what they still mean to do, over all their sets."""
    return {"actions": list(actions.open_of(places)), "today": timezone.localdate()}


@register.inclusion_tag("challenges/_airtime_in_room.html")
def airtime_in_room(meeting: Meeting, membership: Membership, at: Standing) -> dict[str, Any]:
    """In the room: whose turn it is, and what each can do about it; who bids, and who could present."""
    turn, item = None, at.step.item if at.step else None
    if item is not None and item.is_airtime:
        turn = Airtime.objects.filter(item=item, current=True).select_related("presenter__user").first()
    chooses = membership.is_facilitator and item is not None and item.is_airtime
    bids = None if chooses or at.room.over else airtime.bids_for(meeting)
    return {
        "meeting": meeting,
        "membership": membership,
        "item": item,
        "turn": turn,
        "mine": turn is not None and turn.presenter_id == membership.pk,
        "candidates": airtime.candidates(meeting) if chooses else [],
        "at_first": at.room.stage == 0,
        "bids": bids,
        "my_bid": _has_bid(membership, bids),
        "offered": _may_bid(meeting, membership, bids),
    }


@register.inclusion_tag("challenges/_bids.html")
def bids_panel(meeting: Meeting, membership: Membership) -> dict[str, Any]:
    """On the page of a planned meeting: who bids for its time, until its agenda is over."""
    bids = airtime.bids_for(meeting) if airtime.takes_bids(meeting) else None
    return {
        "meeting": meeting,
        "membership": membership,
        "bids": bids,
        "my_bid": _has_bid(membership, bids),
        "offered": _may_bid(meeting, membership, bids),
    }


@register.inclusion_tag("challenges/_evaluation_panel.html")
def evaluation_panel(programme: Programme) -> dict[str, Any]:
    """For an organiser: the way to what is told of the programme's aims."""
    return {"programme": programme}


@register.inclusion_tag("challenges/_aims_unasked.html")
def aims_unasked(meeting: Meeting) -> dict[str, Any]:
    """Before a meeting is closed, which settles its questions: that no meeting of the quarter asks about the aims."""
    unasked = aims.may_ask(meeting) and not meeting.prompts.exclude(aims="").exists()
    return {"meeting": meeting, "unasked": unasked and not meeting.was_closed}


@register.inclusion_tag("challenges/_left_behind.html")
def what_i_left_behind(user: User) -> dict[str, Any]:
    """On the page of somebody's data: what they brought to sets that they have left."""
    return {"challenges": left_behind(user)}


def _has_bid(membership: Membership, bids: list[Bid] | None) -> bool:
    return any(one.membership_id == membership.pk for one in bids or ())


@register.inclusion_tag("challenges/_challenges_panel.html")
def challenges_panel(membership: Membership) -> dict[str, Any]:
    """On a set's home: open closing questions, challenges, and what the set said at its meetings."""
    found = Meeting.objects.filter(cohort=membership.cohort_id).select_related("cohort")
    meetings = list(found.order_by("-starts_at"))
    own = Airtime.objects.filter(presenter=membership).select_related("item__meeting")
    tipped = [one for one in meetings if one.state == Meeting.State.TIPPED]
    turns = [] if membership.is_facilitator else list(own.order_by("item__meeting__starts_at", "item__position"))
    return {
        "membership": membership,
        "open": [one for one in meetings if one.is_asking and one.has_opened],
        "tipping": [one for one in meetings if one.state == Meeting.State.CLOSED and not one.is_asking],
        "review": _next_review(meetings, turns),
        "tipped": tipped[:SAID],
        "before": tipped[SAID].local_start.date() if len(tipped) > SAID else None,
        "over": bool(meetings) and all(one.state in {"tipped", "cancelled"} for one in meetings),
        "mine": [] if membership.is_facilitator else list(challenges_of(membership)),
        "turns": turns,
        "shared": list(shared_with(membership)),
    }


def _next_review(meetings: list[Meeting], turns: list[Airtime]) -> Meeting | None:
    """Of a set's meetings, latest first, the one at which actions are next gone through: the first that is not over and
    comes after one's own last turn; the last planned one if there is none like that."""
    had = max((turn.item.meeting.starts_at for turn in turns if turn.current), default=None)
    planned = [one for one in meetings if one.state == Meeting.State.PLANNED]
    later = [one for one in planned if one.local_end > timezone.now() and (had is None or one.starts_at > had)]
    return later[-1] if later else next(iter(planned), None)


def _may_bid(meeting: Meeting, membership: Membership, bids: list[Bid] | None) -> bool:
    """Whether a bid is offered: to those who take part, unless they said that they can't come."""
    return bids is not None and not membership.is_facilitator and apology_of(meeting, membership) is None
