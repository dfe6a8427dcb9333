"""When what a member wants is written down: in turns, which come whether or not anybody has saved anything.

Who objects could be told by when something was written, beside when each person signed in: PostgreSQL's write-ahead
log holds the moment of every commit, and nobody can take a line out of it. So every process that serves pages seals
all ballots of all open windows anew every few seconds, as long as it runs. What somebody saves waits for the next turn,
and is one of these transactions: it adds none, and makes none longer, earlier or later. docs/anonymity.md,
"Before it leaves"; tried by `bench/visit_attack.py`.

The page is made when its turn has come, and answers as long after it was asked as a turn can be away, whenever that
came and whatever it says (`Arrival`): what its reader does next, signing out for one, says nothing of when there was a
turn. It takes as long to refuse: only general words that somebody typed can be wrong, so an answer that came sooner
would tell whoever watches the network that there are some.

A page that waits takes up a thread of the server. So one reader has one that waits, whatever was sent: who sends
something again displaces what they sent before, which answers then.

Nor does a page read the table of ballots. Reading leaves a trace in PostgreSQL's log too: whoever reads clears away the
rows that a turn has replaced. So every process *looks* at all ballots of all open windows several times between two of
its turns, and a page is made of what it saw last, sealed as it lay there.

What arrived before the deadline counts: turns go on until the window is tipped out, which waits for one
(`Window.LAST_TURN`). Of a process that is killed what waits is lost, and nobody was told that it was kept.
"""

import logging
import secrets
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from typing import Final
from uuid import UUID

from django.db import close_old_connections, connections
from django.utils import timezone

from reports import ballots
from reports.ballots import Cast, ClosedError, ConflictError, FullError, Save, Sealed, Wanted
from reports.models import Reader, Window

SECONDS: Final = (6.0, 9.0)  # from one turn to the next, drawn anew each time: no rhythm to fall out of
LOOKS: Final = 6  # between two turns at the least, so that each process soon knows of every other's
DISPLACED: Final = 0.3  # seconds from when a page is displaced to its answer: time to make it, whatever it says
PATIENCE: Final = 60  # seconds that a page waits for its turn, if the database hangs

Waiting = list[tuple[Save, "Future[bool]"]]

log = logging.getLogger(__name__)
_lock = threading.Lock()
_waiting: dict[tuple[UUID, UUID], tuple[Save, "Future[bool]"]] = {}
_thread: threading.Thread | None = None
_seconds = SECONDS
_looked = threading.Condition()
_looks = 0
_seen: Mapping[UUID, Sealed] = {}


def begin(seconds: tuple[float, float] = SECONDS) -> None:
    """Take turns in this process from now on. A web server calls it (`settings.WHEN_SERVING`); twice is once."""
    global _thread, _seconds  # noqa: PLW0603 - one for each process
    with _lock:
        if _thread is None:
            _seconds = seconds
            _thread = threading.Thread(target=_take_turns, args=seconds, name="turns", daemon=True)
            _thread.start()


def mine(reader: Reader) -> Cast:
    """What this reader wants so far, as this process saw it last. Raises ClosedError when it cannot be read.

    From the table where no turns are taken (no server runs).
    """
    if _thread is None:
        return ballots.mine(reader)
    if reader.window.state != Window.State.OPEN:
        raise ClosedError
    with _looked:
        before = _looks  # a window that was opened just now is seen by the next look, or by the one after it
        if not _looked.wait_for(lambda: reader.window_id in _seen or _looks > before + 1, PATIENCE):
            raise TimeoutError("The ballots could not be looked at.")
        seen = _seen.get(reader.window_id, {})
    return ballots.mine_of(reader, seen)


class Arrival:
    """When something that somebody sent arrived, and when its page answers: after as long for one as for another."""

    def __init__(self) -> None:
        least, most = _seconds
        self.at = timezone.now()
        self._answers_at = time.monotonic() + most + least / 3  # two seconds to make the page, on a busy machine too

    def is_displaced(self) -> None:
        """The same reader sent something again: the page answers in a moment, as nothing else is waited for."""
        self._answers_at = time.monotonic() + DISPLACED

    def hold(self) -> None:
        """Wait until the page may answer. It is made by then: how long that takes is not to be seen."""
        if _thread is not None:
            time.sleep(max(0.0, self._answers_at - time.monotonic()))


