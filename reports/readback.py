"""Reads finished PDF bytes back: everything in them that a person or a program could read.

The gate asks this module, not the renderer, what a report says. The text is read twice, by two programs: page by
page as a viewer finds it (`pages`, pdfium), and in the order of a screen reader from the structure tree (`spoken`, our
own decoding of the content with pikepdf). Every other string of the file is collected too, wherever it stands.

It fails closed: bytes that hold anything this module cannot read raise `Unreadable`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pikepdf
import pypdfium2
from fontTools.ttLib import TTFont, TTLibError

from reports import xmp
from reports.legible import searched
from reports.structure import Decoder, Element, Unreadable, elements, font_characters

ALLOWED_INFO: Final = {"/Title", "/Producer"}
FONTS: Final = Path(__file__).resolve().parent / "fonts"
LINE_END_HYPHEN: Final = re.compile(r"(\w)(?:[-\u2010\u00ad]\s*\n|[\ufffe\x02])\s*(?=\w)")
"""What stands where a word is parted. pdfium has a mark of its own for that, and no line's end behind it."""
OF_EVERY_REPORT: Final = {
    "Adobe", "Identity", "IEC 61966-2-1 Default RGB Colour Space - sRGB", "Report Sans", "Report Serif",
}  # fmt: skip
"""Strings that the format itself writes into every file. They are no words of a report, and may look like names."""
OUR_FONT: Final = re.compile(r"/[A-Z]{6}\+Report-(Sans|Serif)(-Semi-Bold|-Italic)?")
ACTIVE: Final = {
    "/AA", "/AF", "/AcroForm", "/Collection", "/EmbeddedFiles", "/GoToE", "/GoToR", "/ImportData", "/JS",
    "/JavaScript", "/Launch", "/Movie", "/OpenAction", "/Rendition", "/RichMedia", "/Sound", "/SubmitForm", "/XFA",
}  # fmt: skip
"""Keys and kinds of action that have no place in a report, whatever they hold."""


@dataclass(frozen=True, slots=True)
class Readback:
    """What a finished PDF says. `texts` is all of it; the rest says where it stood.

    `sha256`: of the bytes that were read · `pages`: as a viewer reads each page · `spoken`: as a screen reader
    reads the whole · `beside`: running heads and page numbers · `alternatives`: alt and actual texts · `strings`:
    every other string in the file, names of destinations and outlines included · `metadata`: the information
    dictionary · `links`: what annotations lead to · `fonts`: their names · `unshown`: letters that a font carries
    and no page shows · `faults`: what must not be there at all (active content, attachments, pictures, annotations
    that are no internal link, other metadata)
    """

    sha256: str
    pages: tuple[str, ...]
    spoken: str
    beside: str
    alternatives: tuple[str, ...]
    outlines: tuple[str, ...]
    links: tuple[str, ...]
    destinations: tuple[str, ...]
    strings: tuple[str, ...]
    metadata: tuple[tuple[str, str], ...]
    xmp: str
    fonts: tuple[str, ...]
    unshown: tuple[str, ...]
    faults: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything legible, for a search: also with lines joined, and with the hyphens at their ends taken away."""
        whole = "\n".join(self.pages)
        read = (*self.pages, whole, self.spoken)
        joined = tuple(" ".join(text.split()) for text in (whole, self.spoken))
        unbroken = tuple(" ".join(LINE_END_HYPHEN.sub(r"\1", text).split()) for text in (whole, self.spoken))
        info = dict(self.metadata)
        values = tuple(value for key, value in self.metadata if key != "/Producer")
        fonts = tuple(name for name in self.fonts if not OUR_FONT.fullmatch(name))
        return tuple(
            searched(text)
            for text in dict.fromkeys(
                (*read, *joined, *unbroken, self.beside, *self.alternatives, *self.outlines, *self.links)
                + (*self.destinations, *self.strings, *values, *fonts)
                + (() if self.xmp == xmp.packet(info.get("/Title", ""), info.get("/Producer", "")) else (self.xmp,))
            )
        )


def read(pdf: bytes) -> Readback:
    """Everything legible in `pdf`. Raises Unreadable for bytes that cannot be read to the last object."""
    if not pdf.startswith(b"%PDF-") or pdf.count(b"%%EOF") != 1 or not pdf.endswith(b"%%EOF\n"):
        raise Unreadable("This is not one whole PDF, written once.")
    try:
        with pikepdf.open(BytesIO(pdf), suppress_warnings=True) as opened:
            if problems := opened.check_pdf_syntax():
                raise Unreadable(f"The PDF has {len(problems)} faults of syntax.")
            return _read(opened, sha256(pdf).hexdigest(), _pages(pdf))
    except (
        pikepdf.PdfError,
        pypdfium2.PdfiumError,
        TTLibError,
        UnicodeError,
        LookupError,
        ValueError,
        RecursionError,
    ) as wrong:
        raise Unreadable(f"The PDF could not be read: {type(wrong).__name__}.") from wrong


def structure(pdf: bytes) -> tuple[Element, ...]:
    """The structure tree of `pdf`, as a screen reader walks it: tag, alternative text, words, children."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return elements(opened, Decoder(opened))


