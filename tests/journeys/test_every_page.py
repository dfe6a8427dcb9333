"""Every page that a role can reach by following links: axe finds nothing, light or dark; nothing scrolls sideways."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from challenges.models import AimBand
from learningsets.models import Invitation, Role, User
from reports.production import produce
from reports.releasing import prepare, publish, request_candidate
from reports.write_up import WriteUp, plain
from sessions.models import AgendaItem, Meeting, PredefinedConcept
from tests.journeys.browser import findings
from tests.world import EVERY_SECTION, World, hold_meeting, log_challenges, make_world, through_window

pytestmark = pytest.mark.once

IDENTITY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|/\d+/")
FILES = ("download", "/read/", "certificate", "export", "/static/", "logout")
LONG_ADDRESS = ".ofthecommissioningsupportunit@commissioningsupportunit.healthauthority.example"
AT_LEAST = {"Thaddeus": 30, "Gwilym": 14, "Perpetua": 8}  # kinds of page; a crawl that finds less proves less


@pytest.fixture
def world(transactional_db: None) -> World:
    """A set that has met and reported, with a second meeting ahead."""
    world = make_world()
    log_challenges(world)
    report = prepare(hold_meeting(world))
    report.content = plain(WriteUp(EVERY_SECTION))
    report.save()
    release = request_candidate(report)
    produce(release.pk)
    release.refresh_from_db()
    publish(through_window(release).pk, release.sha256)
    for who in AT_LEAST:
        User.objects.filter(pk=world.people[who].user.pk).update(email=f"{who.lower()}{LONG_ADDRESS}")
    Invitation.objects.create(
        programme=world.programme,
        cohort=world.cohort,
        role=Role.PARTICIPANT,
        email=f"w{LONG_ADDRESS}",
        name="Wilhelmina" * 15,
        token_hash="w",
        expires_on=timezone.localdate() + timedelta(days=7),
    )
    for position, band in enumerate(("most", ""), start=1):
        told = {"aim": f"{'Listen to each other. ' * 9}{'commissioning' * 4}", "partly": band, "largely": band}
        AimBand.objects.create(programme=world.programme, year=2026, quarter=2, position=position, **told)
    ahead = Meeting.objects.create(
        cohort=world.cohort, number=2, starts_at="2030-01-08T14:00:00Z", time_zone="Europe/London"
    )
    shown = {"explanation": "What is everybody’s. " * 9, "handout": f"https://handouts.example/{'commons' * 9}"}
    shown["sub_terms"] = "of all\n" + "commons" * 9
    concept = PredefinedConcept.objects.create(programme=world.programme, term="Commons", cluster="Sharing", **shown)
    PredefinedConcept.objects.create(programme=world.programme, term="Struck", removed=True)
    AgendaItem.objects.create(meeting=ahead, position=0, kind="theory", minutes=20).concepts.add(concept)
    return world


def test_nothing_is_found_on_any_page(world: World, new_page: Callable[..., Page]) -> None:
    for who in AT_LEAST:
        nothing_is_found(who, new_page(user=world.people[who].user))


def nothing_is_found(who: str, page: Page) -> None:
    seen: dict[str, list[str]] = {}
    ahead = ["/"]
    while ahead:
        address = ahead.pop(0)
        kind = IDENTITY.sub("*", address)
        if kind in seen or any(part in address for part in FILES):
            continue
        answer = page.goto(address)
        assert answer is not None
        assert (kind, answer.status) == (kind, 200)
        seen[kind] = findings(page)
        links = page.locator("a[href^='/']").evaluate_all("found => found.map(a => a.getAttribute('href'))")
        ahead += [link.split("#")[0] for link in links]
    assert {kind: found for kind, found in seen.items() if found} == {}
    assert len(seen) >= AT_LEAST[who], sorted(seen)
