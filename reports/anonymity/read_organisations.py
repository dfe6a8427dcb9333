"""Organisations and job titles: the phrases of the roster as they stand in a text."""

from collections.abc import Iterator

from .compiled import Compiled, Entry
from .context import Verdict, organisation
from .organisations import Phrase
from .runs import Reading, Run
from .tokens import Tokens
from .words import GENERIC, NOT_A_WORD, SMALL, VERY_COMMON


def organisations_at(reading: Reading, entry: Entry, index: int) -> Iterator[Run]:
    """Every organisation and job title that begins with word `index`, which means `entry`."""
    for phrase in entry.phrases:
        last = _follow(reading.tokens, phrase, index, reading.compiled)
        if last is None:
            continue
        verdict = _verdict(reading.tokens, phrase, entry, index, last)
        if verdict is not Verdict.WORD:
            first, end = _swallow(reading.tokens, index, last, phrase)
            yield Run(first, end, phrase.type, verdict, entry.genitive and end == index)


def _follow(tokens: Tokens, phrase: Phrase, index: int, compiled: Compiled) -> int | None:
    """The last word of the phrase when it begins at `index`, small words passed over; None when it does not."""
    position = index
    for wanted in phrase.words[1:]:
        position += 1
        skipped = 0
        while tokens.word(position) in SMALL and tokens.word(position) != wanted and skipped < 3:
            position += 1
            skipped += 1
        word = tokens.word(position)
        if word not in (wanted, wanted + "s") and (not word or compiled.canonical(word) != wanted):
            return None
        gap = tokens.gap(position)
        if len(gap) > 4 or "\n\n" in gap or (". " in gap and len(wanted) > 1):
            return None
    return position


def _verdict(tokens: Tokens, phrase: Phrase, entry: Entry, first: int, last: int) -> Verdict:
    if phrase.acronym:
        written_so = tokens.upper(first) and not (tokens.caseless(first) and phrase.weight)
        unmistakable = phrase.weight == NOT_A_WORD and len(phrase.words[0]) >= 3
        return Verdict.NAME if written_so or unmistakable else Verdict.WORD
    if phrase.weight == NOT_A_WORD or not entry.exact or (phrase.listed and len(phrase.words) > 1):
        return Verdict.NAME
    if len(phrase.words) > 1 and not phrase.listed and tokens.caseless(first):
        return Verdict.UNSURE
    verdict = organisation(tokens, first, last)
    if verdict is Verdict.WORD and phrase.listed and phrase.weight < VERY_COMMON:
        return Verdict.UNSURE
    return verdict


def _swallow(tokens: Tokens, first: int, last: int, phrase: Phrase) -> tuple[int, int]:
    """Takes in the capitalised generic words around an organisation's short name ("Northgate *Hospital*")."""
    if phrase.type != "ORG" or tokens.caseless(first):
        return first, last
    while tokens.word(last + 1) in GENERIC and tokens.capital(last + 1) and tokens.after(last) in (" ", "-"):
        last += 1
    while tokens.word(first - 1) in GENERIC and tokens.capital(first - 1) and tokens.gap(first) in (" ", "-"):
        first -= 1
    return first, last
