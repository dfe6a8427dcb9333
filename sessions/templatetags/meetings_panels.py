"""What other pages show of meetings: panels that they compose, and a date in words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import template
from django.db.models import Exists, OuterRef
from django.utils import timezone

from learningsets.floors import LABEL
from learningsets.models import Cohort, Membership, Programme
from sessions import dates, formats, letters
from sessions.clashes import clash, elsewhere
from sessions.models import AgendaItem, Attendance, Meeting, Practice, Sharing
from sessions.quorum import glances
from sessions.words import day_in_words

register = template.Library()
PAST = 12  # meetings behind it that a set's page lists: a year's; those before stand in the calendar
LATER = 6  # meetings after the next one that it lists: half a year's; the rest stand there too


@register.filter
def in_words(day: date) -> str:
    """A date with its weekday."""
    return day_in_words(day)


@register.filter
def form_of_turn(key: str) -> str:
    """The title of a form that a turn can have; nothing for one that is not there any more."""
    return dict(formats.format_choices()).get(key, "")


@register.filter
def stages_of(item: AgendaItem) -> list[formats.Stage]:
    """The stages that an item runs through, with what each is given; none but for a turn."""
    return formats.stages(item.format, item.minutes)


@register.simple_tag
def who_hears_of_it(cohort: Cohort) -> str:
    """Who gets a letter when a date of this set changes, in a sentence."""
    return letters.who_hears_of_it(cohort)


@register.inclusion_tag("meetings/_meetings_panel.html")
def meetings_panel(membership: Membership) -> dict[str, Any]:
    """The meetings of a member's set: the next one, those after it, past ones, and what a facilitator has to do."""
    now = timezone.now()
    ahead, behind = [], []
    for one in dates.round_now(membership.cohort_id, LATER, PAST):
        if one.state in {"planned", "cancelled"} and one.local_end > now:
            ahead.append(one)
        elif one.state != Meeting.State.CANCELLED:
            behind.append(one)
    following = next((one for one in ahead if one.state == Meeting.State.PLANNED), None)
    later = [one for one in ahead if one is not following]
    if membership.is_facilitator and membership.cohort:
        shown = later[:LATER] + ([following] if following else [])
        _mark_clashes(shown, elsewhere(membership.user, membership.cohort))
    excused = following is not None and not membership.is_facilitator and _excused(following, membership)
    return {
        "membership": membership,
        "next": following,
        "excused": excused,
        "takes_bids": following is not None and not membership.is_facilitator and _takes_bids(membership),
        "glance": glances([membership])[0] if membership.is_facilitator and following else None,
        "later": later[:LATER],
        "after": later[LATER].local_start.date() if len(later) > LATER else None,
        "past": behind[: -PAST - 1 : -1],
        "before": behind[-PAST - 1].local_start.date() if len(behind) > PAST else None,
        "to_close": [one for one in behind if one.state == Meeting.State.PLANNED] if membership.is_facilitator else [],
    }


def _mark_clashes(meetings: list[Meeting], others: list[Meeting]) -> None:
    for one in meetings:
        if one.state == Meeting.State.PLANNED:
            one.clash = clash(one.starts_at, one.minutes, others)  # type: ignore[attr-defined]  # for the template


def _excused(meeting: Meeting, membership: Membership) -> bool:
    return meeting.attendances.filter(membership=membership, status=Attendance.Status.APOLOGIES).exists()


def _takes_bids(membership: Membership) -> bool:
    return not Practice.objects.filter(cohort=membership.cohort_id, sharing=Sharing.EQUAL).exists()


@register.inclusion_tag("meetings/_programme_meetings_panel.html")
def programme_meetings_panel(programme: Programme) -> dict[str, Any]:
    """For an organiser: dates and states of each set's meetings round now, and nothing else about them."""
    return {"sets": dates.of_programme(programme)}


@register.inclusion_tag("meetings/_attendance_panel.html")
def attendance_panel(programme: Programme) -> dict[str, Any]:
    """For an organiser: how many came, in a band for each quarter, over all sets of the programme."""
    return {"quarters": list(programme.attendance_bands.all()), "least": LABEL}


@register.inclusion_tag("meetings/_meetings_to_do.html")
def meetings_to_do(places: list[Membership]) -> dict[str, Any]:
    """For a facilitator, over all their sets: what is to be closed, what is next, and whether enough will be there."""
    return {"glances": glances(places)}


@register.inclusion_tag("meetings/_next_meetings.html")
def next_meetings(places: list[Membership], reading: Sequence[Any] = ()) -> dict[str, Any]:
    """For somebody's home, over all their sets: what comes next, whose questions are open, what is to be closed; and
    which reports (`reading`) are to be read before they leave."""
    facilitated = {place.cohort_id for place in places if place.is_facilitator}
    sets = [place.cohort_id for place in places if place.cohort_id]
    closed = Meeting.objects.filter(cohort__in=sets, state=Meeting.State.CLOSED)
    to_close = Meeting.objects.filter(cohort__in=facilitated).over()
    theirs = Attendance.objects.filter(meeting=OuterRef("pk"), membership__in=places)
    equal = Practice.objects.filter(cohort=OuterRef("cohort"), sharing=Sharing.EQUAL)
    following = Meeting.objects.next_of(sets).annotate(
        excused=Exists(theirs.filter(status=Attendance.Status.APOLOGIES)), takes_bids=~Exists(equal)
    )
    open_now = [one for one in closed.select_related("cohort") if one.is_asking and one.has_opened]
    return {
        "facilitated": facilitated,
        "reading": reading,
        "next": list(following.select_related("cohort")),
        "asking": [one for one in open_now if one.cohort_id not in facilitated],
        "answering": [one for one in open_now if one.cohort_id in facilitated],
        "to_close": list(to_close.select_related("cohort")),
    }
