"""One meeting beside the monthly rule: on a day of its own, over several days, or held already."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from learningsets.models import Cohort
from learningsets.time_zones import time_zones
from sessions.attendance import expected
from sessions.forms.inputs import SpanForm, Typed, minutes_of
from sessions.forms.schedule import place_of_latest
from sessions.models import Meeting
from sessions.recurrence import instant
from sessions.words import day_in_words


class OneMeetingForm(SpanForm):
    """A meeting to add; one that is under way or over is welcome."""

    time_zone = forms.ChoiceField(label=_("Time zone"))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)  # the date on the page was worked out from it

    field_order = ("day", "start_time", "last_day", "end_time", "time_zone", "place", "video_link")

    def __init__(self, cohort: Cohort, data: Typed = None) -> None:
        self.cohort = cohort
        usual = {"time_zone": cohort.time_zone, "start_time": "14:00", "end_time": "17:00"}
        super().__init__(data, initial=usual | place_of_latest(cohort))
        cast(forms.ChoiceField, self.fields["time_zone"]).choices = time_zones(cohort.time_zone)

    def clean(self) -> dict[str, Any]:
        """The times are ones that a meeting can have; and if it was held, somebody who can be marked was there."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors:
            self.check_span(data, data["time_zone"])
        if not self.errors and (held := self.meeting()).has_begun and not expected(held):
            self.add_error("day", self._too_early())
        return data

    def _too_early(self) -> str:
        """Why a meeting that nobody of the set was at is of no use here, and what to do instead."""
        first = self.cohort.memberships.current().participants().order_by("joined_on").first()
        why = _(
            "Nobody had joined the set on that day, so nobody could be marked present, and the meeting would have no"
            " answers and no report."
        )
        if first is None:
            return f"{why} {_('Invite the members first; meetings from the day they join can be added.')}"
        since = _(
            "Instead, add a meeting from %(day)s on, when the first member joined, and close it: who is marked present"
            " can answer its questions about what was held before. Its write-up tells of that, and its cover says when."
        )
        return f"{why} {since % {'day': day_in_words(first.joined_on)}}"

    def fingerprint(self) -> str:
        """What the date is worked out from, in one line: what is saved is the date that was shown."""
        return "|".join(str(self.cleaned_data[name]) for name in self.field_order[:5])

    def meeting(self) -> Meeting:
        """The meeting that was asked for, unsaved and without its number."""
        data = self.cleaned_data
        return Meeting(
            cohort=self.cohort,
            starts_at=instant(data["day"], data["start_time"], data["time_zone"]),
            minutes=minutes_of(data, data["time_zone"]),
            time_zone=data["time_zone"],
            place=data["place"],
            video_link=data["video_link"],
        )
