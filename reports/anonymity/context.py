"""Will, Mark, Grace, Hope, May; Estuary, Mind: a name, or just a word? The neighbours tell.

Only words that the roster has as a name *and* the language has as a word come here. Each rule is about how names
behave in a sentence; none is about a particular name.
"""

from enum import Enum

from .names import Part
from .tokens import Tokens
from .words import (
    ARTICLES,
    AUXILIARIES,
    COMMON,
    DAYS,
    DETERMINERS,
    MONTHS,
    PRONOUNS,
    SPEECH,
    TELLING,
    TOWARDS,
    VERY_COMMON,
    weight,
)


class Verdict(Enum):
    """NAME is removed, WORD stays, UNSURE is put to a human (and stands generalised until then)."""

    NAME = "name"
    WORD = "word"
    UNSURE = "unsure"


MODALS = frozenset(["will", "may", "can", "might", "must", "shall", "would", "could"])
_CLOSING = frozenset(',.?!;:)]}"”»')
_LISTING = frozenset(";/")
_BESIDE_PEOPLE = TOWARDS - {"and", "or", "as", "to", "of", "for", "about", "like", "till", "av"}
_WORKPLACE = frozenset(["at", "from", "join", "joined", "joining", "leave", "left", "hos", "fran"])
_CLAUSE = frozenset(
    ["that", "what", "which", "when", "where", "because", "if", "think", "att", "som", "nar"]
)  # a subject follows


def person(tokens: Tokens, index: int, part: Part) -> Verdict:
    """Whether word `index`, which is a part of a name on the roster, is that name here."""
    word, before = tokens.words[index], tokens.word(index - 1)
    caseless = tokens.caseless(index)
    capital = tokens.capital(index)
    if capital and not caseless:
        if _is_month(tokens, index):
            return Verdict.WORD
        if not tokens.begins_sentence(index):
            return Verdict.UNSURE if tokens.title_case(index) and part.weight == VERY_COMMON else Verdict.NAME
        return (_behind_a_mark if tokens.behind_a_mark(index) else _opening)(tokens, index, part)
    if _is_month(tokens, index):
        return Verdict.WORD
    if not caseless:
        if _told(tokens, index, word):
            return Verdict.NAME
        after = tokens.word(index + 1)
        ends = tokens.after(index)[:1] in _CLOSING or after in AUXILIARIES
        doubtful = (ends and before in _BESIDE_PEOPLE) or after in ("who", "whose")
        return Verdict.UNSURE if doubtful else Verdict.WORD
    return _without_case(tokens, index, part)


def _is_month(tokens: Tokens, index: int) -> bool:
    word = tokens.words[index]
    if word not in MONTHS:
        return False
    before = tokens.word(index - 1) if not tokens.gap(index).strip() else ""  # not "in 2026; May came"
    after = tokens.word(index + 1) if tokens.after(index).strip() in ("", ",") else ""
    near_number = before.isdigit() or after[:4].isdigit() or before.rstrip("stndrh").isdigit()
    return near_number or before in (
        "in",
        "since",
        "until",
        "till",
        "last",
        "next",
        "this",
        "early",
        "late",
        "mid",
        "of",
        "during",
        "every",
        "i",
        "sedan",
        "forra",
    )


def _told(tokens: Tokens, index: int, word: str) -> bool:
    """ "told will that …": only a person is told something, and only a name stands there without an article."""
    before, after = tokens.word(index - 1), tokens.word(index + 1)
    told = before in TELLING and before not in (
        "met",
        "meet",
        "meeting",
        "welcome",
        "ask",
        "sorry",
        "to",
    )
    return (
        told
        and word not in DETERMINERS
        and after in ("that", "to", "about", "he", "she", "and", "why", "how", "if", "att", "om")
    )


def _possessive(tokens: Tokens, index: int) -> bool:
    return tokens.after(index) == "'" and tokens.word(index + 1) == "s"


def _behind_a_mark(tokens: Tokens, index: int, part: Part) -> Verdict:
    """A capital behind a bracket, a colon or a semicolon: no word has one there, unless it begins a question."""
    verdict = _opening(tokens, index, part)
    if verdict is Verdict.NAME or (tokens.words[index] in MODALS and tokens.word(index + 1) in PRONOUNS):
        return verdict
    if not _LISTING.isdisjoint(tokens.gap(index)) and not tokens.title_case(index):
        return Verdict.NAME
    return Verdict.UNSURE


