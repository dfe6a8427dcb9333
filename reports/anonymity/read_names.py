"""People: runs of given names, initials, particles and surnames as they stand in a text."""

from collections.abc import Iterator

from .compiled import Entry
from .context import MODALS, Verdict, person
from .names import Part
from .runs import Reading, Run
from .tokens import Tokens
from .words import (
    DETERMINERS,
    NOT_A_WORD,
    PARTICLES,
    TITLES,
    VERY_COMMON,
    abbreviations,
    spelt_as_no_word,
    weight,
)

_LETTERS = 40  # at most so many single letters are read together, or a page of them would take for ever
_INITIALS = 5  # nobody has more before a surname
_SUBJECTS = frozenset(("i", "you", "he", "she", "it", "we", "they", "who", "which", "everyone", "everybody"))
_SUBJECTS |= {"colleague", "someone", "person", "individual", "organisation"}  # what stands for a name (replace.py)
_LETTER_GAP = frozenset(" .-_*·")
_NOT_INITIALS = frozenset(("uk", "us", "eu"))
_NOT_SMALL_INITIALS = frozenset(("uk", "us", "eu", "am", "pm", "ps", "nb", "ie", "eg", "cf", "ca", "vs", "ea"))


class _NameRun:
    """A name being read, word by word: whose it may be, and whether it can be anything else."""

    def __init__(self) -> None:
        self.last = -1
        self.count = 0  # words that one and the same person has
        self.sure = False
        self.genitive = False
        self.people: set[int] = set()
        self.particles: set[str] = set()  # that the first word of the name may have before it

    def takes(self, entry: Entry) -> bool:
        """Whether the next word can belong to the same name: an everyday word must be the same person's."""
        if entry.part is None or not self.people or entry.part.weight == NOT_A_WORD:
            return True
        return bool(self.people & entry.part.people)

    def add(self, index: int, entry: Entry) -> None:
        """Takes word `index`, which means `entry`, into the name."""
        mine = entry.part.people if entry.part is not None else set[int]()
        if self.last < 0 and entry.part is not None:
            self.particles = entry.part.particles
        together = self.people & mine if self.people else mine
        self.count += bool(together) or bool(entry.type)
        self.people = together or self.people or mine
        self.sure |= bool(entry.type) or not entry.exact
        self.sure |= not entry.within and entry.part is not None and entry.part.weight == NOT_A_WORD
        self.last, self.genitive = index, entry.genitive


def name_at(reading: Reading, entry: Entry, index: int, reached: int, first: int | None = None) -> Run | None:
    """The name that begins with word `index`, which means `entry`, not reaching back to word `reached`.

    `first` is the first of the initials before it, if there are any.
    """
    tokens = reading.tokens
    if _auxiliary(tokens, index, reached):
        return None
    run = _read(reading, index)
    if run.last < index:
        return _initials(tokens, entry, index)
    begin = _with_particles(tokens, run.particles, index, reached) if first is None else first
    titled = begin - 1 > reached and tokens.word(begin - 1) in TITLES and _near(tokens, begin)
    last, lettered = _with_letter(reading, run) if run.people else (run.last, False)
    if run.sure or titled or lettered or run.count > 1 or (begin < index and first is not None):
        return Run(begin - titled, last, "PERSON", Verdict.NAME, run.genitive)
    if entry.part is None:
        return None
    if entry.within:
        verdict = _genitive(reading, entry.part, index)
        return Run(begin, last, "PERSON", verdict, genitive=True)
    if spelt_as_no_word(entry.word, tokens.written(index), reading.compiled.language):
        return Run(begin, last, "PERSON", Verdict.NAME, run.genitive)
    verdict = person(tokens, index, entry.part)
    if verdict is not Verdict.NAME and (initials := _initials(tokens, entry, index)) is not None:
        return initials
    return Run(begin, last, "PERSON", verdict, run.genitive)


def _auxiliary(tokens: Tokens, index: int, reached: int) -> bool:
    """ "Will will price the boat", "we will price it": a small modal behind its subject begins no name."""
    if tokens.words[index] not in MODALS or tokens.capital(index) or tokens.caseless(index):
        return False
    behind_a_name = index > 0 and index - 1 == reached and tokens.gap(index) == " "
    return behind_a_name or tokens.word(index - 1) in _SUBJECTS


