"""What the schedule does by itself while a deadline comes nearer, and whom it writes to."""

from collections import Counter
from datetime import datetime, timedelta

import time_machine
from django.conf import settings
from django.core import mail as django_mail
from django.utils.module_loading import import_string

from learningsets import mail
from learningsets.models import Letter

HOURS = (72, 48, 36, 24, 12, 6, 3, 2, 1, 0.5, 0.25, 0.1)  # before a deadline: what anybody may think of
MOMENT = timedelta(seconds=1)  # after each, so that whatever is due then is due


def told_until(deadline: datetime) -> dict[str, Counter[tuple[str, str]]]:
    """By address the letters that left, subject and words, once everything that is scheduled ran ever closer to a
    deadline. None waits any more."""
    tasks = [import_string(entry["task"]) for entry in settings.CELERY_BEAT_SCHEDULE.values()]
    for hours in HOURS:
        with time_machine.travel(deadline - timedelta(hours=hours) + MOMENT, tick=False):
            for task in tasks:
                task()
            mail.send_waiting()
    assert not Letter.objects.filter(sent_on=None).exists()
    told: dict[str, Counter[tuple[str, str]]] = {}
    for letter in django_mail.outbox:
        told.setdefault(letter.to[0], Counter())[str(letter.subject), str(letter.body)] += 1
    return told
