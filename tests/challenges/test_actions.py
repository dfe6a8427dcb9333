"""Up to three actions from a turn, and the progress review that the next meeting opens with."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from challenges import actions
from challenges.models import Action, Airtime
from learningsets.members import leave
from learningsets.models import Cohort, Membership
from sessions.models import AgendaItem, Meeting

Browser = Callable[[Membership], Client]
TYPED = {"text": "Visit the ward", "first_step": "Ring Dilys", "due": "2098-03-01"}


@pytest.fixture
def months(alder: Cohort) -> list[Meeting]:
    """Three meetings, a month from each other."""
    first = timezone.now() - timedelta(days=70)
    return [
        Meeting.objects.create(
            cohort=alder, number=n, starts_at=first + timedelta(days=28 * n), time_zone="Europe/London"
        )
        for n in (1, 2, 3)
    ]


def turn(meeting: Meeting, presenter: Membership) -> Airtime:
    item = AgendaItem.objects.create(meeting=meeting, position=0, kind="airtime", minutes=30)
    return Airtime.objects.create(item=item, presenter=presenter)


def url(name: str, *args: object) -> str:
    return reverse(f"challenges:{name}", args=args)


def review(**said: object) -> dict[str, object]:
    return TYPED | {"state": "open", "about_issue": "", "about_self": "", "about_process": ""} | said


def test_three_are_noted_and_each_once(ana: Membership, months: list[Meeting], browser: Browser) -> None:
    found, client = turn(months[0], ana), browser(ana)
    for number in range(3):
        key = uuid4()
        for _twice in range(2):
            client.post(url("add_action", found.pk), TYPED | {"text": f"Number {number}", "key": key})
    page = client.get(url("airtime", found.pk)).text
    assert ([page.count(f"<strong>Number {n}</strong>") for n in range(3)], "Add an action" in page) == ([1] * 3, False)
    fourth = client.post(url("add_action", found.pk), TYPED | {"key": uuid4()})
    assert (fourth.status_code, 'value="Visit the ward"' in fourth.text, Action.objects.count()) == (422, True, 3)
    yesterday = str(timezone.localdate() - timedelta(days=1))
    past = client.post(url("add_action", found.pk), TYPED | {"key": uuid4(), "due": yesterday})
    assert (past.status_code, "This day has passed." in past.text) == (422, True)
    for wrong in ({"due": ""}, {"due": "soon"}, {"text": ""}, {"due": "1066-10-14"}):
        assert client.post(url("add_action", found.pk), TYPED | {"key": uuid4()} | wrong).status_code == 422


def test_its_owner_changes_it_and_says_what_was_learned_and_the_set_reads_that(
    six: list[Membership], freya: Membership, otto: Membership, months: list[Meeting], browser: Browser
) -> None:
    ana, bryn, *_rest = six
    action = actions.add(turn(months[0], ana), uuid4(), TYPED)
    other = actions.add(action.airtime, uuid4(), TYPED | {"text": "Ring the ward"})
    home = reverse("learningsets:home")
    assert ("Visit the ward" in browser(ana).get(home).text, "Visit the ward" in browser(bryn).get(home).text) == (
        True,
        False,
    )
    body = review(key=action.key, version=1, state="done", about_self="I listen more than I thought")
    assert browser(ana).post(url("action", action.pk), body).status_code == 302
    other.refresh_from_db()
    assert (other.text, other.state, other.about_self) == ("Ring the ward", "open", "")
    other.delete()
    assert (
        "Visit the ward" not in browser(ana).get(url("progress", months[2].pk)).text
    )  # done, and not of the meeting before
    Action.objects.update(due="2020-03-01")
    address = f"{url('action', action.pk)}?review={months[1].pk}"
    assert address in browser(ana).get(url("progress", months[1].pk)).text
    back = browser(ana).post(address, body | {"version": 2, "due": "2020-03-01"})  # it has passed meanwhile
    assert (back.status_code, back.url) == (302, url("progress", months[1].pk))
    assert browser(ana).post(address, body | {"version": 3, "due": "2020-03-02"}).status_code == 422
    late = browser(ana).post(url("action", action.pk), body | {"about_self": "Nothing"})
    assert late.status_code == 409
    assert "<dd>I listen more than I thought</dd>" in late.text
    assert ">\nNothing</textarea>" in late.text
    assert "Visit the ward" not in browser(ana).get(home).text
    for who in (ana, bryn, freya):
        page = browser(who).get(url("progress", months[1].pk)).text
        assert ("I listen more" in page, "Say what I learned" in page) == (True, who == ana)
    for who in (bryn, freya):
        assert browser(who).get(url("action", action.pk)).status_code == 404
    leave(ana)  # and is removed: what the set reads is not hers to write any more, and stays hers to read
    gone, turns = browser(ana), url("airtime", action.airtime_id)
    assert gone.post(url("action", action.pk), body | {"version": 2, "text": "Changed"}).status_code == 404
    assert gone.post(url("add_action", action.airtime_id), TYPED | {"key": uuid4()}).status_code == 404
    page = gone.get(turns).text
    assert ("Visit the ward" in page, "Add an action" in page, "Change it" in page) == (True, False, False)
    assert browser(otto).get(url("progress", months[1].pk)).status_code == 404


def test_a_review_begins_with_the_last_meetings_and_what_is_still_open(
    six: list[Membership], months: list[Meeting], join: Callable[..., Membership]
) -> None:
    def noted(meeting: Meeting, who: Membership, **values: object) -> None:
        Action.objects.create(airtime=turn(meeting, who), due="2098-03-01", **values)

    noted(months[0], six[0], text="done long ago", state="done")
    noted(months[0], six[1], text="open still")
    noted(months[1], six[2], text="done", state="done")
    noted(months[1], six[3], text="let go", state="let-go")
    noted(months[2], six[4], text="of this meeting")
    birch = Cohort.objects.create(programme=months[0].cohort.programme, name="Birch")
    begins, zone = months[1].starts_at - timedelta(days=1), months[1].time_zone
    theirs = Meeting.objects.create(cohort=birch, number=1, starts_at=begins, time_zone=zone)
    noted(theirs, join("Greta", birch), text="another set's, open")  # and the last meeting before the third here
    noted(theirs, join("Hugo", birch), text="another set's, done", state="done")

    def listed(meeting: Meeting) -> list[str]:
        return [action.text for action in actions.to_review(meeting)]

    assert [listed(meeting) for meeting in months] == [
        ["open still", "of this meeting"],
        ["done long ago", "open still", "of this meeting"],
        ["open still", "done", "let go", "of this meeting"],
    ]
    assert listed(theirs) == ["another set's, open"]


def test_the_next_review_is_that_after_ones_turn_and_not_of_a_meeting_that_nobody_closed(
    six: list[Membership], freya: Membership, months: list[Meeting], browser: Browser
) -> None:
    def leads_to(who: Membership) -> Meeting:
        page = browser(who).get(reverse("learningsets:cohort", args=[who.cohort_id])).text
        return next(one for one in months if url("progress", one.pk) in page)

    for days, meeting in ((-30, months[0]), (0, months[1]), (28, months[2])):  # the first is over and not closed
        Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() + timedelta(days=days, minutes=-60))
    assert [leads_to(six[0]), leads_to(freya)] == [months[1], months[1]]
    turn(months[1], six[0])
    assert [leads_to(six[0]), leads_to(six[1])] == [months[2], months[1]]
    months[2].delete()
    months.pop()
    assert leads_to(six[0]) == months[1]


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(
    six: list[Membership],
    months: list[Meeting],
    browser: Browser,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for who in six[:rows]:
        actions.add(turn(months[0], who), uuid4(), TYPED)
    client = browser(six[5])
    with django_assert_num_queries(6):
        client.get(url("progress", months[1].pk))
