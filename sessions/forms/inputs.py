"""Controls that the forms about meetings share."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainLine
from sessions.models import LEAST_MINUTES, MOST_MINUTES, Meeting
from sessions.recurrence import instant, is_left_out

Typed = QueryDict | None
TOO_SHORT = _("A meeting takes at least %(minutes)d minutes.")


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    """A date of this century, in the browser's own control, whose one format this is."""
    far = _("Choose a date between 2000 and 2099.")
    bounds = [MinValueValidator(date(2000, 1, 1), far), MaxValueValidator(date(2099, 12, 31), far)]
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, validators=bounds)


def time_input() -> forms.TimeInput:
    """The browser's own time control."""
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def replaced(data: Mapping[str, Any], name: str, value: object) -> Mapping[str, Any]:
    """What was typed, with one hidden field renewed."""
    renewed = cast(QueryDict, data).copy()
    renewed[name] = str(value)
    return renewed


class PlaceForm(forms.Form):
    """Where to meet: a place, a video link, or both."""

    place = PlainLine(
        label=_("Place"), max_length=300, required=False, help_text=_("A room and an address. Members see it.")
    )
    video_link = forms.URLField(
        label=_("Video link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Shown to members after they have signed in. In calendar entries only if the set chose so."),
    )


class SpanForm(PlaceForm):
    """When one meeting is, from its first day to its last, and where."""

    day = day_field(_("Date"))
    start_time = forms.TimeField(label=_("From"), widget=time_input())
    last_day = day_field(_("Last day, if it takes several"), required=False)
    end_time = forms.TimeField(label=_("To"), widget=time_input())

    def check_span(self, data: dict[str, Any], time_zone: str) -> None:
        """Both times exist, and the end comes after the start, soon enough."""
        last = data["last_day"] or data["day"]
        for name, day in (("start_time", data["day"]), ("end_time", last)):
            if is_left_out(day, data[name], time_zone):
                self.add_error(name, _("The clocks go forward over this time on that day. Choose another."))
        if self.errors:
            return
        minutes = minutes_of(data, time_zone)
        if last < data["day"]:
            self.add_error("last_day", _("The last day comes after the first."))
        elif minutes <= 0:
            self.add_error("end_time", _("The end comes after the start."))
        elif minutes < LEAST_MINUTES:
            self.add_error("end_time", TOO_SHORT % {"minutes": LEAST_MINUTES})
        elif minutes > MOST_MINUTES:
            days = MOST_MINUTES // (24 * 60)
            self.add_error("last_day", _("A meeting takes %(days)d days at most.") % {"days": days})

    def refuse_the_day(self, other: Meeting) -> None:
        """Say that the set meets on that day already."""
        message = _("The set meets on that day already: %(when)s. Choose another day, or cancel that meeting first.")
        self.add_error("day", message % {"when": other.when})


def minutes_of(data: dict[str, Any], time_zone: str) -> int:
    """How long what was typed into a `SpanForm` takes."""
    end = instant(data["last_day"] or data["day"], data["end_time"], time_zone)
    return int((end - instant(data["day"], data["start_time"], time_zone)) / timedelta(minutes=1))


class VersionForm(forms.Form):
    """A button's form: nothing but the version of the meeting that was on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput)
