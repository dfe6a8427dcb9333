"""A report in the browser: written, reviewed, made by the worker, released and downloaded."""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from reports.models import Release, Window
from reports.write_up import Scheme, WriteUp, plain, read
from tests.journeys.browser import PHONE, findings, on_its_way, remembered
from tests.reports.conftest import ANSWERS, World, world  # noqa: F401
from tests.world import EVERY_SECTION, let_time_pass

PICTURES = os.environ.get("PICTURES", "")


def seen(page: Page, name: str) -> None:
    """The page as it stands has no fault that axe finds, light or dark, and fits a narrow phone."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
    assert (name, findings(page)) == (name, [])


def add(page: Page, kind: str) -> None:
    """Add a section of a kind, from the list."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Write-up")
    page.get_by_label("What it holds").select_option(page.locator("option", has_text=f"{kind}:").get_attribute("value"))
    page.get_by_role("button", name="Add and fill in").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Write-up")


@pytest.mark.django_db(transaction=True)
def test_a_report_from_the_meeting_to_the_organiser(
    new_page: Callable[..., Page],
    world: World,  # noqa: F811
    worker: None,
    site: str,
) -> None:
    meeting = world.held((*ANSWERS, "Thank you, Marguerite Oyelaran, for coming."))
    world.challenge(world.members[0])
    page = new_page(user=world.fay.user, viewport=PHONE)

    page.goto(f"/sets/{world.cohort.pk}/")
    page.get_by_role("button", name="Write up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Meeting report 1")
    seen(page, "report-begun")

    page.get_by_role("link", name="Write", exact=True).click()
    add(page, "Session")
    page.get_by_label("Introduction").fill("The set met for a day, and some participants came by train.")
    seen(page, "session")
    page.get_by_role("button", name="Save", exact=True).click()
    add(page, "Emerging themes")
    page.locator("[name=themes-0-title]").fill("Listening")
    page.get_by_label("What was said about it").first.fill("Time to listen was scarce for some of us.")
    page.get_by_text("What it rests on").first.click()
    page.get_by_label("Or: how many different people spoke of it").first.fill("4")
    seen(page, "themes")
    page.get_by_role("button", name="Save", exact=True).click()
    add(page, "Next steps")
    page.get_by_label("Next steps").fill("Visit each other.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Write-up")
    seen(page, "write-up")
    page.get_by_role("link", name="Back to the report").click()

    expect(page.get_by_text("1 passage waits for your decision")).to_be_visible()
    page.get_by_role("link", name="Decide").click()
    seen(page, "review")
    page.get_by_role("button", name="Save decisions").click()  # nothing chosen, nothing lost
    general = page.get_by_role("radio", name="Say it in general words")
    expect(page.get_by_text("By keyboard:")).to_be_visible()
    page.get_by_role("radio").first.press("2")
    expect(general).to_be_checked()
    expect(page.get_by_role("textbox", name="In general words")).to_be_focused()
    page.get_by_label("Everywhere in this report").check()  # what stands there now may fit this sentence alone
    page.get_by_role("button", name="Save decisions").click()
    expect(page.get_by_role("alert")).to_contain_text("Write what should stand there instead.")
    expect(page.get_by_label("Why it may stay")).to_be_hidden()  # only what the choice needs is asked for
    page.get_by_role("radio").nth(1).press("3")
    expect(page.get_by_label("Why it may stay")).to_be_focused()
    expect(page.get_by_label("Everywhere in this report")).to_be_hidden()  # words are kept in one sentence
    page.get_by_role("radio").nth(2).press("2")
    seen(page, "review-error")
    page.get_by_role("textbox", name="In general words").fill("a visitor")
    page.get_by_role("textbox", name="In general words").press("Enter")  # goes on; this was the last that waits
    expect(page.get_by_role("button", name="Save decisions").first).to_be_focused()
    page.get_by_label("Everywhere in this report").check()
    page.get_by_role("button", name="Save decisions").click()
    expect(page.get_by_text("Thank you, a visitor, for coming.").first).to_be_visible()
    page.get_by_role("link", name="Back to the report").click()
    seen(page, "report-clear")

    page.get_by_role("link", name="Record who agreed").click()
    seen(page, "clearances")
    page.get_by_role("link", name="Back", exact=True).click()

    page.get_by_role("button", name="Make the pages").click()
    expect(page.locator("#release").get_by_text("The pages are ready.")).to_be_visible(
        timeout=60_000
    )  # nobody reloads: the page follows
    seen(page, "ready")
    page.get_by_role("button", name="Give it to the set").click()
    expect(page.get_by_text("The pages are with the set until")).to_be_visible()
    seen(page, "with-the-set")

    member = new_page(user=world.members[0].user, viewport=PHONE)
    member.goto(f"/sets/{world.cohort.pk}/")
    member.get_by_role("link", name="Read before release").click()
    member.get_by_text("Object", exact=False).first.wait_for()
    seen(member, "reading")
    member.get_by_role("link", name="Open all of them").click()
    seen(member, "reading-all")
    member.locator(".passage details").nth(8).locator("summary").click()
    suggestion = member.get_by_label("How it could be said instead").nth(8)
    expect(suggestion).to_be_hidden()
    member.get_by_label("Put it in general words").nth(8).check()
    expect(suggestion).to_be_visible()
    before = remembered(member)
    member.context.set_offline(True)
    member.get_by_role("button", name="Save what I want").last.click()
    expect(member.get_by_text("Not sent: the connection is lost.")).to_be_in_viewport()
    member.context.set_offline(False)
    with on_its_way(member.get_by_role("button", name="Save what I want").last):
        member.locator(".passage details").nth(9).locator("summary").click()
        member.get_by_label("Put it in general words").nth(9).check()
        member.get_by_label("How it could be said instead").nth(9).fill("Someone listened")
    expect(member.get_by_text("What you want so far:")).to_be_visible()
    expect(member.locator("[data-stays]")).to_have_text("Saved. What you changed since then is not saved yet.")
    expect(member.get_by_label("How it could be said instead").nth(9)).to_be_focused()
    expect(member.get_by_label("How it could be said instead").nth(9)).to_have_value("Someone listened")
    member.get_by_label("Leave it as it is").nth(9).check()
    seen(member, "reading-something")
    link = member.locator(".notice a[href^='#passage-']").first
    link.click()
    expect(member.locator(link.get_attribute("href") or "")).to_be_focused()
    assert remembered(member) == before  # neither that something was sent nor what
    with member.expect_request("**/reports/reading/?all=on") as again:
        member.reload()
    assert again.value.method == "GET"  # the browser does not remember what was sent
    expect(member.get_by_text("What you want so far:")).to_be_visible()
    member.get_by_label("Leave it as it is").nth(8).check()
    member.get_by_role("button", name="Save what I want").last.click()
    expect(member.get_by_text("So far you want nothing changed.")).to_be_visible()
    assert remembered(member)[:-1] == before[:-1]  # as for whoever only reads, and reads it twice

    let_time_pass(Window.objects.get())
    page.reload()
    page.get_by_label("I have read these pages").check()
    page.get_by_role("button", name="Release these pages").click()
    expect(page.get_by_text("The report is released. Organisers")).to_be_visible()
    seen(page, "released")

    organiser = new_page(user=world.odile.user)
    organiser.goto(f"/programmes/{world.programme.pk}/")
    seen(organiser, "programme")
    organiser.goto("/reports/")
    seen(organiser, "library")
    organiser.get_by_role("link", name="Read").first.click()
    expect(organiser.locator("body")).to_have_css("background-color", "rgb(246, 244, 238)")  # it has its style here too
    organiser.go_back()
    organiser.get_by_role("link", name="Certificate").click()
    seen(organiser, "certificate")
    with organiser.expect_download() as download:
        organiser.get_by_role("link", name="Download (PDF)").click()
    release = Release.objects.get()
    assert download.value.suggested_filename == release.filename
    assert sha256(Path(download.value.path()).read_bytes()).hexdigest() == release.sha256
    assert meeting.coverage.report == release.report


