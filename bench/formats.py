"""Run a meeting of each format from end to end in two browsers at once: the screen on the wall and a phone.

    .venv/bin/python bench/formats.py                     # all six; waits a minute for each while both are offline
    .venv/bin/python bench/formats.py troika --offline 5
    .venv/bin/python bench/formats.py --pictures FOLDER   # with pictures at 320, 390 and 1280 pixels

For each format a meeting is planned from its template and run by buttons: every stage is entered, paused, gone on with,
given two minutes more, left backwards and entered again; the turns after the first are walked through. Measured at each
press: how long after the screen the phone shows it, by how much their clocks differ. Attendance is tapped, something
is put into the parking lot, time is bid for or shared alike by turns, a question is kept for the presenter alone, an
action is logged and met again at the next progress review, and the meeting is closed. In the middle of a turn both lose
the network, and reload: nothing typed may be lost. Each kind of stage is looked at by axe on both.
Ends with status 1 if something of this does not hold.
"""

import argparse
import os
import re
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import yaml
from playwright.sync_api import Dialog, Page, expect

from bench.browsing import (
    ROOT,
    Counts,
    Crowd,
    Person,
    accept,
    fill,
    invite,
    living,
    meetings_on,
    said,
    set_up,
)
from tests.journeys.browser import PHONE, findings

BEGIN = datetime(2026, 9, 1, 8, tzinfo=UTC)
AGENDAS = yaml.safe_load((ROOT / "sessions" / "formats.yaml").read_text())["agendas"]
PEOPLE = ["Aoife Byrne", "Bram Visser", "Carys Pugh", "Dmitri Orlov", "Elif Kaya"]
MOST_LATE = 1.0  # seconds in which both browsers agree; on a machine that does much else too, 19 times of 20
NOTE_WHEN_SHOWN = """
window.shown = {};
const note = () => {
  const seen = document.getElementById("room")?.dataset.progress;
  if (seen && !(seen in window.shown)) window.shown[seen] = Date.now();
};
new MutationObserver(note).observe(document, {subtree: true, childList: true});
"""


class Room:
    """One meeting, as its facilitator's screen and one member's phone have it before them."""

    def __init__(self, farid: Person, aoife: Person, counts: Counts, pictures: Path | None) -> None:
        self.farid, self.aoife, self.counts, self.pictures = farid, aoife, counts, pictures
        self.late: list[float] = []
        self.apart: list[int] = []
        self.looked: set[str] = set()
        self.stages = self.presses = 0
        self.name = ""

    @property
    def desk(self) -> Page:
        """The screen on the wall."""
        return self.farid.page

    @property
    def phone(self) -> Page:
        """The member's."""
        return self.aoife.page

    def press(self, button: str) -> None:
        """Press one on the screen, and measure when the phone has what came of it."""
        version = self.desk.locator("input[name=version][form=press]")
        before = version.input_value()
        self.desk.get_by_role("button", name=button, exact=button in {"Next", "Back", "End"}).first.click()
        expect(version).not_to_have_value(before)
        now = seen(self.desk)
        expect(self.phone.locator("#room")).to_have_attribute("data-progress", now)
        shown = [page.evaluate("at => window.shown[at]", now) for page in (self.desk, self.phone)]
        self.late.append((shown[1] - shown[0]) / 1000)
        self.presses += 1
        self.compare()

    def compare(self) -> None:
        """Both show the same stage, and the same time to a second."""
        headings = [page.locator("#now").inner_text() for page in (self.desk, self.phone)]
        self.counts.promised(headings[0] == headings[1], f"{self.name}: one heading on both, not {headings}")
        if self.desk.get_by_role("timer").count():
            before, here, after = (seconds(page) for page in (self.phone, self.desk, self.phone))
            self.apart.append(max(here - before, after - here, 0))  # what passes between looking is no difference
            told = f"{headings[0]}, {here} between {before} and {after}"
            self.counts.promised(self.apart[-1] <= 1, f"{self.name}: clocks agree: {told}")

    def look(self, what: str) -> None:
        """Both pages as they stand, if such a one was not looked at yet."""
        if what in self.looked:
            return
        self.looked.add(what)
        for who, page in (("screen", self.desk), ("phone", self.phone)):
            for told in findings(page):
                self.counts.promised(False, f"{self.name}, {what}, {who}: {told}")
        if self.pictures:
            file = re.sub(r"\W+", "-", f"{self.name} {what}").lower()
            for page, widths in ((self.desk, (1280, 320)), (self.phone, (390, 320))):
                before = page.viewport_size
                for width in widths:
                    page.set_viewport_size({"width": width, "height": 844})
                    side = "screen" if page == self.desk else "phone"
                    page.screenshot(path=self.pictures / f"{file}-{side}-{width}.png", full_page=True)
                if before:
                    page.set_viewport_size(before)


