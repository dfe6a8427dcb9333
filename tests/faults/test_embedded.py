"""The one process, killed outright in the middle of a report, takes it up again at its next start."""

import os
import signal
import sys
from contextlib import suppress

import pytest
from django.conf import settings

from tests.faults.reports import Table, ask, asked_for, is_gone, renderers, run
from tests.servers import wait_until


@pytest.mark.xdist_group("services")
def test_a_report_cut_off_by_a_kill_is_ready_after_the_next_start(served):
    served.start()
    table = Table(served.folder / "var" / "db.sqlite3")
    process = served.process.pid
    for child in renderers(process):
        os.kill(child, signal.SIGSTOP)
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", ask("January 2027")]
    release = asked_for(run(command, settings.BASE_DIR, served.environment()))
    table.message_is_old(release)  # the message went to that shell's own queue: the sweep finds the row
    wait_until(lambda: table.look(release).state == "rendering", 60, "it is being rendered")
    children = renderers(process)
    assert children != []
    os.killpg(process, signal.SIGKILL)
    served.process.wait(5)
    for child in children:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGCONT)
    wait_until(lambda: all(is_gone(child) for child in children), 30, "its renderer is gone too")

    table.holder_is_silent(release)
    served.start()
    wait_until(lambda: table.look(release).is_ready_once, 180, "it is ready")
    assert table.look(release).attempts == 2
    assert served.stop(signal.SIGINT) == 0
