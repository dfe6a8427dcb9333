"""Spellings of a name that somebody talks about: "it is Rhys, not Rys", "the minutes call her Sagan"."""

from collections.abc import Iterator
from functools import lru_cache

from .compiled import Compiled
from .findings import NAME_OR_WORD
from .suspects import Suspect
from .tokens import Tokens
from .typing_errors import distance, sound
from .words import FUNCTION, GRAMMAR

_SPELLING = GRAMMAR["spelling"]
_CALLING = GRAMMAR["calling"]
_TALK = _SPELLING | _CALLING
_REACH = 10  # words either side


def misspelt(tokens: Tokens, compiled: Compiled) -> Iterator[Suspect]:
    """Words that are hardly another than a name of the roster, near one that says that something is spelt so.

    Elsewhere an everyday word is that word, however near a name it comes.
    """
    if _TALK.isdisjoint(tokens.vocabulary):
        return
    near: set[int] = set()
    for index in [index for index, word in enumerate(tokens.words) if word in _TALK]:
        spelt = tokens.words[index] in _SPELLING
        near.update(range(index - _REACH, index + _REACH + 1) if spelt else (index + 1,))
    for index in sorted(near):
        word = tokens.word(index)
        if len(word) > 2 and word not in FUNCTION and word not in _SPELLING and _is_nearly(word, compiled):
            yield Suspect(*tokens.place(index, index), "PERSON", NAME_OR_WORD)


def _is_nearly(word: str, compiled: Compiled) -> bool:
    """Whether a word is a name but for a letter, or sounds like one."""
    names = compiled.names.by_letter.get(word[0], ())
    return any(abs(len(name) - len(word)) < 2 and name != word and _alike(name, word) for name in names)


@lru_cache(maxsize=50_000)
def _alike(name: str, word: str) -> bool:
    return sound(name) == sound(word) or distance(name, word) == 1
