"""Django's registration of this app."""

from django.apps import AppConfig


class LearningsetsConfig(AppConfig):
    name = "learningsets"
    label = "learningsets"
    verbose_name = "Learning Sets"

    def ready(self) -> None:
        """Give Django's form messages this site's words."""
        from learningsets.fields import use_own_words

        use_own_words()
