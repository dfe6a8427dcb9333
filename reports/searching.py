"""What an organiser may look for among released reports: words of a title or of a theme."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainLine


class SearchForm(forms.Form):
    """The words. They stand in the address, so that a search can be kept; they can match nothing but what is out."""

    conditional = ("q",)  # a search without a word shows everything; there is no need to say that it is optional

    q = PlainLine(
        label=_("Words of a title or a theme"),
        required=False,
        max_length=100,
        help_text=_("Only reports that are out are searched, and of those only titles and the titles of themes."),
    )

    def words(self) -> str:
        """What to look for; nothing when nothing, or something that cannot be looked for, was typed."""
        return str(self.cleaned_data["q"]) if self.is_valid() else ""
