"""Live through a year of three sets in browsers, in compressed time; another library reads all mail and every feed.

    .venv/bin/python bench/year.py              # eleven months; some twelve minutes of the processor
    .venv/bin/python bench/year.py --months 5   # whatever changes, changes in the first five

The product runs as `manage.py serve` does, with its worker and its schedule; its clock is moved from one moment to the
next at which something is due (tests/moved_clock.py). One facilitator leads three sets in three countries; eighteen
members, two who join late and an organiser have browsers and mail of their own. Thirty-three meetings are held; one
was moved, one cancelled and held after all, one cancelled for good, a series changed from one meeting on; somebody
leaves, a set is handed over, and a report of each set is released. Everybody acts on pages, and by links in letters.

Every letter is read by Python's own parser, every entry and feed by vobject (the product writes them with icalendar).
Ends with status 1 if one of the promises does not hold; each that is broken is printed.
"""

import argparse
import os
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import vobject
from playwright.sync_api import Error, Page, expect

from bench.browsing import (
    Counts,
    Crowd,
    Letter,
    Person,
    accept,
    address,
    fill,
    invite,
    living,
    meetings_on,
    place,
    said,
    set_up,
)
from tests.journeys.browser import PHONE

BEGIN = datetime(2026, 9, 1, 8, tzinfo=UTC)
BEFORE = (timedelta(days=7), timedelta(days=1))  # when a set reminds, unless it chooses otherwise
FACILITATOR, SUCCESSOR, ORGANISER = "Farid Aziz", "Greta Holm", "Olga Ek"


@dataclass
class Plan:
    """A set, as it is to be made, and what has become of it."""

    name: str
    zone: str
    country: str
    rule: dict[str, str]  # of its schedule: labels and what is chosen there
    people: list[str]
    led_by: str = FACILITATOR
    path: str = ""  # of its page
    meetings: list[str] = field(default_factory=list)  # by date as first planned


def plans(months: int) -> list[Plan]:
    """Three sets of six in three zones, whose clocks change on different days, or at different hours. The one whose
    meeting is cancelled for good has a month more."""
    few, more = str(months), str(months + 1)
    return [
        Plan(
            "North",
            "Europe/London",
            "England",
            {"Which one of the month": "Second", "Weekday": "Tuesday", "From": "14:00", "To": "17:00", "Months": few},
            ["Aoife Byrne", "Bram Visser", "Carys Pugh", "Dmitri Orlov", "Elif Kaya", "Femi Ojo"],
        ),
        Plan(
            "South",
            "Europe/Stockholm",
            "Sweden",
            {"Which one of the month": "Second", "Weekday": "Wednesday", "From": "09:00", "To": "12:00", "Months": few},
            ["Gunnar Ek", "Hanna Lund", "Ivar Berg", "Jonna Falk", "Kalle Strand", "Lisa Nyman"],
        ),
        Plan(
            "West",
            "America/New_York",
            "United States",
            {"Which one of the month": "Second", "Weekday": "Thursday", "From": "10:00", "To": "13:00", "Months": more},
            ["Marcus Reed", "Nadia Flores", "Otis Grant", "Paula Quinn", "Quincy Ames", "Rosa Diaz"],
        ),
    ]


# --- Calendars ----------------------------------------------------------------------------------------------------

Times = tuple[datetime, datetime]


@dataclass(frozen=True)
class Entry:
    """What a calendar keeps of an event."""

    sequence: int
    starts: datetime
    ends: datetime
    status: str

    @property
    def times(self) -> Times:
        """From when to when."""
        return self.starts, self.ends


