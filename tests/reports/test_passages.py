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


def test_the_same_letters_are_the_same_words() -> None:
    assert same_letters("Åtgärd: 7, nu", "atgard 7 – NU!")
    assert not same_letters("Visit each other.", "Visit each other soon.")
    assert not shares_most("Visit each other.", "Visit each other soon.")  # chance decides over so few
