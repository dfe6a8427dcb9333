"""The boundary itself: text and roster in, anonymous text and findings out."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from .compiled import compile_roster
from .draft import Draft, Places, as_span
from .findings import Decision, Finding, Span
from .fold import fold
from .marks import BLANK_LINE
from .reading import certain
from .recogniser import Guesses
from .roster import Roster
from .stays import NO_TERMS, Staying
from .text import AnonymousText, vouch_for
from .words import COMMON, is_given_name, weight

_BEYOND_DOUBT = frozenset({"EMAIL", "NHS", "PERSONNUMMER", "PHONE"})
_COUNTING = frozenset({"one", "than"})  # on the lists of given names, and in every report


@dataclass(frozen=True, slots=True)
class Deidentified:
    """What became of a text.

    `text` is always safe: an open finding stands generalised in it. `removed` and `open` are ordered by place and
    do not overlap; their offsets are code points of the input. `decided` pairs a finding with the decision on it.
    """

    text: AnonymousText
    removed: tuple[Span, ...]
    open: tuple[Finding, ...]
    decided: tuple[tuple[Finding, Decision], ...]
    is_emptied: bool = False
    """Whether something was replaced, and nothing is left beside it but words that say nothing by themselves."""
    is_retold: bool = False
    """Whether it is emptied, and a human's words stand in place of another language or other letters."""


def deidentify(
    text: str,
    roster: Roster,
    decisions: Sequence[Decision] = (),
    recogniser: Guesses | None = None,
    unprinted: Places | None = None,
    *,
    terms: Staying = NO_TERMS,
    any_language: bool = False,
) -> Deidentified:
    """Removes every identity on the roster from `text`, and puts what merely looks like one to a human.

    `decisions` are those taken so far; a `recogniser` (recogniser.py) adds findings. `unprinted` says which
    places of a text the paper has no letters for; they are put to a human too. `terms` are the report's own
    (`own_terms`): a capital alone makes no name of them, and whoever is on the roster is removed from them all the
    same. A text may be in `any_language` whose author's words tell nothing of who was there. Never raises on any
    string; time grows linearly with the text. Applied to its own output, with the same terms and without a recogniser,
    it changes nothing.
    """
    ours = compile_roster(there) if (there := roster.of_ours()) else None
    draft = Draft(text, compile_roster(roster), decisions, unprinted, terms, ours=ours, any_language=any_language)
    guesses = [] if recogniser is None else sorted(recogniser(text))
    begin = first = 0
    for end in [*(match.end() for match in BLANK_LINE.finditer(text)), len(text)]:
        last = bisect_left(guesses, (end,), first)
        draft.settle(begin, end, [(a - begin, min(b, end) - begin, kind) for a, b, kind in guesses[first:last]])
        begin, first = end, last
    return Deidentified(
        vouch_for(draft.printed()),
        tuple(sorted(draft.removed, key=lambda span: span.start)),
        tuple(sorted(draft.undecided, key=lambda finding: finding.start)),
        tuple(sorted(draft.decided, key=lambda pair: pair[0].start)),
        draft.is_emptied(),
        draft.is_retold(),
    )


def leftovers(text: str, roster: Roster) -> tuple[Span, ...]:
    """Identities of the roster that are still in `text`: what the gate asks of the finished bytes.

    Only what is beyond doubt counts: in text read back from a page, a line's first word says nothing by its capital,
    and where words run together a full stop makes no web address. Nor is an ordinary word somebody's employer there
    ("Shared", of a Foundation for Shared Care), or somebody called so ("Session", "the"): each passage was asked that
    before, in its own sentence, and what no passage holds is the paper's own.
    """
    hits = certain(text, compile_roster(roster), kinds=_BEYOND_DOUBT)
    spans = (as_span(text, hit, roster.language) for hit in hits)
    return tuple(span for span in spans if not _ordinary(text[span.start : span.end], span.type, roster))


def _ordinary(words: str, kind: str, roster: Roster) -> bool:
    """Whether this is one word, as a dictionary has it, and no whole name of an organisation, nor a given name."""
    word = fold(words)
    if not any(map(str.isalpha, words)):
        return kind in ("PERSON", "ORG")  # whoever is called "2026"
    if not words.isalpha() or weight(word, roster.language) < COMMON:
        return False
    if kind == "PERSON":
        return not is_given_name(word) or word in _COUNTING
    return kind == "ORG" and word not in {
        fold(name) for one in roster.organisations for name in (one.name, *one.aliases)
    }
