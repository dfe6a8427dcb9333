"""Everything that has to hold before a change lands: what `make test` runs, and continuous integration with it.

    .venv/bin/python tests/suite.py                  # all of it
    .venv/bin/python tests/suite.py tests/meetings   # the checks, and only these tests (on both databases)

The tests run on SQLite, in plain sight; beside them those that touch the database once more on PostgreSQL, and the
checks, which are told of when they are done. Nothing is skipped: what cannot run fails, and says so.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.servers import postgresql, wait_until  # noqa: E402

BIN = ROOT / ".venv" / "bin"
APPS = ["learningsets", "sessions", "challenges", "reports"]
# Two cores are kept busy by two processes that run everything on SQLite, and one beside them for PostgreSQL.
WORKERS = os.environ.get("TEST_WORKERS", "2")

NO_CACHE = ["--cache-dir=/dev/null"] if os.environ.get("CI") else []  # where nothing is run a second time

# A deployment's environment, for the checks that only mean something there.
DEPLOYED = {
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "SECRET_KEY": "a-key-for-this-check-alone-0123456789-abcdefghijklmnop",
    "SITE_URL": "https://sets.example.org",
    "ALLOWED_HOSTS": "sets.example.org",
}


def run(*command: str, **environment: str) -> tuple[int, str]:
    """Run a program from the project's folder; its exit status and everything it printed."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def tool(name: str, *arguments: str, **environment: str) -> Callable[[], tuple[int, str]]:
    """A check that runs one of the virtual environment's programs."""
    return lambda: run(str(BIN / name), *arguments, **environment)


def audit() -> tuple[int, str]:
    """Look up known vulnerabilities of the locked packages. It says "not run" where no database of them answers."""
    arguments = ["--requirement=requirements/run.txt", "--require-hashes", "--disable-pip", "--progress-spinner=off"]
    status, said = run(str(BIN / "pip-audit"), *arguments, "--timeout=10", "--format=json")
    try:  # with nothing audited it still ends with "No known vulnerabilities found" and status 0
        packages = json.loads(said[said.index("{") : said.rindex("}") + 1])["dependencies"]
    except ValueError:
        return 0, "not run: no database of vulnerabilities could be reached"
    audited = [package for package in packages if "vulns" in package]
    if not audited:
        return 0, "not run: no database of vulnerabilities knows any of the packages"
    unknown = len(packages) - len(audited)
    return status, said if status else f"not run for {unknown} of {len(packages)} packages" if unknown else ""


def compose() -> tuple[int, str]:
    """Whether docker-compose.yml is understood by Debian's docker-compose, with nothing but the required variables."""
    required = {"SECRET_KEY": "for-this-check", "SITE_HOST": "sets.example.org", "POSTGRES_PASSWORD": "sesame"}
    return run("docker-compose", "--file", "docker-compose.yml", "config", "--quiet", **required)


CHECKS: dict[str, Callable[[], tuple[int, str]]] = {
    "types (mypy --strict)": tool("mypy", *NO_CACHE),
    "lint (ruff)": tool("ruff", "check", "--quiet", "."),
    "format (ruff)": tool("ruff", "format", "--check", "--quiet", "."),
    "import contracts": tool("lint-imports"),
    "templates (djlint)": tool("djlint", "templates", "--lint", "--quiet"),
    "migrations are complete": tool("python", "manage.py", "makemigrations", "--check", "--dry-run", DATA_DIR="/tmp"),
    "deployment settings": tool("python", "manage.py", "check", "--deploy", "--fail-level=WARNING", **DEPLOYED),
    "docker-compose.yml": compose,
    "known vulnerabilities": audit,
}


def report_on(name: str, future: "Future[tuple[int, str]]") -> bool:
    """Print one check's outcome; whether it holds."""
    status, said = future.result()
    note = f" ({said})" if said.startswith("not run") else ""
    print(f"{'FAILED' if status else 'ok    '} {name}{note}", flush=True)
    if status:
        print(said.rstrip(), flush=True)
    return not status


def tests(chosen: list[str], workers: str, *more: str) -> list[str]:
    """The command that runs the tests. What takes longest begins first (tests/conftest.py puts them in order)."""
    options = ["-q", "-n", workers, "--dist=loadgroup", "--no-loadscope-reorder", "--maxfail=20", "--durations=12"]
    return [str(BIN / "pytest"), *options, *more, *chosen]


def on_postgresql(chosen: list[str], collected: Path) -> tuple[int, str]:
    """Run the tests that touch the database on a PostgreSQL of their own; `collected` is made when they are found."""
    with postgresql() as server:
        place = {"DATABASE_URL": server.url, "SECRET_KEY": "for-tests", "COLLECTED": str(collected)}
        return run(*tests(chosen, "0", "--needs-database"), **place)


def main(chosen: list[str]) -> int:
    """0 when everything holds."""
    for name in ("DATABASE_URL", "REDIS_URL", "DATA_DIR", "DJANGO_SETTINGS_MODULE", "PYTHONDONTWRITEBYTECODE"):
        os.environ.pop(name, None)
    began = time.monotonic()
    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(1) as another, TemporaryDirectory() as scratch:
        checks = {name: one.submit(check) for name, check in CHECKS.items()}
        collected = Path(scratch, "collected")
        again = another.submit(on_postgresql, chosen, collected)
        # One process compiles everything that is imported, once: in a new clone three would, each for itself.
        wait_until(lambda: collected.exists() or again.done(), 600, "the tests are found")
        print("=== Tests on SQLite", flush=True)
        done = subprocess.run(tests(chosen, WORKERS), cwd=ROOT, stdin=subprocess.DEVNULL, check=False)
        print(f"=== SQLite: done after {time.monotonic() - began:.0f} s\n\n=== Tests on PostgreSQL", flush=True)
        status, said = again.result()
        print(f"{said.rstrip()}\n=== PostgreSQL: done after {time.monotonic() - began:.0f} s\n", flush=True)
        held = [report_on(name, future) for name, future in checks.items()]  # a list: report on each of them
    holds = all(held) and not status and not done.returncode
    print("\nEverything holds." if holds else "\nSomething above FAILED.", flush=True)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
