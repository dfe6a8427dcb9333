"""The people these tests speak of.

Olga convenes "Unlocking"; Farid facilitates its set "North"; Alva, Bo and Carys take part. Stig is in no set of hers.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from learningsets import programmes
from learningsets.models import Cohort, Identifier, Membership, Programme, Role, User
from tests.signed_in import signed_in


@dataclass
class World:
    programme: Programme
    north: Cohort
    olga: Membership
    farid: Membership
    alva: Membership
    bo: Membership
    carys: Membership
    stig: Membership


def person(name: str) -> User:
    return User.objects.create_user(f"{name.split(maxsplit=1)[0].lower()}@example.org", name)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture(scope="module")
def lasting_world(shared_database: None) -> World:
    """The same, for a module whose tests undo what they change in it."""
    return make_world()


def make_world() -> World:
    """What the fixtures `world` and `lasting_world` are."""
    programme = Programme.objects.create(title="Unlocking", aims="Talk well\nListen better")
    north = programmes.add_set(Cohort(programme=programme, name="North"))
    other = Programme.objects.create(title="Elsewhere")
    far = programmes.add_set(Cohort(programme=other, name="Far"))

    def join(name: str, role: Role, cohort: Cohort | None = north, **about: str) -> Membership:
        return programmes.join(person(name), programme=programme, cohort=cohort, role=role, **about)

    return World(
        programme,
        north,
        join("Olga Ek", Role.ORGANISER, None),
        join("Farid Aziz", Role.FACILITATOR),
        join("Alva Lind", Role.PARTICIPANT, organisation="Region Norr", job_title="Planner", health_system="Sweden"),
        join("Bo Hughes", Role.PARTICIPANT),
        join("Carys Bevan", Role.PARTICIPANT),
        programmes.join(person("Stig Far"), programme=other, cohort=far, role=Role.FACILITATOR),
    )


def known(user: User, cohort: Cohort) -> set[tuple[str, str]]:
    """What the boundary of a set knows of somebody: kinds, and values."""
    return set(Identifier.objects.filter(user=user, cohort=cohort).values_list("kind", "value"))


def make_set(world: World, name: str = "South") -> Cohort:
    """Another set of the programme, in which nobody is."""
    return programmes.add_set(Cohort(programme=world.programme, name=name))


@pytest.fixture
def as_() -> Callable[[Membership], Client]:
    """A browser in which this member is signed in."""
    return lambda membership: signed_in(membership.user)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What each of these answers when they are made at one moment, each in a thread with a connection of its own."""
    start = threading.Barrier(len(calls))
    answers: list[Any] = []

    def make(call: Callable[[], Any]) -> None:
        start.wait()
        try:
            answers.append(call())
        finally:
            connection.close()

    threads = [threading.Thread(target=make, args=(one,)) for one in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
