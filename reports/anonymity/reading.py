"""One reading of a paragraph: what the roster makes certain, and what a human has to decide."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from .compiled import Compiled
from .findings import NAME_OR_WORD, ORGANISATION_OR_WORD, ROLE_OF_FEW, SOLE_ROLE
from .fold import views
from .marks import KIND, beside
from .misspelt import misspelt
from .names import WORD
from .other_languages import in_another_language
from .patterns import patterns
from .rarities import is_date, rarities
from .runs import Hit, Told
from .scan import scan
from .small_letters import unlisted_in_small_letters
from .stays import Cover, Staying
from .suspects import Suspect, anything, guessed, unlisted
from .tokens import Tokens


class Found(NamedTuple):
    """Where everything stands: what to remove (merged) and what to put to a human; in order, none overlapping."""

    certain: list[Hit]
    doubtful: list[Suspect]

    def __bool__(self) -> bool:
        return bool(self.certain or self.doubtful)


class Reader:
    """Reads the paragraphs of one text; what it was told in one (whose initials some are) it knows in the next."""

    def __init__(
        self,
        text: str,
        compiled: Compiled,
        terms: Staying,
        ours: Compiled | None = None,
        *,
        any_language: bool = False,
    ) -> None:
        """`ours`: the roster of those who were there alone, should `compiled` hold others. How they are spoken of owes
        nothing to what others are called: who could say that of themselves, and sees what is printed, would mark in it
        whomever they choose."""
        self._terms, self._any_language = terms, any_language
        self._compiled, self._ours = compiled, ours
        self._told, self._ours_told = Told(), Told()
        self._met: set[str] = set()
        self._is_date = "\n\n" not in text.strip() and is_date(text)

    def read(
        self,
        text: str,
        guesses: Sequence[tuple[int, int, str]] = (),
        marked: Sequence[tuple[int, int]] = (),
        *,
        wary: bool = False,
    ) -> Found:
        """Everything in a paragraph, and what a recogniser `guesses`, or the paper has no letters for, or is `marked`.

        A `wary` reading puts whatever might be a name to a human, wherever it stands.
        """
        compiled = self._compiled
        readings = [Tokens(reading, compiled.language) for reading in views(text)]
        whole = readings[0]
        hits = list(_hits(readings, compiled, self._told))
        if self._ours is None:
            sure = _certain_of(text, hits)
            gone = [(hit.start, hit.end) for hit in sure]
        else:
            ours = list(_hits(readings, self._ours, self._ours_told))
            sure, gone, hits = _ours_first(text, ours, hits)
        doubtful = [_doubt(hit) for hit in hits if not hit.sure]
        rare = list(rarities(whole, compiled.systems, compiled.telling, dates=not (self._is_date and is_date(text))))
        doubtful += rare
        known = Cover([*gone, *((s.start, s.end) for s in doubtful)])
        stays = Cover(compiled.staying.places(whole))
        if True in whole.capitals():
            settled = Cover(gone + [(s.start, s.end) for s in rare if s.type in ("SYSTEM", "BODY")])
            own = Cover(self._terms.places(whole))
            doubtful += unlisted(whole, compiled, settled.touches, stays.holds, self._met, own=own.holds)
        doubtful += unlisted_in_small_letters(whole, compiled)
        doubtful += misspelt(whole, compiled)
        if not self._any_language:
            doubtful += _around(in_another_language(whole, compiled), known, text)
        if guesses:
            doubtful += guessed(whole, compiled, guesses)
        if wary:
            doubtful += anything(whole, compiled)
        if marked:
            doubtful = beside(marked, doubtful, gone, text)
        return Found(sure, _apart(doubtful, Cover(gone), stays) if doubtful else [])


def _around(stretches: Iterable[Suspect], known: Cover, text: str) -> Iterator[Suspect]:
    """What is in another language, around what is known in it: a member, a label and the like are asked by themselves,
    so that whoever keeps the sentence has not kept them."""
    for stretch in stretches:
        words = [(m.start(), m.end()) for m in WORD.finditer(text, stretch.start, stretch.end)]
        for free, those in groupby(words, lambda place: not known.touches(*place)):
            first, *rest = those
            if free:
                yield stretch.at(first[0], (rest or [first])[-1][1])


def _certain_of(text: str, hits: Iterable[Hit]) -> list[Hit]:
    return _in_apposition(text, _merged(hit for hit in hits if hit.sure))


def _ours_first(
    text: str, ours: Sequence[Hit], hits: Iterable[Hit]
) -> tuple[list[Hit], list[tuple[int, int]], list[Hit]]:
    """What is certain where `ours` are settled before the `hits` of everybody, all places where something is, and the
    hits that are left.

    One that touches a certain one of ours gives way: what is left of it is read again once ours are replaced. One that
    touches what may be ours gives way too, for a human to decide, unless it is a name like that one.
    """
    settled = _certain_of(text, ours)
    certainly = Cover((hit.start, hit.end) for hit in settled)
    perhaps = [hit for hit in ours if not hit.sure]
    others = list(_not_in_doubt(text, hits, perhaps))
    sure = _certain_of(text, others)
    free = [hit for hit in sure if not certainly.touches(hit.start, hit.end)]
    return sorted([*settled, *free]), [(hit.start, hit.end) for hit in [*settled, *sure]], [*perhaps, *others]


def _not_in_doubt(text: str, hits: Iterable[Hit], doubts: Sequence[Hit]) -> Iterator[Hit]:
    """The hits that touch no doubt, and names in capitals of the same type as all doubts that they touch."""
    doubted = Cover((one.start, one.end) for one in doubts)
    kinds = {one.type for one in doubts}
    unlike = {kind: Cover([(one.start, one.end) for one in doubts if one.type != kind]) for kind in kinds}
    for hit in hits:
        place = hit.start, hit.end
        if not doubted.touches(*place):
            yield hit
            continue
        alike = hit.type in kinds and not unlike[hit.type].touches(*place)
        if alike and all(word[0].isupper() for word in text[hit.start : hit.end].split()):
            yield hit


def certain(text: str, compiled: Compiled, kinds: frozenset[str] | None = None) -> list[Hit]:
    """What is to be removed from a wording, or from text read back from a page. `kinds` are the patterns to look for;
    None stands for all."""
    readings = [Tokens(reading, compiled.language) for reading in views(text)]
    return _merged(hit for hit in _hits(readings, compiled, Told(), kinds, lines=False) if hit.sure)


def _hits(
    readings: list[Tokens],
    compiled: Compiled,
    told: Told,
    kinds: frozenset[str] | None = None,
    *,
    lines: bool = True,
) -> Iterator[Hit]:
    """Every hit in every way of reading the text, but for what the cohort has cleared and people in bodies' names."""
    identifiers = [hit for hit in patterns(readings[0].view) if kinds is None or hit.type in kinds]
    addresses = [(hit.start, hit.end) for hit in identifiers if hit.type == "EMAIL"]
    gone = Cover(addresses).holds if addresses else None  # whatever stands in one goes with it: no need to read that
    for tokens in readings:
        found = list(scan(tokens, compiled, told, lines=lines, gone=gone))
        if not found:
            continue
        cleared = Cover(compiled.cleared.places(tokens))
        bodies = Cover(compiled.bodies.places(tokens))
        for hit in found:
            in_a_body = hit.type == "PERSON" and bodies.holds(hit.start, hit.end)
            if not in_a_body and not cleared.holds(hit.start, hit.end):
                yield hit
    yield from identifiers


