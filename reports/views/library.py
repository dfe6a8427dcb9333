"""What has left: for organisers, and for the members it came from. And a member's own text, as it would print."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from challenges.padding import padded
from learningsets.access import SignedInRequest
from learningsets.models import Role
from reports.access import get_pages, get_released, programmes_of, released_to
from reports.build import as_its_author_is_shown
from reports.downloads import hand_over
from reports.forms.preview import PreviewForm
from reports.library import shelf
from sessions.access import get_meeting


@require_safe
@never_cache
def library(request: SignedInRequest) -> HttpResponse:
    """Every report that is out and that this person may read; for organisers, where each meeting's report stands."""
    programmes = programmes_of(request.user)
    shelves = [shelf(programme) for programme, convened in programmes.items() if convened]
    shown = {place.release.pk for one in shelves for _, places in one.sets for place in places if place.release}
    released = [release for release in released_to(request.user) if release.pk not in shown]
    return render(request, "reports/library.html", {"shelves": shelves, "released": released})


@require_safe
@never_cache
def certificate(request: SignedInRequest, release_id: UUID) -> HttpResponse:
    """What was checked before a report left, and the hash that names its bytes."""
    release = get_released(request.user, release_id)
    return render(request, "reports/certificate.html", {"release": release})


@require_safe
@never_cache
def download(request: SignedInRequest, release_id: UUID) -> HttpResponse:
    """The certified bytes, under a neutral name."""
    release = get_pages(request.user, release_id)
    pages = hand_over(release, request.user)
    response = HttpResponse(pages, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{release.filename}"'
    return response


@padded
@require_POST
def preview(request: SignedInRequest) -> HttpResponse:
    """A participant's text as it would print. Nothing is stored or logged, and every answer has the same size."""
    form = PreviewForm(request.POST)
    meeting, membership = get_meeting(request.user, form.meeting_id())
    if membership.role != Role.PARTICIPANT:
        raise Http404
    if not form.is_valid():
        return render(request, "reports/preview.html", {"form": form}, status=422)
    text = as_its_author_is_shown(meeting.cohort, form.cleaned_data["text"])
    return render(request, "reports/preview.html", {"text": text})
