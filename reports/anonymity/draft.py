"""A text on its way out: what has been found in it so far, and how it reads with that replaced.

Whether "Will" is a name depends on its neighbours, and they change when they are replaced. So a paragraph in which
something was replaced is read again as it would be printed, until that says nothing new: whoever de-identifies the
result finds nothing more.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from .compiled import Compiled
from .findings import Decision, Finding, Span
from .fold import fold
from .marks import KIND, marks, sentence_at
from .names import WORD
from .reading import Found, Reader, certain
from .replace import GAP, replacement
from .runs import Hit
from .stays import NO_TERMS, Staying
from .suspects import Suspect
from .words import GRAMMATICAL

_READINGS = 4  # of one paragraph; after that, whatever might be a name there is put to a human
_ARTICLE_BEFORE = re.compile(r"\b(?:the|an?|en|ett|den|det|de)\s+\Z", re.IGNORECASE)
_OPENS_ITSELF = re.compile(
    r"(?:the|an?|our|my|their|this|that|these|those|one|some|en|ett|den|det|de|v[åa]r[at]?|deras|denna|detta|dessa|n[åa]g(?:on|ot|ra))\b",
    re.IGNORECASE,
)
_ENDING = re.compile(r":(?:n|ns|s|en|ens|t|ts)\b", re.IGNORECASE)
_LANGUAGES = frozenset(("LANGUAGE", "SCRIPT"))
Places = Callable[[str], Iterable[tuple[int, int]]]  # which stretches of a text are of some kind
_Piece = tuple[int, int, str]  # a place of the text, and what stands there instead
_Stretch = tuple[int, int, int]  # a place of a text as printed, and where in the input it begins


class Draft:
    """`settle` each paragraph, and read the result off: printed, removed, undecided, decided."""

    def __init__(
        self,
        text: str,
        compiled: Compiled,
        decisions: Sequence[Decision],
        unprinted: Places | None = None,
        terms: Staying = NO_TERMS,
        *,
        ours: Compiled | None,
        any_language: bool = False,
    ) -> None:
        self.text = text
        self.removed: list[Span] = []
        self.undecided: list[Finding] = []
        self.decided: list[tuple[Finding, Decision]] = []
        self._language = compiled.language
        self._compiled = compiled
        self._marks = marks(text, decisions, compiled.language)
        self._reader = Reader(text, compiled, terms, ours, any_language=any_language)
        self._unprinted = unprinted or _none
        self._verdicts = {(fold(d.words), fold(d.sentence)): d for d in decisions}
        self._pieces: list[_Piece] = []
        self._chosen: set[tuple[int, int]] = set()  # where a human says what stood there in other words than the rest
        self._owners: set[int] = (
            set()
        )  # where genitives and organisations end that are replaced: no article behind them

    def settle(self, begin: int, end: int, guesses: Iterable[tuple[int, int, str]] = ()) -> None:
        """Reads the paragraph at `begin` to `end`, as it would be printed so far, until there is nothing new."""
        pieces: list[_Piece] = []
        printed, kept = self.text[begin:end], [(0, end - begin, begin)]
        for attempt in range(_READINGS + 1):
            if attempt:
                printed, kept = self._as_printed(begin, end, pieces)
            doubted = [] if attempt else [*guesses]
            doubted += [(*place, "SCRIPT") for place in self._unprinted(printed)]
            here = [] if attempt else [one for one in self._marks if begin <= one.start < end]
            marked = [(one.start - begin, one.end - begin) for one in here]
            found = self._reader.read(printed, doubted, marked, wary=attempt == _READINGS)
            fresh = [*self._replaced(_back(found, kept, self.text))] if found else []
            if not fresh:
                break
            pieces = sorted(pieces + fresh)
        self._pieces += pieces

    def printed(self) -> str:
        """The text with everything replaced."""
        return rebuilt(self.text, self._pieces)

    def is_emptied(self) -> bool:
        """Whether something was replaced, and all that is left are words of grammar, such as "I will" and "and"."""
        return self._replaces() and _says_nothing(self._without(chosen=True))

    def is_retold(self) -> bool:
        """Whether it is emptied, and a human says something in place of another language or other letters."""
        return self.is_emptied() and not _says_nothing(self._without(chosen=False))

    def _replaces(self) -> bool:
        return any(instead != self.text[start:end] for start, end, instead in self._pieces)

    def _without(self, *, chosen: bool) -> str:
        """The text without what stands for identities; and without what a human has `chosen` in place of a language."""
        pieces = (
            (start, end, instead if (not chosen and (start, end) in self._chosen) else "")
            for start, end, instead in self._pieces
            if instead != self.text[start:end]
        )
        return rebuilt(self.text, pieces)

    def _replaced(self, found: Found) -> Iterator[_Piece]:
        """Notes what a reading found; what will stand there."""
        for hit in found.certain:
            span = as_span(self.text, hit, self._language, owned=self._is_owned(hit.start))
            self.removed.append(span)
            if hit.genitive or hit.type == "ORG":
                self._owners.add(hit.end)
            yield span.start, span.end, span.replacement
        for suspect in found.doubtful:
            finding = self._finding(suspect)
            decision = self._decision(finding)
            if decision is None:
                self.undecided.append(finding)
            else:
                self.decided.append((finding, decision))
            yield self._piece(finding, decision)

    def _as_printed(self, begin: int, end: int, pieces: Iterable[_Piece]) -> tuple[str, list[_Stretch]]:
        """The paragraph with the pieces put in, and the stretches of it that are still as they were."""
        built: list[str] = []
        kept: list[_Stretch] = []
        length = 0
        for start, stop, instead in (*pieces, (end, end, "")):
            if begin < start:
                kept.append((length, length + start - begin, begin))
            built += (self.text[begin:start], instead)
            length += start - begin + len(instead)
            begin = stop
        return "".join(built), kept

    def _decision(self, finding: Finding) -> Decision | None:
        if not self._verdicts:
            return None
        if finding.type == KIND:
            return next(one.decision for one in self._marks if one.start < finding.end and finding.start < one.end)
        words = fold(finding.words)
        return self._verdicts.get((words, fold(finding.sentence))) or self._verdicts.get((words, ""))

    def _piece(self, finding: Finding, decision: Decision | None) -> _Piece:
        start, end = finding.start, finding.end
        if decision is not None and decision.verdict == "keep":
            return start, end, finding.words
        if decision is not None and decision.verdict == "remove":
            return _taken_out(self.text, start, end)
        if decision is not None and decision.verdict == "generalise" and decision.wording:
            piece = _fitted(self.text, finding, self._worded(start, decision.wording))
            if finding.type in _LANGUAGES:
                self._chosen.add(piece[:2])
            return piece
        return start, end, finding.general

    def _finding(self, suspect: Suspect) -> Finding:
        start, end, text = suspect.start, suspect.end, self.text
        kind = "SOMEONE" if suspect.type == "PERSON" else suspect.type
        general = replacement(kind, text, start, end, self._language, owned=self._is_owned(start))
        return Finding(
            start, end, suspect.type, suspect.why, text[start:end], sentence_at(text, start, end), general=general
        )

    def _is_owned(self, start: int) -> bool:
        return start - 1 in self._owners and self.text[start - 1] in " \u00a0"

    def _worded(self, start: int, wording: str) -> str:
        """A human's wording without the identities in it, read in its sentence."""
        lead = self.text[max(0, start - 40) : start]
        worded = lead + wording
        hits = [hit for hit in certain(worded, self._compiled) if hit.end > len(lead)]
        inside = (hit.at(max(hit.start, len(lead)), hit.end) for hit in hits)
        spans = (as_span(worded, hit, self._language) for hit in inside)
        return rebuilt(worded, ((span.start, span.end, span.replacement) for span in spans))[len(lead) :]


