"""Whether pages are still those of the write-up, the decisions and the people as they stand."""

from datetime import timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from reports.build import build_document
from reports.document import DocumentError
from reports.models import Release, Window
from reports.models.release import State
from reports.write_up import WriteUpError

UNREADABLE = (WriteUpError, DocumentError)
"""What a report raises that was stored by a later version of the product, or has lost its shape."""
FRESH: Final = timedelta(days=60)
"""So long after a reading its pages are looked at: those that never leave would be looked at for ever."""


def is_current(release: Release) -> bool:
    """Whether pages would be made alike now. Raises one of `UNREADABLE`."""
    return build_document(release.report, "release", key=b"").input_hash == release.input_hash


def look_again() -> int:
    """Note of the pages that sets read now, or have just read and did not object to, whether they could still leave;
    for how many that is new.

    Pages say what was noted. To look whenever one is asked for would take seconds, and to remember that for a minute
    would tell a member, by how soon their page comes, that somebody else has read in it.
    """
    noted = 0
    later = Window.objects.filter(report=OuterRef("report"), number__gt=OuterRef("number"))
    waits = Q(~Exists(later), state=Window.State.CLOSED, release__state=State.READY)
    waits &= Q(closes_at__gt=timezone.now() - FRESH)
    read = Window.objects.filter(Q(state=Window.State.OPEN) | waits).select_related(
        "release__report__cohort__programme"
    )
    for window in read.defer("release__pdf", "release__html", "release__document"):
        try:
            outdated = not is_current(window.release)
        except UNREADABLE:
            outdated = True
        changed = Window.objects.filter(pk=window.pk, state=window.state).exclude(outdated=outdated)
        noted += changed.update(outdated=outdated)
    return noted
