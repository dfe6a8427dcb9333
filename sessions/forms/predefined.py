"""What facilitators write in their programme's library of concepts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainLine, PlainText
from sessions.models import PredefinedConcept
from sessions.predefined import FIELDS, Line, read

MOST_LINES = 200
LONGEST = 120  # characters of a term


class PredefinedForm(forms.Form):
    """One concept. `version` is that of the concept which is changed."""

    term = PlainLine(
        label=_("Term"),
        max_length=LONGEST,
        error_messages={"required": _("Please give the term, a word or a short phrase.")},
    )
    explanation = PlainText(
        label=_("Short explanation"),
        rows=3,
        max_length=1_000,
        required=False,
        help_text=_("What you would say of it in a minute. It is shown wherever the concept stands on an agenda."),
    )
    cluster = PlainLine(
        label=_("Cluster"), max_length=120, required=False, help_text=_("What it has in common with others.")
    )
    sub_terms = PlainText(
        label=_("Narrower terms"),
        rows=3,
        max_length=1_000,
        required=False,
        help_text=_("One on each line. They stand under the term on agendas, and in a report’s list of concepts."),
    )
    handout = forms.URLField(label=_("Link to a handout"), required=False, max_length=500, assume_scheme="https")
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    @classmethod
    def of(cls, concept: PredefinedConcept) -> "PredefinedForm":
        """The form that changes `concept`."""
        return cls(initial={name: getattr(concept, name) for name in (*FIELDS, "version")})

    def clean_sub_terms(self) -> str:
        """A line each, without blank ones and doubles. Raises ValidationError for one that no column would take."""
        lines = [" ".join(line.split()) for line in str(self.cleaned_data["sub_terms"]).splitlines()]
        terms = list({line.casefold(): line for line in reversed(lines) if line}.values())[::-1]
        for term in terms:
            if len(term) > LONGEST:
                told = _("A term has %(most)s characters at most. Please shorten “%(term)s …”")
                raise forms.ValidationError(told % {"most": LONGEST, "term": term[:40]})
        return "\n".join(terms)

    def values(self) -> dict[str, str]:
        """What goes into the row, once the form is valid."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    def differing(self, concept: PredefinedConcept) -> list[tuple[str, str]]:
        """Label and stored wording of each field that says something else than what was typed."""
        typed = self.values()
        return [
            (str(self.fields[name].label), getattr(concept, name))
            for name in FIELDS
            if typed[name] != getattr(concept, name)
        ]


class PasteForm(forms.Form):
    """Many concepts at once, a line each."""

    concepts = PlainText(
        label=_("Concepts"),
        rows=8,
        help_text=_(
            "One line each: the term alone, or term, explanation, cluster and link, parted by tabs (as columns of a "
            "spreadsheet are) or by upright strokes (|). A line that ends with a colon names the cluster of the next; "
            "one that begins with a dash or two spaces stands under the term above it."
        ),
        strip=False,  # the first line may be indented as those below it are
    )
    lines: list[Line]

    def clean_concepts(self) -> str:
        """Read the list; `lines` then holds its concepts, each with the first thing that is wrong with it."""
        text = str(self.cleaned_data["concepts"])
        self.lines = read(text)
        if not self.lines:
            raise forms.ValidationError(_("Paste at least one line with a term."))
        if len(self.lines) > MOST_LINES:
            self.lines = self.lines[:MOST_LINES]
            raise forms.ValidationError(_("Please paste at most %(most)s lines at a time.") % {"most": MOST_LINES})
        for line in self.lines:
            _look_at(line)
        return text


def _look_at(line: Line) -> None:
    """What a line says, as the form for one concept would keep it, and what that has against it."""
    form = PredefinedForm(line.values | {"version": "0"})
    if form.is_valid():
        for name, value in form.values().items():
            setattr(line, name, value)
        return
    found: list[Any] = [f"{form.fields[name].label}: {errors[0]}" for name, errors in form.errors.items()]
    line.errors = [*line.errors, *found][:1]
