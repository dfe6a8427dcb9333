"""`manage.py example_report PATH`: writes the worked example's report to a file."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from reports.models.release import Release, State


class Command(BaseCommand):
    """Waits for the worker as long as `--wait` says, and tells where the file lies, or why there is none."""

    help = "Writes the PDF of the worked example's latest report to PATH."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`path` is replaced if it is there; `--wait` is in seconds."""
        parser.add_argument("path", type=Path)
        parser.add_argument("--wait", type=float, default=0)

    def handle(self, *args: Any, **options: Any) -> None:
        """Never fails: a report that is late or was refused is told in a sentence; its page says more."""
        until = time.monotonic() + options["wait"]
        while (release := _latest()) is not None and release.is_under_way and time.monotonic() < until:
            time.sleep(0.2)
        if release is None:
            self.stdout.write("The worked example has no report yet.")
        elif release.pdf is not None:
            Path(options["path"]).write_bytes(bytes(release.pdf))
            self.stdout.write(f"The worked example's report: {options['path']}")
        elif release.state == State.FAILED:
            self.stdout.write(f"The worked example's report could not be made: {release.failure}")
        else:
            self.stdout.write("The worked example's report is still being made; its page shows how far it is.")


def _latest() -> Release | None:
    """The newest release of the worked example's set that was not withdrawn."""
    releases = Release.objects.filter(report__cohort__is_example=True).exclude(state=State.WITHDRAWN)
    return releases.order_by("-number").first()
