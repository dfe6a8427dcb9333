"""The site, and the people in it: users, programmes, learning sets, invitations, contracts."""

from learningsets.celery import app as celery_app

__all__ = ["celery_app"]
