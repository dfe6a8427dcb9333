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
DEEPEST: Final = 800.0
"""How deep a drawing of that width may be, so that it fits on a page with its caption."""
APART: Final = 16.0
"""How far apart boxes stand at least, so that an arrow and a number are seen between them."""
SCALES: Final = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
"""How much larger than WIDTH a crowded drawing may be; the page then shows it smaller, type and all."""
FONT_SIZE, LABEL_SIZE, LINE_HEIGHT = 15.0, 13.0, 18.0
BOX_TEXT: Final = 132.0
"""How wide the words in a box may run before they turn to the next line."""
PLACES: Final = (0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75)
"""Where along an arrow its word may stand, the best first."""
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


class Arrow(NamedTuple):
    """A drawn arrow: a curve from `tail` bent towards `through`, to `neck`."""

    tail: Point
    through: Point
    neck: Point
    label: str
    drawn: str

    def at(self, share: float) -> Point:
        """The point that lies `share` of the way along."""
        rest = 1 - share
        first, second, third = rest * rest, 2 * rest * share, share * share
        return Point(
            first * self.tail.x + second * self.through.x + third * self.neck.x,
            first * self.tail.y + second * self.through.y + third * self.neck.y,
        )

    def path(self, step: float) -> Iterator[Point]:
        """Points along the arrow, `step` of it apart."""
        return (self.at(number * step) for number in range(round(1 / step) + 1))


def scheme(section: Scheme) -> SafeString:
    """The drawing of `section`: boxes, arrows and the cycle, which is told by heavy lines and numbers, not colour."""
    boxes, width, height = _boxes(section)
    order = {place: number for number, place in enumerate(section.cycle, start=1)}
    arrows = [*_cycle_arrows(section, boxes), *_link_arrows(section, boxes)]
    drawn = "".join(
        (
            *(arrow.drawn for arrow in arrows),
            *(_box(box, order.get(place)) for place, box in enumerate(boxes)),
            *_labels(arrows, boxes, width, height),
        )
    )
    return mark_safe(  # noqa: S308 - every text in it went through escape()
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(width)} {_n(height)}" role="img" class="scheme">'
        f"<title>{escape(legible(str(section.text_alternative)))}</title>{drawn}</svg>"
    )


# --- Placing --------------------------------------------------------------------------


def _boxes(section: Scheme) -> tuple[list[Box], float, float]:
    """The boxes, and the width and height that the drawing needs so that no box covers another.

    Boxes stand where they were put if they can; else they are moved apart, in a drawing that is deeper, then larger,
    and at last in rows.
    """
    shapes = []
    for node in section.nodes:
        lines = tuple(_wrap(legible(str(node.label)), BOX_TEXT, FONT_SIZE))
        half_width = max(34.0, max((_width(line, FONT_SIZE, 600) for line in lines), default=0) / 2 + 14)
        shapes.append(Box(Point(0, 0), half_width, len(lines) * LINE_HEIGHT / 2 + 10, lines))
    margin = Point(max((box.half_width for box in shapes), default=0) + 11, _deepest(shapes) + 14)
    usual = min(DEEPEST, max(320.0, 2 * margin.y + 56.0 * len(shapes)))
    for scale in SCALES if len(shapes) <= 40 else ():
        for deep in sorted({usual * scale, (usual + DEEPEST) / 2 * scale, DEEPEST * scale}):
            width = WIDTH * scale
            room = Point(width - 2 * margin.x, deep - 2 * margin.y)
            placed = [
                box._replace(centre=Point(margin.x + node.x / 100 * room.x, margin.y + node.y / 100 * room.y))
                for node, box in zip(section.nodes, shapes, strict=True)
            ]
            if min(room) > 0 and _moved_apart(placed, width, deep):
                return placed, width, deep
    return _in_rows(shapes, margin)


