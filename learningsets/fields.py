"""Form fields for what people type: any script and any length up to a limit, and nothing that breaks what follows.

Text is normalised to NFC and its line ends to `\n`. Refused, with a message beside the field and the text kept:
control characters, line ends of any kind in one line, lone surrogates (they pass a CharField and crash when encoded),
towers of combining marks.
"""

import unicodedata
from typing import Any

from django import forms
from django.core import validators
from django.db import models
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext_lazy as _

from learningsets.typing_habits import evened

LIMIT = 20_000  # characters in one field
MARKS = 10  # combining marks on one letter: no language's writing needs as many

TOO_LONG = _("Please shorten this to %(limit)s characters; it has %(length)s.")


UNSHOWN = _("This holds a character that cannot be shown. Please paste it as plain text.")

OWN_WORDS: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Please fill this in.")},
    forms.IntegerField: {"invalid": _("Please give a whole number.")},
    forms.DateField: {"required": _("Please give a date."), "invalid": _("Please give a date, such as 2026-12-08.")},
    forms.TimeField: {"required": _("Please give a time."), "invalid": _("Please give a time, such as 14:00.")},
    forms.EmailField: {"required": _("Please give an e-mail address.")},
    forms.URLField: {"invalid": _("Please give a link that begins with https://.")},
    forms.UUIDField: {"invalid": _("This page is not as it was sent to you. Please open it anew.")},
    forms.BooleanField: {"required": _("Please tick this to go on.")},
    forms.ChoiceField: {
        "required": _("Please choose one."),
        "invalid_choice": _("What you chose is not on offer any more. Please choose again."),
    },
    forms.MultipleChoiceField: {
        "required": _("Please choose at least one."),
        "invalid_choice": _("Something that you ticked is not on offer any more. Please look at the ticks again."),
        "invalid_list": _("Something that you ticked is not on offer any more. Please look at the ticks again."),
    },
    forms.FileField: {
        "required": _("Please choose a file."),
        "invalid": _("The file did not arrive. Please choose it once more."),
        "missing": _("The file did not arrive. Please choose it once more."),
        "empty": _("This file is empty. Please choose another one."),
        "max_length": _("The name of this file is too long. Please give the file a shorter one."),
        "contradiction": _("Please either choose a file or take it away, not both."),
    },
}


def use_own_words() -> None:
    """Say in this site's voice what Django's fields, validators and form sets say in theirs. Called once, at the start.

    The words stand on Django's classes, because fields that Django makes by itself (for a ModelForm) read them there.
    """
    for kind, words in OWN_WORDS.items():
        kind.default_error_messages = {**vars(kind).get("default_error_messages", {}), **words}
    BaseFormSet.default_error_messages.update(
        missing_management_form=_("This page did not arrive whole. Please send it once more."),
        too_many_forms=_("There are more entries here than one page takes. Please take some away."),
        too_few_forms=_("There are fewer entries here than are needed. Please add some."),
    )
    validators.EmailValidator.message = _("Please give an e-mail address, such as name@example.org.")
    validators.MinValueValidator.message = _("Please give %(limit_value)s or more.")
    validators.MaxValueValidator.message = _("Please give %(limit_value)s or less.")
    validators.MaxLengthValidator.message = _(
        "Please shorten this to %(limit_value)s characters; it has %(show_value)s."
    )
    validators.URLValidator.message = _("Please give a link that begins with https://.")
    validators.ProhibitNullCharactersValidator.message = UNSHOWN


class _Plain(forms.CharField):
    """What both fields share: cleaning, in an order that keeps each step cheap for hostile input.

    Browsers keep what is typed. They offer a line in the next one of the same name, and put a text back into a page
    that is gone back to, whoever sits there by then: a question that was asked would come up on the screen on the wall,
    and a challenge for nobody else's eyes on a shared computer. Here they are told not to, unless the widget says what
    it is for.
    """

    allowed = ""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """The limit for the counter of the page, and that it is not to be remembered. Not `maxlength`: a browser would
        cut a paste off without a word."""
        attrs = {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}
        if widget.is_hidden:
            return attrs
        remembered = widget.attrs.get("autocomplete", "off")
        return attrs | {"data-limit": str(self.max_length or LIMIT), "autocomplete": remembered}

    def to_python(self, value: Any) -> str:
        """The cleaned text. Raises ValidationError for what may not stand in it; never shortens it."""
        text = str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        if self.allowed:  # as word processors and pages of a PDF break lines
            text = text.replace("\v", "\n").replace("\f", "\n")
        limit = self.max_length or LIMIT
        if len(text) > 2 * limit:
            self._refuse(TOO_LONG, limit, len(text))
        marks = 0
        for character in text:
            category = unicodedata.category(character)
            marks = marks + 1 if category in {"Mn", "Me"} else 0
            if category == "Cs":
                self._refuse(_("This holds half of a character. Please type the word again where a box or ? shows."))
            if category in {"Cc", "Zl", "Zp"} and character not in self.allowed:
                self._refuse(UNSHOWN)
            if marks > MARKS:
                self._refuse(_("A letter in this carries more accents than can be shown. Please take some away."))
        text = unicodedata.normalize("NFC", text)
        if len(text) > limit:
            self._refuse(TOO_LONG, limit, len(text))
        return text

    def _refuse(self, message: Any, limit: int = 0, length: int = 0) -> None:
        raise forms.ValidationError(message, code="unfit", params={"limit": f"{limit:,}", "length": f"{length:,}"})


class PlainText(_Plain):
    """Text of several lines, up to `max_length` (20,000) characters, in a text area of `rows` rows."""

    allowed = "\n\t\u2028\u2029"

    def __init__(self, *, rows: int = 5, max_length: int = LIMIT, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)


class PlainLine(_Plain):
    """One line of text, up to `max_length` (200) characters."""

    def __init__(self, *, max_length: int = 200, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        """The cleaned text; nothing, where it holds nothing that can be seen."""
        text = str(super().to_python(value))
        return text if any(unicodedata.category(character)[0] not in "CZ" for character in text) else ""


class EvenLine(PlainLine):
    """A line whose author is to stay unknown: habits of typing are evened out, before its length is looked at."""

    def to_python(self, value: Any) -> str:
        """The cleaned text with one form of quotes, dashes and spaces."""
        return evened(super().to_python(value))


def plain_fields(field: "models.Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    """For a ModelForm's `Meta.formfield_callback`: its text fields become `PlainText` and `PlainLine`."""
    if type(field) is models.TextField:
        kwargs.setdefault("form_class", PlainText)
        kwargs.setdefault("max_length", field.max_length or LIMIT)
    elif type(field) is models.CharField and not field.choices:
        kwargs.setdefault("form_class", PlainLine)
    return field.formfield(**kwargs)
