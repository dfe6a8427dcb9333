"""What a facilitator types about a report. What members read of it is made elsewhere, behind the boundary."""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from challenges.models import Challenge
from learningsets.fields import PlainLine, PlainText
from reports import write_up as raw
from reports.build import answers_of, challenges_of
from reports.models import Report

FEWEST_BLANKS = 1  # empty rows after the filled ones; saving offers the next


class WriteUpForm(forms.Form):
    """The parts of a write-up that stand alone."""

    title = PlainLine(
        label=_("Title"), max_length=200, help_text=_("It prints on the cover, and is checked like all text.")
    )
    period = PlainLine(label=_("When"), max_length=100, help_text=_("As it should print, for example “November 2026”."))
    introduction = PlainText(
        label=_("Introduction"), rows=6, required=False, help_text=_("A blank line starts a new paragraph.")
    )
    next_steps = PlainText(
        label=_("Next steps"), rows=5, required=False, help_text=_("What the set agreed to do, one on each line.")
    )
    taken = forms.MultipleChoiceField(
        label=_("Take over the question of"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Challenges shared with the whole set. Nothing is taken over unless you tick it; saving then shows"
            " the question, so that you can put it in words that point to nobody."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

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


class ThemeForm(forms.Form):
    """One emerging theme and what it rests on. An empty row is passed over."""

    conditional = ("title", "text", "challenges", "answers", "people")  # each rests on another; the page says how

    title = PlainLine(label=_("Theme"), max_length=200, required=False)
    text = PlainText(
        label=_("What was said about it"), rows=6, required=False, help_text=_("A blank line starts a new paragraph.")
    )
    challenges = forms.MultipleChoiceField(
        label=_("Challenges it comes from"), required=False, widget=forms.CheckboxSelectMultiple
    )
    answers = forms.MultipleChoiceField(
        label=_("Closing answers it comes from"), required=False, widget=forms.CheckboxSelectMultiple
    )
    people = forms.IntegerField(
        label=_("Or: how many different people spoke of it"), required=False, min_value=0, max_value=50
    )

    def __init__(
        self, *args: Any, challenges: list[Challenge], answers: list[tuple[str, list[tuple[str, str]]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["challenges"]).choices = [
            (str(challenge.pk), challenge.title) for challenge in challenges
        ]
        cast(forms.ChoiceField, self.fields["answers"]).choices = answers

    def clean(self) -> dict[str, Any]:
        """A text needs its title."""
        cleaned = super().clean() or {}
        if cleaned.get("text") and not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", _("Give the theme a title."))
        return cleaned


QuestionFormSet = forms.formset_factory(QuestionForm, extra=FEWEST_BLANKS, max_num=40, absolute_max=60)
ThemeFormSet = forms.formset_factory(ThemeForm, extra=FEWEST_BLANKS, max_num=20, absolute_max=30)


class WriteUpForms:
    """The whole page: the form and its two lists, filled from the report or from what was posted."""

    def __init__(self, report: Report, data: Any = None) -> None:
        self.written = raw.read(report.content)
        challenges = challenges_of(report)
        answers = [
            (prompt.text, [(str(answer.pk), answer.text) for answer in given])
            for prompt, given in answers_of(report).items()
            if given
        ]
        self.offered = {str(challenge.pk): challenge for challenge in _offered(self.written, challenges)}
        self.form = WriteUpForm(data, initial=_standing(report, self.written), offered=list(self.offered.values()))
        self.questions = QuestionFormSet(
            data,
            prefix="questions",
            initial=_questions(self.written),
            form_kwargs={"challenges": challenges},
        )
        self.themes = ThemeFormSet(
            data,
            prefix="themes",
            initial=_themes(self.written),
            form_kwargs={"challenges": challenges, "answers": answers},
        )

    def is_valid(self) -> bool:
        """Whether everything on the page may be kept; each part is asked, so that each shows its errors."""
        return all([self.form.is_valid(), self.questions.is_valid(), self.themes.is_valid()])

    @property
    def faulty(self) -> list[forms.Form]:
        """Each part that has errors, in the order of the page."""
        return [form for form in (self.form, *self.questions, *self.themes) if form.errors]

    def offer_version(self, version: int) -> None:
        """Let the next save replace `version`, now that its text has been shown."""
        self.form.data = {**{name: self.form.data[name] for name in self.form.data}, "version": str(version)}

    def content(self) -> dict[str, Any]:
        """The report's new content, after `is_valid`."""
        return raw.plain(
            raw.revised(
                self.written,
                introduction=raw.paragraphs(self.form.cleaned_data["introduction"]),
                questions=(*self._typed_questions(), *self._taken_over()),
                themes=tuple(
                    raw.Theme(
                        title=row["title"],
                        paragraphs=raw.paragraphs(row["text"]),
                        challenges=tuple(row["challenges"]),
                        answers=tuple(row["answers"]),
                        people=row["people"] or 0,
                    )
                    for row in self.themes.cleaned_data
                    if row.get("title")
                ),
                next_steps=raw.lines(self.form.cleaned_data["next_steps"]),
            )
        )

    def _typed_questions(self) -> Iterator[raw.Question]:
        for row in self.questions.cleaned_data:
            if row.get("text"):
                yield raw.Question(_one_line(row["text"]), _one_line(row["gloss"]), row["challenge"])

    def _taken_over(self) -> Iterator[raw.Question]:
        """The questions of the challenges that were ticked, below those that were typed."""
        for ticked in self.form.cleaned_data["taken"]:
            yield raw.Question(_one_line(self.offered[ticked].question)[:500], "", ticked)


def _standing(report: Report, written: raw.WriteUp) -> dict[str, Any]:
    return {
        "title": report.title,
        "period": report.period,
        "introduction": "\n\n".join(raw.opening(written).paragraphs),
        "next_steps": "\n".join(raw.first(written, raw.NextSteps).items),
        "version": report.version,
    }


def _questions(written: raw.WriteUp) -> list[dict[str, Any]]:
    """The published questions: what a facilitator chose, and nothing that stands in a log."""
    published = raw.first(written, raw.Questions).questions
    return [{"text": asked.text, "gloss": asked.gloss, "challenge": asked.challenge} for asked in published]


def _offered(written: raw.WriteUp, challenges: list[Challenge]) -> list[Challenge]:
    """The challenges that ask something and were not taken over yet."""
    used = {asked.challenge for asked in raw.first(written, raw.Questions).questions}
    return [challenge for challenge in challenges if challenge.question.strip() and str(challenge.pk) not in used]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _themes(written: raw.WriteUp) -> list[dict[str, Any]]:
    return [
        {
            "title": theme.title,
            "text": "\n\n".join(theme.paragraphs),
            "challenges": theme.challenges,
            "answers": theme.answers,
            "people": theme.people or None,
        }
        for theme in raw.first(written, raw.Themes).themes
    ]
