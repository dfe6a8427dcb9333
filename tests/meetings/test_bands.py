"""What an organiser is told of attendance: a band a quarter, written once, and nothing when few were expected."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from learningsets.models import Cohort, Membership, Programme, Role, User
from sessions.bands import write_due
from sessions.models import Attendance, AttendanceBand, Band, Meeting
from tests.meetings.conftest import World

MAY = datetime(2026, 5, 12, 13, tzinfo=UTC)
WRITTEN = datetime(2026, 7, 15, tzinfo=UTC)  # two weeks after the quarter's end


def people(world: World, count: int) -> list[Membership]:
    """`count` participants, every second of them in a second set."""
    south, _new = Cohort.objects.get_or_create(programme=world.programme, name="South", time_zone="Europe/London")
    first = User.objects.count()
    users = [User.objects.create_user(f"p{first + n}@example.org", f"Person {n}") for n in range(count)]
    return [
        Membership.objects.create(
            programme=world.programme,
            cohort=[world.cohort, south][number % 2],
            user=user,
            role=Role.PARTICIPANT,
            joined_on=date(2026, 1, 5),
        )
        for number, user in enumerate(users)
    ]


def met(expected: list[Membership], came: int, starts_at: datetime = MAY, state: str = "tipped") -> None:
    """The sets of those `expected` met at `starts_at`, and the first `came` of them were there."""
    for cohort in {membership.cohort for membership in expected if membership.cohort}:
        meeting = Meeting.objects.create(
            cohort=cohort,
            number=cohort.meetings.count() + 1,
            starts_at=starts_at,
            time_zone="Europe/London",
            state=state,
            tips_at=starts_at + timedelta(days=2),
        )
        for membership in expected:
            if membership.cohort == cohort:
                status = Attendance.Status.PRESENT if expected.index(membership) < came else Attendance.Status.ABSENT
                Attendance.objects.create(meeting=meeting, membership=membership, status=status)


def told(programme: Programme) -> list[tuple[int, int, str]]:
    return list(programme.attendance_bands.values_list("year", "quarter", "band"))


@pytest.mark.parametrize(
    ("expected", "came", "band"),
    [
        (10, 4, "fewer"),
        (10, 5, "half"),
        (10, 7, "half"),
        (12, 9, "most"),
        (10, 10, "most"),
        (9, 9, ""),
        (10, 0, "fewer"),
    ],
)
def test_a_quarter_is_told_in_a_band_over_ten_people_or_not_at_all(
    world: World, expected: int, came: int, band: str
) -> None:
    met(people(world, expected), came)
    assert write_due(WRITTEN - timedelta(days=1)) == 0
    assert (write_due(WRITTEN), write_due(WRITTEN)) == (1, 0)
    assert told(world.programme) == [(2026, 2, band)]


def test_ten_people_are_ten_however_often_they_meet(world: World) -> None:
    nine = people(world, 9)
    for month in (4, 5, 6):
        met(nine, 9, MAY.replace(month=month))
    write_due(WRITTEN)
    assert told(world.programme) == [(2026, 2, "")]


def test_nine_of_whom_one_is_in_two_sets_are_nine(world: World) -> None:
    nine = people(world, 9)
    again = Membership.objects.create(
        programme=world.programme, cohort=nine[1].cohort, user=nine[0].user, role=Role.PARTICIPANT
    )
    met([*nine, again], 10)
    write_due(WRITTEN)
    assert told(world.programme) == [(2026, 2, "")]


def test_nobody_decides_a_band_by_having_met_more_often(world: World) -> None:
    nine, often = people(world, 9), people(world, 11)[9:10]
    met(nine, 1)
    for day in range(9):
        met(often, 1, MAY + timedelta(days=day))
    write_due(WRITTEN)
    assert told(world.programme) == [(2026, 2, "fewer")]  # two of ten, not ten of eighteen


def test_once_written_it_says_nothing_of_who_is_marked_or_leaves_later(world: World) -> None:
    ten = people(world, 10)
    met(ten, 7)
    write_due(WRITTEN)
    Attendance.objects.update(status=Attendance.Status.PRESENT)
    Membership.objects.filter(pk=ten[0].pk).update(left_on=date(2026, 7, 16))
    met(ten, 0, MAY + timedelta(days=7))
    assert write_due(WRITTEN + timedelta(days=30)) == 0
    assert told(world.programme) == [(2026, 2, Band.HALF)]


def test_only_what_is_settled_counts_in_the_quarter_in_which_it_was(world: World) -> None:
    ten = people(world, 10)
    met(ten, 10, datetime(2026, 3, 31, 22, tzinfo=UTC))
    met(ten, 0, datetime(2026, 4, 1, 9, tzinfo=UTC), state="closed")
    met(ten, 2, datetime(2026, 6, 30, 20, tzinfo=UTC))
    assert write_due(WRITTEN) == 2
    assert told(world.programme) == [(2026, 1, Band.MOST), (2026, 2, Band.FEWER)]


def test_an_organiser_reads_the_bands_and_learns_of_nobody(world: World, django_assert_num_queries) -> None:
    page = reverse("learningsets:programme", args=[world.programme.pk])
    odile = world.client(world.odile)
    assert "two weeks after it is over" in odile.get(page).text
    met(people(world, 10), 8)
    write_due(WRITTEN)
    AttendanceBand.objects.create(programme=world.programme, year=2026, quarter=1)
    text = odile.get(page).text
    assert "April to June 2026" in text
    assert "three quarters or more" in text
    assert "January to March 2026" in text
    assert "not told" in text
    assert text.index("January to March") < text.index("April to June")
    for hidden in ("Person ", "Pia", "80 %", "80%", "8 of"):
        assert hidden not in text
    assert {field.name for field in AttendanceBand._meta.get_fields()} == {"id", "programme", "year", "quarter", "band"}


def test_another_programme_is_another_band(world: World) -> None:
    met(people(world, 10), 10)
    other = Programme.objects.create(title="Other")
    write_due(WRITTEN)
    assert told(other) == []
    AttendanceBand.objects.update(programme=other)
    assert "April to June" not in world.client(world.odile).get(f"/programmes/{world.programme.pk}/").text


def test_a_programme_of_more_than_a_year_is_told_of_every_quarter(world: World) -> None:
    """A band of this year and one of this quarter a year ago are not this quarter's."""
    for year, quarter in ((2025, 2), (2026, 1)):
        AttendanceBand.objects.create(programme=world.programme, year=year, quarter=quarter)
    met(people(world, 10), 10)
    assert write_due(WRITTEN) == 1
