"""What a member wants of the passages that would leave: sealed until the window closes, by nobody's name after it.

An objection is told by the mere fact that somebody wrote something: silence is what most send. So everybody who may
object has a ballot from the opening on, all of one size; and all ballots of a window are sealed anew together, again
and again, whether or not one of them changes (`reports/turns.py`).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from challenges import sealing
from reports.models import Ballot, Reader, Window

LEAST = 32 * 1024  # bytes in a seal: room for the words of a hundred wishes
EACH = 64  # bytes more for each passage that can be wished something


class ClosedError(Exception):
    """The window is not open: it is over, it was called back, or its key is gone."""


class FullError(Exception):
    """More general words than a ballot holds."""


class ConflictError(Exception):
    """Another tab or device changed this member's ballot since. `standing` is what lies there now."""

    def __init__(self, standing: "Cast") -> None:
        super().__init__("The ballot was changed meanwhile.")
        self.standing = standing


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of one passage: a `Kind`, and general words if somebody has a suggestion."""

    kind: str
    wording: str = ""


@dataclass(frozen=True, slots=True)
class Cast:
    """A ballot as its author left it: what is wanted, by the passage's name, and how often it was changed."""

    wishes: Mapping[str, Wanted] = field(default_factory=dict)
    version: int = 0


@dataclass(frozen=True, slots=True)
class Save:
    """What an author wants in place of what they wanted at `version`. It counts if it `arrived` in time.

    Without `wishes` it changes nothing, and has its turn like any other.
    """

    author: UUID
    wishes: Mapping[str, Wanted] | None
    version: int
    arrived: datetime = field(default_factory=timezone.now)


Sealed = Mapping[UUID, "bytes | memoryview[int]"]  # the ballots of a window by their authors, as they lie there
Unsaved = ClosedError | ConflictError | FullError


def key_name(window: Window) -> str:
    """The name of a window's key."""
    return f"window-{window.pk}"


def issue(window: Window, authors: Iterable[UUID], passages: int) -> None:
    """An empty ballot for each of `authors`, under a key made for this window. Part of the caller's transaction."""
    sealing.make_key(key_name(window))
    size = LEAST + EACH * passages
    rows = [Ballot(window=window, author_id=author) for author in sorted(authors)]
    for row in rows:
        row.sealed = _sealed(window, row, Cast(), size)
    Ballot.objects.bulk_create(rows)


def mine(reader: Reader) -> Cast:
    """What this reader wants so far; a page asks `turns.mine` instead. Raises ClosedError when it cannot be read."""
    rows = Ballot.objects.filter(window=reader.window_id, author=reader.membership_id)
    return mine_of(reader, dict(rows.values_list("author_id", "sealed")))


def mine_of(reader: Reader, ballots: Sealed) -> Cast:
    """What this reader wants, of ballots that were read before. Raises ClosedError when it cannot be opened."""
    if reader.membership_id not in ballots:
        raise ClosedError
    return _opened(reader.window, reader.membership_id, ballots[reader.membership_id])


def lying() -> dict[UUID, Sealed]:
    """The ballots of all open windows as they lie there now, by window.

    Locked like a turn, and for the same reason: what PostgreSQL clears away while it reads stands in its log then as
    part of a transaction that comes by itself.
    """
    open_now = Window.objects.filter(state=Window.State.OPEN).order_by("pk")
    if not open_now.exists():
        return {}  # as nearly always: no lock, which on SQLite is one for all
    with transaction.atomic():
        windows = list(open_now.select_for_update())
        found: dict[UUID, dict[UUID, bytes | memoryview[int]]] = {window.pk: {} for window in windows}
        for row in Ballot.objects.filter(window__in=windows):
            found[row.window_id][row.author_id] = row.sealed
    return {**found}


def cast(reader: Reader, wishes: Mapping[str, Wanted], version: int) -> None:
    """Put `wishes` in place of what this reader wanted at `version`, at once; a page waits for its turn instead.

    Raises ClosedError, ConflictError, FullError.
    """
    (refused,) = seal_anew(reader.window_id, [Save(reader.membership_id, wishes, version)])
    if refused is not None:
        raise refused


def seal_anew(window_id: UUID, saves: Sequence[Save] = ()) -> list[Unsaved | None]:
    """Seal every ballot of a window anew, with what `saves` change: one transaction, which is the same without any.

    For each save what was in its way, or None: what arrived before the deadline is in, though the deadline is over, as
    long as the window was not tipped out. Raises ClosedError when it was, or was called back.
    """
    with transaction.atomic():
        window = Window.objects.select_for_update().get(pk=window_id)
        if window.state != Window.State.OPEN:
            raise ClosedError
        rows = list(Ballot.objects.filter(window=window).order_by("author_id"))
        standing = {row.author_id: _opened(window, row.author_id, row.sealed) for row in rows}
        size = len(rows[0].sealed) - sealing.OVERHEAD if rows else 0
        refused = [_put(standing, save, size) if window.was_open(save.arrived) else ClosedError() for save in saves]
        for row in rows:
            row.sealed = _sealed(window, row, standing[row.author_id], size)
        Ballot.objects.bulk_create(rows, update_conflicts=True, unique_fields=("id",), update_fields=("sealed",))
    return refused


def opened(window: Window) -> list[Cast]:
    """Every ballot of a window. Raises ClosedError unless each of them can be read."""
    rows = Ballot.objects.filter(window=window).order_by("author_id")
    return [_opened(window, row.author_id, row.sealed) for row in rows]


def _opened(window: Window, author: UUID, sealed: "bytes | memoryview[int]") -> Cast:
    try:
        content = json.loads(sealing.unseal(key_name(window), _place(window, author), sealed))
    except (sealing.KeyMissingError, sealing.UnreadableError) as error:
        raise ClosedError from error
    return Cast({name: Wanted(*wanted) for name, wanted in content["wishes"].items()}, content["version"])


def _put(lying: dict[UUID, Cast], save: Save, size: int) -> Unsaved | None:
    """Put one save among the ballots that lie in a window, unless something is in its way."""
    standing = lying.get(save.author)
    if standing is None:
        return ClosedError()
    if save.wishes is None:
        return None
    if standing.wishes != save.wishes and standing.version != save.version:
        return ConflictError(standing)
    new = Cast(save.wishes, standing.version + 1)
    if len(_content(new)) + sealing.LENGTH_BYTES > size:
        return FullError()
    lying[save.author] = new
    return None


def _sealed(window: Window, row: Ballot, cast: Cast, size: int) -> bytes:
    return sealing.seal(key_name(window), _place(window, row.author_id), _content(cast), size)


def _content(cast: Cast) -> bytes:
    wishes = {name: [wanted.kind, wanted.wording] for name, wanted in cast.wishes.items()}
    return json.dumps({"version": cast.version, "wishes": wishes}, ensure_ascii=False).encode()


def _place(window: Window, author: UUID) -> str:
    return f"{window.pk}/{author}"
