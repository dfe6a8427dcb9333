"""Names and words where no capital tells: in a text all in small letters or all in capitals, or typed in a hurry."""

from collections.abc import Sequence

from .compiled import Entry
from .names import Part
from .neighbours import (
    AND,
    BESIDE_PEOPLE,
    MODALS,
    acts,
    at_work,
    behind,
    beside_a_name,
    closed,
    feels,
    is_away,
    is_dear,
    is_name,
    no_auxiliary,
    that_is_somebody,
    two_names,
)
from .tokens import Tokens
from .words import (
    ADDRESSING,
    ARTICLES,
    AUXILIARIES,
    CLAUSE_OPENERS,
    COMMON,
    DEGREE,
    DETERMINERS,
    FUNCTION,
    GREETING,
    PLACING,
    PRONOUNS,
    QUANTITY,
    QUESTIONS,
    RARE,
    REACHING,
    REPORTING,
    SUBJECTS,
    TELLING,
    TOWARDS,
    VERY_COMMON,
    is_participle,
    is_verb,
    weight,
)

DOUBT = -5  # from here on a human decides: five words for each name that it spares a reader who knows them
_ADDRESSED = 8  # from here on the word before calls or tells somebody, whatever follows
_AGAIN = frozenset(("again", "here", "speaking", "calling"))
_THIS_IS = frozenset(["it s", "that s", "this s", "who s", "here s", "name s", "i m", "mine is"])
_RUN_TOGETHER = frozenset(["its", "im", "thats", "whos"])  # the same in a hurry, or "its" as of a thing
_NAMING = frozenset(["name is", "well done"])  # a name follows
_ADDRESSING_BOTH_SIDES = frozenset(["let know", "call back", "ring back", "phone back", "rang back", "called back"])
_HEARING = frozenset(["hear", "hears", "heard", "hearing"])
_CALLING = (TELLING | REACHING) - GREETING
_THEIRS = frozenset(("her", "his", "hennes", "hans"))  # "hope and her team"
_ASKING_AFTER = frozenset(("asked", "asks", "asking", "looked", "looks", "looking", "named", "called"))
_THINGS = frozenset(("it", "this", "that", "them", "these", "those", "one"))
_GETTING = frozenset(["get", "gets", "got", "getting"])
GIVING = frozenset(("give", "gives", "gave", "given", "giving", "send", "sends", "sent", "show", "showed", "offer"))
GIVING |= {"offered", "hand", "handed", "lend", "lent", "owe", "owes", "owed", "buy", "bought", "ge", "gav", "skicka"}
_OBJECTS = frozenset(["you", "me", "us", "him", "them"])
_OF_WHICH = frozenset(
    ("lot", "lots", "bit", "plenty", "full", "kind", "sort", "sense", "deal", "amount", "degree", "lack")
)
_HELD = frozenset(("in", "under", "through", "within"))
_PROPOSING = frozenset(("proposed", "seconded", "nominated", "elected", "coopted", "foreslog", "valde"))
_PROPOSING_THAT = frozenset(("asked", "asks", "proposed", "proposes", "suggested", "suggests", "requested"))
_LISTING = frozenset((", ", "; ", "\n"))
_LED = frozenset(["led", "run", "style", "wide"])
_ASKING = AUXILIARIES | {"do", "are"}
_ADJECTIVE_FOLLOWS = DEGREE | QUANTITY | SUBJECTS
_VERB_FOLLOWS = _ASKING | {"be", "not", "s", "t", "re", "ve", "ll", "d", "m"}


