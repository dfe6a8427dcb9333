"""The page on which it is recorded who agreed to a label being named."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from learningsets import floors
from learningsets.models import Membership
from reports.forms.standing import StandingForm
from reports.models import Clearance, Report
from reports.review import clear, labels, shared_by


class AgreedForm(StandingForm):
    """Who of those that one label covers agreed."""

    beside = "agreed"
    conditional = ("agreed",)  # nobody is free to leave somebody out

    agreed = forms.MultipleChoiceField(label=_("Agreed"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, label: str, members: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].label = label
        self.fields["agreed"].help_text = (
            _("Everybody it covers has to agree.") if members[1:] else _("The one person it covers has to agree.")
        )
        cast(forms.ChoiceField, self.fields["agreed"]).choices = [
            (str(member.pk), member.user.name) for member in members
        ]
        self.names = {str(member.pk): member.user.name for member in members}

    def clean(self) -> dict[str, Any]:
        """Nobody's agreement is put back, or taken back, by a page that was opened before it was."""
        cleaned = super().clean() or {}
        self.meet()
        return cleaned

    def decision(self) -> tuple[Any, ...]:
        """Who is ticked."""
        return tuple(sorted(self.cleaned_data["agreed"]))

    def in_words(self) -> str:
        """Who agreed, by name."""
        return ", ".join(self.names[one] for one in self.stands) or str(_("nobody agreed"))


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
        self._stood = _given(report)
        shared = shared_by(report)
        few = {name: who for name, who in labels(report.cohort).items() if shared[name] < floors.LABEL}
        ordered = sorted((_kind(name, who), name) for name, who in few.items())
        self.labels = [Label(KINDS[kind], name, few[name], self._form(name, few[name], data)) for kind, name in ordered]

    def _form(self, name: str, who: list[Membership], data: Any) -> AgreedForm:
        """A label's form, known by the label: its place among the others is another when somebody joins."""
        agreed = sorted(str(member.pk) for member in who if (name, member.pk) in self._stood)
        prefix = f"label-{sha256(name.encode()).hexdigest()[:12]}"
        form = AgreedForm(data, prefix=prefix, initial={"agreed": agreed}, label=name, members=who)
        form.stands = tuple(agreed)
        return form

    @property
    def faulty(self) -> list[AgreedForm]:
        """The forms that are not right, in the order of the page."""
        return [label.form for label in self.labels if label.form.is_bound and label.form.errors]

    def is_valid(self) -> bool:
        """Whether only those were ticked whom the label covers, and nobody changed the same meanwhile."""
        return not self.faulty

    def save(self) -> bool:
        """Record what was ticked and what was taken back: an agreement can be, until the report is released.

        False when somebody recorded something at this very moment: the forms have to be made once more.
        """
        with transaction.atomic():
            Report.objects.select_for_update().get(pk=self.report.pk)
            if _given(self.report) != self._stood:
                return False
            for label in self.labels:
                if label.form.is_new():
                    agreed = [member for member in label.members if str(member.pk) in label.form.decision()]
                    Clearance.objects.filter(report=self.report, label=label.label).exclude(
                        membership__in=agreed
                    ).delete()
                    clear(self.report, label.label, agreed)
        return True


def _given(report: Report) -> set[tuple[str, UUID]]:
    """Who agreed to what, as it is stored."""
    return set(report.clearances.values_list("label", "membership"))
