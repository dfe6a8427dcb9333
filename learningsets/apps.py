"""Django's registration of this app."""

from django.apps import AppConfig


class LearningsetsConfig(AppConfig):
    name = "learningsets"
    label = "learningsets"
    verbose_name = "Learning Sets"
