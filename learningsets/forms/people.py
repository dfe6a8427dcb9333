"""Forms about people: inviting them, describing them, and what they say of themselves."""

from hashlib import sha256
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from learningsets.fields import LIMIT, PlainLine, PlainText
from learningsets.identifiers import short_names_of
from learningsets.invitation_lines import MOST, Line, read
from learningsets.members import Place
from learningsets.models import Membership


class InviteForm(forms.Form):
    """A list of people, pasted or uploaded."""

    conditional = ("people", "file")  # one of the two is needed

    people = PlainText(
        label=_("People to invite"),
        rows=8,
        required=False,
        help_text=_(
            "One line each: name, e-mail address, organisation, job title, health system, other names (parted by "
            "semicolons). Only the first two are needed. Columns copied from a spreadsheet work as they are, and so do "
            "addresses copied from an e-mail program."
        ),
    )
    file = forms.FileField(
        label=_("Or a file with such lines"),
        required=False,
        help_text=_("A CSV or text file from your spreadsheet, in place of the list above."),
    )
    lines: list[Line]

    def clean(self) -> dict[str, Any]:
        """Read the list; `lines` then holds its people, each with its errors."""
        cleaned: dict[str, Any] = super().clean() or {}
        text = cleaned.get("people", "")
        upload = cleaned.get("file")
        if upload:
            text = self._text_of(upload)
        self.lines = read(text)
        if "people" not in self.errors and "file" not in self.errors:
            if not self.lines:
                self.add_error("people", _("Paste or upload at least one line."))
            elif len(self.lines) > MOST:
                self.add_error("people", _("Please invite at most %(most)s people at a time.") % {"most": MOST})
                self.lines = self.lines[:MOST]
        return cleaned

    def _text_of(self, upload: Any) -> str:
        """What an uploaded file says: UTF-8, or what spreadsheets of Western Europe write."""
        if upload.size > 4 * LIMIT:
            self.add_error("file", _("This file is too large for a list of people."))
            return ""
        raw: bytes = upload.read()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", "replace")
        try:
            return str(PlainText(required=False).clean(text))
        except forms.ValidationError as error:
            self.add_error("file", error)
            return ""

    @property
    def seen(self) -> str:
        """A short name for the list as it was read, which a preview sends along: what leaves is what was seen."""
        return sha256("\n".join(map(self._row, self.lines)).encode()).hexdigest()[:16]

    def with_text(self) -> "InviteForm":
        """The same list in the text area, whichever way it came."""
        text = "\n".join(self._row(line) for line in self.lines) if self.cleaned_data.get("file") else None
        return InviteForm({"people": text}) if text is not None else self

    @staticmethod
    def _row(line: Line) -> str:
        cells = (line.name, line.email, line.organisation, line.job_title, line.health_system, line.other_names)
        return "\t".join(cells).rstrip("\t")


class EmployerFields(forms.Form):
    """Where somebody works, or that they work nowhere."""

    organisation = PlainLine(label=_("Organisation"), required=False)
    has_no_employer = forms.BooleanField(label=_("Works for no organisation"), required=False)

    def clean_organisation(self) -> str:
        """The name, in which the boundary can look for a word."""
        name = str(self.cleaned_data["organisation"])
        if name and not any(character.isalnum() for character in name):
            raise forms.ValidationError(_("Please give its name in words."))
        return name

    def clean(self) -> dict[str, Any]:
        """An organisation, or none: not both."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("has_no_employer") and (told.get("organisation") or told.get("short_names")):
            self.add_error("has_no_employer", _("Either name an organisation or tick this, not both."))
        return told


class MemberForm(EmployerFields):
    """What a facilitator says of a member."""

    short_names = PlainText(
        label=_("Short names of the organisation"),
        rows=3,
        max_length=2_000,
        required=False,
        help_text=_("One on each line: whatever people call it. The report names none of them."),
    )
    job_title = PlainLine(label=_("Job title"), required=False)
    health_system = PlainLine(label=_("Health system"), max_length=100, required=False)
    other_names = PlainText(
        label=_("Other names to add"),
        rows=3,
        max_length=2_000,
        required=False,
        help_text=_("One on each line: a nickname, a former name, initials. They are added to those already known."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)

    @staticmethod
    def values_of(membership: Membership) -> dict[str, Any]:
        """The form's values as they stand now."""
        organisation = membership.organisation
        return {
            "organisation": organisation.name if organisation else "",
            "has_no_employer": membership.has_no_employer,
            "short_names": "\n".join(short_names_of(membership)),
            "job_title": membership.job_title,
            "health_system": membership.health_system,
            "version": membership.version,
        }

    def clean_short_names(self) -> list[str]:
        """The short names, each at most as long as a name."""
        return names_in(self.cleaned_data["short_names"])

    def clean_other_names(self) -> list[str]:
        """The names, each at most as long as a name."""
        return names_in(self.cleaned_data["other_names"])

    def place(self) -> Place:
        """What was typed of the place."""
        told = self.cleaned_data
        return Place(
            told["organisation"],
            told["short_names"],
            told["job_title"],
            told["health_system"],
            told["has_no_employer"],
        )

    def over(self, version: int) -> "MemberForm":
        """The same once more, now over `version`, with a note that somebody else was quicker."""
        again = MemberForm({**cast(QueryDict, self.data).dict(), "version": version})
        again.is_valid()
        again.add_error(
            None, _("Somebody else changed this while you wrote. What they saved stands below; yours is kept here.")
        )
        return again


class NameForm(forms.Form):
    """What a person is called."""

    name = PlainLine(label=_("Name"), help_text=_("As others here know you. Reports never show it."))


class OtherNamesForm(forms.Form):
    """Further names of one's own."""

    names = PlainText(
        label=_("Names to add"),
        rows=3,
        max_length=2_000,
        help_text=_("One on each line. Those who facilitate your sets see them. They cannot be taken out again."),
    )

    def clean_names(self) -> list[str]:
        """The names, each at most as long as a name."""
        return names_in(self.cleaned_data["names"])


class EmployerForm(EmployerFields):
    """Where one works."""

    conditional = ("organisation",)  # unless one works nowhere

    organisation = PlainLine(label=_("Organisation"), required=False, help_text=_("Your set sees it beside your name."))
    has_no_employer = forms.BooleanField(label=_("I work for no organisation"), required=False)
    short_names = PlainText(
        label=_("What people call it"),
        rows=3,
        max_length=2_000,
        required=False,
        help_text=_(
            "One on each line: short names, initials, the name it had before, the name of a site. They cannot "
            "be taken out again."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        told = super().clean()
        if not self.errors and not told["organisation"] and not told["has_no_employer"]:
            self.add_error("organisation", _("Please name it, or tick that there is none."))
        return told

    def clean_short_names(self) -> list[str]:
        """The short names, each at most as long as a name."""
        return names_in(self.cleaned_data["short_names"])


class AddressForm(forms.Form):
    """The address to move to."""

    email = forms.EmailField(
        label=_("New e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def clean_email(self) -> str:
        """The address in lower case, as addresses are kept."""
        return str(self.cleaned_data["email"]).lower()


class CodeForm(forms.Form):
    """The code that came to the new address."""

    code = PlainLine(
        label=_("Code from the e-mail"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "one-time-code"})
    )


def names_in(text: str) -> list[str]:
    """The names of a text, one on each line. Raises ValidationError for one longer than 200 characters."""
    names = [line.strip() for line in text.splitlines() if line.strip()]
    if any(len(name) > 200 for name in names):
        raise forms.ValidationError(_("Please keep each line to 200 characters."))
    return names
