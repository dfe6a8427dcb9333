"""`manage.py load_example`: the worked example, with its report released the way every report is."""

import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from learningsets.background import background_work, is_working
from learningsets.models import User
from reports.example.loading import let_the_set_read, load
from reports.gate import Refused
from reports.models import Release
from reports.models.release import State
from reports.releasing import publish, request_candidate


class Command(BaseCommand):
    """Does what is not done yet, so it can be repeated. Prints nothing when all went well."""

    help = "Loads the worked example (fictional people) into an installation that nobody uses, and releases its report."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--wait`: seconds that the worker may take for the pages."""
        parser.add_argument("--wait", type=float, default=60)

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError where real people are, and when the gate refuses the report."""
        if User.objects.filter(is_example=False).exists():
            raise CommandError("People use this installation. The worked example is for an empty one.")
        try:
            with _a_worker():
                release = request_candidate(load())
                _release(release, time.monotonic() + options["wait"])
        except Refused as refused:
            sentences = " ".join(refusal["sentence"] for refusal in refused.refusals)
            raise CommandError(f"The worked example's report was refused. {sentences}") from refused
        if release.state not in {State.RELEASED, State.WITHDRAWN}:
            self.stdout.write("The worked example's report is still being made; its facilitator can release it then.")


@contextmanager
def _a_worker() -> Iterator[None]:
    """The worker that makes the pages: one that runs, here or as a process of its own, or one just for this."""
    if settings.EMBEDDED and not is_working():
        with background_work():
            yield
    else:
        yield


def _release(release: Release, until: float) -> None:
    """Wait for the pages, and release them as the set's facilitator would. Raises Refused."""
    while release.is_under_way and time.monotonic() < until:
        time.sleep(0.2)
        release.refresh_from_db()
    if release.state in {State.READY, State.WINDOW}:
        let_the_set_read(release)
        publish(release.pk, release.sha256)
        release.refresh_from_db()
    elif release.state == State.FAILED:
        raise Refused(release.refusals or [{"code": "failed", "sentence": release.failure}])
