"""What other pages show of reports: panels that they compose."""

from typing import Any

from django import template

from learningsets.access import set_of
from learningsets.models import Membership, Programme, User
from reports.access import readings
from reports.contributors import too_few
from reports.library import out_of, shelf
from reports.models import Report, Window
from reports.own import latest, out_lately
from reports.waiting import steps, unwritten
from sessions.models import Meeting

register = template.Library()
UNWRITTEN = 12  # meetings without a report that a set's page lists: a year's; those before stand in the calendar


@register.inclusion_tag("reports/_reports_panel.html")
def reports_panel(membership: Membership) -> dict[str, Any]:
    """For a set's facilitators: what can be written up, and where each report stands. For its members: what is out."""
    read = Window.objects.filter(readers__membership=membership, state__in=(Window.State.OPEN, Window.State.CLOSED))
    window = read.select_related("report__cohort").order_by("-closes_at").first()
    with_set = window if window and window.is_open else None
    rows, more = latest(membership)
    shown: dict[str, Any] = {
        "membership": membership,
        "rows": rows,
        "more": more,
        "with_set": with_set,
        "was_read": window and window.state == Window.State.CLOSED,
    }
    if not membership.is_facilitator:
        return shown
    newest = list(unwritten([set_of(membership).pk]).order_by("-starts_at", "-pk")[: UNWRITTEN + 1])
    before = [meeting.local_start.date() for meeting in newest[UNWRITTEN:]]
    return {**shown, "unwritten": newest[UNWRITTEN - 1 :: -1], "before": before[0] if before else None}


@register.simple_tag
def to_read(user: User) -> list[Window]:
    """What somebody can read before it leaves, over all the sets they are or were in; the same once they have."""
    return [reader.window for reader in readings(user).defer("window__release__document")]


@register.inclusion_tag("reports/_reports_due.html")
def reports_due(places: list[Membership], reading: list[Window] | None = None) -> dict[str, Any]:
    """Over all the sets that somebody facilitates, what each report and each meeting without one waits for; and what
    is to be read, where the page doesn't show that elsewhere."""
    shown: dict[str, Any] = {"reading": reading}
    facilitated = [set_of(place).pk for place in places if place.is_facilitator]
    if facilitated:
        shown |= {"steps": steps(facilitated), "to_write": unwritten(facilitated).filter(few=False)}
    return shown


@register.inclusion_tag("reports/_out_lately.html")
def reports_out_lately(places: list[Membership]) -> dict[str, Any]:
    """For those who take part, where they arrive: of which of their sets a report came out within a month."""
    return {"sets": out_lately(places)}


@register.inclusion_tag("reports/_out.html")
def reports_out(places: list[Membership]) -> dict[str, Any]:
    """For organisers, where they arrive: how many reports of all their programmes are out, and since when the last."""
    return out_of(place.programme for place in places)


@register.inclusion_tag("reports/_programme_reports_panel.html")
def programme_reports_panel(programme: Programme) -> dict[str, Any]:
    """For organisers: each held meeting's report, in preparation, released, withdrawn or withheld."""
    return {"shelf": shelf(programme)}


@register.inclusion_tag("reports/_meeting_report.html")
def meeting_report(meeting: Meeting) -> dict[str, Any]:
    """For a tipped meeting's facilitators: the report that covers it, the way to begin one, or that there can be none.
    Two queries."""
    report = Report.objects.filter(coverages__meeting=meeting).first()
    return {"meeting": meeting, "report": report, "few": meeting.pk in too_few([meeting])}
