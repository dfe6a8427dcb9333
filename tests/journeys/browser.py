"""What a journey does in Chromium, and what must never be seen there."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.module_loading import import_string
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Locator,
    Page,
    Request,
    Response,
    Route,
    ViewportSize,
    sync_playwright,
)

AXE = (Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js").read_text()
PHONE: ViewportSize = {"width": 390, "height": 844}
NARROW: ViewportSize = {"width": 320, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 900}

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
]

LOOK = """async (options) => (await axe.run(document, options)).violations.flatMap(
    found => found.nodes.map(node => `${found.id}: ${node.target.join(" ")}: ${found.help}`))"""
SIDEWAYS = """() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) <= innerWidth ? [] :
    [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => `320 px: sticks out: ${e.tagName.toLowerCase()}.${e.className}`).slice(0, 5)"""

RAGGED = """() => {
    const tops = [...document.querySelectorAll(".site-nav li")].map(e => e.offsetTop);
    const rows = new Set(tops.map(top => tops.filter(other => other === top).length));
    return rows.size > 1 ? ["320 px: the menu breaks into rows that differ in length"] : [];
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; without its windows if it is there so (it takes a third of the time)."""
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert program, "no Chromium: `make test` installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


class Watched:
    """Writes down what a page does wrong while a test is looking elsewhere."""

    def __init__(self, context: BrowserContext) -> None:
        self.faults: list[str] = []
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))
        context.on("response", self._response)

    def _request(self, request: Request) -> None:
        # The browser itself finds no other host (FLAGS). To stop each request here took its cache away too.
        if urlsplit(request.url).hostname not in {"localhost", "127.0.0.1"}:
            self.faults.append(f"fetched from elsewhere: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        # A form that answers 422, or a page that answers 404, is told on the console as a failure to load.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status} from {response.url}")
        if response.status == 404 and "/static/" in response.url:
            self.faults.append(f"no such static file: {response.url}")


def sign_in_as(page: Page, user: Any, address: str) -> None:
    """Give the browser a session of `user` (the way in through a mailed code has a journey of its own)."""
    backend = settings.AUTHENTICATION_BACKENDS[0]
    session = import_string(f"{settings.SESSION_ENGINE}.SessionStore")()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = backend
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": address}])


def remembered(page: Page) -> list[tuple[int, str, str]]:
    """What the browser keeps of the way to this page: of each step its number, its address, and what took it."""
    told = page.context.new_cdp_session(page).send("Page.getNavigationHistory")
    return [(entry["id"], entry["url"], entry["transitionType"]) for entry in told["entries"]]


@contextmanager
def on_its_way(button: Locator) -> Iterator[None]:
    """Press it; what it sends arrives when this block is over. What saves itself does so meanwhile."""
    page, held = button.page, list[Route]()

    def asked(request: Request) -> bool:
        return request.method == "POST" and b'name="autosave"' not in (request.post_data_buffer or b"")

    page.route("**/*", lambda route: held.append(route) if asked(route.request) else route.continue_())
    with page.expect_request(asked):
        button.click()
    yield
    held[0].continue_()
    page.unroute("**/*")


def leave(page: Page) -> list[str]:
    """Go elsewhere; the kinds of questions the browser asked on the way."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.once("dialog", answer)
    page.goto("/")
    return asked


def findings(page: Page) -> list[str]:
    """What axe finds on the page as it stands, light and dark, and whether at 320 px it scrolls sideways or its
    menu has a row that is shorter than another."""
    before = page.viewport_size or DESK
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    light = page.evaluate(LOOK, {"resultTypes": ["violations"]})
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(NARROW)
    # Only colours differ between the schemes, so the second time only their contrast is looked at.
    contrast = {"type": "rule", "values": ["color-contrast"]}
    dark = page.evaluate(LOOK, {"resultTypes": ["violations"], "runOnly": contrast})
    narrow = page.evaluate(SIDEWAYS) + page.evaluate(RAGGED)
    page.set_viewport_size(before)
    page.emulate_media(color_scheme="light")
    return [f"light: {told}" for told in light] + [f"dark: {told}" for told in dark] + narrow
