"""Django's registration of this app."""

from django.apps import AppConfig


class LearningsetsConfig(AppConfig):
    name = "learningsets"
    label = "learningsets"
    verbose_name = "Learning Sets"

    def ready(self) -> None:
        """Give Django's form messages this site's words, and have requests to sign looked at as they leave."""
        from learningsets import contracts, mail
        from learningsets.fields import use_own_words

        use_own_words()
        mail.look_again(contracts.ABOUT, contracts.look_again)
