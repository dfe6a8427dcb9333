"""What members bring, and the box that their reflections go through."""

from challenges.models.action import Action
from challenges.models.airtime import Airtime, Asked, Bid
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
    "Action",
    "Airtime",
    "Asked",
    "Audience",
    "Bid",
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
