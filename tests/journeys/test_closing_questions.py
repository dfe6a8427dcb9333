"""A month's closing in the browser: a challenge, answers that are never lost, the box, what the set said."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from challenges import box
from challenges.models import Challenge, Reflection
from learningsets.models import Cohort, Contract, Membership, Programme, Signature, User
from sessions.attendance import open_questions
from sessions.models import Attendance, Meeting
from tests.journeys.browser import NARROW, PHONE, findings, leave, on_its_way, remembered, sign_in_as

PAGE = "/challenges/reflect/"


@pytest.fixture
def rowan(transactional_db: None) -> list[Membership]:
    """Rowan, a set of six with a facilitator (the last), whose meeting has just been closed."""
    programme = Programme.objects.create(title="Unlocking")
    cohort = Cohort.objects.create(programme=programme, name="Rowan")
    contract = Contract.objects.create(cohort=cohort, version=1, text="Confidential.")
    meeting = Meeting.objects.create(
        cohort=cohort,
        number=1,
        starts_at=timezone.now() - timedelta(hours=3),
        time_zone="Europe/London",
        state="closed",
        tips_at=timezone.now() + timedelta(hours=48),
    )
    people = []
    for name in ("Maeve", "Nils", "Orla", "Per", "Quentin", "Rhona", "Fay"):
        user = User.objects.create_user(f"{name.lower()}@example.org", name)
        role = "facilitator" if name == "Fay" else "participant"
        place = Membership.objects.create(programme=programme, cohort=cohort, user=user, role=role)
        Signature.objects.create(contract=contract, membership=place)
        if role == "participant":
            Attendance.objects.create(meeting=meeting, membership=place, status="present")
        people.append(place)
    assert open_questions(meeting)
    return people


def test_what_was_typed_stays_when_its_writer_has_signed_out_in_another_tab(
    rowan: list[Membership], new_page: Any, site
):
    maeve, nils = (place.user for place in rowan[:2])
    page = new_page(user=maeve, viewport=PHONE)
    page.goto(f"/challenges/sets/{rowan[0].cohort_id}/log/")
    line = page.get_by_label("The challenge in one line")
    line.fill("Beds nobody uses")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # another tab was in front
    for away in (None, nils):  # nobody is signed in; then somebody else, on a computer that is shared
        page.context.clear_cookies()
        if away:
            sign_in_as(page, away, site)
        page.get_by_role("button", name="Save").click()
        page.get_by_text("Not saved: you are no longer signed in.").wait_for()
        assert (line.input_value(), Challenge.objects.count()) == ("Beds nobody uses", 0)
    assert findings(page) == []
    page.context.clear_cookies()
    sign_in_as(page, maeve, site)  # without the token that the page came with
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Beds nobody uses").wait_for()
    assert Challenge.objects.get().owner == rowan[0]

    page.goto(f"/challenges/sets/{rowan[0].cohort_id}/log/")
    line.fill("Beds that nobody has")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.route(
        page.url, lambda route: route.fulfill(status=429) if route.request.method == "GET" else route.continue_()
    )
    page.get_by_role("button", name="Save").click()  # that the site is busy says nothing of who is signed in
    page.get_by_role("heading", name="Beds that nobody has").wait_for()

    page.unroute_all()
    page.goto(f"/challenges/sets/{rowan[0].cohort_id}/log/")
    line.fill("Beds to come")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    Membership.objects.filter(pk=rowan[0].pk).update(left_on=timezone.localdate())  # so there is no such page for her
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Not sent: this page is not there any more").wait_for()
    assert line.input_value() == "Beds to come"


def test_a_challenge_is_logged_and_shared_on_a_phone(rowan: list[Membership], new_page: Any):
    page = new_page(user=rowan[0].user, viewport=PHONE)
    page.goto(f"/sets/{rowan[0].cohort_id}/")
    page.get_by_role("link", name="Log a challenge").click()
    assert findings(page) == []
    page.get_by_role("button", name="Save").click()
    page.get_by_role("alert").wait_for()
    assert findings(page) == []
    page.get_by_label("The challenge in one line").fill("Beds nobody uses")
    page.get_by_label("in attitudes").check()
    page.get_by_label("My question").fill("How do we speak about it?")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Not sent: the connection is lost.").wait_for()
    assert findings(page) == []
    assert page.get_by_label("My question").input_value() == "How do we speak about it?"
    page.context.set_offline(False)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Beds nobody uses").wait_for()
    page.get_by_text("Only you can read this.").wait_for()
    assert findings(page) == []
    page.get_by_label("Everyone in my set").check()
    page.get_by_role("button", name="Save who may read it").click()
    page.get_by_text("Everyone in your set can read this.").wait_for()
    assert Challenge.objects.values_list("visibility", "trapped").get() == ("set", ["attitudes"])
    other = new_page(user=rowan[1].user, viewport=NARROW)
    other.goto(f"/challenges/sets/{rowan[1].cohort_id}/")
    other.get_by_role("link", name="Beds nobody uses").click()
    other.get_by_text("Brought by Maeve").wait_for()
    assert findings(other) == []


def ask_about_aims() -> None:
    """The meeting that was just closed asks how far the programme's aims are met, too."""
    Programme.objects.update(aims="Listen to whoever is silent, before anybody speaks who always does\nAsk openly")
    meeting = Meeting.objects.get()
    Meeting.objects.update(state="planned", tips_at=None)
    box.open_prompts(meeting, box.prompts.default_texts(meeting.cohort), with_aims=True)
    Meeting.objects.update(state="closed", tips_at=meeting.tips_at)


