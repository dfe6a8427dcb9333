"""From an empty installation to a set that has a contract and people in it, as three people walk it."""

import re

from django.core import mail as outbox
from playwright.sync_api import expect

from learningsets import first_start
from learningsets.models import Letter
from tests.journeys.browser import PHONE, findings


def letter_to(address: str) -> str:
    """The link in the newest letter to this address."""
    body = Letter.objects.filter(to=address, sent_on=None).latest("pk").body
    found = re.search(r"/(?:invitation)/\S+", body)
    assert found, body
    return found[0]


def set_up(page) -> None:
    link = first_start.set_up_link()
    assert link is not None
    page.goto("/set-up/" + link.split("/set-up/")[1])
    assert findings(page) == []
    page.get_by_text("More about the programme").click()
    for label, text in {
        "Title": "Unlocking",
        "Aims, one on each line (optional)": "Talk well\nListen better",
        "Your name": "Olga Ek",
        "Your e-mail address": "olga@example.org",
        "Your organisation": "Ek & Daughters",
        "Name of the first facilitator": "Farid Aziz",
        "E-mail address of the first facilitator": "farid@example.org",
        "Name of the set": "North",
    }.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="Set up and sign in").click()


def test_three_people_join(new_page) -> None:
    olga, farid = new_page(), new_page()
    set_up(olga)
    assert olga.get_by_role("heading", level=1).inner_text() == "Unlocking"
    assert findings(olga) == []

    farid.goto(letter_to("farid@example.org"))
    assert findings(farid) == []
    farid.get_by_role("button", name="Accept the invitation").click()
    assert findings(farid) == []
    farid.get_by_role("button", name="I sign this contract").click()
    assert findings(farid) == []
    farid.get_by_role("link", name="Invite participants").click()
    farid.get_by_label("People to invite").fill("Dilys Price, dilys@example.org, Betsi Board, Nurse, Wales, Dil\nÅke")
    farid.get_by_role("button", name="Show the preview").click()
    assert farid.get_by_text("The e-mail address is missing.").count() == 1
    assert findings(farid) == []
    farid.get_by_label("People to invite").fill("Dilys Price, dilys@example.org, Betsi Board, Nurse, Wales, Dil")
    farid.get_by_role("button", name="Show the preview").click()
    assert findings(farid) == []
    farid.get_by_role("button", name="Send 1 invitation").click()
    assert farid.get_by_text("until").count() == 1
    assert findings(farid) == []

    dilys = new_page(viewport=PHONE, java_script_enabled=False)
    dilys.goto(letter_to("dilys@example.org"))
    dilys.get_by_role("button", name="Accept the invitation").click()
    dilys.get_by_role("button", name="I sign this contract").click()
    assert dilys.get_by_role("heading", level=1).inner_text() == "North"

    farid.reload()
    farid.get_by_role("link", name="Details of Dilys Price").click()
    assert findings(farid) == []
    farid.get_by_label("Other names to add").fill("Dilly")
    farid.get_by_role("button", name="Save").click()
    assert farid.get_by_text("Saved.").count() == 1


def test_a_member_signs_in_with_a_code_and_sees_their_data(page, new_page) -> None:
    set_up(new_page())
    page.goto("/")
    page.get_by_label("E-mail address").fill("olga@example.org")
    page.get_by_role("button", name="Send me a code").click()
    assert findings(page) == []
    found = re.search(r"^\s*([A-Z0-9-]{6,})\s*$", str(outbox.outbox[-1].body), re.M)
    assert found
    page.get_by_label("Code from the e-mail").fill(found[1])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="My data").click()
    assert findings(page) == []
    page.get_by_role("link", name="Change the address").click()
    assert findings(page) == []
    page.get_by_label("New e-mail address").fill("olga@new.example")
    page.get_by_role("button", name="Send me a code").click()
    assert findings(page) == []
    page.goto("/about/")
    assert findings(page) == []
    page.goto("/meetings/calendar/yours/")
    page.get_by_role("button", name="Make an address").click()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the address").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("code.address").inner_text()
    assert findings(page) == []  # at 320 pixels too, nothing reaches over the edge
    page.goto("/invitation/unknown/")
    assert findings(page) == []


def test_an_organiser_words_a_programme_and_makes_a_small_set(page) -> None:
    set_up(page)
    page.get_by_role("link", name="Change the programme").click()
    assert findings(page) == []
    page.get_by_label("Title").fill("Unlocking again")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Make another set").click()
    assert findings(page) == []
    page.get_by_label("Name of the set").fill("South")
    page.get_by_label("Participants expected").fill("4")
    page.get_by_role("button", name="Make the set").click()
    assert page.get_by_text("With fewer than 5 participants").count() == 1
    assert findings(page) == []
