"""What a workshop file may say: each class is a mapping of the file, each field a name in it (`_` is a space there).

Described for its writers in docs/workshop-file.md. There is no field that could join a person to an answer.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar, Final, Literal

from learningsets import floors
from reports.document import Came


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many characters; one line unless it says otherwise."""

    characters: int
    lines: bool = False

    def tidy(self, text: str) -> str:
        """`text` without what means nothing: blanks around it, and in one line every run of blanks as one."""
        return text.strip() if self.lines else " ".join(text.split())


Line = Annotated[str, Limit(200)]
Short = Annotated[str, Limit(100)]
Long = Annotated[str, Limit(500)]
Text = Annotated[str, Limit(20_000, lines=True)]
Email = Annotated[str, Limit(254)]


@dataclass(frozen=True, slots=True)
class Programme:
    """What the organiser convenes."""

    title: Line
    convenor: Line = ""
    season: Short = ""
    audience: Annotated[str, Limit(300)] = ""
    purpose: Text = ""
    aims: tuple[Long, ...] = ()
    theory: tuple[Long, ...] = ()
    paper: Literal["a4", "letter"] = "a4"


@dataclass(frozen=True, slots=True)
class LearningSet:
    """The learning set. `country` is an ISO 3166 code, with a part after a hyphen where holidays differ."""

    name: Line
    language: Literal["en", "sv"] = "en"
    time_zone: Short = "Europe/London"
    country: Annotated[str, Limit(10)] = "GB-ENG"
    report_floor: int = floors.REPORT
    block_floor: int = floors.BLOCK
    theme_floor: int = floors.THEME


@dataclass(frozen=True, slots=True)
class Organisation:
    """An employer, and what people call it."""

    shorthand: ClassVar[str] = "name"
    name: Line
    short_names: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the programme, with everything by which a text could give them away; `left` says since when not."""

    name: Line
    email: Email
    role: Literal["participant", "facilitator", "organiser"]
    organisation: Line = ""
    job_title: Line = ""
    health_system: Short = ""
    other_names: tuple[Line, ...] = ()
    left: date | None = None


@dataclass(frozen=True, slots=True)
class Remembered:
    """What else no text may show: what somebody was called or held earlier (`of`), or who was asked and never came."""

    words: Annotated[str, Limit(254)]
    kind: Literal["name", "other name", "email", "job title", "organisation", "health system"]
    of: Line = ""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who came without being a member."""

    shorthand: ClassVar[str] = "name"
    name: Line
    organisation: Line = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """When and where the workshop was, in the set's time zone; `absent` are names of participants who did not come."""

    begins: datetime
    ends: datetime
    place: Annotated[str, Limit(300)] = ""
    absent: tuple[Line, ...] = ()
    guests: tuple[Guest, ...] = ()


@dataclass(frozen=True, slots=True)
class Challenge:
    """A challenge that a participant logged. It has an owner whom the set knows."""

    owner: Line
    title: Line
    happening: Text = ""
    trapped: tuple[Literal["buildings", "processes", "attitudes", "potential"], ...] = ()
    data: Text = ""
    uncodified: Text = ""
    whose_world: Text = ""
    question: Annotated[str, Limit(2_000, lines=True)] = ""
    visibility: Literal["private", "facilitator", "set"] = "private"


