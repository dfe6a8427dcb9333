"""`manage.py serve`, as `make run` starts it: a process of its own, in an empty folder, stopped with Ctrl-C."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings

from tests.servers import die_with_parent, free_port, wait_until


class Served:
    """The embedded product in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.said = folder / "said.txt"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *arguments: str) -> float:
        """Start it and wait until it answers; the seconds that took."""
        self.said.write_text("")
        began = time.monotonic()
        with self.said.open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", *arguments],
                cwd=settings.BASE_DIR,
                env={"PATH": os.environ["PATH"], "DATA_DIR": str(self.folder / "var"), "PORT": str(self.port)},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
                preexec_fn=die_with_parent,  # noqa: PLW1509 - it makes one system call
            )
        wait_until(lambda: "Learning Sets runs on" in self.said.read_text(), 40, "it serves")
        assert urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5).read() == b"ok\n"
        return time.monotonic() - began

    def stop(self, how: signal.Signals) -> int:
        """Send `how` to it and everything it started, as a terminal does on Ctrl-C; the exit status."""
        assert self.process is not None
        os.killpg(self.process.pid, how)
        return self.process.wait(15)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    one = Served(tmp_path)
    yield one
    if one.process and one.process.poll() is None:
        os.killpg(one.process.pid, signal.SIGKILL)
        one.process.wait(5)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_empty_start_prints_the_way_to_set_up_and_stops_when_told(served, how):
    served.start("--example=no")
    link = re.search(r"First set-up: +http://localhost:(\d+)(/set-up/\S+/)\n", served.said.read_text())
    assert link is not None
    assert int(link[1]) == served.port
    assert urlopen(f"http://127.0.0.1:{served.port}{link[2]}", timeout=5).status == 200
    assert served.stop(how) == 0
    assert served.said.read_text().endswith("Stopped.\n")
    assert "Traceback" not in served.said.read_text()


def test_a_port_in_use_is_told_before_anything_else_happens(served, tmp_path):
    served.start("--example=no")
    second = Served(tmp_path / "second")
    second.folder.mkdir()
    done = subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(second.folder), "PORT": str(served.port)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == (
        f"CommandError: Port {served.port} is taken by another program. "
        f"Choose another one: make run PORT={served.port + 10}\n"
    )
    assert not (second.folder / "db.sqlite3").exists()
