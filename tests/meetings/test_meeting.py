"""One meeting: its page, apologies, moving, cancelling, closing, guests."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from learningsets import mail, members, programmes
from learningsets.contracts import sign
from learningsets.models import Cohort, Contract, Identifier, Letter, Membership, Programme, User
from sessions import attendance as who
from sessions import lifecycle, tasks
from sessions.models import Attendance, Guest, Meeting, Practice
from sessions.words import moment_in_words, span_in_words

State = Meeting.State
FOR_FACILITATORS = ("change", "cancel", "restore", "attendance", "add_guest", "close", "reopen")
NEW_PLACE = {
    "day": "2098-12-10",
    "start_time": "15:30",
    "last_day": "",
    "end_time": "17:00",
    "place": "Library",
    "video_link": "https://video.example.org/x",
    "version": "1",
}


def url(name: str, meeting: Meeting) -> str:
    """An address of one meeting."""
    return reverse(f"meetings:{name}", args=[meeting.pk])


@pytest.fixture
def ahead(world: Any) -> Meeting:
    """A meeting that lies a month ahead."""
    meeting: Meeting = world.meeting(timezone.now() + timedelta(days=30))
    return meeting


@pytest.fixture
def begun(world: Any) -> Meeting:
    """A meeting that began an hour ago."""
    meeting: Meeting = world.meeting(timezone.now() - timedelta(hours=1))
    return meeting


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


def test_a_set_sees_who_cannot_come_and_only_facilitators_see_why(world: Any, ahead: Meeting) -> None:
    world.client(world.pia).post(url("apologies", ahead), {"reason": "a hospital visit"})
    seen = {
        name: world.client(getattr(world, name)).get(url("meeting", ahead)).content.decode()
        for name in ("fay", "pia", "omar")
    }
    assert {name: "Pia: Can&#x27;t come" in page for name, page in seen.items()} == dict.fromkeys(seen, True)
    assert [name for name, page in seen.items() if "a hospital visit" in page] == ["fay", "pia"]


def test_who_facilitates_a_set_later_reads_no_reason_that_was_given_before(world: Any, ahead: Meeting) -> None:
    """Nor does one who facilitated it then and takes part in it now; a reason that is given anew is told anew."""
    world.client(world.pia).post(url("apologies", ahead), {"reason": "a hospital visit"})
    gus = programmes.join(
        User.objects.create_user("gus@example.org", "Gus"),
        programme=world.programme,
        cohort=world.cohort,
        role="facilitator",
    )

    def read_by(*people: Membership) -> list[bool]:
        return ["a hospital visit" in world.client(one).get(url("meeting", ahead)).text for one in people]

    assert read_by(world.fay, gus) == [True, False]
    Membership.objects.filter(pk=world.fay.pk).update(role="participant")
    world.client(world.omar).post(url("apologies", ahead), {"reason": ""})
    assert read_by(world.fay, gus) == [False, False]
    world.client(world.pia).post(url("apologies", ahead), {"reason": "a hospital visit"})
    assert read_by(world.fay, gus) == [False, True]


def test_a_reason_goes_a_month_after_the_meeting_and_when_nobody_may_read_it(world: Any, ahead: Meeting) -> None:
    """That they could not come stays."""
    past = world.meeting(timezone.now() - timedelta(days=31, minutes=1))
    for meeting in (ahead, past, world.meeting(timezone.now() - timedelta(days=30))):
        row = Attendance.objects.create(meeting=meeting, membership=world.pia, status="apologies", reason="a visit")
        row.told_to.add(world.fay, world.omar)  # Omar facilitated then

    def kept() -> list[str]:
        tasks.forget_reasons()
        return list(Attendance.objects.order_by("meeting__starts_at").values_list("reason", flat=True))

    assert kept() == ["", "a visit", "a visit"]
    assert members.leave(world.omar)
    assert kept() == ["", "a visit", "a visit"]
    Membership.objects.filter(pk=world.fay.pk).update(role="participant")
    assert kept() == ["", "", ""]
    assert set(Attendance.objects.values_list("status", flat=True)) == {"apologies"}


def test_apologies_can_be_taken_back_and_said_twice(world: Any, ahead: Meeting) -> None:
    client = world.client(world.pia)
    for reason in ("", "a hospital visit", ""):  # the last from a tab that was opened before
        client.post(url("apologies", ahead), {"reason": reason})
    assert Attendance.objects.get().reason == "a hospital visit"
    homes = [world.client(who).get("/").text for who in (world.pia, world.omar, world.fay)]
    assert ["You said you can't come" in home for home in homes] == [True, False, False]
    assert [f'href="{url("apologies", ahead)}"' in home for home in homes] == [True, True, False]
    client.post(url("withdraw_apologies", ahead))
    assert Attendance.objects.count() == 0


def test_facilitators_are_told_at_a_glance_and_by_an_email_that_names_nobody(
    world: Any, ahead: Meeting, mailoutbox: list[Any]
) -> None:
    """One e-mail for all who said so within five minutes; none where they can come after all by then."""

    def five_minutes_pass() -> None:
        for _pass in range(16):
            mail.send_waiting()

    answer = world.client(world.omar).post(url("apologies", ahead), {"reason": "a journey"}, follow=True)
    assert "Your facilitators get an e-mail, which does not name you." in answer.text
    world.client(world.omar).post(url("withdraw_apologies", ahead))
    five_minutes_pass()
    assert mailoutbox == []
    for one, reason in ((world.pia, "a hospital visit"), (world.omar, "a journey"), (world.pia, "a long visit")):
        world.client(one).post(url("apologies", ahead), {"reason": reason})
    five_minutes_pass()
    (told,) = mailoutbox
    assert (told.to, ahead.when in told.body, url("meeting", ahead) in told.body) == (
        [world.fay.user.email],
        True,
        True,
    )
    assert re.search(r"Pia|Omar|visit|journey", told.subject + told.body) is None
    home = reverse("learningsets:cohort", args=[world.cohort.pk])
    assert re.search(r"Can't come:\s+Omar[\w ]*, Pia", world.client(world.fay).get(home).text)
    assert "Can't come:" not in world.client(world.omar).get(home).text


def test_facilitators_hear_of_apologies_taken_back_and_of_the_hour_that_holds_when_the_letter_leaves(
    world: Any, mailoutbox: list[Any]
) -> None:
    """One e-mail for all that changed within five minutes, with nobody's name; none where they were told of nothing."""
    meeting = world.meeting(datetime(2098, 12, 9, 14, tzinfo=UTC))

    def say(who: Membership, name: str) -> None:
        world.client(who).post(url(name, meeting), {"reason": "a visit"})

    def told() -> list[str]:
        for _pass in range(16):
            mail.send_waiting()
        letters = [f"{one.subject}\n{one.body}" for one in mailoutbox if "come" in one.subject]
        mailoutbox.clear()
        assert not any(re.search("Pia|Omar|visit", letter) for letter in letters)
        return [letter.partition(" on its page:")[0].partition("\n")[2] for letter in letters]

    say(world.pia, "apologies")
    later = NEW_PLACE | {"day": "2098-12-09"}
    assert world.client(world.fay).post(url("change", meeting), later).status_code == 302
    when = "Tuesday 9 December 2098, 15:30\xa0to\xa017:00 (Europe/London)"
    assert told() == [f"Somebody can’t come on {when}. Who it is, and the reason if they gave one, is"]
    for first, then in (("withdraw_apologies", "apologies"), ("apologies", "withdraw_apologies")):
        for name in (first, then):  # with Pia's said anew, and Omar's taken back, it is as they were told
            say(world.pia if first == "withdraw_apologies" else world.omar, name)
        assert told() == []
    say(world.omar, "apologies")
    for _twice in range(2):
        say(world.pia, "withdraw_apologies")
    (changed,) = told()
    assert changed == f"Who can come on {when} has changed. Who can’t, and the reason if they gave one, is"
    say(world.omar, "withdraw_apologies")
    (nobody,) = told()
    assert nobody.startswith(f"Everybody is expected on {when} again. This is its page:")
    say(world.omar, "withdraw_apologies")
    say(world.pia, "apologies")
    say(world.pia, "withdraw_apologies")
    assert told() == []


