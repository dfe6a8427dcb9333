"""Public holidays of a set's country. Source: the `holidays` package, which says where each country's come from."""

import re
from collections.abc import Iterable
from datetime import date

import holidays


def public_holidays(country: str, years: Iterable[int]) -> dict[date, str]:
    """Names of public holidays by date in `country`: ISO 3166 codes of a country and, after a hyphen, a part of it.

    Unknown codes have none. The names are the English ones where the source has them.
    """
    code, _, part = country.partition("-")
    try:
        found = holidays.country_holidays(code, subdiv=part or None, years=tuple(years), language="en_US")
    except NotImplementedError:
        return {}
    return {day: str(name) for day, name in found.items()}


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
