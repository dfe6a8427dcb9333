"""What the words on either side say: clues for names and words in any case."""

from collections.abc import Sequence

from .compiled import Entry
from .names import Part
from .tokens import DOTTED_TITLES, Tokens
from .words import (
    AUXILIARIES,
    DEGREE,
    DETERMINERS,
    FUNCTION,
    GRAMMAR,
    PLACING,
    PRONOUNS,
    RARE,
    SPEECH,
    TOWARDS,
    is_participle,
    is_verb,
    weight,
)

MODALS = frozenset(["will", "may", "can", "might", "must", "shall", "would", "could"])
CLOSING = frozenset(',.?!;:)]}"”»')
AND = frozenset(["and", "or", "och", "eller", "n"])
BESIDE_PEOPLE = TOWARDS - {"and", "or", "as", "to", "of", "for", "about", "like", "till", "av"}

_WHEN = frozenset(("until", "till", "today", "tomorrow", "this", "next", "all", "sick", "on", "for"))
_LISTING = frozenset((", ", "/"))
_NOW = frozenset(("now", "then", "later", "nu", "sedan"))
_OBJECTS = frozenset(("me", "us", "him", "them", "it"))
KISSES = frozenset(("x", "xx", "xxx"))  # end a message
_ENDEARMENTS = GRAMMAR["endearments"]
_FEELINGS = GRAMMAR["feelings"]

# What the next word says of one that may be a subject, a verb or an adjective; the first that holds counts.
_BEHIND: tuple[tuple[frozenset[str], int], ...] = (
    ((PRONOUNS | DETERMINERS) - {"var"}, -6),  # "Mark my words"; Swedish "var" was before it is a determiner
    (AUXILIARIES, 4),
    (frozenset({"to"}), 3),  # "Price to chase the scan"
    (SPEECH, 6),
    (frozenset({"of"}), -8),
    (PLACING, -4),
    (FUNCTION | {"re", "et"}, 0),  # "FW: Grace re rota", "Grace et al"
)


def is_name(meaning: Sequence[Entry | None], index: int) -> bool:
    """Whether word `index` is somebody's name and hardly a word."""
    entry = meaning[index] if 0 <= index < len(meaning) else None
    return entry is not None and entry.part is not None and entry.part.weight <= RARE


def beside_a_name(tokens: Tokens, index: int, meaning: Sequence[Entry | None]) -> bool:
    """ "tony and mark", "Mark, Siobhán", "tony/mark", "mark, mrs tibbs": joined to what can only be a name."""
    behind = index + 1 + (tokens.word(index + 1) == "first")
    then = behind + 1 + (tokens.word(behind + 1) == "then")  # "we do grace first and then anna"
    joined = (tokens.word(behind) in AND and is_name(meaning, then)) or (
        tokens.word(index - 1) in AND and is_name(meaning, index - 2)
    )
    titled = index + 1 + (tokens.word(index + 1) in DOTTED_TITLES)
    listed = (tokens.after(index) in _LISTING and is_name(meaning, titled)) or (
        tokens.gap(index) in _LISTING and is_name(meaning, index - 1)
    )
    return joined or listed


def two_names(tokens: Tokens, index: int, meaning: Sequence[Entry | None]) -> bool:
    """ "price and young": two that may both be names."""
    sides = ((index + 1, index + 2), (index - 1, index - 2))
    others = [meaning[far] for near, far in sides if tokens.word(near) in AND and 0 <= far < len(meaning)]
    return any(other is not None and other.part is not None for other in others)


def behind(tokens: Tokens, index: int, part: Part) -> int:
    """What the next word says."""
    gap, after = tokens.after(index), tokens.word(index + 1)
    modal = tokens.words[index] in MODALS
    if tokens.possessive(index):
        return 8 if modal else 4
    if gap.strip():
        return 0
    after = _without_adverb(tokens, index + 1)
    if is_verb(after):
        return 6
    for words, clue in _BEHIND:
        if after in words:
            if after == "to" and closed(tokens, index + 1):
                return -4  # "Happy to.", "we hope to, yes"
            return clue - (4 if modal and clue < 0 else 0 if part.given or words is not AUXILIARIES else 1)
    if (after.endswith("ed") and len(after) > 4) or (after.endswith("ade") and not weight(after)):
        return 6  # "chaired"; "skickade"
    if part.language == "sv":
        return 1  # a verb: nouns that belong together are written together
    if not weight(after) or tokens.word(index + 2) in _OBJECTS:
        return 0  # "btw"; "Pat send me the ticket"
    # A noun makes an adjective, or half a compound, of what stands before it; some in -s are verbs too.
    return -2 if after.endswith("s") and not after.endswith("ss") else -6


