"""What is typed in the room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainLine


class PressForm(forms.Form):
    """A button of the room: nothing but the version that was on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)


class ParkForm(forms.Form):
    """A line for the parking lot."""

    text = PlainLine(label=_("Put aside for later"), max_length=200)

    def clean_text(self) -> str:
        """The line with single spaces."""
        return " ".join(self.cleaned_data["text"].split())
