"""What a presenter means to do, and what they learned by it."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from challenges.models import Action
from learningsets.fields import PlainLine, PlainText
from sessions.forms.inputs import day_field


class ActionForm(forms.Form):
    """A new action."""

    text = PlainLine(label=_("What I will do"), max_length=300)
    first_step = PlainLine(label=_("First step"), max_length=300, required=False)
    due = day_field(_("Until"))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, stood: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stood = stood  # the date that the action has: one that has passed meanwhile may stay

    def clean_due(self) -> date:
        """Nobody means to do something by a day that has passed."""
        due: date = self.cleaned_data["due"]
        if due != self.stood and due < timezone.localdate():
            raise forms.ValidationError(_("This day has passed. Choose today or a later one."))
        return due

    @classmethod
    def new(cls) -> "ActionForm":
        """An empty form."""
        return cls(initial={"key": uuid.uuid4()})

    def values(self) -> dict[str, Any]:
        """What goes into the row, once the form is valid."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"key", "version"}}


class ReviewForm(ActionForm):
    """An action that is changed, or of which something was learned."""

    state = forms.ChoiceField(label=_("Where it stands"), choices=Action.State.choices, widget=forms.RadioSelect)
    about_issue = PlainText(label=_("What I learned about the issue"), required=False, rows=2, max_length=2_000)
    about_self = PlainText(label=_("What I learned about myself"), required=False, rows=2, max_length=2_000)
    about_process = PlainText(label=_("What I learned about the process"), required=False, rows=2, max_length=2_000)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    @classmethod
    def of(cls, action: Action) -> "ReviewForm":
        """The form that changes `action`."""
        return cls(initial={name: getattr(action, name) for name in cls.base_fields})

    def differing(self, action: Action) -> list[tuple[str, str]]:
        """Label and stored wording of each field that says something else than what was typed."""
        stored = {name: getattr(action, name) for name in self.values()}
        shown = stored | {"state": action.get_state_display()}
        typed = self.values().items()
        return [(str(self.fields[name].label), str(shown[name])) for name, one in typed if one != stored[name]]
