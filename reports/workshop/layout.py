"""Places for the boxes of a scheme whose writer gave none: the cycle on a ring, the others inside it."""

from collections.abc import Sequence
from math import cos, pi, sin


def laid_out(labels: Sequence[str], cycle: Sequence[str]) -> dict[str, tuple[int, int]]:
    """A place for each label, 0 to 100 from the left and from the top.

    The first of the cycle stands on top, the others follow clockwise. What is not in the cycle stands in a column
    in the middle, or on both sides of a cycle of two, so that none is in the way of its arrows; without a cycle
    everything stands on the ring.
    """
    ring = list(cycle) or list(labels)
    inside = [label for label in labels if label not in ring]
    places = {label: _on_ring(n, len(ring)) for n, label in enumerate(ring)}
    step = 60 / (len(inside) + 1)
    columns = (0, 100) if len(ring) == 2 else (50,)
    column = {label: columns[n % len(columns)] for n, label in enumerate(inside)}
    return places | {label: (column[label], round(20 + step * n)) for n, label in enumerate(inside, start=1)}


def _on_ring(number: int, of: int) -> tuple[int, int]:
    angle = 2 * pi * number / of
    return round(50 + 50 * sin(angle)), round(50 - 50 * cos(angle))
