"""What somebody chooses for their own letters."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from learningsets.time_zones import time_zones
from sessions.forms.inputs import Typed


class TimeZoneForm(forms.Form):
    """The time zone in which a person's reminders say when a meeting is."""

    time_zone = forms.ChoiceField(label=_("Reminders say times as clocks show them in"), required=False)

    def __init__(self, chosen: str, data: Typed = None) -> None:
        super().__init__(data, initial={"time_zone": chosen})
        choices = [("", _("The time zone of each meeting")), *time_zones()]
        cast(forms.ChoiceField, self.fields["time_zone"]).choices = choices
