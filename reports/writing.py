"""Saving a write-up that two facilitators may have open at once."""

from django.db.models import F

from reports.forms.write_up import WriteUpForms
from reports.models import Report


class Conflict(Exception):  # noqa: N818  # an answer, not an error
    """Somebody saved another text meanwhile; `stored` is the report as it stands now."""

    def __init__(self, stored: Report) -> None:
        self.stored = stored
        super().__init__("The write-up changed meanwhile.")


def save_write_up(report: Report, forms: WriteUpForms) -> None:
    """Keep valid forms as the report's new text. Raises Conflict unless they were typed over the stored version."""
    typed = forms.form.cleaned_data
    saved = Report.objects.filter(pk=report.pk, version=typed["version"]).update(
        title=typed["title"], period=typed["period"], content=forms.content(), version=F("version") + 1
    )
    if not saved:
        raise Conflict(Report.objects.select_related("cohort__programme").get(pk=report.pk))
