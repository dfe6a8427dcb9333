"""The roster made ready for reading: one look-up per word of the text.

Compiling costs time linear in the roster and happens once per content (`compile_roster` is cached). What a word
of the text means is worked out when the word is first met and remembered, so that reading costs one look-up a word
whether the roster holds six people or six hundred.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from .fold import fold
from .inside import Inside
from .names import WORD, Names, Part, forms
from .organisations import Phrase, organisation_phrases, title_phrases
from .replace import wordings
from .roster import Roster, small_systems
from .stays import Staying
from .systems import Systems, bodies_of_few, system_words
from .typing_errors import LONGEST, Speller
from .words import (
    COMMON_CAPITALS,
    FUNCTION,
    GENERIC,
    NOT_A_WORD,
    RARE,
    WRITTEN_SHORT,
    abbreviations,
    national_bodies,
    weight,
)

_CUT = 7  # letters of a name that is recognised when a space has come into it
_MEMORY = 100_000  # words remembered per roster; then it starts afresh


@dataclass(frozen=True, slots=True)
class Entry:
    """What one word of the text may be. `exact` is false for a typing error and for a name inside a longer word:
    such a word cannot be an everyday word."""

    word: str  # as the roster spells it, folded
    part: Part | None = None
    phrases: tuple[Phrase, ...] = ()
    type: str = ""  # PERSON or ORG when the word is one by itself, whatever its neighbours
    initials: frozenset[int] = frozenset()
    letter: bool = False
    genitive: bool = False
    exact: bool = True
    rests: frozenset[str] = frozenset()  # second halves, should the word be the first half of a name ("Lind qvist")
    clip: bool = False  # two letters that somebody's name begins with, a name where they are called ("Ro, who …")
    within: bool = False  # a name only beside another word of the same name ("Will Prices", "S. Stones")


@dataclass
class Compiled:
    """A roster ready for reading. `look_up(word)` says what a folded word of the text may be."""

    language: str
    names: Names
    phrases: dict[str, tuple[Phrase, ...]]
    speller: Speller
    inside: Inside
    cleared: Staying  # names that may stay, and our own words: where a Partner works, "partner organisation" stays
    bodies: Staying  # of more than one word: the King's Fund is no Mr King
    staying: Staying  # cleared names and all bodies
    known: frozenset[str]
    systems: Systems
    telling: Staying  # bodies that say which health system is meant, where few members work in it
    halves: dict[str, frozenset[str]]
    letters: frozenset[str]
    given: frozenset[str]  # the first letters of given names
    memory: dict[str, Entry | None] = field(default_factory=dict)
    meant: dict[str, str] = field(default_factory=dict)
    strangeness: dict[str, int] = field(default_factory=dict)  # small_letters.py: 2 no word, 1 may be a name
    spelt: dict[str, list[str]] = field(default_factory=dict)  # misspelt.py: names without a letter, and by sound
    misheard: dict[tuple[str, str, str, bool], bool] = field(
        default_factory=dict
    )  # beside_names.py: a name, and the next

    def look_up(self, word: str) -> Entry | None:
        """What a folded word may be, or None."""
        try:
            return self.memory[word]
        except KeyError:
            if len(self.memory) > _MEMORY:
                self.memory.clear()
            entry = self._classify(word)
            if (rests := self.halves.get(word)) is not None:
                entry = Entry(word, rests=rests) if entry is None else replace(entry, rests=rests)
            self.memory[word] = entry
            return entry

    def look_up_all(self, words: list[str], vocabulary: frozenset[str]) -> list[Entry | None]:
        """What each of the folded words may be; `vocabulary` are the words, each once."""
        memory = self.memory
        for word in vocabulary.difference(memory):
            self.look_up(word)
        return [memory[word] if word in memory else self.look_up(word) for word in words]

    def canonical(self, word: str) -> str:
        """The word as the roster spells it, should it be a typing error or a genitive of one of the roster's."""
        meant = self.meant.get(word)
        if meant is None:
            if len(self.meant) > _MEMORY:
                self.meant.clear()
            meant = self.meant[word] = self._meant(word)
        return meant

    def _meant(self, word: str) -> str:
        if (whole := WRITTEN_SHORT.get(word)) in self.speller.words:
            return str(whole)
        if word in self.speller.words or self._everyday(word):
            return word
        if word.endswith("s") and word[:-1] in self.speller.words:
            return word[:-1]
        return self.speller.correct(word) or word

    def _everyday(self, word: str) -> bool:
        if self._plural(word):
            return True
        return (
            word in self.known
            or word in GENERIC
            or word in COMMON_CAPITALS
            or weight(word, self.language) != NOT_A_WORD
        )

    def _plural(self, word: str) -> bool:
        """Whether a word is many of what a dictionary has: "poppies"."""
        return word.endswith("ies") and weight(f"{word[:-3]}y", self.language) != NOT_A_WORD

    def _classify(self, word: str) -> Entry | None:
        if len(word) == 1:
            return Entry(word, phrases=self.phrases.get(word, ()), letter=True) if word in self.letters else None
        entry = self.exactly(word)
        if entry is not None:
            return self._or_genitive(word, entry)
        bare = word.strip("0123456789")
        if bare != word and len(bare) > 2:  # "Anna1", who has a note below
            entry = self.exactly(bare)
            if entry is not None and (len(bare) > 3 or weight(bare) == NOT_A_WORD):
                return entry
        if word in FUNCTION:
            return None  # "this", though there is a Thi
        if (entry := self._genitive(word)) is not None:
            return entry
        if self._everyday(word):
            return None
        return self._nearly(word) or self._kissed(word)

    def _genitive(self, word: str) -> Entry | None:
        """What a word that ends in s is without it, if it is a name that owns something, or several of a name."""
        if word.endswith("s") and (entry := self.exactly(word[:-1])) is not None:
            surely_a_name = entry.part is not None and entry.part.weight == NOT_A_WORD and not self._plural(word)
            if surely_a_name or not self._everyday(word):
                return Entry(entry.word, entry.part, entry.phrases, entry.type, genitive=True)
            if entry.part is not None:
                return Entry(entry.word, entry.part, genitive=True, within=True)
            if entry.phrases and self.language == "sv":
                return Entry(entry.word, phrases=entry.phrases, genitive=True)  # "Lyktans schema"
        return None

    def _or_genitive(self, word: str, entry: Entry) -> Entry:
        """An organisation's word that may be a person's genitive too: "Skogs", of Per Skog and of Skogs Lantbruk."""
        part = self.names.parts.get(word[:-1]) if word.endswith("s") and entry.part is None and entry.phrases else None
        return entry if part is None else replace(entry, part=part, genitive=True, within=part.weight > NOT_A_WORD)

    def _kissed(self, word: str) -> Entry | None:
        """A given name with the kiss behind it that ends a message: "Zoex"."""
        entry = self.exactly(word.rstrip("x")) if word.endswith("x") and len(word.rstrip("x")) > 2 else None
        return (
            replace(entry, exact=False) if entry is not None and entry.part is not None and entry.part.given else None
        )

    def exactly(self, word: str) -> Entry | None:
        """What a folded word is as it is spelt, errors and endings aside, or None."""
        part = self.names.parts.get(word)
        if part is not None and word in self.names.letters:
            part = replace(part, letters=True)
        phrases = self.phrases.get(word, ())
        kind = "PERSON" if word in self.names.joined else ""
        if kind and part is None and word.endswith("s"):  # "meulens": S. Meulen run together, or Meulen's
            part = self.names.parts.get(word[:-1])
        initials = frozenset(self.names.initials.get(word, ()))
        clip = word in self.names.clips
        if part is None and not phrases and not kind and not initials and not clip:
            return None
        return Entry(word, part, phrases, kind, initials, clip=clip)

    def _nearly(self, word: str) -> Entry | None:
        """A typing error, or a name inside a longer word that is no everyday word."""
        meant = self.speller.correct(word)
        if (
            meant is None and word.endswith("s") and not self._everyday(word[:-1])
        ):  # not "thats", though there is a Tate
            meant = self.speller.correct(word[:-1])
        if meant is not None and (entry := self.exactly(meant)) is not None:
            return Entry(meant, entry.part, entry.phrases, entry.type, exact=False)
        if len(word) >= 7 and (found := self.inside.find(word)) is not None:
            return Entry(found[0], type=found[1], exact=False)
        return None


