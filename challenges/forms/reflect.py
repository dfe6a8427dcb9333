"""What is typed about the closing questions: answers by members, the questions themselves by facilitators."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from challenges.drafts import Answer, Typed
from challenges.models import Prompt, Regime
from challenges.prompts import MOST
from learningsets.fields import PlainText


class AnswerForm(forms.Form):
    """An answer to one prompt. Its field names hold the prompt's id, so that one page can ask several."""

    conditional = ("text", "regime")  # which answers are needed, and for what, is said by the page

    text = PlainText(required=False, rows=5)
    regime = forms.ChoiceField(
        label=_("How far may it travel?"), choices=Regime.choices, required=False, widget=forms.RadioSelect
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    def __init__(self, prompt: Prompt, data: Mapping[str, str] | None, answer: Answer) -> None:
        initial = {"text": answer.text, "regime": answer.regime, "version": answer.version}
        prefix = str(prompt.pk)
        own = {name: data[name] for name in data if name.startswith(prefix)} if data is not None else None
        super().__init__(own, prefix=prefix, initial=initial)
        self.fields["text"].label = prompt.text

    def renew(self, version: int) -> None:
        """The same text once more, now knowing `version`."""
        self.data = {**self.data, self.add_prefix("version"): str(version)}

    def typed(self) -> Typed:
        """What was typed, once the form is valid."""
        return Typed(self.cleaned_data["text"], self.cleaned_data["regime"], self.cleaned_data["version"])

    def wants_in(self) -> bool:
        """Whether this answer is to be put in the box along with the others: it says something, not to its author
        alone."""
        return bool(self.cleaned_data["text"].strip()) and self.cleaned_data["regime"] != Regime.PRIVATE

    def says_something(self) -> bool:
        """Whether a text was typed, fit to be kept or not."""
        return bool(str(self.data.get(self.add_prefix("text"), "")).strip())

    def demand_text(self) -> None:
        """When the box is asked to take answers and none is written."""
        self.add_error(
            "text",
            _(
                "Nothing is written yet, so nothing was put in the box. Answer at least one question, and choose how "
                "far your answer may travel."
            ),
        )

    def demand_regime(self) -> None:
        """Before it is put in the box: its author has to say how far it may travel."""
        if self.cleaned_data.get("text", "").strip() and not self.cleaned_data.get("regime", "missing"):
            self.add_error("regime", _("Choose how far this may travel. With “Only me” it stays out of the box."))


class QuestionsForm(forms.Form):
    """The closing questions of one meeting."""

    questions = PlainText(
        label=_("Closing questions, one on each line"),
        rows=6,
        max_length=MOST * 301,
        help_text=_("The same for everyone. They can be changed until you close the meeting."),
    )

    def clean_questions(self) -> list[str]:
        """The questions, in order. Raises ValidationError for none, too many, too long ones, and repetitions."""
        texts = [" ".join(line.split()) for line in self.cleaned_data["questions"].splitlines() if line.strip()]
        if not texts:
            raise ValidationError(_("Ask at least one question."))
        if len(texts) > MOST:
            raise ValidationError(
                ngettext("Ask at most %(most)s question.", "Ask at most %(most)s questions.", MOST),
                params={"most": MOST},
            )
        if len(set(texts)) < len(texts):
            raise ValidationError(_("The same question stands here twice."))
        if any(len(text) > 300 for text in texts):
            raise ValidationError(_("Keep each question within 300 characters."))
        return texts
