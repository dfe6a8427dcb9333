"""Throw-away servers for tests: PostgreSQL, Redis, mail. Each in its own folder, on a free port, stopped at the end.

    with postgresql() as server, redis() as broker: ...

They listen on the loopback interface alone, and die with the process that started them.
"""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
MEMORY = Path("/dev/shm")


def free_port() -> int:
    """A port of the loopback interface that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(true: Callable[[], object], seconds: float, what: str) -> None:
    """Return when `true()` is; raise TimeoutError naming `what` after `seconds`. A refused connection is "not yet"."""
    until = time.monotonic() + seconds
    while True:
        with suppress(OSError):
            if true():
                return
        if time.monotonic() > until:
            raise TimeoutError(f"not within {seconds} s: {what}")
        time.sleep(0.05)


@contextmanager
def held_open(port: int, count: int) -> Iterator[None]:
    """So many connections to the loopback interface, open and idle, as browsers keep them."""
    with ExitStack() as held:
        for _number in range(count):
            held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=1))
        yield


def die_with_parent() -> None:
    """For a child about to run its program: be killed when the process that started it ends (Linux)."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _as_user(name: str | None) -> dict[str, Any]:
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []} if name else {}


@dataclass
class Server:
    """One server process, which a test may kill, freeze and start again on the same port and folder."""

    url: str
    folder: Path
    port: int
    command: Sequence[str]
    user: str | None = None
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it and wait until it accepts connections."""
        with (self.folder.parent / "server.log").open("ab") as log:
            who = _as_user(self.user)
            self.process = subprocess.Popen(
                self.command,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                preexec_fn=die_with_parent,  # noqa: PLW1509 - it makes one system call
                **who,
            )
        wait_until(self.answers, 30, f"{self.command[0]} accepts connections")

    def answers(self) -> bool:
        """Whether something listens on the port; raises RuntimeError if the process has ended."""
        if self.process is not None and self.process.poll() is not None:
            raise RuntimeError((self.folder.parent / "server.log").read_text(errors="replace"))
        with socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True

    def is_running(self) -> bool:
        """Whether the process has been started and has not ended."""
        return self.process is not None and self.process.poll() is None

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGINT for an orderly end, SIGKILL for a crash."""
        if self.process is not None and self.is_running():
            with suppress(ProcessLookupError):
                self.process.send_signal(signal.SIGCONT)
            self.process.send_signal(how)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(20)

    def freeze(self) -> None:
        """Stop it in its tracks: connections are accepted by the kernel and never answered."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)


@contextmanager
def _folder(name: str, owner: str | None = None) -> Iterator[Path]:
    base = MEMORY if os.access(MEMORY, os.W_OK) else None
    outer = Path(tempfile.mkdtemp(prefix=f"learning-sets-{name}-", dir=base))
    inner = outer / "data"
    inner.mkdir(mode=0o700)
    if owner:
        outer.chmod(0o711)
        shutil.chown(inner, owner)
    try:
        yield inner
    finally:
        shutil.rmtree(outer, ignore_errors=True)


def postgresql_program(name: str) -> str:
    """The newest installed PostgreSQL's `name` (Debian keeps server programs beside the search path)."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    found = next((str(folder / name) for folder in versions if (folder / name).exists()), None) or shutil.which(name)
    if not found:
        raise FileNotFoundError(f"PostgreSQL's {name}: `make test` installs it")
    return found


@contextmanager
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server with an empty database `learningsets`. It refuses to run as root, so root lends it a user."""
    user = None
    if os.geteuid() == 0:
        names = {entry.pw_name for entry in pwd.getpwall()}
        user = "postgres" if "postgres" in names else "nobody"
    port = free_port()
    with _folder("postgresql", user) as folder:
        who = _as_user(user)
        options = ["--auth=trust", "--username=learningsets", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run(
            [postgresql_program("initdb"), "-D", str(folder), *options], check=True, capture_output=True, cwd="/", **who
        )
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "off",
            # It would free places in the middle of a table at any moment: tests look at what lies where.
            "autovacuum": "off",
            "max_connections": "60",
        }
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [postgresql_program("postgres"), "-D", str(folder), "-p", str(port), *flags]
        server = Server(f"postgresql://learningsets@127.0.0.1:{port}/learningsets", folder, port, command, user)
        server.start()
        try:
            _make_database(port)
            yield server
        finally:
            server.stop()


def _make_database(port: int) -> None:
    import psycopg

    def make() -> bool:
        try:
            with psycopg.connect(f"postgresql://learningsets@127.0.0.1:{port}/postgres", autocommit=True) as connection:
                connection.execute("CREATE DATABASE learningsets")
        except psycopg.OperationalError as error:  # still starting up
            raise ConnectionError from error
        return True

    wait_until(make, 30, "PostgreSQL makes a database")


@contextmanager
def redis() -> Iterator[Server]:
    """A Redis server that keeps nothing on disk and refuses writes rather than dropping keys, as the deployed one."""
    port = free_port()
    with _folder("redis") as folder:
        flags = {"port": port, "bind": "127.0.0.1", "save": "", "maxmemory-policy": "noeviction", "dir": folder}
        command = ["redis-server", *(part for name, value in flags.items() for part in (f"--{name}", str(value)))]
        server = Server(f"redis://127.0.0.1:{port}/0", folder, port, command)
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def mail_server() -> Iterator[Server]:
    """A mail server (tests/mail_server.py), which writes what it takes into `letters` in its folder."""
    port = free_port()
    with _folder("mail") as folder:
        command = [sys.executable, str(Path(__file__).with_name("mail_server.py")), str(port), str(folder / "letters")]
        server = Server(f"smtp://127.0.0.1:{port}", folder, port, command)
        server.start()
        try:
            yield server
        finally:
            server.stop(signal.SIGKILL)
