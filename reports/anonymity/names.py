"""The forms a person's name takes, worked out once per roster."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from .fold import fold
from .initials import christened, of_surname, shortened_to, styled
from .roster import Person
from .typing_errors import LONGEST
from .words import (
    COMMON,
    FAMILY_PARTICLES,
    FUNCTION,
    GREETING,
    NOT_A_WORD,
    PARTICLES,
    RARE,
    SMALL_ABBREVIATIONS,
    SUBJECTS,
    TITLES,
    VERY_COMMON,
    abbreviations,
    diminutives,
    is_given_name,
    weight,
)

_GRADES = frozenset(("chief", "detective", "acting", "assistant", "deputy", "senior", "temporary", "area", "staff"))
_RANKS = frozenset(  # of some, and given names of others; in a text mostly words
    ("major", "general", "corporal", "private", "brigadier", "admiral", "deacon", "mister")
)
WORD = re.compile(r"[^\W_]+")
_LONG_NAME = 9  # letters
_SPELLINGS = str.maketrans(
    {
        "å": "aa",
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ø": "oe",
        "Å": "Aa",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
        "Ø": "Oe",
    }
)
_MAC = re.compile(r"\b(Ma?c)([A-Z]\w{3,})")


@dataclass(slots=True)
class Part:
    """One word of somebody's name: whose (by number), how everyday a word in which language, what precedes it."""

    weight: int
    language: str
    given: bool = False
    letters: bool = False  # written in capitals throughout
    people: set[int] = field(default_factory=set)
    particles: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Names:
    """All the people's names: single words, words run together, initials."""

    parts: dict[str, Part] = field(default_factory=dict)
    families: dict[int, set[str]] = field(default_factory=dict)  # each person's surnames
    firsts: dict[int, set[str]] = field(default_factory=dict)  # each person's given names, as they are written
    joined: set[str] = field(default_factory=set)
    initials: dict[str, set[int]] = field(default_factory=dict)
    letters: set[str] = field(default_factory=set)  # "it" of Ian Tully, who is called IT, never It
    single: set[str] = field(default_factory=set)  # letters that somebody is called by: "V"
    tails: dict[str, set[int]] = field(default_factory=dict)  # initials without the first: "pl" of Joanna Pitt-Lewis
    doubled: set[str] = field(default_factory=set)  # "sl" of Siobhan-Louise, who is called S-L, "kb" of Kerr-Baillie
    seconds: dict[int, set[str]] = field(default_factory=dict)  # each person's names behind a hyphen: "lis" of Maj-Lis
    particled: dict[str, set[int]] = field(default_factory=dict)  # "ap r": whoever is called Catrin ap Rhys
    mixed: set[str] = field(default_factory=set)  # initials of surnames alone, with a small letter first: "dG"
    clips: set[str] = field(default_factory=set)  # "ro" of Roisin: two letters that only their place makes a name


def _spellings(name: str) -> Iterator[str]:
    """The name without titles, and as someone without å, ä and ö on the keyboard would type it."""
    for spelling in dict.fromkeys((name, name.translate(_SPELLINGS))):
        chunks = fold(spelling).split()
        while len(chunks) > 1 and _is_title(chunks[0], chunks[1]) and not _is_called_so(name):
            del chunks[0]
        yield " ".join(chunks)


def _is_title(chunk: str, following: str) -> bool:
    """Whether a folded word before a name is a title, or says which: "Chief Inspector"."""
    return chunk.strip(".,") in TITLES or (chunk in _GRADES and following in TITLES)


def _is_called_so(name: str) -> bool:
    """Whether the title that a name begins with is a given name, or may be ("Deacon Pyle"), as its small letter tells:
    "Di Marsh", not "DI"."""
    first = name.split(maxsplit=1)[0]
    return fold(first) in _RANKS or (is_given_name(fold(first)) and not first.isupper())


