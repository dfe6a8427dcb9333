"""How somebody's name is read: which of its words is the given name, whatever stands before it or comes first."""

import re
from typing import Final

_TITLES: Final = re.compile(
    r"(?:dr|doctor|prof|professor|docent|mr|mrs|ms|miss|mx|sir|dame|lord|lady|rev|revd|reverend|fr|sister|brother|cllr|"
    r"councillor|doktor|herr|fru)[.,]*",
    re.IGNORECASE,
)
_AFTER_A_NAME: Final = re.compile(
    r"(?:jn?r|sn?r|esq|junior|senior|ii|iii|iv|[mock]be|dbe|phd|md|frcp|rn)\.?", re.IGNORECASE
)
_LAST_FIRST: Final = re.compile(r"(?P<last>[^\W\d_][^,()]*), *(?P<first>[^\W\d_][^,()]*?)(?P<beside> *\([^()]*\))?")
_LETTERS: Final = re.compile(r"\S[A-Z]")  # a capital inside a word: "PhD", "MRCGP"


def given_name_first(name: str) -> str:
    """A name in the order in which it is spoken: "Tom Fraser" of "Fraser, Tom", as address books write it.

    What a comma parts from a name otherwise ("Helen Ashby, PhD") stays behind it.
    """
    found = _LAST_FIRST.fullmatch(name.strip())
    if not found or _is_no_name(found["first"], shouted=name.isupper()):
        return name
    before, last = _titles_of(found["last"].split())
    title, first = _titles_of(found["first"].split())
    return " ".join([*before, *title, *first, *last]) + (found["beside"] or "") if first and last else name


def greeting_name(name: str) -> str:
    """What to greet somebody by: their first given name, without a title."""
    words = given_name_first(name).split()
    _before, without = _titles_of(words)
    return next(iter(without or words), "").strip(",;")


def _titles_of(words: list[str]) -> tuple[list[str], list[str]]:
    """The titles that words begin with, and the rest."""
    count = next((place for place, word in enumerate(words) if not _TITLES.fullmatch(word)), len(words))
    return words[:count], words[count:]


def _is_no_name(words: str, *, shouted: bool) -> bool:
    """Whether what follows a comma is a degree or an honour. In a name all in capitals only a known one is."""
    return any(
        _AFTER_A_NAME.fullmatch(word) or (not shouted and _LETTERS.search(word) and "-" not in word)
        for word in words.split()
    )
