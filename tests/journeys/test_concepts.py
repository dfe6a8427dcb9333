"""A list that grows while the set meets: on two phones, within two seconds, and through a lost connection."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from sessions.attendance import mark_and_close
from sessions.models import Meeting
from tests.journeys.browser import PHONE, findings
from tests.world import World, make_world


def test_two_phones_write_on_one_list(transactional_db: None, new_page: Callable[..., Page]) -> None:
    world: World = make_world()
    began = timezone.now() - timedelta(hours=1)
    meeting = Meeting.objects.create(cohort=world.cohort, number=1, starts_at=began, time_zone="Europe/London")
    one, other = (new_page(user=world.people[who].user, viewport=PHONE) for who in ("Gwilym", "Siobhán"))
    for page in (one, other):
        page.goto(f"/meetings/{meeting.pk}/")
        page.get_by_role("link", name="Words and concepts").click()
    line = one.get_by_label("A word or a short phrase")
    line.fill("ownership")
    line.press("Enter")
    expect(other.get_by_role("button", name="Strike out ownership")).to_be_visible(timeout=2000)
    expect(line).to_be_focused()
    expect(line).to_have_value("")
    assert findings(one) == []

    one.context.set_offline(True)
    line.fill("money that follows")
    line.press("Enter")
    expect(one.get_by_text("Not sent: the connection is lost.")).to_be_visible()
    expect(line).to_have_value("money that follows")
    one.context.set_offline(False)
    line.press("Enter")
    expect(other.locator("#concepts").get_by_text("2 terms on the list")).to_be_visible()
    line.fill("Ownership")
    line.press("Enter")
    expect(one.get_by_text("“Ownership” is on the list already.")).to_be_visible()
    one.wait_for_timeout(800)  # no second click of two
    one.get_by_role("button", name="Add to the list").click()
    expect(one.get_by_text("Nothing is written yet.")).to_be_visible()
    line.fill("price")
    one.get_by_role("button", name="Add to the list").dblclick()
    expect(one.get_by_role("button", name="Strike out price")).to_be_visible()
    expect(line).to_be_focused()
    expect(one.get_by_text("Nothing is written yet.")).to_have_count(0)
    expect(one.get_by_text("is on the list already")).to_have_count(0)

    line.fill("seed\nsoil, and light\n")  # several at once, a line each
    line.press("Enter")
    expect(one.get_by_role("button", name="Strike out soil, and light", exact=True)).to_be_visible()
    expect(other.get_by_role("button", name="Strike out seed", exact=True)).to_be_visible()
    for word in ("tariffs", "audit", "needs"):  # typed on while the word before is still on its way
        one.keyboard.type(word)
        one.keyboard.press("Enter")
    for word in ("tariffs", "audit", "needs"):
        expect(one.get_by_role("button", name=f"Strike out {word}", exact=True)).to_be_visible()
    other.get_by_role("button", name="Strike out ownership").click()
    other.get_by_role("button", name="Put it back").click()
    expect(other.get_by_role("button", name="Strike out ownership")).to_be_visible()

    one.route("**/concepts/add/", lambda route: None)  # a word is still on its way when the list is closed
    line.fill("slow word")
    line.press("Enter")
    line.fill("half a wo")
    mark_and_close(meeting, meeting.version, {}, timezone.now() + timedelta(hours=1))
    expect(one.get_by_text("The meeting is closed, so the list stands as it is.")).to_be_visible(timeout=4000)
    expect(line).to_have_count(0)
    expect(one.get_by_text("slow word half a wo")).to_be_visible()  # a line each
    assert findings(one) == []
