"""What a facilitator says of an agenda and of one item on it."""

import uuid
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainLine
from sessions import agenda, formats
from sessions.models import AgendaItem, Kind, Meeting

WRITTEN = ("kind", "title", "minutes", "format", "origin", "regime", "handout")


class ItemForm(forms.Form):
    """One item. `key` is that of a new item, `version` that of the item which is changed."""

    conditional = ("format",)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    title = PlainLine(label=_("Title"), required=False, help_text=_("Left empty, the kind stands for it."))
    minutes = forms.IntegerField(
        label=_("Minutes"),
        validators=[
            MinValueValidator(1, _("Give it at least one minute.")),
            MaxValueValidator(600, _("Give it at most ten hours.")),
        ],
    )
    format = forms.ChoiceField(
        label=_("Form of the turn"), required=False, help_text=_("For airtime: the stages that a turn runs through.")
    )
    origin = forms.ChoiceField(label=_("Origin"), choices=AgendaItem.Origin.choices)
    regime = forms.ChoiceField(label=_("How far what is said may travel"), choices=AgendaItem.Regime.choices)
    handout = forms.URLField(
        label=_("Link to a handout"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("The set sees it on the meeting's page and in the room."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format"].choices = formats.format_choices()  # type: ignore[attr-defined]

    @classmethod
    def new(cls, meeting: Meeting) -> "ItemForm":
        """An empty form. What is added while the set meets came up there."""
        origin = AgendaItem.Origin.EMERGENT if meeting.has_begun else AgendaItem.Origin.PREDEFINED
        regime = AgendaItem.Regime.SET
        return cls(initial={"minutes": 15, "origin": origin, "regime": regime, "version": 0, "key": uuid.uuid4()})

    @classmethod
    def of(cls, item: AgendaItem) -> "ItemForm":
        """The form that changes `item`."""
        return cls(initial={name: getattr(item, name) for name in cls.base_fields})

    def values(self) -> dict[str, Any]:
        """What goes into the row, once the form is valid. Only a turn has a form."""
        written = {name: self.cleaned_data[name] for name in WRITTEN}
        return written if written["kind"] == Kind.AIRTIME else written | {"format": ""}

    def differing(self, item: AgendaItem) -> list[tuple[str, str]]:
        """Label and stored wording of each field that says something else than what was typed."""
        stored = {
            name: getattr(item, f"get_{name}_display", lambda name=name: getattr(item, name))() for name in WRITTEN
        }
        stored["format"] = dict(formats.format_choices()).get(item.format, "")
        typed = self.values().items()
        return [(str(self.fields[name].label), str(stored[name])) for name, one in typed if one != getattr(item, name)]


class BeginForm(forms.Form):
    """What an empty agenda begins with."""

    source = forms.ChoiceField(label=_("Begin with"), widget=forms.RadioSelect)

    def __init__(self, last: Meeting | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        as_last = [(agenda.LAST, now("The agenda of the last meeting, %(when)s") % {"when": last.when})] if last else []
        self.fields["source"].choices = [*as_last, *formats.agenda_choices()]  # type: ignore[attr-defined]


class CarryForm(forms.Form):
    """What of the last meeting's leftovers is taken over."""

    chosen = forms.MultipleChoiceField(label=_("Left over from the last meeting"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, left: list[AgendaItem], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(item.pk), now("%(item)s, %(n)d min") % {"item": item, "n": item.minutes}) for item in left]
        self.fields["chosen"].choices = offered  # type: ignore[attr-defined]
