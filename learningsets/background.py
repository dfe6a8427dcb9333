"""Celery's worker and schedule as threads of the one embedded process.

Only with the in-memory broker: the deployed configuration runs both as processes of their own (docs/deployment.md).
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from celery import beat
from celery.worker import state
from django.db import connections

from learningsets.celery import app

SECONDS_TO_FINISH = 5  # what is cut off then is taken up again at the next start: the row in the database is the truth


@contextmanager
def background_work() -> Iterator[None]:
    """Consume tasks and keep the schedule for as long as the block runs; on leaving, let the running task end.

    Raises RuntimeError if the broker is not in memory, or if the worker has not come up within ten seconds.
    """
    if not str(app.conf.broker_url).startswith("memory:"):
        raise RuntimeError("A worker inside the web process is for the in-memory broker alone.")
    app.finalize()
    app.set_default()  # without these two, a worker in a thread consumes nothing
    ready = threading.Event()
    worker = app.WorkController(
        hostname="embedded",
        pool_cls="solo",
        concurrency=1,
        without_heartbeat=True,
        without_mingle=True,
        without_gossip=True,
        ready_callback=lambda _: ready.set(),
    )
    schedule = beat.Service(app, scheduler_cls=beat.Scheduler, max_interval=1)
    threads = (
        threading.Thread(target=_until_closed, args=(worker.start,), name="worker", daemon=True),
        threading.Thread(target=_until_closed, args=(schedule.start,), name="schedule", daemon=True),
    )
    state.should_stop = None
    threads[0].start()
    if not ready.wait(10):
        raise RuntimeError("The worker did not come up.")
    threads[1].start()
    try:
        yield
    finally:
        talk = logging.getLogger("celery")
        level = talk.level
        talk.setLevel(logging.CRITICAL)  # an interrupted thread is no news at the end
        schedule.stop(wait=False)
        state.should_stop = 0
        for thread in threads:
            thread.join(SECONDS_TO_FINISH)
        talk.setLevel(level)


def is_working() -> bool:
    """Whether the worker runs in this process."""
    return any(thread.name == "worker" for thread in threading.enumerate())


def _until_closed(start: Callable[[], object]) -> None:
    """Run one of the two, and give back this thread's database connection at the end."""
    try:
        start()
    finally:
        connections.close_all()
