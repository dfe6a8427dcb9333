"""The forms of a scheme: its boxes with their places, its arrows, and the words around the drawing."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainLine, PlainText
from reports.forms.editor import MORE

LONGEST = 200  # characters of a box's words, as in a workshop file
MOST_BOXES = 30  # as in a workshop file


class SchemeForm(forms.Form):
    """The words around the drawing, and boxes that are added to it."""

    conditional = ("more", "terms", "text_alternative")  # boxes come from any of these; the words write themselves

    introduction = PlainText(
        label=_("Introduction"), rows=3, required=False, help_text=_("It prints above the drawing.")
    )
    caption = PlainLine(label=_("Caption"), max_length=500, help_text=_("It prints below the drawing."))
    terms = forms.MultipleChoiceField(
        label=_("Add terms of the concept list as boxes"),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "in-columns"}),
    )
    more = PlainText(label=_("Add boxes"), rows=4, required=False, help_text=_("The words of one box on each line."))
    afresh = forms.BooleanField(
        label=_("Lay all boxes out afresh"),
        required=False,
        help_text=_("The cycle on a ring in its order, the others in the middle."),
    )
    text_alternative = PlainText(
        label=_("The drawing in words"),
        rows=6,
        required=False,
        help_text=_(
            "For whoever cannot see it. It is written from boxes and arrows, and rewritten when they change, until you"
            " change it yourself. Clear it to have it written again."
        ),
    )

    def __init__(self, *args: Any, terms: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["terms"]).choices = [(term, term) for term in terms]


class BoxForm(forms.Form):
    """A box that is in the drawing. Clearing its words takes it out, and its arrows with it."""

    conditional = ("label", "x", "y", "order")  # what is left out is laid out; the page says so

    label = PlainLine(label=_("Words"), max_length=LONGEST, required=False)
    x = forms.IntegerField(label=_("From the left"), min_value=0, max_value=100, required=False)
    y = forms.IntegerField(label=_("From the top"), min_value=0, max_value=100, required=False)
    order = forms.IntegerField(label=_("Number round the cycle"), min_value=1, max_value=99, required=False)


class LinkForm(forms.Form):
    """An arrow. An empty row is passed over; boxes are named by their row."""

    conditional = ("start", "end", "label")

    start = forms.ChoiceField(label=_("From"), required=False)
    end = forms.ChoiceField(label=_("To"), required=False)
    label = PlainLine(label=_("Words along it"), max_length=LONGEST, required=False)

    def __init__(self, *args: Any, boxes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A box whose words were just cleared can still be named by an arrow: both are then left out together.
        cleared = _now("Box {number}, which is cleared")
        named = ((row, label or cleared.format(number=row + 1)) for row, label in enumerate(boxes))
        choices = [("", _("No box")), *((str(row), label) for row, label in named)]
        for name in ("start", "end"):
            cast(forms.ChoiceField, self.fields[name]).choices = choices

    def clean(self) -> dict[str, Any]:
        """An arrow leads from one box to another."""
        cleaned = super().clean() or {}
        start, end = cleaned.get("start"), cleaned.get("end")
        if "start" in self.errors or "end" in self.errors:
            return cleaned
        if end and not start:
            self.add_error("start", _("Choose the box that this arrow leads from."))
        if (start or cleaned.get("label")) and not end:
            self.add_error("end", _("Choose the box that this arrow leads to, or clear the row."))
        if start and start == end:
            self.add_error("end", _("An arrow leads from one box to another, not back to the same."))
        return cleaned


BoxFormSet = forms.formset_factory(BoxForm, extra=0, max_num=MOST_BOXES, absolute_max=40)
LinkFormSet = forms.formset_factory(LinkForm, extra=MORE, max_num=80, absolute_max=100)
