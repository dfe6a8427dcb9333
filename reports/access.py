"""How a request reaches a report or a release. What is not yours answers 404."""

from dataclasses import replace
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from learningsets.access import memberships_of
from learningsets.models import Membership, Programme, Role, User
from reports.arranging import find, is_id, taken_out
from reports.models import Format, Release, Report
from reports.models.release import State
from reports.write_up import KINDS, Section, read


def get_report(user: User, report_id: UUID) -> Report:
    """A report of a set that this user facilitates, with `cohort.programme`. Raises Http404 for everyone else."""
    facilitated = Membership.objects.current().facilitators().filter(user=user).values("cohort")
    reports = Report.objects.select_related("cohort__programme")
    return get_object_or_404(reports, pk=report_id, cohort__in=facilitated)


def get_section(user: User, report_id: UUID, section_id: str, kind: str = "") -> tuple[Report, Section]:
    """A section of the write-up of such a report. Raises Http404 for everyone else, and for what is not there.

    `kind` is what a page says that was open while its section was removed: the section is found all the same, as it
    was or empty, so that what was typed on that page is not lost.
    """
    report = get_report(user, report_id)
    written = read(report.content)
    section = find(written, section_id)
    if section is None and kind in KINDS and is_id(section_id):
        section = taken_out(written, section_id) or replace(KINDS[kind](), id=section_id)
    if section is None:
        raise Http404
    return report, section


def get_release(user: User, release_id: UUID) -> Release:
    """A release of a set that this user facilitates, in any state, without its pages. Raises Http404 otherwise."""
    facilitated = Membership.objects.current().facilitators().filter(user=user).values("cohort")
    releases = Release.objects.without_bytes().select_related("report__cohort__programme")
    return get_object_or_404(releases, pk=release_id, report__cohort__in=facilitated)


def get_released(user: User, release_id: UUID) -> Release:
    """A release that is out, for organisers of its programme and everyone in its set. Raises Http404 otherwise."""
    return get_object_or_404(released_to(user), pk=release_id)


def get_pages(user: User, release_id: UUID) -> Release:
    """A release whose pages this user may hold: what is out, and for facilitators what is ready too. Raises Http404."""
    release = released_to(user).filter(pk=release_id).first()
    if release is None:
        release = get_release(user, release_id)
    if release.state not in (State.READY, State.RELEASED):
        raise Http404
    return release


def get_copy(user: User, release_id: UUID, file_format: str) -> tuple[Release, Format]:
    """The same, and a form in which it is there. Raises Http404 for any other."""
    release = get_pages(user, release_id)
    form = next((form for form in release.hashes if form == file_format), None)
    if form is None:
        raise Http404
    return release, form


def released_to(user: User) -> QuerySet[Release]:
    """Everything that is out and that this user may read, without the pages, by programme, set and title."""
    places = Membership.objects.current().filter(user=user)
    mine = Q(report__cohort__in=places.filter(cohort__isnull=False).values("cohort"))
    convened = Q(report__cohort__programme__in=places.organisers().values("programme"))
    found = Release.objects.filter(mine | convened, state=State.RELEASED).without_bytes()
    return found.select_related("report__cohort__programme").order_by(
        "report__cohort__programme__title", "report__cohort__name", "report__title", "id"
    )


def programmes_of(user: User) -> dict[Programme, bool]:
    """The programmes in which this user has a place, by title, and whether they convene it. One query."""
    found: dict[Programme, bool] = {}
    for place in memberships_of(user):
        found[place.programme] = found.get(place.programme, False) or place.role == Role.ORGANISER
    return found
