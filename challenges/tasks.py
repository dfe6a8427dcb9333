"""What the schedule runs. No arguments, no results: the rows say what is due."""

from celery import shared_task

from challenges import box, openings


@shared_task  # type: ignore[untyped-decorator]
def tip_due() -> None:
    """Tip out every box whose time has come, and clear up after those that were."""
    box.tip_due()


@shared_task  # type: ignore[untyped-decorator]
def announce_due() -> None:
    """Tell members whose closing questions have opened."""
    openings.announce_due()
