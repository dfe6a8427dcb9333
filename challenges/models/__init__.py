"""What members bring, and the box that their reflections go through."""

from challenges.models.action import Action
from challenges.models.aim import AimBand, AimTally, Step
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
    "AimBand",
    "AimTally",
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
    "Step",
    "Tally",
    "Trapped",
    "Visibility",
]