def _by_first_word(phrases: Iterable[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    found: dict[str, dict[Phrase, None]] = {}
    for phrase in phrases:
        found.setdefault(phrase.words[0], {})[phrase] = None
    return {first: tuple(sorted(group, key=lambda p: (-len(p.words), not p.listed))) for first, group in found.items()}


def _halves(words: Iterable[str]) -> dict[str, frozenset[str]]:
    """Long names cut in two: each first half with the second halves that make a name of it."""
    found: dict[str, set[str]] = {}
    for word in words:
        for cut in range(2, len(word) - 2 if _CUT <= len(word) <= LONGEST else 0):
            if cut > 2 or weight(word[:cut]) == RARE:  # "Ny-ström"; not "in-", with which any word may begin
                found.setdefault(word[:cut], set()).add(word[cut:])
    return {half: frozenset(rests) for half, rests in found.items()}


@lru_cache(maxsize=64)
def compile_roster(roster: Roster) -> Compiled:
    """The roster ready for reading; the same content is compiled once."""
    names = forms(roster.people, roster.language)
    phrases = [*organisation_phrases(roster), *title_phrases(roster)]
    bodies = (*national_bodies(), *roster.national_bodies)
    few = small_systems(roster)  # NHS Wales is a national body, and where three members work
    telling = bodies_of_few(roster)
    known = frozenset(word for body in bodies for word in WORD.findall(fold(body)))
    known |= {fold(word) for word in abbreviations()}
    vocabulary = {*names.parts, *(word for phrase in phrases for word in phrase.words)}
    strong = {word: "PERSON" for word, part in names.parts.items() if len(word) >= 5 and part.weight == NOT_A_WORD}
    for phrase in phrases:
        if len(phrase.words) == 1 and phrase.weight == NOT_A_WORD and len(phrase.words[0]) >= 5:
            strong.setdefault(phrase.words[0], phrase.type)
    halves = _halves(strong)
    strong |= dict.fromkeys(names.joined, "PERSON")
    letters = {letter for letters in names.initials for letter in letters} | {
        word[0] for word in (*names.parts, *names.single, *(p.words[0] for p in phrases))
    }
    ours = [words for words in wordings(roster.language) if words not in vocabulary]  # "the partner organisation"
    return Compiled(
        roster.language,
        names,
        _by_first_word(phrases),
        Speller(vocabulary),
        Inside(strong),
        Staying((*roster.may_name, *ours)),
        Staying(body for body in bodies if len(body.split()) > 1),
        Staying((*roster.may_name, *ours, *(body for body in bodies if fold(body) not in few and body not in telling))),
        known,
        system_words(roster),
        Staying(telling),
        halves,
        frozenset(letters),
        frozenset(word[0] for word, part in names.parts.items() if part.given),
    )
