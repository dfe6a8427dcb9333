"""`manage.py export_workshop REPORT_ID [FILE]`: a report as the workshop file that `import_workshop` reads."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from reports.models import Report
from reports.workshop.exporting import ExportError, export_workshop


class Command(BaseCommand):
    """Writes what the set's own people may know: names, and what was said. Nothing in it says who gave which answer."""

    help = "Writes a report as a workshop file (docs/workshop-file.md), to FILE or to standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`report_id` stands in the address of the report's page; `file` must not be there yet."""
        parser.add_argument("report_id")
        parser.add_argument("file", type=Path, nargs="?")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError when there is no such report, when it cannot be written, and when the file is there."""
        content = self._content(str(options["report_id"]))
        if options["file"] is None:
            self.stdout.write(content.decode(), ending="")
            return
        try:
            with os.fdopen(os.open(options["file"], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
                target.write(content)
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}. Nothing was written over.") from error

    def _content(self, report_id: str) -> bytes:
        try:
            report = Report.objects.select_related("cohort__programme").get(pk=UUID(report_id))
        except (ValueError, Report.DoesNotExist) as missing:
            raise CommandError(
                "There is no report of this id. It stands in the address of the report's page."
            ) from missing
        try:
            return export_workshop(report)
        except ExportError as problem:
            lines = "\n".join(f"- {line}" for line in str(problem).splitlines())
            raise CommandError(f"This report cannot be written as a workshop file.\n{lines}") from problem
