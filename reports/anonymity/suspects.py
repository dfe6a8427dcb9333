"""People and organisations that are not on the roster, as far as capitals give them away: put to a human."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from .capitals import parted, runs, shouted, trimmed
from .compiled import Compiled
from .everyday import begins_a_body
from .findings import NAME_OR_WORD, OTHER_SCRIPT, UNLISTED_ORGANISATION, UNLISTED_PERSON
from .fold import fold
from .judging import does_something, initial_behind, is_unknown, kind_of
from .names import WORD
from .tokens import Settled, Tokens
from .words import (
    COMMON_CAPITALS,
    DETERMINERS,
    FAMILY_PARTICLES,
    GENERIC,
    PRONOUNS,
    SHORT_MONTHS,
    SMALL,
    SPEECH,
    TITLES,
    VERY_COMMON,
    is_given_name,
    weight,
)

_NEVER_ALONE = DETERMINERS | SMALL | PRONOUNS | SHORT_MONTHS
_BEFORE_BODIES = SPEECH | {"at", "from", "with", "by", "hos", "från", "på", "med", "av"}


class Suspect(NamedTuple):
    """A passage to be put to a human, at `start` to `end` of the input."""

    start: int
    end: int
    type: str
    why: str

    def at(self, start: int, end: int) -> "Suspect":
        """The same at another place."""
        return Suspect(start, end, self.type, self.why)


def unlisted(
    tokens: Tokens, compiled: Compiled, gone: Settled, stays: Settled, met: set[str], *, own: Settled
) -> Iterator[Suspect]:
    """Runs of capitals that name somebody or something not on the roster.

    What is `gone` already ends a run; a run, or a part of it before or after "and", that `stays` is passed over, and so
    is one that is the report's `own` terms, unless it acts as a body does.
    `met` are the surnames that were seen behind a title or a given name so far; those that are met are added.
    """
    for whole in runs(tokens, gone):
        if whole[0] == whole[1] and tokens.words[whole[0]] in _NEVER_ALONE:
            continue  # trimmed() would leave nothing: most capitals are a sentence's
        for first, last in parted(tokens, *whole, stays):
            run = trimmed(tokens, first, last, compiled.language)
            if run is None or stays(*tokens.place(*run)) or _are_terms(tokens, *run, own):
                continue
            if run[0] == run[1] and tokens.is_stopped_title(run[0]):
                continue  # "Bro. Ek", where Ek is gone
            if shouted(tokens, *run) and tokens.word(run[0] - 1) not in TITLES:
                continue
            run, kind = _named(tokens, run, compiled, gone, met)
            surname = tokens.words[run[1]]
            if kind == "PERSON" and run[1] > run[0] and not tokens.upper(run[1]) and _tells(surname, compiled):
                met.add(surname)
            if kind is not None:
                why = UNLISTED_PERSON if kind == "PERSON" else UNLISTED_ORGANISATION
                begin = run[0] - (kind == "PERSON" and _titled(tokens, run[0]))
                end = run[1] + (kind == "PERSON" and initial_behind(tokens, run[1]))
                yield Suspect(*tokens.place(begin, end), kind, why)


def _named(
    tokens: Tokens, run: tuple[int, int], compiled: Compiled, gone: Settled, met: set[str]
) -> tuple[tuple[int, int], str | None]:
    """The run with what belongs to it, and PERSON, ORG or None when it names neither."""
    first, last = run
    kind = kind_of(tokens, first, last, compiled)
    if kind is not None:
        behind = _with_particles(tokens, first)
        return (behind, last), "PERSON" if behind < first else kind
    if first == last and (tokens.words[last] in met or _behind_a_given_name(tokens, first, gone, compiled)):
        return run, "PERSON"  # "Inspector Dalby came. Dalby said"
    begin = begins_a_body(tokens, first, last, gone)
    return (run, None) if begin is None else ((begin, last), "ORG")


def _are_terms(tokens: Tokens, first: int, last: int, own: Settled) -> bool:
    """Whether each part of a run, before and behind "and", is an own term of the report. What says, has or does
    something, is asked, or is where somebody comes from is a body, whatever it is called: "at Turning Point"."""
    joints = [i for i in range(first + 1, last) if tokens.words[i] in ("and", "och")]
    parts = pairwise((first - 1, *joints, last + 1))
    if not all(own(*tokens.place(a + 1, b - 1)) for a, b in parts if a + 1 <= b - 1):
        return False
    return not does_something(tokens, last) and tokens.word(first - 1) not in _BEFORE_BODIES


def _titled(tokens: Tokens, index: int) -> bool:
    """Whether a title that is no part of its run stands before word `index`: "Prof. Ó Murchú", "Ms van 't Hof"."""
    apart = tokens.gap(index) == ". " or (tokens.gap(index) == " " and not tokens.capital(index))
    return apart and tokens.word(index - 1) in TITLES and tokens.capital(index - 1)


def _with_particles(tokens: Tokens, first: int) -> int:
    """Where a surname begins once its particles in small letters are taken in, and an initial before them: "van der
    Zee", "L. van 't Hof"."""
    begin = first
    while begin > 0 and _is_particle(tokens, begin - 1) and tokens.gap(begin) in (" ", " '"):
        begin -= 1
    initial = 0 < begin < first and len(tokens.words[begin - 1]) == 1 and tokens.gap(begin) == ". "
    return begin - (initial and tokens.capital(begin - 1))


def _is_particle(tokens: Tokens, index: int) -> bool:
    return tokens.words[index] in FAMILY_PARTICLES or (tokens.words[index] == "t" and tokens.gap(index) == " '")


def _behind_a_given_name(tokens: Tokens, index: int, gone: Settled, compiled: Compiled) -> bool:
    """Whether the surname of somebody who shares a given name with the roster stands here: "Saga Marten", not ours."""
    if index == 0 or tokens.gap(index) != " " or not tokens.capital(index - 1) or tokens.caseless(index):
        return False
    word, before = tokens.words[index], compiled.look_up(tokens.words[index - 1])
    given = before is not None and before.part is not None and before.part.given
    return given and gone(*tokens.place(index - 1, index - 1)) and word not in COMMON_CAPITALS | GENERIC | TITLES


def _tells(surname: str, compiled: Compiled) -> bool:
    """Whether a surname that was met is one when it stands alone."""
    everyday = weight(surname, compiled.language) == VERY_COMMON or surname in GENERIC
    return not everyday and surname not in compiled.known


def guessed(tokens: Tokens, compiled: Compiled, guesses: Iterable[tuple[int, int, str]]) -> Iterator[Suspect]:
    """The recogniser's guesses but for those in which every word is a number, generic, a country or much used; and
    writing in another SCRIPT, always."""
    for start, end, kind in guesses:
        if kind == "SCRIPT":
            yield Suspect(start, end, kind, OTHER_SCRIPT)
            continue
        words = WORD.findall(fold(tokens.view.original[start:end]))
        if any(is_unknown(word, compiled) and not word[0].isdigit() for word in words):
            yield Suspect(start, end, kind, UNLISTED_PERSON if kind == "PERSON" else UNLISTED_ORGANISATION)


def anything(tokens: Tokens, compiled: Compiled) -> Iterator[Suspect]:
    """Every word that the roster or a capital could make a name of."""
    for index, word in enumerate(tokens.words):
        if tokens.capital(index) or compiled.look_up(word) is not None or is_given_name(word):
            yield Suspect(*tokens.place(index, index), "PERSON", NAME_OR_WORD)
