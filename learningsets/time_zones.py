"""The time zones that a form offers, by area and city."""

from functools import cache
from itertools import groupby
from zoneinfo import available_timezones

AREAS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
Groups = list[tuple[str, list[tuple[str, str]]]]


@cache
def known() -> frozenset[str]:
    """Every time zone there is. Finding them reads some hundred files, so it is done once."""
    return frozenset(available_timezones())


@cache
def time_zones(also: str = "UTC") -> Groups:
    """Choices in groups, one for each area; in front, by itself, `also` where it is no place (a set kept in UTC)."""
    names = sorted(name for name in known() if name.partition("/")[0] in AREAS and "/" in name)
    groups = [
        (area, [(name, name.partition("/")[2].replace("_", " ").replace("/", ", ")) for name in zones])
        for area, zones in groupby(names, key=lambda name: name.partition("/")[0])
    ]
    return groups if also in names else [(also, [(also, also)]), *groups]
