"""Fixtures that every test may ask for. Those of one part live in that part's own conftest."""

import gc
import os
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

import pytest
import pytest_django
from celery import current_app
from django.conf import settings
from django.db import connection
from django.template import Context, Template
from django.test import TestCase
from django.test.signals import template_rendered
from django.urls import clear_script_prefix
from django.utils import translation
from django.utils.safestring import SafeString
from hypothesis import HealthCheck
from hypothesis import settings as searches

from learningsets.background import background_work
from tests.servers import wait_until
from tests.services.deployment import Deployment, deployed
from tests.services.served import Served

# Garbage is looked for less often than usual, from here on: while tests are collected nearly nothing is.
gc.set_threshold(200_000, 20, 20)

# A search for counterexamples takes the same way each time: what a commit is judged by does not depend on luck.
# How long a draw takes by the clock on the wall says how busy the machine is.
searches.register_profile(
    "the same each time", derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
searches.load_profile("the same each time")

# A test that asks for one of these reaches the database, whatever its marks say.
LONGEST = {"services", "journey", "theft"}
TESTS = count(1)
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--needs-database",
        action="store_true",
        help="leave out what does not touch the database (it has been run once already, on another one)",
    )


@pytest.hookimpl(tryfirst=True)  # before xdist reads the marks
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if "deployment" in getattr(item, "fixturenames", ()):  # one deployment for all of them
            item.add_marker("services")
            item.add_marker(pytest.mark.xdist_group("services"))
    if not config.getoption("--needs-database"):
        return
    kept = [item for item in items if _needs_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


@pytest.hookimpl(tryfirst=True)  # after they were shuffled, and before xdist tells in which order they are
def pytest_collection_finish(session: pytest.Session) -> None:
    """What takes longest begins first: real servers, browsers, thefts of disks. Of these what ends a server is last.

    Then whole groups, which one worker runs; and at the end what any worker can take, so that none is left waiting.
    And what is loaded by now stays: to look through it for garbage again and again took a tenth of the time.
    """
    session.items.sort(key=_turn)
    gc.freeze()
    if told := os.environ.pop("COLLECTED", None):  # tests/suite.py waits for it
        Path(told).touch()


def _turn(item: pytest.Item) -> tuple[bool, bool, bool]:
    marks = {mark.name for mark in item.iter_markers()}
    return not LONGEST & marks, "xdist_group" not in marks, "last" in marks


def _needs_database(item: pytest.Item) -> bool:
    """Whether another database could make a difference. What is marked `once`, or needs a browser, looks at pages."""
    if item.get_closest_marker("once") or "browser" in getattr(item, "fixturenames", ()):
        return False
    return item.get_closest_marker("django_db") is not None or bool(
        DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ()))
    )


@pytest.fixture(autouse=True)
def _own_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has its own folders for mail and for the keys of boxes, which are made when something is put there.

    (`tmp_path` is made for whoever asks, and the more of them there are the longer each takes.)
    """
    own = Path(settings.DATA_DIR) / "tests" / str(next(TESTS))
    monkeypatch.setattr(settings, "EMAIL_FILE_PATH", own / "mail", raising=False)
    monkeypatch.setattr(settings, "BOX_KEY_DIR", own / "keys", raising=False)


@pytest.fixture(autouse=True)
def _one_language() -> Iterator[None]:
    """A test that switches the language, or the prefix of addresses, does not switch it for the next one."""
    yield
    translation.deactivate_all()
    clear_script_prefix()


@pytest.fixture(scope="session", autouse=True)
def _contexts_of_pages_alone(django_test_environment: None) -> None:
    """`answer.context` holds that of each page. Django would keep a copy for each widget and each included piece."""

    def render(self: Template, context: Context) -> SafeString:
        if context.template is self:
            template_rendered.send(sender=self, template=self, context=context)
        return self.nodelist.render(context)

    Template._render = render


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    """The test database; at the end whoever is still connected is sent away, so that it can be dropped.

    A browser may keep a line to a server of an earlier test open for a while, and that thread its connection.
    """
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            others = "datname = current_database() AND pid <> pg_backend_pid()"
            cursor.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")


@pytest.fixture(scope="module")
def shared_database(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    """For fixtures of a whole module: what they write is there for each of its tests, and gone after the last.

    The tests ask for `db` as always, so what one of them changes is undone before the next. Put the module into one
    `xdist_group`, or each worker makes its own.
    """
    with django_db_blocker.unblock():
        atomics = TestCase._enter_atomics()  # Django's own way to share a class's rows
        yield
        TestCase._rollback_atomics(atomics)


@pytest.fixture
def on_postgresql(db: None) -> bool:
    """Whether this run's database is PostgreSQL (for what differs on disk, never to skip a test)."""
    return connection.vendor == "postgresql"


@pytest.fixture
def queue() -> Iterator[Callable[[], list[str]]]:
    """Empties the in-memory queue; calling it runs what waits there, here and now, and returns the tasks' names.

    For tests without a worker. Real workers: the fixture `worker`, and tests/services with Redis.
    """
    celery = current_app
    with celery.connection_for_write() as connection:
        waiting = celery.amqp.queues[celery.conf.task_default_queue].bind(connection.default_channel)
        waiting.declare()
        waiting.purge()

        def run() -> list[str]:
            done = []
            while message := waiting.get():
                args, kwargs, _ = message.decode()
                done.append(message.headers["task"])
                message.ack()
                celery.tasks[done[-1]](*args, **kwargs)
            return done

        yield run


@pytest.fixture
def worker(transactional_db: None, queue: Callable[[], list[str]]) -> Iterator[None]:
    """A worker and the schedule in threads beside the test, as in the embedded configuration."""
    with background_work():
        yield


@pytest.fixture(scope="session")
def _deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "deployment"
    folder.mkdir()  # and fails where another worker of this run has one: a group of tests is one worker's
    with deployed(folder) as deployment:
        yield deployment


@pytest.fixture
def deployment(_deployment: Deployment) -> Deployment:
    """The running deployment, with whatever an earlier test took down started again."""
    for server in (_deployment.postgresql, _deployment.redis):
        if not server.is_running():
            server.start()
    for service in ("web", "worker", "beat"):
        if service not in _deployment.running or _deployment.running[service].poll() is not None:
            _deployment.start(service)
            wait_until(partial(_deployment.is_at_work, service), 60, f"{service} is back")
    return _deployment


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """The embedded product, not yet started, in an empty folder."""
    one = Served(tmp_path)
    yield one
    one.kill()
