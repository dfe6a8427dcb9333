"""Nobody is organiser and member of one programme: the database says so, in any order and for any number at once."""

import threading
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from learningsets import members, programmes
from learningsets.models import Cohort, Membership, Programme, Role, User
from tests.learningsets.conftest import at_once


def place(user: User, cohort: Cohort, role: str) -> Membership:
    with transaction.atomic():
        return Membership.objects.create(
            programme=cohort.programme, cohort=None if role == Role.ORGANISER else cohort, user=user, role=role
        )


@pytest.fixture
def north(db: None) -> Cohort:
    return Cohort.objects.create(programme=Programme.objects.create(title="Unlocking"), name="North")


@pytest.mark.parametrize("member", [Role.FACILITATOR, Role.PARTICIPANT])
@pytest.mark.parametrize("first_organiser", [True, False])
def test_the_second_of_the_two_is_refused(north: Cohort, member: Role, first_organiser: bool) -> None:
    alva = User.objects.create_user("alva@example.org", "Alva")
    roles = [Role.ORGANISER, member] if first_organiser else [member, Role.ORGANISER]
    place(alva, north, roles[0])
    with pytest.raises(IntegrityError, match="organiser_or_member"):
        place(alva, north, roles[1])


def test_a_change_of_role_is_refused_too(north: Cohort) -> None:
    alva = User.objects.create_user("alva@example.org", "Alva")
    place(alva, north, Role.PARTICIPANT)
    south = Cohort.objects.create(programme=north.programme, name="South")
    second = place(alva, south, Role.FACILITATOR)
    with pytest.raises(IntegrityError, match="organiser_or_member"), transaction.atomic():
        Membership.objects.filter(pk=second.pk).update(role=Role.ORGANISER, cohort=None)


def test_another_programme_and_several_sets_are_fine(north: Cohort) -> None:
    alva = User.objects.create_user("alva@example.org", "Alva")
    place(alva, north, Role.PARTICIPANT)
    place(alva, Cohort.objects.create(programme=north.programme, name="South"), Role.FACILITATOR)
    place(alva, Cohort.objects.create(programme=Programme.objects.create(title="B"), name="B"), Role.ORGANISER)
    assert alva.memberships.count() == 3


@pytest.mark.django_db(transaction=True)
def test_of_two_facilitators_who_leave_at_once_one_stays() -> None:
    north = Cohort.objects.create(programme=Programme.objects.create(title="Unlocking"), name="North")
    people = [User.objects.create_user(f"{name}@example.org", name) for name in ("farid", "greta")]
    places = [place(user, north, Role.FACILITATOR) for user in people]
    left = at_once(*(partial(members.leave, one) for one in places))
    assert (sorted(left), north.memberships.current().count()) == ([False, True], 1)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_side_wins() -> None:
    north = Cohort.objects.create(programme=Programme.objects.create(title="Unlocking"), name="North")
    alva = User.objects.create_user("alva@example.org", "Alva")
    start = threading.Barrier(8)
    refused: list[Exception] = []

    def race(role: str) -> None:
        start.wait()
        cohort = None if role == Role.ORGANISER else north
        try:
            programmes.join(alva, programme=north.programme, cohort=cohort, role=role)
        except IntegrityError as error:  # what a page answers; PostgreSQL's end of a deadlock would be another
            refused.append(error)
        finally:
            connection.close()

    racers = [threading.Thread(target=race, args=(role,)) for role in (Role.ORGANISER, Role.PARTICIPANT) * 4]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert Membership.objects.filter(user=alva).count() == 1
    assert len(refused) == 4  # whoever comes again for the place that they hold has it


@pytest.mark.django_db(transaction=True)
def test_the_migration_can_be_taken_back() -> None:
    north = Cohort.objects.create(programme=Programme.objects.create(title="Unlocking"), name="North")
    alva = User.objects.create_user("alva@example.org", "Alva")
    loader = MigrationLoader(connection)
    rule = loader.get_migration("learningsets", "0002_organiser_or_member")
    before = loader.project_state(("learningsets", "0001_initial"))
    with connection.schema_editor() as editor:
        rule.unapply(before, editor)
    try:
        place(alva, north, Role.ORGANISER)
        place(alva, north, Role.PARTICIPANT).delete()
    finally:
        with connection.schema_editor() as editor:
            rule.apply(before, editor)
    with pytest.raises(IntegrityError, match="organiser_or_member"):
        place(alva, north, Role.PARTICIPANT)
