"""Which page belongs to which kind of section, and the form that adds one."""

from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from reports.arranging import offered
from reports.forms.attendance import AttendanceEditor
from reports.forms.concepts import ConceptsEditor
from reports.forms.contexts import ContextsEditor
from reports.forms.drawing import SchemeEditor
from reports.forms.editor import Editor
from reports.forms.evaluation import EvaluationEditor
from reports.forms.next_steps import AnswersEditor, NextStepsEditor
from reports.forms.questions import QuestionsEditor
from reports.forms.session import SessionEditor
from reports.forms.themes import ThemesEditor
from reports.models import Report
from reports.summaries import KIND_HINTS, KIND_NAMES
from reports.write_up import Section, WriteUp

EDITORS: Final[dict[str, type[Editor]]] = {
    "session": SessionEditor,
    "concepts": ConceptsEditor,
    "scheme": SchemeEditor,
    "contexts": ContextsEditor,
    "questions": QuestionsEditor,
    "themes": ThemesEditor,
    "answers": AnswersEditor,
    "next_steps": NextStepsEditor,
    "attendance": AttendanceEditor,
    "evaluation": EvaluationEditor,
}


class AddForm(forms.Form):
    """The kind of section that is added."""

    kind = forms.ChoiceField(label=_("What it holds"))

    def __init__(self, written: WriteUp, data: Any = None) -> None:
        super().__init__(data)
        cast(forms.ChoiceField, self.fields["kind"]).choices = [
            (kind, _now("{name}: {hint}").format(name=KIND_NAMES[kind], hint=KIND_HINTS[kind]))
            for kind in offered(written)
        ]


def editor_of(report: Report, section: Section, data: Any = None) -> Editor:
    """The page of a section, from what is stored or from what was posted."""
    return EDITORS[section.kind](report, section, data)