def _join(names: Names, language: str, *pieces: str) -> None:
    """Notes words run together ("annalindqvist", "alindqvist"), unless that makes an everyday word ("along", and in
    Swedish "friska", which is no Frisk, A.)."""
    together = "".join(pieces)
    long = len(together) >= (4 if len(pieces[0]) == 1 else 5)  # "fyip" for Fang Yip
    if long and weight(together, language) == NOT_A_WORD and together.upper() not in abbreviations():
        names.joined.add(together)


def _note(
    names: Names,
    word: str,
    number: int,
    language: str,
    *,
    given: bool = False,
    particles: tuple[str, ...] = (),
) -> None:
    part = names.parts.get(word)
    if part is None:
        everyday = weight(word, language)
        small = word in FUNCTION or word in SMALL_ABBREVIATIONS  # "max" is short for the most
        part = names.parts[word] = Part(max(everyday, RARE) if small else everyday, language)
    part.given |= given
    part.people.add(number)
    part.particles.update(particles)


def _add_name(names: Names, name: str, number: int, language: str) -> None:
    chunks = [WORD.findall(chunk) for chunk in name.split()]
    chunks = [chunk for chunk in chunks if chunk]
    words: list[str] = []
    for position, chunk in enumerate(chunks):
        alone = len(chunks) == 1
        given = position == 0 or (position < len(chunks) - 1)
        before = tuple(word for earlier in chunks[:position] for word in earlier if word in PARTICLES)
        before += ("vd", "de", "den", "der") if "van" in before else ()  # "vd Berg", and van den Berg for van der Berg
        before += ("t",) if ["t"] in chunks[1:position] else ()  # "van 't Hoff"
        for word in chunk:
            if len(word) < 2 or (word in PARTICLES and not (position == 0 and len(chunk) == 1)):
                continue
            inside = tuple(other for other in chunk if other in PARTICLES or len(other) == 1)
            _note(names, word, number, language, given=given, particles=(*before, *inside))
            if not alone:
                (names.firsts if given else names.families).setdefault(number, set()).add(word)
            for particle in (*before, *inside):
                names.particled.setdefault(f"{particle} {word[0]}", set()).add(number)
            words.append(word)
            for form in _short_forms(word, language) if given or alone else _familiar(word):
                _note(names, form, number, language, given=given or alone)
        if (given or alone) and _opens_alone(chunk[0], language):
            names.clips.add(chunk[0][:2])
        if len(chunk) > 1:
            _note_joined(names, chunk, number, language, given=given)
    names.doubled |= {"".join(word[0] for word in chunk) for chunk in chunks if len(chunk) > 1}
    flat = [word for chunk in chunks for word in chunk]
    _add_joined(names, flat, words, language)
    _add_initials(names, name.strip(), chunks, words, number)


def _add_initials(names: Names, name: str, chunks: list[list[str]], words: list[str], number: int) -> None:
    for letters in shortened_to(name, chunks, words):
        names.mixed.discard(letters)
        names.initials.setdefault(letters, set()).add(number)
        names.tails.setdefault(letters[1:], set()).add(number)
    if letters := of_surname(chunks):
        if letters not in names.initials:
            names.mixed.add(letters)
        names.initials.setdefault(letters, set()).add(number)
    for first in christened(words[0]) if len(words) > 1 else ():
        names.initials.setdefault(first + words[-1][0], set()).add(number)


def _note_joined(names: Names, chunk: list[str], number: int, language: str, *, given: bool) -> None:
    """A part of a name that signs join ("Ann-Marie", "O'Connor-Hughes") as one word, and what is behind its first."""
    for joined in {"".join(chunk), "".join(chunk[:2]) if len(chunk[0]) == 1 else "".join(chunk)}:  # "oconnor" too
        _note(names, joined, number, language, given=given)
    names.seconds.setdefault(number, set()).update(word for word in chunk[1:] if len(word) > 2)


