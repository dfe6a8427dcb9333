"""From a rule to saved meetings, as a facilitator does it."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from learningsets import mail, members, programmes
from learningsets.models import Cohort, Letter, Membership, User
from sessions import letters, lifecycle
from sessions.lifecycle import Details
from sessions.models import Meeting, Series
from sessions.newcomers import tell_newcomers
from sessions.public_holidays import public_holidays
from tests.meetings.conftest import saved_after_its_preview

RULE = {
    "rule": "2",
    "weekday": "1",
    "month_day": "",
    "starts_on": "2026-12-01",
    "months": "3",
    "start_time": "14:00",
    "end_time": "17:00",
    "time_zone": "Europe/London",
    "on_holiday": "keep",
    "place": "Room 4",
    "video_link": "",
    "key": "6f2d6f0e-3c1e-4f0a-9b9e-2a5f64f7a001",
}


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    """Whenever it runs, the dates below lie ahead."""
    with time_machine.travel("2026-11-20T09:00:00Z", tick=False):
        yield


@pytest.fixture
def url(world: Any) -> str:
    """The set's schedule."""
    return reverse("meetings:schedule", args=[world.cohort.pk])


def preview(world: Any, url: str, **typed: str) -> Any:
    """The page after "Show the dates"."""
    return world.client(world.fay).post(url, RULE | typed)


def save(world: Any, url: str, **typed: str) -> Any:
    """Preview, then save what was previewed."""
    seen = preview(world, url, **typed).context["seen"]
    return world.client(world.fay).post(url, RULE | typed | {"seen": seen, "save": "1"})


def test_each_date_is_shown_in_words_and_nothing_is_saved(world: Any, url: str) -> None:
    page = preview(world, url)
    assert [one.when for one in page.context["planned"]] == [
        "Tuesday 8 December 2026, 14:00\xa0to\xa017:00",
        "Tuesday 12 January 2027, 14:00\xa0to\xa017:00",
        "Tuesday 9 February 2027, 14:00\xa0to\xa017:00",
    ]
    assert Meeting.objects.count() == 0


def test_saving_makes_the_meetings_and_writes_to_each_member(world: Any, url: str) -> None:
    answer = save(world, url)
    assert (answer.status_code, answer.url) == (302, reverse("learningsets:cohort", args=[world.cohort.pk]))
    meetings = list(Meeting.objects.values_list("number", "starts_at__date", "minutes", "place", "time_zone"))
    assert [(n, str(day), m, p, z) for n, day, m, p, z in meetings] == [
        (1, "2026-12-08", 180, "Room 4", "Europe/London"),
        (2, "2027-01-12", 180, "Room 4", "Europe/London"),
        (3, "2027-02-09", 180, "Room 4", "Europe/London"),
    ]
    assert sorted(Letter.objects.values_list("to", flat=True)) == [
        "fay@example.org",
        "omar@example.org",
        "pia@example.org",
    ]


def test_letters_hold_no_name_no_set_and_no_place(world: Any, url: str) -> None:
    save(world, url)
    for letter in Letter.objects.all():
        assert not any(word in letter.subject + letter.body for word in ("North", "Pia", "Omar", "Fay", "Room 4"))
        assert letter.body.splitlines()[:5] == [
            "Your learning set has new dates. These are all that lie ahead:",
            "",
            "- Tuesday 8 December 2026, 14:00\xa0to\xa017:00 (Europe/London)",
            "- Tuesday 12 January 2027, 14:00\xa0to\xa017:00 (Europe/London)",
            "- Tuesday 9 February 2027, 14:00\xa0to\xa017:00 (Europe/London)",
        ]


SECOND = {"rule": "-1", "weekday": "3", "months": "1", "key": "6f2d6f0e-3c1e-4f0a-9b9e-2a5f64f7a002"}


def dates_in(letter: Letter) -> list[str]:
    """The dates that a letter tells."""
    return [line for line in letter.body.splitlines() if line.startswith("- ")]


