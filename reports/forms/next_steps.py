"""What the set agreed to do next; and the closing answers, of which only all to one question can be left out."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainText
from reports.build import closing_questions
from reports.forms.editor import Editor
from reports.typed_text import as_lines, lines
from reports.write_up import Answers, NextSteps, Section


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


class AnswersForm(forms.Form):
    """Which closing questions print without their answers."""

    conditional = ("left_out",)  # nothing is asked for: most reports leave out none

    left_out = forms.MultipleChoiceField(
        label=_("Leave out all answers to"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "One answer alone can’t be left out of a report of which a version has left: laid side by side, the two"
            " would show which it was. All answers to a question can. The report then says that they are withheld, with"
            " the words it has for every cause."
        ),
    )


class AnswersEditor(Editor):
    """The page of the closing answers. They come out of the box; nobody types them."""

    keeps_itself = False  # what prints is said on the page, and would be out of date

    def prepare(self) -> None:
        """One form, with the closing questions that were asked."""
        left_out = cast(Answers, self.part).left_out
        self.form = AnswersForm(self.data, initial={"left_out": left_out})
        cast(forms.ChoiceField, self.form.fields["left_out"]).choices = closing_questions(self.report)

    @property
    def all_forms(self) -> list[forms.Form]:
        """The one form."""
        return [self.form]

    def section(self) -> Section:
        """The section with what is left out."""
        return Answers(left_out=tuple(self.form.cleaned_data["left_out"]), id=self.part.id)
