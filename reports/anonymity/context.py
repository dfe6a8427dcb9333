"""Will, Mark, Grace, Hope, May; Estuary, Mind: a name, or just a word? The neighbours tell.

Only words that the roster has as a name *and* the language has as a word come here. Each clue is about how names
behave in a sentence, none about a particular name, and speaks for a name (above nought) or for a word (below). The
clues are added up: from 2 on it is a name, at 1 a human decides; where no capital tells, from 1 on, and down to DOUBT.
"""

from collections.abc import Sequence
from enum import Enum

from .caseless import DOUBT, GIVING, without_case
from .compiled import Entry
from .names import Part
from .neighbours import (
    AND,
    BESIDE_PEOPLE,
    CLOSING,
    KISSES,
    MODALS,
    acts,
    at_work,
    behind,
    beside_a_name,
    closed,
    feels,
    is_away,
    is_name,
    no_auxiliary,
    that_is_somebody,
)
from .tokens import Tokens
from .words import (
    AUXILIARIES,
    BEFORE_A_MONTH,
    COMMON,
    DEGREE,
    DETERMINERS,
    FUNCTION,
    GRAMMAR,
    MONTHS,
    PLACING,
    PRONOUNS,
    QUANTITY,
    QUESTIONS,
    RARE,
    SPEECH,
    SWEDISH_MONTHS,
    TELLING,
    TOWARDS,
    VERY_COMMON,
    is_given_name,
    is_participle,
)


class Verdict(Enum):
    """NAME is removed, WORD stays, UNSURE is put to a human (and stands generalised until then)."""

    NAME = "name"
    WORD = "word"
    UNSURE = "unsure"


_ASKED = frozenset(["ask", "asks", "asked", "asking"])
_CARELESS = 5  # what the neighbours must say for a name that has a small letter where others have capitals
_CALLING = frozenset(("so", "well", "ok", "okay", "yes", "no", "sorry", "morning", "evening", "right", "night", "and"))
_TIMES_OF_DAY = frozenset(("morning", "evening", "afternoon", "night"))
_FILES = GRAMMAR["files"]
_SET_PHRASES = frozenset(["best wishes"])  # in which the second word is hardly what somebody does
_OF_BODIES = frozenset(("of", "from", "at", "hos"))
_QUOTES = frozenset("\"'“”„«»")
_VERY = frozenset(("v", "vv"))
_ABSTRACT = frozenset(("not", "no", "a", "an", "the", "in", "what", "all", "never", "only", "about", "everything"))
_LISTING = frozenset(";/")
_BEFORE_A_NOUN = GRAMMAR["never alone"]


def person(tokens: Tokens, index: int, part: Part, meaning: Sequence[Entry | None]) -> Verdict:
    """Whether word `index`, which is a part of a name on the roster, is that name here.

    `meaning` has what the roster makes of each word of the text.
    """
    verdict = _person(tokens, index, part, meaning)
    coined = verdict is Verdict.WORD and part.weight < VERY_COMMON and _is_coined(tokens, index)
    return Verdict.UNSURE if coined else verdict


def _is_coined(tokens: Tokens, index: int) -> bool:
    """'we call it the "rose job"': whether a thing has its own name, in quotation marks, and this is half of it."""
    opens = tokens.gap(index)[-1:] in _QUOTES and tokens.word(index - 1) in DETERMINERS
    return opens and tokens.after(index) == " " and tokens.after(index + 1)[:1] in _QUOTES


def _person(tokens: Tokens, index: int, part: Part, meaning: Sequence[Entry | None]) -> Verdict:
    if _in_a_set_phrase(tokens, index):
        return Verdict.WORD
    if means_month(tokens, index) or (part.letters and not _in_capitals(tokens, index, part)):
        return Verdict.WORD
    if is_label(tokens, index) or _names_a_file(tokens, index):
        return Verdict.NAME
    if tokens.words[index] in FUNCTION and _only_a_small_word(tokens, index):
        return Verdict.UNSURE if part.given and _lacks_its_noun(tokens, index) else Verdict.WORD
    if tokens.caseless(index):
        return _without_case(tokens, index, part, meaning)
    if not tokens.capital(index):
        return _in_small_letters(tokens, index, part, meaning)
    if not tokens.begins_sentence(index) or (len(tokens.words[index]) < 4 and tokens.upper(index)):
        return Verdict.UNSURE if part.weight == VERY_COMMON and tokens.title_case(index, meaning) else Verdict.NAME
    if tokens.behind_a_mark(index) and not _LISTING.isdisjoint(tokens.gap(index)):
        asking = tokens.words[index] in MODALS and tokens.word(index + 1) in PRONOUNS
        if not asking and not tokens.title_case(index, meaning):
            return Verdict.NAME
    return _sum(_opening(tokens, index, part, meaning))


