"""Django's registration of this app."""

from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "sessions"
    label = "meetings"
    verbose_name = "Meetings"
