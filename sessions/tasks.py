"""What the schedule runs. No arguments, no results: the rows say what is due."""

from celery import shared_task
from django.utils import timezone

from sessions import attendance, bands, newcomers, reminders


@shared_task  # type: ignore[untyped-decorator]
def tell_newcomers() -> None:
    """Send its dates to whoever has joined a set since they were told."""
    newcomers.tell_newcomers()


@shared_task  # type: ignore[untyped-decorator]
def write_attendance_bands() -> None:
    """Write what organisers are told of the attendance of quarters that are over."""
    bands.write_due(timezone.now())


@shared_task  # type: ignore[untyped-decorator]
def forget_reasons() -> None:
    """Delete the reasons for absences that are no longer needed, or that nobody may read."""
    attendance.forget_reasons()


@shared_task  # type: ignore[untyped-decorator]
def remind() -> None:
    """Write the reminders that are due."""
    reminders.send_due()
