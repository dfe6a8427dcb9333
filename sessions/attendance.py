"""Who came, who said they could not, and who came as a guest.

Whoever marks attendance says who may answer the closing questions. So that nobody's answer can be told apart by it,
the first closing settles who may have been there and that who is marked present stays so, and the questions open once,
for at least as many as the set's floor together. docs/anonymity.md, "Who may answer".
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Value
from django.utils import timezone

from learningsets.contracts import signers
from learningsets.models import Identifier, Membership, Role, User
from learningsets.models.identifier import Kind
from learningsets.models.membership import MembershipQuerySet
from sessions import concepts, room
from sessions.apology_letters import apologies_changed, who_stand
from sessions.lifecycle import close, move_on
from sessions.models import Attendance, Guest, Meeting

Status = Attendance.Status
REASONS_ARE_KEPT = timedelta(days=31)  # after the meeting began: by then the next one is over


def expected(meeting: Meeting) -> list[Membership]:
    """The participants of the set, by name, who may have been there: not those who joined after its day.

    The first closing settles who they are: who joins later, on the same day too, is not among them.
    """
    if meeting.was_closed or meeting.state == Meeting.State.TIPPED:
        were_there = settled(meeting)
    else:
        were_there = meeting.cohort.memberships.filter(joined_on__lte=meeting.cohort.day_of(meeting.starts_at))
    current = were_there.current().participants()
    return list(current.select_related("user").order_by("user__name", "pk"))


def settled(meeting: Meeting) -> MembershipQuerySet:
    """Those who may have been at a meeting that was closed, whether they are in the set still or not: its rows of
    attendance, to which nothing adds from the closing on."""
    return Membership.objects.filter(attendances__meeting=meeting)


def joined_later(meeting: Meeting) -> list[Membership]:
    """The participants of the set, by name, who are not among the `expected`: the meeting was before their time."""
    known = {membership.pk for membership in expected(meeting)}
    current = meeting.cohort.memberships.current().participants().exclude(pk__in=known)
    return list(current.select_related("user").order_by("user__name", "pk"))


def open_questions(meeting: Meeting) -> bool:
    """Let those answer a closed meeting's questions who were there, are in the set and signed its contract, if they are
    as many as the set's floor (source: `learningsets.floors`). Whether this call did it.

    Once for each meeting, and for all of them together: of a few who may answer, or of one who could answer later than
    the others, a sentence that shows when it was written would show by whom. Who is marked or signs afterwards does not
    answer at this meeting, and who leaves afterwards still does.
    """
    with transaction.atomic():
        now = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
        if not now.is_asking or meeting.has_opened:
            return False
        there = meeting.attendances.filter(
            status=Status.PRESENT,
            membership__role=Role.PARTICIPANT,
            membership__left_on=None,
            membership__in=signers(meeting.cohort, meeting.cohort.day_of(meeting.starts_at)),
        )
        them = list(there.values_list("pk", flat=True))
        if len(them) < meeting.cohort.block_floor:
            return False
        Attendance.objects.filter(pk__in=them).update(may_answer=True)
        return True


def may_answer(meeting: Meeting, membership: Membership) -> bool:
    """Whether this member is one of those for whom a meeting's closing questions were opened."""
    return meeting.attendances.filter(membership=membership, may_answer=True).exists()


def unsigned(meeting: Meeting) -> list[Membership]:
    """Those of the `expected` who have not signed the contract yet, so that the questions would not open for them."""
    signed = set(signers(meeting.cohort, meeting.cohort.day_of(meeting.starts_at)).values_list("pk", flat=True))
    return [membership for membership in expected(meeting) if membership.pk not in signed]


class StaysPresentError(ValueError):
    """Somebody marked present at a meeting that was closed: that is not taken away any more."""


class NotExpectedError(ValueError):
    """Somebody who was not in the set when the meeting took place."""


class TooLateError(ValueError):
    """Apologies for a meeting that has begun or is cancelled."""


def cannot_come(meeting: Meeting, membership: Membership, reason: str) -> None:
    """Note a member's apologies for a meeting that lies ahead, and tell those who facilitate the set that there are
    some. `reason` is for them alone; said again without one, in another tab, the one that they gave stands.

    Raises TooLateError for any other meeting: who was there is then for a facilitator to mark.
    """
    if not meeting.lies_ahead:
        raise TooLateError
    with transaction.atomic():
        before = apology_of(meeting, membership)
        if before is None:
            apologies_changed(meeting, who_stand(meeting))
        if before is not None and not reason:
            return
        said, _new = Attendance.objects.update_or_create(
            meeting=meeting, membership=membership, defaults={"status": Status.APOLOGIES, "reason": reason}
        )
        said.told_to.set(meeting.cohort.memberships.current().facilitators() if reason else ())


def rows_for(meeting: Meeting, reader: Membership) -> list[Attendance]:
    """A meeting's rows by name, each with `was_told`: whether the reason in it was given to this reader, as one who
    facilitates the set. Who facilitates it later was told of no reason from before."""
    told = Attendance.told_to.through.objects.filter(attendance=OuterRef("pk"), membership=reader)
    was_told = Exists(told) if reader.is_facilitator else Value(False)
    rows = meeting.attendances.select_related("membership__user").annotate(was_told=was_told)
    return list(rows.order_by("membership__user__name", "pk"))


def apology_of(meeting: Meeting, membership: Membership) -> Attendance | None:
    """What this member said of not coming, if they did."""
    return meeting.attendances.filter(membership=membership, status=Status.APOLOGIES).first()