@dataclass(frozen=True, slots=True)
class Session:
    """Opens a numbered session of a day. Day 0: the report counts no days."""

    key: ClassVar[str] = "session"
    day: int
    number: int
    title: Line = ""
    paragraphs: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the concept list, and the narrower ones beneath it."""

    shorthand: ClassVar[str] = "term"
    term: Line
    sub_terms: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Cluster:
    """Terms that the group put together."""

    terms: tuple[Term, ...]
    title: Line = ""


@dataclass(frozen=True, slots=True)
class Concepts:
    """The words and concepts drawn up by the group."""

    key: ClassVar[str] = "concepts"
    clusters: tuple[Cluster, ...]
    introduction: Text = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A box of the scheme; its centre lies at `x` and `y`, 0 to 100, or is laid out when neither is given."""

    shorthand: ClassVar[str] = "label"
    label: Line
    x: int | None = None
    y: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow between two boxes, named by their labels. `from` is a word that Python keeps for itself."""

    from_: Line
    to: Line
    label: Line = ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """The group's drawing: boxes, arrows, and the order of boxes round the cycle."""

    key: ClassVar[str] = "scheme"
    caption: Long
    nodes: tuple[Node, ...]
    text_alternative: Text
    links: tuple[Link, ...] = ()
    cycle: tuple[Line, ...] = ()
    introduction: Text = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """One health system, or another context, as bullets."""

    heading: Line
    bullets: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Contexts:
    """The contexts that members introduced to each other."""

    key: ClassVar[str] = "contexts"
    profiles: tuple[Profile, ...]
    introduction: Text = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A challenge as it is published. `challenge` is the title of a logged one that it comes from."""

    shorthand: ClassVar[str] = "text"
    text: Text
    gloss: Text = ""
    challenge: Line = ""


@dataclass(frozen=True, slots=True)
class Questions:
    """The challenge questions that were worked on."""

    key: ClassVar[str] = "questions"
    questions: tuple[Question, ...]
    introduction: Text = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """An emerging theme, and how many different people what it says rests on."""

    title: Line
    paragraphs: tuple[Text, ...]
    people: int


@dataclass(frozen=True, slots=True)
class Themes:
    """The themes that the action learning raised."""

    key: ClassVar[str] = "themes"
    themes: tuple[Theme, ...]
    introduction: Text = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """A closing question, its answers without a hint of whose they are, and how many different people gave them.

    `meeting` says at which of several meetings it was asked: 1 at `Workshop.meeting`, 2 at the first further one.
    """

    question: Annotated[str, Limit(300)]
    authors: int
    answers: tuple[Text, ...]
    meeting: int = 1


@dataclass(frozen=True, slots=True)
class Answers:
    """The closing questions with their answers."""

    key: ClassVar[str] = "answers"
    listed: ClassVar[str] = "questions"
    questions: tuple[Closing, ...]


@dataclass(frozen=True, slots=True)
class NextSteps:
    """What the group agreed to do next."""

    key: ClassVar[str] = "next steps"
    listed: ClassVar[str] = "items"
    items: tuple[Text, ...]


Band = Literal["not told", "fewer than half", "half to three quarters", "three quarters or more"]


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months of a year, and how many of those expected at the programme's meetings came, in a band."""

    year: int
    quarter: int
    came: Band = "not told"


CAME: Final[dict[str, Came]] = {
    "not told": "",
    "fewer than half": "fewer",
    "half to three quarters": "half",
    "three quarters or more": "most",
}
"""The bands as the file says them, and as a document names them."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many came, a quarter at a time, as it was told to the organisers."""

    key: ClassVar[str] = "attendance"
    quarters: tuple[Quarter, ...]
    introduction: Text = ""


@dataclass(frozen=True, slots=True)
class Aim:
    """An aim, and how many of those with a view of it said in a quarter of a year that it is met, in bands."""

    year: int
    quarter: int
    aim: Long
    partly: Band = "not told"
    largely: Band = "not told"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How far the aims are met, a quarter at a time, as it was told to the organisers."""

    key: ClassVar[str] = "evaluation"
    aims: tuple[Aim, ...]
    introduction: Text = ""


Section = Session | Concepts | Scheme | Contexts | Questions | Themes | Answers | NextSteps | Attendance | Evaluation


@dataclass(frozen=True, slots=True)
class Report:
    """The write-up, in the order in which it prints."""

    title: Line
    period: Short
    sections: tuple[Section, ...]
    rule: Literal["2002", "short"] = "2002"
    action_learning: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What the facilitator decided about words that might identify somebody."""

    words: Long
    verdict: Literal["remove", "generalise", "keep"]
    wording: Annotated[str, Limit(300)] = ""
    reason: Long = ""
    sentence: Text = ""


@dataclass(frozen=True, slots=True)
class Clearance:
    """A label that may be named, and who of those it covers agreed (their names; left out: all of them)."""

    shorthand: ClassVar[str] = "label"
    label: Line
    agreed: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Workshop:
    """A whole file."""

    programme: Programme
    set: LearningSet
    people: tuple[Person, ...]
    meeting: Meeting
    report: Report
    further_meetings: tuple[Meeting, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    challenges: tuple[Challenge, ...] = ()
    decisions: tuple[Decision, ...] = ()
    clearances: tuple[Clearance, ...] = ()
    remembered: tuple[Remembered, ...] = ()

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """Every meeting that the report covers, in order."""
        return (self.meeting, *self.further_meetings)

    @property
    def guests(self) -> tuple[Guest, ...]:
        """Everybody who came to one of them without being a member."""
        return tuple(guest for meeting in self.meetings for guest in meeting.guests)
