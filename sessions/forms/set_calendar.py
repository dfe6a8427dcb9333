"""What a set's calendar entries hold, and when its members are reminded."""

from django import forms
from django.utils.translation import gettext_lazy as _

from learningsets.models import Cohort
from sessions.forms.inputs import Typed, VersionForm, replaced
from sessions.models import REMIND_BEFORE, Entries, SetCalendar


class SetCalendarForm(VersionForm):
    """A set's choices. `version` is the one the page was made from."""

    entries = forms.ChoiceField(
        label=_("Calendar entries hold"),
        choices=Entries,
        widget=forms.RadioSelect,
        help_text=_(
            "Those that come by e-mail, and those of members who have their meetings in a calendar program. Whoever "
            "reads a member’s e-mail or calendar reads this too."
        ),
    )
    remind_before = forms.TypedMultipleChoiceField(
        label=_("Remind members by e-mail"),
        choices=REMIND_BEFORE,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("A reminder says when the set meets, and nothing else. Whoever wants none can stop them."),
    )

    field_order = ("entries", "remind_before")

    def __init__(self, cohort: Cohort, data: Typed = None) -> None:
        self.cohort = cohort
        now = SetCalendar.of(cohort)
        super().__init__(
            data, initial={"entries": now.entries, "remind_before": now.remind_before, "version": now.version}
        )

    def chosen(self) -> SetCalendar:
        """The choices, unsaved."""
        typed = self.cleaned_data
        return SetCalendar(cohort=self.cohort, entries=typed["entries"], remind_before=typed["remind_before"])

    def renew(self, now: SetCalendar) -> None:
        """Make the next sending of this form replace `now`. What was chosen stays."""
        self.data = replaced(self.data, "version", now.version)