def test_two_series_saved_one_after_the_other_are_one_letter_with_the_whole_plan(world: Any, url: str) -> None:
    for typed in ({"months": "1"}, SECOND):
        save(world, url, **typed)
        mail.send_waiting()
    assert [(letter.to, dates_in(letter)) for letter in Letter.objects.order_by("to")] == [
        (
            f"{name}@example.org",
            [
                "- Tuesday 8 December 2026, 14:00\xa0to\xa017:00 (Europe/London)",
                "- Thursday 31 December 2026, 14:00\xa0to\xa017:00 (Europe/London)",
            ],
        )
        for name in ("fay", "omar", "pia")
    ]


def test_the_letter_about_dates_leaves_after_five_minutes(world: Any, url: str) -> None:
    save(world, url)
    assert [mail.send_waiting() for _twenty_seconds in range(15)] == [0] * 14 + [3]


def test_a_date_cancelled_before_the_letter_leaves_is_told_in_it(world: Any, url: str) -> None:
    save(world, url, months="1")
    meeting = Meeting.objects.get()
    world.client(world.fay).post(reverse("meetings:cancel", args=[meeting.pk]), {"version": meeting.version})
    assert [dates_in(letter) for letter in Letter.objects.all()] == [
        ["- Tuesday 8 December 2026, 14:00\xa0to\xa017:00 (Europe/London), cancelled"]
    ] * 3


def test_once_it_has_left_what_comes_later_is_a_letter_of_its_own(world: Any, url: str) -> None:
    save(world, url, months="1")
    Letter.objects.update(waits=0)
    mail.send_waiting()
    save(world, url, **SECOND)
    meeting = Meeting.objects.get(number=1)
    Letter.objects.filter(sent_on=None).update(attempts=1)  # on its way: it may have arrived
    world.client(world.fay).post(reverse("meetings:cancel", args=[meeting.pk]), {"version": meeting.version})
    assert sorted(Letter.objects.filter(to="pia@example.org").values_list("subject", flat=True)) == [
        "A meeting of your learning set is cancelled",
        "The dates of your learning set",
        "The dates of your learning set",
    ]


def test_a_meeting_that_will_have_begun_when_the_letter_leaves_does_not_lie_ahead(world: Any, url: str) -> None:
    world.meeting(datetime(2026, 11, 20, 9, 4, tzinfo=UTC))
    save(world, url, months="1")
    assert [dates_in(letter) for letter in Letter.objects.all()] == [
        ["- Tuesday 8 December 2026, 14:00\xa0to\xa017:00 (Europe/London)"]
    ] * 3


def test_who_joins_later_gets_the_dates_once_and_again_after_coming_back(world: Any, url: str) -> None:
    user = User.objects.create_user("zoe@example.org", "Zoe")
    zoe = programmes.join(user, programme=world.programme, cohort=world.cohort, role="participant")
    assert tell_newcomers() == 0  # there are no dates
    save(world, url, months="1")
    assert tell_newcomers() == 0  # all were told
    Letter.objects.all().delete()
    Membership.objects.filter(pk=zoe.pk).update(left_on="2026-11-20")
    assert (tell_newcomers(), tell_newcomers()) == (0, 0)
    taken_back = Letter.objects.get()
    looked = letters.look_at_leaver(taken_back)
    assert looked is not None
    ((method, text),) = looked
    assert (taken_back.to, method, "STATUS:CANCELLED" in text) == ("zoe@example.org", "CANCEL", True)
    assert dates_in(taken_back) == ["- Tuesday 8 December 2026, 14:00\xa0to\xa017:00 (Europe/London)"]
    assert not any(word in taken_back.body + text for word in ("Zoe", "North", "Fay", "Room 4"))
    assert Meeting.objects.get().state == "planned"
    members.come_back(zoe)
    assert letters.look_at_leaver(taken_back) is None  # it has not left yet, and is not to
    taken_back.delete()
    assert (tell_newcomers(), tell_newcomers()) == (1, 0)
    letter = Letter.objects.get()
    assert (letter.to, letter.body.splitlines()[0], dates_in(letter)) == (
        "zoe@example.org",
        "Your learning set meets on these dates:",
        ["- Tuesday 8 December 2026, 14:00\xa0to\xa017:00 (Europe/London)"],
    )
    assert not any(word in letter.body for word in ("Zoe", "North", "Fay", "Room 4"))


