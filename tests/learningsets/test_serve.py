"""`manage.py serve`, as `make run` starts it: a process of its own, in an empty folder, stopped with Ctrl-C."""

import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.request import urlopen

import pytest
from django.conf import settings
from waitress.server import create_server

from learningsets.management.commands.serve import IN_MEMORY, MANY
from tests.servers import held_open
from tests.services.served import Served


def test_an_empty_start_prints_the_way_to_set_up_and_stops_when_told_the_next_time_too(served):
    starts_and_stops(served, signal.SIGINT)
    starts_and_stops(served, signal.SIGTERM)


def starts_and_stops(served: Served, how: signal.Signals) -> None:
    served.start("--example=no")
    link = re.search(r"First set-up: +http://localhost:(\d+)(/set-up/\S+/)\n", served.said.read_text())
    assert link is not None
    assert int(link[1]) == served.port
    with held_open(served.port, 120):  # by twenty people's browsers
        assert urlopen(f"http://127.0.0.1:{served.port}{link[2]}", timeout=5).status == 200
    assert served.stop(how) == 0
    assert served.said.read_text().endswith("Stopped.\n")
    assert "Traceback" not in served.said.read_text()


def test_a_port_in_use_is_told_before_anything_else_happens(served):
    with socket.socket() as other:
        other.bind(("127.0.0.1", served.port))
        other.listen()
        command = [sys.executable, "manage.py", "serve"]
        told = {"cwd": settings.BASE_DIR, "env": served.environment(), "text": True}
        done = subprocess.run(command, capture_output=True, check=False, **told)
    assert done.returncode == 1
    assert done.stderr == (
        f"CommandError: Port {served.port} is taken by another program. "
        f"Choose another one: make run PORT={served.port + 10}\n"
    )
    assert not (served.folder / "var" / "db.sqlite3").exists()


def test_what_somebody_answers_and_the_page_of_a_long_report_are_written_into_no_temporary_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Such a file would hold them in clear, beside whose they are, and its blocks outlive it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "there is no such folder"))

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        sent = environ["wsgi.input"].read()
        start("200 OK", [("Content-Length", str(5 * len(sent)))])
        return [5 * sent]

    server = create_server(answer, listen="127.0.0.1:0", **MANY, **IN_MEMORY)
    Thread(target=server.run, daemon=True).start()
    answers = 8 * 20_000 * b"%F0%9F%8C%B1"
    with urlopen(f"http://127.0.0.1:{server.effective_port}/", answers, timeout=20) as page:
        assert len(page.read()) == 5 * len(answers)
    server.close()
    for deployed in ("docker-compose.yml", "docs/deployment.md"):
        told = (Path(settings.BASE_DIR) / deployed).read_text()
        assert [f"--{name.replace('_', '-')}={size}" in told for name, size in IN_MEMORY.items()] == [True, True]