def seen(page: Page) -> str:
    """What the page says that it has seen of the room."""
    return str(page.evaluate("document.getElementById('room').dataset.progress ?? ''"))


def seconds(page: Page) -> int:
    """What the clock of a page shows."""
    shown = page.get_by_role("timer").inner_text()
    minutes, rest = shown.removeprefix("−").split(":")
    return (-1 if shown.startswith("−") else 1) * (int(minutes) * 60 + int(rest))


@contextmanager
def offline(*pages: Page) -> Iterator[None]:
    """No network, for a while."""
    for page in pages:
        page.context.set_offline(True)
    yield
    for page in pages:
        page.context.set_offline(False)


class Walk:
    """One meeting of one format, from the plan to the close."""

    def __init__(self, room: Room, key: str, number: int, away: float) -> None:
        self.room, self.key, self.number, self.away = room, key, number, away
        self.bids = number % 2 == 0
        self.promised = room.counts.promised
        self.turns = 0

    def plan(self, set_path: str, meeting: str) -> None:
        """From the template of the format; time is bid for, or shared alike."""
        desk, phone, title = self.room.desk, self.room.phone, AGENDAS[self.key]["title"]
        desk.goto(f"{set_path.replace('/sets/', '/meetings/sets/')}practice/")
        desk.get_by_label("Members bid for time" if self.bids else "Everybody has the same time").check()
        desk.get_by_role("button", name="Save").click()
        desk.goto(f"{meeting}agenda/")
        desk.get_by_role("radio", name=re.compile(f"^{title}")).check()
        desk.get_by_role("button", name="Begin with it").click()
        desk.locator("[data-section]").first.wait_for()
        items = desk.locator("[data-section]").count()
        self.promised(items == len(AGENDAS[self.key]["items"]), f"{title}: the agenda is the template's")
        left = desk.get_by_role("checkbox", name=f"Tariffs {self.number - 1}")
        self.promised(bool(left.count()) == bool(self.number), f"{title}: what was put aside last time is offered")
        phone.goto(meeting)
        bid = phone.get_by_role("link", name="Bid for airtime")
        self.promised(bool(bid.count()) == self.bids, f"{title}: bids where the set bids, none where it shares alike")
        if self.bids:
            bid.click()
            phone.get_by_label("Minutes").fill("30")
            phone.get_by_role("radio").first.check()
            phone.get_by_role("button", name="Bid", exact=True).click()

    def run(self, meeting: str) -> None:
        """Every stage of every item."""
        room = self.room
        for page in (room.desk, room.phone):
            page.goto(f"{meeting}room/")
        said(room.phone, "Your facilitator begins.")
        room.look("before")
        self.tap_all()
        room.press("Begin: ")
        while room.desk.get_by_role("timer").count():
            self.stage()
            last = room.desk.get_by_role("button", name="End", exact=True)
            room.press("End" if last.count() else "Next")
        said(room.phone, "That was the agenda")
        room.look("after")
        self.promised(self.turns == self.turns_planned(), f"{self.key}: {self.turns} turns")

    def turns_planned(self) -> int:
        """How many the template has."""
        return sum(item["kind"] == "airtime" for item in AGENDAS[self.key]["items"])

    def tap_all(self) -> None:
        """Who is here, one after the other as quickly as a hand goes."""
        for name in PEOPLE:
            self.room.desk.get_by_role("button", name=name, exact=True).click()
        for name in PEOPLE:
            here = self.room.desk.get_by_role("button", name=name, exact=True)
            expect(here).to_have_attribute("aria-pressed", "true")

    def stage(self) -> None:
        """What can be done at one stage; all of it where it is the first of its kind."""
        room, heading = self.room, self.room.desk.locator("#now").inner_text()
        room.stages += 1
        if heading.startswith("Airtime") and self.is_first_stage():
            self.turns += 1
            self.present()
        what = heading.split(" (")[0]
        if what in room.looked and self.turns > 1:
            return
        left = seconds(room.phone)
        room.press("Pause")
        said(room.phone, "Paused")
        stands = seconds(room.phone)
        room.press("2 minutes more")
        self.promised(seconds(room.phone) == stands + 120, f"{heading}: two minutes more, and paused meanwhile")
        room.look(what)
        room.press("Go on")
        if room.desk.get_by_role("button", name="Back", exact=True).count():
            room.press("Back")
            room.press("Next")
            self.promised(seconds(room.phone) >= left - 5, f"{heading}: entered again it has its whole time")
            self.promised(room.desk.locator("#now").inner_text() == heading, f"{heading}: back, and here again")
        if heading == "Check-in":
            self.park()
        if heading == "Progress review" and self.number:
            self.review()
        if heading.startswith("Words and concepts"):
            self.write_words()
        if heading.startswith("Airtime") and self.turns == 1 and self.stage_number() == 1:
            self.lose_the_network()

    def stage_number(self) -> int:
        """Which stage of the turn is on, from 0."""
        return self.room.desk.locator(".steps li[data-state=done]").count()

    def is_first_stage(self) -> bool:
        """Whether the turn has just begun."""
        return self.stage_number() == 0

    def park(self) -> None:
        """Something for later is on the phone within a moment."""
        line = self.room.desk.get_by_label("Put aside for later")
        line.fill(f"Tariffs {self.number}")
        line.press("Enter")
        said(self.room.phone, f"Tariffs {self.number}")
        expect(line).to_have_value("")

    def present(self) -> None:
        """The first turn is the phone's; the others are anybody's."""
        name = PEOPLE[(self.turns - 1) % len(PEOPLE)]
        self.room.desk.get_by_role("button", name=f"Presents {name}").click()
        expect(self.room.desk.get_by_role("heading", name=f"{name} presents")).to_be_visible()
        theirs = "Your turn" if name == PEOPLE[0] else f"{name} presents"
        expect(self.room.phone.get_by_role("heading", name=theirs)).to_be_visible()

    def lose_the_network(self) -> None:
        """Notes on the phone and a question on the screen outlive a minute without network, and a reload."""
        desk, phone = self.room.desk, self.room.phone
        desk.get_by_role("link", name="Write down a question").click()
        phone.get_by_role("link", name="My notes and actions").click()
        for page in (desk, phone):
            page.wait_for_selector("html[data-ready]")
        notes, question = phone.get_by_label("My notes"), desk.get_by_label("Your question")
        notes.fill("Go slowly")
        said(phone, "Saved. Only you can read it.")
        if "asking" not in self.room.looked:
            self.room.look("asking")
        with offline(desk, phone):
            notes.press_sequentially(", and look back")
            question.fill(f"What if you waited {self.number}?")
            question.press("Enter")
            said(phone, "the connection is lost")
            said(desk, "Not sent")
            time.sleep(self.away)
            expect(notes).to_have_value("Go slowly, and look back")
            expect(question).to_have_value(f"What if you waited {self.number}?")
        said(phone, "Saved. Only you can read it.")
        warned: list[str] = []

        def stay(dialog: Dialog) -> None:
            warned.append(dialog.type)
            dialog.dismiss()

        desk.once("dialog", stay)
        self.reload(desk)
        self.promised(warned == ["beforeunload"], f"{self.key}: a reload warns of a question that is not sent")
        expect(question).to_have_value(f"What if you waited {self.number}?")
        question.press("Enter")
        said(desk, "It is kept.")
        phone.reload()
        expect(notes).to_have_value("Go slowly, and look back")
        self.promised(
            not phone.get_by_text("What if you waited").count(), f"{self.key}: not read before the turn is over"
        )
        self.mine = phone.url
        for page in (desk, phone):
            page.get_by_role("link", name="Back to the room").click()
        for page in (desk, phone):
            page.wait_for_selector("#room")
        with offline(desk):
            desk.get_by_role("button", name="Pause").click()
            said(desk, "Not sent yet: the connection is lost.")
        said(phone, "Paused")
        expect(desk.get_by_role("button", name="Go on")).to_be_visible()
        desk.reload()
        self.room.press("Go on")

    def reload(self, page: Page) -> None:
        """Reload a page that may refuse."""
        page.evaluate("setTimeout(() => location.reload(), 0)")
        page.wait_for_timeout(1500)

    def review(self) -> None:
        """The action of the last meeting is there."""
        self.room.phone.get_by_role("link", name="What was tried, and what was learned").click()
        said(self.room.phone, f"Wait until Easter {self.number - 1}")
        self.room.phone.go_back()
        self.room.phone.wait_for_selector("#room")

    def write_words(self) -> None:
        """A word of the phone's is on the screen."""
        desk, phone = self.room.desk, self.room.phone
        for page in (desk, phone):
            page.get_by_role("link", name="Words and concepts").click()
        line = phone.get_by_label("A word or a short phrase")
        line.fill("ownership")
        line.press("Enter")
        said(desk, "ownership")
        self.room.look("words")
        for page in (desk, phone):
            page.go_back()
            page.wait_for_selector("#room")

    def after_the_turn(self) -> None:
        """The presenter reads the question, alone, and logs an action."""
        phone, desk = self.room.phone, self.room.desk
        phone.goto(self.mine)
        said(phone, f"What if you waited {self.number}?")
        answer = desk.context.request.get(self.mine)
        self.promised(answer.status == 404, f"{self.key}: nobody else reads what was asked: {answer.status}")
        phone.get_by_role("link", name="Add an action").click()
        fill(phone, {"What I will do": f"Wait until Easter {self.number}", "Until": "2098-04-01"})
        phone.get_by_role("button", name="Save").click()
        said(phone, f"Wait until Easter {self.number}")

    def close(self, meeting: str) -> None:
        """The close reaches the phone by itself."""
        desk, phone = self.room.desk, self.room.phone
        phone.goto(f"{meeting}room/")
        desk.get_by_role("link", name="Close the meeting").first.click()
        for name in PEOPLE:
            expect(desk.get_by_label(name, exact=True)).to_be_checked()
        desk.get_by_role("button", name="Close the meeting").click()
        said(desk, "The closing questions are open until")
        said(phone, "The meeting is closed. Thank you.")


