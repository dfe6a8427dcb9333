"""What a text field takes, and how it refuses the rest."""

import time

import pytest
from django.forms import ValidationError

from learningsets.fields import PlainLine, PlainText

FIELD = PlainText()


@pytest.mark.parametrize(
    "text",
    ["", "Åse Ögren, Siân O’Neill", "李小龍 и Женя", "مرحبا \u200fعليكم", "👩🏽‍⚕️ and 🏴󠁧󠁢󠁷󠁬󠁳󠁿", "two\nlines\tand a tab"],
)
def test_any_script_is_kept(text: str) -> None:
    assert PlainText(required=False).clean(text) == text


def test_text_is_normalised() -> None:
    assert FIELD.clean("A\u030asa\r\nO\u0308gren\rend") == "Åsa\nÖgren\nend"


def test_the_limit_is_in_characters() -> None:
    assert FIELD.clean("å" * 20_000) == "å" * 20_000
    with pytest.raises(ValidationError, match="to 20,000 characters; it has 20,001"):
        FIELD.clean("å" * 20_001)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\x00b", "cannot be shown"),
        ("a\x07b", "cannot be shown"),
        ("a\ud800b", "half of a character"),
        ("a" + "\u0301" * 11, "more accents"),
        ("x" * 40_001, "has 40,001"),
    ],
)
def test_what_would_break_later_is_refused_in_words(text: str, message: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        FIELD.clean(text)
    assert message in str(refusal.value.messages)


def test_a_hundred_thousand_combining_marks_take_no_time() -> None:
    started = time.perf_counter()
    with pytest.raises(ValidationError):
        FIELD.clean("a" + "\u0301\u0316" * 50_000)
    assert time.perf_counter() - started < 0.5


def test_a_line_has_no_line_break() -> None:
    with pytest.raises(ValidationError, match="cannot be shown"):
        PlainLine().clean("one\ntwo")
