"""A programme's library of predefined concepts: what its facilitators teach, and never anything about a member.

Facilitators of all its sets keep it together: of two who change the same concept one is told (its version). What is
removed can be put back, and stays on the agendas on which it stands.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from learningsets.models import Programme
from sessions.models import AgendaItem, Meeting, PredefinedConcept
from sessions.words import by_the_alphabet

MOST = 500  # concepts of one library, removed ones too
COLUMNS = ("term", "explanation", "cluster", "handout")
FIELDS = (*COLUMNS, "sub_terms")
_BULLET = re.compile(r"\s*[-–—•*·◦○●▪■‣⁃→]\s+")
_DASH = re.compile(r"\s*[-–—]\s")


class TakenError(ValueError):
    """The library has this term already."""


class FullError(ValueError):
    """The library would hold more than MOST concepts."""


@dataclass(slots=True)
class Line:
    """One line of a list that was pasted, and what is wrong with it."""

    number: int
    term: str = ""
    explanation: str = ""
    cluster: str = ""
    handout: str = ""
    sub_terms: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def values(self) -> dict[str, str]:
        """What the row is to say."""
        return {name: getattr(self, name) for name in FIELDS}

    @property
    def narrower(self) -> list[str]:
        """The terms that stand under this one."""
        return self.sub_terms.splitlines()


def everything(programme: Programme, meetings: Iterable[Meeting] = ()) -> list[PredefinedConcept]:
    """The concepts of a library, removed ones too, cluster by cluster and by the alphabet; those without a cluster come
    last. Each knows whether it `was_planned` for one of these meetings."""
    planned = AgendaItem.objects.filter(meeting__in=meetings, removed=False, concepts=OuterRef("pk"))
    found: Iterable[PredefinedConcept] = programme.predefined.annotate(was_planned=Exists(planned))
    return sorted(found, key=lambda one: (not one.cluster, by_the_alphabet(one.cluster), by_the_alphabet(one.term)))


def clustered(concepts: Sequence[PredefinedConcept]) -> list[tuple[str, list[PredefinedConcept]]]:
    """Concepts in their order, as clusters: each with its name."""
    return [(name, list(those)) for name, those in groupby(concepts, key=lambda concept: concept.cluster)]


def on_offer(concepts: Sequence[PredefinedConcept]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Concepts as the choices of a field, in the groups of their clusters."""
    groups = clustered(concepts)
    return [(name or str(_("Without a cluster")), [(str(one.pk), one.term) for one in those]) for name, those in groups]


def add(programme: Programme, values: Mapping[str, str], pasted: UUID | None = None) -> PredefinedConcept:
    """A new concept; the same one where a form was sent twice. One of this term that was removed stands there again, as
    it says now. `pasted` is the list it came with. Raises TakenError and FullError."""
    with _held(programme) as held:
        there = held.get(values["term"].casefold())
        if there is None:
            if len(held) >= MOST:
                raise FullError
            return PredefinedConcept.objects.create(programme=programme, pasted=pasted, **values)
        if not there.removed and _says_else(there, values):
            raise TakenError
        if there.removed:
            _write(there, there.version, values, pasted)
        return there


def add_all(programme: Programme, lines: Sequence[Line]) -> UUID:
    """Every concept of a checked list, or none. Returns what `take_out` knows the list by: sent twice it is one list,
    and what the library had already is no part of it. Raises what `add` raises."""
    pasted = uuid5(programme.pk, repr([line.values for line in lines]))
    with transaction.atomic():
        for line in lines:
            add(programme, line.values, pasted)
    return pasted


def take_out(programme: Programme, pasted: UUID) -> int:
    """Remove what came with a pasted list and was not changed since; how many. They can be put back, as any."""
    return programme.predefined.filter(pasted=pasted, removed=False).update(removed=True)


