"""Whoever is outside a set (an organiser, a member of another one, an invited or former organiser) may say what they
and their employer are called. That marks nobody of the set in its report, and what becomes of the report does not tell
them who or what the set knows."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from learningsets import members, programmes
from learningsets.identifiers import remember_person
from learningsets.models import Cohort, Invitation, Role, User
from reports.build import build_document
from reports.current import is_current
from reports.models import Report
from reports.releasing import request_candidate
from reports.roster import roster_of
from tests.reports.conftest import World, certified

HEARD = (
    "Åsa showed me how; I will ask Åsa for the map.",
    "Priyanka asked the best question. I owe it to Priyanka Raghunathan.",
    "We at Kerrygrove count beds. The nurse from Kerrygrove Hospital drew a map.",
)
MARKS = ["Åsa", "ask Åsa", "Priyanka", "to Priyanka", "Kerrygrove", "at Kerrygrove", "from Kerrygrove Hospital"]


def said(report: Report) -> list[tuple[str, tuple[str, ...]]]:
    """What the report says, and what is asked of it."""
    built = build_document(Report.objects.select_related("cohort__programme").get(pk=report.pk), "release", key=b"")
    return [(str(one.result.text), tuple(found.words for found in one.result.open)) for one in built.passages]


def by_their_employer(world: World, client: Client) -> None:
    client.post(reverse("learningsets:me_employer"), {"organisation": "The Fund", "short_names": "\n".join(MARKS)})


def by_their_names(world: World, client: Client) -> None:
    client.post(reverse("learningsets:me_names"), {"names": "\n".join(MARKS)})


def by_an_invitation(world: World, client: Client) -> None:
    page = reverse("learningsets:organisers", args=[world.programme.pk])
    for number, mark in enumerate(MARKS):
        client.post(page, {"name": f"Puppet {number}", "email": f"p{number}@example.org", "organisation": mark})
    assert Invitation.objects.filter(role=Role.ORGANISER).count() == len(MARKS)


def outsiders(world: World) -> dict[str, User]:
    """Who is outside the set, and may still say what they are called."""
    birch = Cohort.objects.create(programme=world.programme, name="Birch")
    people = {name: User.objects.create_user(f"{name}@example.org", name.title()) for name in ("former", "birch")}
    former = programmes.join(people["former"], programme=world.programme, cohort=None, role=Role.ORGANISER)
    programmes.step_down(former)
    programmes.join(people["birch"], programme=world.programme, cohort=birch, role=Role.PARTICIPANT)
    return people | {"organiser": world.odile.user}


@pytest.mark.parametrize("who", ["organiser", "former", "birch"])
@pytest.mark.parametrize("act", [by_their_employer, by_their_names, by_an_invitation])
def test_what_an_outsider_is_called_marks_nobody(world: World, who: str, act: Callable[[World, Client], None]) -> None:
    them = outsiders(world)[who]
    if act is by_an_invitation and who != "organiser":
        them = world.odile.user
    report = world.report(introduction=HEARD)
    before = said(report)
    assert "Åsa" not in str(before)
    act(world, world.client(them))
    assert said(report) == before


def test_what_becomes_of_pages_does_not_tell_an_organiser_who_is_in_the_set(world: World) -> None:
    """Pages that are no longer current do not leave, which an organiser sees on the day."""
    report = world.report(introduction=HEARD)
    world.decide_all(report)
    release = request_candidate(report)
    odile = world.client(world.odile)
    page = reverse("learningsets:organisers", args=[world.programme.pk])
    for number, name in enumerate(("Åsa Lindqvist", "Tomasz Wielgosz", "Karin Holm")):
        employer = ("Kerrygrove Hospital", "Marlpit Surgery", "Quillfen House")[number]
        answer = odile.post(page, {"name": name, "email": f"p{number}@example.org", "organisation": employer})
        assert (answer.status_code, is_current(release)) == (302, True), name
        odile.post(reverse("learningsets:me_employer"), {"organisation": employer})
        assert is_current(release), employer
    members.rename(world.odile.user, "Åsa Lindqvist")
    assert is_current(release)
    remember_person(world.cohort, user=None, name="Karin Holm")  # somebody of the set
    assert not is_current(release)


def test_an_invited_organiser_is_taken_out_of_every_report(world: World) -> None:
    before = said(report := world.report(introduction=("Ione Strand of Lanternfield came.",)))
    odile = world.client(world.odile)
    page = reverse("learningsets:organisers", args=[world.programme.pk])
    typed = {"name": "Ione Strand", "email": "ione@example.org", "organisation": "Lanternfield"}
    assert odile.post(page, typed).status_code == 302
    assert any("Ione" in asked for _text, words in before for asked in words)
    assert not any("Ione" in text or "Lanternfield" in text for text, _asked in said(report))
    assert "A colleague of the partner organisation came." in [text for text, _asked in said(report)]


def test_the_name_of_who_is_in_a_set_is_that_of_its_own_people(world: World) -> None:
    before = roster_of(world.cohort)
    members.add_other_names(world.odile.user, ["Åsa", "Vanna"])
    after = roster_of(world.cohort)
    assert (after.own, after.ours) == (before.own, before.ours)
    assert "Vanna" in str(after.people)
    assert "Vansittart" not in str(after.ours)
    members.add_other_names(world.members[0].user, ["Vanna"])
    assert roster_of(world.cohort).own != before.own


@pytest.mark.parametrize("name", ["KGH", "Karin Holm", "Highfield Court"])
def test_what_a_set_or_a_programme_is_called_puts_no_word_of_an_answer_through(world: World, name: str) -> None:
    """An organiser chooses both names, and would have whatever a member wrote printed without a question."""
    report = world.report(world.held((f"We learned it at {name} from each other.", *["We listened."] * 5)))
    [before] = {one for one in said(report) if "learned it" in one[0]}
    assert before[1], "nothing was asked"
    Cohort.objects.filter(pk=world.cohort.pk).update(name=name)
    type(world.programme).objects.filter(pk=world.programme.pk).update(title=name)
    assert {one for one in said(report) if "learned it" in one[0]} == {before}


def test_a_word_of_every_sentence_stops_no_report_though_somebody_is_called_so(world: World) -> None:
    report = world.report()
    for name in ("the", "The", "and", "2026", "Session", "report", "one"):
        members.add_other_names(world.odile.user, [name])
    members.add_other_names(world.members[0].user, ["the", "what"])
    world.decide_all(report)
    assert certified(report).state == "ready"
