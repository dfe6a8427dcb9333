"""The Celery application. Task arguments are ids, never text; there is no result backend."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learningsets.settings")

app = Celery("learningsets")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
