"""The forms an organisation's name takes, and the job titles that one person alone holds, or few do."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache

from .fold import fold
from .names import WORD
from .roster import FEW, Organisation, Roster
from .words import (
    COMMON,
    FUNCTION,
    GENERIC,
    GRAMMAR,
    LEGAL_FORMS,
    NOT_A_WORD,
    ORGANISATION_HEADS,
    RARE,
    SMALL,
    VERY_COMMON,
    abbreviations,
    national_bodies,
    place_words,
    weight,
)

_SWEDISH_HEADS = ("foreningen", "stiftelsen", "mottagningen", "kliniken", "bolaget")  # "Anhörigföreningen Länken"
_SWEDISH_KINDS = ("huset", "hemmet", "garden", "skolan", "boendet", "gruppen", "teamet", "centret", "centralen")
_ABOUT = re.compile(r" (?:for|of|för|i|vid|på) ")
_PARTS = re.compile(r", | [-–(] ?|\)")
_MOST_PARTS = 4
_JOINED = re.compile(r" (?:and|och|&) ")
_LENITED = frozenset("bcdfgmpst")
_ARTICLES = frozenset(("the", "an", "na", "y", "yr", "la", "le"))
_SAINTS = {"st": "saint", "saint": "st"}
_SAID_ALONE = GRAMMAR["said alone"]
_OF_HOSPITALS = GRAMMAR["said alone of hospitals"]
_HOSPITALS = frozenset(("hospital", "hospitals", "infirmary"))
_CAMEL = re.compile(r"(?<=[a-z])(?<!Mc)(?<!Mac)(?=[A-Z])")
_POSSESSIVE = re.compile(r"'[srn]\b")  # and the Welsh article and "in" behind a vowel: "Meddygfa'r Bont"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand for an organisation or a role; small words between them are passed over.

    `weight` is that of its least everyday word; a `listed` phrase is one the roster spells out. `acronym` phrases
    count in upper case, or when they cannot be a word. A phrase that is `cut` before "for" or "of" is another's where
    either follows: "the Norwegian Institute for Water". One `said_alone` is a word for what its organisation is: "the
    county" of a County Council. `opening` is the article that the roster spells it with: "An Ghaelscoil", "the Trust";
    "-" where that is in the word, as in Swedish ("kommunen").
    """

    words: tuple[str, ...]
    type: str
    weight: int
    listed: bool = False
    acronym: bool = False
    cut: bool = False
    said_alone: bool = False
    opening: str = ""


def content(text: str) -> tuple[str, ...]:
    """The folded words of a name without the small ones ("of", "the", "and") and the possessive s."""
    return tuple(word for word in _every_word(text) if word not in SMALL)


def _every_word(text: str) -> list[str]:
    return WORD.findall(_POSSESSIVE.sub("", fold(text)))


@cache
def _national() -> frozenset[str]:
    return frozenset(fold(body) for body in national_bodies())


def _distinctive(word: str) -> bool:
    return word not in GENERIC and word not in place_words() and not word.endswith(_SWEDISH_HEADS)


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    """What is left of a name without the generic words at its ends."""
    first, last = 0, len(words)
    while first < last and not _distinctive(words[first]):
        first += 1
    while last > first and not _distinctive(words[last - 1]):
        last -= 1
    return words[first:last]


def _phrase(words: tuple[str, ...], language: str, *, listed: bool = False) -> Phrase:
    distinctive = [weight(word, language) for word in words if _distinctive(word)]
    return Phrase(words, "ORG", min(distinctive, default=3), listed)


def _acronyms(name: str) -> Iterator[str]:
    """The initials of a name: with and without its small words, and without "NHS"; what it has in capitals whole.

    Also of its capitals alone: "LDC" for Lowther Dairy Co-operative, "GCC" for Gaelscoil Chnoc na Coille.
    """
    every = _every_word(name)
    main = content(name)
    whole = {fold(word) for word in name.split() if word.isupper() and len(word) <= 4}  # "TGPF" for Tarn GP Federation
    capitals = [fold(word)[:1] for word in name.split() if word[0].isupper()]
    for words in (
        every,
        main,
        capitals if len(capitals) > 2 else [],
        [w for w in main if w not in LEGAL_FORMS],
        [w for w in main if w != "nhs"],
        [w for w in every if w != "nhs"],
    ):
        for letters in ("".join(word[0] for word in words), "".join(w if w in whole else w[0] for w in words)):
            if len(letters) >= 3 or (
                len(letters) == len(words) == 2 and words == [w for w in main if w not in LEGAL_FORMS]
            ):
                yield letters


