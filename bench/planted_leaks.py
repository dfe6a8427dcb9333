"""Plant leaks, one at a time, in a copy of the project, and see which test notices.

    .venv/bin/python bench/planted_leaks.py                         # all of them
    .venv/bin/python bench/planted_leaks.py box-not-shuffled ...    # these
    .venv/bin/python bench/planted_leaks.py --likely                # only the tests of each leak's channel: quick

bench/planted_leaks.yaml lists them: mistakes such as somebody could make in good faith, each of which gives somebody
away, written without knowledge of the tests. For each, the tracked files (as they lie there, committed or not)
are copied to a scratch folder and changed. Then the import contracts are checked and the tests run until one fails: the
one that caught it before (`caught_by`), those of the leak's channel, the others, and last what takes longest (browsers,
servers, thefts of disks).

A line for each leak says which test caught it, and on what. It counts only if a test's own assertion failed and that
very test passes without the leak. An exception is noted, and the tests go on without that test; a leak that breaks
imports, migrations or the linter's rules is called broken, as it would have been noticed for something else than what
it leaks. A leak whose place is no longer found is an error.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NotRequired, TypedDict
from xml.etree import ElementTree

import yaml

ROOT = Path(__file__).resolve().parent.parent
LEAKS = Path(__file__).with_suffix(".yaml")
SLOW = "theft or journey or services"
ASSERTIONS = {"AssertionError", "Failed"}  # the second is pytest's: what should have been refused was not

# The tests that know most about a channel, likeliest first.
CHANNELS = {
    "model": ["test_classification.py", "challenges/test_box.py", "challenges/test_reflect.py"],
    "box": ["challenges", "test_promises.py"],
    "access": [
        "challenges/test_reflect.py",
        "challenges/test_box.py",
        "challenges/test_told_apart.py",
        "test_access.py",
    ],
    "template": ["challenges/test_told_apart.py", "meetings/test_apologies.py", "reports/test_pages.py"],
    "log": ["learningsets/test_logs.py", "challenges/test_reflect.py", "reports/test_releasing.py", "test_canary.py"],
    "mail": ["learningsets/test_mail.py", "meetings/test_apologies.py", "challenges/test_reflect.py", "test_canary.py"],
    "task": ["reports/test_queue.py", "learningsets/test_logs.py", "test_canary.py"],
    "session": ["challenges/test_reflect.py", "learningsets/test_session_store.py", "test_canary.py"],
    "build": ["reports/test_build.py", "test_promises.py", "test_structure.py", "reports/test_releasing.py"],
    "boundary": ["anonymity", "reports/test_build.py", "test_promises.py"],
    "gate": [
        "reports/test_gate.py",
        "reports/test_releasing.py",
        "reports/test_production.py",
        "reports/test_pages.py",
    ],
    "pdf": ["reports/test_build.py", "reports/test_releasing.py", "reports/test_gate.py", "test_swap.py", "paper"],
    "library": [
        "reports/test_library.py",
        "workshop/test_exporting.py",
        "test_access.py",
        "reports/test_pages.py",
        "learningsets/test_my_data.py",
        "learningsets/test_pages.py",
    ],
    "invitation": ["learningsets/test_invitations.py", "learningsets/test_pages.py"],
    "setting": ["learningsets/test_logs.py", "services/test_compose.py", "test_structure.py", "test_canary.py"],
}


class Change(TypedDict):
    """What stands in a file once, and what stands there instead; without `old`, a new file."""

    file: str
    old: NotRequired[str]
    new: str


class Leak(TypedDict):
    """A mistake, what it tells to whom, and the test that caught it when the bench was last run."""

    name: str
    channel: str
    leaks: str
    caught_by: str
    changes: list[Change]


@dataclass(frozen=True)
class Failure:
    """A test that failed: its id, the exception's name, and the first line of what it said."""

    test: str
    kind: str
    said: str

    def __str__(self) -> str:
        return f"{self.test}: {self.said}"


def leaks() -> list[Leak]:
    """The leaks of the data file."""
    found: list[Leak] = yaml.safe_load(LEAKS.read_text(encoding="utf-8"))
    return found


def misfits(leak: Leak, root: Path = ROOT) -> list[str]:
    """Why a leak can't be planted: what it replaces is not there, or there more than once."""
    found = []
    for change in leak["changes"]:
        path = root / change["file"]
        if "old" not in change:
            found += [f"{change['file']} is there already"] if path.exists() else []
            continue
        times = path.read_text(encoding="utf-8").count(change["old"]) if path.exists() else 0
        found += [f"{change['file']} holds {change['old'].strip()[:60]!r} {times} times"] if times != 1 else []
    return found


def plant(leak: Leak, root: Path) -> None:
    """Change the files below `root`."""
    for change in leak["changes"]:
        path = root / change["file"]
        text = (
            path.read_text(encoding="utf-8").replace(change["old"], change["new"]) if "old" in change else change["new"]
        )
        path.write_text(text, encoding="utf-8")


