"""The invented report and its bytes, made once for all tests of the paper."""

import pytest

from reports import pdf, readback
from tests.paper import invented


@pytest.fixture(scope="session")
def report():
    return invented.report()


@pytest.fixture(scope="session")
def printed(report):
    return pdf.render(report)


@pytest.fixture(scope="session")
def read(printed):
    return readback.read(printed)
