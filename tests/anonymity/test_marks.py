"""What a human marked in a sentence is found there by the mark itself, and nothing of it is left."""

import pytest

from reports.anonymity.deidentify import deidentify
from reports.anonymity.findings import MARKED, Decision
from reports.anonymity.marks import places, sentence_at
from reports.anonymity.roster import Organisation, Person, Roster, System

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
    assert printed(marked("the night bus", "public transport", FIRST)).startswith(
        "I met her on public transport. Then the night bus left"
    )
    assert "Then […] left Ward 7" in printed(marked("the night bus"))
    read = deidentify(FIRST, ROSTER, [marked("night bus", "bus", FIRST)])
    assert [(one.words, one.why) for one, _ in read.decided] == [("night bus", MARKED)]


LONG = "We took a bus to the Dublin Mercy Ward and it went on" + " and on" * 70 + " until nobody could say where."


@pytest.mark.parametrize(
    ("text", "one"),
    [
        (
            "Then Ward Sister Penhaligon came. Then ward sister penhaligon came.",
            Decision("Ward Sister Penhaligon", "remove", sentence="Then Ward Sister Penhaligon came."),
        ),
        (
            "We took the bus with hope. Later we took the bus with hope.",
            Decision("bus with hope", "remove", sentence="We took the bus with hope."),
        ),
        (
            "She saw the night bus in Ireland. We took the night bus in Ireland too.",
            Decision("night bus in Ireland", "remove", sentence="She saw the night bus in Ireland."),
        ),
        (
            "She saw the night bus in Ireland. We took the night bus in Ireland too.",
            Decision("night bus in Ireland", "keep", reason="So.", sentence="She saw the night bus in Ireland."),
        ),
        (LONG, Decision("bus to the Dublin", "remove", sentence=sentence_at(LONG, 10, 27))),
        ("I will ask whether Will came.", Decision("Will", "remove", sentence="I will ask whether Will came.")),
    ],
)
def test_what_is_asked_elsewhere_is_asked_still(text: str, one: Decision) -> None:
    """A decision hides its own words and unhides nothing: what was put to a human is open, decided or gone."""
    roster = Roster(people=(Person("Hope Lane"), Person("Will Reed")), systems=(System("Ireland", 2),))
    before, after = deidentify(text, roster), deidentify(text, roster, [one])
    told = [(finding.start, finding.end) for finding in (*after.open, *(finding for finding, _ in after.decided))]
    told += [(span.start, span.end) for span in after.removed]
    for finding in before.open:
        assert any(start <= finding.start and finding.end <= end for start, end in told), finding.words
    for finding in after.open:
        assert finding.words not in str(after.text)
    assert str(after.text).count("will") == text.count("will")


def test_a_mark_ends_with_its_paragraph_and_its_words_stand_together() -> None:
    for text in ("The night.\n\nBus left.", "The night" + "." * 700 + "bus left."):
        assert list(places(text, ["night bus"], "en")) == []
    assert [*places("The Night-Bus", ["night bus"], "en")] == [(4, 13)]


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
