"""What a facilitator says of an agenda and of one item on it."""

import uuid
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainLine
from learningsets.forms.ticks import FoldedTicks
from sessions import agenda, formats, predefined
from sessions.models import AgendaItem, Kind, Meeting, PredefinedConcept

WRITTEN = ("kind", "title", "minutes", "day", "format", "origin", "regime", "handout")


class ItemForm(forms.Form):
    """One item. `key` is that of a new item, `version` that of the item which is changed."""

    conditional = ("format", "concepts")
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    title = PlainLine(label=_("Title"), required=False, help_text=_("Left empty, the kind stands for it."))
    minutes = forms.IntegerField(
        label=_("Minutes"),
        validators=[
            MinValueValidator(1, _("Give it at least one minute.")),
            MaxValueValidator(600, _("Give it at most ten hours.")),
        ],
    )
    day = forms.TypedChoiceField(label=_("Day"), coerce=int)
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
    concepts = forms.MultipleChoiceField(
        label=_("Concepts from the library"),
        required=False,
        widget=FoldedTicks,
        help_text=_("The set sees each with its explanation and handout."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, meeting: Meeting, data: Any = None, *, item: AgendaItem | None = None, **kwargs: Any) -> None:
        """Of concepts the library offers what stands in it, and what the `item` has already or was ticked before."""
        super().__init__(data, **kwargs)
        self.fields["format"].choices = formats.format_choices()  # type: ignore[attr-defined]
        days = [(day, agenda.day_of(meeting, day)) for day in range(1, meeting.day_count + 1)]
        self.fields["day"].choices = days  # type: ignore[attr-defined]
        if len(days) == 1:
            del self.fields["day"]
        there = set(item.concepts.all()) if item else set()
        ticked = set(data.getlist("concepts")) if data is not None else set()
        known = predefined.everything(meeting.cohort.programme)
        self.library = {str(one.pk): one for one in known if not one.removed or one in there or str(one.pk) in ticked}
        self.fields["concepts"].choices = predefined.on_offer(list(self.library.values()))  # type: ignore[attr-defined]
        if item:
            self.initial["concepts"] = [str(one.pk) for one in there]
        if not self.library:
            del self.fields["concepts"]

    @classmethod
    def new(cls, meeting: Meeting, *, theory: bool = False) -> "ItemForm":
        """An empty form, or one for a block of `theory`, planned beforehand. What is added while the set meets came up
        there."""
        emergent = meeting.has_begun and not theory
        initial = {
            "minutes": 15,
            "origin": AgendaItem.Origin.EMERGENT if emergent else AgendaItem.Origin.PREDEFINED,
            "regime": AgendaItem.Regime.SET,
            "version": 0,
            "key": uuid.uuid4(),
        }
        if meeting.takes_days:
            initial["day"] = min(agenda.last_day(meeting), meeting.day_count)
        return cls(meeting, initial=initial | ({"kind": Kind.THEORY} if theory else {}))

    @classmethod
    def of(cls, item: AgendaItem) -> "ItemForm":
        """The form that changes `item`. Of a day that was cut off it stands on the last, as on the agenda."""
        initial = {name: getattr(item, name) for name in (*WRITTEN, "version", "key")}
        return cls(item.meeting, item=item, initial=initial | {"day": min(item.day, item.meeting.day_count)})

    def values(self) -> dict[str, Any]:
        """What goes into the row, once the form is valid. Only a turn has a form."""
        written = {name: self.cleaned_data[name] for name in WRITTEN if name in self.fields}
        return written if written["kind"] == Kind.AIRTIME else written | {"format": ""}

    def chosen(self) -> list[PredefinedConcept]:
        """The concepts that were ticked, once the form is valid."""
        return [self.library[key] for key in self.cleaned_data.get("concepts", ())]

    def differing(self, item: AgendaItem) -> list[tuple[str, str]]:
        """Label and stored wording of each field that says something else than what was typed."""
        stored = {
            name: getattr(item, f"get_{name}_display", lambda name=name: getattr(item, name))() for name in WRITTEN
        }
        stored["day"] = agenda.day_of(item.meeting, item.day)
        stored["format"] = dict(formats.format_choices()).get(item.format, "")
        typed = self.values().items()
        found = [(str(self.fields[name].label), str(stored[name])) for name, one in typed if one != getattr(item, name)]
        there = list(item.concepts.all())
        if {one.pk for one in there} != {one.pk for one in self.chosen()}:
            found.append((now("Concepts from the library"), ", ".join(one.term for one in there)))
        return found


class BeginForm(forms.Form):
    """What an empty agenda begins with, or one `day` of several on which nothing is planned."""

    source = forms.ChoiceField(label=_("Begin with"), widget=forms.RadioSelect)

    def __init__(
        self, meeting: Meeting, last: Meeting | None, elsewhere: list[Meeting], data: Any = None, day: int = 1
    ) -> None:
        super().__init__(data)
        self.day = day
        self.day_in_words = agenda.day_of(meeting, day) if meeting.takes_days else ""
        self.elsewhere = {str(one.pk): one for one in elsewhere}
        told = []
        if not meeting.takes_days:
            told.append(
                now("This meeting has %(n)d minutes. An agenda that is longer can be fitted to them in the next step.")
                % {"n": meeting.minutes}
            )
        if elsewhere:
            told.append(
                now(
                    "Of another set’s agenda come the blocks that were planned, turns without their titles, and "
                    "nothing that came up there."
                )
            )
        self.fields["source"].help_text = " ".join(told)
        as_last = (
            [(agenda.LAST, now("The agenda of the meeting before, %(when)s") % {"when": last.when})] if last else []
        )
        as_there = [
            (key, now("The agenda of %(cohort)s, %(when)s") % {"cohort": one.cohort, "when": one.when})
            for key, one in self.elsewhere.items()
        ]
        choices = [*as_last, *as_there, *formats.agenda_choices()]
        self.fields["source"].choices = choices  # type: ignore[attr-defined]

    def begin_with(self) -> str | Meeting:
        """What was chosen, once the form is valid: another set's meeting, or a name that `agenda.begin` knows."""
        chosen = str(self.cleaned_data["source"])
        return self.elsewhere.get(chosen, chosen)


class CarryForm(forms.Form):
    """What of the last meeting's leftovers is taken over."""

    chosen = forms.MultipleChoiceField(label=_("Left over from the last meeting"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, left: list[AgendaItem], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(item.pk), now("%(item)s, %(n)d min") % {"item": item, "n": item.minutes}) for item in left]
        self.fields["chosen"].choices = offered  # type: ignore[attr-defined]
