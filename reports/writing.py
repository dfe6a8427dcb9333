"""Saving a write-up that two facilitators may have open at once: they meet only where both changed the same thing."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from reports import arranging
from reports.models import Report
from reports.write_up import Section, WriteUp, digest, plain, read
from sessions.models import Meeting

GONE = "gone"
"""What stands for the words of a section that is not in the write-up any more."""


class Conflict(Exception):  # noqa: N818  # an answer, not an error
    """Somebody saved another text meanwhile; `report` is as it stands now, `mark` says that its text has been shown."""

    def __init__(self, report: Report, mark: str) -> None:
        self.report, self.mark = report, mark
        super().__init__("The write-up changed meanwhile.")

    def section(self, section_id: str) -> Section | None:
        """The section as it stands now, None when it was removed."""
        return arranging.find(read(self.report.content), section_id)


def mark(report: Report, section_id: str) -> str:
    """A name for what a section says now: a page that was filled from it gives it back when it is saved."""
    section = arranging.find(read(report.content), section_id)
    return digest(section) if section else GONE


def cover_mark(report: Report) -> str:
    """The same for title, period, Rule and what action learning is."""
    written = read(report.content)
    return sha256(repr((report.title, report.period, written.rule, written.action_learning)).encode()).hexdigest()


def save_section(report: Report, section: Section, seen: str) -> Report:
    """Keep what a section says; one that was removed meanwhile stands there again. The report as it is then.

    `seen` is the mark of the text that was typed over. Raises Conflict when that is not what is stored, and
    `arranging.FullError` when there is no room for a section that has to be put back.
    """
    with transaction.atomic():
        stored = _locked(report.pk)
        if mark(stored, section.id) != seen:
            raise Conflict(stored, mark(stored, section.id))
        return _keep(stored, arranging.saying(read(stored.content), section))


def save_cover(
    report: Report, *, title: str, period: str, rule: str, action_learning: tuple[str, ...], seen: str
) -> Report:
    """Keep title, period, the Rule's wording and what action learning is. Raises Conflict as `save_section` does."""
    with transaction.atomic():
        stored = _locked(report.pk)
        if cover_mark(stored) != seen:
            raise Conflict(stored, cover_mark(stored))
        stored.title, stored.period = title, period
        written = replace(read(stored.content), action_learning=action_learning)
        return _keep(stored, replace(written, rule="short" if rule == "short" else "2002"))


def begin_section(report: Report, kind: str) -> Section:
    """A new section of `kind`, empty, where reports have it. Raises `arranging.FullError`."""
    with transaction.atomic():
        stored = _locked(report.pk)
        over_days = any(meeting.takes_days for meeting in Meeting.objects.filter(coverage__report=stored))
        written, section = arranging.added(read(stored.content), kind, over_days=over_days)
        _keep(stored, written)
    return section


def arrange(report: Report, change: Callable[[WriteUp], WriteUp]) -> None:
    """Change the order of the sections as they stand now, or what is hidden or removed. Raises what `change` raises."""
    with transaction.atomic():
        stored = _locked(report.pk)
        _keep(stored, change(read(stored.content)))


def _locked(pk: UUID) -> Report:
    """The report as it is stored, and nobody else's to change until the end of the transaction."""
    return Report.objects.select_for_update(of=("self",)).select_related("cohort__programme").get(pk=pk)


def _keep(stored: Report, written: WriteUp) -> Report:
    stored.content, stored.version = plain(written), stored.version + 1
    stored.save(update_fields=["title", "period", "content", "version"])
    return stored
