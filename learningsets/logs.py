"""What may be written down when something breaks: the class and the place, and nothing of a person.

A log line can say who wrote what as surely as a database row can. So a request leaves no trace here (no
address, no body, no user, no parameter), an exception is told without its message (PostgreSQL puts the row into
it) and without local variables, and a refused request (a 4xx) is no line at all.
"""

import logging
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.conf import settings

_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class WithoutRequest(logging.Filter):
    """Reduces each record to what its code says, before any handler formats it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Strip `record` in place; refuse (False) what a request caused and the site answered as it should."""
        asked_for = (
            hasattr(record, "request") or hasattr(record, "status_code") or record.name.startswith("django.security")
        )
        if asked_for and record.levelno < logging.ERROR:
            return False
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            record.msg, record.args = f"{_task_of(record)}{' <- '.join(_told(error))}", ()
        elif asked_for:
            record.msg, record.args = "a request failed", ()
        record.exc_info = record.exc_text = record.stack_info = None
        for name in set(record.__dict__) - _STANDARD:
            del record.__dict__[name]
        return True


def _task_of(record: logging.LogRecord) -> str:
    """`'the task reports.tasks.sweep: '` when Celery's worker speaks of a task, else nothing."""
    named = record.args.get("name") if isinstance(record.args, Mapping) else None
    return f"the task {named}: " if named else ""


def _told(error: BaseException | None) -> Iterator[str]:
    """Each exception of the chain as `Class at file:line in function`, newest first, without its message."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield f"{type(error).__module__}.{type(error).__qualname__} at {_place(error)}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _place(error: BaseException) -> str:
    """Where it was raised, and the nearest line of our own that led there."""
    frames = traceback.extract_tb(error.__traceback__, limit=-100)
    if not frames:
        return "an unknown place"
    home = str(settings.BASE_DIR)
    ours = [frame for frame in frames if frame.filename.startswith(home) and "site-packages" not in frame.filename]
    chosen = [frames[-1]] if not ours or ours[-1] is frames[-1] else [frames[-1], ours[-1]]
    return ", from ".join(f"{_short(f.filename, home)}:{f.lineno} in {f.name}" for f in chosen)


def _short(filename: str, home: str) -> str:
    """A file's path inside the project, or inside the library it belongs to."""
    parts = Path(filename).parts
    if "site-packages" in parts:
        return "/".join(parts[parts.index("site-packages") + 1 :])
    return filename.removeprefix(home).lstrip("/")
