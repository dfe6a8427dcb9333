"""The passages of a frozen document, as the set reads them before it leaves, and when two of them are the same.

A passage is named by its position among the document's texts and by the digest of its words, and by nothing else: in
particular not by the row it came from.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, TypeVar

from django.utils.translation import gettext as _

from reports import outline
from reports.anonymity.fold import fold
from reports.anonymity.replace import LANGUAGES, wordings
from reports.anonymity.text import AnonymousText
from reports.anonymity.words import FUNCTION
from reports.document import (
    Answers,
    Cluster,
    ConceptList,
    Link,
    Node,
    ReportDocument,
    Scheme,
    Section,
    WithheldAnswers,
    texts,
)
from reports.words import STAND_INS

FORMERLY: Final = "…"
"""What stood in older documents where words of STAND_INS stand now."""
LEAST_SHARED: Final = 6
"""Words that two passages need for sharing most of them to make them the same. Source: docs/anonymity.md, "When a
passage is the same"."""
MANY_TIMES: Final = 4
LEAST_TELLING: Final = 2
T = TypeVar("T")
_SMALL: Final = FUNCTION | {word for language in LANGUAGES for words in wordings(language) for word in words.split()}
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Extract:
    """One passage: its position, the heading it stands under, its words as they print. What is `fixed` no facilitator
    can write otherwise: members' answers and their questions, the name of the programme. Passages with the same
    `words_of`, a number from 1, are the few words each of one list or drawing; 0 stands by itself."""

    position: int
    where: str
    words: AnonymousText
    fixed: bool = False
    words_of: int = 0

    @property
    def digest(self) -> str:
        """What the words are known by, however they are written (`digest_of`)."""
        return digest_of(self.words)

    @property
    def name(self) -> str:
        """Position and exact words in short, for the field of a form and for a ballot."""
        return f"{self.position}-{_exact_digest_of(self.words)[:16]}"


def digest_of(words: AnonymousText) -> str:
    """The name of words that print, wherever they stand: the SHA-256 of their letters and digits, folded as names are.
    So capitals, accents, stops, spaces and look-alikes make no difference. What has neither is named as it stands."""
    return sha256(letters(str(words)).encode()).hexdigest()


def _exact_digest_of(words: AnonymousText) -> str:
    """The SHA-256 of words as they print. Outcomes of objections were stored under it before `digest_of` folded."""
    return sha256(str(words).encode()).hexdigest()


def same_letters(one: str, other: str) -> bool:
    """Whether two texts have the same letters and digits, as `digest_of` sees them."""
    return letters(one) == letters(other)


def letters(text: str) -> str:
    """The letters and digits of a text, folded as names are; the text itself where it has none."""
    return "".join(_WORD.findall(fold(text))) or text


def settled(words: AnonymousText, by_digest: Mapping[str, T]) -> T | None:
    """What `by_digest` has for words that print, under either name of theirs."""
    return by_digest.get(digest_of(words), by_digest.get(_exact_digest_of(words)))


def shares_most(objected: str, text: str) -> bool:
    """Whether `text` has most of the words of a passage that was objected to, or most of its own words from there.

    The longest common subsequence of words, over half of the shorter of the two: what is put in between, before or
    after them changes nothing, nor does cutting the passage up. False where either has fewer than LEAST_SHARED words.
    In a passage that is many times as long almost any sentence's small words stand in some order, and those that stand
    for names: there only the others are counted, or all where one stands whole in the other.
    """
    was, now = _WORD.findall(fold(objected)), _WORD.findall(fold(text))
    if min(len(was), len(now)) < LEAST_SHARED:
        return False
    if max(len(was), len(now)) > MANY_TIMES * min(len(was), len(now)):
        whole = sorted((f" {' '.join(was)} ", f" {' '.join(now)} "), key=len)
        if whole[0] in whole[1]:
            return True
        was, now = ([word for word in words if word not in _SMALL] for words in (was, now))
    shorter = min(len(was), len(now))
    if shorter < LEAST_TELLING:
        return False
    places: dict[str, int] = {}
    for place, word in enumerate(was):
        places[word] = places.get(word, 0) | 1 << place
    every = unmatched = (1 << len(was)) - 1  # one bit a word: a step for each word of `text`, whatever stands in it
    for word in now:
        here = unmatched & places.get(word, 0)
        unmatched = (unmatched + here | unmatched - here) & every
    return 2 * (len(was) - unmatched.bit_count()) > shorter


def extracts(document: ReportDocument) -> tuple[Extract, ...]:
    """Every passage of `document` that says something, in the order in which they stand in it."""
    cover = [
        (_("Cover"), document.title, False, 0),
        (_("Cover"), document.programme, True, 0),
        (_("Cover"), document.period, False, 0),
    ]
    told = [
        (part.label, words, isinstance(part.section, Answers | WithheldAnswers), words_of)
        for part in outline.parts(document)
        for words, words_of in _with_lists(part.section)
    ]
    about = [(_("What action learning is"), words, False, 0) for words in document.action_learning]
    placed = enumerate((*cover, *told, *about))
    said = (Extract(position, *one) for position, one in placed if str(one[1]).strip())
    return tuple(one for one in said if str(one.words) not in STAND_INS | {FORMERLY})


def _with_lists(section: Section) -> Iterator[tuple[AnonymousText, int]]:
    """Each text of a section, in the order of `texts`, with the number of the cluster of terms, or of the drawing, that
    it stands in; 0 where it stands in none."""
    lists: tuple[tuple[Cluster | Node | Link, ...], ...] = ()
    if isinstance(section, ConceptList):
        lists = tuple((cluster,) for cluster in section.clusters)
    elif isinstance(section, Scheme):
        lists = ((*section.nodes, *section.links),)
    number = {id(words): n for n, one in enumerate(lists, start=1) for part in one for words in texts(part)}
    return ((words, number.get(id(words), 0)) for words in texts(section))
