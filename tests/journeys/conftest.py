"""A site that serves, with its worker, and a browser that looks at it."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.browser import DESK, Watched, chromium, sign_in_as

# The browser's driver keeps an event loop in the test's thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

expect.set_options(timeout=15_000)  # on a machine that does much else at once five seconds are not always enough


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if {"page", "browser"}.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("journey")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys."""
    with chromium() as program:
        yield program


@pytest.fixture
def site(live_server: Any) -> str:
    """The address of the site under test, with no slash at its end."""
    return str(live_server.url)


@pytest.fixture
def new_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens a page of its own (own cookies) at the site: `new_page(user=…, viewport=PHONE)`. Faults fail the test."""
    opened: list[tuple[Page, Watched]] = []

    def open_page(user: Any = None, **options: Any) -> Page:
        usual = {"base_url": site, "viewport": DESK, "locale": "en-GB", "reduced_motion": "reduce"}
        context = browser.new_context(**{**usual, **options})
        context.set_default_timeout(15_000)
        watched, page = Watched(context), context.new_page()
        if user is not None:
            sign_in_as(page, user, site)
        opened.append((page, watched))
        return page

    yield open_page
    for page, _ in opened:
        page.context.close()
    assert [fault for _, watched in opened for fault in watched.faults] == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page at desk width, signed in as nobody."""
    return new_page()
