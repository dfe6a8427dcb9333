"""Where the report of each meeting stands, for organisers: the state, and nothing about how it came to be."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, Max, OuterRef, QuerySet
from django.db.models import Window as Over
from django.db.models.functions import RowNumber

from learningsets.models import Cohort, Programme
from reports import titles
from reports.contributors import too_few
from reports.document import DocumentError, loads
from reports.models import Coverage, Release, Window
from reports.models.release import State
from sessions.models import Meeting

LATEST = 12  # held meetings of each set that stand beside those of others: a year's. Those before stand on its own page
A_PAGE = 50  # of one set alone


@dataclass(frozen=True, slots=True)
class Place:
    """One held meeting and its report. `release` is what can be downloaded, or what was withdrawn; `until`
    says how long the set reads it for the first time. Of a later reading nothing is said: it would tell that somebody
    objected. While there is one the report is in preparation, as it is while its facilitator takes their time.

    `title` and `themes` are those of the released pages, and of no others: a withdrawn title may be what gave
    somebody away, and what a facilitator types now has passed no check. An `unreadable` document, which a later version
    of the product stored, has none that could be shown; it is searched, and its files can be taken away as they are.
    """

    meeting: Meeting
    state: Literal["in_preparation", "with_set", "released", "withdrawn", "withheld"]
    release: Release | None
    until: str = ""
    title: str = ""
    themes: tuple[str, ...] = ()
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class Shelf:
    """A programme with the meetings held last in each of its sets, the last one first. `earlier` are the keys of the
    sets that have more of them; `out` is how many reports are out, shown or not."""

    programme: Programme
    sets: list[tuple[Cohort, list[Place]]]
    earlier: frozenset[UUID]
    out: int

    @property
    def places(self) -> list[Place]:
        """Every place that is shown, whatever its set."""
        return [place for _, places in self.sets for place in places]


def shelf(programme: Programme) -> Shelf:
    """The reports of the latest meetings of a programme, by set. Seven queries, and as many rows whatever was held."""
    places = _placed(_latest(_held(cohort__programme=programme)))
    out = Release.objects.of_programme(programme).filter(state=State.RELEASED).count()
    return _shelved(programme, programme.cohorts.order_by("name", "id"), places, out)


def out_of(programmes: Iterable[Programme]) -> dict[str, Any]:
    """How many reports of these programmes are `out`, and the day of the `last`. One query; no page is read."""
    out = Release.objects.filter(report__cohort__programme__in=list(programmes), state=State.RELEASED)
    return out.aggregate(out=Count("pk"), last=Max("released_on"))


def catalogue(programme: Programme) -> Shelf:
    """The shelf with what the released pages say of themselves. One query more; nothing but what is out is read."""
    found = shelf(programme)
    titled = {place.meeting.pk: place for place in _titled(found.places)}
    sets = [(cohort, [titled[place.meeting.pk] for place in places]) for cohort, places in found.sets]
    return replace(found, sets=sets)


def searched(programme: Programme, words: str) -> Shelf:
    """Of all reports of a programme the latest of each set that are out and have these words; no set without any. As
    many rows are read as are shown."""
    held = _having(words, _held(cohort__programme=programme))
    places = _titled(_placed(_latest(held)))
    sets = sorted({place.meeting.cohort for place in places}, key=lambda cohort: (cohort.name, cohort.pk))
    return _shelved(programme, sets, places, titles.having(words).of_programme(programme).count())


def set_alone(cohort: Cohort, words: str, number: str) -> tuple[Page[Meeting], list[Place]]:
    """One page of the meetings held in a set, the last one first, and where their reports stand: of all, or of those
    whose report is out and has these `words`."""
    held = _held(cohort=cohort)
    page: Page[Meeting] = Paginator(_having(words, held) if words else held, A_PAGE).get_page(number)
    return page, _titled(_placed(page.object_list))


def _held(**where: object) -> QuerySet[Meeting]:
    held = Meeting.objects.filter(state__in=("closed", "tipped"), **where)
    return held.select_related("cohort").order_by("-starts_at", "-id")


def _having(words: str, held: QuerySet[Meeting]) -> QuerySet[Meeting]:
    covered = Coverage.objects.filter(report__in=titles.having(words).values("report"))
    return held.filter(pk__in=covered.values("meeting"))


def _latest(held: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Of each set those that are shown, and one more where there are any before them."""
    rank = Over(RowNumber(), partition_by="cohort", order_by=(F("starts_at").desc(), F("pk").desc()))
    return held.annotate(rank=rank).filter(rank__lte=LATEST + 1)


def _shelved(programme: Programme, sets: Iterable[Cohort], places: Iterable[Place], out: int) -> Shelf:
    shelves: dict[Cohort, list[Place]] = {cohort: [] for cohort in sets}
    for place in places:
        shelves[place.meeting.cohort].append(place)
    earlier = frozenset(cohort.pk for cohort, shown in shelves.items() if len(shown) > LATEST)
    return Shelf(programme, [(cohort, shown[:LATEST]) for cohort, shown in shelves.items()], earlier, out)


def _placed(held: Iterable[Meeting]) -> list[Place]:
    """Where the report of each of these meetings stands, in their order. Five queries."""
    meetings = list(held)
    report_of = dict(Coverage.objects.filter(meeting__in=meetings).values_list("meeting", "report"))
    left = Release.objects.left_last().filter(report__in=set(report_of.values())).without_bytes()
    shown = {release.report_id: release for release in left.order_by("pk")}
    read = Window.objects.filter(report=OuterRef("report"), state=Window.State.CLOSED)
    open_now = Window.objects.filter(~Exists(read), report__in=report_of.values(), state=Window.State.OPEN)
    until: dict[object, str] = {window.report_id: window.until for window in open_now.select_related("report__cohort")}
    few = too_few(meetings)
    places = []
    for meeting in meetings:
        report = report_of.get(meeting.pk)
        release = shown.get(report) if report else None
        places.append(_place(meeting, release, until.get(report, ""), few=meeting.pk in few))
    return places


def _place(meeting: Meeting, left: Release | None, until: str, few: bool) -> Place:
    if left is not None and left.state == State.RELEASED:
        return Place(meeting, "released", left)
    if until:
        return Place(meeting, "with_set", None, until)
    if left is not None:
        return Place(meeting, "withdrawn", left)
    return Place(meeting, "withheld" if few else "in_preparation", None)


def _titled(places: list[Place]) -> list[Place]:
    """These places, each with the titles of its released document if that is out. One query."""
    out = [place.release.pk for place in places if place.release and place.state == "released"]
    documents = dict(Release.objects.filter(pk__in=out).values_list("pk", "document"))
    return [_with_titles(place, documents) for place in places]


def _with_titles(place: Place, documents: dict[UUID, str]) -> Place:
    stored = documents.get(place.release.pk) if place.release else None
    if not stored:
        return place
    try:
        title, themes = titles.titles_of(loads(stored))
    except DocumentError:
        return replace(place, unreadable=True)
    return replace(place, title=title, themes=themes)
