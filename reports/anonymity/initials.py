"""The letters that a name is shortened to."""

import re

from .words import FUNCTION, PARTICLES, diminutives

_CALLED_BY = frozenset(["sister", "sr", "father", "fr", "brother", "br", "mother", "sir", "dame", "lord", "lady"])
_APART = re.compile(r"[\s-]+")


def shortened_to(name: str, chunks: list[list[str]], words: list[str]) -> set[str]:
    """The letters, two at least, that a name is shortened to. `words` are those of `chunks` that are no particles."""
    flat = [word for chunk in chunks for word in chunk]
    first = words[0][0] if words else ""
    found = {first + word[0] for word in flat[1:]}  # with any one of the other names, particles too
    found |= {"".join(word[0] for word in words), "".join(word[0] for word in flat)}
    found |= {
        first + "".join(word[0] for word in chunk) for chunk in chunks[1:][-1:]
    }  # "M F-K" for Maud Lily Frisk-Kvist
    found.add("".join(word if word in PARTICLES else word[0] for word in flat))  # "TdeB" for Tadhg de Búrca
    if len(words) > 3:
        found.add("".join(word[0] for word in words[:-1]))  # "MJD" for María José Delgado Ibáñez
    found.add("".join(chunk[0][0] for chunk in chunks))  # "HF" of "HF-P" for Hugh Fitzgerald-Price
    found.add("".join(piece[0] for piece in _APART.split(name) if piece))  # "SOH" for Siobhán O'Dea-Hayes
    found |= {first + chunk[0] + chunk[1][0] for chunk in chunks[1:] if len(chunk) > 1 and len(chunk[0]) == 1}  # "SO'D"
    return {letters for letters in found if len(letters) > 1}


def christened(given: str) -> set[str]:
    """What else the first initial of somebody called by a pet name may be: R of Bob, E of Liz. More than two
    are none."""
    longer = {name[0] for name in diminutives(given) if len(name) > len(given) + 1} - {given[0]}
    return longer if len(longer) < 3 else set()


def styled(words: list[str]) -> str:
    """The initials of a name with that of the style its owner is called by: "SCD" of Sister Concepta Daly; or ""."""
    letters = "".join(word[0] for word in words if word not in PARTICLES)
    called = len(letters) > 2 and words[0] in _CALLED_BY
    return letters if called and letters not in FUNCTION else ""


def of_surname(chunks: list[list[str]]) -> str:
    """The initials of a surname with its particles, alone ("dG" of Inge de Groot), or ""."""
    flat = [word for chunk in chunks for word in chunk]
    particled = len(flat) > 2 and flat[-2] in PARTICLES and len(chunks[0]) == 1
    return "".join(word[0] for word in flat[1:]) if particled else ""
