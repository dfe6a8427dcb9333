"""Where initials stand (alone, amid words, before what somebody does), and what is hardly anything but initials."""

from .neighbours import AND, BESIDE_PEOPLE, MODALS, closed
from .runs import Reading
from .tokens import Tokens
from .words import (
    ADDRESSING,
    AUXILIARIES,
    DAYS,
    FUNCTION,
    GRAMMAR,
    RARE,
    REACHING,
    SPEECH,
    SUBJECTS,
    TELLING,
    TITLES,
    abbreviations,
    is_participle,
    is_verb,
    weight,
)

COPIED = frozenset(("cc", "bcc", "fao", "attn", "obo"))
HEADS = COPIED | {"to", "from"}  # of a message
_SO = GRAMMAR["feelings"] | {"fine", "ok", "okay", "absent", "away", "late", "ill"}
_DEADLINE = frozenset(("by", "before", "asap"))  # "to CR by noon"
NO_SUBJECTS = frozenset(("for", "of", "an", "to", "at", "by", "en", "med", "av"))


def amid_words(tokens: Tokens, index: int) -> bool:
    """Whether the word stands between two others with nothing but spaces, and neither joins it to its like."""
    if not index or tokens.gap(index) != " " or tokens.after(index) != " ":
        return False
    return tokens.word(index + 1) not in AND and tokens.word(index - 1) not in AND


def by_itself(tokens: Tokens, index: int) -> bool:
    """Whether the letters are a paragraph to themselves: a heading, or who wrote what stands above."""
    return len(tokens.words) == 1 and not tokens.after(index).strip(".\n ")


def are_initials(reading: Reading, index: int) -> bool:
    """Whether word `index` is somebody's initials and hardly anything else."""
    entry = reading.meaning[index] if 0 <= index < len(reading.meaning) else None
    if entry is None or not entry.initials:
        return False
    if entry.part is not None and not entry.part.people <= entry.initials:
        return False  # a name by itself; who is called "JD" as John Dale is has both
    written = reading.tokens.written(index)
    return written.upper() not in abbreviations() and weight(entry.word) <= RARE


def like_a_person(tokens: Tokens, index: int) -> bool:
    """Whether the word does something, or is asked or told."""
    before, after = tokens.word(index - 1), tokens.word(index + 1)
    does = after in SPEECH or after in AUXILIARIES or is_verb(after) or after == "som"
    does |= (after.endswith("ed") and len(after) > 4) or is_participle(after)
    second = tokens.word(index - 2)
    copied = before in COPIED or (before == "d" and second in COPIED)  # "cc'd"
    does |= (
        after in ("pp", "himself", "herself", "themself")
        or (after == "here" and closed(tokens, index + 1))
        or (after in AND and tokens.word(index + 2) in ("i", "me", "my"))
    )  # "then BP and I went"
    copied |= before == "to" and (second in ADDRESSING | {"thanks"} or after in _DEADLINE) and not after.isdigit()
    placed = before in REACHING or before in DAYS or before == "off" or tokens.gap(index) == " - "
    copied |= placed and closed(tokens, index)  # "chasing CR", "Mon CR, Tue AL", "the key off CR", "keys - CR"
    return does or copied or before in TELLING or (before in BESIDE_PEOPLE and not after.isdigit())


def opens_a_minute(tokens: Tokens, index: int) -> bool:
    """ "pm gave a verbal update", "it to chase it", in small letters, where a line or a sentence begins."""
    after, word = tokens.word(index + 1), tokens.words[index]
    if tokens.after(index) != " ":
        return False
    if not (tokens.begins_sentence(index) or "\n" in tokens.gap(index)):
        return tokens.gap(index) == ", " and is_participle(after) and word not in FUNCTION  # "…, cr doing the rest"
    says = after in SPEECH or (is_verb(after) and after not in AUXILIARIES) or (after.endswith("ed") and len(after) > 4)
    being = (
        word in ("am", "is", "pm") or word in TITLES
    ) and after in AUXILIARIES  # "am has done it", "ms will sit in"
    noted = is_participle(after) or after in _SO  # "cr covering the desk", "hm fine w that"
    being |= noted and word not in FUNCTION and word != "am"
    being |= word in NO_SUBJECTS and after in MODALS and tokens.word(index + 2) not in FUNCTION  # "for will write it"
    return after == "to" or (word not in SUBJECTS and (says or being))
