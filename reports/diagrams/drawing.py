"""A scheme as one drawing: its boxes, its arrows and the words along them."""

from math import hypot
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from reports.diagrams.arrows import cycle_arrows, link_arrows
from reports.diagrams.ink import ACCENT, INK, PAPER, lettered, short
from reports.diagrams.lettering import FONT_SIZE, LABEL_SIZE, LINE_HEIGHT, width_of, wrapped
from reports.diagrams.placing import DEEPEST, WIDTH, boxes_of
from reports.diagrams.shapes import Arrow, Box, Point, inside, number_of, overlap
from reports.document import Language, Scheme
from reports.legible import legible

PLACES: Final = (0.5, 0.42, 0.58, 0.34, 0.66, 0.25, 0.75)
"""Where along an arrow its word may stand, the best first."""

REACHES: Final = (1.0, 1.6, 2.2)
"""How many times as far from its arrow a word may stand where it would cover what is written."""
LABEL_TEXT, LABEL_HEIGHT = 150.0, 15.0
"""How wide an arrow's words run before they turn to the next line, and how far its lines are apart."""
LARGEST: Final = 0.8
"""How much of the width it was laid out in a drawing has at least."""


def scheme(section: Scheme, language: Language = "en") -> SafeString:
    """The drawing of `section`: boxes, arrows and the cycle, which is told by heavy lines and numbers, not colour."""
    boxes, width, height = boxes_of(section, language)
    order = {place: number for number, place in enumerate(section.cycle, start=1)}
    arrows = [*cycle_arrows(section, boxes), *link_arrows(section, boxes)]
    patches = _patches(arrows, boxes, width, height, language)
    top, bottom = _ends([*boxes, *patches], arrows)
    left, right = _sides([*boxes, *patches], arrows, width, bottom - top)
    drawn = "".join(
        (
            *(arrow.drawn for arrow in arrows),
            *(_box(box, order.get(place)) for place, box in enumerate(boxes)),
            *map(_patch, patches),
        )
    )
    return mark_safe(  # noqa: S308 - every text in it went through escape()
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{short(left)} {short(top)} {short(right - left)}'
        f' {short(bottom - top)}"'
        ' role="img" class="scheme">'
        f"<title>{escape(legible(str(section.text_alternative), language))}</title>{drawn}</svg>"
    )


def _sides(boxes: list[Box], arrows: list[Arrow], width: float, height: float) -> tuple[float, float]:
    """Where the drawing begins and ends from left to right: with what stands in it, so that it prints larger.

    Only so much larger that its type stays type, and that a page still holds it.
    """
    bends = [point.x for arrow in arrows for point in arrow.path(0.1)]
    left = min([box.centre.x - box.half_width - 10 for box in boxes] + [x - 3 for x in bends], default=0)
    right = max([box.centre.x + box.half_width + 2 for box in boxes] + [x + 3 for x in bends], default=width)
    narrow = max(width * LARGEST - (right - left), height * WIDTH / DEEPEST - (right - left), 0)
    return left - narrow / 2, right + narrow / 2


def _ends(boxes: list[Box], arrows: list[Arrow]) -> tuple[float, float]:
    """Where the drawing begins and ends from top to bottom: with what stands in it, so that no paper is left empty."""
    bends = [point.y for arrow in arrows for point in arrow.path(0.1)]
    top = min([box.centre.y - box.half_height - 13 for box in boxes] + [y - 3 for y in bends], default=0)
    bottom = max([box.centre.y + box.half_height + 2 for box in boxes] + [y + 3 for y in bends], default=0)
    return top, bottom


def _box(box: Box, order: int | None) -> str:
    """A box with its words; on the cycle it is filled, and carries its number."""
    left, top = box.centre.x - box.half_width, box.centre.y - box.half_height
    filled = order is not None
    shape = (
        f'<rect x="{short(left)}" y="{short(top)}" width="{short(2 * box.half_width)}"'
        f' height="{short(2 * box.half_height)}" rx="7" fill="{ACCENT if filled else PAPER}"'
        f' stroke="{ACCENT}" stroke-width="1.4"/>'
    )
    first = box.centre.y - (len(box.lines) - 1) * LINE_HEIGHT / 2 + FONT_SIZE * 0.35
    words = "".join(
        lettered(line, Point(box.centre.x, first + row * LINE_HEIGHT), FONT_SIZE, PAPER if filled else INK, 600)
        for row, line in enumerate(box.lines)
    )
    if not filled:
        return shape + words
    middle = number_of(box)
    badge = (
        f'<circle cx="{short(middle.x)}" cy="{short(middle.y)}" r="11.5" fill="{PAPER}" stroke="{ACCENT}"'
        ' stroke-width="1.4"/>'
    )
    return shape + words + badge + lettered(str(order), Point(middle.x, middle.y + 4.7), LABEL_SIZE, ACCENT, 600)


