"""The time for which the set reads a report before it leaves: give it, read it and object, call it back, decide.

The page on which members object has one address; what it is about is in the body. It writes no message, no log line
and no session: those would outlive the window, and tell who wrote something.
"""

from uuid import UUID

from django.contrib import messages
from django.db import Error as DatabaseError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from challenges import padding
from learningsets.access import SignedInRequest
from reports import windows
from reports.access import get_reading, get_release, get_report, lost_to, readings, windows_over
from reports.ballots import ClosedError, ConflictError, FullError
from reports.gate import Refused
from reports.models import Window
from reports.objecting import ObjectionForms
from reports.reading import Sheet, over

INVALID = 422
CONFLICT = 409


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: SignedInRequest) -> HttpResponse:
    """Exactly what would leave, passage by passage, with a way to object to each; what became of it after that."""
    if request.method != "POST":
        return _page(request)
    reader = get_reading(request.user, request.POST.get("window", ""))
    sheet = Sheet(reader, request.POST)
    if not sheet.can_be_kept:
        return _page(request, CONFLICT, refused=sheet)
    try:
        return _answer(request, sheet)
    finally:
        sheet.arrival.hold()


def _answer(request: SignedInRequest, sheet: Sheet) -> HttpResponse:
    """Keep what is right of a sheet, or say why not. The status is the same: on the wire it is part of the size."""
    if not sheet.is_valid():
        sheet.refuse()
        return _page(request, sent=sheet)
    try:
        sheet.save()
    except ConflictError as conflict:
        sheet.renew(conflict.standing)
        return _page(request, sent=sheet)
    except FullError:
        sheet.error = _("That is more text than is kept for one reader. Please shorten your suggestions.")
        return _page(request, sent=sheet)
    except ClosedError:
        return _page(request, refused=sheet)
    except (DatabaseError, TimeoutError):  # no line in the log: it would say that somebody saved
        sheet.error = _("This could not be saved just now, and what was saved before stands. Please try once more.")
        return _page(request, sent=sheet)
    return _page(request, saved=Sheet(sheet.reader))


def _page(
    request: SignedInRequest,
    status: int = 200,
    *,
    sent: Sheet | None = None,
    refused: Sheet | None = None,
    saved: Sheet | None = None,
) -> HttpResponse:
    """The page; in place of what is kept `sent`, the sheet that could not be, or `refused`, to be copied.

    `saved` is what stands since just now. It is told on the answer itself and not after a redirect, as an address or a
    cookie would stand in a browser's files, beside the moment.
    """
    made = {sheet.window.pk: sheet for sheet in (sent, saved) if sheet}
    sheets = [made.get(one.window_id) or Sheet(one) for one in readings(request.user)]
    if sent and sent not in sheets:  # it closed while a turn was waited for
        refused = sent
    context = {
        "sheets": sheets,
        "lost": lost_to(request.user),
        "over": [over(window) for window in windows_over(request.user)],
        "refused": refused,
        "saved": saved,
    }
    page = render(request, "reports/reading.html", context, status=status)
    # A window may close while a save waits for its turn: what it kept is told all the same, and takes its room.
    written = [*sheets, *(sheet for sheet in (refused, saved) if sheet and sheet not in sheets)]
    return padding.fill(page, least=padding.PAGE + sum(sheet.least for sheet in written))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def objections(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    """After a window, say what becomes of each passage that was objected to."""
    found = get_report(request.user, report_id)
    forms = ObjectionForms(found, request.user, request.POST if request.method == "POST" else None)
    while request.method == "POST" and forms.is_valid():
        if forms.save():
            messages.success(
                request, _("What becomes of each passage is saved. Make the pages again when all is decided.")
            )
            return redirect("reports:report", found.pk)
        forms = ObjectionForms(found, request.user, request.POST)
    status = INVALID if request.method == "POST" else 200
    return render(request, "reports/objections.html", {"report": found, "forms": forms}, status=status)


@require_POST
def give(request: SignedInRequest, release_id: UUID) -> HttpResponse:
    """Give certified pages to the set, to be read until a fixed time; giving twice is giving once."""
    release = get_release(request.user, release_id)
    try:
        window = windows.give(release)
    except Refused as no:
        for refusal in no.refusals:
            messages.error(request, refusal["sentence"])
    else:
        messages.success(request, _("Your set can read it until {when}.").format(when=window.until))
    return redirect("reports:progress", release.pk)


@require_POST
def call_back(request: SignedInRequest, release_id: UUID) -> HttpResponse:
    """Take pages back that are with the set; what was objected to is destroyed unread."""
    release = get_release(request.user, release_id)
    window = release.windows.filter(state=Window.State.OPEN).first()
    if window is not None and windows.call_back(window):
        messages.success(request, _("The pages are back. Whatever was objected to is destroyed, and nobody read it."))
    else:
        messages.warning(request, _("These pages are not with the set any more, so nothing was called back."))
    return redirect("reports:progress", release.pk)