def cast(reader: Reader, wishes: Mapping[str, Wanted], version: int, arrival: Arrival | None = None) -> None:
    """Wait for the next turn, and put `wishes` in place of what this reader wanted at `version` then.

    Of what one reader saves twice before a turn the later counts. At once where no turns are taken.
    Raises as `ballots.cast`.
    """
    if _thread is None:
        ballots.cast(reader, wishes, version)
    else:
        arrival = arrival or Arrival()
        _wait(reader, Save(reader.membership_id, wishes, version, arrival.at), arrival)


def refuse(reader: Reader, arrival: Arrival) -> None:
    """Wait for the turn that `cast` waits for, and change nothing: not what was saved just before, either."""
    if _thread is not None:
        with suppress(ClosedError, ConflictError, FullError):
            _wait(reader, Save(reader.membership_id, None, 0), arrival)


def _wait(reader: Reader, save: Save, arrival: Arrival) -> None:
    """Until the turn that a save is part of, or until its reader sends something again. Raises as `ballots.cast`."""
    future: Future[bool] = Future()
    place = (reader.window_id, reader.membership_id)
    with _lock:
        earlier, displaced = _waiting.get(place, (save, None))
        _waiting[place] = (save if save.wishes is not None else earlier, future)
    if displaced:  # nobody holds up the site by saving again and again
        displaced.set_result(False)
    if not future.result(PATIENCE):
        arrival.is_displaced()
        raise ConflictError(mine(reader))


def look() -> None:
    """See all ballots of all open windows, for the pages."""
    global _looks, _seen
    seen = ballots.lying()
    with _looked:
        _looks, _seen = _looks + 1, seen
        _looked.notify_all()


def take_turn() -> None:
    """Seal all ballots of all open windows anew, and with them whatever waits."""
    with _lock:
        waiting = dict(_waiting)
        _waiting.clear()
    saves: dict[UUID, Waiting] = defaultdict(list)
    for (window_id, *_whose), one in waiting.items():
        saves[window_id].append(one)
    told: list[tuple[Future[bool], Exception | None]] = []
    try:
        for window_id in Window.objects.filter(state=Window.State.OPEN).values_list("pk", flat=True):
            told += _turn(window_id, saves.pop(window_id, []))
        look()
    except Exception as error:
        told += [(future, error) for those in saves.values() for _save, future in those]
        raise
    else:  # their window is over
        told += [(future, ClosedError()) for those in saves.values() for _save, future in those]
    finally:
        for future, why_not in told:
            if why_not is None:
                future.set_result(True)
            else:
                future.set_exception(why_not)


def _turn(window_id: UUID, saves: Waiting) -> list[tuple["Future[bool]", Exception | None]]:
    """One window's turn, and what was in the way of each save; what goes wrong with it keeps no other waiting."""
    futures = [future for _save, future in saves]
    try:
        refused = ballots.seal_anew(window_id, [save for save, _future in saves])
    except Exception as error:  # noqa: BLE001 - whoever waits is told, whatever it was
        if not isinstance(error, ClosedError):
            log.warning("The ballots of a window could not be sealed anew: %s", type(error).__name__)
            connections.close_all()
        return [(future, error) for future in futures]
    return list(zip(futures, refused, strict=True))


def _take_turns(least: float, most: float) -> None:
    """A turn's time is drawn from the one before, and not from its end: however long one takes, none is late for it."""
    due = time.monotonic()
    while True:
        due = max(due, time.monotonic() - most) + secrets.SystemRandom().uniform(least, most)
        while (away := due - time.monotonic()) > 0:
            _try(look)
            time.sleep(max(0.0, min(least / LOOKS, away, due - time.monotonic())))
        _try(take_turn)


def _try(step: Callable[[], None]) -> None:
    """A turn or a look; the next one comes all the same. Of a look that fails nothing is said: the turn tells."""
    close_old_connections()
    try:
        step()
    except Exception as error:  # noqa: BLE001 - whatever it was
        if step is take_turn:
            log.warning("No turn was taken: %s", type(error).__name__)
        connections.close_all()