def _forms(written: str, language: str) -> Iterator[Phrase]:
    words = content(written)
    if not words:
        return
    if len(words) == 1 and len(written.strip()) <= 6 and written.strip().isupper():
        yield Phrase(words, "ORG", weight(words[0], language), listed=True, acronym=True)
        return
    yield from _in_other_words(written, words, language)
    if len(words) > 2 and words[-1] in LEGAL_FORMS:
        words = words[:-1]
        yield _phrase(words, language, listed=True)
    yield from (Phrase((word,), "ORG", VERY_COMMON, said_alone=True) for word in _said_alone(words))
    apart = content(_CAMEL.sub(" ", written))
    if len(apart) > len(words):
        yield _phrase(apart, language)  # "rx flow" for RxFlow
    core = _core(words)
    if core and " ".join(core) not in _national():  # "HSE South" is on the roster; the HSE stays what it is
        yield from _short_forms(written, words, core, language)
    for together in {"".join(words), "".join(_every_word(written))}:
        if len(words) > 1 and weight(together, language) == NOT_A_WORD:
            yield Phrase((together,), "ORG", NOT_A_WORD)
    known = {fold(word) for word in abbreviations()}
    for letters in set(_acronyms(written)) - known:
        yield Phrase((letters,), "ORG", weight(letters, language), acronym=True)


def _in_other_words(written: str, words: tuple[str, ...], language: str) -> Iterator[Phrase]:
    """The name as it is written, its parts, and the ways to write it a little differently."""
    for part in _PARTS.split(written)[: _MOST_PARTS if _PARTS.search(written) else 0]:
        core = _core(content(part))
        if len(content(part)) > 1 and core and min(weight(word, language) for word in core) <= RARE:
            yield from _forms(part, language)  # "Ashlar Ward" and "Pell General Hospital" of "…, …"
    yield replace(_phrase(words, language, listed=True), opening=_opening(written))
    if (plain := _unlenited(words, language)) != words:
        yield _phrase(plain, language, listed=True)
        yield from (_phrase(plain[at:], language) for at in range(1, len(words) - 1) if plain[at] != words[at])
    if _SAINTS.keys() & set(words):
        yield _phrase(tuple(_SAINTS.get(word, word) for word in words), language, listed=True)
    for at in range(len(words) if len(words) > 1 else 0):
        yield from (
            _phrase((*words[:at], *halves, *words[at + 1 :]), language) for halves in _apart(words[at], language)
        )
    first = words[0]
    other = first.removesuffix("s") if first.endswith("s") else f"{first}s"
    if len(words) > 1 and len(other) > 3 and _distinctive(first) and weight(other, language):
        yield _phrase((other, *words[1:]), language)  # "Malting Practice" for The Maltings Practice
    cut = content(_ABOUT.split(written)[0])
    if 1 < len(cut) < len(words) and not GENERIC.issuperset(cut):
        yield replace(_phrase(cut, language), cut=True)  # "the Norwegian Institute", of one for Nature Research


def _apart(word: str, language: str) -> Iterator[tuple[str, str]]:
    """A word as two, where both are everyday ones: "home care" of Larkrise Homecare."""
    for cut in range(4, len(word) - 3):
        if min(weight(half, language) for half in (word[:cut], word[cut:])) >= COMMON:
            yield word[:cut], word[cut:]


def _opening(written: str) -> str:
    """The article that a name is written with; "-" of one word in small letters."""
    article = fold(written).partition(" ")[0]
    if article in _ARTICLES:
        return article
    return "-" if written.islower() and " " not in written.strip() else ""


