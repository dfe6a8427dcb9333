"""Drawings: no box covers another, and nothing reaches over the edge, wherever the boxes were put."""

from itertools import combinations

import pytest

from reports.diagrams import placing
from reports.diagrams.shapes import overlap
from reports.document import Node, Scheme
from reports.workshop.layout import laid_out
from tests.paper.invented import SCHEME, said

LONG = "What members of a long standing committee say to each other once everybody else has left, number {}"


def scheme(*nodes: tuple[str, int, int], cycle: tuple[int, ...] = ()) -> Scheme:
    """A scheme of boxes alone."""
    return Scheme(said("C"), tuple(Node(said(label), x, y) for label, x, y in nodes), (), cycle, said("T"))


def round_of(count: int, label: str) -> Scheme:
    """A cycle of boxes that the import laid out."""
    labels = [label.format(n) for n in range(count)]
    places = laid_out(labels, labels)
    return scheme(*((each, *places[each]) for each in labels), cycle=tuple(range(count)))


@pytest.mark.parametrize(
    "drawn",
    [
        scheme(("One", 50, 50), ("Two", 51, 50)),
        scheme(("One", 0, 0), ("Two", 0, 0), ("Three", 0, 0)),
        scheme(("One", 100, 100), ("Two", 100, 100)),
        round_of(12, LONG),
        round_of(30, LONG),
        round_of(12, "Unbreakable" * 12 + "{}"),
        scheme(*((f"Box {n}", 50, 50) for n in range(60))),
    ],
)
def test_no_box_covers_another_and_each_lies_inside(drawn: Scheme) -> None:
    boxes, width, height = placing.boxes_of(drawn)
    for one, other in combinations(boxes, 2):
        assert overlap(one, other) == 0, (one, other)
    for box in boxes:
        assert box.half_width + 9.5 <= box.centre.x <= width - box.half_width  # its number reaches over its left edge
        assert box.half_height + 12 <= box.centre.y <= height - box.half_height
    assert height / width <= placing.DEEPEST / placing.WIDTH + 0.01


def test_boxes_that_stand_free_stay_where_they_were_put() -> None:
    boxes, width, _ = placing.boxes_of(SCHEME)
    assert (width, boxes[0].centre.x) == (648, 324)
