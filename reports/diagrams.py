"""Diagrams as SVG, for page and paper alike: presentation attributes only, so that a strict CSP lets them stand."""

from collections.abc import Iterator
from functools import cache
from math import hypot
from pathlib import Path
from typing import Final, NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from fontTools.ttLib import TTFont

from reports.document import Scheme
from reports.legible import legible

WIDTH: Final = 648
"""The width of a drawing in its own units; at the paper's full width one unit is 0.71 point."""
FONT_SIZE, LABEL_SIZE, LINE_HEIGHT = 15.0, 13.0, 18.0
BOX_TEXT: Final = 132.0
"""How wide the words in a box may run before they turn to the next line."""
INK, ACCENT, PAPER = "#1b2426", "#0f5257", "#ffffff"
SANS: Final = "Report Sans, Inter, sans-serif"
FONTS: Final = Path(__file__).parent / "fonts"


class Point(NamedTuple):
    x: float
    y: float


class Box(NamedTuple):
    centre: Point
    half_width: float
    half_height: float
    lines: tuple[str, ...]


def scheme(section: Scheme) -> SafeString:
    """The drawing of `section`: boxes, arrows and the cycle, which is told by heavy lines and numbers, not colour."""
    boxes, height = _boxes(section)
    on_cycle = {place: order for order, place in enumerate(section.cycle, start=1)}
    drawn = "".join(
        (
            *_cycle_arrows(section, boxes),
            *_link_arrows(section, boxes),
            *(_box(box, on_cycle.get(place)) for place, box in enumerate(boxes)),
        )
    )
    return mark_safe(  # noqa: S308 - every text in it went through escape()
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {_n(height)}" role="img" class="scheme">'
        f"<title>{escape(legible(str(section.text_alternative)))}</title>{drawn}</svg>"
    )


# --- Placing --------------------------------------------------------------------------


def _boxes(section: Scheme) -> tuple[list[Box], float]:
    """The boxes, and the height that the drawing needs: deeper when there are many."""
    shapes = []
    for node in section.nodes:
        lines = tuple(_wrap(legible(str(node.label)), BOX_TEXT, FONT_SIZE))
        half_width = max(34.0, max((_width(line, FONT_SIZE, 600) for line in lines), default=0) / 2 + 14)
        shapes.append((lines, half_width, len(lines) * LINE_HEIGHT / 2 + 10))
    margin_x = max((half_width for _, half_width, _ in shapes), default=0) + 4
    margin_y = max((half_height for _, _, half_height in shapes), default=0) + 14
    height = min(760.0, max(300.0, 2 * margin_y + 44.0 * len(shapes)))
    return [
        Box(
            Point(margin_x + node.x / 100 * (WIDTH - 2 * margin_x), margin_y + node.y / 100 * (height - 2 * margin_y)),
            half_width,
            half_height,
            lines,
        )
        for node, (lines, half_width, half_height) in zip(section.nodes, shapes, strict=True)
    ], height