def test_what_is_said_after_saving_is_true_of_whoever_is_in_the_set(world: Any, url: str) -> None:
    def said(**typed: str) -> list[str]:
        return [str(message) for message in get_messages(save(world, url, **typed).wsgi_request)]

    full = said(months="1")
    Letter.objects.all().delete()
    this_morning = {
        "starts_on": "2026-11-20",
        "rule": "day",
        "month_day": "20",
        "start_time": "08:00",
        "end_time": "09:00",
    }
    past = said(**this_morning, months="1", key="6f2d6f0e-3c1e-4f0a-9b9e-2a5f64f7a003")
    assert Letter.objects.count() == 0
    Membership.objects.participants().update(left_on="2026-11-01")
    empty = said(**SECOND)
    assert [full, past, empty] == [
        [
            (
                "The dates are saved. In about five minutes everybody in the set gets one e-mail with all its dates. "
                "What you add or change until then goes into the same e-mail."
            )
        ],
        ["The dates are saved. Nobody gets an e-mail about what is past."],
        ["The dates are saved. Nobody takes part in this set yet: whoever joins gets an e-mail with its dates."],
    ]


def test_place_and_link_say_that_they_are_optional_and_what_the_rule_needs_does_not(world: Any, url: str) -> None:
    page = world.client(world.fay).get(url).text
    labels = re.findall(r"<(?:label|legend)[^>]*>([^<]+) <span class=\"optional\">", page)
    assert labels == ["Place", "Video link"]
    world.meeting(place="Room 4")
    assert 'Place <span class="optional">(optional)</span>' in world.client(world.fay).get(url).text


def test_place_and_link_begin_as_those_of_the_latest_meeting(world: Any, url: str) -> None:
    save(world, url, video_link="https://video.example.org/north")
    form = world.client(world.fay).get(url).context["form"]
    assert (form["place"].value(), form["video_link"].value()) == ("Room 4", "https://video.example.org/north")


def test_a_date_at_the_weekend_is_marked(world: Any, url: str) -> None:
    page = preview(world, url, rule="day", month_day="12")  # a Saturday, a Tuesday, a Friday
    assert [one.at_weekend for one in page.context["planned"]] == [True, False, False]
    assert page.text.count("at the weekend") == 1


def test_when_every_date_is_left_out_the_heading_says_so(world: Any, url: str) -> None:
    world.meeting()
    page = preview(world, url, months="1").text
    assert ("Every date is left out" in page, "These are the dates" in page) == (True, False)


def test_time_zones_are_places_by_area(world: Any, url: str) -> None:
    groups = world.client(world.fay).get(url).context["form"].fields["time_zone"].choices
    assert [name for name, _zones in groups][:2] == ["Africa", "America"]
    values = [value for _name, zones in groups for value, _label in zones]
    assert {"Europe/London", "America/Argentina/Buenos_Aires", "Europe/Kyiv", "Europe/Stockholm"} <= set(values)
    assert not {"localtime", "W-SU", "ROC", "Etc/GMT", "GB", "posixrules"} & set(values)
    assert not {"Europe/Kiev", "Australia/LHI", "America/Buenos_Aires"} & set(values)  # the same places once more


def test_a_set_keeps_a_time_zone_whose_name_is_of_old(world: Any, url: str) -> None:
    Cohort.objects.filter(pk=world.cohort.pk).update(time_zone="Europe/Kiev")
    page = world.client(world.fay).get(url)
    assert page.context["form"].fields["time_zone"].choices[0] == ("Europe/Kiev", [("Europe/Kiev", "Europe/Kiev")])
    assert page.context["form"]["time_zone"].value() == "Europe/Kiev"


