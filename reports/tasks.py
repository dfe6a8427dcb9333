"""What workers do. Arguments are ids, never text; a lost or doubled message neither loses nor doubles a report."""

import logging
from uuid import UUID

from celery import shared_task
from django.db import transaction
from kombu.exceptions import OperationalError

from reports import current, windows
from reports.production import produce, take_up_again

log = logging.getLogger(__name__)


@shared_task(name="reports.tasks.render_candidate", acks_late=True, ignore_result=True)  # type: ignore[untyped-decorator]
def render_candidate(release_id: str) -> None:
    """Make the pages of one release, unless somebody else does."""
    produce(UUID(release_id))


@shared_task(name="reports.tasks.sweep", ignore_result=True)  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Every five seconds: tell the workers of releases that nobody works on."""
    for release_id in take_up_again():
        if not announce(release_id):
            return


@shared_task(name="reports.tasks.tip_due", ignore_result=True)  # type: ignore[untyped-decorator]
def tip_due() -> None:
    """Tip out every window whose time has come, and clear up after those that are over."""
    windows.tip_due()


@shared_task(name="reports.tasks.look_again", ignore_result=True)  # type: ignore[untyped-decorator]
def look_again() -> None:
    """Note of what sets read now whether it could still leave."""
    current.look_again()


def enqueue(release_id: UUID) -> None:
    """Tell a worker of a release once its row is committed."""
    transaction.on_commit(lambda: announce(release_id))


def announce(release_id: UUID) -> bool:
    """One attempt to tell the workers, under a second. False when the queue is out of reach: the sweep tries again."""
    try:
        render_candidate.apply_async((str(release_id),), retry=False)
    except (OperationalError, OSError):
        log.warning("The queue is out of reach; a release waits for the sweep.")
        return False
    return True