def _in_a_set_phrase(tokens: Tokens, index: int) -> bool:
    """ "Best wishes", "Hope so.", and what is joined to itself: "Day to day". Not "Hope not in today",
    nor "from Grace to Grace"."""
    word, after = tokens.words[index], tokens.word(index + 1)
    if tokens.after(index) != " ":
        return False
    again = after in ("to", "by", "after") and tokens.word(index + 2) == word and tokens.after(index + 1) == " "
    again &= not tokens.capital(index + 2) and tokens.word(index - 1) != "from"
    alone = word == "hope" and after in ("so", "not") and tokens.begins_sentence(index) and closed(tokens, index + 1)
    return again or alone or f"{word} {after}" in _SET_PHRASES


def _names_a_file(tokens: Tokens, index: int) -> bool:
    """ "notes4_wells.docx"."""
    return tokens.gap(index)[-1:] == "_" and tokens.after(index) == "." and tokens.word(index + 1) in _FILES


def _without_case(tokens: Tokens, index: int, part: Part, meaning: Sequence[Entry | None]) -> Verdict:
    verdict = _sum(without_case(tokens, index, part, meaning), named=1, doubt=DOUBT)
    if verdict is Verdict.WORD and part.weight <= RARE and not _has_its_article(tokens, index):
        return Verdict.UNSURE  # hardly a word: "mike nothing"
    return verdict


def _has_its_article(tokens: Tokens, index: int) -> bool:
    """Whether an article, a number or an adjective's company makes a word of word `index`: "a good nightingale"."""
    near = (tokens.word(index - 1), tokens.word(index - 2))
    return any(word in DETERMINERS or word in QUANTITY or word in DEGREE or word.isdigit() for word in near)


def _sum(clues: int, *, named: int = 2, doubt: int = 1) -> Verdict:
    if clues >= named:
        return Verdict.NAME
    return Verdict.UNSURE if clues >= doubt else Verdict.WORD


def _in_capitals(tokens: Tokens, index: int, part: Part) -> bool:
    """Whether "IT", which somebody is called, is written so; in small letters no everyday word is meant to be."""
    if tokens.caseless(index) or tokens.hurried(index):
        return part.weight < VERY_COMMON or is_label(tokens, index)
    return tokens.upper(index)


def means_month(tokens: Tokens, index: int) -> bool:
    """ "14 May", "in april", "June and July", "an April morning", whoever is called so."""
    word = tokens.words[index]
    if word not in MONTHS or (word in SWEDISH_MONTHS and tokens.capital(index) and not tokens.caseless(index)):
        return False
    before = tokens.word(index - 1) if not tokens.gap(index).strip() else ""  # not "in 2026; May came"
    after = tokens.word(index + 1) if tokens.after(index).strip() in ("", ",") else ""
    if after in _TIMES_OF_DAY and tokens.after(index) == " ":
        return True
    near_number = before.isdigit() or after[:4].isdigit() or before.rstrip("stndrh").isdigit()
    beside_a_month = (after in AND and tokens.word(index + 2) in MONTHS) or (
        before in AND and tokens.word(index - 2) in MONTHS
    )
    answer = not before and tokens.after(index)[:1] == "." and tokens.word(index + 2) in MONTHS  # "June. Maybe July"
    return near_number or beside_a_month or answer or before in BEFORE_A_MONTH


def _only_a_small_word(tokens: Tokens, index: int) -> bool:
    """Whether "he" or "so", which is somebody's surname, is the word: where no capital tells, and nothing else."""
    word = tokens.words[index]
    if word in MODALS or is_given_name(word) or tokens.possessive(index):
        return False
    if tokens.capital(index) and not tokens.caseless(index):
        listed = tokens.word(index + 1) in ("to", "") or "\n" in tokens.after(index) or ":" in tokens.gap(index)
        if not tokens.begins_sentence(index) or (listed and word not in DEGREE):
            return False
    return word in PRONOUNS or word in DETERMINERS or not acts(tokens, index)


