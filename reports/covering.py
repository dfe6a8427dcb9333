"""Which meetings a report covers: one as a rule, several when a set writes up a season.

A meeting is in one report at most. Once the set has read a report, what it covers stays as it is: what was objected to
would be free to print in another, and an organiser would see meetings come and go under pages that never said so.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from reports.contributors import too_few
from reports.document import Language
from reports.models import Coverage, Report
from reports.models.report import empty_content
from reports.words import ENGLISH, WORDS
from sessions.models import Meeting

LONGEST = 200
"""Characters of a report's title."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A held meeting of a report's set: whether the report covers it, and why that cannot be changed (or nothing)."""

    meeting: Meeting
    covered: bool
    fixed: str = ""


def named(meetings: Sequence[Meeting]) -> tuple[str, str]:
    """The title and the period of a report of these (one at least, in order), in their set's language.

    Numbers and months: an exact day could be looked up.
    """
    language = cast(Language, meetings[0].cohort.language)
    words = WORDS.get(language, ENGLISH)
    with translation.override(language):
        months = list(dict.fromkeys(date_format(meeting.local_start, "F Y") for meeting in meetings))
    numbers = [str(meeting.number) for meeting in meetings]
    if len(meetings) == 1:
        return words.one_meeting.format(numbers[0]), months[0]
    title = words.several_meetings.format(get_text_list(numbers, words.also))
    return title[:LONGEST], words.from_to.format(months[0], months[-1]) if months[1:] else months[0]


def candidates(report: Report) -> list[Candidate]:
    """Every meeting of the set whose box has been tipped out, in order. Four queries, whatever their number."""
    tipped = Meeting.objects.filter(cohort=report.cohort_id, state=Meeting.State.TIPPED)
    meetings = list(tipped.select_related("cohort", "coverage__report").order_by("starts_at", "id"))
    few = too_few(meetings)
    read = set(Report.objects.filter(cohort=report.cohort_id, windows__isnull=False).values_list("pk", flat=True))
    blank = set(_blank(report).values_list("pk", flat=True))
    found = []
    for meeting in meetings:
        coverage = getattr(meeting, "coverage", None)
        mine = coverage is not None and coverage.report_id == report.pk
        fixed = ""
        if report.pk in read:
            fixed = _("It is in this report, which the set has read.") if mine else _("The set has read this report.")
        elif not mine and coverage is not None and coverage.report_id not in blank:
            fixed = _("It is in “{title}”.").format(title=coverage.report.title)
        elif not mine and meeting.pk in few:
            fixed = _("Too few people contributed, so no report may cover it.")
        found.append(Candidate(meeting, mine, fixed))
    return found


def cover(report: Report, chosen: Collection[UUID]) -> None:
    """Let a report cover those of the `candidates` that are chosen, beside those of its own that are fixed.

    A title and a period that nobody has changed go along. Reports of these meetings alone, that nobody has begun to
    write, are gone then. Raises ValueError when no meeting would be left.
    """
    with transaction.atomic():
        report = Report.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=report.pk)
        found = candidates(report)
        before = [one.meeting for one in found if one.covered]
        after = [one.meeting for one in found if (one.covered if one.fixed else one.meeting.pk in chosen)]
        if not after:
            raise ValueError("A report covers one meeting at least.")
        Coverage.objects.filter(report=report).exclude(meeting__in=after).delete()
        _blank(report).filter(coverages__meeting__in=after).delete()
        new = [meeting for meeting in after if meeting not in before]
        Coverage.objects.bulk_create(Coverage(report=report, meeting=meeting) for meeting in new)
        for field, old, now in zip(("title", "period"), named(before or after), named(after), strict=True):
            if getattr(report, field) == old:
                setattr(report, field, now)
        report.version += 1
        report.save(update_fields=["title", "period", "version"])


def _blank(report: Report) -> QuerySet[Report]:
    """Other reports of the same set, of one meeting, in which nothing has been written or decided."""
    others = Report.objects.filter(cohort=report.cohort_id, content=empty_content(), version=1).exclude(pk=report.pk)
    return others.filter(releases=None, decisions=None, clearances=None, windows=None)
