"""A view cut into words, and what stands around them."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from .fold import View
from .words import PRONOUNS

Settled = Callable[[int, int], bool]  # is this place of the input removed already, or allowed to stay?

_WORDS = re.compile(r"([^\W_]+)")
_EMPHASIS = dict.fromkeys(map(ord, "*_~`"))
_NAME_GAP = frozenset(" \n.'-_/\t")
_SENTENCE_END = frozenset('.?!:;"“”„»«()[]{}>|=#…•/')
_STOPS = frozenset(".?!")
_FULL_STOP = frozenset(".?!\n#>|")
_INITIALS = re.compile(r"\b[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+\W+[A-ZÀ-ÖØ-Þ]{2,3}\b")
_SHORT = 16  # characters
_NEAR = 25  # words
_SENTENCE = 160  # how far to look for the ends of a sentence
_PADDING = [""] * 8  # behind the last word and the last gap, which in a list is before the first as well
DOTTED_TITLES = frozenset(
    (
        "dr",
        "mr",
        "mrs",
        "ms",
        "mx",
        "prof",
        "st",
        "rev",
        "revd",
        "cllr",
        "hon",
        "sr",
        "fr",
        "col",
        "capt",
        "sta",
        "sto",
        "ste",
    )
)
STOPPED_TITLES = DOTTED_TITLES | {"bro", "sis", "br", "sgt", "lt", "insp", "supt", "cpl", "messrs", "mme"}  # "Bro. Ek"


def _within_a_name(gap: str) -> bool:
    """Whether a name may go on behind what stands between two words."""
    return len(gap) <= 3 and _joins(gap)


@lru_cache(maxsize=1_000)
def _joins(gap: str) -> bool:
    return _NAME_GAP.issuperset(gap) and gap.count("\n") < 2 and not gap.startswith((". ", ".\n"))


def _in_capitals(sentence: str) -> bool:
    """Whether most of a sentence is capitals, and not because it is short and has initials: "And RD?"."""
    initials = len(sentence) < _SHORT and _INITIALS.search(sentence) is not None
    return not initials and sum(map(str.islower, sentence)) < sum(map(str.isupper, sentence))


class Tokens:
    """The words of a view, with their places in the folded text."""

    __slots__ = (
        "_capitals",
        "_case",
        "_padded",
        "_stop",
        "ends",
        "gaps",
        "small_i_tells",
        "starts",
        "swedish",
        "text",
        "view",
        "vocabulary",
        "words",
    )

    def __init__(self, view: View, language: str = "en") -> None:
        self.view = view
        self.text = view.text
        pieces = _WORDS.split(view.text)  # gap, word, gap, word, …, gap
        offsets = list(accumulate(map(len, pieces)))
        self.words: list[str] = pieces[1::2]
        self.vocabulary = frozenset(self.words)
        self.gaps: list[str] = pieces[::2] + _PADDING
        self.starts: list[int] = offsets[:-1:2]
        self.ends: list[int] = offsets[1::2]
        self.swedish = language == "sv"
        self.small_i_tells = not self.swedish and "i" in self.vocabulary  # in Swedish it is a preposition
        self._padded = self.words + _PADDING
        self._capitals: list[bool] | None = None  # worked out when first asked for
        self._case = (0, 0, True)  # where caseless() was asked last, and what it said
        self._stop = (-1, -1)  # the word that _opens_small() was asked of last, and the last one behind a full stop

    def gap(self, index: int) -> str:
        """What stands between word `index` and the one before it (all the text before the first word)."""
        return self.gaps[index]

    def after(self, index: int) -> str:
        """What stands between word `index` and the next one; nothing beyond the last."""
        return self.gaps[index + 1]

    def word(self, index: int) -> str:
        """The word at `index`, or "" beyond either end."""
        try:
            return self._padded[index]
        except IndexError:
            return ""

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Words `first` to `last` as a place in the input."""
        return self.view.span(self.starts[first], self.ends[last])

    def written(self, index: int) -> str:
        """The word as the input has it, case and all."""
        start, end = self.view.span(self.starts[index], self.ends[index])
        return self.view.original[start:end]

    def capital(self, index: int) -> bool:
        """Whether the word begins with a capital."""
        return 0 <= index < len(self.words) and self.capitals()[index]

    def capitals(self) -> list[bool]:
        """For each word whether it begins with a capital."""
        if self._capitals is None:
            original, places = self.view.original, self.view.starts
            starts: Iterable[int] = self.starts if places is None else map(places.__getitem__, self.starts)
            self._capitals = list(map(str.isupper, map(original.__getitem__, starts)))
        return self._capitals

    def upper(self, index: int) -> bool:
        """Whether the word has no small letter."""
        return self.written(index).isupper()

    def possessive(self, index: int) -> bool:
        """Whether 's comes after the word."""
        return self.after(index) == "'" and self.word(index + 1) == "s"

    def bare_gap(self, index: int) -> str:
        """gap() without the marks of emphasis."""
        gap = self.gaps[index]
        return gap.translate(_EMPHASIS) if len(gap) > 1 else gap

    def joins(self, index: int) -> bool:
        """Whether word `index` may continue a name that the word before it began."""
        gap = self.gaps[index]
        return gap == " " or _within_a_name(self.bare_gap(index))

    def near(self, index: int) -> bool:
        """Whether word `index` may continue a name, a dot before it too."""
        return self.joins(index) or self.bare_gap(index) in (". ", ".\n")

    def begins_sentence(self, index: int) -> bool:
        """Whether a capital at `index` is owed to the place and says nothing about the word."""
        gap = self.gaps[index]
        if index == 0 or gap == " ":
            return index == 0
        if not _SENTENCE_END.isdisjoint(gap) or ("\n" in gap and ("\n\n" in gap or "-" in gap or "*" in gap)):
            return not self.is_stopped_title(index - 1)
        return "'" in gap and " " in gap

    def is_stopped_title(self, index: int) -> bool:
        """Whether a full stop stands behind the word that is a title's: "Bro. Ek", but "He is my bro. Ek is not"."""
        if self.after(index) != ". ":
            return False
        word = self.words[index]
        return word in DOTTED_TITLES or (word in STOPPED_TITLES and self.capital(index))

    def begins_line(self, index: int) -> bool:
        """Whether the word is the first of its line, the date and time of a message aside."""
        while index > 0 and "\n" not in self.gaps[index] and self.words[index - 1].isdigit():
            index -= 1
        return index == 0 or "\n" in self.gaps[index]

    def behind_a_mark(self, index: int) -> bool:
        """Whether a bracket, a colon, a semicolon or a quotation mark stands before the word within its sentence."""
        return index > 0 and self.begins_sentence(index) and _FULL_STOP.isdisjoint(self.gap(index))

    def begins_clause(self, index: int) -> bool:
        """Whether a comma, or what ends a sentence, stands before the word."""
        return self.gap(index)[:1] == "," or self.begins_sentence(index)

    def asks(self, index: int) -> bool:
        """Whether the sentence that the word stands in ends with a question mark."""
        after = self.text[self.ends[index] : self.ends[index] + _SENTENCE]
        mark = re.search(r"[.?!\n]", after)
        return mark is not None and mark.group() == "?"

    def caseless(self, index: int) -> bool:
        """Whether the sentence is all in one case, so that a small letter (or a capital) says nothing."""
        start, end = self.view.span(self.starts[index], self.ends[index])
        low, high, known = self._case
        if low <= start and end <= high:
            return known
        first, last = self._sentence(start, end)
        sentence = self.view.original[first:last]
        known = sentence.lower() == sentence
        known = known or _in_capitals(sentence)
        block = start // _SENTENCE * _SENTENCE
        self._case = max(first, block), min(last, block + _SENTENCE - 1), known
        return known

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        """The input's sentence around `start` to `end`; of a long one the nearest blocks, the same for all of a block.

        So a sentence without end is not gone through for each of its words.
        """
        find, rfind = self.view.original.find, self.view.original.rfind
        low, high = max(0, start // _SENTENCE - 1) * _SENTENCE, (end // _SENTENCE + 2) * _SENTENCE
        for mark in ".?!\n":
            low = max(low, rfind(mark, low, start) + 1)
            at = find(mark, end, high)
            high = high if at < 0 else at
        return low, high

    def hurried(self, index: int) -> bool:
        """Whether the sentence is typed without care for capitals: it opens with a small letter or has a small "i"."""
        return self._opens_small(index) or self._small_i(index)

    def _opens_small(self, index: int) -> bool:
        """Whether a small letter stands behind the full stop before the word, or begins the paragraph (a line may be
        broken anywhere)."""
        position = self._behind_a_stop(index)
        if position < 0 and index < _NEAR and not self.gaps[0]:
            return self.view.initial(self.starts[0]).islower()
        if not max(-1, index - _NEAR) < position:
            return False
        gap = self.gaps[position]
        stopped = _STOPS.issuperset(gap.rstrip()) and gap[-1].isspace() and len(self.words[position - 1]) > 2
        return stopped and self.view.initial(self.starts[position]).islower()

    def _behind_a_stop(self, index: int) -> int:
        """The last word up to `index`, and hardly further back than counts, that has a full stop before it."""
        asked, known = self._stop
        back = asked if asked <= index < asked + _NEAR else max(-1, index - _NEAR)
        position = index
        while position > back and (_STOPS.isdisjoint(self.gaps[position]) or len(self.words[position - 1]) == 1):
            position -= 1  # past the initial of "t. obuya", too
        if position <= back:
            position = known if back == asked else -1
        self._stop = index, position
        return position

    def _small_i(self, index: int) -> bool:
        if not self.small_i_tells:
            return False
        for step in (-1, 1):
            position = index + step
            while 0 <= position < len(self.words) and abs(position - index) <= _NEAR:
                gap = self.gap(max(position, position - step))
                if not _FULL_STOP.isdisjoint(gap):
                    break
                small = self.words[position] == "i" and not self.capital(position)
                if small and self.after(position)[:1] in (" ", "'"):
                    return True
                position += step
        return False

    def title_case(self, index: int, names: Sequence[object]) -> bool:
        """Whether the neighbours in the sentence are capitalised ordinary words too, as in a heading.

        `names` has an entry for each word that may be on the roster: those are no ordinary words.
        """
        near = [index + step for steps in ((-1, -2), (1, 2)) for step in self._reachable(index, steps)]
        ordinary = [i for i in near if names[i] is None]
        return len(ordinary) >= 2 and all(self.capital(i) and self.words[i] not in PRONOUNS for i in ordinary)

    def _reachable(self, index: int, steps: tuple[int, ...]) -> Iterator[int]:
        """Those of the steps that stay within the sentence."""
        for step in steps:
            gap = self.gap(index + max(step, step + 1)) if 0 <= index + step < len(self.words) else "."
            if not _SENTENCE_END.isdisjoint(gap) or "\n" in gap or "," in gap:
                return
            yield step
