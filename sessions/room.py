"""The room: what a meeting has come to, how long is left, and what its buttons do.

The row is the truth. A button says which version of it was on the page, so a doubled post, or a second facilitator's,
does nothing; whatever was pressed while a connection was down is sent again by the page until it is answered.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from sessions import agenda, concepts, formats
from sessions.formats import Stage
from sessions.models import AgendaItem, Meeting, Parked, Room

LONGER = 2 * 60  # seconds that "two minutes more" adds
FORGOTTEN = 30 * 60  # an item that ran over by more than this was left running; it does not count as used
MOST_PARKED = 100

NotNowError = concepts.NotNowError


class FullError(Exception):
    """The parking lot holds MOST_PARKED lines."""


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of one item; an item without stages is one step of its own."""

    item: AgendaItem
    number: int
    stage: Stage


@dataclass(frozen=True, slots=True)
class Standing:
    """What the room shows at a moment. `left` is in seconds, below nought when the time is over."""

    room: Room
    step: Step | None
    steps: list[Step]  # of the item at hand
    preceding: Step | None
    following: Step | None
    items: list[AgendaItem]
    left: int
    rest: int  # seconds that the steps after this one are given, those of a later day left out
    deadline: datetime | None  # None while it is paused
    goes_on: bool  # something of the agenda is of a later day

    @property
    def clock(self) -> str:
        """The time left as a clock shows it."""
        minutes, seconds = divmod(abs(self.left), 60)
        return f"{'−' if self.left < 0 else ''}{minutes}:{seconds:02}"

    @property
    def ends_day(self) -> bool:
        """Whether this is the last item of today, and what follows is of another day."""
        return self.goes_on and bool(self.step and self.following and self.step.item.day < self.following.item.day)


def standing(meeting: Meeting, now: datetime) -> Standing:
    """Where the meeting stands at `now`."""
    room = Room.objects.filter(meeting=meeting).select_related("item").first() or Room(meeting=meeting)
    items = agenda.items(meeting)
    steps = _steps(items)
    at = _place(room, steps)
    step = steps[at] if 0 <= at < len(steps) and not room.over and room.item_id == steps[at].item.pk else None
    after = at + 1 if step else max(at, 0)
    left = room.seconds - _used(room, now)
    last = max((one.item.day for one in steps), default=1)
    day = meeting.day_at(now)
    today = last if day == meeting.day_count else max(day, step.item.day if step else 1)
    return Standing(
        room=room,
        step=step,
        steps=[one for one in steps if step and one.item.pk == step.item.pk],
        preceding=steps[at - 1] if 0 < at <= len(steps) else None,
        following=steps[after] if after < len(steps) and not room.over else None,
        items=items,
        left=left,
        rest=0 if room.over else sum(one.stage.seconds for one in steps[after:] if one.item.day <= today),
        deadline=now + timedelta(seconds=left) if room.since else None,
        goes_on=today < last,
    )


def press(meeting: Meeting, version: int, verb: str) -> bool:
    """Do what a button says: one of VERBS. False, and nothing is done, when the room is not at `version` any more.

    Raises NotNowError unless the set is meeting, and KeyError for no such button.
    """
    do = VERBS[verb]
    with transaction.atomic():
        _hold(meeting)
        room = Room.objects.select_related("item").filter(meeting=meeting).first() or Room(meeting=meeting)
        if room.version != version:
            return False
        do(room, _steps(agenda.items(meeting)), timezone.now())
        room.version += 1
        room.save()
        return True


def end(meeting: Meeting) -> None:
    """At the close, or when the meeting is cancelled: nothing runs any more. Part of the caller's transaction."""
    room = Room.objects.select_related("item").filter(meeting=meeting).first()
    if room is not None:
        _finish(room, timezone.now())
        room.version += 1
        room.save()


def begin_again(item: AgendaItem) -> None:
    """Give the first stage of an item its whole time, if the room is there now. Part of the caller's transaction."""
    here = Room.objects.filter(item=item, stage=0, over=False)
    here.update(used=0)
    here.exclude(since=None).update(since=timezone.now())


