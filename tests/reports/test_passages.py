"""When two passages are the same. Without a database."""

import pytest

from reports.passages import same_letters, shares_most

SAID = "At our board the new director stopped every plan that the nurses had made."


@pytest.mark.parametrize(
    ("text", "same"),
    [
        (f"Much was said that day, by many. {SAID} It was not the only one, and will not be the last.", True),
        ("At the board our director stopped any plan which the nurses had made.", True),
        ("At our board the new director stopped.", True),  # half of it; the other half stands elsewhere
        ("every plan that the nurses had made", True),
        ("Somebody in charge put an end to what others had prepared.", False),
        ("The plan.", False),
    ],
)
def test_prose_is_the_same_as_long_as_it_has_most_of_the_words(text: str, same: bool) -> None:
    assert shares_most(SAID, text) is same


LONG = " ".join(
    [
        SAID,
        "A colleague of the partner organisation told me on a certain day that she would go and talk to them at once,",
        "and that they had to see what it was that the others wanted of her before anybody else could come to it.",
        "Nothing that we said in there was meant to be heard by anybody at all, and it is for us to say what was.",
    ]
)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("A colleague and a colleague talk to the ICB.", False),
        ("Meet on a certain day at the partner organisation.", False),
        ("What we said to each other was of use to us all.", False),
        ("The director had stopped every plan that nurses made.", True),  # one sentence of it
        ("and that they had to see what it was", True),
        ("to see to it that it is all there", False),  # one word, and that is chance
        ("They had to see what it was that the others wanted", True),  # of small words, and whole
    ],
)
def test_of_a_long_passage_the_small_words_of_any_sentence_are_not_counted(text: str, same: bool) -> None:
    assert shares_most(LONG, text) is shares_most(text, LONG) is same


def test_the_same_letters_are_the_same_words() -> None:
    assert same_letters("Åtgärd: 7, nu", "atgard 7 – NU!")
    assert not same_letters("Visit each other.", "Visit each other soon.")
    assert not shares_most("Visit each other.", "Visit each other soon.")  # chance decides over so few
