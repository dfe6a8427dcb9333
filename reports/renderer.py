"""Renders a stored document in a warm process of its own, which is killed when it takes too long.

`render_in_child(document_json, timeout)` gives the PDF and `page_in_child` the page for screens: all that a caller
needs. The child holds no database connection and no secret of the environment, may open no socket and start no program,
and has a limit on its memory and on the seconds of CPU that one report may use. It dies with its parent. One process of
ours has one child, started with the first
report and again after a death; callers in several threads take turns.

Both ends speak frames: eight bytes of length, then that many bytes. The first byte of a question says what is wanted,
that of an answer whether it follows or the name of what went wrong. A message never follows, for it might quote the
report.
"""

import atexit
import gc
import os
import select
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
DEFAULT_TIMEOUT: Final = 60.0
"""Seconds that a report may take, the start of the child included."""
CPU_SECONDS: Final = 30
"""Seconds of the processor that a report may use, however long it waits for its turn and for other programs."""
MEMORY_LIMIT: Final = 2 * 1024**3
"""Bytes of address space; a report of 120 pages stays well below half of it."""
LIFETIME: Final = 50
"""Reports after which the child is replaced: the libraries beneath WeasyPrint lose 0.2 MB with each long report."""
HEADER: Final = struct.Struct(">Q")
REFUSED: Final = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "sqlite3.")
"""What the child may not do once it is warm, as the interpreter's audit events name it."""
READY, FAILED = b"P", b"F"
PDF, PAGE = b"P", b"H"
KEPT_ENVIRONMENT: Final = ("LANG", "LC_ALL", "LD_LIBRARY_PATH", "VIRTUAL_ENV")


class RenderFailed(Exception):  # noqa: N818 - it reads as what happened
    """The report could not be rendered. Its text is the class of what went wrong, never what was said."""


class RenderTimedOut(RenderFailed):
    """The report took longer than it may; the child that was at it has been killed."""


def render_in_child(document_json: str, timeout: float = DEFAULT_TIMEOUT) -> bytes:
    """The PDF of a stored document (`reports.document.dumps`), rendered within `timeout` seconds.

    Raises RenderTimedOut, or RenderFailed when the document cannot be read or the child dies; either way the next
    call finds a fresh child.
    """
    return _ask(PDF, document_json, timeout)


def page_in_child(document_json: str, timeout: float = DEFAULT_TIMEOUT) -> bytes:
    """The page of a stored document (`reports.page`), made as `render_in_child` makes its PDF. Raises the same."""
    return _ask(PAGE, document_json, timeout)


def _ask(wanted: bytes, document_json: str, timeout: float) -> bytes:
    deadline = time.monotonic() + timeout
    if not _lock.acquire(timeout=timeout):
        raise RenderTimedOut("busy")
    try:
        child = _child()
        try:
            answer = child.ask(wanted + document_json.encode(), deadline)
        except RenderFailed as failed:
            child.kill()
            if child.process.returncode == -signal.SIGXCPU:
                raise RenderTimedOut("too slow") from failed
            raise
        if child.served >= LIFETIME:
            child.kill()
            _child()  # its successor warms up before anybody asks
    finally:
        _lock.release()
    if answer[:1] != READY:
        raise RenderFailed(answer[1:].decode("ascii", "replace"))
    return answer[1:]


def warm_up() -> None:
    """Starts the child if there is none, so that the first report need not wait for it."""
    with _lock:
        _child()


def cool_down() -> None:
    """Ends the child, if there is one. The interpreter does so when it ends."""
    if kept := _kept.pop(os.getpid(), None):
        kept.kill()


def child_pid() -> int | None:
    """The process id of the warm child, or None when there is none."""
    kept = _kept.get(os.getpid())
    return kept.process.pid if kept and kept.process.poll() is None else None


# --- The parent's end -----------------------------------------------------------------

_lock = threading.Lock()
_kept: dict[int, "_Child"] = {}
"""The child of this process. Keyed by process id: a forked worker must not talk to the child it inherited."""
atexit.register(cool_down)


def _child() -> "_Child":
    kept = _kept.get(os.getpid())
    if kept is None or kept.process.poll() is not None:
        cool_down()
        _kept.clear()
        kept = _kept[os.getpid()] = _Child([sys.executable, "-m", "reports.renderer"])
    return kept


