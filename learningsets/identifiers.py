"""What the boundary must know of a set's people, written down whenever it appears."""

from collections.abc import Iterable

from learningsets.models import Cohort, Identifier, Membership, User
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
    rows = Identifier.objects
    rows.remember(cohort, Kind.NAME, name, user)
    rows.remember(cohort, Kind.EMAIL, email, user)
    rows.remember(cohort, Kind.JOB_TITLE, job_title, user)
    for other in other_names:
        rows.remember(cohort, Kind.OTHER_NAME, other, user)


def remember_organisation(cohort: Cohort, name: str, aliases: Iterable[str] = (), user: User | None = None) -> None:
    """Keep an employer's name and short names for the boundary."""
    Identifier.objects.remember(cohort, Kind.ORGANISATION, name, user)
    for alias in aliases:
        Identifier.objects.remember(cohort, Kind.ORGANISATION_ALIAS, alias, user, whose=name)


def remember_membership(membership: Membership) -> None:
    """Keep all that a place says of its person now. An organiser is kept for every set of the programme."""
    sets = [membership.cohort] if membership.cohort else list(membership.programme.cohorts.all())
    for cohort in sets:
        user, organisation = membership.user, membership.organisation
        remember_person(cohort, user=user, name=user.name, email=user.email, job_title=membership.job_title)
        Identifier.objects.remember(cohort, Kind.HEALTH_SYSTEM, membership.health_system, user)
        if organisation:
            remember_organisation(cohort, organisation.name, organisation.aliases, user)


def remember_user(user: User) -> None:
    """Keep a person's present name and address for every set they are or were in."""
    for membership in user.memberships.select_related("cohort", "programme", "organisation"):
        remember_membership(membership)