def _back(found: Found, kept: Sequence[_Stretch], text: str) -> Found:
    """What was found in a text as printed, as places of the input, without what is replaced there already."""
    sure = [hit.at(*place) for hit in found.certain for place in _places(hit, kept, text)]
    return Found(sure, [suspect.at(*place) for suspect in found.doubtful for place in _places(suspect, kept, text)])


def _places(found: Hit | Suspect, kept: Sequence[_Stretch], text: str) -> Iterator[tuple[int, int]]:
    """The stretches of the input that a place of the printed text came from; of what is half replaced, the words."""
    first = bisect_right(kept, found.start, key=_end)
    for at in range(first, len(kept)):
        begin, end, origin = kept[at]
        if begin >= found.end:
            return
        start = origin + max(found.start - begin, 0)
        stop = origin + min(found.end, end) - begin
        if begin <= found.start and found.end <= end:
            yield start, stop
        elif (words := WORD.search(text, start, stop)) is not None:
            yield words.start(), words.start() + len(text[words.start() : stop].rstrip())


def _says_nothing(text: str) -> bool:
    return GRAMMATICAL.issuperset(WORD.findall(fold(text)))


def _none(text: str) -> Iterable[tuple[int, int]]:
    return ()


def _end(stretch: _Stretch) -> int:
    return stretch[1]


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


def _taken_out(text: str, start: int, end: int) -> _Piece:
    """What a human had taken out: nothing where it stood apart by commas or in brackets, and else a gap."""
    if text[end : end + 2] in ("'s", "’s"):
        return start, end + 2, GAP
    before, after = text[max(0, start - 2) : start], text[end : end + 1]
    if before == " (" and after == ")":
        return start - 2, end + 1, ""
    if before == ", " and after in (",", ".", "!", "?", ";", ":", "\n", ""):
        return start - 2, end, ""
    return start, end, GAP


def as_span(text: str, hit: Hit, language: str, *, owned: bool = False) -> Span:
    """The hit with what stands there instead, and the ending that Swedish parts from letters: "BAB:s", "VD:n"."""
    ending = _ENDING.match(text, hit.end) if language == "sv" and hit.type in ("PERSON", "ORG", "TITLE") else None
    genitive = hit.genitive or (ending is not None and ending[0].endswith("s"))
    instead = replacement(hit.type, text, hit.start, hit.end, language, genitive=genitive, owned=owned)
    return Span(hit.start, ending.end() if ending else hit.end, hit.type, instead)


def rebuilt(text: str, pieces: Iterable[_Piece]) -> str:
    """The text with each piece put in its place."""
    built: list[str] = []
    position = 0
    for start, end, instead in sorted(pieces):
        built += (text[position:start], instead)
        position = end
    return "".join((*built, text[position:]))
