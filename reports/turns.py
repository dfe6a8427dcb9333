"""When what a member wants is written down: in turns, which come whether or not anybody has saved anything.

Who objects could be told by when something was written, beside when each person signed in: PostgreSQL's write-ahead
log holds the moment of every commit, and nobody can take a line out of it. So every process that serves pages seals
all ballots of all open windows anew every few seconds, as long as it runs. What somebody saves waits for the next turn,
and is one of these transactions: it adds none, and makes none longer, earlier or later. docs/anonymity.md,
"Before it leaves"; tried by `bench/visit_attack.py`.

The page answers as long after it was asked as a turn can be away, whenever that came: what its reader does next,
signing out for one, says nothing of when there was a turn.
"""

import logging
import secrets
import threading
import time
from collections import defaultdict
from collections.abc import Mapping
from concurrent.futures import Future
from typing import Final
from uuid import UUID

from django.db import close_old_connections, connections
from django.utils import timezone

from reports import ballots
from reports.ballots import ClosedError, ConflictError, Save, Wanted
from reports.models import Reader, Window

LONGEST: Final = 10.0
SECONDS: Final = (6.0, LONGEST)  # from one turn to the next, drawn anew each time: no rhythm to fall out of
PATIENCE: Final = 60  # seconds that a page waits for its turn, if the database hangs

log = logging.getLogger(__name__)
_lock = threading.Lock()
_waiting: dict[tuple[UUID, UUID], tuple[Save, "Future[bool]"]] = {}
_thread: threading.Thread | None = None
_seconds = SECONDS


def begin(seconds: tuple[float, float] = SECONDS) -> None:
    """Take turns in this process from now on. A web server calls it (`settings.WHEN_SERVING`); twice is once."""
    global _thread, _seconds  # noqa: PLW0603 - one for each process
    with _lock:
        if _thread is None:
            _seconds = seconds
            _thread = threading.Thread(target=_take_turns, args=seconds, name="turns", daemon=True)
            _thread.start()


def cast(reader: Reader, wishes: Mapping[str, Wanted], version: int) -> None:
    """Wait for the next turn, and put `wishes` in place of what this reader wanted at `version` then.

    Of what one reader saves twice before a turn the later counts. At once where no turns are taken (no server runs).
    Raises as `ballots.cast`.
    """
    if _thread is None:
        ballots.cast(reader, wishes, version)
        return
    future: Future[bool] = Future()
    with _lock:
        earlier = _waiting.get((reader.window_id, reader.membership_id))
        _waiting[reader.window_id, reader.membership_id] = (Save(reader.membership_id, wishes, version), future)
    if earlier:  # nobody holds up the site by saving again and again
        earlier[1].set_result(False)
    answers_at = time.monotonic() + _seconds[1]
    why_not = future.exception(PATIENCE)
    if why_not is None and not future.result():
        raise ConflictError(ballots.mine(reader))
    time.sleep(max(0.0, answers_at - time.monotonic()))
    if why_not is not None:
        raise why_not


def take_turn() -> None:
    """Seal all ballots of all open windows anew, and with them whatever waits."""
    with _lock:
        waiting = dict(_waiting)
        _waiting.clear()
    saves: dict[UUID, list[tuple[Save, Future[bool]]]] = defaultdict(list)
    for (window_id, _author), one in waiting.items():
        saves[window_id].append(one)
    try:
        now = timezone.now()
        for window_id in Window.objects.filter(state=Window.State.OPEN, closes_at__gt=now).values_list("pk", flat=True):
            _turn(window_id, saves.pop(window_id, []))
    except Exception as error:
        _refuse(saves, error)
        raise
    _refuse(saves, ClosedError())  # their window is over


def _turn(window_id: UUID, saves: list[tuple[Save, "Future[bool]"]]) -> None:
    """One window's turn; what goes wrong with it keeps no other waiting."""
    try:
        refused = ballots.seal_anew(window_id, [save for save, _future in saves])
    except Exception as error:  # noqa: BLE001 - whoever waits is told, whatever it was
        if not isinstance(error, ClosedError):
            log.warning("The ballots of a window could not be sealed anew: %s", type(error).__name__)
            connections.close_all()
        _refuse({window_id: saves}, error)
        return
    for (_save, future), why_not in zip(saves, refused, strict=True):
        if why_not is None:
            future.set_result(True)
        else:
            future.set_exception(why_not)


def _refuse(saves: Mapping[UUID, list[tuple[Save, "Future[bool]"]]], why_not: Exception) -> None:
    for _save, future in (one for those in saves.values() for one in those):
        future.set_exception(why_not)


def _take_turns(least: float, most: float) -> None:
    """A turn's time is drawn from the one before, and not from its end: however long one takes, none is late for it."""
    due = time.monotonic()
    while True:
        due = max(due, time.monotonic() - most) + secrets.SystemRandom().uniform(least, most)
        time.sleep(max(0.0, due - time.monotonic()))
        close_old_connections()
        try:
            take_turn()
        except Exception as error:  # noqa: BLE001 - the next turn comes all the same
            log.warning("No turn was taken: %s", type(error).__name__)
            connections.close_all()
