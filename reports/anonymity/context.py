"""Will, Mark, Grace, Hope, May; Estuary, Mind: a name, or just a word? The neighbours tell.

Only words that the roster has as a name *and* the language has as a word come here. Each clue is about how names
behave in a sentence, none about a particular name, and speaks for a name (above nought) or for a word (below). The
clues are added up: from 2 on it is a name, at 1 a human decides.
"""

from collections.abc import Sequence
from enum import Enum

from .compiled import Entry
from .names import Part
from .tokens import Tokens
from .words import (
    ADDRESSING,
    ARTICLES,
    AUXILIARIES,
    BEFORE_A_MONTH,
    CLAUSE_OPENERS,
    COMMON,
    DEGREE,
    DETERMINERS,
    FUNCTION,
    GREETING,
    MONTHS,
    PLACING,
    PRONOUNS,
    QUANTITY,
    RARE,
    REPORTING,
    SPEECH,
    SUBJECTS,
    SWEDISH_MONTHS,
    TELLING,
    TOWARDS,
    VERY_COMMON,
    is_verb,
    weight,
)


class Verdict(Enum):
    """NAME is removed, WORD stays, UNSURE is put to a human (and stands generalised until then)."""

    NAME = "name"
    WORD = "word"
    UNSURE = "unsure"


MODALS = frozenset(["will", "may", "can", "might", "must", "shall", "would", "could"])
CLOSING = frozenset(',.?!;:)]}"”»')
_LISTING = frozenset(";/")
_AND = frozenset(["and", "or", "och", "eller", "n"])
_ASKING = AUXILIARIES | {"do", "are"}
BESIDE_PEOPLE = TOWARDS - {"and", "or", "as", "to", "of", "for", "about", "like", "till", "av"}
_DOUBT = -2  # where there is no case to go by, a human decides from here on
_THIS_IS = frozenset(["it s", "that s", "this s", "who s", "here s", "name s", "i m", "mine is"])
_RUN_TOGETHER = frozenset(["its", "im", "thats", "whos"])  # the same in a hurry, or "its" as of a thing
_NAMING = frozenset(["name is", "well done"])  # a name follows
_OBJECTS = frozenset(["you", "me", "us", "him", "them"])
_QUESTIONS = frozenset(["what", "how", "why", "when", "where", "who"])
_LED = frozenset(["led", "run", "style", "wide"])
_ADJECTIVE_FOLLOWS = DEGREE | QUANTITY | SUBJECTS
_VERB_FOLLOWS = AUXILIARIES | {"be", "not", "s", "t", "re", "ve", "ll", "d", "m"}

# What the next word says of one that may be a subject, a verb or an adjective; the first that holds counts.
_BEHIND: tuple[tuple[frozenset[str], int], ...] = (
    (PRONOUNS | DETERMINERS, -6),  # "Mark my words"
    (AUXILIARIES, 4),
    (frozenset({"to"}), 3),  # "Price to chase the scan"
    (SPEECH, 6),
    (frozenset({"of"}), -8),
    (PLACING, -4),
    (FUNCTION, 0),
)


def person(tokens: Tokens, index: int, part: Part, meaning: Sequence[Entry | None]) -> Verdict:
    """Whether word `index`, which is a part of a name on the roster, is that name here.

    `meaning` has what the roster makes of each word of the text.
    """
    if _is_month(tokens, index):
        return Verdict.WORD
    if _is_label(tokens, index):
        return Verdict.NAME
    if tokens.caseless(index):
        return _sum(_without_case(tokens, index, part, meaning), _DOUBT)
    if not tokens.capital(index):
        return _in_small_letters(tokens, index, part, meaning)
    if not tokens.begins_sentence(index):
        return Verdict.UNSURE if part.weight == VERY_COMMON and tokens.title_case(index, meaning) else Verdict.NAME
    if tokens.behind_a_mark(index) and not _LISTING.isdisjoint(tokens.gap(index)):
        asking = tokens.words[index] in MODALS and tokens.word(index + 1) in PRONOUNS
        if not asking and not tokens.title_case(index, meaning):
            return Verdict.NAME
    return _sum(_opening(tokens, index, part, meaning))


def _sum(clues: int, doubt: int = 1) -> Verdict:
    if clues >= 2:
        return Verdict.NAME
    return Verdict.UNSURE if clues >= doubt else Verdict.WORD


def _is_month(tokens: Tokens, index: int) -> bool:
    word = tokens.words[index]
    if word not in MONTHS or (word in SWEDISH_MONTHS and tokens.capital(index) and not tokens.caseless(index)):
        return False
    before = tokens.word(index - 1) if not tokens.gap(index).strip() else ""  # not "in 2026; May came"
    after = tokens.word(index + 1) if tokens.after(index).strip() in ("", ",") else ""
    near_number = before.isdigit() or after[:4].isdigit() or before.rstrip("stndrh").isdigit()
    beside_a_month = (after in _AND and tokens.word(index + 2) in MONTHS) or (
        before in _AND and tokens.word(index - 2) in MONTHS
    )
    return near_number or beside_a_month or before in BEFORE_A_MONTH


