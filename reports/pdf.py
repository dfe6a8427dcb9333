"""A document as paper: `ReportDocument` → HTML → a tagged PDF/A-2a that is also PDF/UA-1.

The same document gives the same bytes: no date, no name of an author or a machine, an /ID made from the
document's digest, and only the fonts that lie in `reports/fonts`. Nothing is fetched: the style sheet, the fonts and
the cover's motif are handed over from this folder, and every other address is refused.

WeasyPrint is imported when the first page is made, which happens in the renderer's own process.
"""

import os
import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from itertools import pairwise
from typing import Any, Final

from reports import outline, tagging, xmp
from reports.document import Questions, ReportDocument, dumps
from reports.glyphs import FONTS
from reports.legible import TIED, legible
from reports.typesetting import PRINT, Values, engine, shown, typeset, with_rows
from reports.words import WORDS

LITTLE: Final = 0.25
"""A page filled to less than this is worth setting the pages of its session closer for."""
MOST_PAGES_SET_TWICE: Final = 60
"""How many pages a session may have to be set again for what the first setting shows of it."""
MUCH_ROOM: Final = 12
"""How many lines of columns a page has left that is too empty; with fewer a list is parted only to save a page."""
COLUMN_LINE: Final = 23.2
"""How deep a line of a column of concepts is, in CSS pixels."""
END: Final = ""
"""Stands for the last page among anchors, which all have names."""
USUAL_FRONT: Final = {"about": 3, END: 3}
"""Where a front stands of a cover, contents of one page, and one about the report."""
SHORT: Final = 24
"""How many lines of contents are on one page for sure."""
NEVER_HYPHENATED: Final = frozenset(f"{TIED}/_@=&#")
"""What keeps a word from being hyphenated beside it: it is tied, or in an address or the name of a file, which has no
hyphen of ours."""
LONG_WORD: Final = 20
"""How many letters an English word with a capital has at least that is parted, so that columns hold it."""
SPACE_ABOVE: Final = 48
"""What stands above a heading that no longer begins a page, in CSS pixels, and a little more."""
REPORT: Final = "reports/print/report.html"


def html(document: ReportDocument) -> str:
    """`document` as one HTML page for paper, its contents without numbers. Every text is plain text, and escaped; what
    has no shape is left out."""
    return typeset(REPORT, {**shown(document, on_paper=True), "front": True})


def render(document: ReportDocument) -> bytes:
    """`document` as a PDF. Raises whatever WeasyPrint raises; callers go through `reports.renderer`."""
    laid_out = _laid_out(document)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves the file of its colour profile open
        written: bytes = laid_out.write_pdf(
            pdf_variant="pdf/a-2a",
            pdf_identifier=sha256(dumps(document).encode()).digest()[:16],
            finisher=partial(_finish, document),
        )
    return written


def warm() -> None:
    """Makes what every report needs, once: WeasyPrint, the fonts, the style sheet, the templates."""
    _press()
    engine().get_template(REPORT)


# --- Pages ----------------------------------------------------------------------------


def _laid_out(document: ReportDocument) -> Any:
    """The pages. What begins a page is set by itself with all that follows it up to the next: so one session can be set
    closer, or its list of concepts parted, and no other is set again. The front comes last, with the numbers of the
    others in its contents; it is set before them only where it may be longer than usual."""
    press = _press()
    styles = [press.style, press.letter] if document.paper == "letter" else [press.style]
    values = shown(document, on_paper=True)
    front = {**values, "front": True, "parts": ()}
    begun = USUAL_FRONT if _lines(front["contents"]) <= SHORT else _anchors(_set(front, styles).pages)
    for _attempt in range(3):  # the second is right, unless the numbers themselves take another line
        pages: list[Any] = []
        for run in _runs(values["parts"]):
            counting = press.counting_from(begun[END] + len(pages) + 1)
            pages += _set_well(document, {**values, "parts": run}, [*styles, counting])
        numbers = {**begun, **_anchors(pages, begun[END])}
        contents = [_numbered(entry, numbers) for entry in front["contents"]]
        with_numbers = {**front, "contents": contents, "about_at": numbers["about"]}
        opening = _closer_if_that_helps(with_numbers, _set(with_numbers, styles), styles)
        if (stands := _anchors(opening.pages)) == begun:
            break
        begun = stands
    return opening.copy([*opening.pages, *pages])


