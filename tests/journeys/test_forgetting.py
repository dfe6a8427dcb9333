"""A page on which somebody answers or objects: what is sent there leaves no trace in the browser, and is never lost."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.design import gallery
from tests.journeys.browser import findings, leave, on_its_way, remembered

pytestmark = [pytest.mark.urls("tests.design.gallery"), pytest.mark.once]

LINE = "[data-stays]"  # beside the button that was pressed


@pytest.fixture(autouse=True)
def _as_laid_out() -> None:
    for told in (gallery.ANSWERS, gallery.DRAFTS):
        told.clear()


@pytest.fixture
def answering(page: Page) -> Page:
    """The page, with an answer typed into it."""
    page.goto("/answering/")
    page.wait_for_selector("[data-ready]")
    page.get_by_label("My answer").click()
    page.get_by_label("My answer").fill("Nobody listens.")
    return page


def _keep(page: Page, form: str = "#answer") -> Locator:
    return page.locator(form).get_by_role("button", name="Keep", exact=True)


def _stays(page: Page, words: str) -> None:
    """It says so; what was typed is still there, and the browser asks before it is left."""
    expect(page.locator(LINE)).to_contain_text(words)
    expect(page.get_by_label("My answer")).to_have_value("Nobody listens.")
    assert gallery.DRAFTS == []
    assert leave(page) == ["beforeunload"]


def test_what_is_sent_leaves_no_step_in_the_history_and_its_answer_is_read_out(answering):
    before = remembered(answering)
    for button, kept in (("Keep", "Nobody listens."), ("Keep, to be said aloud", "Everybody does. aloud")):
        answering.locator("#answer").get_by_role("button", name=button, exact=True).click()
        line = answering.locator(LINE).filter(has_text=f"Kept: {kept}")  # beside the button, in sight
        expect(line).to_be_focused()
        expect(answering).to_have_title("Kept – Learning Sets")
        answering.get_by_label("My answer").fill("Everybody does.")
    assert gallery.DRAFTS == ["Nobody listens.", "Everybody does. aloud"]
    assert remembered(answering) == before
    assert findings(answering) == []


def test_the_browser_is_told_of_no_place_to_which_the_page_was_scrolled(answering):
    """It would write it down: how long the page is tells what stands on it, and a leap that something was sent."""
    answering.set_viewport_size({"width": 390, "height": 260})
    answering.evaluate("document.body.scrollTop = 120")
    place = "document.querySelector('#answer').getBoundingClientRect().top"
    before = answering.evaluate(place)
    _keep(answering).dispatch_event("click")
    expect(answering.get_by_text("Kept: Nobody listens.").first).to_be_visible()
    answering.evaluate("new Promise(requestAnimationFrame)")
    assert answering.evaluate("[scrollY, document.documentElement.scrollHeight]") == [0, 260]
    assert abs(answering.evaluate(place) - before) < 2  # though a notice stands above it now
    answering.goto("/answering/")
    answering.wait_for_selector("[data-ready]")
    answering.keyboard.press("End")  # nothing was clicked yet
    expect(answering.locator("body")).not_to_have_js_property("scrollTop", 0)


def test_what_is_wrong_with_it_stands_beside_the_field_and_takes_the_focus(answering):
    before = remembered(answering)
    answering.get_by_label("My answer").fill("")
    _keep(answering).click()
    expect(answering.locator(LINE)).to_be_focused()
    answering.locator("[data-stays] a").click()
    expect(answering.get_by_label("My answer")).to_be_focused()
    expect(answering.locator(".field--error")).to_have_count(1)
    assert remembered(answering) == before


OUT = "Not saved: you are no longer signed in."
FAILED = "Not sent: the site could not answer. What you typed is still here"
BROKEN = """fetch = async () => Object.defineProperty(
    new Response("<div class=page><main>We are sorry", {status: 500}), "url", {value: location.href})"""


@pytest.mark.parametrize(("status", "words"), [(403, OUT), (302, OUT), (429, FAILED), (413, FAILED)])
def test_what_could_not_be_kept_stays_on_the_page(answering, status, words):
    gallery.ANSWERS.extend([status, status])
    _keep(answering).click()
    _stays(answering, words)


def test_what_was_sent_to_a_broken_site_stays_on_the_page(answering):
    answering.evaluate(BROKEN)
    _keep(answering).click()
    _stays(answering, FAILED)


def test_it_is_kept_after_signing_in_again_in_another_tab_and_not_by_the_next_who_does(answering):
    gallery.ANSWERS.append(403)
    _keep(answering).click()
    expect(answering.get_by_text("Kept: Nobody listens.").first).to_be_visible()
    gallery.DRAFTS.clear()
    answering.get_by_label("My answer").fill("Nobody listens.")
    answering.evaluate("document.documentElement.dataset.reader = 'whoever was signed in when this page was made'")
    gallery.ANSWERS.append(403)
    _keep(answering).click()
    _stays(answering, OUT)


def test_whoever_goes_on_typing_while_it_is_sent_goes_on_where_they_were(answering):
    with on_its_way(_keep(answering)):
        answering.get_by_label("My answer").fill("Nobody listens at night.")
        answering.keyboard.press("ArrowLeft")
        answering.get_by_text("More").first.click()
        answering.get_by_label("Ticked").first.check()
        answering.get_by_label("My answer").focus()
    expect(answering.locator(LINE)).to_have_text("Kept, but not what changed since.")
    expect(answering.get_by_label("My answer")).to_be_focused()
    answering.keyboard.type(", and by day")
    expect(answering.get_by_label("My answer")).to_have_value("Nobody listens at night, and by day.")
    expect(answering.get_by_label("Ticked").first).to_be_visible()  # and not folded away
    expect(answering.get_by_label("Ticked").first).to_be_checked()
    _keep(answering).click()
    expect(answering.locator(LINE)).to_have_text(kept := "Kept: Nobody listens at night, and by day. ticked")
    answering.get_by_label("My answer").fill("Or")
    expect(answering.locator(LINE)).to_have_text("Kept, but not what changed since.")
    answering.get_by_label("My answer").fill("")
    expect(answering.locator(LINE)).to_have_text(kept)  # nothing has changed after all
    answering.get_by_label("My other answer").fill("By day.")
    with on_its_way(_keep(answering, "#other-answer")):
        answering.locator("#answer-more summary").click()  # as whoever reads on
    expect(answering.locator(LINE)).to_have_text("Kept: By day.")
    expect(answering.locator("#answer-more summary")).to_be_focused()
    answering.get_by_label("My answer").fill("Or do they?")
    with on_its_way(_keep(answering)):
        answering.get_by_label("My answer").fill("They do.")
    expect(answering.locator(LINE)).to_have_text("Kept, but not what changed since.")
    assert leave(answering) == ["beforeunload"]


@pytest.mark.parametrize("words", ["", "Nobody asks."])
def test_what_was_typed_elsewhere_on_the_page_and_not_sent_stays_there(answering, words):
    """Whether it is not sent yet, or was refused."""
    answering.get_by_label("My answer").fill(words)
    if not words:
        _keep(answering).click()
        expect(answering.locator(".field--error")).to_have_count(1)
    answering.get_by_label("My other answer").fill("Everybody shouts.")
    with on_its_way(_keep(answering, "#other-answer")):
        pass
    expect(answering.locator(LINE).filter(has_text="Kept: Everybody shouts.")).to_be_focused()
    expect(answering.get_by_label("My answer")).to_have_value(words)
    expect(answering.get_by_label("My other answer")).to_have_value("")
    expect(answering.locator("#answer .field--error")).to_have_count(0 if words else 1)
    assert leave(answering) == ["beforeunload"]


def test_what_was_typed_too_late_is_not_taken_from_the_page(answering):
    answering.get_by_label("My answer").fill("The last one")
    with on_its_way(_keep(answering)):
        answering.get_by_label("My answer").fill("The last but one")
    expect(answering.locator(LINE)).to_contain_text(
        "Kept: The last one What you typed since then is still here: copy it"
    )
    expect(answering.get_by_label("My answer")).to_have_value("The last but one")
    assert leave(answering) == ["beforeunload"]


def test_nothing_but_the_page_is_asked_for_when_something_is_sent(answering):
    """The browser notes what it fetched: a script that only who sends something needs would tell on them."""
    asked: list[str] = []
    answering.on("request", lambda request: asked.append(f"{request.method} {urlsplit(request.url).path}"))
    gallery.ANSWERS.append(403)
    _keep(answering).click()
    expect(answering.get_by_text("Kept: Nobody listens.").first).to_be_visible()
    assert [one for one in asked if "healthz" not in one] == ["POST /answering/", "GET /answering/", "POST /answering/"]


def test_cookies_are_sent_now_and_then_so_that_when_they_last_were_says_nothing(page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method) if "/healthz" in request.url else None)
    page.clock.install()
    page.goto("/answering/")
    page.wait_for_selector("[data-ready]")
    page.clock.run_for(600_000)
    assert len(asked) > 10
