"""Every component on one page, and what the small modules do for someone who types, loses the line, or waits."""

import pytest
from playwright.sync_api import Page, expect

from tests.design import gallery
from tests.journeys.browser import NARROW, findings, leave

pytestmark = [pytest.mark.urls("tests.design.gallery"), pytest.mark.once]


@pytest.fixture(autouse=True)
def _as_laid_out() -> None:
    for told in (gallery.ANSWERS, gallery.DRAFTS, gallery.STAGES):
        told.clear()


def _draft(page: Page, text: str) -> None:
    page.goto("/draft/")
    page.get_by_label("Text").click()  # without a click or a key Chromium asks nothing when the page is left
    page.get_by_label("Text").fill(text)


def _said(page: Page, state: str, words: str) -> None:
    line = page.locator(f".autosave[data-state={state}]")
    expect(line).to_contain_text(words)
    expect(line).to_have_attribute("role", "status")


def test_the_components_are_accessible_light_and_dark_and_fit_a_narrow_phone(page):
    page.goto("/")
    assert findings(page) == []


def test_errors_are_accessible_and_take_the_focus(page):
    page.goto("/")
    page.get_by_role("button", name="Save challenge").click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="Who may see it? – Please choose one.").click()
    expect(page.get_by_role("radio", name="Only me")).to_be_focused()
    assert findings(page) == []


def test_errors_take_the_focus_without_scripts_too(new_page):
    page = new_page(viewport=NARROW, java_script_enabled=False)
    page.goto("/")
    page.get_by_role("button", name="Save challenge").click()
    # Without scripts nothing can be asked of the page but its markup: what is marked so, the browser focuses.
    assert page.locator("[autofocus]").get_attribute("class") == "error-summary"


def test_a_date_is_told_in_words(page):
    page.goto("/")
    page.get_by_label("First meeting").fill("2026-12-08")
    expect(page.locator("output.in-words")).to_have_text("Tuesday 8 December 2026")


def test_the_room_left_is_counted_in_characters_and_nothing_is_cut_off(page):
    page.goto("/")
    area = page.get_by_label("What is happening?")
    area.fill("x" * 100)
    expect(page.locator(".counter")).to_be_hidden()
    area.fill("🙂" * 190)
    expect(page.locator(".counter")).to_have_text("10 characters left")
    area.fill("x" * 202)
    expect(page.locator(".counter")).to_have_text("2 characters too many")
    expect(area).to_have_value("x" * 202)


def test_a_draft_is_saved_while_it_is_written(page):
    _draft(page, "We listened.")
    _said(page, "saved", "Saved as a draft. Only you can read it.")
    assert gallery.DRAFTS == ["auto:We listened."]
    expect(page.locator("[name=version]")).to_have_value("1")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    under = """line => { const at = line.getBoundingClientRect();
        return document.elementFromPoint(at.x + 5, at.y + at.height / 2).className; }"""
    assert page.locator(".autosave").evaluate(under) != "autosave"  # it lies over the form, and takes no click from it


def test_a_draft_is_tried_again_when_the_line_comes_back_and_cannot_be_sent_into_the_void(page):
    page.goto("/draft/")
    page.wait_for_selector("[data-ready]")
    page.context.set_offline(True)
    page.get_by_label("Text").fill("Written in a train")
    page.get_by_role("button", name="Send").click()
    _said(page, "lost", "Not saved: the connection is lost.")
    expect(page.get_by_label("Text")).to_have_value("Written in a train")
    page.context.set_offline(False)
    _said(page, "undone", "Your text is saved now, but the button you pressed did nothing: press it again.")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("form")).to_have_count(0)
    assert gallery.DRAFTS[-1] == "sent:Written in a train"


@pytest.mark.parametrize(
    ("status", "state", "words"),
    [
        (409, "conflict", "Not saved: this was changed in another tab or window, or it is closed"),
        (422, "invalid", "Not saved yet: something needs another look."),
        (403, "out", "Not saved: you are no longer signed in."),
        (302, "out", "Not saved: you are no longer signed in."),
    ],
)
def test_a_draft_that_is_not_kept_says_why(page, status, state, words):
    gallery.ANSWERS.extend([status, status])
    _draft(page, "We listened.")
    _said(page, state, words)
    assert gallery.DRAFTS == []


def test_what_one_person_typed_does_not_become_the_draft_of_the_next_who_signs_in(page):
    page.goto("/draft/")
    page.wait_for_selector("[data-ready]")
    page.evaluate("document.documentElement.dataset.reader = 'whoever was signed in when this page was made'")
    gallery.ANSWERS.append(403)
    page.get_by_label("Text").fill("For my eyes.")
    _said(page, "out", "Not saved: you are no longer signed in.")
    assert gallery.DRAFTS == []


def test_a_draft_is_kept_after_signing_in_again_in_another_tab(page):
    page.goto("/draft/")
    page.wait_for_selector("[data-ready]")
    old = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    gallery.ANSWERS.append(403)
    page.get_by_label("Text").fill("We listened.")
    _said(page, "saved", "Saved as a draft.")
    assert gallery.DRAFTS == ["auto:We listened."]
    assert page.locator("[name=csrfmiddlewaretoken]").first.input_value() != old


def test_a_page_with_unsaved_text_asks_before_it_is_left(page):
    gallery.ANSWERS.append(409)
    _draft(page, "Not yet kept")
    _said(page, "conflict", "Not saved")
    asked = leave(page)
    assert asked == ["beforeunload"]


def test_a_page_with_everything_saved_is_left_without_a_question(page):
    _draft(page, "Kept")
    _said(page, "saved", "Saved as a draft.")
    asked = leave(page)
    assert asked == []


def test_work_is_followed_until_it_is_done_and_told_aloud(page):
    gallery.STAGES.extend(["Building", "Checking"])
    page.goto("/draft/")
    page.get_by_role("link", name="Look again").focus()
    expect(page.locator("#work")).to_contain_text("Ready")
    expect(page.locator("body > [role=status]")).to_have_text("Ready")
    expect(page.locator("#work")).not_to_have_attribute("data-progress", "/job/")