def main() -> int:
    """Every format, and what was measured; 1 if something did not hold."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("formats", nargs="*", metavar="FORMAT", help=", ".join(AGENDAS))
    asked.add_argument("--offline", type=float, default=60, help="seconds without network, for each format")
    asked.add_argument("--pictures", type=Path, help="a folder for pictures of what was looked at")
    options = asked.parse_args()
    if unknown := set(options.formats) - set(AGENDAS):
        asked.error(f"no such format: {', '.join(unknown)}")
    if options.pictures:
        options.pictures.mkdir(parents=True, exist_ok=True)
    counts, began = Counts(), time.monotonic()
    with living(BEGIN) as crowd:
        walk_all(crowd, counts, options.formats or list(AGENDAS), options.offline, options.pictures)
        for fault in crowd.faults:
            counts.promised("ERR_INTERNET_DISCONNECTED" in fault, fault)
    times = os.times()
    print(f"{time.monotonic() - began:.0f} s, {times.children_user + times.children_system:.0f} of the processor")
    print("all held" if not counts.broken else f"{len(counts.broken)} did not hold")
    return int(bool(counts.broken))


def walk_all(crowd: Crowd, counts: Counts, keys: list[str], away: float, pictures: Path | None) -> None:
    """A set with a meeting a month, each of another format."""
    farid, aoife = crowd.add("Farid Aziz"), crowd.add(PEOPLE[0], viewport=PHONE)
    olga = crowd.add("Olga Ek")
    set_up(olga, farid, "North", "Europe/London", "England")
    set_path = accept(farid, "North")
    invite(farid, set_path, PEOPLE)
    for name in PEOPLE:
        person = aoife if name == PEOPLE[0] else crowd.add(name, viewport=PHONE)
        accept(person, "North")
        person.rests()
    olga.rests()
    for person in (farid, aoife):
        person.context.add_init_script(NOTE_WHEN_SHOWN)
    desk = farid.goes_to(f"{set_path.replace('/sets/', '/meetings/sets/')}schedule/")
    fill(desk, {"Number of months": str(len(keys)), "Not before": "2026-09-05"})
    desk.get_by_role("button", name="Show the dates").click()
    desk.get_by_role("button", name="Save these dates").click()
    desk.goto(set_path)
    for number, (key, meeting) in enumerate(zip(keys, meetings_on(desk), strict=True)):
        farid.rests()
        aoife.rests()
        crowd.site.move(begins(crowd, meeting) + timedelta(minutes=1))
        for person in (farid, aoife):
            person.goes_to("/")
        room = Room(farid, aoife, counts, pictures)
        room.name = key
        walk = Walk(room, key, number, away)
        walk.plan(set_path, meeting)
        walk.run(meeting)
        walk.after_the_turn()
        walk.close(meeting)
        over = sum(late > MOST_LATE for late in room.late)
        print(
            f"{key}: {room.stages} stages, {room.presses} presses; the phone shows it after "
            f"{statistics.median(room.late):.2f} s, {max(room.late):.2f} at most, {over} times more than a second; "
            f"clocks differ by {max(room.apart)} s at most; {len(room.looked)} kinds of stage looked at; "
            f"load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
        counts.promised(over <= room.presses / 20, f"{key}: both agree within a second")
        counts.promised(max(room.late) <= 2 * MOST_LATE, f"{key}: both agree within two seconds")


def begins(crowd: Crowd, meeting: str) -> datetime:
    """When a meeting begins, as the letter with its dates has it."""
    crowd.site.settle()
    for letter in reversed(crowd.site.letters):
        for part in letter.message.iter_attachments():
            text = str(part.get_content(), "utf-8") if isinstance(part.get_content(), bytes) else part.get_content()
            if meeting in text.replace("\r\n ", ""):
                found = re.search(r"DTSTART:(\d{8}T\d{6})Z", text)
                assert found
                return datetime.strptime(found[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    raise AssertionError(f"no letter about {meeting}")


if __name__ == "__main__":
    sys.exit(main())
