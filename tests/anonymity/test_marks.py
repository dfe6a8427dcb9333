"""What a human marked in a sentence is found there by the mark itself, and nothing of it is left."""

import pytest

from reports.anonymity.deidentify import deidentify
from reports.anonymity.findings import MARKED, Decision
from reports.anonymity.roster import Organisation, Person, Roster

ROSTER = Roster(people=(Person("Anna Whitcombe"),), organisations=(Organisation("Slievemore Trust"),))
FIRST = "I met her on the night bus."
SECOND = "Then the night bus left Ward 7 for Mrs Penhaligon, and Anna Whitcombe of NHS England cried."


def printed(*decisions: Decision) -> str:
    """Both sentences as they print, and the same once more when that is read again."""
    once = deidentify(f"{FIRST} {SECOND}", ROSTER, decisions).text
    assert str(deidentify(str(once), ROSTER, decisions).text) == str(once)
    return str(once)


def marked(words: str, wording: str = "", sentence: str = SECOND) -> Decision:
    return Decision(words, "generalise" if wording else "remove", wording, sentence=sentence)


def test_it_is_found_in_its_sentence_alone() -> None:
    assert printed().count("the night bus") == 2
    assert printed(marked("The Night  bus", "public transport", FIRST)).startswith(
        "I met her on public transport. Then the night bus left"
    )
    assert "Then […] left Ward 7" in printed(marked("the night bus"))
    read = deidentify(FIRST, ROSTER, [marked("night bus", "bus", FIRST)])
    assert [(one.words, one.why) for one, _ in read.decided] == [("night bus", MARKED)]


@pytest.mark.parametrize(
    ("decision", "here"),
    [
        (marked("Ward 7 for Mrs Penhaligon", "a place"), "left a place, and"),  # it reaches over what is asked about
        (marked("left Ward 7 for Mrs", "went"), "Then the night bus went, and"),  # and takes in all of that
        (marked("Penhaligon", "x"), "left Ward 7 for someone, and"),  # what is asked about is decided there
        (marked("Anna Whitcombe of NHS England", "so"), "and a colleague so cried."),  # a name is gone whatever is said
        (marked("NHS England", "a national body"), "of a national body cried."),  # and no list lets it stay
        (Decision("night bus", "keep", reason="It is any bus.", sentence=SECOND), "the night bus left Ward 7 for"),
        (Decision("Ward 7", "remove"), "left Ward 7 for"),  # without its sentence it waits for something to find it
    ],
)
def test_nothing_of_it_is_left_beside_what_is_found_anyway(decision: Decision, here: str) -> None:
    assert here in printed(decision)
