"""A set that meets in London: Fay facilitates, Pia and Omar take part, Odile organises, Stan is a stranger."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learningsets.models import Cohort, Membership, Programme, User
from learningsets.models.membership import Role
from sessions.models import Meeting
from tests.signed_in import signed_in


@dataclass
class World:
    """The characters, and what they are in."""

    programme: Programme
    cohort: Cohort
    fay: Membership
    pia: Membership
    omar: Membership
    odile: Membership
    stan: User

    def client(self, who: Membership | User) -> Client:
        """A browser in which `who` is signed in."""
        return signed_in(who.user if isinstance(who, Membership) else who)

    def meeting(self, starts_at: datetime = datetime(2026, 12, 8, 14, tzinfo=UTC), **fields: object) -> Meeting:
        """A meeting of the set, three hours long unless `fields` say otherwise."""
        number = self.cohort.meetings.count() + 1
        defaults: dict[str, object] = {"time_zone": "Europe/London", "number": number}
        return Meeting.objects.create(cohort=self.cohort, starts_at=starts_at, **(defaults | fields))


def saved_after_its_preview(client: Client, cohort: Cohort, typed: dict[str, str]) -> Any:
    """The answer when one meeting is added: once it was shown in words, or at once where it cannot be."""
    url = reverse("meetings:add", args=[cohort.pk])
    page = client.post(url, typed)
    if page.status_code != 200:
        return page
    return client.post(url, typed | {"seen": page.context["seen"], "save": "1"})


@pytest.fixture
def world(db: None) -> World:
    """One programme, one set, three members, an organiser, a stranger."""
    programme = Programme.objects.create(title="Unlocking")
    cohort = Cohort.objects.create(programme=programme, name="North", time_zone="Europe/London")

    def join(name: str, role: str) -> Membership:
        user = User.objects.create_user(f"{name.lower()}@example.org", name)
        home = None if role == Role.ORGANISER else cohort
        place = Membership.objects.create(programme=programme, cohort=home, user=user, role=role)
        place.joined_on = date(2026, 1, 5)
        place.save()
        return place

    return World(
        programme,
        cohort,
        join("Fay", Role.FACILITATOR),
        join("Pia", Role.PARTICIPANT),
        join("Omar", Role.PARTICIPANT),
        join("Odile", Role.ORGANISER),
        User.objects.create_user("stan@example.org", "Stan"),
    )


NEW_PLACE = {
    "day": "2098-12-10",
    "start_time": "15:30",
    "last_day": "",
    "end_time": "17:00",
    "place": "Library",
    "video_link": "https://video.example.org/x",
    "version": "1",
}


def url(name: str, meeting: Meeting) -> str:
    """An address of one meeting."""
    return reverse(f"meetings:{name}", args=[meeting.pk])


def close(world: Any, meeting: Meeting, **typed: str) -> Any:
    """Fay closes a meeting; Pia was there."""
    form = {"version": str(meeting.version), "present": str(world.pia.pk), "until": "usual"}
    return world.client(world.fay).post(url("close", meeting), form | typed)


@pytest.fixture
def ahead(world: Any) -> Meeting:
    """A meeting that lies a month ahead."""
    meeting: Meeting = world.meeting(timezone.now() + timedelta(days=30))
    return meeting


@pytest.fixture
def begun(world: Any) -> Meeting:
    """A meeting that began an hour ago."""
    meeting: Meeting = world.meeting(timezone.now() - timedelta(hours=1))
    return meeting
