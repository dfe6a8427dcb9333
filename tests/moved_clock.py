"""The product's own settings, with a clock that a bench moves: a year in less than an hour (bench/year.py).

It begins at the moment that CLOCK says, and goes on as clocks do; a moment written as a line into the pipe `clock` of
DATA_DIR is what it is from then on, in this one process. The schedule asks every second what it asks every half minute
otherwise, so that a bench need not wait; letters are dated by this clock (tests/moved_mail.py). Nothing else
differs, and no code of the product knows of it.
"""

import os
import threading
from datetime import datetime, timedelta

import time_machine

from learningsets.settings import *  # noqa: F403
from learningsets.settings import CELERY_BEAT_SCHEDULE, DATA_DIR

BEGIN = datetime.fromisoformat(os.environ["CLOCK"])
PIPE = DATA_DIR / "clock"
EMAIL_BACKEND = "tests.moved_mail.DatedFolderBackend"

for _entry in CELERY_BEAT_SCHEDULE.values():
    if isinstance(_every := _entry["schedule"], timedelta) and _every <= timedelta(minutes=1):
        _entry["schedule"] = timedelta(seconds=1)


def _follow(clock: time_machine.Traveller) -> None:
    while True:
        with PIPE.open() as told:
            for moment in told:
                clock.move_to(datetime.fromisoformat(moment.strip()))


if not PIPE.exists():
    os.mkfifo(PIPE)
threading.Thread(target=_follow, args=(time_machine.travel(BEGIN, tick=True).start(),), daemon=True).start()
