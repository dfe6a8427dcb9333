"""What the page of every section has: its forms, what they make of the section, and how a stored one is shown."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from learningsets import floors
from reports.build import Grounds, prose_of
from reports.claims import what_to_say
from reports.models import Report
from reports.quantities import has_tables, wrong_claims
from reports.write_up import Section

WHOLE = "section"  # no form has this prefix
MORE = 3  # empty rows after the filled ones; a button adds another, and keeps what is typed


class Editor:
    """The forms of one section, filled from what is stored or from what was posted (`data`)."""

    keeps_itself = True  # may be saved while it is being typed: saving twice makes nothing twice

    def __init__(self, report: Report, section: Section, data: Any = None) -> None:
        self.report, self.part = report, section
        self.adds = (
            "" if data is None else str(data.get("add", ""))
        )  # the prefix of the rows that one more is wanted of
        self.data = _with_one_more(data, self.adds) if self.adds else data
        self.prepare()
        self._open_added()

    def prepare(self) -> None:
        """Make the forms."""

    def focus(self) -> None:
        """Let the first field have the focus, on a page where there is nothing yet to be read above it."""
        _focus(next((field for form in self.all_forms for field in form.visible_fields()), None))

    def _open_added(self) -> None:
        rows = [form for form in self.all_forms if self.adds and str(form.prefix).startswith(f"{self.adds}-")]
        if rows:
            setattr(rows[-1], "is_added", True)  # noqa: B010 - for the page alone: it stands open
            _focus(next(iter(rows[-1].visible_fields()), None))

    @property
    def all_forms(self) -> list[forms.Form]:
        """Each form of the page, in its order."""
        return []

    def is_valid(self) -> bool:
        """Whether everything on the page may be kept. Each form is asked, so that each shows its errors."""
        return not [form for form in self.all_forms if not form.is_valid()]

    @property
    def faulty(self) -> list[forms.Form]:
        """Each form that has errors, in the order of the page."""
        return [form for form in self.all_forms if form.errors]

    def section(self) -> Section:
        """The section as it was typed, after `is_valid`."""
        return self.part

    @property
    def stays(self) -> bool:
        """Whether saving should show the page again, after `is_valid`: something new stands on it then."""
        return False

    @property
    def doubts(self) -> bool:
        """Whether what was typed, after `is_valid`, may be kept and wants another look; the page says where."""
        return bool(self.notes())

    def notes(self) -> dict[str, Sequence[str]]:
        """What is to be said of what was typed, after `is_valid`, beside forms of these prefixes or of the `WHOLE`."""
        told = self._claimed(self.section())
        return {WHOLE: told} if told else {}

    @property
    def told(self) -> Sequence[str]:
        """Why the report cannot leave with the section as it is stored, for a page on which nothing was typed yet."""
        return self._claimed(self.part) if self.data is None else ()

    def _claimed(self, part: Section) -> list[str]:
        """Each count of people in its prose, with what to write instead."""
        language, texts = self.report.cohort.language, [text for _where, text in prose_of(part)]
        if not has_tables(language) or not any(any(wrong_claims(text, 0, 0, language)) for text in texts):
            return []  # as a rule: then nobody has to be counted
        grounds = Grounds(self.report)
        told = _("The report cannot leave as this stands: {what}")
        return [
            told.format(what=what_to_say(claim, _("in “{near}”").format(near=claim.near), in_theme=False))
            for text in texts
            for claim in wrong_claims(text, floors.THEME, grounds.group, language, grounds.issues)
        ]

    def stands(self) -> list[tuple[str, str]]:
        """What is stored, as (label, text): for whoever typed over an older text."""
        shown = ((str(field.label), _said(field)) for form in self.all_forms for field in form)
        return [(label, text) for label, text in shown if text]


def rows_of(formset: Any) -> list[forms.Form]:
    """The forms of a form set, typed."""
    return cast(list[forms.Form], list(formset))


def bound_or_filled(data: Any, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The arguments of a form set that shows stored `rows`, or what was posted.

    What was posted is taken as it is. Were it compared with what is stored, a row that says the same would count as
    an empty one and be lost.
    """
    return {"initial": rows} if data is None else {"data": data}


def _focus(field: BoundField | None) -> None:
    if field is not None:
        field.field.widget.attrs["autofocus"] = True


def _with_one_more(data: Any, prefix: str) -> Any:
    """What was posted, with an empty row after those that were."""
    typed, total = data.copy(), str(data.get(f"{prefix}-TOTAL_FORMS", ""))
    if total.isdecimal() and len(total) < 4:
        typed[f"{prefix}-TOTAL_FORMS"] = str(int(total) + 1)
    return typed


def _said(field: BoundField) -> str:
    """What stands in a field, in words: a text as it is, a choice by its label."""
    value = field.value()
    if isinstance(field.field, forms.BooleanField) or value in (None, ""):
        return ""
    if not isinstance(field.field, forms.ChoiceField):
        return str(value)
    chosen = {str(one) for one in (value if isinstance(value, list | tuple) else [value])}
    return ", ".join(str(label) for key, label in _flat(cast(Any, field.field.choices)) if str(key) in chosen)


def _flat(choices: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Choices, those in groups too."""
    for key, label in choices:
        yield from label if isinstance(label, list | tuple) else [(key, label)]
