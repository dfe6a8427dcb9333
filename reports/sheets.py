"""A page of the write-up while it is being typed on: what was posted, what is stored, and how the two came together."""

from functools import cached_property
from typing import Any

from reports.arranging import FullError
from reports.build import build_document, drawing_of
from reports.forms.cover import CoverForm
from reports.forms.sections import editor_of
from reports.models import Report
from reports.sections import Block
from reports.summaries import KIND_NAMES, name, says_nothing
from reports.write_up import Answers, Scheme, Section
from reports.writing import Conflict, cover_mark, mark, save_cover, save_section

INVALID = 422
CONFLICT = 409


class SectionSheet:
    """The page of one section.

    `mark` is what the page gives back when it is saved. After a `save` that failed `status` says why; after a
    conflict `theirs` is what somebody else saved meanwhile, or `gone` says that they removed the section.
    """

    def __init__(self, report: Report, section: Section, data: Any = None) -> None:
        self.report, self.part = report, section
        self.editor = editor_of(report, section, data)
        self.mark = mark(report, section.id) if data is None else str(data.get("mark", ""))
        self.status, self.gone, self.full = 200, False, False
        self.theirs: list[tuple[str, str]] = []
        if data is None and says_nothing(section):
            self.editor.focus()

    def save(self) -> bool:
        """Keep what was typed. False when it is not valid, or when somebody changed the same section meanwhile."""
        self.status = INVALID
        if not self.editor.is_valid():
            return False
        try:
            self.report = save_section(self.report, self.editor.section(), self.mark)
        except FullError:
            self.full, self.status = True, CONFLICT
        except Conflict as conflict:
            self._meet(conflict)
        else:
            self.mark, self.status = mark(self.report, self.part.id), 200
        return self.status == 200

    @property
    def renewed(self) -> dict[str, Any]:
        """What a page that saved itself writes into its fields, and says beside its forms."""
        return {"fields": {"mark": self.mark}, "notes": self.editor.notes()}

    def _meet(self, conflict: Conflict) -> None:
        self.status, self.mark = CONFLICT, conflict.mark
        stored = conflict.section(self.part.id)
        self.gone = stored is None
        self.theirs = editor_of(conflict.report, stored).stands() if stored else []

    @property
    def title(self) -> str:
        """What the section is called."""
        return name(self.part)

    @property
    def kind_name(self) -> str:
        """What sections of this kind are called."""
        return str(KIND_NAMES[self.part.kind])

    @property
    def template(self) -> str:
        """The partial that shows this kind's fields."""
        return f"reports/write_up/_{self.part.kind}.html"

    @cached_property
    def drawing(self) -> str:
        """The stored scheme as it would print; nothing for other kinds, and before there are boxes."""
        part = self.part
        return drawing_of(self.report, part) if isinstance(part, Scheme) and part.nodes else ""

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Each closing question and whether its answers print; nothing for other kinds, and while they are hidden."""
        return build_document(self.report, "review_copy", key=b"").blocks if isinstance(self.part, Answers) else ()


class CoverSheet:
    """The page with title, period, Rule and what action learning is; as `SectionSheet`."""

    def __init__(self, report: Report, data: Any = None) -> None:
        self.report = report
        self.form = CoverForm(report, data)
        self.mark = cover_mark(report) if data is None else str(data.get("mark", ""))
        self.status = 200
        self.theirs: list[tuple[str, str]] = []

    def save(self) -> bool:
        """Keep what was typed. False when it is not valid, or when somebody changed the same meanwhile."""
        self.status = INVALID
        if not self.form.is_valid():
            return False
        try:
            self.report = save_cover(self.report, **self.form.typed(), seen=self.mark)
        except Conflict as conflict:
            self.status, self.mark = CONFLICT, conflict.mark
            self.theirs = CoverForm(conflict.report).stands()
            return False
        self.mark, self.status = cover_mark(self.report), 200
        return True

    @property
    def renewed(self) -> dict[str, Any]:
        """What a page that saved itself writes into its fields."""
        return {"fields": {"mark": self.mark}}