def _read(opened: pikepdf.Pdf, digest: str, pages: tuple[str, ...]) -> Readback:
    decoder = Decoder(opened)
    tree = elements(opened, decoder)
    heard = [element for root in tree for element in root.walk()]
    info = tuple((str(key), str(value)) for key, value in opened.docinfo.items())
    annotations = [annotation for page in opened.pages for annotation in page.obj.get("/Annots", ())]
    dictionaries = _dictionaries(opened)
    fonts = [item for item in dictionaries if item.get("/Type") == "/Font" and "/ToUnicode" in item]
    shown = set("".join(pages)) | set(decoder.everything)
    known = OF_EVERY_REPORT | _names_of_our_fonts() | {str(part) for part in opened.trailer.get("/ID", ())}
    known |= {value for key, value in info if key == "/Producer"}
    with opened.open_outline() as outline:
        titles = tuple(_titles(outline.root))
    return Readback(
        sha256=digest,
        pages=pages,
        spoken="\n".join(element.words for element in heard if element.words),
        beside=decoder.outside_of(element for element in heard),
        alternatives=tuple(text for element in heard for text in element.alternatives),
        outlines=titles,
        links=tuple(str(annotation.get("/Dest", annotation.get("/A", ""))) for annotation in annotations),
        destinations=tuple(_destinations(opened)),
        strings=tuple(
            text
            for text in dict.fromkeys((*_strings(opened, dictionaries), *_font_names(dictionaries)))
            if text not in known
        ),
        metadata=info,
        xmp=_xmp(opened),
        fonts=tuple(str(font["/BaseFont"]) for font in fonts),
        unshown=tuple(sorted({letter for font in fonts for letter in font_characters(font)} - shown)),
        faults=(*_faults(opened, annotations, dictionaries), *_unknown_streams(opened, decoder, dictionaries)),
    )


def _pages(pdf: bytes) -> tuple[str, ...]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_page(document[number]) for number in range(len(document)))
    finally:
        document.close()


def _page(page: Any) -> str:
    text = page.get_textpage()
    try:
        return str(text.get_text_range()).replace("\r\n", "\n")
    finally:
        text.close()
        page.close()


def _faults(opened: pikepdf.Pdf, annotations: list[Any], dictionaries: list[dict[str, Any]]) -> Iterator[str]:
    if opened.is_encrypted:
        yield "encrypted"
    for key, _ in opened.docinfo.items():
        if key not in ALLOWED_INFO:
            yield f"metadata {key}"
    for annotation in annotations:
        if annotation.get("/Subtype") != "/Link" or "/A" in annotation or "/Dest" not in annotation:
            yield "an annotation that is no internal link"
    for item in dictionaries:
        yield from (f"active content {key}" for key in item.keys() & ACTIVE)
        if item.get("/S") in ACTIVE:
            yield f"active content {item.get('/S')}"
        if item.get("/Subtype") == "/Image":
            yield "a picture"
        if item.get("/Type") in ("/Filespec", "/EmbeddedFile"):
            yield "an attachment"


