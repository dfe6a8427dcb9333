"""Alder met in November 2026: Fay facilitates, seven took part, Odile organises, Stan is a stranger.

Their answers are full of names and employers, as real ones are.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, cast

import pytest
from django.test import Client
from django.urls import reverse

from challenges import box
from challenges.models import Challenge
from challenges.prompts import asked
from learningsets.models import Cohort, Identifier, Membership, Organisation, Programme, Role, User
from learningsets.models.identifier import Kind
from reports import windows
from reports import write_up as raw
from reports.build import build_document
from reports.document import dumps
from reports.models import Printed, Release, Report, Window
from reports.models.release import State
from reports.releasing import prepare, request_candidate
from reports.review import decide
from sessions.models import Attendance, Meeting
from tests.signed_in import signed_in
from tests.world import EVERY_SECTION

PEOPLE = (
    ("Siobhán Ní Dhomhnaill", "siobhan.nidhomhnaill@kerrygrove.example.ie", "Kerrygrove Hospital", "Ireland"),
    ("Åsa Lindqvist", "asa.lindqvist@norrhamn.example.se", "Region Norrhamn", "Sweden"),
    ("Gwendolyn Achterberg", "g.achterberg@fenwold.example.uk", "Fenwold Commissioning Board", "England"),
    ("Priyanka Raghunathan", "priyanka@fenwold.example.uk", "Fenwold Commissioning Board", "England"),
    ("Tomasz Wielgosz", "t.wielgosz@kerrygrove.example.ie", "Kerrygrove Hospital", "Ireland"),
    ("Ingvar Bergqvist", "ingvar@norrhamn.example.se", "Region Norrhamn", "Sweden"),
    ("Oluwaseun Adebayo-Kerr", "seun@marlpit.example.uk", "Marlpit Surgery", "England"),
)
ANSWERS = (
    "I will ring Siobhán on Monday and ask her the question Åsa asked me.",
    "Talk to the people at Kerrygrove Hospital before the plan is written.",
    "I will write to g.achterberg@fenwold.example.uk and offer a visit.",
    "Listen longer; Priyanka showed me how.",
    "Bring my own team round one table instead of sending papers.",
    "Ask Ingvar Bergqvist for the map he drew.",
    "Go and see how the surgery at Marlpit plans its mornings.",
)


@dataclass
class World:
    """The characters, and verbs that take them through a month."""

    programme: Programme
    cohort: Cohort
    fay: Membership
    odile: Membership
    stan: User
    members: list[Membership] = field(default_factory=list)

    def client(self, who: Membership | User) -> Client:
        """A browser in which `who` is signed in."""
        return signed_in(who.user if isinstance(who, Membership) else who)

    def held(self, answers: tuple[str, ...] = ANSWERS, regime: str = "chatham", **fields: Any) -> Meeting:
        """A meeting that was held, with `answers` to each of its four questions laid out of the box."""
        number = self.cohort.meetings.count() + 1
        starts = datetime(2026, 11, 1, 14, tzinfo=UTC).replace(day=number)
        meeting = Meeting.objects.create(
            cohort=fields.pop("cohort", self.cohort), number=number, starts_at=starts, time_zone="Europe/London",
            state=Meeting.State.TIPPED, tips_at=starts, **fields,
        )  # fmt: skip
        for member in self.members:
            Attendance.objects.create(meeting=meeting, membership=member, status="present")
        for prompt in asked(meeting):
            prompt.save()
            box.lay_out(prompt, [(text, regime) for text in answers], {regime: len(answers)})
        return meeting

    def challenge(self, owner: Membership, title: str = "Beds that stay full", **fields: Any) -> Challenge:
        """A challenge that its owner shares with the set."""
        values = {"question": "How do we pay for what helps?", "visibility": "set"} | fields
        return Challenge.objects.create(owner=owner, title=title, **values)

    def report(self, meeting: Meeting | None = None, **parts: Any) -> Report:
        """A report that is written up as far as a release needs; `parts` replace those of the write-up."""
        report = prepare(meeting or self.held())
        content: dict[str, Any] = {
            "introduction": ("The set met for a day.",),
            "questions": (raw.Question("How do we pay for what helps?"),),
            "themes": (raw.Theme("Listening", ("Time to listen was scarce.",), people=4),),
            "next_steps": ("Visit each other.",),
        }
        content |= parts
        sections = (
            raw.Session(paragraphs=content["introduction"]), raw.Questions(questions=content["questions"]),
            raw.Themes(themes=content["themes"]), raw.Answers(), raw.NextSteps(content["next_steps"]),
        )  # fmt: skip
        report.content = raw.plain(raw.WriteUp(sections))
        report.save()
        return report

    def address(self, report: Report, kind: str, nth: int = 0) -> str:
        """The page of the `nth` section of a kind."""
        sections = [part for part in raw.read(self.refresh(report).content).sections if part.kind == kind]
        return reverse("reports:section", args=[report.pk, sections[nth].id])

    def save(self, client: Client, address: str, **fields: Any) -> Any:
        """Save a page of the write-up as a browser does: with the mark that it was given, and `fields` typed."""
        sheet = client.get(address).context["sheet"]
        return client.post(address, {"mark": sheet.mark} | fields)

    def decide_all(self, report: Report, verdict: str = "remove", **fields: Any) -> None:
        """Fay decides every passage that is still open."""
        for passage in build_document(report, "review_copy", key=b"").passages:
            for finding in passage.result.open:
                decide(report, finding.words, verdict, sentence=finding.sentence, **fields)

    def refresh(self, report: Report) -> Report:
        """The report as it is stored now."""
        return Report.objects.select_related("cohort__programme").get(pk=report.pk)


@pytest.fixture
def world(request: pytest.FixtureRequest, db: None) -> World:
    """One programme, the set Alder with its seven, a facilitator, an organiser and a stranger.

    In a module that uses `lasting_world` it was made once for all the tests there; what one of them changes is undone.
    """
    if "lasting_world" in request.fixturenames:
        return copy.deepcopy(cast(World, request.getfixturevalue("lasting_world")))
    return make_world()


@pytest.fixture
def fay(world: World) -> Client:
    """The browser of the facilitator."""
    return world.client(world.fay)


@pytest.fixture(scope="module")
def lasting_world(shared_database: None) -> World:
    """What a module asks for with `usefixtures`, so that it is there before the first test's transaction."""
    return make_world()


