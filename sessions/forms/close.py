"""Who was there, and how long the closing questions of a meeting stay open."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learningsets.models import Membership
from sessions.forms.attendance import AttendanceForm
from sessions.forms.inputs import Typed, day_field, time_input
from sessions.lifecycle import LEAST_OPEN, MOST_OPEN, still_asking
from sessions.models import Meeting
from sessions.recurrence import instant
from sessions.words import moment_in_words


class CloseForm(AttendanceForm):
    """Who was there, and until when the closing questions stay open."""

    conditional = ("present", "day", "time")  # date and time are needed for a deadline of one's own

    USUAL, SOON, CHOSEN = "usual", "soon", "chosen"
    until = forms.ChoiceField(label=_("The closing questions stay open"), widget=forms.RadioSelect, initial=USUAL)
    day = day_field(_("Date"), required=False)
    time = forms.TimeField(label=_("Time"), widget=time_input(), required=False)

    field_order = ("present", "until", "day", "time")

    def __init__(self, meeting: Meeting, participants: Iterable[Membership], data: Typed = None) -> None:
        super().__init__(meeting, participants, data)
        self.told = meeting.promised_until if meeting.promised_until and meeting.has_opened else None
        hours = meeting.cohort.closing_hours
        offered = [
            (self.USUAL, _("for %(hours)d hours, as usual in this set") % {"hours": hours}),
            (self.SOON, _("for 10 minutes: everybody answers before leaving the room")),
            (self.CHOSEN, _("until the date and time below")),
        ]
        accepted = [
            one for one in offered if one[0] == self.CHOSEN or not self._is_early(self._deadline({"until": one[0]}))
        ]
        cast(forms.ChoiceField, self.fields["until"]).choices = accepted
        if self.told is not None and len(accepted) < len(offered):
            local = self.told.astimezone(ZoneInfo(meeting.time_zone))
            self.initial.update(until=accepted[0][0], day=local.date(), time=local.time())
            self.fields["until"].help_text = " ".join(
                (self._not_before(self.told), *self._why_not_soon({name for name, _label in accepted}))
            )

    def clean(self) -> dict[str, Any]:
        """A chosen deadline is complete and neither too near nor too far."""
        data: dict[str, Any] = super().clean() or {}
        if self.participants and "present" in data and not data["present"]:
            nobody = gettext(
                "Tick who was there. If nobody came, the meeting can be moved to another day instead of being closed."
            )
            self.add_error("present", nobody)
        if (other := still_asking(self.meeting)) is not None:
            asking = gettext(
                "The questions of the meeting on %(when)s are open until %(until)s. Close this one when that box is "
                "tipped out: two at once would show who was at one alone."
            )
            self.add_error("until", asking % {"when": other.when, "until": other.closing_until})
        if data.get("until") == self.CHOSEN:
            for name in ("day", "time"):
                if data.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Needed for a deadline of your own."))
        if not self.errors:
            data["tips_at"] = self._deadline(data)
            if data["tips_at"] < timezone.now() + LEAST_OPEN:
                self.add_error("time", _("The questions stay open for at least 5 minutes."))
            if data["tips_at"] > timezone.now() + MOST_OPEN:
                self.add_error("day", _("The questions stay open for at most 31 days."))
            if self.told is not None and self._is_early(data["tips_at"]):
                self.add_error("until", self._not_before(self.told))
        return data

    def _is_early(self, tips_at: datetime) -> bool:
        """Whether the set was told a later deadline."""
        return self.told is not None and tips_at < self.told

    def _not_before(self, told: datetime) -> str:
        until = moment_in_words(told, self.meeting.time_zone)
        words = gettext("The set was told that the questions are open until %(until)s. Choose that or later.")
        return words % {"until": until}

    def _why_not_soon(self, offered: set[str]) -> list[str]:
        """Why the short choice is missing, for whoever looks for it."""
        words = gettext("Ten minutes would end before that, so they are not on offer here.")
        return [] if self.SOON in offered else [words]

    def _deadline(self, data: dict[str, Any]) -> datetime:
        if data["until"] == self.CHOSEN:
            chosen = instant(data["day"], data["time"], self.meeting.time_zone)
            same = self.told is not None and chosen == self.told.replace(second=0, microsecond=0)
            return self.told if same and self.told else chosen  # a minute is what the set was told, and can be typed
        if data["until"] == self.SOON:
            return timezone.now() + timedelta(minutes=10)
        return timezone.now() + timedelta(hours=self.meeting.cohort.closing_hours)
