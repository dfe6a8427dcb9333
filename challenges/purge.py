"""What a tipped box leaves on the disk, and how it goes: the key first, then every page that held a draft.

A deleted row is not gone. PostgreSQL keeps it as a dead tuple with the number of the transaction that wrote it, SQLite
in free pages and in the write-ahead log. What stays in PostgreSQL's own log (`pg_wal`) and in backups cannot be taken
out: there it is sealed, and the key is gone.
"""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

from django.core.cache import cache
from django.db import InternalError, OperationalError, ProgrammingError, connection, models
from django.db.models import Q
from django.utils import timezone

from challenges import airtime, sealing
from challenges.models import AimTally, Asked, Box, Draft, Kept, Reflection, SpentKey
from challenges.prompts import kept_key_name, key_name
from sessions.lifecycle import MOST_OPEN
from sessions.models import Concept, Meeting

PATIENCE = 1_000  # milliseconds to wait for somebody who is reading, while others wait; the next sweep tries again
TABLES: tuple[type[models.Model], ...] = (Draft, Kept, Reflection, AimTally)
LATELY = timedelta(days=31)  # for so long after its tip a meeting's list is looked after, should nobody have swept
REMEMBERED = 2 * LATELY + MOST_OPEN


def finish() -> bool:
    """Destroy the keys of all boxes that were emptied and of notes that were rewritten, then rewrite the tables.

    Whether nothing is left to do.

    Within a transaction it does nothing: what is not committed still needs its key. Safe to repeat: a crash after any
    step, or a reader who is in the way, leaves `Box.purged` false and the `SpentKey`, and the next sweep goes on.
    """
    if connection.in_atomic_block:
        return False
    emptied = Box.objects.exclude(state=Box.State.OPEN).filter(purged=False)
    boxes, spent = list(emptied), list(SpentKey.objects.all())
    if not boxes and not spent:
        return True
    keys = [key_name(box) for box in boxes] + [kept_key_name(one.key) for one in spent]
    clean = clear_away(keys, TABLES)
    if clean:
        emptied.filter(pk__in=[box.pk for box in boxes]).update(purged=True)
        SpentKey.objects.filter(pk__in=[one.pk for one in spent]).delete()
    return clean


def rewrite_once_committed() -> None:
    """Within a transaction that deletes drafts and none of their keys: have the next `finish` rewrite the tables."""
    SpentKey.objects.create(key=uuid4())  # of nothing: there is no such key to destroy


def clear_lists() -> bool:
    """Once after each close, put what presenters were asked in another order, and rewrite its table and that of the
    words that a set wrote down (`sessions.concepts.settle`), whether the closing questions opened or not and whether or
    not the closing was undone since; and once after a meeting is cancelled. Whether nothing is left to do.

    That it was done is remembered in the cache and nowhere else: if the cache forgets it, or the meeting changes, it is
    done once more.
    """
    if connection.in_atomic_block:
        return False
    now = timezone.now()
    closed = Q(tips_at__gte=now - LATELY) | Q(promised_until__gte=now - LATELY)  # the latter outlives an undoing
    cancelled = Q(state=Meeting.State.CANCELLED, starts_at__lte=now)
    settled = Meeting.objects.filter(closed | cancelled).values_list("pk", "version")
    closings = {f"list-{pk}-{version}": pk for pk, version in settled}
    waiting = set(closings) - set(cache.get_many(closings))
    if not waiting:
        return True
    airtime.settle({closings[one] for one in waiting})
    clean = clear_away((), (Concept, Asked))
    if clean:
        cache.set_many(dict.fromkeys(waiting, True), timeout=REMEMBERED.total_seconds())
    return clean


def clear_away(keys: Iterable[str], tables: Sequence[type[models.Model]]) -> bool:
    """Destroy keys whose seals are deleted, and rewrite tables in which deleted rows stood; not within a transaction.

    Whether nothing is left to do: if somebody's reading is in the way, the caller calls again later. Safe to repeat.
    """
    try:
        _make_durable()
        for key in keys:
            sealing.destroy_key(key)
        return _rewrite_sqlite() if connection.vendor == "sqlite" else _rewrite_postgresql(tables)
    except (OperationalError, InternalError):
        # Somebody reads, and did not let go within PATIENCE; or PostgreSQL failed with an error of its own, as it did
        # once while four tipped at the same moment. What was committed stands either way.
        return False


def commit_durably() -> None:
    """For the transaction of a tip: its commit is to be on the disk before anything follows it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = on")


def _make_durable() -> None:
    """Make sure that a power cut can no longer undo the tip: without its key nobody could tip the box again.

    On SQLite synchronous=NORMAL syncs at checkpoints, not at commits; so one more commit is made that does wait for the
    disk, and with it for all before it. Never by opening the database's files: closing them takes SQLite's locks
    off this process, and the next program that looks at the database throws its write-ahead log away.
    Source: https://www.sqlite.org/howtocorrupt.html, 2.2.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        (usual,) = cursor.execute("PRAGMA synchronous").fetchone()
        (version,) = cursor.execute("PRAGMA user_version").fetchone()
        cursor.execute("PRAGMA synchronous=FULL")
        try:
            cursor.execute(f"PRAGMA user_version={version}")
        finally:
            cursor.execute(f"PRAGMA synchronous={usual}")


def _rewrite_sqlite() -> bool:
    """Write the whole file anew without what was deleted; whether nothing of it is left in it."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (before,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout={PATIENCE}")
        try:
            cursor.execute("PRAGMA secure_delete=ON")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (busy, _frames, _moved) = cursor.fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout={before}")
    return not busy


def _rewrite_postgresql(tables: Sequence[type[models.Model]]) -> bool:
    """VACUUM FULL, then ask how many dead rows it had to carry over for somebody's older snapshot."""
    told: list[str] = []
    raw = connection.connection

    def listen(diagnostic: object) -> None:
        told.append(getattr(diagnostic, "message_detail", None) or "")

    with connection.cursor() as cursor:
        raw.add_notice_handler(listen)
        try:
            cursor.execute(f"SET lock_timeout = {PATIENCE}")
            for model in tables:
                cursor.execute(f"VACUUM (FULL, VERBOSE) {connection.ops.quote_name(model._meta.db_table)}")
        finally:
            raw.remove_notice_handler(listen)
            cursor.execute("SET lock_timeout = DEFAULT")
        with suppress(ProgrammingError):  # a role that may not: the server's next checkpoint does it
            cursor.execute("CHECKPOINT")
    # Each table is told of as "N dead row versions cannot be removed yet."; the number comes first in any language.
    carried = [int(found.group()) for detail in told if (found := re.match(r"\d+", detail))]
    return len(carried) >= len(tables) and not any(carried)
