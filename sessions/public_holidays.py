"""Public holidays of a set's country, and the eves on which hardly anybody works there.

Source: the `holidays` package, which says where each country's come from.
"""

import re
from collections.abc import Iterable
from datetime import date

import holidays

# Beside the public holidays: days that the package knows under other names, and eves that custom keeps.
KEPT_BY_CUSTOM = {"SE": ("de_facto", "optional"), "IE": ("optional",)}
NO_EVES = {"Squeeze day"}  # a day between a holiday and a weekend: many work
EVES = {"GB": ((12, 24, "Christmas Eve"), (12, 31, "New Year's Eve"))}
EVES["IE"] = EVES["GB"]


def public_holidays(country: str, years: Iterable[int]) -> dict[date, str]:
    """Names of public holidays by date in `country`: ISO 3166 codes of a country and, after a hyphen, a part of it.

    Unknown codes have none. The names are the English ones where the source has them.
    """
    code, _, part = country.partition("-")
    wanted = tuple(years)
    try:
        found = holidays.country_holidays(code, subdiv=part or None, years=wanted, language="en_US")
    except NotImplementedError:
        return {}
    named = {date(year, month, day): name for year in wanted for month, day, name in EVES.get(code, ())}
    for category in KEPT_BY_CUSTOM.get(code, ()):
        kept = holidays.country_holidays(code, years=wanted, language="en_US", categories=(category,))
        named |= {day: str(name).removesuffix(" (from 2pm)") for day, name in kept.items() if name not in NO_EVES}
    return named | {day: str(name) for day, name in found.items()}


def has_holidays(country: str) -> bool:
    """Whether `country` is a code, in capitals as in ISO 3166, whose public holidays the source knows."""
    if not re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", country):
        return False
    code, _, part = country.partition("-")
    try:
        holidays.country_holidays(code, subdiv=part or None)
    except NotImplementedError:
        return False
    return True
