"""The part of bench/soak.py in which something is struck while reports are made."""

import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.faults.reports import Row, Table, ask, asked_for, children, renderers, run
from tests.servers import wait_until
from tests.services.deployment import ROOT, Deployment, deployed
from tests.services.served import Served

BATCH = 8  # reports that are struck one after the other, before all are waited for
LIMIT = 300.0  # seconds within which a report is promised
MAKING = 2.5  # seconds that a report of the example takes on a small machine
UNDER_WAY = {"building", "rendering", "checking"}

COPY = """
from reports.example.loading import FILE
from reports.workshop.importing import import_workshop
text = FILE.read_text()
for name in ("title: The Unlocking Programme", "name: Three Shores"):
    text = text.replace(name, name + " {0}")
import_workshop(text.encode(), is_example=True)
"""
# Counts how often each report became ready, in the database itself: nothing becomes so unseen.
COUNTER: dict[type, list[str]] = {
    str: [
        "CREATE TABLE soak (id uuid)",
        """CREATE FUNCTION soak() RETURNS trigger LANGUAGE plpgsql
            AS $$ BEGIN INSERT INTO soak VALUES (NEW.id); RETURN NULL; END $$""",
        """CREATE TRIGGER soak AFTER UPDATE ON reports_release FOR EACH ROW
            WHEN (NEW.state = 'ready') EXECUTE FUNCTION soak()""",
    ],
    Path: [
        "CREATE TABLE soak (id text)",
        """CREATE TRIGGER soak AFTER UPDATE ON reports_release
            WHEN NEW.state = 'ready' BEGIN INSERT INTO soak VALUES (NEW.id); END""",
    ],
}


@dataclass
class Counts:
    """What a soak says in the end: its figures, and the promises that were broken."""

    words: str = ""
    broken: list[str] = field(default_factory=list)

    def promised(self, kept: object, promise: str) -> None:
        """Note that a promise was broken, unless it was kept."""
        if not kept:
            self.broken.append(promise)


class Reports:
    """Reports of copies of the worked example, and what becomes of them when something is struck meanwhile."""

    def __init__(
        self, place: str | Path, shell: Callable[[str], str], rounds: int, seconds_of_batch: float = 35
    ) -> None:
        self.table, self.shell, self.rounds, self.seconds_of_batch = Table(place), shell, rounds, seconds_of_batch
        self.struck: dict[str, float] = {}
        self.under_way = 0
        for copy in range(min(BATCH, rounds)):
            shell(COPY.format(copy))
        for statement in COUNTER[Path if isinstance(place, Path) else str]:
            self.table.run(statement)

    def ask_for_each(self) -> Iterator[str]:
        """Ask for a report in each round, its id; between batches, wait for all that was struck.

        Who is silent is taken up again after a minute, and not to be struck once more: three times, and it stops.
        """
        batch: list[str] = []
        for number in range(self.rounds):
            batch.append(asked_for(self.shell(ask(f"Round {number}", f"Three Shores {number % BATCH}"))))
            yield batch[-1]
            is_last = len(batch) == BATCH or number == self.rounds - 1
            if is_last or time.time() > self.struck[batch[0]] + self.seconds_of_batch:
                self._wait(batch)
                batch.clear()

    def strike(self, release: str, blow: Callable[[], object]) -> None:
        """Strike, and note whether this report was being made."""
        self.under_way += self.table.look(release).state in UNDER_WAY
        self.struck[release] = time.time()
        blow()

    def _wait(self, batch: list[str]) -> None:
        until = self.struck[batch[-1]] + LIMIT
        while time.time() < until and not all(self.table.look(release).state == "ready" for release in batch):
            time.sleep(0.5)

    def count(self, counts: Counts) -> None:
        """What became of them."""
        rows: dict[str, Row] = {release: self.table.look(release) for release in self.struck}
        ready = {
            release: row for release, row in rows.items() if (row.state, row.has_pages, row.rows) == ("ready", True, 1)
        }
        twice = self.table.run("SELECT id FROM soak GROUP BY id HAVING count(*) > 1")
        waits = [row.last_step - self.struck[release] for release, row in ready.items()]
        late = sum(wait > LIMIT for wait in waits)
        stopped = sum(row.state == "failed" for row in rows.values())  # it says so, and has a button to try again
        lost = len(rows) - len(ready) - stopped
        counts.promised(not lost, f"{lost} reports were not ready {LIMIT:.0f} s after the last blow to their batch")
        counts.promised(not stopped, f"{stopped} reports stopped")
        counts.promised(not late, f"{late} reports were ready only after {LIMIT:.0f} s")
        counts.promised(not twice, f"{len(twice)} reports became ready twice")
        attempts = max(row.attempts for row in rows.values())
        counts.words = (
            f"struck while it was made {self.under_way}, ready {len(ready)}, twice {len(twice)}, lost {lost}, stopped "
            f"{stopped}, attempts at most {attempts}, slowest {max(waits, default=0):.0f} s after it"
        )
        self.table.close()


