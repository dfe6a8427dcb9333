"""The health systems that fewer than ten members work in: every name of them, in short, and their bodies."""

from .fold import fold
from .names import WORD
from .roster import FEW, Roster, System, small_systems
from .words import NOT_A_WORD, abbreviations, bodies_by_countries, place_words, places, weight

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


def bodies_of_few(roster: Roster) -> frozenset[str]:
    """The national bodies that say which of the roster's health systems is meant: "the Care Quality Commission" does
    where three members work in England and three in Sweden. Where all are of one country it tells nobody anything, and
    what has been cleared may be told by its bodies too."""
    told: set[str] = set()
    for countries, bodies in bodies_by_countries():
        theirs = [system for system in roster.systems if _is_of(system, countries, bodies)]
        many = sum(system.holders for system in theirs) >= FEW
        if theirs and len(theirs) < len(roster.systems) and not many and not _cleared(theirs, roster):
            told.update(body for body in bodies if len(body.split()) > 1 or body.isupper() or not _is_word(body))
    return frozenset(told)


def _is_of(system: System, countries: frozenset[str], bodies: tuple[str, ...]) -> bool:
    name = fold(system.name)
    forms = {form for form, country in places().items() if country in countries}
    return any(_within(form, name) for form in forms) or any(_within(fold(body), name) for body in bodies)


def _cleared(systems: list[System], roster: Roster) -> bool:
    return not {fold(system.name) for system in systems}.isdisjoint(fold(name) for name in roster.may_name)


def _is_word(body: str) -> bool:
    """ "Monitor", "Parliament": with a capital too they mean many things."""
    return weight(fold(body)) != NOT_A_WORD


def _short(name: str, language: str) -> list[str]:
    """What says in one word which system it is: "Skåne" for Region Skåne. Words that say it of many systems do not."""
    words = [word for word in WORD.findall(name) if word not in abbreviations() | place_words()]
    return [word for word in words if weight(word, language) == weight(word, "en") == NOT_A_WORD]


def _within(form: str, name: str) -> bool:
    """Whether a country is what the name of a health system says: Wales in "NHS Wales"."""
    return f" {form} " in f" {name} "
