"""One deployment for all service tests of a run, started when the first of them asks for it."""

from collections.abc import Iterator

import pytest

from tests.servers import postgresql, redis
from tests.services.deployment import Deployment


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "deployment" in getattr(item, "fixturenames", ()):
            item.add_marker("services")
            item.add_marker(pytest.mark.xdist_group("services"))


@pytest.fixture(scope="session")
def _deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    with postgresql() as database, redis() as broker:
        deployment = Deployment(tmp_path_factory.mktemp("deployment"), database, broker)
        try:
            deployment.up()
            yield deployment
        finally:
            deployment.down()


@pytest.fixture
def deployment(_deployment: Deployment) -> Deployment:
    """The running deployment, with whatever an earlier test took down started again."""
    for server in (_deployment.postgresql, _deployment.redis):
        if not server.is_running():
            server.start()
    for service in ("web", "worker", "beat"):
        if service not in _deployment.running or _deployment.running[service].poll() is not None:
            _deployment.start(service)
    return _deployment
