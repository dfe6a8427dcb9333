"""Attack the objection window by the clock: who objected, from when each signed in and when something was written?

    .venv/bin/python bench/visit_attack.py --rounds 40                 # as it is
    .venv/bin/python bench/visit_attack.py --rounds 40 --unprotected   # each save is written when it is sent

The best case for an attacker: a set of seven reads a report, one after another signs in, reads, and is gone before the
next comes; one of them, drawn anew for each report, objects to a passage once, twice or three times. The attacker
operates the PostgreSQL server and the site: they hold the whole `pg_wal` (as an archive of it would), the session rows,
the key that these are sealed with, and know when each window opened and closed. Blind guessing is right once in seven.

Turns come 30 times as often as in the product, and visits last 30 times less; what a disk shows of how long a
computer takes for something is not scaled, so it stands out 30 times as much.

Printed as well: what was written to the log of rows outside any transaction while a page of the reading was asked for.
Whoever reads rows of which a turn has made new ones clears the old ones away, and that has a place in the log.
"""

import argparse
import math
import random
import re
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.box_attack import STAGES, Outcome, machine, stages  # noqa: E402

PEOPLE = 7
TURNS = (0.2, 0.3)  # seconds between two turns: a thirtieth of the product's
VISIT = (3.2, 4.7)  # seconds from when somebody signs in to when the next one does, whatever they do meanwhile
READS = (0.05, 0.4)  # seconds before somebody saves, or looks again
LARGE = 50_000  # bytes of log that a transaction writes which seals seven ballots
RECORD = re.compile(
    r"rmgr: (\w+)\s+len \(rec/tot\):\s*\d+/\s*(\d+), tx:\s*(\d+), lsn: (\w+)/(\w+), prev \S+, desc: (.*)"
)
PLACE = re.compile(r"rel \d+/\d+/(\d+)")
ENDED = re.compile(r"(?:COMMIT|ABORT) (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+)")


# --- What happens, in a process of its own ---------------------------------------------------------------------


def stage_visits(told: Path, rounds: Path, unprotected: Path) -> None:
    """Let the set read `rounds` reports, and write down who objected, who visited, and what the rows say."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    from reports import turns, windows
    from reports.document import loads
    from reports.models import Window
    from reports.passages import extracts

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ALTER SYSTEM SET wal_keep_size = '64GB'")
        cursor.execute("SELECT pg_reload_conf()")
    members, releases = _set(int(rounds.name))
    if unprotected.name == "no":
        turns.begin(TURNS)
    truth = []
    first, later = [], []  # where the log stood before and after each load of the page
    for release in releases:
        window = windows.give(release, tell=False)
        time.sleep(1)
        begun, objector = timezone.now(), random.choice(members)
        passages = [one.name for one in extracts(loads(release.document))]
        for member in random.sample(members, PEOPLE):
            gone = time.monotonic() + random.uniform(*VISIT)
            client = Client(headers={"host": "localhost"})
            client.force_login(member.user, backend="allauth.account.auth_backends.AuthenticationBackend")
            first.append(_load(client))
            for version in range(random.randint(1, 3)):
                time.sleep(random.uniform(*READS))
                if member != objector:
                    later.append(_load(client))
                    continue
                sent = {"window": str(window.pk), "version": str(version), f"{random.choice(passages)}-wish": "object"}
                answer = client.post("/reports/reading/", sent)
                assert "Saved for" in answer.text, answer.status_code
            time.sleep(max(0.0, gone - time.monotonic()))
        ended = timezone.now()
        Window.objects.filter(pk=window.pk).update(closes_at=timezone.now() - Window.LAST_TURN)
        windows.tip_due()
        truth.append((begun, ended, objector.user_id, window.wishes.count()))
    lines = [f"{begun.timestamp()} {ended.timestamp()} {who}" for begun, ended, who, wishes in truth if wishes]
    visitors, relations = _rows()
    parts = [lines, *([f"{one} {other}" for one, other in pairs] for pairs in (visitors, relations, first, later))]
    told.write_text("\n\n".join("\n".join(part) for part in parts))


def _load(client: Any) -> tuple[int, int]:
    """Ask for the page of the reading; where the log stood before and after."""
    from django.db import connection

    def stands() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_wal_insert_lsn() - '0/0'")
            return int(cursor.fetchone()[0])

    before = stands()
    client.get("/reports/reading/")
    return before, stands()


def _rows() -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Which transaction wrote whose session, and the name of the table (with its overflow) in each file; the log is
    written out."""
    from django.db import connection

    from learningsets.session_store import SessionStore

    with connection.cursor() as cursor:
        cursor.execute("SELECT session_data, xmin::text FROM django_session")
        store, sessions = SessionStore(), cursor.fetchall()
        cursor.execute(
            "SELECT c.relfilenode, coalesce(t.relname, c.relname) FROM pg_class c"
            " LEFT JOIN pg_class t ON t.reltoastrelid = c.oid WHERE c.relfilenode <> 0"
        )
        relations = cursor.fetchall()
        cursor.execute("SELECT pg_switch_wal()")
    return [(int(xmin), str(store.decode(data).get("_auth_user_id"))) for data, xmin in sessions], relations