def _without_adverb(tokens: Tokens, index: int) -> str:
    """Word `index`, or the next where it says how or when: "Carol personally recommended", "Hope now gets them"."""
    word, second = tokens.word(index), tokens.word(index + 1)
    if tokens.after(index) != " ":
        return word
    when = word in _NOW and (is_verb(second) or second in SPEECH)
    when = when or (word in ("double", "cross") and second.endswith("ed"))  # "Hope double checked"
    return second if when or word in DEGREE or (word.endswith("ly") and len(word) > 4) else word


def acts(tokens: Tokens, index: int) -> bool:
    """Whether what somebody does, is or has comes next."""
    after = tokens.word(index + 1)
    does = after in SPEECH or after in AUXILIARIES or is_verb(after) or (after.endswith("ed") and len(after) > 4)
    return does and tokens.after(index) == " "


def no_auxiliary(tokens: Tokens, index: int) -> bool:
    """Whether what comes next shows that a word like "will" or "may" is none here: "may said", "will loves a"."""
    after, second = tokens.word(index + 1), tokens.word(index + 2)
    if tokens.after(index) != " ":
        return False
    inflected = len(after) > 3 and after.endswith("s") and not after.endswith("ss") and second in DETERMINERS
    return (inflected and after not in FUNCTION) or (is_verb(after) and after in SPEECH)


def at_work(tokens: Tokens, index: int) -> bool:
    """ "Faith holding the space", "Noel covering.", "Grant not confident": what notes say that somebody is at."""
    after, second = tokens.word(index + 1), tokens.word(index + 2)
    if tokens.after(index) != " ":
        return False
    if after == "not" or (after == "too" and closed(tokens, index + 1)):
        return True
    return is_participle(after) and (closed(tokens, index + 1) or second in DETERMINERS | PRONOUNS | TOWARDS)


def that_is_somebody(tokens: Tokens, index: int) -> bool:
    """ "Banks that's you": what is said of somebody who was named."""
    short = tokens.word(index + 1) == "thats"
    said = short or (tokens.word(index + 1), tokens.word(index + 2)) == ("that", "s")
    return said and tokens.after(index) in (" ", ", ") and tokens.word(index + 3 - short) in _OBJECTS | {"you", "her"}


def is_away(tokens: Tokens, index: int) -> bool:
    """ "Quill out until Thursday", "Quill out.": whether the word is noted to be away."""
    after, second = tokens.word(index + 1), tokens.word(index + 2)
    if after in ("out", "off", "away") and second in _WHEN:
        return True
    return after in ("here", "out", "off", "again", "too") and closed(tokens, index + 1)


def feels(tokens: Tokens, index: int) -> bool:
    """ "Field cross.": whether all that is said of the word is how somebody feels."""
    return _adjoins(tokens, index, _FEELINGS) and closed(tokens, index + 1)


def is_dear(tokens: Tokens, index: int) -> bool:
    """ "faith love, come at nine": whether the word is called, warmly."""
    return _adjoins(tokens, index, _ENDEARMENTS) and tokens.word(index + 2) not in AND


def _adjoins(tokens: Tokens, index: int, words: frozenset[str]) -> bool:
    """Whether one of `words` comes next; what follows a modal is a verb ("will love it")."""
    return tokens.word(index + 1) in words and tokens.after(index) == " " and tokens.words[index] not in MODALS


def closed(tokens: Tokens, index: int) -> bool:
    """Whether a clause, a line or the text ends behind the word."""
    gap = tokens.after(index)
    return gap[:1] in CLOSING or "\n" in gap or tokens.word(index + 1) in KISSES or not tokens.word(index + 1)
