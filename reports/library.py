"""Where the report of each meeting stands, for organisers: the state, and nothing about how it came to be."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from learningsets.models import Cohort, Programme
from reports.build import too_few
from reports.models import Coverage, Release, Window
from reports.models.release import LEFT, State
from sessions.models import Meeting


@dataclass(frozen=True, slots=True)
class Place:
    """One held meeting and its report. `release` is what can be downloaded, or what was withdrawn; `until` says how
    long the set reads it."""

    meeting: Meeting
    state: Literal["in_preparation", "with_set", "released", "withdrawn", "withheld"]
    release: Release | None
    until: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A programme with the meetings held in each of its sets."""

    programme: Programme
    sets: list[tuple[Cohort, list[Place]]]


def shelf(programme: Programme) -> Shelf:
    """The reports of a programme, by set and meeting. Six queries, whatever the size."""
    held = Meeting.objects.filter(cohort__programme=programme, state__in=("closed", "tipped"))
    meetings = list(held.select_related("cohort").order_by("cohort__name", "starts_at", "id"))
    report_of = dict(Coverage.objects.filter(meeting__in=meetings).values_list("meeting", "report"))
    left = Release.objects.filter(report__in=report_of.values(), state__in=LEFT).without_bytes().order_by("-number")
    releases: dict[object, list[Release]] = defaultdict(list)
    for release in left:
        releases[release.report_id].append(release)
    open_now = Window.objects.filter(report__in=report_of.values(), state=Window.State.OPEN)
    until: dict[object, str] = {window.report_id: window.until for window in open_now.select_related("report__cohort")}
    few = too_few(meetings)
    sets: dict[Cohort, list[Place]] = {cohort: [] for cohort in programme.cohorts.order_by("name", "id")}
    for meeting in meetings:
        report = report_of.get(meeting.pk)
        sets[meeting.cohort].append(_place(meeting, releases[report], until.get(report, ""), few=meeting.pk in few))
    return Shelf(programme, list(sets.items()))


def _place(meeting: Meeting, left: list[Release], until: str, *, few: bool) -> Place:
    out = next((release for release in left if release.state == State.RELEASED), None)
    if out is not None:
        return Place(meeting, "released", out)
    if until:
        return Place(meeting, "with_set", None, until)
    if left:
        return Place(meeting, "withdrawn", left[0])
    return Place(meeting, "withheld" if few else "in_preparation", None)
