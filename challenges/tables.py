"""What a page shows once a box was tipped out: answers and counts for the set, notes for their author alone."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, Min, OuterRef, Q, Sum

from challenges import kept
from challenges.access import detached_for
from challenges.models import Box, Prompt, Reflection
from learningsets.models import Membership
from sessions.models import Meeting


@dataclass(frozen=True)
class Said:
    """The answers to one prompt. `authors` is None when too few answered and the box stayed shut; `carried` is whether
    that box had waited since an earlier meeting, so that they may be more than were there. `still_shut` is whether a
    box that stayed shut is shut still: a later meeting that asked the same may have opened it.

    `labelled` is whether each answer may show how far it travels: a label that fewer than the floor chose would join
    what one person said under one question to what they said under the next. Of the programme's aims (`about_aims`)
    nothing is shown: what was said is counted over all sets.
    """

    question: str
    authors: int | None
    answers: list[Reflection]
    labelled: bool
    carried: bool
    about_aims: bool
    still_shut: bool


@dataclass(frozen=True)
class MyNote:
    """A note with its meeting (None if that is gone), and a mark by which its author can point at it."""

    note: kept.Note
    meeting: Meeting | None
    mark: str


def table(membership: Membership, meeting: Meeting) -> list[Said] | None:
    """What each prompt of a tipped meeting brought, as far as this member may read it; None for those who came later
    and may read nothing."""
    if not _may_read_anything(membership, meeting):
        return None
    answers: dict[str, list[Reflection]] = {}
    for reflection in detached_for(membership, meeting):
        answers.setdefault(str(reflection.prompt_id), []).append(reflection)
    chosen = Min("tallies__authors", filter=Q(tallies__authors__gt=0))
    carried = Exists(Prompt.objects.filter(box=OuterRef("box")).exclude(pk=OuterRef("pk")))
    shut = Exists(Box.objects.filter(pk=OuterRef("box"), state=Box.State.OPEN))
    prompts = Prompt.objects.filter(meeting=meeting).annotate(
        authors=Sum("tallies__authors"), fewest=chosen, carried=carried, still_shut=shut
    )
    floor = meeting.cohort.block_floor
    return [
        Said(
            prompt.text,
            prompt.authors,
            answers.get(str(prompt.pk), []),
            (prompt.fewest or 0) >= floor,
            prompt.carried,
            bool(prompt.aims),
            prompt.still_shut,
        )
        for prompt in prompts.order_by("position")
    ]


def notes(memberships: Iterable[Membership]) -> list[MyNote]:
    """What the holder of these memberships kept, the newest first."""
    found = [(place, note) for place in memberships for note in kept.kept_by(place)]
    meetings = {str(pk): one for pk, one in Meeting.objects.in_bulk([note.meeting for _place, note in found]).items()}
    return [MyNote(note, meetings.get(note.meeting), _mark(place, note)) for place, note in reversed(found)]


def drop(memberships: Iterable[Membership], mark: str) -> None:
    """Delete the note that `mark` points at; nothing if there is none such among these memberships'."""
    for place in memberships:
        for note in kept.kept_by(place):
            if _mark(place, note) == mark:
                kept.drop(place, note)
                return


def _may_read_anything(membership: Membership, meeting: Meeting) -> bool:
    return membership.is_facilitator or meeting.audience.filter(membership=membership).exists()


def _mark(place: Membership, note: kept.Note) -> str:
    return hashlib.sha256(f"{place.pk}\0{note.meeting}\0{note.question}\0{note.text}".encode()).hexdigest()[:32]
