"""What can be looked up or singles somebody out: exact dates and numbers, "the only …", hints at a role, systems."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from .findings import ONLY_ONE, RARE_DATE, RARE_NUMBER, ROLE_HINT, SMALL_SYSTEM, SYSTEM_BODY
from .fold import View, fold
from .patterns import identity_like
from .stays import Staying
from .suspects import Suspect
from .systems import Systems
from .tokens import Tokens
from .words import (
    DAYS,
    FUNCTION,
    GRAMMAR,
    MONTHS,
    NOT_A_WORD,
    PRONOUNS,
    SHORT_MONTHS,
    SMALL,
    SPEECH,
    is_verb,
    weight,
)

_HARMLESS = "|".join(sorted(GRAMMAR["harmless singles"]))
_ONLY = re.compile(
    r"(?<!\bnot )\b(?P<placed>the only (?:one|person|member)) (?=(?:not|from|in|at|with|without)\b)"
    r"|\b(?P<kind>(?:the|our) (?:only|sole|first ever|youngest|oldest|longest[- ]serving)"
    rf"|(?:den|det|(?<=\bsom )) ?enda) (?!(?:{_HARMLESS}|som)\b)[a-z]"
)
_LONGEST_KIND = 4  # words behind the first
_LONGEST_PLACE = 50  # characters
_ONLY_WORDS = frozenset(("only", "sole", "first", "youngest", "oldest", "longest", "enda"))
_WORK = re.compile(
    r"\b(?:(?:executive|(?:senior )?(?:leadership|management)) (?:team|board|committee)"
    r"|(?<=\bmy )(?:board|ward|practice|surgery|clinics?|patients|caseload|directorate|registrars?|trainees?)"
    r"|ledningsgrupp(?:en)?|koncernledning(?:en)?"
    r"|(?<=\bmin )(?:avdelning|mottagning|klinik|namnd|styrelse)|(?<=\bmina )patienter)\b"
)
_WORK_WORDS = frozenset(("executive", "leadership", "management", "my", "min", "mina")) | frozenset(
    f"{stem}{end}" for stem in ("ledningsgrupp", "koncernledning") for end in ("", "en")
)
_MONTH = "|".join(sorted(MONTHS | SHORT_MONTHS, key=lambda month: (-len(month), month)))
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:man|tis|ons|tors|fre|lor|son)dag(?:en)?)"
_DATE = re.compile(
    rf"(?<!\w)(?:(?:{_WEEKDAY},? )?(?:the |den )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH})(?:,? \d{{4}})?"
    rf"|(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?(?:, \d{{4}})?(?! ?\d)"
    r"|\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)|\d{4}-\d\d-\d\d)(?!\w)"
)
_MONTHS_AND_WORDS = frozenset(("may", "march", "mar", "sep", "dec"))
_LONGEST_DATE = 80
_DATE_WORDS = (
    MONTHS | SHORT_MONTHS | DAYS | SMALL | {"st", "nd", "rd", "th", "until", "from", "kl", "klockan", "fran", "den"}
)
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"(?<![\w.,/£$€+-])(?:\d{1,3}(?:,\d{3})+|\d{4,7})(?![\w,/%]|\.\d)")


def rarities(tokens: Tokens, systems: Systems, bodies: Staying, *, dates: bool = True) -> Iterator[Suspect]:
    """Everything in the text that is rare by itself, the health systems that few members work in, and their bodies."""
    if _DIGIT.search(tokens.text):
        yield from _numerals(tokens.view, dates=dates)
    if not _ONLY_WORDS.isdisjoint(tokens.vocabulary):
        for match in _ONLY.finditer(tokens.text):
            which = match.lastgroup or ""
            start, end = match.span(which)
            end = _end_of_place(tokens, end) if which == "placed" else _end_of_kind(tokens, end, match[which])
            yield Suspect(*tokens.view.span(start, end), "ONLY", ONLY_ONE)
    if not _WORK_WORDS.isdisjoint(tokens.vocabulary):
        for match in _WORK.finditer(tokens.text):
            yield Suspect(*tokens.view.span(*match.span()), "WORK", ROLE_HINT)
    if not systems.keys().isdisjoint(tokens.vocabulary):
        yield from _among_few(tokens, systems)
    for first, last in bodies.runs(tokens):
        if _is_body(tokens, first, last):
            yield Suspect(*tokens.view.span(tokens.starts[first], tokens.ends[last]), "BODY", SYSTEM_BODY)


def _end_of_kind(tokens: Tokens, end: int, only: str) -> int:
    """Where the words end of which somebody is the `only` one, which ends at `end`: "the only woman of colour in the
    room". They say who it is as plainly as "only" does. In Swedish that is one word, behind adjectives in "a"."""
    last = first = bisect_left(tokens.starts, end)
    longest = 0 if only == "enda" else _LONGEST_KIND  # "som enda kvinna"
    while last - first < longest and tokens.after(last) in (" ", "-", "&") and not _is_over(tokens, last + 1):
        if only.endswith("enda") and not tokens.words[last].endswith("a"):
            break
        last += 1
    return tokens.ends[last]


