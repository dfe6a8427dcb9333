"""The Celery application. Task arguments are ids, never text; there is no result backend."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learningsets.settings")


class QuietCelery(Celery):  # type: ignore[misc]
    """Celery whose messages carry their arguments once, and no printed copy of them for monitoring tools."""

    def send_task(self, name: str, args: Any = None, kwargs: Any = None, *rest: Any, **options: Any) -> Any:
        """As Celery's own (which every `.delay()` goes through), with a dash for each printed copy."""
        return super().send_task(name, args, kwargs, *rest, **{**options, "argsrepr": "-", "kwargsrepr": "-"})


app = QuietCelery("learningsets")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect  # type: ignore[untyped-decorator]
def _keep_the_sites_logging(**_: Any) -> None:
    """With a receiver here Celery installs no handlers of its own: Django's (learningsets.logs) stay the only ones."""
