"""Spellings of a name that somebody talks about: "it is Rhys, not Rys", "the minutes call her Sagan"."""

from collections.abc import Iterator

from .compiled import Compiled
from .findings import NAME_OR_WORD
from .suspects import Suspect
from .tokens import Tokens
from .typing_errors import LONGEST, distance, shortened, sound
from .words import FUNCTION, GRAMMAR

_SPELLING = GRAMMAR["spelling"]
_CALLING = GRAMMAR["calling"]
_TALK = _SPELLING | _CALLING
_SOUND = "~"
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
        if 2 < len(word) <= LONGEST and word not in FUNCTION and word not in _SPELLING and _is_nearly(word, compiled):
            yield Suspect(*tokens.place(index, index), "PERSON", NAME_OR_WORD)


def _is_nearly(word: str, compiled: Compiled) -> bool:
    """Whether a word is a name but for a letter, or sounds like one."""
    filed = compiled.spelt or _file(compiled)
    if any(name != word for name in filed.get(_SOUND + sound(word), ())):
        return True
    near = {name for short in shortened(word, 1) for name in filed.get(short, ())}
    return any(name[0] == word[0] and distance(name, word) == 1 for name in near)


def _file(compiled: Compiled) -> dict[str, list[str]]:
    """The longer names of the roster under what they sound like, and under what is left of them without a letter:
    filed when somebody first talks of spelling."""
    for name in compiled.names.parts:
        if 3 < len(name) <= LONGEST:
            for short in (_SOUND + sound(name), *shortened(name, 1)):
                compiled.spelt.setdefault(short, []).append(name)
    return compiled.spelt