def _anchors(pages: Sequence[Any], after: int = 0) -> dict[str, int]:
    """On which page each anchor is, of pages that follow so many others; at END, the last one."""
    numbered = enumerate(pages, start=after + 1)
    return {anchor: number for number, page in numbered for anchor in page.anchors} | {END: after + len(pages)}


def _lines(contents: Sequence[Values]) -> int:
    return len(contents) + sum(_lines(entry["entries"]) for entry in contents)


def _numbered(entry: Values, numbers: Mapping[str, int]) -> Values:
    """A line of the contents with the number of its page, and those beneath it."""
    beneath = [_numbered(each, numbers) for each in entry["entries"]]
    return {**entry, "page": numbers[entry["anchor"]], "entries": beneath}


def _runs(parts: Sequence[Any]) -> list[list[Any]]:
    """`parts` in runs, each of which begins a page."""
    runs: list[list[Any]] = []
    for part in parts:
        if part["opens"] or not runs:
            runs.append([])
        runs[-1].append(part)
    return runs


def _set_well(document: ReportDocument, values: Values, styles: Sequence[Any]) -> Sequence[Any]:
    """The pages of a run: with a list of concepts parted where it would leave a page half empty, and set closer where
    that saves one."""
    usual = _set(values, styles)
    if left := dict(_room_for_columns(usual.pages[:MOST_PAGES_SET_TWICE])):
        again = {**values, "parts": with_rows(document, values["parts"], left)}
        parted = _set(again, styles)
        if len(parted.pages) < len(usual.pages) + (max(left.values()) >= MUCH_ROOM):
            usual, values = parted, again
    pages: Sequence[Any] = _closer_if_that_helps(values, usual, styles).pages
    return pages


def _closer_if_that_helps(values: Values, usual: Any, styles: Sequence[Any]) -> Any:
    """`usual`, or set closer where that saves a page with little on it."""
    judged = usual.pages[2:] if values.get("front") else usual.pages  # a cover and short contents may have little
    if 1 < len(usual.pages) <= MOST_PAGES_SET_TWICE and any(map(_has_little, judged)):
        press = _press()
        again = _set(values, [*styles, press.closer, *([press.closer_letter] if press.letter in styles else [])])
        if len(again.pages) < len(usual.pages):
            return again
    return usual


def _set(values: Values, styles: Sequence[Any]) -> Any:
    """What the template makes of `values`, as pages of paper."""
    press = _press()
    source = press.weasyprint.HTML(
        string=typeset(REPORT, values), base_url="print:", url_fetcher=press.fetcher, media_type="print"
    )
    return source.render(font_config=press.fonts, stylesheets=styles)


def _room_for_columns(pages: Sequence[Any]) -> Iterator[tuple[str, int]]:
    """The lists of concepts that begin a page although the one before has room for a row: their anchors, and how many
    lines it may be deep."""
    for page, after in pairwise(pages):
        band = next((box for box in _body(after) if box.element is not None and box.element.get("data-of")), None)
        if band is not None:
            room = page._page_box.content_box_y() + page._page_box.height - _end(page)
            lines = int((room - SPACE_ABOVE - band.position_y + after._page_box.content_box_y()) / COLUMN_LINE)
            if lines >= outline.LEAST_LINES:
                yield band.element.get("data-of"), lines


def _has_little(page: Any) -> bool:
    """Whether a page is all but empty."""
    box = page._page_box
    little: bool = _end(page) - box.content_box_y() < LITTLE * box.height
    return little


def _end(page: Any) -> float:
    """Where the last line on a page ends."""
    return max((box.position_y + box.height for box in _body(page) if _is_line(box)), default=0)


def _is_line(box: Any) -> bool:
    from weasyprint.formatting_structure.boxes import LineBox

    return isinstance(box, LineBox)


def _body(page: Any) -> Iterator[Any]:
    """Every box on a page of WeasyPrint's that does not stand in its margins, in order."""
    from weasyprint.formatting_structure.boxes import MarginBox

    for part in page._page_box.children:
        if not isinstance(part, MarginBox):
            yield from part.descendants()


