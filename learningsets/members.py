"""What changes about people: their place in a set, their name, their address."""

import hmac
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from learningsets import identifiers, mail, programmes, tokens
from learningsets.access import set_of
from learningsets.models import Cohort, Identifier, Membership, User
from learningsets.models.identifier import Kind

CHANGE = "address_change"  # where a session keeps an address that waits for its code
TRIES = 5

_parts: dict[str, Callable[[User], list[dict[str, Any]]]] = {}


@dataclass
class Place:
    """What a facilitator may say of a member."""

    organisation: str
    short_names: list[str]
    job_title: str
    health_system: str
    has_no_employer: bool = False


@transaction.atomic
def describe(membership: Membership, place: Place, version: int, other_names: list[str]) -> bool:
    """Change what is said of a member; False when somebody else changed it since `version` was read.

    What was said before stays known to the boundary; `other_names` are added to what it knows.
    """
    cohort = set_of(membership)
    unchanged = Membership.objects.filter(pk=membership.pk, version=version)
    if not unchanged.update(version=F("version") + 1, job_title=place.job_title, health_system=place.health_system):
        return False
    membership.refresh_from_db()
    membership.organisation = None
    if place.organisation.strip():
        membership.organisation = programmes.employer(membership.programme, place.organisation, place.short_names)
    membership.has_no_employer = place.has_no_employer
    membership.save(update_fields=["organisation", "has_no_employer"])
    identifiers.remember_membership(membership, place.short_names)
    identifiers.remember_person(cohort, user=membership.user, name=membership.user.name, other_names=other_names)
    return True


@transaction.atomic
def leave(membership: Membership) -> bool:
    """End a place; False for the only facilitator of a set. The row stays: the boundary needs whoever was there.

    Of two facilitators who leave at once one stays: the set is locked while it is counted who is left.
    """
    Cohort.objects.select_for_update().get(pk=set_of(membership).pk)
    others = Membership.objects.current().facilitators().filter(cohort=membership.cohort).exclude(pk=membership.pk)
    if membership.is_facilitator and not others.exists():
        return False
    Membership.objects.filter(pk=membership.pk, left_on=None).update(left_on=timezone.localdate())
    return True


def come_back(membership: Membership) -> None:
    """Give somebody who left their place again."""
    Membership.objects.filter(pk=membership.pk).update(left_on=None)


@transaction.atomic
def add_other_names(user: User, names: list[str]) -> None:
    """Keep further names of a person for the boundary, in every set they are or were in. They are never taken out."""
    for membership in user.memberships.select_related("cohort", "programme"):
        sets = [membership.cohort] if membership.cohort else list(membership.programme.cohorts.all())
        for cohort in sets:
            Identifier.objects.remember(cohort, *((Kind.OTHER_NAME, name) for name in names), user=user)


@transaction.atomic
def works_for(user: User, organisation: str, short_names: list[str]) -> None:
    """Say in each place that a person has now where they work, "" for nowhere; the boundary knows it in those they had,
    too, and keeps what was said before.

    Whoever is changing one of the places meanwhile is told, as of any other change (`describe`).
    """
    for place in user.memberships.select_related("programme", "cohort", "user").order_by("pk"):
        place.organisation = programmes.employer(place.programme, organisation, short_names) if organisation else None
        now = Membership.objects.filter(pk=place.pk, left_on=None)
        now.update(version=F("version") + 1, organisation=place.organisation, has_no_employer=not organisation)
        identifiers.remember_membership(place, short_names)


def employers_of(places: Iterable[Membership]) -> list[str]:
    """What is known of where a person works, from all their places: each organisation once, by name."""
    return sorted({place.organisation.name for place in places if place.organisation})


def employer_said_in(places: list[Membership]) -> dict[str, Any]:
    """What a person's places say of where they work, where they agree: `organisation` and `has_no_employer`."""
    said = employers_of(places)
    nowhere = bool(places) and all(place.has_no_employer for place in places)
    return {"organisation": said[0] if len(said) == 1 else "", "has_no_employer": nowhere}


def employers_known_of(user: User) -> list[str]:
    """All that the boundary knows of where a person works or worked, short names too, as it was added."""
    kinds = (Kind.ORGANISATION, Kind.ORGANISATION_ALIAS)
    rows = Identifier.objects.filter(user=user, kind__in=kinds).order_by("pk")
    return list(dict.fromkeys(rows.values_list("value", flat=True)))


def other_names_of(user: User, cohort: Cohort | None = None) -> list[str]:
    """The further names kept of a person (in one set), in the order they were added; without their name as it is."""
    rows = Identifier.objects.filter(user=user, kind=Kind.OTHER_NAME).exclude(value=user.name).order_by("pk")
    if cohort:
        rows = rows.filter(cohort=cohort)
    return list(dict.fromkeys(rows.values_list("value", flat=True)))


@transaction.atomic
def rename(user: User, name: str) -> None:
    """Change a person's name. The boundary keeps the former one too."""
    identifiers.remember_user(user)
    User.objects.filter(pk=user.pk).update(name=name)
    user.refresh_from_db()
    identifiers.remember_user(user)


