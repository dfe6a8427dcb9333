"""How wide words are in the sans that the drawings are lettered in, and where they turn to the next line."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont

SANS: Final = "Report Sans, Inter, sans-serif"
FONTS: Final = Path(__file__).parent.parent / "fonts"
FONT_SIZE, LABEL_SIZE, LINE_HEIGHT = 15.0, 13.0, 18.0
LONGEST_WORD: Final = 220.0
"""How wide a line becomes for a long word's sake before the word runs on in the next line."""
MOST_ON_A_LINE: Final = 100
"""No line of a drawing holds more letters, so a word without end is not measured to its end for each of its lines."""


def wrapped(text: str, width: float, size: float) -> Iterator[str]:
    """`text` in lines of at most `width`, or as wide as its longest word; a word without end runs on."""
    longest = max((width_of(word[:MOST_ON_A_LINE], size, 600) for word in text.split()), default=0)
    width = max(width, min(longest, LONGEST_WORD))
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and width_of(longer, size, 600) > width:
            yield line
            longer = word
        while width_of(longer[:MOST_ON_A_LINE], size, 600) > width:
            fits = max(
                1, sum(width_of(longer[:end], size, 600) <= width for end in range(1, min(len(longer), MOST_ON_A_LINE)))
            )
            yield longer[:fits]
            longer = longer[fits:]
        line = longer
    if line:
        yield line


def width_of(text: str, size: float, weight: int = 400) -> float:
    """The width of `text` in the drawings' type of `size` units."""
    return width_in("Inter_600SemiBold.ttf" if weight == 600 else "Inter_400Regular.ttf", text, size)


def width_in(face: str, text: str, size: float) -> float:
    """The width of `text` in a face of ours, without kerning. A character that it lacks counts as an em."""
    advances, em = _advances(face)
    return sum(advances.get(ord(character), em) for character in text) * size / em


@cache
def _advances(face: str) -> tuple[dict[int, int], int]:
    """The advance of each character in a face, and how many of its units make an em."""
    with TTFont(FONTS / face, lazy=True) as font:
        metrics = font["hmtx"].metrics
        return {code: metrics[name][0] for code, name in font.getBestCmap().items()}, font["head"].unitsPerEm
