"""Reminders of meetings, as many days before as a set chose: one letter to each member, saying when, and nothing else.

A reminder's row and its letter are written in one transaction that holds the meeting, so a sweep that dies, comes twice
or comes late loses none and doubles none. Days are counted on the wall: "one day before 14:00" is 14:00 the day before,
though the clocks change in the night.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from learningsets import mail
from learningsets.models import Cohort, Letter, Membership
from sessions.letters import cannot_come
from sessions.models import REMIND_BEFORE, Attendance, DatesTold, Meeting, NoReminders, Reminder, SetCalendar
from sessions.recurrence import days_before
from sessions.words import span_in_words

EARLIEST = timedelta(days=max(days for days, _words in REMIND_BEFORE) + 1)
KEPT = timedelta(days=7)  # rows outlive their meeting by this, in case the clock that said it had begun was wrong
ABOUT = "reminder"  # what one is about, and its meeting


def send_due() -> int:
    """Remind whoever is to be reminded by now; how many. Of several reminders that are due, as after a day on which
    nothing ran, the last one says it all."""
    now = timezone.now()
    _drop_stale(now)
    soon = Meeting.objects.filter(state=Meeting.State.PLANNED, starts_at__gt=now, starts_at__lt=now + EARLIEST)
    due: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in soon.select_related("cohort__calendar"):
        passed = _passed(meeting, _chosen(meeting.cohort), now)
        if passed:
            due[min(passed)].append(meeting)
    count = 0
    for days, meetings in due.items():
        unreminded = set(_unreminded(meetings, days).values_list("of_meeting", flat=True))
        count += sum(_remind(meeting, days) for meeting in meetings if meeting.pk in unreminded)
    return count


def _chosen(cohort: Cohort) -> list[int]:
    calendar: SetCalendar | None = getattr(cohort, "calendar", None)  # none where the set never chose
    days: list[int] = (calendar or SetCalendar()).remind_before
    return days


def _passed(meeting: Meeting, remind_before: Iterable[int], now: datetime) -> list[int]:
    """Those of a set's reminders whose time has come."""
    return [days for days in remind_before if days_before(meeting.starts_at, days, meeting.time_zone) <= now]


def _unreminded(meetings: list[Meeting], days: int) -> "QuerySet[Any]":
    """Who is to be reminded of one of these meetings, which is their `of_meeting`, and was not yet.

    Not who was not told the dates yet (they will be in a minute), said they can't come, or wants no reminders.
    """
    pair = {"meeting": OuterRef("of_meeting"), "membership": OuterRef("pk")}
    members = Membership.objects.current().filter(cohort__meetings__in=meetings, user__is_example=False)
    return (
        members.filter(dates_told__isnull=False, no_reminders=None)
        .annotate(of_meeting=F("cohort__meetings"))
        .exclude(Exists(Reminder.objects.filter(**pair, days__lte=days)))  # a later one said it: clocks are set back
        .exclude(Exists(Attendance.objects.filter(**pair, status=Attendance.Status.APOLOGIES)))
    )


@transaction.atomic
def _remind(meeting: Meeting, days: int) -> int:
    """Remind a set's members of one meeting, unless it changed meanwhile; how many."""
    as_seen = Meeting.objects.filter(pk=meeting.pk, version=meeting.version, state=Meeting.State.PLANNED)
    if as_seen.select_for_update(no_key=True).first() is None:
        return 0
    members = list(_unreminded([meeting], days).select_related("user__calendar"))
    Reminder.objects.bulk_create(Reminder(meeting=meeting, membership=one, days=days) for one in members)
    for membership in members:
        _write(meeting, membership)
    return len(members)


