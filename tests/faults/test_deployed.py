"""A report is ready, once, whatever is killed or frozen while it is made: with PostgreSQL, Redis and real workers."""

import os
import signal
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.faults.reports import Table, ask, asked_for, is_gone, renderers
from tests.servers import wait_until
from tests.services.deployment import Deployment


@pytest.fixture
def example(deployment: Deployment) -> Deployment:
    """The deployment with the worked example in it."""
    if not deployment.holds_example:
        deployment.manage("load_example")
        deployment.holds_example = True
    return deployment


@pytest.fixture
def table(example: Deployment) -> Iterator[Table]:
    """Its releases."""
    with closing(Table(example.postgresql.url)) as found:
        yield found


def _ask(deployment: Deployment, period: str) -> str:
    return asked_for(deployment.python(ask(period)))


def _held_at_work(deployment: Deployment, table: Table, period: str) -> tuple[str, list[int]]:
    """Ask for a report, and hold its renderer in the middle of it."""
    worker = deployment.running["worker"].pid
    for child in renderers(worker):
        os.kill(child, signal.SIGSTOP)
    release = _ask(deployment, period)
    wait_until(lambda: table.look(release).state == "rendering", 60, "it is being rendered")
    children = renderers(worker)
    for child in children:
        os.kill(child, signal.SIGSTOP)
    return release, children


def test_a_killed_renderer_costs_an_attempt_and_nothing_else(example, table):
    release, children = _held_at_work(example, table, "January 2027")
    for child in children:
        os.kill(child, signal.SIGKILL)
    table.message_is_old(release)
    wait_until(lambda: table.look(release).is_ready_once, 180, "it is ready")
    assert table.look(release).attempts == 2


def test_a_killed_worker_takes_its_renderer_with_it_and_the_report_becomes_ready(example, table):
    release, children = _held_at_work(example, table, "February 2027")
    assert children != []
    example.stop("worker", signal.SIGKILL)
    for child in children:
        os.kill(child, signal.SIGCONT)
    wait_until(lambda: all(is_gone(child) for child in children), 30, "the renderer is gone too")
    table.holder_is_silent(release)
    example.start("worker")
    wait_until(lambda: table.look(release).is_ready_once, 180, "it is ready")


def test_a_report_asked_for_while_redis_is_frozen_is_made_when_it_is_back(example, table):
    example.redis.freeze()
    try:
        release = _ask(example, "March 2027")
        assert table.look(release).state == "queued"
    finally:
        example.redis.thaw()
    table.message_is_old(release)
    wait_until(lambda: table.look(release).is_ready_once, 180, "it is ready")


def test_a_worker_that_loses_redis_in_the_middle_of_a_report_finishes_it_and_goes_on(example, table):
    """Kombu by itself lets it end (learningsets/redis_transport.py)."""
    release, children = _held_at_work(example, table, "August 2027")
    before = len(example.log_file("worker").read_text())
    example.redis.stop(signal.SIGKILL)
    for child in children:
        os.kill(child, signal.SIGCONT)
    wait_until(lambda: table.look(release).is_ready_once, 60, "it is ready, without Redis")
    example.redis.start()
    wait_until(lambda: example.is_at_work("worker"), 60, "the worker waits for messages")
    assert "CRITICAL celery.worker:" not in example.log_file("worker").read_text()[before:]  # as it begins to end
    assert table.look(release).attempts == 1


def test_a_report_whose_message_was_lost_with_redis_is_made_all_the_same(example, table):
    example.stop("worker")
    release = _ask(example, "April 2027")
    example.redis.stop(signal.SIGKILL)
    example.redis.start()
    example.start("worker")
    table.message_is_old(release)
    wait_until(lambda: table.look(release).is_ready_once, 180, "it is ready")


def test_a_message_sent_six_times_makes_one_report(example, table):
    release = _ask(example, "May 2027")
    again = f"from reports.tasks import announce\nfor _ in range(5): announce({release!r})"
    example.python(again)
    wait_until(lambda: table.look(release).is_ready_once, 180, "it is ready")
    example.stop("worker")  # an orderly end: whatever it had begun is done
    assert (table.look(release).is_ready_once, table.look(release).attempts) == (True, 1)