# --- Kills --------------------------------------------------------------------------------------------------------


def kills(victim: str, rounds: int, folder: Path) -> Counts:
    """Of the deployed product's worker with all that it started, of one of its processes, or of its renderers."""
    with deployed(folder) as site:

        def blow() -> None:
            if victim == "worker":
                site.stop("worker", signal.SIGKILL)
                site.start("worker")
                return
            worker = site.running["worker"].pid
            for pid in renderers(worker) if victim == "renderer" else random.sample(children(worker), 1):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

        # Where the worker lives on, it has given the report back, and takes it up again within seconds.
        seconds_of_batch = 0 if victim == "renderer" else 35
        reports, counts = Reports(site.postgresql.url, site.python, rounds, seconds_of_batch), Counts()
        for release in reports.ask_for_each():
            time.sleep(random.uniform(0, MAKING))
            reports.strike(release, blow)
            wait_until(lambda: site.is_at_work("worker"), 60, "the worker is at work")
        reports.count(counts)
        return counts


def embedded(_fault: str, rounds: int, folder: Path) -> Counts:
    """Of the one process, with everything that it started."""
    served, counts = Served(folder), Counts()

    def shell(code: str) -> str:
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
        return run(command, ROOT, served.environment())

    def blow() -> None:
        served.kill()
        served.start()

    try:
        served.start()
        reports = Reports(folder / "var" / "db.sqlite3", shell, rounds)
        for release in reports.ask_for_each():
            reports.table.message_is_old(release)  # the message went to that shell's own queue: the sweep finds the row
            wait_until(lambda: reports.table.look(release).state != "queued", 60, "it is begun")  # noqa: B023
            time.sleep(random.uniform(0, MAKING))
            reports.strike(release, blow)
        reports.count(counts)
        return counts
    finally:
        served.kill()


# --- Servers that go away and come back ---------------------------------------------------------------------------


@dataclass
class Visitors:
    """Four people who ask for pages over and over; each answer with when it was asked for, its status, its seconds."""

    site: Deployment
    answers: list[tuple[float, int, float]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def visiting(self) -> Iterator[None]:
        """While the block runs."""
        with ThreadPoolExecutor(4) as pool:
            for _visitor in range(4):
                pool.submit(self._visit)
            try:
                yield
            finally:
                self.over.set()

    def _visit(self) -> None:
        while not self.over.is_set():
            for page in ("/healthz", "/accounts/login/"):
                began, status = time.time(), 0
                with suppress(OSError):
                    status = self.site.get(page)[0].status
                self.answers.append((began, status, time.time() - began))
                self.over.wait(0.25)

    def errors(self, since: float = 0) -> int:
        """How many of those who have asked since then got no page."""
        return sum(began >= since and status != 200 for began, status, _seconds in self.answers)


def restarts(which: str, rounds: int, folder: Path) -> Counts:
    """Of Redis, killed and empty; or of PostgreSQL, stopped or as after a crash. Each while a report is made."""
    with deployed(folder) as site, (visitors := Visitors(site)).visiting():
        reports, counts = Reports(site.postgresql.url, site.python, rounds), Counts()
        server = site.redis if which == "redis" else site.postgresql
        back, errors, too_many, ended = [0.0], 0, 0, 0
        for release in reports.ask_for_each():
            time.sleep(random.uniform(0, MAKING))
            connections = int(reports.table.run("SELECT count(*) FROM pg_stat_activity WHERE datname <> ''")[0][0])
            worker = site.running["worker"]
            how = signal.SIGKILL if which == "redis" else random.choice([signal.SIGINT, signal.SIGQUIT])
            reports.strike(release, partial(server.stop, how))
            time.sleep(random.uniform(0, 3))
            server.start()
            wait_until(reports.table.answers, 60, "the database is there")
            began = time.time()
            wait_until(lambda: site.is_at_work("worker"), 120, "the worker consumes again")
            back.append(time.time() - began)
            ended += site.running["worker"] is not worker
            time.sleep(2)
            errors += (new := visitors.errors(began))
            too_many += new > connections
        reports.count(counts)
    counts.words += f"; of {len(visitors.answers)} pages {errors} failed though the server was back"
    if which == "redis":
        slowest = max(seconds for _began, _status, seconds in visitors.answers)
        counts.words += f", {visitors.errors()} at any time, the slowest took {slowest:.2f} s"
        counts.promised(not visitors.errors(), f"{visitors.errors()} pages failed for want of Redis")
    counts.words += f"; the worker consumed again within {max(back):.1f} s, and had ended {ended} times"
    counts.promised(not too_many, f"after {too_many} restarts more pages failed than there were connections")
    return counts
