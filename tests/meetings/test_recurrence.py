"""Dates of a rule, and wall times over every change of the clocks."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.recurrence import DayOfMonth, OrdinalWeekday, dates, days_before, instant, is_left_out

TUESDAY, THURSDAY = 1, 3
ZONES = (
    "Europe/London",
    "Europe/Dublin",
    "Europe/Stockholm",
    "America/New_York",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Pacific/Apia",
    "Asia/Tehran",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Antarctica/Troll",
)


def test_second_tuesday_begins_with_the_first_one_not_before() -> None:
    assert dates(OrdinalWeekday(2, TUESDAY), date(2026, 12, 9), 3) == [
        date(2027, 1, 12),
        date(2027, 2, 9),
        date(2027, 3, 9),
    ]


def test_last_thursday_is_the_fourth_or_the_fifth() -> None:
    assert dates(OrdinalWeekday(-1, THURSDAY), date(2026, 9, 1), 4) == [
        date(2026, 9, 24),
        date(2026, 10, 29),
        date(2026, 11, 26),
        date(2026, 12, 31),
    ]


def test_a_shorter_month_gives_its_last_day() -> None:
    assert dates(DayOfMonth(31), date(2027, 12, 1), 5) == [
        date(2027, 12, 31),
        date(2028, 1, 31),
        date(2028, 2, 29),
        date(2028, 3, 31),
        date(2028, 4, 30),
    ]


def test_a_day_that_lies_behind_the_first_day_is_next_months() -> None:
    assert dates(DayOfMonth(29), date(2027, 1, 30), 2) == [date(2027, 2, 28), date(2027, 3, 29)]


@given(
    rule=st.one_of(
        st.builds(OrdinalWeekday, st.sampled_from([1, 2, 3, 4, -1]), st.integers(0, 6)),
        st.builds(DayOfMonth, st.integers(1, 31)),
    ),
    starts_on=st.dates(date(2020, 1, 1), date(2040, 12, 31)),
    months=st.integers(1, 36),
)
def test_one_date_in_each_month_without_a_gap(rule: OrdinalWeekday | DayOfMonth, starts_on: date, months: int) -> None:
    found = dates(rule, starts_on, months)
    numbered = [day.year * 12 + day.month for day in found]
    assert numbered == list(range(numbered[0], numbered[0] + months))
    assert starts_on <= found[0] < starts_on + timedelta(days=62)


@pytest.mark.parametrize("rule", [(0, 1), (5, 1), (2, 7)])
def test_impossible_weekdays_are_refused(rule: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="ordinal"):
        OrdinalWeekday(*rule)


@pytest.mark.parametrize("day", [0, 32])
def test_impossible_days_are_refused(day: int) -> None:
    with pytest.raises(ValueError, match="1 to 31"):
        DayOfMonth(day)


@cache
def changes(zone: str) -> list[tuple[date, timedelta]]:
    """Each day of 2020 to 2040 on which the clocks of `zone` change, and by how much."""
    there = ZoneInfo(zone)
    found = []
    for n in range((date(2041, 1, 1) - date(2020, 1, 1)).days):
        midnight = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=n)
        quarters = [(midnight + timedelta(minutes=15 * m)).astimezone(there) for m in (0, 96)]
        if quarters[0].utcoffset() != quarters[1].utcoffset():
            every = [(midnight + timedelta(minutes=15 * m)).astimezone(there) for m in range(97)]
            found += [
                (after.date(), after.replace(tzinfo=None) - before.replace(tzinfo=None) - timedelta(minutes=15))
                for before, after in pairwise(every)
                if before.utcoffset() != after.utcoffset()
            ]
    return found


@pytest.mark.parametrize("zone", ZONES)
def test_the_wall_clock_shows_the_same_time_around_every_change(zone: str) -> None:
    for day, _by in changes(zone):
        for around in (-7, -1, 0, 1, 7):
            met = day + timedelta(days=around)
            for wall in (time(9), time(14), time(18, 30)):
                shown = instant(met, wall, zone).astimezone(ZoneInfo(zone))
                assert (shown.date(), shown.time()) == (met, wall)
                assert not is_left_out(met, wall, zone)
                for days in (1, 7):
                    reminded = days_before(instant(met, wall, zone), days, zone).astimezone(ZoneInfo(zone))
                    assert (reminded.date(), reminded.time()) == (met - timedelta(days=days), wall)


@pytest.mark.parametrize("zone", ZONES)
def test_every_quarter_of_an_hour_of_a_changing_day_is_shown_once_or_said_to_be_left_out(zone: str) -> None:
    for day, by in changes(zone):
        quarters = [(datetime.combine(day, time()) + timedelta(minutes=15 * n)).time() for n in range(96)]
        left_out = [wall for wall in quarters if is_left_out(day, wall, zone)]
        for wall in quarters:
            shown = instant(day, wall, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
            late = shown - datetime.combine(day, wall)
            assert late == (by if wall in left_out else timedelta(0))
            assert instant(day, wall, zone).astimezone(ZoneInfo(zone)).fold == 0
        assert not left_out or by > timedelta(0)


def test_a_time_left_out_comes_as_much_later_as_the_clocks_go_forward() -> None:
    assert is_left_out(date(2027, 3, 28), time(1, 30), "Europe/London")
    assert instant(date(2027, 3, 28), time(1, 30), "Europe/London") == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_of_a_time_that_comes_twice_the_first_is_meant() -> None:
    assert instant(date(2026, 10, 25), time(1, 30), "Europe/London") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
