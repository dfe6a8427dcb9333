"""Who can't come, and who came."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainLine
from learningsets.models import Membership
from sessions.attendance import taken_away
from sessions.forms.inputs import Typed, VersionForm, replaced
from sessions.models import Attendance, Meeting


class ApologyForm(forms.Form):
    """Why a member can't come, if they care to say."""

    reason = PlainLine(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_(
            "Only those who facilitate your set now see it, and nobody who does so later; a month after the meeting it "
            "is deleted. Your set sees that you can't come."
        ),
    )


class GuestForm(forms.Form):
    """Somebody who came without being a member."""

    name = PlainLine(label=_("Name"), max_length=200)
    organisation = PlainLine(label=_("Organisation"), max_length=200, required=False)


class AttendanceForm(VersionForm):
    """A tick for each participant who was there."""

    conditional: tuple[str, ...] = ("present",)  # nobody is free to leave somebody out

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
        """Of a meeting that was closed no mark is taken away, not after the closing was undone either."""
        data: dict[str, Any] = super().clean() or {}
        if "present" in data and self.meeting.was_closed:
            gone = taken_away(self.meeting, self.presence())
            if gone:
                names = ", ".join(membership.user.name for membership in gone)
                told = gettext("The meeting was closed, so whoever was marked present stays so: %(names)s.")
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
