"""Where in a write-up something stands that is in a report's way: the section, and the field on its page."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from reports import write_up as raw
from reports.glyphs import printable
from reports.models import Report
from reports.summaries import name

FIELDS: Final = {"paragraphs": "text", "nodes": "boxes"}
"""What the forms call otherwise than the write-up does (`reports/forms/`)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A section, and what it is called, and an element of its page if one is known. Without a section: the cover."""

    section: str = ""
    called: str = ""
    element: str = ""


class Reason(NamedTuple):
    """A sentence of the gate, and what leads to where it can be mended, if anything does: a raw `text`, the number of a
    `theme`, or the `kind` of a section."""

    sentence: str
    text: str = ""
    theme: int = 0
    kind: str = ""


def place(report: Report, reason: Reason) -> Place | None:
    """Where the write-up of a report holds what a reason is about; None for what is not in it, as an answer is not."""
    written = raw.read(report.content)
    if reason.theme:
        return _of_theme(written, reason.theme)
    if reason.kind:
        return next((Place(part.id, name(part)) for part in _shown(written) if part.kind == reason.kind), None)
    return _of_text(written, reason.text, (report.title, report.period)) if reason.text else None


def _of_text(written: raw.WriteUp, text: str, cover: tuple[str, ...]) -> Place | None:
    sought = printable(text)
    if sought in map(printable, (*cover, *written.action_learning)):
        return Place()
    for part in _shown(written):
        element = next((element for element, typed in _typed(part) if printable(typed) == sought), None)
        if element is not None:
            return Place(part.id, name(part), element)
    return None


def _of_theme(written: raw.WriteUp, number: int) -> Place | None:
    called = _("Theme {number}").format(number=number)
    for part in _shown(written):
        if isinstance(part, raw.Themes):
            if number <= len(part.themes):
                return Place(part.id, called, f"doubt-{number}")
            number -= len(part.themes)
    return None


def _shown(written: raw.WriteUp) -> Iterator[raw.Section]:
    return (part for part in written.sections if not part.hidden)


def _typed(part: object, prefix: str = "id_") -> Iterator[tuple[str, str]]:
    """Each text of a section, or of one of its rows, with the id of the field in which it stands."""
    for one in fields(part):  # type: ignore[arg-type]
        value, called = getattr(part, one.name), FIELDS.get(one.name, one.name)
        for place, said in enumerate(value if isinstance(value, tuple) else (value,)):
            if isinstance(said, str):
                yield f"{prefix}{called}", said
            elif isinstance(said, raw.Term):  # of all terms of a cluster there is one field
                yield from ((f"{prefix}{called}", text) for text in (said.text, *said.sub_terms))
            elif hasattr(said, "__dataclass_fields__"):
                yield from _typed(said, f"{prefix}{called}-{place}-")
