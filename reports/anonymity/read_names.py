"""People: runs of given names, initials, particles and surnames as they stand in a text."""

from functools import lru_cache

from .compiled import Entry
from .context import Verdict, is_label, person
from .names import Names, Part
from .neighbours import AND, BESIDE_PEOPLE, KISSES, MODALS, acts, closed
from .read_initials import OWNERS, initials_at
from .runs import Reading, Run
from .tokens import DOTTED_TITLES, Tokens
from .typing_errors import distance, sound
from .words import (
    AUXILIARIES,
    CLAUSE_OPENERS,
    DAYS,
    DETERMINERS,
    FAMILY_PARTICLES,
    FUNCTION,
    GRAMMAR,
    NOT_A_WORD,
    PARTICLES,
    PLACING,
    QUANTITY,
    RARE,
    SPEECH,
    TELLING,
    TITLES,
    TOWARDS,
    VERY_COMMON,
    is_given_name,
    is_participle,
    is_verb,
    spelt_as_no_word,
    weight,
)

_SUBJECTS = frozenset(("i", "you", "he", "she", "it", "we", "they", "who", "which", "everyone", "everybody"))
_SUBJECTS |= {"colleague", "someone", "person", "individual", "organisation"}  # what stands for a name (replace.py)
_STYLES = GRAMMAR["small styles"]
_NEVER_COUNTED = frozenset(("mr", "mrs", "ms", "mx"))  # "which mr power says", but "a dr per ward"
_MEMORY = 100_000  # pairs of words remembered per roster
_CLAUSE_END = frozenset(",.?!;:)'")
_NO_VERB = AUXILIARIES | TOWARDS | {"who", "whose", ""}


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

    def is_another(self, entry: Entry) -> bool:
        """Whether the next word is certainly not the same person's: "Stone/Lind"."""
        return entry.part is not None and bool(self.people) and not self.people & entry.part.people

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
    if _auxiliary(tokens, index, reached) or _hour(tokens, index):
        return None
    if entry.part is None and not entry.type and not _may_join(tokens.words[index]):
        clipped = _clipped(tokens, index) if entry.clip else Verdict.WORD
        named = clipped is not Verdict.WORD
        return Run(index, index, "PERSON", clipped) if named else initials_at(reading, entry, index)
    run = _read(reading, index)
    if run.last < index:
        return initials_at(reading, entry, index)
    begin = _with_particles(tokens, run.particles, index, reached) if first is None else first
    titled = _titles(tokens, begin, reached)
    last, lettered = _with_letter(reading, run) if run.people else (run.last, False)
    if last == index and _misheard(reading, run):
        last, lettered = index + 1, True
    if run.sure or titled or lettered or run.count > 1 or (begin < index and first is not None):
        return Run(begin - titled, last, "PERSON", Verdict.NAME, run.genitive)
    if entry.part is None:
        return None
    if entry.within:
        verdict = _genitive(reading, entry.part, index)
        return Run(begin, last, "PERSON", verdict, genitive=True)
    if spelt_as_no_word(entry.word, tokens.written(index), reading.compiled.language):
        return Run(begin, last, "PERSON", Verdict.NAME, run.genitive)
    verdict = person(tokens, index, entry.part, reading.meaning)
    if verdict is not Verdict.NAME and (initials := initials_at(reading, entry, index)) is not None:
        return initials
    return Run(begin, last, "PERSON", verdict, run.genitive)


