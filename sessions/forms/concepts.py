"""What a set writes on its list of concepts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainLine


class ConceptForm(forms.Form):
    """One term."""

    text = PlainLine(label=_("A word or a short phrase"), max_length=120)

    def clean_text(self) -> str:
        """The term with single spaces."""
        return " ".join(self.cleaned_data["text"].split())
