"""`manage.py import_workshop FILE [--report OUT.pdf]`: a workshop written down in one file, and its review copy."""

import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from reports.build import build_document
from reports.gate import obstacles
from reports.production import review_copy
from reports.renderer import RenderFailed, RenderTimedOut
from reports.workshop.importing import import_workshop
from reports.workshop.problems import WorkshopError
from reports.workshop.tree import MOST_BYTES


class Command(BaseCommand):
    """Imports all of the file or nothing. A review copy says on each page that it was not released."""

    help = "Imports a workshop file (docs/workshop-file.md); with --report it also writes the review copy as a PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--report` names a PDF that is replaced if it is there; no other kind of file is."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--report", type=Path, metavar="OUT.pdf")

    def handle(self, *args: Any, **options: Any) -> None:
        """Says what was imported and what stands in the way of its release.

        Raises CommandError with every problem of the file, each with its line and field.
        """
        source, target = Path(options["file"]), options["report"]
        try:
            with source.open("rb") as opened:
                content = opened.read(MOST_BYTES + 1)
            if target is not None:
                _only_a_pdf_is_replaced(source, target)
                target.open("ab").close()
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        if settings.EMBEDDED:
            call_command("migrate", verbosity=0, interactive=False)
        try:
            report = import_workshop(content)
        except WorkshopError as error:
            if target is not None and not target.stat().st_size:
                target.unlink()
            raise CommandError("\n".join(f"{source}, {line}" for line in str(error).splitlines())) from error
        self.stdout.write(f"Imported “{report.title}” of the set “{report.cohort}”.")
        if target is not None:
            self._write(target, report)
        built = build_document(report, "release", key=secrets.token_bytes(32))
        if refusals := obstacles(report, built):
            self.stdout.write("Before this could be released:")
            self.stdout.write("\n".join(f"- {refusal['sentence']}" for refusal in refusals))

    def _write(self, target: Path, report: Any) -> None:
        try:
            target.write_bytes(review_copy(report))
        except (RenderFailed, RenderTimedOut) as error:
            raise CommandError(
                "The workshop is imported, but its pages could not be made. Its facilitator can make them on the site."
            ) from error
        self.stdout.write(f"Its review copy: {target}")


def _only_a_pdf_is_replaced(source: Path, target: Path) -> None:
    """Raises CommandError when `target` is the workshop file itself, by whatever path, or a file that is no PDF."""
    if not target.exists():
        return
    if target.samefile(source):
        raise CommandError(f"{target} is the workshop file itself. Name another file for the review copy.")
    if not target.is_file():  # a terminal or a pipe has nothing in it to lose
        return
    with target.open("rb") as opened:
        beginning = opened.read(5)
    if beginning and beginning != b"%PDF-":
        raise CommandError(f"{target} is there already and is not a PDF. Name another file for the review copy.")
