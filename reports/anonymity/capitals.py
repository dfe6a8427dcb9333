"""Runs of capitalised words with the small words between them: where a name may stand."""

from collections.abc import Iterator
from itertools import compress, count, pairwise

from .everyday import opens_a_body
from .tokens import Settled, Tokens
from .words import (
    DAYS,
    DETERMINERS,
    GENERIC,
    GREETING,
    NOT_A_WORD,
    ORGANISATION_HEADS,
    PARTICLES,
    PRONOUNS,
    RARE,
    SHORT_MONTHS,
    SMALL,
    TITLES,
    is_given_name,
    weight,
)

_LINKS = frozenset(("of", "for", "and", "in", "y", "yr", "na", "nam", "och", "för")) | PARTICLES - SMALL
_LINKS_OF_TWO = frozenset(("of the", "for the", "in the", "de la", "van der", "von der", "van den"))
_WORD_LINKS = frozenset(("from", "to", "on"))  # between everyday words: "Voices from Care"
_SMALL = DETERMINERS | SMALL
_OPENING = _SMALL | PRONOUNS | SHORT_MONTHS | GREETING  # no name begins with these
_CONTRACTED = frozenset(("t", "ve", "ll", "re", "d", "m"))


def _capitals(tokens: Tokens, gone: Settled) -> list[bool]:
    capital = tokens.capitals().copy()
    for index in compress(count(), capital):
        if gone(*tokens.place(index, index)) or (tokens.words[index] == "s" and tokens.gap(index) == "'"):
            capital[index] = False  # the s of "MIR'S PAPER" begins nothing
    return capital


def runs(tokens: Tokens, gone: Settled) -> Iterator[tuple[int, int]]:
    """Capitalised words that stand together with the small words between them: first and last."""
    capital = _capitals(tokens, gone)
    last = -1
    for begin in compress(count(), capital):
        if begin <= last:
            continue
        last = begin
        while step := _step(tokens, capital, last):
            last += step
        headed = tokens.word(last + 1) in ORGANISATION_HEADS and tokens.after(last) == " "
        if headed and (last > begin or weight(tokens.words[begin]) == NOT_A_WORD):
            last += 1  # "Young People and Education committee", "Ashdown surgery"
        yield _leftwards(tokens, capital, begin, last), last


def _step(tokens: Tokens, capital: list[bool], last: int) -> int:
    """How many words further the run reaches beyond `last`: 0 when it ends there."""
    following = last + 1
    if following >= len(capital):
        return 0
    gap = tokens.after(last)
    if capital[following]:
        if gap in (". ", ".") and len(tokens.words[last]) == 1 and tokens.gap(last) != "&":
            return 1  # "C. Okonjo"
        if gap == "\n" and tokens.words[following] in DETERMINERS | PRONOUNS | TITLES:
            return 0  # a heading, and the sentence below it
        return int(gap in (" ", "-", "'", " & ", "&", "\n"))
    if gap == "'" and tokens.words[following] == "s" and tokens.after(following) == " ":
        behind = following + 1  # "St Mary's Hospital", "Children's Services"; not "Anna's Tuesday"
        known = behind < len(capital) and tokens.words[behind] in GENERIC | ORGANISATION_HEADS
        return 2 if known and capital[behind] else 0
    if gap != " " or following + 1 >= len(capital) or tokens.after(following) != " ":
        return 0
    link = tokens.words[following]
    if capital[following + 1]:
        everyday = (
            link in _WORD_LINKS
            and tokens.words[following + 1] not in DAYS
            and weight(tokens.words[last]) > NOT_A_WORD
            and not is_given_name(tokens.words[last])
        )
        works = link == "in" and tokens.upper(following + 1) and not tokens.upper(last)  # "Esteban Quiroga in HR"
        return 2 if (link in _LINKS and not works) or everyday else 0
    pair = f"{link} {tokens.words[following + 1]}"
    if pair in _LINKS_OF_TWO and following + 2 < len(capital) and tokens.after(following + 1) == " ":
        return 3 if capital[following + 2] else 0
    return 0


def _leftwards(tokens: Tokens, capital: list[bool], first: int, last: int) -> int:
    """Takes in the list before "and … Committee": "Children, *Young People and Education Committee*"."""
    if tokens.words[last] not in ORGANISATION_HEADS or "and" not in tokens.words[first:last]:
        return first
    while first > 0 and capital[first - 1] and tokens.gap(first) == ", ":
        first -= 1
        while first > 0 and capital[first - 1] and tokens.gap(first) == " " and not tokens.begins_sentence(first - 1):
            first -= 1
    return first


def parted(tokens: Tokens, first: int, last: int, stays: Settled) -> Iterator[tuple[int, int]]:
    """The run itself; or its parts, when it is a list of which one part stays ("the NHS and Anna's clinic")."""
    joints = [i for i in range(first + 1, last) if tokens.words[i] == "and"]
    edges = [first - 1, *joints, last + 1]
    parts = [(a + 1, b - 1) for a, b in pairwise(edges) if a + 1 <= b - 1]
    if joints and not stays(*tokens.place(first, last)) and any(stays(*tokens.place(*part)) for part in parts):
        yield from parts
    else:
        yield first, last


def trimmed(tokens: Tokens, first: int, last: int, language: str) -> tuple[int, int] | None:
    """The run without a first word that is capitalised because a sentence begins."""
    words = tokens.words
    if tokens.after(last) == "'" and tokens.word(last + 1) in _CONTRACTED:
        last -= 1
    if first < last and words[last] == "i" and tokens.gap(last) == tokens.after(last) == " ":
        last -= 1  # "Back in Leeds I will ask"
    letters = first < last and len(words[first]) == len(words[first + 1]) == 1  # "S.O.H. said so"
    if first <= last and not letters and tokens.begins_sentence(first) and words[first] not in TITLES:
        ordinary = weight(words[first], language) > RARE or words[first] in SMALL
        person = last > first and is_given_name(words[first]) and weight(words[first + 1], language) == NOT_A_WORD
        named = words[first] not in _SMALL and any(words[i] in ORGANISATION_HEADS for i in range(first + 1, last + 1))
        if ordinary and not person and not named and not (words[first] == "o" and last > first):
            if opens_a_body(tokens, first, last):
                return first, last
            first += 1
    while first <= last and not letters and (words[first] in _OPENING or not tokens.capital(first)):
        first += 1
    return (first, last) if first <= last else None


def shouted(tokens: Tokens, first: int, last: int) -> bool:
    """Several words in capitals in a sentence of capitals: they say nothing."""
    if all(tokens.gap(index) == "." and len(tokens.words[index]) == 1 for index in range(first + 1, last + 1)):
        return False  # "K.L.W. came late": letters are in capitals anyway
    return last > first and tokens.upper(first) and tokens.upper(last) and tokens.caseless(first)