def _said_alone(words: tuple[str, ...]) -> Iterator[str]:
    """The words that a council or a hospital is called by: "county" of Cennen County Council, "royal" of Royal Tarn
    Hospital; and a first word that only describes: "the Amalgamated" of Amalgamated Dockers."""
    if len(words) > 2 and words[-1] == "council" and words[-2] in _SAID_ALONE:
        yield words[-2]
    if words[0].endswith("ed") and len(words[0]) > 5 and len(words) > 1:
        yield words[0]
    if not _HOSPITALS.isdisjoint(words):
        yield from (word for word in words if word in _OF_HOSPITALS)


def _unlenited(words: tuple[str, ...], language: str) -> tuple[str, ...]:
    """The words without the h that Irish puts behind a first letter: "Cnoc na Coille" of Gaelscoil Chnoc na Coille."""
    return tuple(
        word[0] + word[2:]
        if word[:1] in _LENITED and word[1:2] == "h" and len(word) > 4 and weight(word, language) == NOT_A_WORD
        else word
        for word in words
    )


def _first_words(words: tuple[str, ...], known: int, language: str) -> Iterator[Phrase]:
    """The first words alone, from what is `known` on, or with the initials of the others.

    "Corravale General" for Corravale General Hospital, "Northgate CN" for Northgate Clinical Network. A first word that
    is none is known by itself: "Corravale Brass" for Corravale Brass Ensemble.
    """
    for length in range(2 if weight(words[0], language) == NOT_A_WORD else known + 1, len(words)):
        yield _phrase(words[:length], language)
    for length in range(1, len(words) - 1):
        letters = "".join(word[0] for word in words[length:])
        spoken = letters in FUNCTION if length > 1 else weight(letters, language) > RARE
        spoken |= length == 1 and weight(f"{letters}s", language) > NOT_A_WORD
        if not spoken and (length > 1 or weight(words[0], language) <= RARE):
            yield _phrase((*words[:length], letters), language)


def _last_words(words: tuple[str, ...], core: tuple[str, ...], language: str) -> Iterator[Phrase]:
    """The last two words, if they are not generic, and what kind it is behind any word that is a name.

    "Rural Link" for Corrib and Moy Rural Link, "the Tarrant centre" for Vale of Tarrant Community Diagnostic Centre.
    """
    if language == "sv" and len(words) == 2 and [word.endswith(_SWEDISH_KINDS) for word in words] == [True, False]:
        yield _phrase(words[1:], language)  # "Lyktan" for Hälsohuset Lyktan
    if len(words) < 3:
        return
    if any(_distinctive(word) for word in words[-2:]):
        yield _phrase(words[-2:], language)
    for word in core if words[-1] in ORGANISATION_HEADS or words[-1] == "unit" else ():
        if len(word) > 3 and weight(word, language) <= (RARE if word == core[0] else NOT_A_WORD):
            yield _phrase((word, words[-1]), language)


def _short_forms(written: str, words: tuple[str, ...], core: tuple[str, ...], language: str) -> Iterator[Phrase]:
    """What is said for short of an organisation whose name has a `core` that is not generic."""
    known = words[: words.index(core[0]) + len(core)]
    for short in {core, known} - {words}:  # "wolds" and "north wolds" for North Wolds District Council
        yield _phrase(short, language)
        if len(short) > 1 and short[0][1:].endswith("s") and weight(short[0][:-1], language):
            yield _phrase((short[0][:-1], *short[1:]), language)  # "Queen's Road" for Queens Road Surgery
    if language == "sv" and len(core) == 1 and core[0].endswith("s") and weight(core[0][:-1], "sv") == NOT_A_WORD:
        yield _phrase((core[0][:-1],), language)  # "kommunen Hällstorp" for Hällstorps kommun
    if core[0] == words[0]:
        yield from _first_words(words, len(core), language)
    yield from _last_words(words, core, language)
    if len(core) == 2 and _JOINED.search(written) and f"{core[0][0]}&{core[1][0]}".upper() not in abbreviations():
        yield Phrase((core[0][0], core[1][0]), "ORG", RARE, listed=True)  # "K&S" for Keld and Sorrel
    if len(core) > 1 and weight(core[0] + core[1], language) == NOT_A_WORD:  # "Cradlesong" for Cradle Song Doulas
        yield Phrase((core[0] + core[1],), "ORG", NOT_A_WORD)
    if len(core) > 1 and len(core[0]) >= 4 and weight(core[0], language) == NOT_A_WORD:
        yield _phrase(core[:1], language)