def test_a_form_sent_twice_is_saved_once(world: Any, url: str) -> None:
    typed = RULE | {"seen": preview(world, url).context["seen"], "save": "1"}
    first, second = (world.client(world.fay).post(url, typed) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert (Series.objects.count(), Meeting.objects.count(), Letter.objects.count()) == (1, 3, 3)


def test_a_second_series_goes_on_counting(world: Any, url: str) -> None:
    save(world, url)
    save(world, url, key="6f2d6f0e-3c1e-4f0a-9b9e-2a5f64f7a002", starts_on="2027-03-01", months="1")
    assert list(Meeting.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_numbers_follow_the_dates(world: Any, url: str) -> None:
    """A second series in between, and a move; what was held keeps its number."""
    held = world.meeting(
        datetime(2027, 3, 9, 14, tzinfo=UTC), state="tipped", tips_at=datetime(2027, 3, 11, tzinfo=UTC)
    )
    save(world, url)
    save(world, url, **SECOND)

    def numbers() -> list[tuple[str, int]]:
        return [(f"{day:%d %b}", n) for day, n in Meeting.objects.values_list("starts_at__date", "number")]

    assert numbers() == [("08 Dec", 2), ("31 Dec", 3), ("12 Jan", 4), ("09 Feb", 5), ("09 Mar", held.number)]
    first = Meeting.objects.get(number=2)
    there = Details(datetime(2027, 1, 20, 14, tzinfo=UTC), 180, "", "")
    lifecycle.change(first, first.version, there)
    assert numbers() == [("31 Dec", 2), ("12 Jan", 3), ("20 Jan", 4), ("09 Feb", 5), ("09 Mar", 1)]


def test_what_is_saved_is_what_was_shown(world: Any, url: str) -> None:
    seen = preview(world, url).context["seen"]
    answer = world.client(world.fay).post(url, RULE | {"months": "9", "seen": seen, "save": "1"})
    assert (answer.status_code, len(answer.context["planned"])) == (200, 9)
    assert Meeting.objects.count() == 0


@pytest.mark.once
@pytest.mark.parametrize(
    ("on_holiday", "dates"),
    [
        ("keep", ["Monday 5 April 2027", "Monday 3 May 2027", "Monday 7 June 2027"]),
        ("later", ["Monday 5 April 2027", "Monday 10 May 2027", "Monday 7 June 2027"]),
        ("skip", ["Monday 5 April 2027", "", "Monday 7 June 2027"]),
    ],
)
def test_a_public_holiday_is_shown_and_the_date_kept_put_off_or_left_out(
    world: Any, url: str, on_holiday: str, dates: list[str]
) -> None:
    page = preview(world, url, rule="1", weekday="0", starts_on="2027-04-01", on_holiday=on_holiday)
    planned = page.context["planned"]
    assert [one.when.split(",")[0] for one in planned] == dates
    assert [one.holiday for one in planned] == ["", "May Day", ""]
    assert "May Day" in page.content.decode()


def test_a_month_left_out_makes_no_meeting(world: Any, url: str) -> None:
    save(world, url, rule="1", weekday="0", starts_on="2027-04-01", on_holiday="skip")
    assert list(Meeting.objects.values_list("number", flat=True)) == [1, 2]


@pytest.mark.once
@pytest.mark.parametrize("country", ["IE", "SE", "GB-SCT", "FR", "XX", ""])
def test_any_country_can_be_scheduled_in(world: Any, url: str, country: str) -> None:
    world.cohort.country = country
    world.cohort.save()
    assert len(preview(world, url).context["planned"]) == 3


def test_a_day_the_set_already_meets_on_is_said_and_left_out(world: Any, url: str) -> None:
    world.meeting()
    assert [one.already_meets for one in preview(world, url).context["planned"]] == [True, False, False]
    save(world, url)
    assert Meeting.objects.count() == 3


def test_a_rule_that_gives_no_new_date_cannot_be_saved(world: Any, url: str) -> None:
    world.meeting()
    answer = save(world, url, months="1")
    assert (answer.status_code, answer.context["new"], Series.objects.count()) == (200, False, 0)


@pytest.mark.once
@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("month_day", {"rule": "day"}),
        ("month_day", {"rule": "day", "month_day": "32"}),
        ("weekday", {"weekday": ""}),
        ("end_time", {"end_time": "14:00"}),
        ("end_time", {"end_time": "14:14"}),
        ("starts_on", {"starts_on": "2026-11-19"}),
        ("starts_on", {"starts_on": "soon"}),
        ("months", {"months": "0"}),
        ("months", {"months": "9" * 400}),
        ("time_zone", {"time_zone": "Europe/Nowhere"}),
        ("place", {"place": "x" * 301}),
        ("place", {"place": "a\x00b"}),
        ("video_link", {"video_link": "javascript:alert(1)"}),
        ("key", {"key": "not-a-uuid"}),
    ],
)
def test_a_wrong_answer_is_said_beside_its_field_and_kept(
    world: Any, url: str, field: str, typed: dict[str, str]
) -> None:
    page = preview(world, url, **typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    for name, value in typed.items():
        assert page.context["form"][name].value() == value
    assert ("Add a meeting that was held already" in page.text) == (typed == {"starts_on": "2026-11-19"})


@pytest.mark.parametrize("last", ["9999-12-31", "0001-01-01"])
def test_dates_at_the_ends_of_the_calendar_break_nothing(world: Any, url: str, last: str) -> None:
    assert preview(world, url, starts_on=last).status_code == 422


@pytest.mark.parametrize("who", ["pia", "odile", "stan"])
def test_only_facilitators_of_the_set_schedule(world: Any, url: str, who: str) -> None:
    client = world.client(getattr(world, who))
    assert (client.get(url).status_code, client.post(url, RULE).status_code) == (404, 404)


@pytest.mark.parametrize("rows", [1, 3])
def test_schedule_takes_the_same_queries_for_one_meeting_and_for_three(
    world: Any, url: str, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        world.meeting()
    client = world.client(world.fay)
    with django_assert_num_queries(6):
        assert client.get(url).status_code == 200


ONE = {
    "day": "2026-10-06", "start_time": "09:30", "last_day": "2026-10-07", "end_time": "16:00",
    "time_zone": "Europe/London", "place": "The Wheelhouse", "video_link": "",
}  # fmt: skip


def add(world: Any, **typed: str) -> Any:
    """One meeting, shown on its own page and then added."""
    return saved_after_its_preview(world.client(world.fay), world.cohort, ONE | typed)


def test_one_meeting_is_shown_in_words_with_what_speaks_against_it_and_then_saved(world: Any) -> None:
    """As a series is: zone, holidays on any of its days, another set at the same time. What differs is shown again."""
    birch = Cohort.objects.create(programme=world.programme, name="Birch")
    Membership.objects.create(programme=world.programme, cohort=birch, user=world.fay.user, role="facilitator")
    Meeting.objects.create(
        cohort=birch, number=1, starts_at=datetime(2026, 12, 24, 11, tzinfo=UTC), time_zone="Europe/London"
    )
    client, url = world.client(world.fay), reverse("meetings:add", args=[world.cohort.pk])
    typed = ONE | {"day": "2026-12-23", "last_day": "2026-12-24"}
    page = client.post(url, typed)
    assert page.status_code == 200
    for told in (
        "Wednesday 23 December 2026, 09:30 to Thursday 24 December 2026, 16:00",
        "Times are as clocks in Europe/London show them.",
        "public holiday: Christmas Eve",
        "at the same time: Birch, Thursday 24 December 2026, 11:00",
    ):
        assert told in page.text, told
    shown = typed | {"seen": page.context["seen"], "save": "1"}
    later = client.post(url, shown | {"last_day": "2026-12-26"})
    assert "public holiday: Christmas Eve, Christmas Day, Boxing Day" in later.text
    assert ("Saturday 26 December 2026, 16:00" in later.text, Meeting.objects.filter(cohort=world.cohort).count()) == (
        True,
        0,
    )
    abroad = client.post(url, shown | {"time_zone": "Europe/Stockholm"})
    assert (abroad.status_code, Meeting.objects.filter(cohort=world.cohort).exists()) == (200, False)
    assert client.post(url, shown | {"place": "Elsewhere"}).status_code == 302
    assert Meeting.objects.get(cohort=world.cohort).place == "Elsewhere"
    taken = client.post(url, typed | {"start_time": "10:00"})
    assert (taken.status_code, list(taken.context["form"].errors)) == (422, ["day"])


def test_a_workshop_of_two_days_that_was_held_can_be_written_up(world: Any, url: str) -> None:
    save(world, url)
    letters = Letter.objects.count()
    url = reverse("meetings:add", args=[world.cohort.pk])
    seen = world.client(world.fay).post(url, ONE).context["seen"]
    answers = [world.client(world.fay).post(url, ONE | {"seen": seen, "save": "1"}) for _double_click in range(2)]
    held = Meeting.objects.get(series=None)
    assert [answer.url for answer in answers] == [reverse("meetings:meeting", args=[held.pk])] * 2
    assert held.when == "Tuesday 6 October 2026, 09:30 to Wednesday 7 October 2026, 16:00"
    assert list(Meeting.objects.values_list("number", flat=True)) == [1, 2, 3, 4]  # it comes first, none being held yet
    assert Letter.objects.count() == letters
    page = world.client(world.fay).get(reverse("meetings:meeting", args=[held.pk])).content.decode()
    assert reverse("meetings:close", args=[held.pk]) in page
    planning = world.client(world.fay).get(reverse("meetings:agenda", args=[held.pk])).text
    assert ("Workshop day" in planning, "1830 minutes" in planning) == (True, False)  # of which a night is half


def test_whether_a_letter_goes_out_about_one_meeting_is_said_with_the_reason(world: Any) -> None:
    """One is going on, one begins before a letter could arrive, one is over."""
    said = []
    for start, end in (("09:00", "12:00"), ("09:10", "12:00"), ("08:00", "09:00")):
        with time_machine.travel("2026-11-20T09:05:00Z", tick=False):
            answer = add(world, day="2026-11-20", last_day="", start_time=start, end_time=end)
        said.append(str(next(iter(get_messages(answer.wsgi_request)))).partition(": ")[0])
        Meeting.objects.all().delete()
    assert said == [
        "The meeting is added. Nobody gets an e-mail",
        "The meeting is added. Nobody gets an e-mail",
        "The meeting is added. Nobody gets an e-mail about what is past.",
    ]
    assert not Letter.objects.exists()


def test_one_meeting_that_lies_ahead_goes_into_the_sets_letter(world: Any) -> None:
    answer = add(world, day="2026-12-15", last_day="")
    assert "one e-mail with all its dates" in str(next(iter(get_messages(answer.wsgi_request))))
    assert Letter.objects.count() == 3


@pytest.mark.once
@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("day", {"day": ""}),
        ("day", {"day": "0000-99-99"}),
        ("last_day", {"last_day": "2026-10-05"}),
        ("last_day", {"last_day": "2026-10-20"}),
        ("end_time", {"last_day": "", "end_time": "09:00"}),
        ("end_time", {"last_day": "", "end_time": "09:31"}),
        ("start_time", {"day": "2026-03-29", "start_time": "01:30", "last_day": ""}),
        ("time_zone", {"time_zone": "Mars/Olympus"}),
        ("video_link", {"video_link": "javascript:alert(1)"}),
    ],
)
def test_one_meeting_that_cannot_be_says_so_beside_its_field(world: Any, field: str, typed: dict[str, str]) -> None:
    answer = add(world, **typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Meeting.objects.exists()


def test_one_meeting_on_a_day_that_is_taken_names_the_other(world: Any) -> None:
    add(world, last_day="")
    answer = add(world, last_day="", start_time="10:00")
    assert "Tuesday 6 October 2026, 09:30\xa0to\xa016:00" in str(answer.context["form"].errors["day"])
    assert Meeting.objects.count() == 1


def test_one_meeting_that_was_held_before_anybody_joined_says_why_it_is_of_no_use(world: Any) -> None:
    day, last = world.pia.joined_on, ""
    Membership.objects.exclude(pk=world.pia.pk).update(joined_on=day + timedelta(days=1))
    early = add(world, day=str(day - timedelta(days=1)), last_day=last)
    told = str(early.context["form"].errors["day"])
    assert (early.status_code, "Nobody had joined the set" in told, f"{day.day} {day:%B %Y} on" in told) == (
        422,
        True,
        True,
    )
    assert add(world, day=str(day), last_day=last).status_code == 302
    Membership.objects.filter(role="participant").delete()
    assert "Invite the members first" in str(add(world, day="2026-10-05", last_day=last).context["form"].errors["day"])
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("country", "days"),
    {
        "GB-ENG": {"12-24": "Christmas Eve", "12-25": "Christmas Day", "08-30": "Late Summer Bank Holiday"},
        "GB-SCT": {"01-02": "New Year Holiday", "11-30": "Saint Andrew's Day", "12-31": "New Year's Eve"},
        "GB-WLS": {"03-29": "Easter Monday", "12-24": "Christmas Eve"},
        "GB-NIR": {"03-17": "Saint Patrick's Day", "07-12": "Battle of the Boyne", "12-24": "Christmas Eve"},
        "IE": {"03-26": "Good Friday", "10-25": "October Bank Holiday", "12-31": "New Year's Eve"},
        "SE": {
            "01-05": "Twelfth Night",
            "03-25": "Maundy Thursday",
            "04-30": "Walpurgis Night",
            "06-25": "Midsummer Eve",
            "11-05": "All Saints' Eve",
            "12-24": "Christmas Eve",
            "12-31": "New Year's Eve",
        },
        "XX": {},
    }.items(),
)
def test_the_holidays_of_a_country_and_the_eves_that_custom_keeps(country: str, days: dict[str, str]) -> None:
    known = public_holidays(country, [2027])
    assert {day: known.get(date.fromisoformat(f"2027-{day}")) for day in days} == days
    assert (date(2027, 5, 7) in known, bool(known)) == (False, bool(days))  # in Sweden between a holiday and a weekend


