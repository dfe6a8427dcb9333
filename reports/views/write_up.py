"""The write-up: its sections in print order, the page of each, and the whole as it would print."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learningsets.access import SignedInRequest
from reports.access import get_report, get_section
from reports.build import build_document
from reports.forms.sections import AddForm
from reports.sheets import CoverSheet, SectionSheet
from reports.summaries import removed_rows, rows
from reports.typesetting import shown
from reports.windows import open_window
from reports.write_up import read


@require_safe
@never_cache
def write_up(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    """The sections in the order in which they print. `at` and `did` say what was just done to which of them."""
    report = get_report(request.user, report_id)
    written = read(report.content)
    at, did = request.GET.get("at", ""), request.GET.get("did", "")
    context = {
        "report": report,
        "rows": rows(written, at, did),
        "removed": removed_rows(written, at, did),
        "form": AddForm(written),
        "with_set": open_window(report, but=""),
    }
    return render(request, "reports/write_up.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def cover(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    """Title, period, the Rule's wording, and what action learning is."""
    report = get_report(request.user, report_id)
    sheet = CoverSheet(report, request.POST if request.method == "POST" else None)
    if request.method == "POST" and sheet.save():
        return _kept(request, sheet, reverse("reports:write_up", args=[report.pk]))
    return _page(request, sheet, "reports/cover.html")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def section(request: SignedInRequest, report_id: UUID, section_id: str) -> HttpResponse:
    """Type one section. Somebody else's changes to it meanwhile are shown beside what was typed, never lost."""
    report, part = get_section(request.user, report_id, section_id, request.POST.get("kind", ""))
    sheet = SectionSheet(report, part, request.POST if request.method == "POST" else None)
    if request.method == "POST" and not sheet.editor.adds and sheet.save():
        listed = f"{reverse('reports:write_up', args=[report.pk])}?{urlencode({'at': part.id, 'did': 'saved'})}"
        stay = "stay" in request.POST or sheet.editor.stays or sheet.editor.doubts
        here = f"{request.path}?look=on" if sheet.editor.stays else request.path
        return _kept(request, sheet, here if stay else listed, say=stay)
    return _page(request, sheet, "reports/section.html")


@require_safe
@never_cache
def review_copy(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    """The report as its pages would say it, behind the boundary; nothing of it has left."""
    report = get_report(request.user, report_id)
    document = build_document(report, "review_copy", key=b"").document
    return render(request, "reports/review_copy.html", {"report": report, **shown(document)})


def _kept(request: SignedInRequest, sheet: CoverSheet | SectionSheet, onward: str, *, say: bool = True) -> HttpResponse:
    """The answer to a save: for a page that saves itself, what it says next time it does."""
    if "autosave" in request.POST:
        return JsonResponse(sheet.renewed)
    if say:
        messages.success(request, _("Saved."))
    return redirect(onward)


def _page(request: SignedInRequest, sheet: CoverSheet | SectionSheet, template: str) -> HttpResponse:
    """The page as it stands; for one that saves itself, only that it could not."""
    if "autosave" in request.POST:
        return HttpResponse(status=sheet.status)
    return render(request, template, {"report": sheet.report, "sheet": sheet}, status=sheet.status)
