"""Soak the product in faults: what the tests try once, many times and at random, and count what became of it.

    .venv/bin/python bench/soak.py                          # every fault, with the large counts; takes hours
    .venv/bin/python bench/soak.py worker redis --rounds 40
    make soak FAULTS="letters clicks" ROUNDS=30

All services, servers and processes are real, and nothing is shortened but what a line says: a report that was cut off
waits out the minute after which its maker is taken to be dead. Ends with status 1 if a promise was broken.

    worker, pool, renderer   SIGKILL of the worker with all that it started, of one of its processes, of its renderer,
                             at a random point while a report is made; `embedded`: of the one process that is everything
    redis, postgresql        started again, Redis empty, while visitors ask for pages and a report is made
    races                    every test that does things at once, again and again, on PostgreSQL
    clicks                   eight clicks at once on the forms of a challenge, at the deployed product
    letters                  the mail server, Redis or the worker killed while reminders leave
"""

import argparse
import inspect
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from email import message_from_string
from json import loads
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from celery import Celery
from kombu.exceptions import OperationalError

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.soak_reports import Counts, embedded, kills, restarts  # noqa: E402
from tests.servers import mail_server, postgresql, wait_until  # noqa: E402
from tests.services.deployment import deployed  # noqa: E402


def main() -> int:
    """Each fault in a process of its own; 1 if one of them broke a promise."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("faults", nargs="*", metavar="FAULT", help=", ".join(FAULTS))
    asked.add_argument("--rounds", type=int)
    options = asked.parse_args()
    if unknown := set(options.faults) - set(FAULTS):
        asked.error(f"no such fault: {', '.join(unknown)}")
    if len(options.faults) == 1:
        return soak(options.faults[0], options.rounds)
    more = ["--rounds", str(options.rounds)] if options.rounds else []
    commands = [[sys.executable, __file__, fault, *more] for fault in options.faults or FAULTS]
    return max([subprocess.run(command, check=False).returncode for command in commands])


def soak(fault: str, rounds: int | None) -> int:
    """One fault; 1 if it broke a promise."""
    for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "BOX_KEY_DIR", "STATIC_ROOT", "SITE_URL"):
        os.environ.pop(name, None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    began, (usual, work) = time.monotonic(), FAULTS[fault]
    rounds = rounds or usual
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        counts = work(fault, rounds, Path(folder))
    print(f"{fault} n={rounds}: {counts.words} ({time.monotonic() - began:.0f} s)", flush=True)
    for promise in counts.broken:
        print(f"    BROKEN: {promise}", flush=True)
    return int(bool(counts.broken))


# --- Races --------------------------------------------------------------------------------------------------------


class Again:
    """Has pytest run each test that does things at once, by turns, until there were as many races as wanted."""

    def __init__(self, rounds: int) -> None:
        self.rounds, self.kinds, self.lost = rounds, 0, Counter[str]()

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Keep the races alone, and go through them as often as it takes."""
        at_once = re.compile(r"\bat_once\(|ThreadPoolExecutor\(|Barrier\(")
        races = [item for item in items if at_once.search(inspect.getsource(item.function))]
        self.kinds = len(races)
        items[:] = (races * (self.rounds // len(races) + 1))[: self.rounds]

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Count what failed."""
        self.lost[report.nodeid] += report.failed


def races(_fault: str, rounds: int, _folder: Path) -> Counts:
    """The tests' own races."""
    again, counts = Again(rounds), Counts()
    folders = [str(ROOT / "tests" / name) for name in ("learningsets", "meetings", "challenges", "reports")]
    with postgresql() as server:
        os.environ.update(DATABASE_URL=server.url, SECRET_KEY="k" * 50)
        options = [
            "-qq",
            "--tb=short",
            "-o",
            "console_output_style=classic",
            "-p",
            "no:randomly",
            "-p",
            "no:cacheprovider",
        ]
        status = pytest.main([*options, *folders], [again])
    counts.promised(status in {0, 1}, f"the tests ended with status {status}")
    for test, times in again.lost.items():
        counts.promised(not times, f"{test} failed {times} times")
    counts.words = f"of {again.kinds} kinds; lost {again.lost.total()}"
    return counts


# --- Clicks -------------------------------------------------------------------------------------------------------

SIGN_IN = """
from django.urls import reverse
from learningsets.models import Role
from reports.example.loading import load
from tests.signed_in import signed_in
cohort = load().cohort
someone = cohort.memberships.current().filter(role=Role.PARTICIPANT).first()
print(reverse("challenges:log", args=[cohort.pk]), signed_in(someone.user).cookies["sessionid"].value)
"""
MADE = """
from django.urls import reverse
from challenges.models import Challenge
for one in Challenge.objects.filter(key={!r}):
    print(reverse("challenges:edit", args=[one.pk]), one.title, sep="|")
"""


def clicks(_fault: str, rounds: int, folder: Path) -> Counts:
    """Eight send one form at once, then eight change what it made: one row, and all read what became of their words."""
    seen, counts, hands = Counter[str](), Counts(), [f"Hand {hand}" for hand in range(8)]
    with deployed(folder) as site, ThreadPoolExecutor(len(hands)) as pool:
        log, session = site.python(SIGN_IN).split()
        for _round in range(rounds):
            key = str(uuid4())

            def send(title: str, path: str = log, version: str = "0", key: str = key) -> tuple[Any, str]:
                fields = {"visibility": "private", "version": version, "key": key, "title": title}
                return site.post(path, fields, session)

            list(pool.map(send, ["Beds"] * len(hands)))
            made = site.python(MADE.format(key)).splitlines()
            seen["rows too many or too few"] += len(made) != 1
            edit = made[0].split("|")[0]
            answers = list(pool.map(lambda hand: send(hand, edit, "1"), hands))  # noqa: B023
            kept = site.python(MADE.format(key)).split("|")[1].strip()
            for hand, (answer, page) in zip(hands, answers, strict=True):
                told = answer.status == 409 and hand in page and kept in page
                seen["won" if kept == hand and answer.status == 302 else "told" if told else "silently lost"] += 1
    for wrong in ("rows too many or too few", "silently lost"):
        counts.promised(not seen[wrong], f"{wrong}: {seen[wrong]}")
    names = ("rows too many or too few", "won", "told", "silently lost")
    counts.words = ", ".join(f"{name} {seen[name]}" for name in names)
    return counts


# --- Letters ------------------------------------------------------------------------------------------------------

READERS = 12
JOIN = f"""
from learningsets.models import Cohort, Membership, Programme, User
from sessions.models import DatesTold
programme = Programme.objects.create(title="Unlocking")
cohort = Cohort.objects.create(programme=programme, name="North", time_zone="Europe/London")
for number in range({READERS}):
    user = User.objects.create_user(f"reader{{number}}@example.org", f"Reader {{number}}")
    place = Membership.objects.create(programme=programme, cohort=cohort, user=user, role="participant")
    DatesTold.objects.create(membership=place)
"""
MEET = """
from datetime import timedelta
from django.utils import timezone
from learningsets.models import Cohort
from sessions.models import Meeting
cohort, starts = Cohort.objects.get(name="North"), timezone.now() + timedelta(hours=20)
print(Meeting.objects.create(cohort=cohort, number={0}, starts_at=starts, time_zone="Europe/London").pk)
"""
LEFT = "from learningsets.models import Letter\nprint(Letter.objects.filter({}).count())"


@contextmanager
def hurrying(redis: str) -> Iterator[None]:
    """Say every second what the schedule says every twenty or sixty, as long as Redis listens."""
    app, over = Celery(broker=redis, set_as_current=False), threading.Event()
    app.conf.update(task_default_queue="learningsets", broker_transport_options={"max_retries": 0})

    def hurry() -> None:
        while not over.wait(1):
            for task in ("sessions.tasks.remind", "learningsets.tasks.send_letters"):
                with suppress(OperationalError, OSError):
                    app.send_task(task, retry=False, ignore_result=True)

    thread = threading.Thread(target=hurry, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(10)


def letters(_fault: str, rounds: int, folder: Path) -> Counts:
    """Each round a meeting comes near, and one of the three is killed while its reminders leave."""
    struck, counts = Counter[str](), Counts()
    with mail_server() as post, deployed(folder, post.url) as site, hurrying(site.redis.url):
        site.python(JOIN)
        meetings = []
        for number in range(rounds):
            meetings.append(site.python(MEET.format(number)).strip())
            time.sleep(random.uniform(0, 3))
            victim = random.choice(["mail server", "Redis", "worker"])
            struck[victim] += 1
            if victim == "worker":
                site.stop("worker", signal.SIGKILL)
                site.start("worker")
            else:
                server = post if victim == "mail server" else site.redis
                server.stop(signal.SIGKILL)
                time.sleep(random.uniform(0, 2))
                server.start()
            wait_until(lambda: site.is_at_work("worker"), 120, "the worker consumes")
        last = time.monotonic()
        with suppress(TimeoutError):
            wait_until(lambda: site.python(LEFT.format("sent_on=None")) == "0\n", 900, "all have left")
        waited, again = time.monotonic() - last, site.python(LEFT.format("attempts__gt=1")).strip()
        arrived: dict[tuple[str, str], list[str]] = defaultdict(list)
        for line in (post.folder / "letters").read_text().splitlines():
            letter = message_from_string(loads(line))
            meeting = re.search(r"/meetings/([0-9a-f-]{36})/", str(letter.get_payload(decode=True)))
            arrived[meeting[1] if meeting else "", letter["To"]].append(letter["Message-ID"])
    due = {(meeting, f"reader{number}@example.org") for meeting in meetings for number in range(READERS)}
    lost, strange = due - set(arrived), set(arrived) - due
    doubled = sum(len(ids) - 1 for ids in arrived.values())
    told_apart = sum(len(set(ids)) > 1 for ids in arrived.values())
    counts.promised(not lost, f"{len(lost)} reminders were lost")
    counts.promised(not strange, f"{len(strange)} letters are nobody's")
    counts.promised(not told_apart, f"{told_apart} reminders came twice with another Message-ID")
    counts.words = (
        f"killed {dict(struck)}; reminders due {len(due)}, lost {len(lost)}, tried more than once {again}, came twice "
        f"{doubled}, of these with another Message-ID {told_apart}; all had left {waited:.0f} s after the last kill "
        "(the schedule spoke every second)"
    )
    return counts


# With how many rounds each is soaked: 500 kills, 200 restarts, 1,000 races.
FAULTS: dict[str, tuple[int, Callable[[str, int, Path], Counts]]] = {
    "worker": (150, kills),
    "pool": (100, kills),
    "renderer": (150, kills),
    "embedded": (100, embedded),
    "redis": (100, restarts),
    "postgresql": (100, restarts),
    "races": (1000, races),
    "clicks": (200, clicks),
    "letters": (200, letters),
}

if __name__ == "__main__":
    sys.exit(main())
