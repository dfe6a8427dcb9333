"""Airtime: bids for it, whose turn it is, what a presenter is asked and notes, and a fair order over the programme.

What a presenter is asked is for them alone: no page shows it to anybody else, no row says who asked, and it can be read
once the turn is over, so that nobody sees a question arrive beside somebody who is typing.
"""

import secrets
import threading
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from challenges.models import Airtime, Asked, Bid
from learningsets.models import Cohort, Membership, User
from sessions.attendance import apology_of
from sessions.concepts import is_open
from sessions.models import AgendaItem, Attendance, Meeting, Room, Sharing, practice_of
from sessions.room import begin_again

MOST_ASKED = 40  # by one person, in one turn, through one process

# How many each person asked, in memory alone and for an hour at most. What others asked must limit nobody: who fills
# all places but one would learn whose question is kept, and who counts the places left, how many there are. Nor must
# it lie there for longer: of a turn in which one person asked, it would say who that was.
_asked_by: Counter[tuple[object, UUID]] = Counter()
FORGOTTEN_AFTER = 3600.0  # seconds from the first that is counted
_REMEMBERED = 5_000


class NotNowError(Exception):
    """Not while the meeting stands as it does: it is closed or cancelled, or the turn is not on."""


class NotComingError(Exception):
    """This member said that they can't come, so they bid for no time there."""


class SharedAlikeError(Exception):
    """Everybody in the set has the same time, so nobody bids for it."""


class NotHereError(Exception):
    """Somebody who is not marked as here, so they cannot present."""


class FullError(Exception):
    """Somebody has asked MOST_ASKED questions in one turn."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one member has had of the set's time so far. `waited` counts the meetings held since their last turn, or
    since they joined; `last` is the number of the meeting at which they had it."""

    membership: Membership
    turns: int
    minutes: int
    last: int | None
    waited: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could present next: only who is marked as here can be chosen."""

    share: Share
    bid: Bid | None
    here: bool

    @property
    def urgency(self) -> int:
        """For sorting: the most urgent first. A bid that was served asks for nothing more at this meeting."""
        return -self.bid.urgency if self.bid and not self.bid.served else 0  # type: ignore[attr-defined]  # annotated


def ledger(cohort: Cohort) -> list[Share]:
    """Everybody who takes part now, in a fair order: who has waited longest comes first, then who had least.

    A turn counts once it is over, with what it took by the room's clock; where that did not run, with the minutes that
    were planned, once the meeting was held.
    """
    held = Q(state__in=(Meeting.State.CLOSED, Meeting.State.TIPPED)) | Q(items__reached=True)
    meetings = list(Meeting.objects.filter(held, cohort=cohort).distinct().order_by("starts_at", "pk"))
    numbered = {meeting.pk: place for place, meeting in enumerate(meetings)}
    turns = Airtime.objects.filter(current=True, item__meeting__in=meetings, item__removed=False)
    turns = turns.exclude(item__in=_on(Room.objects.filter(meeting__cohort=cohort)))
    taken: dict[UUID, list[AgendaItem]] = {}
    for turn in turns.select_related("item__meeting"):
        if _was_held(turn.item):
            taken.setdefault(turn.presenter_id, []).append(turn.item)
    people = cohort.memberships.current().participants().select_related("user").order_by("user__name", "pk")
    shares = []
    for one in people:
        had = taken.get(one.pk, [])
        last = max((item.meeting for item in had), key=lambda meeting: numbered[meeting.pk], default=None)
        missed = [m for m in meetings if last is None and cohort.day_of(m.starts_at) >= one.joined_on]
        waited = len(missed) if last is None else len(meetings) - 1 - numbered[last.pk]
        seconds = sum(_seconds(item) for item in had)
        shares.append(Share(one, len(had), round(seconds / 60), last.number if last else None, waited))
    return sorted(shares, key=lambda share: (-share.waited, share.minutes))


def bids_for(meeting: Meeting) -> list[Bid] | None:
    """The bids of a meeting by urgency, then by name, at the end those of whoever has had a turn there (`served`); None
    where the set shares its time alike. That of somebody who can't come counts again when they come after all."""
    if practice_of(meeting.cohort).sharing != Sharing.BIDS:
        return None
    turns = Airtime.objects.filter(presenter=OuterRef("membership"), current=True, item__meeting=meeting)
    turns = turns.filter(item__removed=False, item__reached=True)
    served = Exists(turns.exclude(item__in=_on(Room.objects.filter(meeting=meeting))))
    excused = meeting.attendances.filter(status=Attendance.Status.APOLOGIES).values("membership")
    found = Bid.objects.filter(meeting=meeting, membership__left_on=None).exclude(membership__in=excused)
    found = found.select_related("membership__user")
    return list(found.annotate(served=served).order_by("served", "-urgency", "membership__user__name", "pk"))