def can_come(meeting: Meeting, membership: Membership) -> None:
    """Take a member's apologies back while the meeting lies ahead, and tell those who were told of them; afterwards
    take back only the reason that they gave. What a facilitator has marked stays."""
    theirs = Attendance.objects.filter(meeting=meeting, membership=membership)
    with transaction.atomic():
        stood = who_stand(meeting)
        if meeting.lies_ahead and theirs.filter(status=Status.APOLOGIES).delete()[0]:
            apologies_changed(meeting, stood)
        theirs.update(reason="")


def forget_reasons() -> int:
    """Delete the reasons of meetings that began a month ago, and those that nobody may read any more because who was
    told them facilitates the set no longer. That somebody could not come stays. How many."""
    told = Attendance.told_to.through.objects.filter(attendance=OuterRef("pk"))
    hearers = told.filter(membership__left_on=None, membership__role=Role.FACILITATOR)
    over = Q(meeting__starts_at__lte=timezone.now() - REASONS_ARE_KEPT)
    return Attendance.objects.exclude(reason="").filter(over | ~Exists(hearers)).update(reason="")


def mark(meeting: Meeting, version: int, present: Mapping[Membership, bool]) -> None:
    """Record for each participant whether they were there. Reasons given for an absence are kept.

    Raises ChangedMeanwhileError when another facilitator changed the meeting since, or its box has been tipped out;
    NotExpectedError for who is not among the `expected`; StaysPresentError for a mark taken away after the closing.
    """
    state = Meeting.State.CLOSED if meeting.state == Meeting.State.CLOSED else Meeting.State.PLANNED
    with transaction.atomic():
        move_on(meeting, version, state)
        if not set(present) <= set(expected(meeting)):
            raise NotExpectedError
        if meeting.was_closed and taken_away(meeting, present):
            raise StaysPresentError
        for membership, came in present.items():
            Attendance.objects.update_or_create(
                meeting=meeting,
                membership=membership,
                defaults={"status": Status.PRESENT if came else Status.ABSENT},
            )
        open_questions(meeting)


def tap(meeting: Meeting, membership_id: UUID, *, came: bool) -> None:
    """Mark one participant while others are marked elsewhere: whoever taps says what is to stand, so twice is once.

    A tap that is taken back says nothing of them any more, for the set reads the rows while it meets: that somebody was
    not there is said by the form, or by the close. A reason given beforehand makes it an apology again.
    Raises what `mark` raises.
    """
    with transaction.atomic():
        now = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
        who = next((one for one in expected(meeting) if one.pk == membership_id), None)
        if who is None:
            raise NotExpectedError
        if was_present(meeting, who) == came:
            return
        if came:
            mark(meeting, now.version, {who: True})
            return
        if now.was_closed:
            raise StaysPresentError
        move_on(meeting, now.version, Meeting.State.PLANNED)
        meeting.attendances.filter(membership=who).exclude(reason="").update(status=Status.APOLOGIES)
        meeting.attendances.filter(membership=who, status=Status.PRESENT).delete()


def taken_away(meeting: Meeting, present: Mapping[Membership, bool]) -> list[Membership]:
    """Those who are marked present and would not be any more."""
    absent = [membership for membership, came in present.items() if not came]
    there = meeting.attendances.filter(status=Status.PRESENT, membership__in=absent)
    gone = set(there.values_list("membership_id", flat=True))
    return [membership for membership in absent if membership.pk in gone]


def mark_and_close(meeting: Meeting, version: int, present: Mapping[Membership, bool], tips_at: datetime) -> None:
    """`mark`, settle who may have been there, `lifecycle.close`, and open the questions, in one. Raises what they
    raise."""
    with transaction.atomic():
        mark(meeting, version, present)
        if not meeting.was_closed:
            _settle(meeting)
        close(meeting, meeting.version, tips_at)
        concepts.settle(meeting)
        room.end(meeting)
        open_questions(meeting)


def _settle(meeting: Meeting) -> None:
    """Give everybody who may have been there a row, and nobody else: from the closing on the rows say who they are."""
    participants = {membership.pk for membership in expected(meeting)}
    meeting.attendances.exclude(membership__in=participants).delete()
    absent = [Attendance(meeting=meeting, membership_id=pk, status=Status.ABSENT) for pk in sorted(participants)]
    Attendance.objects.bulk_create(absent, ignore_conflicts=True)


def was_present(meeting: Meeting, membership: Membership) -> bool:
    """Whether a facilitator has marked this member present."""
    return Attendance.objects.filter(meeting=meeting, membership=membership, status=Status.PRESENT).exists()


def add_guest(meeting: Meeting, name: str, organisation: str) -> Guest:
    """Note a guest, and make the boundary know the name and the employer for good."""
    with transaction.atomic():
        Identifier.objects.remember(meeting.cohort, (Kind.NAME, name), (Kind.ORGANISATION, organisation))
        return Guest.objects.create(meeting=meeting, name=name, organisation=organisation)


def remove_guest(meeting: Meeting, guest_id: int) -> None:
    """Take a guest off the list. The boundary goes on knowing the name: it may stand in what was written."""
    Guest.objects.filter(meeting=meeting, pk=guest_id).delete()


def of_person(user: User) -> list[dict[str, Any]]:
    """For the file of somebody's data: the meetings they came to or not, and the reasons they gave that are kept."""
    rows = Attendance.objects.filter(membership__user=user).select_related("meeting__cohort")
    return [
        {"set": str(row.meeting.cohort), "day": row.meeting.day, "status": row.status, "reason": row.reason}
        for row in rows.order_by("meeting__starts_at", "pk")
    ]