def _lacks_its_noun(tokens: Tokens, index: int) -> bool:
    """ "asked my about it", "My has it", where somebody is called My: a word that needs a noun behind it has none."""
    if tokens.words[index] not in _BEFORE_A_NOUN or tokens.after(index)[:1] in ("-", "/", "'"):
        return False
    after = tokens.word(index + 1)
    acts = (after in AUXILIARIES or after in SPEECH) and not closed(tokens, index + 1)
    return acts or closed(tokens, index) or after in TOWARDS


def is_label(tokens: Tokens, index: int) -> bool:
    """A speaker's label: by itself at the start of a line, or behind the time of a message, with a colon and words
    behind it ("mark: I think …", "[12/11, 07:20] Mo: Fair")."""
    if not tokens.begins_line(index):
        return False
    after = tokens.after(index)
    if after in (": ", ":\n"):
        return not tokens.word(index + 1).isdigit()
    timed = after.isspace() and tokens.word(index + 1).isdigit() and tokens.word(index + 2).isdigit()
    return timed and tokens.after(index + 1) == ":" and "\n" in tokens.after(index + 2)  # "Hope 10:02"


def _opening(tokens: Tokens, index: int, part: Part, meaning: Sequence[Entry | None]) -> int:
    """A capitalised word where any word would be capitalised."""
    after, gap = tokens.word(index + 1), tokens.after(index)
    clues = {RARE: 4, COMMON: 3, VERY_COMMON: 1}.get(part.weight, 6)
    clues += 2 if part.given else 0
    if gap[:1] in CLOSING or gap.startswith((" -", "\n")) or not after or after in KISSES:
        an_item = part.weight == VERY_COMMON and not part.given and "\n" in tokens.gap(index) and "\n" in gap
        return 1 if an_item else clues + 3  # a line of a list that says "Price"
    if tokens.capital(index + 1) and gap == " (":  # "Mark (Ljung)"
        return clues + 6
    if tokens.capital(index + 1) and not gap.strip():
        return clues - 2 if part.given else 1
    if (after in AND and tokens.capital(index + 2)) or beside_a_name(tokens, index, meaning):
        return clues + 6
    if after.isdigit():
        return clues - 4
    if (noted := _in_notes(tokens, index, meaning)) >= 0:
        return clues + noted
    if (told := _asked_or_placed(tokens, index, part, meaning)) is not None:
        return told if told < 2 else clues + told
    if part.given and tokens.words[index] not in MODALS and (after in ("not", "too") or is_participle(after)):
        return clues + 2 if at_work(tokens, index) else 1  # "Faith holding the space", "Grant funding"
    if tokens.words[index] in MODALS and tokens.asks(index):
        clues -= 6  # "Will patients come?"
    return clues + behind(tokens, index, part)


def _asked_or_placed(tokens: Tokens, index: int, part: Part, meaning: Sequence[Entry | None]) -> int | None:
    """ "Hope which one is it?", "Hope for Tarn Ferries"; 1, as it may be a word, in "Moss for Tarn Ferries" (or the
    price for them) and "Field v. happy with it"; None where nothing is said."""
    after, known = tokens.word(index + 1), _of_a_known_body(tokens, index, meaning)
    if tokens.after(index) == "-" and after.endswith("ed") and after != "led":
        return 1  # "Rose-coloured glasses"
    if part.weight >= COMMON and after in ("is", "was") and tokens.word(index + 2) in _ABSTRACT:
        return 1  # "Hope is not a plan": "a colleague is not a plan" would say whose name it is
    asked = after in QUESTIONS and part.given and tokens.words[index] not in MODALS and tokens.asks(index)
    if asked or (known and part.given) or that_is_somebody(tokens, index):
        return 6
    absent = after == "not" and part.weight == RARE  # "Quill not in today"
    busy = at_work(tokens, index) and tokens.word(index + 2) in DETERMINERS  # "Field writing this"
    noted = not part.given and (absent or busy or (after in _VERY and bool(tokens.word(index + 2))))
    return 1 if known or noted else None


def _of_a_known_body(tokens: Tokens, index: int, meaning: Sequence[Entry | None]) -> bool:
    """Whether an organisation of the roster stands behind the word and "for" or "from"."""
    body = index + 2 + (tokens.word(index + 2) == "the")
    if tokens.word(index + 1) not in _OF_BODIES | {"for"} or tokens.after(index) != " ":
        return False
    entry = meaning[body] if body < len(meaning) else None
    return entry is not None and any(phrase.type == "ORG" for phrase in entry.phrases) and tokens.capital(body)


