"""An empty installation: one printed link, one page, and nobody needs the shell afterwards."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from learningsets import first_start
from learningsets.models import Contract, Identifier, Letter, Membership, OneTimeLink, Programme, Role, User

FORM = {
    "title": "Unlocking",
    "convenor": "The Foundation",
    "season": "Autumn 2026",
    "aims": "Talk well\nListen better",
    "paper": "letter",
    "organiser_name": "Olga Ek",
    "organiser_email": "Olga@Example.org",
    "organiser_organisation": "Ek & Daughters",
    "facilitator_name": "Farid Aziz",
    "facilitator_email": "farid@example.org",
    "set-name": "North",
    "set-places": "8",
    "set-language": "en",
    "set-time_zone": "Europe/Stockholm",
    "set-country": "SE",
}


@pytest.fixture
def page(db: None, settings) -> str:
    link = first_start.set_up_link()
    assert link is not None
    return link.removeprefix(settings.SITE_URL)


def test_the_page_makes_all_that_is_needed_and_signs_the_organiser_in(page: str) -> None:
    browser = Client()
    assert browser.get(page).status_code == 200
    answer = browser.post(page, FORM)
    programme = Programme.objects.get()
    assert answer.headers["Location"] == f"/programmes/{programme.pk}/"
    olga = Membership.objects.get()
    assert (olga.user.email, olga.role, programme.aim_list, programme.paper) == (
        "olga@example.org",
        Role.ORGANISER,
        ["Talk well", "Listen better"],
        "letter",
    )
    assert set(Identifier.objects.filter(user=olga.user).values_list("value", flat=True)) == {
        "Olga Ek",
        "olga@example.org",
        "Ek & Daughters",
    }
    assert Contract.objects.get().version == 1
    assert browser.get(f"/programmes/{programme.pk}/").status_code == 200


def test_the_facilitator_gets_from_the_letter_to_the_schedule(page: str) -> None:
    Client().post(page, FORM)
    letter = Letter.objects.get()
    assert (letter.to, "Olga Ek invites you to facilitate" in letter.body) == ("farid@example.org", True)
    found = re.search(r"/invitation/[^/]+/", letter.body)
    assert found
    browser = Client()
    contract = browser.post(found[0]).headers["Location"]
    browser.post(f"{contract}sign/", {"version": 1})
    cohort = Membership.objects.get(role=Role.FACILITATOR).cohort
    assert cohort is not None
    assert browser.get(f"/sets/{cohort.pk}/").status_code == 200
    assert browser.get(reverse("meetings:schedule", args=[cohort.pk])).status_code == 200


def test_a_first_set_that_is_too_small_for_a_report_is_told(page: str) -> None:
    said = "With fewer than 5 participants “North” cannot have a report"
    assert said in Client().post(page, FORM | {"set-places": "4"}, follow=True).text


def test_it_opens_to_nobody_else_and_never_again(page: str) -> None:
    assert Client().get("/set-up/guessed/").status_code == 404
    assert Client().post("/set-up/guessed/", FORM).status_code == 404
    Client().post(page, FORM)
    assert Client().get(page).status_code == 404
    assert Client().post(page, FORM).status_code == 404
    assert Programme.objects.count() == 1
    assert first_start.set_up_link() is None


def test_a_second_start_prints_a_new_link_and_ends_the_old(page: str) -> None:
    first_start.set_up_link()
    assert Client().get(page).status_code == 404
    assert OneTimeLink.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"organiser_email": "no address"},
        {"organiser_organisation": ""},
        {"facilitator_email": "olga@example.org"},
        {"set-time_zone": "Nowhere/Land"},
        {"set-places": "0"},
        {"title": "a\x00b"},
        {"purpose": "x" * 20_001},
    ],
)
def test_a_wrong_answer_keeps_everything_typed(page: str, wrong: dict[str, str]) -> None:
    answer = Client().post(page, {**FORM, **wrong})
    assert answer.status_code == 422
    assert "The Foundation" in answer.text
    assert 'value="farid@example.org"' in answer.text or "facilitator_email" in wrong
    assert (Programme.objects.count(), User.objects.count()) == (0, 0)
