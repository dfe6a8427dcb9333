"""Whether capitals that stand together name a person, an organisation, or nothing."""

import re

from .compiled import Compiled
from .everyday import AGENTS
from .neighbours import AND
from .tokens import Tokens
from .words import (
    AUXILIARIES,
    COMMON,
    COMMON_CAPITALS,
    DAYS,
    FUNCTION,
    GENERIC,
    KIN,
    NOT_A_WORD,
    ORGANISATION_HEADS,
    RARE,
    SMALL,
    SPEECH,
    TITLES,
    abbreviations,
    is_given_name,
    is_verb,
    places,
    weight,
)

NOUN_ENDINGS = ("ity", "ities", "ness", "tion", "tions", "ment", "ments", "ism", "ing", "ship", "ology", "ised", "ized")
_CAPITALS_INSIDE = re.compile("^[A-Z]{2,}[a-z]{2}|^[A-Z][a-z]+[A-Z]")
_WHOSE = frozenset(["my", "our", "your", "his", "her", "their", "min", "var", "er", "hans", "hennes", "deras"])
_BEFORE_TWO = frozenset(("at", "from", "with", "by", "hos", "fran", "med", "av"))
_APPOSITION = 6  # words
_VOWELS = frozenset("aeiouy")
_STYLES = frozenset(("mr", "mrs", "ms", "mx", "miss", "fru", "herr", "froken"))
_LINE = 12  # words either side, that tell a heading


def kind_of(tokens: Tokens, first: int, last: int, compiled: Compiled) -> str | None:
    """PERSON or ORG, or None when the run names neither."""
    words = tokens.words[first : last + 1]
    if last == first + 1 and len(words[0]) == len(words[1]) == 1 and tokens.after(first) == "&":
        return None if f"{words[0]}&{words[1]}".upper() in abbreviations() else "ORG"  # "V&A"
    main = [word for word in words if word not in SMALL and word not in TITLES]
    styled = not _STYLES.isdisjoint((words[0], tokens.word(first - 1)))  # "Mrs Pask", though that is Swedish for Easter
    common = (
        word.removesuffix("s") in COMMON_CAPITALS or word in COMMON_CAPITALS or word in places() or word.isdigit()
        for word in main
    )
    if not main or " ".join(words) in places() or (not styled and all(common)):
        return None
    if main[-1].endswith("s") and all(word in GENERIC or word.removesuffix("s") in GENERIC for word in main):
        return None  # "21 County Councils"
    before = tokens.word(first - 1)
    kin = before in KIN and tokens.gap(first) == " " and not tokens.upper(first)  # "her cousin Ebba"
    if words[0] in TITLES or before in TITLES or kin or _person(tokens, first, last, main):
        return "PERSON"
    single = len(main) == 1
    named = _single(tokens, first, last, compiled, main) if single else _several(tokens, first, last, compiled, main)
    return "ORG" if named else None


def _person(tokens: Tokens, first: int, last: int, main: list[str]) -> bool:
    """A given name with what follows it; by itself only where a capital means something."""
    if (main[0] == "o" and len(main) > 1) or initial_behind(tokens, last):  # "O'Neill"
        return True
    if len(main) == 1 and tokens.word(last + 1) in ("who", "whose", "som") and main[0] not in COMMON_CAPITALS:
        told = tokens.after(last) == ", " and not tokens.begins_sentence(first)  # "at Precious, who is nine"
        if told or weight(main[0]) == NOT_A_WORD:
            return True  # "Kirsty, who is nine"
    if len(main) == 1 and weight(main[0]) <= RARE and _in_apposition(tokens, last):
        return True
    if len(main) == 1 and first == last and _introduced(tokens, first):
        return True
    if len(main) > 4 or not is_given_name(main[0]) or any(word in ORGANISATION_HEADS for word in main):
        return False
    if tokens.upper(first) and len(main[0]) <= 3:
        return False
    if len(main) > 1:
        return True
    strength = weight(main[0])
    limit = NOT_A_WORD if _begins(tokens, first) else COMMON
    if strength <= limit or tokens.word(last + 1) in SPEECH:
        return True
    return strength <= RARE and (does_something(tokens, last) or tokens.after(last) == ", ")  # "Jimmy, she said, …"


def _in_apposition(tokens: Tokens, last: int) -> bool:
    """Whether whose somebody is stands behind, between commas: "Farida, her niece, drove", "Idris, one of ours,"."""
    whose = tokens.word(last + 1) in _WHOSE or (tokens.word(last + 1), tokens.word(last + 2)) == ("one", "of")
    return (
        tokens.after(last) == ", " and whose and any(tokens.after(last + i)[:1] == "," for i in range(2, _APPOSITION))
    )


def _introduced(tokens: Tokens, index: int) -> bool:
    """Whether who somebody is stands before the word, between commas: "the carer, Blessing, had been in"."""
    before = tokens.word(index - 1)
    between = tokens.gap(index) == ", " and tokens.after(index) == ", " and not tokens.capital(index - 1)
    told = before in KIN or (len(before) > 4 and before.endswith(AGENTS) and before not in FUNCTION)
    return between and told and tokens.words[index] not in DAYS and not tokens.upper(index)


def initial_behind(tokens: Tokens, last: int) -> bool:
    """Whether a comma, an initial and a full stop stand behind word `last`: "Harkin, D."."""
    letter = tokens.word(last + 1)
    dotted = len(letter) == 1 and letter.isalpha() and tokens.after(last + 1)[:1] == "."
    return dotted and tokens.after(last) == ", " and tokens.capital(last + 1)