class Post:
    """Everybody's calendar, filled by the letters alone, as a mail program fills it (RFC 5546)."""

    def __init__(self, counts: Counts) -> None:
        self.calendars: dict[str, dict[str, Entry]] = defaultdict(dict)
        self.reminded: Counter[tuple[str, str]] = Counter()
        self.read = self.entries = self.raised = 0
        self.counts = counts

    def deliver(self, letters: list[Letter]) -> None:
        """Read what came since."""
        for letter in letters[self.read :]:
            self._read(letter)
        self.read = len(letters)

    def _read(self, letter: Letter) -> None:
        promised, message = self.counts.promised, letter.message
        told = f"{letter.subject!r} to {letter.to}"
        alone = re.fullmatch(r"[a-z]+@example\.org", letter.to)
        promised(alone and not message["Cc"] and not message["Bcc"], f"one recipient: {told}")
        promised(message["Message-ID"], f"a Message-ID: {told}")
        names = [name for name in ("North", "South", "West") if name in letter.subject]
        promised(not names, f"no set is named in a subject: {told}")
        if letter.subject.startswith("A reminder"):
            meeting = re.search(r"/meetings/([0-9a-f-]{36})/", letter.body)
            promised(meeting, f"a reminder leads to its meeting: {told}")
            self.reminded[letter.to, meeting[1] if meeting else ""] += 1
        for part in message.iter_attachments():
            self._put_down(letter, part, told)

    def _put_down(self, letter: Letter, part: Any, told: str) -> None:
        promised, text = self.counts.promised, part.get_content()
        text = text.decode() if isinstance(text, bytes) else text
        promised(part.get_content_type() == "text/calendar", f"only entries are attached: {told}")
        (calendar,) = vobject.readComponents(text)
        (event,) = calendar.vevent_list
        entry, uid = entry_of(event), event.uid.value
        method = calendar.method.value
        promised(part.get_param("method") == method, f"the method stands in the type: {told}")
        promised(method == ("CANCEL" if entry.status == "CANCELLED" else "REQUEST"), f"a method that fits: {told}")
        promised(
            [one.value for one in event.attendee_list] == [f"mailto:{letter.to}"], f"one guest, its reader: {told}"
        )
        promised(uid in event.url.value, f"the identifier is the meeting's: {told}")
        mine, leaves = self.calendars[letter.to], letter.subject == "Dates that leave your calendar"
        known = mine.get(uid)
        if known is not None and known != entry:
            raised = entry.sequence > known.sequence
            self.raised += raised
            promised(raised or (leaves and entry.sequence == known.sequence), f"a higher SEQUENCE: {told}, {uid}")
        self.entries += 1
        mine[uid] = entry


def entry_of(event: Any) -> Entry:
    """What a calendar keeps of an event; its times are given in UTC, or it breaks."""
    for line in (event.dtstart, event.dtend, event.dtstamp):
        assert re.fullmatch(r"(DTSTART|DTEND|DTSTAMP):\d{8}T\d{6}Z\s*", line.serialize()), line.serialize()
    return Entry(int(event.sequence.value), event.dtstart.value, event.dtend.value, event.status.value)


def confirmed(calendar: dict[str, Entry]) -> dict[str, Times]:
    """What is not cancelled."""
    return {uid: entry.times for uid, entry in calendar.items() if entry.status == "CONFIRMED"}


# --- What people do -----------------------------------------------------------------------------------------------


