"""`manage.py prepare`: brings a deployed installation's database up to date. Run once at each start, by one process."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from learningsets.first_start import set_up_link


class Command(BaseCommand):
    """Migrates, makes the cache's table, and prints where to set up an installation that has nobody in it."""

    help = "Brings the database up to date and, if nobody is in it, prints the link of the one-time set-up page."

    def handle(self, *args: Any, **options: Any) -> None:
        """Safe to repeat."""
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        if link := set_up_link():
            self.stdout.write(f"Nobody is here yet. Make the first programme at\n  {link}")