def test_another_set_of_the_facilitator_at_the_same_time_is_shown_before_and_after(world: Any, url: str) -> None:
    """To whoever is in both, and to nobody else."""
    birch = Cohort.objects.create(programme=world.programme, name="Birch")
    Membership.objects.create(programme=world.programme, cohort=birch, user=world.fay.user, role="facilitator")
    for n, hour in enumerate((11, 16)):  # one ends as ours begins, the other begins while ours goes on
        day = datetime(2027, 1 + n, 12 if n == 0 else 9, hour, tzinfo=UTC)
        Meeting.objects.create(cohort=birch, starts_at=day, number=n, time_zone="Europe/London")
    cedar = Cohort.objects.create(programme=world.programme, name="Cedar")
    Meeting.objects.create(cohort=cedar, starts_at=datetime(2026, 12, 8, 14, tzinfo=UTC), number=1, time_zone="UTC")
    page = preview(world, url)
    assert [str(one.clash.cohort) if one.clash else "" for one in page.context["planned"]] == ["", "", "Birch"]
    assert "at the same time: Birch, Tuesday 9 February 2027, 16:00\xa0to\xa019:00" in page.text
    save(world, url)
    home = reverse("learningsets:cohort", args=[world.cohort.pk])
    shown = {who: world.client(getattr(world, who)).get(home).text.count("at the same time") for who in ("fay", "pia")}
    assert shown == {"fay": 1, "pia": 0}
    Meeting.objects.filter(cohort=world.cohort, starts_at__month=1).delete()
    answer = add(world, day="2027-01-12", last_day="", start_time="13:30", end_time="15:00")
    assert next(str(message) for message in get_messages(answer.wsgi_request)) == (
        "Another set of yours meets at the same time: Birch, Tuesday 12 January 2027, 11:00\xa0to\xa014:00."
    )
