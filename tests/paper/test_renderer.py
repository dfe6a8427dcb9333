"""The renderer's child process: warm, alone, limited, replaceable."""

import dataclasses
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from reports import renderer
from reports.document import dumps
from reports.renderer import RenderFailed, RenderTimedOut, child_pid, cool_down, render_in_child
from tests.paper import invented

STORED = dumps(invented.minimal())


def test_the_child_gives_the_bytes_that_this_process_would(report, printed):
    assert render_in_child(dumps(report)) == printed


def test_the_same_child_serves_again():
    render_in_child(STORED)
    first = child_pid()
    render_in_child(STORED)
    assert child_pid() == first


def test_a_child_that_has_served_its_time_has_a_successor_at_once(monkeypatch):
    render_in_child(STORED)
    first = the_child()
    monkeypatch.setattr(renderer, "LIFETIME", 1)
    assert render_in_child(STORED).startswith(b"%PDF")
    assert not alive(first)
    assert alive(the_child())
    assert the_child() != first


def test_what_is_no_document_fails_by_name_and_without_its_words():
    with pytest.raises(RenderFailed) as failed:
        render_in_child('{"title": "Siobhán"}')
    assert str(failed.value) == "DocumentError"
    assert render_in_child(STORED).startswith(b"%PDF")


def test_a_child_that_takes_too_long_is_killed_and_replaced(report):
    render_in_child(STORED)
    first = child_pid()
    with pytest.raises(RenderTimedOut):
        render_in_child(dumps(report), timeout=0.05)
    assert not alive(first)
    assert render_in_child(STORED).startswith(b"%PDF")


def test_a_report_that_uses_too_much_of_the_processor_is_ended_as_one_that_takes_too_long(report, monkeypatch):
    """However much time the clock leaves it: on a busy machine that may be a while."""
    monkeypatch.setattr(renderer, "CPU_SECONDS", 1)
    long = dataclasses.replace(report, sections=report.sections * 6)
    with pytest.raises(RenderTimedOut):
        render_in_child(dumps(long), timeout=300)
    assert render_in_child(STORED).startswith(b"%PDF")


def test_a_child_that_was_killed_is_replaced():
    render_in_child(STORED)
    os.kill(the_child(), signal.SIGKILL)
    time.sleep(0.2)
    assert render_in_child(STORED).startswith(b"%PDF")


def test_a_child_killed_at_work_fails_the_report_and_not_the_next(report):
    render_in_child(STORED)
    threading.Timer(0.1, os.kill, (child_pid(), signal.SIGKILL)).start()
    with pytest.raises(RenderFailed, match="died"):
        render_in_child(dumps(report))
    assert render_in_child(STORED).startswith(b"%PDF")


def test_a_frozen_child_is_found_out():
    render_in_child(STORED)
    os.kill(the_child(), signal.SIGSTOP)
    with pytest.raises(RenderTimedOut):
        render_in_child(STORED, timeout=0.3)


def test_threads_take_turns_and_the_child_outlives_the_one_that_started_it():
    cool_down()
    made = []
    threads = [threading.Thread(target=lambda: made.append(render_in_child(STORED))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 1
    assert len(made) == 3
    assert alive(child_pid())


def test_the_child_knows_no_secret_of_the_environment(monkeypatch):
    cool_down()
    monkeypatch.setenv("SECRET_KEY", "hush")
    monkeypatch.setenv("DATABASE_URL", "postgres://learning:hush@localhost/sets")
    render_in_child(STORED)
    assert b"hush" not in Path(f"/proc/{child_pid()}/environ").read_bytes()


def test_the_child_dies_with_its_parent():
    program = (
        "import os, sys; from reports.renderer import child_pid, warm_up; warm_up();"
        "print(child_pid(), flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=renderer.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        time.sleep(0.5)
        assert alive(child)
        parent.kill()
    assert gone_within(child, seconds=5)


ATTEMPTS = (
    "import socket; socket.create_connection(('127.0.0.1', 9), 1)",
    "import subprocess; subprocess.run(['true'])",
    "import os; os.system('true')",
    "import os; os.fork()",
    "import sqlite3; sqlite3.connect(':memory:')",
)


def test_behind_closed_doors_nothing_leaves():
    """Each is tried in the same process, one after the other, and what became of it is printed on a line of its own."""
    program = f"""
from reports.renderer import _close_the_doors
_close_the_doors()
for attempt in {ATTEMPTS!r}:
    try:
        exec(attempt)
    except BaseException as refused:
        print(refused)
    else:
        print(attempt)
"""
    tried = subprocess.run(
        [sys.executable, "-c", program], cwd=renderer.ROOT, capture_output=True, text=True, check=False
    )
    assert tried.stdout.splitlines() == ["The renderer is on its own."] * len(ATTEMPTS), tried.stderr


def the_child():
    pid = child_pid()
    assert pid is not None
    return pid


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone_within(pid, seconds):
    for _ in range(seconds * 20):
        if not alive(pid):
            return True
        time.sleep(0.05)
    return False
