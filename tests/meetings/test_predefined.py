"""The concept library of a programme: kept by its facilitators, read in its sets, drawn on by agendas."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from learningsets.models import Cohort, Programme
from sessions import agenda, predefined
from sessions.models import AgendaItem, PredefinedConcept
from tests.meetings.conftest import World

TYPED = {"term": "Commons", "explanation": "What is everybody’s.", "cluster": "Sharing", "handout": "", "version": "0"}
ITEM = {"kind": "theory", "title": "", "minutes": "20", "origin": "predefined", "regime": "set", "version": "0"}


def url(name: str, key: object) -> str:
    return reverse(f"meetings:{name}", args=[key])


def posted(world: World, name: str, key: object, **body: str) -> Any:
    return world.client(world.fay).post(url(name, key), body)


def listed(programme: Programme) -> list[tuple[str, str]]:
    return [(one.cluster, one.term) for one in predefined.everything(programme) if not one.removed]


@pytest.fixture
def concepts(world: World) -> list[PredefinedConcept]:
    """Two concepts of the programme, of which the second has a handout."""
    below = {"Icebergs": "tips\nkeels"}
    rows = [("Commons", "What is everybody’s.", ""), ("Icebergs", "Most lies below.", "https://example.org/ice")]
    return [
        PredefinedConcept.objects.create(
            programme=world.programme, term=t, explanation=e, cluster="Seeing", handout=h, sub_terms=below.get(t, "")
        )
        for t, e, h in rows
    ]


def test_facilitators_keep_it_and_members_read_it(world: World) -> None:
    for _twice in range(2):
        assert posted(world, "add_predefined", world.programme.pk, **TYPED).status_code == 302
    taken = posted(world, "add_predefined", world.programme.pk, **TYPED | {"term": "COMMONS", "explanation": "Mine."})
    assert (taken.status_code, "has this term already" in taken.text, "Mine." in taken.text) == (422, True, True)
    assert listed(world.programme) == [("Sharing", "Commons")]
    pages = [world.client(who).get(url("predefined", world.programme.pk)).text for who in (world.fay, world.pia)]
    assert [("What is everybody’s." in page, "never about a member" in page) for page in pages] == [(True, True)] * 2
    assert ["Remove" in page for page in pages] == [True, False]
    assert world.client(world.odile).get(url("predefined", world.programme.pk)).status_code == 404


def test_of_two_who_change_a_concept_one_is_told(world: World, concepts: list[PredefinedConcept]) -> None:
    mine = TYPED | {"version": "1"}
    theirs = posted(world, "predefined_concept", concepts[0].pk, **mine | {"explanation": "Theirs."})
    assert "Saved." in world.client(world.fay).get(theirs.url).text
    met = posted(world, "predefined_concept", concepts[0].pk, **mine | {"explanation": "Mine."})
    assert (met.status_code, "<dd>Theirs.</dd>" in met.text, "Mine.</textarea>" in met.text) == (409, True, True)
    taken = posted(world, "predefined_concept", concepts[0].pk, **mine | {"term": "icebergs", "version": "2"})
    assert (taken.status_code, "has this term already" in taken.text) == (422, True)


def test_what_is_removed_can_be_put_back(world: World, concepts: list[PredefinedConcept]) -> None:
    client = world.client(world.fay)
    answer = client.post(url("remove_predefined", concepts[0].pk))
    page = client.get(answer.url).text
    assert ("“Commons” is removed." in page, "autofocus>Undo" in page) == (True, True)
    assert "Commons" not in world.client(world.pia).get(answer.url).text
    client.post(url("put_back_predefined", concepts[0].pk))
    client.post(url("remove_predefined", concepts[1].pk))
    again = TYPED | {"term": "icebergs", "explanation": "Said anew."}  # added again it is the same one
    posted(world, "add_predefined", world.programme.pk, **again)
    assert listed(world.programme) == [("Seeing", "Commons"), ("Sharing", "icebergs")]
    assert PredefinedConcept.objects.count() == 2


PASTED = (
    "Term\tExplanation\nCommons\tWhat is everybody’s.\tSharing\thttps://example.org/c\n\nSeeing:\n- Icebergs\n"
    "• Maps | Each has one. | Ways of seeing\n  - of places\n\tof people\n"
)


def test_many_are_pasted_at_once_after_a_look(world: World) -> None:
    first = posted(world, "paste_predefined", world.programme.pk, concepts=PASTED)
    assert (first.status_code, "3 concepts, nothing wrong." in first.text, listed(world.programme)) == (200, True, [])
    for _twice in range(2):
        saved = posted(world, "paste_predefined", world.programme.pk, concepts=PASTED, save="1")
        assert "3 concepts were added." in world.client(world.fay).get(saved.url).text
    assert listed(world.programme) == [("Seeing", "Icebergs"), ("Sharing", "Commons"), ("Ways of seeing", "Maps")]
    assert PredefinedConcept.objects.get(term="Commons").handout == "https://example.org/c"
    assert PredefinedConcept.objects.get(term="Maps").narrower == ["of places", "of people"]
    assert "<li>of people</li>" in first.text
    assert "<li>of people</li>" in world.client(world.pia).get(url("predefined", world.programme.pk)).text


def test_a_pasted_list_is_taken_out_as_a_whole(world: World, concepts: list[PredefinedConcept]) -> None:
    """But not what the library had before, nor what somebody has changed since."""
    predefined.remove(concepts[1])
    listing = f"Commons | {TYPED['explanation']} | Seeing\nIcebergs\nMaps\nTrust"
    saved = posted(world, "paste_predefined", world.programme.pk, concepts=listing, save="1")
    trust = PredefinedConcept.objects.get(term="Trust")
    posted(world, "predefined_concept", trust.pk, **TYPED | {"term": "Trust", "version": "1"})
    client = world.client(world.fay)
    page = client.get(saved.url).text
    (undo,) = re.findall(r'action="([^"]*/out/)"', page)
    assert ("2 concepts were added." in page, undo in world.client(world.pia).get(saved.url).text) == (True, False)
    assert "2 concepts are removed." in client.post(undo, follow=True).text
    assert [term for _cluster, term in listed(world.programme)] == ["Commons", "Trust"]
    assert client.get(f"{url('predefined', world.programme.pk)}?at=None&did=pasted").status_code == 200


@pytest.mark.parametrize(
    ("pasted", "read"),
    [
        ("Trust\n- Candour\n– Doubt\nMaps", [("Trust", "Candour\nDoubt"), ("Maps", "")]),
        ("- Trust\n- Maps\n  - of places", [("Trust", ""), ("Maps", "of places")]),
        ("  Trust\n  Maps", [("Trust", ""), ("Maps", "")]),
        ("- Trust\n- Maps\nSeeing:\nIcebergs\n- below", [("Trust", ""), ("Maps", ""), ("Icebergs", "below")]),
        ("Trust\n- Maps | Each has one.", [("Trust", ""), ("Maps", "")]),
        ("Seeing:\n  Trust\n  Maps\n    of places", [("Trust", ""), ("Maps", "of places")]),
    ],
)
def test_what_is_indented_or_dashed_stands_under_the_term_above(pasted: str, read: list[tuple[str, str]]) -> None:
    assert [(line.term, line.sub_terms) for line in predefined.read(pasted)] == read


def test_each_line_says_what_is_wrong_with_it_and_then_none_is_kept(
    world: World, concepts: list[PredefinedConcept]
) -> None:
    wrong = f"commons|Something else\nTrust\nTRUST\n|No term\n{'x' * 121}\nLink|a|b|javascript:x\nMany|a|b||c"
    wrong += f"\nLong\n- {'x' * 121}"
    page = posted(world, "paste_predefined", world.programme.pk, concepts=wrong, save="1")
    told = [line.errors[0][:35] if line.errors else "" for line in page.context["lines"]]
    assert (page.status_code, told) == (
        422,
        [
            "The library has this term already. ",
            "",
            "The same term stands in line 2.",
            "Term: Please give the term, a word ",
            "Term: Please shorten this to 120 ch",
            "Link to a handout: Please give a li",
            "There are more than four columns.",
            "Narrower terms: A term has 120 char",
        ],
    )
    assert ("TRUST" in page.text, len(listed(world.programme))) == (True, 2)
    wanted = [f"line-{line.number}" for line in page.context["lines"] if line.errors]
    assert re.findall(r'<a href="#(line-\d+)"', page.text) == wanted
    assert all(f'id="{one}"' in page.text for one in wanted)
    too_many = posted(world, "paste_predefined", world.programme.pk, concepts="\n".join(map(str, range(201))))
    assert "at most 200 lines" in too_many.text


def test_a_block_of_theory_has_its_concepts_and_the_set_reads_them(
    world: World, concepts: list[PredefinedConcept]
) -> None:
    meeting = world.meeting(datetime(2098, 12, 9, 14, tzinfo=UTC))
    fay = world.client(world.fay)
    page = fay.get(url("add_item", meeting.pk), {"kind": "theory"})
    assert ('value="theory" selected' in page.text, page.text.count("Icebergs")) == (True, 1)
    body = ITEM | {"key": uuid4(), "concepts": [str(one.pk) for one in concepts]}
    for _twice in range(2):
        assert fay.post(url("add_item", meeting.pk), body).status_code == 302
    (item,) = agenda.items(meeting)
    for who, name in ((world.pia, "meeting"), (world.fay, "agenda"), (world.pia, "room")):
        read = world.client(who).get(url(name, meeting.pk)).text
        said = ("Most lies below.", "https://example.org/ice", "<li>keels</li>")
        assert [words in read for words in said] == [True] * 3
    fay.post(url("remove_predefined", concepts[1].pk))  # it stays on the agenda, and is not lost from its form
    assert fay.get(reverse("meetings:item", args=[meeting.pk, item.pk])).text.count(" checked") == 2
    assert "Icebergs" not in fay.get(url("add_item", meeting.pk)).text
    changed = body | {"version": "1", "concepts": [str(concepts[1].pk)]}
    answers = [fay.post(reverse("meetings:item", args=[meeting.pk, item.pk]), changed) for _twice in range(2)]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert [one.term for one in agenda.items(meeting)[0].concepts.all()] == ["Icebergs"]
    far = Cohort.objects.create(programme=Programme.objects.create(title="Far"), name="Far").programme
    foreign = PredefinedConcept.objects.create(programme=far, term="Foreign")
    assert fay.post(url("add_item", meeting.pk), body | {"key": uuid4(), "concepts": foreign.pk}).status_code == 422


def test_what_was_left_over_comes_with_its_concepts(world: World, concepts: list[PredefinedConcept]) -> None:
    last = world.meeting(datetime(2098, 11, 9, 14, tzinfo=UTC))
    following = world.meeting(last.starts_at + timedelta(days=28))
    values = {"kind": "theory", "minutes": 20}
    done, left = (agenda.add(last, uuid4(), values, concepts) for _ in range(2))
    predefined.remove(concepts[1])
    AgendaItem.objects.filter(pk=done.pk).update(reached=True)
    agenda.carry(following, {left.pk})
    agenda.begin(third := world.meeting(last.starts_at + timedelta(days=56)), agenda.LAST)
    taken = [[one.term for one in item.concepts.all()] for one in (following, third) for item in agenda.items(one)]
    assert taken == [["Commons"], ["Commons"]]


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(world: World, django_assert_num_queries: DjangoAssertNumQueries, rows: int) -> None:
    meeting = world.meeting(datetime(2098, 12, 9, 14, tzinfo=UTC))
    made = [PredefinedConcept.objects.create(programme=world.programme, term=term) for term in "abc"[:rows]]
    for _item in range(rows):
        agenda.add(meeting, uuid4(), {"kind": "theory", "minutes": 5}, made)
    client = world.client(world.fay)
    for name, key, queries in (("predefined", world.programme.pk, 4), ("agenda", meeting.pk, 9)):
        with django_assert_num_queries(queries):
            client.get(url(name, key))
