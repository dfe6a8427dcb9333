"""The health systems that fewer than ten members work in, by every name and adjective of them, and in short."""

from .names import WORD
from .roster import Roster, small_systems
from .words import NOT_A_WORD, abbreviations, place_words, places, weight

Systems = dict[str, list[tuple[str, ...]]]  # names as words, by their first word


def system_words(roster: Roster) -> Systems:
    """Every name and adjective of the roster's small systems, and what they are called in short."""
    known = places()
    few = small_systems(roster)
    countries = {country for form, country in known.items() if any(_within(form, name) for name in few)}
    found: Systems = {}
    short = {word for name in few for word in _short(name, roster.language)}
    for form in sorted(few | short | {form for form, country in known.items() if country in countries}):
        words = tuple(WORD.findall(form))
        if words:
            found.setdefault(words[0], []).append(words)
    return found


def _short(name: str, language: str) -> list[str]:
    """What says in one word which system it is: "Skåne" for Region Skåne. Words that say it of many systems do not."""
    words = [word for word in WORD.findall(name) if word not in abbreviations() | place_words()]
    return [word for word in words if weight(word, language) == weight(word, "en") == NOT_A_WORD]


def _within(form: str, name: str) -> bool:
    """Whether a country is what the name of a health system says: Wales in "NHS Wales"."""
    return f" {form} " in f" {name} "