class _Child:
    """The child process, its two pipes, and how many reports it has served."""

    def __init__(self, command: Sequence[str]) -> None:
        self.scratch = tempfile.TemporaryDirectory(prefix="renderer-", ignore_cleanup_errors=True)
        environment = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
        child_end, own_end = os.pipe()
        self.lifeline = os.fdopen(own_end, "wb", buffering=0)
        self.process = subprocess.Popen(  # noqa: S603 - our own module, in our own interpreter
            command,
            cwd=ROOT,
            # With no path it finds no compiler to ask where libraries lie, which would take longer than loading them.
            env={
                **environment,
                "PATH": "",
                "PYTHONHASHSEED": "0",
                "LIFELINE": str(child_end),
                "TMPDIR": self.scratch.name,
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            pass_fds=[child_end],
        )
        os.close(child_end)
        self.served = 0

    def ask(self, question: bytes, deadline: float) -> bytes:
        """Sends one frame and waits for the answer until `deadline` (monotonic seconds)."""
        seconds = max(1, min(CPU_SECONDS, round(deadline - time.monotonic())))
        self._send(HEADER.pack(len(question)) + HEADER.pack(seconds) + question, deadline)
        (length,) = HEADER.unpack(self._receive(HEADER.size, deadline))
        answer = self._receive(length, deadline)
        self.served += 1
        return answer

    def kill(self) -> None:
        """Ends the child at once, leaves no zombie and no scratch folder. Doing it twice does no harm."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.lifeline):
            if pipe:
                pipe.close()
        self.scratch.cleanup()

    def _send(self, data: bytes, deadline: float) -> None:
        pipe = self.process.stdin
        assert pipe is not None  # noqa: S101 - opened above
        os.set_blocking(pipe.fileno(), False)
        view = memoryview(data)
        while view:
            self._wait([], [pipe], deadline)
            try:
                view = view[os.write(pipe.fileno(), view[: 1 << 16]) :]
            except BlockingIOError:
                continue
            except OSError as gone:
                raise RenderFailed("the renderer died") from gone

    def _receive(self, length: int, deadline: float) -> bytes:
        pipe = self.process.stdout
        assert pipe is not None  # noqa: S101 - opened above
        received = bytearray()
        while len(received) < length:
            self._wait([pipe], [], deadline)
            chunk = os.read(pipe.fileno(), min(1 << 20, length - len(received)))
            if not chunk:
                raise RenderFailed("the renderer died")
            received += chunk
        return bytes(received)

    def _wait(self, read: list[Any], write: list[Any], deadline: float) -> None:
        left = deadline - time.monotonic()
        poll = select.poll()
        for pipe in read:
            poll.register(pipe, select.POLLIN | select.POLLHUP)
        for pipe in write:
            poll.register(pipe, select.POLLOUT | select.POLLERR)
        if left <= 0 or not poll.poll(left * 1000):
            raise RenderTimedOut("too slow")


# --- The child's end ------------------------------------------------------------------


def main() -> None:
    """Answers frames on standard input until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    _die_with_parent()
    _limit_memory()
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)  # nothing that prints can spoil the answers
    from reports import page, pdf
    from reports.document import loads

    makers = {PDF: pdf.render, PAGE: page.render}
    pdf.warm()
    page.warm()
    # Looking for garbage while a report is laid out finds none and takes a fifth of the time: it is done in between.
    gc.freeze()
    gc.disable()
    _close_the_doors()
    while (head := questions.read(2 * HEADER.size)) and len(head) == 2 * HEADER.size:
        length, seconds = HEADER.unpack(head[: HEADER.size])[0], HEADER.unpack(head[HEADER.size :])[0]
        question = questions.read(length)
        if len(question) < length:
            return
        _limit_cpu(seconds)
        try:
            answer = READY + makers[question[:1]](loads(question[1:].decode()))
        except (KeyboardInterrupt, SystemExit):
            return
        except BaseException as wrong:  # noqa: BLE001 - FatalURLFetchingError is no Exception, and all are answered alike
            answer = FAILED + type(wrong).__name__.encode("ascii", "replace")
        _answer(answers, answer)
        del answer
        gc.collect()


def _answer(answers: IO[bytes], answer: bytes) -> None:
    answers.write(HEADER.pack(len(answer)) + answer)
    answers.flush()


def _die_with_parent() -> None:
    """Ends this process, whatever it is at, when the other end of the lifeline closes.

    Not PR_SET_PDEATHSIG: that fires when the *thread* ends that started us, and a thread of a web server may.
    """
    lifeline = int(os.environ["LIFELINE"])

    def watch() -> None:
        os.read(lifeline, 1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _limit_memory() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_cpu(seconds: int) -> None:
    """Lets the next report use `seconds` of CPU beyond what has been used; the kernel ends the process after that."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _close_the_doors() -> None:
    """From here on no socket, no other program and no database, whatever the code that lays out a report tries."""

    def refuse(event: str, _arguments: object) -> None:
        if event.startswith(REFUSED):
            raise PermissionError("The renderer is on its own.")

    sys.addaudithook(refuse)


if __name__ == "__main__":
    main()
