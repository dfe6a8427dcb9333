"""What members bring, and the box that their reflections go through."""

from challenges.models.challenge import Challenge
from challenges.models.reflection import (
    Audience,
    Box,
    Draft,
    Kept,
    Prompt,
    Reflection,
    Tally,
)

__all__ = [
    "Audience",
    "Box",
    "Challenge",
    "Draft",
    "Kept",
    "Prompt",
    "Reflection",
    "Tally",
]
