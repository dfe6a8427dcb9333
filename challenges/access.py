"""How a request reaches a challenge, a box, and what lay in one. What is not yours answers 404."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from challenges.drafts import is_open
from challenges.models import Action, Airtime, Audience, Box, Challenge, Reflection, Regime, Tally, Visibility
from learningsets.models import Contract, Membership, Role, Signature, User
from sessions.access import get_meeting
from sessions.models import Meeting


def challenges_of(membership: Membership) -> QuerySet[Challenge]:
    """A member's own challenges, whoever else may read them."""
    return Challenge.objects.filter(owner=membership).order_by("title", "id")


def shared_with(membership: Membership) -> QuerySet[Challenge]:
    """Challenges of others in the same set that this member may read: none before they have signed its contract, in
    any version, if it has one; of those shared with who facilitates, those that were when this member did."""
    readable = Q(visibility=Visibility.SET)
    if membership.is_facilitator:
        told = Challenge.told_to.through.objects.filter(challenge=OuterRef("pk"), membership=membership)
        readable |= Q(Exists(told), visibility=Visibility.FACILITATOR)
    shared = Challenge.objects.filter(readable, owner__cohort=membership.cohort).exclude(owner=membership)
    if not membership.is_facilitator:
        signed, has_one = _signature(membership), Contract.objects.filter(cohort=membership.cohort_id)
        shared = shared.filter(Exists(signed) | ~Exists(has_one))
    return shared.select_related("owner__user").order_by("title", "id")


def _signature(membership: Membership) -> QuerySet[Signature]:
    return Signature.objects.filter(membership=membership)


def has_agreed(membership: Membership) -> bool:
    """Whether this member may read what the others of the set bring: facilitators may, and whoever has signed the
    set's contract, in any version, if it has one."""
    if membership.is_facilitator or _signature(membership).exists():
        return True
    return not Contract.objects.filter(cohort=membership.cohort_id).exists()


def get_challenge(user: User, challenge_id: UUID) -> tuple[Challenge, Membership]:
    """A challenge that this user may read, and their own place in its set: what they brought themselves after they have
    left it, too. Raises Http404 otherwise."""
    challenges = Challenge.objects.select_related("owner__user", "owner__cohort")
    challenge = get_object_or_404(challenges, pk=challenge_id)
    if challenge.owner.user_id == user.pk:
        return challenge, challenge.owner
    places = Membership.objects.current().select_related("cohort", "user")
    membership = get_object_or_404(places, user=user, cohort=challenge.owner.cohort)
    if not shared_with(membership).filter(pk=challenge.pk).exists():
        raise Http404
    return challenge, membership


def get_own_challenge(user: User, challenge_id: UUID) -> Challenge:
    """A challenge that this user brought, to a set that they may have left. Raises Http404 for everyone else's."""
    challenge, membership = get_challenge(user, challenge_id)
    if challenge.owner_id != membership.pk:
        raise Http404
    return challenge


def get_own_challenge_now(user: User, challenge_id: UUID) -> Challenge:
    """As `get_own_challenge`, in a set that this user is in now: for what the set reads. Raises Http404 otherwise."""
    found = get_own_challenge(user, challenge_id)
    if found.owner.left_on is not None:
        raise Http404
    return found


def left_behind(user: User) -> QuerySet[Challenge]:
    """What this user brought to sets that they have left, by set and title."""
    left = Challenge.objects.filter(owner__user=user).exclude(owner__left_on=None)
    return left.select_related("owner__cohort").order_by("owner__cohort__name", "title", "id")


def get_meeting_for_participant(user: User, meeting_id: UUID) -> tuple[Meeting, Membership]:
    """As `sessions.access.get_meeting`, for those who take part. Raises Http404 for facilitators too."""
    meeting, membership = get_meeting(user, meeting_id)
    if membership.role != Role.PARTICIPANT:
        raise Http404
    return meeting, membership


def get_own_airtime(user: User, airtime_id: UUID) -> Airtime:
    """A turn that this user presents, or presented before they left. Raises Http404 for everyone else's."""
    turns = Airtime.objects.select_related("item__meeting__cohort", "presenter")
    return get_object_or_404(turns, pk=airtime_id, presenter__user=user)


