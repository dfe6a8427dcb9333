"""What stays: the names a cohort has cleared, bodies of a whole country, and a report's own terms."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from .fold import fold
from .names import WORD
from .tokens import Tokens
from .words import NOT_A_WORD, ORGANISATION_HEADS, SMALL, TITLES, is_given_name, place_words, weight


class Staying:
    """Names to be found word for word, whatever their case and accents."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first_word: dict[str, list[list[str]]] = {}
        for name in dict.fromkeys(fold(name) for name in names):
            words = WORD.findall(name)
            if words:
                self._by_first_word.setdefault(words[0], []).append(words)
        self._first_words = frozenset(self._by_first_word)

    def runs(self, tokens: Tokens) -> Iterator[tuple[int, int]]:
        """The first and the last word of any of the names, wherever one stands."""
        by_first_word, words = self._by_first_word, tokens.words
        if self._first_words.isdisjoint(tokens.vocabulary):
            return
        for index in [index for index, word in enumerate(words) if word in by_first_word]:
            for name in by_first_word[words[index]]:
                if words[index : index + len(name)] == name:
                    yield index, index + len(name) - 1

    def places(self, tokens: Tokens) -> Iterator[tuple[int, int]]:
        """Where any of the names stands, in the input's offsets, a possessive s included."""
        for first, last in self.runs(tokens):
            yield tokens.view.span(tokens.starts[first], tokens.ends[last + tokens.possessive(last)])


def own_terms(written: Iterable[str], language: str) -> Staying:
    """Those terms and headings of a report that only a capital makes look like a name: every word is in the dictionary,
    and none is a given name, a title, a place or what an organisation is called ("Cream Skimming", "Procurement")."""
    return Staying(text for text in written if all(_everyday(word, language) for word in WORD.findall(fold(text))))


def _everyday(word: str, language: str) -> bool:
    if word in SMALL:
        return True
    names = is_given_name(word) or word in TITLES or word in ORGANISATION_HEADS or word in place_words()
    return not names and weight(word, language) > NOT_A_WORD


NO_TERMS = Staying(())


class Cover:
    """Stretches of a text, merged when first asked whether one holds or touches a place."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        self._stretches: Iterable[tuple[int, int]] | None = stretches
        self._starts: list[int] = []
        self._ends: list[int] = []

    def _merge(self, stretches: Iterable[tuple[int, int]]) -> None:
        self._stretches = None
        for start, end in sorted(stretches):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def holds(self, start: int, end: int) -> bool:
        """Whether one stretch covers `start` to `end` wholly."""
        if self._stretches is not None:
            self._merge(self._stretches)
        index = bisect_right(self._starts, start) - 1
        return index >= 0 and self._ends[index] >= end

    def touches(self, start: int, end: int) -> bool:
        """Whether any stretch shares a character with `start` to `end`."""
        if self._stretches is not None:
            self._merge(self._stretches)
        index = bisect_right(self._starts, end - 1) - 1
        return index >= 0 and self._ends[index] > start
