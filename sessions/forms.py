"""What facilitators and members type about meetings. Date and time are asked for in the meeting's own time zone."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainLine
from learningsets.models import Cohort, Membership
from learningsets.time_zones import time_zones
from sessions.attendance import taken_away
from sessions.lifecycle import LEAST_OPEN, MOST_OPEN, Details
from sessions.models import Attendance, Meeting, OnHoliday, Series, Weekday
from sessions.recurrence import instant, is_left_out
from sessions.words import moment_in_words

Typed = QueryDict | None


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
        help_text=_("Shown to members after they have signed in. It is in no mail."),
    )


def _place_of_latest(cohort: Cohort) -> dict[str, str]:
    """Place and video link of the set's latest meeting, if it has one."""
    found = cohort.meetings.standing().order_by("-starts_at").values("place", "video_link").first()
    return {"place": found["place"], "video_link": found["video_link"]} if found else {}


class ScheduleForm(PlaceForm):
    """A monthly rule, the first day it may give, and how many months. Place and link begin as the latest meeting's."""

    mark_optional = False  # what is needed depends on the rule

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
        first = {"time_zone": cohort.time_zone, "starts_on": timezone.localdate(), "key": uuid.uuid4()}
        super().__init__(data, initial=first | _place_of_latest(cohort))
        cast(forms.ChoiceField, self.fields["time_zone"]).choices = time_zones(cohort.time_zone)

    def clean(self) -> dict[str, Any]:
        """Each rule has what it needs, and the end comes after the start."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("rule") == "day" and data.get("month_day") is None and "month_day" not in self.errors:
            self.add_error("month_day", _("Say which day of the month, 1 to 31."))
        if data.get("rule") not in {"day", None} and data.get("weekday") in {"", None}:
            self.add_error("weekday", _("Say which weekday."))
        if "start_time" in data and "end_time" in data and data["end_time"] <= data["start_time"]:
            self.add_error("end_time", _("The end comes after the start, on the same day."))
        return data

    def series(self) -> Series:
        """The series that was asked for, unsaved."""
        data = self.cleaned_data
        by_day = data["rule"] == "day"
        start, end = data["start_time"], data["end_time"]
        return Series(
            cohort=self.cohort,
            ordinal=None if by_day else int(data["rule"]),
            weekday=None if by_day else data["weekday"],
            month_day=data["month_day"] if by_day else None,
            starts_on=data["starts_on"],
            start_time=start,
            minutes=(end.hour - start.hour) * 60 + end.minute - start.minute,
            time_zone=data["time_zone"],
            months=data["months"],
            on_holiday=data["on_holiday"],
            key=data["key"],
        )

    def fingerprint(self) -> str:
        """What the dates are worked out from, in one line: what is saved are the dates that were shown."""
        names = self.field_order[:9]
        return "|".join(str(self.cleaned_data[name]) for name in names)


class ChangeForm(PlaceForm):
    """When and where one meeting is. `version` is the one the page was made from."""

    day = day_field(_("Date"))
    start_time = forms.TimeField(label=_("From"), widget=time_input())
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=15, max_value=24 * 60)
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
        if not self.errors and self._moves_into_the_past():
            self.add_error("day", _("This date is past. A meeting can only be moved to a date that is still to come."))
        return data

    def _moves_into_the_past(self) -> bool:
        """Whether the meeting gets another start, and one that is over. Its place may be put right afterwards."""
        starts_at = self.details().starts_at
        return starts_at != self.meeting.starts_at and starts_at < timezone.now()

    def details(self) -> Details:
        """What the meeting shall be."""
        data = self.cleaned_data
        starts_at = instant(data["day"], data["start_time"], self.meeting.time_zone)
        return Details(starts_at, data["minutes"], data["place"], data["video_link"])

    def renew(self, meeting: Meeting) -> None:
        """Make the next sending of this form replace `meeting` as it stands now. What was typed stays."""
        self.data = replaced(self.data, "version", meeting.version)


class VersionForm(forms.Form):
    """A button's form: nothing but the version of the meeting that was on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ApologyForm(forms.Form):
    """Why a member can't come, if they care to say."""

    reason = PlainLine(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Only the facilitators of your set see it. Your set sees that you can't come."),
    )


