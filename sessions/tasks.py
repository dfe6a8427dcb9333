"""What the schedule runs. No arguments, no results: the rows say what is due."""

from celery import shared_task

from sessions import newcomers, reminders


@shared_task  # type: ignore[untyped-decorator]
def tell_newcomers() -> None:
    """Send its dates to whoever has joined a set since they were told."""
    newcomers.tell_newcomers()


@shared_task  # type: ignore[untyped-decorator]
def remind() -> None:
    """Write the reminders that are due."""
    reminders.send_due()