def _unknown_streams(opened: pikepdf.Pdf, decoder: Decoder, dictionaries: list[dict[str, Any]]) -> Iterator[str]:
    """A fault for every stream that is no drawn content, font, table of letters, colour profile or metadata."""
    known = set(decoder.drawn)
    for item in dictionaries:
        places = [
            item.get(key) for key in ("/FontFile2", "/Encoding", "/ToUnicode", "/CIDToGIDMap", "/CIDSet", "/Metadata")
        ]
        places += [item.get("/DestOutputProfile"), *_profiles(item)]
        known |= {place.objgen for place in places if isinstance(place, pikepdf.Stream)}
    for found in opened.objects:
        loose = isinstance(found, pikepdf.Stream) and found.objgen not in known
        if loose and found.get("/Type") not in ("/ObjStm", "/XRef"):
            yield "a stream that nothing shows"


def _profiles(item: dict[str, Any]) -> Iterator[Any]:
    for space in item.values():
        if isinstance(space, pikepdf.Array) and len(space) == 2 and space[0] == "/ICCBased":
            yield space[1]


def _dictionaries(opened: pikepdf.Pdf) -> list[dict[str, Any]]:
    """Every dictionary of the file, streams' own included, at whatever depth; as Python's own, which are quick."""
    found: list[dict[str, Any]] = []
    waiting: list[Any] = list(opened.objects)
    while waiting:
        value = waiting.pop()
        held: Iterable[Any] = ()
        if isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
            found.append(dict(value.items()))
            held = found[-1].values()
        elif isinstance(value, pikepdf.Array):
            held = value
        waiting += [item for item in held if isinstance(item, pikepdf.Object) and not item.is_indirect]
    return found


def _strings(opened: pikepdf.Pdf, dictionaries: list[dict[str, Any]]) -> Iterator[str]:
    """Every string that any dictionary or array of the file holds, decoded as text."""

    def inside(value: Any) -> Iterator[str]:
        if isinstance(value, pikepdf.String):
            yield str(value)
        elif isinstance(value, pikepdf.Array):
            for item in value:
                yield from inside(item)

    for found in opened.objects:
        yield from inside(found)
    for item in dictionaries:
        for value in item.values():
            yield from inside(value)


def _titles(items: Any) -> Iterator[str]:
    for item in items:
        yield str(item.title)
        yield from _titles(item.children)


def _destinations(opened: pikepdf.Pdf) -> Iterator[str]:
    names = opened.Root.get("/Names", pikepdf.Dictionary())
    if unknown := set(names.keys()) - {"/Dests"}:
        raise Unreadable(f"The PDF has names of another kind: {sorted(unknown)}.")
    yield from [str(name) for name in pikepdf.NameTree(names.Dests)] if "/Dests" in names else []


def _xmp(opened: pikepdf.Pdf) -> str:
    return bytes(opened.Root.Metadata.read_bytes()).decode() if "/Metadata" in opened.Root else ""


@cache
def _names_of_our_fonts() -> frozenset[str]:
    names: set[str] = set()
    for path in FONTS.glob("*.ttf"):
        with TTFont(path, lazy=True) as font:
            names |= {str(record) for record in font["name"].names}
    return frozenset(names)


def _font_names(dictionaries: list[dict[str, Any]]) -> Iterator[str]:
    """What the embedded font files say in their own tables of names."""
    for item in dictionaries:
        for key in ("/FontFile", "/FontFile2", "/FontFile3"):
            if key in item:
                with TTFont(BytesIO(bytes(item[key].read_bytes())), lazy=True) as font:
                    yield from [str(record) for record in font["name"].names] if "name" in font else []
