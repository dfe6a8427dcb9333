"""Which meetings a report covers."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reports.covering import Candidate
from reports.forms.standing import StandingForm
from sessions.models import Meeting


class MeetingsForm(StandingForm):
    """A tick for each meeting that may be put into a report, or taken out of it."""

    beside = "meetings"

    meetings = forms.MultipleChoiceField(
        label=_("Meetings that it covers"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick one meeting at least: a report of none has nothing to say.")},
    )

    def __init__(self, found: list[Candidate], data: Any = None) -> None:
        self.fixed = [one for one in found if one.fixed]
        free = [one for one in found if not one.fixed]
        self.stands = tuple(sorted(str(one.meeting.pk) for one in free if one.covered))
        super().__init__(data, initial={"meetings": list(self.stands)})
        field = cast(forms.MultipleChoiceField, self.fields["meetings"])
        field.required = not any(one.covered for one in self.fixed)
        self.named = [(str(one.meeting.pk), _named(one.meeting)) for one in free]
        field.choices = self.named

    def clean(self) -> dict[str, Any]:
        """A page that was opened before somebody else chose does not undo that."""
        cleaned = super().clean() or {}
        self.meet()
        return cleaned

    def decision(self) -> tuple[str, ...]:
        """What is ticked."""
        return tuple(sorted(self.cleaned_data["meetings"]))

    def in_words(self) -> str:
        """The meetings that are covered now, of those that are free."""
        return ", ".join(name for meeting, name in self.named if meeting in self.stands)

    @property
    def chosen(self) -> set[UUID]:
        """What was ticked, after `is_valid`."""
        return {UUID(one) for one in self.cleaned_data["meetings"]}


def _named(meeting: Meeting) -> str:
    day = date_format(meeting.local_start, "j F Y")
    return gettext("Meeting {number}, {day}").format(number=meeting.number, day=day)
