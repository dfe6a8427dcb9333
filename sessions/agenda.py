"""What a set means to do at a meeting: items in order, each with its minutes.

Whoever facilitates may change it until the meeting is closed, two of them at once: they meet only where both changed
the same item (its version), and order, adding and removing work on the agenda as it stands then.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, QuerySet, prefetch_related_objects
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sessions import blocks, formats
from sessions.fitting import fitted
from sessions.models import AgendaItem, Kind, Meeting, PredefinedConcept, Room

MOST = 60  # items of one agenda, removed ones too
BY_ITSELF = frozenset({Kind.CHECK_IN, Kind.PROGRESS, Kind.PROCESS, Kind.CLOSE})  # of every meeting: never left over
LAST = "last"  # the agenda of the meeting before, to begin with
COPIED = ("kind", "title", "minutes", "regime", "format", "handout")


class NotNowError(Exception):
    """The meeting was closed or cancelled: its agenda stands as it is."""


class UnderWayError(Exception):
    """An item has begun in the room: what was planned keeps its minutes."""


class FullError(Exception):
    """The agenda holds MOST items."""


@dataclass(frozen=True, slots=True)
class Clocked:
    """An item and when it is to begin and end, by the clocks of the meeting's zone."""

    item: AgendaItem
    starts: time  # not a moment: a template would say that in UTC
    ends: time
    over: bool  # ends after the meeting does
    late: bool  # and begins after it too
    day: str = ""  # of a meeting of several, before the first item of each


def items(meeting: Meeting) -> list[AgendaItem]:
    """The items of a meeting, in their order."""
    return with_concepts(meeting.items.filter(removed=False))


def with_concepts(rows: QuerySet[AgendaItem]) -> list[AgendaItem]:
    """Items in their order, with the concepts of those that have any: one more query, if one of them has."""
    links = AgendaItem.concepts.through.objects.filter(agendaitem=OuterRef("pk"))
    found = list(rows.annotate(has_concepts=Exists(links)).order_by("day", "position", "id"))
    prefetch_related_objects([item for item in found if item.has_concepts], "concepts")
    return list(found)


def clocked(meeting: Meeting, planned: Sequence[AgendaItem]) -> list[Clocked]:
    """When each item comes if all take the minutes they are given. Each day of several begins at the hour of the first;
    one that is over before that hour ends with its last item."""
    rows, starts, end, last = [], meeting.starts_at, meeting.local_end, 0
    by_day = meeting.takes_days and any(item.day > 1 for item in planned)
    for item in planned:
        day, words = min(item.day, meeting.day_count), ""
        if by_day and day > last:
            last, starts = day, meeting.opens_at(day)
            if starts >= end:
                starts = end - timedelta(minutes=sum(one.minutes for one in planned if one.day >= day))
            words = day_of(meeting, day)
        ends = starts + timedelta(minutes=item.minutes)
        begins, finishes = (moment.astimezone(end.tzinfo).time() for moment in (starts, ends))
        rows.append(Clocked(item, begins, finishes, over=ends > end, late=starts >= end, day=words))
        starts = ends
    return rows


def day_of(meeting: Meeting, day: int) -> str:
    """One of the days of a meeting, in words."""
    return _("Day %(n)d, %(date)s") % {"n": day, "date": date_format(meeting.opens_at(day), "l j F")}


def before(meeting: Meeting) -> Meeting | None:
    """The last meeting of the set before this one that had an agenda, cancelled ones left out."""
    earlier = Meeting.objects.standing().filter(cohort=meeting.cohort_id, starts_at__lt=meeting.starts_at)
    return earlier.filter(items__removed=False).order_by("-starts_at").first()


def empty_day(meeting: Meeting, planned: Sequence[AgendaItem]) -> int | None:
    """The first of a meeting's days on which nothing is planned; None if there is none."""
    taken = _days_taken(meeting, (item.day for item in planned))
    return next((day for day in range(1, meeting.day_count + 1) if day not in taken), None)


def _days_taken(meeting: Meeting, days: Iterable[int]) -> set[int]:
    """The days of a meeting with items of these `days`; those of a day that it no longer has stand on its last."""
    return {min(day, meeting.day_count) for day in days}


