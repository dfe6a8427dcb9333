"""What the schedule runs. No arguments, no results: the rows say what is due."""

from celery import shared_task

from sessions import newcomers


@shared_task  # type: ignore[untyped-decorator]
def tell_newcomers() -> None:
    """Send its dates to whoever has joined a set since they were told."""
    newcomers.tell_newcomers()
