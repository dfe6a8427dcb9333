"""Typing errors: one in a word of five to seven letters, up to two in longer ones.

Two in seven letters, too, where beginning and end are right: "Norstrom" was heard for Nystrom.

Every word of the roster is filed under all the strings that leaving out letters makes of it; a word of the text is
looked up under its own. So the cost of a look-up does not depend on how long the roster is.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

_SHORTEST = 5
_LONG = 8
LONGEST = 24  # letters of a word that is still read letter by letter


def _tolerance(word: str) -> int:
    if not _SHORTEST <= len(word) <= LONGEST or not word.isalpha():
        return 0
    return 2 if len(word) >= _LONG else 1


def _alike(word: str, other: str) -> bool:
    """Whether two words begin with one letter and end with the same three."""
    return word[0] == other[0] and word[-3:] == other[-3:]


def _allowed(word: str, meant: str) -> int:
    """How many letters may be wrong in a word that means another."""
    return _tolerance(meant) + (len(meant) == _LONG - 1 and _alike(word, meant))


def shortened(word: str, letters: int) -> set[str]:
    """The word, and what is left of it without one letter, or without up to `letters`."""
    found = shorter = {word}
    for _ in range(letters):
        shorter = {rest[:cut] + rest[cut + 1 :] for rest in shorter for cut in range(len(rest))}
        found = found | shorter
    return found


def distance(one: str, other: str) -> int:
    """How many letters are wrong, missing, too many, or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


_SOUNDS = (
    ("ee", "i"),
    ("ea", "i"),
    ("ie", "i"),
    ("y", "i"),
    ("ph", "f"),
    ("ck", "k"),
    ("c", "k"),
    ("oo", "u"),
    ("ou", "u"),
    ("ow", "u"),
    ("aw", "au"),
)
_MUTE = re.compile(r"(?<=[dktgb])h|(.)(?=\1)|(?<=\w)[eh]$")


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """What a folded word sounds like, roughly: "Preeya" like Priya, "McFail" like McPhail, "Penny" like Penney."""
    for letters, heard in _SOUNDS:
        word = word.replace(letters, heard)
    return _MUTE.sub("", word)


class Speller:
    """The roster's words, and what a mistyped word most likely meant."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self._filed: dict[str, list[str]] = {}
        self._sounds = {sound(word): word for word in sorted(self.words) if len(word) >= _SHORTEST - 1}
        for word in sorted(self.words):
            if tolerance := _tolerance(word) + (len(word) == _LONG - 1 and word.isalpha()):
                for short in shortened(word, tolerance):
                    self._filed.setdefault(short, []).append(word)

    def correct(self, word: str) -> str | None:
        """The roster's word that `word` mistypes, or None. Both are folded."""
        if not _SHORTEST - 1 <= len(word) <= LONGEST + 2 or not word.isalpha():
            return None
        near: set[str] = set()
        for short in shortened(word, 2 if len(word) >= _LONG - 2 else 1):
            near.update(self._filed.get(short, ()))
        errors = ((distance(word, other), other) for other in near)
        _, meant = min(
            ((wrong, other) for wrong, other in errors if 0 < wrong <= _allowed(word, other)), default=(0, "")
        )
        return meant or self._sounds.get(sound(word))
