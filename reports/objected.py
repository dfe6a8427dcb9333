"""What was objected to in any window of a report, and which passages of other pages are still the same.

Whoever objected said it of words, and a stop, a capital or a few other words do not take that back. docs/anonymity.md,
"When a passage is the same", has the rule and its source.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from uuid import UUID

from reports.build import Built
from reports.document import ReportDocument, loads
from reports.models import Wish
from reports.passages import Extract, extracts, shares_most


def objected_to(report_id: UUID) -> dict[str, Extract]:
    """By digest, each different passage that was objected to in whatever window of a report. One query."""
    passages = cache(lambda document: {one.position: one for one in extracts(loads(document))})
    wishes = Wish.objects.filter(window__report=report_id).order_by("window__number", "position")
    found = (passages(said)[at] for said, at in wishes.values_list("window__release__document", "position"))
    return {one.digest: one for one in found}


def as_they_were(document: ReportDocument, objected: Mapping[str, Extract]) -> list[Extract]:
    """The passages of `document` that were objected to, as far as letters and digits go."""
    return [one for one in extracts(document) if one.digest in objected] if objected else []


def reworded_too_little(built: Built, objected: Mapping[str, Extract]) -> Iterator[Extract]:
    """The passages of what facilitators wrote that share most words with one that was objected to.

    General words that they put in its place are none of these: the set reads those next. Nor are members' answers,
    which nobody can write otherwise: the set read each as it stands.
    """
    for one in extracts(built.document) if objected else ():
        passes = one.fixed or one.digest in built.reworded or one.digest in objected
        if not passes and any(shares_most(str(other.words), str(one.words)) for other in objected.values()):
            yield one
