"""Signing in: by code, without telling strangers who is here, and when no mail can be sent."""

import re
import time
from itertools import count

import pytest
from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.test import Client, RequestFactory

from learningsets import sign_in_links
from learningsets.models import OneTimeLink, User
from learningsets.views.sign_in import ANSWER_AFTER, AT_ONCE
from tests.learningsets.conftest import World


@pytest.fixture(autouse=True)
def _cache(db: None) -> None:
    call_command("createcachetable", verbosity=0)


def code_in(message: mail.EmailMessage) -> str:
    found = re.search(r"^\s*([A-Z0-9-]{6,})\s*$", str(message.body), re.M)
    assert found, message.body
    return found[1]


def test_a_code_signs_in(world: World) -> None:
    browser = Client()
    assert browser.post("/accounts/login/", {"email": "Alva@Example.org"}).status_code == 302
    assert mail.outbox[0].to == ["Alva@Example.org".lower()] or mail.outbox[0].to == ["Alva@Example.org"]
    done = browser.post("/accounts/login/code/", {"code": code_in(mail.outbox[0])})
    assert done.headers["Location"] == "/"
    assert browser.get("/").context["user"] == world.alva.user


def test_a_wrong_code_does_not(world: World) -> None:
    browser = Client()
    browser.post("/accounts/login/", {"email": "alva@example.org"})
    assert browser.post("/accounts/login/code/", {"code": "WRONG1"}).status_code == 422
    assert browser.get("/").status_code == 302


def test_who_waits_for_a_code_can_start_over_with_another_address(world: World) -> None:
    browser = Client()
    browser.post("/accounts/login/", {"email": "alva@example.rog"})
    assert "It works for fifteen minutes." in browser.get("/accounts/login/code/").text
    page = browser.get("/accounts/login/?next=/me/")
    assert (page.status_code, 'href="/accounts/login/code/?next=%2Fme%2F"' in page.text) == (200, True)
    assert "alva@example.rog" not in page.text
    browser.post("/accounts/login/", {"email": "alva@example.org"})
    assert browser.post("/accounts/login/code/", {"code": code_in(mail.outbox[-1])}).status_code == 302
    assert browser.get("/").context["user"] == world.alva.user
    assert "You asked for a code already." not in Client().get("/accounts/login/").text


def test_wrong_codes_are_refused_in_words_and_the_fifth_says_to_ask_again(world: World) -> None:
    browser = Client()
    browser.post("/accounts/login/", {"email": "alva@example.org"})
    pages = [browser.post("/accounts/login/code/", {"code": "WRONG1"}) for _try in range(5)]
    assert [page.status_code for page in pages] == [422] * 4 + [302]
    assert pages[0].context["verify_form"].errors == {
        "code": ["This is not the code. Please look for it in the newest e-mail, and type it once more."]
    }
    assert [str(message) for message in browser.get("/accounts/login/").context["messages"]] == [
        "That code works no more, after five that were wrong. Ask for a new one."
    ]


def test_too_many_tries_are_told_to_wait_beside_the_field(world: World) -> None:
    pages = [Client().post("/accounts/login/", {"email": "alva@example.org"}) for _try in range(4)]
    assert [page.status_code for page in pages] == [302, 302, 302, 422]
    assert pages[-1].context["form"].errors == {
        "email": ["Those were many tries in a short time. Please wait a few minutes, then try again."]
    }


def test_the_page_of_too_many_requests_is_this_sites(rf: RequestFactory) -> None:
    page = respond_429(rf.post("/accounts/login/"))
    assert (page.status_code, "<h1>Please wait a little</h1>" in page.content.decode()) == (429, True)


def test_a_stranger_gets_the_same_pages_and_a_mail(world: World) -> None:
    pages = []
    for email in ("alva@example.org", "eve@stranger.example"):
        browser = Client()
        asked = browser.post("/accounts/login/", {"email": email})
        shown = browser.get(asked.headers["Location"])
        text = re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", shown.text)
        pages.append((asked.status_code, asked.headers["Location"], text.replace(email, "ADDRESS")))
    assert pages[0] == pages[1]
    assert [message.to for message in mail.outbox] == [["alva@example.org"], ["eve@stranger.example"]]
    assert mail.outbox[0].subject == mail.outbox[1].subject


