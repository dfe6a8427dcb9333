"""The time zones that a form offers, by area and city."""

from functools import cache
from importlib.resources import files
from itertools import groupby
from zoneinfo import available_timezones

Groups = list[tuple[str, list[tuple[str, str]]]]


@cache
def known() -> frozenset[str]:
    """Every time zone there is. Finding them reads some hundred files, so it is done once."""
    return frozenset(available_timezones())


@cache
def _places() -> frozenset[str]:
    """The zones that stand for a place, each by its name of today (`Europe/Kyiv`, and not `Europe/Kiev` beside it).

    From zone.tab of the time zone database: lines of country codes, coordinates, name and remarks, parted by tabs.
    """
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    return frozenset(line.split("\t")[2] for line in table.splitlines() if line and not line.startswith("#"))


@cache
def time_zones(also: str = "UTC") -> Groups:
    """Choices in groups, one for each area; in front, by itself, `also` where it is none (`UTC`, `Europe/Kiev`)."""
    names = sorted(_places() & known())
    groups = [
        (area, [(name, name.partition("/")[2].replace("_", " ").replace("/", ", ")) for name in zones])
        for area, zones in groupby(names, key=lambda name: name.partition("/")[0])
    ]
    return groups if also in names else [(also, [(also, also)]), *groups]