_NAMES_TOO = frozenset(("will", "may"))  # of William and Mary, whatever else they are
_ENDINGS = ("ie", "ey", "ee", "y", "i")  # of pet names, one as good as another: Connie, Conny
_SYLLABLE = re.compile(r"[^aeiouy]*[aeiouy]+[^aeiouy]")  # the first, closed: "jas" of Jaswinder, "doug" of Douglas
_CLUSTER = re.compile(r"[^aeiouy]*[aeiouy]+[^aeiouy]{2,}(?=[aeiouy])")  # up to the next vowel: "charl" of Charlotte
_OPEN = re.compile(r"[bcdfghjklmnprstvwz][aeiouy]")
_NO_CLIPS = FUNCTION | SUBJECTS | PARTICLES | SMALL_ABBREVIATIONS | TITLES | GREETING | {"ve"}  # "we've"


def _opens_alone(given: str, language: str) -> bool:
    """Whether the first two letters of a folded given name may be called alone: "Ro" of Roisin, not "he" of Helen, nor
    in Swedish "Sa" of Sara, as which "Så" is read."""
    clip = given[:2]
    said = len(given) > 3 and _OPEN.fullmatch(clip) is not None and clip not in _NO_CLIPS
    return said and {weight(clip), weight(clip, language)} == {RARE} and clip.upper() not in abbreviations()


@cache
def _not_called(language: str) -> frozenset[str]:
    """Small words that no name is shortened to: in English those of Swedish are none, "Den" is Dennis."""
    small = (FUNCTION - _NAMES_TOO) | SUBJECTS
    if language == "sv":
        return small
    return frozenset(word for word in small if weight(word) == VERY_COMMON or len(word) < 3)


def _short_forms(given: str, language: str) -> set[str]:
    """What a folded given name is shortened to: diminutives, their other endings, and the end of a long name."""
    found = set(diminutives(given))
    for form in (given, *diminutives(given)):
        ending = next((ending for ending in _ENDINGS if form.endswith(ending)), "")
        stem = form.removesuffix(ending)
        if ending and len(stem) >= 3:
            found |= {other for other in (stem + end for end in _ENDINGS) if weight(other) == NOT_A_WORD}
    if len(given) > 5 and (cluster := _CLUSTER.match(given)):  # "Charlie" for Charlotte, "Bernie" for Bernadette
        found |= {pet for end in _ENDINGS if weight(pet := cluster.group() + end) == NOT_A_WORD}
    if len(given) > 5 and (syllable := _SYLLABLE.match(given)):  # "Bal" for Balvinder, "Immy" for Imogen
        clipped = syllable.group()
        pets = {clipped} if len(clipped) > 2 else set()
        pets |= {clipped + end for end in _ENDINGS}
        doubled = {clipped + clipped[-1] + end for end in _ENDINGS}
        found |= {pet for pet in pets | doubled if weight(pet) == NOT_A_WORD} | (
            {clipped} if len(clipped) > 2 else set()
        )
        found |= {pet for pet in doubled if pet[-1] == "y" and len(pet) > 4 and weight(pet) <= COMMON}  # "Sunny"
    if len(given) >= 5:  # "Pri" for Priyanka, and for Priya
        clips = (given[:3], given[:4]) if len(given) > 5 else (given[:3],)
        found |= {clip for clip in clips if weight(clip) == NOT_A_WORD and clip.upper() not in abbreviations()}
    if _LONG_NAME - 1 <= len(given) <= LONGEST:  # "Damilola" for Oluwadamilola, "Raghu" for Raghunathan
        parts = {given[:length] for length in range(4, len(given) - 2)}
        parts |= {given[-length:] for length in range(4, len(given) - 2)}
        found |= {part for part in parts if weight(part) == NOT_A_WORD}
    if 3 <= len(given) <= 4:  # "Artie" for Art
        pets = {stem + end for stem in (given, given + given[-1]) for end in ("ie", "y")}
        found |= {pet for pet in pets if weight(pet) == NOT_A_WORD}
    if len(given) >= 5:  # two letters swapped may make a word: "Angle"
        swapped = {given[:at] + given[at + 1] + given[at] + given[at + 2 :] for at in range(1, len(given) - 1)}
        found |= {form for form in swapped if weight(form) > NOT_A_WORD}
    if given[1:2] != "h":  # "a Bhríd": whom one speaks to in Irish
        spoken_to = f"{given[0]}h{given[1:]}"
        found |= {spoken_to} if given[0] in _LENITED and weight(spoken_to) == NOT_A_WORD else set()
    found -= {form for form in found & FAMILY_PARTICLES if not is_given_name(form)}  # Derek is no "der"
    return found - {given} - _not_called(language)  # Viola is no "vi" in Swedish


