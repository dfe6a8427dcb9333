"""A meeting in two browsers: the facilitator's screen and a member's phone agree, through a lost connection too."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone
from playwright.sync_api import APIResponse, Locator, Page, Route, expect

from challenges.models import Airtime
from sessions import agenda, room
from sessions.models import AgendaItem, Meeting, Room
from tests.journeys.browser import DESK, PHONE, findings
from tests.world import World, make_world


def seconds(page: Page) -> int:
    """What the clock of a page shows, in seconds."""
    minutes, rest = page.get_by_role("timer").inner_text().removeprefix("−").split(":")
    return int(minutes) * 60 + int(rest)


def warns(page: Page) -> bool:
    """Whether leaving the page would ask about what was typed."""
    return bool(page.evaluate("() => !dispatchEvent(new Event('beforeunload', {cancelable: true}))"))


def bare(address: str) -> str:
    """An address without its query: what is asked there is answered whatever the page has seen."""
    return address.partition("?")[0]


def test_a_meeting_in_two_browsers(transactional_db: None, new_page: Callable[..., Page]) -> None:
    world: World = make_world()
    began = timezone.now() - timedelta(minutes=5)
    meeting = Meeting.objects.create(cohort=world.cohort, number=1, starts_at=began, time_zone="Europe/London")
    for kind, minutes, form in (("check-in", 5, ""), ("airtime", 33, "classic")):
        agenda.add(meeting, uuid4(), {"kind": kind, "minutes": minutes, "format": form})
    desk = new_page(user=world.people["Thaddeus"].user)
    phone = new_page(user=world.people["Gwilym"].user, viewport=PHONE)
    for page in (desk, phone):
        page.goto(f"/meetings/{meeting.pk}/")
        page.get_by_role("link", name="The room").click()
    expect(phone.get_by_text("Your facilitator begins.")).to_be_visible()
    phone.wait_for_timeout(2500)  # the clock comes to a page that has been open for a while

    desk.get_by_role("button", name="Begin: Check-in").focus()
    desk.keyboard.press("Enter")
    expect(phone.get_by_role("heading", name="Check-in")).to_be_visible(timeout=3000)
    expect(desk.get_by_role("button", name="Next")).to_be_focused()
    assert abs(seconds(desk) - seconds(phone)) <= 1
    Room.objects.update(since=timezone.now() - timedelta(seconds=238))  # 62 seconds are left
    both = ["Gwilym", "Ragnhild"]
    taps = [desk.get_by_role("button", name=name).get_attribute("id") for name in both]
    desk.evaluate(
        "ids => ids.forEach(id => document.getElementById(id).click())", [*taps, *taps]
    )  # quicker than answers
    for page in (desk, phone):
        expect(page.get_by_text("One minute left")).to_be_attached(timeout=6000)
    for name in both:
        expect(desk.get_by_role("button", name=name)).to_have_attribute("aria-pressed", "true")
    desk.get_by_role("button", name="Gwilym").click()
    desk.get_by_role("button", name="Fionnuala").click(delay=1500)  # the finger is down when the answer comes
    expect(desk.get_by_role("button", name="Gwilym")).to_have_attribute("aria-pressed", "false")
    expect(desk.get_by_role("button", name="Fionnuala")).to_have_attribute("aria-pressed", "true")
    desk.get_by_role("button", name="Gwilym").click()
    expect(desk.get_by_role("button", name="Gwilym")).to_have_attribute("aria-pressed", "true")
    room.park(meeting, "news while a key is down")
    desk.get_by_role("button", name="Fionnuala").press("Space", delay=1500)
    expect(desk.get_by_role("button", name="Fionnuala")).to_have_attribute("aria-pressed", "false")

    desk.context.set_offline(True)
    desk.get_by_role("button", name="Next").click()
    expect(desk.get_by_text("Not sent yet: the connection is lost.")).to_be_visible()
    counted = seconds(desk)
    desk.wait_for_function(
        "before => document.querySelector('[data-clock]').textContent !== before", arg=f"0:{counted:02}"
    )
    phone.context.set_offline(True)
    stale = phone.get_by_text("No connection: this may be out of date.")
    expect(stale.first).to_be_visible()
    for page in (desk, phone):
        page.context.set_offline(False)
        expect(page.get_by_role("heading", name="Airtime: Present")).to_be_visible()
    expect(stale).to_have_count(0)
    expect(phone.get_by_text("One minute left")).to_have_count(0)

    asked: list[tuple[Route, APIResponse]] = []
    desk.route("**/room/now/**", lambda route: asked.append((route, route.fetch(url=bare(route.request.url)))), times=1)
    while not asked:
        desk.wait_for_timeout(50)
    desk.get_by_role("button", name="Pause").click()
    expect(desk.get_by_text("Paused")).to_be_visible()
    route, before = asked[0]
    route.fulfill(response=before)  # how it stood before it was paused arrives after that
    desk.wait_for_timeout(200)
    assert desk.get_by_text("Paused").is_visible()
    expect(phone.get_by_text("Paused")).to_be_visible(timeout=3000)
    desk.reload()
    assert abs(seconds(desk) - seconds(phone)) <= 1
    expect(phone.get_by_text(re.compile(r"Ends about \d\d:\d[05]$"))).to_be_visible()
    phone.evaluate("() => { document.querySelector('[data-day]').dataset.rest = 4 * 60 * 60; }")  # as time goes by
    expect(phone.get_by_text(re.compile(r"Ends about .*, \d+ minutes later than planned"))).to_be_visible()
    line = desk.get_by_label("Put aside for later")
    line.fill("tariffs")
    line.press("Enter")
    expect(phone.get_by_text("tariffs")).to_be_visible(timeout=3000)
    expect(line).to_be_focused()
    desk.get_by_role("button", name="Presents Gwilym").click()
    expect(phone.get_by_role("heading", name="Your turn")).to_be_visible(timeout=3000)
    assert findings(desk) + findings(phone) == []
    desk.get_by_role("link", name="Write down a question").click()
    question = desk.get_by_label("Your question")
    question.fill("What if you waited?")
    question.press("Enter")
    expect(desk.get_by_text("It is kept.")).to_be_visible()
    expect(question).to_have_value("")
    assert not warns(desk)
    question.fill("What would Ragnhild say?")
    assert warns(desk)
    question.fill("")
    phone.get_by_role("link", name="My notes and actions").click()
    expect(phone.get_by_text("Your turn is on.")).to_be_visible()
    phone.wait_for_selector("html[data-ready]")
    phone.get_by_label("My notes").fill("Go slowly")
    expect(phone.get_by_text("Saved. Only you can read it.")).to_be_visible()
    desk.get_by_role("link", name="Back to the room").click()
    for _stage in range(6):
        version = Room.objects.get().version
        desk.get_by_role("button", name="Next").or_(desk.get_by_role("button", name="End")).click()
        expect(desk.locator(f"input[name=version][value='{version + 1}']")).to_be_attached()
    phone.reload()
    expect(phone.get_by_text("What if you waited?")).to_be_visible()
    assert findings(phone) == []
    phone.get_by_role("link", name="Add an action").click()
    phone.get_by_label("What I will do").fill("Wait until Easter")
    phone.get_by_label("Until").fill("2098-04-01")
    assert findings(phone) == []
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_text("Wait until Easter", exact=True)).to_be_visible()
    assert AgendaItem.objects.filter(reached=True).count() == 2


SEEN = """() => { const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
    return style.outlineStyle !== "none" && box.top >= 0 && box.bottom <= innerHeight }"""


def test_who_is_here_and_who_presents_from_the_keyboard_alone(
    transactional_db: None, new_page: Callable[..., Page]
) -> None:
    """On a wide screen and a narrow one: the focus stays where it was, in sight, whatever was pressed or is news."""
    world: World = make_world()
    began = timezone.now() - timedelta(minutes=5)
    meeting = Meeting.objects.create(cohort=world.cohort, number=1, starts_at=began, time_zone="Europe/London")
    for _turn in range(2):
        agenda.add(meeting, uuid4(), {"kind": "airtime", "minutes": 33, "format": "classic"})
    page = new_page(user=world.people["Thaddeus"].user)
    page.goto(f"/meetings/{meeting.pk}/room/")
    page.wait_for_selector("html[data-ready]")

    def press(target: Locator, key: str, then: str) -> None:
        """Walk to it with Tab, press a key, and stay there while it says what it leads to."""
        for _step in range(60):
            if target.evaluate("one => one === document.activeElement"):
                break
            page.keyboard.press("Tab")
        expect(target).to_be_focused()
        page.keyboard.press(key)
        expect(page.locator(":focus")).to_contain_text(then)
        assert page.evaluate(SEEN)

    def by(kind: str, name: str) -> Locator:
        return page.locator(f"#{kind}-{world.people[name].pk}")

    press(page.get_by_role("button", name="Begin: Airtime"), "Enter", "Next")
    for size, first, second in ((DESK, "Gwilym", "Fionnuala"), (PHONE, "Fionnuala", "Gwilym")):
        page.set_viewport_size(size)
        if size == DESK:
            press(by("tap", first), "Space", "✓")
            press(by("tap", second), "Enter", "✓")
        press(by("tap", second), "Enter", "○")
        press(by("tap", second), "Space", "✓")
        press(by("present", first), "Enter", "Take it back")
        press(by("present", first), "Space", "Presents")
        press(by("present", second), "Enter", "Take it back")
        press(page.get_by_role("button", name="Next"), "Enter", "Next")
        expect(page.get_by_role("heading", name="Airtime: Clarify")).to_be_visible()
        press(page.locator("summary"), "Enter", "Let somebody else present")
        room.park(meeting, f"Open at {size['width']}")  # what was folded open stays so
        expect(page.get_by_text(f"Open at {size['width']}").first).to_be_visible()
        press(by("present", first), "Enter", "Presents")
        expect(page.get_by_role("heading", name=f"{world.people[first].user.name} presents")).to_be_visible()
        page.keyboard.press("Shift+Tab")
        where = page.evaluate("document.activeElement.textContent")
        room.park(meeting, f"Seen at {size['width']}")  # news from another facilitator's screen
        expect(page.get_by_text(f"Seen at {size['width']}").first).to_be_visible()
        expect(page.locator(":focus")).to_have_text(where)
        assert page.evaluate(SEEN)
        press(page.get_by_role("button", name="Back"), "Enter", "")  # it is the first stage again, which has none
    assert Airtime.objects.get(current=True).presenter == world.people["Fionnuala"]
