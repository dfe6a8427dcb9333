"""Who finds what on which page, who notices what somebody does, and what letters, calendars and the heads of pages say.

The whole of it stands in tables (who_sees_what.yaml, who_notices.yaml, letters.yaml, heads.yaml): a page or a letter
that shows one word more to somebody, or one less, fails here. Whoever means it changes the table, and with it says to
whom.
"""

import ast
import logging
import re
from base64 import b64decode
from calendar import month_name
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import time_machine
import yaml
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.urls import reverse

from challenges.openings import announce_due
from learningsets.mail import send_waiting
from learningsets.members import leave
from learningsets.models import Letter
from sessions import feeds, lifecycle
from sessions.letters import dates_are_set
from sessions.lifecycle import Details
from sessions.models import Meeting
from sessions.newcomers import tell_newcomers
from sessions.reminders import send_due
from tests.deeds import do, in_secret, in_the_set
from tests.laden import DAY, MARKS, READERS, Laden, laden, private
from tests.looks import DRAWN_ANEW
from tests.test_access import FOUND, RULES, arguments

pytestmark = [pytest.mark.xdist_group("laden"), pytest.mark.once]

DRAWN = {
    r"(?m)^(Message-ID|Date|Content-[-A-z]+|MIME-Version): .*\n": "",
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}": "KEY",
    r"/(stop|invitation|sections)/[^/\s]+/": r"/\1/KEY/",
    r"\b\d{8}(T\d{6}Z?)?\b": "MOMENT",
    rf"\b([A-Z]\w+day )?\d{{1,2}} ({'|'.join(month_name[1:])})( \d{{4}})?": "DAY",
    r"\b\d{1,2}:\d\d\b": "TIME",
    r"(?m)^[A-Z0-9]{4}-?[A-Z0-9]{4}$|\b\d{6}\b": "CODE",
    r"\n+": "\n",
}
Look = dict[tuple[str, str], str]
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
    """What a page says, in its head too, without the places at which a word may be broken."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    said = f"{dict(answer.headers)}\n{content.decode('utf-8', 'replace')}"
    return said.replace("\u00ad", "").replace("&shy;", "")


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


def look(site: Laden) -> Look:
    """What each of the readers is shown on each page that is for them, by their letter and the page's name."""
    shown = {}
    for letter, who in READERS.items():
        client = site.world.client(who)
        for name, word, address in pages(site):
            if who in RULES[name].who:
                shown[letter, f"{name}@{word}".strip("@")] = legible(client.get(address))
        shown[letter, "meetings:feed"] = legible(client.get(feeds.address(site.world.people[who].user)))
        shown[letter, "session"] = repr(client.session.items())
    return shown


def on_pages(shown: Look) -> Iterator[tuple[str, str, str]]:
    people = {letter: private(who) for letter, who in READERS.items()}
    for (letter, page), text in shown.items():
        for thing in found_in(text, people[letter]):
            yield thing, page, letter


def all_is_told(site: Laden) -> list[EmailMessage]:
    """What else is written by letter: what becomes of dates, all of them, that they leave a calendar, that questions
    are open, and a reminder on the eve of a meeting."""
    cohort = site.world.cohort
    ahead, empty = (Meeting.objects.get(pk=site.about[word]["meeting_id"]) for word in ("ahead", "empty"))
    off = site.meeting("off", empty.starts_at + 30 * DAY)
    del site.about["off"]  # the site outlasts this test
    lifecycle.change(ahead, ahead.version, Details(ahead.starts_at, 90, "", ahead.video_link))
    lifecycle.change(empty, empty.version, Details(empty.starts_at + 7 * DAY, 90, empty.place, ""))
    lifecycle.cancel(off, off.version)
    announce_due()
    dates_are_set(cohort, cohort.meetings.all())
    leave(site.world.people["Oluwaseun"])
    tell_newcomers()
    with time_machine.travel(ahead.starts_at - DAY, tick=False):
        send_due()
    unsigned = Letter.objects.filter(subject__startswith="A contract")  # which all have signed by now
    letters = [EmailMessage(one.subject, one.body, to=[one.to]) for one in unsigned]
    asa = site.world.people["Åsa"].user
    for address in (asa.email, "nobody@new.example"):
        Client().post(reverse("account_login"), {"email": address})
    for address in ("asa@new.example", site.world.people["Stig"].user.email):
        site.world.client(asa).post(reverse("learningsets:me_address"), {"email": address})
    while Letter.objects.filter(sent_on=None).update(waits=0):
        send_waiting()
    return [*letters, *mail.outbox]


