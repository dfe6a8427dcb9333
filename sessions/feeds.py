"""A person's meetings over all their sets, at an address that is secret: whoever knows it reads them."""

import uuid
from collections.abc import Iterable
from datetime import timedelta

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone, translation

from learningsets import mail
from learningsets.models import Cohort, User
from sessions import ical
from sessions.models import Entries, Meeting, PersonalCalendar

BACK = timedelta(days=366)  # how long a past meeting stays in a feed


def address(user: User) -> str:
    """The whole address of this person's feed; empty while they have none."""
    key = PersonalCalendar.objects.filter(user=user).values_list("key", flat=True).first()
    return mail.link(reverse("meetings:feed", args=[_signer().sign(key.hex)])) if key else ""


def subscription(address: str) -> str:
    """The same address as a device hands it to its calendar program, to subscribe to."""
    return f"webcal:{address.partition(':')[2]}" if address else ""


def renew(user: User) -> bool:
    """Give this person's feed a new address; whether there was one, which answers now as if it had never been."""
    had = PersonalCalendar.objects.filter(user=user, key__isnull=False).exists()
    PersonalCalendar.objects.update_or_create(user=user, defaults={"key": uuid.uuid4()})
    return had


def revoke(user: User) -> None:
    """Take this person's feed away."""
    PersonalCalendar.objects.filter(user=user).update(key=None)


def time_zone(user: User) -> str:
    """The zone in which this person wants to be reminded; empty for each meeting's own."""
    return PersonalCalendar.objects.filter(user=user).values_list("time_zone", flat=True).first() or ""


def choose_time_zone(user: User, zone: str) -> None:
    """Remind this person in another zone; empty for each meeting's own."""
    PersonalCalendar.objects.update_or_create(user=user, defaults={"time_zone": zone})


def contents(sets: Iterable[Cohort]) -> list[tuple[Cohort, str]]:
    """What the feed holds of each of these sets beside its name, as the set chose it, in words."""
    found = Cohort.objects.filter(pk__in=[one.pk for one in sets]).select_related("calendar").order_by("name", "pk")
    return [(one, str(Entries(_entries(one)).label)) for one in found]


def owner(token: str) -> User | None:
    """Whose feed this is; None for a token that was made up, renewed or revoked."""
    try:
        key = uuid.UUID(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None
    return User.objects.filter(calendar__key=key, is_active=True).first()


def written(user: User) -> bytes:
    """The feed: the meetings of the sets this person is in now, of the last year and all to come."""
    sets = user.memberships.filter(left_on=None, cohort__isnull=False).values("cohort")
    meetings = Meeting.objects.filter(cohort__in=sets, starts_at__gt=timezone.now() - BACK)
    with translation.override(user.language):
        return ical.feed((meeting, _entries(meeting.cohort)) for meeting in meetings.select_related("cohort__calendar"))


def _entries(cohort: Cohort) -> str:
    chosen = getattr(cohort, "calendar", None)  # none where the set never chose
    return chosen.entries if chosen else Entries.TIME


def _signer() -> Signer:
    return Signer(salt="meetings.feed", sep=".")
