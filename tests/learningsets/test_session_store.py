"""Raw rows of sessions and of the rate limits: nothing in them names anybody, or a time of day."""

import base64
import re
from collections.abc import Iterator
from datetime import time

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection
from django.test import Client

from learningsets.session_store import SessionStore
from tests.learningsets.conftest import World

WHEN = "2026-12-08T14:03:27.123456+00:00"


def test_a_row_shows_neither_who_nor_when(world: World) -> None:
    with time_machine.travel(WHEN, tick=False):
        browser = Client()
        browser.force_login(world.alva.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    row = Session.objects.get()
    assert row.expire_date.time() == time(0)
    assert b"_auth_user" not in base64.b64decode(row.session_data)
    assert (len(base64.b64decode(row.session_data)) - 12 - 16) % 1024 == 0
    assert browser.get("/").status_code == 200


def test_what_allauth_notes_of_a_sign_in_is_cut_to_the_day(db: None) -> None:
    store = SessionStore()
    sealed = store.encode({"account_authentication_methods": [{"method": "code", "at": 1_796_738_607.12}]})
    assert store.decode(sealed)["account_authentication_methods"] == [{"method": "code", "at": 1_796_688_000.0}]


@pytest.mark.parametrize("forged", ["", "no", "e30=", base64.b64encode(b"x" * 80).decode()])
def test_a_row_that_was_tampered_with_is_an_empty_session(forged: str) -> None:
    assert SessionStore().decode(forged) == {}


def test_the_same_session_never_looks_the_same_twice() -> None:
    store = SessionStore()
    assert store.encode({"a": 1}) != store.encode({"a": 1})
    assert store.decode(store.encode({"a": 1})) == {"a": 1}


def test_the_rate_limits_hold_no_address(world: World) -> None:
    call_command("createcachetable", verbosity=0)
    cache.clear()
    cache.set("allauth:rl:request_login_code:alva@example.org", [1.5], 60)
    assert cache.get("allauth:rl:request_login_code:alva@example.org") == [1.5]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT cache_key FROM {settings.CACHES['default']['LOCATION']}")
        keys = [row[0] for row in cursor.fetchall()]
    assert [re.fullmatch("[0-9a-f]{64}", key) is not None for key in keys] == [True]


def test_signing_in_by_code_leaves_no_time_of_day_in_the_payload(world: World, mailoutbox: list[EmailMessage]) -> None:
    call_command("createcachetable", verbosity=0)
    browser = Client()
    browser.post("/accounts/login/", {"email": "alva@example.org"})
    code = re.search(r"^\s*([A-Z0-9-]{6,})\s*$", str(mailoutbox[0].body), re.M)
    assert code is not None
    browser.post("/accounts/login/code/", {"code": code[1]})
    times = list(big_numbers(dict(browser.session.items())))
    assert times
    assert [number % 86_400 for number in times] == [0.0] * len(times)


def big_numbers(value: object) -> Iterator[float]:
    """Whatever could be a time in seconds, at any depth."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from big_numbers(one)
    elif isinstance(value, int | float) and value > 1_000_000_000:
        yield value