def unfolded(entries: str) -> str:
    """Of a calendar (RFC 5545, 3.1): a line that is too long goes on in the next."""
    return re.sub(r"\r?\n ", "", entries).replace("\r", "")


def whole(one: EmailMessage) -> str:
    """A letter as it leaves: its head, its words, and what it carries for a calendar."""
    named = [(name, value) for name, value in one.message().items() if name != "To"]
    head = "".join(
        f"{name}: {value}\n" for name, value in [*named, *(("Bcc", other) for other in one.recipients()[1:])]
    )
    entries = [unfolded(str(content)) for _name, content, _kind in one.attachments]
    return "\n".join([head, str(one.body), *entries])


def drawn(text: str) -> str:
    for pattern, word in DRAWN.items():
        text = re.sub(pattern, word, text)
    return text


def by_kind(letters: Iterable[EmailMessage]) -> dict[str, list[str]]:
    """What each kind of letter says, without its reader's address and days and keys that are others each time."""
    said = defaultdict(set)
    for one in letters:
        said[str(one.subject)].add(drawn(whole(one).replace(one.to[0], "WHO READS IT")))
    return {subject: sorted(texts) for subject, texts in sorted(said.items())}


def calendar(text: str) -> list[str]:
    """The lines of a calendar, each once."""
    return sorted({*drawn(unfolded(text.partition("\n")[2])).splitlines()})


def heads(shown: Look) -> dict[str, list[str]]:
    """What the heads of pages hold, by name; without what is another for each page."""
    held = defaultdict(set)
    for (_letter, page), text in shown.items():
        for name, value in ast.literal_eval(text.partition("\n")[0] if page != "session" else "{}").items():
            said = re.sub(r"sha256-[\w+/]+=*|[0-9a-f]{64}|\w{3}, \d+ \w{3} \d{4} [\d:]+|\d+", "N", value)
            held[name].add("; ".join(sorted(said.split("; "))))
    return {name: sorted(values) for name, values in sorted(held.items())}


def in_letters(site: Laden, letters: list[EmailMessage]) -> Iterator[tuple[str, str, str]]:
    readers = {who: letter for letter, who in READERS.items()}
    reads = {place.user.email: (readers.get(who, "?"), who) for who, place in site.world.people.items()}
    for one in letters:
        letter, who = reads.get(one.to[0], ("?", ""))
        for thing in found_in(whole(one), private(who)):
            yield thing, f"letter: {one.subject}", letter
    for (address, subject), times in Counter((one.to[0], one.subject) for one in letters).items():
        yield "letters", f"{times} × {subject}", reads.get(address, ("?", ""))[0]


def in_cache() -> Iterator[tuple[str, str, str]]:
    """What lies there once everybody has looked at everything: another reader may be given it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM cache")
        for (value,) in cursor.fetchall():
            for thing in found_in(b64decode(value).decode("utf-8", "replace"), private("")):
                yield thing, "cache", "?"


def in_lines(lines: Iterable[logging.LogRecord]) -> Iterator[tuple[str, str, str]]:
    for line in lines:
        if not line.name.startswith("django.db"):  # of the statements themselves: tests/learningsets/test_logs.py
            for thing in found_in(f"{line.getMessage()} {line.exc_text or ''}", private("")):
                yield thing, f"log: {line.name}", "?"


@pytest.fixture(scope="module", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One folder for the keys of the boxes as long as the site lasts, and not one for each test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "BOX_KEY_DIR", tmp_path_factory.mktemp("keys"))
        yield


@pytest.fixture(scope="module")
def site(shared_database: None) -> Iterator[Laden]:
    """At one moment, so that nothing is told in other words because time went by."""
    noon = datetime.now(tz=UTC).replace(hour=12)  # in the evening a meeting would end on another day
    with time_machine.travel(noon, tick=False):
        yield laden()


class Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record)


@pytest.fixture(scope="module")
def lines() -> Iterator[list[logging.LogRecord]]:
    """What is logged while the site is looked at, at any level."""
    handler, root = Kept(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler.lines
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture(scope="module")
def shown(site: Laden, lines: list[logging.LogRecord]) -> Look:
    """What everybody is shown at first."""
    return look(site)


def rows() -> Iterator[tuple[str, Any]]:
    """Every row of every table, by table."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                yield table, dict(zip(names, row, strict=True))