def test_answers_survive_a_lost_connection_and_go_into_the_box_and_are_not_shown_to_who_signs_in_next(
    rowan: list[Membership], new_page: Any, site: str
):
    ask_about_aims()
    page = new_page(user=rowan[0].user, viewport=PHONE)
    page.goto(PAGE)
    assert findings(page) == []
    now = page.get_by_label("What will I do now?")
    now.fill("I will ask the night team first.")
    page.get_by_text("Saved as a draft. Only you can read it.").wait_for()
    page.context.set_offline(True)
    now.fill("I will ask the night team first. Then the day team.")
    page.get_by_text("the connection is lost").wait_for()
    page.get_by_role("button", name="Put my answers in the box").click()
    page.context.set_offline(False)
    page.get_by_text("did nothing: press it again").wait_for()  # saved by itself, and nothing is in the box
    page.get_by_role("group", name="Ask openly").get_by_label("No view").focus()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press("ArrowUp")  # the keyboard chooses as the finger does, and what is chosen saves itself
    page.reload()
    assert (
        page.get_by_label("What will I do now?").input_value() == "I will ask the night team first. Then the day team."
    )
    before = remembered(page)
    page.get_by_role("button", name="Put my answers in the box").click()
    page.get_by_role("alert").last.wait_for()
    assert page.get_by_role("group", name="Ask openly").get_by_label("Fully").is_checked()
    assert findings(page) == []
    page.get_by_label("My set and the report, without my name").first.check()
    page.get_by_label("Counted over the whole programme, without my name").check()
    page.get_by_role("button", name="Put my answers in the box").click()
    page.get_by_text("Ask openly: Fully").wait_for()
    assert findings(page) == []
    page.get_by_role("button", name="Take it back").last.click()
    page.get_by_role("group", name="Ask openly").wait_for()
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("In the box", exact=True).wait_for(state="detached")
    assert now.input_value().endswith("Then the day team.")
    assert remembered(page) == before  # nor that anything was sent
    now.fill("Nobody listens to me.")
    posts: list[str] = []
    with on_its_way(page.get_by_role("button", name="Save, and go on later")):
        now.press("End")
        page.keyboard.type(" On the ward.")
        page.evaluate("dispatchEvent(new Event('online'))")  # would save it at once, without waiting for a pause
        page.on("requestfinished", lambda sent: posts.append(sent.url) if sent.method == "POST" else None)
    page.locator("[data-stays]").wait_for()
    page.get_by_text("Saved as a draft. Only you can read it.").wait_for()  # by itself, what was typed since
    assert len(posts) == 2  # what was pressed for, and that: once
    page.reload()
    assert now.input_value() == "Nobody listens to me. On the ward."
    with on_its_way(page.get_by_role("button", name="Put my answers in the box")):
        now.press("End")
        page.keyboard.type(" Nor at night.")
    in_sight = ".autosave:not([data-stays])"  # wherever somebody is typing
    page.locator(in_sight, has_text="What you typed since then is still here: copy it").wait_for()
    assert page.locator(in_sight, has_text="in another tab").count() == 0
    assert leave(page) == ["beforeunload"]
    page.goto(PAGE)
    page.goto("/about/")
    page.context.clear_cookies()  # on a computer that is shared the next one signs in, and goes back
    sign_in_as(page, rowan[1].user, site)
    page.go_back()
    assert (page.url.endswith(PAGE), now.input_value()) == (True, "")
    assert page.locator("input[type=radio][value=chatham]:checked").count() == 0


def test_the_month_closes_without_scripts(rowan: list[Membership], new_page: Any):
    page = new_page(user=rowan[0].user, viewport=PHONE, java_script_enabled=False)
    page.goto(PAGE)
    page.get_by_label("What will I do now?").fill("I will ask Nils first.")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="See how it would print").first.click()
    assert "Nils" not in opened.value.locator("main").inner_text()
    page.get_by_label("My set, without my name").first.check()
    page.get_by_role("button", name="Put my answers in the box").click()
    page.get_by_text("In the box", exact=True).wait_for()
    meeting = Meeting.objects.get()
    for place in rowan[1:6]:
        first = box.open_prompts(meeting)[0]
        box.put_in(place, {first: f"Something by {place.user.name}"}, "chatham")
    Meeting.objects.update(tips_at=timezone.now() - timedelta(seconds=1))
    box.tip_due()
    assert Reflection.objects.count() == 6
    facilitator = new_page(user=rowan[6].user)
    facilitator.goto(f"/sets/{meeting.cohort_id}/")
    facilitator.locator("section", has_text="What the set said").locator("ul").get_by_role("link").last.click()
    facilitator.get_by_text("6 people answered.").wait_for()
    assert findings(facilitator) == []
    page.goto("/challenges/kept/")
    assert page.get_by_text("Nothing here.").count() == 1
