"""What is written down when something breaks holds nothing of who asked, for what, or with which words."""

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist, SuspiciousOperation, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from learningsets import urls

WORDS = "What Maeve told us about Ballyvaughan"
CAUSES = (KeyError, LookupError, TypeError, ValidationError, ObjectDoesNotExist, OSError, ValueError)


@login_not_required
def breaks(request: HttpRequest) -> HttpResponse:
    """A view with the words in a local variable, in the exception and in its causes, of whatever class."""
    words = request.POST["answer"]
    cause: Exception | None = None
    for kind in CAUSES:
        try:
            raise kind(words) from cause
        except kind as error:
            cause = error
    raise IntegrityError(f"DETAIL: Key (text)=({words}) already exists.") from cause


@login_not_required
def suspects(request: HttpRequest) -> HttpResponse:
    """A view that answers 400."""
    raise SuspiciousOperation(request.GET["q"])


urlpatterns = [path("reflect/", breaks), path("suspects/", suspects), *urls.urlpatterns]


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the site's own log handlers write down during a test."""
    caught = io.StringIO()
    both = [*logging.getLogger("django").handlers, *_console_of_root()]
    handlers: list[Any] = list(dict.fromkeys(both))  # one handler may serve both: it has one stream to give back
    before = [handler.setStream(caught) for handler in handlers]
    yield caught
    for handler, stream in zip(handlers, before, strict=True):
        handler.setStream(stream)


def _console_of_root() -> list[logging.Handler]:
    return [handler for handler in logging.getLogger().handlers if type(handler) is logging.StreamHandler]


@pytest.mark.urls(__name__)
def test_a_server_error_leaves_class_and_place(client, written):
    client.raise_request_exception = False
    answer = client.post("/reflect/", {"answer": WORDS})
    assert answer.status_code == 500
    lines = written.getvalue().splitlines()
    assert len(lines) == 1
    start = "ERROR django.request: django.db.utils.IntegrityError at tests/learningsets/test_logs.py:"
    assert lines[0].startswith(start)
    assert lines[0].endswith(" in breaks")
    for kind in CAUSES:
        told = f" <- {kind.__module__}.{kind.__qualname__} at tests/learningsets/test_logs.py:"
        assert len(re.findall(rf"{re.escape(told)}\d+ in breaks", lines[0])) == 1
    for secret in ("Maeve", "reflect/", "POST", "127.0.0.1"):
        assert secret not in written.getvalue()


@pytest.mark.urls(__name__)
def test_what_a_visitor_did_wrong_leaves_no_words(client, written):
    assert client.get("/suspects/", {"q": WORDS}).status_code == 400
    assert client.get("/nothing-here/", {"q": WORDS}).status_code == 404
    assert "Maeve" not in written.getvalue()
    assert "nothing-here" not in written.getvalue()


def test_a_task_that_breaks_is_named_without_its_arguments(written):
    context = {"name": "reports.tasks.render", "id": "1", "exc": WORDS, "args": WORDS, "description": "raised"}
    try:
        raise RuntimeError(WORDS)
    except RuntimeError:
        logging.getLogger("celery.app.trace").error(
            "Task %(name)s[%(id)s] %(description)s: %(exc)s", context, exc_info=True, extra={"data": context}
        )
    line = written.getvalue()
    assert line.startswith("ERROR celery.app.trace: the task reports.tasks.render: builtins.RuntimeError at tests/")
    assert "Maeve" not in line


def test_what_a_program_says_of_itself_is_kept(written):
    logging.getLogger("learningsets").warning("The worker has %s threads.", 3)
    assert written.getvalue() == "WARNING learningsets: The worker has 3 threads.\n"
