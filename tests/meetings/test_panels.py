"""What other pages show of meetings: the set's own, and an organiser's."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from learningsets.models import Cohort, Programme
from sessions import attendance as who
from sessions.models import Meeting


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