def bid(meeting: Meeting, membership: Membership, minutes: int, urgency: int) -> None:
    """Bid for time at a meeting, or change one's bid. Raises NotNowError, once its agenda is over too,
    NotComingError, and SharedAlikeError."""
    with _planned(meeting):
        if practice_of(meeting.cohort).sharing != Sharing.BIDS:
            raise SharedAlikeError  # it would be kept unseen, and shown should the set go over to bids
        if not takes_bids(meeting):
            raise NotNowError
        if apology_of(meeting, membership) is not None:
            raise NotComingError
        values = {"minutes": minutes, "urgency": urgency}
        Bid.objects.update_or_create(meeting=meeting, membership=membership, defaults=values)
        Room.objects.tell(meeting)


def takes_bids(meeting: Meeting) -> bool:
    """Whether there is time left to bid for: until the meeting is closed, or its agenda has come to its end."""
    if not meeting.has_begun:
        return meeting.state == Meeting.State.PLANNED
    return meeting.state == Meeting.State.PLANNED and not Room.objects.filter(meeting=meeting, over=True).exists()


def withdraw(meeting: Meeting, membership: Membership) -> None:
    """Take one's bid back. Raises NotNowError."""
    with _planned(meeting):
        Bid.objects.filter(meeting=meeting, membership=membership).delete()
        Room.objects.tell(meeting)


def candidates(meeting: Meeting) -> list[Candidate]:
    """Who is here or bids, in the order that is suggested: by urgency of their bid, until they had a turn, then as is
    fair. Where time is shared alike, who had least comes first."""
    here = set(_here(meeting).values_list("membership_id", flat=True))
    found = bids_for(meeting)
    bids = {one.membership_id: one for one in found or ()}
    everybody = [(share, share.membership.pk) for share in ledger(meeting.cohort)]
    could = [Candidate(share, bids.get(who), who in here) for share, who in everybody if who in here or who in bids]
    if found is None:
        return sorted(could, key=lambda one: one.share.minutes)
    return sorted(could, key=lambda one: one.urgency)


def present(item: AgendaItem, membership_id: UUID) -> None:
    """Let somebody who is here have this turn. Whoever had it before keeps what they noted; what they were asked they
    read only if they had read it already, or have the turn again.

    Raises NotNowError, and NotHereError.
    """
    with _planned(item.meeting):
        if not _here(item.meeting).filter(membership=membership_id, membership__left_on=None).exists():
            raise NotHereError
        if Airtime.objects.filter(item=item, current=True, presenter=membership_id).exists():
            return
        Airtime.objects.filter(item=item, current=True).update(current=False)
        Airtime.objects.update_or_create(item=item, presenter_id=membership_id, defaults={"current": True})
        begin_again(item)  # choosing takes nothing of their time
        Room.objects.tell(item.meeting)


def present_nobody(item: AgendaItem) -> None:
    """Take a choice back before the turn has begun: while the room is at its first stage, or before it.

    Raises NotNowError.
    """
    with _planned(item.meeting):
        at_first = Room.objects.filter(item=item, stage=0, over=False)
        if item.reached and not at_first.exists():
            raise NotNowError
        Airtime.objects.filter(item=item, current=True).update(current=False)
        Room.objects.tell(item.meeting)


def is_on(airtime: Airtime) -> bool:
    """Whether the room is at this turn."""
    return is_open(airtime.item.meeting) and Room.objects.filter(item=airtime.item_id, over=False).exists()


def takes_questions(airtime: Airtime) -> bool:
    """Whether this presenter can be asked: they have the turn, it is on, and what was asked in it was not read yet.
    Else going on and back would hand them one question at a time, each beside whoever was just typing."""
    turns = Airtime.objects.filter(item=airtime.item_id)
    has_it, read = turns.filter(pk=airtime.pk, current=True), turns.filter(shown=True)
    return is_on(airtime) and has_it.exists() and not read.exists()


def ask(airtime: Airtime, by: User, text: str) -> None:
    """Keep a question for the presenter. The same words twice are one, and nobody is told which. What is answered owes
    nothing to what others asked. Raises NotNowError and FullError."""
    mine = (by.pk, airtime.pk)
    with _planned(airtime.item.meeting):
        if not takes_questions(airtime):
            raise NotNowError
        if _asked_by[mine] >= MOST_ASKED:
            raise FullError
        # One statement, whether or not the same was asked: the time that it takes would tell.
        Asked.objects.bulk_create([Asked(airtime=airtime, text=text)], ignore_conflicts=True)
    if len(_asked_by) >= _REMEMBERED:
        _asked_by.clear()
    if not _asked_by:
        later = threading.Timer(FORGOTTEN_AFTER, _asked_by.clear)
        later.daemon = True
        later.start()
    _asked_by[mine] += 1


