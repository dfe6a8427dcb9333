"""What a set writes on its list of concepts."""

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainText
from learningsets.typing_habits import evened

LONGEST = 120  # characters of a term
QUOTED = 40  # of a term that is too long


class ConceptForm(forms.Form):
    """Terms, one on each line. Habits of typing are evened out, as in answers: they would join what one person writes
    on the list. A comma may belong to a term, so only a new line parts two."""

    text = PlainText(
        label=_("A word or a short phrase"),
        rows=1,
        help_text=_("If you paste several, one on each line."),
        widget=forms.Textarea(attrs={"rows": 1, "enterkeyhint": "send", "autocomplete": "off"}),
    )

    def clean_text(self) -> str:
        """The terms, without blank lines. Raises ValidationError that names each that is too long."""
        terms = [term for term in evened(self.cleaned_data["text"]).split("\n") if term]
        if not terms:
            raise forms.ValidationError(_("Please fill this in."))
        long = [term for term in terms if len(term) > LONGEST]
        if len(terms) == 1 and long:
            told = _("Please shorten this to %(most)s characters; it has %(length)s.")
            raise forms.ValidationError(told % {"most": LONGEST, "length": len(long[0])})
        if long:
            told = _("A term has %(most)s characters at most. Please shorten “%(term)s”, which has %(length)s.")
            raise forms.ValidationError(
                [told % {"most": LONGEST, "term": Truncator(term).chars(QUOTED), "length": len(term)} for term in long]
            )
        return "\n".join(terms)

    @property
    def terms(self) -> list[str]:
        """Each term, once the form is valid."""
        return str(self.cleaned_data["text"]).split("\n")
