"""Reading one view of a text against a compiled roster: where do its people and organisations stand?"""

from collections.abc import Iterator
from dataclasses import dataclass

from .compiled import Compiled, Entry
from .context import Verdict, organisation, person
from .fold import View
from .organisations import Phrase
from .tokens import Tokens
from .words import (
    GENERIC,
    NOT_A_WORD,
    PARTICLES,
    SMALL,
    TITLES,
    VERY_COMMON,
    abbreviations,
)

_LETTER_GAPS = frozenset((" ", ".", ". ", "-", "_", "*", "·", ".-", "  "))
_NOT_INITIALS = frozenset(["ie", "eg", "am", "pm", "uk", "us", "ps", "nb", "cf", "ca", "vs", "ea", "eu"])


@dataclass(frozen=True, slots=True)
class Hit:
    """An identity in the input at `start` to `end`; `sure` hits are removed, the others put to a human."""

    start: int
    end: int
    type: str
    sure: bool
    genitive: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    """Words `first` to `last` taken together."""

    first: int
    last: int
    type: str
    verdict: Verdict
    genitive: bool = False


def scan(view: View, compiled: Compiled) -> Iterator[Hit]:
    """Every identity of the roster in the view, left to right, none overlapping another."""
    tokens = Tokens(view)
    memory, look_up, words = compiled.memory, compiled.look_up, tokens.words
    for word in set(words).difference(memory):
        look_up(word)
    meaning = [memory[word] if word in memory else look_up(word) for word in words]
    reached = -1
    for index, entry in enumerate(meaning):
        if entry is None or index <= reached:
            continue
        run = _best(tokens, meaning, index, reached, compiled)
        if run is not None and run.verdict is not Verdict.WORD:
            reached = run.last
            yield _hit(tokens, run)


def _hit(tokens: Tokens, run: _Run) -> Hit:
    end, genitive = tokens.ends[run.last], run.genitive
    following = tokens.after(run.last)
    if following[:1] == "'" and tokens.word(run.last + 1) == "s" and following == "'":
        end, genitive = tokens.ends[run.last + 1], True
    elif following[:2] == "' " and tokens.words[run.last].endswith("s") and run.last + 1 < len(tokens.words):
        end, genitive = end + 1, True
    start, stop = tokens.view.span(tokens.starts[run.first], end)
    return Hit(start, stop, run.type, run.verdict is Verdict.NAME, genitive)


def _best(
    tokens: Tokens,
    meaning: list[Entry | None],
    index: int,
    reached: int,
    compiled: Compiled,
) -> _Run | None:
    """The longest identity that begins at word `index`; between equals, a sure one."""
    entry = meaning[index]
    assert entry is not None
    found = [run for run in _phrases(tokens, entry, index, compiled)]
    if entry.letter:
        found += _letters(tokens, meaning, index, compiled)
    elif entry.part is not None or entry.type or entry.initials:
        run = _name(tokens, meaning, index, reached)
        if run is not None:
            found.append(run)
    found = [run for run in found if run.verdict is not Verdict.WORD]
    return max(
        found,
        key=lambda run: (run.last - run.first, run.verdict is Verdict.NAME),
        default=None,
    )


# --- organisations and job titles -------------------------------------------------


def _phrases(tokens: Tokens, entry: Entry, index: int, compiled: Compiled) -> Iterator[_Run]:
    for phrase in entry.phrases:
        last = _follow(tokens, phrase, index, compiled)
        if last is None:
            continue
        verdict = _phrase_verdict(tokens, phrase, entry, index, last)
        if verdict is Verdict.WORD:
            continue
        first, last = _swallow(tokens, index, last, phrase)
        yield _Run(first, last, phrase.type, verdict, entry.genitive and last == index)


def _follow(tokens: Tokens, phrase: Phrase, index: int, compiled: Compiled) -> int | None:
    """The last word of the phrase when it begins at `index`, small words passed over; None when it does not."""
    position = index
    for wanted in phrase.words[1:]:
        position += 1
        skipped = 0
        while tokens.word(position) in SMALL and tokens.word(position) != wanted and skipped < 3:
            position += 1
            skipped += 1
        word = tokens.word(position)
        if word != wanted and (not word or compiled.canonical(word) != wanted):
            return None
        gap = tokens.gap(position)
        if len(gap) > 4 or "\n\n" in gap or (". " in gap and len(wanted) > 1):
            return None
    return position


