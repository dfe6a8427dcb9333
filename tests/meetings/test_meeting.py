"""One meeting: its page, who sees it, its guests."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from learningsets import programmes
from learningsets.models import Cohort, Identifier, Membership, User
from sessions import attendance as who
from sessions.models import Guest, Meeting
from sessions.words import span_in_words
from tests.meetings.conftest import NEW_PLACE, url

State = Meeting.State


FOR_FACILITATORS = ("change", "cancel", "restore", "attendance", "add_guest", "close", "reopen")


def test_dates_are_said_in_the_meetings_own_time_zone(world: Any) -> None:
    meeting = world.meeting(datetime(2026, 12, 8, 14, tzinfo=UTC), time_zone="Europe/Stockholm")
    assert meeting.when == "Tuesday 8 December 2026, 15:00\xa0to\xa018:00"
    assert span_in_words(datetime(2026, 12, 8, 23, tzinfo=UTC), 120, "Europe/London") == (
        "Tuesday 8 December 2026, 23:00 to Wednesday 9 December 2026, 01:00"
    )


@pytest.mark.parametrize("character", ["fay", "pia"])
def test_members_see_place_and_video_link(world: Any, ahead: Meeting, character: str) -> None:
    Meeting.objects.update(place="Room 4", video_link="https://video.example.org/x")
    page = world.client(getattr(world, character)).get(url("meeting", ahead)).content.decode()
    assert ("Room 4" in page, "https://video.example.org/x" in page) == (True, True)
    assert "its room opens on this page" in page


@pytest.mark.parametrize("character", ["odile", "stan"])
@pytest.mark.parametrize("name", ["meeting", "apologies", "withdraw_apologies", *FOR_FACILITATORS])
def test_who_is_not_in_the_set_gets_404(world: Any, ahead: Meeting, character: str, name: str) -> None:
    client = world.client(getattr(world, character))
    assert (client.get if name == "meeting" else client.post)(url(name, ahead)).status_code == 404


@pytest.mark.parametrize("name", FOR_FACILITATORS)
def test_participants_cannot_do_what_facilitators_do(world: Any, ahead: Meeting, name: str) -> None:
    assert world.client(world.pia).post(url(name, ahead), NEW_PLACE).status_code == 404
    ahead.refresh_from_db()
    assert (ahead.version, ahead.state) == (1, State.PLANNED)


def test_who_has_left_the_set_gets_404(world: Any, ahead: Meeting) -> None:
    world.pia.left_on = timezone.localdate()
    world.pia.save()
    assert world.client(world.pia).get(url("meeting", ahead)).status_code == 404


def test_the_day_of_joining_is_the_one_where_the_set_is(world: Any) -> None:
    """In Los Angeles an evening is the next day already in UTC, which the database keeps."""
    Cohort.objects.update(time_zone="America/Los_Angeles")
    cohort = Cohort.objects.get(pk=world.cohort.pk)

    def joins(name: str, at: str) -> Membership:
        user = User.objects.create_user(f"{name}@example.org", name)
        with time_machine.travel(at, tick=False):
            return programmes.join(user, programme=cohort.programme, cohort=cohort, role="participant")

    meeting = world.meeting(datetime(2027, 6, 8, 1, tzinfo=UTC))  # Monday 7 June, 18:00
    meeting.cohort = cohort
    before = joins("Ava", "2027-06-07T17:30:00-07:00")
    joins("Zoe", "2027-06-08T09:00:00-07:00")
    assert before.joined_on == date(2027, 6, 7)
    assert who.expected(meeting) == [before, world.omar, world.pia]


def test_pages_answer_no_method_but_their_own(world: Any, begun: Meeting) -> None:
    client = world.client(world.fay)
    pages = {name: url(name, begun) for name in ("change", "attendance", "close")}
    pages["schedule"] = reverse("meetings:schedule", args=[world.cohort.pk])
    assert {name: client.put(address).status_code for name, address in pages.items()} == dict.fromkeys(pages, 405)
    assert client.post(url("meeting", begun)).status_code == 405


def test_the_boundary_knows_a_guest_for_good(world: Any, ahead: Meeting) -> None:
    client = world.client(world.fay)
    client.post(url("add_guest", ahead), {"name": "Gus Gray", "organisation": "Gray Trust"})
    client.post(reverse("meetings:remove_guest", args=[ahead.pk, Guest.objects.get().pk]))
    assert Guest.objects.count() == 0
    assert list(Identifier.objects.filter(user=None).values_list("kind", "value")) == [
        ("name", "Gus Gray"),
        ("organisation", "Gray Trust"),
    ]


def test_only_facilitators_read_guests(world: Any, ahead: Meeting) -> None:
    who.add_guest(ahead, "Gus Gray", "")
    seen = [world.client(m).get(url("meeting", ahead)).content.decode() for m in (world.fay, world.pia)]
    assert ["Gus Gray" in page for page in seen] == [True, False]


def test_a_guest_without_a_name_is_refused(world: Any, ahead: Meeting) -> None:
    page = world.client(world.fay).post(url("add_guest", ahead), {"name": " ", "organisation": "Gray Trust"})
    assert (page.status_code, page.context["guest_form"]["organisation"].value()) == (422, "Gray Trust")


@pytest.mark.parametrize("rows", [1, 2])
def test_meeting_takes_the_same_queries_for_one_apology_and_for_two(
    world: Any, ahead: Meeting, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for membership in (world.pia, world.omar)[:rows]:
        who.cannot_come(ahead, membership, "")
    client = world.client(world.fay)
    with django_assert_num_queries(10):  # one of them whether another box will keep it from being closed
        assert client.get(url("meeting", ahead)).status_code == 200
