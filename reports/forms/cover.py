"""What a report says before its sections: title, period, the Rule, and what action learning is."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainLine, PlainText
from reports.document import Language
from reports.models import Report
from reports.typed_text import as_paragraphs, paragraphs
from reports.words import WORDS, Words
from reports.write_up import read


class CoverForm(forms.Form):
    """The cover, and the page "About this report"."""

    title = PlainLine(
        label=_("Title"), max_length=200, help_text=_("It prints on the cover, and is checked like all text.")
    )
    period = PlainLine(label=_("When"), max_length=100, help_text=_("As it should print, for example “November 2026”."))
    rule = forms.ChoiceField(label=_("The Chatham House Rule, as it is printed"), widget=forms.RadioSelect)
    action_learning = PlainText(
        label=_("What action learning is"),
        rows=8,
        required=False,
        help_text=_("Our own words, until you change them. Clear the field to have ours back."),
    )

    def __init__(self, report: Report, data: Any = None) -> None:
        self.ours = words_of(report)
        super().__init__(data, initial=_standing(report, self.ours))
        cast(forms.ChoiceField, self.fields["rule"]).choices = [
            ("2002", self.ours.rule_2002),
            ("short", self.ours.rule_short),
        ]

    def typed(self) -> dict[str, Any]:
        """What was typed, after `is_valid`, as `writing.save_cover` takes it. Our own words are kept as none."""
        typed = paragraphs(self.cleaned_data["action_learning"])
        own = () if typed == self.ours.action_learning else typed
        return {**{name: self.cleaned_data[name] for name in ("title", "period", "rule")}, "action_learning": own}

    def stands(self) -> list[tuple[str, str]]:
        """What is stored, as (label, text)."""
        return [(str(field.label), str(field.value())) for field in self if field.name != "rule"]


def words_of(report: Report) -> Words:
    """The words that a report brings itself, in its set's language."""
    return WORDS[cast(Language, report.cohort.language)]


def _standing(report: Report, ours: Words) -> dict[str, Any]:
    written = read(report.content)
    return {
        "title": report.title,
        "period": report.period,
        "rule": written.rule,
        "action_learning": as_paragraphs(written.action_learning or ours.action_learning),
    }