def _single(tokens: Tokens, first: int, last: int, compiled: Compiled, main: list[str]) -> bool:
    written = tokens.written(first)
    unknown = is_unknown(main[0], compiled) or _is_no_abbreviation(main[0], written)
    if written.isupper():
        if len(written) == 2:
            return weight(main[0]) <= RARE and _two_letters(tokens, first, written)
        said = unknown or (len(written) >= 4 and weight(main[0]) <= RARE)  # UNISON
        return len(written) >= 3 and said and written not in abbreviations() and main[0] not in compiled.known
    if unknown and _CAPITALS_INSIDE.search(written):
        return True  # "SECAmb", wherever it stands
    beside = tokens.word(last + 1) in ORGANISATION_HEADS or tokens.word(first - 1) in ORGANISATION_HEADS
    if _begins(tokens, first) and not beside:
        follows = tokens.after(last) in (" ", " (") and not _heading(tokens, first)  # "Thea (nurse) has offered"
        said = does_something(tokens, last) or follows
        if _begins_a_body(main[0], compiled):
            return does_something(tokens, last) or tokens.after(last) != " " or tokens.word(last + 1) in AND
        if weight(main[0]) == RARE and compiled.speller.correct(main[0]) is not None:
            return does_something(tokens, last) or tokens.after(last) == ", "  # "Priestly, you said", who is Priestley
        speaks = weight(main[0]) == RARE and tokens.word(last + 1) in SPEECH and not main[0].endswith("s")
        return (unknown or speaks) and said and not main[0].endswith(NOUN_ENDINGS)  # "Stagecoach said"
    rare = weight(main[0]) == RARE and main[0] not in compiled.known and not tokens.begins_sentence(first)
    return len(written) > 2 and (unknown or rare)


def _two_letters(tokens: Tokens, index: int, written: str) -> bool:
    """Whether two capitals that abbreviate nothing are a body's or somebody's by their place: "from EY"."""
    place = tokens.word(index - 1) in _BEFORE_TWO and tokens.gap(index) == " "
    return written not in abbreviations() and not tokens.caseless(index) and (place or does_something(tokens, index))


def _is_no_abbreviation(word: str, written: str) -> bool:
    """Whether what abbreviates something in capitals is written like a name, and sounds like one: "Nino"."""
    sounds = len(word) > 3 and not _VOWELS.isdisjoint(word[1:-1]) and weight(word) == NOT_A_WORD
    return sounds and not written.isupper() and written.upper() in abbreviations() and written not in abbreviations()


def _begins_a_body(word: str, compiled: Compiled) -> bool:
    """Whether a rare word is the first of a body on the roster: "Beacon" of Beacon Digital."""
    phrases = compiled.phrases.get(word, ())
    return weight(word) == RARE and any(phrase.type == "ORG" and len(phrase.words) > 1 for phrase in phrases)


def _several(tokens: Tokens, first: int, last: int, compiled: Compiled, main: list[str]) -> bool:
    unknown = any(is_unknown(word, compiled) for word in main)
    if any(word in ORGANISATION_HEADS for word in main):
        return True
    bracketed = tokens.gap(first) == " (" and tokens.after(last).startswith(")")  # "Ann Ek (Spring House)"
    if (not bracketed and _heading(tokens, first)) or {tokens.after(i) for i in range(first, last)} == {"-"}:
        opens = _begins(tokens, first)  # where any word has a capital, everyday ones are no evidence
        return any(is_unknown(word, compiled) for word in (main[1:] if opens else main))
    if unknown:
        return True
    linked = any(tokens.words[i] in ("for", "from", "to") for i in range(first, last))
    return linked or not all(word in COMMON_CAPITALS or word in GENERIC for word in main)


def _begins(tokens: Tokens, index: int) -> bool:
    """Whether a text, a label or a sentence begins here: a capital is owed to that."""
    return tokens.begins_sentence(index) and not (tokens.behind_a_mark(index) and ":" not in tokens.gap(index))


def _heading(tokens: Tokens, index: int) -> bool:
    """Whether the line is written as a title, most of its words with a capital and no full stop behind."""
    first = last = index
    while first > 0 and "\n" not in tokens.gap(first):
        first -= 1
        if index - first > _LINE:
            return False
    while last + 1 < len(tokens.words) and "\n" not in tokens.after(last):
        last += 1
        if ":" in tokens.gap(last) and all(
            tokens.capital(i) or tokens.words[i] in SMALL or tokens.words[i].isdigit() for i in range(first, last)
        ):  # "Harbour Lights: a first year"
            return True
        if last - index > _LINE:
            return False
    if tokens.after(last)[:1] in (".", "?", "!"):
        return False
    words = [i for i in range(first + 1, last + 1) if tokens.words[i] not in SMALL and not tokens.words[i].isdigit()]
    return 2 * sum(tokens.capital(i) for i in words) > len(words)


def does_something(tokens: Tokens, last: int) -> bool:
    """Whether what people and bodies do, or what they have, comes next ("Northmoor said", "Northmoor's plan")."""
    behind = tokens.word(last + 1)
    acts = behind in SPEECH or behind in AUXILIARIES or is_verb(behind) or (behind.endswith("ed") and len(behind) > 4)
    return tokens.possessive(last) or (acts and tokens.after(last) == " ")


def is_unknown(word: str, compiled: Compiled) -> bool:
    """Whether a word is neither on the roster nor in the dictionary."""
    return word not in compiled.known and weight(word, compiled.language) == NOT_A_WORD
