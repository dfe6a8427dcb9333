"""The boundary itself: text and roster in, anonymous text and findings out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .compiled import Compiled, compile_roster
from .findings import (
    NAME_OR_WORD,
    ORGANISATION_OR_WORD,
    SOLE_ROLE,
    Decision,
    Finding,
    Span,
)
from .fold import fold, views
from .patterns import patterns
from .rarities import rarities
from .recogniser import Guesses
from .replace import replacement
from .roster import Roster
from .runs import Hit
from .scan import scan
from .stays import Cover
from .suspects import Suspect, guessed, unlisted, unlisted_in_small_letters
from .text import AnonymousText, vouch_for
from .tokens import Tokens

_SENTENCE = 400  # a sentence shown to a human is at most this long on either side
_ARTICLE_BEFORE = re.compile(r"\b(?:the|an?|en|ett|den|det|de)\s+\Z", re.IGNORECASE)
_OPENS_ITSELF = re.compile(
    r"(?:the|an?|our|my|their|this|that|these|those|one|some|en|ett|den|det|de|v[åa]r[at]?|deras|denna|detta|dessa|n[åa]g(?:on|ot|ra))\b",
    re.IGNORECASE,
)
_BEYOND_DOUBT = frozenset({"EMAIL", "NHS", "PERSONNUMMER", "PHONE"})


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


@dataclass(frozen=True, slots=True)
class _Reading:
    """Where everything stands: what to remove (merged, ordered) and what to put to a human."""

    certain: list[Hit]
    doubtful: list[Suspect]


def deidentify(
    text: str,
    roster: Roster,
    decisions: Sequence[Decision] = (),
    recogniser: Guesses | None = None,
) -> Deidentified:
    """Removes every identity on the roster from `text`, and puts what merely looks like one to a human.

    `decisions` are those taken so far; a `recogniser` (recogniser.py) adds findings. Never raises on any string; time
    grows linearly with the text. Applied to its own output, without a recogniser, it changes nothing.
    """
    compiled = compile_roster(roster)
    reading = _read(text, roster, compiled, recogniser)
    removed = [_span(text, hit, roster.language) for hit in reading.certain]
    pieces = [(span.start, span.end, span.replacement) for span in removed]
    verdicts = {(fold(d.words), fold(d.sentence)): d for d in decisions}
    undecided: list[Finding] = []
    decided: list[tuple[Finding, Decision]] = []
    for suspect in reading.doubtful:
        finding = _finding(text, suspect)
        words = fold(finding.words)
        decision = verdicts.get((words, fold(finding.sentence))) or verdicts.get((words, ""))
        if decision is None:
            undecided.append(finding)
        else:
            decided.append((finding, decision))
        if decision is None or decision.verdict != "keep":
            instead = _instead(text, finding, decision, roster, compiled)
            if decision is not None and decision.verdict == "generalise" and decision.wording:
                pieces.append(_fitted(text, finding, instead))
            else:
                pieces.append((finding.start, finding.end, instead))
    return Deidentified(vouch_for(_rebuilt(text, pieces)), tuple(removed), tuple(undecided), tuple(decided))


def leftovers(text: str, roster: Roster) -> tuple[Span, ...]:
    """Identities of the roster that are still in `text`: what the gate asks of the finished bytes.

    Only what is beyond doubt counts: in text read back from a page, a line's first word says nothing by its capital,
    and where words run together a full stop makes no web address.
    """
    hits = _certain(text, compile_roster(roster), kinds=_BEYOND_DOUBT)
    return tuple(_span(text, hit, roster.language) for hit in hits)


def _instead(
    text: str,
    finding: Finding,
    decision: Decision | None,
    roster: Roster,
    compiled: Compiled,
) -> str:
    if decision is not None and decision.verdict == "generalise" and decision.wording:
        lead = text[max(0, finding.start - 40) : finding.start]
        worded = lead + decision.wording
        hits = [h for h in _certain(worded, compiled) if h.end > len(lead)]
        pieces = [
            (
                max(h.start, len(lead)),
                h.end,
                _span(worded, h, roster.language).replacement,
            )
            for h in hits
        ]
        return _rebuilt(worded, pieces)[len(lead) :]
    kind = "SOMEONE" if finding.type == "PERSON" else finding.type
    return replacement(kind, text, finding.start, finding.end, roster.language)


def _fitted(text: str, finding: Finding, wording: str) -> tuple[int, int, str]:
    """A human's wording as it goes into its sentence: no second article, and a capital where the sentence begins."""
    start = finding.start
    article = _ARTICLE_BEFORE.search(text, max(0, start - 10), start)
    if article is not None and _OPENS_ITSELF.match(wording):
        start = article.start()
    before = text[:start].rstrip()
    if (not before or before[-1] in ".!?") and finding.words[:1].isupper():
        wording = wording[:1].upper() + wording[1:]
    return start, finding.end, wording


