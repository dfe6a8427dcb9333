"""Whom an organiser asks to organise the programme too."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learningsets import invitations
from learningsets.fields import PlainLine
from learningsets.invitation_lines import Line
from learningsets.models import Programme


class OrganiserForm(forms.Form):
    """One person, and where they work: an organiser may be spoken of in any set, so reports leave both out."""

    name = PlainLine(label=_("Name"))
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    organisation = PlainLine(label=_("Organisation"), help_text=_("Reports leave it out, as they leave out the name."))

    def fits(self, programme: Programme) -> bool:
        """Whether the programme knows nothing against whoever is named; otherwise the form says what."""
        if invitations.check_organiser(line := self.line(), programme):
            return True
        self.add_error("email", line.errors[0])
        return False

    def line(self) -> Line:
        """What was typed, as it can be invited."""
        told = self.cleaned_data
        return Line(1, name=told["name"], email=told["email"].lower(), organisation=told["organisation"])
