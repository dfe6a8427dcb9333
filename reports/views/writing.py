"""Writing a report: the working page, the review of its words, and the names that may stay."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningsets.access import SignedInRequest, employers_unknown
from reports.access import get_report
from reports.build import build_document
from reports.clearing import ClearanceForms
from reports.contributors import too_few
from reports.covering import candidates, cover
from reports.forms.meetings import MeetingsForm
from reports.gate import obstacles
from reports.models import Coverage, Release, Wish
from reports.models.release import State
from reports.releasing import prepare as prepare_report
from reports.reviewing import ReviewForms
from reports.summaries import rows
from reports.windows import has_passed, open_window
from reports.write_up import read
from sessions.access import get_meeting_for_facilitator


@require_POST
def prepare(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Begin the report of a meeting, or find the one that was begun. Of too few there is none to begin."""
    meeting, _membership = get_meeting_for_facilitator(request.user, meeting_id)
    if meeting.state != meeting.State.TIPPED:
        raise Http404
    if too_few([meeting]) and not Coverage.objects.filter(meeting=meeting).exists():
        messages.error(request, _("There will be no report of this meeting."))
        return redirect("meetings:meeting", meeting.pk)
    begun = prepare_report(meeting)
    return redirect("reports:report", begun.pk)


@require_safe
@never_cache
def report(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    """Where the report stands, what is in its way, and what can be done next."""
    found = get_report(request.user, report_id)
    built = build_document(found, "review_copy", key=b"")
    releases = list(Release.objects.filter(report=found).without_bytes().order_by("-number"))
    written = rows(read(found.content))
    current = next((release for release in releases if release.input_hash == built.input_hash), None)
    context = {
        "report": found,
        "built": built,
        "unwritten": [row for row in written if row.is_unwritten],
        "begun": any(not row.is_unwritten and row.section.kind != "answers" for row in written),
        "covered": [one.meeting.days for one in found.coverages.select_related("meeting")],
        "obstacles": obstacles(found, built),
        "releases": releases,
        "current": current,
        "passed": current is not None and current.state == State.READY and has_passed(current),
        "out": next((release for release in releases if release.state == State.RELEASED), None),
        "with_set": open_window(found, but=built.input_hash),
        "was_objected_to": Wish.objects.filter(window__report=found).exists(),
        "employers_unknown": employers_unknown(found.cohort),
        "taken_back": next((release for release in releases if release.state == State.WITHDRAWN), None),
    }
    return render(request, "reports/report.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def meetings(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    """Choose which of the set's meetings the report covers."""
    found = get_report(request.user, report_id)
    form = MeetingsForm(candidates(found), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if form.is_new():
            cover(found, form.chosen)
        messages.success(request, _("What the report covers is saved. Its answers follow."))
        return redirect("reports:report", found.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/meetings.html", {"report": found, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def review(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    """Decide each passage that might identify somebody, in its sentence; read the whole text as it would print."""
    found = get_report(request.user, report_id)
    forms = ReviewForms(found, request.POST if request.method == "POST" else None)
    while request.method == "POST" and forms.is_valid():
        if said := forms.save():
            messages.success(request, said)
            return redirect("reports:review", found.pk)
        forms = ReviewForms(found, request.POST)
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/review.html", {"report": found, "forms": forms}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def clearances(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    """Record who agreed to a health system, an employer or a role being named."""
    found = get_report(request.user, report_id)
    forms = ClearanceForms(found, request.POST if request.method == "POST" else None)
    while request.method == "POST" and forms.is_valid():
        if forms.save():
            messages.success(request, _("What may be named is saved."))
            return redirect("reports:report", found.pk)
        forms = ClearanceForms(found, request.POST)
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/clearances.html", {"report": found, "forms": forms}, status=status)
