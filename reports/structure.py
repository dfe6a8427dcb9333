"""The structure tree of a PDF, and the words that stand under each of its elements."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import pikepdf

SHOWS_TEXT: Final = {"Tj", "TJ", "'", '"'}
BF_CHAR: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
TWO_BYTES: Final = b"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange"
BF_BLOCK: Final = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)


class Unreadable(Exception):  # noqa: N818 - it reads as what happened
    """The bytes hold something that cannot be read; they must not leave."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the structure tree. `marks` are (page, number) of the content it stands for."""

    tag: str
    words: str
    alternatives: tuple[str, ...]
    attributes: tuple[tuple[str, str], ...]
    marks: tuple[tuple[int, int], ...]
    children: tuple["Element", ...]

    def walk(self) -> Iterator["Element"]:
        """This element and everything beneath it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def all_words(self) -> str:
        """The words of this element and of everything beneath it, lines joined by a space."""
        return " ".join(" ".join(element.words for element in self.walk() if element.words).split())


class Decoder:
    """The words of each marked piece of content, read from the content streams through the fonts' own tables."""

    def __init__(self, opened: pikepdf.Pdf) -> None:
        self._words: dict[tuple[int, int], list[str]] = defaultdict(list)
        self._unmarked: list[str] = []
        self._fonts: dict[tuple[int, int], dict[int, str]] = {}
        self.drawn: set[tuple[int, int]] = set()
        """The streams that are drawn, by their object numbers."""
        for number, page in enumerate(opened.pages):
            self._read(page.obj, page.obj.get("/Resources"), number, None, depth=0)

    def words(self, mark: tuple[int, int]) -> str:
        """The words under mark (page, number)."""
        return "".join(self._words.get(mark, ()))

    @property
    def everything(self) -> str:
        """All words of the file, marked or not, in the order in which they are drawn."""
        return "".join(piece for pieces in self._words.values() for piece in pieces) + "".join(self._unmarked)

    def outside_of(self, tree: Iterable[Element]) -> str:
        """What is drawn and stands nowhere in the tree: running heads, page numbers, artefacts."""
        inside = {mark for element in tree for mark in element.marks}
        beside = ["".join(pieces) for mark, pieces in self._words.items() if mark not in inside]
        return "\n".join((*beside, *self._unmarked))

    def _read(self, drawn: Any, resources: Any, page: int, mark: int | None, *, depth: int) -> None:  # noqa: C901
        if depth > 12:
            raise Unreadable("Drawings lie too deep in each other.")
        contents = drawn.get("/Contents", drawn)
        self.drawn |= {each.objgen for each in (contents if isinstance(contents, pikepdf.Array) else [contents])}
        marks: list[int | None] = [mark]
        font: dict[int, str] | None = None
        before = ""
        for operands, operator in _instructions(drawn):
            match str(operator):
                case "BDC" | "BMC":
                    marks.append(_mcid(operands, marks[-1]))
                case "EMC":
                    marks.pop()
                case "ET":
                    self._show("\n", page, marks[-1])
                case "Tr" if before == "Tr":  # a space among the letters of a drawing, which WeasyPrint leaves out
                    self._show(" ", page, marks[-1])
                case "Tf":
                    font = self._font(resources.Font[str(operands[0])])
                case "Do":
                    form = resources.XObject[str(operands[0])]
                    if form.get("/Subtype") == "/Form":
                        self._read(form, form.get("/Resources", resources), page, marks[-1], depth=depth + 1)
                case "INLINE IMAGE":
                    raise Unreadable("A picture stands in the text.")
                case name if name in SHOWS_TEXT:
                    self._show(_decode(operands, font), page, marks[-1])
            before = str(operator)

    def _show(self, words: str, page: int, mark: int | None) -> None:
        (self._unmarked if mark is None else self._words[page, mark]).append(words)

    def _font(self, font: Any) -> dict[int, str]:
        if font.objgen not in self._fonts:
            self._fonts[font.objgen] = _to_unicode(font)
        return self._fonts[font.objgen]