def _moved_apart(boxes: list[Box], width: float, height: float) -> bool:
    """Moves boxes that cover each other, each half of the shorter way; whether they all stand free in the end."""
    for _ in range(80):
        crowded = False
        for later in range(len(boxes)):
            for earlier in range(later):
                one, other = boxes[earlier], boxes[later]
                across = one.half_width + other.half_width + APART - abs(one.centre.x - other.centre.x)
                down = one.half_height + other.half_height + APART - abs(one.centre.y - other.centre.y)
                if min(across, down) > 0.1:
                    crowded = True
                    sideways, deep = (across / 2 + 0.1, 0.0) if across < down else (0.0, down / 2 + 0.1)
                    sideways *= 1 if one.centre.x <= other.centre.x else -1
                    deep *= 1 if one.centre.y <= other.centre.y else -1
                    boxes[earlier] = _shifted(one, -sideways, -deep, width, height)
                    boxes[later] = _shifted(other, sideways, deep, width, height)
        if not crowded:
            return True
    return False


def _shifted(box: Box, across: float, down: float, width: float, height: float) -> Box:
    """`box` moved, and kept inside the drawing with its number."""
    edge_x, edge_y = box.half_width + 11, box.half_height + 14
    x = min(max(box.centre.x + across, edge_x), width - edge_x)
    return box._replace(centre=Point(x, min(max(box.centre.y + down, edge_y), height - edge_y)))


