"""Django's registration of this app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    label = "reports"
    verbose_name = "Reports"

    def ready(self) -> None:
        """Have the letter about a reading's end looked at once more when it leaves."""
        from learningsets.mail import look_again
        from reports import letters

        look_again(letters.READ, letters.look_again)
