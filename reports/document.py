"""What a report says, and nothing about who said it.

A `ReportDocument` is frozen, made of `AnonymousText`, and has no field in which an author, a time or the
identity of a row could stand. It is stored as canonical JSON (`dumps`), which is what `reports.pdf` renders
and what `digest` names: the same document always has the same bytes.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import cache
from hashlib import sha256
from types import NoneType, UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from reports.anonymity.text import AnonymousText, vouch_for

VERSION = 1
"""The version of the stored form. It goes up when a stored document would be read differently."""

Language = Literal["en", "sv"]
Paper = Literal["a4", "letter"]
Status = Literal["review_copy", "release"]
"""`release` are the bytes that may leave; anything else carries a notice on each page."""
RuleWording = Literal["2002", "short"]
"""The Rule in its 2002 wording, or in the shorter paraphrase that many reports print."""

Came = Literal["", "fewer", "half", "most"]
"""Fewer than half (came, or say so of an aim), half to three quarters, three quarters or more; or it is not told."""


class DocumentError(ValueError):
    """The words handed to `loads` are not a document of this version."""


@dataclass(frozen=True, slots=True)
class Session:
    """Opens a numbered session; the sections after it belong to it. Day 0: the report counts no days."""

    day: int
    number: int
    title: AnonymousText | None
    paragraphs: tuple[AnonymousText, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase of the concept list, with the narrower ones beneath it."""

    text: AnonymousText
    sub_terms: tuple[AnonymousText, ...] = ()


@dataclass(frozen=True, slots=True)
class Cluster:
    """Terms that the group put together; `title` is None where it gave the cluster no name."""

    title: AnonymousText | None
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class ConceptList:
    """The words and concepts drawn up by the group."""

    introduction: AnonymousText | None
    clusters: tuple[Cluster, ...]

    @property
    def headed(self) -> bool:
        """Whether clusters stand under headings: theirs, and words of ours above those that the group did not name."""
        return any(cluster.title for cluster in self.clusters)


@dataclass(frozen=True, slots=True)
class Node:
    """A box of the scheme. `x` and `y` place its centre, 0 to 100 from the left and from the top."""

    label: AnonymousText
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow of the scheme, between positions in its `nodes`."""

    from_: int
    to: int
    label: AnonymousText | None = None


@dataclass(frozen=True, slots=True)
class Scheme:
    """The group's drawing: boxes, arrows, and the order of the boxes round the cycle (positions in `nodes`)."""

    introduction: AnonymousText | None = field(default=None, kw_only=True)
    caption: AnonymousText
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    cycle: tuple[int, ...]
    text_alternative: AnonymousText

    def __post_init__(self) -> None:
        named = [end for link in self.links for end in (link.from_, link.to)] + list(self.cycle)
        if any(not 0 <= place < len(self.nodes) for place in named):
            raise DocumentError("A scheme's arrows and cycle must name boxes that it has.")
        if any(not (0 <= node.x <= 100 and 0 <= node.y <= 100) for node in self.nodes):
            raise DocumentError("A scheme's boxes lie between 0 and 100, both ways.")


@dataclass(frozen=True, slots=True)
class Profile:
    """One health system, or whatever else the context was, as bullets."""

    heading: AnonymousText
    bullets: tuple[AnonymousText, ...]