def elements(opened: pikepdf.Pdf, decoder: Decoder) -> tuple[Element, ...]:
    """The top elements of the structure tree of `opened`. Raises Unreadable when there is none."""
    if "/StructTreeRoot" not in opened.Root:
        raise Unreadable("The PDF has no structure.")
    page_numbers = {page.obj.objgen: number for number, page in enumerate(opened.pages)}

    def element(found: Any, page: int, depth: int) -> Element:
        if depth > 64:
            raise Unreadable("The structure lies too deep.")
        page = page_numbers[found.Pg.objgen] if "/Pg" in found else page
        marks: list[tuple[int, int]] = []
        children: list[Element] = []
        for kid in _kids(found):
            if isinstance(kid, int):
                marks.append((page, kid))
            elif kid.get("/Type") == "/StructElem":
                children.append(element(kid, page, depth + 1))
            elif kid.get("/Type") == "/MCR":
                marks.append((page_numbers[kid.Pg.objgen] if "/Pg" in kid else page, int(kid.MCID)))
        return Element(
            tag=str(found.S).removeprefix("/"),
            words="".join(decoder.words(mark) for mark in marks).strip("\n"),
            alternatives=tuple(str(found[key]) for key in ("/Alt", "/ActualText", "/E", "/T") if key in found),
            attributes=tuple(_attributes(found)),
            marks=tuple(marks),
            children=tuple(children),
        )

    return tuple(element(kid, 0, 0) for kid in _kids(opened.Root.StructTreeRoot))


def font_characters(font: Any) -> set[str]:
    """Every character that `font` can show, by its own table."""
    return {letter for letters in _to_unicode(font).values() for letter in letters}


def _kids(found: Any) -> list[Any]:
    kids = found.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _attributes(found: Any) -> Iterator[tuple[str, str]]:
    given = found.get("/A", [])
    for group in given if isinstance(given, pikepdf.Array) else [given]:
        if isinstance(group, pikepdf.Dictionary):
            yield from ((str(key).removeprefix("/"), str(value)) for key, value in group.items() if key != "/O")


def _instructions(drawn: Any) -> Iterator[tuple[Any, Any]]:
    for instruction in pikepdf.parse_content_stream(drawn):
        yield instruction.operands, instruction.operator


def _mcid(operands: Any, outer: int | None) -> int | None:
    properties = operands[1] if len(operands) > 1 else None
    if isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties:
        return int(properties.MCID)
    return None if str(operands[0]) == "/Artifact" else outer


def _decode(operands: Any, font: dict[int, str] | None) -> str:
    if font is None:
        raise Unreadable("Text is drawn without a font.")
    last = operands[-1]
    pieces = list(last) if isinstance(last, pikepdf.Array) else [last]
    codes = b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
    try:
        return "".join(font[int.from_bytes(codes[at : at + 2])] for at in range(0, len(codes), 2))
    except KeyError as missing:
        raise Unreadable("A glyph is drawn that says no letter.") from missing


def _to_unicode(font: Any) -> dict[int, str]:
    encoding = font.get("/Encoding")
    two_bytes = encoding == "/Identity-H" or (
        isinstance(encoding, pikepdf.Stream) and TWO_BYTES in encoding.read_bytes()
    )
    if font.get("/Subtype") != "/Type0" or not two_bytes or "/ToUnicode" not in font:
        raise Unreadable("A font is of a kind that cannot be read back.")
    table = bytes(font["/ToUnicode"].read_bytes())
    if b"beginbfrange" in table:
        raise Unreadable("A font's table is of a kind that cannot be read back.")
    return {
        int(code, 16): bytes.fromhex(letters.decode()).decode("utf-16-be")
        for block in BF_BLOCK.findall(table)
        for code, letters in BF_CHAR.findall(block)
    }
