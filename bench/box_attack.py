"""Attack the box: pair authors with answers, with everything that a thief of the machine would hold after the tip.

    .venv/bin/python bench/box_attack.py                      # both databases, every scenario
    .venv/bin/python bench/box_attack.py --database sqlite --scenario killed

Five learning sets of ten people answer four questions each, and each wants a passage of a report put in words of
their own before it leaves: 250 texts. The box is tipped out, and the window closes; then the attacker
gets the database directory (SQLite's -wal, PostgreSQL's pg_wal included), the logs, the roster and read access to
every table, and guesses the author of each text among the ten of its set, in every way listed in `METHODS`.
Guessing blindly is right once in ten. Printed are hits, their rate with a 95 per cent interval (Wilson), and the
probability of that many hits by chance.

Scenarios: `plain`; `killed` (SIGKILL between the commit and the purge; nothing cleared up yet) and `swept` (after the
next sweep); `reader` (somebody holds a snapshot open through it all) and `released` (after they let go and the next
sweep); `killed` again with a reader in the way of the sweep; `control`, where seal, shuffle and purge are switched off,
and the attack has to succeed.
"""

import argparse
import json
import math
import os
import random
import re
import secrets
import shutil
import signal
import sqlite3
import string
import subprocess
import sys
import tempfile
import traceback
import uuid
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SETS, PEOPLE, PROMPTS = 5, 10, 4
TEXTS = SETS * PEOPLE * (PROMPTS + 1)  # answers to the closing questions, and suggestions made in the window
KEYS = SETS * (PROMPTS + 1)
CHANCE = 1 / PEOPLE
# Each is one installation's history, looked at after every step.
CHAINS = (
    ("plain",),
    ("killed", "swept"),
    ("reader", "released"),
    ("killed", "reader", "released"),
    ("control",),
)
SCENARIOS = tuple(dict.fromkeys(step for chain in CHAINS for step in chain))
MARK = b"\x5c\xa1\xab\x1e"  # how each membership's id begins here, so that it is found quickly wherever it stands
PATTERNS = {
    "text": re.compile(rb"Answer~([0-9a-f]{12})"),
    "binary": re.compile(re.escape(MARK) + rb"[\x00-\xff]{12}"),
    "hex": re.compile(
        MARK.hex().encode() + rb"[0-9a-f]{24}|" + MARK.hex().encode() + rb"(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    ),
    "email": re.compile(rb"person-([0-9a-f]{8})@"),
}


# --- The stages, each in a process of its own ------------------------------------------------------------------


def stage_write(truth: Path, *_: Any) -> None:
    """Make the sets, and let everybody answer: drafts first, in any order, then put in."""
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from challenges import box, drafts
    from challenges.drafts import Typed
    from learningsets.models import Cohort, Contract, Membership, Programme, Signature, User
    from reports.models import Window
    from sessions.attendance import open_questions
    from sessions.models import Attendance, Meeting

    # Tables straight from the models: going through all migrations takes four times as long.
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("createcachetable", verbosity=0)
    programme = Programme.objects.create(title="Unlocking")
    jobs = []
    authors: dict[str, str] = {}
    for n in range(SETS):
        cohort = Cohort.objects.create(programme=programme, name=f"Set {n}")
        contract = Contract.objects.create(cohort=cohort, version=1, text="Confidential.")
        closed = {"state": "closed", "tips_at": timezone.now() + timedelta(hours=1)}
        meeting = Meeting.objects.create(
            cohort=cohort, number=1, starts_at=timezone.now(), time_zone="Europe/London", **closed
        )
        prompts = box.open_prompts(meeting)
        for _person in range(PEOPLE):
            tag = secrets.token_hex(4)
            user = User.objects.create(email=f"person-{tag}@example.org", name=f"Person {tag}")
            pk = uuid.UUID(bytes=MARK + secrets.token_bytes(12), version=None)
            place = Membership.objects.create(pk=pk, user=user, programme=programme, cohort=cohort, role="participant")
            Signature.objects.create(contract=contract, membership=place)
            Attendance.objects.create(meeting=meeting, membership=place, status="present")
            words = {prompt.pk: f"Answer~{secrets.token_hex(6)} {'so ' * random.randint(1, 900)}" for prompt in prompts}
            authors |= {text.split()[0].removeprefix("Answer~"): str(pk) for text in words.values()}
            jobs.append((place, meeting, words))
        open_questions(meeting)
    random.shuffle(jobs)
    for place, meeting, words in jobs:  # a first version, as autosave would send it
        drafts.revise(place, meeting, {pk: Typed(text[:25], "") for pk, text in words.items()})
    random.shuffle(jobs)
    for place, meeting, words in jobs:
        typed = {pk: Typed(text.strip(), random.choice(["set", "chatham"])) for pk, text in words.items()}
        drafts.revise(place, meeting, typed, put=list(words))
    authors |= _suggest()
    truth.write_text(json.dumps(authors))
    Meeting.objects.update(tips_at=timezone.now() - timedelta(seconds=1))
    Window.objects.update(closes_at=timezone.now() - Window.LAST_TURN)


def _suggest() -> dict[str, str]:
    """Each set reads a report before it leaves, and everybody has a suggestion; by its code, whose it is."""
    from reports import ballots, windows
    from reports import write_up as raw
    from reports.build import build_document
    from reports.document import dumps, loads
    from reports.models import Coverage, Reader, Release, Report
    from reports.passages import extracts
    from sessions.models import Meeting

    authors: dict[str, str] = {}
    steps = raw.NextSteps(tuple(f"Step {letter}" for letter in string.ascii_lowercase))
    for meeting in Meeting.objects.select_related("cohort"):
        report = Report.objects.create(
            cohort=meeting.cohort, title="Meeting report", period="May 2026", content=raw.plain(raw.WriteUp((steps,)))
        )
        Coverage.objects.create(report=report, meeting=meeting)
        built = build_document(report, "release", key=b"")
        release = Release.objects.create(
            report=report, number=1, input_hash=built.input_hash, state="ready", document=dumps(built.document),
            pdf=b"pages", sha256="0" * 64,
        )  # fmt: skip
        passages = list({one.digest: one.name for one in extracts(loads(release.document))}.values())
        readers = list(Reader.objects.filter(window=windows.give(release)).select_related("window"))
        said = {reader.pk: f"Answer~{secrets.token_hex(6)} {'so ' * random.randint(1, 8)}" for reader in readers}
        for version, cut in enumerate((21, 300)):  # a first thought, and a second one
            random.shuffle(readers)
            # Each of another passage: of several suggestions for one passage only one comes out.
            for reader, passage in zip(readers, random.sample(passages, len(readers)), strict=True):
                wanted = {passage: ballots.Wanted("generalise", said[reader.pk][:cut].strip())}
                ballots.cast(reader, wanted, version)
        authors |= {said[reader.pk].split()[0].removeprefix("Answer~"): str(reader.membership_id) for reader in readers}
    return authors


def stage_tip(*_: Any) -> None:
    """Tip out what is due, as the schedule would."""
    from challenges import box
    from reports import windows

    box.tip_due()
    windows.tip_due()


def stage_die(*_: Any) -> None:
    """Tip out everything, and be killed where the clearing up would begin."""
    from challenges import box, purge
    from reports import windows
    from reports.models import Window
    from sessions.models import Meeting

    purge.finish = windows.finish = lambda: True
    for window in Window.objects.all():
        windows.tip_out(window)
    for meeting in Meeting.objects.select_related("cohort"):
        box.tip_out(meeting)
    os.kill(os.getpid(), signal.SIGKILL)


def stage_read(*_: Any) -> None:
    """Hold a snapshot of the drafts open until standard input closes."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("BEGIN" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT count(*) FROM challenges_draft")
        cursor.fetchone()
        print("reading", flush=True)
        sys.stdin.read()


def stage_look(seen: Path, *_: Any) -> None:
    """Everything that the tables themselves say, for the attacker."""
    from django.db import connection

    row = "ctid::text, xmin::text" if connection.vendor == "postgresql" else "rowid, 0"
    place = "ctid" if connection.vendor == "postgresql" else "rowid"

    def rows(columns: str, table: str) -> list[list[str]]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns}, {row} FROM {table} ORDER BY {place}")
            return [[str(value) for value in found] for found in cursor.fetchall()]

    def ids(table: str, column: str) -> list[list[str]]:
        return [[str(uuid.UUID(pk)), *rest] for pk, *rest in rows(column, table)]

    from challenges.models import Box, Draft
    from reports.models import Ballot, Window

    people = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.id, m.cohort_id, u.email FROM learningsets_membership m"
            " JOIN learningsets_user u ON u.id = m.user_id"
        )
        for pk, cohort, email in cursor.fetchall():
            people[str(uuid.UUID(str(pk)))] = [str(cohort), email]
        cursor.execute(
            "SELECT meeting_id, cohort_id FROM challenges_reflection r JOIN meetings_meeting m ON m.id = meeting_id"
        )
        cohorts = {str(meeting): str(cohort) for meeting, cohort in cursor.fetchall()}
        cursor.execute("SELECT w.id, r.cohort_id FROM reports_window w JOIN reports_report r ON r.id = w.report_id")
        cohorts |= {str(window): str(cohort) for window, cohort in cursor.fetchall()}
    answers = [
        [text.split()[0].removeprefix("Answer~"), cohorts[meeting], prompt, xmin]
        for text, meeting, prompt, _row, xmin in rows("text, meeting_id, prompt_id", "challenges_reflection")
    ]
    answers += [
        [text.split()[0].removeprefix("Answer~"), cohorts[window], "window", xmin]
        for text, window, _row, xmin in rows("wording, window_id", "reports_wish")
    ]
    named = {
        "membership": ids("learningsets_membership", "id"),
        "attendance": ids("meetings_attendance", "membership_id"),
        "signature": ids("learningsets_signature", "membership_id"),
        "audience": ids("challenges_audience", "membership_id"),
        "circle": ids("challenges_boxmember", "membership_id"),
        "kept": ids("challenges_kept", "author_id"),
        "draft": ids("challenges_draft", "author_id"),
        "reader": ids("reports_reader", "membership_id"),
        "ballot": ids("reports_ballot", "author_id"),
    }
    state = {
        "drafts": Draft.objects.count() + Ballot.objects.count(),
        "purged": Box.objects.filter(purged=True).count() + Window.objects.filter(purged=True).count(),
    }
    seen.write_text(json.dumps({"people": people, "answers": answers, "named": named, "state": state}))


STAGES: dict[str, Callable[..., None]] = {
    "write": stage_write,
    "tip": stage_tip,
    "die": stage_die,
    "read": stage_read,
    "look": stage_look,
}


def without_protection() -> None:
    """For the control run: no seal, no shuffle, no purge."""
    from django.conf import settings

    from challenges import box, purge, sealing
    from reports import ballots, windows

    options = settings.DATABASES["default"].get("OPTIONS", {})
    options |= {
        name: value.replace("secure_delete=ON", "secure_delete=OFF")
        for name, value in options.items()
        if name == "init_command"
    }
    sealed, put = ballots._sealed, ballots._put
    sealing.seal = lambda name, place, content, size: content
    ballots._sealed = lambda window, row, cast, size: sealed(window, row, cast, 1_000_000)
    ballots._put = lambda lying, save, size: put(lying, save, 1_000_000)
    sealing.unseal = lambda name, place, sealed: bytes(sealed)
    purge.finish = purge.clear_lists = windows.finish = _only_checkpoint
    vars(box)["sorted"] = vars(windows)["sorted"] = list
    random.SystemRandom.shuffle = lambda self, x: None  # type: ignore[method-assign]


def _only_checkpoint() -> bool:
    """In place of the purge: what the server does by itself within minutes."""
    from django.db import connection

    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")
    return False


# --- The attacker ----------------------------------------------------------------------------------------------


@dataclass(eq=False)
class Loot:
    """What the attacker holds: every file, what the tables say, and where in the files texts and people stand."""

    people: dict[str, list[str]]
    answers: list[list[str]]  # code, set, prompt, xmin; in the order of the file
    named: dict[str, list[list[str]]]
    texts: dict[str, list[tuple[str, int]]]  # by code: places, as file and offset
    marks: dict[str, list[tuple[str, int]]]  # by membership: places

    def candidates(self, cohort: str) -> list[str]:
        return sorted(pk for pk, (home, _email) in self.people.items() if home == cohort)

    @cache  # noqa: B019 - there are few, and they live as long as the run
    def marked(self, person: str, file: str) -> list[int]:
        """Where in a file a person's id or address stands, in order."""
        return sorted(place for name, place in self.marks.get(person, []) if name == file)

    def groups(self) -> dict[tuple[str, str], list[str]]:
        """The answers' codes by set and prompt, in the order of the file."""
        found: dict[tuple[str, str], list[str]] = {}
        for code, cohort, prompt, _xmin in self.answers:
            found.setdefault((cohort, prompt), []).append(code)
        return found


def loot(folder: Path, seen: Path) -> Loot:
    """Search every byte below `folder`."""
    told = json.loads(seen.read_text())
    by_email = {email.split("@")[0].removeprefix("person-"): pk for pk, (_home, email) in told["people"].items()}
    texts: dict[str, list[tuple[str, int]]] = {}
    marks: dict[str, list[tuple[str, int]]] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content, name = path.read_bytes(), str(path.relative_to(folder))
        for found in PATTERNS["text"].finditer(content):
            texts.setdefault(found[1].decode(), []).append((name, found.start()))
        for found in PATTERNS["binary"].finditer(content):
            marks.setdefault(str(uuid.UUID(bytes=found[0])), []).append((name, found.start()))
        for found in PATTERNS["hex"].finditer(content):
            marks.setdefault(str(uuid.UUID(found[0].decode())), []).append((name, found.start()))
        for found in PATTERNS["email"].finditer(content):
            if found[1].decode() in by_email:
                marks.setdefault(by_email[found[1].decode()], []).append((name, found.start()))
    return Loot(told["people"], told["answers"], told["named"], texts, marks)


Guesses = dict[str, str]  # code of an answer -> membership


def nearest(before: bool, after: bool) -> Callable[[Loot], Guesses]:
    """Whoever's id or address stands nearest to the text, before or after it, over all places in all files."""

    def guess(held: Loot) -> Guesses:
        found = {}
        for code, cohort, _prompt, _xmin in held.answers:
            best: tuple[float, str] = (math.inf, random.choice(held.candidates(cohort)))
            for person in held.candidates(cohort):
                for file, offset in held.texts.get(code, []):
                    places = held.marked(person, file)
                    at = bisect_left(places, offset)
                    around = places[max(0, at - before) : at + after]
                    best = min([best, *((abs(place - offset), person) for place in around)])
            found[code] = best[1]
        return found

    return guess


def matched(held: Loot, rank_text: Callable[[str], Any], rank_person: Callable[[str], Any]) -> Guesses:
    """Within each set and prompt the first text by one order belongs to the first person by another, and so on."""
    guesses: Guesses = {}
    for (cohort, _prompt), codes in held.groups().items():
        people = sorted(held.candidates(cohort), key=rank_person)
        guesses |= dict(zip(sorted(codes, key=rank_text), people, strict=False))
    return guesses


def in_files(which: Callable[..., Any]) -> Callable[[Loot], Guesses]:
    """The order in which texts and people first (or last) stand in the files."""

    def guess(held: Loot) -> Guesses:
        return matched(
            held,
            lambda code: which(held.texts.get(code, [("", 0)])),
            lambda person: which(held.marks.get(person, [("", 0)])),
        )

    return guess


def in_table(table: str) -> Callable[[Loot], Guesses]:
    """The order of the rows of answers, and of the rows of a table that names people."""

    def guess(held: Loot) -> Guesses:
        order = {code: place for place, (code, *_rest) in enumerate(held.answers)}
        people = {pk: place for place, (pk, *_rest) in enumerate(held.named[table])}
        return matched(held, order.__getitem__, lambda person: people.get(person, 0))

    return guess


def by_transaction(held: Loot) -> Guesses:
    """Whoever is named in a row that the same transaction wrote."""
    written: dict[str, set[str]] = {}
    for rows in held.named.values():
        for pk, _row, xmin in rows:
            written.setdefault(xmin, set()).add(pk)
    return {
        code: random.choice(sorted(written.get(xmin, set()) & set(held.candidates(cohort))) or held.candidates(cohort))
        for code, cohort, _prompt, xmin in held.answers
    }


METHODS: dict[str, Callable[[Loot], Guesses]] = {
    "nearest in the files": nearest(before=True, after=True),
    "nearest before the text": nearest(before=True, after=False),
    "nearest after the text": nearest(before=False, after=True),
    "order in the files, first": in_files(min),
    "order in the files, last": in_files(max),
    "order of rows: membership": in_table("membership"),
    "order of rows: attendance": in_table("attendance"),
    "order of rows: signature": in_table("signature"),
    "order of rows: audience": in_table("audience"),
    "order of rows: kept": in_table("kept"),
    "order of rows: draft": in_table("draft"),
    "order of rows: reader": in_table("reader"),
    "order of rows: ballot": in_table("ballot"),
    "same transaction": by_transaction,
}


# --- Running it ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """One method's success in one scenario."""

    database: str
    scenario: str
    method: str
    hits: int
    answers: int
    drafts: int  # rows left, ballots too
    purged: int  # boxes and windows cleared up
    keys: int  # keys of boxes and windows left
    chance: float = CHANCE

    @property
    def interval(self) -> tuple[float, float]:
        """The rate's 95 per cent interval, after Wilson."""
        n, p, z = self.answers, self.hits / self.answers, 1.96
        middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)

    @property
    def by_chance(self) -> float:
        """How probable at least so many hits are by blind guessing."""
        return sum(
            math.comb(self.answers, k) * self.chance**k * (1 - self.chance) ** (self.answers - k)
            for k in range(self.hits, self.answers + 1)
        )

    @property
    def leaks(self) -> bool:
        """Whether that is too improbable to be chance, with some sixty methods and scenarios tried at every run."""
        return self.by_chance < 1e-6

    def __str__(self) -> str:
        low, high = self.interval
        return (
            f"{self.database:10} {self.scenario:8} {self.method:26} {self.hits:3} of {self.answers} = "
            f"{self.hits / self.answers:5.1%} [{low:5.1%}, {high:5.1%}]  p={self.by_chance:.3f}"
        )


