"""Initials where no capital tells: "then al said", "– al the minutes", "jobs: al minutes; mo hall"."""

import unicodedata

from .beside_initials import NO_SUBJECTS, amid_words, are_initials, by_itself, like_a_person, opens_a_minute
from .compiled import Entry
from .context import Verdict
from .neighbours import AND, beside_a_name
from .runs import Reading
from .tokens import Tokens
from .words import (
    COMMON,
    DETERMINERS,
    FUNCTION,
    GRAMMAR,
    NOT_A_WORD,
    RARE,
    SMALL_ABBREVIATIONS,
    TITLES,
    abbreviations,
    weight,
)

NOT_SMALL_INITIALS = frozenset(("uk", "us", "eu", "am", "pm", "ie", "eg", "cf", "ca", "vs", "ea"))
SELF = frozenset(("himself", "herself", "themselves", "themself", "sjalv"))
_BEHIND_AN_OWNER = frozenset((" ", " & ", " + ", "/", " - ", ", "))
_BEFORE_AN_ITEM = frozenset(";:.|")
_JOINING = frozenset((" & ", " + ", "&", "+"))
JOINED = frozenset((" & ", " + ", ", ", "/", "&", "+"))
OWNERS = GRAMMAR["owners"]
_ACCENTED = frozenset(("är", "på", "för", "från"))
"""Small words of Swedish with their accents, which the folded lists have lost."""


def without_case(reading: Reading, entry: Entry, index: int) -> Verdict:
    """ "then al said": where capitals tell nothing, letters that are no word may be initials."""
    verdict = _without_case(reading, entry, index)
    return Verdict.UNSURE if verdict is Verdict.WORD and _may_well_be(reading, index) else verdict


def _without_case(reading: Reading, entry: Entry, index: int) -> Verdict:
    tokens = reading.tokens
    word, before = entry.word, tokens.word(index - 1)
    if opens_a_minute(tokens, index) and not before.isdigit():
        spoken = weight(word) > RARE or word in NOT_SMALL_INITIALS or word.upper() in abbreviations()
        return Verdict.UNSURE if spoken else Verdict.NAME
    item = _opens_an_item(reading, index)
    himself = tokens.word(index + 1) in SELF  # "typed by cs himself"
    if weight(word) > RARE and word not in FUNCTION:
        joined = tokens.word(index - 1) in AND or (weight(word) == COMMON and word.upper() not in abbreviations())
        return Verdict.UNSURE if himself or (item and joined) else Verdict.WORD
    if (
        (before.isdigit() and tokens.gap(index) == " " and not item)
        or word in TITLES
        or weight(word) > RARE
        or _small_accented(tokens, index)
        or word in NOT_SMALL_INITIALS
    ):
        return Verdict.WORD
    spoken = word in SMALL_ABBREVIATIONS or word.upper() in abbreviations()
    given = before in OWNERS and tokens.gap(index) == " "  # "seconded al"
    if given or like_a_person(tokens, index) or tokens.word(index + 1) == "to":
        return Verdict.UNSURE if spoken else Verdict.NAME
    if item:
        return Verdict.UNSURE if spoken else Verdict.NAME
    if himself:
        return Verdict.UNSURE
    if spoken or (before in DETERMINERS and before not in ("that", "which") and not tokens.begins_sentence(index)):
        return Verdict.WORD
    no_word = len(word) > 2 and weight(word) == NOT_A_WORD
    return Verdict.NAME if no_word or word in reading.told.owners else Verdict.UNSURE


def _may_well_be(reading: Reading, index: int) -> bool:
    """Whether letters may be initials whatever word they are: a paragraph to themselves, amid other initials
    ("ls pm jvdb to meet"), in a list of names, or no small word by their grammar."""
    if reading.lines and by_itself(reading.tokens, index):
        return True
    among = amid_words(reading.tokens, index) and all(are_initials(reading, i) for i in (index - 1, index + 1))
    listed = beside_a_name(reading.tokens, index, reading.meaning) or joined_to_initials(reading, index)
    return among or (listed and weight(reading.tokens.words[index]) <= RARE) or _no_small_word(reading, index)


def joined_to_initials(reading: Reading, index: int) -> bool:
    """ "cr + eu thurs", "cr and mod nights": whether these belong to letters that can only be somebody's initials."""
    tokens = reading.tokens
    sides = (
        (tokens.gap(index), index - 1 - (tokens.word(index - 1) in AND)),
        (tokens.after(index), index + 1 + (tokens.word(index + 1) in AND)),
    )
    return any((abs(other - index) == 2 or gap in _JOINING) and are_initials(reading, other) for gap, other in sides)


def _no_small_word(reading: Reading, index: int) -> bool:
    """Whether a small word owns something, or "an" stands before what takes "a": "an's fare", "jc + an crates"."""
    tokens, word = reading.tokens, reading.tokens.words[index]
    if reading.compiled.language == "sv" or word not in NO_SUBJECTS:
        return False
    after = tokens.word(index + 1)
    article = len(after) > 3 and weight(after) and after[0] in "bcdfgjklmnpqrstvwxz" and tokens.after(index) == " "
    return tokens.possessive(index) or (word == "an" and bool(article))


def is_noted(reading: Reading, index: int) -> bool:
    """Whether notes say that letters that are no word do something, or are to do it."""
    if weight(reading.tokens.words[index]) > RARE or reading.tokens.words[index] in SMALL_ABBREVIATIONS:
        return False
    return like_a_person(reading.tokens, index) or _opens_an_item(reading, index)


def _opens_an_item(reading: Reading, index: int) -> bool:
    """Whether letters in small letters begin an item of notes that says what is theirs to do: "– al the minutes",
    "jobs: al minutes; mo hall", "3 al and mo chairs"."""
    tokens = reading.tokens
    if tokens.after(index) not in _BEHIND_AN_OWNER or not tokens.word(index + 1):
        return False
    if tokens.begins_line(index):
        return True
    if tokens.begins_sentence(index):
        return tokens.gap(index)[:1] in _BEFORE_AN_ITEM and len(tokens.word(index - 1)) > 1
    other = index - 1 - (tokens.word(index - 1) in AND)
    joined = other < index - 1 or tokens.gap(index) in JOINED
    return joined and are_initials(reading, other) and _opens_an_item(reading, other)


def in_small_letters(reading: Reading, entry: Entry, index: int) -> Verdict:
    """ "we asked al about it" where the sentence has capitals."""
    tokens, word = reading.tokens, entry.word
    if (
        weight(word) > RARE
        or _small_accented(tokens, index)
        or word in SMALL_ABBREVIATIONS
        or tokens.word(index - 1).isdigit()
    ):
        return Verdict.WORD
    if word.upper() in abbreviations() or word in NOT_SMALL_INITIALS:
        return Verdict.WORD
    long = len(word) > 2 and weight(word) == NOT_A_WORD
    return Verdict.NAME if long or like_a_person(tokens, index) else Verdict.WORD


def _small_accented(tokens: Tokens, index: int) -> bool:
    """Whether the word is a small word of Swedish by its accent: "hon är som en holme", and not "jå"."""
    return unicodedata.normalize("NFC", tokens.written(index)) in _ACCENTED
