"""What can be done with the sections of a write-up: added, moved, hidden, removed and put back. Form targets, all."""

from functools import partial
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from learningsets.access import SignedInRequest
from reports import arranging
from reports.access import get_report
from reports.writing import arrange, begin_section


@require_POST
def add_section(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    """Add an empty section where reports have it, and go on to fill it in."""
    report = get_report(request.user, report_id)
    try:
        section = begin_section(report, request.POST.get("kind", ""))
    except arranging.FullError:
        messages.error(request, _("Choose what the section should hold. The closing answers have one section alone."))
        return redirect("reports:write_up", report.pk)
    return redirect("reports:section", report.pk, section.id)


@require_POST
def move_section(request: SignedInRequest, report_id: UUID, section_id: str) -> HttpResponse:
    """Move a section one place up or down, to the end, or before another one."""
    report = get_report(request.user, report_id)
    to = request.POST.get("to", "")
    arrange(report, partial(arranging.moved, section_id=section_id, to=to))
    return _back(report_id, section_id, to if to in {"up", "down"} else "moved")


@require_POST
def hide_section(request: SignedInRequest, report_id: UUID, section_id: str) -> HttpResponse:
    """Let a section print nothing and stay in the write-up, or let it print again."""
    report = get_report(request.user, report_id)
    hide = request.POST.get("hide") == "yes"
    arrange(report, partial(arranging.hidden, section_id=section_id, hide=hide))
    return _back(report_id, section_id, "hidden" if hide else "shown")


@require_POST
def remove_section(request: SignedInRequest, report_id: UUID, section_id: str) -> HttpResponse:
    """Take a section out. It can be put back until what was removed is deleted."""
    report = get_report(request.user, report_id)
    arrange(report, partial(arranging.removed, section_id=section_id))
    return _back(report_id, section_id, "removed")


@require_POST
def put_back_section(request: SignedInRequest, report_id: UUID, section_id: str) -> HttpResponse:
    """Undo a removal: the section stands where it stood."""
    report = get_report(request.user, report_id)
    try:
        arrange(report, partial(arranging.put_back, section_id=section_id))
    except arranging.FullError:
        messages.error(request, _("There is no room for it: remove another section first."))
    return _back(report_id, section_id, "back")


@require_POST
def delete_removed(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    """Delete for good what was removed."""
    report = get_report(request.user, report_id)
    arrange(report, arranging.without_removed)
    messages.success(request, _("What was removed is deleted."))
    return redirect("reports:write_up", report.pk)


def _back(report_id: UUID, section_id: str, did: str) -> HttpResponse:
    """The list again, where the focus lands on what was done."""
    listed = reverse("reports:write_up", args=[report_id])
    return redirect(f"{listed}?{urlencode({'at': section_id, 'did': did})}")