def ask_for_address(session: SessionBase, user: User, email: str) -> None:
    """Send a code to the address that a person wants to move to. One that is somebody's gets a letter without one."""
    code = "".join(secrets.choice("BCDFGHJKLMNPQRSTVWXZ23456789") for _i in range(8))
    session[CHANGE] = {"email": email, "code": tokens.hash_of(code), "tries": 0}
    subject = _("Your address on Learning Sets")
    if User.objects.filter(email=email).exists():
        session[CHANGE]["code"] = ""
        mail.send(
            email, subject, _("Somebody asked to move to this address, which is in use already. Nothing changed.\n")
        )
        return
    body = _("Type this code to use this address from now on:\n\n%(code)s\n\nIf you did not ask for it, leave it.\n")
    mail.send(email, subject, body % {"code": code})


def address_asked_for(session: SessionBase) -> str | None:
    """The address that waits for its code in this session, if any."""
    waiting: dict[str, Any] = session.get(CHANGE, {})
    return waiting.get("email")


@transaction.atomic
def confirm_address(session: SessionBase, user: User, code: str) -> bool:
    """Move to the new address if the code is right; both addresses are told, and other sessions end.

    False when it is wrong; after five wrong ones the address has to be asked for again.
    """
    waiting = session.get(CHANGE)
    if waiting is None:
        return False
    session[CHANGE] = {**waiting, "tries": waiting["tries"] + 1}
    if waiting["tries"] + 1 >= TRIES:
        del session[CHANGE]
    typed = tokens.hash_of("".join(filter(str.isalnum, code)).upper())  # as for signing in: "bcdf-2345" too
    if not waiting["code"] or not hmac.compare_digest(typed, waiting["code"]):
        return False
    session.pop(CHANGE, None)
    return _move(user, waiting["email"])


def _move(user: User, email: str) -> bool:
    """Change the address, to which go the letters that wait; False when somebody else has taken it meanwhile."""
    old = user.email
    identifiers.remember_user(user)
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(email=email, password=User.objects.unusable())
    except IntegrityError:
        return False
    user.refresh_from_db()
    identifiers.remember_user(user)
    mail.follow(old, email)
    subject = _("Your address on Learning Sets has changed")
    for address in (old, email):
        mail.send(address, subject, _("You sign in with %(email)s from now on.\n") % {"email": email})
    return True


def about_my_data() -> dict[str, str]:
    """What is in the file of somebody's data, what is not, and why: for the page as for the file."""
    return {
        "what_is_in_it": _(
            "Your name and address, your places in programmes and sets, the contracts you signed, what the anonymiser "
            "knows of you, which meetings you came to or could not come to, the time you asked for and had there with "
            "your notes, and what you meant to do after it."
        ),
        "challenges": _(
            "The challenges you logged are not in it: they belong to the work of a set and stay there. You can read "
            "and copy each of yours on its page. When you leave the set they are listed on the page of your data."
        ),
        "answers": _(
            "Your answers to closing questions are not in it: once tipped out they have no author, so nobody can tell "
            "which are yours. What is not in a box yet, and what you kept to yourself, you alone can read, on its page."
        ),
        "reasons": _(
            "A reason you gave for an absence is in it until it is deleted: a month after the meeting, or earlier when "
            "nobody who was told it facilitates your set any more."
        ),
        "what_others_said": _(
            "What others asked you in your time, and what your set wrote down together, is not in it: it is not yours "
            "alone."
        ),
    }


def adds_to_my_data(name: str, part: Callable[[User], list[dict[str, Any]]]) -> None:
    """Let the file of somebody's data hold, under this name, what `part` says of them and of nobody else."""
    _parts[name] = part


def my_data(user: User) -> dict[str, Any]:
    """All that the site holds of somebody as a person and member, ready for JSON. Days are ISO 8601."""
    places = user.memberships.select_related("programme", "cohort", "organisation").prefetch_related(
        "signatures__contract"
    )
    return {
        "about_this_file": about_my_data(),
        "name": user.name,
        "email": user.email,
        "places": [
            {
                "programme": str(place.programme),
                "set": str(place.cohort) if place.cohort else None,
                "role": place.role,
                "organisation": str(place.organisation) if place.organisation else None,
                "has_no_employer": place.has_no_employer,
                "job_title": place.job_title,
                "health_system": place.health_system,
                "joined_on": place.joined_on.isoformat(),
                "left_on": place.left_on.isoformat() if place.left_on else None,
                "contracts_signed": [
                    {
                        "version": one.contract.version,
                        "signed_on": one.signed_on.isoformat(),
                        "text": one.contract.text,
                        "before_a_report_leaves": one.contract.before_a_report_leaves,
                    }
                    for one in place.signatures.all()
                ],
            }
            for place in places
        ],
        "known_to_the_anonymiser": [
            {"set": str(row.cohort), "kind": row.kind, "value": row.value}
            for row in user.identifiers.select_related("cohort").order_by("pk")
        ],
        **{name: part(user) for name, part in _parts.items()},
    }
