"""How a request reaches a report or a release. What is not yours answers 404."""

from dataclasses import replace
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from learningsets.access import memberships_of
from learningsets.models import Membership, Programme, Role, User
from reports.arranging import find, is_id, taken_out
from reports.models import Format, Reader, Release, Report, Window
from reports.models.release import CERTIFIED, State
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


def get_withdrawn(user: User, release_id: UUID) -> Release:
    """A release that was out and is withdrawn, without its pages, for those who could read it, whose lists say so too.
    Raises Http404 otherwise."""
    gone = Release.objects.filter(_may_read(user), state=State.WITHDRAWN)
    return get_object_or_404(gone.without_bytes().select_related("report__cohort"), pk=release_id)


def get_pages(user: User, release_id: UUID) -> Release:
    """A release whose pages this user may hold: what is out; what is with their set, for those who may object to it;
    and for facilitators what is ready too. Raises Http404."""
    release = released_to(user).filter(pk=release_id).first()
    if release is None and readings(user).filter(window__release=release_id).exists():
        release = Release.objects.without_bytes().get(pk=release_id)
    if release is None:
        release = get_release(user, release_id)
    if release.state not in (*CERTIFIED, State.RELEASED):
        raise Http404
    return release


def get_copy(user: User, release_id: UUID, file_format: str) -> tuple[Release, Format]:
    """The same, and a form in which it is there. Raises Http404 for any other."""
    release = get_pages(user, release_id)
    form = next((form for form in release.hashes if form == file_format), None)
    if form is None:
        raise Http404
    return release, form


def readings(user: User) -> QuerySet[Reader]:
    """This user's places among those who can object now, in whatever sets they are or were, the next deadline first."""
    open_now = Q(window__state=Window.State.OPEN, window__closes_at__gt=timezone.now())
    return _places(user).filter(open_now).order_by("window__closes_at", "window_id")


def get_reading(user: User, raw_id: str) -> Reader:
    """This user's place at a window, whether or not it is open now. Raises Http404 for everyone else's.

    `raw_id` is what a form said.
    """
    try:
        window_id = UUID(raw_id)
    except ValueError as error:
        raise Http404 from error
    return get_object_or_404(_places(user), window=window_id)


def _places(user: User) -> QuerySet[Reader]:
    """This user's places at windows. `before`: they could read the report in an earlier one that ran to its end;
    `again`: in one that was called back; `ever`: in any. Who joined in between could in none. `corrects`: a version of
    the report is out."""
    theirs = Window.objects.filter(
        report=OuterRef("window__report"),
        number__lt=OuterRef("window__number"),
        readers__membership=OuterRef("membership"),
    )
    found = Reader.objects.filter(membership__user=user).annotate(
        before=Exists(theirs.filter(state=Window.State.CLOSED)),
        again=Exists(theirs.filter(state=Window.State.CALLED_BACK)),
        ever=Exists(theirs),
        corrects=Exists(Release.objects.filter(report=OuterRef("window__report"), state=State.RELEASED)),
    )
    found = found.defer("window__release__pdf", "window__release__html")
    return found.select_related("window__release", "window__report__cohort__programme")


def windows_over(user: User) -> list[Window]:
    """The windows whose time is over and that this user could object in, whether or not anybody did.

    One that is open still, in name, waits for its last turn and to be tipped out.
    """
    waits = Q(state=Window.State.OPEN, closes_at__lte=timezone.now())
    found = Window.objects.filter(waits | Q(state=Window.State.CLOSED), readers__membership__user=user)
    found = found.select_related("release", "report__cohort").defer("release__pdf").distinct()
    rest = ("wishes", "report__outcomes", "report__windows")
    return list(found.prefetch_related(*rest).order_by("report__title", "report_id", "number"))


def lost_to(user: User) -> list[Window]:
    """The windows whose key is gone and that are their report's latest, of those this user could object in."""
    later = Window.objects.filter(report=OuterRef("report"), number__gt=OuterRef("number"))
    found = Window.objects.filter(~Exists(later), state=Window.State.LOST, readers__membership__user=user)
    return list(found.select_related("report__cohort").order_by("report__title", "pk"))


def released_to(user: User) -> QuerySet[Release]:
    """Everything that is out and that this user may read, without the pages, by programme, set and title."""
    found = Release.objects.filter(_may_read(user), state=State.RELEASED).without_bytes()
    return found.select_related("report__cohort__programme").order_by(
        "report__cohort__programme__title", "report__cohort__name", "report__title", "id"
    )


def _may_read(user: User) -> Q:
    """What left a set that this user is in, or one of a programme that they convene."""
    places = Membership.objects.current().filter(user=user)
    mine = Q(report__cohort__in=places.filter(cohort__isnull=False).values("cohort"))
    return mine | Q(report__cohort__programme__in=places.organisers().values("programme"))


def programmes_of(user: User) -> dict[Programme, bool]:
    """The programmes in which this user has a place, by title, and whether they convene it. One query."""
    found: dict[Programme, bool] = {}
    for place in memberships_of(user):
        found[place.programme] = found.get(place.programme, False) or place.role == Role.ORGANISER
    return found
