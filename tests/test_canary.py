"""The canary: realistic names, inflected and misspelt, are looked for in every byte that leaves the set.

The control run at the end switches the boundary off and must find them: a search that can't find anything proves
nothing.
"""

import base64
import logging
import re
import unicodedata
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail as django_mail
from django.db import connection, models
from django.urls import reverse

from learningsets.models import Letter
from learningsets.tasks import send_letters
from reports import sections
from reports.anonymity.deidentify import Deidentified
from reports.anonymity.text import vouch_for
from reports.build import build_document
from reports.models import Decision, Release, Report
from reports.production import produce, review_copy
from reports.readback import read
from reports.releasing import prepare, publish, request_candidate
from reports.write_up import Answers, NextSteps, Question, Questions, Session, Theme, Themes, WriteUp, plain
from sessions import letters, lifecycle
from sessions.models import Meeting
from tests.world import (
    FACILITATOR,
    ORGANISER,
    World,
    hold_meeting,
    log_challenges,
    make_world,
    needles,
    through_window,
)

pytestmark = [pytest.mark.xdist_group("canary"), pytest.mark.once]

# The facilitator's prose names people too; some of it is inflected or misspelt, as in a hurry.
WRITE_UP = WriteUp(
    sections=(
        Session(
            title="What Gwilym’s group brought", paragraphs=("PROTHERO and Asa began; Corrib Valley Health hosted.",)
        ),
        Questions(questions=(Question("How do we answer Penhallow?", "Raised after Ragnhilds talk."),)),
        Themes(themes=(Theme("Trust", ("Merse Bay's staff and Fionnuala Mac-Giolla spoke of it.",), people=6),)),
        Answers(),
        NextSteps(items=("Mail gwilym.prothero@mersebay.example the notes.",)),
    )
)


def plain_letters(text: str) -> str:
    """Lower case, without accents, hyphens, marks or doubled spaces: how a needle is compared."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in spread if not unicodedata.combining(character))
    return " ".join(re.sub(r"[^\w@.]+", " ", bare).split())


def found_in(texts: list[str], without: tuple[str, ...] = ()) -> set[str]:
    """The needles that are legible in any of the texts as whole words, apart from those of the people `without`."""
    allowed = plain_letters(" ".join(without))
    hay = " " + " ".join(plain_letters(text) for text in texts) + " "
    return {
        needle
        for needle in needles()
        if plain_letters(needle) not in allowed
        and re.search(rf"(?<!\w){re.escape(plain_letters(needle))}s?(?!\w)", hay)
    }


def legible(content: bytes) -> list[str]:
    """Bytes as text, and whatever is packed in them: deflated streams and base64 runs too."""
    texts = [content.decode("utf-8", "replace"), content.decode("utf-16-be", "replace")]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        try:
            texts.append(zlib.decompress(stream).decode("latin-1"))
        except zlib.error:
            continue
    for run in re.findall(rb"[A-Za-z0-9+/]{40,}={0,2}", content):
        texts.append(base64.b64decode(run + b"=" * (-len(run) % 4)).decode("utf-8", "replace"))
    return texts


@pytest.fixture
def world(lasting_world: World, db: None) -> World:
    """A set that has met and whose box was tipped out."""
    return lasting_world


@pytest.fixture
def release(lasting_release: Release, db: None) -> Release:
    """Its report, released."""
    return lasting_release


@pytest.fixture(scope="module")
def logged() -> Iterator[list[str]]:
    """Every line that any logger is given from here on, apart from those of the database and of font reading."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(f"{record.getMessage()} {record.exc_text or ''}")  # type: ignore[method-assign]
    handler.addFilter(lambda record: not record.name.startswith(("django.db", "fontTools", "asyncio", "faker")))
    root = logging.getLogger()
    level, root.level = root.level, logging.DEBUG
    root.addHandler(handler)
    yield lines
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture(scope="module")
def lasting_world(shared_database: None, logged: list[str]) -> World:
    """Made once for all the tests here."""
    world = make_world()
    log_challenges(world)
    hold_meeting(world)
    return world


@pytest.fixture(scope="module")
def lasting_release(lasting_world: World) -> Release:
    """Rendered once for all the tests here."""
    return released(lasting_world)


def written(world: World) -> Report:
    """The meeting's report, with prose that names people."""
    assert world.meeting is not None
    report = prepare(world.meeting)
    Report.objects.filter(pk=report.pk).update(content=plain(WRITE_UP))
    report.refresh_from_db()
    return report


