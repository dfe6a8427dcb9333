"""This meeting and those after it: what changes is shown, date by date, and what is held stays."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from learningsets.models import Letter
from sessions import lifecycle
from sessions.letters import dates_are_set
from sessions.lifecycle import Details
from sessions.models import Meeting, Series
from sessions.scheduling import save_series

TYPED = {
    "day": "2027-01-13",  # a day later than the second Tuesday
    "start_time": "15:00",
    "last_day": "",
    "end_time": "17:30",
    "place": "Library",
    "video_link": "",
    "scope": "following",
    "version": "1",
}


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    """Whenever it runs, the dates below lie ahead."""
    with time_machine.travel("2026-11-20T09:00:00Z", tick=False):
        yield


@pytest.fixture
def year(world: Any) -> list[Meeting]:
    """Second Tuesdays from December 2026 to April 2027, 14:00 to 17:00 in London."""
    series = Series(
        cohort=world.cohort,
        ordinal=2,
        weekday=1,
        starts_on=datetime(2026, 12, 1).date(),
        months=5,
        time_zone="Europe/London",
    )
    series.start_time = datetime(2026, 12, 1, 14).time()
    return list(save_series(series, "Room 4", "", tell=False).meetings.order_by("starts_at"))


def send(world: Any, meeting: Meeting, **typed: str) -> Any:
    """The change form, sent once."""
    return world.client(world.fay).post(reverse("meetings:change", args=[meeting.pk]), TYPED | typed)


def save(world: Any, meeting: Meeting, **typed: str) -> Any:
    """What was shown, saved."""
    return send(world, meeting, **typed, save="1", seen=send(world, meeting, **typed).context["seen"])


def stand() -> list[tuple[str, str]]:
    """Each meeting in words, with its place."""
    return [(f"{one.local_start:%a %d %b %H:%M}-{one.local_end:%H:%M}", one.place) for one in Meeting.objects.all()]


def test_each_date_is_shown_then_all_change_and_one_letter_tells(world: Any, year: list[Meeting]) -> None:
    """What was moved by itself moves on by as many days; a place of its own stays where the place stays here."""
    december, january, february, march, april = year
    lifecycle.change(march, 1, Details(datetime(2027, 3, 10, 10, tzinfo=UTC), 60, "Attic", ""))
    lifecycle.cancel(april, 1)
    lone = world.meeting(datetime(2027, 2, 20, 9, tzinfo=UTC))
    before = stand()
    Letter.objects.all().delete()
    page = send(world, january, place="Room 4")
    assert [one.when for one in page.context["planned"]] == [
        "Wednesday 13 January 2027, 15:00\xa0to\xa017:30",
        "Wednesday 10 February 2027, 15:00\xa0to\xa017:30",
        "Thursday 11 March 2027, 15:00\xa0to\xa017:30",
    ]
    stays = page.text.partition("These stay where they are")[2].partition("</ul>")[0]
    assert re.findall(r"/meetings/([-0-9a-f]+)/change/", stays) == [str(lone.pk)]
    assert "Saturday 20 February 2027, 09:00\xa0to\xa012:00" in stays
    assert (page.status_code, stand()) == (200, before)
    assert save(world, january, place="Room 4").url == reverse("learningsets:cohort", args=[world.cohort.pk])
    assert stand() == [
        before[0],
        ("Wed 13 Jan 15:00-17:30", "Room 4"),
        ("Wed 10 Feb 15:00-17:30", "Room 4"),
        before[3],
        ("Thu 11 Mar 15:00-17:30", "Attic"),
        before[5],
    ]
    assert (before[3][0], lone.place) == ("Sat 20 Feb 09:00-12:00", "")
    assert sorted(Letter.objects.values_list("to", flat=True)) == [
        "fay@example.org",
        "omar@example.org",
        "pia@example.org",
    ]
    letter = Letter.objects.first()
    assert letter.body.split("\n\n")[:2] == [
        "Meetings of your learning set have changed:",
        (
            "- It was to be: Tuesday 12 January 2027, 14:00\xa0to\xa017:00 (Europe/London)\n"
            "  It is now: Wednesday 13 January 2027, 15:00\xa0to\xa017:30 (Europe/London)\n"
            "- It was to be: Tuesday 9 February 2027, 14:00\xa0to\xa017:00 (Europe/London)\n"
            "  It is now: Wednesday 10 February 2027, 15:00\xa0to\xa017:30 (Europe/London)\n"
            "- It was to be: Wednesday 10 March 2027, 10:00\xa0to\xa011:00 (Europe/London)\n"
            "  It is now: Thursday 11 March 2027, 15:00\xa0to\xa017:30 (Europe/London)"
        ),
    ]
    assert letter.calendar == [str(one.pk) for one in (january, february, march)]
    assert [m.version for m in Meeting.objects.filter(pk__in=[december.pk, february.pk]).order_by("starts_at")] == [
        1,
        2,
    ]


def test_a_place_alone_changes_no_date_and_what_stays_is_in_no_letter(world: Any, year: list[Meeting]) -> None:
    dates = [when for when, _place in stand()]
    Meeting.objects.filter(pk=year[1].pk).update(place="Library")
    typed = {"day": "2026-12-08", "start_time": "14:00", "end_time": "17:00"}
    assert send(world, year[0], **typed).text.count("stays as it is") == 1
    save(world, year[0], **typed)
    assert stand() == [(when, "Library") for when in dates]
    assert [one.version for one in Meeting.objects.order_by("starts_at")] == [2, 1, 2, 2, 2]
    letter = Letter.objects.first()
    assert (len(letter.calendar), letter.body.count("the date stays")) == (4, 4)
    nothing = save(world, year[0], **typed, version="2")
    assert "nobody gets an e-mail" in str(next(iter(get_messages(nothing.wsgi_request))))
    assert Letter.objects.count() == 3


def test_a_letter_with_all_dates_that_waits_takes_up_what_changes(world: Any, year: list[Meeting]) -> None:
    dates_are_set(world.cohort, Meeting.objects.all())
    save(world, year[1])
    letters = [(letter.subject, len(letter.calendar)) for letter in Letter.objects.all()]
    assert letters == [("The dates of your learning set", 5)] * 3
    assert "Wednesday 13 January 2027, 15:00\xa0to\xa017:30" in Letter.objects.first().body


def test_the_new_end_counts_for_all_though_this_one_takes_as_long_as_before(world: Any, year: list[Meeting]) -> None:
    """One that is half an hour shorter by itself moves by as much: the others still end when it was typed."""
    details = Details(datetime(2026, 12, 8, 14, tzinfo=UTC), 150, "Room 4", "")
    lifecycle.change(year[0], 1, details)
    typed = {"day": "2026-12-08", "start_time": "10:00", "end_time": "12:30", "version": "2"}
    shown = [one.when for one in send(world, year[0], **typed).context["planned"]]
    assert {when.partition(", ")[2] for when in shown} == {"10:00\xa0to\xa012:30"}
    save(world, year[0], **typed)
    assert [meeting.when for meeting in Meeting.objects.all()] == shown


def test_over_a_change_of_the_clocks_the_wall_time_is_the_same(world: Any, year: list[Meeting]) -> None:
    save(world, year[3], day="2027-03-10", start_time="09:30", end_time="12:00")
    assert [when for when, _place in stand()[3:]] == ["Wed 10 Mar 09:30-12:00", "Wed 14 Apr 09:30-12:00"]


def test_a_day_that_is_taken_by_one_that_stays_is_said_beside_the_date(world: Any, year: list[Meeting]) -> None:
    world.meeting(datetime(2027, 2, 10, 9, tzinfo=UTC))
    page = send(world, year[1])
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["day"])
    assert "Wednesday 10 February 2027" in str(page.context["form"].errors["day"])


def test_what_is_held_closed_or_of_another_rule_does_not_follow(world: Any, year: list[Meeting]) -> None:
    with time_machine.travel("2027-02-09T15:00:00Z", tick=False):
        page = send(world, year[0], day="2026-12-08", start_time="14:00", end_time="17:00")
        assert [one.meeting for one in page.context["planned"]] == [year[0], year[3], year[4]]
    Meeting.objects.filter(pk=year[4].pk).update(promised_until="2027-04-20T00:00Z")
    page = send(world, year[2])
    assert (
        [one.meeting for one in page.context["planned"]],
        page.text.count(reverse("meetings:change", args=[year[4].pk])),
    ) == (year[2:4], 1)
    lone = world.meeting(datetime(2026, 12, 20, 9, tzinfo=UTC))
    assert "scope" not in world.client(world.fay).get(reverse("meetings:change", args=[lone.pk])).context["form"].fields


def test_what_somebody_changed_since_it_was_shown_is_shown_again(world: Any, year: list[Meeting]) -> None:
    seen = send(world, year[1]).context["seen"]
    lifecycle.change(year[2], 1, Details(year[2].starts_at, 180, "Attic", ""))
    again = send(world, year[1], save="1", seen=seen)
    assert (again.status_code, len(again.context["planned"])) == (200, 4)
    seen = again.context["seen"]
    lifecycle.change(year[1], 1, Details(year[1].starts_at, 180, "Cellar", ""))
    assert send(world, year[1], save="1", seen=seen).status_code == 200
    late = save(world, year[1])
    assert (late.status_code, late.context["now"].place) == (409, "Cellar")
    assert save(world, year[1], version="2").status_code == 302


@pytest.mark.parametrize("rows", [2, 4])
def test_the_preview_takes_the_same_queries_for_two_and_for_four(
    world: Any, year: list[Meeting], rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, first = world.client(world.fay), year[5 - rows]
    url = reverse("meetings:change", args=[first.pk])
    day = f"{first.local_start + timedelta(days=1):%Y-%m-%d}"
    with django_assert_num_queries(10):
        assert len(client.post(url, TYPED | {"day": day}).context["planned"]) == rows
