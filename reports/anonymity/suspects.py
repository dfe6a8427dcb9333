"""People and organisations that are not on the roster, as far as capitals give them away: put to a human."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from .compiled import Compiled
from .findings import UNLISTED_ORGANISATION, UNLISTED_PERSON
from .tokens import Tokens
from .words import (
    COMMON,
    COMMON_CAPITALS,
    DETERMINERS,
    GENERIC,
    NOT_A_WORD,
    ORGANISATION_HEADS,
    PARTICLES,
    PRONOUNS,
    RARE,
    SHORT_MONTHS,
    SMALL,
    SPEECH,
    TITLES,
    abbreviations,
    given_names,
    is_given_name,
    places,
    weight,
)

Settled = Callable[[int, int], bool]  # is this place of the input removed already, or allowed to stay?

_LINKS = frozenset(("of", "for", "and", "in", "y", "och", "för")) | PARTICLES - SMALL
_LINKS_OF_TWO = frozenset(("of the", "for the", "in the", "de la", "van der", "von der", "van den"))
_WORD_LINKS = frozenset(("from", "to", "on"))  # between everyday words: "Voices from Care"
_NOUN_ENDINGS = (
    "ity",
    "ities",
    "ness",
    "tion",
    "tions",
    "ment",
    "ments",
    "ism",
    "ing",
    "ship",
    "ology",
    "ised",
    "ized",
)
_LINE = 12  # words either side, that tell a heading
_CONTRACTED = frozenset(("t", "ve", "ll", "re", "d", "m"))


@dataclass(frozen=True, slots=True)
class Suspect:
    """A passage to be put to a human, at `start` to `end` of the input."""

    start: int
    end: int
    type: str
    why: str


def unlisted(tokens: Tokens, compiled: Compiled, gone: Settled, stays: Settled) -> Iterator[Suspect]:
    """Runs of capitals that name somebody or something not on the roster.

    What is `gone` already ends a run; a run, or a part of it before or after "and", that `stays` is passed over.
    """
    for whole in _runs(tokens, gone):
        for first, last in _parted(tokens, *whole, stays):
            trimmed = _trimmed(tokens, first, last, compiled.language)
            if trimmed is None or stays(*_place(tokens, *trimmed)) or _shouted(tokens, *trimmed):
                continue
            kind = _kind(tokens, *trimmed, compiled)
            if kind is not None:
                why = UNLISTED_PERSON if kind == "PERSON" else UNLISTED_ORGANISATION
                yield Suspect(*_place(tokens, *trimmed), kind, why)


def unlisted_in_small_letters(tokens: Tokens, compiled: Compiled) -> Iterator[Suspect]:
    """Given names that are no words, where a sentence has no capitals to go by; with the surname behind, if it is none.

    The rest of what capitals give away cannot be told from words there.
    """
    if given_names().keys().isdisjoint(tokens.words):
        return
    for index, word in enumerate(tokens.words):
        if word not in given_names() or len(word) < 3 or not _unknown(word, compiled):
            continue
        if not tokens.capital(index) and tokens.caseless(index):
            behind = tokens.word(index + 1)
            surname = behind.isalpha() and tokens.after(index) == " " and _unknown(behind, compiled)
            yield Suspect(*_place(tokens, index, index + surname), "PERSON", UNLISTED_PERSON)


def _place(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    return tokens.view.span(tokens.starts[first], tokens.ends[last])


# --- finding the runs ------------------------------------------------------------------


def _capitals(tokens: Tokens, gone: Settled) -> list[bool]:
    original, view = tokens.view.original, tokens.view
    starts = tokens.starts if view.starts is None else [view.starts[start] for start in tokens.starts]
    capital = [original[start : start + 1].isupper() for start in starts]
    for index, is_capital in enumerate(capital):
        if is_capital and gone(*_place(tokens, index, index)):
            capital[index] = False
    return capital


def _runs(tokens: Tokens, gone: Settled) -> Iterator[tuple[int, int]]:
    """Capitalised words that stand together with the small words between them: first and last."""
    capital = _capitals(tokens, gone)
    index = 0
    while index < len(capital):
        if not capital[index]:
            index += 1
            continue
        begin = last = index
        while step := _step(tokens, capital, last):
            last += step
        if tokens.word(last + 1) in ORGANISATION_HEADS and tokens.after(last) == " " and last > begin:
            last += 1  # "Young People and Education committee"
        yield _leftwards(tokens, capital, begin, last), last
        index = last + 1


def _step(tokens: Tokens, capital: list[bool], last: int) -> int:
    """How many words further the run reaches beyond `last`: 0 when it ends there."""
    following = last + 1
    if following >= len(capital):
        return 0
    gap = tokens.after(last)
    if capital[following]:
        return int(gap in (" ", "-", "'", " & ", "\n"))
    if gap == "'" and tokens.words[following] == "s" and tokens.after(following) == " ":
        behind = following + 1  # "St Mary's Hospital", "Children's Services"; not "Anna's Tuesday"
        return 2 if behind < len(capital) and capital[behind] and tokens.words[behind] in GENERIC else 0
    if gap != " " or following + 1 >= len(capital) or tokens.after(following) != " ":
        return 0
    link = tokens.words[following]
    if capital[following + 1]:
        everyday = (
            link in _WORD_LINKS and weight(tokens.words[last]) > NOT_A_WORD and not is_given_name(tokens.words[last])
        )
        return 2 if link in _LINKS or everyday else 0
    pair = f"{link} {tokens.words[following + 1]}"
    if pair in _LINKS_OF_TWO and following + 2 < len(capital) and tokens.after(following + 1) == " ":
        return 3 if capital[following + 2] else 0
    return 0


def _leftwards(tokens: Tokens, capital: list[bool], first: int, last: int) -> int:
    """Takes in the list before "and … Committee": "Children, *Young People and Education Committee*"."""
    if tokens.words[last] not in ORGANISATION_HEADS or "and" not in tokens.words[first:last]:
        return first
    while first > 0 and capital[first - 1] and tokens.gap(first) == ", ":
        first -= 1
        while first > 0 and capital[first - 1] and tokens.gap(first) == " " and not tokens.begins_sentence(first - 1):
            first -= 1
    return first


def _parted(tokens: Tokens, first: int, last: int, stays: Settled) -> Iterator[tuple[int, int]]:
    """The run itself; or its parts, when it is a list of which one part stays ("the NHS and Anna's clinic")."""
    joints = [i for i in range(first + 1, last) if tokens.words[i] == "and"]
    edges = [first - 1, *joints, last + 1]
    parts = [(a + 1, b - 1) for a, b in pairwise(edges) if a + 1 <= b - 1]
    if joints and not stays(*_place(tokens, first, last)) and any(stays(*_place(tokens, *part)) for part in parts):
        yield from parts
    else:
        yield first, last


def _trimmed(tokens: Tokens, first: int, last: int, language: str) -> tuple[int, int] | None:
    """The run without a first word that is capitalised because a sentence begins."""
    words = tokens.words
    if tokens.after(last) == "'" and tokens.word(last + 1) in _CONTRACTED:
        last -= 1
    if first <= last and tokens.begins_sentence(first) and words[first] not in TITLES:
        ordinary = weight(words[first], language) > RARE or words[first] in SMALL
        person = last > first and is_given_name(words[first]) and weight(words[first + 1], language) == NOT_A_WORD
        named = words[first] not in DETERMINERS | SMALL and any(
            words[i] in ORGANISATION_HEADS for i in range(first + 1, last + 1)
        )
        if ordinary and not person and not named and not (words[first] == "o" and last > first):
            first += 1
    while first <= last and (words[first] in DETERMINERS | SMALL | PRONOUNS or words[first] in SHORT_MONTHS):
        first += 1
    return (first, last) if first <= last else None


def _shouted(tokens: Tokens, first: int, last: int) -> bool:
    """Several words in capitals in a sentence of capitals: they say nothing."""
    return last > first and tokens.upper(first) and tokens.upper(last) and tokens.caseless(first)


# --- judging them ------------------------------------------------------------------------


def _kind(tokens: Tokens, first: int, last: int, compiled: Compiled) -> str | None:
    """PERSON or ORG, or None when the run names neither."""
    words = tokens.words[first : last + 1]
    main = [word for word in words if word not in SMALL and word not in TITLES]
    if (
        not main
        or " ".join(words) in places()
        or all(word in COMMON_CAPITALS or word in places() or word.isdigit() for word in main)
    ):
        return None
    if words[0] in TITLES or tokens.word(first - 1) in TITLES or _person(tokens, first, last, main):
        return "PERSON"
    single = len(main) == 1
    named = _single(tokens, first, last, compiled, main) if single else _several(tokens, first, last, compiled, main)
    return "ORG" if named else None


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


def _does_something(tokens: Tokens, last: int) -> bool:
    """Whether what people and bodies do, or what they have, comes next ("Northmoor said", "Northmoor's plan")."""
    owns = tokens.after(last) == "'" and tokens.word(last + 1) == "s"
    return owns or (tokens.word(last + 1) in SPEECH and tokens.after(last) == " ")


def _unknown(word: str, compiled: Compiled) -> bool:
    return word not in compiled.known and weight(word, compiled.language) == NOT_A_WORD


def _person(tokens: Tokens, first: int, last: int, main: list[str]) -> bool:
    """A given name with what follows it; by itself only where a capital means something."""
    if main[0] == "o" and len(main) > 1:  # "O'Neill"
        return True
    if len(main) > 4 or not is_given_name(main[0]) or any(word in ORGANISATION_HEADS for word in main):
        return False
    if tokens.upper(first) and len(main[0]) <= 3:
        return False
    if len(main) > 1:
        return True
    strength = weight(main[0])
    limit = NOT_A_WORD if _begins(tokens, first) else COMMON
    return strength <= limit or tokens.word(last + 1) in SPEECH or (strength <= RARE and _does_something(tokens, last))


def _single(tokens: Tokens, first: int, last: int, compiled: Compiled, main: list[str]) -> bool:
    unknown = _unknown(main[0], compiled)
    written = tokens.written(first)
    if written.isupper():
        said = unknown or (len(written) >= 4 and weight(main[0]) <= RARE)  # UNISON
        return len(written) >= 3 and said and written not in abbreviations() and main[0] not in compiled.known
    beside = tokens.word(last + 1) in ORGANISATION_HEADS or tokens.word(first - 1) in ORGANISATION_HEADS
    if _begins(tokens, first) and not beside:
        return unknown and _does_something(tokens, last) and not main[0].endswith(_NOUN_ENDINGS)
    return unknown and len(written) > 2


def _several(tokens: Tokens, first: int, last: int, compiled: Compiled, main: list[str]) -> bool:
    unknown = any(_unknown(word, compiled) for word in main)
    if any(word in ORGANISATION_HEADS for word in main):
        return True
    if _heading(tokens, first) or {tokens.after(i) for i in range(first, last)} == {"-"}:
        opens = _begins(tokens, first)  # where any word has a capital, everyday ones are no evidence
        return any(_unknown(word, compiled) for word in (main[1:] if opens else main))
    if unknown:
        return True
    linked = any(tokens.words[i] in ("for", "from", "to") for i in range(first, last))
    return linked or not all(word in COMMON_CAPITALS or word in GENERIC for word in main)