def _set(rounds: int) -> tuple[list[Any], list[Any]]:
    """A set of seven, and as many certified reports of meetings of it."""
    from django.utils import timezone

    from learningsets.models import Cohort, Membership, Programme, User
    from reports import write_up as raw
    from reports.build import build_document
    from reports.document import dumps
    from reports.models import Coverage, Release, Report
    from sessions.models import Meeting

    programme = Programme.objects.create(title="Unlocking")
    cohort = Cohort.objects.create(programme=programme, name="Alder")
    members = []
    for n in range(PEOPLE):
        user = User.objects.create(email=f"person-{n}@example.org", name=f"Person {n}")
        place = Membership.objects.create(user=user, programme=programme, cohort=cohort, role="participant")
        members.append(place)
    releases = []
    for number in range(1, rounds + 1):
        held = {"starts_at": timezone.now(), "tips_at": timezone.now(), "time_zone": "Europe/London"}
        meeting = Meeting.objects.create(cohort=cohort, number=number, state="tipped", **held)
        steps = raw.NextSteps(tuple(f"Step {letter}" for letter in "abcdefgh"))
        content = raw.plain(raw.WriteUp((steps,)))
        report = Report.objects.create(cohort=cohort, title="Meeting report", period="May 2026", content=content)
        Coverage.objects.create(report=report, meeting=meeting)
        built = build_document(report, "release", key=b"")
        releases.append(
            Release.objects.create(
                report=report, number=1, input_hash=built.input_hash, state="ready", document=dumps(built.document),
                pdf=b"pages", sha256="0" * 64,
            )
        )  # fmt: skip
    return members, releases


STAGES["visits"] = stage_visits


# --- The attacker ----------------------------------------------------------------------------------------------


@dataclass
class Transaction:
    """What the write-ahead log holds of one: its bytes, records and kinds of them, and when it ended."""

    size: int = 0
    records: list[str] = field(default_factory=list)
    at: float = 0.0


@dataclass
class Visit:
    """Somebody signed in, and was there until the next did; the transactions of ballots, and all others, meanwhile."""

    who: str
    begun: float
    ended: float
    large: list[tuple[float, Transaction]]  # seconds since the one before, and it
    small: list[Transaction]

    def over(self, number: float, rate: float) -> float:
        """How far a number is above what so long a visit would have by itself."""
        expected = rate * (self.ended - self.begun)
        return (number - expected) / math.sqrt(max(expected, 1e-9))


@dataclass
class Log:
    """What the write-ahead log holds: by transaction, and of rows outside any, by where it stands."""

    transactions: dict[int, Transaction]
    outside: list[tuple[int, str]]  # its place in the log, and the number of the file that it is about


def read_log(log: Path) -> Log:
    """Everything that `pg_wal` says."""
    from tests.servers import postgresql_program

    first, *_, last = sorted(path.name for path in log.iterdir() if re.fullmatch(r"[0-9A-F]{24}", path.name))
    command = [postgresql_program("pg_waldump"), "--path", str(log), first, last]
    found: dict[int, Transaction] = defaultdict(Transaction)
    outside = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as dump:
        assert dump.stdout is not None
        for line in dump.stdout:
            if record := RECORD.search(line):
                size, number, what = int(record[2]), int(record[3]), record[6]
                if not number and record[1].startswith("Heap"):
                    place = PLACE.search(line)
                    outside.append((int(record[4], 16) << 32 | int(record[5], 16), place[1] if place else ""))
                found[number].size += size
                found[number].records.append(what.split()[0])
                if when := ENDED.match(what):
                    found[number].at = datetime.fromisoformat(f"{when[1]}+00:00").timestamp()
    return Log({number: one for number, one in found.items() if number and one.at}, outside)


def visits(told: str, log: dict[int, Transaction]) -> list[tuple[str, list[Visit]]]:
    """For each window, who objected (to compare with), and what the attacker sees of each visit to it."""
    windows, rows, *_rest = (part.splitlines() for part in told.split("\n\n"))
    signed_in = sorted((log[int(xmin)].at, who) for xmin, who in map(str.split, rows) if int(xmin) in log)
    sessions = {int(row.split()[0]) for row in rows}
    ordered = sorted((one for number, one in log.items() if number not in sessions), key=lambda one: one.at)
    large = [one for one in ordered if one.size > LARGE]
    small = [one for one in ordered if one.size <= LARGE]
    found = []
    for window in windows:
        begun, ended, objector = window.split()
        within = [(at, who) for at, who in signed_in if float(begun) <= at <= float(ended)]
        assert len(within) == PEOPLE, within
        seen = []
        for (at, who), (until, _next) in pairwise([*within, (float(ended), "")]):
            first, last = (bisect_right([one.at for one in large], moment) for moment in (at, until))
            those = [(one.at - large[n - 1].at, one) for n, one in enumerate(large[first:last], first) if n]
            seen.append(Visit(who, at, until, those, [one for one in small if at < one.at <= until]))
        found.append((objector, seen))
    return found


