"""The concept list: clusters of terms, typed one to a line."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from learningsets.fields import LIMIT, PlainLine, PlainText
from reports.build import terms_of
from reports.forms.editor import MORE, Editor, bound_or_filled, rows_of
from reports.summaries import counted
from reports.typed_text import as_terms, terms
from reports.write_up import Cluster, Concepts, Section, Term

LONGEST = 200  # characters of a term, as in a workshop file
MOST_TERMS = 300  # in one cluster: a wall of notes, and no more than a page can set


class ConceptsForm(forms.Form):
    """What stands above the list, and whether it takes over the `offered` terms, which the set wrote down itself."""

    introduction = PlainText(label=_("Introduction"), rows=3, required=False)
    taken = forms.BooleanField(
        required=False,
        help_text=_(
            "They come in a cluster of their own, in alphabetical order; then they can be parted and reworded."
        ),
    )

    def __init__(self, *args: Any, offered: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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

    def clean_terms(self) -> tuple[Term, ...]:
        """The terms with their narrower ones. Raises ValidationError for a line that no column would take."""
        found = terms(self.cleaned_data["terms"])
        long = [text for term in found for text in (term.text, *term.sub_terms) if len(text) > LONGEST]
        if long:
            raise ValidationError(
                _now("A term has {n} characters at most. Please shorten “{term} …”").format(
                    n=LONGEST, term=long[0][:40]
                )
            )
        if len(found) > MOST_TERMS:
            raise ValidationError(_now("Please part these into several clusters of {n} at most.").format(n=MOST_TERMS))
        return found

    def clean(self) -> dict[str, Any]:
        """A name needs its terms."""
        cleaned = super().clean() or {}
        if cleaned.get("title") and not cleaned.get("terms") and "terms" not in self.errors:
            self.add_error("terms", _("Write the terms, or clear what they have in common."))
        return cleaned

    def read_as(self) -> tuple[Term, ...]:
        """The terms as they are understood, from what is in the field now."""
        text = str(self["terms"].value() or "")
        return terms(text) if len(text) <= LIMIT else ()

    def counted(self) -> str:
        """How many terms those are, in words."""
        return counted(self.read_as())


ClusterFormSet = forms.formset_factory(ClusterForm, extra=MORE, max_num=40, absolute_max=60)


class ConceptsEditor(Editor):
    """The page of a concept list."""

    def prepare(self) -> None:
        """The introduction, and a row for each cluster."""
        part = cast(Concepts, self.part)
        standing = [{"title": cluster.title, "terms": as_terms(cluster.terms)} for cluster in part.clusters]
        self.theirs = terms_of(self.report)
        self.offered = _without(self.theirs, part.clusters)
        initial = {"introduction": part.introduction}
        self.form = ConceptsForm(self.data, initial=initial, offered=self.offered or self.theirs)
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
        return all([super().is_valid(), self.clusters.is_valid()])

    def section(self) -> Section:
        """The list as it was typed."""
        rows = [row for row in self.clusters.cleaned_data if row.get("terms")]
        clusters = [Cluster(row["title"], row["terms"]) for row in rows]
        if self.stays:  # whether taken over before or not: a page that saves itself sends its ticks again
            clusters.append(Cluster("", tuple(Term(text) for text in _without(self.theirs, clusters))))
        said = tuple(cluster for cluster in clusters if cluster.terms)
        return Concepts(self.form.cleaned_data["introduction"], said, id=self.part.id)

    @property
    def doubts(self) -> bool:
        """Whether a term stands in the list twice."""
        return any(_again(cast(Concepts, self.section()).clusters))

    @property
    def stays(self) -> bool:
        """What was taken over wants to be parted into clusters."""
        return bool(self.form.cleaned_data.get("taken"))


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
