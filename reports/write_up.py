"""The shape of a report's working content: what facilitators and the workshop file write, before the boundary.

`Report.content` is `plain(WriteUp)`. Its sections stand in the order in which they print and mirror those of
`reports.document`, with three differences: texts are raw; an `Answers` section only says where the closing answers
go (they come out of the box); questions and themes say what they rest on, which is counted and never printed.

Each section has an id, by which pages find it wherever it is moved to. It is part of no document and of no hash.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, fields, replace
from functools import cache
from hashlib import sha256
from typing import Any, ClassVar, Literal, get_args, get_origin, get_type_hints


class WriteUpError(ValueError):
    """Stored content does not have this module's shape. The message names the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What a section has besides what it says. One that is `hidden` stays in the write-up and prints nothing."""

    id: str = field(default="", compare=False)
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Session(Placed):
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
class Concepts(Placed):
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
class Scheme(Placed):
    """The group's drawing; `cycle` gives the order round it as positions in the list of nodes."""

    kind: ClassVar[str] = "scheme"
    caption: str = ""
    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()
    cycle: tuple[int, ...] = ()
    text_alternative: str = ""
    introduction: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """One context, as bullets."""

    heading: str
    bullets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contexts(Placed):
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
class Questions(Placed):
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
class Themes(Placed):
    """The themes that the action learning raised."""

    kind: ClassVar[str] = "themes"
    introduction: str = ""
    themes: tuple[Theme, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers(Placed):
    """Where the closing answers stand. Of the questions `left_out`, named by their ids, none print."""

    kind: ClassVar[str] = "answers"
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NextSteps(Placed):
    """What the group agreed to do next."""

    kind: ClassVar[str] = "next_steps"
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months of a year (`number` 1 to 4) and the band of those who came; empty: not told."""

    year: int
    number: Literal[1, 2, 3, 4]
    came: Literal["", "fewer", "half", "most"] = ""


@dataclass(frozen=True, slots=True)
class Attendance(Placed):
    """The bands of attendance that were written for the programme when the section was saved; nobody types them."""

    kind: ClassVar[str] = "attendance"
    introduction: str = ""
    quarters: tuple[Quarter, ...] = ()


@dataclass(frozen=True, slots=True)
class Aim:
    """An aim as its programme worded it, and the bands of those who said in a quarter (`number` 1 to 4) that it is
    partly met or more, and largely met or more; empty: not told."""

    year: int
    number: Literal[1, 2, 3, 4]
    text: str
    partly: Literal["", "fewer", "half", "most"] = ""
    largely: Literal["", "fewer", "half", "most"] = ""


@dataclass(frozen=True, slots=True)
class Evaluation(Placed):
    """How far the programme's aims are met, as it was written when the section was saved; nobody types it."""

    kind: ClassVar[str] = "evaluation"
    introduction: str = ""
    aims: tuple[Aim, ...] = ()


Section = Session | Concepts | Scheme | Contexts | Questions | Themes | Answers | NextSteps | Attendance | Evaluation
KINDS: dict[str, type[Section]] = {kind.kind: kind for kind in get_args(Section)}


@dataclass(frozen=True, slots=True)
class Removed:
    """A section that was taken out and can be put back, with the place at which it stood."""

    place: int
    section: Section


@dataclass(frozen=True, slots=True)
class WriteUp:
    """Everything a report says apart from its title, its period and the answers. `removed` says nothing any more."""

    sections: tuple[Section, ...] = ()
    rule: Literal["2002", "short"] = "2002"
    action_learning: tuple[str, ...] = ()
    removed: tuple[Removed, ...] = ()


def plain(written: WriteUp) -> dict[str, Any]:
    """`written` as `Report.content` stores it."""
    return {
        "sections": [_stored(section) for section in written.sections],
        "rule": written.rule,
        "action_learning": list(written.action_learning),
        "removed": [{"place": one.place, "section": _stored(one.section)} for one in written.removed],
    }


def read(content: dict[str, Any]) -> WriteUp:
    """The write-up in a stored content. Raises WriteUpError for unknown fields and wrong types.

    Sections that were stored before they had ids are given one by their place, which the next save keeps.
    """
    written: WriteUp = _object(WriteUp, content, "content")
    return replace(written, sections=tuple(_with_ids(written.sections)))


def digest(section: Section) -> str:
    """A name for what a section says, wherever it stands and whether or not it is hidden."""
    return sha256(json.dumps(bare(_stored(section)), sort_keys=True).encode()).hexdigest()


def bare(stored: dict[str, Any]) -> dict[str, Any]:
    """A section as it is stored, without what every section has besides what it says."""
    return {name: value for name, value in stored.items() if name not in _PLACED}


def _stored(section: Section) -> dict[str, Any]:
    stored = {"kind": section.kind, **asdict(section)}
    if isinstance(section, Scheme) and not section.introduction:
        del stored["introduction"]  # schemes had none once: one that says the same keeps its digest
    if isinstance(section, Answers) and not section.left_out:
        del stored["left_out"]
    return stored


def _with_ids(sections: Iterable[Section]) -> Iterable[Section]:
    taken = {section.id for section in sections if section.id}
    for place, section in enumerate(sections, start=1):
        named = section.id or next(name for n in range(place, place + len(taken) + 1) if (name := f"s{n}") not in taken)
        taken.add(named)
        yield replace(section, id=named)


_PLACED = frozenset(field.name for field in fields(Placed))


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
    if kind == Section:
        return _section(value, place)
    if get_origin(kind) is tuple:
        if not isinstance(value, (list, tuple)):
            raise WriteUpError(place)
        return tuple(_value(get_args(kind)[0], item, f"{place}[{number}]") for number, item in enumerate(value))
    if get_origin(kind) is Literal:
        if value not in get_args(kind):
            raise WriteUpError(place)
        return value
    if kind in (int, str, bool):
        if type(value) is not kind:
            raise WriteUpError(place)
        return value
    return _object(kind, value, place)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    stored = {field.name for field in fields(kind)}
    return {name: hint for name, hint in get_type_hints(kind).items() if name in stored}
