"""The optional recogniser adds findings and nothing else; without it nothing of it is imported."""

import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from reports.anonymity import Person, RecogniserMissingError, Roster, deidentify, load_recogniser

ROSTER = Roster(people=(Person("Anna Lindqvist"),), may_name=("zorblax",))
TEXT = "anna met zorblax and quimby at the surgery"


def guesses(text: str) -> Iterator[tuple[int, int, str]]:
    """Takes every word of six letters and more for a person, and the first for an organisation."""
    yield 0, 4, "ORG"
    for word in text.split():
        if len(word) > 5:
            yield text.index(word), text.index(word) + len(word), "PERSON"


def test_a_guess_is_put_to_a_human_unless_it_is_removed_cleared_or_everyday() -> None:
    result = deidentify(TEXT, ROSTER, recogniser=guesses)
    assert [(finding.words, finding.type) for finding in result.open] == [("quimby", "PERSON")]
    assert result.removed == deidentify(TEXT, ROSTER).removed


def test_nothing_of_it_is_imported_until_it_is_asked_for() -> None:
    code = "import sys, reports.anonymity as a; a.deidentify('x', a.Roster()); sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_its_places_are_of_the_input_in_every_piece_or_it_says_how_to_install_it() -> None:
    if find_spec("spacy") is None:
        with pytest.raises(RecogniserMissingError, match=r"python3 requirements/install\.py ner"):
            load_recogniser()
        return
    text = "Mary Poppins \ud800 left.\n" * 500
    found = [text[start:end] for start, end, kind in load_recogniser()(text) if kind == "PERSON"]
    assert len(found) > 400
    assert {words for words in found if "Poppins" not in words} == set()