class Year:
    """The year, its sets and its people."""

    def __init__(self, crowd: Crowd, counts: Counts, months: int) -> None:
        self.crowd, self.site, self.counts = crowd, crowd.site, counts
        self.sets = plans(months)
        self.post = Post(counts)
        self.held: Counter[str] = Counter()
        self.cannot: set[tuple[str, str]] = set()  # address and meeting
        self.joined: dict[tuple[str, str], datetime] = {}  # address and set
        self.left: dict[tuple[str, str], datetime] = {}
        self.done: set[tuple[str, str]] = set()  # meetings, and what was done about them already
        self.released: list[str] = []
        self.happened: list[str] = []
        self.compared = 0
        self.later: list[tuple[datetime, Callable[[], None]]] = []

    # --- The beginning ---

    def found(self) -> None:
        """The first programme, its three sets, everybody invited by letter, and the dates."""
        crowd = self.crowd
        olga, farid = crowd.add(ORGANISER), crowd.add(FACILITATOR)
        north = self.sets[0]
        page = set_up(olga, farid, north.name, north.zone, north.country)
        programme = page.url
        for plan in self.sets[1:]:
            page.get_by_role("link", name="Make another set").click()
            fill(page, {"Name of the set": plan.name, **place(plan.zone, plan.country)})
            page.get_by_role("button", name="Make the set").click()
            page.goto(programme)
            self.invites(page, plan.name, farid)
        olga.rests()
        for plan in self.sets:
            self.accepts(farid, plan)
            invite(farid, plan.path, plan.people)
        for plan in self.sets:
            for name in plan.people:
                self.accepts(crowd.add(name, viewport=PHONE), plan)
            self.schedule(farid, plan)
        self.site.settle()
        self.post.deliver(self.site.letters)

    def invites(self, page: Page, plan_name: str, whom: Person) -> None:
        """The organiser invites who facilitates a set."""
        page.get_by_role("link", name=f"Invite a facilitator to {plan_name}").click()
        page.get_by_label("People to invite").fill(f"{whom.name}, {whom.email}")
        page.get_by_role("button", name="Show the preview").click()
        page.get_by_role("button", name="Send 1 invitation").click()

    def accepts(self, person: Person, plan: Plan) -> None:
        """Somebody takes a place, and is of the set from then on."""
        plan.path = accept(person, plan.name)
        self.joined[person.email, plan.name] = self.site.told_time()
        if person.name != FACILITATOR:
            person.rests()

    def schedule(self, farid: Person, plan: Plan) -> None:
        """The series, on the screen that shows every date before it is saved."""
        page = farid.goes_to(plan.path)
        page.get_by_role("link", name="Schedule meetings").click()
        rule = dict(plan.rule)
        fill(page, {"Number of months": rule.pop("Months"), "Not before": "2026-09-05", **rule})
        expect(page.get_by_label("Time zone")).to_have_value(plan.zone)
        page.get_by_role("button", name="Show the dates").click()
        page.get_by_role("button", name="Save these dates").click()
        page.goto(f"{plan.path.replace('/sets/', '/meetings/sets/')}schedule/")  # a set's own page shows only the next
        plan.meetings = [one.split("/")[2] for one in meetings_on(page)]
        self.counts.promised(len(plan.meetings) == int(plan.rule["Months"]), f"all dates of {plan.name} can be found")

    # --- The months ---

    def entry(self, plan: Plan, uid: str) -> Entry:
        """A meeting as it stands in the calendar of somebody who stays."""
        return self.post.calendars[address(plan.people[0])][uid]

    def next_moment(self, now: datetime) -> datetime | None:
        """When something is due next."""
        little, hour = timedelta(minutes=10), timedelta(hours=1)  # clocks may change in between
        moments = [moment for moment, _do in self.later]
        for plan in self.sets:
            for uid in plan.meetings:
                entry = self.entry(plan, uid)
                moments += [entry.starts - before + hour + little for before in BEFORE]
                moments += [entry.starts + little]
        return min((moment for moment in moments if moment > now), default=None)

    def live(self) -> None:
        """From one moment to the next, until nothing is due any more."""
        while (moment := self.next_moment(self.site.now)) is not None:
            self.site.move(moment)
            self.post.deliver(self.site.letters)
            due = [(when, do) for when, do in self.later if when <= moment]
            self.later = [one for one in self.later if one not in due]
            for _when, do in sorted(due, key=lambda one: one[0]):
                self.tried("what was to be done then", do)
            for plan in self.sets:
                for number, uid in enumerate(plan.meetings):
                    self.look_at(plan, number, uid, moment)
            self.site.settle()
            self.post.deliver(self.site.letters)

    def look_at(self, plan: Plan, number: int, uid: str, now: datetime) -> None:
        """Do what is due about one meeting."""
        entry = self.entry(plan, uid)
        if entry.status != "CONFIRMED":
            return
        until = entry.starts - now
        if timedelta(days=6) < until < timedelta(days=7) and self.first(uid, "planned"):
            for act in (self.plan_agenda, self.one_cannot_come, self.what_happens):
                self.tried(act.__name__, lambda act=act: act(plan, number, uid))  # type: ignore[misc]
        if timedelta(0) >= until > -timedelta(hours=1) and self.first(uid, "held"):
            self.tried("hold", lambda: self.hold(plan, number, uid))

    def tried(self, what: str, act: Callable[[], None]) -> None:
        """Do it; what goes wrong is a broken promise, and the year goes on."""
        try:
            act()
        except (AssertionError, Error, TimeoutError) as wrong:
            self.counts.promised(False, f"{self.site.now:%d %B %Y}, {what}: {str(wrong)[:400]}")
            self.crowd.looks_at()

    def first(self, uid: str, what: str) -> bool:
        """Whether this is done for the first time."""
        new = (uid, what) not in self.done
        self.done.add((uid, what))
        return new

    def at(self, moment: datetime, do: Callable[[], None]) -> None:
        """Do something later."""
        self.later.append((moment, do))

    def plan_agenda(self, plan: Plan, number: int, uid: str) -> None:
        """From a template the first time, then as last time; what was put aside is carried on."""
        page = self.crowd[plan.led_by].goes_to(f"/meetings/{uid}/agenda/")
        kinds = {"North": "Classic set", "South": "Troika", "West": "Post-it method"}
        name = re.compile("The agenda of the meeting before") if number else re.compile(kinds[plan.name])
        page.get_by_role("radio", name=name).check()
        page.get_by_role("button", name="Begin with it").click()
        page.locator("[data-section]").first.wait_for()
        left = page.get_by_role("checkbox", name=re.compile(r"Tariffs \d+"))
        self.counts.promised(bool(left.count()) == bool(number), f"what was put aside is offered: {plan.name} {number}")
        if left.count():
            left.first.check()
            page.get_by_role("button", name="Put these on the agenda").click()
            expect(page.locator("[data-section]", has_text="Tariffs")).not_to_have_count(0)

    def one_cannot_come(self, plan: Plan, number: int, uid: str) -> None:
        """Each month another member says so by the link in their reminder; every third can come after all."""
        person = self.crowd[plan.people[1 + number % (len(plan.people) - 1)]]
        if (person.email, plan.name) in self.left:
            return
        link = self.site.letter_to(person.email, "A reminder").link("/apologies/")
        self.counts.promised(uid in link, f"the newest reminder is of this meeting: {person.name}")
        page = person.goes_to(link)
        page.get_by_label("Reason").fill("On leave")
        page.get_by_role("button", name="I can't come").click()
        said(page, "Your set can see that you can't come.")
        if number % 3:
            self.cannot.add((person.email, uid))
        else:
            page.get_by_role("button", name="I can come after all").click()
            said(page, "You are expected.")
        person.rests()

    def hold(self, plan: Plan, number: int, uid: str) -> None:
        """The room for a while, then the close; the answers where a report is to follow."""
        page = self.crowd[plan.led_by].goes_to(f"/meetings/{uid}/")
        page.get_by_role("link", name="The room").click()
        page.get_by_role("button", name=re.compile("^Begin: ")).click()
        here = [name for name in plan.people if not self.is_away(plan, name, uid)]
        for name in here:
            page.get_by_role("button", name=name, exact=True).click()
            expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "true")
        for _step in range(2):
            heading = page.locator("#now").inner_text()
            page.get_by_role("button", name="Next").click()
            expect(page.locator("#now")).not_to_have_text(heading)
        page.get_by_role("button", name=re.compile("^Presents ")).first.click()
        expect(page.get_by_role("heading", name=re.compile(" presents$"))).to_be_visible()
        page.get_by_label("Put aside for later").fill(f"Tariffs {number}")
        page.get_by_role("button", name="Put it in the parking lot").click()
        expect(page.locator("#parking ~ ul", has_text=f"Tariffs {number}")).to_be_visible()
        page.get_by_role("link", name="Close the meeting").first.click()
        for name in here:
            expect(page.get_by_label(name, exact=True)).to_be_checked()
        page.get_by_role("button", name="Close the meeting").click()
        said(page, "The closing questions are open until")
        self.held[plan.name] += 1
        print(f"{self.site.now:%d %B %Y}: {plan.name} has met {self.held[plan.name]} times", flush=True)
        now = self.site.told_time()
        if number in (0, 5):
            for name in here:
                self.answer(self.crowd[name], number)
        self.at(now + timedelta(hours=48, minutes=5), lambda: self.tipped(plan, number, uid))

    def is_away(self, plan: Plan, name: str, uid: str) -> bool:
        """Whether somebody of the set does not come."""
        email = self.crowd[name].email
        return (email, uid) in self.cannot or (email, plan.name) in self.left

    def answer(self, person: Person, number: int) -> None:
        """The closing questions, on a phone."""
        page = person.goes_to("/challenges/reflect/")
        page.get_by_label("What will I do now?").fill(ANSWERS[len(person.name) % len(ANSWERS)])
        page.get_by_label("My set and the report, without my name").first.check()
        page.get_by_role("button", name="Put my answers in the box").click()
        page.get_by_text("In the box", exact=True).first.wait_for()
        person.rests()

    def tipped(self, plan: Plan, number: int, uid: str) -> None:
        """After the deadline the box is empty; of the first month a report is made."""
        page = self.crowd[plan.led_by].goes_to(f"/meetings/{uid}/")
        said(page, "The box was tipped out.")
        if number == 0:
            self.make_report(plan, page)

    # --- What happens in between ---

    def what_happens(self, plan: Plan, number: int, _uid: str) -> None:
        """In the week before one of the meetings something changes."""
        changes: dict[tuple[str, int], Callable[[Plan], None]] = {
            ("North", 1): self.move_one,
            ("South", 1): self.cancel_for_a_day,
            ("West", 1): self.cancel_for_good,
            ("North", 2): self.change_what_follows,
            ("South", 2): self.join_late,
            ("West", 3): self.hand_over,
            ("North", 3): self.join_late,
            ("South", 3): self.leave,
            ("West", 4): self.change_the_place,
        }
        change = changes.get((plan.name, number))
        if change and number + 1 < len(plan.meetings):  # in a short try there is not always something left to change
            self.site.settle()
            self.post.deliver(self.site.letters)
            change(plan)
            self.happened.append(f"{plan.name} {number + 1}: {change.__name__}")

    def changes(self, plan: Plan, number: int) -> Page:
        """The page on which a meeting is moved."""
        page = self.crowd[plan.led_by].goes_to(f"/meetings/{plan.meetings[number]}/")
        page.get_by_role("link", name="Move it or change the place").click()
        return page

    def move_one(self, plan: Plan) -> None:
        """The next meeting is nine days later, over a weekend and elsewhere."""
        page = self.changes(plan, 2)
        day = date.fromisoformat(page.get_by_label("Date", exact=True).input_value())
        fill(page, {"Date": str(day + timedelta(days=9)), "Place (optional)": "The town hall"})
        page.get_by_role("button", name="Save", exact=True).click()
        said(page, "Everybody in the set gets an e-mail about it in a minute.")

    def change_what_follows(self, plan: Plan) -> None:
        """From the next meeting on the set meets a day later, and for two hours; each date is shown before."""
        page = self.changes(plan, 3)
        day = date.fromisoformat(page.get_by_label("Date", exact=True).input_value())
        fill(page, {"Date": str(day + timedelta(days=1)), "To": "16:00"})
        page.get_by_label("This one and those planned after it").check()
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("heading", name="This is what changes")).to_be_visible()
        page.get_by_role("button", name="Save these changes").click()

    def change_the_place(self, plan: Plan) -> None:
        """The next meeting is in another place, at the same time."""
        page = self.changes(plan, 5)
        fill(page, {"Place (optional)": "The library, second floor"})
        page.get_by_role("button", name="Save", exact=True).click()

    def cancel(self, plan: Plan, number: int) -> Page:
        """One meeting is not held."""
        page = self.crowd[plan.led_by].goes_to(f"/meetings/{plan.meetings[number]}/")
        page.get_by_role("link", name="Cancel it").click()
        page.get_by_role("button", name="Cancel the meeting").click()
        said(page, "This meeting is cancelled.")
        return page

    def cancel_for_a_day(self, plan: Plan) -> None:
        """The next meeting is cancelled, and held after all."""
        self.cancel(plan, 2)
        self.at(self.site.now + timedelta(days=1), lambda: self.restore(plan, 2))

    def restore(self, plan: Plan, number: int) -> None:
        """It is held after all."""
        page = self.crowd[plan.led_by].goes_to(f"/meetings/{plan.meetings[number]}/")
        page.get_by_role("button", name="Hold it after all").click()
        said(page, "The meeting will be held.")

    def cancel_for_good(self, plan: Plan) -> None:
        """The next meeting is not held."""
        self.cancel(plan, 2)

    def join_late(self, plan: Plan) -> None:
        """Somebody is invited in the middle of the year."""
        name = {"South": "Mette Dahl", "North": "Ursula Thorn"}[plan.name]
        invite(self.crowd[plan.led_by], plan.path, [name])
        self.accepts(self.crowd.add(name, viewport=PHONE), plan)
        plan.people.append(name)

    def leave(self, plan: Plan) -> None:
        """The facilitator says that somebody left."""
        self.takes_out(plan, plan.people[5])

    def takes_out(self, plan: Plan, name: str) -> None:
        """Somebody is in the set no more."""
        page = self.crowd[plan.led_by].goes_to(f"{plan.path}members/")
        page.get_by_role("link", name=f"Details of {name}").click()
        page.get_by_role("button", name=f"{name} has left the set").click()
        said(page, f"{name} has left the set.")
        self.left[self.crowd[name].email, plan.name] = self.site.now

    def hand_over(self, plan: Plan) -> None:
        """Through the organiser's invitation: who facilitated the set leaves it when somebody else does."""
        olga, greta = self.crowd[ORGANISER], self.crowd.add(SUCCESSOR)
        page = olga.goes_to("/")
        page.get_by_role("link", name="Unlocking").click()
        self.invites(page, plan.name, greta)
        olga.rests()
        self.accepts(greta, plan)
        plan.led_by = SUCCESSOR
        self.takes_out(plan, FACILITATOR)

    # --- Reports ---

    def make_report(self, plan: Plan, page: Page) -> None:
        """Made, checked, given to the set, and released when the set had its time."""
        page.get_by_role("button", name="Write up").click()
        page.get_by_role("link", name=re.compile(plan.name)).first.wait_for()
        page.get_by_role("button", name="Make the pages").click()
        page.get_by_role("button", name="Give it to the set").click(timeout=300_000)
        said(page, "The pages are with the set until")
        progress = page.url
        reader = self.crowd[plan.people[0]]
        self.site.settle()
        theirs = reader.goes_to("/reports/reading/")
        expect(theirs.get_by_text(re.compile("^The report in "))).to_be_visible()
        reader.rests()
        self.at(self.site.told_time() + timedelta(days=7, hours=1), lambda: self.release(plan, progress))

    def release(self, plan: Plan, progress: str) -> None:
        """Those very pages; then the organiser has them."""
        page = self.crowd[plan.led_by].goes_to(re.sub(r"^https?://[^/]+", "", progress))
        page.get_by_label("I have read these pages").check()
        page.get_by_role("button", name="Release these pages").click()
        said(page, "The report is released.")
        olga = self.crowd[ORGANISER]
        self.site.settle()
        theirs = olga.goes_to(self.site.letter_to(olga.email, "A report is out").link("/reports/"))
        with theirs.expect_download() as download:
            theirs.get_by_role("link", name=re.compile(r"\(PDF\)|PDF")).first.click()
        self.counts.promised(Path(download.value.path()).read_bytes().startswith(b"%PDF"), "the organiser has the PDF")
        self.released.append(plan.name)
        olga.rests()

    # --- The end ---

    def compare(self) -> None:
        """What came by mail is what each feed and each page of the calendar says, and what was held."""
        names = {plan.path.split("/")[2]: plan.name for plan in self.sets}
        self.counts.promised(len(names) == len(self.sets), "each set has a page of its own")
        of_set = {uid: plan for plan in self.sets for uid in plan.meetings}
        for person in self.crowd.people.values():
            self.tried(f"compare {person.name}", lambda person=person: self.compare_for(person, of_set))  # type: ignore[misc]
        for name, number in self.held.items():
            (plan,) = [one for one in self.sets if one.name == name]
            stand = confirmed({uid: self.entry(plan, uid) for uid in plan.meetings})
            self.counts.promised(len(stand) == number, f"{name}: {len(stand)} stand, {number} were held")
        self.compare_reminders(of_set)

    def compare_for(self, person: Person, of_set: dict[str, Plan]) -> None:
        """One person's mail, feed, and calendar page."""
        page = person.goes_to("/meetings/calendar/yours/")
        page.get_by_role("button", name="Make an address").click()
        text = urlopen(page.locator("code.address").inner_text(), timeout=20).read().decode()
        feed = {one.uid.value: entry_of(one) for one in getattr(vobject.readOne(text), "vevent_list", [])}
        mailed = {uid: one for uid, one in self.post.calendars[person.email].items() if self.is_in(person, of_set[uid])}
        told = {uid: replace(entry, sequence=0) for uid, entry in feed.items() if uid in mailed}
        same = told == {uid: replace(entry, sequence=0) for uid, entry in mailed.items()}
        self.counts.promised(same, f"mail and feed of {person.name} say the same")
        counted = all(feed[uid].sequence >= entry.sequence for uid, entry in mailed.items() if uid in feed)
        self.counts.promised(counted, f"the feed of {person.name} counts no less far than their mail")
        joined = {plan.name: self.joined.get((person.email, plan.name)) for plan in self.sets}
        untold = [uid for uid in feed if uid not in mailed]
        for uid in untold:
            came = joined[of_set[uid].name]
            before = came is not None and feed[uid].starts < came
            cancelled = feed[uid].status == "CANCELLED"
            self.counts.promised(before or cancelled, f"{person.name} was told of {uid}, {feed[uid].starts}")
        shown = self.shown_to(page)
        expected = Counter(self.as_shown(of_set[uid], entry) for uid, entry in feed.items())
        self.counts.promised(
            shown == expected, f"feed and pages of {person.name}: {shown - expected} {expected - shown}"
        )
        self.compared += 1
        person.rests()

    def is_in(self, person: Person, plan: Plan) -> bool:
        """Whether somebody is in this set now."""
        return (person.email, plan.name) not in self.left

    def as_shown(self, plan: Plan, entry: Entry) -> tuple[str, str, str, bool]:
        """An entry as a month's page says it: by the clocks where the set meets."""
        local = entry.starts.astimezone(ZoneInfo(plan.zone))
        return plan.name, f"{local:%Y-%m-%d}", f"{local:%H:%M}", entry.status == "CANCELLED"

    def shown_to(self, page: Page) -> Counter[tuple[str, str, str, bool]]:
        """What the calendar's pages show of the year, month by month."""
        found: Counter[tuple[str, str, str, bool]] = Counter()
        for n in range(8, 20):  # a whole page each: what is clicked on may be looked at before it is all there
            page.goto(f"/meetings/calendar/?month={2026 + n // 12}-{n % 12 + 1:02}", wait_until="domcontentloaded")
            for day, line in page.locator("td:not(.month-other)").evaluate_all(LINES):
                name, clock, rest = (*line.split(" ", 2), "")[:3]
                found[name, day, clock, "Cancelled" in rest] += 1
        return found

    def compare_reminders(self, of_set: dict[str, Plan]) -> None:
        """Everybody was reminded of each meeting twice; once who then said that they can't come."""
        expected: Counter[tuple[str, str]] = Counter()
        for (email, name), came in self.joined.items():
            (plan,) = [one for one in self.sets if one.name == name]
            for uid in plan.meetings:
                entry, gone = self.entry(plan, uid), self.left.get((email, name))
                for before in BEFORE:
                    due = entry.starts - before
                    there = came < due and (gone is None or due < gone)
                    away = (email, uid) in self.cannot and before == BEFORE[1]
                    if entry.status == "CONFIRMED" and there and not away:
                        expected[email, uid] += 1
        wrong = (self.post.reminded - expected) + (expected - self.post.reminded)
        told = [f"{email} {of_set[uid].name} {self.entry(of_set[uid], uid).starts}" for email, uid in wrong]
        self.counts.promised(not wrong, f"reminders too many or too few: {told[:5]}, in all {len(told)}")


