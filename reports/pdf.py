"""A document as paper: `ReportDocument` → HTML → a tagged PDF/A-2a that is also PDF/UA-1.

The same document gives the same bytes: no date, no name of an author or a machine, an /ID made from the
document's digest, and only the fonts that lie in `reports/fonts`. Nothing is fetched: the style sheet, the fonts and
the cover's motif are handed over from this folder, and every other address is refused.

WeasyPrint is imported when the first page is made, which happens in the renderer's own process.
"""

import os
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from django.template import Context, Engine

from reports import diagrams, outline, xmp
from reports.anonymity.text import AnonymousText
from reports.document import ConceptList, ReportDocument, Scheme, dumps
from reports.legible import legible
from reports.words import WORDS

TEMPLATES: Final = Path(__file__).resolve().parent.parent / "templates"
HEAD_LETTERS: Final = 90
PX: Final = 0.75
"""A CSS pixel in points."""
PAGE_HEIGHT: Final = 297 / 25.4 * 72
PRINT: Final = TEMPLATES / "reports" / "print"
FONTS: Final = Path(__file__).resolve().parent / "fonts"


def html(document: ReportDocument) -> str:
    """`document` as one HTML page for paper. Every text is plain text, and escaped; what has no shape is left out."""
    template = _engine().get_template("reports/print/report.html")
    return str(template.render(Context(shown(document), use_l10n=False, use_tz=False)))


def shown(document: ReportDocument) -> dict[str, Any]:
    """What the templates in `reports/print` are given: plain, legible words, and drawings."""
    words = WORDS[document.language]
    laid_out = outline.parts(document)
    return {
        "document": _shown(document),
        "head": _head(legible(str(document.title))),
        "words": words,
        "review_copy": document.status != "release",
        "rule": words.rule_2002 if document.rule == "2002" else words.rule_short,
        "action_learning": _shown(document.action_learning) or words.action_learning,
        "contents": _shown(outline.contents(laid_out)),
        "parts": [_for_template(part) for part in laid_out],
    }


def render(document: ReportDocument) -> bytes:
    """`document` as a PDF. Raises whatever WeasyPrint raises; callers go through `reports.renderer`."""
    press = _press()
    laid_out = press.weasyprint.HTML(
        string=html(document), base_url="print:", url_fetcher=press.fetcher, media_type="print"
    ).render(font_config=press.fonts, stylesheets=[press.style])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves the file of its colour profile open
        written: bytes = laid_out.write_pdf(
            pdf_variant="pdf/a-2a",
            pdf_identifier=sha256(dumps(document).encode()).digest()[:16],
            finisher=_finish,
        )
    return written


def warm() -> None:
    """Makes what every report needs, once: WeasyPrint, the fonts, the style sheet, the templates."""
    _press()
    _engine().get_template("reports/print/report.html")


# --- HTML -----------------------------------------------------------------------------


@cache
def _engine() -> Engine:
    """A template engine of its own, so that the renderer's process needs no settings and no database."""
    return Engine(dirs=[str(TEMPLATES)], autoescape=True)


def _for_template(part: outline.Part) -> dict[str, Any]:
    section = part.section
    return {
        **_shown(part),
        "below": part.below,
        "head": _head(legible(part.label)),
        "bands": _shown(outline.bands(section)) if isinstance(section, ConceptList) else (),
        "drawing": diagrams.scheme(section) if isinstance(section, Scheme) else "",
    }


def _head(title: str) -> str:
    """A heading as the running head of a page: two lines at most, cut at the end of a word if there is one."""
    return title if len(title) <= HEAD_LETTERS else f"{title[:HEAD_LETTERS].rsplit(maxsplit=1)[0]} …"


def _shown(value: Any) -> Any:
    """`value` as templates get it: dictionaries and lists of plain, legible words."""
    if isinstance(value, (AnonymousText, str)):
        return legible(str(value))
    if isinstance(value, tuple):
        return [_shown(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _shown(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


# --- WeasyPrint -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Press:
    """What is made once and used for every report."""

    weasyprint: Any
    fetcher: Any
    fonts: Any
    style: Any


@cache
def _press() -> _Press:
    with warnings.catch_warnings(), _no_fonts_of_the_machine():
        warnings.filterwarnings("ignore", message="No fonts configured")
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

        fonts = FontConfiguration()
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
    style = weasyprint.CSS(string=ours["paper.css"].decode(), base_url="print:", url_fetcher=fetcher, font_config=fonts)
    return _Press(weasyprint, fetcher, fonts, style)


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


def _finish(document: Any, pdf: Any) -> None:
    """Writes the metadata anew: one block that names both standards, the title, the producer and nothing else.

    WeasyPrint 70 tells where figures stand in CSS pixels from the top; PDF asks for points from the bottom.
    """
    for element in pdf.objects:
        if isinstance(element, dict) and element.get("S") == "/Figure" and "BBox" in element.get("A", ()):
            left, top, right, bottom = element["A"]["BBox"]
            box = (left * PX, PAGE_HEIGHT - bottom * PX, right * PX, PAGE_HEIGHT - top * PX)
            element["A"]["BBox"][:] = box
    producer = re.sub(r"^\(|\)$", "", pdf.info["Producer"].string)
    metadata = next(item for item in pdf.objects if getattr(item, "extra", {}).get("Type") == "/Metadata")
    metadata.stream = [xmp.packet(document.metadata.title, producer).encode()]
