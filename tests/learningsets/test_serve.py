"""`manage.py serve`, as `make run` starts it: a process of its own, in an empty folder, stopped with Ctrl-C."""

import re
import signal
import socket
import subprocess
import sys
from urllib.request import urlopen

from django.conf import settings

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
