"""Forms that make programmes and sets."""

import re
from copy import copy
from typing import Any, ClassVar, Self

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainLine, plain_fields
from learningsets.first_start import FirstPeople
from learningsets.models import Cohort, Programme
from learningsets.models.programme import COUNTRIES
from learningsets.time_zones import time_zones

_NUMBERED = re.compile(r"(?m)^[ \t]*(?:[-–•*·]|\d{1,2}[.)])[ \t]+")


class VersionedForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """What several people change: which version of it they had before them."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    def over(self, theirs: Model) -> Self:
        """The same once more over what somebody else saved meanwhile, with a note of it."""
        again = type(self)({**self.cleaned_data, "version": theirs.version}, instance=copy(theirs))  # type: ignore[attr-defined]
        again.is_valid()
        again.add_error(
            None, _("Somebody else changed this while you wrote. What they saved stands below; yours is kept here.")
        )
        return again


class ProgrammeForm(VersionedForm):
    """A programme's purpose and aims."""

    class Meta:
        model = Programme
        fields = ("title", "convenor", "season", "audience", "purpose", "aims", "theory", "paper")
        formfield_callback = plain_fields
        help_texts: ClassVar = {
            "convenor": _("Who sponsors it: an organisation or a person. No report prints it."),
            "season": _("For example “Autumn 2026”."),
            "paper": _("The same for all sets of the programme, so that a report’s paper tells nobody’s country."),
        }

    def clean_aims(self) -> str:
        """The aims, one on each line, none of them twice; without what numbers them where they were copied from."""
        aims = _NUMBERED.sub("", str(self.cleaned_data["aims"]))
        met: set[str] = set()
        for aim in filter(None, map(str.strip, aims.splitlines())):
            if aim.casefold() in met:
                raise forms.ValidationError(_("This aim stands there twice: %(aim)s"), params={"aim": aim})
            met.add(aim.casefold())
        return aims


class CohortForm(forms.ModelForm):  # type: ignore[type-arg]
    """A learning set's frame."""

    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones, initial="Europe/London")
    country = forms.ChoiceField(label=_("Country of public holidays"), choices=COUNTRIES, initial="GB-ENG")

    class Meta:
        model = Cohort
        fields: tuple[str, ...] = ("name", "places", "language", "time_zone", "country")
        formfield_callback = plain_fields
        labels: ClassVar = {"name": _("Name of the set"), "language": _("Language of its reports")}
        help_texts: ClassVar = {
            "places": _("How many will take part. A report needs answers from at least five of them."),
        }

    def __init__(self, *args: Any, programme: Programme | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if programme:
            self.instance.programme = programme
        if programme and not self.is_bound and (other := programme.cohorts.order_by("name", "pk").first()):
            self.initial.update({name: getattr(other, name) for name in ("language", "time_zone", "country")})

    def clean_name(self) -> str:
        """The name, which no other set of the programme has."""
        name = str(self.cleaned_data["name"])
        others = Cohort.objects.filter(programme=self.instance.programme_id, name=name).exclude(pk=self.instance.pk)
        if self.instance.programme_id and others.exists():
            raise forms.ValidationError(_("The programme has a set of this name already."))
        return name


class CohortEditForm(VersionedForm, CohortForm):
    """The same of a set that is there, but for the time zone: the days of its past are told by it."""

    time_zone = None  # type: ignore[assignment]  # Django's way to leave out a field of the form it comes from

    class Meta(CohortForm.Meta):
        fields = ("name", "places", "language", "country")
        help_texts: ClassVar = {
            **CohortForm.Meta.help_texts,
            "language": _("A report that is being written follows it at once. One that is out stays as it is."),
        }


class FirstPeopleForm(forms.Form):
    """Who is there first."""

    organiser_name = PlainLine(label=_("Your name"), help_text=_("You become the programme's organiser."))
    organiser_email = forms.EmailField(label=_("Your e-mail address"), max_length=254)
    organiser_organisation = PlainLine(
        label=_("Your organisation"), help_text=_("Reports leave it out, as they leave out your name.")
    )
    facilitator_name = PlainLine(
        label=_("Name of the first facilitator"),
        help_text=_(
            "Somebody other than you: a facilitator reads what the set says, and an organiser only what it releases. "
            "So nobody is both in one programme."
        ),
    )
    facilitator_email = forms.EmailField(label=_("E-mail address of the first facilitator"), max_length=254)

    def clean(self) -> dict[str, Any]:
        """Both addresses in lower case, and different ones."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("organiser_email", "facilitator_email"):
            if name in cleaned:
                cleaned[name] = cleaned[name].lower()
        if cleaned.get("organiser_email") and cleaned.get("organiser_email") == cleaned.get("facilitator_email"):
            self.add_error("facilitator_email", _("The facilitator needs an address of their own."))
        return cleaned

    def people(self) -> FirstPeople:
        """What was typed."""
        return FirstPeople(**self.cleaned_data)
