"""How a request reaches a meeting. What is not yours answers 404."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404

from learningsets.models import Membership, Programme, User
from learningsets.models.membership import Role
from sessions.models import AgendaItem, Meeting, PredefinedConcept


def get_meeting(user: User, meeting_id: UUID) -> tuple[Meeting, Membership]:
    """The meeting and this user's own place in its set. Raises Http404 for anyone who is not in the set now."""
    membership = (
        Membership.objects.current()
        .filter(user=user, cohort__meetings=meeting_id)
        .select_related("cohort__programme", "user")
        .first()
    )
    if membership is None or membership.cohort is None:
        raise Http404
    meeting = Meeting.objects.get(pk=meeting_id)
    meeting.cohort = membership.cohort
    return meeting, membership


def get_meeting_for_facilitator(user: User, meeting_id: UUID) -> tuple[Meeting, Membership]:
    """As `get_meeting`, for facilitators of the set. Raises Http404 for everyone else."""
    meeting, membership = get_meeting(user, meeting_id)
    if membership.role != Role.FACILITATOR:
        raise Http404
    return meeting, membership


def get_news(user: User, meeting_id: UUID) -> str:
    """A name for what the room of a meeting shows now, in one query: many pages ask for it each second.

    Raises Http404 for anyone who is not in the set now.
    """
    current = {"cohort__memberships__user": user, "cohort__memberships__left_on": None}
    found = Meeting.objects.filter(pk=meeting_id, **current)
    news = found.values_list("version", "state", "room__version", "room__news").first()
    if news is None:
        raise Http404
    return news_of(*news)


def news_of(version: int, state: str, room_version: int | None, room_news: int | None) -> str:
    """The same, of what is known already."""
    return f"{version}-{state}-{room_version or 0}-{room_news or 0}"


def get_item_for_facilitator(user: User, meeting_id: UUID, item_id: UUID) -> AgendaItem:
    """An item of a meeting's agenda, removed or not, with its meeting. Raises Http404 for all but facilitators."""
    meeting, _membership = get_meeting_for_facilitator(user, meeting_id)
    item = get_object_or_404(AgendaItem, pk=item_id, meeting=meeting)
    item.meeting = meeting
    return item


def get_agendas_elsewhere(user: User, meeting: Meeting) -> list[Meeting]:
    """Of each other set that this user facilitates now, by name, the meeting nearest to this one, within a year of it,
    for which something was planned: what this one can be planned like."""
    facilitated = Membership.objects.current().facilitators().filter(user=user).exclude(cohort=meeting.cohort_id)
    a_year = (meeting.starts_at - timedelta(days=366), meeting.starts_at + timedelta(days=366))
    planned = AgendaItem.objects.filter(meeting=OuterRef("pk"), removed=False, origin=AgendaItem.Origin.PREDEFINED)
    found = Meeting.objects.standing().filter(
        Exists(planned), cohort__in=facilitated.values("cohort"), starts_at__range=a_year
    )
    nearest: dict[UUID, Meeting] = {}
    for one in sorted(found.select_related("cohort"), key=lambda one: abs(one.starts_at - meeting.starts_at)):
        nearest.setdefault(one.cohort_id, one)
    return sorted(nearest.values(), key=lambda one: (one.cohort.name, one.pk))


def get_library(user: User, programme_id: UUID) -> tuple[Programme, list[Membership]]:
    """A programme whose concepts this user may read, and their own places in its sets. Raises Http404 for anyone who is
    in none of them now, its organisers too: what stands there was not released."""
    places = Membership.objects.current().filter(user=user, programme=programme_id).exclude(role=Role.ORGANISER)
    mine = list(places.select_related("programme", "cohort").order_by("cohort__name"))
    if not mine:
        raise Http404
    return mine[0].programme, mine


def get_library_for_facilitator(user: User, programme_id: UUID) -> Programme:
    """As `get_library`, for those who facilitate one of its sets. Raises Http404 for everyone else."""
    programme, places = get_library(user, programme_id)
    if not any(place.is_facilitator for place in places):
        raise Http404
    return programme


def get_predefined_for_facilitator(user: User, predefined_id: UUID) -> PredefinedConcept:
    """A concept of a programme's library, removed or not. Raises Http404 for all but facilitators of its sets."""
    facilitated = Membership.objects.current().facilitators().filter(user=user).values("programme")
    concepts = PredefinedConcept.objects.select_related("programme")
    return get_object_or_404(concepts, pk=predefined_id, programme__in=facilitated)
