"""Where the boxes of a scheme stand: none covers another, and none reaches over the edge."""

from typing import Final

from reports.diagrams.lettering import FONT_SIZE, LINE_HEIGHT, width_of, wrapped
from reports.diagrams.shapes import Box, Point
from reports.document import Language, Scheme
from reports.legible import legible

WIDTH: Final = 648
"""The width of a drawing in its own units; at the paper's full width one unit is 0.71 point."""
DEEPEST: Final = 800.0
"""How deep a drawing of that width may be, so that it fits on a page with its caption."""
APART: Final = 16.0
"""How far apart boxes stand at least, so that an arrow and a number are seen between them."""
SCALES: Final = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
"""How much larger than WIDTH a crowded drawing may be; the page then shows it smaller, type and all."""
BOX_TEXT: Final = 132.0
"""How wide the words in a box may run before they turn to the next line."""


def boxes_of(section: Scheme, language: Language = "en") -> tuple[list[Box], float, float]:
    """The boxes, and the width and height that the drawing needs so that no box covers another.

    Boxes stand where they were put if they can; else they are moved apart, in a drawing that is deeper, then larger,
    and at last in rows.
    """
    shapes = []
    for node in section.nodes:
        lines = tuple(wrapped(legible(str(node.label), language), BOX_TEXT, FONT_SIZE))
        half_width = max(34.0, max((width_of(line, FONT_SIZE, 600) for line in lines), default=0) / 2 + 14)
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
