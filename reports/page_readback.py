"""Reads a finished page back, as `reports.readback` does a PDF: everything in it that somebody could read or that acts.

It fails closed: the page may be made of our own tags, attributes and style and of nothing else, each tag closed where
it was opened. Whatever is not known here raises `Unreadable`.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

from reports.diagrams.lettering import SANS
from reports.legible import searched
from reports.page import policy, style
from reports.structure import Unreadable

INLINE: Final = {"span", "a", "i"}
VOID: Final = {"meta", "br"}
DRAWN: Final = {"path", "rect", "circle"}
TAGS: Final = {
    "html", "head", "title", "style", "body", "header", "nav", "main", "section", "div", "h1", "h2", "h3", "h4", "h5",
    "p", "ol", "ul", "li", "blockquote", "figure", "figcaption", "details", "summary", "svg", "text",
    "table", "caption", "thead", "tbody", "tr", "th", "td",
} | INLINE | VOID | DRAWN  # fmt: skip
CLASSES: Final = {
    "about", "aims", "alone", "apart", "bands", "bar", "bullets", "cluster", "columns", "contents", "cover",
    "drawing", "eyebrow", "fewer", "figure-number", "gloss", "half", "introduction", "kind", "level-2",
    "level-3", "long", "most", "own", "period", "profile", "programme", "promise", "prose", "quarter",
    "question", "questions", "said", "scheme", "stamp", "steps", "table", "terms", "theme", "voices", "whole",
    "wide", "withheld",
}  # fmt: skip
ANCHOR: Final = r"about|contents|part-\d+"
NUMBER: Final = r"-?\d+(\.\d)?"
MEASURES: Final = dict.fromkeys(
    ("x", "y", "cx", "cy", "r", "rx", "width", "height", "stroke-width", "font-size", "font-weight"), NUMBER
)
ATTRIBUTES: Final = {
    "lang": "en|sv", "id": ANCHOR, "href": f"#({ANCHOR})", "role": "img", "charset": "utf-8", "scope": "col|row",
    "aria-labelledby": "contents", "aria-hidden": "true", "xmlns": re.escape("http://www.w3.org/2000/svg"),
    "viewbox": rf"{NUMBER}( {NUMBER}){{3}}",
    "fill": "none|#[0-9a-f]{6}", "stroke": "#[0-9a-f]{6}", "text-anchor": "middle", "font-family": re.escape(SANS),
    "d": r"[MLQZ\d .-]+", **MEASURES,
}  # fmt: skip
"""What may stand in an attribute, by its name, wherever it stands. None of it is a word that somebody wrote."""
METAS: Final = (
    {"charset": "utf-8"},
    {"http-equiv": "Content-Security-Policy", "content": policy()},
    {"name": "viewport", "content": "width=device-width, initial-scale=1"},
    {"name": "color-scheme", "content": "light dark"},
    {"name": "referrer", "content": "no-referrer"},
)


@dataclass(frozen=True, slots=True)
class PageReadback:
    """What a page says: its words in order, blocks on lines of their own."""

    words: str

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything legible, for a search: also with lines joined."""
        return tuple(searched(text) for text in (self.words, " ".join(self.words.split())))


def read(page: bytes) -> PageReadback:
    """Everything legible in `page`. Raises Unreadable for what is not one whole page of our own making."""
    try:
        reader = _Reader()
        reader.feed(page.decode())
        reader.close()
    except UnicodeError as wrong:
        raise Unreadable("The page is not text.") from wrong
    if reader.open or reader.metas != list(METAS) or not reader.styled:
        raise Unreadable("The page is not whole.")
    return PageReadback("".join(reader.words))


class _Reader(HTMLParser):
    """Collects words, and refuses what it does not know."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.words: list[str] = []
        self.metas: list[dict[str, str]] = []
        self.styled = False
        self.declared = False

    def handle_decl(self, decl: str) -> None:
        """The first line of a page, once."""
        if decl != "DOCTYPE html" or self.declared or self.words:
            raise Unreadable("A declaration stands in the page.")
        self.declared = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One of our tags, where it may stand, with attributes that we give."""
        given = {name: value or "" for name, value in attrs}
        if tag not in TAGS or len(given) < len(attrs) or not self.declared or bool(self.open) == (tag == "html"):
            raise Unreadable("A tag that is none of ours.")
        if tag == "meta":
            self.metas.append(given)
        else:
            _expect_ours(given)
        if tag not in INLINE:
            self.words.append("\n")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """The tag that was opened last, and no other."""
        if not self.open or self.open.pop() != tag:
            raise Unreadable("A tag is closed that was not opened last.")
        if tag not in INLINE:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        """Words; in the style, exactly ours."""
        if self.open[-1:] == ["style"]:
            if data != style() or self.styled:
                raise Unreadable("A style that is not ours.")
            self.styled = True
        elif not self.open and data.strip():
            raise Unreadable("Words stand beside the page.")
        else:
            self.words.append(data)

    def handle_comment(self, data: str) -> None:
        """There are none."""
        raise Unreadable("A remark stands in the page.")

    handle_pi = unknown_decl = handle_comment


def _expect_ours(given: dict[str, str]) -> None:
    """Raises Unreadable for an attribute that holds anything but what we put there. None of them says words."""
    for name, value in given.items():
        if name == "class":
            if not CLASSES.issuperset(value.split()):
                raise Unreadable("A class that is none of ours.")
        elif not re.fullmatch(ATTRIBUTES.get(name, "(?!)"), value):
            raise Unreadable("An attribute that is none of ours.")
