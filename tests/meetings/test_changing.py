"""Moving, changing and cancelling a meeting, and of two facilitators the one who is told."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from learningsets.models import Letter
from sessions import attendance as who
from sessions import lifecycle
from sessions.models import Meeting
from tests.meetings.conftest import NEW_PLACE, url

State = Meeting.State


def test_moving_writes_to_each_member_once(world: Any, ahead: Meeting) -> None:
    planned = ahead.starts_at
    who.cannot_come(ahead, world.pia, "a hospital visit")  # on the day that it had: her letter is as everybody's
    Letter.objects.all().delete()  # that somebody can't come
    client = world.client(world.fay)
    answer = client.post(url("change", ahead), NEW_PLACE)
    assert (
        "15:30\xa0to\xa017:00. Everybody in the set gets an e-mail about it in a minute." in client.get(answer.url).text
    )
    ahead.refresh_from_db()
    assert (who.apology_of(ahead, world.pia), ahead.attendances.count()) == (None, 0)
    assert (answer.status_code, ahead.when) == (302, "Wednesday 10 December 2098, 15:30\xa0to\xa017:00")
    letters = Letter.objects.values_list("to", "subject")
    assert sorted(letters) == [
        (f"{name}@example.org", "A meeting of your learning set has changed") for name in ("fay", "omar", "pia")
    ]
    was = f"{Meeting(starts_at=planned, time_zone='Europe/London').when} (Europe/London)"
    link = f"http://localhost:8000{url('meeting', ahead)}"
    now = "Wednesday 10 December 2098, 15:30\xa0to\xa017:00 (Europe/London)"
    below = f"{link}\n\nIf you can’t come:\n{link}apologies/\n"
    again = "Where the day is new, everybody counts as coming: who had said that they can’t come, please say it again."
    assert set(Letter.objects.values_list("body", flat=True)) == {
        f"A meeting of your learning set has moved.\n\nIt was to be: {was}\nIt is now: {now}\n\n{again}\n\n{below}"
    }
    Letter.objects.all().delete()
    who.cannot_come(ahead, world.pia, "")
    ahead.attendances.create(membership=world.omar, status="present")  # too early: it goes with the time
    later = NEW_PLACE | {"start_time": "16:00", "version": "2"}  # another time of the same day asks nobody again
    world.client(world.fay).post(url("change", ahead), later)
    assert not Letter.objects.filter(body__contains="say it again").exists()
    world.client(world.fay).post(url("change", ahead), NEW_PLACE | {"version": "3"})
    ahead.refresh_from_db()
    assert who.apology_of(ahead, world.pia) is not None
    assert ahead.attendances.count() == 1
    Letter.objects.all().delete()
    world.client(world.fay).post(url("change", ahead), NEW_PLACE | {"place": "Attic", "version": "4"})
    assert set(Letter.objects.values_list("body", flat=True)) == {
        f"A meeting of your learning set has a new place or video link. Its date stays: {now}.\n\n{below}"
    }


def test_saving_without_a_change_writes_no_letter(world: Any, ahead: Meeting) -> None:
    form = world.client(world.fay).get(url("change", ahead)).context["form"]
    Meeting.objects.update(starts_at=ahead.starts_at.replace(second=0, microsecond=0))
    same = {field.name: field.value() for field in form}
    same |= {name: same[name].strftime("%H:%M") for name in ("start_time", "end_time")}
    same |= {"day": str(same["day"]), "last_day": same["last_day"] or "", "seen": ""}
    page = world.client(world.fay).post(url("change", ahead), same, follow=True).text
    assert ("Nothing differs, so nobody gets an e-mail." in page, Letter.objects.count()) == (True, 0)


def test_of_two_facilitators_one_is_told_and_sees_both(world: Any, ahead: Meeting) -> None:
    client = world.client(world.fay)
    client.post(url("change", ahead), NEW_PLACE)
    page = client.post(url("change", ahead), NEW_PLACE | {"place": "Canteen"})
    assert (page.status_code, page.context["now"].place) == (409, "Library")
    assert page.context["form"]["place"].value() == "Canteen"
    again = {field.name: field.value() or "" for field in page.context["form"]}
    assert client.post(url("change", ahead), again).status_code == 302
    ahead.refresh_from_db()
    assert (ahead.place, ahead.version) == ("Canteen", 3)


def test_a_move_into_the_past_is_refused_but_the_place_of_a_past_meeting_can_change(world: Any, begun: Meeting) -> None:
    page = world.client(world.fay).post(url("change", begun), NEW_PLACE | {"day": "2020-12-10"})
    assert page.context["form"].errors == {
        "day": [
            (
                "This date is past, and a meeting can only be moved to one that is still to come. If the set has met "
                "already, leave the date as it stands and close the meeting on its page."
            )
        ]
    }
    Meeting.objects.update(starts_at=begun.starts_at.replace(second=0, microsecond=0))
    begun.refresh_from_db()
    stays = {"day": f"{begun.local_start:%Y-%m-%d}", "start_time": f"{begun.local_start:%H:%M}"}
    stays |= {"last_day": f"{begun.local_end:%Y-%m-%d}", "end_time": f"{begun.local_end:%H:%M}"}
    assert world.client(world.fay).post(url("change", begun), NEW_PLACE | stays).status_code == 302


def test_a_time_the_clocks_leave_out_is_refused(world: Any, ahead: Meeting) -> None:
    typed = NEW_PLACE | {"day": "2027-03-28", "start_time": "01:30"}
    page = world.client(world.fay).post(url("change", ahead), typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["start_time"])


def test_cancelling_asks_first_and_can_be_undone(world: Any, ahead: Meeting) -> None:
    client = world.client(world.fay)
    Meeting.objects.filter(pk=ahead.pk).update(video_link="https://video.example/alder")
    page = client.get(url("meeting", ahead)).text
    assert "Join by video" in page
    assert (f'href="{url("cancel", ahead)}"' in page, f'action="{url("cancel", ahead)}"' in page) == (True, False)
    assert "Everybody in the set gets an e-mail about it in a minute." in client.get(url("cancel", ahead)).text
    ahead.refresh_from_db()
    assert (ahead.state, Letter.objects.count()) == (State.PLANNED, 0)
    client.post(url("cancel", ahead), {"version": "1"})
    ahead.refresh_from_db()
    assert ahead.state == State.CANCELLED
    page = client.get(url("meeting", ahead)).text  # says what was done, and what the button that undoes it does
    assert page.count("Everybody in the set gets an e-mail about it in a minute.") == 2
    assert "Join by video" not in page
    assert Letter.objects.count() == 3
    client.post(url("restore", ahead), {"version": "2"})
    ahead.refresh_from_db()
    assert (ahead.state, Letter.objects.count()) == (State.PLANNED, 0)  # within a minute nobody has heard of it


@pytest.mark.parametrize("version", ["0", "", "x", "9" * 30])
def test_a_button_of_an_old_page_does_nothing(world: Any, ahead: Meeting, version: str) -> None:
    assert world.client(world.fay).post(url("cancel", ahead), {"version": version}).status_code == 302
    ahead.refresh_from_db()
    assert (ahead.state, Letter.objects.count()) == (State.PLANNED, 0)


PAST = "This date is past, and a meeting can only be moved to one that is still to come."


def test_a_meeting_moves_to_no_past_date_and_the_field_says_what_to_do(
    world: Any, ahead: Meeting, begun: Meeting
) -> None:
    client = world.client(world.fay)
    for meeting, day, errors in (
        (ahead, "2026-01-06", {"day": [PAST]}),
        (
            begun,
            "2026-01-06",
            {
                "day": [
                    f"{PAST} If the set has met already, leave the date as it stands and close the meeting on its page."
                ]
            },
        ),
        (
            ahead,
            str(timezone.now().astimezone(ZoneInfo("Europe/London")).date()),
            {"start_time": ["This time is past. Choose one that is still to come."]},
        ),
    ):
        page = client.post(url("change", meeting), NEW_PLACE | {"day": day, "start_time": "00:00"})
        assert (page.status_code, page.context["form"].errors) == (422, errors)
        assert page.context["form"]["place"].value() == "Library"


def test_a_set_meets_once_a_day(world: Any, ahead: Meeting) -> None:
    """Not by a move, nor by calling a cancellation off; and of two who choose one day at once the second is told."""
    client = world.client(world.fay)
    other = world.meeting(ahead.starts_at + timedelta(days=7))
    there = NEW_PLACE | {"day": str(other.local_start.date())}
    page = client.post(url("change", ahead), there)
    assert page.status_code == 422
    assert page.context["form"].errors == {
        "day": [f"The set meets on that day already: {other.when}. Choose another day, or cancel that meeting first."]
    }
    with pytest.raises(lifecycle.SameDayError):
        lifecycle.change(ahead, 1, lifecycle.Details(other.starts_at, 90, "", ""))
    client.post(url("cancel", other), {"version": 1})
    assert client.post(url("change", ahead), there).status_code == 302
    page = client.post(url("restore", other), {"version": 2}, follow=True)
    assert "Nothing was done: the set meets on that day already" in page.text
    other.refresh_from_db()
    assert other.state == State.CANCELLED