def written(before: list[tuple[str, Any]], after: list[tuple[str, Any]]) -> dict[str, str]:
    """By table, whether it has other rows than before, and of rows that stayed the columns that hold something else."""
    found: dict[str, set[str]] = defaultdict(set)
    was, now = ({(table, next(iter(row.values()))): row for table, row in rows} for rows in (before, after))
    for key in was.keys() | now.keys():
        if key in was and key in now:
            found[key[0]] |= {name for name, value in now[key].items() if value != was[key][name]}
        else:
            found[key[0]].add("more rows" if key in now else "fewer rows")
    return {table: ", ".join(sorted(columns)) for table, columns in sorted(found.items()) if columns}


class Plainly(yaml.SafeDumper):
    """Texts of several lines as they are, and what is short on one line."""

    def represent_scalar(self, tag: str, value: Any, style: str | None = None) -> yaml.ScalarNode:
        return super().represent_scalar(tag, value, "|" if "\n" in str(value) else style)


def held_against(table: str, found: Any, folder: Path) -> None:
    """That it is what the table says. Where something else is meant, what `folder` holds takes the table's place."""
    as_it_is = folder / f"{table}.yaml"
    flow = None if table.startswith("who_") else False
    style: dict[str, Any] = {"sort_keys": False, "allow_unicode": True, "width": 118, "default_flow_style": flow}
    as_it_is.write_text(yaml.dump(found, Dumper=Plainly, **style))
    assert found == yaml.safe_load(Path(__file__).with_name(as_it_is.name).read_text()), as_it_is


def test_everybody_finds_what_the_table_says_and_nothing_else(
    site: Laden, shown: Look, lines: list[logging.LogRecord], db: None, tmp_path: Path
) -> None:
    letters = all_is_told(site)
    found = gathered(chain(on_pages(shown), in_cache(), in_letters(site, letters), in_lines(lines)))
    held_against("who_sees_what", found, tmp_path)
    calendars = {f"The calendar of {who}": calendar(shown[letter, "meetings:feed"]) for letter, who in READERS.items()}
    held_against("letters", by_kind(letters) | calendars, tmp_path)
    held_against("heads", heads(shown), tmp_path)


def test_what_somebody_does_is_noticed_by_those_that_it_is_for_and_by_nobody_else(
    site: Laden, shown: Look, lines: list[logging.LogRecord], db: None, tmp_path: Path
) -> None:
    """Whose pages say something else afterwards, which rows are written, and what letters and lines there are of it."""
    found: dict[str, Any] = {}
    lines.clear()
    for deeds in (in_secret, in_the_set):
        Letter.objects.all().delete()
        before = list(rows())
        led = do(site, deeds(site))
        after = list(rows())
        now = look(site)
        noticed: dict[str, str] = defaultdict(str)
        for (letter, page), text in now.items():
            noticed[page] += letter if DRAWN_ANEW.sub("", text) != DRAWN_ANEW.sub("", shown[letter, page]) else ""
        found[deeds.__name__] = {
            "noticed": {page: letters for page, letters in sorted(noticed.items()) if letters},
            "leads on to": [drawn(address) for address in led],
            "written": written(before, after),
            "written by looking": written(after, list(rows())),
            "letters": sorted(f"{one.subject}, to {one.to}" for one in Letter.objects.all()),
            "lines": sorted({line.getMessage() for line in lines}),
        }
        shown = now
    held_against("who_notices", found, tmp_path)