def _organisations(roster: Roster) -> Iterator[Organisation]:
    yield from roster.organisations
    for name in dict.fromkeys(person.organisation for person in roster.people if person.organisation):
        yield Organisation(name)


def organisation_phrases(roster: Roster) -> Iterator[Phrase]:
    """Every form of every organisation on the roster."""
    for organisation in _organisations(roster):
        for written in (organisation.name, *organisation.aliases):
            yield from _forms(written, roster.language)
        for domain in organisation.domains:
            words = tuple(WORD.findall(fold(domain)))
            if words:
                yield Phrase(
                    words,
                    "ORG",
                    NOT_A_WORD if len(words) > 1 else weight(words[0]),
                    listed=True,
                )
                if len(words[0]) > 4 and weight(words[0], roster.language) == NOT_A_WORD:
                    yield Phrase(words[:1], "ORG", NOT_A_WORD)


_SWEDISH_ARTICLES = ("n", "en", "et", "t", "nen")  # "rektorn", "chefen", "ombudet", "ombudsmannen"
_OF = re.compile(r"([^,]+?)(?:, | of | for )(?:the )?([^,]+)$", re.IGNORECASE)
_PLACE = re.compile(r", | (?:för|i|på|vid|av) ")


def _with_article(words: tuple[str, ...], kind: str) -> Iterator[Phrase]:
    """A title with its Swedish article, and the genitive of that."""
    for ending in _SWEDISH_ARTICLES:
        for owning in ("", "s"):
            yield Phrase((*words[:-1], words[-1] + ending + owning), kind, NOT_A_WORD)


def _turned(title: str, kind: str, held: Collection[tuple[str, ...]]) -> Iterator[Phrase]:
    """ "Estates Director" for a Director of Estates; for a Clinical Lead for Stroke "stroke lead", too."""
    if match := _OF.match(title):
        head, tail = content(match[1]), content(match[2])
        for words in {(*tail, *head), (*tail, *head[-1:])} - {*held}:
            if head and tail:
                yield Phrase(words, kind, RARE, listed=True)


def title_phrases(roster: Roster) -> Iterator[Phrase]:
    """The job titles that exactly one person on the roster holds, and the head of a long one (the chief nurse).

    Those are a TITLE; what two to nine hold is a ROLE, unless it is one word in everybody's mouth ("nurse").
    """
    held = Counter(content(person.title) for person in roster.people)
    heads = Counter[tuple[str, ...]]()
    for words in held:
        heads.update({words[:length] for length in range(1, len(words) + 1)})
    for title in dict.fromkeys(person.title for person in roster.people):
        words = content(title)
        acronym = len(words) == 1 and title.isupper()
        everyday = weight(words[0], roster.language) if len(words) == 1 else RARE
        generic = everyday > RARE and not acronym
        if not words or held[words] >= FEW or (held[words] > 1 and generic):
            continue
        kind = "TITLE" if held[words] == 1 else "ROLE"
        yield Phrase(words, kind, everyday, listed=True, acronym=acronym)
        if not acronym and (roster.language == "sv" or not weight(words[-1])):
            yield from _with_article(words, kind)
        post = content(_PLACE.split(title)[0])
        if roster.language == "sv" and post and len(post) < len(words) and heads[post] == 1:
            alike = sum(word.endswith(post[-1]) for others in held for word in others)
            yield from _with_article(post, kind if alike == 1 else "ROLE")  # "rektorn", of "Rektor, Alskolan"
        if len(words) > 1:
            yield Phrase(("".join(_every_word(title)),), kind, NOT_A_WORD)
            letters = "".join(word[0] for word in words)
            known = letters.upper() in abbreviations() and len(letters) < 3
            if held[words] == 1 and weight(letters) <= RARE and not known:
                yield Phrase((letters,), "ROLE", RARE, acronym=True)  # "the HM" of a harbour master, "the COO"
        yield from _turned(title, kind, held)
        head = content(title.partition(" for ")[0].partition(" of ")[0].partition(",")[0])
        if 3 <= len(head) < len(words) and heads[head] == 1:
            yield Phrase(head, kind, RARE, listed=True)
