"""Forms around a set's contract."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainText
from learningsets.models.contract import WindowHours


class SignForm(forms.Form):
    """Signing: which version was in front of the reader."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=30_000)


class ContractForm(forms.Form):
    """A new version's text, and the number of the version it replaces."""

    text = PlainText(
        label=_("Contract"),
        rows=24,
        help_text=_("Paragraphs are parted by an empty line. Everybody signs this wording."),
    )
    window_hours = forms.TypedChoiceField(
        label=_("How long the set reads a report before it leaves"),
        choices=WindowHours.choices,
        coerce=int,
        help_text=_(
            "Until then everybody in the set can object to a passage. A shorter time counts once all have signed. If"
            " anything is objected to, a second reading of two days follows, however short the first was."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=30_000)

    def over(self, version: int) -> "ContractForm":
        """The same text once more, now replacing `version`, with a note that somebody else was quicker."""
        typed = {name: self.cleaned_data[name] for name in ("text", "window_hours")}
        again = ContractForm({**typed, "version": version})
        again.is_valid()
        again.add_error(
            None,
            _(
                "Somebody else changed the contract while you wrote. Their version stands below yours: bring the two "
                "together in yours, and save again."
            ),
        )
        return again
