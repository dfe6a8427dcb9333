"""What the readers of a text share: the text's words with their meanings, and the runs of words they find."""

from dataclasses import dataclass, field
from typing import NamedTuple

from .compiled import Compiled, Entry
from .context import Verdict
from .tokens import Tokens
from .words import NOT_A_WORD


class Hit(NamedTuple):
    """An identity in the input at `start` to `end`; `sure` hits are removed, the others put to a human."""

    start: int
    end: int
    type: str
    sure: bool
    genitive: bool = False

    def at(self, start: int, end: int) -> "Hit":
        """The same at another place."""
        return Hit(start, end, self.type, self.sure, self.genitive)


class Run(NamedTuple):
    """Words `first` to `last` taken together."""

    first: int
    last: int
    type: str
    verdict: Verdict
    genitive: bool = False


@dataclass(slots=True)
class Told:
    """The initials that a text said whose they are, folded."""

    behind: set[str] = field(default_factory=set)  # in brackets behind their name
    owners: set[str] = field(default_factory=set)  # in small letters, where minutes say who spoke or is to do something


@dataclass(slots=True)
class Reading:
    """The words of a view, and for each what the roster makes of it (None: nothing)."""

    tokens: Tokens
    meaning: list[Entry | None]
    compiled: Compiled
    told: Told  # here or earlier in the text
    lines: bool = True  # whether its lines end where the writer ended them, not where a page did
    barren: int = -1  # many single letters that begin up to this word have been read, and spell nothing
    lettered: int = -1  # and single letters stand there up to this word


class NameRun:
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