def _patches(
    arrows: list[Arrow], boxes: list[Box], width: float, height: float, language: Language = "en"
) -> list[Box]:
    """A patch of paper for each arrow's word, where it covers least of boxes, of other words and of arrows."""
    taken = [*boxes, *(Box(badge, 13, 13, ()) for badge in map(number_of, boxes))]
    lines = [list(arrow.path(0.04)) for arrow in arrows]
    patches: list[Box] = []
    for arrow, own in zip(arrows, lines, strict=True):
        if arrow.label:
            others = [point for line in lines if line is not own for point in line]
            words, written = legible(arrow.label, language), [*taken, *patches]
            for reach in REACHES:
                tried = _beside(arrow, words, width, height, reach)
                best = min(tried, key=lambda patch: _covered(patch, written, own, others))
                if not any(overlap(best, other) for other in written):
                    break
            patches.append(best)
    return patches


def _patch(patch: Box) -> str:
    """An arrow's word on its patch."""
    left, top = patch.centre.x - patch.half_width, patch.centre.y - patch.half_height
    shape = (
        f'<rect x="{short(left)}" y="{short(top)}" width="{short(2 * patch.half_width)}"'
        f' height="{short(2 * patch.half_height)}" rx="3" fill="{PAPER}"/>'
    )
    first = patch.centre.y - (len(patch.lines) - 1) * LABEL_HEIGHT / 2 + 4.5
    return shape + "".join(
        lettered(line, Point(patch.centre.x, first + row * LABEL_HEIGHT), LABEL_SIZE, INK, 400)
        for row, line in enumerate(patch.lines)
    )


def _covered(patch: Box, taken: list[Box], own: list[Point], others: list[Point]) -> float:
    """How much a patch would cover: what is written foremost, then its arrow; and how close it would come to others."""
    written = sum(overlap(patch, other) for other in taken)
    return 100 * written + 2 * sum(inside(point, patch, 1) for point in own) + _near(patch, others)


def _near(patch: Box, points: list[Point]) -> int:
    """How many of `points` a patch would cover or come so close to that its word seems to belong there."""
    return sum(inside(point, patch, 2) + inside(point, patch, 10) for point in points)


def _beside(arrow: Arrow, words: str, width: float, height: float, reach: float) -> list[Box]:
    """The patches that could carry an arrow's word: close to the line on either side of it, or at last upon it."""
    lines = tuple(wrapped(words, LABEL_TEXT, LABEL_SIZE))
    half = max((width_of(line, LABEL_SIZE) for line in lines), default=0) / 2 + 3
    deep = 10.0 + (len(lines) - 1) * LABEL_HEIGHT / 2
    across, down = arrow.neck.x - arrow.tail.x, arrow.neck.y - arrow.tail.y
    length = hypot(across, down) or 1.0
    away = Point(-down / length, across / length)
    clear = abs(away.x) * half + abs(away.y) * deep + 2
    sides = (1, -1) if away.x + away.y / 2 >= 0 else (-1, 1)  # rather to the right of an arrow, or below it
    return [
        _inside_of(Box(Point(at.x + away.x * go, at.y + away.y * go), half, deep, lines), width, height)
        for go in (*(clear * way * far * reach for far in (1, 1.3) for way in sides), 0)
        for at in map(arrow.at, PLACES)
    ]


def _inside_of(box: Box, width: float, height: float) -> Box:
    """`box`, moved into the drawing where it reaches over its edge."""
    x = min(max(box.centre.x, box.half_width), width - box.half_width)
    return box._replace(centre=Point(x, min(max(box.centre.y, box.half_height), height - box.half_height)))
