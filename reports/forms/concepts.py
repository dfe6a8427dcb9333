"""The concept list: clusters of terms, typed one to a line."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from learningsets.fields import LIMIT, PlainLine, PlainText
from learningsets.forms.ticks import FoldedTicks
from reports.build import terms_of
from reports.forms.editor import MORE, Editor, bound_or_filled, rows_of
from reports.summaries import counted
from reports.typed_text import as_terms, clusters
from reports.write_up import Cluster, Concepts, Section, Term
from sessions.models import PredefinedConcept
from sessions.predefined import clustered, on_offer
from sessions.predefined import everything as everything_in_the_library

MOST_CLUSTERS = 40
LONGEST = 200  # characters of a term, as in a workshop file
MOST_TERMS = 300  # in one cluster: a wall of notes, and no more than a page can set


class ConceptsForm(forms.Form):
    """What stands above the list, whether it takes over the `offered` terms, which the set wrote down itself, and what
    it takes from the programme's `library`."""

    introduction = PlainText(label=_("Introduction"), rows=3, required=False)
    taken = forms.BooleanField(
        required=False,
        help_text=_(
            "They come in a cluster of their own, in alphabetical order. There they can be parted: put a name with a"
            " colon above those that belong together, and a blank line above the name."
        ),
    )

    library = forms.MultipleChoiceField(
        label=_("Terms from the programme’s library"),
        required=False,
        widget=FoldedTicks,
        help_text=_("Each comes in its own cluster, at the end of the list if none here is called so."),
    )

    def __init__(self, *args: Any, offered: list[str], library: list[PredefinedConcept], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        planned = [one for one in library if one.was_planned]  # type: ignore[attr-defined]  # annotated
        choices = on_offer([one for one in library if one not in planned])
        if planned:
            choices = [(_now("On the agenda"), [(str(one.pk), one.term) for one in planned]), *choices]
        cast(forms.MultipleChoiceField, self.fields["library"]).choices = choices
        if not library:
            del self.fields["library"]
        if offered:
            told = _now("Take over the {number} terms that the set wrote down when it met")
            one = _now("Take over the one term that the set wrote down when it met")
            self.fields["taken"].label = told.format(number=len(offered)) if len(offered) > 1 else one
        else:
            del self.fields["taken"]


class ClusterForm(forms.Form):
    """Terms that belong together. An empty row is passed over."""

    conditional = ("title", "terms")  # a cluster needs no name, and clearing both leaves it out: the page says so

    again: tuple[str, ...] = ()  # terms that stand in this list already, here or further up, as it is stored

    title = PlainLine(label=_("What these have in common"), max_length=200, required=False)
    terms = PlainText(label=_("Terms, one on each line"), rows=8, required=False, strip=False)

    def clean_terms(self) -> tuple[Cluster, ...]:
        """The terms with their narrower ones, as one cluster, or as several where names stand among them. Raises
        ValidationError for a line that no column would take, and for a name without terms."""
        parted = clusters(self.cleaned_data["terms"])
        bare = [one.title for one in parted if not one.terms]
        if bare:
            raise ValidationError(_now("Write the terms below “{name}”, or take out its colon.").format(name=bare[0]))
        found = [term for one in parted for term in one.terms]
        said = [*(one.title for one in parted), *(text for term in found for text in (term.text, *term.sub_terms))]
        long = [text for text in said if len(text) > LONGEST]
        if long:
            raise ValidationError(
                _now("A term has {n} characters at most. Please shorten “{term} …”").format(
                    n=LONGEST, term=long[0][:40]
                )
            )
        if len(found) > MOST_TERMS:
            raise ValidationError(_now("Please part these into several clusters of {n} at most.").format(n=MOST_TERMS))
        return parted

    def clean(self) -> dict[str, Any]:
        """A name needs its terms, and a cluster has one name."""
        cleaned = super().clean() or {}
        if cleaned.get("title") and not cleaned.get("terms") and "terms" not in self.errors:
            self.add_error("terms", _("Write the terms, or clear what they have in common."))
        if cleaned.get("title") and cleaned.get("terms") and cleaned["terms"][0].title:
            self.add_error("title", _("The terms below open with a name too. Clear one of the two."))
        return cleaned

    def clusters(self) -> tuple[Cluster, ...]:
        """What was typed, after `is_valid`: several where the row's terms have names among them. The row's own name is
        that of the first."""
        first, *others = self.cleaned_data["terms"]
        return (replace(first, title=self.cleaned_data["title"] or first.title), *others)

    def read_as(self) -> tuple[Term, ...]:
        """The terms as they are understood, from what is in the field now."""
        text = str(self["terms"].value() or "")
        return tuple(term for one in clusters(text) for term in one.terms) if len(text) <= LIMIT else ()

    def counted(self) -> str:
        """How many terms those are, in words."""
        return counted(self.read_as())


ClusterFormSet = forms.formset_factory(ClusterForm, extra=MORE, max_num=MOST_CLUSTERS, absolute_max=60)


class ConceptsEditor(Editor):
    """The page of a concept list."""

    def prepare(self) -> None:
        """The introduction, and a row for each cluster."""
        part = cast(Concepts, self.part)
        standing = [{"title": cluster.title, "terms": as_terms(cluster.terms)} for cluster in part.clusters]
        self.theirs = terms_of(self.report)
        self.offered = _without(self.theirs, part.clusters)
        initial = {"introduction": part.introduction}
        everything = everything_in_the_library(self.report.cohort.programme, self.report.meetings.all())
        self.library = {str(one.pk): one for one in everything}
        new = set(_without((one.term for one in everything if not one.removed), part.clusters))
        shown = everything if self.data is not None else [one for one in everything if one.term in new]
        self.form = ConceptsForm(self.data, initial=initial, offered=self.offered or self.theirs, library=shown)
        self.clusters = ClusterFormSet(prefix="clusters", **bound_or_filled(self.data, standing))
        if self.data is None:
            rows = cast(list[ClusterForm], rows_of(self.clusters))
            for row, again in zip(rows, _again(part.clusters), strict=False):
                row.again = again

    @property
    def all_forms(self) -> list[forms.Form]:
        """The introduction and every cluster."""
        return [self.form, *rows_of(self.clusters)]

    def is_valid(self) -> bool:
        """Also, that there are not too many clusters."""
        if not all([super().is_valid(), self.clusters.is_valid()]):
            return False
        if len(self._typed()) > MOST_CLUSTERS:
            self._rows()[-1].add_error("terms", _now("A list has {n} clusters at most.").format(n=MOST_CLUSTERS))
        return not self.faulty

    def section(self) -> Section:
        """The list as it was typed."""
        typed = self._typed()
        if self.form.cleaned_data.get("taken"):  # taken over before or not: a page that saves itself sends ticks again
            typed.append(Cluster("", tuple(Term(text) for text in _without(self.theirs, typed))))
        typed = _with_concepts(typed, self._from_the_library())
        said = tuple(cluster for cluster in typed if cluster.terms)
        return Concepts(self.form.cleaned_data["introduction"], said, id=self.part.id)

    @property
    def doubts(self) -> bool:
        """Also, whether a term stands in the list twice."""
        return super().doubts or any(_again(cast(Concepts, self.section()).clusters))

    @property
    def stays(self) -> bool:
        """What was taken over wants to be parted into clusters; what was parted wants to be seen as such."""
        taken = self.form.cleaned_data.get("taken") or self._from_the_library()
        return bool(taken) or len(self._typed()) > len(self._rows())

    def _from_the_library(self) -> list[PredefinedConcept]:
        ticked = set(self.form.cleaned_data.get("library", ()))
        return [one for key, one in self.library.items() if key in ticked]

    def _rows(self) -> list[ClusterForm]:
        return [row for row in cast(list[ClusterForm], rows_of(self.clusters)) if row.cleaned_data.get("terms")]

    def _typed(self) -> list[Cluster]:
        return [cluster for row in self._rows() for cluster in row.clusters()]


def _with_concepts(typed: list[Cluster], concepts: list[PredefinedConcept]) -> list[Cluster]:
    """`typed` and those of the concepts that do not stand in it, each in the first cluster of its own one's name."""
    for name, those in clustered(concepts):
        left = set(_without((one.term for one in those), typed))
        new = tuple(Term(one.term, tuple(_without(one.narrower, typed))) for one in those if one.term in left)
        place = next((n for n, one in enumerate(typed) if name and one.title.casefold() == name.casefold()), None)
        if place is None:
            typed = [*typed, Cluster(name, new)]
        else:
            typed = [*typed[:place], replace(typed[place], terms=(*typed[place].terms, *new)), *typed[place + 1 :]]
    return typed


def _without(texts: Iterable[str], clusters: Iterable[Cluster]) -> list[str]:
    """Those of `texts` that stand in none of `clusters`, not as a narrower term either."""
    terms = [term for cluster in clusters for term in cluster.terms]
    held = {text.casefold() for term in terms for text in (term.text, *term.sub_terms)}
    return [text for text in texts if text.casefold() not in held]


def _again(clusters: Iterable[Cluster]) -> list[tuple[str, ...]]:
    """For each of `clusters` the terms that stand in the list already, in it or in one before it."""
    seen: set[str] = set()
    found = []
    for cluster in clusters:
        again = []
        for text in (text for term in cluster.terms for text in (term.text, *term.sub_terms)):
            if text.casefold() in seen:
                again.append(text)
            seen.add(text.casefold())
        found.append(tuple(dict.fromkeys(again)))
    return found