@dataclass(frozen=True, slots=True)
class Contexts:
    """The contexts that members introduced to each other."""

    introduction: AnonymousText | None
    profiles: tuple[Profile, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A challenge as it was published, with a gloss where one helps."""

    text: AnonymousText
    gloss: AnonymousText | None = None


@dataclass(frozen=True, slots=True)
class Questions:
    """The challenge questions that were worked on."""

    introduction: AnonymousText | None
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """An emerging theme, told in paragraphs."""

    title: AnonymousText
    paragraphs: tuple[AnonymousText, ...]


@dataclass(frozen=True, slots=True)
class Themes:
    """The themes that the action learning raised."""

    introduction: AnonymousText | None
    themes: tuple[Theme, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered to one closing question, in an order that means nothing."""

    prompt: AnonymousText
    bullets: tuple[AnonymousText, ...]


@dataclass(frozen=True, slots=True)
class WithheldAnswers:
    """A closing question whose answers are not printed. One reason text serves every cause."""

    prompt: AnonymousText


@dataclass(frozen=True, slots=True)
class NextSteps:
    """What the group agreed to do next."""

    items: tuple[AnonymousText, ...]


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months of a year (`number` 1 to 4) and how many of those expected came, in a band; empty: not told."""

    year: int
    number: Literal[1, 2, 3, 4]
    came: Came

    def __post_init__(self) -> None:
        _expect_year(self.year)


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many came to the meetings of the whole programme, a quarter of a year at a time."""

    introduction: AnonymousText | None
    quarters: tuple[Quarter, ...]


@dataclass(frozen=True, slots=True)
class Aim:
    """An aim of the programme, and how many of those with a view of it said in a quarter of a year (`number`) that it
    is partly met or more, and largely met or more, in bands; empty: not told."""

    year: int
    number: Literal[1, 2, 3, 4]
    text: AnonymousText
    partly: Came
    largely: Came

    def __post_init__(self) -> None:
        _expect_year(self.year)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How far the aims of the whole programme are met, a quarter of a year at a time."""

    introduction: AnonymousText | None
    aims: tuple[Aim, ...]


Section = (
    Session
    | ConceptList
    | Scheme
    | Contexts
    | Questions
    | Themes
    | Answers
    | WithheldAnswers
    | NextSteps
    | Attendance
    | Evaluation
)


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """A whole report, in the order in which it prints.

    `withheld_small_group`: the group is so small that the report says why it does not name issues or
    institutions. `action_learning`: what action learning is, in the set's own words; empty for ours.
    """

    language: Language
    title: AnonymousText
    programme: AnonymousText
    period: AnonymousText
    status: Status
    withheld_small_group: bool
    sections: tuple[Section, ...]
    rule: RuleWording = "2002"
    action_learning: tuple[AnonymousText, ...] = ()
    paper: Paper = "a4"


def dumps(document: ReportDocument) -> str:
    """The canonical JSON of `document`: sorted keys, no spaces, every character as itself.

    A4 goes without saying, as in documents that were stored before there was another paper.
    """
    stored = {"version": VERSION, **_plain(document)}
    if document.paper == "a4":
        del stored["paper"]
    return json.dumps(stored, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def loads(stored: str) -> ReportDocument:
    """The document that `dumps` wrote. Raises DocumentError for anything else, unknown fields included."""
    try:
        value = json.loads(stored)
    except (ValueError, RecursionError) as broken:
        raise DocumentError("This is not JSON.") from broken
    if not isinstance(value, dict) or value.pop("version", None) != VERSION:
        raise DocumentError(f"This is not a document of version {VERSION}.")
    return cast(ReportDocument, _read_object(ReportDocument, {"paper": "a4", **value}, "document"))


def digest(document: ReportDocument) -> str:
    """The SHA-256 of the canonical JSON, in hexadecimal: the name of what is rendered."""
    return sha256(dumps(document).encode()).hexdigest()


def texts(document: ReportDocument | Section | Cluster | Node | Link) -> tuple[AnonymousText, ...]:
    """Every text of `document`, or of a part of it, in the order of its fields."""
    found: list[AnonymousText] = []

    def walk(value: object) -> None:
        if isinstance(value, AnonymousText):
            found.append(value)
        elif isinstance(value, tuple):
            for item in value:
                walk(item)
        elif hasattr(value, "__dataclass_fields__"):
            for name in value.__dataclass_fields__:
                walk(getattr(value, name))

    walk(document)
    return tuple(found)


# --- The stored form ----------------------------------------------------------------
# Read and written by the fields' own types, so that no field can be forgotten in either direction.


def _plain(value: Any) -> Any:
    if isinstance(value, AnonymousText):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        stored = {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
        if isinstance(value, Scheme) and value.introduction is None:
            del stored["introduction"]  # it goes without saying, as the paper does
        return {"kind": type(value).__name__, **stored} if isinstance(value, Section) else stored
    return value


def _read(kind: Any, value: Any, place: str) -> Any:
    if kind == Section:
        return _read_section(value, place)
    if get_origin(kind) in (UnionType, Union):
        inner = next(arm for arm in get_args(kind) if arm is not NoneType)
        return None if value is None else _read(inner, value, place)
    if get_origin(kind) is tuple:
        _expect(isinstance(value, list), place)
        return tuple(_read(get_args(kind)[0], item, f"{place}[{i}]") for i, item in enumerate(value))
    if get_origin(kind) is Literal:
        _expect(value in get_args(kind), place)
        return value
    if kind is AnonymousText:
        _expect(isinstance(value, str), place)
        return vouch_for(value)
    if kind in (int, bool):
        _expect(type(value) is kind, place)
        return value
    return _read_object(kind, value, place)


def _read_section(value: Any, place: str) -> Section:
    _expect(isinstance(value, dict), place)
    named = {kind.__name__: kind for kind in get_args(Section)}
    _expect(isinstance(value.get("kind"), str) and value["kind"] in named, f"{place}.kind")
    rest = {name: item for name, item in value.items() if name != "kind"}
    return cast(Section, _read_object(named[value["kind"]], rest, place))


def _read_object(kind: Callable[..., Any], value: Any, place: str) -> Any:
    types = _field_types(kind)
    later = {"introduction"} if kind is Scheme else set()  # what documents did not have that were stored before
    _expect(isinstance(value, dict) and value.keys() | later == types.keys(), place)
    return kind(**{name: _read(types[name], value[name], f"{place}.{name}") for name in types if name in value})


@cache
def _field_types(kind: Any) -> dict[str, Any]:
    return {name: hint for name, hint in get_type_hints(kind).items() if name in kind.__dataclass_fields__}


def _expect_year(year: int) -> None:
    if not 1 <= year <= 9999:
        raise DocumentError("A year has at most four digits.")


def _expect(holds: bool, place: str) -> None:
    if not holds:
        raise DocumentError(f"The stored document is not right at {place}.")
