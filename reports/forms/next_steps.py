"""What the set agreed to do next; and the closing answers, of which nothing is typed."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainText
from reports.forms.editor import Editor
from reports.typed_text import as_lines, lines
from reports.write_up import NextSteps, Section


class NextStepsForm(forms.Form):
    """The steps, one on each line."""

    items = PlainText(
        label=_("Next steps"), rows=8, required=False, help_text=_("What the set agreed to do, one on each line.")
    )


class NextStepsEditor(Editor):
    """The page of the next steps."""

    def prepare(self) -> None:
        """One form."""
        self.form = NextStepsForm(self.data, initial={"items": as_lines(cast(NextSteps, self.part).items)})

    @property
    def all_forms(self) -> list[forms.Form]:
        """The one form."""
        return [self.form]

    def section(self) -> Section:
        """The steps as they were typed."""
        return NextSteps(lines(self.form.cleaned_data["items"]), id=self.part.id)


class AnswersEditor(Editor):
    """The page of the closing answers. They come out of the box; nobody types them."""