@pytest.mark.django_db(transaction=True)
def test_without_scripts_a_report_can_be_made_and_released(
    new_page: Callable[..., Page],
    world: World,  # noqa: F811
    worker: None,
) -> None:
    report = world.report()
    page = new_page(user=world.fay.user, java_script_enabled=False)
    page.goto(f"/reports/{report.pk}/")
    page.get_by_role("button", name="Make the pages").click()
    for _ in range(60):
        if page.get_by_text("The pages are ready.").count():
            break
        page.wait_for_timeout(500)
        page.get_by_role("link", name="Look again").click()
    page.get_by_role("button", name="Give it to the set").click()
    expect(page.get_by_text("The pages are with the set until")).to_be_visible()
    member = new_page(user=world.members[0].user, java_script_enabled=False)
    member.goto("/reports/reading/")
    member.locator(".part > summary").first.click()
    member.locator(".passage details").first.locator("summary").click()
    member.get_by_label("This gives me away").first.check()
    member.get_by_role("button", name="Save what I want").first.click()
    expect(member.get_by_text("What you want so far:")).to_be_visible()
    member.get_by_label("Leave it as it is").first.check()
    member.get_by_role("button", name="Save what I want").first.click()
    let_time_pass(Window.objects.get())
    page.reload()
    page.get_by_label("I have read these pages").check()
    page.get_by_role("button", name="Release these pages").click()
    expect(page.get_by_text("The report is released. Organisers")).to_be_visible()


