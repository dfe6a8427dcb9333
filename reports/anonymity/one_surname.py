"""Initials of several people who have one surname, which is written once: "V. and M. Lind", "two Linds, V. and M."."""

from .compiled import Entry
from .neighbours import AND
from .runs import Reading
from .tokens import Tokens
from .words import QUANTITY

_BETWEEN = frozenset(" .,&/")
_MOST = 6  # people of one surname


def shares_a_surname(reading: Reading, index: int) -> bool:
    """Whether letter `index` is the initial of one of several people whose surname stands behind or before them all."""
    tokens = reading.tokens
    bracketed = "(" in tokens.gap(index) or tokens.after(index)[:1] == ")"  # "the Linds (d and i)", not "d and I"
    small = tokens.words[index] in ("a", "i") and not bracketed
    if not tokens.capital(index) and (small or not tokens.caseless(index)):
        return False
    last, first = index, index
    while (beside := _next(tokens, last)) and beside < index + 2 * _MOST:
        last = beside
    while (beside := _previous(tokens, first)) and beside > index - 2 * _MOST:
        first = beside
    if first == last and not _counted(tokens, index - 1):
        return False
    return _has(reading, last + 1, index, behind=True) or _has(reading, first - 1, index, behind=False)


def _next(tokens: Tokens, index: int) -> int:
    """The next letter of the list, or 0."""
    other = index + 1 + (tokens.word(index + 1) in AND)
    return other if len(tokens.word(other)) == 1 and _listed(tokens, index, other) else 0


def _previous(tokens: Tokens, index: int) -> int:
    """The letter of the list before, or 0 (what begins a text is no list's second)."""
    other = index - 1 - (tokens.word(index - 1) in AND)
    return other if other >= 0 and len(tokens.words[other]) == 1 and _listed(tokens, other, index) else 0


def _listed(tokens: Tokens, one: int, other: int) -> bool:
    """Whether nothing but "and" and what separates names stands between two letters: "V., M. and", not "V. M."."""
    gaps = [tokens.gap(index) for index in range(one + 1, other + 1)]
    joined = len(gaps) == 2 or not {",", "&", "/"}.isdisjoint(gaps[0])
    return joined and tokens.words[other].isalpha() and all(len(gap) < 5 and _BETWEEN.issuperset(gap) for gap in gaps)


def _has(reading: Reading, at: int, index: int, *, behind: bool) -> bool:
    """Whether word `at` is the surname of somebody with this initial; of several, where it stands before them."""
    tokens = reading.tokens
    entry = reading.meaning[at] if 0 <= at < len(reading.meaning) else None
    if entry is None or entry.part is None:
        return False
    if behind:
        joined = tokens.near(at)
    else:
        joined = tokens.gap(at + 1).strip() in (",", "(", ":") and _of_several(tokens, entry, at)
    owners = reading.compiled.names.initials.get(tokens.words[index] + entry.word[0], set())
    return joined and bool(owners & entry.part.people)


def _of_several(tokens: Tokens, entry: Entry, at: int) -> bool:
    return entry.genitive or _counted(tokens, at)


def _counted(tokens: Tokens, at: int) -> bool:
    """ "two Linds, V. and Maud" """
    return at > 0 and (tokens.word(at - 1) in QUANTITY or tokens.word(at - 1) == "both")