def _phrase_verdict(tokens: Tokens, phrase: Phrase, entry: Entry, first: int, last: int) -> Verdict:
    if phrase.acronym:
        if tokens.upper(first) and not (tokens.caseless(first) and phrase.weight):
            return Verdict.NAME
        return Verdict.NAME if phrase.weight == NOT_A_WORD and len(phrase.words[0]) >= 3 else Verdict.WORD
    if phrase.weight == NOT_A_WORD or not entry.exact or (phrase.listed and len(phrase.words) > 1):
        return Verdict.NAME
    if len(phrase.words) > 1 and not phrase.listed and tokens.caseless(first):
        return Verdict.UNSURE
    return organisation(tokens, first, last)


def _swallow(tokens: Tokens, first: int, last: int, phrase: Phrase) -> tuple[int, int]:
    """Takes in the capitalised generic words around an organisation's short name ("Northgate *Hospital*")."""
    if phrase.type != "ORG" or tokens.caseless(first):
        return first, last
    while tokens.word(last + 1) in GENERIC and tokens.capital(last + 1) and tokens.after(last) in (" ", "-"):
        last += 1
    while tokens.word(first - 1) in GENERIC and tokens.capital(first - 1) and tokens.gap(first) in (" ", "-"):
        first -= 1
    return first, last


# --- people ------------------------------------------------------------------------


def _name(
    tokens: Tokens,
    meaning: list[Entry | None],
    index: int,
    reached: int,
    first: int | None = None,
) -> _Run | None:
    """The run of name words that begins at `index`: given names, initials, particles and surnames."""
    entry = meaning[index]
    assert entry is not None
    last, sure, genitive, people, count = index - 1, False, False, None, 0
    position = index
    while position < len(tokens.words):
        current = meaning[position]
        if position > index and not tokens.joins(position) and not _inverted(tokens, position, current, people):
            break
        if current is not None and (current.part is not None or current.type):
            mine = current.part.people if current.part is not None else set[int]()
            if (
                people is not None
                and mine
                and not people & mine
                and not (current.part and current.part.weight == NOT_A_WORD)
            ):
                break
            together = mine if people is None else people & mine
            count += bool(together) or bool(current.type)
            people = together or people or mine
            sure = (
                sure
                or bool(current.type)
                or not current.exact
                or (current.part is not None and current.part.weight == NOT_A_WORD)
            )
            last, genitive = position, current.genitive
        elif not _between(tokens, meaning, position, people):
            break
        position += 1
    if last < index:
        return _initials(tokens, entry, index)
    begin = _backwards(tokens, meaning, index, reached) if first is None else first
    titled = (
        begin > 0
        and begin - 1 > reached
        and tokens.words[begin - 1] in TITLES
        and tokens.gap(begin) in (" ", ". ", ".")
    )
    if titled:
        begin -= 1
    last, letter = _trailing_letter(tokens, last, people, meaning)
    initial = first is not None and first < index
    if sure or titled or count > 1 or letter or initial:
        return _Run(begin, last, "PERSON", Verdict.NAME, genitive)
    if entry.part is None:
        return None
    verdict = person(tokens, index, entry.part)
    if verdict is not Verdict.NAME and (run := _initials(tokens, entry, index)) is not None:
        return run
    return _Run(begin, last, "PERSON", verdict, genitive)


def _inverted(tokens: Tokens, position: int, entry: Entry | None, people: set[int] | None) -> bool:
    """ "Lindqvist, Anna": the same person's other name behind a comma."""
    shared = (
        entry is not None and entry.part is not None and bool(people) and bool(entry.part.people & (people or set()))
    )
    return shared and tokens.gap(position) == ", " and tokens.words[position] != tokens.words[position - 1]


def _between(tokens: Tokens, meaning: list[Entry | None], position: int, people: set[int] | None) -> bool:
    """Whether a particle or an initial stands here with more of the name behind it."""
    if tokens.words[position] not in PARTICLES and len(tokens.words[position]) > 1:
        return False
    for ahead in range(position + 1, min(position + 4, len(tokens.words))):
        if not tokens.joins(ahead) and tokens.gap(ahead) != ". ":
            return False
        entry = meaning[ahead]
        if entry is not None and entry.part is not None and (people is None or entry.part.people & people):
            return tokens.words[position] != "and" and tokens.words[position] != "of"
        if tokens.words[ahead] not in PARTICLES and len(tokens.words[ahead]) > 1:
            return False
    return False


