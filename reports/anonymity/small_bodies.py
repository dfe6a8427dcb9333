"""Organisations that are not on the roster, where no capitals give them away: by their last word, or by a saint."""

from collections.abc import Iterator
from functools import cache

from .findings import UNLISTED_ORGANISATION
from .suspects import Suspect
from .tokens import Tokens
from .words import FUNCTION, GENERIC, ORGANISATION_HEADS, TITLES, is_given_name, is_verb, place_words

_FAR = 3  # words up to the head
_WORDS_BESIDES = FUNCTION | GENERIC | {"new", "us", "states", "kingdom", "republic"}  # of countries' names
_GOING_ON = ORGANISATION_HEADS | GENERIC


def head_behind(tokens: Tokens, index: int) -> int:
    """The word that makes an organisation of a name or a place at word `index`, if one is near; else `index`:
    "welsh youth *parliament*"."""
    for last in range(index + 1, min(index + 1 + _FAR, len(tokens.words))):
        word = tokens.words[last]
        if tokens.gap(last) != " ":
            break
        if word in ORGANISATION_HEADS and (last > index + 1 or word not in ("group", "office")):
            return last
        if (word in FUNCTION and word != "and") or is_verb(word):
            break
    return index


def small_bodies(tokens: Tokens) -> Iterator[Suspect]:
    """Bodies that begin with a country or a saint: "scottish fire service", "st mary's", "st johns surgery"."""
    openings = _openings()
    if tokens.vocabulary.isdisjoint(openings):
        return
    for index in [index for index, word in enumerate(tokens.words) if word in openings]:
        last = _saint(tokens, index) if tokens.words[index] == "st" else head_behind(tokens, index)
        if last > index and not tokens.capital(index) and (tokens.caseless(index) or tokens.hurried(index)):
            yield Suspect(*tokens.place(index, last), "ORG", UNLISTED_ORGANISATION)


@cache
def _openings() -> frozenset[str]:
    return (place_words() - _WORDS_BESIDES) | {"st"}


def _saint(tokens: Tokens, index: int) -> int:
    """The last word of what is called after a saint, or `index`: "high st" is none."""
    name = tokens.word(index + 1)
    if tokens.after(index) not in (" ", ". ") or not (is_given_name(name) or is_given_name(name.removesuffix("s"))):
        return index
    last = index + 1 + tokens.possessive(index + 1)
    while tokens.after(last) == " " and tokens.word(last + 1) in _GOING_ON and tokens.word(last + 1) not in FUNCTION:
        last += 1
    titled = tokens.word(index - 1) in TITLES
    return index if titled else last
