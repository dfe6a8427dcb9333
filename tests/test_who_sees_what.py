"""Who finds what on which page: the whole of it as a table, tests/who_sees_what.yaml, so that nothing is added unseen.

A page that shows one word more to somebody, or one less, fails here. Whoever means it changes the table, and with it
says to whom.
"""

import logging
from base64 import b64decode
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import time_machine
import yaml
from django.db import connection
from django.urls import reverse

from challenges.openings import announce_due
from learningsets.members import leave
from learningsets.models import Letter
from sessions import lifecycle
from sessions.letters import dates_are_set
from sessions.lifecycle import Details
from sessions.models import Meeting
from sessions.newcomers import tell_newcomers
from sessions.reminders import send_due
from tests.laden import DAY, MARKS, READERS, Laden, laden, private
from tests.test_access import FOUND, RULES, arguments

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TABLE = Path(__file__).with_name("who_sees_what.yaml")
Table = dict[str, dict[str, list[str]]]  # of a thing, by the letters of those who find it, where they do


def pages(site: Laden) -> Iterator[tuple[str, str, str]]:
    """Each page about each thing that it can be about: its name, what it is about in a word, and its address."""
    nothing: dict[str, Any] = {}
    common = {"programme_id": site.world.programme.pk, "cohort_id": site.world.cohort.pk, "file_format": "html"}
    for name, rule in RULES.items():
        if rule.how != FOUND or "token" in (needed := arguments(name)):
            continue
        for word, objects in ({"": nothing} | site.about).items():
            if needed <= common.keys() | objects.keys() and bool(word) == bool(needed - common.keys()):
                about = common | objects
                yield name, word, reverse(name, kwargs={key: about[key] for key in needed})


def legible(answer: Any) -> str:
    """What a page says, without the places at which a word may be broken."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(content.decode("utf-8", "replace")).replace("\u00ad", "").replace("&shy;", "")


def found_in(text: str, people: dict[str, list[str]]) -> set[str]:
    """The names of whatever is legible there."""
    marks = {label for words, label in MARKS.items() if words in text}
    return marks | {label for label, words in people.items() if any(word in text for word in words)}


def gathered(rows: Iterator[tuple[str, str, str]]) -> Table:
    """The table of rows of a thing, a place and the letter of who finds it there."""
    readers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for thing, place, letter in rows:
        readers[thing, place].add(letter)
    table: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for (thing, place), letters in sorted(readers.items()):
        table[thing]["".join(letter for letter in (*READERS, "?") if letter in letters)].append(place)
    return {thing: dict(places) for thing, places in table.items()}


def on_pages(site: Laden) -> Iterator[tuple[str, str, str]]:
    for letter, who in READERS.items():
        client, people = site.world.client(who), private(who)
        for name, word, address in pages(site):
            if who in RULES[name].who:
                for thing in found_in(legible(client.get(address)), people):
                    yield thing, f"{name}@{word}".strip("@"), letter
        for thing in found_in(repr(client.session.items()), people):
            yield thing, "session", letter


def all_is_told(site: Laden) -> None:
    """What else is written by letter: what becomes of dates, all of them, that they leave a calendar, that questions
    are open, and a reminder on the eve of a meeting."""
    cohort = site.world.cohort
    ahead, empty = (Meeting.objects.get(pk=site.about[word]["meeting_id"]) for word in ("ahead", "empty"))
    off = site.meeting("off", empty.starts_at + 30 * DAY)
    lifecycle.change(ahead, ahead.version, Details(ahead.starts_at, 90, "", ahead.video_link))
    lifecycle.change(empty, empty.version, Details(empty.starts_at + 7 * DAY, 90, empty.place, ""))
    lifecycle.cancel(off, off.version)
    announce_due()
    dates_are_set(cohort, cohort.meetings.all())
    leave(site.world.people["Oluwaseun"])
    tell_newcomers()
    with time_machine.travel(ahead.starts_at - DAY, tick=False):
        send_due()


def in_letters(site: Laden) -> Iterator[tuple[str, str, str]]:
    all_is_told(site)
    reads = {site.world.people[who].user.email: (letter, who) for letter, who in READERS.items()}
    for one in Letter.objects.all():
        letter, who = reads.get(one.to, ("?", ""))
        yield "letters", one.subject, letter
        for thing in found_in(f"{one.subject}\n{one.body}\n{one.calendar}", private(who)):
            yield thing, f"letter: {one.subject}", letter


def in_cache() -> Iterator[tuple[str, str, str]]:
    """What lies there once everybody has looked at everything: another reader may be given it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM cache")
        for (value,) in cursor.fetchall():
            for thing in found_in(b64decode(value).decode("utf-8", "replace"), private("")):
                yield thing, "cache", "?"


def in_lines(caplog: pytest.LogCaptureFixture) -> Iterator[tuple[str, str, str]]:
    for line in caplog.records:
        if not line.name.startswith("django.db"):  # of the statements themselves: tests/learningsets/test_logs.py
            for thing in found_in(f"{line.getMessage()} {line.exc_text or ''}", private("")):
                yield thing, f"log: {line.name}", "?"


def test_everybody_finds_what_the_table_says_and_nothing_else(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    site = laden()
    found = gathered(chain(on_pages(site), in_cache(), in_letters(site), in_lines(caplog)))
    table = tmp_path / "as_it_is.yaml"  # where it is meant: it takes the table's place
    table.write_text(yaml.safe_dump(found, sort_keys=False, allow_unicode=True, width=118, default_flow_style=None))
    assert found == yaml.safe_load(TABLE.read_text()), table
