"""Letters about dates: one recipient each, nothing in them of what is said in a set, not even its name."""

from collections.abc import Callable, Sequence

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learningsets import mail
from learningsets.models import Cohort
from sessions.models import Meeting


def dates_are_set(cohort: Cohort, meetings: Sequence[Meeting]) -> None:
    """Tell each member that there are new dates: how many, and the first of `meetings`."""
    if not meetings:
        return
    first = min(meetings, key=lambda meeting: meeting.starts_at)
    count = len(meetings)
    _to_members(
        cohort,
        reverse("learningsets:cohort", args=[cohort.pk]),
        lambda: (
            _("Your learning set has new dates"),
            ngettext(
                "Your learning set has a new date: %(when)s (%(zone)s). It is on its page:",
                "Your learning set has %(count)d new dates. The first is %(when)s (%(zone)s). All are on its page:",
                count,
            )
            % {"count": count, "when": first.when, "zone": first.time_zone},
        ),
    )


def meeting_changed(meeting: Meeting) -> None:
    """Tell each member that a meeting was moved, or that its place changed."""
    _to_members(
        meeting.cohort,
        reverse("meetings:meeting", args=[meeting.pk]),
        lambda: (
            _("A meeting of your learning set has changed"),
            _("A meeting of your learning set has a new date, time or place. This is what it is now: %(when)s.")
            % {"when": meeting.when},
        ),
    )


def meeting_cancelled(meeting: Meeting) -> None:
    """Tell each member that a meeting will not be held."""
    _to_members(
        meeting.cohort,
        reverse("meetings:meeting", args=[meeting.pk]),
        lambda: (
            _("A meeting of your learning set is cancelled"),
            _("Your learning set will not meet on %(when)s.") % {"when": meeting.when},
        ),
    )


def meeting_restored(meeting: Meeting) -> None:
    """Tell each member that a cancelled meeting will be held after all."""
    _to_members(
        meeting.cohort,
        reverse("meetings:meeting", args=[meeting.pk]),
        lambda: (
            _("A meeting of your learning set will be held after all"),
            _("Your learning set will meet on %(when)s after all.") % {"when": meeting.when},
        ),
    )


def _to_members(cohort: Cohort, path: str, say: Callable[[], tuple[str, str]]) -> None:
    for membership in cohort.memberships.current().select_related("user"):
        with translation.override(membership.user.language):
            subject, words = say()
        mail.send(membership.user.email, subject, f"{words}\n\n{mail.link(path)}\n")
