"""What a human marked: words that nothing here would ask about, to be taken out or said in general words.

"The night bus" names nobody, and yet tells a set who spoke. Whoever reads a text decides about such words in their
sentence, as about any finding; there the decision itself is what finds them. A "keep" finds nothing.
"""

from collections.abc import Iterable, Iterator, Sequence

from .findings import MARKED, Decision, Finding
from .fold import fold, views
from .names import WORD
from .stays import Staying
from .suspects import Suspect
from .tokens import Tokens

KIND = "MARKED"


class Marks:
    """The decisions that find their words by themselves: each in its own sentence alone."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        made = [one for one in decisions if one.sentence and one.verdict != "keep"]
        self._words = Staying(one.words for one in made)
        self._by_sentence: dict[str, list[tuple[list[str], Decision]]] = {}
        for one in made:
            self._by_sentence.setdefault(fold(one.sentence), []).append((WORD.findall(fold(one.words)), one))

    def beside(self, suspects: list[Suspect], tokens: Tokens, gone: Sequence[tuple[int, int]]) -> list[Suspect]:
        """`suspects`, and what may be marked besides what is `gone` anyway. A mark inside a suspect is decided with
        it; one that reaches beyond takes in what it touches, so that no part of either is left."""
        found = _places(self._words, tokens)
        for start, end in (left for place in found for left in _outside(place, gone, tokens.view.original)):
            touched = [one for one in suspects if one.start < end and start < one.end]
            if any(one.start <= start and end <= one.end for one in touched):
                continue
            suspects = [one for one in suspects if one not in touched]
            begin, stop = min([start, *(s.start for s in touched)]), max([end, *(s.end for s in touched)])
            suspects.append(Suspect(begin, stop, KIND, MARKED))
        return suspects

    def decision(self, finding: Finding) -> Decision | None:
        """Whose mark a place is; None where the words stand in a sentence in which nobody marked them."""
        words = WORD.findall(fold(finding.words))
        for marked, decision in self._by_sentence.get(fold(finding.sentence), ()):
            if _holds(words, marked) or _holds(marked, words):
                return decision
        return None


NO_MARKS = Marks()


def places(text: str, words: str, language: str) -> Iterator[tuple[int, int]]:
    """Where `words` stand in a text, whatever their case and accents, as they would be found once they are marked."""
    yield from _places(Staying([words]), Tokens(next(iter(views(text))), language))


def _places(names: Staying, tokens: Tokens) -> Iterator[tuple[int, int]]:
    for first, last in names.runs(tokens):
        yield tokens.view.span(tokens.starts[first], tokens.ends[last])


def _outside(place: tuple[int, int], gone: Sequence[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """The parts of a place that are not gone, as far as they hold words."""
    begin, end = place
    for start, stop in [*sorted(one for one in gone if one[0] < end and begin < one[1]), (end, end)]:
        if words := WORD.search(text, begin, max(begin, start)):
            yield words.start(), words.start() + len(text[words.start() : start].rstrip())
        begin = max(begin, stop)


def _holds(words: list[str], part: list[str]) -> bool:
    return any(words[at : at + len(part)] == part for at in range(len(words) - len(part) + 1))