@contextmanager
def machine(database: str) -> Iterator[tuple[Path, dict[str, str]]]:
    """A throw-away installation: the folder that the attacker takes, and the environment of its processes."""
    from tests.servers import postgresql

    base = Path(tempfile.mkdtemp(prefix="box-attack-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None))
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    environment |= {"SECRET_KEY": "for-the-attack", "DATA_DIR": str(base / "taken"), "LOG_LEVEL": "DEBUG"}
    environment |= {"BOX_KEY_DIR": str(base / "keys"), "DJANGO_SETTINGS_MODULE": "learningsets.settings"}
    (base / "taken").mkdir()
    try:
        if database == "sqlite":
            with closing(sqlite3.connect(base / "taken" / "db.sqlite3")) as server:
                server.execute("PRAGMA journal_mode=WAL")
                server.execute("SELECT * FROM sqlite_master").fetchall()
                yield base / "taken", environment  # as long as a server is connected, the -wal file stays
        else:
            with postgresql() as server:
                (base / "taken" / "postgresql").symlink_to(server.folder.parent)
                yield server.folder.parent, environment | {"DATABASE_URL": server.url}
    finally:
        shutil.rmtree(base, ignore_errors=True)


@contextmanager
def stages(
    folder: Path, environment: dict[str, str], *more: str, program: str = __file__
) -> Iterator[Callable[..., None]]:
    """What runs one stage to its end, in a process of its own; its output goes to a log that the attacker takes too.

    They are all forks of one process that has loaded the product and opened nothing: loading it takes longer than
    most stages.
    """
    command = [sys.executable, program, "--stages", *more]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with (
        (folder / "site.log").open("ab") as log,
        subprocess.Popen(command, env=environment, stderr=log, **pipes) as one,
    ):
        asks, answers = one.stdin, one.stdout
        assert asks is not None
        assert answers is not None

        def run(stage: str, *path: str, survives: bool = True) -> None:
            print(json.dumps([stage, *path]), file=asks, flush=True)
            if answers.readline() != "0\n" and survives:
                raise RuntimeError((folder / "site.log").read_text(errors="replace")[-3000:])

        yield run
        asks.close()


def fork_for_each() -> None:
    """The process that the stages are forks of: one line names a stage and its path, one answers how it ended."""
    import_module("reports.windows")  # with all that it needs, once for each of them
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        if (child := os.fork()) == 0:
            stage, *path = json.loads(line)
            try:
                STAGES[stage](*map(Path, path))
            except BaseException:  # noqa: BLE001 - whatever ends a process ends a stage
                traceback.print_exc()
                os._exit(1)
            sys.stdout.flush()
            os._exit(0)
        print(os.waitpid(child, 0)[1], file=answers, flush=True)


def attack(database: str, chain: tuple[str, ...]) -> Iterator[Outcome]:
    """Go through one chain of scenarios on a new installation, and let every method guess after each."""
    weak = ["--unprotected"] if "control" in chain else []
    with (
        tempfile.TemporaryDirectory() as elsewhere,
        machine(database) as (folder, environment),
        stages(folder, environment, *weak) as run,
    ):
        run("write", str(Path(elsewhere, "truth")))
        reader = _reader(environment) if "reader" in chain else None
        for scenario in chain:
            if reader and scenario == "released":
                reader.communicate()
            killed = scenario == "killed"
            run("die" if killed else "tip", survives=not killed)
            run("look", str(Path(elsewhere, "seen")))
            yield from _guesses(database, scenario, folder, Path(environment["BOX_KEY_DIR"]), Path(elsewhere))


def _reader(environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    command = [sys.executable, __file__, "--stage", "read"]
    reader = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert reader.stdout is not None
    assert reader.stdout.readline() == b"reading\n"
    return reader


def _guesses(database: str, scenario: str, folder: Path, folder_of_keys: Path, elsewhere: Path) -> Iterator[Outcome]:
    truth, seen = elsewhere / "truth", elsewhere / "seen"
    authors = json.loads(truth.read_text())
    state = json.loads(seen.read_text())["state"]
    keys = len([*folder_of_keys.glob("box-*"), *folder_of_keys.glob("window-*")])
    held = loot(folder, seen)
    for name, method in METHODS.items():
        guesses = method(held)
        hits = sum(authors[code] == who for code, who in guesses.items())
        yield Outcome(database, scenario, name, hits, len(authors), state["drafts"], state["purged"], keys)


def main() -> int:
    """Print every outcome; 1 when protection leaks, or when the control does not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--database", choices=("sqlite", "postgresql"))
    parser.add_argument("--scenario", choices=SCENARIOS)
    parser.add_argument("--stage", choices=STAGES, help=argparse.SUPPRESS)
    parser.add_argument("--stages", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--unprotected", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("path", nargs="?", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.stage or chosen.stages:
        import django

        django.setup()
        if chosen.unprotected:
            without_protection()
        if chosen.stages:
            fork_for_each()
        else:
            STAGES[chosen.stage](chosen.path)
        return 0
    outcomes = []
    for database in [chosen.database] if chosen.database else ["sqlite", "postgresql"]:
        for chain in CHAINS:
            if chosen.scenario in {None, *chain}:
                for outcome in attack(database, chain):
                    print(outcome, flush=True)
                    outcomes.append(outcome)
    leaks = [o for o in outcomes if o.scenario != "control" and o.leaks]
    control = [o for o in outcomes if o.scenario == "control"]
    blunt = bool(control) and max(o.hits / o.answers for o in control) < 0.9
    print(
        f"{len(leaks)} leaks among {len(outcomes) - len(control)} attacks; control {'FAILED' if blunt else 'succeeds'}"
    )
    return 1 if leaks or blunt else 0


if __name__ == "__main__":
    sys.exit(main())
