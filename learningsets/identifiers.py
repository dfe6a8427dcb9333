"""What the boundary must know of a set's people, written down whenever it appears."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from learningsets.models import Cohort, Identifier, Invitation, Membership, Role, User
from learningsets.models.identifier import Kind


def remember_person(
    cohort: Cohort,
    *,
    user: User | None,
    name: str,
    email: str = "",
    job_title: str = "",
    other_names: Iterable[str] = (),
) -> None:
    """Keep a person's names, address and title for the boundary. `user` is None for guests and for the invited."""
    known_by = [(Kind.NAME, name), (Kind.EMAIL, email), (Kind.JOB_TITLE, job_title)]
    known_by += [(Kind.OTHER_NAME, other) for other in other_names]
    Identifier.objects.remember(cohort, *known_by, user=user)


def remember_organisation(cohort: Cohort, name: str, aliases: Iterable[str] = (), user: User | None = None) -> None:
    """Keep an employer's name and short names for the boundary."""
    Identifier.objects.remember(cohort, (Kind.ORGANISATION, name), user=user)
    short = [(Kind.ORGANISATION_ALIAS, alias) for alias in aliases]
    Identifier.objects.remember(cohort, *short, user=user, whose=name)


def remember_invited(cohort: Cohort, invitation: Invitation) -> None:
    """Keep what an invitation says of somebody, who may be spoken of before they accept it, or though they never do."""
    Identifier.objects.remember(cohort, *_said_in(invitation))


def _said_in(invitation: Invitation) -> list[tuple[Kind, str]]:
    names = [(Kind.OTHER_NAME, name) for name in invitation.other_names.splitlines()]
    return [
        (Kind.NAME, invitation.name),
        (Kind.EMAIL, invitation.email),
        (Kind.JOB_TITLE, invitation.job_title),
        (Kind.ORGANISATION, invitation.organisation),
        *names,
    ]


def invited_organisers(programme_id: UUID) -> list[Identifier]:
    """What the boundary must know of whoever was ever asked to organise a programme, in rows that are not stored.

    They are of no set. In a set's rows the same words are stored once, so that whether pages of it are still those of
    its people would tell an organiser, who can ask anybody, which names and employers were there already. Rows of one
    invitation have one key: they are of one person.
    """
    asked = Invitation.objects.filter(programme=programme_id, role=Role.ORGANISER)
    said = ((f"{one.pk}", kind, value) for one in asked for kind, value in _said_in(one))
    return [Identifier(pk=whose, kind=kind, value=value) for whose, kind, value in said if value.strip()]


def short_names_of(membership: Membership) -> list[str]:
    """What people of a set call the employer of one of its members. What those of other sets call it would tell who is
    in those."""
    if membership.organisation is None:
        return []
    rows = Identifier.objects.filter(kind=Kind.ORGANISATION_ALIAS, whose=membership.organisation.name).order_by("pk")
    own = Q(cohort=membership.cohort) if membership.cohort else Q(user=membership.user)  # the latter an organiser's
    return list(dict.fromkeys(rows.filter(own).values_list("value", flat=True)))


def remember_membership(membership: Membership, short_names: Iterable[str] = ()) -> None:
    """Keep all that a place says of its person now, and what was just said that its employer is called. An organiser is
    kept for every set of the programme."""
    short = list(short_names)
    sets = [membership.cohort] if membership.cohort else list(membership.programme.cohorts.all())
    for cohort in sets:
        user, organisation = membership.user, membership.organisation
        remember_person(cohort, user=user, name=user.name, email=user.email, job_title=membership.job_title)
        Identifier.objects.remember(cohort, (Kind.HEALTH_SYSTEM, membership.health_system), user=user)
        if organisation:
            remember_organisation(cohort, organisation.name, short, user)


def remember_user(user: User) -> None:
    """Keep a person's present name and address for every set they are or were in."""
    for membership in user.memberships.select_related("cohort", "programme", "organisation"):
        remember_membership(membership)
