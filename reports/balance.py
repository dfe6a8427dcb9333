"""How large and how wide the title on the cover is set, so that its lines are as even as can be."""

from functools import partial
from typing import Final

from reports.diagrams.lettering import width_in

FACE: Final = "SourceSerif4_600SemiBold.ttf"
LARGE, SMALL = 34, 22
"""The sizes of a title, in points."""
LONG: Final = 80
"""A title with more letters is set small."""
WIDEST: Final = 430.0
"""How wide a title may be on either paper, in points."""
STEP: Final = 4.0


def on_cover(title: str) -> tuple[int, int]:
    """The size of `title`, and the narrowest width at which it takes no more lines than over all of WIDEST."""
    longest = max(width_in(FACE, word, LARGE) for word in title.split(" "))
    size = SMALL if len(title) > LONG or longest > WIDEST else LARGE
    width_of = partial(width_in, FACE, size=size)
    words, space = [width_of(word) for word in title.split(" ")], width_of(" ")
    width, most = WIDEST, _lines(words, space, WIDEST)
    while width - STEP > max(words) and _lines(words, space, width - STEP) == most:
        width -= STEP
    return size, round(min(width + STEP, WIDEST))  # kerning has its say too


def _lines(words: list[float], space: float, width: float) -> int:
    """How many lines words of these widths take."""
    lines, end = 1, 0.0
    for word in words:
        if end and end + space + word > width:
            lines, end = lines + 1, 0.0
        end += word + (space if end else 0)
    return lines
