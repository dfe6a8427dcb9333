"""`manage.py serve`: the whole product in one process, with nothing to configure. What `make run` calls."""

import errno
import hashlib
import signal
import socket
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from waitress.server import create_server

from learningsets.background import background_work
from learningsets.first_start import set_up_link
from learningsets.models import Membership, User
from learningsets.models.membership import Role
from learningsets.sign_in_links import make_sign_in_link

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
# A browser keeps up to six connections open for two minutes: at Waitress's own limit of 100 the eighteenth would wait.
MANY = {"connection_limit": 800, "asyncore_use_poll": True}
# What is larger Waitress writes into temporary files: answers and objections in clear, beside whose they are.
# Eight answers of 20,000 characters of any script are less than 2 MiB on their way; a long report's page is 4.
IN_MEMORY = {"inbuf_overflow": 2 * 1024**2, "outbuf_overflow": 64 * 1024**2}


class Command(BaseCommand):
    """Prepares the data folder, starts the worker and the schedule beside the web server, and serves until Ctrl-C."""

    help = "Serves Learning Sets on this machine alone: SQLite, worker and schedule in this one process."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--example no` leaves an empty database empty; `--host` other than this machine prints no sign-in link."""
        parser.add_argument("--example", choices=("yes", "no"), default="yes")
        parser.add_argument("--host", default="localhost")

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve; returns after SIGINT or SIGTERM, with everything stopped."""
        if not settings.EMBEDDED:
            raise CommandError(
                "DATABASE_URL is set: the deployed processes are started one by one (docs/deployment.md)."
            )
        for number in (signal.SIGINT, signal.SIGTERM):  # SIGINT too: a shell's background job starts with it ignored
            signal.signal(number, _as_ctrl_c)
        sockets = self._listen(options["host"], settings.PORT)
        settings.EXAMPLE_LINKS = options["host"] in LOOPBACK
        try:
            self._prepare()
            with background_work():
                self._welcome(options)
                self._serve(sockets)
        except KeyboardInterrupt:
            pass
        self.stdout.write("Stopped.")

    def _listen(self, host: str, port: int) -> list[socket.socket]:
        """The port is taken before anything else happens, so that a busy one is told at once."""
        hosts = ["127.0.0.1", "::1"] if host == "localhost" else [host]
        listening = []
        for address in hosts:
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            try:
                listening.append(socket.create_server((address, port), family=family, backlog=128))
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    hint = f"Choose another one: make run PORT={port + 10}"
                    raise CommandError(f"Port {port} is taken by another program. {hint}") from error
        if not listening:
            raise CommandError(f"{host} is no address of this machine.")
        return listening

    def _serve(self, sockets: list[socket.socket]) -> None:
        """Answer requests until the process is told to end. Waitress writes no access log."""
        from learningsets.wsgi import application

        server = create_server(application, sockets=sockets, threads=16, ident=None, **MANY, **IN_MEMORY)
        try:
            server.run()
        finally:
            server.close()

    def _prepare(self) -> None:
        """Bring database and static files up to date; quick when they are."""
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        stamp, state = Path(settings.STATIC_ROOT) / ".state", _state_of(Path(settings.BASE_DIR) / "static")
        if not stamp.exists() or stamp.read_text() != state:
            call_command("collectstatic", verbosity=0, interactive=False, clear=True)
            stamp.write_text(state)

    def _welcome(self, options: dict[str, Any]) -> None:
        """Load the worked example into an empty installation, then say where to go."""
        empty = not User.objects.exists()
        if empty and options["example"] == "yes" and "load_example" in get_commands():
            self.stdout.write("Loading the worked example and rendering its report ...")
            self.stdout.flush()
            try:
                call_command("load_example", stdout=self.stdout)
            except CommandError as refused:
                self.stdout.write(str(refused))
        self._tell_of_the_report()
        self.stdout.write("")
        if settings.EXAMPLE_LINKS:
            self._tell_sign_in_links()
        if link := set_up_link():
            self.stdout.write(f"  {'First set-up:':<14}{link}")
        self.stdout.write(f"\nLearning Sets runs on {settings.SITE_URL} (Ctrl-C stops it).")
        self.stdout.flush()

    def _tell_of_the_report(self) -> None:
        """Where the worked example's report lies, if one is out."""
        if Membership.objects.filter(user__is_example=True).exists():
            path = Path(settings.DATA_DIR) / "worked-example.pdf"
            call_command("example_report", str(path), stdout=self.stdout)

    def _tell_sign_in_links(self) -> None:
        """One link for each role of the worked example; each works once, and only from this machine."""
        for role in (Role.FACILITATOR, Role.PARTICIPANT, Role.ORGANISER):
            member = (
                Membership.objects.current().filter(user__is_example=True, role=role).select_related("user").first()
            )
            if member:
                self.stdout.write(f"  {f'{role.label}:':<14}{make_sign_in_link(member.user)}")


def _as_ctrl_c(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _state_of(folder: Path) -> str:
    """A digest of names, sizes and times of change: different as soon as a static file is."""
    files = sorted(
        (str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()
    )
    return hashlib.sha256(repr(files).encode()).hexdigest()
