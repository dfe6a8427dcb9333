"""The first start of an empty installation: one page, opened by a printed token, makes all that is needed."""

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from learningsets import invitations, mail, programmes, tokens
from learningsets.invitation_lines import Line
from learningsets.models import Cohort, OneTimeLink, Programme, Role, User


@dataclass
class FirstPeople:
    """Who is there first: the organiser, who is signed in, and the facilitator, who is invited."""

    organiser_name: str
    organiser_email: str
    organiser_organisation: str
    facilitator_name: str
    facilitator_email: str


def set_up_link() -> str | None:
    """A new link to the set-up page, in place of any earlier one. None once the installation has anybody in it."""
    if User.objects.exists():
        return None
    token = tokens.new_token()
    OneTimeLink.objects.filter(user=None).delete()
    OneTimeLink.objects.create(token_hash=tokens.hash_of(token))
    return mail.link(reverse("learningsets:set_up", args=[token]))


def opens(token: str) -> bool:
    """Whether this token opens the set-up page: never again once anybody is there."""
    known = OneTimeLink.objects.filter(user=None, token_hash=tokens.hash_of(token)).exists()
    return known and not User.objects.exists()


@transaction.atomic
def set_up(token: str, programme: Programme, cohort: Cohort, people: FirstPeople) -> User | None:
    """Make the first programme, set, organiser, and the facilitator's invitation; the organiser.

    None when the token was spent meanwhile: of two who send the page at once, one sets up.
    """
    if User.objects.exists() or not OneTimeLink.objects.filter(user=None, token_hash=tokens.hash_of(token)).delete()[0]:
        return None
    programme.save()
    cohort.programme = programme
    organiser = User.objects.create_user(people.organiser_email, people.organiser_name)
    programmes.join(
        organiser,
        programme=programme,
        cohort=None,
        role=Role.ORGANISER,
        organisation=people.organiser_organisation,
    )
    programmes.add_set(cohort)
    line = Line(1, name=people.facilitator_name, email=people.facilitator_email)
    invitations.invite(line, programme=programme, cohort=cohort, role=Role.FACILITATOR, sender=organiser)
    return organiser