def released(world: World) -> Release:
    """The same, its findings all put in general words, rendered, certified and released."""
    report = written(world)
    built = build_document(report, "release", key=b"")
    for passage in built.passages:
        for finding in passage.result.open:
            Decision.objects.get_or_create(
                report=report,
                words=finding.words,
                sentence="",
                defaults={"verdict": "remove"},
            )
    release = request_candidate(report)
    produce(release.pk)
    release.refresh_from_db()
    assert (release.state, release.failure, release.refusals) == ("ready", "", [])
    return publish(through_window(release).pk, release.sha256)


def test_the_released_bytes_hold_no_name_and_no_employer(release: Release) -> None:
    pages = read(bytes(release.pdf or b""))
    assert found_in([*pages.texts, pages.xmp, str(pages.metadata)]) == set()
    assert found_in(legible(bytes(release.pdf or b""))) == set()
    assert found_in([release.document, str(release.certificate), release.filename]) == set()
    assert found_in(legible(bytes(release.html or b""))) == set()


def test_the_answers_are_there_all_the_same(release: Release) -> None:
    """An empty report would hold no name either."""
    text = " ".join(read(bytes(release.pdf or b"")).texts)
    for words in ("Time to think.", "I am less alone.", "Listening first.", "start small"):
        assert text.count(words) >= 1, words


def test_an_organiser_meets_no_member_anywhere(world: World, release: Release) -> None:
    """Every page an organiser can reach from every other, and every file. Facilitators are named; members never."""
    client = world.client(ORGANISER[0].split()[0])
    seen: dict[str, list[str]] = {}
    ahead = [reverse("learningsets:home"), reverse("reports:certificate", args=[release.pk])]
    while ahead:
        address = ahead.pop()
        if address in seen or "logout" in address:
            continue
        answer = client.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        seen[address] = [*legible(content), str(answer.headers)]
        if "html" in answer.headers.get("Content-Type", ""):
            ahead += [
                link.split("#")[0]
                for link in re.findall(r'href="(/[^"]*)"', content.decode())
                if "/static/" not in link
            ]
    assert reverse("reports:download", args=[release.pk, "pdf"]) in seen
    assert len(seen) >= 8
    for address, texts in seen.items():
        assert (address, found_in(texts, without=(*FACILITATOR, *ORGANISER))) == (address, set())


def test_no_mail_and_no_log_line_names_anybody(world: World, logged: list[str], release: Release) -> None:
    """What was logged, debug lines included, from the first draft to the release; and each mail that was written."""
    planned = Meeting.objects.create(
        cohort=world.cohort, number=2, starts_at=datetime(2030, 1, 8, 14, tzinfo=UTC), time_zone="Europe/London"
    )
    lifecycle.cancel(planned, planned.version)
    assert Letter.objects.count() >= len(world.participants)
    written = [f"{letter.subject} {letter.body}" for letter in Letter.objects.all()]
    assert found_in(written) == set()
    assert [
        words for words in written if world.cohort.name in words
    ] == []  # a mailbox says in no set that its owner is
    for _wait in range(letters.PASSES_FOR_UNDOING + 1):  # what is undone within a minute is told to nobody
        send_letters()
    assert {len(message.to) for message in django_mail.outbox} == {1}
    assert found_in([f"{message.subject} {message.body}" for message in django_mail.outbox]) == set()
    entries = [
        (message.to[0], text.replace("\r\n ", ""))
        for message in django_mail.outbox
        for _n, text, _t in message.attachments
    ]
    assert len(entries) >= len(world.participants)
    assert [found_in([text], without=(to,)) for to, text in entries] == [set()] * len(entries)
    assert found_in(logged) == set()
    assert list(Path(settings.DATA_DIR).rglob("*.log")) == []


def test_what_is_stored_of_a_release_holds_no_name(release: Release) -> None:
    """The tables of what left, row by row: only the set's own tables may hold raw words."""
    for model in (Release,):
        for row in model._default_manager.all():
            texts = [
                str(getattr(row, field.attname))
                for field in model._meta.local_fields
                if not isinstance(field, models.BinaryField)
            ]
            assert found_in(texts) == set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT contribution FROM reports_printed")
        assert found_in([str(row) for row in cursor.fetchall()]) == set()


def test_a_review_copy_names_nobody_either(world: World) -> None:
    """Open findings stand in general words, so a copy is safe before anybody has decided anything."""
    pages = read(review_copy(written(world)))
    assert found_in([*pages.texts, pages.xmp]) == set()


def test_control_without_the_boundary_the_canary_sings(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def let_everything_through(text: str, *_rest: object, **_more: object) -> Deidentified:
        return Deidentified(text=vouch_for(text), removed=(), open=(), decided=())

    monkeypatch.setattr(sections, "deidentify", let_everything_through)
    pages = read(review_copy(written(world)))
    sung = found_in(list(pages.texts))
    assert {"Prothero", "Corrib Valley Health", "Ragnhild", "gwilym.prothero@mersebay.example"} <= sung
    assert len(sung) >= 12
