"""What was typed while its writer signed in again, in another tab, is sent after all, and by nobody else."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learningsets.models import Programme
from tests.learningsets.conftest import World
from tests.signed_in import signed_in

OURS = "http://testserver"
TYPED = {"title": "Unlocking “more”", "aims": "One & <two>\r\n\r\nÅsa's\tthree", "version": "1", "paper": "letter"}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def browser(world: World) -> Client:
    """Olga's, with a page open since before she signed in again."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(world.olga.user).cookies
    return client


def sent(browser: Client, world: World, origin: str, **typed: str) -> Any:
    """The answer to a form of the programme's page; its token is of long ago."""
    address = reverse("learningsets:programme_edit", args=[world.programme.pk])
    browser.get(address)
    return browser.post(address, {"csrfmiddlewaretoken": "o" * 64} | typed, headers={"origin": origin})


def test_it_comes_back_with_a_new_token_and_is_saved_when_it_is_sent_again(browser: Client, world: World) -> None:
    answer = sent(browser, world, OURS, **TYPED)
    assert answer.status_code == 403
    page = answer.content.decode().split("</h1>")[1]
    fields = {name: unescape(value) for name, value in HIDDEN.findall(page)}
    assert TYPED.items() <= fields.items()
    assert Programme.objects.get(pk=world.programme.pk).title != TYPED["title"]
    address = re.search(r'<form method="post" action="([^"]+)"', page)
    assert address
    assert browser.post(address[1], fields, headers={"origin": OURS}).status_code == 302
    saved = Programme.objects.get(pk=world.programme.pk)
    assert (saved.title, saved.aims) == ("Unlocking “more”", "One & <two>\n\nÅsa's\tthree")


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_what_another_site_sends_gets_no_button_of_ours(browser: Client, world: World, origin: str) -> None:
    answer = sent(browser, world, origin, **TYPED)
    assert answer.status_code == 403
    assert "Unlocking" not in answer.content.decode()
    assert "Send it again" not in answer.content.decode()
