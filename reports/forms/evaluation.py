"""The evaluation of the aims: an introduction is typed, the bands are those that were written for the programme."""

from itertools import groupby
from typing import Any, cast

from django import forms

from challenges.models import AimBand
from reports.forms.attendance import BandsForm
from reports.forms.editor import Editor
from reports.write_up import Aim, Evaluation, Section


class EvaluationEditor(Editor):
    """The page of the evaluation. Saving takes over the bands that were written by then.

    Quarters that the section has already stay as they are: a workshop file may have brought some.
    """

    def prepare(self) -> None:
        """One form, and the bands, the earliest quarter first."""
        part = cast(Evaluation, self.part)
        self.form = BandsForm(self.data, initial={"introduction": part.introduction})
        there = {(one.year, one.number) for one in part.aims}
        written = self.report.cohort.programme.aim_bands.all()
        bands = [_band(one) for one in part.aims] + [one for one in written if (one.year, one.quarter) not in there]
        self.bands = sorted(bands, key=lambda one: (one.year, one.quarter))
        self.quarters = [(when, list(found)) for when, found in groupby(self.bands, key=lambda one: one.when)]

    @property
    def all_forms(self) -> list[forms.Form]:
        """The one form."""
        return [self.form]

    def section(self) -> Section:
        """The introduction as it was typed, with the bands."""
        aims = (
            Aim(one.year, cast(Any, one.quarter), one.aim, cast(Any, one.partly), cast(Any, one.largely))
            for one in self.bands
        )
        return Evaluation(self.form.cleaned_data["introduction"], tuple(aims), id=self.part.id)


def _band(one: Aim) -> AimBand:
    """What a section has, as it would be read from the table; it is saved nowhere."""
    return AimBand(year=one.year, quarter=one.number, aim=one.text, partly=one.partly, largely=one.largely)
