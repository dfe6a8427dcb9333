"""Letters: one address each, sent once, kept while the server is down, purged when gone."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.core.cache import cache
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from learningsets import mail, tasks
from learningsets.models import Invitation, Letter, Programme


class Down(BaseEmailBackend):
    """A mail server that cannot be reached."""

    def open(self) -> bool:
        raise ConnectionRefusedError

    def send_messages(self, messages) -> int:
        raise AssertionError


class Failing(EmailBackend):
    """A mail server that takes the connection and breaks off."""

    def send_messages(self, messages) -> int:
        raise smtplib.SMTPServerDisconnected


class Refusing(EmailBackend):
    """A mail server that knows no such person."""

    def send_messages(self, messages) -> int:
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"unknown")})


@pytest.fixture
def letter(db: None) -> Letter:
    return mail.send("alva@example.org", "A\nsubject", "A body")


def test_a_letter_leaves_once_with_one_recipient_and_its_text_is_gone(letter: Letter) -> None:
    assert [mail.send_waiting(), mail.send_waiting()] == [1, 0]
    (message,) = django_mail.outbox
    assert (message.to, message.cc, message.bcc, message.subject) == (["alva@example.org"], [], [], "A subject")
    assert message.extra_headers["Message-ID"] == f"<{letter.pk}@localhost>"
    letter.refresh_from_db()
    assert (letter.body, letter.sent_on) == ("", timezone.localdate())
    with_others = mail.send("bo@example.org", "A subject", "A body", about="reading 7")
    written = mail.message_for(with_others).message().as_string()
    assert "reading" not in written, "nothing in a letter joins it to those of others about the same matter"


def test_while_the_server_is_down_letters_wait(letter: Letter, settings, monkeypatch) -> None:
    monkeypatch.setattr(mail, "get_connection", Down)
    assert [mail.send_waiting() for _i in range(3)] == [0, 0, 0]
    monkeypatch.undo()
    assert mail.send_waiting() == 1


def test_a_letter_that_fails_waits_longer_each_time(letter: Letter, monkeypatch) -> None:
    monkeypatch.setattr(mail, "get_connection", Failing)
    waits = []
    for _i in range(3):
        Letter.objects.update(waits=0)
        mail.send_waiting()
        waits.append(Letter.objects.get().waits)
    assert waits == [3, 6, 12]
    monkeypatch.undo()
    Letter.objects.update(waits=2)
    assert [mail.send_waiting() for _i in range(3)] == [0, 1, 0]


def test_an_unknown_address_is_not_tried_again_and_is_shown(letter: Letter, monkeypatch) -> None:
    monkeypatch.setattr(mail, "get_connection", Refusing)
    assert mail.send_waiting() == 0
    monkeypatch.undo()
    assert mail.send_waiting() == 0
    assert mail.bounced(["alva@example.org", "bo@example.org"]) == {"alva@example.org"}


def test_of_a_letter_that_came_back_the_text_is_gone(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """An invitation's link stands in it. Only the address stays, so that whoever invited can be told."""
    mail.send("alva@example.org", "Join us", "https://sets.example.org/invitation/7QpX/", about="7QpX")
    monkeypatch.setattr(mail, "get_connection", Refusing)
    mail.send_waiting()
    (row,) = Letter.objects.values()
    assert row["bounced"]
    assert [name for name, value in row.items() if "7QpX" in str(value)] == []


def test_an_address_that_a_later_letter_reached_is_known_to_bounce_no_more(letter: Letter, monkeypatch) -> None:
    monkeypatch.setattr(mail, "get_connection", Refusing)
    mail.send_waiting()
    monkeypatch.undo()
    mail.send("bo@example.org", "Another", "x")
    assert mail.send_waiting() == 1
    assert mail.bounced(["alva@example.org"]) == {"alva@example.org"}
    mail.send("alva@example.org", "Again", "x")
    assert mail.send_waiting() == 1
    assert mail.bounced(["alva@example.org"]) == set()


def test_a_letter_that_arrived_says_nothing_of_an_invitation_that_came_back(
    monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    programme = Programme.objects.create(title="Unlocking")
    rows = [
        Invitation.objects.create(
            programme=programme, role="organiser", email=to, name="A", token_hash=to, expires_on="2098-01-01"
        )
        for to in ("alva@example.org", "bo@example.org")
    ]
    monkeypatch.setattr(mail, "get_connection", Refusing)
    for one in rows:
        mail.send(one.email, "Join us", "x", invitation=one)
    mail.send_waiting()
    assert mail.bounced([], rows) == {one.pk for one in rows}
    assert mail.bounced([], rows[:1]) == {rows[0].pk}
    monkeypatch.undo()
    mail.send("alva@example.org", "Dates", "x")
    assert mail.send_waiting() == 1
    assert mail.bounced([], rows) == {one.pk for one in rows}
    mail.send("alva@example.org", "Join us", "x", invitation=rows[0])
    assert mail.send_waiting() == 1
    assert mail.bounced([], rows) == {rows[1].pk}


def test_a_letter_claimed_by_another_is_left_alone(letter: Letter) -> None:
    seen = Letter.objects.get()
    Letter.objects.update(attempts=1, waits=3)
    assert mail._send_one(seen, EmailBackend()) is False


def test_no_time_of_day_stands_in_a_letter(letter: Letter) -> None:
    kinds = {field.name: field.get_internal_type() for field in Letter._meta.fields}
    assert [name for name, kind in kinds.items() if kind in {"DateTimeField", "TimeField"}] == []


def test_sent_letters_are_purged_the_day_after(letter: Letter, settings, tmp_path) -> None:
    mail.send("bo@example.org", "Waiting", "x")
    Letter.objects.filter(pk=letter.pk).update(sent_on=timezone.localdate() - timedelta(days=1))
    tasks.purge()
    assert Letter.objects.get().to == "bo@example.org"


def test_the_embedded_backend_shows_and_keeps(letter: Letter, settings, capsys) -> None:
    settings.EMAIL_BACKEND = "learningsets.mail.ConsoleAndFolderBackend"
    assert mail.send_waiting() == 1
    assert "Mail to alva@example.org\nA subject\n\nA body" in capsys.readouterr().out
    (kept,) = settings.EMAIL_FILE_PATH.glob("*.eml")
    assert "To: alva@example.org" in kept.read_text()


def test_stale_counts_of_the_rate_limits_are_purged(db: None) -> None:
    call_command("createcachetable", verbosity=0)
    cache.clear()
    cache.set("stale", 1, timeout=-5)
    cache.set("fresh", 1, timeout=60)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cache SET expires = %s WHERE cache_key = %s", ["2020-01-01", cache.make_key("fresh")])
    cache.set("newer", 1, timeout=60)
    tasks.purge()
    assert (cache.get("fresh"), cache.get("newer")) == (None, 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache")
        assert cursor.fetchone() == (1,)
