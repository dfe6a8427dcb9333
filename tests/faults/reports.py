"""Steps that the fault tests share: ask for a report, look at its row, catch a renderer at work."""

import os
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

ASK = """
from reports.models import Report
from reports.releasing import request_candidate
report = Report.objects.get(cohort__is_example=True, cohort__name={cohort!r})
report.period = {period!r}
report.save()
print(request_candidate(report).pk)
"""
EXAMPLE = "Three Shores"
LONG_AGO = "2020-01-01 00:00:00"
LOOK = """
SELECT state, attempts, pdf IS NOT NULL, claimed_at, (SELECT count(*) FROM reports_release other
    WHERE other.report_id = mine.report_id AND other.input_hash = mine.input_hash)
FROM reports_release mine WHERE id = {0}
"""


@dataclass
class Row:
    """What a release's row says, and how many rows there are of the same inputs."""

    state: str
    attempts: int
    has_pages: bool
    claimed_at: datetime | str | None
    rows: int

    @property
    def is_ready_once(self) -> bool:
        """Ready, with pages, and the only one. Never failed on the way."""
        assert self.state != "failed"
        return (self.state, self.has_pages, self.rows) == ("ready", True, 1)

    @property
    def last_step(self) -> float:
        """When whoever made it took its last step (seconds since 1970): of one that is ready, when it became so."""
        at = datetime.fromisoformat(str(self.claimed_at))
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


class Table:
    """The table of releases, read and written past the product, in either database."""

    def __init__(self, place: str | Path) -> None:
        self.place = place

    @cached_property
    def _server(self) -> "psycopg.Connection[Any]":
        """One connection for all looks: making one each time, twenty times a second, costs more than a report."""
        return psycopg.connect(str(self.place), autocommit=True)

    def run(self, sql: str, *values: str) -> list[tuple[Any, ...]]:
        """Run one statement, with {0} for its value; the rows it gives."""
        if isinstance(self.place, Path):
            with closing(sqlite3.connect(self.place, timeout=20, isolation_level=None)) as database:
                return list(database.execute(sql.format("?"), [value.replace("-", "") for value in values]))
        cursor = self._server.execute(sql.format("%s"), values)
        return cursor.fetchall() if cursor.description else []

    def close(self) -> None:
        """Let go of it; the next look makes another connection."""
        if "_server" in vars(self):
            vars(self).pop("_server").close()

    def answers(self) -> bool:
        """Whether its database can be asked again after it was away; a refused connection is a ConnectionError."""
        try:
            return bool(self.run("SELECT 1"))
        except psycopg.OperationalError as error:
            self.close()
            raise ConnectionError from error

    def look(self, release: str) -> Row:
        """The row of a release."""
        return Row(*self.run(LOOK, release)[0])

    def message_is_old(self, release: str) -> None:
        """As if the message had been sent long ago: the sweep sends another."""
        self.run(f"UPDATE reports_release SET enqueued_at = '{LONG_AGO}' WHERE id = {{0}}", release)

    def holder_is_silent(self, release: str) -> None:
        """As if who works on it had given no sign of life for long: the sweep hands it to another."""
        self.message_is_old(release)
        self.run(f"UPDATE reports_release SET claimed_at = '{LONG_AGO}' WHERE id = {{0}}", release)


def ask(period: str, cohort: str = EXAMPLE) -> str:
    """Code that asks for the report of a set of the worked example, of another period, and prints its id."""
    return ASK.format(period=period, cohort=cohort)


def asked_for(output: str) -> str:
    """The id that `ASK` printed."""
    return str(UUID(output.strip().splitlines()[-1]))


def children(parent: int) -> list[int]:
    """The processes that a process started itself."""
    return [pid for pid in _all() if _parent(pid) == parent]


def renderers(ancestor: int) -> list[int]:
    """The renderer processes that descend from a process."""
    return [pid for pid in _all() if "reports.renderer" in _command(pid) and ancestor in _line(pid)]


def _all() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def _parent(pid: int) -> int:
    """Who started a process; 0 when it is gone."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _line(pid: int) -> set[int]:
    """A process and those it descends from."""
    line: set[int] = set()
    while pid > 1 and pid not in line:
        line.add(pid)
        pid = _parent(pid)
    return line


def run(command: list[str], folder: Path, environment: dict[str, str]) -> str:
    """A program's output; it must succeed."""
    done: Any = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return str(done.stdout)


def is_gone(pid: int) -> bool:
    """Whether a process has ended (or is only waiting to be counted)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