def _span(text: str, hit: Hit, language: str) -> Span:
    instead = replacement(hit.type, text, hit.start, hit.end, language, genitive=hit.genitive)
    return Span(hit.start, hit.end, hit.type, instead)


def _rebuilt(text: str, pieces: Iterable[tuple[int, int, str]]) -> str:
    built: list[str] = []
    position = 0
    for start, end, instead in sorted(pieces):
        built += (text[position:start], instead)
        position = end
    return "".join((*built, text[position:]))


# --- reading --------------------------------------------------------------------------


def _read(text: str, roster: Roster, compiled: Compiled, recogniser: Guesses | None) -> _Reading:
    readings = [Tokens(reading) for reading in views(text)]
    whole = readings[0]
    hits = list(_hits(readings, compiled))
    certain = _merged(hit for hit in hits if hit.sure)
    stays = Cover(compiled.staying.places(whole))
    gone = Cover((hit.start, hit.end) for hit in certain)
    doubtful = [_doubt(hit) for hit in hits if not hit.sure]
    rare = list(rarities(whole, roster))
    doubtful += rare
    settled = Cover([(h.start, h.end) for h in certain] + [(s.start, s.end) for s in rare if s.type == "SYSTEM"])
    doubtful += unlisted(whole, compiled, settled.touches, stays.holds)
    doubtful += unlisted_in_small_letters(whole, compiled)
    if recogniser is not None:
        doubtful += guessed(whole, compiled, recogniser(text))
    free: list[Suspect] = []
    reached = 0
    for suspect in sorted(doubtful, key=lambda s: (s.start, -s.end)):
        place = suspect.start, suspect.end
        if suspect.start >= reached and not gone.touches(*place) and not stays.holds(*place):
            free.append(suspect)
            reached = suspect.end
    return _Reading(certain, free)


def _certain(text: str, compiled: Compiled, kinds: frozenset[str] | None = None) -> list[Hit]:
    readings = [Tokens(reading) for reading in views(text)]
    return _merged(hit for hit in _hits(readings, compiled, kinds) if hit.sure)


def _hits(readings: list[Tokens], compiled: Compiled, kinds: frozenset[str] | None = None) -> Iterator[Hit]:
    """Every hit in every way of reading the text, but for what the cohort has cleared and people in bodies' names.

    `kinds` are the patterns to look for; None stands for all.
    """
    for tokens in readings:
        cleared = Cover(compiled.cleared.places(tokens))
        bodies = Cover(compiled.bodies.places(tokens))
        for hit in scan(tokens, compiled):
            in_a_body = hit.type == "PERSON" and bodies.holds(hit.start, hit.end)
            if not in_a_body and not cleared.holds(hit.start, hit.end):
                yield hit
    yield from (hit for hit in patterns(readings[0].view) if kinds is None or hit.type in kinds)


def _doubt(hit: Hit) -> Suspect:
    why = {"PERSON": NAME_OR_WORD, "ORG": ORGANISATION_OR_WORD}.get(hit.type, SOLE_ROLE)
    return Suspect(hit.start, hit.end, hit.type, why)


def _merged(hits: Iterable[Hit]) -> list[Hit]:
    """Overlapping hits made one, which is of the longest one's type."""
    merged: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if merged and hit.start < merged[-1].end:
            last = merged[-1]
            longest = max(last, hit, key=lambda h: h.end - h.start)
            genitive = hit.genitive if hit.end > last.end else last.genitive
            merged[-1] = Hit(last.start, max(last.end, hit.end), longest.type, True, genitive)
        else:
            merged.append(hit)
    return merged


# --- what a human sees ---------------------------------------------------------------------


def _finding(text: str, suspect: Suspect) -> Finding:
    start, end = suspect.start, suspect.end
    return Finding(
        start,
        end,
        suspect.type,
        suspect.why,
        text[start:end],
        sentence_at(text, start, end),
    )


def sentence_at(text: str, start: int, end: int) -> str:
    """The sentence around `text[start:end]`, at most 400 characters either side."""
    before = text[max(0, start - _SENTENCE) : start]
    after = text[end : end + _SENTENCE]
    cut = max(before.rfind(mark) + len(mark) if mark in before else 0 for mark in (". ", "? ", "! ", "\n"))
    stops = [after.find(mark) + 1 for mark in (". ", "? ", "! ", "\n") if mark in after]
    return (before[cut:] + text[start:end] + after[: min(stops, default=len(after))]).strip()
