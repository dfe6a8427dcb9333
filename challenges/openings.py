"""Telling those who were there that the closing questions are open. The letter says no more than that.

The boxes are begun here, before anybody is told, and not with the first draft: who facilitates the set then may read
what comes out of them, so whoever was asked to facilitate meanwhile would learn whether somebody had written by then.
"""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from challenges import prompts
from challenges.models import Opening
from learningsets import mail
from sessions.attendance import open_questions
from sessions.models import Meeting


def announce_due() -> int:
    """Open the questions of closed meetings for which enough have signed by now, and tell of each meeting whose
    questions opened and that was not told of yet. How many meetings.

    A closing that was undone is forgotten, so that closing the meeting again is told of again.
    """
    Opening.objects.filter(meeting__state=Meeting.State.PLANNED).delete()
    closed = Meeting.objects.filter(state=Meeting.State.CLOSED, tips_at__gt=timezone.now())
    for meeting in closed.select_related("cohort"):
        open_questions(meeting)
    untold = closed.filter(opening=None, attendances__may_answer=True).distinct()
    return sum(_announce(meeting) for meeting in untold.select_related("cohort"))


def _announce(meeting: Meeting) -> bool:
    try:
        with transaction.atomic():
            prompts.lock(meeting.cohort)
            Opening.objects.create(meeting=meeting)
            prompts.freeze(meeting)
            people = meeting.attendances.filter(may_answer=True).select_related("membership__user")
            for attendance in people.order_by("membership_id"):
                _tell(attendance.membership.user.email, attendance.membership.user.language, meeting)
    except IntegrityError:  # another worker is telling them
        return False
    return True


def _tell(address: str, language: str, meeting: Meeting) -> None:
    with translation.override(language):
        body = _("The closing questions of your learning set are open until %(when)s (%(zone)s). They are here:") % {
            "when": meeting.closing_until,
            "zone": meeting.time_zone,
        }
        subject = _("The closing questions of your learning set are open")
    mail.send(
        address, subject, f"{body}\n\n{mail.link(reverse('challenges:reflect'))}\n", about=f"questions {meeting.pk}"
    )
