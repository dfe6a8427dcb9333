"""From a write-up to a release: ask for the pages, watch them being made, release those very pages, withdraw them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningsets.access import SignedInRequest
from reports.access import get_release, get_report
from reports.build import build_document
from reports.current import UNREADABLE, is_current
from reports.document import loads
from reports.forms.release import ReleaseForm, WithdrawForm
from reports.gate import Refused, obstacles
from reports.models import Release, Window
from reports.models.release import State
from reports.releasing import publish, request_candidate
from reports.releasing import retry as retry_release
from reports.releasing import withdraw as withdraw_release
from reports.stages import stages
from reports.windows import has_passed, time_to_read


@require_POST
def candidate(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    """Ask for the pages of the write-up as it stands; asking twice gives the same ones."""
    report = get_report(request.user, report_id)
    try:
        release = request_candidate(report)
    except Refused:
        messages.error(request, _("Something stands in the way. The list below says what to do."))
        return redirect("reports:report", report.pk)
    return redirect("reports:progress", release.pk)


@require_safe
@never_cache
def progress(request: SignedInRequest, release_id: UUID) -> HttpResponse:
    """How far the pages are; when they are ready, the form that releases them."""
    release = get_release(request.user, release_id)
    form = ReleaseForm(initial={"sha256": release.sha256}) if release.state == State.READY else None
    return render(request, "reports/progress.html", _context(release, form))


def _context(release: Release, form: ReleaseForm | None) -> dict[str, Any]:
    """What the page of one release shows; `window` is the latest in which the set read it. Of a report that cannot be
    read nothing else is known, and of pages that failed their failure says what to do."""
    window = release.windows.order_by("-number").first()
    shown = {
        "release": release, "report": release.report, "stages": stages(release), "form": form, "window": window,
    }  # fmt: skip
    try:
        return shown | _as_it_stands(release, window)
    except UNREADABLE:
        return shown | {"unreadable": release.state != State.FAILED, "current": True}


def _as_it_stands(release: Release, window: Window | None) -> dict[str, Any]:
    """What the page of a release shows of the report as it is written now. `current` is whether that still says what
    the pages with the set do, or those that failed would: else trying again cannot help. `in_the_way` stands what a
    second reading left to be mended. Raises one of `UNREADABLE`."""
    if release.state in (State.READY, State.WINDOW, State.OBJECTED):
        loads(release.document)  # what a later version stored can be taken to no next step
    passed = release.state == State.READY and has_passed(release)
    decided = release.state == State.OBJECTED and window is not None and window.round == Window.Round.CONFIRMATION
    return {
        "in_the_way": obstacles(release.report, build_document(release.report, "release", key=b"")) if decided else [],
        "passed": passed,
        "time_to_read": time_to_read(release) if release.state == State.READY and not passed else "",
        "current": release.state not in {State.WINDOW, State.FAILED} or is_current(release),
    }


@require_POST
def retry(request: SignedInRequest, release_id: UUID) -> HttpResponse:
    """Try a failed release once more."""
    release = get_release(request.user, release_id)
    retry_release(release)
    return redirect("reports:progress", release.pk)


@require_POST
def release(request: SignedInRequest, release_id: UUID) -> HttpResponse:
    """Release exactly the bytes that the form names."""
    found = get_release(request.user, release_id)
    form = ReleaseForm(request.POST)
    if form.is_valid():
        try:
            publish(found.pk, form.cleaned_data["sha256"])
        except Refused as no:
            for refusal in no.refusals:
                form.add_error(None, refusal["sentence"])
        else:
            messages.success(request, _("The report is released. Organisers can download it now."))
            return redirect("reports:progress", found.pk)
    return render(request, "reports/progress.html", _context(found, form), status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def withdraw(request: SignedInRequest, release_id: UUID) -> HttpResponse:
    """Take a release back, at once and with a reason."""
    found = get_release(request.user, release_id)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if withdraw_release(found.pk, form.cleaned_data["reason"]):
            messages.success(request, _("The report is withdrawn. Nobody can download it any more."))
        else:
            messages.warning(request, _("This version is not out, so there was nothing to withdraw."))
        return redirect("reports:progress", found.pk)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "reports/withdraw.html", {"release": found, "report": found.report, "form": form}, status=status
    )