def check(programme: Programme, lines: Sequence[Line]) -> bool:
    """Add to each line what the library, and the list itself, know against it; whether all can be added."""
    here = {concept.term.casefold(): concept for concept in programme.predefined.filter(removed=False)}
    seen: dict[str, int] = {}
    for line in lines:
        first = seen.setdefault(line.term.casefold(), line.number)
        if line.errors:
            continue  # one thing at a time
        if first != line.number:
            line.errors.append(_("The same term stands in line %(number)s.") % {"number": first})
        elif (there := here.get(line.term.casefold())) is not None and _says_else(there, line.values):
            line.errors.append(_("The library has this term already. Take the line out, or change the concept there."))
    return bool(lines) and not any(line.errors for line in lines)


def save(concept: PredefinedConcept, version: int, values: Mapping[str, str]) -> bool:
    """Write `values` over a concept that is still at `version`; one that was removed meanwhile stands there again.

    False, and nothing is done, when somebody else was quicker. It says afterwards what the row says. Raises TakenError.
    """
    with _held(concept.programme) as held:
        there = held.get(values["term"].casefold())
        if there is not None and there.pk != concept.pk:
            raise TakenError
        return _write(concept, version, values)


def remove(concept: PredefinedConcept, *, removed: bool = True) -> None:
    """Take a concept out of the library, or put it back."""
    PredefinedConcept.objects.filter(pk=concept.pk).update(removed=removed)


def read(text: str) -> list[Line]:
    """The lines of a pasted list: term, explanation, cluster and handout, parted by tabs or upright strokes.

    A line that ends with a colon names the cluster of those below it; bullets, empty lines and a line of headings are
    passed over. A line of one word or phrase that is indented, or begins with a dash, stands under the term above it;
    what the first term (below a cluster's name) has itself, its dash or how far it is indented, says nothing.
    """
    lines: list[Line] = []
    cluster, above, margin, dashed = "", None, 0, False
    for number, raw in enumerate(text.split("\n"), start=1):
        cells = [cell.strip() for cell in _BULLET.sub("", raw, count=1).split("\t" if "\t" in raw.strip() else "|")]
        if cells == [""] or _is_heading(cells):
            continue
        indent, has_dash = _indent(raw), bool(_DASH.match(raw))
        if above is not None and len(cells) == 1 and (indent > margin + 1 or (has_dash and not dashed)):
            above.sub_terms = "\n".join([*above.narrower, cells[0]])
            continue
        if len(cells) == 1 and cells[0].endswith(":"):
            cluster, above = cells[0].rstrip(": "), None
            continue
        if above is None:
            margin, dashed = indent, has_dash
        above = line = Line(number)
        for column, cell in zip(COLUMNS, cells, strict=False):
            setattr(line, column, cell)
        line.cluster = line.cluster or cluster
        if any(cells[len(COLUMNS) :]):
            line.errors.append(_("There are more than four columns."))
        lines.append(line)
    return lines


def _indent(line: str) -> int:
    line = line.expandtabs(4)
    return len(line) - len(line.lstrip())


def _is_heading(cells: Sequence[str]) -> bool:
    return len(cells) > 1 and cells[0].casefold() in {"term", _("Term").casefold()}


def _says_else(concept: PredefinedConcept, values: Mapping[str, str]) -> bool:
    return any(getattr(concept, name) != value for name, value in values.items())


def _write(concept: PredefinedConcept, version: int, values: Mapping[str, str], pasted: UUID | None = None) -> bool:
    expected = PredefinedConcept.objects.filter(pk=concept.pk, version=version)
    changed = expected.update(version=F("version") + 1, removed=False, pasted=pasted, **values)
    concept.refresh_from_db(fields=(*values, "version", "removed"))
    return changed == 1


@contextmanager
def _held(programme: Programme) -> Iterator[dict[str, PredefinedConcept]]:
    """Every concept of a library by its term, whatever its capitals, while nobody else adds one or changes a term."""
    with transaction.atomic():
        Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
        yield {concept.term.casefold(): concept for concept in programme.predefined.all()}