def _wrap(text: str, width: float, size: float) -> Iterator[str]:
    """`text` in lines of at most `width`; a longer word stands alone."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and _width(longer, size, 600) > width:
            yield line
            longer = word
        line = longer
    if line:
        yield line


@cache
def _advances(weight: int) -> tuple[dict[int, int], int]:
    """The advance of each character in the sans of that weight, and how many of its units make an em."""
    with TTFont(FONTS / ("Inter_600SemiBold.ttf" if weight == 600 else "Inter_400Regular.ttf"), lazy=True) as font:
        metrics = font["hmtx"].metrics
        return {code: metrics[name][0] for code, name in font.getBestCmap().items()}, font["head"].unitsPerEm


def _width(text: str, size: float, weight: int = 400) -> float:
    advances, em = _advances(weight)
    return sum(advances.get(ord(character), em) for character in text) * size / em


# --- Drawing --------------------------------------------------------------------------


def _cycle_arrows(section: Scheme, boxes: list[Box]) -> Iterator[str]:
    """Heavy arrows from each box of the cycle to the next, bowed outwards so that they read as a round."""
    ring = section.cycle
    if len(ring) < 2:
        return
    middle = Point(
        sum(boxes[place].centre.x for place in ring) / len(ring),
        sum(boxes[place].centre.y for place in ring) / len(ring),
    )
    for place, following in zip(ring, (*ring[1:], ring[0]), strict=True):
        yield _arrow(boxes[place], boxes[following], bow_from=middle, heavy=True)


def _link_arrows(section: Scheme, boxes: list[Box]) -> Iterator[str]:
    """Light arrows for the links; one that the cycle already draws only adds its label."""
    ring = set(zip(section.cycle, (*section.cycle[1:], *section.cycle[:1]), strict=True))
    both_ways = {(link.to, link.from_) for link in section.links}
    for link in section.links:
        start, end = boxes[link.from_], boxes[link.to]
        if (link.from_, link.to) not in ring and link.from_ != link.to:
            bowed = (link.from_, link.to) in both_ways or (link.to, link.from_) in ring
            yield _arrow(start, end, bow_from=_left_of(start.centre, end.centre) if bowed else None)
        if link.label:
            yield _label(
                legible(str(link.label)), Point(*(_mean(a, b) for a, b in zip(start.centre, end.centre, strict=True)))
            )


def _arrow(start: Box, end: Box, *, bow_from: Point | None, heavy: bool = False) -> str:
    through = Point(_mean(start.centre.x, end.centre.x), _mean(start.centre.y, end.centre.y))
    if bow_from is not None:
        away = Point(through.x - bow_from.x, through.y - bow_from.y)
        length = hypot(*away) or 1.0
        bow = 0.16 * hypot(end.centre.x - start.centre.x, end.centre.y - start.centre.y)
        through = Point(through.x + away.x / length * bow, through.y + away.y / length * bow)
    tail, tip = _edge(start, through, 3), _edge(end, through, 5)
    size = 11.0 if heavy else 8.0
    length = hypot(tip.x - through.x, tip.y - through.y) or 1.0
    along = Point((tip.x - through.x) / length, (tip.y - through.y) / length)
    neck = Point(tip.x - along.x * size * 0.8, tip.y - along.y * size * 0.8)
    wing_x, wing_y = -along.y * size * 0.5, along.x * size * 0.5
    base = Point(tip.x - along.x * size, tip.y - along.y * size)
    colour = ACCENT if heavy else INK
    return (
        f'<path d="M{_n(tail.x)} {_n(tail.y)}Q{_n(through.x)} {_n(through.y)} {_n(neck.x)} {_n(neck.y)}" fill="none"'
        f' stroke="{colour}" stroke-width="{"3.2" if heavy else "1.3"}"/>'
        f'<path d="M{_n(tip.x)} {_n(tip.y)}L{_n(base.x + wing_x)} {_n(base.y + wing_y)}'
        f'L{_n(base.x - wing_x)} {_n(base.y - wing_y)}Z" fill="{colour}"/>'
    )


def _box(box: Box, order: int | None) -> str:
    """A box with its words; on the cycle it is filled, and carries its number."""
    left, top = box.centre.x - box.half_width, box.centre.y - box.half_height
    filled = order is not None
    shape = (
        f'<rect x="{_n(left)}" y="{_n(top)}" width="{_n(2 * box.half_width)}" height="{_n(2 * box.half_height)}"'
        f' rx="7" fill="{ACCENT if filled else PAPER}" stroke="{ACCENT}" stroke-width="1.4"/>'
    )
    first = box.centre.y - (len(box.lines) - 1) * LINE_HEIGHT / 2 + FONT_SIZE * 0.35
    words = "".join(
        _text(line, Point(box.centre.x, first + row * LINE_HEIGHT), FONT_SIZE, PAPER if filled else INK, 600)
        for row, line in enumerate(box.lines)
    )
    if not filled:
        return shape + words
    badge = (
        f'<circle cx="{_n(left + 3)}" cy="{_n(top + 1)}" r="11.5" fill="{PAPER}" stroke="{ACCENT}" stroke-width="1.4"/>'
    )
    return shape + words + badge + _text(str(order), Point(left + 3, top + 5.7), LABEL_SIZE, ACCENT, 600)


def _label(text: str, at: Point) -> str:
    half = _width(text, LABEL_SIZE) / 2 + 5
    return (
        f'<rect x="{_n(at.x - half)}" y="{_n(at.y - 11)}" width="{_n(2 * half)}" height="20" rx="3" fill="{PAPER}"/>'
        + _text(text, Point(at.x, at.y + 4), LABEL_SIZE, INK, 400)
    )


def _text(text: str, at: Point, size: float, colour: str, weight: int) -> str:
    return (
        f'<text x="{_n(at.x)}" y="{_n(at.y)}" font-family="{SANS}" font-size="{_n(size)}" font-weight="{weight}"'
        f' fill="{colour}" text-anchor="middle">{escape(text)}</text>'
    )


def _edge(box: Box, towards: Point, gap: float) -> Point:
    """Where a line from the middle of `box` to `towards` leaves it, `gap` beyond its edge."""
    dx, dy = towards.x - box.centre.x, towards.y - box.centre.y
    if not dx and not dy:
        return box.centre
    reach = min(
        (box.half_width + gap) / abs(dx) if dx else float("inf"),
        (box.half_height + gap) / abs(dy) if dy else float("inf"),
    )
    return Point(box.centre.x + dx * reach, box.centre.y + dy * reach)


def _left_of(start: Point, end: Point) -> Point:
    """A point beside the middle of the line: an arrow bowed away from it does not lie on the one coming back."""
    return Point(_mean(start.x, end.x) - (end.y - start.y), _mean(start.y, end.y) + (end.x - start.x))


def _mean(a: float, b: float) -> float:
    return (a + b) / 2


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
