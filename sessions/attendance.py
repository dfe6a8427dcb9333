"""Who came, who said they could not, and who came as a guest."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from learningsets.models import Identifier, Membership
from learningsets.models.identifier import Kind
from sessions.lifecycle import close, move_on
from sessions.models import Attendance, Guest, Meeting

Status = Attendance.Status


def expected(meeting: Meeting) -> list[Membership]:
    """The participants of the set, by name: those who may have been there."""
    current = meeting.cohort.memberships.current().participants()
    return list(current.select_related("user").order_by("user__name", "pk"))


class TooLateError(ValueError):
    """Apologies for a meeting that has begun or is cancelled."""


def cannot_come(meeting: Meeting, membership: Membership, reason: str) -> None:
    """Note a member's apologies for a meeting that lies ahead. `reason` is for the set's facilitators only.

    Raises TooLateError for any other meeting: who was there is then for a facilitator to mark.
    """
    if meeting.has_begun or meeting.state != Meeting.State.PLANNED:
        raise TooLateError
    Attendance.objects.update_or_create(
        meeting=meeting, membership=membership, defaults={"status": Status.APOLOGIES, "reason": reason}
    )


def can_come(meeting: Meeting, membership: Membership) -> None:
    """Take a member's apologies back; what a facilitator has marked stays."""
    Attendance.objects.filter(meeting=meeting, membership=membership, status=Status.APOLOGIES).delete()


def mark(meeting: Meeting, version: int, present: Mapping[Membership, bool]) -> None:
    """Record for each participant whether they were there. Reasons given for an absence are kept.

    Raises ChangedMeanwhileError when another facilitator changed the meeting since, or its box has been tipped out.
    """
    state = Meeting.State.CLOSED if meeting.state == Meeting.State.CLOSED else Meeting.State.PLANNED
    with transaction.atomic():
        move_on(meeting, version, state)
        for membership, came in present.items():
            Attendance.objects.update_or_create(
                meeting=meeting,
                membership=membership,
                defaults={"status": Status.PRESENT if came else Status.ABSENT},
            )


def mark_and_close(meeting: Meeting, version: int, present: Mapping[Membership, bool], tips_at: datetime) -> None:
    """`mark` and `lifecycle.close` in one, for the page that asks for both. Raises what they raise."""
    with transaction.atomic():
        mark(meeting, version, present)
        close(meeting, meeting.version, tips_at)


def was_present(meeting: Meeting, membership: Membership) -> bool:
    """Whether a facilitator has marked this member present."""
    return Attendance.objects.filter(meeting=meeting, membership=membership, status=Status.PRESENT).exists()


def add_guest(meeting: Meeting, name: str, organisation: str) -> Guest:
    """Note a guest, and make the boundary know the name and the employer for good."""
    with transaction.atomic():
        Identifier.objects.remember(meeting.cohort, Kind.NAME, name)
        Identifier.objects.remember(meeting.cohort, Kind.ORGANISATION, organisation)
        return Guest.objects.create(meeting=meeting, name=name, organisation=organisation)


def remove_guest(meeting: Meeting, guest_id: int) -> None:
    """Take a guest off the list. The boundary goes on knowing the name: it may stand in what was written."""
    Guest.objects.filter(meeting=meeting, pk=guest_id).delete()
