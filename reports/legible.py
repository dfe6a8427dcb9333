"""Words as they are set on paper: without what has no shape, and without what no line can hold."""

import re
from typing import Final

from reports.quote_marks import curled

UNSEEN: Final = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Soft hyphens, zero widths, marks of direction, tags: they print nothing, and could hide a word from a search."""
MARKS: Final = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
PILED_MARKS: Final = re.compile(f"([{MARKS}]{{6}})[{MARKS}]+")
LONG_RUN: Final = re.compile(r"\S{60}(?=\S)")
BREAK: Final = "\u200b"
"""A place where a line may end. It is put into runs longer than any word, which would cost the typesetter minutes."""
TIED: Final = "\u00a0"
"""A space at which no line ends. The finished bytes read it as any other space (`reports.pdf`)."""
OPENING: Final = re.compile(r"(?<=[.:?!] )(\w) (?=\S)")
"""A sentence's first word of one letter, which would look lost at the end of a line."""
FEW_LETTERS, MOST_LETTERS = 10, 30
"""How much is tied at the end of a paragraph: more than an indent, and less than half of a line."""


def legible(words: str, language: str) -> str:
    """`words` for the typesetter: with quotation marks of the language, at most six marks on a letter, and a possible
    break in runs of 60 characters."""
    return LONG_RUN.sub(r"\g<0>" + BREAK, PILED_MARKS.sub(r"\1", UNSEEN.sub("", curled(words, language))))


def tied(words: str, most: int = MOST_LETTERS) -> str:
    """`words` for paper, whose every paragraph ends in words that no line parts: none is left alone on a last line.
    No sentence begins with one letter alone at the end of a line either."""
    return "\n".join(_tied(paragraph, most) for paragraph in OPENING.sub(rf"\1{TIED}", words).split("\n"))


def _tied(paragraph: str, most: int) -> str:
    *before, end = paragraph.rstrip().split(" ")
    while before and before[-1] and (TIED not in end or len(end) < FEW_LETTERS):
        longer = f"{before[-1]}{TIED}{end}"
        if len(longer.rstrip(".,:;!?”’")) > most:
            break
        before.pop()
        end = longer
    return " ".join((*before, end))


def searched(words: str) -> str:
    """Words read back from paper, with the breaks of `legible` taken out again."""
    return UNSEEN.sub("", words)
