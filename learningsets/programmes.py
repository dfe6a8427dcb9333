"""Making programmes and sets, and people's places in them."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from learningsets import contracts, identifiers, mail
from learningsets.models import Cohort, Identifier, Membership, Organisation, Programme, Role, User
from learningsets.models.identifier import Kind


@transaction.atomic
def add_set(cohort: Cohort, like: Cohort | None = None) -> Cohort:
    """Save a new set, with a contract in force (the default, or the same as in the set that it is `like`) and its
    programme's organisers known to the boundary."""
    cohort.save()
    standing = contracts.current_contract(like) if like else None
    if standing:
        contracts.publish(cohort, standing.text, replaces=0, window_hours=standing.window_hours)
    else:
        contracts.publish(cohort, contracts.default_text(), replaces=0)
    for place in cohort.programme.memberships.organisers().select_related("user", "organisation", "programme"):
        identifiers.remember_membership(place, identifiers.short_names_of(place))
    return cohort


@transaction.atomic
def join(
    user: User,
    *,
    programme: Programme,
    cohort: Cohort | None,
    role: str,
    organisation: str = "",
    short_names: Iterable[str] = (),
    has_no_employer: bool = False,
    job_title: str = "",
    health_system: str = "",
    other_names: Iterable[str] = (),
) -> Membership:
    """Give a user a place (`cohort` None for an organiser), or give it back to one who had left.

    All that identifies them is kept for the boundary. Raises IntegrityError when they would be organiser and
    member of one programme.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # one place at a time, or two wait for each other
    short = list(short_names)
    works_for = employer(programme, organisation, short) if organisation.strip() else None
    now: dict[str, Any] = {
        "role": role,
        "left_on": None,
        "job_title": job_title,
        "health_system": health_system,
    }
    said: dict[str, Any] = {"organisation": works_for, "has_no_employer": has_no_employer}
    if works_for or has_no_employer:
        now |= said  # otherwise what somebody has said before stays, of one who comes back
    today = cohort.day_of(timezone.now()) if cohort else timezone.localdate()
    membership, _made = Membership.objects.update_or_create(
        programme=programme, cohort=cohort, user=user, defaults=now, create_defaults={**said, **now, "joined_on": today}
    )
    identifiers.remember_membership(membership, short)
    for one in [cohort] if cohort else programme.cohorts.all():
        identifiers.remember_person(one, user=user, name=user.name, other_names=other_names)
    return membership


@transaction.atomic
def step_down(place: Membership) -> bool:
    """End an organiser's place, and tell them by letter; False for the only one of a programme. The row stays: the
    boundary needs whoever was there.

    Of two organisers who leave at once one stays: the programme is locked while it is counted who is left.
    """
    Programme.objects.select_for_update().get(pk=place.programme_id)
    others = Membership.objects.current().organisers().filter(programme=place.programme_id).exclude(pk=place.pk)
    if not others.exists():
        return False
    if Membership.objects.filter(pk=place.pk, left_on=None).update(left_on=timezone.localdate()):
        with translation.override(place.user.language):
            subject = _("Your programme on Learning Sets")
            body = _("You no longer organise “%(programme)s”. Whoever does can give you your place back.\n")
            mail.send(place.user.email, subject, body % {"programme": place.programme})
    return True


def take_up_again(place: Membership) -> None:
    """Give somebody who organised a programme their place again, and tell them by letter."""
    if not Membership.objects.filter(pk=place.pk, left_on__isnull=False).update(left_on=None):
        return
    with translation.override(place.user.language):
        body = _("You organise “%(programme)s” again:\n\n%(link)s\n")
        told = {
            "programme": place.programme,
            "link": mail.link(reverse("learningsets:programme", args=[place.programme_id])),
        }
        mail.send(place.user.email, _("Your programme on Learning Sets"), body % told)


def come_along(place: Membership, cohort: Cohort) -> Membership:
    """Give whoever holds a place the same one in another set of the programme, all that identifies them with it."""
    known = Identifier.objects.filter(cohort=place.cohort, user=place.user, kind__in=(Kind.NAME, Kind.OTHER_NAME))
    return join(
        place.user,
        programme=place.programme,
        cohort=cohort,
        role=place.role,
        organisation=place.organisation.name if place.organisation else "",
        short_names=identifiers.short_names_of(place),
        has_no_employer=place.has_no_employer,
        job_title=place.job_title,
        health_system=place.health_system,
        other_names=list(known.order_by("pk").values_list("value", flat=True)),
    )


def employer(programme: Programme, name: str, short_names: Iterable[str]) -> Organisation:
    """The programme's organisation of this name, made if new, its short names added to those it has."""
    found, _made = Organisation.objects.get_or_create(programme=programme, name=name.strip())
    wanted = [*found.aliases, *(short.strip() for short in short_names if short.strip())]
    merged = "\n".join(dict.fromkeys(wanted))
    if merged != found.short_names:
        found.short_names = merged
        found.save(update_fields=["short_names"])
    return found


def is_organiser_and_member(programme: Programme, email: str, role: str) -> bool:
    """Whether giving the owner of `email` this role would make them organiser and member of one programme."""
    places = programme.memberships.filter(user__email=email)
    return (places.exclude(role=Role.ORGANISER) if role == Role.ORGANISER else places.organisers()).exists()


def reframe(cohort: Cohort, version: int) -> bool:
    """Save a set's frame, but for its time zone, by which the days of its past are told; False when somebody else
    changed it since `version` was read. Raises IntegrityError when the programme has another set of its name by now.
    """
    frame = ("name", "places", "language", "country")
    unchanged = Cohort.objects.filter(pk=cohort.pk, version=version)
    with transaction.atomic():
        return bool(unchanged.update(version=version + 1, **{name: getattr(cohort, name) for name in frame}))


def reword(programme: Programme, version: int) -> bool:
    """Save a programme's words; False when somebody else changed them since `version` was read."""
    words = ("title", "convenor", "season", "audience", "purpose", "aims", "theory", "paper")
    unchanged = Programme.objects.filter(pk=programme.pk, version=version)
    return bool(unchanged.update(version=version + 1, **{name: getattr(programme, name) for name in words}))
