"""Where the lines of finished pages stand: what hangs, what is kept together and what is ruled."""

import dataclasses
import re

import pytest

from reports import pdf, readback
from reports.document import Answers, ConceptList, Question, Questions, Session, WithheldAnswers
from tests.paper import invented
from tests.paper.invented import all_said, cluster, said
from tests.paper.lines import lines_of, rules_over, sizes_of

TEXT = 24 * 72 / 25.4 + 34 * 72 / 25.4
"""How far from the left edge of A4 the text stands, to which headings hang."""
TITLES = ("What each of us has learned from a colleague", "On the way to an ever better understanding of commissioning")
TERM = "Somebody to whom it matters that it is done well"
PROMPT = "What have I seen this month that I would not have seen had I stayed where I was, and whom will I tell of it?"
KINDS = ("Somebody", "Some day", "Something", "Somehow")
BEGUN = ((1, 1), (1, 2), (1, 3), (2, 4))
ENDLESS = "Each of us told of it at length, and was heard to the end. " * 60


@pytest.fixture(scope="module")
def awkward():
    """Titles of two lines, a term and a question of several, answers and an explanation that no page holds, and more
    sections in a session than a page of contents has lines."""
    clusters = (
        cluster("Whom it is for", TERM, ("Those who pay", "Taxpayers"), *(f"Somebody {n}" for n in range(7))),
        cluster("When it is", *(f"Some day {n}" for n in range(4))),
        cluster("What it is", *(f"Something {n}" for n in range(10))),
        cluster("How it is", *(f"Somehow {n}" for n in range(7))),
    )
    sections = (
        Session(1, 1, said(TITLES[0]), ()),
        ConceptList(None, clusters),
        Session(1, 2, said(TITLES[1]), all_said(("It began.",))),
        Answers(said(PROMPT), all_said((ENDLESS, "Time."))),
        Answers(said("And then?"), all_said((ENDLESS[:2000], ENDLESS[:2000]))),
        Questions(None, (Question(said("Why?"), said(ENDLESS * 2)), Question(said("And why not?"), None))),
        *(WithheldAnswers(said(f"What is number {number}?")) for number in range(40)),
    )
    return pdf.render(dataclasses.replace(invented.minimal(), sections=sections))


@pytest.fixture(scope="module")
def stood(awkward):
    return lines_of(awkward)


def the(stood, beginning):
    """Where the one line is that begins with these words, the contents and running heads aside."""
    (place,) = [
        n for n, line in enumerate(stood) if line.page > 1 and line.top < 770 and line.words.startswith(beginning)
    ]
    return place


def test_a_title_turns_over_with_two_words_at_least_and_none_broken(stood):
    for title in TITLES:
        first = the(stood, title[:20])
        assert f"{stood[first].words} {stood[first + 1].words}" == title
        assert " " in stood[first + 1].words


def test_what_turns_over_hangs_and_so_do_headings(stood):
    """A second line is no entry of its own: in the contents, in a term, in a bullet."""
    (entry,) = [n for n, line in enumerate(stood) if line.page == 1 and line.words.startswith(PROMPT[:20])]
    first, second, number = stood[entry : entry + 3]
    assert f"{first.words} {second.words}" == PROMPT
    assert second.left > first.left + 9
    assert (number.words, round(number.right)) == ("6", 527)
    assert abs(number.bottom - second.bottom) < 5
    term, pay, taxes = (the(stood, words) for words in (TERM[:15], "Those who pay", "Taxpayers"))
    assert stood[term + 1].left > stood[term].left + 9
    assert stood[taxes].left > stood[pay].left + 13  # further than the second line of a term
    dash = next(line for line in stood if line.words == "–")
    told = [line.left for line in stood if line.page == dash.page and re.match("Each of|told of|and was", line.words)]
    assert len(told) > 9
    assert min(told) == pytest.approx(dash.right, abs=1)
    assert dash.left > TEXT
    heads = (*TITLES, "Words and concepts", PROMPT)
    assert all(67 < stood[the(stood, words[:20])].left < 70 for words in heads)


def test_clusters_of_concepts_stand_whole_and_in_order_in_columns_that_are_level(stood, awkward):
    assert "continued" not in readback.read(awkward).spoken
    heads = [stood[the(stood, words)] for words in ("Whom it is for", "When it is", "What it is", "How it is")]
    columns = [[line for line in stood if re.match(rf"{kind} \d", line.words)] for kind in KINDS]
    for head, column in zip(heads, columns, strict=True):
        assert {round(line.left - head.left) for line in column} == {0}
        assert all(head.bottom > line.bottom for line in column)
    assert [round(head.left) for head in heads] == [68, 227, 227, 385]
    assert heads[0].bottom == pytest.approx(heads[1].bottom, abs=1) == pytest.approx(heads[3].bottom, abs=1)


def test_a_list_of_concepts_without_an_introduction_keeps_off_its_heading():
    alone = ConceptList(None, (cluster("", "curiosity", "trust"),))
    stood = lines_of(pdf.render(dataclasses.replace(invented.minimal(), sections=(alone,))))
    term = stood[the(stood, "curiosity")]
    head = next(
        line for line in stood if line.words == "Words and concepts" and line.left < 70 and line.page == term.page
    )
    assert head.bottom - term.top > 17  # six millimetres, as below every heading of a part


def test_no_heading_is_alone_above_what_no_page_holds_and_nothing_is_lost_below_the_foot(stood, awkward):
    """An answer, an explanation, and the contents of a session, each longer than a page."""
    heads = [stood[the(stood, words)] for words in (PROMPT[:20], "And then?", "The challenges, as questions")]
    told = [line for line in stood if line.words.startswith("Each of us")]
    assert all(any(line.page == head.page and line.top < head.bottom for line in told) for head in heads)
    assert [line.words for line in stood if line.page == 1][:2] == ["Contents", "About this report"]
    assert all(line.bottom > 64 for line in stood if not line.words.isdecimal() and line.page)
    spoken = " ".join(readback.read(awkward).spoken.split())
    assert spoken.count("Each of us told") == 3 * 60 + 2 * 34


def test_nothing_is_set_smaller_than_eight_points(printed):
    assert min(sizes_of(printed)) == 8


def test_the_contents_are_ruled_where_a_session_begins_and_nowhere_else(printed):
    rules = rules_over(printed, 1)
    lines = [line for line in lines_of(printed) if line.page == 1 and 160 < line.left < 500 and line.top < 770]
    under = [next(line.words for line in lines if line.top < rule) for rule in rules]
    assert [words[:17] for words in under] == ["About this report", *(f"Day {day} · Session {n}" for day, n in BEGUN)]