def _opening(tokens: Tokens, index: int, part: Part) -> Verdict:
    """A capitalised word where any word would be capitalised."""
    word, after = tokens.words[index], tokens.word(index + 1)
    gap = tokens.after(index)
    if word in MODALS and after in PRONOUNS:
        return Verdict.WORD
    if gap[:1] in _CLOSING or _possessive(tokens, index) or not after:
        return Verdict.NAME
    if after in SPEECH or (after.endswith("ed") and len(after) > 4):
        return Verdict.NAME
    if tokens.capital(index + 1) and gap == " (":  # "Mark (Ljung)"
        return Verdict.NAME
    if tokens.capital(index + 1) and not gap.strip():
        return Verdict.UNSURE
    if after in ("and", "or", "och", "eller") and tokens.capital(index + 2):
        return Verdict.NAME
    if after in AUXILIARIES:
        return Verdict.NAME if part.given and part.weight < VERY_COMMON else Verdict.UNSURE
    if part.weight == VERY_COMMON:
        return Verdict.WORD if not part.given or _a_word_by_its_neighbour(tokens, index) else Verdict.UNSURE
    return Verdict.UNSURE if part.weight == COMMON else Verdict.NAME


def _a_word_by_its_neighbour(tokens: Tokens, index: int) -> bool:
    """ "Mark the date", "Mark of success", "Will patients come?": what stands behind a word and behind no name."""
    after = tokens.word(index + 1)
    if after in PRONOUNS or after in DETERMINERS or after == "of":
        return True
    return tokens.words[index] in MODALS and tokens.asks(index)


def _without_case(tokens: Tokens, index: int, part: Part) -> Verdict:
    """In a text all in small letters, or all in capitals, only the neighbours tell."""
    word, before = tokens.words[index], tokens.word(index - 1) if not tokens.gap(index).strip(" \n\"'") else ""
    gap = tokens.after(index)
    after = tokens.word(index + 1) if not gap.strip() else ""
    if before in ARTICLES:
        return Verdict.WORD
    if word not in MODALS:
        alone = not before and (gap[:1] in _CLOSING or (not gap.strip() and not after))
        subject = after in SPEECH or (
            after in AUXILIARIES and part.weight < VERY_COMMON and (before in _CLAUSE or before not in PRONOUNS)
        )
        if alone or subject:
            return Verdict.NAME
    if before in TELLING and after not in DETERMINERS:
        return Verdict.NAME
    if part.weight == VERY_COMMON:
        return Verdict.WORD
    if _possessive(tokens, index) or part.weight < COMMON:
        return Verdict.NAME
    if before in TOWARDS and (gap[:1] in _CLOSING or after in TOWARDS or after in PRONOUNS):
        return Verdict.NAME
    return Verdict.UNSURE if part.given else Verdict.WORD


def organisation(tokens: Tokens, first: int, last: int) -> Verdict:
    """Whether everyday words `first` to `last`, which are an organisation's short name, are that name here."""
    before, after = tokens.word(first - 1), tokens.word(last + 1)
    if tokens.caseless(first):
        return _organisation_without_case(tokens, first, last, before, after)
    if not all(tokens.capital(i) for i in range(first, last + 1) if weight(tokens.words[i]) or i == first):
        return Verdict.WORD
    if not tokens.begins_sentence(first) or last > first:
        return Verdict.NAME
    if after in AUXILIARIES or after in SPEECH or _possessive(tokens, last):
        return Verdict.NAME
    everyday = weight(tokens.words[first]) == VERY_COMMON or tokens.words[first] in DAYS
    return Verdict.WORD if everyday else Verdict.UNSURE


def _organisation_without_case(tokens: Tokens, first: int, last: int, before: str, after: str) -> Verdict:
    if last > first:
        return Verdict.NAME
    closed = tokens.after(last)[:1] in _CLOSING
    workplace = before in _WORKPLACE and (after in AUXILIARIES or closed)
    subject = before in _CLAUSE and after in AUXILIARIES
    return Verdict.NAME if workplace or subject else Verdict.WORD
