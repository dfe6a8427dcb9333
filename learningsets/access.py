"""How a request reaches a programme, a set, a member, an invitation. What is not yours answers 404."""

from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from learningsets import mail
from learningsets.models import Cohort, Contract, Identifier, Invitation, Membership, Programme, Role, Signature, User
from learningsets.models.identifier import Kind


class SignedInRequest(HttpRequest):
    """A request past the sign-in: the type that views name, since every page but the listed ones demands it."""

    user: User


def memberships_of(user: User) -> list[Membership]:
    """Every place this user holds now, with its programme, set and employer, ordered by programme and set.

    Each has `must_sign`: whether a contract is in force there that they have not signed.
    """
    newest = Contract.objects.filter(cohort=OuterRef("cohort")).order_by("-version").values("pk")[:1]
    signature = Signature.objects.filter(contract=OuterRef("in_force"), membership=OuterRef("pk"))
    places = (
        Membership.objects.current()
        .filter(user=user)
        .select_related("programme", "cohort", "user", "organisation")
        .annotate(in_force=Subquery(newest))
        .annotate(must_sign=Q(in_force__isnull=False) & ~Exists(signature))
    )
    return list(places.order_by("programme__title", "cohort__name", "id"))


def get_membership(user: User, cohort_id: UUID) -> Membership:
    """This user's own place in a set, with `cohort` and `programme`. Raises Http404 unless they are in it now."""
    current = Membership.objects.current().select_related("cohort__programme", "programme", "user", "organisation")
    return get_object_or_404(current, user=user, cohort_id=cohort_id)


def get_facilitator(user: User, cohort_id: UUID) -> Membership:
    """This user's place in a set that they facilitate. Raises Http404 for everyone else."""
    membership = get_membership(user, cohort_id)
    if membership.role != Role.FACILITATOR:
        raise Http404
    return membership


def get_participant(user: User, cohort_id: UUID) -> Membership:
    """This user's place in a set that they take part in. Raises Http404 for everyone else."""
    membership = get_membership(user, cohort_id)
    if membership.role != Role.PARTICIPANT:
        raise Http404
    return membership


def set_of(membership: Membership) -> Cohort:
    """The set of a facilitator's or participant's place. Raises Http404 for an organiser's, which has none."""
    if membership.cohort is None:
        raise Http404
    return membership.cohort


def get_cohort_for_facilitator(user: User, cohort_id: UUID) -> Cohort:
    """A set that this user facilitates. Raises Http404 otherwise."""
    return set_of(get_facilitator(user, cohort_id))


def get_programme_for_organiser(user: User, programme_id: UUID) -> Programme:
    """A programme that this user convenes. Raises Http404 otherwise, for its members and facilitators too."""
    organised = Membership.objects.current().organisers().filter(user=user).values("programme")
    return get_object_or_404(Programme, pk=programme_id, pk__in=organised)


def get_cohort_for_organiser(user: User, cohort_id: UUID) -> Cohort:
    """A set of a programme that this user convenes: its frame, never its people. Raises Http404 otherwise."""
    organised = Membership.objects.current().organisers().filter(user=user).values("programme")
    return get_object_or_404(Cohort.objects.select_related("programme"), pk=cohort_id, programme__in=organised)


def get_organiser_for_organiser(user: User, membership_id: UUID) -> Membership:
    """An organiser's place, present or past, in a programme that `user` convenes. Raises Http404 otherwise."""
    organised = Membership.objects.current().organisers().filter(user=user).values("programme")
    places = Membership.objects.organisers().select_related("programme", "user")
    return get_object_or_404(places, pk=membership_id, programme__in=organised)


def get_member_for_facilitator(user: User, membership_id: UUID) -> Membership:
    """Somebody's place, present or past, in a set that `user` facilitates. Raises Http404 otherwise."""
    facilitated = Membership.objects.current().facilitators().filter(user=user).values("cohort")
    places = Membership.objects.select_related("cohort__programme", "programme", "user", "organisation")
    return get_object_or_404(places, pk=membership_id, cohort__in=facilitated)


