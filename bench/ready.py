"""Measure the wait: from the click on "Make the pages" until they are ready, next to the rendering alone.

    .venv/bin/python bench/ready.py --runs 7

The embedded product with its worked example, in a folder that is thrown away. Each run changes the report's period, so
that its pages are made anew, and clicks as a facilitator does: the request, the queue, the worker, the PDF, the page
for screens, and the reading back and searching of both. Beside it stands the same document, rendered in both forms by
the same warm child, and nothing else.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from threading import Event
from uuid import UUID

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--runs", type=int, default=5)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="ready-") as folder:
        os.environ.update(DATA_DIR=folder, DJANGO_SETTINGS_MODULE="learningsets.settings")
        for name in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(name, None)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        measure(options.runs)


def measure(runs: int) -> None:
    """Prints the medians of `runs` clicks and of as many renderings alone."""
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    from bench.render import cpu
    from learningsets.background import background_work
    from learningsets.models import Role
    from reports import production, renderer, tasks
    from reports.example.loading import load
    from reports.models import Release, Report
    from reports.models.release import State

    done = Event()
    producing = production.produce

    def produce(release_id: UUID) -> None:
        producing(release_id)
        done.set()

    vars(tasks)["produce"] = produce  # to be told, and not to keep asking: that would take the worker's time
    with background_work():
        report = load()
        facilitator = report.cohort.memberships.current().filter(role=Role.FACILITATOR).first()
        assert facilitator is not None
        browser = Client(headers={"Host": settings.ALLOWED_HOSTS[0]})
        browser.force_login(facilitator.user, backend=settings.AUTHENTICATION_BACKENDS[0])
        address = reverse("reports:candidate", args=[report.pk])
        clicks, requests, alone, work, work_alone = [], [], [], [], []
        for run in range(runs + 1):
            Report.objects.filter(pk=report.pk).update(period=f"Run {run}")
            started, used = time.perf_counter(), cpu()
            answer = browser.post(address)
            requests.append(time.perf_counter() - started)
            assert done.wait(60), answer.status_code
            clicks.append(time.perf_counter() - started)
            work.append(cpu() - used)
            done.clear()
            releases = Release.objects.filter(report=report).order_by("-number")
            assert releases[0].state == State.READY, releases[0].failure
            document = releases[0].document
            started, used = time.perf_counter(), cpu()
            renderer.render_in_child(document)
            renderer.page_in_child(document)
            alone.append(time.perf_counter() - started)
            work_alone.append(cpu() - used)
        pages = releases[0].certificate["pages"]
        renderer.cool_down()
    click, request, render, used, used_alone = (
        statistics.median(times[1:]) * 1000 for times in (clicks, requests, alone, work, work_alone)
    )
    print(f"{pages} pages, n={runs}, load {os.getloadavg()[0]:.1f}")
    print(f"the rendering alone               clock {render:6.0f} ms  processor {used_alone:6.0f} ms")
    print(f"from the click until it is ready  clock {click:6.0f} ms  processor {used:6.0f} ms")
    print(f"                      (the request alone {request:6.0f} ms)")
    print(f"ratio                             clock {click / render:6.2f}     processor {used / used_alone:6.2f}")


if __name__ == "__main__":
    main()