# --- WeasyPrint -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Press:
    """What is made once and used for every report."""

    weasyprint: Any
    fetcher: Any
    fonts: Any
    style: Any
    letter: Any
    closer: Any
    closer_letter: Any

    def counting_from(self, page: int) -> Any:
        """A style sheet by which the first page has this number."""
        return self.weasyprint.CSS(string=f"@page :first {{ counter-reset: page {page} }}")


@cache
def _press() -> _Press:
    with warnings.catch_warnings(), _no_fonts_of_the_machine():
        warnings.filterwarnings("ignore", message="No fonts configured")
        import weasyprint
        from weasyprint.text import line_break
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

        fonts = FontConfiguration()
        line_break.pyphen.LANGUAGES["sv"] = PRINT / "hyph_sv.dic"
        line_break.get_next_word_boundaries = _but_in_a_name(line_break.get_next_word_boundaries)
    ours = {path.name: path.read_bytes() for folder in (FONTS, PRINT) for path in folder.iterdir() if path.is_file()}

    class OnlyOurs(URLFetcher):  # type: ignore[misc]
        """Hands over our own files from memory. Any other address ends the rendering."""

        def fetch(self, url: str, headers: object = None) -> Any:
            name = url.removeprefix("print:")
            if name == url or name not in ours:
                raise FatalURLFetchingError("A report fetches nothing.")
            kind = {"css": "text/css", "svg": "image/svg+xml"}.get(name.rpartition(".")[2], "font/ttf")
            return URLFetcherResponse(url, ours[name], {"Content-Type": kind})

    fetcher = OnlyOurs()
    style, letter, closer, closer_letter = (
        weasyprint.CSS(string=ours[name].decode(), base_url="print:", url_fetcher=fetcher, font_config=fonts)
        for name in ("paper.css", "letter.css", "closer.css", "closer-letter.css")
    )
    return _Press(weasyprint, fetcher, fonts, style, letter, closer, closer_letter)


def _but_in_a_name(find: Callable[[str, str], Any]) -> Callable[[str, str], Any]:
    """`find`, which looks for a word to hyphenate, and finds none in a name, nor beside what is NEVER_HYPHENATED."""

    def found(text: str, language: str) -> Any:
        if NEVER_HYPHENATED.intersection(text) or _may_be_a_name(text, language):
            return None
        return find(text, language)

    return found


def _may_be_a_name(word: str, language: str) -> bool:
    """Whether a word has a capital inside, or begins with one in English, where only long ones are parted then."""
    capital_inside = any(before.isalnum() and letter.isupper() for before, letter in pairwise(word))
    return capital_inside or (language.startswith("en") and len(word) < LONG_WORD and word != word.lower())


@contextmanager
def _no_fonts_of_the_machine() -> Iterator[None]:
    """Keeps fontconfig from every font but ours, so that a letter outside them looks the same everywhere.

    What is set up outside of this, such as a browser, still finds the machine's fonts.
    """
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(FONTS / "fonts.conf")
    try:
        yield
    finally:
        del os.environ["FONTCONFIG_FILE"]
        if before is not None:
            os.environ["FONTCONFIG_FILE"] = before


def _finish(report: ReportDocument, laid_out: Any, pdf: Any) -> None:
    """Completes the structure, and writes the metadata anew: one block that names both standards, the title and the
    producer, and nothing else."""
    parts = outline.parts(report)
    labels = {
        "about": WORDS[report.language].about,
        **{part.anchor: legible(part.label, report.language) for part in parts},
    }
    numbered = [place for place, part in enumerate(parts, start=1) if isinstance(part.section, Questions)]
    tagging.finish(pdf, laid_out.pages, labels, numbered)
    _read_ties_as_spaces(pdf)
    producer = re.sub(r"^\(|\)$", "", pdf.info["Producer"].string)
    metadata = next(item for item in pdf.objects if getattr(item, "extra", {}).get("Type") == "/Metadata")
    metadata.stream = [xmp.packet(laid_out.metadata.title, producer).encode()]


def _read_ties_as_spaces(pdf: Any) -> None:
    """Has every font and bookmark say a plain space, so that what is copied or searched for has no other."""
    for item in pdf.objects:
        if isinstance(item, dict) and "Title" in item:
            item["Title"].string = item["Title"].string.replace(TIED, " ")
        if b"begincmap" in getattr(item, "stream", ())[2:3]:
            item.stream = [line.replace(b"> <00a0>", b"> <0020>") for line in item.stream]