def park(meeting: Meeting, text: str) -> None:
    """Put a line aside, or back if it was struck out. Raises NotNowError and FullError."""
    with transaction.atomic():
        _hold(meeting)
        if meeting.parked.filter(text=text).update(struck=False) == 0:
            if meeting.parked.count() >= MOST_PARKED:
                raise FullError
            Parked.objects.create(meeting=meeting, text=text)
        Room.objects.tell(meeting)


def strike(meeting: Meeting, parked_id: UUID, *, struck: bool) -> None:
    """Strike a line out, or put it back. It stays with the meeting. Raises NotNowError."""
    with transaction.atomic():
        _hold(meeting)
        meeting.parked.filter(pk=parked_id).update(struck=struck)
        Room.objects.tell(meeting)


def _hold(meeting: Meeting) -> None:
    """Keep the meeting from being closed, and others from pressing, meanwhile. Raises NotNowError."""
    if not concepts.is_open(Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)):
        raise NotNowError


def _steps(items: Sequence[AgendaItem]) -> list[Step]:
    """Every step of an agenda, in order."""
    return [
        Step(item, number, stage)
        for item in items
        for number, stage in enumerate(
            formats.stages(item.format, item.minutes) or [Stage(str(item), "", item.minutes * 60)]
        )
    ]


def _place(room: Room, steps: Sequence[Step]) -> int:
    """Where the room stands among the steps: -1 before the first. An item that was removed since stands just before
    those that came after it."""
    if room.over:
        return len(steps)
    if room.item is None:
        return -1
    here = room.item
    at = [place for place, step in enumerate(steps) if step.item.pk == here.pk]
    if at:
        return at[min(room.stage, len(at) - 1)]
    return sum((step.item.day, step.item.position) < (here.day, here.position) for step in steps) - 1


def _used(room: Room, now: datetime) -> int:
    """Seconds that the stage at hand has run."""
    running = (now - room.since).total_seconds() if room.since else 0
    return room.used + max(int(running), 0)


def _leave(room: Room, now: datetime) -> None:
    """Count what was used to the item at hand."""
    if room.item_id is not None:
        used = min(_used(room, now), room.seconds + FORGOTTEN)
        AgendaItem.objects.filter(pk=room.item_id).update(seconds=F("seconds") + used)


def _enter(room: Room, step: Step, now: datetime) -> None:
    room.item, room.stage, room.over = step.item, step.number, False
    room.seconds, room.used, room.since = step.stage.seconds, 0, now
    AgendaItem.objects.filter(pk=step.item.pk).update(reached=True)


def _finish(room: Room, now: datetime) -> None:
    _leave(room, now)
    room.item, room.stage, room.over = None, 0, True
    room.seconds, room.used, room.since = 0, 0, None


def _next(room: Room, steps: Sequence[Step], now: datetime) -> None:
    after = _place(room, steps) + 1
    if after < len(steps):
        _leave(room, now)
        _enter(room, steps[after], now)
    elif room.item is not None:
        _finish(room, now)


def _back(room: Room, steps: Sequence[Step], now: datetime) -> None:
    before = _place(room, steps) - 1
    if 0 <= before < len(steps):
        _leave(room, now)
        _enter(room, steps[before], now)


def _pause(room: Room, _steps: Sequence[Step], now: datetime) -> None:
    room.used, room.since = _used(room, now), None


def _go_on(room: Room, _steps: Sequence[Step], now: datetime) -> None:
    if room.item is not None and room.since is None:
        room.since = now


def _longer(room: Room, _steps: Sequence[Step], _now: datetime) -> None:
    if room.item is not None:
        room.seconds += LONGER


VERBS: dict[str, Callable[[Room, Sequence[Step], datetime], None]] = {
    "next": _next,
    "back": _back,
    "pause": _pause,
    "go_on": _go_on,
    "longer": _longer,
}
