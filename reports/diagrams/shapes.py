"""Points, boxes and arrows in the units of a drawing, and how they lie to each other."""

from collections.abc import Iterator
from math import copysign
from typing import NamedTuple


class Point(NamedTuple):
    """A place, from the top left corner to the right and down; also a distance in both directions."""

    x: float
    y: float


class Box(NamedTuple):
    """A rectangle around its middle, and the lines of words in it."""

    centre: Point
    half_width: float
    half_height: float
    lines: tuple[str, ...]


class Arrow(NamedTuple):
    """A drawn arrow: a curve from `tail` bent towards `through`, to `neck`; its head goes on from there to `tip`."""

    tail: Point
    through: Point
    neck: Point
    tip: Point
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


def overlap(one: Box, other: Box) -> float:
    """The area that two boxes share."""
    across = one.half_width + other.half_width - abs(one.centre.x - other.centre.x)
    down = one.half_height + other.half_height - abs(one.centre.y - other.centre.y)
    return max(0.0, across) * max(0.0, down)


ROUND, BADGE = 10.0, 21.0
"""How far from a corner of a box an arrow keeps, and from the one that carries a number."""


def number_of(box: Box) -> Point:
    """Where the number of a box on the cycle has its middle."""
    return Point(box.centre.x - box.half_width + 3, box.centre.y - box.half_height + 1)


def edge(box: Box, towards: Point, *, numbered: bool, beside: bool = False) -> Point:
    """Where a line from the middle of `box` to `towards` meets its edge, clear of round corners and of its number; or
    `beside` that, on the other of the two sides that face the line."""
    dx, dy = towards.x - box.centre.x, towards.y - box.centre.y
    if not dx and not dy:
        return box.centre
    near = BADGE if numbered else ROUND
    if not dy or (dx and beside ^ (abs(dx) * box.half_height > abs(dy) * box.half_width)):
        low = near if dx < 0 else ROUND
        y = box.centre.y + dy * box.half_width / abs(dx)
        y = min(max(y, box.centre.y - box.half_height + low), box.centre.y + box.half_height - ROUND)
        return Point(box.centre.x + (box.half_width if dx > 0 else -box.half_width), y)
    low = near if dy < 0 else ROUND
    x = box.centre.x + dx * box.half_height / abs(dy)
    x = min(max(x, box.centre.x - box.half_width + low), box.centre.x + box.half_width - ROUND)
    return Point(x, box.centre.y + (box.half_height if dy > 0 else -box.half_height))


def facing(box: Box, at: Point) -> Point:
    """The direction, one unit long, in which a line enters `box` squarely through its edge `at` a point."""
    across, down = at.x - box.centre.x, at.y - box.centre.y
    if abs(across) > box.half_width - 0.1:
        return Point(-copysign(1, across), 0)
    return Point(0, -copysign(1, down))


def side(start: Point, end: Point, other: Point) -> int:
    """1 when `other` lies to the right of the way from `start` to `end`, else -1."""
    turn = (end.x - start.x) * (other.y - start.y) - (end.y - start.y) * (other.x - start.x)
    return 1 if turn >= 0 else -1


def inside(point: Point, box: Box, margin: float) -> bool:
    """Whether `point` lies in `box` or nearer to it than `margin`."""
    return (
        abs(point.x - box.centre.x) < box.half_width + margin and abs(point.y - box.centre.y) < box.half_height + margin
    )
