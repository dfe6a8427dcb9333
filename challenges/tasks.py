"""What the schedule runs. No arguments, no results: the rows say what is due."""

from celery import shared_task
from django.utils import timezone

from challenges import box, evaluation, openings


@shared_task  # type: ignore[untyped-decorator]
def tip_due() -> None:
    """Tip out every box whose time has come, and clear up after those that were."""
    box.tip_due()


@shared_task  # type: ignore[untyped-decorator]
def announce_due() -> None:
    """Tell members whose closing questions have opened."""
    openings.announce_due()


@shared_task  # type: ignore[untyped-decorator]
def write_aim_bands() -> None:
    """Write what organisers are told of the aims, for quarters that are over."""
    evaluation.write_due(timezone.now())
