"""What is typed about a turn: a bid for it, a question to its presenter, the presenter's notes."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from challenges.models import Bid
from learningsets.fields import EvenLine, PlainText


class BidForm(forms.Form):
    """How much time a member would like, and how urgently."""

    minutes = forms.IntegerField(
        label=_("Minutes"),
        validators=[
            MinValueValidator(5, _("Ask for five minutes at least.")),
            MaxValueValidator(120, _("Ask for two hours at most.")),
        ],
    )
    urgency = forms.TypedChoiceField(
        label=_("How urgent"), coerce=int, choices=Bid.Urgency.choices, widget=forms.RadioSelect
    )


class AskForm(forms.Form):
    """One open question. Habits of typing are evened out, as in answers: they would join what one person asks."""

    text = EvenLine(label=_("Your question"), max_length=500)


class NotesForm(forms.Form):
    """A presenter's notes."""

    notes = PlainText(label=_("My notes"), required=False, rows=8, help_text=_("Only you can read this."))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)
