"""The shape of a report's working content: what facilitators and the workshop file write, before the boundary.

`Report.content` is `plain(WriteUp)`. Its sections stand in the order in which they print and mirror those of
`reports.document`, with three differences: texts are raw; an `Answers` section only says where the closing answers
go (they come out of the box); questions and themes say what they rest on, which is counted and never printed.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from typing import Any, ClassVar, Literal, TypeVar, get_args, get_origin, get_type_hints


class WriteUpError(ValueError):
    """Stored content does not have this module's shape. The message names the place."""


@dataclass(frozen=True, slots=True)
class Session:
    """Opens a numbered session. Day 0: the report counts no days, and this is its introduction."""

    kind: ClassVar[str] = "session"
    day: int = 0
    number: int = 1
    title: str = ""
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the concept list and the narrower ones beneath it."""

    text: str
    sub_terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cluster:
    """Terms that belong together; the title may be empty."""

    title: str = ""
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Concepts:
    """The words and concepts drawn up by the group."""

    kind: ClassVar[str] = "concepts"
    introduction: str = ""
    clusters: tuple[Cluster, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A box of the scheme; `x` and `y` place its centre, 0 to 100 from the left and from the top."""

    label: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow between two boxes, by their positions in the list of nodes."""

    from_: int
    to: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """The group's drawing; `cycle` gives the order round it as positions in the list of nodes."""

    kind: ClassVar[str] = "scheme"
    caption: str = ""
    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()
    cycle: tuple[int, ...] = ()
    text_alternative: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """One context, as bullets."""

    heading: str
    bullets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contexts:
    """The contexts that members introduced to each other."""

    kind: ClassVar[str] = "contexts"
    introduction: str = ""
    profiles: tuple[Profile, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A challenge as it is published. `challenge` is the id of the logged one, empty when it was never logged."""

    text: str
    gloss: str = ""
    challenge: str = ""


@dataclass(frozen=True, slots=True)
class Questions:
    """The challenge questions that were worked on."""

    kind: ClassVar[str] = "questions"
    introduction: str = ""
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """An emerging theme and what it rests on: ids of challenges, ids of detached answers, or a count of people."""

    title: str
    paragraphs: tuple[str, ...] = ()
    challenges: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    people: int = 0


@dataclass(frozen=True, slots=True)
class Themes:
    """The themes that the action learning raised."""

    kind: ClassVar[str] = "themes"
    introduction: str = ""
    themes: tuple[Theme, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """Where the closing answers stand."""

    kind: ClassVar[str] = "answers"


@dataclass(frozen=True, slots=True)
class NextSteps:
    """What the group agreed to do next."""

    kind: ClassVar[str] = "next_steps"
    items: tuple[str, ...] = ()


Part = TypeVar("Part", Session, Questions, Themes, Answers, NextSteps)
Section = Session | Concepts | Scheme | Contexts | Questions | Themes | Answers | NextSteps
KINDS: dict[str, type[Section]] = {kind.kind: kind for kind in get_args(Section)}


@dataclass(frozen=True, slots=True)
class WriteUp:
    """Everything a report says apart from its title, its period and the answers."""

    sections: tuple[Section, ...] = ()
    rule: Literal["2002", "short"] = "2002"
    action_learning: tuple[str, ...] = ()


def plain(write_up: WriteUp) -> dict[str, Any]:
    """`write_up` as `Report.content` stores it."""
    sections = [{"kind": section.kind, **asdict(section)} for section in write_up.sections]
    return {**asdict(write_up), "sections": sections}


def read(content: dict[str, Any]) -> WriteUp:
    """The write-up in a stored content. Raises WriteUpError for unknown fields and wrong types."""
    rest = {name: value for name, value in content.items() if name != "sections"}
    sections = content.get("sections", [])
    if not isinstance(sections, (list, tuple)):
        raise WriteUpError("sections")
    written: WriteUp = _object(WriteUp, rest, "content")
    read_sections = tuple(_section(value, f"sections[{place}]") for place, value in enumerate(sections))
    return WriteUp(sections=read_sections, rule=written.rule, action_learning=written.action_learning)


def opening(written: WriteUp) -> Session:
    """The introduction that stands before any counted day, or an empty one."""
    return next((part for part in written.sections if isinstance(part, Session) and part.day == 0), Session())


def first(written: WriteUp, kind: type[Part]) -> Part:
    """The first part of a kind, or an empty one."""
    return next((part for part in written.sections if isinstance(part, kind)), kind())


def revised(
    written: WriteUp,
    introduction: tuple[str, ...],
    questions: tuple[Question, ...],
    themes: tuple[Theme, ...],
    next_steps: tuple[str, ...],
) -> WriteUp:
    """`written` with the parts that a facilitator types replaced where they stand, and everything else untouched.

    A part that says nothing any more is left out; a new one goes where reports have it.
    """
    parts: list[tuple[Section, Section, bool]] = [
        (old := opening(written), replace(old, paragraphs=introduction), bool(introduction)),
        (asked := first(written, Questions), replace(asked, questions=questions), bool(questions)),
        (told := first(written, Themes), replace(told, themes=themes), bool(themes)),
        (answers := first(written, Answers), answers, True),
        (first(written, NextSteps), NextSteps(next_steps), bool(next_steps)),
    ]
    sections = list(written.sections)
    for before, after, says_something in parts:
        _put(sections, before, after if says_something else None)
    return replace(written, sections=tuple(sections))


def paragraphs(text: str) -> tuple[str, ...]:
    """A typed text as paragraphs: a blank line parts two of them, a single line break does not."""
    blocks = text.replace("\r\n", "\n").split("\n\n")
    return tuple(" ".join(block.split()) for block in blocks if block.strip())


def lines(text: str) -> tuple[str, ...]:
    """A typed text as its lines, blank ones left out."""
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())


_ORDER = (Session, Concepts, Scheme, Contexts, Questions, Themes, Answers, NextSteps)


def _put(sections: list[Section], before: Section, after: Section | None) -> None:
    """Put `after` where `before` stands, or where reports have a part of its kind; None takes it out."""
    place = next((number for number, part in enumerate(sections) if part is before), None)
    if place is not None:
        sections[place : place + 1] = [after] if after is not None else []
    elif after is not None:
        rank = _ORDER.index(type(after))
        later = (number for number, part in enumerate(sections) if _ORDER.index(type(part)) > rank)
        at_front = isinstance(after, Session)
        sections.insert(0 if at_front else next(later, len(sections)), after)


# --- Reading, by the fields' own types --------------------------------------------------


def _section(value: Any, place: str) -> Section:
    if not isinstance(value, dict) or value.get("kind") not in KINDS:
        raise WriteUpError(f"{place}.kind")
    rest = {name: item for name, item in value.items() if name != "kind"}
    section: Section = _object(KINDS[value["kind"]], rest, place)
    return section


def _object(kind: Callable[..., Any], value: Any, place: str) -> Any:
    hints = _hints(kind)
    if not isinstance(value, dict) or not value.keys() <= hints.keys():
        raise WriteUpError(place)
    try:
        return kind(**{name: _value(hints[name], item, f"{place}.{name}") for name, item in value.items()})
    except TypeError as missing:
        raise WriteUpError(place) from missing


def _value(kind: Any, value: Any, place: str) -> Any:
    if get_origin(kind) is tuple:
        if not isinstance(value, (list, tuple)):
            raise WriteUpError(place)
        return tuple(_value(get_args(kind)[0], item, f"{place}[{number}]") for number, item in enumerate(value))
    if get_origin(kind) is Literal:
        if value not in get_args(kind):
            raise WriteUpError(place)
        return value
    if kind in (int, str):
        if type(value) is not kind:
            raise WriteUpError(place)
        return value
    return _object(kind, value, place)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    stored = {field.name for field in fields(kind)}
    return {name: hint for name, hint in get_type_hints(kind).items() if name in stored}