def test_who_takes_part_finds_the_bid_from_home_unless_the_set_shares_time_alike(world: Any, ahead: Meeting) -> None:
    pages = ("/", reverse("learningsets:cohort", args=[world.cohort.pk]), url("meeting", ahead))
    link = f'href="{reverse("challenges:bid", args=[ahead.pk])}"'

    def found(who: Membership) -> list[bool]:
        return [link in world.client(who).get(page).text for page in pages]

    assert (found(world.pia), found(world.fay)) == ([True] * 3, [False] * 3)
    bid = reverse("challenges:bid", args=[ahead.pk])
    typed = {"minutes": 20, "urgency": 1}
    world.client(world.pia).post(bid, typed)
    world.client(world.pia).post(url("apologies", ahead), {"reason": ""})
    assert found(world.pia) == [False] * 3
    assert "Pia: 20" not in world.client(world.omar).get(pages[2]).text
    page, refused = world.client(world.pia).get(bid), world.client(world.pia).post(bid, typed | {"minutes": 40})
    assert (page.status_code, refused.status_code) == (200, 422)
    for shown in (page, refused):
        assert ("say so on the meeting's page first" in shown.text, 'name="minutes"' in shown.text) == (
            True,
            False,
        )
    world.client(world.pia).post(url("withdraw_apologies", ahead))
    assert found(world.pia) == [True] * 3
    assert "Pia: 20" in world.client(world.omar).get(pages[2]).text
    Practice.objects.create(cohort=world.cohort, sharing="equal")
    assert found(world.pia) == [False] * 3


