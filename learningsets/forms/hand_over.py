"""To whom a set is handed over, and whether its facilitator stays."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from learningsets import invitations
from learningsets.fields import PlainLine
from learningsets.invitation_lines import Line
from learningsets.models import Cohort, Membership, Role

ELSE = "else"


class HandOverForm(forms.Form):
    """One of those who facilitate another set of the programme (`places`), or somebody else by name and address."""

    conditional = ("name", "email")  # for somebody else alone

    who = forms.ChoiceField(label=_("Who is to facilitate it"), widget=forms.RadioSelect)
    name = PlainLine(label=_("Name"), required=False)
    email = forms.EmailField(label=_("E-mail address"), max_length=254, required=False)
    how = forms.ChoiceField(
        label=_("And you"),
        choices=(
            ("together", _("We facilitate it together from then on")),
            ("over", _("I hand it over, and leave the set when they take it on")),
        ),
        widget=forms.RadioSelect,
    )
    line: Line

    def __init__(self, places: Sequence[Membership], data: Any = None) -> None:
        super().__init__(data)
        self.places = {str(place.pk): place for place in places}
        choices = [(key, place.user.name) for key, place in self.places.items()]
        cast(forms.ChoiceField, self.fields["who"]).choices = [*choices, (ELSE, now("Somebody else"))]
        if not self.places:
            self.fields["who"] = forms.ChoiceField(choices=[(ELSE, "")], initial=ELSE, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Whoever is chosen, as a `line` that can be invited."""
        told: dict[str, Any] = super().clean() or {}
        place = self.places.get(told.get("who", ""))
        if place is not None:
            self.line = Line(
                1,
                name=place.user.name,
                email=place.user.email,
                organisation=place.organisation.name if place.organisation else "",
                job_title=place.job_title,
                health_system=place.health_system,
            )
            return told
        if "who" in told:
            for field, message in (("name", _("Please give their name.")), ("email", _("Please give their address."))):
                if field not in self.errors and not told.get(field):
                    self.add_error(field, message)
        self.line = Line(1, name=told.get("name", ""), email=str(told.get("email", "")).lower())
        return told

    def fits(self, cohort: Cohort) -> bool:
        """Whether the set knows nothing against whoever is chosen; otherwise the form says what."""
        if invitations.check([self.line], cohort, Role.FACILITATOR):
            return True
        self.add_error("email" if self.cleaned_data["who"] == ELSE else "who", self.line.errors[0])
        return False

    @property
    def hands_over(self) -> bool:
        """Whether whoever fills this in leaves the set then."""
        return bool(self["how"].value() == "over")
