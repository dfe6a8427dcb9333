"""The list of words and concepts that a set draws up while it meets."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from sessions import attendance, concepts, lifecycle
from sessions.models import Concept, Meeting
from tests.meetings.conftest import World
from tests.reports.objecting import everything

DURING = datetime(2026, 12, 8, 15, tzinfo=UTC)


@pytest.fixture
def meeting(world: World):
    """A meeting of the set that has begun an hour ago."""
    with time_machine.travel(DURING, tick=False):
        yield world.meeting()


def url(meeting: Meeting, name: str = "concepts", *more: object) -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk, *more])


def add(world: World, who: object, meeting: Meeting, text: str):
    return world.client(who).post(url(meeting, "add_concept"), {"text": text})


def texts(meeting: Meeting) -> list[str]:
    return [concept.text for concept in concepts.listed(meeting)]


def close(meeting: Meeting) -> None:
    attendance.mark_and_close(meeting, meeting.version, {}, timezone.now() + timedelta(hours=48))


def test_what_one_writes_the_others_see_and_by_whom_is_nowhere(
    world: World, meeting: Meeting, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    clients = [world.client(who) for who in (world.pia, world.omar, world.fay)]
    before = [table for table in everything() if table[0] != Concept._meta.db_table]
    for client, text in zip(
        clients, ("ownership", " Ägarskap ", "money\u00a0 that\u2014follows\u2026\u200b"), strict=True
    ):
        assert client.post(url(meeting, "add_concept"), {"text": text}).status_code == 302
    assert [table for table in everything() if table[0] != Concept._meta.db_table] == before
    assert caplog.messages == []
    assert {name for client in clients for name in client.cookies} <= {"sessionid", "csrftoken"}
    page = world.client(world.omar).get(url(meeting, "concepts_now"))
    assert texts(meeting) == [
        "Ägarskap",
        "money that – follows...",
        "ownership",
    ]  # by the alphabet, and no keyboard's own
    for text in texts(meeting):
        assert page.text.count(f"<span>{text}</span>") == 1
    assert "3 terms on the list" in page.text
    for name in ("Pia", "Omar", "Fay"):
        assert name not in page.text
    assert {field.name for field in Concept._meta.get_fields()} == {"id", "meeting", "text", "struck"}


def test_a_term_stands_once_whatever_its_capitals(world: World, meeting: Meeting) -> None:
    answers = [add(world, world.pia, meeting, text) for text in ("Åtgärd", "åtgärd", "ÅTGÄRD")]
    assert ["is on the list already" in answer.text for answer in answers] == [False, True, True]
    assert texts(meeting) == ["Åtgärd"]


def test_anybody_strikes_out_and_puts_back(world: World, meeting: Meeting) -> None:
    add(world, world.pia, meeting, "ownership")
    term = Concept.objects.get()
    other = Concept.objects.create(meeting=meeting, text="trust")
    struck = world.client(world.omar).post(url(meeting, "strike_concept", term.pk))
    assert "“ownership” is struck out." in struck.text
    for address in (url(meeting, "strike_concept", term.pk), url(meeting, "add_concept")):  # left in the browser
        assert world.client(world.omar).get(address).url == url(meeting)
    assert texts(meeting) == ["trust"]
    other.delete()
    assert world.client(world.fay).post(url(meeting, "put_back_concept", term.pk)).status_code == 302
    assert texts(meeting) == ["ownership"]
    world.client(world.omar).post(url(meeting, "strike_concept", term.pk))
    add(world, world.pia, meeting, "Ownership")
    assert texts(meeting) == ["ownership"]


def test_of_what_is_pasted_each_line_is_a_term_and_a_comma_may_be_in_it(world: World, meeting: Meeting) -> None:
    add(world, world.omar, meeting, "Money, and who it follows")
    pasted = " ownership \r\n\r\nmoney, and who it follows\ntariffs\u2028Ownership\naudit"
    answer = add(world, world.pia, meeting, pasted)
    assert "“money, and who it follows” is on the list already." in " ".join(answer.text.split())
    assert texts(meeting) == ["audit", "Money, and who it follows", "ownership", "tariffs"]
    assert add(world, world.pia, meeting, "needs\nprice").status_code == 302
    twice = add(world, world.pia, meeting, "needs\nprice\nvalue")
    assert "“needs”, “price” are on the list already." in " ".join(twice.text.split())
    assert "value" in texts(meeting)


def test_of_what_is_pasted_all_is_added_or_nothing_and_nothing_is_lost(
    world: World, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = [letter * 121 for letter in "xy"]
    answer = add(world, world.pia, meeting, "\n".join(["ownership", *long, "audit"]))
    told = [f"Please shorten “{letter * 39}…”, which has 121." in answer.text for letter in "xy"]
    assert (answer.status_code, told, texts(meeting)) == (422, [True, True], [])
    assert ">\n" + "\n".join(["ownership", *long, "audit"]) + "</textarea>" in answer.text
    monkeypatch.setattr(concepts, "MOST", 3)
    add(world, world.pia, meeting, "ownership")
    full = add(world, world.pia, meeting, "audit\nOwnership\nneeds\nprice")
    assert "There is room for 2 more terms, and these are 3. Nothing was added." in full.text
    assert (full.status_code, texts(meeting)) == (422, ["ownership"])
    assert ">\naudit\nOwnership\nneeds\nprice</textarea>" in full.text


def test_of_another_meeting_nothing_is_struck(world: World, meeting: Meeting) -> None:
    other = world.meeting(DURING - timedelta(days=28))
    term = Concept.objects.create(meeting=other, text="theirs")
    assert world.client(world.pia).post(url(meeting, "strike_concept", term.pk)).status_code == 404
    assert texts(other) == ["theirs"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Please fill this in."),
        ("   ", "Please fill this in."),
        ("x" * 121, "Please shorten this to 120 characters; it has 121."),
        ("a\x00b", "This holds a character that cannot be shown."),
    ],
)
def test_what_cannot_stand_is_refused_beside_the_line_and_kept(
    world: World, meeting: Meeting, text: str, told: str
) -> None:
    answer = add(world, world.pia, meeting, text)
    assert answer.status_code == 422
    assert told in answer.text
    assert texts(meeting) == []


def test_hostile_text_is_shown_as_it_was_typed(world: World, meeting: Meeting) -> None:
    add(world, world.pia, meeting, "<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in world.client(world.omar).get(url(meeting)).text


def test_a_full_list_says_what_to_do(world: World, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(concepts, "MOST", 2)
    for text in ("one", "two"):
        add(world, world.pia, meeting, text)
    answer = add(world, world.pia, meeting, "three")
    assert (answer.status_code, "The list is full." in answer.text, ">\nthree</textarea>" in answer.text) == (
        422,
        True,
        True,
    )
    assert "“ONE” is on the list already." in add(world, world.pia, meeting, "ONE").text


def test_before_the_meeting_the_page_says_when_the_list_opens(world: World) -> None:
    ahead = world.meeting()
    with time_machine.travel(datetime(2026, 12, 1, tzinfo=UTC), tick=False):
        page = world.client(world.pia).get(url(ahead))
        assert "The list opens when the meeting begins: Tuesday 8 December 2026" in page.text
        assert "data-every" not in page.text
        assert add(world, world.pia, ahead, "early").status_code == 422
    assert texts(ahead) == []


def test_at_the_close_the_terms_lie_in_new_rows_in_another_order(world: World, meeting: Meeting) -> None:
    written = [f"term {number:02}" for number in range(20)]
    for text in written:
        concepts.add(meeting, text)
    concepts.strike(meeting, Concept.objects.get(text="term 07").pk)
    before = set(Concept.objects.values_list("pk", flat=True))
    close(meeting)
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    as_they_lie = [row.text for row in Concept.objects.extra(select={"place": place}).order_by("place")]
    left = [text for text in written if text != "term 07"]
    assert sorted(as_they_lie) == left
    assert as_they_lie not in (left, left[::-1])
    assert set(Concept.objects.values_list("pk", flat=True)) & before == set()


def test_once_closed_the_list_is_read_and_not_written(world: World, meeting: Meeting) -> None:
    concepts.add(meeting, "ownership")
    room = f'href="{url(meeting, "room")}"'
    assert room in world.client(world.pia).get(url(meeting)).text  # who came from the room goes back in one step
    close(meeting)
    term = Concept.objects.get()
    answer = add(world, world.pia, meeting, "too late")
    assert (answer.status_code, "too late" in answer.text) == (422, True)
    world.client(world.pia).post(url(meeting, "strike_concept", term.pk))
    page = world.client(world.pia).get(url(meeting))
    assert texts(meeting) == ["ownership"]
    assert not any(offered in page.text for offered in ("data-every", "Strike out", room))
    assert "The meeting is closed" in world.client(world.pia).get(url(meeting, "concepts_now")).text
    lifecycle.reopen(meeting, meeting.version)
    assert add(world, world.pia, meeting, "in time").status_code == 302


@pytest.mark.parametrize("number", [1, 3])
def test_queries(
    world: World, meeting: Meeting, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for place in range(number):
        concepts.add(meeting, f"term {place}")
    client = world.client(world.pia)
    with django_assert_num_queries(5):
        client.get(url(meeting, "concepts_now"))
