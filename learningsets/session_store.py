"""Signed-in sessions in the database, with no time finer than a day in them."""

from django.contrib.sessions.backends.db import SessionStore

__all__ = ["SessionStore"]
