"""Django's registration of this app."""

from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "sessions"
    label = "meetings"
    verbose_name = "Meetings"

    def ready(self) -> None:
        """Have letters about dates and meetings looked at once more when they leave; add to people's own data."""
        from learningsets.mail import look_again
        from learningsets.members import adds_to_my_data
        from sessions import apology_letters, attendance, letters, reminders

        look_again(letters.DATES, letters.look_again)
        look_again(letters.MEETING, letters.look_again)
        look_again(letters.LEFT, letters.look_at_leaver)
        look_again(apology_letters.FIRST, apology_letters.look_again)
        look_again(apology_letters.AGAIN, apology_letters.look_again)
        look_again(reminders.ABOUT, reminders.look_again)
        adds_to_my_data("meetings", attendance.of_person)
