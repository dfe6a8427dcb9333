"""What merely looks like a person, an organisation or a rare thing: put to a human, never removed in silence."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .compiled import Compiled
from .findings import (
    ONLY_ONE,
    RARE_DATE,
    RARE_NUMBER,
    SMALL_SYSTEM,
    SOLE_ROLE,
    UNLISTED_ORGANISATION,
    UNLISTED_PERSON,
)
from .fold import View, fold
from .roster import Roster
from .tokens import Tokens
from .words import (
    DETERMINERS,
    GENERIC,
    MONTHS,
    NOT_A_WORD,
    ORGANISATION_HEADS,
    PARTICLES,
    RARE,
    SMALL,
    SPEECH,
    TITLES,
    is_given_name,
    places,
    weight,
)

_FEW = 10  # a health system is named from ten members on (docs: the floors)


@dataclass(frozen=True, slots=True)
class Suspect:
    """A passage to be put to a human, at `start` to `end` of the input."""

    start: int
    end: int
    type: str
    why: str


Settled = Callable[[int, int], bool]  # is this place of the input removed already, or allowed to stay?

# --- people and organisations not on the roster -------------------------------------

_LINKS = frozenset(["of", "for", "and", "the", "in", "y", "och"])
_LINKS_OF_TWO = frozenset(("of the", "for the", "in the", "de la", "van der", "von der", "van den"))
_COMMON_CAPITALS = frozenset(
    [
        "i",
        "chair",
        "act",
        "bill",
        "god",
        "internet",
        "christmas",
        "easter",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "member",
        "members",
        "minister",
        "ministers",
        "government",
        "state",
        "west",
        "east",
        "north",
        "south",
    ]
) | frozenset(MONTHS)


def _runs(tokens: Tokens, settled: Settled) -> Iterator[tuple[int, int]]:
    """Capitalised words that stand together, first and last. What is settled already interrupts them."""
    index, count = 0, len(tokens.words)
    original, view = tokens.view.original, tokens.view
    starts = tokens.starts if view.starts is None else [view.starts[start] for start in tokens.starts]
    capital = [original[start : start + 1].isupper() for start in starts]
    for position, is_capital in enumerate(capital):
        if is_capital and settled(*view.span(tokens.starts[position], tokens.ends[position])):
            capital[position] = False
    while index < count:
        if not capital[index]:
            index += 1
            continue
        last = index
        while last + 1 < count:
            gap = tokens.after(last)
            if (capital[last + 1] and gap in (" ", "-", "'", " & ", "\n")) or (
                gap == " " and tokens.words[last + 1] in _LINKS | PARTICLES and _goes_on(tokens, capital, last + 1)
            ):
                last += 1
            else:
                break
        if not capital[last]:
            last -= 1
        yield index, last
        index = last + 1


def _goes_on(tokens: Tokens, capital: list[bool], link: int) -> bool:
    """Whether a capital follows a small word, or two that belong together."""
    if link + 1 >= len(capital) or tokens.after(link) != " ":
        return False
    if capital[link + 1]:
        return tokens.words[link] != "the"
    pair = f"{tokens.words[link]} {tokens.words[link + 1]}"
    return pair in _LINKS_OF_TWO and link + 2 < len(capital) and tokens.after(link + 1) == " " and capital[link + 2]


def _trimmed(tokens: Tokens, first: int, last: int, language: str) -> tuple[int, int] | None:
    """The run without a first word that is capitalised because a sentence begins."""
    if tokens.begins_sentence(first) and tokens.words[first] not in TITLES:
        ordinary = weight(tokens.words[first], language) > RARE or tokens.words[first] in SMALL
        known = (
            is_given_name(tokens.words[first])
            and last > first
            and weight(tokens.words[first + 1], language) == NOT_A_WORD
        )
        head = last > first and any(tokens.words[i] in ORGANISATION_HEADS for i in range(first, last + 1))
        if ordinary and not known and not (head and tokens.words[first] not in DETERMINERS | SMALL):
            first += 1
            while first <= last and tokens.words[first] in SMALL:
                first += 1
    while first <= last and tokens.words[first] in DETERMINERS:
        first += 1
    return (first, last) if first <= last else None


def _named(tokens: Tokens, compiled: Compiled, settled: Settled) -> Iterator[tuple[int, int, str, str]]:
    """Runs of capitals that name somebody or something not on the roster: first and last word, type, reason."""
    language, known = compiled.language, places()
    for run in _runs(tokens, settled):
        trimmed = _trimmed(tokens, *run, language)
        if trimmed is None:
            continue
        first, last = trimmed
        words = tokens.words[first : last + 1]
        titled = words[0] in TITLES or tokens.word(first - 1) in TITLES
        main = [word for word in words if word not in SMALL and word not in TITLES]
        if (
            not main
            or " ".join(words) in known
            or all(word in known or word in _COMMON_CAPITALS or word.isdigit() for word in main)
        ):
            continue
        unknown = [word for word in main if weight(word, language) == NOT_A_WORD and word not in compiled.known]
        if titled or _person(tokens, first, last, main, unknown, language):
            yield first, last, "PERSON", UNLISTED_PERSON
        elif _organisation(tokens, first, last, main, unknown):
            yield first, last, "ORG", UNLISTED_ORGANISATION


def _person(
    tokens: Tokens,
    first: int,
    last: int,
    main: list[str],
    unknown: list[str],
    language: str,
) -> bool:
    if any(word in ORGANISATION_HEADS for word in main) or len(main) > 4:
        return False
    if not is_given_name(main[0]):
        return False
    if len(main) > 1:
        return not tokens.upper(first) or len(main[0]) > 3
    strength = weight(main[0], language)
    following = tokens.word(last + 1)
    return (strength <= RARE and not tokens.upper(first)) or following in SPEECH


def _organisation(tokens: Tokens, first: int, last: int, main: list[str], unknown: list[str]) -> bool:
    if first == last:
        written = tokens.written(first)
        if written.isupper():
            return len(written) >= 3 and any(c.isalpha() for c in written) and bool(unknown)
        return bool(unknown) and len(written) > 2
    if unknown or any(word in ORGANISATION_HEADS for word in main):
        return True
    return len(main) > 1 and not all(word in _COMMON_CAPITALS or word in GENERIC - ORGANISATION_HEADS for word in main)


# --- rare things ---------------------------------------------------------------------

_ONLY = re.compile(
    r"\b(?:the|our) (?:only|sole|first ever|youngest|oldest|longest[- ]serving) "
    r"(?!way|thing|question|problem|issue|reason|answer|one|ones|point|difference|concern|option|exception|time|times|"
    r"place|part|caveat|other|people|solution|choice|area|areas|bit|hope|route|source|other|real|two|three|possible|"
    r"additional|comment|challenge|data|evidence|sense|change|means|aspect|element)[a-z]+"
    r"|\b(?:den|det) enda (?!saken|sattet|vagen|fragan|problemet)[a-z]+"
)
_MONTH = "|".join(
    (
        *sorted(MONTHS, key=len, reverse=True),
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "okt",
        "nov",
        "dec",
    )
)
_DATE = re.compile(
    rf"(?<!\w)(?:(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH})\b\.?(?:,? \d{{4}})?"
    rf"|(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?(?:, \d{{4}})?(?! ?\d)|\d{{1,2}}[/.]\d{{1,2}}[/.](?:\d{{4}}|\d\d)|\d{{4}}-\d\d-\d\d)(?!\w)"
)
_NUMBER = re.compile(r"(?<![\w.,/£$€+-])(?:\d{1,3}(?:,\d{3})+|\d{4,7})(?![\w,/%]|\.\d)")


def _rare(view: View) -> Iterator[Suspect]:
    text = view.text
    for match in _ONLY.finditer(text):
        start, end = match.span()
        yield Suspect(
            *view.span(start, end - len(match.group().rsplit(" ", 1)[1]) - 1),
            "ONLY",
            ONLY_ONE,
        )
    for match in _DATE.finditer(text):
        yield Suspect(*view.span(*match.span()), "DATE", RARE_DATE)
    for match in _NUMBER.finditer(text):
        number = int(match.group().replace(",", ""))
        if number >= 1000 and number % 100 and not ("," not in match.group() and 1900 <= number <= 2100):
            yield Suspect(*view.span(*match.span()), "NUMBER", RARE_NUMBER)


def _small_systems(roster: Roster) -> frozenset[tuple[str, ...]]:
    """Every name and adjective of the health systems that fewer than ten members work in."""
    known = places()
    few = {fold(system.name) for system in roster.systems if system.holders < _FEW}
    countries = {known[name] for name in few if name in known}
    return frozenset(
        tuple(form.split()) for form in few | {form for form, country in known.items() if country in countries}
    )


_ROLES_OF_MANY = frozenset(
    [
        "chair",
        "member",
        "manager",
        "director",
        "nurse",
        "doctor",
        "gp",
        "consultant",
        "lead",
        "officer",
        "facilitator",
        "participant",
    ]
)


def _sole_roles(roster: Roster) -> frozenset[str]:
    """One-word job titles that exactly one person on the roster holds."""
    titles = [fold(person.title) for person in roster.people]
    return frozenset(t for t in titles if t.isalpha() and titles.count(t) == 1 and t not in _ROLES_OF_MANY)


def suspects(view: View, roster: Roster, compiled: Compiled, settled: Settled) -> Iterator[Suspect]:
    """Everything in the view that a human has to look at, apart from names on the roster that may be words.

    What is `settled`, by its place in the input, is passed over."""
    tokens = Tokens(view)
    for first, last, kind, why in _named(tokens, compiled, settled):
        yield Suspect(*view.span(tokens.starts[first], tokens.ends[last]), kind, why)
    yield from _rare(view)
    systems, roles = _small_systems(roster), _sole_roles(roster)
    if not systems and not roles:
        return
    firsts = {words[0]: words for words in systems}
    for index, word in enumerate(tokens.words):
        if word in roles and tokens.word(index - 1) in (
            "the",
            "our",
            "as",
            "their",
            "var",
            "som",
        ):
            yield Suspect(*view.span(tokens.starts[index], tokens.ends[index]), "ROLE", SOLE_ROLE)
        if word not in firsts:
            continue
        for words in systems:
            if (
                words[0] == word
                and tuple(tokens.words[index : index + len(words)]) == words
                and _place(tokens, index, word)
            ):
                yield Suspect(
                    *view.span(tokens.starts[index], tokens.ends[index + len(words) - 1]),
                    "SYSTEM",
                    SMALL_SYSTEM,
                )
                break


def _place(tokens: Tokens, index: int, word: str) -> bool:
    """A capital tells the country from the word ("us", "polish", "turkey"), unless there is no case to go by."""
    return tokens.capital(index) or (tokens.caseless(index) and weight(word) > 0 and len(word) > 3)