def _end_of_place(tokens: Tokens, end: int) -> int:
    """Where the words end that say where or of what kind somebody is the only one: "the only one *not in health or
    social care*", "the only one *from Spain*"."""
    last = bisect_left(tokens.starts, end)
    while tokens.after(last) in (" ", "-", "&") and tokens.starts[last] - end < _LONGEST_PLACE:
        last += 1
    return tokens.ends[min(last, len(tokens.words) - 1)]


def _is_over(tokens: Tokens, index: int) -> bool:
    """Whether the words of which somebody is the only one end before word `index`."""
    word = tokens.word(index)
    if word == "of":
        return tokens.word(index + 1) in FUNCTION or not tokens.word(index + 1)
    return not word or word in FUNCTION or word in SPEECH or word in PRONOUNS or is_verb(word)


def _is_body(tokens: Tokens, first: int, last: int) -> bool:
    """Several words need a capital, one that is also an everyday word ("nice") needs them all."""
    if last > first:
        return tokens.capital(first) or tokens.caseless(first)
    return tokens.upper(first) or weight(tokens.word(first)) == NOT_A_WORD


def _numerals(view: View, *, dates: bool) -> Iterator[Suspect]:
    for place in identity_like(view):
        yield Suspect(*place, "ID", RARE_NUMBER)
    if dates:
        for match in _DATE.finditer(view.text):
            if _is_date(view, match):
                yield Suspect(*view.span(*match.span()), "DATE", RARE_DATE)
    for match in _NUMBER.finditer(view.text):
        number = int(match.group().replace(",", ""))
        a_year = "," not in match.group() and 1800 <= number <= 2100
        if number >= 1000 and number % 100 and not a_year:
            yield Suspect(*view.span(*match.span()), "NUMBER", RARE_NUMBER)


def is_date(text: str) -> bool:
    """Whether a text is a date or a period and nothing else: a meeting's own, as on a cover."""
    return len(text) < _LONGEST_DATE and _DATE_WORDS.issuperset(re.findall(r"[^\W\d_]+", fold(text)))


def _is_date(view: View, match: re.Match[str]) -> bool:
    """Not the 99th, and not "4 may travel": months that are words need a capital, a year or an ordinal number."""
    words = re.findall(r"[^\W_]+", match.group())
    month = next((word for word in words if word in MONTHS or word in SHORT_MONTHS), "")
    if not month:
        return True
    days = [re.sub(r"\D", "", word) for word in words if word[0].isdigit()]
    if not all(1 <= int(day) <= 31 for day in days if len(day) < 3):
        return False
    if month not in _MONTHS_AND_WORDS or view.initial(match.start() + match.group().index(month)).isupper():
        return True
    return any(re.fullmatch(r"\d{4}|\d+(?:st|nd|rd|th)", word) for word in words)


def _among_few(tokens: Tokens, systems: Systems) -> Iterator[Suspect]:
    for index, word in enumerate(tokens.words):
        for words in systems.get(word, ()):
            last = index + len(words) - 1
            if tuple(tokens.words[index : last + 1]) == words and _is_place(tokens, index, word):
                yield Suspect(*tokens.view.span(tokens.starts[index], tokens.ends[last]), "SYSTEM", SMALL_SYSTEM)


def _is_place(tokens: Tokens, index: int, word: str) -> bool:
    """A capital tells the country from the word ("us", "polish", "turkey"), unless there is no case to go by."""
    return tokens.capital(index) or ((len(word) > 3 or word == "nhs") and tokens.caseless(index))
