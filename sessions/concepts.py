"""The list of words and concepts that a set draws up while it meets, everybody from their own phone.

It is not anonymous in the room, and its page says so. No row says who wrote a term; at the close, and when the meeting
is cancelled, the terms are copied into new rows in another order, and what stood there before is deleted; the next
sweep rewrites the table (`challenges.purge.clear_lists`), so that the file does not tell either.
"""

import secrets
from uuid import UUID

from django.db import transaction

from sessions.models import Concept, Meeting
from sessions.words import by_the_alphabet

MOST = 200  # terms on one list, struck out or not: five times those of a full workshop


class NotNowError(Exception):
    """The meeting has not begun yet, or was closed or cancelled: its list stands as it is."""


class FullError(Exception):
    """The list would hold more than MOST terms. `room` is how many it takes still, and `new` how many were to come."""

    def __init__(self, room: int, new: int) -> None:
        super().__init__("The list is full.")
        self.room, self.new = room, new


def is_open(meeting: Meeting) -> bool:
    """Whether the set can write on its list now: from the beginning of the meeting until its close."""
    return meeting.has_begun and meeting.state == Meeting.State.PLANNED


def listed(meeting: Meeting) -> list[Concept]:
    """The terms on the list, by the alphabet: any other order would be that of writing."""
    return sorted(meeting.concepts.filter(struck=False), key=lambda concept: by_the_alphabet(concept.text))


def add(meeting: Meeting, *texts: str) -> list[str]:
    """Put terms on the list, or back on it if they were struck out: all, or none. Returns those that are there
    already, whatever their capitals. Raises NotNowError, and FullError."""
    with transaction.atomic():
        _hold(meeting)
        written = {concept.text.casefold(): concept for concept in meeting.concepts.all()}
        wanted = {text.casefold(): text for text in reversed(texts)}
        new = [Concept(meeting=meeting, text=text) for key, text in reversed(wanted.items()) if key not in written]
        room = max(0, MOST - len(written))
        if len(new) > room:
            raise FullError(room, len(new))
        Concept.objects.bulk_create(new)
        struck = {key for key in wanted if key in written and written[key].struck}
        meeting.concepts.filter(pk__in=[written[key].pk for key in struck]).update(struck=False)
        return [text for key, text in reversed(wanted.items()) if key in written and key not in struck]


def strike(meeting: Meeting, concept_id: UUID) -> Concept | None:
    """Strike a term out, whoever wrote it. The term; None if this list has no such term. Raises NotNowError."""
    return _mark(meeting, concept_id, struck=True)


def put_back(meeting: Meeting, concept_id: UUID) -> Concept | None:
    """Undo `strike`. The term; None if this list has no such term. Raises NotNowError."""
    return _mark(meeting, concept_id, struck=False)


def settle(meeting: Meeting) -> None:
    """At the close, or when the meeting is cancelled: copy the terms into new rows in an order that owes nothing to
    that of writing, and delete the old ones and what was struck out. Part of the caller's transaction."""
    texts = [concept.text for concept in listed(meeting)]
    secrets.SystemRandom().shuffle(texts)
    meeting.concepts.all().delete()
    Concept.objects.bulk_create(Concept(meeting=meeting, text=text) for text in texts)


def _mark(meeting: Meeting, concept_id: UUID, *, struck: bool) -> Concept | None:
    with transaction.atomic():
        _hold(meeting)
        meeting.concepts.filter(pk=concept_id).update(struck=struck)
        return meeting.concepts.filter(pk=concept_id).first()


def _hold(meeting: Meeting) -> None:
    """Keep the meeting from being closed meanwhile. Raises NotNowError if its list cannot be written on."""
    if not is_open(Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)):
        raise NotNowError
