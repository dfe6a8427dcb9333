"""Every field that may stay empty says so, in every form; what another answer makes needed does not."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

from django import forms

import challenges.forms
import learningsets.forms
import reports.forms
import sessions.forms
from learningsets.fields import PlainLine

for package in (learningsets.forms, challenges.forms, reports.forms, sessions.forms):
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
for name in ("reports.clearing", "reports.objecting", "reports.reading", "reports.searching"):
    importlib.import_module(name)

OURS = ("learningsets.", "sessions.", "challenges.", "reports.")


def below(kind: Any) -> Iterator[Any]:
    """Every form class of this site."""
    for one in kind.__subclasses__():
        if one.__module__.startswith(OURS):
            yield one
        yield from below(one)


FORMS = sorted({*below(forms.Form), *below(forms.ModelForm)}, key=lambda form: form.__name__)


def shown(form: Any) -> dict[str, forms.Field]:
    """The fields of a form that people see and that need no answer; a tick needs none by its nature."""
    return {
        name: field
        for name, field in form.base_fields.items()
        if not field.required and not field.widget.is_hidden and not isinstance(field, forms.BooleanField)
    }


def test_which_fields_may_stay_empty() -> None:
    found = {
        form.__name__: " ".join(name for name in shown(form) if name not in getattr(form, "conditional", ()))
        for form in FORMS
    }
    assert {form: names for form, names in found.items() if names} == {
        "ActionForm": "first_step",
        "ApologyForm": "reason",
        "BandsForm": "introduction",
        "ChallengeForm": "happening trapped data uncodified whose_world question",
        "ChangeForm": "place video_link last_day",
        "ConceptsForm": "introduction library",
        "ContextsForm": "introduction",
        "CoverForm": "action_learning",
        "EmployerFields": "organisation",
        "EmployerForm": "short_names",
        "GuestForm": "organisation",
        "ItemForm": "title handout",
        "MemberForm": "organisation short_names job_title health_system other_names",
        "NotesForm": "notes",
        "NextStepsForm": "items",
        "OneMeetingForm": "place video_link last_day",
        "PlaceForm": "place video_link",
        "SpanForm": "place video_link last_day",
        "PredefinedForm": "explanation cluster sub_terms handout",
        "ProgrammeForm": "convenor season audience purpose aims theory",
        "PublishedForm": "introduction taken",
        "QuestionForm": "gloss challenge",
        "ReviewForm": "first_step about_issue about_self about_process",
        "ScheduleForm": "place video_link",
        "SchemeForm": "introduction",
        "SessionForm": "title text",
        "SetCalendarForm": "remind_before",
        "TimeZoneForm": "time_zone",
        "ThemesForm": "introduction",
        "WishForm": "wording",
    }


def test_what_is_conditional_is_a_field_that_the_form_itself_does_not_require() -> None:
    found = {form.__name__: form.conditional for form in FORMS if getattr(form, "conditional", ())}
    assert found == {
        "AimsForm": ("text", "regime"),  # and the aims, which no class can name
        "AnswerForm": ("text", "regime"),
        "AnswersForm": ("left_out",),
        "AttendanceForm": ("present",),
        "BoxForm": ("label", "x", "y", "order"),
        "ChangeForm": ("scope",),
        "CloseForm": ("present", "day", "time"),
        "ClusterForm": ("title", "terms"),
        "DecisionForm": ("verdict", "wording", "reason"),
        "EmployerForm": ("organisation",),
        "MarkForm": ("words", "verdict", "wording"),
        "WordingForm": ("verdict", "wording"),
        "HandOverForm": ("name", "email"),
        "InviteForm": ("people", "file"),
        "AgreedForm": ("agreed",),
        "ItemForm": ("format", "concepts"),
        "LinkForm": ("start", "end", "label"),
        "OutcomeForm": ("verdict", "wording"),
        "ProfileForm": ("heading", "bullets"),
        "QuestionForm": ("text",),
        "ScheduleForm": ("weekday", "month_day"),
        "SchemeForm": ("more", "terms", "text_alternative"),
        "SearchForm": ("q",),
        "WishForm": ("wish",),
        "ThemeForm": ("title", "text", "challenges", "answers", "people"),
    }
    assert [form.__name__ for form in FORMS if not set(getattr(form, "conditional", ())) <= set(shown(form))] == []


class Some(forms.Form):
    """A field of each kind."""

    conditional = ("weekday",)
    needed = PlainLine()
    weekday = PlainLine(required=False)
    place = PlainLine(required=False)
    several = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple, required=False)


def test_optional_is_said_with_and_without_a_value_to_begin_with() -> None:
    for form in (Some(), Some(initial={"place": "Room 4"}), Some({"place": ""})):
        assert [field.name for field in form if "(optional)" in field.as_field_group()] == ["place", "several"]
