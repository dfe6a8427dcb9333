"""YAML that is broken, surprising or hostile: refused with its line, quickly, without running anything."""

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.workshop.problems import WorkshopError
from reports.workshop.tree import MOST_BYTES, MOST_VALUES, Mapped, Scalar, parse


def problem(raw: bytes | str) -> tuple[int, str]:
    """The line and message of the one problem of a file."""
    with pytest.raises(WorkshopError) as caught:
        parse(raw if isinstance(raw, bytes) else raw.encode())
    (only,) = caught.value.problems
    return only.line, only.message


def test_every_scalar_is_text() -> None:
    tree = parse(b"a: no\nb: 010\nc: 2026-10-06\nd: ~\ne: 1e3\nf: null\n")
    assert [(key, node.text) for key, node in tree.entries.items() if isinstance(node, Scalar)] == [
        ("a", "no"),
        ("b", "010"),
        ("c", "2026-10-06"),
        ("d", "~"),
        ("e", "1e3"),
        ("f", "null"),
    ]


def test_values_know_their_line() -> None:
    tree = parse(b"a:\n  b:\n    - c\n    - d\n")
    inner = tree.entries["a"]
    assert isinstance(inner, Mapped)
    assert (inner.line, inner.entries["b"].line, [item.line for item in inner.entries["b"].items]) == (2, 3, [3, 4])


def test_text_is_composed() -> None:
    node = parse("a: Vänersjö".encode()).entries["a"]
    assert isinstance(node, Scalar)
    assert node.text == "Vänersjö"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "empty"),
        ("  \n\n", 1, "empty"),
        ("# only a remark\n", 1, "empty"),
        ("just words", 1, "begin with names"),
        ("- a\n- b", 1, "begin with names"),
        ("a: 1\nb: 2\na: 3\n", 3, "second time (first in line 1)"),
        ("a:\n  x: 1\n  y: 2\n  x: 3\n", 4, "second time (first in line 2)"),
        ("a: [1, 2\nb: 3\n", 2, "not YAML"),
        ("a: 1\n\tb: 2\n", 2, "not YAML"),
        ('a: "unended\n', 2, "not YAML"),
        ("a: b: c\n", 1, "not YAML"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("a: &x 1\nb: *x\n", 1, "Anchors"),
        ("a: 1\nb: *x\n", 2, "Anchors"),
        ("a: 1\nb: !!python/object/apply:os.system ['true']\n", 2, "Tags"),
        ("a: !include other.yaml\n", 1, "Tags"),
        ("a:\n  <<: {b: 1}\n", 2, "Merging (“<<”) is not used here. Write"),
        ("? [a, b]\n: c\n", 1, "A list or a group stands where a name"),
        ('"": c\n', 1, "Nothing stands before this colon."),
        (": c\n", 1, "not YAML"),
        ('a: 1\nb: "\\0"\n', 2, "cannot be shown"),
        ('a: 1\nb: "\\uD800"\n', 2, "cannot be shown"),
        ("a: 1\nb: e" + "\u0301" * 11, 2, "accents"),
        ("%YAML 3.0\n---\na: 1\n", 1, "not YAML"),
    ],
)
def test_what_is_not_plain_is_refused_with_its_line(text: str, line: int, says: str) -> None:
    found, message = problem(text)
    assert (found, says in message) == (line, True), message


def test_bytes_that_are_not_utf8_are_told_with_their_line() -> None:
    assert problem("a: 1\nb: Vänersjö\n".encode("latin-1")) == (2, "This is not UTF-8 text.")
    assert problem(b"a: 1\nb: \x00\n")[0] == 2


def test_a_mark_at_the_beginning_is_passed_over() -> None:
    assert list(parse("﻿a: 1".encode()).entries) == ["a"]


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n",
        "a: " + "[" * 50_000,
        "a: " + "{b: " * 50_000,
        "a: [" + "x," * (MOST_VALUES + 1) + "]",
        "".join(" " * n + "a:\n" for n in range(300)),
        "a: " + "x" * MOST_BYTES,
    ],
    ids=["aliases", "lists", "mappings", "values", "depth", "size"],
)
def test_bombs_are_refused_in_a_moment(bomb: str) -> None:
    began = time.monotonic()
    problem(bomb)
    assert time.monotonic() - began < 10


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=200), st.text(alphabet="ab:-[]{}\"'&*!|>#%@ \n\t?,~", max_size=60)))
def test_no_text_breaks_the_parser(text: str) -> None:
    with contextlib.suppress(WorkshopError):
        parse(text.encode("utf-8", "surrogatepass"))
