"""The agenda of a meeting: planned from a template or by hand, put in order, and never lost between two who plan."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from pytest_django.fixtures import DjangoAssertNumQueries

from learningsets.models import Cohort, Membership, Programme
from sessions import agenda, formats
from sessions.models import AgendaItem, Meeting, Parked, PredefinedConcept
from tests.meetings.conftest import World

KEPT = "The first item has begun in the room, so the items keep their minutes."
TYPED = {"kind": "theory", "title": "Commons", "minutes": "25", "origin": "predefined", "regime": "chatham"}


@pytest.fixture
def meeting(world: World) -> Meeting:
    """A meeting that lies ahead, 14:00 to 17:00 in London, whose clocks are not those of UTC then."""
    return world.meeting(datetime(2098, 7, 9, 13, tzinfo=UTC))


def url(meeting: Meeting, name: str = "agenda", *more: object) -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk, *more])


def planned(meeting: Meeting) -> list[str]:
    return [str(item) for item in agenda.items(meeting)]


def put(meeting: Meeting, *titles: str) -> list[AgendaItem]:
    values = {"kind": "theory", "minutes": 60}
    return [agenda.add(meeting, uuid4(), values | {"title": title}) for title in titles]


def posted(world: World, meeting: Meeting, name: str, *more: object, **body: object):
    return world.client(world.fay).post(url(meeting, name, *more), body)


def test_every_template_makes_an_agenda_whose_turns_have_their_stages(world: World, meeting: Meeting) -> None:
    keys = {key for key, _title in formats.agenda_choices()}
    assert keys == {"classic", "wial", "post-it", "troika", "case-clinic", "workshop-day"}
    for key in keys:
        AgendaItem.objects.all().delete()
        assert posted(world, meeting, "begin_agenda", source=key).status_code == 302
        for item in agenda.items(meeting):
            stages = formats.stages(item.format, item.minutes)
            assert bool(stages) == item.is_airtime
            assert sum(stage.seconds for stage in stages) == (item.minutes * 60 if stages else 0)
            assert all(stage.seconds % 60 == 0 < stage.seconds for stage in stages)
        if key != "workshop-day":
            assert 150 <= sum(item.minutes for item in agenda.items(meeting)) <= 180


@pytest.mark.parametrize(
    ("minutes", "given"),
    [
        (6, [60] * 6),
        (12, [60, 120, 300, 60, 120, 60]),
        (33, [120, 420, 780, 120, 300, 240]),
        (66, [240, 840, 1560, 240, 600, 480]),
        (2, [10, 20, 50, 10, 20, 10]),
        (1, [10] * 6),
    ],
)
def test_the_minutes_of_a_turn_are_shared_over_its_stages_in_proportion(minutes: int, given: list[int]) -> None:
    assert [stage.seconds for stage in formats.stages("classic", minutes)] == given


def test_what_a_stage_is_given_is_not_taken_for_a_time_of_day() -> None:
    said = [formats.Stage("", "", seconds).given for seconds in (20, 60, 90, 840)]
    assert said == ["20\u00a0s", "1\u00a0min", "1\u00a0min 30\u00a0s", "14\u00a0min"]


@pytest.mark.parametrize(
    ("source", "length", "given"),
    [
        ("classic", 120, [10, 20, 20, 20, 20, 15, 10]),  # five minutes are free: a turn would be longer than the next
        ("classic", 60, [5, 10, 10, 10, 10, 10, 5]),
        ("troika", 90, [10, 10, 5, 5, 5, 5, 5, 5, 15, 10, 10]),
        ("case-clinic", 178, [15, 20, 55, 55, 15, 10]),
    ],
)
def test_an_agenda_that_is_too_long_is_fitted_to_the_meeting(
    world: World, meeting: Meeting, source: str, length: int, given: list[int]
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(minutes=length)
    client = world.client(world.fay)
    assert f"This meeting has {length} minutes." in client.get(url(meeting)).text
    posted(world, meeting, "begin_agenda", source=source)
    assert f"Fit it to {length} minutes" in client.get(url(meeting)).text
    for _twice in range(2):
        posted(world, meeting, "fit_agenda")
    assert [item.minutes for item in agenda.items(meeting)] == given
    assert f"In all {sum(given)} of {length} minutes." in client.get(url(meeting)).text


def test_an_agenda_that_was_fitted_is_put_back_as_it_was_but_for_what_was_changed_since(
    world: World, meeting: Meeting
) -> None:
    one, two, three = put(meeting, "one", "two", "three")
    Meeting.objects.filter(pk=meeting.pk).update(minutes=60)
    client = world.client(world.fay)

    def minutes() -> list[int]:
        return [item.minutes for item in agenda.items(meeting)]

    def offered(address: str) -> bool:
        return "Put it back as it was" in client.get(address).text

    fitted = posted(world, meeting, "fit_agenda").url
    assert minutes() == [20, 20, 20]
    assert [offered(fitted), offered(fitted), offered(url(meeting))] == [True] * 3
    agenda.remove(two)
    posted(world, meeting, "item", three.pk, version=2, key=three.key, **TYPED)
    for _twice in range(2):
        page = client.get(posted(world, meeting, "unfit_agenda").url).text
    agenda.remove(two, removed=False)
    assert (minutes(), "Put it back" in page, "Fit it to 60 minutes" in page) == ([60, 60, 25], False, True)
    stale = posted(world, meeting, "item", one.pk, version=2, key=one.key, **TYPED)  # open since before it was put back
    assert (stale.status_code, minutes()) == (409, [60, 60, 25])
    posted(world, meeting, "fit_agenda")
    meeting.items.filter(pk=one.pk).update(reached=True)
    assert not offered(url(meeting))
    refused = client.post(url(meeting, "unfit_agenda"), follow=True).text
    assert (sum(minutes()) <= 60, KEPT in refused) == (True, True)


def test_an_agenda_is_fitted_after_the_hour_too_until_its_first_item_begins(world: World) -> None:
    client, due = world.client(world.fay), world.meeting(timezone.now() - timedelta(minutes=5))
    Meeting.objects.filter(pk=due.pk).update(minutes=60)
    put(due, "a", "b")
    assert "Fit it to 60 minutes" in client.get(url(due)).text
    due.items.filter(title="a").update(reached=True)
    refused = client.post(url(due, "fit_agenda"), follow=True).text
    assert ({item.minutes for item in agenda.items(due)}, KEPT in refused, "Fit it" in refused) == ({60}, True, False)
    due.items.update(reached=False)
    posted(world, due, "fit_agenda")
    assert {item.minutes for item in agenda.items(due)} == {30}


def test_an_agenda_of_more_items_than_the_time_has_five_minutes_keeps_its_minutes(
    world: World, meeting: Meeting
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(minutes=14)
    put(meeting, "a", "b", "c")
    assert "Fit it to" not in world.client(world.fay).get(url(meeting)).text
    posted(world, meeting, "fit_agenda")
    assert {item.minutes for item in agenda.items(meeting)} == {60}


def test_begun_twice_or_by_two_at_once_an_agenda_has_its_items_once(world: World, meeting: Meeting) -> None:
    for source in ("classic", "classic", "wial"):
        posted(world, meeting, "begin_agenda", source=source)
    assert len(planned(meeting)) == 7
    assert posted(world, world.meeting(), "begin_agenda", source="nonsense").status_code == 422


def test_the_agenda_of_the_last_meeting_and_what_it_left_over(world: World, meeting: Meeting) -> None:
    last = world.meeting(meeting.starts_at - timedelta(days=28))
    done, left, _gone = put(last, "done", "left", "gone")
    agenda.remove(_gone)
    page = world.client(world.fay).get(url(meeting))
    assert ("The agenda of the meeting before" in page.text, "Left over" in page.text) == (True, False)
    assert "Troika, 180 min: Short turns" in page.text
    AgendaItem.objects.filter(pk=done.pk).update(reached=True)
    assert "Left over from the last meeting" in world.client(world.fay).get(url(meeting)).text
    for _twice in range(2):
        posted(world, meeting, "carry_forward", chosen=[str(left.pk)])
    assert planned(meeting) == ["left"]
    assert not AgendaItem.objects.get(meeting=meeting).reached
    assert posted(world, meeting, "carry_forward", chosen=[str(done.pk)]).status_code == 422
    AgendaItem.objects.filter(meeting=meeting).delete()
    posted(world, meeting, "begin_agenda", source="last")
    assert planned(meeting) == ["done", "left"]
    assert (
        "Left over from the last meeting" not in world.client(world.fay).get(url(meeting)).text
    )  # it is there already


def test_what_was_planned_for_one_of_my_sets_serves_another_and_nothing_that_was_said_there(
    world: World, meeting: Meeting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    there, theirs, elsewhere = (
        Cohort.objects.create(programme=programme, name=name)
        for programme, name in (
            (world.programme, "South"),
            (world.programme, "Not mine"),
            (Programme.objects.create(title="Another"), "East"),
        )
    )
    for place, role in ((there, "facilitator"), (theirs, "participant"), (elsewhere, "facilitator")):
        Membership.objects.create(programme=place.programme, cohort=place, user=world.fay.user, role=role)

    def planned_at(cohort: Cohort, days: int) -> Meeting:
        starts_at = meeting.starts_at + timedelta(days=days)
        number = cohort.meetings.count() + 1
        return Meeting.objects.create(cohort=cohort, number=number, starts_at=starts_at, time_zone="UTC")

    near, before, far = planned_at(there, 2), planned_at(there, -26), planned_at(there, 60)
    (trust,) = put(near, "Trust")
    term = PredefinedConcept.objects.create(programme=world.programme, term="Commons")
    trust.concepts.set([term])
    turn = {"kind": "airtime", "minutes": 35, "format": "classic", "title": "Bo", "handout": "https://example.org/bo"}
    turned = agenda.add(near, uuid4(), turn, [term])
    AgendaItem.objects.filter(pk=turned.pk).update(reached=True, seconds=2400, minutes_before=40)
    agenda.add(near, uuid4(), TYPED | {"title": "A quarrel", "origin": "emergent"})
    put(before, "Earlier")
    Parked.objects.create(meeting=before, text="What Bo fears")
    carried = agenda.left_over(near)
    agenda.carry(near, {one.pk for one in carried})
    for _time in range(3):  # a copy of what was carried holds it too, whatever was removed between
        for one in agenda.items(far):
            agenda.remove(one)
        agenda.begin(far, "last")
    for cohort in (theirs, elsewhere):
        put(planned_at(cohort, 0), f"Of {cohort.name}")
    put(planned_at(there, 1), "Cancelled")
    there.meetings.filter(items__title="Cancelled").update(state="cancelled")

    put(world.meeting(meeting.starts_at + timedelta(days=60)), "Our own")
    old, left = (Cohort.objects.create(programme=world.programme, name=name) for name in ("Old", "Left"))
    for place, ended in ((old, None), (left, "2026-02-01")):
        Membership.objects.create(
            programme=world.programme, cohort=place, user=world.fay.user, role="facilitator", left_on=ended
        )
        put(planned_at(place, 367 if place == old else 0), f"Of {place.name}")

    client = world.client(world.fay)
    with django_assert_num_queries(10):
        page = client.get(url(meeting)).text
    assert "The agenda of South, " in page
    assert not [name for name in ("North", "Old", "Left") if f"The agenda of {name}, " in page]
    assert ("The agenda of East, " in page, "The agenda of Not mine" in page) == (True, False)
    for refused in (theirs.meetings.get(), before, far):
        assert posted(world, meeting, "begin_agenda", source=refused.pk).status_code == 422
    for _twice in range(2):
        assert posted(world, meeting, "begin_agenda", source=near.pk).status_code == 302
    assert planned(meeting) == ["Trust", "Airtime"]
    copied, its_turn = agenda.items(meeting)
    assert (copied.kind, copied.minutes, [one.term for one in copied.concepts.all()]) == ("theory", 60, ["Commons"])
    assert (its_turn.minutes, its_turn.format, its_turn.regime, its_turn.handout) == (35, "classic", "set", "")
    assert (its_turn.reached, its_turn.seconds, its_turn.minutes_before) == (False, 0, None)
    assert not its_turn.concepts.exists()  # they would say what it was about
    Meeting.objects.filter(pk=near.pk).update(state="cancelled")
    meeting.items.all().delete()
    posted(world, meeting, "begin_agenda", source=before.pk)
    assert planned(meeting) == ["Earlier"]
    meeting.items.all().delete()
    Meeting.objects.filter(pk=before.pk).update(state="cancelled")
    posted(world, meeting, "begin_agenda", source=far.pk)
    assert planned(meeting) == ["Trust", "Airtime"]
    abroad = elsewhere.meetings.get()
    abroad.items.all().delete()
    posted(world, abroad, "begin_agenda", source=meeting.pk)
    assert (planned(abroad), list(abroad.items.exclude(concepts=None))) == (["Trust", "Airtime"], [])


def test_what_every_meeting_has_by_itself_is_not_left_over(world: World, meeting: Meeting) -> None:
    last = world.meeting(meeting.starts_at - timedelta(days=28))
    done, *left = put(last, "done", "check", "progress", "commons", "process", "close")
    AgendaItem.objects.filter(pk=done.pk).update(reached=True)
    for item, kind in zip(left, ("check-in", "progress", "theory", "process", "close"), strict=True):
        AgendaItem.objects.filter(pk=item.pk).update(kind=kind)
    assert [str(item) for item in agenda.left_over(meeting)] == ["commons"]


def test_clock_times_run_on_and_what_is_too_much_is_said(world: World, meeting: Meeting) -> None:
    put(meeting, "one", "two", "three")
    page = world.client(world.fay).get(url(meeting))
    for told in (
        "14:00&nbsp;to&nbsp;15:00, 60&nbsp;min",
        "16:00&nbsp;to&nbsp;17:00, 60&nbsp;min",
        "In all 180 of 180 minutes.",
    ):
        assert told in page.text
    put(meeting, "four")
    page = world.client(world.fay).get(url(meeting))
    assert "In all 240 minutes: 60 more than the 180 of the meeting." in page.text
    assert (page.text.count("After the end"), page.text.count("Runs over the end")) == (1, 0)
    AgendaItem.objects.filter(title="three").update(minutes=61)
    page = world.client(world.fay).get(url(meeting))
    assert (page.text.count("After the end"), page.text.count("Runs over the end")) == (1, 1)


def test_the_agenda_of_a_workshop_is_shown_by_day(world: World, meeting: Meeting) -> None:
    """From 14:00 on the 9th until 12:00 on the 10th: the second day ends with its last item."""
    assert "day" not in world.client(world.fay).get(url(meeting, "add_item")).context["form"].fields
    Meeting.objects.filter(pk=meeting.pk).update(minutes=22 * 60)
    first, second = put(meeting, "one", "two")
    page = world.client(world.fay).get(url(meeting)).text
    assert ("Day 1" in page, "16:00" in page) == (False, True)  # nobody has said yet what is of which day
    assert "Open an item to say which day it is on." in page
    assert re.findall(r"Nothing is planned yet[^<]*", page) == ["Nothing is planned yet: Day 2, Thursday 10 July"]
    assert "The agenda of the meeting before" not in page  # it would come with all its days
    for day in ("1", "3", "", "x" * 5000):  # the first is planned, and the others are none
        posted(world, meeting, "begin_agenda", source="workshop-day", day=day)
    assert planned(meeting) == ["one", "two"]
    for _twice in range(2):
        posted(world, meeting, "begin_agenda", source="classic", day="2")
    assert {item.day for item in agenda.items(meeting)[2:]} == {2}
    assert len(planned(meeting)) == 2 + len(formats.agenda("classic"))
    meeting.items.filter(day=2).delete()
    for n, title in enumerate(("three", "four")):
        typed = TYPED | {"title": title, "minutes": "60", "day": "2", "version": "0", "key": str(uuid4())}
        assert posted(world, meeting, "add_item", **typed).status_code == 302, n
    assert (
        posted(world, meeting, "add_item", **TYPED | {"day": "3", "version": "0", "key": str(uuid4())}).status_code
        == 422
    )

    asked = world.client(world.fay).get(url(meeting, "add_item")).context["form"]
    assert asked["day"].value() == 2  # where the agenda ends

    def by_day(where: str = "agenda", who: str = "fay") -> list[str]:
        page = world.client(getattr(world, who)).get(url(meeting, where)).text
        return re.findall(r"Day \d, \w+ \d+ \w+|\b(?:one|two|three|four)(?=</(?:a|strong)>)", page)

    days = ["Day 1, Wednesday 9 July", "Day 2, Thursday 10 July"]
    told = [days[0], "one", "two", days[1], "three", "four"]
    assert by_day() == by_day("meeting", "pia") == told
    assert "Nothing is planned yet" not in world.client(world.fay).get(url(meeting)).text
    page = world.client(world.pia).get(url(meeting, "meeting")).text
    assert all(hours in page for hours in ("14:00&nbsp;to&nbsp;15:00", "10:00&nbsp;to&nbsp;11:00"))
    for to, then in (
        ("down", [days[0], "one", days[1], "two", "three", "four"]),
        ("down", [days[0], "one", days[1], "three", "two", "four"]),
        ("up", [days[0], "one", days[1], "two", "three", "four"]),
        ("up", told),
        ("end", [days[0], "one", days[1], "three", "four", "two"]),
        (str(first.pk), [days[0], "two", "one", days[1], "three", "four"]),
    ):
        posted(world, meeting, "move_item", second.pk, to=to)
        assert by_day() == then, to
    AgendaItem.objects.filter(pk=first.pk).update(day=3)  # as of a meeting that was shortened by a day
    asked = world.client(world.fay).get(url(meeting, "item", first.pk)).context["form"]
    assert (asked["day"].value(), by_day()[-1]) == (2, "one")  # the form says what the agenda shows
    after = world.meeting(meeting.starts_at + timedelta(days=28))
    agenda.begin(after, "last")
    assert {item.day for item in agenda.items(after)} == {1}  # it has no other


def test_an_item_is_added_once_moved_removed_and_put_back(world: World, meeting: Meeting) -> None:
    key = uuid4()
    for _twice in range(2):
        posted(world, meeting, "add_item", **TYPED, version=0, key=key)
    first, second = put(meeting, "two", "three")
    assert planned(meeting) == ["Commons", "two", "three"]
    answer = posted(world, meeting, "move_item", second.pk, to="up")
    page = world.client(world.fay).get(answer.url).text
    assert "It is number 2 now." in page
    named = [" ".join(strip_tags(one).split()) for one in re.findall(r"<button[^>]*>(.*?)</button>", page)]
    for name in ("Move up three, number 2", "Move down three, number 2", "Remove three, number 2"):
        assert name in named  # two turns are called alike
    assert planned(meeting) == ["Commons", "three", "two"]
    posted(world, meeting, "move_item", second.pk, to=AgendaItem.objects.get(key=key).pk)
    assert planned(meeting) == ["three", "Commons", "two"]
    posted(world, meeting, "move_item", second.pk, to="end")
    assert planned(meeting) == ["Commons", "two", "three"]
    answer = posted(world, meeting, "remove_item", first.pk)
    assert "“two” is removed." in world.client(world.fay).get(answer.url).text
    posted(world, meeting, "move_item", second.pk, to="up")
    posted(world, meeting, "put_back_item", first.pk)
    assert sorted(planned(meeting)) == ["Commons", "three", "two"]


def test_two_facilitators_lose_nothing(world: World, meeting: Meeting) -> None:
    (item,) = put(meeting, "Trust")
    mine = TYPED | {"version": item.version, "key": item.key}
    assert posted(world, meeting, "item", item.pk, **mine | {"title": "Theirs", "minutes": 40}).status_code == 302
    answer = posted(world, meeting, "item", item.pk, **mine | {"title": "Mine"})
    assert answer.status_code == 409
    for told in ("Somebody else changed this item meanwhile", "<dd>Theirs</dd>", "<dd>40</dd>", 'value="Mine"'):
        assert told in answer.text
    assert planned(meeting) == ["Theirs"]
    agenda.remove(item)  # the other one takes it off while this one is writing: what was typed stands again
    assert posted(world, meeting, "item", item.pk, **mine | {"title": "Mine", "version": 2}).status_code == 302
    assert planned(meeting) == ["Mine"]


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("minutes", "0", "Give it at least one minute."),
        ("minutes", "many", "Please give a whole number."),
        ("kind", "nonsense", "not on offer any more"),
        ("handout", "javascript:alert(1)", "Please give a link that begins with https://."),
        ("title", "a\x00b", "This holds a character that cannot be shown."),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field(
    world: World, meeting: Meeting, field: str, text: str, told: str
) -> None:
    answer = posted(world, meeting, "add_item", **TYPED | {field: text, "version": 0, "key": uuid4()})
    assert (answer.status_code, told in answer.text, planned(meeting)) == (422, True, [])


def test_the_set_reads_it_on_the_meetings_page_and_once_closed_it_stands(world: World, meeting: Meeting) -> None:
    (item,) = put(meeting, "Trust")
    turn = agenda.add(meeting, uuid4(), {"kind": "airtime", "minutes": 12, "format": "classic"})
    page = world.client(world.pia).get(url(meeting, "meeting")).text
    assert (
        "Trust" in page,
        "Present 1\u00a0min&nbsp;· Clarify 2\u00a0min&nbsp;· Open questions 5\u00a0min" in page,
    ) == (True, True)
    agenda.remove(turn)
    Meeting.objects.filter(pk=meeting.pk).update(state="cancelled")
    body = TYPED | {"version": 1, "key": uuid4()}
    assert "stands as it is" in posted(world, meeting, "item", item.pk, **body).text
    assert posted(world, meeting, "add_item", **body).status_code == 422
    posted(world, meeting, "remove_item", item.pk)
    posted(world, meeting, "begin_agenda", source="classic")
    assert planned(meeting) == ["Trust"]
    assert "Move up" not in world.client(world.fay).get(url(meeting)).text


def test_an_item_of_another_meeting_is_not_found(world: World, meeting: Meeting) -> None:
    (item,) = put(world.meeting(timezone.now() + timedelta(days=40)), "Theirs")
    assert posted(world, meeting, "remove_item", item.pk).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(world: World, meeting: Meeting, django_assert_num_queries: DjangoAssertNumQueries, rows: int) -> None:
    put(meeting, *"abc"[:rows])
    client = world.client(world.fay)
    with django_assert_num_queries(8):
        client.get(url(meeting))
