"""What a human marked: words that nothing here would ask about, to be taken out or said in general words.

"The night bus" names nobody, and yet tells a set who spoke. Whoever reads a text decides about such words in their
sentence, as about any finding; there the decision itself is what finds them, and nowhere else. A "keep" finds nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .findings import MARKED, Decision
from .fold import fold, views
from .names import WORD
from .stays import Staying
from .suspects import Suspect
from .tokens import Tokens

KIND = "MARKED"
BLANK_LINE = re.compile(r"\n\n+")  # paragraphs are read by themselves: no name and no clue reaches across
_SENTENCE = 400  # a sentence shown to a human is at most this long on either side
_BETWEEN = 3  # characters between two words of a mark


class Mark(NamedTuple):
    """A place of a text that was marked, and what was decided about it."""

    start: int
    end: int
    decision: Decision


def places(text: str, words: Iterable[str], language: str) -> Iterator[tuple[int, int]]:
    """Where any of `words` stand in a text, whatever their case and accents, within one paragraph."""
    names = Staying(words)
    begin = 0
    for end in [*(match.end() for match in BLANK_LINE.finditer(text)), len(text)]:
        tokens = Tokens(next(iter(views(text[begin:end]))), language)
        for first, last in names.runs(tokens):
            if all(len(gap) <= _BETWEEN for gap in tokens.gaps[first + 1 : last + 1]):
                start, stop = tokens.view.span(tokens.starts[first], tokens.ends[last])
                yield begin + start, begin + stop
        begin = end


def marks(text: str, decisions: Iterable[Decision], language: str) -> list[Mark]:
    """Each place of `text` that one of the decisions is about: the words in the very sentence that it names."""
    made = [one for one in decisions if one.sentence and one.verdict != "keep"]
    if not made:
        return []
    by_sentence: dict[str, list[Decision]] = {}
    for one in made:
        by_sentence.setdefault(fold(one.sentence), []).append(one)
    found = []
    for start, end in places(text, [one.words for one in made], language):
        told = by_sentence.get(fold(sentence_at(text, start, end)), ())
        found += [Mark(start, end, one) for one in told if one.words == text[start:end]]  # "Will" is no "will"
    return found


def beside(
    marked: Iterable[tuple[int, int]], suspects: list[Suspect], gone: Sequence[tuple[int, int]], text: str
) -> list[Suspect]:
    """`suspects`, and what is `marked` besides what is `gone` anyway. A mark inside a suspect is decided with it; one
    that reaches beyond takes in what it touches, so that no part of either is left."""
    for start, end in (left for place in marked for left in _outside(place, gone, text)):
        touched = [one for one in suspects if one.start < end and start < one.end]
        if any(one.start <= start and end <= one.end for one in touched):
            continue
        suspects = [one for one in suspects if one not in touched]
        begin, stop = min([start, *(s.start for s in touched)]), max([end, *(s.end for s in touched)])
        suspects.append(Suspect(begin, stop, KIND, MARKED))
    return suspects


def sentence_at(text: str, start: int, end: int) -> str:
    """The sentence around `text[start:end]`, at most 400 characters either side."""
    before = text[max(0, start - _SENTENCE) : start]
    after = text[end : end + _SENTENCE]
    cut, stop = 0, len(after)
    for mark in (". ", "? ", "! ", "\n"):
        if (at := before.rfind(mark, cut)) >= 0:
            cut = at + len(mark)
        if (at := after.find(mark, 0, stop + 1)) >= 0:
            stop = at + 1
    return (before[cut:] + text[start:end] + after[:stop]).strip()


def _outside(place: tuple[int, int], gone: Sequence[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """The parts of a place that are not gone, as far as they hold words."""
    begin, end = place
    for start, stop in [*sorted(one for one in gone if one[0] < end and begin < one[1]), (end, end)]:
        if words := WORD.search(text, begin, max(begin, start)):
            yield words.start(), words.start() + len(text[words.start() : start].rstrip())
        begin = max(begin, stop)