_WHY = {"PERSON": NAME_OR_WORD, "ORG": ORGANISATION_OR_WORD, "TITLE": SOLE_ROLE, "ROLE": ROLE_OF_FEW}


def _apart(doubtful: list[Suspect], gone: Cover, stays: Cover) -> list[Suspect]:
    """The first and longest of those that overlap, without what is gone or stays."""
    free: list[Suspect] = []
    reached = 0
    for suspect in sorted(doubtful, key=lambda s: (s.start, -s.end)):
        place = suspect.start, suspect.end
        if suspect.start >= reached and not gone.touches(*place) and (suspect.type == KIND or not stays.holds(*place)):
            free.append(suspect)
            reached = suspect.end
    return free


def _doubt(hit: Hit) -> Suspect:
    kind = "TITLE" if hit.type == "ROLE" else hit.type
    return Suspect(hit.start, hit.end, kind, _WHY[hit.type])


def _in_apposition(text: str, hits: list[Hit]) -> list[Hit]:
    """The hits, with a title and the name behind it made one: "Chief Nurse Anna Lind" is one colleague."""
    joined: list[Hit] = []
    for hit in hits:
        last = joined[-1] if joined else None
        if last is not None and (last.type, hit.type) == ("TITLE", "PERSON") and text[last.end : hit.start] == " ":
            joined[-1] = Hit(last.start, hit.end, "PERSON", True, hit.genitive)
        else:
            joined.append(hit)
    return joined


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