def _clipped(tokens: Tokens, index: int) -> Verdict:
    """ "Ro, who is the doctor", "We asked Ro": whether two letters that a name begins with are whom somebody calls so.

    Beside another capital they are part of another name ("Li Wei", "Ty Gwyn"), and in capitals they abbreviate.
    """
    caseless, after, before = tokens.caseless(index), tokens.after(index), tokens.word(index - 1)
    beside = after in (" ", "-", ".", ". ") and tokens.capital(index + 1) and not caseless
    if beside or (not caseless and (tokens.upper(index) or not tokens.capital(index))):
        return Verdict.WORD
    if is_label(tokens, index):
        return Verdict.NAME
    if after == "-":
        return Verdict.WORD  # "Re-opening"
    who = after == ", " and tokens.word(index + 1) in ("who", "whose", "som")
    acting = who or tokens.possessive(index) or acts(tokens, index)
    if caseless or tokens.begins_sentence(index):
        begins = tokens.begins_sentence(index)
        if acting and (begins or tokens.gap(index) == ", "):
            return Verdict.NAME
        alone = begins and (after != " " or tokens.word(index + 1) in AND or tokens.word(index + 1) == "to")
        beside = before in TELLING or before in BESIDE_PEOPLE
        called = caseless and (beside or (is_given_name(tokens.words[index]) and closed(tokens, index)))
        return Verdict.UNSURE if alone or called else Verdict.WORD
    beside = tokens.capital(index - 1) and tokens.gap(index) == " " and before not in TELLING and before not in OWNERS
    joined = tokens.gap(index) in ("-", "/") or beside
    return Verdict.WORD if joined else Verdict.NAME


def _titles(tokens: Tokens, index: int, reached: int) -> int:
    """How many words before word `index` are titles: "Dr Per", "Mr and Mrs Per"."""
    if index - 1 <= reached or not _titled(tokens, index):
        return 0
    pair = index - 3 > reached and tokens.word(index - 2) in AND and tokens.word(index - 3) in TITLES
    if pair and near(tokens, index - 2) and near(tokens, index - 1):
        return 3
    style = index - 2 > reached and tokens.word(index - 1) in DOTTED_TITLES and tokens.word(index - 2) in TITLES
    dotted = tokens.gap(index - 1) == ". " and tokens.word(index - 2) in DOTTED_TITLES
    return 2 if style and (dotted or tokens.gap(index - 1) == " ") else 1  # "Cllr Mrs Per", "Prof. Dr Per"


def _titled(tokens: Tokens, index: int) -> bool:
    """Whether a title stands before word `index`: "Dr Per", "dr per", not "one doctor per patient"."""
    if tokens.word(index - 1) in _STYLES and tokens.gap(index) == " " and not tokens.caseless(index):
        return tokens.capital(index - 1) and tokens.capital(index)
    if tokens.word(index - 1) not in TITLES or not near(tokens, index):
        return False
    if tokens.gap(index).startswith(".") and tokens.word(index - 1) not in DOTTED_TITLES:
        return False  # "She met the sister. Anna …"
    if tokens.capital(index) or (tokens.capital(index - 1) and not tokens.begins_sentence(index - 1)):
        return True  # "det var Mrs de la Torre": a particle has no capital
    before = tokens.word(index - 2) if tokens.gap(index - 1) == " " else ""
    if tokens.words[index - 1] == "miss" and (before == "to" or before in AUXILIARIES or before in _SUBJECTS):
        return False  # "i would miss precious time"
    style = tokens.words[index - 1]
    counted = before in DETERMINERS or before in QUANTITY or before.isdigit()
    counted &= style not in _NEVER_COUNTED and not (
        before in ("the", "that") and style in DOTTED_TITLES
    )  # "the rev t ek"
    return not counted and (tokens.caseless(index) or tokens.hurried(index) or tokens.capital(index - 1))


def _auxiliary(tokens: Tokens, index: int, reached: int) -> bool:
    """ "Will will price the boat", "we will price it", "What You Will Learn": a modal behind its subject is no name."""
    if tokens.words[index] not in MODALS:
        return False
    if tokens.caseless(index):
        return _behind_itself(tokens, index, reached)
    if tokens.capital(index):
        return tokens.capital(index - 1) and tokens.word(index - 1) in _SUBJECTS - {"i"} and tokens.gap(index) == " "
    if tokens.after(index)[:1] in _CLAUSE_END or tokens.word(index + 1) in _NO_VERB:
        return False  # "it was featherstone will who came"
    behind_a_name = index > 0 and tokens.gap(index) == " " and (index - 1 == reached or _subject(tokens, index - 1))
    return behind_a_name or tokens.word(index - 1) in _SUBJECTS