def without_case(tokens: Tokens, index: int, part: Part, meaning: Sequence[Entry | None]) -> int:
    """The clues for word `index` added up: only the neighbours tell."""
    if tokens.after(index) == "-" and tokens.word(index + 1) in _LED:
        return 0  # "a sharp-led warm-up"
    clues = _by_itself(tokens, index, part)
    ends = closed(tokens, index)
    if ends and _reported(tokens, index, part):
        return clues + 8
    before = _before(tokens, index, part)
    clues += before
    starts = _starts(tokens, index)
    if _spoken_to(tokens, index, part, starts=starts, ends=ends) or beside_a_name(tokens, index, meaning):
        return clues + 6
    if _asked_or_told_of(tokens, index, part, meaning, starts=starts):
        return max(clues, DOUBT)
    if _reached_at(tokens, index) or _corrected(tokens, index, part, meaning):
        return clues + 8
    if two_names(tokens, index, meaning):
        clues += 5
    elif starts and part.given and _is_busy(tokens, index, part):
        return clues + 4
    elif starts and (acts(tokens, index) or tokens.word(index + 1) == "to"):
        clues += 2
    toward = tokens.word(index - 1) in TOWARDS
    amid = tokens.word(index - 1) in BESIDE_PEOPLE and _amid(tokens.word(index + 1), part)
    if ends or amid:  # not "and mark the date"
        clues += 3 if toward and part.given else 1 if part.weight == RARE else 0
        return max(clues, DOUBT) if _called(tokens, index, part) else clues
    said = behind(tokens, index, part)
    addressed = before >= _ADDRESSED and tokens.words[index] not in MODALS
    return clues + (max(0, said) if addressed else said)  # "told joy that he came", but "thanks will you"


def _by_itself(tokens: Tokens, index: int, part: Part) -> int:
    """What the word says, and what a hyphen makes of it."""
    clues = {RARE: 2, COMMON: 1, VERY_COMMON: -2}.get(part.weight, 4) + (1 if part.given else -1)
    if tokens.words[index] in MODALS:
        clues += 6 if no_auxiliary(tokens, index) and not tokens.asks(index) else -3
    coloured = tokens.after(index) == "-" and tokens.word(index + 1).endswith("ed")  # "rose-coloured"
    return clues - 6 if coloured else clues


def _starts(tokens: Tokens, index: int) -> bool:
    """Whether a sentence or a line begins here; not one that was broken behind a small word: "a lot of\npatience"."""
    gap = tokens.gap(index)
    broken = gap == "\n" and tokens.word(index - 1) in FUNCTION
    return index == 0 or (bool(gap.strip(" '\"")) and not broken)


def _amid(after: str, part: Part) -> bool:
    """Whether what stands beside people may end before the word: "with grace for an hour", "with grace sending it".

    What many people put in something, or work under, they may have themselves: "with faith in us".
    """
    if after in TOWARDS or after in PRONOUNS:
        return True
    return part.given and part.weight < VERY_COMMON and (is_participle(after) or after in PLACING - _HELD)


def _spoken_to(tokens: Tokens, index: int, part: Part, *, starts: bool, ends: bool) -> bool:
    """Alone, or called by name, or named beside oneself."""
    after, second = tokens.word(index + 1), tokens.word(index + 2)
    noted = starts and tokens.begins_line(index) and tokens.after(index) == " - "  # "2. joy – the list"
    if noted or (
        starts and (ends or (after in _ASKING and second in PRONOUNS) or (after == "you" and part.weight == RARE))
    ):
        return True  # "pat do you want", "robin you write"
    if starts and (that_is_somebody(tokens, index) or feels(tokens, index) or (part.given and is_dear(tokens, index))):
        return True
    before = {tokens.word(index - 1), tokens.word(index - 2)}
    if part.given and after in _ASKING and second == "you" and before.isdisjoint(DETERMINERS):
        return True  # "be nice mark do you want to start"
    return after in AND and (second in _THEIRS or (part.given and second in ("i", "me")))  # "will and i"


