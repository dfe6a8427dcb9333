"""When the meetings of a set are."""

import uuid
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningsets.models import Cohort
from learningsets.time_zones import time_zones
from sessions.forms.inputs import TOO_SHORT, PlaceForm, Typed, day_field, time_input
from sessions.models import LEAST_MINUTES, OnHoliday, Series, Weekday


class ScheduleForm(PlaceForm):
    """A monthly rule, the first day it may give, and how many months. Place and link begin as the latest meeting's."""

    conditional = ("weekday", "month_day")  # the rule says which is needed
    has_past_start = False  # the page then leads to where a meeting that was held is added

    RULES = (
        ("1", _("First")),
        ("2", _("Second")),
        ("3", _("Third")),
        ("4", _("Fourth")),
        ("-1", _("Last")),
        ("day", _("A day of the month, whatever its weekday")),
    )
    rule = forms.ChoiceField(label=_("Which one of the month"), choices=RULES, initial="2")
    weekday = forms.TypedChoiceField(
        label=_("Weekday"), choices=Weekday.choices, coerce=int, initial=int(Weekday.TUESDAY), required=False
    )
    month_day = forms.IntegerField(
        label=_("Day of the month"),
        min_value=1,
        max_value=31,
        required=False,
        help_text=_("In a shorter month it is the last day."),
    )
    starts_on = day_field(_("Not before"))
    months = forms.IntegerField(label=_("Number of months"), min_value=1, max_value=36, initial=10)
    start_time = forms.TimeField(label=_("From"), widget=time_input(), initial="14:00")
    end_time = forms.TimeField(label=_("To"), widget=time_input(), initial="17:00")
    time_zone = forms.ChoiceField(label=_("Time zone"))
    on_holiday = forms.ChoiceField(
        label=_("When a date is a public holiday"),
        choices=OnHoliday.choices,
        initial=OnHoliday.KEEP,
        widget=forms.RadioSelect,
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)  # what the dates on the page were worked out from

    field_order = (
        "rule",
        "weekday",
        "month_day",
        "starts_on",
        "months",
        "start_time",
        "end_time",
        "time_zone",
        "on_holiday",
        "place",
        "video_link",
    )

    def __init__(self, cohort: Cohort, data: Typed = None) -> None:
        self.cohort = cohort
        first = {"time_zone": cohort.time_zone, "starts_on": cohort.day_of(timezone.now()), "key": uuid.uuid4()}
        super().__init__(data, initial=first | place_of_latest(cohort))
        cast(forms.ChoiceField, self.fields["time_zone"]).choices = time_zones(cohort.time_zone)

    def clean(self) -> dict[str, Any]:
        """Each rule has what it needs, no day is past where the set is, and the end comes well after the start."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("rule") == "day" and data.get("month_day") is None and "month_day" not in self.errors:
            self.add_error("month_day", _("Say which day of the month, 1 to 31."))
        if data.get("rule") not in {"day", None} and data.get("weekday") in {"", None}:
            self.add_error("weekday", _("Say which weekday."))
        if "start_time" in data and "end_time" in data and data["end_time"] <= data["start_time"]:
            self.add_error("end_time", _("The end comes after the start, on the same day."))
        elif "start_time" in data and "end_time" in data and _minutes(data) < LEAST_MINUTES:
            self.add_error("end_time", TOO_SHORT % {"minutes": LEAST_MINUTES})
        if "starts_on" in data and data["starts_on"] < self.cohort.day_of(timezone.now()):
            self.add_error("starts_on", _("This day is past. Choose today or a later one."))
            self.has_past_start = True
        return data

    def series(self) -> Series:
        """The series that was asked for, unsaved."""
        data = self.cleaned_data
        by_day = data["rule"] == "day"
        return Series(
            cohort=self.cohort,
            ordinal=None if by_day else int(data["rule"]),
            weekday=None if by_day else data["weekday"],
            month_day=data["month_day"] if by_day else None,
            starts_on=data["starts_on"],
            start_time=data["start_time"],
            minutes=_minutes(data),
            time_zone=data["time_zone"],
            months=data["months"],
            on_holiday=data["on_holiday"],
            key=data["key"],
        )

    def fingerprint(self) -> str:
        """What the dates are worked out from, in one line: what is saved are the dates that were shown."""
        names = self.field_order[:9]
        return "|".join(str(self.cleaned_data[name]) for name in names)


def _minutes(data: dict[str, Any]) -> int:
    start, end = data["start_time"], data["end_time"]
    return int((end.hour - start.hour) * 60 + end.minute - start.minute)


def place_of_latest(cohort: Cohort) -> dict[str, str]:
    """Place and video link of the set's latest meeting, if it has one."""
    found = cohort.meetings.standing().order_by("-starts_at").values("place", "video_link").first()
    return {"place": found["place"], "video_link": found["video_link"]} if found else {}
