"""Drawings: no box covers another, and nothing reaches over the edge, wherever the boxes were put."""

import re
from itertools import combinations
from math import dist
from time import process_time

import pytest

from reports.diagrams import arrows, drawing, placing
from reports.diagrams.shapes import inside, overlap
from reports.document import Link, Node, Scheme
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


@pytest.mark.parametrize("ring", [2, 3, 4, 7, 12])
def test_no_box_that_was_laid_out_stands_in_the_way_of_the_cycle(ring: int) -> None:
    for beside in (1, 4, 7):
        labels = [f"Something of need {n}" for n in range(ring + beside)]
        places = laid_out(labels, labels[:ring])
        drawn = scheme(*((each, *places[each]) for each in labels), cycle=tuple(range(ring)))
        boxes = placing.boxes_of(drawn)[0]
        paths = [point for arrow in arrows.cycle_arrows(drawn, boxes) for point in arrow.path(0.05)]
        assert [box.lines for box in boxes[ring:] if any(inside(point, box, 4) for point in paths)] == []


def test_boxes_that_stand_free_stay_where_they_were_put() -> None:
    boxes, width, _ = placing.boxes_of(SCHEME)
    assert (width, boxes[0].centre.x) == (648, 324)


def test_an_arrow_ends_on_the_edge_of_its_boxes_and_its_words_leave_it_in_sight() -> None:
    small = Scheme(
        said("C"),
        tuple(Node(said(label), x, y) for label, x, y in (("One", 0, 0), ("Two", 60, 8), ("Three", 30, 90))),
        (Link(0, 1, said("leads on to")), Link(1, 2, said("asks for")), Link(2, 0, said("comes back to"))),
        (),
        said("T"),
    )
    boxes, width, height = placing.boxes_of(small)
    drawn = list(arrows.link_arrows(small, boxes))
    for arrow, box in zip(drawn, boxes, strict=True):
        across, down = abs(arrow.tail.x - box.centre.x), abs(arrow.tail.y - box.centre.y)
        assert across == pytest.approx(box.half_width) or down == pytest.approx(box.half_height)
        assert across <= box.half_width + 0.01
        assert down <= box.half_height + 0.01
    for patch in drawing._patches(drawn, boxes, width, height):
        assert not any(inside(point, patch, 0) for arrow in drawn for point in arrow.path(0.01))
        assert not any(overlap(patch, box) for box in boxes)


ROUND = Scheme(
    said("C"),
    tuple(
        Node(said(label), x, y)
        for label, x, y in (
            ("Understand need", 50, 0),
            ("Set priorities", 94, 34),
            ("Design and specify", 78, 90),
            ("Buy or contract", 22, 90),
            ("Watch and learn", 6, 34),
            ("Money", 50, 52),
            ("Providers", 50, 75),
        )
    ),
    (Link(5, 1), Link(5, 3), Link(6, 2), Link(3, 6)),
    (0, 1, 2, 3, 4),
    said("T"),
)


CROWDED = Scheme(
    said("C"),
    tuple(
        Node(said(label), x, y)
        for label, x, y in (("Need", 50, 90), ("Plan", 10, 10), ("Buy", 10, 90), ("Watch", 10, 50))
    ),
    (Link(3, 2), Link(0, 2)),
    (0, 1, 2),
    said("T"),
)
"""The straight arrow from the second box to the third would run behind the fourth, and one would run under a number."""


@pytest.mark.parametrize("drawn", [SCHEME, ROUND, CROWDED])
def test_the_head_of_an_arrow_is_in_sight_and_no_arrow_runs_behind_a_number(drawn: Scheme) -> None:
    boxes, _, _ = placing.boxes_of(drawn)
    for arrow in (*arrows.cycle_arrows(drawn, boxes), *arrows.link_arrows(drawn, boxes)):
        into = min(boxes, key=lambda box: abs(box.centre.x - arrow.tip.x) + abs(box.centre.y - arrow.tip.y))
        assert not inside(arrow.neck, into, 3), arrow
        for place in drawn.cycle:
            left, top = (
                boxes[place].centre.x - boxes[place].half_width,
                boxes[place].centre.y - boxes[place].half_height,
            )
            assert not any(dist(point, (left + 3, top + 1)) < 14 for point in arrow.path(0.02)), arrow
        others = [box for box in boxes if not inside(arrow.tip, box, 2) and not inside(arrow.tail, box, 2)]
        assert not any(inside(point, box, 0) for point in arrow.path(0.02) for box in others), arrow


def test_long_words_stay_whole_in_a_box_and_beside_an_arrow_and_no_paper_is_left_empty() -> None:
    word = "patientorganisationerna"
    low = Scheme(
        said("C"),
        (Node(said(f"Hos {word} nu"), 10, 70), Node(said("Money"), 90, 70)),
        (Link(0, 1, said(f"inte utan {word}")),),
        (),
        said("T"),
    )
    drawn = str(drawing.scheme(low, "sv"))
    assert drawn.rindex("<path") < drawn.index("<rect")  # boxes and words lie upon the arrows, not below them
    assert re.findall(r">([^<]+)</text>", drawn) == ["Hos", word, "nu", "Money", "inte utan", word]
    top, deep = map(float, re.findall(r'viewBox="\S+ (\S+) \S+ (\S+)"', drawn)[0])
    rows = [float(y) for y in re.findall(r'<text [^>]*y="([\d.]+)"', drawn)]
    assert top < min(rows) < top + 50
    assert top + deep - 50 < max(rows) < top + deep


def test_a_word_without_end_is_measured_in_no_time() -> None:
    started = process_time()
    placing.boxes_of(scheme(("x" * 5000, 0, 0)))
    assert process_time() - started < 2
