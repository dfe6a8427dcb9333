"""The queue may be slow, doubled, empty or gone: the row is the truth."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from celery import current_app
from django.db import connection, connections
from django.utils import timezone
from redis import Redis

from reports.build import build_document
from reports.document import dumps
from reports.gate import Refused
from reports.models import Release, Report
from reports.models.release import State
from reports.production import produce
from reports.releasing import publish, request_candidate
from reports.tasks import enqueue, render_candidate
from tests.reports.conftest import World
from tests.servers import redis
from tests.world import through_window

FAIL = """
import django
django.setup()
from celery.app.trace import build_tracer
from learningsets.celery import app
from reports.tasks import render_candidate as task
build_tracer(task.name, task, app=app)("1", ["no id"], {}, {"id": "1"})
"""
T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
ANNOUNCE = """
import time, django
django.setup()
from uuid import uuid4
from reports.tasks import announce
announce(uuid4())  # the first one loads Celery
began = time.monotonic()
print(announce(uuid4()), time.monotonic() - began < 1)
"""


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port where something listens and never answers, as a frozen Redis does."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def wait_for(release: Release, state: str, seconds: float = 100) -> None:
    """Wait until another thread has brought `release` to `state`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        release.refresh_from_db()
        if release.state == state:
            return
        time.sleep(0.1)
    pytest.fail(f"{release.state} after {seconds} s: {release.failure} {release.refusals}")


@pytest.mark.parametrize("frozen", [False, True], ids=["gone", "frozen"])
def test_without_redis_asking_takes_less_than_a_second(silent_port: int, tmp_path: Path, frozen: bool) -> None:
    port = silent_port if frozen else 1
    answer = subprocess.run(
        [sys.executable, "-c", ANNOUNCE], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True,
        env={"REDIS_URL": f"redis://127.0.0.1:{port}/0", "DJANGO_SETTINGS_MODULE": "learningsets.settings",
             "DATA_DIR": str(tmp_path)},
    )  # fmt: skip
    assert answer.stdout.split() == ["False", "True"]
    assert "127.0.0.1" not in answer.stderr


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_the_pages(world: World, worker: None) -> None:
    release = request_candidate(world.report())
    wait_for(release, State.READY)
    assert release.attempts == 1


@pytest.mark.django_db(transaction=True)
def test_a_message_that_was_lost_is_made_good_by_the_sweep(world: World, worker: None) -> None:
    report = world.report()
    with connection.cursor():
        release = request_candidate(report)
    Release.objects.filter(pk=release.pk).update(
        state=State.RENDERING, claimed_at=timezone.now() - timedelta(minutes=5), enqueued_at=None, attempts=1
    )
    wait_for(release, State.READY)


@pytest.mark.django_db(transaction=True)
def test_messages_carry_an_id_and_nothing_else(world: World, queue: Callable[[], list[str]]) -> None:
    report = world.report()
    Report.objects.filter(pk=report.pk).update(title="Ingvar Bergqvist's meeting")
    release = request_candidate(world.refresh(report))
    (message,) = peek()
    assert list(message.decode()[:2]) == [[str(release.pk)], {}]
    assert "Bergqvist" not in f"{message.body!r} {message.headers} {message.properties}"
    assert queue() == ["reports.tasks.render_candidate"]
    release.refresh_from_db()
    assert release.state == State.READY
    enqueue(release.pk)
    render_candidate(str(release.pk))
    assert queue() == ["reports.tasks.render_candidate"]


@pytest.mark.django_db(transaction=True)
def test_ten_clicks_make_one_release_and_ten_workers_one_document(world: World) -> None:
    report = world.report()
    made = at_once(10, lambda: request_candidate(Report.objects.get(pk=report.pk)).pk)
    assert len(set(made)) == 1
    at_once(3, lambda: produce(made[0]))
    release = Release.objects.get()
    assert (release.state, release.attempts, release.printed.count()) == (State.READY, 1, 28)


@pytest.mark.django_db(transaction=True)
def test_of_two_releases_that_single_somebody_out_one_leaves(world: World) -> None:
    """Two facilitators release two candidates at the same moment: whichever comes second meets the first."""
    first = request_candidate(world.report())
    produce(first.pk)
    first.refresh_from_db()
    twin = Release.objects.create(
        report=Report.objects.create(cohort=world.cohort, title="Meeting report", period="November 2026"),
        number=1, input_hash="", state=State.READY, pdf=first.pages, sha256=first.sha256,
    )  # fmt: skip
    for printed in list(first.printed.all())[:-1]:
        twin.printed.create(contribution=printed.contribution)
    built = build_document(twin.report, "release", key=b"")
    twin.input_hash, twin.document = built.input_hash, dumps(built.document)
    twin.save()
    for release in (first, twin):
        through_window(release)

    def leave(release: Release) -> str:
        try:
            return publish(release.pk, release.sha256).state
        except Refused as no:
            return no.refusals[0]["code"]

    waiting = iter((first, twin))
    assert sorted(at_once(2, lambda: leave(next(waiting)))) == ["differencing", "released"]


@pytest.mark.django_db(transaction=True)
def test_two_versions_of_a_report_do_not_wait_for_each_other(world: World) -> None:
    """A second click on the version that is out, while the next one takes its place."""
    report = world.report()
    for number in (1, 2):
        report.period = f"November 202{number}"
        report.save()
        release = request_candidate(report)
        document = dumps(build_document(report, "release", key=b"").document)
        Release.objects.filter(pk=release.pk).update(
            state=State.READY, pdf=b"%d" % number, sha256=str(number), document=document
        )
        release.refresh_from_db()
        through_window(release)
    clicks = [(release.pk, release.sha256) for release in Release.objects.order_by("-number")]
    Release.objects.filter(number=1).update(state=State.RELEASED, released_on="2026-11-01")
    waiting = iter(clicks)

    def click() -> int:
        try:
            return publish(*next(waiting)).number
        except Refused:  # it has just been taken back
            return 1

    assert sorted(at_once(2, click)) == [1, 2]
    assert dict(Release.objects.values_list("number", "state")) == {1: "withdrawn", 2: "released"}


def peek() -> list[Any]:
    """The messages that wait in the in-memory queue, and go on waiting there."""
    with current_app.connection_for_write() as connection:
        waiting = current_app.amqp.queues[current_app.conf.task_default_queue].bind(connection.default_channel)
        found = list(iter(waiting.get, None))
        for message in found:
            message.requeue()
    return found


def test_of_a_task_that_failed_nothing_lies_in_redis(tmp_path: Path) -> None:
    """Its exception may quote a row."""
    with redis() as server, Redis.from_url(server.url) as held:
        said = subprocess.run(
            [sys.executable, "-c", FAIL], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
            env={"REDIS_URL": server.url, "DJANGO_SETTINGS_MODULE": "learningsets.settings", "DATA_DIR": str(tmp_path)},
        )  # fmt: skip
        assert "ValueError" in said.stderr
        assert held.keys("*") == []


def at_once(times: int, do: Callable[[], T]) -> list[T]:
    """What `do` answered in so many threads that start together."""
    answers: list[T] = []
    start = threading.Barrier(times)

    def run() -> None:
        start.wait()
        try:
            answers.append(do())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
