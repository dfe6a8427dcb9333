"""The schedule's heartbeat: a file touched at each tick, and `python -m learningsets.schedule` that asks for it."""

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from celery import beat

FILE = Path(tempfile.gettempdir()) / "learning-sets-schedule"
SECONDS = 60


class Heartbeat(beat.Scheduler):  # type: ignore[misc]  # celery has no types
    """Celery's scheduler, which keeps its times in memory: at a restart each interval begins anew."""

    def tick(self, *args: Any, **kwargs: Any) -> Any:
        """Ask for what is due; returns the seconds until the next tick."""
        FILE.touch()
        return super().tick(*args, **kwargs)


def is_alive() -> bool:
    """Whether the schedule of this machine ticked within the last minute."""
    return FILE.exists() and time.time() - FILE.stat().st_mtime < SECONDS


if __name__ == "__main__":
    sys.exit(0 if is_alive() else 1)
