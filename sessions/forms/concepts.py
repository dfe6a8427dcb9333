"""What a set writes on its list of concepts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learningsets.fields import EvenLine


class ConceptForm(forms.Form):
    """One term. Habits of typing are evened out, as in answers: they would join what one person writes on the list."""

    text = EvenLine(label=_("A word or a short phrase"), max_length=120)