@contextmanager
def copy() -> Iterator[Path]:
    """A scratch folder with the tracked files and the virtual environment."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    with tempfile.TemporaryDirectory(prefix="planted-") as folder:
        root = Path(folder)
        for name in filter(None, listed.split("\0")):
            if (ROOT / name).exists():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, root / name)
        (root / ".venv").symlink_to((ROOT / ".venv").resolve())
        yield root


def run(root: Path, tool: str, *arguments: str) -> tuple[int, str]:
    """Run one of the virtual environment's programs in the copy; its exit status and what it printed."""
    command = [str(root / ".venv" / "bin" / tool), *arguments]
    environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL")}
    environment["DATA_DIR"] = str(root / "var")
    done = subprocess.run(
        command, cwd=root, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def failures(root: Path, *arguments: str) -> list[Failure]:
    """Run tests until one fails. More than one can be returned, as several run side by side."""
    results = root / "results.xml"
    results.unlink(missing_ok=True)
    options = [
        "-q",
        "-x",
        "-p",
        "no:randomly",
        "-p",
        "no:cacheprovider",
        f"--junitxml={results}",
        "-o",
        "junit_family=xunit1",
    ]
    status, printed = run(root, "pytest", *options, *arguments)
    found = []
    for case in ElementTree.parse(results).iter("testcase") if results.exists() else ():
        for failed in (*case.iter("failure"), *case.iter("error")):
            ends = re.findall(r"^\S+:\d+: (\w+)$", failed.text or "", re.MULTILINE)
            said = (failed.get("message") or "").splitlines()[0][:160]
            found.append(Failure(f"{case.get('file')}::{case.get('name')}", ends[-1] if ends else failed.tag, said))
    if not found and status not in (0, 5):  # 5: nothing was chosen
        found.append(Failure("pytest", "Crash", (printed.strip().splitlines() or [f"status {status}"])[-1][:160]))
    return found


def stages(leak: Leak, workers: int) -> Iterator[list[str]]:
    """Arguments for pytest: the test that knows, the channel's own, the others, and what takes longest."""
    yield [leak["caught_by"]]
    parallel = [f"-n{workers}", "--dist=loadgroup", "--no-loadscope-reorder"]
    likely = [f"tests/{name}" for name in CHANNELS[leak["channel"]]]
    yield [*parallel, *likely, "-m", f"not ({SLOW})"]
    aside = [*likely, "tests/test_planted_leaks.py"]  # the last sees that a leak's place is another now, whatever it is
    yield [*parallel, "tests", *(f"--ignore={name}" for name in aside), "-m", f"not ({SLOW})"]
    yield [*parallel, "tests", "-m", SLOW]


def broken(root: Path) -> str:
    """What would be noticed of a leak although it has nothing to do with what it leaks; "" if nothing would."""
    for tool, *arguments in (
        ("ruff", "check", "--quiet", "--output-format=concise", "--extend-ignore=E501,I001", "."),
        ("python", "manage.py", "makemigrations", "--check", "--dry-run"),
    ):
        status, said = run(root, tool, *arguments)
        if status:
            return f"{tool}: {said.strip().splitlines()[0][:160]}"
    return ""


def hunt(leak: Leak, clean: Path, sound: set[str], workers: int, likely_only: bool) -> tuple[bool, str]:
    """Whether a leak was caught, and by what. `sound` are tests that pass in the `clean` copy, as far as is known."""
    with copy() as root:
        plant(leak, root)
        if why := broken(root):
            return False, f"BROKEN, {why}"
        status, said = run(root, "lint-imports")
        if status:
            contracts = re.findall(r"^(.+) BROKEN$", said, re.MULTILINE)
            return True, f"caught by lint-imports: {'; '.join(contracts)}"
        noted: list[Failure] = []
        for stage in list(stages(leak, workers))[: 2 if likely_only else None]:
            while found := failures(root, *stage, *(f"--deselect={one.test}" for one in noted)):
                for one in found:
                    if one.kind in ASSERTIONS and (one.test in sound or not failures(clean, one.test)):
                        return True, f"caught by {one}"
                noted += found
                if any(one.kind == "Crash" for one in found):
                    break
        return False, "NOT CAUGHT" + "".join(f"\n    not counted, {one.kind}: {one}" for one in noted)


def main() -> int:
    """0 when every leak was caught."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("names", nargs="*", help="leaks, instead of all")
    asked.add_argument(
        "--likely", action="store_true", help="run only the test that knows and the tests of the channel"
    )
    asked.add_argument("--workers", type=int, default=2, help="how many tests run side by side")
    options = asked.parse_args()
    known = {leak["name"]: leak for leak in leaks()}
    if unknown := [name for name in options.names if name not in known]:
        asked.error(f"no such leak: {', '.join(unknown)}")
    chosen = [known[name] for name in options.names or known]
    if wrong := [f"{leak['name']}: {why}" for leak in chosen for why in misfits(leak)]:
        print("\n".join(wrong), file=sys.stderr)
        return 2
    caught = 0
    with copy() as clean:
        tests = {leak["caught_by"] for leak in chosen}
        sound = set() if failures(clean, *sorted(tests)) else tests
        for leak in chosen:
            counts, how = hunt(leak, clean, sound, options.workers, options.likely)
            caught += counts
            print(f"{leak['channel']:<10} {leak['name']}: {how}", flush=True)
    print(f"{caught} of {len(chosen)} caught")
    return 0 if caught == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