def left_by_loads(told: str, log: Log) -> Iterator[str]:
    """What was written of rows outside any transaction while a page was asked for, by table, in words."""
    _windows, _rows, relations, *loads = (part.splitlines() for part in told.split("\n\n"))
    names = dict(map(str.split, relations))
    for which, those in zip(("first", "later"), loads, strict=True):
        asked = [tuple(map(int, line.split())) for line in those]
        tables = Counter(
            names.get(file, file) for at, file in log.outside if any(before <= at < after for before, after in asked)
        )
        said = ", ".join(f"{count} of {name}" for name, count in tables.most_common(6)) or "none"
        yield f"{len(asked)} {which} loads of the page in a visit: records of rows outside a transaction: {said}"
    of_ballots = sum(names.get(file) == "reports_ballot" for _at, file in log.outside)
    yield f"of ballots there are {of_ballots} such records in the whole log"


def rate(seen: list[Visit], number: Callable[[Visit], float]) -> float:
    """How many in a second, over one window."""
    return sum(map(number, seen)) / sum(visit.ended - visit.begun for visit in seen)


def most(number: Callable[[Visit], float]) -> Callable[[list[Visit]], str]:
    """Whoever's visit has the most of something for its length."""

    def guess(seen: list[Visit]) -> str:
        usual = rate(seen, number)
        return max(random.sample(seen, len(seen)), key=lambda visit: visit.over(number(visit), usual)).who

    return guess


def oddest(
    odd: Callable[[float, Transaction], float], *, from_the_middle: bool = False
) -> Callable[[list[Visit]], str]:
    """Whoever was there when the oddest transaction of ballots was written."""

    def guess(seen: list[Visit]) -> str:
        odds = [(odd(gap, one), visit.who) for visit in seen for gap, one in visit.large]
        middle = median(value for value, _who in odds) if odds and from_the_middle else 0.0
        if not odds:
            return random.choice(seen).who
        random.shuffle(odds)
        return max(odds, key=lambda pair: abs(pair[0] - middle) if from_the_middle else pair[0])[1]

    return guess


def signed_in_last(seen: list[Visit]) -> str:
    """Whoever had signed in last before a transaction of that size: one of these transactions, drawn."""
    written = [visit.who for visit in seen for _large in visit.large]
    return random.choice(written or [visit.who for visit in seen])


METHODS: dict[str, Callable[[list[Visit]], str]] = {
    "signed in last before one": signed_in_last,
    "most large transactions": most(lambda visit: len(visit.large)),
    "most of any others": most(lambda visit: len(visit.small)),
    "most bytes of log": most(lambda visit: sum(one.size for _gap, one in visit.large) / 200_000),
    "soonest after another": oddest(lambda gap, _one: -gap),
    "latest after another": oddest(lambda gap, _one: gap),
    "of another size": oddest(lambda _gap, one: one.size, from_the_middle=True),
    "of more records": oddest(lambda _gap, one: len(one.records)),
    "of other kinds of records": oddest(lambda _gap, one: len(set(one.records))),
}


def attack(rounds: int, *, unprotected: bool) -> list[Outcome]:
    """Let the set read so many reports, and every method guess who objected to each."""
    with (
        tempfile.TemporaryDirectory() as elsewhere,
        machine("postgresql") as (folder, environment),
        stages(folder, environment, program=__file__) as run,
    ):
        told = Path(elsewhere, "told")
        run("visits", str(told), str(rounds), "yes" if unprotected else "no")
        log = read_log(folder / "data" / "pg_wal")
        seen = visits(told.read_text(), log.transactions)
        print(*left_by_loads(told.read_text(), log), sep="\n", flush=True)
        turn = median(one.size for _who, those in seen for visit in those for _gap, one in visit.large)
        print(f"one turn of {PEOPLE} ballots writes {turn / 1000:.0f} kB of log")
    scenario = "at once" if unprotected else "in turns"
    outcomes = []
    for name, method in METHODS.items():
        hits = sum(method(those) == objector for objector, those in seen)
        outcomes.append(Outcome("postgresql", scenario, name, hits, len(seen), 0, 0, 0, chance=1 / PEOPLE))
    return outcomes


def main() -> int:
    """Print every outcome; 1 when one of them is better than chance allows, or the control is not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--unprotected", action="store_true")
    parser.add_argument("--stages", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.stages:
        import django

        from bench.box_attack import fork_for_each

        django.setup()
        fork_for_each()
        return 0
    outcomes = attack(chosen.rounds, unprotected=chosen.unprotected)
    print(*outcomes, sep="\n")
    return int(any(outcome.leaks for outcome in outcomes) is not chosen.unprotected)


if __name__ == "__main__":
    sys.exit(main())
