"""Alder, a learning set of six who met last month; its facilitator Freya, and Otto, who convenes the programme."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from learningsets.models import Cohort, Contract, Membership, Programme, Role, Signature, User
from sessions.attendance import open_questions
from sessions.models import Attendance, Meeting
from tests.signed_in import signed_in

NAMES = ("Ana", "Bryn", "Cillian", "Dilys", "Elin", "Fatima")


@pytest.fixture
def alder(db: None) -> Cohort:
    programme = Programme.objects.create(title="Unlocking", convenor="The Convenor")
    cohort = Cohort.objects.create(programme=programme, name="Alder")
    Contract.objects.create(cohort=cohort, version=1, text="What is said here stays here.")
    return cohort


@pytest.fixture
def join(alder: Cohort) -> Callable[..., Membership]:
    """Somebody joins a set (Alder unless another is given), and signs its contract if it has one."""

    def do(name: str, cohort: Cohort | None = None, role: str = Role.PARTICIPANT) -> Membership:
        cohort = cohort or alder
        user, _ = User.objects.get_or_create(email=f"{name.lower()}@example.org", defaults={"name": name})
        outside = role == Role.ORGANISER
        place = Membership.objects.create(
            user=user,
            programme=cohort.programme,
            cohort=None if outside else cohort,
            role=role,
            joined_on=timezone.localdate() - timedelta(days=200),
        )
        for contract in cohort.contracts.all():
            if not outside:
                Signature.objects.create(contract=contract, membership=place)
        return place

    return do


@pytest.fixture
def six(join: Callable[..., Membership]) -> list[Membership]:
    """Ana, Bryn, Cillian, Dilys, Elin, Fatima."""
    return [join(name) for name in NAMES]


@pytest.fixture
def ana(six: list[Membership]) -> Membership:
    return six[0]


@pytest.fixture
def freya(join: Callable[..., Membership]) -> Membership:
    return join("Freya", role=Role.FACILITATOR)


@pytest.fixture
def otto(join: Callable[..., Membership]) -> Membership:
    return join("Otto", role=Role.ORGANISER)


@pytest.fixture
def hold(alder: Cohort) -> Callable[..., Meeting]:
    """A meeting is held, everybody there marked present, and closed; its questions stay open for two days."""

    def do(present: list[Membership], cohort: Cohort | None = None, number: int = 1) -> Meeting:
        meeting = Meeting.objects.create(
            cohort=cohort or alder,
            number=number,
            starts_at=datetime(2026, 3, 10, 14, tzinfo=UTC) + timedelta(days=28 * number),
            time_zone="Europe/London",
            state=Meeting.State.CLOSED,
            tips_at=timezone.now() + timedelta(days=2),
        )
        for membership in present:
            Attendance.objects.create(meeting=meeting, membership=membership, status=Attendance.Status.PRESENT)
        open_questions(meeting)
        return meeting

    return do


@pytest.fixture
def meeting(hold: Callable[..., Meeting], six: list[Membership]) -> Meeting:
    """The first month's, all six there."""
    return hold(six)


@pytest.fixture
def deadline_passes() -> Callable[[Meeting], None]:
    """The deadline of a meeting's questions moves into the past."""

    def do(meeting: Meeting) -> None:
        Meeting.objects.filter(pk=meeting.pk).update(tips_at=timezone.now() - timedelta(seconds=1))
        meeting.refresh_from_db()

    return do


@pytest.fixture
def browser() -> Callable[[Membership], Client]:
    """A browser in which somebody is signed in."""

    return lambda who: signed_in(who.user)
