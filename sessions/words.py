"""Dates and times as people say them: "Tuesday 8 December 2026, 14:00 to 17:00"; and words in their order."""

import unicodedata
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def day_in_words(day: date) -> str:
    """A date with its weekday, in the language of the page."""
    return date_format(day, "l j F Y")


def days_in_words(first: date, last: date) -> str:
    """One day, both of two, or the first to the last of several; the year is said once if it is the same."""
    if first == last:
        return day_in_words(first)
    start = date_format(first, "l j F") if first.year == last.year else day_in_words(first)
    both = {"start": start, "end": day_in_words(last)}
    return (_("%(start)s and %(end)s") if (last - first).days == 1 else _("%(start)s to %(end)s")) % both


def moment_in_words(moment: datetime, time_zone: str) -> str:
    """An aware datetime as a clock of `time_zone` shows it."""
    return date_format(moment.astimezone(ZoneInfo(time_zone)), "l j F Y, H:i")


def quarter_in_words(year: int, quarter: int) -> str:
    """Three months of a year (quarter 1 to 4), by the first and the last."""
    first, last = date(year, quarter * 3 - 2, 1), date(year, quarter * 3, 1)
    return _("%(start)s to %(end)s") % {"start": date_format(first, "F"), "end": date_format(last, "F Y")}


def span_in_words(starts_at: datetime, minutes: int, time_zone: str) -> str:
    """A start and a length in minutes, as clocks of `time_zone` show them. An end on a later day says so; on the same
    day no line is broken between the two times."""
    start = starts_at.astimezone(ZoneInfo(time_zone))
    end = (starts_at + timedelta(minutes=minutes)).astimezone(ZoneInfo(time_zone))
    if end.date() == start.date():
        clocks = {"start": date_format(start, "H:i"), "end": date_format(end, "H:i")}
        times = (_("%(start)s to %(end)s") % clocks).replace(" ", "\N{NO-BREAK SPACE}")
        return f"{date_format(start, 'l j F Y')}, {times}"
    return _("%(start)s to %(end)s") % {
        "start": moment_in_words(starts_at, time_zone),
        "end": moment_in_words(end, time_zone),
    }


def by_the_alphabet(text: str) -> tuple[str, str]:
    """What to sort words by as a reader looks for them: "Älteste" beside "Alter", whatever the database thinks of
    letters."""
    return unicodedata.normalize("NFKD", text.casefold()), text
