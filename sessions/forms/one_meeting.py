"""One meeting beside the monthly rule: on a day of its own, over several days, or held already."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from learningsets.models import Cohort
from learningsets.time_zones import time_zones
from sessions.forms.inputs import SpanForm, Typed, minutes_of
from sessions.forms.schedule import place_of_latest
from sessions.models import Meeting
from sessions.recurrence import instant


class OneMeetingForm(SpanForm):
    """A meeting to add; one that is under way or over is welcome."""

    time_zone = forms.ChoiceField(label=_("Time zone"))

    field_order = ("day", "start_time", "last_day", "end_time", "time_zone", "place", "video_link")

    def __init__(self, cohort: Cohort, data: Typed = None) -> None:
        self.cohort = cohort
        usual = {"time_zone": cohort.time_zone, "start_time": "14:00", "end_time": "17:00"}
        super().__init__(data, initial=usual | place_of_latest(cohort))
        cast(forms.ChoiceField, self.fields["time_zone"]).choices = time_zones(cohort.time_zone)

    def clean(self) -> dict[str, Any]:
        """The times are ones that a meeting can have."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors:
            self.check_span(data, data["time_zone"])
        return data

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
