"""Django's registration of this app."""

from django.apps import AppConfig


class ChallengesConfig(AppConfig):
    name = "challenges"
    label = "challenges"
    verbose_name = "Challenges"

    def ready(self) -> None:
        """Add what people bid, presented and mean to do to their own data."""
        from challenges import actions, airtime
        from learningsets.members import adds_to_my_data

        adds_to_my_data("time_asked_for", airtime.bids_of_person)
        adds_to_my_data("time_had", airtime.turns_of_person)
        adds_to_my_data("actions", actions.of_person)
