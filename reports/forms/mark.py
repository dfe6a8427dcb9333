"""What a facilitator marks that nothing asked about: words to be taken out, or said in general ones."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainLine
from reports.forms.decision import WordingForm
from reports.models.report import Verdict


class MarkForm(WordingForm):
    """One more decision, about words that are typed. Left empty, it decides nothing."""

    words = PlainLine(
        label=_("The words, as they stand below"),
        help_text=_("They are looked for in every text of this report, in capitals or not."),
        max_length=500,
        required=False,
    )
    verdict = forms.ChoiceField(
        label=_("What should happen to it"),
        choices=[choice for choice in Verdict.choices if choice[0] != Verdict.KEEP],
        required=False,
        widget=forms.RadioSelect,
    )
    field_order = ("words", "verdict", "wording")
    conditional = ("words", "verdict", "wording")

    why_not: Callable[[str], str] = staticmethod(lambda _words: "")  # why words cannot be marked; empty if they can

    def clean(self) -> dict[str, Any]:
        """What is marked has to stand somewhere, and it has to be said what becomes of it."""
        cleaned = super().clean()
        words = cleaned.get("words", "")
        if words and (told := self.why_not(words)):
            self.add_error("words", told)
        elif words and not cleaned.get("verdict") and "verdict" not in self.errors:
            self.add_error("verdict", gettext("Choose what should happen."))
        elif not words and (cleaned.get("verdict") or cleaned.get("wording")) and "words" not in self.errors:
            self.add_error("words", gettext("Write which words."))
        return cleaned

    def decision(self) -> tuple[Any, ...]:
        """Words, verdict and wording; () where nothing is marked."""
        typed = self.cleaned_data
        return (typed["words"], typed["verdict"], typed["wording"]) if typed["words"] else ()
