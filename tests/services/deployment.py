"""The deployed product, as docker-compose.yml describes it, on this machine without a container engine.

Environment and command of each process are read out of the file through docker-compose itself, so they cannot
drift from it; only addresses and folders are put in place of the containers'.
"""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import yaml
from redis import Redis
from redis.exceptions import RedisError

from tests.servers import Server, die_with_parent, free_port, postgresql, redis, wait_until

ROOT = Path(__file__).resolve().parents[2]
HOST = "sets.example.org"
DONE = "--- done: "
CONSOLE = f"""
import json, os, sys, traceback
for line in sys.stdin:
    if (child := os.fork()) == 0:
        try:
            exec(json.loads(line), {{}})
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        sys.stdout.flush()
        os._exit(0)
    print({DONE!r} + str(os.waitpid(child, 0)[1]), flush=True)
"""
REQUIRED = {"SITE_HOST": HOST, "SECRET_KEY": "k" * 50, "POSTGRES_PASSWORD": "sesame"}


@cache
def compose_file(**environment: str) -> dict[str, Any]:
    """docker-compose.yml as docker-compose understands it, with the required variables set."""
    done = subprocess.run(
        ["docker-compose", "--file", "docker-compose.yml", "config"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **REQUIRED, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(yaml.safe_load(done.stdout))


@dataclass
class Deployment:
    """web, worker and beat beside a PostgreSQL and a Redis of their own."""

    folder: Path
    postgresql: Server
    redis: Server
    services: dict[str, Any] = field(default_factory=lambda: compose_file()["services"])
    port: int = field(default_factory=free_port)
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    holds_example: bool = False
    console: "subprocess.Popen[str] | None" = None
    mail_server: str = ""  # without one, letters lie in a folder

    def environment(self, service: str) -> dict[str, str]:
        """The service's own environment, with this machine's addresses and folders, and nothing of the tester's."""
        told = {name: str(value) for name, value in self.services[service]["environment"].items()}
        assert urlsplit(told["DATABASE_URL"]).hostname == "postgres"
        assert urlsplit(told["REDIS_URL"]).hostname == "redis"
        temporary = self.folder / "tmp"
        temporary.mkdir(exist_ok=True)
        return told | {
            "PATH": f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}",
            "HOME": str(temporary),
            "TMPDIR": str(temporary),
            "HOSTNAME": "localhost",
            "DATABASE_URL": self.postgresql.url,
            "REDIS_URL": self.redis.url,
            "DATA_DIR": str(self.folder),
            "BOX_KEY_DIR": str(self.folder / "keys"),
            "STATIC_ROOT": str(self.folder / "static"),
            "EMAIL_URL": self.mail_server or f"filemail:///{self.folder / 'mail'}",
        }

    def command(self, service: str) -> list[str]:
        """The service's own command, listening on a port of the loopback interface."""
        parts = [part.replace("0.0.0.0:8000", f"127.0.0.1:{self.port}") for part in self.services[service]["command"]]
        if parts[:4] == ["celery", "-A", "learningsets", "worker"]:
            parts.append("--hostname=celery@localhost")  # in a container the engine gives the host's name
        return [self._program(service, parts[0]), *parts[1:]]

    def start(self, service: str) -> "subprocess.Popen[bytes]":
        """Start one of the services; what it says goes to its log."""
        with self.log_file(service).open("ab") as log:
            self.running[service] = subprocess.Popen(
                self.command(service),
                cwd=ROOT,
                env=self.environment(service),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent,  # noqa: PLW1509 - it makes one system call
            )
        return self.running[service]

    def once(self, service: str) -> str:
        """Run a service that ends by itself; what it said."""
        return self._finish(self.command(service), service)

    def manage(self, *arguments: str) -> str:
        """Run `manage.py` in the web service's environment; what it said."""
        return self._finish([self._program("web", "python"), "manage.py", *arguments], "web")

    def python(self, code: str) -> str:
        """Run `code` in the web service's environment; what it printed.

        One process is made ready for all that is asked this way, and forks for each: so nothing is left of what was
        asked before, no connection to a server that may have been killed since either.
        """
        if self.console is None or self.console.poll() is not None:
            command = [self._program("web", "python"), "manage.py", "shell", "-v0", "-c", CONSOLE]
            pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
            environment = self.environment("web")
            self.console = subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes)
        assert self.console.stdin is not None
        assert self.console.stdout is not None
        print(json.dumps(code), file=self.console.stdin, flush=True)
        printed: list[str] = []
        while not (line := self.console.stdout.readline()).startswith(DONE):
            assert line, printed  # it has ended
            printed.append(line)
        assert line == f"{DONE}0\n", "".join(printed)
        return "".join(printed)

    def is_up(self, service: str) -> bool:
        """Whether a service is at work, and its own health check agrees."""
        return self.is_at_work(service) and self.is_healthy(service)

    def is_at_work(self, service: str) -> bool:
        """Whether the web answers, the worker waits for messages, the schedule runs. Asking this costs nothing; each
        health check is a process."""
        self._restart(service)
        if service == "worker":
            with Redis.from_url(self.redis.url) as redis, suppress(RedisError):
                return "brpop" in {client["cmd"] for client in redis.client_list()}
            return False
        if service == "web":
            return self.get("/healthz")[0].status == 200
        return self.running[service].poll() is None

    def _restart(self, service: str) -> None:
        """Start it again if it ended by itself and its restart policy says so: what a container engine would do."""
        if self.running[service].poll() is not None and self.services[service]["restart"] == "unless-stopped":
            self.start(service)

    def is_healthy(self, service: str) -> bool:
        """What the service's own health check says."""
        kind, *check = self.services[service]["healthcheck"]["test"]
        check = [part.replace("localhost:8000", f"localhost:{self.port}").replace("$$", "$") for part in check]
        if kind == "CMD-SHELL":
            check = ["sh", "-c", *check]
        check[0] = self._program(service, check[0])
        done = subprocess.run(check, cwd=ROOT, env=self.environment(service), capture_output=True, check=False)
        return done.returncode == 0

    def stop(self, service: str, how: signal.Signals = signal.SIGTERM, seconds: float = 60) -> int:
        """End a service (SIGKILL: with everything it started); its exit status. Raises TimeoutExpired if it stays."""
        process = self.running.pop(service)
        if how is signal.SIGKILL:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, how)
        else:
            process.send_signal(how)
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(5)
            raise

    def get(self, path: str, host: str = HOST, cookie: str = "") -> tuple[HTTPResponse, str]:
        """Ask for a page as the proxy does; the answer and its text."""
        return self._request("GET", path, {"Host": host, "Cookie": cookie})

    def post(self, path: str, fields: dict[str, str], session: str) -> tuple[HTTPResponse, str]:
        """Send a form as a browser does in which somebody is signed in; the answer and its text."""
        token = "t" * 32
        headers = {
            "Host": HOST,
            "Origin": f"https://{HOST}",
            "Cookie": f"sessionid={session}; csrftoken={token}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return self._request("POST", path, headers, urlencode(fields | {"csrfmiddlewaretoken": token}))

    def _request(
        self, method: str, path: str, headers: dict[str, str], body: str | None = None
    ) -> tuple[HTTPResponse, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        proxy = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
        try:
            connection.request(method, path, body, headers | proxy)
            answer = connection.getresponse()
            return answer, answer.read().decode()
        finally:
            connection.close()

    def log_file(self, service: str) -> Path:
        """Where the service's standard output and error go."""
        return self.folder / f"{service}.log"

    def logs(self) -> str:
        """Everything that every process has written down."""
        return "".join(path.read_text(errors="replace") for path in sorted(self.folder.glob("*.log")))

    def up(self) -> None:
        """Prepare the database and the static files, start the three processes and wait until they are well."""
        self.manage("collectstatic", "--no-input", "--verbosity=0")
        self.once("migrate")
        for service in ("web", "worker", "beat"):
            self.start(service)
        for service in ("web", "beat", "worker"):
            wait_until(partial(self.is_up, service), 120, f"{service} is up")

    def down(self) -> None:
        """End everything, without asking twice."""
        if self.console is not None:
            self.console.kill()
            self.console.communicate()
        for service in list(self.running):
            self.stop(service, signal.SIGKILL)

    def _program(self, service: str, name: str) -> str:
        found = shutil.which(name, path=self.environment(service)["PATH"])
        assert found, name
        return found

    def _finish(self, command: list[str], service: str) -> str:
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment(service), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@contextmanager
def deployed(folder: Path, mail_server: str = "") -> Iterator[Deployment]:
    """The deployment, up, beside a PostgreSQL and a Redis of its own; all of it ends with the block."""
    with postgresql() as database, redis() as broker:
        deployment = Deployment(folder, database, broker, mail_server=mail_server)
        try:
            deployment.up()
            yield deployment
        finally:
            deployment.down()
