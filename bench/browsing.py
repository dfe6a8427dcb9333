"""The real product and people in real browsers, for bench/year.py and bench/formats.py.

Nothing is reached but what a person reaches: pages, and what comes by mail. The clock alone is the bench's
(tests/moved_clock.py).
"""

import os
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
for _name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "BOX_KEY_DIR", "STATIC_ROOT", "SITE_URL", "SECRET_KEY"):
    os.environ.pop(_name, None)
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, expect  # noqa: E402

from tests.journeys.browser import DESK, Watched, chromium  # noqa: E402
from tests.servers import wait_until  # noqa: E402
from tests.services.served import Served  # noqa: E402

CODE = re.compile(r"^\s*([A-Z0-9-]{6,})\s*$", re.MULTILINE)
HALF_WRITTEN = 50_000_000  # nanoseconds for which a file of a letter may not be whole yet
SLOW = 60_000  # milliseconds after which something that a page should show is taken not to come


@dataclass
class Counts:
    """What a bench says in the end: figures, and what did not hold."""

    figures: dict[str, object] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def promised(self, kept: object, promise: str) -> None:
        """Note what did not hold."""
        if not kept:
            self.broken.append(promise)
            print(f"    BROKEN: {promise}", flush=True)


@dataclass(frozen=True)
class Letter:
    """A letter as it lies in the folder, read by Python's own parser."""

    message: EmailMessage
    at: int

    @property
    def to(self) -> str:
        """Its one recipient."""
        return str(self.message["To"])

    @property
    def subject(self) -> str:
        """What stands above it."""
        return str(self.message["Subject"])

    @property
    def body(self) -> str:
        """What it says."""
        part = self.message.get_body(("plain",))
        return str(part.get_content()) if part else ""

    def link(self, to: str) -> str:
        """The path of the first link in it that leads to `to`."""
        links = [one for one in re.findall(r"https?://[^/\s]+(/\S*)", self.body) if to in one]
        assert links, f"no link to {to} in: {self.body}"
        return str(links[0])


class Site(Served):
    """The embedded product in a process of its own, with worker, schedule, mail and a clock that can be moved."""

    def __init__(self, folder: Path, begin: datetime) -> None:
        super().__init__(folder)
        self.letters: list[Letter] = []
        self.known: set[str] = set()
        self.now = begin

    def environment(self) -> dict[str, str]:
        """As for anybody's, with the settings whose clock is moved."""
        moved = {"DJANGO_SETTINGS_MODULE": "tests.moved_clock", "CLOCK": self.now.isoformat()}
        return super().environment() | moved

    @property
    def address(self) -> str:
        """Of its pages, with no slash at its end."""
        return f"http://localhost:{self.port}"

    def set_up_path(self) -> str:
        """Where the first programme is made."""
        found = re.search(r"First set-up:\s+https?://[^/]+(\S+)", self.said.read_text())
        assert found
        return found[1]

    def told_time(self) -> datetime:
        """What the product takes the time to be."""
        return parsedate_to_datetime(str(urlopen(f"{self.address}/healthz", timeout=10).headers["Date"]))

    def move(self, moment: datetime) -> None:
        """Let it be `moment`, and wait until all that is due then is done."""
        self.settle()
        with (self.folder / "var" / "clock").open("w") as clock:
            clock.write(f"{moment.isoformat()}\n")
        wait_until(lambda: self.told_time() >= moment - timedelta(seconds=1), 20, f"it is {moment}")
        self.now = moment
        self.settle()

    def settle(self) -> None:
        """Wait until the schedule has come round and no letter has left for a while; read what came."""
        quiet, seen = 0, -1
        while quiet < 3:
            time.sleep(0.6)
            self.read_mail()
            waits = self.waiting()
            quiet = quiet + 1 if len(self.letters) == seen and not waits else 0
            seen = len(self.letters)

    def waiting(self) -> int:
        """How many letters are still to leave."""
        with sqlite3.connect(f"file:{self.folder / 'var' / 'db.sqlite3'}?mode=ro", uri=True, timeout=20) as table:
            asked = "SELECT count(*) FROM learningsets_letter WHERE sent_on IS NULL AND NOT bounced"
            return int(table.execute(asked).fetchone()[0])

    def read_mail(self) -> None:
        """Read the letters that came since. The product throws its own copies away after a day, which soon passes."""
        folder, found = self.folder / "var" / "mail", []
        for path in folder.glob("*.eml") if folder.exists() else ():
            if path.name in self.known:
                continue
            written = path.stat().st_ctime_ns  # by the machine's clock; its date is by the product's
            if written < time.time_ns() - HALF_WRITTEN:
                self.known.add(path.name)
                found.append(Letter(message_from_bytes(path.read_bytes(), policy=policy.default), written))
        self.letters += sorted(found, key=lambda one: one.at)

    def letter_to(self, address: str, subject: str = "", says: str = "") -> Letter:
        """The newest letter to this address, of those whose subject holds `subject` and that says so; waits for one."""
        found: list[Letter] = []

        def there() -> bool:
            self.read_mail()
            mine = [one for one in self.letters if one.to == address and subject in one.subject]
            found[:] = [one for one in mine if says in one.body]
            return bool(found)

        wait_until(there, 30, f"a letter to {address} about {subject}")
        return found[-1]


def address(name: str) -> str:
    """Of whom we know by name."""
    return f"{name.partition(' ')[0].lower()}@example.org"