def _asked_or_told_of(tokens: Tokens, index: int, part: Part, meaning: Sequence[Entry | None], *, starts: bool) -> bool:
    """ "hope which one is it?", "it was hope and she said no", "asked that hope lead": who is called so, or a word."""
    before, after, second = tokens.word(index - 1), tokens.word(index + 1), tokens.word(index + 2)
    if before == "that" and tokens.word(index - 2) in _PROPOSING_THAT and part.given:
        return tokens.after(index) == " " and after not in FUNCTION
    if tokens.after(index) != " " or before in DETERMINERS:
        return False
    if before.isdigit() and after.isdigit() and tokens.gap(index) in _LISTING and is_name(meaning, index - 2):
        return True  # "lind 39, hand 30."
    if (starts and is_away(tokens, index)) or (part.given and before == "let" and after not in FUNCTION):
        return True  # "little off sick", "let summer sit"
    if not part.given:
        return starts and at_work(tokens, index) and second in DETERMINERS  # "field writing this"
    asked = starts and after in QUESTIONS and tokens.words[index] not in MODALS and tokens.asks(index)
    return asked or (after in AND and second in ("he", "she", "han", "hon") and acts(tokens, index + 2))


def _reported(tokens: Tokens, index: int, part: Part) -> bool:
    """ "…," said Grace. "…", sa Dag. And whom somebody proposed."""
    before = tokens.word(index - 1)
    if tokens.gap(index) != " ":
        return False
    if part.language != "sv":
        return before in REPORTING or before in _PROPOSING
    told = before == "sa" and tokens.written(index - 1) == "sa" and tokens.begins_clause(index - 1)  # not "så dag"
    return told or before in REPORTING or before.endswith("ade")


def _corrected(tokens: Tokens, index: int, part: Part, meaning: Sequence[Entry | None]) -> bool:
    """ "It's sheikh not shaikh": one spelling of a name and another."""
    sides = ((index + 1, index + 2), (index - 1, index - 2))
    others = [meaning[far] for near, far in sides if tokens.word(near) in ("not", "inte") and 0 <= far < len(meaning)]
    return any(
        other is not None and not other.exact and other.part is not None and bool(other.part.people & part.people)
        for other in others
    )


def _is_busy(tokens: Tokens, index: int, part: Part) -> bool:
    """ "joy covering.", "pip taking notes": what notes say that somebody does, who is hardly a word besides."""
    if tokens.words[index] in MODALS:
        return False
    rare = part.weight <= RARE and tokens.after(index) == " "
    return at_work(tokens, index) or (rare and is_participle(tokens.word(index + 1)))


def _reached_at(tokens: Tokens, index: int) -> bool:
    """ "… or to mark on 01752 555 0187": a telephone number comes next."""
    number = tokens.word(index + 2)
    return tokens.word(index + 1) in ("on", "at", "via") and number.isdigit() and len(number) > 4


def _called(tokens: Tokens, index: int, part: Part) -> bool:
    """ "That's huge mark", "the first was hope.": at the end of what is said."""
    if not part.given or tokens.word(index - 1) in ARTICLES:
        return False
    quoted = tokens.after(index)[:1] in ('"', "”", "»")
    return (
        quoted
        or index + 1 == len(tokens.words)
        or "\n" in tokens.after(index)
        or tokens.word(index - 1) in ("is", "was")
    )


def _before(tokens: Tokens, index: int, part: Part) -> int:
    """What the word before says."""
    before = tokens.word(index - 1) if not tokens.gap(index).strip(" \n\"'") else ""
    if part.given and before in CLAUSE_OPENERS and (acts(tokens, index) or tokens.possessive(index)):
        return 2  # "what Nick said", "that rich's idea"
    wrapped = before in FUNCTION or before in TELLING
    if not before or ("\n" in tokens.gap(index) and not wrapped):
        return 0  # what ended a line of notes, and does not go on in the next
    if (
        f"{tokens.word(index - 2)} {before}" in _NAMING
        or f"{before} {tokens.word(index + 1)}" in _ADDRESSING_BOTH_SIDES
    ):
        return 12
    if part.given and (said := _before_a_given_name(tokens, index, before)) is not None:
        return said
    return _before_a_name(tokens, index, part, before)


