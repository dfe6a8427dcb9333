"""What a facilitator says when pages leave, or are taken back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainLine


class ReleaseForm(forms.Form):
    """The facilitator's word that these very pages may leave."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    read = forms.BooleanField(
        label=_("I have read these pages from beginning to end"),
        error_messages={"required": _("Read the pages first: nobody can call them back once they have been read.")},
    )


class WithdrawForm(forms.Form):
    """Why a release is taken back."""

    reason = PlainLine(
        label=_("Why it is withdrawn"),
        max_length=400,
        help_text=_("Organisers read this. Do not repeat what should not have been in it."),
    )
