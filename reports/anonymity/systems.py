"""The health systems that fewer than ten members work in, by every name and adjective of them."""

from .names import WORD
from .roster import Roster, small_systems
from .words import places

Systems = dict[str, list[tuple[str, ...]]]  # names as words, by their first word


def system_words(roster: Roster) -> Systems:
    """Every name and adjective of the roster's small systems."""
    known = places()
    few = small_systems(roster)
    countries = {country for form, country in known.items() if any(_within(form, name) for name in few)}
    found: Systems = {}
    for form in sorted(few | {form for form, country in known.items() if country in countries}):
        words = tuple(WORD.findall(form))
        if words:
            found.setdefault(words[0], []).append(words)
    return found


def _within(form: str, name: str) -> bool:
    """Whether a country is what the name of a health system says: Wales in "NHS Wales"."""
    return f" {form} " in f" {name} "