def _before_a_name(tokens: Tokens, index: int, part: Part, before: str) -> int:
    """What the word before says of any name."""
    if part.language == "sv" and before in SUBJECTS and tokens.word(index - 2) in _CALLING:
        return 8  # "sedan ringde vi björk"
    if before == "of" and tokens.word(index - 2) in _OF_WHICH:
        return -8  # "a lot of patience", "full of hope"
    if before == "which" and tokens.word(index - 2) in TOWARDS | PLACING | {"of"} and acts(tokens, index):
        return 0  # "of which field has four"
    if before in ARTICLES or before in DETERMINERS:
        return -12
    if before in TELLING and tokens.word(index - 2) not in DETERMINERS:  # not "the phone bill"
        return 8 if part.given or not _before_a_noun(tokens, index) else 1  # "ask field staff"
    if before in _ADJECTIVE_FOLLOWS or before.isdigit():
        return -8
    if before in _VERB_FOLLOWS:
        return 0 if before in _ASKING and _opens(tokens, index - 1) else -6
    if before in TOWARDS or before in CLAUSE_OPENERS:
        return -2 if before == "to" else 1  # to mark, or to Mark
    owns = before in _OBJECTS and tokens.possessive(index)  # "send me page's template"
    return 0 if before in FUNCTION or is_verb(before) or owns else _behind_a_noun(tokens, index)


def _before_a_given_name(tokens: Tokens, index: int, before: str) -> int | None:
    """What the word before says of a given name; None leaves it to what it says of any name."""
    second = tokens.word(index - 2)
    if before in GREETING:
        return 12
    if before == "you" and second == "thank" and closed(tokens, index):
        return 12
    if _in_mind(tokens, index, before, second):
        return 8
    if before in _RUN_TOGETHER:
        said = tokens.word(index + 1) in _AGAIN or second in GREETING or tokens.word(index - 3) in GREETING
        return 4 if said else -3  # "its mark here", "hi anna its mark"
    if before in GIVING and tokens.word(index + 1) in DETERMINERS and tokens.after(index) == " ":
        return 14  # "give grace a ring"
    if before in _GETTING and tokens.word(index + 1) == "to" and _does(tokens.word(index + 2)):
        return 8  # "get dean to ask them"
    opens = _opens(tokens, index - 1) or second in QUESTIONS or tokens.gap(index - 1) == ", "
    if before in _ASKING and opens and tokens.asks(index):
        return 6  # "can gene come?", "what did mark do?"
    this = f"{second} {before}" in _THIS_IS or (second in ("is", "was") and before in ("that", "this", "it"))
    if this and tokens.word(index + 1) in _AGAIN:
        return 8  # "it's mark again"
    with_you = before in _OBJECTS and second in TOWARDS
    fairly = before in DEGREE and (acts(tokens, index) or tokens.possessive(index))  # "also grace's table"
    return 0 if this or with_you or fairly else None  # "it's grace", "is that daisy", "i can go with you dean"


def _in_mind(tokens: Tokens, index: int, before: str, second: str) -> bool:
    """Whether somebody is written to, heard from, asked after or given something."""
    if before in REACHING:
        return second not in DETERMINERS and not tokens.after(index).strip(" ")  # "message grace", no "contact page"
    if before == "to":  # "write to grant", "give it to grace"
        given = second in _THINGS and tokens.word(index - 3) in GIVING | ADDRESSING
        return given or second in ADDRESSING | {"thanks"}
    return (before == "from" and second in _HEARING) or (before == "after" and second in _ASKING_AFTER)


def _behind_a_noun(tokens: Tokens, index: int) -> int:
    return -8 if tokens.word(index - 2) in ARTICLES else -3  # "the phone bell"; "edge case", "call bell"


def _before_a_noun(tokens: Tokens, index: int) -> bool:
    after = tokens.word(index + 1)
    noun = weight(after) and after not in FUNCTION and after not in AUXILIARIES and not is_verb(after)
    return bool(noun) and tokens.after(index) == " "


def _does(word: str) -> bool:
    return is_verb(word) or word in ("do", "be", "have")


def _opens(tokens: Tokens, index: int) -> bool:
    return tokens.begins_sentence(index) or "\n" in tokens.gap(index)
