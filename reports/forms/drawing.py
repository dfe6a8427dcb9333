"""The page of a scheme: what its forms say together, and the scheme that is made of them."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from reports.forms.editor import Editor, bound_or_filled, rows_of
from reports.forms.scheme import LONGEST, MOST_BOXES, BoxForm, BoxFormSet, LinkFormSet, SchemeForm
from reports.schemes import described
from reports.typed_text import lines, one_line
from reports.workshop.layout import laid_out
from reports.write_up import Concepts, Link, Node, Scheme, Section, read


class SchemeEditor(Editor):
    """The page of a scheme."""

    keeps_itself = False  # boxes that were added would be added a second time

    def prepare(self) -> None:
        """The words, a row for each box, and a row for each arrow."""
        self.stored = cast(Scheme, self.part)
        words = self.stored.text_alternative or described(self.stored, self.report.cohort.language)
        standing = {
            "introduction": self.stored.introduction,
            "caption": self.stored.caption,
            "text_alternative": words,
        }
        self.form = SchemeForm(self.data, initial=standing, terms=self._terms())
        self.boxes = BoxFormSet(prefix="boxes", **bound_or_filled(self.data, list(_boxes(self.stored))))
        labels = [one_line(str(row["label"].value() or "")) for row in rows_of(self.boxes)]
        arrows = [{"start": link.from_, "end": link.to, "label": link.label} for link in self.stored.links]
        self.links = LinkFormSet(prefix="links", form_kwargs={"boxes": labels}, **bound_or_filled(self.data, arrows))

    @property
    def all_forms(self) -> list[forms.Form]:
        """The words, every box and every arrow."""
        return [self.form, *rows_of(self.boxes), *rows_of(self.links)]

    def is_valid(self) -> bool:
        """Also, that boxes can be told apart, and that there are not too many."""
        if not all([super().is_valid(), self.boxes.is_valid(), self.links.is_valid()]):
            return False
        self._told_apart()
        return not self.faulty

    @property
    def stays(self) -> bool:
        """What was added has no arrows yet."""
        return bool(self._added())

    def section(self) -> Section:
        """The scheme as it was typed. Boxes without a place are given one."""
        rows = [row for row in self._rows() if _words(row)]
        labels = [*(_words(row) for row in rows), *self._added()]
        cycle = tuple(place for place, _row in sorted(_numbered(rows), key=lambda pair: pair[1]))
        position = {str(number): rows.index(row) for number, row in enumerate(self._rows()) if row in rows}
        links = tuple(
            Link(position[typed["start"]], position[typed["end"]], typed["label"])
            for typed in self.links.cleaned_data
            if typed.get("start") in position and typed.get("end") in position
        )
        nodes = self._placed(rows, labels, [labels[place] for place in cycle])
        caption = self.form.cleaned_data["caption"]
        drawn = Scheme(caption, nodes, links, cycle, id=self.part.id)
        introduction = self.form.cleaned_data["introduction"]
        return Scheme(caption, nodes, links, cycle, self._in_words(drawn), introduction, id=self.part.id)

    def _placed(self, rows: list[BoxForm], labels: list[str], cycle: list[str]) -> tuple[Node, ...]:
        """The boxes where they were put; those that have no place laid out, and all of them if that is wanted, or if
        none was ever moved from where it was laid out: on the cycle as it is now they may stand in its way."""
        places = laid_out(labels, cycle)
        afresh = self.form.cleaned_data["afresh"] or self._as_laid_out()
        for row in [] if afresh else rows:
            x, y = row.cleaned_data.get("x"), row.cleaned_data.get("y")
            if x is not None and y is not None:
                places[_words(row)] = (x, y)
        return tuple(Node(label, *places[label]) for label in labels)

    def _as_laid_out(self) -> bool:
        """Whether every box still stands where it was laid out."""
        labels = [node.label for node in self.stored.nodes]
        stood = laid_out(labels, [labels[place] for place in self.stored.cycle])
        stands = [(row.cleaned_data.get("x"), row.cleaned_data.get("y")) for row in self._rows()]
        return stands == [stood[label] for label in labels]

    def _in_words(self, drawn: Scheme) -> str:
        """What was typed, unless it is what was written for the drawing as it was before."""
        typed = str(self.form.cleaned_data["text_alternative"]).strip()
        language = self.report.cohort.language
        return described(drawn, language) if typed in {"", described(self.stored, language)} else typed

    def _told_apart(self) -> None:
        """Put an error beside each box that has the words or the number of another."""
        seen: set[str] = set()
        numbers: set[int | None] = set()
        for row in self._rows():
            label, order = _words(row), row.cleaned_data.get("order")
            if not label:
                continue
            if label in seen:
                row.add_error("label", _("Another box has these words already."))
            elif order and order in numbers:
                row.add_error("order", _("Another box has this number already."))
            seen.add(label)
            numbers.add(order)
        self._few_enough(seen)

    def _few_enough(self, there: set[str]) -> None:
        added = self._added()
        if any(len(label) > LONGEST for label in added):
            self.form.add_error("more", _now("A box has {n} characters at most.").format(n=LONGEST))
        if len(there) + len(added) > MOST_BOXES:
            self.form.add_error("more", _now("A scheme has {n} boxes at most.").format(n=MOST_BOXES))

    def _added(self) -> list[str]:
        """The boxes that were typed or ticked and are not there yet, each once."""
        there = {_words(row) for row in self._rows()}
        wanted = (*self.form.cleaned_data["terms"], *lines(self.form.cleaned_data["more"]))
        return [label for label in dict.fromkeys(wanted) if label not in there]

    def _rows(self) -> list[BoxForm]:
        return cast(list[BoxForm], rows_of(self.boxes))

    def _terms(self) -> list[str]:
        """The terms of the report's concept lists that are no boxes yet."""
        there = {node.label for node in self.stored.nodes}
        lists = (part for part in read(self.report.content).sections if isinstance(part, Concepts))
        terms = (term.text for part in lists for cluster in part.clusters for term in cluster.terms)
        return [term for term in dict.fromkeys(terms) if term not in there]


def _boxes(scheme: Scheme) -> Iterable[dict[str, Any]]:
    order = {place: number for number, place in enumerate(scheme.cycle, start=1)}
    for place, node in enumerate(scheme.nodes):
        yield {"label": node.label, "x": node.x, "y": node.y, "order": order.get(place)}


def _numbered(rows: list[BoxForm]) -> Iterable[tuple[int, int]]:
    """The position of each box on the cycle, with its number there."""
    for place, row in enumerate(rows):
        if order := row.cleaned_data.get("order"):
            yield place, int(order)


def _words(row: BoxForm) -> str:
    """What stands in a box; nothing where the row was cleared."""
    return str(row.cleaned_data.get("label") or "")
