"""People: runs of given names, initials, particles and surnames as they stand in a text."""

from .beside_names import digraph_before, misheard_before, misheard_behind, with_letter
from .compiled import Entry
from .context import Verdict, means_month, person
from .name_words import clip_verdict, genitive_verdict, is_auxiliary, is_hour, is_month
from .names import Part
from .read_initials import initials_at
from .runs import NameRun, Reading, Run
from .styles import styles_before
from .tokens import Tokens
from .words import GRAMMAR, PARTICLES, RARE, spelt_as_no_word

_HONORIFICS = GRAMMAR["honorifics behind"]
_SAID_SIGNS = frozenset(("hyphen", "dash", "bindestreck"))  # "Lind hyphen Ek", as a name is spelt for the minutes


def name_at(reading: Reading, entry: Entry, index: int, reached: int, first: int | None = None) -> Run | None:
    """The name that begins with word `index`, which means `entry`, not reaching back to word `reached`.

    `first` is the first of the initials before it, if there are any.
    """
    tokens = reading.tokens
    if is_auxiliary(tokens, index, reached) or is_hour(tokens, index) or is_month(tokens, index):
        return None
    if means_month(tokens, index) and not _is_theirs(entry, reading, index + 1):
        return None  # "in april joanna said", who is another
    if entry.part is None and not entry.type and not _may_join(tokens.words[index]):
        clipped = clip_verdict(tokens, index) if entry.clip else Verdict.WORD
        named = clipped is not Verdict.WORD
        return Run(index, index, "PERSON", clipped) if named else initials_at(reading, entry, index)
    run = _read(reading, index)
    if run.last < index:
        return initials_at(reading, entry, index)
    begin = _with_particles(tokens, run.particles, index, reached) if first is None else first
    if begin == index and misheard_before(reading, run, index, entry, reached):
        return Run(index - 1, run.last, "PERSON", Verdict.NAME, run.genitive)
    if first is None and digraph_before(reading, run.people, begin, reached):
        begin = first = begin - 1
        begin = first = begin - _initial_before(reading, run.people, begin, reached)  # "D. Ll. Rees"
    titled = styles_before(tokens, begin, reached)
    last, lettered = with_letter(reading, run) if run.people else (run.last, False)
    if last == index and misheard_behind(reading, run):
        last, lettered = index + 1, True
    if tokens.word(last + 1) in _HONORIFICS and tokens.after(last) in (" ", "-") and not run.genitive:
        last, lettered = last + 1, True  # "Hope ji"
    if run.sure or titled or lettered or run.count > 1 or (begin < index and first is not None):
        return Run(begin - titled, last, "PERSON", Verdict.NAME, run.genitive)
    return None if entry.part is None else _alone(reading, entry.part, entry, run, (begin, index))


def _initial_before(reading: Reading, people: set[int], index: int, reached: int) -> bool:
    """Whether the first letter of a given name of these people stands before word `index`, with a stop."""
    letter, firsts = reading.tokens.word(index - 1), reading.compiled.names.firsts
    if len(letter) != 1 or index - 1 <= reached or reading.tokens.gap(index) not in (". ", "."):
        return False
    return any(given.startswith(letter) for one in people for given in firsts.get(one, ()))


def _is_theirs(entry: Entry, reading: Reading, index: int) -> bool:
    """Whether word `index` is another name of somebody who has the name of `entry`."""
    other = reading.meaning[index] if index < len(reading.meaning) else None
    return bool(other and other.part and entry.part and other.part.people & entry.part.people)


def _alone(reading: Reading, part: Part, entry: Entry, run: NameRun, at: tuple[int, int]) -> Run | None:
    """A word that is somebody's name and has no other name with it, where its particles begin and where it stands
    itself: its neighbours tell."""
    tokens, (begin, index) = reading.tokens, at
    if entry.within:
        return Run(begin, run.last, "PERSON", genitive_verdict(reading, part, index), genitive=True)
    if spelt_as_no_word(entry.word, tokens.written(index), reading.compiled.language):
        return Run(begin, run.last, "PERSON", Verdict.NAME, run.genitive)
    verdict = person(tokens, index, part, reading.meaning)
    if verdict is not Verdict.NAME and (initials := initials_at(reading, entry, index)) is not None:
        return initials
    return Run(begin, run.last, "PERSON", verdict, run.genitive)


def _read(reading: Reading, index: int) -> NameRun:
    tokens, meaning = reading.tokens, reading.meaning
    run = NameRun()
    for position in range(index, len(tokens.words)):
        entry = meaning[position]
        if position > index and not tokens.joins(position) and not _inverted(tokens, position, entry, run.people):
            break
        if position > index and (
            is_auxiliary(tokens, position, position - 1) or _word_behind(reading, index, position, run.people)
        ):
            break
        if entry is not None and (entry.part is not None or entry.type):
            if position > index and "/" in tokens.gap(position) and run.is_another(entry):
                break
            if run.takes(entry):
                run.add(position, entry)
            elif not _between(reading, position, run.people):
                break
        elif not _between(reading, position, run.people):
            break
    return run


def _word_behind(reading: Reading, first: int, position: int, people: set[int]) -> bool:
    """ "Tim's early worry", though he is Tim Early: an everyday word has a small letter, and the name a capital. A
    particle is part of the name, also of somebody who is called Van besides."""
    tokens, entry = reading.tokens, reading.meaning[position]
    everyday = entry is not None and entry.part is not None and entry.part.weight > RARE
    lower = everyday and tokens.capital(first) and not tokens.capital(position)
    return lower and not _between(reading, position, people)


def _inverted(tokens: Tokens, position: int, entry: Entry | None, people: set[int]) -> bool:
    """ "Lindqvist, Anna", "Anna (Lindqvist)": the same person's other name behind a comma or in brackets."""
    bracketed = tokens.gap(position) == " (" and tokens.after(position).startswith(")")
    if entry is None or entry.part is None or not (bracketed or tokens.gap(position) == ", "):
        return False
    if any(tokens.word(position + 1) in phrase.words[1:2] for phrase in entry.phrases):
        return False  # "Ingrid, Ek Consulting", who is Ingrid Ek
    return bool(entry.part.people & people) and tokens.words[position] != tokens.words[position - 1]


def _may_join(word: str) -> bool:
    """Whether a word may be a particle or an initial within a name."""
    return len(word) == 1 or (word in PARTICLES and word not in ("and", "och", "of"))


def _between(reading: Reading, position: int, people: set[int]) -> bool:
    """Whether a particle, an initial or a sign that is read aloud stands here with more of the name behind it."""
    tokens = reading.tokens
    word = tokens.words[position]
    if not _may_join(word) and not (people and word in _SAID_SIGNS):
        return False
    for ahead in range(position + 1, min(position + 4, len(tokens.words))):
        if not tokens.near(ahead):
            return False
        entry = reading.meaning[ahead]
        if entry is not None and entry.part is not None and (not people or entry.part.people & people):
            return True
        if tokens.words[ahead] not in PARTICLES and len(tokens.words[ahead]) > 1:
            return False
    return False


def _with_particles(tokens: Tokens, particles: set[str], index: int, reached: int) -> int:
    """Where the name begins once its particles are taken in ("van der Berg", "O'Brien", "ní Bhriain")."""
    while index - 1 > reached and (particle := tokens.words[index - 1]) in particles:
        if not tokens.joins(index) and not (particle == "st" and tokens.near(index)):  # "St. John"
            break
        index -= 1
    if index - 1 > reached and tokens.words[index - 1] == "o" and tokens.capital(index - 1) and tokens.joins(index):
        index -= 1  # whether the roster writes the O or not
    return index