_LENITED = frozenset("bcdfgmpst")


def _only_a_word(letters: str) -> bool:
    """Whether folded letters are an everyday word and nobody's name: "it", not "may", nor "jo" in capitals."""
    return weight(letters) == VERY_COMMON and not is_given_name(letters) and letters not in _NAMES_TOO


def _familiar(family: str) -> set[str]:
    """What a folded surname becomes among friends: "Rooky", "Smithie", "Chandra" for Chandrasekhar."""
    stem = family.removesuffix("e")  # "Thorney", and no "Thorneey", which Thornlea would mistype
    found = {stem + end for end in ("y", "ie", "ey")} if len(family) <= _LONG_NAME else set()
    if len(family) > _LONG_NAME:
        found |= {family[:length] for length in range(5, len(family) - 2)}
    return {form for form in found if weight(form) == NOT_A_WORD}


def _add_joined(names: Names, flat: list[str], words: list[str], language: str) -> None:
    if len(words) < 2:
        return
    first, last = words[0], words[-1]
    family = "".join(flat[1:])
    _join(names, language, *flat)
    if words[1:] == flat[2:] and flat[1] in PARTICLES and len(family) < 5 and weight(family) == NOT_A_WORD:
        names.joined.add(family)  # "ose", of Oisín Ó Sé, as addresses have it
    for surname in {last, family}:
        for pieces in (
            (first, surname),
            (surname, first),
            (first[0], surname),
            (surname, first[0]),
            (first, surname[0]),
        ):
            _join(names, language, *pieces)


def _add_mac(names: Names, written: str, number: int, language: str) -> None:
    for mac, rest in _MAC.findall(written):
        _note(names, fold(rest), number, language, particles=("mc", "mac"))
        _note(names, fold(mac + rest[0]), number, language)  # "A McE"
        names.initials.setdefault(fold(written[:1] + mac + rest[0]), set()).add(number)  # "AMcE"


def _also_called(person: Person) -> Iterator[str]:
    """What else a roster's names make of somebody: "Ling Wu" of Xiaoling Wu, called Ling, which is shortened to "LW",
    and the name without a rank, which is a given name, too."""
    first, _, rest = next(_spellings(person.name)).partition(" ")
    for other in person.other_names:
        if rest and len(other) > 1 and other.isalpha() and fold(other) not in rest:
            yield f"{other} {rest}"
    if first in _RANKS and " " in rest:
        yield rest


def forms(people: tuple[Person, ...], language: str) -> Names:
    """Every form of every person's names. The cost grows linearly with the number of people."""
    names = Names()
    for number, person in enumerate(people):
        names.single.update(fold(written) for written in person.other_names if len(written) == 1 and written.isalpha())
        for written in (person.name, *person.other_names, *_also_called(person)):
            if written.isupper() and len(written) <= 3 and _only_a_word(fold(written)):
                names.letters.add(fold(written))
            for name in _spellings(written):
                _add_name(names, name, number, language)
            if not _is_called_so(written) and (letters := styled(WORD.findall(fold(written)))):
                names.initials.setdefault(letters, set()).add(number)
            _add_mac(names, written, number, language)
        for address in person.emails:
            for word in WORD.findall(fold(address.partition("@")[0])):
                if len(word) >= 4 and weight(word, language) == NOT_A_WORD:
                    names.joined.add(word)
    return names
