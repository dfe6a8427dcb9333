"""What the readers of a text share: the text's words with their meanings, and the runs of words they find."""

from dataclasses import dataclass, field
from typing import NamedTuple

from .compiled import Compiled, Entry
from .context import Verdict
from .tokens import Tokens


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
