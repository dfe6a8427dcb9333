"""A scheme as one drawing: its boxes, its arrows and the words along them."""

from collections.abc import Iterator
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from reports.diagrams.arrows import cycle_arrows, link_arrows
from reports.diagrams.ink import ACCENT, INK, PAPER, lettered, short
from reports.diagrams.lettering import FONT_SIZE, LABEL_SIZE, LINE_HEIGHT, width_of
from reports.diagrams.placing import boxes_of
from reports.diagrams.shapes import Arrow, Box, Point, overlap
from reports.document import Scheme
from reports.legible import legible

PLACES: Final = (0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75)
"""Where along an arrow its word may stand, the best first."""


def scheme(section: Scheme) -> SafeString:
    """The drawing of `section`: boxes, arrows and the cycle, which is told by heavy lines and numbers, not colour."""
    boxes, width, height = boxes_of(section)
    order = {place: number for number, place in enumerate(section.cycle, start=1)}
    arrows = [*cycle_arrows(section, boxes), *link_arrows(section, boxes)]
    drawn = "".join(
        (
            *(arrow.drawn for arrow in arrows),
            *(_box(box, order.get(place)) for place, box in enumerate(boxes)),
            *_labels(arrows, boxes, width, height),
        )
    )
    return mark_safe(  # noqa: S308 - every text in it went through escape()
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {short(width)} {short(height)}" role="img"'
        ' class="scheme">'
        f"<title>{escape(legible(str(section.text_alternative)))}</title>{drawn}</svg>"
    )


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
    badge = (
        f'<circle cx="{short(left + 3)}" cy="{short(top + 1)}" r="11.5" fill="{PAPER}" stroke="{ACCENT}"'
        ' stroke-width="1.4"/>'
    )
    return shape + words + badge + lettered(str(order), Point(left + 3, top + 5.7), LABEL_SIZE, ACCENT, 600)


def _labels(arrows: list[Arrow], boxes: list[Box], width: float, height: float) -> Iterator[str]:
    """Each arrow's word on a patch of paper, at the place along it that is clearest of boxes and of other words."""
    badges = (Point(box.centre.x - box.half_width + 3, box.centre.y - box.half_height + 1) for box in boxes)
    taken = [*boxes, *(Box(badge, 13, 13, ()) for badge in badges)]
    for arrow in arrows:
        if arrow.label:
            words = legible(arrow.label)
            patch = min(_beside(arrow, words, width, height), key=lambda at: sum(overlap(at, other) for other in taken))
            taken.append(patch)
            left, top = patch.centre.x - patch.half_width, patch.centre.y - 11
            yield f'<rect x="{short(left)}" y="{short(top)}" width="{short(2 * patch.half_width)}" height="20"'
            yield f' rx="3" fill="{PAPER}"/>'
            yield lettered(words, Point(patch.centre.x, patch.centre.y + 4), LABEL_SIZE, INK, 400)


def _beside(arrow: Arrow, words: str, width: float, height: float) -> list[Box]:
    """The patches that could carry an arrow's word, those on the arrow first and the best of them foremost."""
    half = width_of(words, LABEL_SIZE) / 2 + 5
    beside = ((0, 0), (0, -18), (0, 18), (half + 6, 0), (-half - 6, 0))
    along = [arrow.at(share) for share in PLACES]
    return [
        _inside_of(Box(Point(at.x + dx, at.y + dy), half, 11, (words,)), width, height)
        for dx, dy in beside
        for at in along
    ]


def _inside_of(box: Box, width: float, height: float) -> Box:
    """`box`, moved into the drawing where it reaches over its edge."""
    x = min(max(box.centre.x, box.half_width), width - box.half_width)
    return box._replace(centre=Point(x, min(max(box.centre.y, box.half_height), height - box.half_height)))
