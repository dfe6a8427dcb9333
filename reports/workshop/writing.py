"""From `schema.Workshop` to the text of a file, by the fields' own types: what `reading` reads, and nothing else.

The same workshop always has the same bytes: names in the order of the schema, what is usual left out, texts tidied as
reading tidies them.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import MISSING, fields, replace
from datetime import date, datetime
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import yaml

from reports.workshop.schema import Limit, Section, Workshop

Part = TypeVar("Part")


def write(workshop: Workshop) -> bytes:
    """The file that says `workshop`, in UTF-8."""
    text: str = yaml.dump(
        _plain(tidied(workshop)),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=120,
        default_flow_style=False,
    )
    return text.encode()


def tidied(part: Part) -> Part:
    """`part` of a workshop with its texts as reading gives them back, and without entries of lists that say nothing."""
    kind: Any = type(part)
    changed = {name: _tidy(hint, getattr(part, name)) for name, hint in _hints(kind).items()}
    return replace(part, **changed)  # type: ignore[type-var]


def _tidy(kind: Any, value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_without_nothing(get_args(kind)[0], value))
    if isinstance(value, str):
        limit = next((extra for extra in get_args(kind)[1:] if isinstance(extra, Limit)), None)
        return limit.tidy(unicodedata.normalize("NFC", value)) if limit else value
    return tidied(value) if hasattr(value, "__dataclass_fields__") else value


def _without_nothing(kind: Any, values: tuple[Any, ...]) -> Iterator[Any]:
    for value in values:
        tidy = _tidy(kind, value)
        if tidy != "":
            yield tidy


def _plain(value: Any) -> Any:
    """`value` as lists, mappings and texts; the shorter way of writing where the file knows one."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if not hasattr(value, "__dataclass_fields__"):
        return value if isinstance(value, (int, date)) else str(value)
    said = {field.name: getattr(value, field.name) for field in fields(value) if not _usual(field, value)}
    inside = {name.rstrip("_").replace("_", " "): _plain(one) for name, one in said.items()}
    if isinstance(value, Section):
        return {value.key: _plain(said[value.listed]) if hasattr(value, "listed") else inside}
    if list(said) == [getattr(value, "shorthand", None)]:
        return next(iter(inside.values()))
    return inside


def _usual(field: Any, value: Any) -> bool:
    """Whether a name may be left out, and would be read as it is."""
    return field.default is not MISSING and getattr(value, field.name) == field.default


@cache
def _hints(kind: Any) -> dict[str, Any]:
    own = {field.name for field in fields(kind)}
    hints = {name: hint for name, hint in get_type_hints(kind, include_extras=True).items() if name in own}
    return {name: _told(hint) for name, hint in hints.items()}


def _told(hint: Any) -> Any:
    """A type without its "or nothing"."""
    if get_origin(hint) in (UnionType, Union) and type(None) in get_args(hint):
        return next(arm for arm in get_args(hint) if arm is not type(None))
    return hint


class _Dumper(yaml.SafeDumper):
    """Plain YAML as a person writes it: no anchors, lists indented below their name, line breaks as they stand."""

    def ignore_aliases(self, data: Any) -> bool:
        """Never an anchor: reading refuses them."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent a list below its name."""
        return super().increase_indent(flow, indentless=False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)
