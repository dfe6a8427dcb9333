"""Everything that has to hold before a change lands: what `make test` runs, and continuous integration with it.

    .venv/bin/python tests/suite.py                  # all of it
    .venv/bin/python tests/suite.py tests/meetings   # the checks, and only these tests (on both databases)

The checks run side by side; then the tests run on SQLite, and those that touch the database once more on PostgreSQL.
Nothing is skipped: what cannot run fails, and says so.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.servers import postgresql  # noqa: E402

BIN = ROOT / ".venv" / "bin"
APPS = ["learningsets", "sessions", "challenges", "reports"]
WORKERS = os.environ.get("TEST_WORKERS", "3")  # one more than two cores: much of it waits for a browser or a server

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
    "types (mypy --strict)": tool("mypy"),
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


def checks() -> bool:
    """Run all checks, two at a time; whether all hold."""
    with ThreadPoolExecutor(2) as pool:
        started = {name: pool.submit(check) for name, check in CHECKS.items()}
        held = [report_on(name, future) for name, future in started.items()]  # a list: report on each of them
        return all(held)


def tests(title: str, chosen: list[str], *more: str, **environment: str) -> bool:
    """Run pytest in plain sight; whether it passed."""
    print(f"\n=== Tests on {title}", flush=True)
    began = time.monotonic()
    command = [
        str(BIN / "pytest"),
        "-q",
        "-n",
        WORKERS,
        "--dist=loadgroup",
        "--maxfail=20",
        "--durations=12",
        *more,
        *chosen,
    ]
    status = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, check=False)
    print(f"=== {title}: {time.monotonic() - began:.0f} s", flush=True)
    return status.returncode == 0


def main(chosen: list[str]) -> int:
    """0 when everything holds."""
    for name in ("DATABASE_URL", "REDIS_URL", "DATA_DIR", "DJANGO_SETTINGS_MODULE"):
        os.environ.pop(name, None)
    holds = checks()
    holds &= tests("SQLite", chosen)
    with postgresql() as server:
        place = {"DATABASE_URL": server.url, "SECRET_KEY": "for-tests", "TEST_PGDATA": str(server.folder)}
        holds &= tests("PostgreSQL", chosen, "--needs-database", **place)
    print("\nEverything holds." if holds else "\nSomething above FAILED.", flush=True)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
