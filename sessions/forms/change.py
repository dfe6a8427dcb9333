"""What a facilitator changes of one meeting."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sessions.following import following
from sessions.forms.inputs import SpanForm, Typed, minutes_of, replaced
from sessions.lifecycle import Details, on_the_day
from sessions.models import Meeting
from sessions.recurrence import instant


class ChangeForm(SpanForm):
    """When and where one meeting is. `version` is the one the page was made from.

    Of a series, the planned meetings after it can take the same change (`sessions.following`).
    """

    ONE, FOLLOWING = "one", "following"

    scope = forms.ChoiceField(
        label=_("Change"),
        choices=((ONE, _("This meeting alone")), (FOLLOWING, _("This one and those planned after it"))),
        widget=forms.RadioSelect,
        initial=ONE,
        help_text=_("Before several dates change, each is shown."),
        required=False,  # not asked where nothing follows
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)  # the change of several that was shown

    conditional = ("scope",)
    field_order = ("day", "start_time", "last_day", "end_time", "place", "video_link", "scope")

    def __init__(self, meeting: Meeting, data: Typed = None) -> None:
        self.meeting = meeting
        start, end = meeting.local_start, meeting.local_end
        now = {
            "day": start.date(),
            "start_time": start.time(),
            "last_day": end.date() if end.date() != start.date() else None,
            "end_time": end.time(),
            "place": meeting.place,
            "video_link": meeting.video_link,
            "version": meeting.version,
        }
        super().__init__(data, initial=now)
        self.follows = bool(following(meeting))
        if not self.follows:
            del self.fields["scope"]

    def clean(self) -> dict[str, Any]:
        """The times are ones that the meeting can have."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and self.has_new_hours:
            self.check_span(data, self.meeting.time_zone)
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
        elif not self.all and (other := on_the_day(self.meeting, starts_at)) is not None:
            self.refuse_the_day(other)

    @property
    def all(self) -> bool:
        """Whether the meetings after this one are to change with it."""
        return self.cleaned_data.get("scope") == self.FOLLOWING

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

    @property
    def has_new_hours(self) -> bool:
        """Whether anything else was typed than when the meeting is. If not, that stays: an hour that the clocks show
        twice would be read as the first of the two."""
        return not {"day", "start_time", "last_day", "end_time"}.isdisjoint(self.changed_data)

    def details(self) -> Details:
        """What the meeting shall be."""
        data = self.cleaned_data
        if not self.has_new_hours:
            return Details(self.meeting.starts_at, self.meeting.minutes, data["place"], data["video_link"])
        starts_at = instant(data["day"], data["start_time"], self.meeting.time_zone)
        minutes = minutes_of(data, self.meeting.time_zone)
        return Details(starts_at, minutes, data["place"], data["video_link"])

    def renew(self, meeting: Meeting) -> None:
        """Make the next sending of this form replace `meeting` as it stands now. What was typed stays."""
        self.data = replaced(self.data, "version", meeting.version)
