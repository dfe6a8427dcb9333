"""What stands beside a name and belongs to it: initials, a particle and a letter, the other name as it was heard."""

from functools import lru_cache

from .compiled import Entry
from .names import Names
from .neighbours import KISSES, closed
from .runs import NameRun, Reading
from .typing_errors import distance, sound
from .words import (
    FAMILY_PARTICLES,
    FUNCTION,
    GRAMMAR,
    NOT_A_WORD,
    RARE,
    SMALL_ABBREVIATIONS,
    SPEECH,
    TITLES,
    is_verb,
    weight,
)

DIGRAPHS = GRAMMAR["digraphs"]
_MEMORY = 100_000  # pairs of words remembered per roster


def with_letter(reading: Reading, run: NameRun) -> tuple[int, bool]:
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


def _behind_a_comma(reading: Reading, run: NameRun) -> int:
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


def _with_particle(reading: Reading, run: NameRun) -> int:
    """The last word of a particle and the initial of this person's surname: "Catrin ap R", "jan van der b."."""
    tokens, position = reading.tokens, run.last + 1
    while tokens.word(position) in FAMILY_PARTICLES and tokens.gap(position) == " " and position < run.last + 4:
        position += 1
    if len(tokens.word(position)) != 1 or tokens.gap(position) != " ":
        return run.last
    owners = reading.compiled.names.particled.get(f"{tokens.words[position - 1]} {tokens.words[position]}", set())
    return position if owners & run.people else run.last


def misheard_behind(reading: Reading, run: NameRun) -> bool:
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


def misheard_before(reading: Reading, run: NameRun, first: int, entry: Entry, reached: int) -> bool:
    """Whether the word before a surname is nearly its owner's given name: "Owen Griffith" of Owain Griffith."""
    tokens, before = reading.tokens, first - 1
    surname = entry.part is not None and (run.count > 1 or not entry.part.given)
    if not surname or before <= reached or tokens.gap(first) != " " or reading.meaning[before] is not None:
        return False
    word = tokens.words[before]
    named = tokens.capital(before) and not tokens.caseless(before)
    if len(word) < 3 or weight(word) > (RARE if named else NOT_A_WORD) or word in TITLES:
        return False
    firsts = reading.compiled.names.firsts
    return any(_heard_for(word, first) for one in run.people for first in firsts.get(one, ()))


def digraph_before(reading: Reading, people: set[int], first: int, reached: int) -> bool:
    """Whether the two letters before word `first` are one sound, and a given name of these people begins with them:
    "Th. Lind", "Rh ap H"."""
    tokens, word = reading.tokens, reading.tokens.word(first - 1)
    if word not in DIGRAPHS or first - 1 <= reached or tokens.gap(first) not in (" ", ". "):
        return False
    cased = tokens.capital(first - 1) and not tokens.upper(first - 1)
    if not cased and (not tokens.caseless(first - 1) or word in SMALL_ABBREVIATIONS):
        return False
    return any(given.startswith(word) for one in people for given in reading.compiled.names.firsts.get(one, ()))


def _heard_for(word: str, first: str) -> bool:
    if word[0] != first[0] or abs(len(word) - len(first)) > 2:
        return False
    wrong = 2 if len(first) > 4 and word[-1] == first[-1] else 1
    return sound(word) == sound(first) or distance(word, first) <= wrong


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


def _with_letters(reading: Reading, run: NameRun) -> int:
    """The last word of several initials of this person behind the given name ("Joanna PL", "Grainne O'M-B"), or of any
    in an address ("nuala.b")."""
    tokens, tails, last = reading.tokens, reading.compiled.names.tails, run.last
    together = tokens.word(last + 1)
    if tokens.after(last) == "." and len(together) <= 3 and tokens.capital(last) == tokens.capital(last + 1):
        return last + bool(tails.get(together, set()) & run.people)
    if tokens.after(last) != " ":
        return last
    if 2 <= len(together) <= 3 and tails.get(together, set()) & run.people:
        written = tokens.written(last + 1)
        told = tokens.upper(last + 1) or (written[0] + written[-1]).isupper()  # "Tom VdB"
        told = told or (tokens.caseless(last) and weight(together) <= RARE)
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
