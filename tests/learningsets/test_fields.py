"""What a text field takes, and how it refuses the rest."""

import time

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import ValidationError

from learningsets.fields import PlainLine, PlainText

FIELD = PlainText()


@pytest.mark.parametrize(
    "text",
    ["", "Åse Ögren, Siân O’Neill", "李小龍 и Женя", "مرحبا \u200fعليكم", "👩🏽‍⚕️ and 🏴󠁧󠁢󠁷󠁬󠁳󠁿", "two\nlines\tand a tab"],
)
def test_any_script_is_kept(text: str) -> None:
    assert PlainText(required=False).clean(text) == text


@pytest.mark.parametrize("text", ["\u200b", " \u2060\u00ad ", "\ufeff"])
def test_a_line_in_which_nothing_can_be_seen_is_empty(text: str) -> None:
    assert PlainLine(required=False).clean(text) == ""
    with pytest.raises(ValidationError, match="Please fill this in"):
        PlainLine().clean(text)


def test_text_is_normalised() -> None:
    assert FIELD.clean("A\u030asa\r\nO\u0308gren\rend") == "Åsa\nÖgren\nend"


def test_the_limit_is_in_characters() -> None:
    assert FIELD.clean("å" * 20_000) == "å" * 20_000
    with pytest.raises(ValidationError, match="to 20,000 characters; it has 20,001"):
        FIELD.clean("å" * 20_001)


def test_no_browser_cuts_a_paste_off_before_it_is_refused_with_its_count() -> None:
    class Typed(forms.Form):
        text = PlainText()
        line = PlainLine()

    form = Typed({"text": "x" * 39_000, "line": "y" * 201})
    assert form.errors["text"] == ["Please shorten this to 20,000 characters; it has 39,000."]
    page = str(form)
    assert ("maxlength" in page, 'data-limit="20000"' in page, "x" * 39_000 in page) == (False, True, True)


def test_no_browser_offers_what_was_typed_to_whoever_sits_there_next() -> None:
    class Typed(forms.Form):
        line = PlainLine()
        text = PlainText()
        code = PlainLine(widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}))

    page = Typed()
    assert ['autocomplete="off"' in str(page[name]) for name in ("line", "text")] == [True, True]
    assert 'autocomplete="one-time-code"' in str(page["code"])


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


@pytest.mark.parametrize("end", ["\n", "\x0b", "\x85", "\u2028", "\u2029"])
def test_a_line_has_no_line_break(end: str) -> None:
    with pytest.raises(ValidationError, match="cannot be shown"):
        PlainLine().clean(f"one{end}two")
    if end in "\u2028\u2029":
        assert FIELD.clean(f"one{end}two") == f"one{end}two"  # where several lines are typed nothing is lost


CHOICES = [("a", "A")]
NO_FILE = "The file did not arrive. Please choose it once more."


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (forms.FileField(), None, "Please choose a file."),
        (forms.FileField(), "no file", NO_FILE),
        (forms.FileField(), SimpleUploadedFile("a.csv", b""), "This file is empty. Please choose another one."),
        (forms.DateField(), "", "Please give a date."),
        (forms.DateField(), "soon", "Please give a date, such as 2026-12-08."),
        (forms.TimeField(), "", "Please give a time."),
        (forms.TimeField(), "25:00", "Please give a time, such as 14:00."),
        (forms.ChoiceField(choices=CHOICES), "", "Please choose one."),
        (forms.ChoiceField(choices=CHOICES), "b", "What you chose is not on offer any more. Please choose again."),
        (forms.TypedChoiceField(choices=CHOICES), "", "Please choose one."),
        (forms.MultipleChoiceField(choices=CHOICES), [], "Please choose at least one."),
        (
            forms.MultipleChoiceField(choices=CHOICES),
            ["b"],
            "Something that you ticked is not on offer any more. Please look at the ticks again.",
        ),
        (forms.IntegerField(), "", "Please fill this in."),
        (forms.IntegerField(), "many", "Please give a whole number."),
        (forms.IntegerField(max_value=3), "4", "Please give 3 or less."),
        (forms.BooleanField(), "", "Please tick this to go on."),
        (forms.UUIDField(), "x", "This page is not as it was sent to you. Please open it anew."),
        (forms.EmailField(), "", "Please give an e-mail address."),
        (forms.EmailField(), "alva", "Please give an e-mail address, such as name@example.org."),
        (forms.EmailField(max_length=9), "a@b.example", "Please shorten this to 9 characters; it has 11."),
        (forms.URLField(assume_scheme="https"), "https://", "Please give a link that begins with https://."),
        (forms.CharField(), "a\x00b", "This holds a character that cannot be shown. Please paste it as plain text."),
    ],
)
def test_every_field_refuses_in_the_sites_own_words(field: forms.Field, value: object, words: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        field.clean(value)
    assert refusal.value.messages == [words]


def test_a_list_of_forms_that_did_not_arrive_whole_says_so() -> None:
    broken = forms.formset_factory(forms.Form)({})
    assert broken.non_form_errors() == ["This page did not arrive whole. Please send it once more."]
