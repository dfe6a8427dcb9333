"""A set changes what its calendar entries hold, and when its members are reminded."""

from django.db import IntegrityError, transaction
from django.db.models import F

from sessions import reminders
from sessions.models import Meeting, SetCalendar


def choose(chosen: SetCalendar, version: int) -> bool:
    """Save a set's choices; False when somebody else changed them since `version` was read (0: none were saved).

    A reminder that it adds, and whose time has passed for a meeting, is not sent for that one.
    """
    with transaction.atomic():
        before = SetCalendar.of(chosen.cohort).remind_before
        if not _save(chosen, version):
            return False
        added = set(chosen.remind_before) - set(before)
        ahead = Meeting.objects.ahead().filter(cohort=chosen.cohort)
        reminders.skip_passed(ahead, chosen.cohort.memberships.current(), of=added)
    return True


def _save(chosen: SetCalendar, version: int) -> bool:
    if version == 0:
        try:
            with transaction.atomic():
                chosen.version = 1
                chosen.save(force_insert=True)
        except IntegrityError:
            return False
        return True
    unchanged = SetCalendar.objects.filter(pk=chosen.pk, version=version)
    new = {"entries": chosen.entries, "remind_before": chosen.remind_before}
    return bool(unchanged.update(version=F("version") + 1, **new))
