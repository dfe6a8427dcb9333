"""What a facilitator changes of one meeting."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sessions.forms.inputs import PlaceForm, Typed, day_field, replaced, time_input
from sessions.lifecycle import Details, on_the_day
from sessions.models import LEAST_MINUTES, MOST_MINUTES, Meeting
from sessions.recurrence import instant, is_left_out


class ChangeForm(PlaceForm):
    """When and where one meeting is. `version` is the one the page was made from."""

    day = day_field(_("Date"))
    start_time = forms.TimeField(label=_("From"), widget=time_input())
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=LEAST_MINUTES, max_value=MOST_MINUTES)
    version = forms.IntegerField(widget=forms.HiddenInput)

    field_order = ("day", "start_time", "minutes", "place", "video_link")

    def __init__(self, meeting: Meeting, data: Typed = None) -> None:
        self.meeting = meeting
        now = {
            "day": meeting.local_start.date(),
            "start_time": meeting.local_start.time(),
            "minutes": meeting.minutes,
            "place": meeting.place,
            "video_link": meeting.video_link,
            "version": meeting.version,
        }
        super().__init__(data, initial=now)

    def clean(self) -> dict[str, Any]:
        """The time exists on that day."""
        data: dict[str, Any] = super().clean() or {}
        if (
            "day" in data
            and "start_time" in data
            and is_left_out(data["day"], data["start_time"], self.meeting.time_zone)
        ):
            self.add_error("start_time", _("The clocks go forward over this time on that day. Choose another."))
        if not self.errors and (starts_at := self.details().starts_at) != self.meeting.starts_at:
            self._refuse_moving(starts_at)
        return data

    def _refuse_moving(self, starts_at: datetime) -> None:
        """Another start than now has to lie ahead, and the meeting must never have been closed. Place and length may be
        put right in any case."""
        if self.meeting.was_closed:
            message = _("This meeting was closed, so its date and time stand. Close it again on its page.")
            self.add_error("day", message)
        elif starts_at <= timezone.now():
            self._refuse_the_past()
        elif (other := on_the_day(self.meeting, starts_at)) is not None:
            self.refuse_the_day(other)

    def refuse_the_day(self, other: Meeting) -> None:
        """Say that the set meets on that day already."""
        message = _("The set meets on that day already: %(when)s. Choose another day, or cancel that meeting first.")
        self.add_error("day", message % {"when": other.when})

    def _refuse_the_past(self) -> None:
        now = timezone.now()
        if self.cleaned_data["day"] == now.astimezone(ZoneInfo(self.meeting.time_zone)).date():
            self.add_error("start_time", _("This time is past. Choose one that is still to come."))
            return
        message = _("This date is past, and a meeting can only be moved to one that is still to come.")
        if self.meeting.has_begun:
            message = _(
                "This date is past, and a meeting can only be moved to one that is still to come. If the set has met "
                "already, leave the date as it stands and close the meeting on its page."
            )
        self.add_error("day", message)

    def details(self) -> Details:
        """What the meeting shall be."""
        data = self.cleaned_data
        starts_at = instant(data["day"], data["start_time"], self.meeting.time_zone)
        return Details(starts_at, data["minutes"], data["place"], data["video_link"])

    def renew(self, meeting: Meeting) -> None:
        """Make the next sending of this form replace `meeting` as it stands now. What was typed stays."""
        self.data = replaced(self.data, "version", meeting.version)
