"""What has left: for organisers, and for the members it came from. And a member's own text, as it would print."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from challenges.padding import padded
from learningsets.access import (
    SignedInRequest,
    get_cohort_for_organiser,
    get_membership,
    get_programme_for_organiser,
)
from learningsets.models import Role
from reports.access import get_copy, get_released, get_withdrawn, programmes_of, released_to
from reports.build import as_its_author_is_shown
from reports.downloads import CONTENT_TYPES, NotPacked, hand_over, pack, policy_of, title_of
from reports.forms.preview import PreviewForm
from reports.glyphs import foreign, printable
from reports.library import catalogue, searched, set_alone
from reports.models import Format
from reports.own import all_of_set, out_of_sets
from reports.searching import SearchForm
from sessions.access import get_meeting


@require_safe
@never_cache
def library(request: SignedInRequest) -> HttpResponse:
    """Every report that is out and that this person may read; for organisers, where each meeting's report stands."""
    programmes = programmes_of(request.user)
    convened = [programme for programme, convenes in programmes.items() if convenes]
    form = SearchForm(request.GET if convened and "q" in request.GET else None)
    words = form.words()
    shelves = [searched(one, words) if words else catalogue(one) for one in convened]
    context = {
        "shelves": [shelf for shelf in shelves if shelf.sets or not words],
        "found": sum(shelf.out for shelf in shelves),
        "own": out_of_sets(request.user, but=convened),
        "convenes": bool(convened),
        "form": form,
        "words": words,
    }
    return render(request, "reports/library.html", context, status=422 if form.errors else 200)


@require_safe
@never_cache
def of_set(request: SignedInRequest, cohort_id: UUID) -> HttpResponse:
    """For organisers: where the report of each meeting of one set stands, page by page; or what a search finds."""
    cohort = get_cohort_for_organiser(request.user, cohort_id)
    words = SearchForm(request.GET).words()
    page, places = set_alone(cohort, words, request.GET.get("page", ""))
    asked = f"{urlencode({'q': words})}&" if words else ""
    context = {"cohort": cohort, "words": words, "asked": asked, "page": page, "places": places}
    return render(request, "reports/of_set.html", context)


@require_safe
@never_cache
def own(request: SignedInRequest, cohort_id: UUID) -> HttpResponse:
    """For whoever is in a set: its reports, page by page; for those who do not lead it what is out."""
    membership = get_membership(request.user, cohort_id)
    page = all_of_set(membership, request.GET.get("page", ""))
    return render(request, "reports/own.html", {"membership": membership, "page": page})


def _or_says_so(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view about a release: where it finds nothing, who could read it once is told that it was withdrawn."""

    @wraps(view)
    def says_so(request: SignedInRequest, release_id: UUID, **more: str) -> HttpResponse:
        try:
            return view(request, release_id, **more)
        except Http404:
            gone = get_withdrawn(request.user, release_id)
            out = released_to(request.user).filter(report=gone.report_id).first()
            return render(request, "reports/withdrawn.html", {"gone": gone, "out": out}, status=410)

    return says_so


@require_safe
@never_cache
@_or_says_so
def certificate(request: SignedInRequest, release_id: UUID) -> HttpResponse:
    """What was checked before a report left, and the hash that names its bytes."""
    release = get_released(request.user, release_id)
    title = title_of(release)  # what stands in the write-up now has passed no check
    return render(request, "reports/certificate.html", {"release": release, "title": title})


@require_safe
@never_cache
@_or_says_so
def read(request: SignedInRequest, release_id: UUID) -> HttpResponse:
    """The certified page itself, in the browser, where it may do nothing but be shown; what may be downloaded, may be
    read so."""
    release, form = get_copy(request.user, release_id, Format.HTML)  # what left before there was a page has none
    page = hand_over(release, form, request.user)
    response = HttpResponse(page, content_type=CONTENT_TYPES[Format.HTML])
    response["Content-Security-Policy"] = policy_of(page)
    return response


@require_safe
@never_cache
@_or_says_so
def download(request: SignedInRequest, release_id: UUID, file_format: str) -> HttpResponse:
    """The certified bytes in one of their forms, under a neutral name."""
    release, form = get_copy(request.user, release_id, file_format)
    return _file(hand_over(release, form, request.user), CONTENT_TYPES[form], release.filename_as(form))


@require_safe
@never_cache
def download_all(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """Every report of a programme that is out, as one ZIP file, for its organisers."""
    programme = get_programme_for_organiser(request.user, programme_id)
    try:
        packed = pack(programme, request.user)
    except NotPacked as why:
        messages.warning(request, str(why))
        return redirect("reports:library")
    return _file(packed, "application/zip", "reports.zip")


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
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
    text, strange = as_its_author_is_shown(meeting.cohort, form.cleaned_data["text"])
    other = foreign(printable(form.cleaned_data["text"]))
    shown = {"text": text, "foreign": other[:1], "strange": strange[:1]}
    return render(request, "reports/preview.html", shown)
