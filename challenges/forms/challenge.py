"""What a member types about a challenge."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from challenges.models import Challenge, Trapped, Visibility
from learningsets.fields import PlainLine, PlainText


class ChallengeForm(forms.Form):
    """A challenge in its owner's words. Only the title is asked for; nothing asks for a solution."""

    title = PlainLine(label=_("The challenge in one line"), help_text=_("You can change it at any time."))
    happening = PlainText(
        label=_("What is happening"),
        required=False,
        rows=6,
        help_text=_("What makes it a challenge for you, and why now. Say nothing that identifies a patient."),
    )
    trapped = forms.MultipleChoiceField(
        label=_("What is trapped, and where"),
        choices=Trapped.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick all that apply."),
    )
    data = PlainText(  # type: ignore[assignment]  # the form's class keeps its fields elsewhere, so nothing is hidden
        label=_("What the data show"), required=False, rows=4, help_text=_("Figures you would bring to a conversation.")
    )
    uncodified = PlainText(
        label=_("What can't be codified"),
        required=False,
        rows=4,
        help_text=_("What you know of it that no figure holds: moods, histories, what people fear or hope for."),
    )
    whose_world = PlainText(
        label=_("Whose world I need to understand"),
        required=False,
        rows=3,
        help_text=_("With whom would a conversation, face to face, make a difference?"),
    )
    question = PlainText(
        label=_("My question"),
        required=False,
        rows=2,
        max_length=2_000,
        help_text=_("An open one. “How do we …?” is a good start; the way forward can emerge later."),
    )
    visibility = forms.ChoiceField(
        label=_("Who may read it"),
        choices=Visibility.choices,
        widget=forms.RadioSelect,
        help_text=_("Organisers never can, whatever you choose. You can change this later, in either direction."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)
    key = forms.UUIDField(widget=forms.HiddenInput)

    @classmethod
    def new(cls) -> "ChallengeForm":
        """An empty form for a new challenge, which starts private."""
        return cls(initial={"visibility": Visibility.PRIVATE, "version": 0, "key": uuid.uuid4()})

    @classmethod
    def of(cls, challenge: Challenge) -> "ChallengeForm":
        """The form that changes `challenge`."""
        return cls(initial={name: getattr(challenge, name) for name in cls.base_fields})

    def values(self) -> dict[str, Any]:
        """What goes into the row, once the form is valid."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"version", "key"}}

    def differing(self, challenge: Challenge) -> list[tuple[str, str]]:
        """Label and stored wording of each field that says something else than what was typed."""
        return [
            (str(self.fields[name].label), _in_words(challenge, name))
            for name, typed in self.values().items()
            if typed != getattr(challenge, name)
        ]


class ShareForm(forms.Form):
    """Who may read a challenge, changed on its own page."""

    visibility = forms.ChoiceField(label=_("Who may read it"), choices=Visibility.choices, widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)

    @classmethod
    def of(cls, challenge: Challenge, data: Mapping[str, str] | None = None) -> "ShareForm":
        """The form of a challenge. Who has left its set can keep it to themselves, and share it with nobody."""
        form = cls(data, initial={"visibility": challenge.visibility, "version": challenge.version})
        if challenge.owner.left_on is not None:
            form.fields["visibility"].choices = [(Visibility.PRIVATE, Visibility.PRIVATE.label)]  # type: ignore[attr-defined]
        return form


def _in_words(challenge: Challenge, name: str) -> str:
    if name == "trapped":
        return ", ".join(str(label) for label in challenge.trapped_labels())
    return str(challenge.get_visibility_display() if name == "visibility" else getattr(challenge, name))
