"""A workshop file in which everything that can be said is said once, and ways to spoil it."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def small() -> str:
    """A small, complete file: Ann facilitates, five participants answer, Oda organises."""
    return (HERE / "small.yaml").read_text()
