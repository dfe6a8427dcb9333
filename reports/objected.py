"""What was objected to in any window of a report, and which passages of other pages are still the same.

Whoever objected said it of words, and of what these were made from. A stop, a capital or a few other words do not take
that back, nor what is decided since about a name in them, nor that the same prose is typed into another report of the
set: who has left it since does not read that one, so that nobody objected again would tell who it was.
docs/anonymity.md, "When a passage is the same", has the rule and its source.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from reports.build import Built
from reports.document import ReportDocument, loads
from reports.models import Release, Report, Wish
from reports.models.window import Kind
from reports.passages import Extract, extracts, shares_most

MadeFrom = Mapping[str, Collection[str]]  # by digest of words, the names of what they are made from


@dataclass(frozen=True, slots=True)
class Objected:
    """By digest, each different passage that was objected to, and the names of what they were made from.

    `out` are the words of those that somebody wanted out, and not in general words alone. `elsewhere` is the prose that
    was objected to in other reports of the set.
    """

    passages: Mapping[str, Extract]
    names: frozenset[str]
    out: frozenset[str]
    elsewhere: frozenset[str]

    def holds(self, digest: str, made_from: MadeFrom) -> bool:
        """Whether words were objected to: in these letters, or in others that were made from the same."""
        return digest in self.passages or not self.names.isdisjoint(made_from.get(digest, ()))


def objected_to(report_id: UUID) -> Objected:
    """What was objected to in whatever window of a report, and the prose of other reports. Two queries, and another if
    there is some."""
    passages = cache(lambda document: {one.position: one for one in extracts(loads(document))})
    wishes = Wish.objects.filter(window__report=report_id).order_by("window__number", "position")
    found: dict[str, Extract] = {}
    names, out = set[str](), set[str]()
    columns = ("window__release__document", "window__made_from", "position", "kind")
    for said, made_from, at, kind in wishes.values_list(*columns):
        one = passages(said)[at]
        found[one.digest] = one
        names.update(made_from.get(one.digest, ()))
        out.update([str(one.words)] if kind == Kind.OBJECT else [])
    return Objected(found, frozenset(names), frozenset(out), _elsewhere(report_id))


def _elsewhere(report_id: UUID) -> frozenset[str]:
    """The prose that was objected to in other reports of the same set."""
    mine = Report.objects.filter(pk=report_id)
    wishes = Wish.objects.filter(window__report__cohort__in=mine.values("cohort")).exclude(window__report=report_id)
    places: defaultdict[UUID, set[int]] = defaultdict(set)
    for release, position in wishes.values_list("window__release", "position").distinct():
        places[release].add(position)
    if not places:
        return frozenset()
    said = Release.objects.filter(pk__in=places).values_list("pk", "document")
    prose = ((pk, one) for pk, document in said for one in extracts(loads(document)) if not one.fixed)
    return frozenset(str(one.words) for pk, one in prose if one.position in places[pk])


def as_they_were(document: ReportDocument, made_from: MadeFrom, objected: Objected) -> list[Extract]:
    """The passages of `document` that were objected to."""
    return [one for one in extracts(document) if objected.holds(one.digest, made_from)] if objected.passages else []


def in_pages(release: Release, objected: Objected) -> list[Extract]:
    """The passages of a release's pages that were objected to, in these pages or in others."""
    read = release.windows.values_list("made_from", flat=True).first()
    return as_they_were(loads(release.document), read or {}, objected)


def said_elsewhere(release: Release, objected: Objected) -> bool:
    """Whether the prose of a release's pages says what was objected to in another report of the set."""
    return bool(objected.elsewhere) and any(
        shares_most(other, str(one.words))
        for one in extracts(loads(release.document))
        for other in objected.elsewhere
        if not one.fixed
    )


def reworded_too_little(built: Built, objected: Objected) -> Iterator[Extract]:
    """The passages of what facilitators wrote that share most words with one that was objected to, in whatever report
    of the set.

    General words are held to those that somebody wanted out, as when they are typed: they may have been objected to
    since. Members' answers nobody can write otherwise: they are known by what they are made from.
    """
    others = objected.elsewhere.union(str(other.words) for other in objected.passages.values())
    for one in extracts(built.document) if others else ():
        general = one.digest in built.reworded
        passes = (one.fixed and not general) or objected.holds(one.digest, built.made_from)
        if not passes and any(shares_most(other, str(one.words)) for other in (objected.out if general else others)):
            yield one