class GuestForm(forms.Form):
    """Somebody who came without being a member."""

    name = PlainLine(label=_("Name"), max_length=200)
    organisation = PlainLine(label=_("Organisation"), max_length=200, required=False)


class AttendanceForm(VersionForm):
    """A tick for each participant who was there."""

    present = forms.MultipleChoiceField(label=_("Who was there"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, meeting: Meeting, participants: Iterable[Membership], data: Typed = None) -> None:
        self.meeting = meeting
        self.participants = list(participants)
        known = {row.membership_id: row.status for row in meeting.attendances.all()}
        came = [str(m.pk) for m in self.participants if known.get(m.pk) == Attendance.Status.PRESENT]
        super().__init__(data, initial={"present": came, "version": meeting.version})
        names = [(str(m.pk), m.user.name) for m in self.participants]
        cast(forms.MultipleChoiceField, self.fields["present"]).choices = names

    def clean(self) -> dict[str, Any]:
        """Of a closed meeting no mark is taken away."""
        data: dict[str, Any] = super().clean() or {}
        if "present" in data and self.meeting.state == Meeting.State.CLOSED:
            gone = taken_away(self.meeting, self.presence())
            if gone:
                names = ", ".join(membership.user.name for membership in gone)
                told = gettext("The meeting is closed, so whoever was marked present stays so: %(names)s.")
                self.add_error("present", told % {"names": names})
        return data

    def renew(self, meeting: Meeting) -> None:
        """Make the next sending of this form replace `meeting` as it stands now. What was ticked stays."""
        self.meeting = meeting
        self.data = replaced(self.data, "version", meeting.version)

    def marked_now(self) -> list[str]:
        """Names of those who are marked present by now, for showing both after a conflict."""
        present = self.meeting.attendances.filter(status=Attendance.Status.PRESENT).select_related("membership__user")
        return [row.membership.user.name for row in present.order_by("membership__user__name", "pk")]

    def presence(self) -> dict[Membership, bool]:
        """Each participant, and whether they were there."""
        return {m: str(m.pk) in self.cleaned_data["present"] for m in self.participants}


class CloseForm(AttendanceForm):
    """Who was there, and until when the closing questions stay open."""

    mark_optional = False  # date and time are needed for a deadline of one's own

    USUAL, SOON, CHOSEN = "usual", "soon", "chosen"
    until = forms.ChoiceField(label=_("The closing questions stay open"), widget=forms.RadioSelect, initial=USUAL)
    day = day_field(_("Date"), required=False)
    time = forms.TimeField(label=_("Time"), widget=time_input(), required=False)

    field_order = ("present", "until", "day", "time")

    def __init__(self, meeting: Meeting, participants: Iterable[Membership], data: Typed = None) -> None:
        super().__init__(meeting, participants, data)
        hours = meeting.cohort.closing_hours
        cast(forms.ChoiceField, self.fields["until"]).choices = [
            (self.USUAL, _("for %(hours)d hours, as usual in this set") % {"hours": hours}),
            (self.SOON, _("for 10 minutes: everybody answers before leaving the room")),
            (self.CHOSEN, _("until the date and time below")),
        ]

    def clean(self) -> dict[str, Any]:
        """A chosen deadline is complete and neither too near nor too far."""
        data: dict[str, Any] = super().clean() or {}
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
            told = self.meeting.promised_until
            if told is not None and data["tips_at"] < told:
                self.add_error("until", self._not_before(told))
        return data

    def _not_before(self, told: datetime) -> str:
        until = moment_in_words(told, self.meeting.time_zone)
        words = gettext("The set was told that the questions are open until %(until)s. Choose that or later.")
        return words % {"until": until}

    def _deadline(self, data: dict[str, Any]) -> datetime:
        if data["until"] == self.CHOSEN:
            return instant(data["day"], data["time"], self.meeting.time_zone)
        if data["until"] == self.SOON:
            return timezone.now() + timedelta(minutes=10)
        return timezone.now() + timedelta(hours=self.meeting.cohort.closing_hours)
