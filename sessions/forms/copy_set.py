"""What a copy of a set is called, and whether it has dates."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainLine
from learningsets.models import Cohort
from sessions.forms.inputs import Typed


class CopySetForm(forms.Form):
    """The name of the new set, and whether its dates follow the old one's rules."""

    name = PlainLine(label=_("Name of the new set"))
    with_dates = forms.BooleanField(
        label=_("Schedule it by the same monthly rules, a year later"),
        required=False,
        initial=True,
        help_text=_("Nobody gets an e-mail. You can move or cancel each date before you invite anybody."),
    )

    def __init__(self, cohort: Cohort, data: Typed = None) -> None:
        self.cohort = cohort
        super().__init__(data)

    def clean_name(self) -> str:
        """The name, which no other set of the programme has."""
        name = str(self.cleaned_data["name"])
        if self.cohort.programme.cohorts.filter(name=name).exists():
            raise forms.ValidationError(_("The programme has a set of this name already."))
        return name
