"""A session: its day, its number, its title and what introduces it."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainLine, PlainText
from reports.forms.editor import Editor
from reports.typed_text import as_paragraphs, paragraphs
from reports.write_up import Section, Session


class SessionForm(forms.Form):
    """The heading of a session and its introduction."""

    day = forms.IntegerField(label=_("Day"), min_value=0, max_value=99, help_text=_("0 if the report counts no days."))
    number = forms.IntegerField(label=_("Session"), min_value=1, max_value=99)
    title = PlainLine(label=_("Title"), max_length=200, required=False)
    text = PlainText(
        label=_("Introduction"), rows=8, required=False, help_text=_("A blank line starts a new paragraph.")
    )


class SessionEditor(Editor):
    """The page of a session."""

    def prepare(self) -> None:
        """One form."""
        part = cast(Session, self.part)
        standing = {"day": part.day, "number": part.number, "title": part.title, "text": as_paragraphs(part.paragraphs)}
        self.form = SessionForm(self.data, initial=standing)

    @property
    def all_forms(self) -> list[forms.Form]:
        """The one form."""
        return [self.form]

    def section(self) -> Section:
        """The session as it was typed."""
        typed = self.form.cleaned_data
        return Session(typed["day"], typed["number"], typed["title"], paragraphs(typed["text"]), id=self.part.id)
