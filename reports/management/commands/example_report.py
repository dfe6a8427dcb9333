"""`manage.py example_report PATH`: writes the worked example's report to a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from reports.models import Release
from reports.models.release import State


class Command(BaseCommand):
    """What is out, and nothing else: a draft is for the set alone, of the example too."""

    help = "Writes the PDF of the worked example's report that left last to PATH."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`path` is replaced if it is there."""
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Never fails: that nothing is out is told in a sentence."""
        out = Release.objects.filter(report__cohort__is_example=True, state=State.RELEASED)
        newest = out.order_by("-released_on", "-number").first()
        if newest is None:
            self.stdout.write("No report of the worked example is out. Its facilitator can release one.")
        else:
            options["path"].write_bytes(newest.pages)
            self.stdout.write(f"The worked example's report: {options['path']}")
