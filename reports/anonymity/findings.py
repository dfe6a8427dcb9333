"""What the boundary says about a text: what it removed, and what a human has to decide."""

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["remove", "generalise", "keep"]

# Why something is put to a human, in words that a screen can translate (they are gettext message ids there).
UNLISTED_PERSON = "This may be a person who is not on the list of this set's people."
UNLISTED_ORGANISATION = "This may be an organisation that is not on the list of this set's organisations."
NAME_OR_WORD = "This is a name on the list of this set's people, or just a word."
ORGANISATION_OR_WORD = "This is an organisation of this set's people, or just a word."
ONLY_ONE = "Somebody who is the only one of a kind can be recognised."
ROLE_HINT = "This can tell what somebody's work is: whom they lead, treat or answer to."
SOLE_ROLE = "Only one person on the list has this role."
ROLE_OF_FEW = "Fewer than ten people on the list have this role."
RARE_DATE = "An exact date can be looked up."
RARE_NUMBER = "An exact number can be looked up."
SMALL_SYSTEM = "Fewer than ten members work in this health system, and not all of them have agreed to its being named."
SYSTEM_BODY = "This body is of a country that fewer than ten members work in: it says which health system is meant."
MARKED = "You marked these words yourself."
OTHER_SCRIPT = (
    "These are no Latin letters: they may not print, and can tell whose language it is. Put the words in Latin "
    "letters, or in words of your own."
)
OTHER_LANGUAGE = (
    "This seems to be in another language than the report: that can tell whose words they are, and names in it may go "
    "unnoticed. Say it in the language of the report."
)

REASONS = (
    UNLISTED_PERSON,
    UNLISTED_ORGANISATION,
    NAME_OR_WORD,
    ORGANISATION_OR_WORD,
    ONLY_ONE,
    ROLE_HINT,
    SOLE_ROLE,
    ROLE_OF_FEW,
    RARE_DATE,
    RARE_NUMBER,
    SMALL_SYSTEM,
    SYSTEM_BODY,
    MARKED,
    OTHER_SCRIPT,
    OTHER_LANGUAGE,
)


@dataclass(frozen=True, slots=True)
class Span:
    """Something removed. `start` and `end` count code points of the input; `replacement` stands there now."""

    start: int
    end: int
    type: str
    replacement: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something put to a human: until they decide, it stands generalised.

    `words` is the passage itself, `sentence` the sentence it stands in, `why` one of REASONS. `general` are the words
    that stand there until then.
    """

    start: int
    end: int
    type: str
    why: str
    words: str
    sentence: str
    general: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a human decided about words, everywhere or (when `sentence` is given) in that sentence alone.

    remove: nothing stands there, or a gap that is seen. generalise: `wording` stands there. keep: the words stay.
    With a sentence, what is removed or generalised is found there even where nothing else would find it (marks.py).
    Words and sentence are compared folded (see fold.py). `wording` passes the boundary like all text.
    """

    words: str
    verdict: Verdict
    wording: str = ""
    reason: str = ""
    sentence: str = ""