def _is_label(tokens: Tokens, index: int) -> bool:
    """A speaker's label: by itself at the start of a line, with a colon and words behind it ("mark: I think …")."""
    starts = index == 0 or "\n" in tokens.gap(index)
    return starts and tokens.after(index) in (": ", ":\n") and not tokens.word(index + 1).isdigit()


def _is_name(meaning: Sequence[Entry | None], index: int) -> bool:
    """Whether word `index` is somebody's name and hardly a word."""
    entry = meaning[index] if 0 <= index < len(meaning) else None
    return entry is not None and entry.part is not None and entry.part.weight <= RARE


def _beside_a_name(tokens: Tokens, index: int, meaning: Sequence[Entry | None]) -> bool:
    """ "tony and mark", "Mark, Siobhán": joined to what can only be a name."""
    behind = tokens.word(index + 1) in _AND and _is_name(meaning, index + 2)
    before = tokens.word(index - 1) in _AND and _is_name(meaning, index - 2)
    listed = (tokens.after(index) == ", " and _is_name(meaning, index + 1)) or (
        tokens.gap(index) == ", " and _is_name(meaning, index - 1)
    )
    return behind or before or listed


def _two_names(tokens: Tokens, index: int, meaning: Sequence[Entry | None]) -> bool:
    """ "price and young": two that may both be names."""
    other = meaning[index + 2] if tokens.word(index + 1) in _AND and index + 2 < len(meaning) else None
    return other is not None and other.part is not None


# --- clues from what stands behind ------------------------------------------------------


def _behind(tokens: Tokens, index: int, part: Part) -> int:
    """What the next word says."""
    gap, after = tokens.after(index), tokens.word(index + 1)
    modal = tokens.words[index] in MODALS
    if tokens.possessive(index):
        return 8 if modal else 4
    if gap.strip():
        return 0
    if tokens.after(index + 1) == " " and (after in DEGREE or (after.endswith("ly") and len(after) > 4)):
        after = tokens.word(index + 2)  # "Carol personally recommended"
    if is_verb(after):
        return 6
    for words, clue in _BEHIND:
        if after in words:
            return clue - (4 if modal and clue < 0 else 0 if part.given or words is not AUXILIARIES else 1)
    if (after.endswith("ed") and len(after) > 4) or (after.endswith("ade") and not weight(after)):
        return 6  # "chaired"; "skickade"
    if part.language == "sv":
        return 1  # a verb: nouns that belong together are written together
    # A noun makes an adjective, or half a compound, of what stands before it; some in -s are verbs too.
    return -2 if after.endswith("s") and not after.endswith("ss") else -6


def _acts(tokens: Tokens, index: int) -> bool:
    """Whether what somebody does, is or has comes next."""
    after = tokens.word(index + 1)
    return tokens.after(index) == " " and (after in SPEECH or after in AUXILIARIES or is_verb(after))


def _opening(tokens: Tokens, index: int, part: Part, meaning: Sequence[Entry | None]) -> int:
    """A capitalised word where any word would be capitalised."""
    after, gap = tokens.word(index + 1), tokens.after(index)
    clues = {RARE: 4, COMMON: 3, VERY_COMMON: 1}.get(part.weight, 6)
    clues += 2 if part.given else 0
    if gap[:1] in CLOSING or gap.startswith((" -", "\n")) or not after:
        an_item = part.weight == VERY_COMMON and not part.given and "\n" in tokens.gap(index) and "\n" in gap
        return 1 if an_item else clues + 3  # a line of a list that says "Price"
    if tokens.capital(index + 1) and gap == " (":  # "Mark (Ljung)"
        return clues + 6
    if tokens.capital(index + 1) and not gap.strip():
        return clues - 2 if part.given else 1
    if (after in _AND and tokens.capital(index + 2)) or _beside_a_name(tokens, index, meaning):
        return clues + 6
    if after.isdigit():
        return clues - 4
    if tokens.words[index] in MODALS and tokens.asks(index):
        clues -= 6  # "Will patients come?"
    return clues + _behind(tokens, index, part)


# --- clues from what stands before ------------------------------------------------------