def begin(meeting: Meeting, source: str | Meeting, day: int = 1) -> None:
    """Give an empty agenda the items of a template, those of the meeting before (`LAST`), or the `blocks` of another
    set's meeting, to which whoever asks has access; or one of several days those of a template. Nothing is done when
    there are items already: somebody was quicker, or asked twice. Raises NotNowError, and KeyError for an unknown
    source."""
    with _held(meeting):
        if day in _days_taken(meeting, meeting.items.filter(removed=False).values_list("day", flat=True)):
            return
        last = before(meeting) if source == LAST else None
        models = items(last) if last else []
        if isinstance(source, Meeting):
            models = blocks.lent(source, items(source))
            values = [blocks.block(item) for item in models]
        else:
            values = (
                [_copied(item) for item in models] if last else [one | {"day": day} for one in formats.agenda(source)]
            )
        for one, model in zip(values, models, strict=False):
            one["day"] = min(model.day, meeting.day_count)
        first, there = _end_of(meeting), dict(meeting.items.values_list("key", "pk"))
        made = [AgendaItem(meeting=meeting, position=first + place, **one) for place, one in enumerate(values)]
        if last:
            for new, model in zip(made, models, strict=True):
                new.key = model.pk  # so that it is not `left_over` besides, and it is known where it comes from
                while new.key in there:  # it was taken over before, and removed
                    new.key = there[new.key]
        AgendaItem.objects.bulk_create(made)
        _copy_concepts(models, made)


def fits(meeting: Meeting, planned: Sequence[AgendaItem]) -> list[int] | None:
    """The minutes of each item once the agenda is cut to the meeting's length. None where it is not too long, where
    its first item has begun, or where it holds more items than the time has five minutes.

    The clock alone takes nothing away: who plans while the set is still sitting down can fit the agenda too."""
    if _is_under_way(planned) or sum(item.minutes for item in planned) <= meeting.minutes:
        return None
    return fitted([(item.kind, item.minutes) for item in planned], meeting.minutes)


def fit(meeting: Meeting) -> None:
    """Cut the agenda to the meeting's length, as `fits` says; pressed twice, once.

    Raises NotNowError, and UnderWayError once the first item has begun.
    """
    with _held(meeting):
        planned = items(meeting)
        _refuse_under_way(planned)
        for item, minutes in zip(planned, fits(meeting, planned) or (), strict=False):
            item.minutes_before, item.minutes, item.version = item.minutes, minutes, item.version + 1
        AgendaItem.objects.bulk_update(planned, ["minutes_before", "minutes", "version"])


def can_unfit(planned: Sequence[AgendaItem]) -> bool:
    """Whether items still have the minutes that fitting gave them. Once the first has begun they keep them."""
    return not _is_under_way(planned) and any(item.minutes_before is not None for item in planned)


def unfit(meeting: Meeting) -> None:
    """Undo the last `fit`: each item has the minutes that it had, unless it was changed since.

    Raises NotNowError, and UnderWayError once the first item has begun.
    """
    with _held(meeting):
        _refuse_under_way(items(meeting))
        fitted_ones = meeting.items.exclude(minutes_before=None)
        fitted_ones.update(minutes=F("minutes_before"), minutes_before=None, version=F("version") + 1)


def add(
    meeting: Meeting, key: UUID, values: Mapping[str, Any], concepts: Collection[PredefinedConcept] = ()
) -> AgendaItem:
    """A new item at the end, with these concepts of the programme's library; the same one for the same `key`.

    Raises NotNowError and FullError.
    """
    with _held(meeting):
        there = meeting.items.filter(key=key).first()
        if there is not None:
            return there
        if meeting.items.count() >= MOST:
            raise FullError
        values = {"day": last_day(meeting)} | dict(values)
        made = AgendaItem.objects.create(meeting=meeting, key=key, position=_end_of(meeting), **values)
        made.concepts.set(concepts)
        return made


def save(
    item: AgendaItem, version: int, values: Mapping[str, Any], concepts: Collection[PredefinedConcept] = ()
) -> bool:
    """Write `values` and `concepts` over an item still at `version`; one removed meanwhile stands there again.

    False, and nothing is done, when another facilitator was quicker. The item says afterwards what the row says.
    Raises NotNowError.
    """
    with _held(item.meeting):
        expected = AgendaItem.objects.filter(pk=item.pk, version=version)
        changed = expected.update(version=F("version") + 1, removed=False, minutes_before=None, **values)
        if changed:
            item.concepts.set(concepts)
    item.refresh_from_db(fields=(*values, "version", "removed"))
    return changed == 1