def _in_rows(shapes: list[Box], margin: Point) -> tuple[list[Box], float, float]:
    """The boxes one after another in rows, in a drawing large enough for them and no deeper than a page."""
    step = Point(2 * margin.x, 2 * margin.y)
    columns = 1
    while -(-len(shapes) // columns) * step.y > columns * step.x * DEEPEST / WIDTH:
        columns += 1
    rows = -(-len(shapes) // columns)
    placed = [
        box._replace(centre=Point(margin.x + at % columns * step.x, margin.y + at // columns * step.y))
        for at, box in enumerate(shapes)
    ]
    return placed, max(WIDTH, columns * step.x), max(320.0, rows * step.y)


def _deepest(shapes: list[Box]) -> float:
    return max((box.half_height for box in shapes), default=0)


def _wrap(text: str, width: float, size: float) -> Iterator[str]:
    """`text` in lines of at most `width`; a longer word runs on in the next line."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and _width(longer, size, 600) > width:
            yield line
            longer = word
        while _width(longer, size, 600) > width:
            fits = max(1, sum(_width(longer[:end], size, 600) <= width for end in range(1, len(longer))))
            yield longer[:fits]
            longer = longer[fits:]
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


def _cycle_arrows(section: Scheme, boxes: list[Box]) -> Iterator[Arrow]:
    """Heavy arrows from each box of the cycle to the next, bowed outwards so that they read as a round."""
    ring = section.cycle
    if len(ring) < 2:
        return
    middle = Point(
        sum(boxes[place].centre.x for place in ring) / len(ring),
        sum(boxes[place].centre.y for place in ring) / len(ring),
    )
    labels = {(link.from_, link.to): str(link.label or "") for link in section.links}
    for place, following in zip(ring, (*ring[1:], ring[0]), strict=True):
        start, end = boxes[place].centre, boxes[following].centre
        outwards = _side(start, end, middle)
        label = labels.get((place, following), "")
        yield _arrow(boxes[place], boxes[following], bow=-0.11 * outwards, label=label, heavy=True)


def _link_arrows(section: Scheme, boxes: list[Box]) -> Iterator[Arrow]:
    """Light arrows for the links that the cycle does not draw already, each led clear of the other boxes."""
    ring = set(zip(section.cycle, (*section.cycle[1:], *section.cycle[:1]), strict=True))
    pairs = ring | {(link.from_, link.to) for link in section.links}
    for link in section.links:
        if (link.from_, link.to) in ring or link.from_ == link.to:
            continue
        start, end = boxes[link.from_], boxes[link.to]
        others = [box for box in boxes if box not in (start, end)]
        bows = (0.14, 0.28, -0.28) if (link.to, link.from_) in pairs else (0.0, 0.14, -0.14, 0.28, -0.28, 0.42, -0.42)
        tried = (_arrow(start, end, bow=bow, label=str(link.label or "")) for bow in bows)
        yield min(tried, key=lambda arrow: sum(_inside(point, box, 4) for point in arrow.path(0.05) for box in others))


def _arrow(start: Box, end: Box, *, bow: float, label: str, heavy: bool = False) -> Arrow:
    """An arrow that leaves the straight line by `bow` of its length, to the right of its direction when positive."""
    across, down = end.centre.x - start.centre.x, end.centre.y - start.centre.y
    through = Point(
        _mean(start.centre.x, end.centre.x) - down * bow * 2, _mean(start.centre.y, end.centre.y) + across * bow * 2
    )
    tail, tip = _edge(start, through, 3), _edge(end, through, 5)
    size = 11.0 if heavy else 8.0
    length = hypot(tip.x - through.x, tip.y - through.y) or 1.0
    along = Point((tip.x - through.x) / length, (tip.y - through.y) / length)
    neck = Point(tip.x - along.x * size * 0.8, tip.y - along.y * size * 0.8)
    base = Point(tip.x - along.x * size, tip.y - along.y * size)
    wing = Point(-along.y * size * 0.5, along.x * size * 0.5)
    colour = ACCENT if heavy else INK
    drawn = (
        f'<path d="M{_n(tail.x)} {_n(tail.y)}Q{_n(through.x)} {_n(through.y)} {_n(neck.x)} {_n(neck.y)}" fill="none"'
        f' stroke="{colour}" stroke-width="{"3.2" if heavy else "1.3"}"/>'
        f'<path d="M{_n(tip.x)} {_n(tip.y)}L{_n(base.x + wing.x)} {_n(base.y + wing.y)}'
        f'L{_n(base.x - wing.x)} {_n(base.y - wing.y)}Z" fill="{colour}"/>'
    )
    return Arrow(tail, through, neck, label, drawn)


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


def _labels(arrows: list[Arrow], boxes: list[Box], width: float, height: float) -> Iterator[str]:
    """Each arrow's word on a patch of paper, at the place along it that is clearest of boxes and of other words."""
    badges = (Point(box.centre.x - box.half_width + 3, box.centre.y - box.half_height + 1) for box in boxes)
    taken = [*boxes, *(Box(badge, 13, 13, ()) for badge in badges)]
    for arrow in arrows:
        if arrow.label:
            text = legible(arrow.label)
            half = _width(text, LABEL_SIZE) / 2 + 5
            beside = ((0, 0), (0, -18), (0, 18), (half + 6, 0), (-half - 6, 0))
            along = [arrow.at(share) for share in PLACES]
            places = [
                _inside_of(Box(Point(at.x + dx, at.y + dy), half, 11, (text,)), width, height)
                for dx, dy in beside
                for at in along
            ]
            patch = min(places, key=lambda place: sum(_overlap(place, other) for other in taken))
            taken.append(patch)
            left, top = patch.centre.x - half, patch.centre.y - 11
            yield f'<rect x="{_n(left)}" y="{_n(top)}" width="{_n(2 * half)}" height="20" rx="3" fill="{PAPER}"/>'
            yield _text(text, Point(patch.centre.x, patch.centre.y + 4), LABEL_SIZE, INK, 400)


def _inside_of(box: Box, width: float, height: float) -> Box:
    """`box`, moved into the drawing where it reaches over its edge."""
    x = min(max(box.centre.x, box.half_width), width - box.half_width)
    return box._replace(centre=Point(x, min(max(box.centre.y, box.half_height), height - box.half_height)))


def _text(text: str, at: Point, size: float, colour: str, weight: int) -> str:
    return (
        f'<text x="{_n(at.x)}" y="{_n(at.y)}" font-family="{SANS}" font-size="{_n(size)}" font-weight="{weight}"'
        f' fill="{colour}" text-anchor="middle">{escape(text)}</text>'
    )


def _overlap(one: Box, other: Box) -> float:
    """The area that two boxes share."""
    across = one.half_width + other.half_width - abs(one.centre.x - other.centre.x)
    down = one.half_height + other.half_height - abs(one.centre.y - other.centre.y)
    return max(0.0, across) * max(0.0, down)


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


def _side(start: Point, end: Point, other: Point) -> int:
    """1 when `other` lies to the right of the way from `start` to `end`, else -1."""
    turn = (end.x - start.x) * (other.y - start.y) - (end.y - start.y) * (other.x - start.x)
    return 1 if turn >= 0 else -1


def _inside(point: Point, box: Box, margin: float) -> bool:
    return (
        abs(point.x - box.centre.x) < box.half_width + margin and abs(point.y - box.centre.y) < box.half_height + margin
    )


def _mean(a: float, b: float) -> float:
    return (a + b) / 2


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
