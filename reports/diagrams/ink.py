"""What every part of a drawing is written with: its colours, its numbers and its words."""

from django.utils.html import escape

from reports.diagrams.lettering import SANS
from reports.diagrams.shapes import Point

INK, ACCENT, PAPER = "#1b2426", "#0f5257", "#ffffff"


def lettered(words: str, at: Point, size: float, colour: str, weight: int) -> str:
    """`words` on one line, their middle at `at`, in type of `size` units."""
    return (
        f'<text x="{short(at.x)}" y="{short(at.y)}" font-family="{SANS}" font-size="{short(size)}"'
        f' font-weight="{weight}" fill="{colour}" text-anchor="middle">{escape(words)}</text>'
    )


def short(value: float) -> str:
    """A measure with at most one decimal, as an attribute holds it."""
    return f"{value:.1f}".removesuffix(".0")