@pytest.fixture(scope="module")
def certified_once(lasting_world: World) -> tuple[World, Release]:
    """And a certified report of its meeting that the set has not read yet."""
    lasting_world.held()
    return lasting_world, certified(lasting_world.report(lasting_world.cohort.meetings.get()))


@pytest.fixture
def release(certified_once: tuple[World, Release], world: World) -> Release:
    """The certified report."""
    return Release.objects.select_related("report__cohort__programme").get(pk=certified_once[1].pk)


@pytest.fixture
def window(release: Release) -> Window:
    """The set reads it."""
    return windows.give(release)


def make_world() -> World:
    """What the fixtures `world` and `lasting_world` are."""
    programme = Programme.objects.create(title="Unlocking what is there")
    cohort = Cohort.objects.create(programme=programme, name="Alder")
    fay = _join(cohort, "Fay Trelawney", "fay@hill.example.org", role=Role.FACILITATOR)
    odile = _join(cohort, "Odile Vansittart", "odile@sponsor.example.org", role=Role.ORGANISER)
    stan = User.objects.create_user("stan@elsewhere.example.org", "Stan Elsewhere")
    world = World(programme, cohort, fay, odile, stan)
    for name, email, employer, system in PEOPLE:
        world.members.append(_join(cohort, name, email, employer=employer, system=system))
    return world


@pytest.fixture
def join() -> Callable[..., Membership]:
    """Somebody joins a set, with the identifiers that the boundary needs."""
    return _join


def _join(
    cohort: Cohort, name: str, email: str, *, employer: str = "", system: str = "", role: str = Role.PARTICIPANT
) -> Membership:
    user = User.objects.create_user(email, name)
    organisation = None
    if employer:
        organisation, _ = Organisation.objects.get_or_create(programme=cohort.programme, name=employer)
    known_by = (Kind.NAME, name), (Kind.EMAIL, email), (Kind.ORGANISATION, employer)
    Identifier.objects.remember(cohort, *known_by, user=user)
    return Membership.objects.create(
        programme=cohort.programme, cohort=None if role == Role.ORGANISER else cohort, user=user, role=role,
        organisation=organisation, health_system=system,
    )  # fmt: skip


def certified(report: Report) -> Release:
    """A release of `report` as the worker leaves it, with a few bytes for pages (real ones: test_production.py)."""
    release = request_candidate(report)
    pages = f"pages of version {release.number}".encode()
    built = build_document(report, "release", key=b"")
    Printed.objects.bulk_create(Printed(release=release, contribution=one) for one in sorted(built.contributions))
    Release.objects.filter(pk=release.pk).update(
        state=State.READY,
        document=dumps(built.document),
        pdf=pages,
        sha256=sha256(pages).hexdigest(),
        certificate={"gate": 1},
    )
    release.refresh_from_db()
    return release


@pytest.fixture
def full(world: World) -> Report:
    """A report with a section of each kind that is typed, written by a file that knew no ids."""
    report = world.report()
    content = raw.plain(raw.WriteUp(EVERY_SECTION[:-2]))
    for section in content["sections"]:
        del section["id"], section["hidden"]
    del content["removed"]
    Report.objects.filter(pk=report.pk).update(content=content)
    return world.refresh(report)
