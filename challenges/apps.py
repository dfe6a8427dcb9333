"""Django's registration of this app."""

from django.apps import AppConfig


class ChallengesConfig(AppConfig):
    name = "challenges"
    label = "challenges"
    verbose_name = "Challenges"