def _inflected(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith("ss") and word not in FUNCTION


def _has_an_object(tokens: Tokens, index: int, meaning: Sequence[Entry | None]) -> bool:
    """Whether what may be a verb behind word `index` has an object or another subject behind it: it is one."""
    if tokens.after(index + 1) == ", ":
        return is_name(meaning, index + 2)
    return tokens.after(index + 1) == " " and tokens.word(index + 2) in DETERMINERS


def _in_notes(tokens: Tokens, index: int, meaning: Sequence[Entry | None]) -> int:
    """What speaks for a name where somebody is noted to be away, to do something, or to sign for somebody; -1 where
    nobody is."""
    after, second = tokens.word(index + 1), tokens.word(index + 2)
    of_a_body = after in _OF_BODIES and tokens.capital(index + 2) and tokens.after(index + 1) == " "
    if after in ("pp", "ditto") or (after == second == "p") or (of_a_body and is_given_name(tokens.words[index])):
        return 6  # "Quill pp Lind", "Daisy of Seedling Start"
    if _inflected(after) and tokens.after(index) == " " and _has_an_object(tokens, index, meaning):
        return 6  # "Power drafts the letter"
    away = is_away(tokens, index) or feels(tokens, index)
    away |= after == "on" and second[:1] == "0"  # "Little on 020 7946 0018"
    return 0 if away else -1


def _like_a_name(tokens: Tokens, index: int, part: Part) -> bool:
    """Whether a given name in small letters says, owns or gets something: "At the close dawn said", "give dawn the
    keys", "it is dawn's turn", "with dawn until noon". Not what has an article, and not "at dawn's break"."""
    before, after = tokens.word(index - 1), tokens.word(index + 1)
    if before in DETERMINERS or before in PLACING or before in ("at", "on"):
        return False
    if tokens.possessive(index) or (after in SPEECH and tokens.after(index) == " "):
        return True
    if tokens.gap(index) != " " or index == 0:
        return False
    if before in ("with", "from") and part.weight < VERY_COMMON:
        return after in FUNCTION
    if before in GIVING:
        return after in DETERMINERS or after in PRONOUNS or (part.weight < VERY_COMMON and after not in FUNCTION)
    return tokens.after(index)[:1] == "," and before in _CALLING  # "so dawn, what do you think?"


def _in_small_letters(tokens: Tokens, index: int, part: Part, meaning: Sequence[Entry | None]) -> Verdict:
    """A small letter where the sentence has capitals: a word, unless it is told something, or typed in a hurry."""
    word, before, after = tokens.words[index], tokens.word(index - 1), tokens.word(index + 1)
    if before in TELLING and before not in ("met", "meet", "meeting", "welcome", "ask", "sorry"):
        told = after in ("that", "to", "about", "he", "she", "and", "why", "how", "if", "att", "om")
        if told and word not in DETERMINERS:
            return Verdict.NAME
    if part.given and before in _ASKED and after in ("to", "if", "why", "about") and tokens.gap(index) == " ":
        return Verdict.NAME  # "ask chase to look"
    if tokens.hurried(index) or before == "w":  # "a clip w tan"
        return _without_case(tokens, index, part, meaning)
    if part.language == "sv" and part.weight < VERY_COMMON and before in BESIDE_PEOPLE:
        return Verdict.NAME if part.weight == RARE else Verdict.UNSURE
    ends = tokens.after(index)[:1] in CLOSING or after in AUXILIARIES
    called = part.given and tokens.after(index)[:1] in ('"', "”") and before not in DETERMINERS  # "… for you mark"
    doubtful = (ends and before in BESIDE_PEOPLE) or after in ("who", "whose", "som") or called
    never = before in ("of", "at") or (before == "from" and after in ("to", "till", "until"))  # "from dawn to"
    if word in MODALS and part.given and no_auxiliary(tokens, index) and before not in PRONOUNS:
        return Verdict.UNSURE  # "May said" as dictation writes it
    if not doubtful and part.given and not never and (word not in MODALS or before in TELLING):
        doubtful = _like_a_name(tokens, index, part) or without_case(tokens, index, part, meaning) >= _CARELESS
    return Verdict.UNSURE if doubtful else Verdict.WORD
