"""The attendance: an introduction is typed, the bands are those that were written for the programme."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainText
from reports.forms.editor import Editor
from reports.write_up import Attendance, Quarter, Section
from sessions.models import AttendanceBand


class BandsForm(forms.Form):
    """What stands above the table."""

    introduction = PlainText(label=_("Introduction"), rows=3, required=False)


class AttendanceEditor(Editor):
    """The page of the attendance. Saving takes over the bands that were written by then.

    What the section has already stays as it is: a workshop file may have brought quarters that were written elsewhere.
    """

    def prepare(self) -> None:
        """One form, and the bands, the earliest first."""
        part = cast(Attendance, self.part)
        self.form = BandsForm(self.data, initial={"introduction": part.introduction})
        written = self.report.cohort.programme.attendance_bands.all()
        bands = {(one.year, one.quarter): one for one in written}
        bands |= {(one.year, one.number): _band(one) for one in part.quarters}
        self.bands = [bands[when] for when in sorted(bands)]

    @property
    def all_forms(self) -> list[forms.Form]:
        """The one form."""
        return [self.form]

    def section(self) -> Section:
        """The introduction as it was typed, with the bands."""
        quarters = tuple(Quarter(one.year, cast(Any, one.quarter), cast(Any, one.band)) for one in self.bands)
        return Attendance(self.form.cleaned_data["introduction"], quarters, id=self.part.id)


def _band(one: Quarter) -> AttendanceBand:
    """What a section has, as it would be read from the table; it is saved nowhere."""
    return AttendanceBand(year=one.year, quarter=one.number, band=one.came)
