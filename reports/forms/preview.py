"""A participant's own text that wants to be seen as it would print."""

from uuid import UUID

from django import forms
from django.http import Http404, QueryDict
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainText


class PreviewForm(forms.Form):
    """A participant's text that wants to be seen as it would print.

    It comes from the form of the closing questions: "preview" says which of its texts is meant.
    """

    meeting = forms.UUIDField(widget=forms.HiddenInput)
    text = PlainText(label=_("Your answer"))

    def __init__(self, data: QueryDict) -> None:
        named = f"{data['preview']}-text" if "preview" in data else "text"
        super().__init__({"meeting": data.get("meeting"), "text": data.get(named, "")})

    def meeting_id(self) -> UUID:
        """The meeting that is answered. Raises Http404 for anything that is no id."""
        self.full_clean()
        meeting = self.cleaned_data.get("meeting")
        if not isinstance(meeting, UUID):
            raise Http404
        return meeting
