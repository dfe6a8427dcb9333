"""Controls that the forms about meetings share."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainLine

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


class VersionForm(forms.Form):
    """A button's form: nothing but the version of the meeting that was on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput)
