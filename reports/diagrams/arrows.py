"""The arrows of a scheme: heavy ones for its cycle, light ones for its other links."""

from collections.abc import Iterator
from math import hypot

from reports.diagrams.ink import ACCENT, INK, short
from reports.diagrams.shapes import Arrow, Box, Point, edge, inside, side
from reports.document import Scheme


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
        yield _arrow(boxes, place, following, bow=-0.11 * outwards, label=label, ring=ring, heavy=True)


def link_arrows(section: Scheme, boxes: list[Box]) -> Iterator[Arrow]:
    """Light arrows for the links that the cycle does not draw already, each led clear of the other boxes."""
    ring = set(zip(section.cycle, (*section.cycle[1:], *section.cycle[:1]), strict=True))
    pairs = ring | {(link.from_, link.to) for link in section.links}
    for link in section.links:
        if (link.from_, link.to) in ring or link.from_ == link.to:
            continue
        others = [box for place, box in enumerate(boxes) if place not in (link.from_, link.to)]
        bows = (0.14, 0.28, -0.28) if (link.to, link.from_) in pairs else (0.0, 0.14, -0.14, 0.28, -0.28, 0.42, -0.42)
        label = str(link.label or "")
        tried = (_arrow(boxes, link.from_, link.to, bow=bow, label=label, ring=section.cycle) for bow in bows)
        yield min(tried, key=lambda arrow: sum(inside(point, box, 4) for point in arrow.path(0.05) for box in others))


def _arrow(
    boxes: list[Box], from_: int, to: int, *, bow: float, label: str, ring: tuple[int, ...], heavy: bool = False
) -> Arrow:
    """An arrow that leaves the straight line by `bow` of its length, to the right of its direction when positive.

    It begins and ends on the edges of its boxes; those on the `ring` carry a number in a corner.
    """
    start, end = boxes[from_], boxes[to]
    across, down = end.centre.x - start.centre.x, end.centre.y - start.centre.y
    through = Point(
        _mean(start.centre.x, end.centre.x) - down * bow * 2, _mean(start.centre.y, end.centre.y) + across * bow * 2
    )
    tail, tip = edge(start, through, numbered=from_ in ring), edge(end, through, numbered=to in ring)
    size = 11.0 if heavy else 8.0
    length = hypot(tip.x - through.x, tip.y - through.y) or 1.0
    along = Point((tip.x - through.x) / length, (tip.y - through.y) / length)
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
    return Arrow(tail, through, neck, label, drawn)


def _mean(a: float, b: float) -> float:
    return (a + b) / 2