def _genitive(reading: Reading, part: Part, index: int) -> Verdict:
    """ "Björns buss", "Marks idea": a name that is a word, with an s that makes another word.

    Swedish has this genitive, and no noun in it begins a sentence without an article; English has it by mistake.
    """
    tokens, language = reading.tokens, reading.compiled.language
    if tokens.caseless(index):
        return Verdict.UNSURE if language == "sv" and part.given else Verdict.WORD
    if not tokens.capital(index):
        return Verdict.WORD
    word = tokens.words[index]
    if language == "sv":
        return Verdict.UNSURE if weight(word, language) == VERY_COMMON or word in DETERMINERS else Verdict.NAME
    opening = tokens.begins_sentence(index) and not tokens.behind_a_mark(index)
    return Verdict.UNSURE if part.given or not opening else Verdict.WORD


def _read(reading: Reading, index: int) -> _NameRun:
    tokens, meaning = reading.tokens, reading.meaning
    run = _NameRun()
    for position in range(index, len(tokens.words)):
        entry = meaning[position]
        if position > index and not tokens.joins(position) and not _inverted(tokens, position, entry, run.people):
            break
        if position > index and _auxiliary(tokens, position, position - 1):
            break
        if entry is not None and (entry.part is not None or entry.type):
            if run.takes(entry):
                run.add(position, entry)
            elif not _between(reading, position, run.people):
                break
        elif not _between(reading, position, run.people):
            break
    return run


def _inverted(tokens: Tokens, position: int, entry: Entry | None, people: set[int]) -> bool:
    """ "Lindqvist, Anna", "Anna (Lindqvist)": the same person's other name behind a comma or in brackets."""
    bracketed = tokens.gap(position) == " (" and tokens.after(position).startswith(")")
    if entry is None or entry.part is None or not (bracketed or tokens.gap(position) == ", "):
        return False
    return bool(entry.part.people & people) and tokens.words[position] != tokens.words[position - 1]


def _between(reading: Reading, position: int, people: set[int]) -> bool:
    """Whether a particle or an initial stands here with more of the name behind it."""
    tokens = reading.tokens
    word = tokens.words[position]
    if word in ("and", "of") or (word not in PARTICLES and len(word) > 1):
        return False
    for ahead in range(position + 1, min(position + 4, len(tokens.words))):
        if not _near(tokens, ahead):
            return False
        entry = reading.meaning[ahead]
        if entry is not None and entry.part is not None and (not people or entry.part.people & people):
            return True
        if tokens.words[ahead] not in PARTICLES and len(tokens.words[ahead]) > 1:
            return False
    return False


def _with_particles(tokens: Tokens, particles: set[str], index: int, reached: int) -> int:
    """Where the name begins once its particles are taken in ("van der Berg", "O'Brien", "ní Bhriain")."""
    while index - 1 > reached and tokens.words[index - 1] in particles and tokens.joins(index):
        index -= 1
    if index - 1 > reached and tokens.words[index - 1] == "o" and tokens.capital(index - 1) and tokens.joins(index):
        index -= 1  # whether the roster writes the O or not
    return index


def _with_letter(reading: Reading, run: _NameRun) -> tuple[int, bool]:
    """ "Anna L." and "Mark P": an initial behind a given name belongs to it, small too when it is this person's."""
    tokens, last = reading.tokens, run.last
    letter = tokens.word(last + 1)
    if len(letter) == 2 and letter.endswith("s"):  # "Anna Ls"
        letter = letter[0]
    if len(letter) != 1 or letter.isdigit() or tokens.after(last) not in (" ", "\n"):
        return last, False
    if len(tokens.word(last + 2)) == 1 and tokens.after(last + 1) == ".":  # the initials of somebody else
        return last, False
    entry = reading.meaning[run.last]
    known = reading.compiled.names.initials.get(entry.word[0] + letter, set()) if entry is not None else set()
    theirs = bool(known & run.people)
    if tokens.capital(last + 1):
        return (last + 1, theirs) if theirs or letter not in "ai" else (last, False)
    return (last + 1, True) if theirs and letter not in "ai" else (last, False)