def move(item: AgendaItem, to: str) -> None:
    """Move an item one place "up" or "down", to the "end", or before the item whose id is `to`. Then it is of the day
    of what it stands beside; from the place next to another day it goes to the end of that day that is near. Raises
    NotNowError."""
    with _held(item.meeting) as meeting:
        rest = items(meeting)
        here = next((place for place, one in enumerate(rest) if one.pk == item.pk), None)
        if here is None:
            return
        moved = rest.pop(here)
        named = {str(one.pk): place for place, one in enumerate(rest)}
        place = {"up": max(here - 1, 0), "down": here + 1, "end": len(rest)}.get(to, named.get(to, here))
        beside = {"up": rest[:here][-1:], "down": rest[here : here + 1], "end": rest[-1:]}
        for other in beside.get(to, rest[place : place + 1] if to in named else []):
            if other.day != moved.day and to in {"up", "down"}:
                place = here
            moved.day = other.day
        rest.insert(place, moved)
        for place, one in enumerate(rest):
            one.position = place
        AgendaItem.objects.bulk_update(rest, ["day", "position"])


def remove(item: AgendaItem, *, removed: bool = True) -> None:
    """Take an item off the agenda, or put it back where it stood. Raises NotNowError."""
    with _held(item.meeting):
        AgendaItem.objects.filter(pk=item.pk).update(removed=removed)


def left_over(meeting: Meeting) -> list[AgendaItem]:
    """What the meeting before did not get round to or put aside, and this one has not taken over. Of items, nothing
    where nobody kept track in the room, and nothing that every meeting has by itself."""
    last = before(meeting)
    if last is None:
        return []
    planned = items(last)
    tracked = any(item.reached for item in planned)
    left = [item for item in planned if tracked and not item.reached and item.kind not in BY_ITSELF]
    aside = last.parked.filter(struck=False)
    left += [AgendaItem(pk=one.pk, kind=Kind.EXPLORATION, title=one.text, minutes=15) for one in aside]
    taken = _taken(meeting)
    return [item for item in left if item.pk not in taken]


def _taken(meeting: Meeting) -> set[UUID]:
    """The keys of a meeting's items, removed ones too; an item taken over has that of the one it was taken from."""
    return set(meeting.items.values_list("key", flat=True))


def carry(meeting: Meeting, chosen: Collection[UUID]) -> None:
    """Copy some of what was `left_over` to the end of this agenda. Sent twice, copied once. Raises NotNowError."""
    with _held(meeting):
        first, day = _end_of(meeting), last_day(meeting)
        left = [item for item in left_over(meeting) if item.pk in chosen]
        made = AgendaItem.objects.bulk_create(
            AgendaItem(meeting=meeting, key=item.pk, day=day, position=first + place, **_copied(item))
            for place, item in enumerate(left)
        )
        _copy_concepts(left, made)


def _copied(item: AgendaItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in COPIED}


def _is_under_way(planned: Sequence[AgendaItem]) -> bool:
    return any(item.reached for item in planned)


def _refuse_under_way(planned: Sequence[AgendaItem]) -> None:
    if _is_under_way(planned):
        raise UnderWayError


def _copy_concepts(models: Sequence[AgendaItem], made: Sequence[AgendaItem]) -> None:
    """Give new items the concepts of those they are like, but what was removed from the library since, what is in that
    of another programme, and what a turn of another set was about."""
    link = AgendaItem.concepts.through
    pairs = [
        (new, model)
        for model, new in zip(models, made, strict=False)
        if getattr(model, "has_concepts", False)
        and not (model.is_airtime and model.meeting.cohort_id != new.meeting.cohort_id)
    ]
    links = [
        link(agendaitem=new, predefinedconcept=one)
        for new, old in pairs
        for one in old.concepts.all()
        if not one.removed and one.programme_id == new.meeting.cohort.programme_id
    ]
    link.objects.bulk_create(links)


def _end_of(meeting: Meeting) -> int:
    last: int | None = meeting.items.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def last_day(meeting: Meeting) -> int:
    """The last day of which an item is, removed ones too: what is added is of it, unless somebody says another."""
    last: int | None = meeting.items.aggregate(last=Max("day"))["last"]
    return last or 1


@contextmanager
def _held(meeting: Meeting) -> Iterator[Meeting]:
    """Keep the meeting from being closed, and its agenda from being put in another order, meanwhile."""
    with transaction.atomic():
        if Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk).state != Meeting.State.PLANNED:
            raise NotNowError
        yield meeting
        Room.objects.tell(meeting)