class Person:
    """Somebody with an address and a browser of their own, who signs in when asked to."""

    def __init__(self, crowd: "Crowd", name: str, **options: Any) -> None:
        self.crowd, self.name, self.email = crowd, name, address(name)
        usual = {"base_url": crowd.site.address, "viewport": DESK, "locale": "en-GB", "reduced_motion": "reduce"}
        self.context = crowd.browser.new_context(**{**usual, **options})
        self.context.set_default_timeout(SLOW)
        self.watched = Watched(self.context)
        self.sign_ins = 0
        self._page: Page | None = None

    @property
    def page(self) -> Page:
        """Their one tab."""
        if self._page is None or self._page.is_closed():
            self._page = self.context.new_page()
        return self._page

    def goes_to(self, path: str) -> Page:
        """Open a page, through a code that comes by mail where the product asks for one."""
        page = self.page
        page.goto(path, wait_until="domcontentloaded")
        if urlsplit(page.url).path.startswith("/accounts/login"):
            self._sign_in(page)
        return page

    def _sign_in(self, page: Page) -> None:
        site = self.crowd.site
        site.read_mail()
        before = len(site.letters)
        page.get_by_label("E-mail address").fill(self.email)
        page.get_by_role("button", name="Send me a code").click()
        page.get_by_label("Code from the e-mail").wait_for()
        codes: list[str] = []

        def came() -> bool:
            site.read_mail()
            new = [one for one in site.letters[before:] if one.to == self.email]
            codes[:] = [found[1] for one in new if (found := CODE.search(one.body))]
            return bool(codes)

        wait_until(came, 20, f"a code for {self.name}")
        page.get_by_label("Code from the e-mail").fill(codes[-1])
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "/accounts/" not in url)
        self.sign_ins += 1

    def rests(self) -> None:
        """Close the tab, and keep the cookies: a browser of twenty tabs takes more memory than a bench is worth."""
        if self._page is not None:
            self._page.close()
            self._page = None


class Crowd:
    """Everybody, in one Chromium. What a page does wrong meanwhile is in `faults`."""

    def __init__(self, site: Site, browser: Browser) -> None:
        self.site, self.browser, self.people = site, browser, dict[str, Person]()

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    def add(self, name: str, **options: Any) -> Person:
        """Somebody more."""
        self.people[name] = Person(self, name, **options)
        return self.people[name]

    @property
    def faults(self) -> list[str]:
        """What pages did wrong, and with whom."""
        return [f"{one.name}: {fault}" for one in self.people.values() for fault in one.watched.faults]

    def looks_at(self) -> None:
        """Print what everybody has before their eyes, on the way out of a failure."""
        for one in self.people.values():
            if one._page is not None and not one._page.is_closed():
                print(f"--- {one.name} looks at {one._page.url}\n{one._page.locator('body').inner_text()[:2000]}")


@contextmanager
def living(begin: datetime) -> Iterator[Crowd]:
    """An empty product that runs from `begin` on, and a browser for everybody in it."""
    with tempfile.TemporaryDirectory(prefix="living-") as folder, chromium() as browser:
        site = Site(Path(folder), begin)
        try:
            site.start("--example", "no")
            crowd = Crowd(site, browser)
            try:
                yield crowd
            except BaseException:
                crowd.looks_at()
                raise
        finally:
            site.kill()


# --- What anybody does -------------------------------------------------------------------------------------------


def fill(page: Page, fields: dict[str, str]) -> None:
    """Fill in a form by its labels."""
    for label, text in fields.items():
        box = page.get_by_label(label, exact=True)
        if box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(label=text)
        else:
            box.fill(text)


def said(page: Page, words: str) -> None:
    """The page says so."""
    expect(page.get_by_text(words).first).to_be_visible(timeout=SLOW)


def set_up(organiser: Person, facilitator: Person, name: str, zone: str, country: str) -> Page:
    """The first programme with its first set, whose facilitator is invited; the organiser's page of it."""
    page = organiser.page
    page.goto(organiser.crowd.site.set_up_path())
    people = {
        "Your name": organiser.name,
        "Your e-mail address": organiser.email,
        "Your organisation": "The Convening Office",
        "Name of the first facilitator": facilitator.name,
        "E-mail address of the first facilitator": facilitator.email,
    }
    fill(page, {"Title": "Unlocking", **people, "Name of the set": name, **place(zone, country)})
    page.get_by_role("button", name="Set up and sign in").click()
    expect(page.get_by_role("heading", level=1, name="Unlocking")).to_be_visible()
    return page


def place(zone: str, country: str) -> dict[str, str]:
    """Where a set is, as the forms call it."""
    city = zone.partition("/")[2].replace("_", " ")
    return {"Time zone": city, "Country of public holidays": country}


def invite(facilitator: Person, set_path: str, names: list[str]) -> None:
    """The facilitator invites people to a set."""
    page = facilitator.goes_to(f"{set_path}members/")
    page.get_by_role("link", name="Invite participants").click()
    lines = [f"{name}, {address(name)}, Board of {name.split()[1]}" for name in names]
    page.get_by_label("People to invite").fill("\n".join(lines))
    page.get_by_role("button", name="Show the preview").click()
    page.get_by_role("button", name=re.compile(r"Send \d+ invitation")).click()


def accept(person: Person, set_name: str) -> str:
    """Follow the invitation to a set, and sign its contract; the path of its page."""
    page = person.page
    page.goto(person.crowd.site.letter_to(person.email, "invit", f"“{set_name}”").link("/invitation/"))
    page.get_by_role("button", name="Accept the invitation").click()
    page.get_by_role("button", name="I sign this contract").click()
    expect(page.get_by_role("heading", level=1, name=set_name)).to_be_visible()
    return urlsplit(page.url).path


def meetings_on(page: Page) -> list[str]:
    """The paths of the meetings that a set's page shows, in the order of their dates."""
    links = page.locator("a[href^='/meetings/']").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return list(dict.fromkeys(one for one in links if re.fullmatch(r"/meetings/[0-9a-f-]{36}/", one)))
