"""Emerging themes, told in paragraphs, and what each rests on."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from django import forms
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from challenges.models import Challenge
from learningsets import floors
from learningsets.fields import PlainLine, PlainText
from learningsets.forms.ticks import FoldedTicks
from reports.build import Grounds, Told, challenges_of
from reports.claims import what_to_say
from reports.forms.editor import MORE, Editor, bound_or_filled, rows_of
from reports.quantities import Claim, has_tables, never_true, wrong_claims
from reports.typed_text import as_paragraphs, paragraphs
from reports.write_up import Section, Theme, Themes

MOST_SHOWN = 300  # characters of an answer beside its tick: each stands there once for every theme


class ThemesForm(forms.Form):
    """What stands above the themes."""

    introduction = PlainText(label=_("Introduction"), rows=3, required=False)


class ThemeForm(forms.Form):
    """One emerging theme and what it rests on. An empty row is passed over."""

    told: Sequence[str] = ()  # why the report cannot leave with it, as it is stored, and what to write or tick instead
    sources: Sequence[tuple[str, str]] = ()  # what it rests on, as it is stored: what each is called, and its page
    is_open = False

    conditional = ("title", "text", "challenges", "answers", "people")  # each rests on another; the page says how

    title = PlainLine(label=_("Theme"), max_length=200, required=False)
    text = PlainText(
        label=_("What was said about it"),
        rows=6,
        required=False,
        help_text=_(
            "A blank line starts a new paragraph. “Some” is three or four people, “several” five and more;"
            " “most” is over half, and leaves out three at least. “All”, “many”, “one” and numbers of people are"
            " refused. Issues may be “many” or “all”, as long as nothing says whose they are; not “all” where"
            " everybody brought one."
        ),
    )
    challenges = forms.MultipleChoiceField(
        label=_("Challenges it comes from"), required=False, widget=forms.CheckboxSelectMultiple
    )
    answers = forms.MultipleChoiceField(label=_("Closing answers it comes from"), required=False, widget=FoldedTicks)
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


ThemeFormSet = forms.formset_factory(ThemeForm, extra=MORE, max_num=20, absolute_max=30)


class ThemesEditor(Editor):
    """The page of the themes."""

    def prepare(self) -> None:
        """The introduction, and a row for each theme with what it may rest on."""
        part = cast(Themes, self.part)
        self.grounds = Grounds(self.report)
        answers = [
            (
                self.grounds.question(prompt),
                [(str(answer.pk), Truncator(answer.text).chars(MOST_SHOWN)) for answer in given],
            )
            for prompt, given in self.grounds.answers.items()
            if given
        ]
        self.challenges = challenges_of(self.report)
        kwargs = {"challenges": self.challenges, "answers": answers}
        standing = [_standing(theme) for theme in part.themes]
        self.form = ThemesForm(self.data, initial={"introduction": part.introduction})
        self.themes = ThemeFormSet(prefix="themes", form_kwargs=kwargs, **bound_or_filled(self.data, standing))
        rows = cast(list[ThemeForm], rows_of(self.themes))
        told = self._told(rows, part) if self.data is None else {}
        for row, theme in zip(rows, part.themes, strict=False):
            row.told, row.sources = told.get(str(row.prefix), ()), tuple(self._sources(theme))
        self._open(rows)

    def _open(self, rows: list[ThemeForm]) -> None:
        """One at a time: the first that keeps the report from leaving, or else the next to be written."""
        following = self.themes.initial_form_count()
        first = next((place for place, row in enumerate(rows) if row.told), following)
        if first < len(rows) and not self.adds:
            rows[first].is_open = True

    @property
    def doubted(self) -> bool:
        """Whether any theme, as it is stored, keeps the report from leaving."""
        return any(row.told for row in cast(list[ThemeForm], rows_of(self.themes)))

    @property
    def all_forms(self) -> list[forms.Form]:
        """The introduction and every theme."""
        return [self.form, *rows_of(self.themes)]

    def is_valid(self) -> bool:
        """Also, that there are not too many themes."""
        return all([super().is_valid(), self.themes.is_valid()])

    def notes(self) -> dict[str, Sequence[str]]:
        """For each theme that rests on too few, or claims more than its count, what to do about it."""
        rows = [row for row in cast(list[ThemeForm], rows_of(self.themes)) if row.cleaned_data.get("title")]
        return {**super().notes(), **self._told(rows, cast(Themes, self.section()))}

    def _told(self, rows: list[ThemeForm], part: Themes) -> dict[str, Sequence[str]]:
        """By the prefix of its form, why the report cannot leave with each of `part`'s themes; not those that may."""
        told = zip(rows, self.grounds.told(part), strict=False)
        found = {str(row.prefix): (*self._miscounted(theme), *self._too_few(theme)) for row, theme in told}
        return {prefix: sentences for prefix, sentences in found.items() if sentences}

    def _sources(self, theme: Theme) -> Iterator[tuple[str, str]]:
        """The challenges that a theme rests on, and the meetings and questions of its answers, each with its page."""
        for challenge in self.challenges:
            if str(challenge.pk) in theme.challenges:
                yield challenge.title, reverse("challenges:challenge", args=[challenge.pk])
        for prompt, given in self.grounds.answers.items():
            if any(str(answer.pk) in theme.answers for answer in given):
                yield self.grounds.question(prompt), reverse("challenges:said", args=[prompt.meeting_id])

    def _too_few(self, told: Told) -> tuple[str, ...]:
        floor = max(floors.THEME, self.report.cohort.theme_floor)
        if told.people >= floor:
            return ()
        few = _now(
            "This theme does not rest on {floor} different people yet, so the report could not leave. Tick the"
            " challenges or the answers it comes from, or merge it with another theme."
        )
        return (few.format(floor=floor),)

    def _miscounted(self, told: Told) -> tuple[str, ...]:
        """What to do about each wrong count; where it is open how many people there are, about those never right."""
        language, group, issues = self.report.cohort.language, self.grounds.group, self.grounds.issues
        if not has_tables(language):
            return ()
        if self._too_few(told):
            never = _now("Leave out “{word}” {place}: a theme may not say it, however many it rests on.")
            wrong = never_true(told.text, group, language, issues)
            return tuple(
                what_to_say(claim, _place(claim))
                if claim.issues  # of these it depends on the words beside it
                else never.format(word=claim.word, place=_place(claim))
                for claim in wrong
            )
        claims = wrong_claims(told.text, told.people, group, language, issues)
        return tuple(_now("In this theme, {what}").format(what=what_to_say(claim, _place(claim))) for claim in claims)

    def section(self) -> Section:
        """The themes as they were typed."""
        rows = [row for row in self.themes.cleaned_data if row.get("title")]
        return Themes(self.form.cleaned_data["introduction"], tuple(_typed(row) for row in rows), id=self.part.id)


def _place(claim: Claim) -> str:
    """Where the word stands, with a few words around it. Only the page says them: a refusal of pages is stored."""
    place = _now("in the title (“{near}”)") if claim.opening else _now("in “{near}”")
    return place.format(near=claim.near)


def _standing(theme: Theme) -> dict[str, Any]:
    return {
        "title": theme.title,
        "text": as_paragraphs(theme.paragraphs),
        "challenges": theme.challenges,
        "answers": theme.answers,
        "people": theme.people or None,
    }


def _typed(row: dict[str, Any]) -> Theme:
    return Theme(
        title=row["title"],
        paragraphs=paragraphs(row["text"]),
        challenges=tuple(row["challenges"]),
        answers=tuple(row["answers"]),
        people=row["people"] or 0,
    )