def _subject(tokens: Tokens, index: int) -> bool:
    """Whether a capital that says something makes a name of the word: "UoM will put in"."""
    return tokens.capital(index) and not tokens.begins_sentence(index)


def _hour(tokens: Tokens, index: int) -> bool:
    """ "9.10 AM", "by Fri AM", whoever AM is."""
    before = tokens.word(index - 1) if tokens.words[index] in ("am", "pm") else ""
    return (before.isdigit() or before in DAYS) and tokens.gap(index).isspace()


def _behind_itself(tokens: Tokens, index: int, reached: int) -> bool:
    """ "will will bring it", without capitals: the second is no name."""
    twice = index - 1 == reached and tokens.gap(index) == " " and tokens.word(index - 1) == tokens.words[index]
    return twice and tokens.after(index)[:1] not in _CLAUSE_END and tokens.word(index + 1) not in _NO_VERB


def _genitive(reading: Reading, part: Part, index: int) -> Verdict:
    """ "Björns buss", "Marks idea", "the Prices": a name that is a word, with an s that makes another word.

    Swedish has this genitive, and no noun in it begins a sentence without an article; English has it by mistake.
    """
    tokens, language = reading.tokens, reading.compiled.language
    after = tokens.word(index + 1) if tokens.after(index) == " " else ""
    swedish = language == "sv" or (weight(after, "sv") and not weight(after))  # whatever the rest is in
    if swedish and tokens.caseless(index):
        return Verdict.NAME if part.given and part.weight <= RARE else Verdict.UNSURE
    family = not part.given and tokens.word(index - 1) == "the"
    if tokens.caseless(index) or not tokens.capital(index):
        if part.given and tokens.word(index - 1) in TELLING and _owns_a_noun(tokens, index):
            return Verdict.UNSURE  # "invite joys team"
        return Verdict.UNSURE if _in_a_hurry(tokens, part, index) or (family and part.weight <= RARE) else Verdict.WORD
    word = tokens.words[index]
    if swedish:  # "Marks svar"
        return Verdict.UNSURE if weight(word, "sv") == VERY_COMMON or word in DETERMINERS else Verdict.NAME
    opening = tokens.begins_sentence(index) and not tokens.behind_a_mark(index)
    if family and not opening:
        return Verdict.NAME
    if part.given and not opening and _owns_a_noun(tokens, index) and not tokens.title_case(index, reading.meaning):
        return Verdict.NAME  # "taking away Graces drawing"
    return Verdict.UNSURE if part.given or not opening else Verdict.WORD


def _in_a_hurry(tokens: Tokens, part: Part, index: int) -> bool:
    """ "marks daughter got in": a given name where a sentence begins, and a noun behind it."""
    after, before = tokens.word(index + 1), tokens.word(index - 1)
    noun = _owns_a_noun(tokens, index)
    careless = tokens.caseless(index) or tokens.hurried(index)
    opens = tokens.begins_sentence(index) or before in CLAUSE_OPENERS  # "if wills happy"
    behind = before in TOWARDS or before in PLACING or is_verb(before) or is_participle(before)  # "by graces house"
    told = (opens and (noun or after in ("a", "the", "not", "off", "here"))) or (behind and noun)  # "faiths a gem"
    return part.given and careless and told


def _owns_a_noun(tokens: Tokens, index: int) -> bool:
    """Whether a noun follows, and no article or number stands before: "Graces drawing", not "full marks there"."""
    after, before = tokens.word(index + 1), tokens.word(index - 1)
    noun = weight(after) and after not in FUNCTION and not is_verb(after) and tokens.after(index) == " "
    return bool(noun) and before not in DETERMINERS and before not in QUANTITY and not before.isdigit()