def received(airtime: Airtime) -> list[str] | None:
    """What a presenter was asked, in an order drawn anew each time; None while the turn is on.

    Reading it, though there be nothing, is the end of asking: from then on the same questions are read, and never one
    more. Only who has the turn by then can begin to read. What others were asked who had it before is deleted: a name
    that was tapped for a minute would get the questions of that minute by themselves.
    """
    if not airtime.shown and not _show(airtime):
        return None if airtime.current else []
    texts = list(airtime.asked.values_list("text", flat=True))
    secrets.SystemRandom().shuffle(texts)
    return texts


def note(airtime: Airtime, version: int, notes: str) -> bool:
    """Keep a presenter's notes. False when another tab was quicker; `airtime` says then what stands there."""
    if airtime.version == version and airtime.notes == notes:
        return True
    changed = Airtime.objects.filter(pk=airtime.pk, version=version).update(notes=notes, version=F("version") + 1)
    airtime.refresh_from_db(fields=("notes", "version"))
    return changed == 1


def settle(meetings: Collection[UUID]) -> None:
    """Copy what was asked at these meetings into new rows, in an order that owes nothing to that of asking.

    Each meeting is held meanwhile: where a closing was undone its set goes on asking, and what is asked now is kept.
    """
    for pk in sorted(meetings):
        with transaction.atomic():
            Meeting.objects.select_for_update(no_key=True).get(pk=pk)
            there = list(Asked.objects.filter(airtime__item__meeting=pk))
            rows = [Asked(airtime_id=one.airtime_id, text=one.text) for one in there]
            secrets.SystemRandom().shuffle(rows)
            Asked.objects.filter(pk__in=[one.pk for one in there]).delete()
            Asked.objects.bulk_create(rows)


def _show(airtime: Airtime) -> bool:
    """End the asking. False, and nothing is done, while the turn is on or before it, and for who does not have it."""
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update(no_key=True).get(pk=airtime.item.meeting_id)  # nobody asks now
        now = Airtime.objects.select_related("item").get(pk=airtime.pk)
        now.item.meeting = meeting
        if not now.current or is_on(now) or not now.item.reached:
            return False
        Airtime.objects.filter(pk=now.pk).update(shown=True)
        Asked.objects.filter(airtime__item=now.item, airtime__shown=False).delete()
        return True


def bids_of_person(user: User) -> list[dict[str, Any]]:
    """For the file of somebody's data: the time they asked for."""
    bids = Bid.objects.filter(membership__user=user).select_related("meeting__cohort").order_by("meeting__starts_at")
    return [
        {
            "set": str(one.meeting.cohort),
            "day": one.meeting.day,
            "minutes": one.minutes,
            "urgency": one.get_urgency_display(),
        }
        for one in bids
    ]


def turns_of_person(user: User) -> list[dict[str, Any]]:
    """For the file of somebody's data: the turns for which they were chosen, what these took, and their notes. Not what
    they were asked, nor what the turn is called on the agenda: others wrote that."""
    turns = Airtime.objects.filter(presenter__user=user).select_related("item__meeting__cohort")
    return [
        {
            "set": str(one.item.meeting.cohort),
            "day": one.item.meeting.day,
            "minutes": round(_seconds(one.item) / 60) if one.current and _was_held(one.item) else 0,
            "notes": one.notes,
        }
        for one in turns.order_by("item__meeting__starts_at", "item__position")
    ]


def _was_held(item: AgendaItem) -> bool:
    """Whether the room was at this turn, or its meeting is over and was held."""
    return item.reached or item.meeting.state in (Meeting.State.CLOSED, Meeting.State.TIPPED)


def _seconds(item: AgendaItem) -> int:
    """What a turn took by the room's clock, or was to take where that did not run."""
    return item.seconds if item.reached or item.seconds else item.minutes * 60


def _on(rooms: QuerySet[Room]) -> QuerySet[Room, Any]:
    """The items that these rooms are at."""
    return rooms.filter(item__isnull=False, over=False).values("item")


def _here(meeting: Meeting) -> QuerySet[Attendance]:
    return meeting.attendances.filter(status=Attendance.Status.PRESENT)


@contextmanager
def _planned(meeting: Meeting) -> Iterator[None]:
    """Keep the meeting from being closed meanwhile. Raises NotNowError when it was, or is cancelled."""
    with transaction.atomic():
        if Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk).state != Meeting.State.PLANNED:
            raise NotNowError
        yield
