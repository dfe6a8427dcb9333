"""The shape of a stored write-up, the order of its sections, and how typed text is read. No database."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import arranging
from reports import write_up as raw
from reports.schemes import described
from reports.typed_text import as_lines, as_paragraphs, as_terms, lines, paragraphs, terms
from tests.world import EVERY_SECTION

WRITTEN = arranging.identified(raw.WriteUp(EVERY_SECTION))


def test_a_write_up_is_read_as_it_was_stored() -> None:
    written = arranging.removed(arranging.hidden(WRITTEN, WRITTEN.sections[2].id, hide=True), WRITTEN.sections[0].id)
    again = raw.read(raw.plain(written))
    assert again == written
    assert [one.id for one in again.sections] == [one.id for one in WRITTEN.sections[1:]]
    assert again.removed[0].section.id == WRITTEN.sections[0].id


@pytest.mark.parametrize(
    "content",
    [
        {"sections": [{"kind": "answers", "id": 7}]},
        {"sections": [{"kind": "answers", "hidden": "yes"}]},
        {"sections": [{"kind": "answers", "author": "x"}]},
        {"sections": [{"kind": "poem"}]},
        {"sections": {}},
        {"removed": [{"place": "0", "section": {"kind": "answers"}}]},
        {"removed": [{"place": 0, "section": {"kind": "poem"}}]},
        {"removed": [{"place": 0}]},
        {"hidden": True},
        {"rule": "1927"},
    ],
)
def test_anything_else_is_refused(content: dict[str, Any]) -> None:
    with pytest.raises(raw.WriteUpError):
        raw.read(content)


def test_sections_without_ids_are_told_apart_beside_those_that_have_one() -> None:
    bare = {"sections": [{"kind": "answers"}, {"kind": "next_steps", "id": "s1"}, {"kind": "next_steps"}]}
    named = [section.id for section in raw.read(bare).sections]
    assert (len(set(named)), named[1], all(map(arranging.is_id, named))) == (3, "s1", True)


def test_sections_go_where_they_are_expected() -> None:
    """A session behind all that the earlier ones hold, so that it takes nothing from them but the themes, which look
    back at all; the rest beside its kind, or in a session that was begun since."""
    written = raw.WriteUp((raw.Answers(id="s1"),))
    for kind in ("next_steps", "concepts", "session", "questions", "session", "themes", "contexts", "questions"):
        written, _section = arranging.added(written, kind)
    assert [section.kind for section in written.sections] == [
        "session", "concepts", "questions", "session", "contexts", "questions", "themes", "answers", "next_steps",
    ]  # fmt: skip
    assert [one.number for one in written.sections if isinstance(one, raw.Session)] == [1, 2]
    assert len({section.id for section in written.sections}) == 9
    for kind in ("session", "concepts", "themes", "concepts", "next_steps"):  # the second session is over
        written, _section = arranging.added(written, kind)
    assert [section.kind for section in written.sections][6:] == [
        "session", "concepts", "concepts", "themes", "themes", "answers", "next_steps", "next_steps",
    ]  # fmt: skip
    looking_back = raw.WriteUp((raw.Session(), raw.Contexts(), raw.Session(), raw.Themes(), raw.Answers()))
    assert arranging.added(looking_back, "session")[0].sections.index(raw.Session(number=2)) == 4  # its themes stay


def test_a_write_up_has_no_more_sections_than_it_may() -> None:
    written = raw.WriteUp()
    for _ in range(arranging.MOST):
        written, _section = arranging.added(written, "next_steps")
    gone = written.sections[3]
    for full in ("next_steps", "answers", "poem"):
        with pytest.raises(arranging.FullError):
            arranging.added(written, full)
    removed, _section = arranging.added(arranging.removed(written, gone.id), "next_steps")
    with pytest.raises(arranging.FullError):
        arranging.put_back(removed, gone.id)
    with pytest.raises(arranging.FullError):
        arranging.saying(removed, gone)
    for _ in range(30):
        written = arranging.removed(written, written.sections[0].id)
    assert len(written.removed) == arranging.KEPT


def test_moving_loses_nothing_and_names_what_is_not_there_harmlessly() -> None:
    for section in WRITTEN.sections:
        for to in ("up", "down", "end", *(one.id for one in WRITTEN.sections), "nowhere"):
            moved = arranging.moved(WRITTEN, section.id, to)
            assert sorted(one.id for one in moved.sections) == sorted(one.id for one in WRITTEN.sections)
    assert arranging.moved(WRITTEN, "nobody", "up") == WRITTEN


def test_a_digest_knows_what_is_said_and_not_where_it_stands() -> None:
    steps = raw.NextSteps(("One",), id="s1")
    assert raw.digest(steps) == raw.digest(replace(steps, id="s2", hidden=True))
    assert raw.digest(steps) != raw.digest(raw.NextSteps(("Two",), id="s1"))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Markets\n  Real\n  Quasi\nFunding", [("Markets", ("Real", "Quasi")), ("Funding", ())]),
        ("Markets\n- Real\n– Quasi\n\nFunding\n", [("Markets", ("Real", "Quasi")), ("Funding", ())]),
        ("Markets\r\n\tReal\r\nFunding", [("Markets", ("Real",)), ("Funding", ())]),
        ("- Markets\n- Funding", [("Markets", ()), ("Funding", ())]),  # pasted with its bullets
        ("• Markets\n  • Real\n• Funding", [("Markets", ("Real",)), ("Funding", ())]),
        ("  Markets\n  Funding", [("Markets", ()), ("Funding", ())]),  # pasted from inside something
        ("Not-for-profit\n-5 degrees", [("Not-for-profit", ()), ("-5 degrees", ())]),
        ("\n -\n", []),
        ("", []),
    ],
)
def test_terms_are_read_as_people_type_them(typed: str, read: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(term.text, term.sub_terms) for term in terms(typed)] == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (
            "We heard:\r\n•\tBeds are\r\nfull\r\n•\tNobody asks\r\n\r\nSo what?",
            ("We heard:", "Beds are full", "Nobody asks", "So what?"),
        ),
        ("- one\n- two\n-\n", ("one", "two")),
        ("It is cold\n– colder than before –\nand dark.", ("It is cold – colder than before – and dark.",)),
    ],
)
def test_a_list_pasted_into_prose_stays_apart(typed: str, read: tuple[str, ...]) -> None:
    assert paragraphs(typed) == read


WORDS = st.from_regex(r"[a-zåäö]{1,6}( [a-zåäö]{1,6}){0,2}", fullmatch=True)


@given(st.lists(st.builds(raw.Term, WORDS, st.lists(WORDS, max_size=3).map(tuple)), max_size=6).map(tuple))
def test_terms_come_back_as_they_were(listed: tuple[raw.Term, ...]) -> None:
    assert terms(as_terms(listed)) == listed


@given(st.lists(WORDS, max_size=6).map(tuple))
def test_lines_and_paragraphs_come_back_as_they_were(texts: tuple[str, ...]) -> None:
    assert lines(as_lines(texts)) == paragraphs(as_paragraphs(texts)) == texts


def test_a_drawing_is_put_in_words_in_the_language_of_the_report() -> None:
    scheme = raw.Scheme("", (raw.Node("A {x}", 0, 0), raw.Node("B", 9, 9)), (raw.Link(0, 1, "c"), raw.Link(1, 0)))
    assert described(scheme, "en") == (
        "The drawing connects: A {x}, B. An arrow leads from “A {x}” to “B”; along it stands “c”."
        " An arrow leads from “B” to “A {x}”."
    )
    assert described(scheme, "sv").startswith("Bilden knyter ihop: A {x}, B. En pil går från ”A {x}” till ”B”;")
    assert described(raw.Scheme(), "en") == ""