def _before(tokens: Tokens, index: int, part: Part) -> int:
    """What the word before says, where the case says nothing."""
    before = tokens.word(index - 1) if not tokens.gap(index).strip(" \n\"'") else ""
    if part.given and before in CLAUSE_OPENERS and _acts(tokens, index):
        return 2  # "what Nick said"
    if not before:
        return 0
    if part.given and before in ("that", "this", "it") and tokens.word(index - 2) in ("is", "was"):
        return 0  # "is that daisy"
    if f"{tokens.word(index - 2)} {before}" in _NAMING or (before in GREETING and part.given):
        return 12
    if part.given and before in _RUN_TOGETHER:
        return 4 if tokens.word(index + 1) == "here" else -2  # "its mark here"
    if before in ARTICLES or before in DETERMINERS:
        return -12
    if before in TELLING:
        return 8
    if part.given and before in _OBJECTS and tokens.word(index - 2) in TOWARDS:
        return 0  # "i can go with you dean"
    if before in _ADJECTIVE_FOLLOWS or before.isdigit():
        return 0 if before in DEGREE and part.given and _acts(tokens, index) else -8
    if part.given and f"{tokens.word(index - 2)} {before}" in _THIS_IS:
        return 0  # "it's grace", "i'm tony"
    if before in _ASKING and (tokens.begins_sentence(index - 1) or "\n" in tokens.gap(index - 1)):
        return 6 if part.given and tokens.asks(index) else 0  # "can gene come?"
    if part.given and before in _ASKING and tokens.word(index - 2) in _QUESTIONS and tokens.asks(index):
        return 6  # "what did mark do?"
    if before in _VERB_FOLLOWS:
        return -6
    return _small_before(tokens, index, part, before)


def _small_before(tokens: Tokens, index: int, part: Part, before: str) -> int:
    if before == "to":
        return 8 if part.given and tokens.word(index - 2) in ADDRESSING else -2  # to mark, or to Mark
    if before in TOWARDS or before in CLAUSE_OPENERS:
        return 1
    return 0 if before in FUNCTION or is_verb(before) else -3  # "edge case", "call bell"


def _without_case(tokens: Tokens, index: int, part: Part, meaning: Sequence[Entry | None]) -> int:
    """In a text all in small letters, or all in capitals, only the neighbours tell."""
    word, gap = tokens.words[index], tokens.after(index)
    clues = {RARE: 2, COMMON: 1, VERY_COMMON: -2}.get(part.weight, 4) + (1 if part.given else -1)
    clues -= 3 if word in MODALS else 0
    if gap == "-" and tokens.word(index + 1) in _LED:
        return 1  # "a sharp-led warm-up"
    clues += _before(tokens, index, part)
    ends = gap[:1] in CLOSING or "\n" in gap or not tokens.word(index + 1)
    starts = index == 0 or bool(tokens.gap(index).strip(" '\"")) or "\n" in tokens.gap(index)
    if ends and starts:
        return clues + 6  # alone, or called by name
    if starts and tokens.word(index + 2) in PRONOUNS and (tokens.word(index + 1) in _ASKING):
        return clues + 6  # "pat do you want …"
    if starts and part.weight == RARE and tokens.word(index + 1) == "you":
        return clues + 6  # "robin you write"
    if part.given and tokens.word(index + 1) in _AND and tokens.word(index + 2) in ("i", "me"):
        return clues + 6  # "will and i"
    if _beside_a_name(tokens, index, meaning):
        return clues + 6
    reported = tokens.word(index - 1) in REPORTING or (part.language == "sv" and tokens.word(index - 1).endswith("ade"))
    if ends and reported and tokens.gap(index) == " ":
        return clues + 8  # "…," said Grace.
    if _two_names(tokens, index, meaning):
        clues += 5
    elif starts and (_acts(tokens, index) or tokens.word(index + 1) == "to"):
        clues += 2
    toward = tokens.word(index - 1) in TOWARDS
    if ends or (toward and (tokens.word(index + 1) in TOWARDS or tokens.word(index + 1) in PRONOUNS)):
        return clues + (3 if toward and part.given else 1 if part.weight == RARE else 0)
    clues += _behind(tokens, index, part)
    called = part.given and index + 1 == len(tokens.words) and tokens.word(index - 1) not in ARTICLES
    return max(clues, _DOUBT) if called else clues  # "that's huge mark": at the end of what is said


def _in_small_letters(tokens: Tokens, index: int, part: Part, meaning: Sequence[Entry | None]) -> Verdict:
    """A small letter where the sentence has capitals: a word, unless it is told something, or typed in a hurry."""
    word, before, after = tokens.words[index], tokens.word(index - 1), tokens.word(index + 1)
    if before in TELLING and before not in ("met", "meet", "meeting", "welcome", "ask", "sorry"):
        told = after in ("that", "to", "about", "he", "she", "and", "why", "how", "if", "att", "om")
        if told and word not in DETERMINERS:
            return Verdict.NAME
    if tokens.hurried(index):
        return _sum(_without_case(tokens, index, part, meaning), _DOUBT)
    if part.language == "sv" and part.weight < VERY_COMMON and before in BESIDE_PEOPLE:
        return Verdict.NAME if part.weight == RARE else Verdict.UNSURE
    ends = tokens.after(index)[:1] in CLOSING or after in AUXILIARIES
    doubtful = (ends and before in BESIDE_PEOPLE) or after in ("who", "whose", "som")
    return Verdict.UNSURE if doubtful else Verdict.WORD
