"""The embedded product in a process of its own, for tests that start, stop and kill it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from django.conf import settings

from tests.servers import die_with_parent, free_port, wait_until


class Served:
    """The embedded product in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.said = folder / "said.txt"
        self.process: subprocess.Popen[bytes] | None = None

    def environment(self) -> dict[str, str]:
        """Where its data lies and which port it serves, and nothing else."""
        return {"PATH": os.environ["PATH"], "DATA_DIR": str(self.folder / "var"), "PORT": str(self.port)}

    def start(self, *arguments: str) -> float:
        """Start it and wait until it answers; the seconds that took."""
        self.said.write_text("")
        began = time.monotonic()
        with self.said.open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", *arguments],
                cwd=settings.BASE_DIR,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
                preexec_fn=die_with_parent,  # noqa: PLW1509 - it makes one system call
            )
        wait_until(lambda: "Learning Sets runs on" in self.said.read_text(), 90, "it serves")
        assert urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5).read() == b"ok\n"
        return time.monotonic() - began

    def stop(self, how: signal.Signals) -> int:
        """Send `how` to it and everything it started, as a terminal does on Ctrl-C; the exit status."""
        assert self.process is not None
        os.killpg(self.process.pid, how)
        return self.process.wait(15)

    def kill(self) -> None:
        """End it, and everything it started, without asking."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(5)
