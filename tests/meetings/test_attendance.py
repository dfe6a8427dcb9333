"""Who was there: marked before and after the closing, and who can be."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from learningsets.models import Membership, User
from sessions import attendance as who
from sessions import lifecycle
from sessions.models import Attendance, Meeting
from tests.meetings.conftest import close, url

State = Meeting.State


def test_a_stranger_cannot_be_marked_present(world: Any, begun: Meeting) -> None:
    page = close(world, begun, present=str(world.odile.pk))
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["present"])


def test_attendance_is_not_changed_after_the_tip(world: Any, begun: Meeting) -> None:
    who.mark_and_close(begun, 1, {world.pia: False}, timezone.now() + timedelta(hours=1))
    Meeting.objects.update(state=State.TIPPED)
    begun.refresh_from_db()
    page = world.client(world.fay).post(url("attendance", begun), {"version": "3", "present": str(world.pia.pk)})
    assert (page.status_code, Attendance.objects.get(membership=world.pia).status) == (409, "absent")


def test_attendance_marked_twice_at_once_shows_both(world: Any, begun: Meeting) -> None:
    who.mark(begun, 1, {world.pia: False, world.omar: True})
    page = world.client(world.fay).post(url("attendance", begun), {"version": "1", "present": str(world.pia.pk)})
    assert (page.status_code, page.context["now"]) == (409, ["Omar"])
    assert page.context["form"]["present"].value() == [str(world.pia.pk)]
    assert page.context["form"]["version"].value() == "2"


def test_a_reason_outlives_the_marking(world: Any, begun: Meeting) -> None:
    said = Attendance.objects.create(meeting=begun, membership=world.pia, status="apologies", reason="a hospital visit")
    said.told_to.add(world.fay)
    who.mark(begun, 1, {world.pia: False})
    assert Attendance.objects.values_list("status", "reason").get() == ("absent", "a hospital visit")

    def read_by() -> list[bool]:
        people = (world.pia, world.omar, world.fay)
        return ["a hospital visit" in world.client(one).get(url("meeting", begun)).text for one in people]

    assert read_by() == [True, False, True]
    who.tap(begun, world.pia.pk, came=True)  # she came after all: why she could not is nobody's business any more
    assert read_by() == [True, False, False]
    told = world.client(world.pia).post(url("withdraw_apologies", begun), follow=True).text
    assert ("Your reason is taken back." in told, read_by()) == (True, [False] * 3)
    assert Attendance.objects.values_list("status", "reason").get() == ("present", "")


def test_a_closed_meeting_gains_marks_and_loses_none(world: Any, begun: Meeting) -> None:
    close(world, begun)
    client = world.client(world.fay)
    page = client.post(url("attendance", begun), {"version": "3", "present": str(world.omar.pk)})
    assert (page.status_code, list(page.context["form"].errors.values())) == (
        422,
        [["The meeting was closed, so whoever was marked present stays so: Pia."]],
    )
    begun.refresh_from_db()
    with pytest.raises(who.StaysPresentError):
        who.mark(begun, 3, {world.pia: False})
    both = [str(world.omar.pk), str(world.pia.pk)]
    assert client.post(url("attendance", begun), {"version": "3", "present": both}).status_code == 302
    assert who.was_present(begun, world.pia)
    assert who.was_present(begun, world.omar)
    begun.refresh_from_db()
    client.post(url("reopen", begun), {"version": begun.version})
    begun.refresh_from_db()
    undone = client.post(url("attendance", begun), {"version": begun.version, "present": str(world.omar.pk)})
    assert (begun.state, undone.status_code) == (State.PLANNED, 422)
    with pytest.raises(who.StaysPresentError):
        who.mark(begun, begun.version, {world.pia: False})


def test_who_was_marked_at_a_meeting_that_is_moved_ahead_was_marked_too_early(world: Any, begun: Meeting) -> None:
    who.mark(begun, 1, {world.pia: True})
    Attendance.objects.create(meeting=begun, membership=world.omar, status="apologies")
    lifecycle.change(begun, 2, lifecycle.Details(timezone.now() + timedelta(days=3), 60, "", ""))
    assert not begun.attendances.exists()  # Omar could not come on the day that it had


def test_the_closing_settles_who_may_have_been_there(world: Any, begun: Meeting) -> None:
    Attendance.objects.create(meeting=begun, membership=world.fay, status="apologies")
    who.mark_and_close(begun, 1, {world.pia: True}, timezone.now() + timedelta(hours=1))
    assert {row.membership: row.status for row in begun.attendances.all()} == {
        world.pia: "present",
        world.omar: "absent",
    }


def test_who_joins_after_a_meeting_or_its_closing_is_not_offered_for_it(world: Any, begun: Meeting) -> None:
    def join(name: str, joined_on: date) -> Membership:
        user = User.objects.create_user(f"{name}@example.org", name)
        place = Membership.objects.create(programme=world.programme, cohort=world.cohort, user=user, role="participant")
        Membership.objects.filter(pk=place.pk).update(joined_on=joined_on)
        return place

    day = begun.local_start.date()
    late = join("Late", day + timedelta(days=1))
    assert who.expected(begun) == [world.omar, world.pia]
    with pytest.raises(who.NotExpectedError):
        who.mark(begun, 1, {late: True})
    begun.refresh_from_db()
    close(world, begun)
    same_day = join("Same", day)
    begun.refresh_from_db()
    assert who.expected(begun) == [world.omar, world.pia]
    world.client(world.fay).post(url("reopen", begun), {"version": "3"})
    begun.refresh_from_db()
    assert (begun.state, who.expected(begun)) == (State.PLANNED, [world.omar, world.pia])
    with pytest.raises(who.NotExpectedError):
        who.mark(begun, 4, {same_day: True})


def test_facilitators_are_told_who_cannot_be_marked_and_why_and_nobody_else_is(world: Any, begun: Meeting) -> None:
    told = (
        "Joined the set after this meeting, so not to be marked for it: Late. Only who was there can answer its "
        "closing questions, and an answer by somebody new could be told apart."
    )
    who.mark(begun, 1, {world.pia: True, world.omar: False})
    user = User.objects.create_user("late@example.org", "Late")
    late = Membership.objects.create(programme=world.programme, cohort=world.cohort, user=user, role="participant")
    Membership.objects.filter(pk=late.pk).update(joined_on=begun.local_start.date() + timedelta(days=1))
    pages = [(world.fay, "meeting"), (world.fay, "attendance"), (world.fay, "close"), (world.pia, "meeting")]
    texts = [" ".join(world.client(one).get(url(name, begun)).text.split()) for one, name in pages]
    assert [text.count(told) for text in texts] == [1, 1, 1, 0]
    assert "Late" not in texts[-1]
