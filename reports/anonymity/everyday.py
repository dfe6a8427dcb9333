"""Organisations that are called by everyday words: what their neighbours, their verb and their capital give away."""

from functools import lru_cache

from .tokens import Settled, Tokens
from .words import (
    ARTICLES,
    COMMON_CAPITALS,
    DAYS,
    FUNCTION,
    GENERIC,
    GRAMMAR,
    GREETING,
    MONTHS,
    QUANTITY,
    TITLES,
    place_words,
)

AGENTS = ("er", "or", "ist", "ian", "man", "woman", "nurse", "parent")  # endings of what people are
_PLURAL_VERBS = GRAMMAR["plural verbs"]
_PLURALS = GRAMMAR["plurals"]
_BEFORE_IN_SWEDISH = frozenset(("i", "pa", "till", "vid"))  # "i Lund", which is a grove
_BEFORE = GRAMMAR["before bodies"]
_OWN_CAPITAL = COMMON_CAPITALS | FUNCTION | DAYS | MONTHS | TITLES | GREETING | {"how", "why", "kingdom"}
_JOBS = frozenset(
    ("head", "lead", "chair", "deputy", "acting", "clerk", "staff", "intern", "coach", "vice", "cook", "chef")
)
_DESCRIBING = ("ing", "ly", "ish", "ean", "ian", "elsh")  # and languages and nationalities


@lru_cache(maxsize=50_000)
def _plain(word: str) -> bool:
    """Whether an everyday word has no right to a capital amid a sentence, and does not describe what another does."""
    return word not in _OWN_CAPITAL and word.isalpha() and len(word) > 2 and not word.endswith(_DESCRIBING)


def _names_something(word: str) -> bool:
    """Whether a word is neither what bodies have in common nor a place."""
    return word not in GENERIC and word not in place_words()


def _is_several(word: str) -> bool:
    return word.endswith("s") or word in _PLURALS or word in place_words()


def opens_a_body(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the everyday word that a sentence begins with belongs to the capitals behind it: those end in a nation
    ("Age UK"), or are one body that several people speak for ("Iron Mountain want them out")."""
    if first == last:  # as nearly all
        alone = speaks_as_many(tokens, first, last) or (_in_brackets(tokens, first) and _plain(tokens.words[first]))
        return alone and tokens.capital(first)
    if not _plain(tokens.words[first]) or not all(tokens.capital(index) for index in range(first, last + 1)):
        return False
    if speaks_as_many(tokens, first, last) or _bracketed(tokens, first, last):
        return True
    nation = tokens.words[last] in place_words() and tokens.words[last] not in GENERIC
    return nation and tokens.words[first] not in place_words() and tokens.after(first) == " "


def behind_a_name(tokens: Tokens, first: int, gone: Settled) -> int | None:
    """Where what goes on with a removed name begins, if it does: "Thornby Echo" and "Ross-shire Journal" of papers in
    places that the roster has."""
    if first == 0 or tokens.gap(first) != " " or not _plain(tokens.words[first]):
        return None
    if tokens.capital(first - 1):
        begins = first if gone(*tokens.place(first - 1, first - 1)) else None
    else:
        half = first > 1 and tokens.gap(first - 1) == "-" and not gone(*tokens.place(first - 1, first - 1))
        begins = first - 1 if half and gone(*tokens.place(first - 2, first - 2)) else None
    return None if begins is None or tokens.caseless(first) else begins


def _in_brackets(tokens: Tokens, index: int) -> bool:
    """Whether a name has the word in brackets behind it, as where somebody is from: "Gwen Tattersall (Bliss)"."""
    alone = tokens.gap(index) == " (" and tokens.after(index).startswith(")")
    named = alone and index > 1 and tokens.capital(index - 1) and tokens.capital(index - 2)
    return named and _names_something(tokens.words[index]) and not tokens.upper(index)


def _bracketed(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a name has several words in brackets behind it that are nobody's job: "Ann Uren (Spring House)"."""
    named = tokens.gap(first) == " (" and tokens.after(last).startswith(")") and first > 1
    named = named and tokens.capital(first - 1) and tokens.capital(first - 2)
    words = tokens.words[first : last + 1]
    whose = words[0] if tokens.word(first + 1) in ("of", "for") else words[-1]  # "Director of Sites", "Site Manager"
    job = whose.removesuffix("s").endswith(AGENTS) or not _JOBS.isdisjoint(words)
    return named and not job and any(_names_something(word) for word in words)


def speaks_as_many(tokens: Tokens, first: int, last: int) -> bool:
    """Whether one thing does what only several do: "Respond have two bungalows", which is a body and its people."""
    word = tokens.words[last]
    if tokens.after(last) != " " or tokens.word(last + 1) not in _PLURAL_VERBS or tokens.capital(last + 1):
        return False
    kind = word in GENERIC and first == last  # "Council have"
    return _plain(word) and not kind and not _is_several(word) and word not in QUANTITY  # "Two are late"


def stands_out(tokens: Tokens, first: int, last: int) -> bool:
    """Whether an everyday word has a capital where bodies stand and nothing asks for one: "at Boots", "the Mail"."""
    word = tokens.words[first]
    before = tokens.word(first - 1)
    stands = before in _BEFORE or (tokens.swedish and before in _BEFORE_IN_SWEDISH)
    if not stands or tokens.gap(first) != " " or first != last or not _plain(word):
        return False
    written, singular = tokens.written(first).removesuffix("s"), word.removesuffix("s")
    if written.isupper() or word in _PLURALS or not _names_something(word) or singular in COMMON_CAPITALS:
        return False
    return not tokens.word(first + 1).isdigit() and not tokens.caseless(first)


def begins_a_body(tokens: Tokens, first: int, last: int, gone: Settled) -> int | None:
    """Where a body of everyday words begins that stands at words `first` to `last`, or None."""
    says = speaks_as_many(tokens, first, last) or stands_out(tokens, first, last)
    if says or (tokens.begins_sentence(first) and opens_a_body(tokens, first, last)):
        return first
    if _has_its_article(tokens, first):
        return first - 1
    return behind_a_name(tokens, first, gone)


def _has_its_article(tokens: Tokens, first: int) -> bool:
    """Whether the article before the word has a capital that no sentence gives it, and so is of the name: "An Post"."""
    article = tokens.word(first - 1) in ARTICLES and tokens.capital(first - 1) and tokens.gap(first) == " "
    return (
        article and not tokens.begins_sentence(first - 1) and _plain(tokens.words[first]) and not tokens.caseless(first)
    )
