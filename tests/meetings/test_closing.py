"""Closing a meeting: its deadline, what it settles, and how long it can be undone."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from learningsets.contracts import sign
from learningsets.models import Contract, Membership, User
from sessions import attendance as who
from sessions import lifecycle
from sessions.models import Attendance, Meeting
from sessions.words import moment_in_words
from tests.meetings.conftest import close, url

State = Meeting.State


def test_closing_marks_who_was_there_and_sets_the_usual_deadline(world: Any, begun: Meeting) -> None:
    assert close(world, begun).status_code == 302
    begun.refresh_from_db()
    assert begun.tips_at is not None
    assert timedelta(hours=47, minutes=59) < begun.tips_at - timezone.now() <= timedelta(hours=48)
    statuses = dict(Attendance.objects.values_list("membership__user__name", "status"))
    assert (begun.state, statuses) == (State.CLOSED, {"Pia": "present", "Omar": "absent"})


def test_those_in_the_room_can_have_ten_minutes(world: Any, begun: Meeting) -> None:
    close(world, begun, until="soon")
    begun.refresh_from_db()
    assert begun.tips_at is not None
    assert timedelta(minutes=9) < begun.tips_at - timezone.now() <= timedelta(minutes=10)


@pytest.mark.parametrize(
    ("ahead_by", "field"), [(timedelta(minutes=3), "time"), (timedelta(days=-2), "time"), (timedelta(days=33), "day")]
)
def test_a_deadline_too_near_or_too_far_is_refused(world: Any, begun: Meeting, ahead_by: timedelta, field: str) -> None:
    there = (timezone.now() + ahead_by).astimezone(begun.local_start.tzinfo)
    page = close(world, begun, until="chosen", day=f"{there:%Y-%m-%d}", time=f"{there:%H:%M}")
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert page.context["form"]["present"].value() == [str(world.pia.pk)]


def test_a_deadline_of_ones_own_needs_a_day_and_a_time(world: Any, begun: Meeting) -> None:
    assert list(close(world, begun, until="chosen").context["form"].errors) == ["day", "time"]


def test_a_meeting_is_not_closed_before_it_begins(world: Any, ahead: Meeting) -> None:
    assert close(world, ahead).status_code == 302
    ahead.refresh_from_db()
    assert ahead.state == State.PLANNED
    with pytest.raises(lifecycle.NotYetError):
        lifecycle.close(ahead, 1, timezone.now() + timedelta(hours=1))


def test_closing_is_undone_until_the_deadline_and_not_after(world: Any, begun: Meeting) -> None:
    client = world.client(world.fay)
    close(world, begun)
    client.post(url("reopen", begun), {"version": "3"})
    begun.refresh_from_db()
    assert (begun.state, begun.tips_at) == (State.PLANNED, None)
    close(world, begun)
    Meeting.objects.update(tips_at=timezone.now() - timedelta(seconds=1))
    client.post(url("reopen", begun), {"version": "6"})
    begun.refresh_from_db()
    assert begun.state == State.CLOSED


def test_a_meeting_is_marked_tipped_once_and_only_when_due(world: Any, begun: Meeting) -> None:
    lifecycle.close(begun, 1, timezone.now() + timedelta(hours=1))
    assert not lifecycle.mark_tipped(begun)
    Meeting.objects.update(tips_at=timezone.now() - timedelta(seconds=1))
    assert [meeting.pk for meeting in Meeting.objects.due(timezone.now())] == [begun.pk]
    assert [lifecycle.mark_tipped(begun), lifecycle.mark_tipped(begun)] == [True, False]
    assert begun.state == State.TIPPED


def test_after_a_closing_was_undone_the_meeting_stays_on_its_day(world: Any, begun: Meeting) -> None:
    client = world.client(world.fay)
    Meeting.objects.update(starts_at=begun.starts_at.replace(hour=0, minute=0, second=0, microsecond=0))
    close(world, begun)
    client.post(url("reopen", begun), {"version": "3"})
    begun.refresh_from_db()
    form = client.get(url("change", begun)).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    page = client.post(url("change", begun), typed | {"day": "2099-01-13", "last_day": ""})
    assert page.status_code == 422
    assert page.context["form"].errors["day"] == [
        "This meeting was closed, so its date and time stand. Close it again on its page."
    ]
    starts_at = begun.starts_at
    moved = lifecycle.Details(timezone.now() + timedelta(days=3), 60, "", "")
    with pytest.raises(lifecycle.ChangedMeanwhileError):
        lifecycle.change(begun, begun.version, moved)
    client.post(url("cancel", begun), {"version": begun.version})
    begun.refresh_from_db()
    assert (begun.state, begun.starts_at) == (State.PLANNED, starts_at)
    elsewhere = client.post(url("change", begun), typed | {"place": "The annexe"})
    begun.refresh_from_db()
    assert (elsewhere.status_code, begun.place) == (302, "The annexe")


def undoing(page: str) -> tuple[bool, list[str]]:
    """Whether a meeting's page offers to undo the closing, and what it says beneath the button."""
    hints = re.findall(r"Undo the closing</button>\s*<p class=\"hint\">([^<]*)</p>", page)
    return "Undo the closing" in page, hints


