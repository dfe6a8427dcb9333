"""Contexts: a health system each, or whatever else members introduced, as points."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainLine, PlainText
from reports.forms.editor import MORE, Editor, bound_or_filled, rows_of
from reports.typed_text import as_lines, lines
from reports.write_up import Contexts, Profile, Section


class ContextsForm(forms.Form):
    """What stands above the contexts."""

    introduction = PlainText(label=_("Introduction"), rows=3, required=False)


class ProfileForm(forms.Form):
    """One context. An empty row is passed over."""

    conditional = ("heading", "bullets")  # each needs the other; clearing both leaves the row out

    heading = PlainLine(label=_("What it is called"), max_length=200, required=False)
    bullets = PlainText(label=_("What was said of it, one point on each line"), rows=6, required=False)

    @property
    def points(self) -> int:
        """How many points it has, as they are stored or were typed: its card says so when it is folded."""
        return len(lines(self["bullets"].value() or ""))

    def clean(self) -> dict[str, Any]:
        """A heading needs its points, and the other way round."""
        cleaned = super().clean() or {}
        if cleaned.get("bullets") and not cleaned.get("heading") and "heading" not in self.errors:
            self.add_error("heading", _("Give it a heading: a kind of system rather than a name, where few share it."))
        if cleaned.get("heading") and not cleaned.get("bullets") and "bullets" not in self.errors:
            self.add_error("bullets", _("Write a point, or clear the heading."))
        return cleaned


ProfileFormSet = forms.formset_factory(ProfileForm, extra=MORE, max_num=30, absolute_max=40)


class ContextsEditor(Editor):
    """The page of the contexts."""

    def prepare(self) -> None:
        """The introduction, and a row for each context."""
        part = cast(Contexts, self.part)
        standing = [{"heading": one.heading, "bullets": as_lines(one.bullets)} for one in part.profiles]
        self.form = ContextsForm(self.data, initial={"introduction": part.introduction})
        self.profiles = ProfileFormSet(prefix="profiles", **bound_or_filled(self.data, standing))

    @property
    def all_forms(self) -> list[forms.Form]:
        """The introduction and every context."""
        return [self.form, *rows_of(self.profiles)]

    def is_valid(self) -> bool:
        """Also, that there are not too many contexts."""
        return all([super().is_valid(), self.profiles.is_valid()])

    def section(self) -> Section:
        """The contexts as they were typed."""
        rows = [row for row in self.profiles.cleaned_data if row.get("heading")]
        profiles = tuple(Profile(row["heading"], lines(row["bullets"])) for row in rows)
        return Contexts(self.form.cleaned_data["introduction"], profiles, id=self.part.id)