def _write(meeting: Meeting, membership: Membership) -> None:
    user = membership.user
    zone = getattr(getattr(user, "calendar", None), "time_zone", "") or meeting.time_zone
    stop = stop_path(membership)
    with translation.override(user.language):
        when = f"{span_in_words(meeting.starts_at, meeting.minutes, zone)} ({zone})"
        words = _("Your learning set meets on %(when)s.") % {"when": when}
        page = mail.link(reverse("meetings:meeting", args=[meeting.pk]))
        below = f"{cannot_come(meeting)}\n{_('If you want no more reminders of this set:')}\n{mail.link(stop)}\n"
        subject = _("A reminder: your learning set meets soon")
    mail.send(user.email, subject, f"{words}\n\n{page}\n{below}", about=_about(meeting), stop=stop)


def skip_passed(
    meetings: Iterable[Meeting], members: Iterable[Membership], of: Iterable[int] = dict(REMIND_BEFORE)
) -> None:
    """Let no reminder (`of` so many days before) follow whose time has passed: these members know of these meetings."""
    now = timezone.now()
    people = list(members)
    rows = [
        Reminder(meeting=meeting, membership=one, days=days)
        for meeting in meetings
        for days in _passed(meeting, of, now)
        for one in people
    ]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)


def forget(meeting: Meeting) -> None:
    """Take back what was to be said of a meeting that is cancelled or moved, letters that wait among it."""
    Reminder.objects.filter(meeting=meeting).delete()
    mail.take_back(_about(meeting))


def plan_anew(meeting: Meeting) -> None:
    """Plan the reminders of a meeting that was moved or is held after all."""
    forget(meeting)
    skip_passed([meeting], meeting.cohort.memberships.current())


def _drop_stale(now: datetime) -> None:
    """Nobody is reminded of what has begun, though mail was down until now."""
    waiting = [UUID(about.removeprefix(f"{ABOUT} ")) for about in mail.waiting_matters(f"{ABOUT} ")]
    for meeting in Meeting.objects.filter(pk__in=waiting, starts_at__lte=now):
        mail.take_back(_about(meeting))
    Reminder.objects.filter(meeting__starts_at__lt=now - KEPT).delete()


def _about(meeting: Meeting) -> str:
    return f"{ABOUT} {meeting.pk}"


def stop_path(membership: Membership) -> str:
    """Where a member stops the reminders of one set, without signing in: an address that only their letters hold, until
    they are reminded again or leave. Only who was told the dates has one."""
    told = DatesTold.objects.filter(membership=membership)
    told.filter(stop_key=None).update(stop_key=uuid4())  # of two letters at once both hold the same
    return reverse("meetings:stop_reminders", args=[_signer().sign(str(told.get().stop_key))])


def reader(token: str) -> Membership | None:
    """Whose letters hold this token; None for one that was made up, or that was theirs before."""
    try:
        key = UUID(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None
    return Membership.objects.current().filter(dates_told__stop_key=key).select_related("user").first()


def look_again(letter: Letter) -> "tuple[()] | None":
    """Of a reminder that leaves: None when its reader is out of the set or wants none by now, or when it holds an
    address to stop them that is theirs no more."""
    membership = reader(letter.stop.rstrip("/").rpartition("/")[2])
    wanted = membership is not None and membership.user.email == letter.to and not who_stopped([membership])
    return () if wanted else None


def stop(membership: Membership) -> None:
    """Send this member no more reminders of the set."""
    NoReminders.objects.get_or_create(membership=membership)


def who_stopped(memberships: Iterable[Membership]) -> set[UUID]:
    """The keys of those of these memberships that get no reminders."""
    return set(NoReminders.objects.filter(membership__in=list(memberships)).values_list("membership", flat=True))


def resume(membership: Membership) -> None:
    """Send them again; not those whose time passed meanwhile. The address that stopped them leads nowhere from now."""
    skip_passed(Meeting.objects.ahead().filter(cohort=membership.cohort), [membership])
    NoReminders.objects.filter(membership=membership).delete()
    DatesTold.objects.filter(membership=membership).update(stop_key=None)


def _signer() -> Signer:
    return Signer(salt="meetings.stop_reminders", sep=".")