def get_own_airtime_now(user: User, airtime_id: UUID) -> Airtime:
    """As `get_own_airtime`, in a set that this user is in now: for what the set reads. Raises Http404 otherwise."""
    found = get_own_airtime(user, airtime_id)
    if found.presenter.left_on is not None:
        raise Http404
    return found


def get_own_action(user: User, action_id: UUID) -> Action:
    """Something that this user means to do, in a set that they are in now. Raises Http404 otherwise."""
    found = Action.objects.select_related("airtime__item__meeting__cohort")
    return get_object_or_404(found, pk=action_id, airtime__presenter__user=user, airtime__presenter__left_on=None)


def get_airtime_of_another(user: User, airtime_id: UUID) -> Airtime:
    """A turn that somebody else presents, in a set that this user is in now. Raises Http404 for the presenter too."""
    current = Membership.objects.current().filter(user=user).values("cohort")
    turns = Airtime.objects.select_related("item__meeting__cohort", "presenter__user").exclude(presenter__user=user)
    return get_object_or_404(turns, pk=airtime_id, item__meeting__cohort__in=current)


def participations_ever(user: User) -> list[Membership]:
    """The places in which this user takes part or did, with set and programme, by the set's name; and those from which
    somebody who facilitates by now wrote as a participant: for what they wrote there, and nothing else."""
    places = Membership.objects.filter(user=user)
    wrote = Q(drafts__isnull=False) | Q(kept__isnull=False)
    places = places.filter(Q(role=Role.PARTICIPANT) | wrote).distinct()
    return list(places.select_related("cohort", "programme", "user").order_by("cohort__name", "id"))


def get_open_meeting(user: User, raw_id: str) -> tuple[Membership, Meeting] | None:
    """A meeting of a set that this user takes part in, and their place; None when its questions are not open now.

    `raw_id` is what a form said. Raises Http404 for everyone else's meetings.
    """
    meeting = get_object_or_404(Meeting.objects.select_related("cohort"), pk=_uuid(raw_id))
    place = next((place for place in participations_ever(user) if place.cohort_id == meeting.cohort_id), None)
    if place is None:
        raise Http404
    return (place, meeting) if is_open(meeting) else None


def get_waiting_box(user: User, raw_id: str) -> tuple[Membership, Box]:
    """A box in which something of this user's lies, and the place from which. Raises Http404 for all others.

    `raw_id` is what a form said.
    """
    box = get_object_or_404(Box.objects.select_related("cohort"), pk=_uuid(raw_id))
    places = Membership.objects.select_related("cohort", "user")
    return get_object_or_404(places, user=user, cohort=box.cohort, drafts__box=box), box


def get_table(user: User, meeting_id: UUID) -> tuple[Meeting, Membership]:
    """A meeting whose box was tipped out, and this user's place in its set. Raises Http404 before, and for others."""
    meeting, membership = get_meeting(user, meeting_id)
    if meeting.state != Meeting.State.TIPPED:
        raise Http404
    return meeting, membership


def _uuid(raw: str) -> UUID:
    try:
        return UUID(raw)
    except ValueError as error:
        raise Http404 from error


def detached_for(membership: Membership, meeting: Meeting) -> QuerySet[Reflection]:
    """What came out of a meeting's box and this member may read, in an order that says nothing.

    Those who were in the set at the tip read all of it. A facilitator who came later reads what may be reported, where
    enough people let theirs be: fewer than the floor would be set apart by it. A member who came later reads nothing.
    """
    if membership.cohort_id != meeting.cohort_id or membership.cohort_id is None:
        return Reflection.objects.none()
    readable = Q() if Audience.objects.filter(meeting=meeting, membership=membership).exists() else None
    if readable is None and membership.is_facilitator:
        enough = Tally.objects.filter(regime=Regime.CHATHAM, authors__gte=meeting.cohort.block_floor)
        readable = Q(regime=Regime.CHATHAM, prompt__in=enough.values("prompt"))
    if readable is None:
        return Reflection.objects.none()
    return Reflection.objects.filter(readable, meeting=meeting).order_by("prompt__position", "id")