def _backwards(tokens: Tokens, meaning: list[Entry | None], index: int, reached: int) -> int:
    """Where the name begins once its particles are taken in ("van der Berg", "O'Brien", "ní Bhriain")."""
    entry = meaning[index]
    particles = entry.part.particles if entry is not None and entry.part is not None else set[str]()
    first = index
    while first - 1 > reached and tokens.words[first - 1] in particles and tokens.joins(first):
        first -= 1
    return first


def _trailing_letter(
    tokens: Tokens, last: int, people: set[int] | None, meaning: list[Entry | None]
) -> tuple[int, bool]:
    """ "Anna L." and "Mark P": an initial behind a given name belongs to it."""
    letter = tokens.word(last + 1)
    if (
        len(letter) != 1
        or letter == "s"
        or letter.isdigit()
        or tokens.after(last) != " "
        or not tokens.capital(last + 1)
    ):
        return last, False
    entry = meaning[last + 1]
    if (
        entry is None
        or not entry.letter
        or letter == "i"
        or (len(tokens.word(last + 2)) == 1 and tokens.after(last + 1) == ".")
    ):
        return last, False
    return last + 1, bool(people)


def _initials(tokens: Tokens, entry: Entry, index: int) -> _Run | None:
    """ "AL said": capitals that are somebody's initials and no abbreviation."""
    written = tokens.written(index)
    if not entry.initials or not written.isupper() or tokens.caseless(index) or written in abbreviations():
        return None
    if entry.word in _NOT_INITIALS or (entry.part is not None and entry.part.weight == VERY_COMMON):
        return None
    return _Run(index, index, "PERSON", Verdict.NAME, entry.genitive)


def _letters(tokens: Tokens, meaning: list[Entry | None], index: int, compiled: Compiled) -> list[_Run]:
    """Single letters: initials before a surname, dotted acronyms and initials, and spaced-out words."""
    last = index
    while len(tokens.word(last + 1)) == 1 and tokens.after(last) in _LETTER_GAPS:
        last += 1
    behind = last + 1
    while (
        tokens.word(behind) in PARTICLES and behind < last + 4 and (tokens.joins(behind) or tokens.gap(behind) == ". ")
    ):
        behind += 1
    following = meaning[behind] if behind < len(meaning) else None
    if following is not None and following.part is not None and tokens.after(last) in (" ", ".", ". ", "-", "_"):
        dotted = "." in tokens.after(last)
        if (dotted or tokens.capital(index)) and not (
            tokens.words[last] in ("i", "a") and not dotted and last == index
        ):
            run = _name(tokens, meaning, behind, index - 1, first=index)
            if run is not None:
                return [run]
    if last == index:
        return []
    return _spelt(tokens, index, last, compiled)


def _spelt(tokens: Tokens, first: int, last: int, compiled: Compiled) -> list[_Run]:
    letters = "".join(tokens.words[first : last + 1])
    dotted = "." in tokens.after(first)
    entry = compiled.look_up(letters) if len(letters) > 1 else None
    if entry is not None and letters not in _NOT_INITIALS:
        acronym = any(phrase.acronym for phrase in entry.phrases if len(phrase.words) == 1)
        if acronym and (dotted or len(letters) > 2):
            return [_Run(first, last, "ORG", Verdict.NAME)]
        if entry.initials and dotted:
            return [_Run(first, last, "PERSON", Verdict.NAME)]
        if len(letters) > 2 and (entry.part is not None or entry.type):
            return [_Run(first, last, entry.type or "PERSON", Verdict.NAME)]
        if len(letters) > 2 and any(len(phrase.words) == 1 for phrase in entry.phrases):
            return [_Run(first, last, "ORG", Verdict.NAME)]
    if compiled.inside is not None and len(letters) >= 5 and (match := compiled.inside.search(letters)):
        return [
            _Run(
                first + match.start(),
                first + match.end() - 1,
                compiled.inside_types[match.group()],
                Verdict.NAME,
            )
        ]
    return []
