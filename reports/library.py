"""Where the report of each meeting stands, for organisers: the state, and nothing about how it came to be."""

from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from learningsets.models import Cohort, Programme
from reports.anonymity.fold import fold
from reports.build import too_few
from reports.document import Themes, loads
from reports.models import Coverage, Release, Report, Window
from reports.models.release import LEFT, State
from sessions.models import Meeting


@dataclass(frozen=True, slots=True)
class Place:
    """One held meeting and its report. `release` is what can be downloaded, or what was withdrawn; `until`
    says how long the set reads it for the first time. Of a later reading nothing is said: it would tell that somebody
    objected. While there is one the report is in preparation, as it is while its facilitator takes their time.

    `title` and `themes` are those of the released pages, and of no others: a withdrawn title may be what gave
    somebody away, and what a facilitator types now has passed no check.
    """

    meeting: Meeting
    state: Literal["in_preparation", "with_set", "released", "withdrawn", "withheld"]
    release: Release | None
    until: str = ""
    title: str = ""
    themes: tuple[str, ...] = ()

    def has(self, words: str) -> bool:
        """Whether each of `words` stands in the released title or in a theme's title; accents and case do not count."""
        said = fold(" ".join((self.title, *self.themes)))
        return bool(self.title) and all(word in said for word in fold(words).split())


@dataclass(frozen=True, slots=True)
class Shelf:
    """A programme with the meetings held in each of its sets."""

    programme: Programme
    sets: list[tuple[Cohort, list[Place]]]

    @property
    def places(self) -> list[Place]:
        """Every place, whatever its set."""
        return [place for _, places in self.sets for place in places]

    @property
    def out(self) -> int:
        """How many reports are out."""
        return len({place.release.pk for place in self.places if place.release and place.state == "released"})


def shelf(programme: Programme) -> Shelf:
    """The reports of a programme, by set and meeting. Six queries, whatever the size."""
    held = Meeting.objects.filter(cohort__programme=programme, state__in=("closed", "tipped"))
    meetings = list(held.select_related("cohort").order_by("cohort__name", "starts_at", "id"))
    report_of = dict(Coverage.objects.filter(meeting__in=meetings).values_list("meeting", "report"))
    shown = {release.report_id: release for release in _shown(set(report_of.values()))}
    read = Window.objects.filter(report=OuterRef("report"), state=Window.State.CLOSED)
    open_now = Window.objects.filter(~Exists(read), report__in=report_of.values(), state=Window.State.OPEN)
    until: dict[object, str] = {window.report_id: window.until for window in open_now.select_related("report__cohort")}
    few = too_few(meetings)
    sets: dict[Cohort, list[Place]] = {cohort: [] for cohort in programme.cohorts.order_by("name", "id")}
    for meeting in meetings:
        report = report_of.get(meeting.pk)
        release = shown.get(report) if report else None
        place = _place(meeting, release, until.get(report, ""), few=meeting.pk in few)
        sets[meeting.cohort].append(place)
    return Shelf(programme, list(sets.items()))


def catalogue(programme: Programme) -> Shelf:
    """The shelf with what the released pages say of themselves. One query more; nothing but what is out is read."""
    found = shelf(programme)
    out = [place.release.pk for place in found.places if place.release and place.state == "released"]
    documents = dict(Release.objects.filter(pk__in=out).values_list("pk", "document"))
    sets = [(cohort, [_titled(place, documents) for place in places]) for cohort, places in found.sets]
    return Shelf(programme, sets)


def searched(found: Shelf, words: str) -> Shelf:
    """Of a catalogue, what is out and has these words, and the sets it came from. All of it when there are none."""
    if not words:
        return found
    kept = [(cohort, [place for place in places if place.has(words)]) for cohort, places in found.sets]
    return Shelf(found.programme, [(cohort, places) for cohort, places in kept if places])


def _shown(reports: set[object]) -> list[Release]:
    """Of each report what is out, or else what was out last. One query, whose rows are those that are shown."""
    newest = Release.objects.filter(report=OuterRef("pk"), state__in=LEFT).order_by("state", "-number").values("pk")[:1]
    chosen = Report.objects.filter(pk__in=reports).annotate(newest=Subquery(newest)).values("newest")
    return list(Release.objects.filter(pk__in=chosen).without_bytes().order_by("pk"))


def _place(meeting: Meeting, left: Release | None, until: str, *, few: bool) -> Place:
    if left is not None and left.state == State.RELEASED:
        return Place(meeting, "released", left)
    if until:
        return Place(meeting, "with_set", None, until)
    if left is not None:
        return Place(meeting, "withdrawn", left)
    return Place(meeting, "withheld" if few else "in_preparation", None)


def _titled(place: Place, documents: dict[UUID, str]) -> Place:
    """A place with the titles of its released document, if that is out."""
    stored = documents.get(place.release.pk) if place.release else None
    if not stored:
        return place
    document = loads(stored)
    themes = (theme for part in document.sections if isinstance(part, Themes) for theme in part.themes)
    return replace(place, title=str(document.title), themes=tuple(str(theme.title) for theme in themes))
