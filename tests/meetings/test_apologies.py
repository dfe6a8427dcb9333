"""Who can't come: said, taken back, and who is told of it."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learningsets import mail, members, programmes
from learningsets.models import Membership, User
from sessions import attendance as who
from sessions import lifecycle, tasks
from sessions.models import Attendance, Meeting, Practice
from tests.meetings.conftest import NEW_PLACE, url


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

    world.client(world.omar).post(url("apologies", ahead), {"reason": "a journey"})  # which Gus is told
    assert "a journey" in world.client(gus).get(url("meeting", ahead)).text
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
        return list(Attendance.objects.order_by("meeting__starts_at", "pk").values_list("reason", flat=True))

    assert kept() == ["", "a visit", "a visit"]
    assert members.leave(world.omar)
    assert kept() == ["", "a visit", "a visit"]
    Membership.objects.filter(pk=world.fay.pk).update(role="participant")
    other = Attendance.objects.create(meeting=ahead, membership=world.fay, status="apologies", reason="a journey")
    other.told_to.add(
        Membership.objects.create(programme=world.programme, cohort=world.cohort, user=world.stan, role="facilitator")
    )  # who was told of this one alone
    assert kept() == ["", "", "", "a journey"]
    assert set(Attendance.objects.values_list("status", flat=True)) == {"apologies"}


def test_apologies_can_be_taken_back_and_said_twice(world: Any, ahead: Meeting) -> None:
    client = world.client(world.pia)
    later = world.meeting(timezone.now() + timedelta(days=60))
    elsewhere = Attendance.objects.create(meeting=later, membership=world.pia, status="apologies", reason="a visit")
    for reason in ("", "a hospital visit", ""):  # the last from a tab that was opened before
        client.post(url("apologies", ahead), {"reason": reason})
    assert ahead.attendances.get().reason == "a hospital visit"
    homes = [world.client(who).get("/").text for who in (world.pia, world.omar, world.fay)]
    assert ["You said you can't come" in home for home in homes] == [True, False, False]
    assert [f'href="{url("apologies", ahead)}"' in home for home in homes] == [True, True, False]
    client.post(url("withdraw_apologies", ahead))
    assert list(Attendance.objects.values_list("pk", "reason")) == [(elsewhere.pk, "a visit")]


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
