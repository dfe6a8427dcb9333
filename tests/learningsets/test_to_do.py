"""One page over all of a facilitator's sets: what waits, who can't come, whom the sets wait for."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse, reverse_lazy
from django.utils.html import strip_tags
from pytest_django.fixtures import DjangoAssertNumQueries

from learningsets import contracts, invitations, programmes
from learningsets.invitation_lines import Line
from learningsets.models import Cohort, Contract, Invitation, Letter, Membership, Role, User
from sessions import attendance
from sessions.models import AgendaItem, Kind, Meeting

TO_DO = reverse_lazy("learningsets:to_do")
DAY = datetime(2026, 12, 8, 14, tzinfo=UTC)
As = Callable[[Membership], Client]


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    """Whenever it runs, the dates below lie where the tests say."""
    with time_machine.travel("2026-11-20T09:00:00Z", tick=False):
        yield


def meet(cohort: Cohort, starts_at: datetime, number: int = 1) -> Meeting:
    """A meeting of three hours in London."""
    return Meeting.objects.create(cohort=cohort, starts_at=starts_at, number=number, time_zone="Europe/London")


def text(client: Client) -> str:
    """What the page says, in single spaces."""
    return " ".join(strip_tags(client.get(TO_DO).text.partition("<main")[2]).split())


def test_what_waits_for_a_facilitator_over_all_sets_and_for_nobody_else(world: Any, as_: As) -> None:
    south = programmes.add_set(Cohort(programme=world.programme, name="South", block_floor=5))
    programmes.join(world.farid.user, programme=world.programme, cohort=south, role=Role.FACILITATOR)
    held, following = meet(world.north, DAY - timedelta(days=28)), meet(world.north, DAY, 2)
    meet(world.north, DAY + timedelta(days=28), 3)
    meet(south, DAY + timedelta(hours=1))
    for name in ("Dag", "Eir", "Finn", "Gro", "Hal"):
        user = User.objects.create_user(f"{name.lower()}@example.org", name)
        programmes.join(user, programme=world.programme, cohort=south, role=Role.PARTICIPANT)
    attendance.cannot_come(following, world.bo, "a hospital visit")
    contract = contracts.current_contract(world.north)
    assert contract is not None
    for signer in (world.farid, world.alva, world.carys):
        contracts.sign(signer, contract)
    line = Line(1, name="Ines Novo", email="ines@example.org")
    place = {"programme": world.programme, "cohort": world.north, "sender": world.farid.user}
    invitations.invite(line, **place, role=Role.PARTICIPANT)
    Invitation.objects.update(expires_on="2026-11-01")
    Letter.objects.create(to="alva@example.org", subject="x", body="", bounced=True)
    said = text(as_(world.farid))
    for words in (
        f"{held.when} is over and not closed yet.",
        f"{following.when} (Europe/London) at the same time: South,",
        "2 participants are expected. With fewer than 5 its closing questions cannot open Can't come: Bo Hughes",
        "5 participants are expected.",
        "Invited, not here yet: Ines Novo (expired) Has not signed the contract: Bo Hughes",
        "Where they work is not known, so no report can leave it out: Bo Hughes, Carys Bevan, Farid Aziz E-mail comes",
        "E-mail comes back from Alva Lind",
    ):
        assert " ".join(words.split()) in said.replace("&#x27;", "'"), words
    assert "a hospital visit" not in said
    assert said.count("fewer than 5") == 1
    assert "Nobody is" not in said
    home = as_(world.farid).get(reverse("learningsets:home")).text
    assert str(TO_DO) in home
    room = reverse("meetings:room", args=[following.pk])
    assert room not in as_(world.farid).get(TO_DO).text
    with time_machine.travel(DAY + timedelta(minutes=5), tick=False):
        assert room in as_(world.farid).get(TO_DO).text
    for other in (world.alva, world.olga, world.stig):
        assert not [word for word in ("Bo Hughes", "Ines", "North", "South") if word in text(as_(other))]


def test_it_says_which_next_meeting_has_no_agenda_or_no_close(world: Any, as_: As) -> None:
    """Of each set the next one alone, until it begins."""
    following = meet(world.north, DAY)
    meet(world.north, DAY + timedelta(days=28), 2)
    plan = reverse("meetings:agenda", args=[following.pk])

    def told() -> tuple[int, int, int]:
        page = as_(world.farid).get(TO_DO).text
        assert reverse("meetings:meeting", args=[following.pk]) in page
        return page.count("Nothing is planned for it yet."), page.count("without a closing round"), page.count(plan)

    assert told() == (1, 0, 1)
    check_in = AgendaItem.objects.create(meeting=following, position=0, kind=Kind.CHECK_IN, minutes=10)
    close = AgendaItem.objects.create(meeting=following, position=1, kind=Kind.CLOSE, minutes=10, removed=True)
    assert told() == (0, 1, 1)
    AgendaItem.objects.filter(pk=close.pk).update(removed=False)
    assert told() == (0, 0, 0)
    AgendaItem.objects.filter(pk=close.pk).update(kind=Kind.PROCESS)
    assert told() == (0, 1, 1)
    check_in.delete()
    close.delete()
    with time_machine.travel(DAY + timedelta(minutes=5), tick=False):
        assert told() == (0, 0, 0)


def test_a_set_to_which_nobody_was_invited_is_not_said_to_be_complete(world: Any, as_: As) -> None:
    meet(world.north, DAY)
    Contract.objects.all().delete()
    Membership.objects.update(organisation=world.alva.organisation)
    assert "Nobody is waited for: no invitation is open" in text(as_(world.farid))
    Membership.objects.participants().filter(cohort=world.north).delete()
    said = text(as_(world.farid))
    assert "No participant is expected. With fewer than 5 its closing questions cannot open" in said
    assert "Members of North Nobody is in this set or invited to it yet." in said
    assert "waited for" not in said


@pytest.mark.parametrize("rows", [1, 100])
def test_it_takes_the_same_queries_for_one_meeting_and_set_and_for_many(
    world: Any, as_: As, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sets = [world.north, *(Cohort(programme=world.programme, name=f"Set {n}") for n in range(rows // 10))]
    Cohort.objects.bulk_create(sets[1:])
    Membership.objects.bulk_create(
        Membership(programme=world.programme, cohort=one, user=world.farid.user, role=Role.FACILITATOR)
        for one in sets[1:]
    )
    for n in range(rows):
        meet(sets[n % len(sets)], DAY + timedelta(days=n), n)
    Meeting.objects.filter(number__gte=10).update(state=Meeting.State.TIPPED, tips_at=DAY)
    client = as_(world.farid)
    with django_assert_num_queries(13):
        assert client.get(TO_DO).status_code == 200
