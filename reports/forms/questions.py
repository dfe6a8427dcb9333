"""Challenge questions as they are published, typed or taken over from logged challenges."""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from challenges.models import Challenge
from learningsets.fields import PlainText
from reports.build import challenges_of
from reports.forms.editor import MORE, Editor, bound_or_filled, rows_of
from reports.typed_text import one_line
from reports.write_up import Question, Questions, Section, read


class PublishedForm(forms.Form):
    """What stands above the questions, and which are taken over."""

    introduction = PlainText(label=_("Introduction"), rows=3, required=False)
    taken = forms.MultipleChoiceField(
        label=_("Take over the question of"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Challenges shared with the whole set. Nothing is taken over unless you tick it; saving then shows"
            " the question, so that you can put it in words that point to nobody."
        ),
    )

    def __init__(self, *args: Any, offered: list[Challenge], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["taken"]).choices = [
            (str(challenge.pk), challenge.title) for challenge in offered
        ]


class QuestionForm(forms.Form):
    """One published challenge question. An empty row is passed over."""

    conditional = ("text",)  # an explanation needs it, and the page says that clearing it leaves the row out

    text = PlainText(label=_("Question"), rows=2, max_length=500, required=False)
    gloss = PlainText(label=_("A word of explanation"), rows=2, max_length=500, required=False)
    challenge = forms.ChoiceField(label=_("Challenge it comes from"), required=False)

    def __init__(self, *args: Any, challenges: list[Challenge], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["challenge"]).choices = [
            ("", _("None that was logged")),
            *((str(challenge.pk), challenge.title) for challenge in challenges),
        ]

    def clean(self) -> dict[str, Any]:
        """An explanation needs its question."""
        cleaned = super().clean() or {}
        if cleaned.get("gloss") and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", _("Write the question that this explains, or clear the explanation."))
        return cleaned


QuestionFormSet = forms.formset_factory(QuestionForm, extra=MORE, max_num=40, absolute_max=60)


class QuestionsEditor(Editor):
    """The page of the challenge questions."""

    keeps_itself = False  # what is ticked would be taken over a second time

    def prepare(self) -> None:
        """The introduction, what can be taken over, and a row for each question."""
        part = cast(Questions, self.part)
        challenges = challenges_of(self.report)
        self.offered = {str(challenge.pk): challenge for challenge in self._offered(challenges)}
        self.form = PublishedForm(
            self.data, initial={"introduction": part.introduction}, offered=list(self.offered.values())
        )
        standing = [{"text": one.text, "gloss": one.gloss, "challenge": one.challenge} for one in part.questions]
        self.questions = QuestionFormSet(
            prefix="questions", form_kwargs={"challenges": challenges}, **bound_or_filled(self.data, standing)
        )

    @property
    def all_forms(self) -> list[forms.Form]:
        """The introduction and every question."""
        return [self.form, *rows_of(self.questions)]

    def is_valid(self) -> bool:
        """Also, that there are not too many questions."""
        return all([super().is_valid(), self.questions.is_valid()])

    @property
    def stays(self) -> bool:
        """What was taken over wants to be reworded."""
        return bool(self.form.cleaned_data["taken"])

    def section(self) -> Section:
        """The questions that were typed, and below them those that were ticked."""
        asked = (*self._typed(), *self._taken_over())
        return Questions(self.form.cleaned_data["introduction"], asked, id=self.part.id)

    def _offered(self, challenges: list[Challenge]) -> list[Challenge]:
        """The challenges that ask something and were not taken over yet, here or in another section."""
        sections = read(self.report.content).sections
        used = {one.challenge for part in sections if isinstance(part, Questions) for one in part.questions}
        return [one for one in challenges if one.question.strip() and str(one.pk) not in used]

    def _typed(self) -> Iterator[Question]:
        for row in self.questions.cleaned_data:
            if row.get("text"):
                yield Question(one_line(row["text"]), one_line(row["gloss"]), row["challenge"])

    def _taken_over(self) -> Iterator[Question]:
        for ticked in self.form.cleaned_data["taken"]:
            yield Question(one_line(self.offered[ticked].question)[:500], "", ticked)