def test_members_and_strangers_wait_equally_long(world: World) -> None:
    took: dict[str, float] = {}
    for email in ("alva@example.org", "eve@stranger.example"):
        began = time.monotonic()
        Client().post("/accounts/login/", {"email": email})
        took[email] = time.monotonic() - began
    assert min(took.values()) >= ANSWER_AFTER


def test_nobody_takes_up_all_threads_of_the_server_by_signing_in(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever did would see by their own waiting when somebody saves on the page that waits for its turn."""
    told: list[tuple[int, bool]] = []
    numbers = count(1)

    def while_they_wait(_seconds: float) -> None:
        answer = Client().post("/accounts/login/", {"email": f"eve{next(numbers)}@stranger.example"})
        told.append((answer.status_code, "Many people are signing in just now." in answer.text))

    monkeypatch.setattr(time, "sleep", while_they_wait)
    Client().post("/accounts/login/", {"email": "eve@stranger.example"})
    assert told == [(503, True), *[(302, False)] * (AT_ONCE - 1)]  # the one too many was asked last, and answered first
    told.clear()
    assert Client().post("/accounts/login/", {"email": "x"}).status_code == 422
    assert told == [], "what is no address is answered at once"
    home = settings.BASE_DIR
    started = [
        home / "docker-compose.yml",
        home / "docs/deployment.md",
        home / "learningsets/management/commands/serve.py",
    ]
    threads = [int(one) for file in started for one in re.findall(r"threads=(\d+)", file.read_text())]
    assert threads == [2 * AT_ONCE] * 3


def test_a_mail_server_that_is_down_is_told(world: World, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = Client().post("/accounts/login/", {"email": "alva@example.org"})
    assert answer.status_code == 503
    assert "We cannot send e-mail at the moment" in answer.text
    assert 'value="alva@example.org"' in answer.text


def test_nobody_signs_up(db: None) -> None:
    answer = Client().post("/accounts/signup/", {"email": "eve@stranger.example"})
    assert answer.status_code == 200
    assert User.objects.count() == 0


@pytest.mark.parametrize("path", ["password/reset/", "email/", "password/change/", "reauthenticate/", "confirm-email/"])
def test_allauths_other_pages_are_not_there(path: str) -> None:
    assert Client().get(f"/accounts/{path}").status_code == 404


def test_a_link_of_the_example_works_once(world: World, settings) -> None:
    settings.EXAMPLE_LINKS = True
    User.objects.filter(pk=world.alva.user.pk).update(is_example=True)
    world.alva.user.refresh_from_db()
    link = sign_in_links.make_sign_in_link(world.alva.user).removeprefix(settings.SITE_URL)
    browser = Client()
    assert browser.get(link).status_code == 200
    assert browser.get(link).status_code == 200  # reading it spends nothing
    assert browser.post(link).status_code == 302
    assert browser.get("/").context["user"] == world.alva.user
    assert Client().post(link).status_code == 404
    assert Client().get(link).status_code == 404


def test_there_are_no_links_for_real_people_or_off_loopback(world: World, settings) -> None:
    settings.EXAMPLE_LINKS = True
    with pytest.raises(ValueError, match="worked example"):
        sign_in_links.make_sign_in_link(world.alva.user)
    User.objects.filter(pk=world.alva.user.pk).update(is_example=True)
    world.alva.user.refresh_from_db()
    link = sign_in_links.make_sign_in_link(world.alva.user).removeprefix(settings.SITE_URL)
    settings.EXAMPLE_LINKS = False
    assert Client().get(link).status_code == 404
    assert Client().post(link).status_code == 404
    assert OneTimeLink.objects.count() == 1
    with pytest.raises(ValueError, match="loopback"):
        sign_in_links.make_sign_in_link(world.alva.user)
