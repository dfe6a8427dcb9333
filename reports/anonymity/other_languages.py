"""What is written in another language than the report's: it tells whose it is, and few of its names are known."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from .compiled import Compiled
from .findings import OTHER_LANGUAGE
from .suspects import Suspect
from .tokens import Tokens
from .words import COMMON, GRAMMAR, NOT_A_WORD, RARE, dictionary, is_given_name, weight

# In halves of a word: what it says for another language than the text's (more than 0) or against it.
_OURS, _NEITHER, _SHORT, _STRANGE = -2, 0, 1, 2
_ENOUGH = 6
_DIFFERENT = 4  # words
_LOST = 8  # by so much a stretch is over that goes on in the text's own language
_RUN_ON = ("nt", "s", "ve", "re", "ll", "d", "m")  # "dont", "thats": an apostrophe left out
_LATIN = re.compile(r"[A-Za-z\u00aa-\u024f\u0300-\u036f\u1e00-\u1eff]+")
# Latin letters that English has not, and that Swedish has not: å, ä, ö and é are its own, also as letter and accent.
_FOREIGN = (
    re.compile("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0300-\u036f\u1e00-\u1eff]"),
    re.compile(
        "[\u00c0-\u00c3\u00c6-\u00c8\u00ca-\u00d5\u00d8-\u00e3\u00e6-\u00e8\u00ea-\u00f5\u00f8-\u024f\u1e00-\u1eff]"
        "|(?<![AOaoEe])[\u0300-\u036f]"
    ),
)
_NO_SPACE = frozenset("@/<>_\\#")
_HALF = 4  # letters of a compound's part
_MEMORY = 20_000
_LOANS = GRAMMAR["borrowed"]
# What stands before an apostrophe, or behind it, where a word is contracted: "isn't", "we've".
_CONTRACTED = frozenset(
    "ve ll re isn aren wasn weren don doesn didn couldn wouldn shouldn hasn haven hadn ain mustn needn".split()  # noqa: SIM905
)


def in_another_language(tokens: Tokens, compiled: Compiled) -> Iterator[Suspect]:
    """Stretches of a few words and more of which most are in no dictionary of the text's language.

    A stretch goes on as long as its words say more for another language than against it (a running sum that begins anew
    below nothing: Kadane's). Names say neither. In a Swedish text English words say half as much as others.
    """
    language = compiled.language
    written = tokens.view.original
    accented = not written.isascii() and _FOREIGN[language == "sv"].search(written) is not None
    frequent, others = dictionary(
        language
    )  # most words are among the few frequent ones: to look there first is quicker
    unlisted = tokens.vocabulary - frequent - others
    if not accented and sum(_says(word, language) > _NEITHER for word in unlisted) < _DIFFERENT:
        return  # by far the most frequent
    said: list[int | None] = [_says(word, language) for word in tokens.words]
    doubted = range(len(said)) if accented else (i for i, one in enumerate(said) if (one or 0) > _NEITHER)
    for index in doubted:
        said[index] = _said(tokens, compiled, index, said[index] or 0)
    if len({tokens.words[i] for i, one in enumerate(said) if (one or 0) > _NEITHER}) < _DIFFERENT:
        return
    begin, total, best, last = 0, 0, 0, -1
    for index, one in enumerate(said):
        if total <= 0 or one is None:
            yield from _stretch(tokens, said, begin, last, best)
            begin, total, best, last = index, 0, 0, -1
        total += one or 0
        if total >= best:
            best, last = total, index
        elif best - total > _LOST:
            total = 0
    yield from _stretch(tokens, said, begin, last, best)


def _stretch(tokens: Tokens, said: Sequence[int | None], begin: int, last: int, best: int) -> Iterator[Suspect]:
    """Words `begin` to `last`, if they are another language: with the rest of its sentence, where that is short."""
    strange = {tokens.words[i]: one for i in range(begin, last + 1) if (one := said[i] or 0) > _NEITHER}
    if best < _ENOUGH or len(strange) < _DIFFERENT or sum(strange.values()) < _ENOUGH:
        return
    short = (last - begin) // 2
    first, end = begin, last
    while first > 0 and begin - first <= short and not tokens.begins_sentence(first):
        first -= 1
    while end + 1 < len(tokens.words) and end - last <= short and not tokens.begins_sentence(end + 1):
        end += 1
    first = first if tokens.begins_sentence(first) else begin
    end = end if end + 1 == len(tokens.words) or tokens.begins_sentence(end + 1) else last
    yield Suspect(*tokens.place(first, end), "LANGUAGE", OTHER_LANGUAGE)


def _said(tokens: Tokens, compiled: Compiled, index: int, said: int) -> int | None:
    """What word `index` says in its place, which by itself `said` so; None where an address begins, or goes on."""
    gap, word = tokens.gap(index), tokens.words[index]
    if not _NO_SPACE.isdisjoint(gap) or (index and gap == "."):
        return None
    written = tokens.written(index)
    if not written.isascii():
        if _LATIN.fullmatch(written) is None:
            return _NEITHER  # other letters are put to a human by themselves
        if _FOREIGN[compiled.language == "sv"].search(written) is not None:
            said = _STRANGE  # "för", which folds to an English word
    if said <= _NEITHER:
        return said
    if compiled.look_up(word) is not None or is_given_name(word):
        return _NEITHER
    if written.isupper():
        return said if _shouted(tokens, index) else _NEITHER  # "PACS, RIS and FHIR"
    return _NEITHER if tokens.capital(index) and not tokens.begins_sentence(index) else said


def _shouted(tokens: Tokens, index: int) -> bool:
    """Whether a word beside this one, with nothing but a space between, is in capitals too."""
    before = index > 0 and tokens.gap(index) == " " and tokens.upper(index - 1)
    return before or (index + 1 < len(tokens.words) and tokens.after(index) == " " and tokens.upper(index + 1))


@lru_cache(maxsize=_MEMORY)
def _says(word: str, language: str) -> int:
    """What a folded word says by itself."""
    if not word.isalpha() or len(word) < 2 or word in _LOANS or word in _CONTRACTED:
        return _NEITHER
    strength = weight(word, language)
    if len(word) == 2:
        return _SHORT if strength == RARE else _NEITHER if language == "sv" else _OURS // 2
    if strength >= COMMON or _is_compound(word, language):
        return _OURS
    if strength == RARE:
        return _SHORT if language == "sv" else _NEITHER
    run_on = any(word.endswith(end) and weight(word.removesuffix(end), language) >= COMMON for end in _RUN_ON)
    return _NEITHER if run_on else _STRANGE


def _is_compound(word: str, language: str) -> bool:
    """Whether a Swedish word is two, with an s between them or none: "upphandlingsavdelning"."""
    if language != "sv" or weight(word, language) != NOT_A_WORD:
        return False
    halves = ((word[:at], word[at:]) for at in range(_HALF, len(word) - _HALF + 1))
    return any(
        weight(behind, language) >= COMMON
        and (weight(before, language) >= COMMON or weight(before.removesuffix("s"), language) >= COMMON)
        for before, behind in halves
    )