def test_a_reason_that_is_too_long_is_kept_on_the_page(world: Any, ahead: Meeting) -> None:
    page = world.client(world.pia).post(url("apologies", ahead), {"reason": "x" * 301})
    assert (page.status_code, page.context["form"]["reason"].value()) == (422, "x" * 301)


def test_the_link_of_a_letter_leads_to_one_button_after_signing_in(world: Any, ahead: Meeting) -> None:
    """A mail scanner that follows it does nothing; who is not signed in comes back to it."""
    stranger, pia = Client(), world.client(world.pia)
    assert stranger.get(url("apologies", ahead)).url == f"{reverse('account_login')}?next={url('apologies', ahead)}"
    page = pia.get(url("apologies", ahead)).text
    main = page[page.index("<main") : page.index("</main>")]
    assert (main.count("<button"), ">I can't come</button>" in main, Attendance.objects.count()) == (1, True, 0)
    pia.post(url("apologies", ahead), {"reason": "a hospital visit"})
    again = pia.get(url("apologies", ahead)).text
    assert ("I can come after all" in again, "a hospital visit" in again) == (True, True)
    assert "a hospital visit" not in world.client(world.omar).get(url("apologies", ahead)).text
    lifecycle.cancel(ahead, 1)
    assert "<form" not in pia.get(url("apologies", ahead)).text.partition("<main")[2]


def test_apologies_come_too_late_once_a_meeting_has_begun(world: Any, begun: Meeting) -> None:
    who.mark(begun, 1, {world.pia: True})
    world.client(world.pia).post(url("apologies", begun), {"reason": ""})
    assert who.was_present(begun, world.pia)


def test_taking_apologies_back_leaves_what_was_marked(world: Any, begun: Meeting) -> None:
    who.mark(begun, 1, {world.pia: True, world.omar: False})
    world.client(world.pia).post(url("withdraw_apologies", begun))
    assert who.was_present(begun, world.pia)


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
    later = NEW_PLACE | {"start_time": "16:00", "version": "2"}  # another time of the same day asks nobody again
    world.client(world.fay).post(url("change", ahead), later)
    assert not Letter.objects.filter(body__contains="say it again").exists()
    world.client(world.fay).post(url("change", ahead), NEW_PLACE | {"version": "3"})
    ahead.refresh_from_db()
    assert who.apology_of(ahead, world.pia) is not None
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


def close(world: Any, meeting: Meeting, **typed: str) -> Any:
    """Fay closes a meeting; Pia was there."""
    form = {"version": str(meeting.version), "present": str(world.pia.pk), "until": "usual"}
    return world.client(world.fay).post(url("close", meeting), form | typed)


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


def test_a_stranger_cannot_be_marked_present(world: Any, begun: Meeting) -> None:
    page = close(world, begun, present=str(world.odile.pk))
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["present"])


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
        lifecycle.change(ahead, 1, lifecycle.Details(other.starts_at + timedelta(minutes=5), 90, "", ""))
    client.post(url("cancel", other), {"version": 1})
    assert client.post(url("change", ahead), there).status_code == 302
    page = client.post(url("restore", other), {"version": 2}, follow=True)
    assert "Nothing was done: the set meets on that day already" in page.text
    other.refresh_from_db()
    assert other.state == State.CANCELLED


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
    assert f"This meeting can be closed after {begun.closing_until}" in page
    assert 'name="present"' not in page  # nothing to fill in that would be refused


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


