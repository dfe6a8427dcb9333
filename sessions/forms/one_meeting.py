"""One meeting beside the monthly rule: on a day of its own, over several days, or held already."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from learningsets.models import Cohort
from learningsets.time_zones import time_zones
from sessions.forms.inputs import TOO_SHORT, PlaceForm, Typed, day_field, time_input
from sessions.forms.schedule import place_of_latest
from sessions.models import LEAST_MINUTES, MOST_MINUTES, Meeting
from sessions.recurrence import instant, is_left_out


class OneMeetingForm(PlaceForm):
    """When one meeting is, from its first day to its last, and where."""

    day = day_field(_("Date"))
    start_time = forms.TimeField(label=_("From"), widget=time_input(), initial="14:00")
    last_day = day_field(_("Last day, if it takes several"), required=False)
    end_time = forms.TimeField(label=_("To"), widget=time_input(), initial="17:00")
    time_zone = forms.ChoiceField(label=_("Time zone"))

    field_order = ("day", "start_time", "last_day", "end_time", "time_zone", "place", "video_link")

    def __init__(self, cohort: Cohort, data: Typed = None) -> None:
        self.cohort = cohort
        super().__init__(data, initial={"time_zone": cohort.time_zone} | place_of_latest(cohort))
        cast(forms.ChoiceField, self.fields["time_zone"]).choices = time_zones(cohort.time_zone)

    def clean(self) -> dict[str, Any]:
        """The end comes after the start, soon enough; both times exist; one that is under way or over is welcome."""
        data: dict[str, Any] = super().clean() or {}
        if self.errors:
            return data
        last = data["last_day"] or data["day"]
        for name, day in (("start_time", data["day"]), ("end_time", last)):
            if is_left_out(day, data[name], data["time_zone"]):
                self.add_error(name, _("The clocks go forward over this time on that day. Choose another."))
        if self.errors:
            return data
        if last < data["day"]:
            self.add_error("last_day", _("The last day comes after the first."))
        elif self._minutes(data) <= 0:
            self.add_error("end_time", _("The end comes after the start."))
        elif self._minutes(data) < LEAST_MINUTES:
            self.add_error("end_time", TOO_SHORT % {"minutes": LEAST_MINUTES})
        elif self._minutes(data) > MOST_MINUTES:
            days = MOST_MINUTES // (24 * 60)
            self.add_error("last_day", _("A meeting takes %(days)d days at most.") % {"days": days})
        return data

    def _minutes(self, data: dict[str, Any]) -> int:
        zone = data["time_zone"]
        end = instant(data["last_day"] or data["day"], data["end_time"], zone)
        return int((end - instant(data["day"], data["start_time"], zone)) / timedelta(minutes=1))

    def meeting(self) -> Meeting:
        """The meeting that was asked for, unsaved and without its number."""
        data = self.cleaned_data
        return Meeting(
            cohort=self.cohort,
            starts_at=instant(data["day"], data["start_time"], data["time_zone"]),
            minutes=self._minutes(data),
            time_zone=data["time_zone"],
            place=data["place"],
            video_link=data["video_link"],
        )

    def refuse_the_day(self, other: Meeting) -> None:
        """Say that the set meets on that day already."""
        message = _("The set meets on that day already: %(when)s. Choose another day, or cancel that meeting first.")
        self.add_error("day", message % {"when": other.when})
