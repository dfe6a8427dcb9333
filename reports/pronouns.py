"""Where a text says "he" or "she" of somebody: in a small set that alone can tell of whom."""

import re
from collections.abc import Iterator
from typing import Final

_AROUND: Final = 40  # letters either side that a place is shown with


def _of_one(words: str) -> re.Pattern[str]:
    """Finds each of `words` that stands by itself; "he or she", "his/her" and "s/he" say nothing of anybody."""
    one = rf"(?:{words})"
    return re.compile(rf"\b(?:s/he|{one}(?: or | eller |/){one}|({one}))\b", re.IGNORECASE)


GENDERED: Final = {
    "en": _of_one("he|she|him|his|hers?|himself|herself"),
    "sv": _of_one("han|hon|honom|henne|hans|hennes"),
}


def gendered(text: str, language: str) -> Iterator[str]:
    """Each place where `text` says of somebody whether they are a man or a woman, with the words around it."""
    pattern = GENDERED.get(language)
    for match in pattern.finditer(text) if pattern else ():
        if match[1]:
            before, after = text[: match.start()], text[match.end() :]
            lead = before if len(before) <= _AROUND else "… " + before[-_AROUND:].partition(" ")[2]
            rest = after if len(after) <= _AROUND else after[:_AROUND].rpartition(" ")[0] + " …"
            yield f"{lead}{match[0]}{rest}"