def test_undoing_is_offered_with_a_sentence_that_is_true_in_each_state(world: Any, begun: Meeting) -> None:
    client = world.client(world.fay)

    def now() -> tuple[bool, list[str]]:
        return undoing(client.get(url("meeting", begun)).text)

    assert now() == (False, [])
    close(world, begun)
    assert now() == (True, ["Possible until that time. What members wrote before is kept."])
    contract = Contract.objects.create(cohort=world.cohort, version=1, text="What is said here stays here.")
    sign(world.pia, contract)
    for name in ("una", "vic", "wim", "xia"):
        user = User.objects.create_user(f"{name}@example.org", name)
        place = Membership.objects.create(programme=world.programme, cohort=world.cohort, user=user, role="participant")
        Attendance.objects.create(meeting=begun, membership=place, status="present")
        sign(place, contract)
    assert who.open_questions(begun)
    assert now() == (
        True,
        [
            (
                "Possible until that time. What members wrote is kept, in the box or not; nobody can add to it until "
                "you close the meeting again."
            )
        ],
    )
    assert undoing(world.client(world.pia).get(url("meeting", begun)).text) == (False, [])
    Meeting.objects.update(tips_at=timezone.now() - timedelta(seconds=1))
    assert now() == (False, [])
    page = client.get(url("meeting", begun)).text
    assert ("The box is being tipped out; look again in a minute." in page, "Mark who was there" in page) == (
        True,
        False,
    )
    Meeting.objects.update(state=State.TIPPED)
    assert now() == (False, [])


def test_a_deadline_that_was_told_is_not_shortened_by_closing_again(world: Any, begun: Meeting) -> None:
    client = world.client(world.fay)
    close(world, begun, until="soon")
    begun.refresh_from_db()
    told = begun.promised_until
    assert told == begun.tips_at is not None
    client.post(url("reopen", begun), {"version": "3"})
    begun.refresh_from_db()
    Meeting.objects.update(promised_until=timezone.now() + timedelta(hours=20))
    assert begun.promised_until == told
    begun.refresh_from_db()
    page = close(world, begun, until="soon")  # the questions never opened, so nobody was told of a deadline
    assert page.status_code == 302
    Attendance.objects.filter(membership=world.pia).update(may_answer=True)
    begun.refresh_from_db()
    client.post(url("reopen", begun), {"version": begun.version})
    Meeting.objects.update(promised_until=timezone.now() + timedelta(hours=20))
    begun.refresh_from_db()
    offered = client.get(url("close", begun))
    field = offered.context["form"].fields["until"]
    assert ([name for name, _ in field.choices], begun.promised_until is not None) == (["usual", "chosen"], True)
    assert f"open until {moment_in_words(begun.promised_until, begun.time_zone)}. Choose that or later." in offered.text
    assert "Ten minutes would end before that" in offered.text
    page = close(world, begun, until="soon")
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["until"])
    with pytest.raises(lifecycle.DeadlineError):
        lifecycle.close(begun, begun.version, timezone.now() + timedelta(hours=19))
    # The minute that the set was told can be typed, and is what it was told.
    Meeting.objects.update(promised_until=timezone.now() + timedelta(hours=60))
    begun.refresh_from_db()
    form = client.get(url("close", begun)).context["form"]
    assert [name for name, _ in form.fields["until"].choices] == ["chosen"]
    typed = {name: str(form[name].value()) for name in ("day", "time", "until")}
    assert close(world, begun, **typed | {"time": typed["time"][:5]}).status_code == 302
    before = begun.promised_until
    begun.refresh_from_db()
    assert begun.tips_at == before


def test_closing_with_nobody_ticked_asks_who_was_there(world: Any, begun: Meeting) -> None:
    page = close(world, begun, present=[])
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["present"])
    begun.refresh_from_db()
    assert begun.state == State.PLANNED


def test_closing_with_fewer_than_the_floor_opens_no_questions_and_says_so(world: Any, begun: Meeting) -> None:
    client = world.client(world.fay)
    page = client.get(url("close", begun)).content.decode()
    assert "as soon as these are 5; of fewer, an answer could be told apart" in page
    assert page.index("As it stands the questions stay shut: too few have signed") < page.index('name="present"')
    said = world.client(world.fay).post(
        url("close", begun), {"version": "1", "present": str(world.pia.pk), "until": "usual"}, follow=True
    )
    assert [str(message) for message in said.context["messages"]] == [
        "The meeting is closed, and its closing questions stay shut: too few were there who have signed."
    ]
    pages = [world.client(one).get(url("meeting", begun)).content.decode() for one in (world.fay, world.pia)]
    assert ["stay shut: fewer than 5 were there" in page for page in pages] == [True, True]
    begun.refresh_from_db()
    assert (begun.state, begun.has_opened) == (State.CLOSED, False)
    next_one = world.meeting(timezone.now() - timedelta(minutes=5))
    page = client.get(url("close", next_one)).content.decode()
    assert f"This one can be closed when they have ended: {begun.closing_until}" in page
    assert 'name="present"' not in page  # nothing to fill in that would be refused


@pytest.mark.parametrize(("state", "tips_at"), [("closed", None), ("planned", "2026-01-01T00:00Z")])
def test_the_database_joins_a_deadline_to_being_closed(world: Any, state: str, tips_at: str | None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        world.meeting(state=state, tips_at=tips_at)
