"""What members bring, and the box that their reflections go through."""

from challenges.models.challenge import Challenge, Trapped, Visibility
from challenges.models.reflection import (
    Audience,
    Box,
    BoxMember,
    Detached,
    Draft,
    Kept,
    Opening,
    Prompt,
    Reflection,
    Regime,
    SpentKey,
    Tally,
)

__all__ = [
    "Audience",
    "Box",
    "BoxMember",
    "Challenge",
    "Detached",
    "Draft",
    "Kept",
    "Opening",
    "Prompt",
    "Reflection",
    "Regime",
    "SpentKey",
    "Tally",
    "Trapped",
    "Visibility",
]
