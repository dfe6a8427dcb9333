"""What is typed about the closing questions: answers by members, the questions themselves by facilitators."""

from collections.abc import Mapping, Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from challenges import aims
from challenges.drafts import Answer, Typed
from challenges.models import Prompt, Regime, Step
from challenges.prompts import MOST
from learningsets.fields import PlainText
from sessions.models import Meeting


class AnswerForm(forms.Form):
    """An answer to one prompt. Its field names hold the prompt's id, so that one page can ask several."""

    conditional: tuple[str, ...] = ("text", "regime")  # which answers are needed, and for what, is said by the page

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
        self.fields["text"].label = self.about = prompt.text

    def renew(self, version: int) -> None:
        """The same text once more, now knowing `version`."""
        self.data = {**self.data, self.add_prefix("version"): str(version)}

    def text_now(self) -> str:
        """The text of the answer as it was typed; empty if that was unfit."""
        return str(self.cleaned_data.get("text", ""))

    def typed(self) -> Typed:
        """What was typed, once the form is valid."""
        return Typed(self.text_now(), self.cleaned_data["regime"], self.cleaned_data["version"])

    def wants_in(self) -> bool:
        """Whether this answer is to be put in the box along with the others: it says something, not to its author
        alone."""
        return bool(self.text_now().strip()) and self.cleaned_data["regime"] != Regime.PRIVATE

    def says_something(self) -> bool:
        """Whether a text was typed, fit to be kept or not."""
        return bool(str(self.data.get(self.add_prefix("text"), "")).strip())

    def demand_text(self) -> None:
        """When the box is asked to take answers and none is written."""
        self.add_error(
            next(name for name in self.fields if name not in {"regime", "version"}),
            _(
                "Nothing is written yet, so nothing was put in the box. Answer at least one question, and choose how "
                "far your answer may travel."
            ),
        )

    def demand_regime(self) -> None:
        """Before it is put in the box: its author has to say how far it may travel."""
        if self.text_now().strip() and not self.cleaned_data.get("regime", "missing"):
            self.add_error("regime", _("Choose how far this may travel. With “Only me” it stays out of the box."))


class AimsForm(AnswerForm):
    """An answer about the programme's aims: a step for each, or none. It is counted, or stays with its author."""

    regime = forms.ChoiceField(
        label=_("How far may it travel?"),
        choices=(
            (Regime.PRIVATE, Regime.PRIVATE.label),
            (Regime.CHATHAM, _("Counted over the whole programme, without my name")),
        ),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, prompt: Prompt, data: Mapping[str, str] | None, answer: Answer) -> None:
        super().__init__(prompt, data, answer)
        del self.fields["text"]
        said = aims.read(answer.text)
        for place, aim in enumerate(prompt.aim_list, start=1):
            self.fields[f"aim-{place}"] = forms.ChoiceField(
                label=aim,
                choices=[*Step.choices, ("", _("No view"))],
                required=False,
                initial=said.get(place, ""),
                widget=forms.RadioSelect({"class": "in-columns"}),
            )
        self.steps = {place: f"aim-{place}" for place in range(1, len(prompt.aim_list) + 1)}
        self.conditional = ("regime", *self.steps.values())

    def aims(self) -> list[forms.BoundField]:
        """The fields of the aims, in order."""
        return [self[name] for name in self.steps.values()]

    def text_now(self) -> str:
        """The steps that were chosen, as they are sealed."""
        return aims.written({place: self.cleaned_data.get(name, "") for place, name in self.steps.items()})

    def says_something(self) -> bool:
        """Whether a step was chosen."""
        return any(self.data.get(self.add_prefix(name)) for name in self.steps.values())


def answer_form(prompt: Prompt, data: Mapping[str, str] | None, answer: Answer) -> AnswerForm:
    """The form in which a prompt is answered: in words, or with a step for each aim."""
    return (AimsForm if prompt.aims else AnswerForm)(prompt, data, answer)


class QuestionsForm(forms.Form):
    """The closing questions of one meeting."""

    questions = PlainText(
        label=_("Closing questions, one on each line"),
        rows=6,
        max_length=MOST * 301,
        help_text=_("The same for everyone. They can be changed until you close the meeting."),
    )
    with_aims = forms.BooleanField(
        label=_("Ask how far the programme's aims are met, too"),
        required=False,
        help_text=_(
            "At one meeting a quarter: the last, say. Everybody chooses a step for each aim. You read no answer: they "
            "are counted over all sets, and the organiser is told in bands, over at least ten people."
        ),
    )

    def __init__(self, meeting: Meeting, prompts: Sequence[Prompt], data: Mapping[str, str] | None = None) -> None:
        asks = any(prompt.aims for prompt in prompts)
        in_words = [prompt.text for prompt in prompts if not prompt.aims]
        super().__init__(data, initial={"questions": "\n".join(in_words), "with_aims": asks})
        self.about_aims = aims.question(meeting.cohort)
        self.aims = aims.asked_about(meeting.cohort.programme)
        self.reworded = asks and all(prompt.aim_list != self.aims for prompt in prompts)
        if not aims.may_ask(meeting):
            del self.fields["with_aims"]

    def asks_about_aims(self) -> bool:
        """Whether the aims are to be asked about."""
        return bool(self.cleaned_data.get("with_aims", False))

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
        if len(set(texts)) < len(texts) or self.about_aims in texts:
            raise ValidationError(_("The same question stands here twice."))
        if any(len(text) > 300 for text in texts):
            raise ValidationError(_("Keep each question within 300 characters."))
        return texts
