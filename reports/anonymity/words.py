"""The lists that tell names from words. Where they come from: lists/SOURCES.md.

All entries are folded (fold.py). Lists are read once, when first asked for.
"""

import gzip
import unicodedata
from functools import cache
from pathlib import Path

from nicknames import NickNamer

from .fold import fold

_LISTS = Path(__file__).parent / "lists"


def _lines(name: str) -> list[str]:
    text = (_LISTS / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _sets(name: str) -> dict[str, frozenset[str]]:
    """The sets of words in a list that has headings in brackets."""
    found: dict[str, set[str]] = {}
    heading = ""
    for line in _lines(name):
        if line.startswith("["):
            heading = line.strip("[]")
        else:
            found.setdefault(heading, set()).update(line.split())
    return {heading: frozenset(words) for heading, words in found.items()}


GRAMMAR = _sets("grammar.txt")
TITLES = GRAMMAR["titles"]
PARTICLES = GRAMMAR["particles"]
SMALL = GRAMMAR["small"]
FAMILY_PARTICLES = PARTICLES - SMALL - {"y", "e", "i", "o", "san", "den", "bin", "te", "ten"}  # hardly words besides
MONTHS = GRAMMAR["months"]
DAYS = GRAMMAR["days"]
GENERIC = GRAMMAR["generic"]
ORGANISATION_HEADS = GRAMMAR["organisation heads"]
ARTICLES = GRAMMAR["articles"]
COMMON_CAPITALS = GRAMMAR["common capitals"]
DETERMINERS = GRAMMAR["determiners"]
SPEECH = GRAMMAR["speech"]
TELLING = GRAMMAR["telling"]
GREETING = GRAMMAR["greeting"]
ADDRESSING = GRAMMAR["addressing"]
TOWARDS = GRAMMAR["towards"]
AUXILIARIES = GRAMMAR["auxiliaries"]
PRONOUNS = GRAMMAR["pronouns"]
GRAMMATICAL = SMALL | ARTICLES | DETERMINERS | AUXILIARIES | PRONOUNS  # by themselves they say nothing
SHORT_MONTHS = GRAMMAR["short months"]
DEGREE = GRAMMAR["degree"]
QUANTITY = GRAMMAR["quantity"]
QUESTIONS = GRAMMAR["questions"]
SUBJECTS = GRAMMAR["subjects"]
PLACING = GRAMMAR["placing"]
CLAUSE_OPENERS = GRAMMAR["clause openers"]
REPORTING = GRAMMAR["reporting"]
BEFORE_A_MONTH = GRAMMAR["before a month"]
SWEDISH_MONTHS = GRAMMAR["swedish months"]
SMALL_ABBREVIATIONS = GRAMMAR["small abbreviations"]
WORKPLACES = GRAMMAR["workplaces"]
KIN = GRAMMAR["kin"]
REACHING = GRAMMAR["reaching"]
CLOSINGS = GRAMMAR["closings"]
LEGAL_FORMS = GRAMMAR["legal forms"]
# Small words that say nothing about their neighbour.
FUNCTION = ARTICLES | DETERMINERS | SMALL | TOWARDS | AUXILIARIES | PRONOUNS | PLACING | GRAMMAR["other small words"]


def _words(name: str) -> frozenset[str]:
    with gzip.open(_LISTS / name, "rt", encoding="ascii", errors="replace") as lines:
        return frozenset(lines.read().split())


@cache
def places() -> dict[str, str]:
    """Each country's and nation's name and adjective (folded) with the country it belongs to (folded)."""
    rows = [[fold(form) for form in line.split("|")] for line in _lines("places.txt")]
    return {form: row[0] for row in rows for form in row}


@cache
def place_words() -> frozenset[str]:
    """The single words of places()."""
    return frozenset(word for form in places() for word in form.split())


@cache
def national_bodies() -> tuple[str, ...]:
    """Bodies of a whole country, every form, as lists/national-bodies.txt writes them."""
    return tuple(body for _countries, bodies in bodies_by_countries() for body in bodies)


@cache
def bodies_by_countries() -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
    """The countries (folded) that a heading of that list names, with the bodies under it."""
    found: list[tuple[frozenset[str], list[str]]] = []
    for line in _lines("national-bodies.txt"):
        forms = [form.strip() for form in line.strip("[]").split("|")]
        if line.startswith("["):
            found.append((frozenset(fold(form) for form in forms if form), []))
        else:
            found[-1][1].extend(forms)
    return tuple((countries, tuple(bodies)) for countries, bodies in found)


@cache
def abbreviations() -> frozenset[str]:
    """Abbreviations that name nobody, as written (upper case matters)."""
    return frozenset(word for line in _lines("abbreviations.txt") for word in line.split())


@cache
def _levels(language: str) -> tuple[frozenset[str], ...]:
    english = tuple(_words(f"words-en-{level}.txt.gz") for level in (1, 2, 3))
    return (*english, _words("words-sv.txt.gz")) if language == "sv" else (*english, frozenset())


@cache
def dictionary(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The folded words that a language has: the most frequent, and the others."""
    very_common, common, rare, swedish = _levels(language)
    return (GRAMMATICAL, swedish) if swedish else (very_common, common | rare)


# How the words of addresses and names of organisations are written for short, or wrongly.
WRITTEN_SHORT = dict(pair.split(":") for pair in GRAMMAR["written short"])


@cache
def _verbs() -> frozenset[str]:
    return _words("verbs-en.txt.gz")


def is_verb(word: str) -> bool:
    """Whether a folded word is what a verb becomes behind a name ("wants", "brought") and hardly ever a noun."""
    return word in _verbs()


_NO_PARTICIPLES = frozenset(("during", "nothing", "something", "everything", "anything", "morning", "evening", "king"))


def is_participle(word: str) -> bool:
    """Whether a folded English word is what somebody may be at ("holding", "covering")."""
    return len(word) > 4 and word.endswith("ing") and word not in _NO_PARTICIPLES


NOT_A_WORD, RARE, COMMON, VERY_COMMON = range(4)


def weight(word: str, language: str = "en") -> int:
    """How much of an everyday word a folded word is: NOT_A_WORD, RARE, COMMON or VERY_COMMON.

    In a Swedish text English words are RARE. Countries, months and days count as everyday words. Two letters are at
    least RARE, for they mean many things.
    """
    very_common, common, rare, swedish = _levels(language)
    if word in place_words() or word in DAYS or word in MONTHS:
        return VERY_COMMON
    if swedish:
        return COMMON if word in swedish else RARE if len(word) < 3 or _english(word) else NOT_A_WORD
    if word in very_common:
        return VERY_COMMON
    if word in common:
        return COMMON
    return RARE if word in rare or len(word) < 3 else NOT_A_WORD


def _english(word: str) -> bool:
    return any(word in level for level in _levels("en"))


def spelt_as_no_word(word: str, written: str, language: str) -> bool:
    """Whether the accents that `word` is `written` with make a name of it: "solve" is English, "Sölve" is not."""
    if written.isascii():
        return False
    accented = any(c in "øØæÆłŁđĐðÞþ" or unicodedata.combining(c) for c in unicodedata.normalize("NFD", written))
    return accented and word not in _levels(language)[3]


@cache
def given_names() -> dict[str, frozenset[str]]:
    """Each given name that the lists know (folded) with its diminutives and the names it is a diminutive of."""
    related: dict[str, set[str]] = {}
    pairs = [(name, short) for name, forms in NickNamer.default_lookup().items() for short in forms]
    for line in _lines("diminutives.txt"):
        name, _, forms = line.partition(":")
        pairs += [(name, short) for short in forms.split()]
    for one, other in ((fold(name), fold(short)) for name, short in pairs):
        related.setdefault(one, set()).add(other)
        related.setdefault(other, set()).add(one)
    return {name: frozenset(forms) for name, forms in related.items()}


def diminutives(name: str) -> frozenset[str]:
    """The short and pet forms of a folded given name, and the names that it may be short for."""
    return given_names().get(name, frozenset())


def is_given_name(word: str) -> bool:
    """Whether a folded word is a given name that the lists know."""
    return word in given_names()
