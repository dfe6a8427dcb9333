"""The page on which it is recorded who agreed to a label being named."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from learningsets import floors
from learningsets.models import Membership
from reports.models import Clearance, Report
from reports.review import clear, labels, shared_by


class AgreedForm(forms.Form):
    """Who of those that one label covers agreed."""

    conditional = ("agreed",)  # nobody is free to leave somebody out

    agreed = forms.MultipleChoiceField(label=_("Agreed"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, label: str, members: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].label = label
        self.fields["agreed"].help_text = ngettext(
            "The one person it covers has to agree.", "All {n} people it covers have to agree.", len(members)
        ).format(n=len(members))
        cast(forms.ChoiceField, self.fields["agreed"]).choices = [
            (str(member.pk), member.user.name) for member in members
        ]


@dataclass(frozen=True)
class Label:
    """A label, whom it covers, and the form that says who agreed."""

    kind: Any
    label: str
    members: list[Membership]
    form: AgreedForm


KINDS = (_("Health systems"), _("Employers"), _("Roles"))


def _kind(label: str, members: list[Membership]) -> int:
    """The place in `KINDS` of what `label` is to those it covers; the widest, when it is several."""
    if any(member.health_system == label for member in members):
        return 0
    return 1 if any(member.organisation and member.organisation.name == label for member in members) else 2


class ClearanceForms:
    """Every label of a set that fewer than ten people share."""

    def __init__(self, report: Report, data: Any = None) -> None:
        self.report = report
        given: dict[str, list[str]] = {}
        for clearance in report.clearances.all():
            given.setdefault(clearance.label, []).append(str(clearance.membership_id))
        shared = shared_by(report)
        few = {name: who for name, who in labels(report.cohort).items() if shared[name] < floors.LABEL}
        ordered = [(_kind(name, who), name, who) for name, who in few.items()]
        self.labels = [
            Label(
                KINDS[kind],
                name,
                who,
                AgreedForm(
                    data, prefix=f"label-{number}", initial={"agreed": given.get(name, [])}, label=name, members=who
                ),
            )
            for number, (kind, name, who) in enumerate(sorted(ordered, key=lambda one: one[:2]))
        ]

    def is_valid(self) -> bool:
        """Whether only those were ticked whom the label covers."""
        return not [label for label in self.labels if not label.form.is_valid()]

    def save(self) -> None:
        """Record exactly what is ticked: an agreement can be taken back until the report is released."""
        with transaction.atomic():
            Clearance.objects.filter(report=self.report).delete()
            for label in self.labels:
                agreed = set(label.form.cleaned_data["agreed"])
                clear(self.report, label.label, [member for member in label.members if str(member.pk) in agreed])