@pytest.mark.django_db(transaction=True)
def test_sections_are_dragged_and_boxes_moved_and_a_lost_line_costs_no_text(
    new_page: Callable[..., Page],
    world: World,  # noqa: F811
) -> None:
    report = world.report()
    report.content = plain(WriteUp(EVERY_SECTION))
    report.save()
    page = new_page(user=world.fay.user)
    page.goto(f"/reports/{report.pk}/write-up/")
    names = page.locator(".section-name h3")
    handle = page.locator("[data-section]", has_text="Next steps").locator(".handle")
    handle.drag_to(page.locator("[data-section]", has_text="Scheme").locator("h3"), target_position={"x": 5, "y": 1})
    expect(page.locator("#did")).to_have_text("Moved: it is now number 3 of 10.")
    expect(names.nth(2)).to_have_text("Next steps")
    page.get_by_role("button", name="Move up Next steps").press("Enter")
    expect(page.get_by_role("button", name="Move up Next steps")).to_be_focused()

    page.get_by_role("link", name="Scheme").click()
    page.get_by_role("button", name="2. Try").press("ArrowRight")
    page.get_by_role("button", name="2. Try").press("Shift+ArrowUp")
    expect(page.locator("[name=boxes-1-x]")).to_have_value("92")
    page.get_by_role("button", name="3. Look").drag_to(page.locator(".board-area"), target_position={"x": 1, "y": 1})
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#did")).to_have_text("Saved.")
    [scheme] = [one for one in read(world.refresh(report).content).sections if isinstance(one, Scheme)]
    assert [(node.x, node.y) for node in scheme.nodes[:2]] == [(50, 0), (92, 60)]
    assert max(scheme.nodes[2].x, scheme.nodes[2].y) <= 2

    page.get_by_role("link", name="Words and concepts").click()
    expect(page.locator("[name=clusters-0-title]")).to_be_visible()  # the only cluster: there is nothing to choose from
    page.go_back()

    page.get_by_role("link", name="Next steps").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Next steps")
    expect(page.locator("html[data-ready]")).to_be_attached()
    page.context.set_offline(True)
    page.get_by_label("Next steps").fill("Write to each other.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".autosave")).to_contain_text("the connection is lost")
    expect(page.get_by_label("Next steps")).to_have_value("Write to each other.")
    page.context.set_offline(False)
    expect(page.locator(".autosave")).to_contain_text("Your text is saved now, but the button you pressed did nothing")
