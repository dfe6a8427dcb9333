"""Where words stand on the finished pages, as pdfium finds them."""

from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw


@dataclass(frozen=True, slots=True)
class Line:
    """A run of words on one line, and its box in points from the lower left corner of its page."""

    page: int
    words: str
    left: float
    bottom: float
    right: float
    top: float


def lines_of(made: bytes) -> list[Line]:
    """Every line of every page, each page from its top down, as its text is read."""
    found = []
    with pypdfium2.PdfDocument(made) as opened:
        for number, page in enumerate(opened):
            text = page.get_textpage()
            for place in range(text.count_rects()):
                box = text.get_rect(place)
                found.append(Line(number, text.get_text_bounded(*box).strip(), *box))
    return found


def sizes_of(made: bytes) -> set[float]:
    """The sizes of type that are printed anywhere, in points, those in drawings as they come out."""
    sizes = set()
    with pypdfium2.PdfDocument(made) as opened:
        for page in opened:
            text, matrix = page.get_textpage(), raw.FS_MATRIX()
            for place in range(text.count_chars()):
                if not raw.FPDFText_IsGenerated(text, place):
                    raw.FPDFText_GetMatrix(text, place, matrix)
                    sizes.add(round(raw.FPDFText_GetFontSize(text, place) * abs(matrix.d), 1))
    return sizes


def rules_over(made: bytes, page: int) -> list[float]:
    """How high the rules over wide boxes on a page stand, from its top down."""
    with pypdfium2.PdfDocument(made) as opened:
        drawn = [each.get_bounds() for each in opened[page].get_objects() if each.type == raw.FPDF_PAGEOBJ_PATH]
    return sorted((top for left, _, right, top in drawn if right - left > 300), reverse=True)