@pytest.mark.parametrize(("state", "tips_at"), [("closed", None), ("planned", "2026-01-01T00:00Z")])
def test_the_database_joins_a_deadline_to_being_closed(world: Any, state: str, tips_at: str | None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        world.meeting(state=state, tips_at=tips_at)


def render(template: str, **context: Any) -> str:
    """A panel as a page would show it."""
    return Template("{% load meetings_panels %}" + template).render(Context(context))


def test_the_panel_tells_next_later_and_past(world: Any, ahead: Meeting, begun: Meeting) -> None:
    later = world.meeting(timezone.now() + timedelta(days=60))
    Meeting.objects.filter(pk=begun.pk).update(starts_at=timezone.now() - timedelta(days=30))
    begun.refresh_from_db()
    page = render("{% meetings_panel membership %}", membership=world.fay)
    order = [page.index(heading) for heading in ("Next", ahead.when, "After that", later.when, "Past")]
    assert order == sorted(order)
    assert "not closed yet" in page


def test_while_the_set_meets_its_list_is_one_step_from_home(world: Any, begun: Meeting) -> None:
    listed = reverse("meetings:concepts", args=[begun.pk])
    pages = [world.client(world.pia).get(address).text for address in ("/", f"/sets/{world.cohort.pk}/")]
    assert [("Meeting now" in page, listed in page, "Not closed yet" in page) for page in pages] == [
        (True, True, False)
    ] * 2
    Meeting.objects.filter(pk=begun.pk).update(starts_at=timezone.now() - timedelta(hours=9))
    assert listed not in world.client(world.pia).get("/").text


def test_the_panel_says_what_to_do_when_there_is_nothing(world: Any) -> None:
    assert reverse("meetings:schedule", args=[world.cohort.pk]) in render("{% meetings_panel m %}", m=world.fay)
    assert "schedule" not in render("{% meetings_panel m %}", m=world.pia).lower()


def test_an_organiser_sees_dates_and_states_and_nothing_else(world: Any, ahead: Meeting) -> None:
    Meeting.objects.update(place="Room 4", video_link="https://video.example.org/x")
    who.cannot_come(ahead, world.pia, "a hospital visit")
    page = render("{% programme_meetings_panel p %}", p=world.programme)
    assert (ahead.when in page, "Planned" in page) == (True, True)
    assert not any(word in page for word in ("Room 4", "video", "Pia", "hospital", "href"))


@pytest.mark.parametrize("rows", [1, 30])
def test_panels_take_the_same_queries_for_one_meeting_and_for_thirty(
    world: Any, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        world.meeting(timezone.now() + timedelta(days=30))
    with django_assert_num_queries(3):
        render("{% meetings_panel m %}", m=world.pia)
    with django_assert_num_queries(3):
        render("{% programme_meetings_panel p %}", p=world.programme)


def test_of_a_set_with_many_dates_those_round_now_come_first_and_the_rest_a_click_away(world: Any) -> None:
    now = timezone.now()
    dates = [world.meeting(now + timedelta(days=30 * n + 1)) for n in range(-60, 60)]
    past, next_one, cancelled = dates[59], dates[60], dates[61]
    Meeting.objects.filter(pk=cancelled.pk).update(state="cancelled")
    panel = render("{% programme_meetings_panel p %}", p=world.programme)
    assert [one.pk for one in dates if one.when in panel] == [one.pk for one in dates[57:66]]
    elsewhere = [
        Cohort.objects.create(programme=programme, name=name)
        for programme, name in ((world.programme, "South"), (Programme.objects.create(title="Other"), "East"))
    ]
    for place, cohort in enumerate(elsewhere):
        for n in (-3, -2, -1, *range(1, 8)):  # one more ahead than is shown, and as many behind
            starts = now + timedelta(days=30 * n, hours=1 + place)
            Meeting.objects.create(cohort=cohort, starts_at=starts, number=n + 100, time_zone="Europe/London")
    panel = render("{% programme_meetings_panel p %}", p=world.programme)
    assert [one.pk for one in dates if one.when in panel] == [one.pk for one in dates[57:66]]
    ours, theirs = (one.meetings.order_by("starts_at") for one in elsewhere)
    assert [one.number for one in ours if one.when in panel] == [97, 98, 99, *range(101, 107)]
    assert panel.count("All dates") == 2
    assert not any(one.when in panel for one in theirs)
    ours.filter(number__gt=104).delete()  # now there is one more behind
    ours.filter(number=97).update(starts_at=now - timedelta(days=200))
    Meeting.objects.create(
        cohort=elsewhere[0], starts_at=now - timedelta(days=80), number=96, time_zone="Europe/London"
    )
    assert render("{% programme_meetings_panel p %}", p=world.programme).count("All dates") == 2
    ours.filter(number=96).delete()
    assert render("{% programme_meetings_panel p %}", p=world.programme).count("All dates") == 1
    all_of_them = reverse("meetings:dates", args=[world.cohort.pk])
    assert all_of_them in panel
    odile = world.client(world.odile)
    page = odile.get(all_of_them).text
    shown = [one.pk for one in dates if one.when in page]
    assert (len(shown), next_one.pk in shown, "Cancelled" in page, "Page 2 of 3" in page) == (50, True, True, True)
    rest = [
        one.pk
        for n in (1, 3)
        for text in [odile.get(all_of_them, {"page": n}).text]
        for one in dates
        if one.when in text
    ]
    assert sorted(shown + rest) == sorted(one.pk for one in dates)
    fay = world.client(world.fay)
    schedule = fay.get(reverse("meetings:schedule", args=[world.cohort.pk])).text
    assert [one.pk for one in dates if one.when in schedule] == [one.pk for one in (next_one, *dates[62:97])]
    for month, told in ((past, "Those before"), (dates[97], "Those after")):
        assert f'?month={month.day[:7]}">{told}, in the calendar' in schedule


@pytest.mark.parametrize("rows", [1, 2])
def test_meeting_takes_the_same_queries_for_one_apology_and_for_two(
    world: Any, ahead: Meeting, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for membership in (world.pia, world.omar)[:rows]:
        who.cannot_come(ahead, membership, "")
    client = world.client(world.fay)
    with django_assert_num_queries(10):  # one of them whether another box will keep it from being closed
        assert client.get(url("meeting", ahead)).status_code == 200


def test_a_sets_page_lists_a_year_and_leads_to_what_was_before(world: Any) -> None:
    begin = datetime(2024, 1, 9, 14, tzinfo=UTC)
    for month in range(15):
        starts = begin + timedelta(days=28 * month)
        world.meeting(starts, state="tipped", tips_at=starts + timedelta(days=2))
    text = world.client(world.pia).get(reverse("learningsets:cohort", args=[world.cohort.pk])).text
    panel = text[text.index('id="meetings-panel"') :].split("</section>")[0]
    assert panel.count("/meetings/") - panel.count("/meetings/calendar/") == 12
    assert "?month=2024-03" in panel  # the third, and the two before it, are not listed
    assert "Tuesday 2 April 2024" in panel
    assert "Tuesday 5 March 2024" not in panel
    assert text.count("/challenges/said/") == 12
    led = world.client(world.fay).get(reverse("learningsets:cohort", args=[world.cohort.pk])).text
    assert (led.count("Withheld: "), led.count("?month=2024-03")) == (12, 3)


def test_a_sets_page_lists_half_a_year_ahead_and_leads_to_what_comes_after(world: Any) -> None:
    for month in range(9):
        world.meeting(datetime(2098, 1, 7, 14, tzinfo=UTC) + timedelta(days=28 * month))
    for reader in (world.pia, world.fay):
        text = world.client(reader).get(reverse("learningsets:cohort", args=[world.cohort.pk])).text
        panel = text[text.index('id="meetings-panel"') :].split("</section>")[0]
        assert re.findall(r"\w+day (\d+ \w+) 2098,", panel) == [
            "7 January", "4 February", "4 March", "1 April", "29 April", "27 May", "24 June"
        ]  # fmt: skip
        assert "?month=2098-07" in panel
    world.cohort.meetings.filter(number__lt=9).update(state="cancelled")  # the one that stands is still the next one
    text = render("{% meetings_panel m %}", m=world.pia)
    assert "19 August 2098" in text.partition("After that")[0]
    assert [text.count("Cancelled"), "?month=2098-06" in text] == [6, True]