LINES = """cells => cells.flatMap(cell => [...cell.querySelectorAll("li")].map(
    line => [cell.querySelector("time").dateTime, line.innerText.replace(/\\s+/g, " ").trim()]))"""
ANSWERS = [
    "I will ask the night team first.",
    "I will go and look before I write anything.",
    "I will put the question to the people who queue.",
    "I will wait a month, and then ask again.",
    "I will draw it on one page.",
    "I will leave one meeting out each week.",
]


def main() -> int:
    """The year, and what it came to; 1 if a promise did not hold."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--months", type=int, default=11, help="of each set, for a shorter try")
    options = asked.parse_args()
    counts, began = Counts(), time.monotonic()
    with living(BEGIN) as crowd:
        year = Year(crowd, counts, options.months)
        year.found()
        year.live()
        year.compare()
        for fault in crowd.faults:
            counts.promised(False, fault)
        sign_ins = sum(one.sign_ins for one in crowd.people.values())
    times = os.times()
    print(f"meetings held {dict(year.held)}, in all {year.held.total()}; what happened: {'; '.join(year.happened)}")
    print(f"people {len(crowd.people)}, who signed in {sign_ins} times; reports released {', '.join(year.released)}")
    print(
        f"letters {year.post.read}, with {year.post.entries} entries, of which {year.post.raised} changed another, by "
        f"a higher SEQUENCE; reminders {year.post.reminded.total()}; feeds and calendars compared {year.compared}"
    )
    print(f"{time.monotonic() - began:.0f} s, {times.children_user + times.children_system:.0f} of the processor")
    counts.promised(len(year.released) == len(year.sets), "a report of each set is released")
    counts.promised(year.held.total() == 3 * options.months, f"{3 * options.months} meetings are held")
    if options.months >= 5:
        counts.promised(len(year.happened) == 9, "everything happened")
    print("all promises held" if not counts.broken else f"{len(counts.broken)} promises broken")
    return int(bool(counts.broken))


if __name__ == "__main__":
    sys.exit(main())
