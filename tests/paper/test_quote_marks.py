"""Quotation marks and apostrophes in print: curly by language, and left alone where they are none."""

import time

import pytest

from reports.quote_marks import curled


@pytest.mark.parametrize(
    ("typed", "english", "swedish"),
    [
        ('He said "no", then "yes."', "He said “no”, then “yes.”", "He said ”no”, then ”yes.”"),
        ("Ask 'why' first; don't wait.", "Ask ‘why’ first; don’t wait.", "Ask ’why’ first; don’t wait."),
        ("\"It is 'hers'\".", "“It is ‘hers’”.", "”It is ’hers’”."),
        ('"\'Inner\' words" ("and more")', "“‘Inner’ words” (“and more”)", "”’Inner’ words” (”and more”)"),
        ("the nurses' room in the '90s, rock 'n' roll", *["the nurses’ room in the ’90s, rock ’n’ roll"] * 2),
        ("“Set” by ‘hand’", "“Set” by ‘hand’", "“Set” by ‘hand’"),
        *(
            (same, same, same)
            for same in (
                "5'10\" tall",
                'a 5" pipe',
                'x = "y"',
                'set x="a b" now',
                "`it's`",
                "https://a.example/it's",
                'a " b',
            )
        ),
    ],
)
def test_marks_are_set_by_the_language(typed: str, english: str, swedish: str) -> None:
    assert (curled(typed, "en"), curled(typed, "sv")) == (english, swedish)
    assert curled(english, "en") == english


@pytest.mark.parametrize("mark", ['"', "'", "`", '="', "=' ", "'a", 'x"'])
def test_no_heap_of_marks_takes_long(mark: str) -> None:
    began = time.process_time()
    curled((mark * 20_000)[:20_000], "en")
    assert time.process_time() - began < 1
