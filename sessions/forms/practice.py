"""What facilitators choose of how their set works."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sessions.models import Sharing


class PracticeForm(forms.Form):
    """How the time of the turns is shared out."""

    sharing = forms.ChoiceField(label=_("How airtime is shared"), choices=Sharing.choices, widget=forms.RadioSelect)
