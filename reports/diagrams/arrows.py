"""The arrows of a scheme: heavy ones for its cycle, light ones for its other links."""

from collections.abc import Iterator, Sequence
from math import hypot
from typing import Final

from reports.diagrams.ink import ACCENT, INK, short
from reports.diagrams.shapes import Arrow, Box, Point, edge, facing, inside, number_of, side
from reports.document import Scheme

SQUARE: Final = 0.6
"""How squarely the head of an arrow meets its box at least, as a cosine: else half of it would lie behind the box."""
SMOOTH: Final = 0.3
"""How much an arrow keeps its direction at least, as a cosine: one that turns more reads as a hook."""
STRAIGHT: Final = 16.0
"""How far from its bend the head of an arrow is at least, so that it points where the line goes."""
FREE: Final = 17.0
"""How far from the middle of a number an arrow keeps."""


def cycle_arrows(section: Scheme, boxes: list[Box]) -> Iterator[Arrow]:
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
        outwards = side(start, end, middle)
        label = labels.get((place, following), "")
        bows = [-bow * outwards for bow in (0.11, 0.16, 0.22, 0.3, 0.4)]
        yield _clear(boxes, place, following, bows, label=label, ring=ring, heavy=True)


def link_arrows(section: Scheme, boxes: list[Box]) -> Iterator[Arrow]:
    """Light arrows for the links that the cycle does not draw already, each led clear of the other boxes."""
    ring = set(zip(section.cycle, (*section.cycle[1:], *section.cycle[:1]), strict=True))
    pairs = ring | {(link.from_, link.to) for link in section.links}
    for link in section.links:
        if (link.from_, link.to) in ring or link.from_ == link.to:
            continue
        bows = (0.14, 0.28, -0.28) if (link.to, link.from_) in pairs else (0.0, 0.14, -0.14, 0.28, -0.28, 0.42, -0.42)
        yield _clear(boxes, link.from_, link.to, bows, label=str(link.label or ""), ring=section.cycle)


def _clear(
    boxes: list[Box],
    from_: int,
    to: int,
    bows: Sequence[float],
    *,
    label: str,
    ring: tuple[int, ...],
    heavy: bool = False,
) -> Arrow:
    """The arrow with the fewest faults: the first of the `bows`, on the nearer side of its box, unless another is
    clearer of other boxes and of numbers, or its head easier to see."""
    others = [box for place, box in enumerate(boxes) if place not in (from_, to)]
    numbers = [number_of(boxes[place]) for place in ring]
    tried = (
        _arrow(boxes, from_, to, bow=bow, beside=beside, label=label, ring=ring, heavy=heavy)
        for bow in bows
        for beside in (False, True)
    )
    return min(tried, key=lambda arrow: _faults(arrow, boxes[to], others, numbers))


def _faults(arrow: Arrow, ends_at: Box, others: Sequence[Box], numbers: Sequence[Point]) -> int:
    """How much is wrong with an arrow, foremost that a box is in its way."""
    path = list(arrow.path(0.025))
    hidden = sum(inside(point, box, 4) for point in path for box in others)
    struck = sum(hypot(point.x - number.x, point.y - number.y) < FREE for point in path for number in numbers)
    first, last = _direction(arrow.tail, arrow.through), _direction(arrow.through, arrow.tip)
    inwards = facing(ends_at, arrow.tip)
    shallow = last.x * inwards.x + last.y * inwards.y < SQUARE
    hooked = first.x * last.x + first.y * last.y < SMOOTH
    short_of_it = hypot(arrow.tip.x - arrow.through.x, arrow.tip.y - arrow.through.y) < STRAIGHT
    return 2 * hidden + struck + 4 * (shallow + hooked + short_of_it)


def _arrow(
    boxes: list[Box],
    from_: int,
    to: int,
    *,
    bow: float,
    beside: bool,
    label: str,
    ring: tuple[int, ...],
    heavy: bool,
) -> Arrow:
    """An arrow that leaves the straight line by `bow` of its length, to the right of its direction when positive.

    It begins and ends on the edges of its boxes; those on the `ring` carry a number in a corner.
    """
    start, end = boxes[from_], boxes[to]
    across, down = end.centre.x - start.centre.x, end.centre.y - start.centre.y
    through = Point(
        _mean(start.centre.x, end.centre.x) - down * bow * 2, _mean(start.centre.y, end.centre.y) + across * bow * 2
    )
    tail = edge(start, through, numbered=from_ in ring)
    tip = edge(end, through, numbered=to in ring, beside=beside)
    size = 11.0 if heavy else 8.0
    along = _direction(through, tip)
    neck = Point(tip.x - along.x * size * 0.8, tip.y - along.y * size * 0.8)
    base = Point(tip.x - along.x * size, tip.y - along.y * size)
    wing = Point(-along.y * size * 0.5, along.x * size * 0.5)
    colour = ACCENT if heavy else INK
    curve = f"M{short(tail.x)} {short(tail.y)}Q{short(through.x)} {short(through.y)} {short(neck.x)} {short(neck.y)}"
    wings = f"L{short(base.x + wing.x)} {short(base.y + wing.y)}L{short(base.x - wing.x)} {short(base.y - wing.y)}"
    drawn = (
        f'<path d="{curve}" fill="none" stroke="{colour}" stroke-width="{"3.2" if heavy else "1.3"}"/>'
        f'<path d="M{short(tip.x)} {short(tip.y)}{wings}Z" fill="{colour}"/>'
    )
    return Arrow(tail, through, neck, tip, label, drawn)


def _direction(start: Point, end: Point) -> Point:
    """The way from `start` to `end`, one unit long."""
    length = hypot(end.x - start.x, end.y - start.y) or 1.0
    return Point((end.x - start.x) / length, (end.y - start.y) / length)


def _mean(a: float, b: float) -> float:
    return (a + b) / 2
