"""Work that runs by itself: letters leave, and what is no longer needed goes."""

import time
from datetime import timedelta
from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from learningsets import mail
from learningsets.models import Letter


@shared_task  # type: ignore[untyped-decorator]
def send_letters() -> None:
    """Send the letters that are due."""
    mail.send_waiting()


@shared_task  # type: ignore[untyped-decorator]
def purge() -> None:
    """Delete sent letters, ended sessions, stale counts of the rate limits, and mail kept in the embedded folder."""
    Letter.objects.filter(sent_on__lte=timezone.localdate() - timedelta(days=1)).delete()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    with connection.cursor() as cursor:
        table = settings.CACHES["default"]["LOCATION"]
        if table in connection.introspection.table_names(cursor):
            stale = f"DELETE FROM {connection.ops.quote_name(table)} WHERE expires < %s"  # noqa: S608  # a setting
            cursor.execute(stale, [connection.ops.adapt_datetimefield_value(timezone.now())])
    folder = Path(settings.EMAIL_FILE_PATH)
    for kept in folder.glob("*.eml") if folder.exists() else ():
        if kept.stat().st_mtime < time.time() - 86_400:
            kept.unlink(missing_ok=True)
