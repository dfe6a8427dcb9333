"""From the tree of a file to `schema.Workshop`, by the fields' own types. Every problem is found in one go."""

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType, UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from reports.workshop.checks import check
from reports.workshop.problems import Problem, WorkshopError
from reports.workshop.schema import Limit, NextSteps, Section, Workshop
from reports.workshop.tree import Listed, Mapped, Node, Scalar, parse

_WRONG: Any = object()  # stands for a value that was not read; what is wrong with it has been noted
_NUMBER = re.compile(r"-?[0-9]{1,6}")
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}:[0-9]{2})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
AUTHORS = ("author", "by", "who", "name", "person", "from", "member")


def read(raw: bytes) -> tuple[Workshop, dict[str, int]]:
    """The workshop in a file's bytes, and the line of each field, for checks across fields.

    Raises WorkshopError with everything that is wrong with the file, in each value and between them.
    """
    reader = _Reader()
    workshop = cast(Workshop, reader.thing(Workshop, parse(raw), ""))
    if problems := {*reader.problems, *check(workshop, reader.lines)}:
        raise WorkshopError(problems)
    return workshop, reader.lines


class _Reader:
    """Reads values by type, notes problems, and remembers where each field stands."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}

    def wrong(self, node: Node, path: str, message: str) -> Any:
        """Note a problem; the value is left out."""
        self.problems.append(Problem(node.line, path, message))
        return _WRONG

    def value(self, kind: Any, node: Node, path: str) -> Any:
        """`node` as a value of type `kind`."""
        self.lines[path] = node.line
        origin = get_origin(kind)
        if kind == Section:
            return self.section(node, path)
        if origin is tuple:
            return self.several(get_args(kind)[0], node, path)
        if origin in (UnionType, Union):
            return self.value(next(arm for arm in get_args(kind) if arm is not type(None)), node, path)
        if hasattr(kind, "__dataclass_fields__"):
            return self.thing(kind, node, path)
        if not isinstance(node, Scalar):
            colon = " If a colon is part of the text, put the text in quotation marks." if type(node) is Mapped else ""
            return self.wrong(node, path, f"Expected {_called(kind)}, found a {_shape(node)}.{colon}")
        if not node.text.strip():
            return self.wrong(node, path, "Nothing stands here. Fill it in, or leave the name out.")
        return self.scalar(kind, node, path)

    def scalar(self, kind: Any, node: Scalar, path: str) -> Any:
        """One text as text, number, moment or one of several words."""
        text = node.text.strip()
        if get_origin(kind) is Literal:
            choices = get_args(kind)
            return text if text in choices else self.wrong(node, path, f"“{text[:60]}” is not one of {_or(choices)}.")
        if kind is int:
            return int(text) if _NUMBER.fullmatch(text) else self.wrong(node, path, f"“{text[:60]}” is not a number.")
        if kind is datetime:
            return self.moment(text, node, path)
        if kind is date:
            return self.day(text, node, path)
        limit = next(extra for extra in get_args(kind)[1:] if isinstance(extra, Limit))
        if not limit.lines and len(text.splitlines()) > 1:
            return self.wrong(node, path, "This is one line. Take the line break out of it.")
        text = limit.tidy(text)
        if len(text) > limit.characters:
            message = f"This has {len(text):,} characters; at most {limit.characters:,} fit."
            return self.wrong(node, path, message)
        return text

    def moment(self, text: str, node: Scalar, path: str) -> Any:
        """A date and a time of day, without a time zone."""
        try:
            if _MOMENT.fullmatch(text):
                return datetime.fromisoformat(text)
        except ValueError:
            pass
        return self.wrong(node, path, f"“{text[:60]}” is not a date and time, such as 2026-10-06 09:30.")

    def day(self, text: str, node: Node, path: str) -> Any:
        """A date."""
        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        return self.wrong(node, path, f"“{text[:60]}” is not a date, such as 2026-10-06.")

    def several(self, kind: Any, node: Node, path: str) -> Any:
        """A list of values of one type. An empty one is as good as none."""
        if isinstance(node, Scalar) and not node.text.strip():
            return ()
        if not isinstance(node, Listed):
            return self.wrong(node, path, f"Expected a list (lines that begin with “- ”), found a {_shape(node)}.")
        found = [self.value(kind, item, f"{path}[{n}]") for n, item in enumerate(node.items, start=1)]
        if kind == Section:
            kind = NextSteps  # stands for a section of no kind; nothing looks inside it
        if hasattr(kind, "__dataclass_fields__"):
            return tuple(_with_only(kind) if item is _WRONG else item for item in found)
        return _WRONG if _WRONG in found else tuple(found)

    def section(self, node: Node, path: str) -> Any:
        """One section of the report: a single name that says what it is, and what it holds."""
        kinds = {kind.key: kind for kind in get_args(Section)}
        if not isinstance(node, Mapped) or len(node.entries) != 1:
            return self.wrong(node, path, f"A section is one of {_or(kinds)}, with what it holds indented below.")
        ((name, inside),) = node.entries.items()
        if name not in kinds:
            return self.wrong(node, path, f"“{name[:60]}” is not a section. {_meant(name, kinds)}")
        found = self.thing(kinds[name], inside, f"{path}.{name}")
        return _with_only(kinds[name]) if found is _WRONG else found

    def thing(self, kind: Any, node: Node, path: str) -> Any:
        """A mapping as the class that describes it, or a single text or list where one says enough."""
        self.lines[path] = node.line
        single = getattr(kind, "shorthand", None) if isinstance(node, Scalar) else getattr(kind, "listed", None)
        if isinstance(node, Scalar) and not node.text.strip():
            what = "a list (lines that begin with “- ”)" if hasattr(kind, "listed") else _or(_names(kind))
            return self.wrong(node, path, f"Nothing stands here. Give it {what}, or take it out.")
        if single and not isinstance(node, Mapped):
            value = self.value(_hints(kind)[single], node, path)
            return _WRONG if value is _WRONG else kind(**{single: value})
        if not isinstance(node, Mapped):
            return self.wrong(node, path, f"Expected {_or(_names(kind))} with their values, found a {_shape(node)}.")
        found = {
            field: self.value(_hints(kind)[field], inside, _join(path, name))
            for name, inside in node.entries.items()
            if (field := _names(kind).get(name)) and not self.left_out(kind, field, inside)
        }
        self.complain(kind, node, path, found)
        sound = {field: value for field, value in found.items() if value is not _WRONG}
        if len(sound) == len(found) and _required(kind) <= found.keys():
            return kind(**sound)
        usual = {field.name: field.default for field in fields(kind) if field.default is not MISSING}
        return _with_only(kind, {name: value for name, value in usual.items() if name not in found} | sound)

    def left_out(self, kind: Any, field: str, node: Node) -> bool:
        """Whether a name that need not be there stands there without a value."""
        return isinstance(node, Scalar) and not node.text.strip() and field not in _required(kind)

    def complain(self, kind: Any, node: Mapped, path: str, found: dict[str, Any]) -> None:
        """Note names that nobody knows, and names that are missing."""
        names = _names(kind)
        for name in node.entries.keys() - names.keys():
            message = f"“{name[:60]}” is not known here. {_meant(name, names)}"
            if "answers" in names and name in AUTHORS:
                message = "Answers stand without their authors. Say only how many people answered (“authors”)."
            self.problems.append(Problem(node.key_lines[name], _join(path, name), message))
        called = {field: name for name, field in names.items()}
        for field in _required(kind) - found.keys():
            self.problems.append(Problem(node.line, _join(path, called[field]), "This is missing."))


def _with_only(kind: Any, sound: Mapping[str, Any] = MappingProxyType({})) -> Any:
    """A thing of which some values could not be read: they are not there at all, so that nothing is said of them."""
    thing = object.__new__(kind)
    for name, value in sound.items():
        object.__setattr__(thing, name, value)
    return thing


@cache
def _hints(kind: Any) -> dict[str, Any]:
    own = {field.name for field in fields(kind)}
    return {name: hint for name, hint in get_type_hints(kind, include_extras=True).items() if name in own}


@cache
def _names(kind: Any) -> dict[str, str]:
    """Each name as the file writes it, with its field."""
    return {field.name.rstrip("_").replace("_", " "): field.name for field in fields(kind)}


@cache
def _required(kind: Any) -> frozenset[str]:
    return frozenset(field.name for field in fields(kind) if field.default is MISSING)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name[:60]


def _shape(node: Node) -> str:
    return {Scalar: "single text", Listed: "list", Mapped: "group of names and values"}[type(node)]


def _called(kind: Any) -> str:
    if kind is int:
        return "a number"
    if kind is datetime:
        return "a date and time"
    if kind is date:
        return "a date"
    return f"one of {_or(get_args(kind))}" if get_origin(kind) is Literal else "a text"


def _or(words: Any) -> str:
    return ", ".join(f"“{word}”" for word in words)


def _meant(name: str, known: Any) -> str:
    near = get_close_matches(name.replace("_", " ").replace("-", " ").lower(), list(known), n=1)
    return f"Did you mean “{near[0]}”?" if near else f"Known are {_or(known)}."
