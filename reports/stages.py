"""The real stages of a release, for the page that follows it."""

from dataclasses import dataclass
from typing import Any, Literal

from reports.models import Release
from reports.models.release import CERTIFIED, LEFT, State

WAY = (State.QUEUED, State.BUILDING, State.RENDERING, State.CHECKING, State.READY)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its words, and whether it is over, on now, still to come, or where things stopped."""

    label: Any
    state: Literal["done", "now", "to_come", "failed"]


def stages(release: Release) -> list[Stage]:
    """Each stage of `release`, in order. A failed one stopped after as many as its row shows."""
    if release.state in (*CERTIFIED, *LEFT):
        return [Stage(state.label, "done") for state in WAY]
    if release.state == State.FAILED:
        return [Stage(State.FAILED.label, "failed")]
    here = WAY.index(State(release.state))
    return [
        Stage(state.label, "done" if number < here else "now" if number == here else "to_come")
        for number, state in enumerate(WAY)
    ]
