"""Forms of a turn and agendas to begin with, as `formats.yaml` says them. Titles are in the language of the page."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

SOURCE = Path(__file__).with_name("formats.yaml")


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a turn: what happens in it, and how many seconds it is given."""

    title: str
    say: str
    seconds: int

    @property
    def given(self) -> str:
        """What it is given, in words that nobody takes for a time of day."""
        minutes, seconds = divmod(self.seconds, 60)
        parts = [_("%(n)d\u00a0min") % {"n": minutes}] if minutes else []
        return " ".join([*parts, _("%(n)d\u00a0s") % {"n": seconds}] if seconds else parts)


def format_choices() -> list[tuple[str, str]]:
    """The forms that a turn can have: key and title."""
    return [(key, _(one["title"])) for key, one in _read()["formats"].items()]


def agenda_choices() -> list[tuple[str, str]]:
    """The agendas that a meeting can begin with: key, and what it is called, how long it takes and what it is."""
    return [
        (
            key,
            _("%(title)s, %(n)d min: %(say)s")
            % {"title": _(one["title"]), "n": sum(item["minutes"] for item in one["items"]), "say": _(one["say"])},
        )
        for key, one in _read()["agendas"].items()
    ]


def agenda(key: str) -> list[dict[str, Any]]:
    """The items of an agenda, as values for an AgendaItem's fields. Raises KeyError for one that is not on offer."""
    return [
        {"regime": "set"} | one | ({"title": _(one["title"])} if "title" in one else {})
        for one in _read()["agendas"][key]["items"]
    ]


def stages(key: str, minutes: int) -> list[Stage]:
    """The stages of a turn of `minutes` in the form called `key`; none for a form that is not there (any more).

    A turn that is longer or shorter than usual is shared out in proportion, to whole minutes of which every stage has
    one at least; a turn with fewer minutes than stages, to sixths of a minute.
    """
    known = _read()["formats"].get(key)
    if known is None:
        return []
    usual = [int(one["minutes"]) for one in known["stages"]]
    unit = 60 if minutes >= len(usual) else 10
    parts = minutes * 60 // unit
    given = [1] * len(usual)
    while sum(given) < parts:  # the next goes to whichever is furthest behind its share
        behind = [parts * one / sum(usual) - has for one, has in zip(usual, given, strict=True)]
        given[behind.index(max(behind))] += 1
    return [Stage(_(one["title"]), _(one["say"]), n * unit) for one, n in zip(known["stages"], given, strict=True)]


@cache
def _read() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return read