def _read(reading: Reading, index: int) -> _NameRun:
    tokens, meaning = reading.tokens, reading.meaning
    run = _NameRun()
    for position in range(index, len(tokens.words)):
        entry = meaning[position]
        if position > index and not tokens.joins(position) and not _inverted(tokens, position, entry, run.people):
            break
        if position > index and (
            _auxiliary(tokens, position, position - 1) or _word_behind(tokens, index, position, entry)
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


def _word_behind(tokens: Tokens, first: int, position: int, entry: Entry | None) -> bool:
    """ "Tim's early worry", though he is Tim Early: an everyday word has a small letter, and the name a capital."""
    everyday = entry is not None and entry.part is not None and entry.part.weight > RARE
    return everyday and tokens.capital(first) and not tokens.capital(position)


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
    """Whether a particle or an initial stands here with more of the name behind it."""
    tokens = reading.tokens
    word = tokens.words[position]
    if not _may_join(word):
        return False
    for ahead in range(position + 1, min(position + 4, len(tokens.words))):
        if not near(tokens, ahead):
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
        if not tokens.joins(index) and not (particle == "st" and near(tokens, index)):  # "St. John"
            break
        index -= 1
    if index - 1 > reached and tokens.words[index - 1] == "o" and tokens.capital(index - 1) and tokens.joins(index):
        index -= 1  # whether the roster writes the O or not
    return index


def _with_letter(reading: Reading, run: _NameRun) -> tuple[int, bool]:
    """ "Anna L." and "Mark P": an initial behind a given name belongs to it, small too when it is this person's."""
    tokens, last = reading.tokens, run.last
    if (end := _with_letters(reading, run)) > last or (end := _behind_a_comma(reading, run)) > last:
        return end, True
    if tokens.word(last + 1) in FAMILY_PARTICLES and (end := _with_particle(reading, run)) > last:
        return end, True
    letter = "" if run.genitive else tokens.word(last + 1)  # "the Koromas E. Ek met"
    if len(letter) == 2 and letter.endswith("s") and (tokens.capital(last + 1) or weight(letter) <= RARE):  # "Anna Ls"
        letter = letter[0]
    if len(letter) != 1 or letter.isdigit() or tokens.after(last) not in (" ", "\n"):
        return last, False
    second, dot = tokens.word(last + 2), tokens.after(last + 1)
    if len(second) == 1 and second.isalpha() and (dot == "." or (dot == ". " and second not in "aix")):
        return last, False  # the initials of somebody else
    entry = reading.meaning[run.last]
    known = reading.compiled.names.tails.get(letter, set())
    turned = tokens.capital(last + 1) or tokens.after(last + 1)[:1] in (",", ".", ";", "\n")
    turned = turned or (letter not in "ai" and tokens.caseless(last))
    if (
        entry is not None and entry.part is not None and not entry.part.given and turned
    ):  # "Required: Black A, Struthers J"
        known = known | reading.compiled.names.initials.get(letter + entry.word[0], set())
    theirs = bool(known & run.people)
    english = reading.compiled.language != "sv"  # where "a" and "i" are words before a noun
    if tokens.capital(last + 1):
        kiss = letter in KISSES and closed(tokens, last + 1)  # "THANK YOU ANNA X"
        return (last + 1, theirs) if theirs or not (letter in "ai" or kiss) else (last, False)
    an_article = (
        english
        and letter in "ai"
        and tokens.after(last + 1) == " "
        and (tokens.capital(last) or not _no_noun(tokens.word(last + 2)))
    )
    return (last + 1, True) if theirs and not an_article else (last, False)


def _behind_a_comma(reading: Reading, run: _NameRun) -> int:
    """The last of this person's initials behind the surname and a comma: "Lindqvist, A.", "lindqvist, a.m."."""
    tokens, last = reading.tokens, run.last
    entry, letters, end = reading.meaning[last], "", last
    if tokens.after(last) != ", " or entry is None or entry.part is None or run.genitive:
        return last
    while len(tokens.word(end + 1)) == 1 and (end == last or tokens.after(end) in (".", ". ")) and len(letters) < 4:
        if tokens.word(end + 1).isdigit() or (letters and tokens.words[end + 1] in KISSES):
            break
        end += 1
        letters += tokens.words[end]
    surname = tokens.words[run.last][0]
    owners = reading.compiled.names.initials
    while end > last and not owners.get(letters + surname, set()) & run.people:
        if letters[-1] not in "ai" or " " not in tokens.gap(end):
            return last  # "Lindqvist, A. B. K.", who are two
        end, letters = end - 1, letters[:-1]
    marked = tokens.capital(end) and letters not in ("a", "i")
    return end if marked or tokens.after(end)[:1] == "." or closed(tokens, end) else last


def _with_particle(reading: Reading, run: _NameRun) -> int:
    """The last word of a particle and the initial of this person's surname: "Catrin ap R", "jan van der b."."""
    tokens, position = reading.tokens, run.last + 1
    while tokens.word(position) in FAMILY_PARTICLES and tokens.gap(position) == " " and position < run.last + 4:
        position += 1
    if len(tokens.word(position)) != 1 or tokens.gap(position) != " ":
        return run.last
    owners = reading.compiled.names.particled.get(f"{tokens.words[position - 1]} {tokens.words[position]}", set())
    return position if owners & run.people else run.last


def _misheard(reading: Reading, run: _NameRun) -> bool:
    """Whether the word behind a given name is nearly this person's other: "Wilma Or" for Orr, "Maj-Lisa" for Maj-Lis.

    Many may have the given name, and all their others are gone through: so what was found is remembered.
    """
    tokens, last = reading.tokens, run.last
    word, gap = tokens.word(last + 1), tokens.after(last)
    if len(word) < 2 or gap not in (" ", "-"):
        return False
    named = tokens.capital(last + 1) and not tokens.caseless(last)
    remembered, asked = reading.compiled.misheard, (tokens.words[last], gap, word, named)
    if asked not in remembered:
        if len(remembered) > _MEMORY:
            remembered.clear()
        remembered[asked] = _sounds_like(reading.compiled.names, run.people, word, gap, named=named)
    return remembered[asked]


def _sounds_like(names: Names, people: set[int], word: str, gap: str, *, named: bool) -> bool:
    if gap == "-":
        return any(word != name and _nearly(word, name) for one in people for name in names.seconds.get(one, ()))
    families = [family for one in people for family in names.families.get(one, ())]
    if (named or weight(word) == NOT_A_WORD) and any(_nearly(word, family) for family in families if word != family):
        return True
    if any(sorted(word) == sorted(family) and distance(word, family) == 1 for family in families):
        return True  # "basil throne" for Thorne
    return any(sound(word) == sound(family) and word[0] == family[0] for family in families if word != family)


@lru_cache(maxsize=50_000)
def _nearly(word: str, family: str) -> bool:
    if family.startswith(word) or word.startswith(family):
        return True
    return abs(len(word) - len(family)) < 3 and distance(word, family) <= (2 if len(family) > 5 else 1)


def _with_letters(reading: Reading, run: _NameRun) -> int:
    """The last word of several initials of this person behind the given name ("Joanna PL", "Grainne O'M-B")."""
    tokens, tails, last = reading.tokens, reading.compiled.names.tails, run.last
    if tokens.after(last) != " ":
        return last
    together = tokens.word(last + 1)
    if 2 <= len(together) <= 3 and tails.get(together, set()) & run.people:
        told = tokens.upper(last + 1) or (tokens.caseless(last) and weight(together) <= RARE)
        return last + 1 if told else last
    end, letters = last + 1, together
    while len(letters) < 4 and len(tokens.word(end)) == len(tokens.word(end + 1)) == 1 and tokens.joins(end + 1):
        if tokens.possessive(end) and len(letters) > 1:
            break  # "Tadhg Ó S's view"
        end += 1
        letters += tokens.words[end]
    if len(letters) > 2 and tokens.words[end] in KISSES and tokens.gap(end) == " " and letters not in tails:
        end, letters = end - 1, letters[:-1]
    return end if len(letters) > 1 and tails.get(letters, set()) & run.people else last


def _no_noun(word: str) -> bool:
    """Whether an article cannot stand before the word: "catherine a about the list", not "catherine a plan"."""
    return not word or word in FUNCTION or word in SPEECH or is_verb(word)


def near(tokens: Tokens, index: int) -> bool:
    """Whether word `index` may continue a name, a dot before it too."""
    return tokens.joins(index) or tokens.bare_gap(index) in (". ", ".\n")
