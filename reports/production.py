"""From a queued release to certified bytes. The row is the truth: whoever holds its claim works, everybody else stops.

Each step is one conditional UPDATE on the claim, so a worker that was thought dead and wakes up changes nothing.
"""

import secrets
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from reports.build import Built, build_document
from reports.document import DocumentError, dumps
from reports.gate import Copies, Refused, certify
from reports.models import Printed, Refusal, Release, Report
from reports.models.release import UNDER_WAY, State
from reports.readback import read as read_back
from reports.renderer import RenderFailed, RenderTimedOut, page_in_child, render_in_child
from reports.structure import Unreadable
from reports.write_up import WriteUpError

ATTEMPTS: Final = 3
RENDER_SECONDS: Final = 50.0
"""How long the pages may take by the clock, on a busy machine and after another report. Of the processor they may take
`reports.renderer.CPU_SECONDS`, which is what ends a text that would never be set."""
SILENT: Final = timedelta(seconds=60)
"""A holder that has not reached its next step for this long is taken to be dead. Longer than any single step."""
WAITING: Final = timedelta(seconds=10)
"""A queued release is announced to the workers again after this long."""
CONSONANTS: Final = "bcdfghjklmnpqrstvwxz"
"""Letters that make nobody's name."""


def produce(release_id: UUID) -> None:
    """Take one release from queued to ready, or to failed with the reasons. Does nothing if somebody else does it.

    An exception that is not foreseen here leaves the claim to go stale; `take_up_again` sees to it.
    """
    now = timezone.now()
    claim = Release.objects.claim(release_id, now, stale_before=now - SILENT)
    if claim is None:
        return
    release = Release.objects.select_related("report__cohort__programme").get(pk=release_id)
    with translation.override(release.report.cohort.language):
        try:
            _produce(release, claim)
        except Refused as no:
            _fail(release, claim, _("The check of these pages found something that must not leave."), no.refusals)
        except WriteUpError:
            _fail(release, claim, _("What is written for this report cannot be read. Its own page says what to do."))
        except RenderTimedOut:
            _give_back(release, claim, _("Setting the pages took too long. Shorten very long texts, then try again."))
        except (RenderFailed, Unreadable, DocumentError):
            _give_back(release, claim, _("The pages could not be made. Your write-up is safe; try again."))


def take_up_again() -> list[UUID]:
    """The releases that a worker should be told of: waiting too long, or left in the middle. Marks them as announced.

    Those left in the middle for the last time are failed, in words.
    """
    now = timezone.now()
    stale = Release.objects.filter(state__in=UNDER_WAY, claimed_at__lt=now - SILENT)
    stale.filter(attempts__gte=ATTEMPTS).update(
        state=State.FAILED,
        claim=None,
        failure=_("Making the pages was cut short three times. Your write-up is safe; try again."),
    )
    due = Release.objects.filter(state=State.QUEUED) | Release.objects.filter(
        state__in=UNDER_WAY, claimed_at__lt=now - SILENT
    )
    announced = due.exclude(enqueued_at__gte=now - WAITING)
    ids = list(announced.order_by("enqueued_at").values_list("pk", flat=True))
    return [pk for pk in ids if announced.filter(pk=pk).update(enqueued_at=now)]


def review_copy(report: Report) -> bytes:
    """The report as it stands, as pages that say they are not released. Open findings stand in general words.

    Raises `reports.renderer.RenderFailed` or `RenderTimedOut`.
    """
    built = build_document(report, "review_copy", key=secrets.token_bytes(32))
    return render_in_child(dumps(built.document), RENDER_SECONDS)


def file_name(numbers: Iterable[int]) -> str:
    """What the PDF of a report is called: by the numbers of its meetings, and by six letters without meaning, as two
    versions of it may lie in one folder.

    Its title is not in it: what was taken out of that would stand in the name. Nor do digits stand there as those of a
    telephone number do ("10-11-12-13"): the name is searched like the pages.
    """
    held = "_".join(map(str, numbers))
    return f"meeting-report-{held}-{''.join(secrets.choice(CONSONANTS) for _letter in range(6))}.pdf"


def _produce(release: Release, claim: UUID) -> None:
    built = build_document(release.report, "release", key=secrets.token_bytes(32))
    if built.input_hash != release.input_hash:
        _fail(release, claim, _("The write-up changed while the pages were being made. Make them again."))
        return
    document = _freeze(release, claim, built)
    if document is None:
        return
    pdf = render_in_child(document, RENDER_SECONDS)
    if not _step(release, claim, State.CHECKING):
        return
    with ThreadPoolExecutor(1) as beside:  # the child makes the page while its PDF is read back here
        page = beside.submit(page_in_child, document, RENDER_SECONDS)
        read, html = read_back(pdf), page.result()
    if not _step(release, claim, State.CHECKING):  # a sign of life between two things that may take their time
        return
    filename = file_name(release.report.meetings.order_by("number").values_list("number", flat=True))
    certificate = certify(release.report, built, Copies(document, read, html, filename))
    _step(
        release,
        claim,
        State.READY,
        pdf=pdf,
        html=html,
        sha256=certificate["sha256"],
        certificate=certificate,
        filename=filename,
        failure="",
        refusals=[],
    )


def _freeze(release: Release, claim: UUID, built: Built) -> str | None:
    """The document these pages are made of: stored once, order and all; a second attempt prints the same one."""
    document = release.document or dumps(built.document)
    with transaction.atomic():
        if not _step(release, claim, State.RENDERING, document=document):
            return None
        Printed.objects.filter(release=release).delete()
        Printed.objects.bulk_create(
            Printed(release=release, contribution=contribution) for contribution in sorted(built.contributions)
        )
    return document


def _step(release: Release, held: UUID, state: State, **values: Any) -> bool:
    """Move on, if the claim still stands. Every step says that its holder is alive."""
    values["claimed_at"] = timezone.now()
    return bool(Release.objects.held(release.pk, held).update(state=state, **values))


def _fail(release: Release, held: UUID, failure: str, refusals: list[Refusal] | None = None) -> None:
    """Stop, with the reason in words. A refused document is dropped, so that the next attempt builds afresh."""
    _step(release, held, State.FAILED, failure=failure, refusals=refusals or [], document="", claim=None)


def _give_back(release: Release, held: UUID, failure: str) -> None:
    """Try again later, or fail when that has been done often enough."""
    state = State.FAILED if release.attempts >= ATTEMPTS else State.QUEUED
    _step(release, held, state, failure=failure, claim=None)