def get_invitation_to_manage(user: User, invitation_id: UUID) -> Invitation:
    """An invitation that `user` may send again or revoke. Raises Http404 otherwise.

    Facilitators manage those of participants in their sets, and of facilitators whom one of the set has asked;
    organisers those of facilitators and of organisers in their programmes.
    """
    invitation = get_object_or_404(Invitation.objects.select_related("programme", "cohort"), pk=invitation_id)
    mine = Q()
    if invitation.role != Role.PARTICIPANT:
        mine |= Q(role=Role.ORGANISER, programme=invitation.programme)
    if invitation.role == Role.PARTICIPANT or invitation.invited_by_id:
        mine |= Q(role=Role.FACILITATOR, cohort=invitation.cohort)
    if not Membership.objects.current().filter(mine, user=user).exists():
        raise Http404
    return invitation


def facilitates(user: User, cohort: Cohort | None) -> bool:
    """Whether this user facilitates a set now."""
    return Membership.objects.current().facilitators().filter(user=user, cohort=cohort).exists()


def facilitators_elsewhere(cohort: Cohort) -> list[Membership]:
    """Those who facilitate another set of the programme and are not in this one: each once, by name."""
    here = cohort.memberships.current().values("user")
    places = Membership.objects.current().facilitators().filter(programme=cohort.programme_id).exclude(user__in=here)
    found = places.select_related("user", "organisation").order_by("user__name", "joined_on", "id")
    return list({place.user_id: place for place in found}.values())


def asked_to_facilitate(cohort: Cohort) -> list[Invitation]:
    """A set's open invitations by which one who facilitates it asked another to; each with `expired`."""
    rows = cohort.invitations.still_open().filter(role=Role.FACILITATOR, invited_by__isnull=False)
    return _with_expired(rows.select_related("invited_by__user"))


def organisers_of(programme: Programme) -> list[Membership]:
    """Everybody who organises or organised a programme, by name; those who left, last, have a `left_on`."""
    places = programme.memberships.organisers().select_related("user", "organisation")
    return list(places.order_by(F("left_on").asc(nulls_first=True), "user__name", "id"))


def asked_to_organise(programme: Programme) -> list[Invitation]:
    """A programme's open invitations to organise it, by name; each with `expired`."""
    return _with_expired(programme.invitations.still_open().filter(role=Role.ORGANISER))


def sets_with_facilitators(programme: Programme) -> list[Cohort]:
    """A programme's sets by name, each with `facilitators` (current places) and `open_invitations` (to facilitate)."""
    facilitators = Membership.objects.current().facilitators().select_related("user")
    asked = Invitation.objects.still_open().filter(role=Role.FACILITATOR)
    return list(
        programme.cohorts.prefetch_related(
            Prefetch("memberships", facilitators, to_attr="facilitators"),
            Prefetch("invitations", asked, to_attr="open_invitations"),
        )
    )


def people_of(cohort: Cohort) -> list[Membership]:
    """Everybody who is or was in a set, by name, facilitators among them; those who left have a `left_on`."""
    return list(cohort.memberships.select_related("user", "organisation").order_by("left_on", "user__name", "id"))


def employers_unknown(cohort: Cohort) -> list[Membership]:
    """Those who are or were in a set and of whom nobody has said where they work, by name. Whoever left said it if the
    boundary knows an employer of theirs: the place that they had stays as it was.
    """
    said = Identifier.objects.filter(cohort=cohort, user=OuterRef("user"), kind=Kind.ORGANISATION)
    unknown = cohort.memberships.filter(organisation=None, has_no_employer=False)
    unknown = unknown.filter(Q(left_on=None) | ~Exists(said))
    return list(unknown.select_related("user").order_by("user__name", "id"))


def bounced_facilitators(sets: list[Cohort]) -> set[str | UUID]:
    """The ids of those open invitations of `sets_with_facilitators` that came back."""
    return mail.bounced([], [one for cohort in sets for one in cohort.open_invitations])  # type: ignore[attr-defined]


def open_invitations_of(cohort: Cohort) -> list[Invitation]:
    """A set's open invitations to take part, by name; each with `expired`, for which sending again is the remedy."""
    return _with_expired(cohort.invitations.still_open().filter(role=Role.PARTICIPANT))


def _with_expired(rows: QuerySet[Invitation]) -> list[Invitation]:
    return list(rows.annotate(expired=Q(expires_on__lt=timezone.localdate())))


def bounced_in(people: list[Membership], invitations: list[Invitation]) -> set[str | UUID]:
    """Those of the people's addresses that mail comes back from, and the ids of the invitations that came back."""
    return mail.bounced([one.user.email for one in people], invitations)


def nobody_is_invited(cohort: Cohort) -> bool:
    """Whether a set has neither a participant nor an open invitation to one."""
    return not (cohort.memberships.current().participants().exists() or open_invitations_of(cohort))