def _initials(tokens: Tokens, entry: Entry, index: int) -> Run | None:
    """ "AL said": capitals that are somebody's initials and no abbreviation."""
    written = tokens.written(index)
    if not entry.initials or not written.isupper() or tokens.caseless(index) or written in abbreviations():
        return None
    if entry.word in _NOT_SMALL_INITIALS or (entry.part is not None and entry.part.weight == VERY_COMMON):
        return None
    return Run(index, index, "PERSON", Verdict.NAME, entry.genitive)


# --- single letters ----------------------------------------------------------------------


def letters_at(reading: Reading, index: int, reached: int) -> Iterator[Run]:
    """Single letters from word `index` on: initials before a surname, dotted acronyms, spaced-out words."""
    tokens = reading.tokens
    article = tokens.words[index] in ("a", "i") and tokens.after(index) == " " and len(tokens.word(index + 1)) > 1
    if article and not (tokens.capital(index) and tokens.capital(index + 1)):
        return  # by far the most frequent single letters
    if index + _INITIALS < reading.barren:
        return
    last = index
    while len(tokens.word(last + 1)) == 1 and last - index < _LETTERS and _between_letters(tokens.after(last)):
        last += 1
    run = _before_surname(reading, index, last, reached)
    if run is None and last > index:
        run = _spelt(reading, index, last)
        if run is None and last - index > 3 * _INITIALS:
            reading.barren = last
    if run is not None:
        yield run


def _before_surname(reading: Reading, first: int, last: int, reached: int) -> Run | None:
    """ "J. R. van der Berg": letters `first` to `last` as the initials of the name that follows, if one does."""
    tokens, behind = reading.tokens, last + 1
    while tokens.word(behind) in PARTICLES and behind < last + 4 and _near(tokens, behind):
        behind += 1
    entry = reading.meaning[behind] if behind < len(tokens.words) else None
    if entry is None or entry.part is None or not _near(tokens, last + 1):
        return None
    pronoun = tokens.words[last] == "i" and last == first
    if "." in tokens.after(last) or (tokens.capital(first) and not pronoun):
        return name_at(reading, entry, behind, reached, first=first)
    return None


def _between_letters(gap: str) -> bool:
    return len(gap) <= 3 and _LETTER_GAP.issuperset(gap)


def _near(tokens: Tokens, index: int) -> bool:
    return tokens.joins(index) or tokens.bare_gap(index) == ". "


def _spelt(reading: Reading, first: int, last: int) -> Run | None:
    """What letters `first` to `last` spell, if that is an identity: the whole run is taken."""
    tokens, compiled = reading.tokens, reading.compiled
    letters = "".join(tokens.words[first : last + 1])
    dotted = "." in tokens.after(first)
    entry = compiled.exactly(letters)
    excepted = letters in (_NOT_INITIALS if tokens.capital(first) else _NOT_SMALL_INITIALS)
    excepted |= letters in ("am", "pm") and tokens.word(first - 1).isdigit()
    excepted |= letters in ("ps", "nb") and tokens.begins_sentence(first)
    kind = "" if entry is None or excepted else _what_letters_spell(entry, dotted, len(letters))
    if not kind and len(letters) >= 5:
        kind = _what_stands_inside(reading, letters)
    return Run(first, last, kind, Verdict.NAME) if kind else None


def _what_letters_spell(entry: Entry, dotted: bool, count: int) -> str:
    alone = [phrase for phrase in entry.phrases if len(phrase.words) == 1]
    if alone and (count > 2 or (dotted and alone[0].acronym)):
        return "ORG"
    if entry.initials and dotted:
        return "PERSON"
    return (entry.type or "PERSON") if count > 2 and (entry.part is not None or entry.type) else ""


def _what_stands_inside(reading: Reading, letters: str) -> str:
    """A long name among the letters, or two names end to end ("g w e n b e l l"), with a title or without."""
    compiled = reading.compiled
    found = compiled.inside.find(letters)
    if found is not None:
        return found[1]
    parts = compiled.names.parts
    if letters[:-1] in parts:  # with an initial behind
        return "PERSON"
    ends = (letters[at:] for at in range(1, len(letters) - 1) if letters[:at] in TITLES or letters[:at] in parts)
    return "PERSON" if any(end in parts for end in ends) else ""
