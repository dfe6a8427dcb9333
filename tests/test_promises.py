"""One test for each promise of the README, in its words. A promise without a test fails, and so does the reverse."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from challenges import box
from challenges.models import Airtime, Asked, Draft, Reflection, Regime
from challenges.prompts import open_prompts
from learningsets import programmes
from learningsets.models import Role
from learningsets.typing_habits import evened
from reports import windows
from reports.build import build_document
from reports.document import loads
from reports.gate import Refused
from reports.models import Ballot, Release, Report, Wish
from reports.models.release import State
from reports.page_readback import read as read_page
from reports.passages import extracts
from reports.production import produce, take_up_again
from reports.readback import read
from reports.releasing import prepare, publish, request_candidate
from reports.write_up import Answers, Session, WriteUp, plain
from sessions import room
from sessions.models import AgendaItem, Meeting
from tests.world import ANSWERS, World, hold_meeting, let_time_pass, make_world, open_meeting, through_window, tip

ROOT = Path(__file__).resolve().parent.parent


pytestmark = pytest.mark.xdist_group("promises")


@pytest.fixture(scope="module")
def lasting_world(shared_database: None) -> World:
    """Six participants, a facilitator, an organiser; nothing said yet. Made once for all the tests here."""
    return make_world()


@pytest.fixture
def world(lasting_world: World, db: None) -> World:
    """The same; what a test changes is undone."""
    return lasting_world


def written(world: World, answers: list[list[str]] | None = None, prose: str = "It began.") -> Report:
    """The report of a meeting at which `answers` were put in the box, with the answers and a paragraph in it."""
    report = prepare(hold_meeting(world, answers))
    Report.objects.filter(pk=report.pk).update(
        content=plain(WriteUp(sections=(Session(title="Beginning", paragraphs=(prose,)), Answers())))
    )
    report.refresh_from_db()
    return report


def quiet(*said: str) -> list[list[str]]:
    """Answers to the first question only, by as many people as there are texts."""
    return [[text, "", "", ""] for text in (*said, "", "", "", "", "", "")[:6]]


FIVE = quiet("Listen more.", "Ask again.", "Begin small.", "Wait.", "Try it out.")


def test_drafts(world: World) -> None:
    """Nobody but its author reads a draft."""
    meeting = open_meeting(world)
    author = world.participants[0]
    box.save_draft(author, open_prompts(meeting)[0], "A sentence for my eyes.", Regime.CHATHAM)
    pages = [reverse("challenges:reflect"), reverse("meetings:meeting", args=[meeting.pk])]
    pages += [reverse("learningsets:cohort", args=[world.cohort.pk]), reverse("learningsets:home")]
    shown = {
        who: any("A sentence for my eyes." in world.client(who).get(page).content.decode() for page in pages)
        for who in world.people
    }
    assert shown == {who: who == author.user.name.split()[0] for who in world.people}
    assert b"A sentence for my eyes." not in b"".join(bytes(draft.sealed) for draft in Draft.objects.all())


def test_tip(world: World) -> None:
    """Answers come out of the box at the deadline, with no author, time or sequence beside them."""
    hold_meeting(world)
    assert Draft.objects.count() == 0
    assert sorted(Reflection.objects.values_list("text", flat=True)) == sorted(
        evened(text) for said in ANSWERS for text in said if text
    )
    assert {field.name for field in Reflection._meta.get_fields()} == {"id", "meeting", "prompt", "text", "regime"}


def test_block_floor(world: World) -> None:
    """What fewer than five people answered stays in the box."""
    hold_meeting(world, quiet("One.", "Two.", "Three.", "Four."))
    assert (Reflection.objects.count(), Draft.objects.exists()) == (0, True)


def test_report_floor(world: World) -> None:
    """Nothing is reported of a meeting to which fewer than five people contributed."""
    report = written(world, quiet("One.", "Two.", "Three.", "Four."))
    with pytest.raises(Refused) as refused:
        request_candidate(report)
    assert [refusal["code"] for refusal in refused.value.refusals] == ["contributors"]


def test_asked(world: World) -> None:
    """What a presenter was asked is read by nobody else, and who asked is kept nowhere."""
    began = timezone.now() - timedelta(hours=1)
    meeting = Meeting.objects.create(cohort=world.cohort, number=9, starts_at=began, time_zone="Europe/London")
    item = AgendaItem.objects.create(meeting=meeting, position=0, kind="airtime", minutes=30)
    turn = Airtime.objects.create(item=item, presenter=world.participants[0])
    room.press(meeting, 0, "next")
    world.client("Gwilym").post(reverse("challenges:ask", args=[turn.pk]), {"text": "What if you waited?"})
    room.press(meeting, 1, "next")
    pages = [reverse(f"challenges:{name}", args=[turn.pk]) for name in ("airtime", "ask")]
    pages += [reverse(f"meetings:{name}", args=[meeting.pk]) for name in ("meeting", "room")]
    pages += [reverse("learningsets:cohort", args=[world.cohort.pk]), reverse("learningsets:me_export")]
    shown = {
        who: any("What if you waited?" in world.client(who).get(page).content.decode() for page in pages)
        for who in world.people
    }
    assert shown == {who: who == "Siobhán" for who in world.people}
    assert {field.name for field in Asked._meta.get_fields()} == {"id", "airtime", "text"}


def test_set_only(world: World) -> None:
    """An answer given to the set alone is in no report."""
    meeting = open_meeting(world)
    first = open_prompts(meeting)[0]
    for number, place in enumerate(world.participants):
        kept_inside = number == 5
        text = "This stays among us." if kept_inside else f"Word {'abcdef'[number]} goes out."
        box.put_in(place, {first: text}, Regime.SET if kept_inside else Regime.CHATHAM)
    report = prepare(tip(meeting))
    Report.objects.filter(pk=report.pk).update(content=plain(WriteUp(sections=(Answers(),))))
    report.refresh_from_db()
    printed = repr(build_document(report, "review_copy", key=b"").document)
    assert (printed.count("goes out"), printed.count("among us")) == (5, 0)


def test_roster(world: World) -> None:
    """Names, employers and addresses of everybody on the roster are removed from every text."""
    report = written(world, prose="Ask FIONNUALA of Slievemore, or mail ragnhild@vasterdal.example, as Asa did.")
    printed = repr(build_document(report, "review_copy", key=b"").document)
    names = ("fionnuala", "slievemore", "ragnhild", "vasterdal", "västerdal", "asa ", "åsa", "gwilym", "prothero")
    assert [name for name in names if name in printed.casefold()] == []


def test_findings(world: World) -> None:
    """What merely looks like a name waits for the facilitator; until it is decided, nothing leaves."""
    report = written(world, FIVE, prose="Dr Bartholomew Quenby of Saltmarsh Hospice told us so.")
    with pytest.raises(Refused) as refused:
        request_candidate(report)
    assert [refusal["code"] for refusal in refused.value.refusals] == ["findings"]
    printed = repr(build_document(report, "review_copy", key=b"").document)
    assert ("Quenby" in printed, "Saltmarsh" in printed) == (False, False)


def test_window(world: World) -> None:
    """Before a report leaves the set reads it, and whoever objects to a passage is known to nobody."""
    release = ready(world)
    with pytest.raises(Refused):
        publish(release.pk, release.sha256)
    window = windows.give(release)
    author, passage = world.participants[0], extracts(loads(release.document))[-1]
    page = reverse("reports:reading")
    shown = {who: str(passage.words) in world.client(who).get(page).content.decode() for who in world.people}
    outside = {"Perpetua", "Ebba", "Njord", "Leopold", "Stig"}
    assert shown == {who: who not in outside for who in world.people}
    sent = {"window": window.pk, "version": 0, f"{passage.name}-wish": "object"}
    assert world.client(author.user).post(page, sent).status_code == 200
    let_time_pass(window)
    assert [(wish.kind, wish.position) for wish in Wish.objects.all()] == [("object", passage.position)]
    assert not Ballot.objects.exists()
    with pytest.raises(Refused):
        publish(release.pk, release.sha256)


def test_bytes(world: World) -> None:
    """What leaves are the very bytes that were read back and searched, and they never change."""
    release = ready(world)
    with pytest.raises(Refused):
        publish(release.pk, "0" * 64)
    out = publish(through_window(release).pk, release.sha256)
    for other in ({"pdf": b"other bytes"}, {"html": b"other bytes"}, {"document": "{}"}):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Release.objects.filter(pk=out.pk).update(**other)
    assert "Begin small." in " ".join(read(bytes(out.pdf or b"")).texts)
    assert "Begin small." in read_page(bytes(out.html or b"")).words
    assert "Begin small." in out.document


def test_organiser(world: World) -> None:
    """An organiser reaches what was released, and nothing that a member wrote."""
    release = ready(world)
    client = world.client("Perpetua")
    download = reverse("reports:download", args=[release.pk, "pdf"])
    assert client.get(download).status_code == 404
    publish(through_window(release).pk, release.sha256)
    assert client.get(download).status_code == 200
    within = ["learningsets:cohort", "learningsets:members", "challenges:challenges"]
    assert [client.get(reverse(name, args=[world.cohort.pk])).status_code for name in within] == [404, 404, 404]


def test_sides(world: World) -> None:
    """Nobody is organiser and member of one programme."""
    organiser, member = world.people["Perpetua"].user, world.people["Gwilym"].user
    with pytest.raises(IntegrityError), transaction.atomic():
        programmes.join(organiser, programme=world.programme, cohort=world.cohort, role=Role.PARTICIPANT)
    with pytest.raises(IntegrityError), transaction.atomic():
        programmes.join(member, programme=world.programme, cohort=None, role=Role.ORGANISER)


def test_messages(world: World) -> None:
    """A lost or doubled message neither loses nor doubles a report."""
    report = written(world, FIVE)
    release = request_candidate(report)  # its message is lost: no worker listens in this test
    assert request_candidate(report) == release
    Release.objects.filter(pk=release.pk).update(enqueued_at=None)
    assert take_up_again() == [release.pk]
    for _message in range(3):
        produce(release.pk)
    assert list(Release.objects.values_list("state", "attempts")) == [(State.READY, 1)]


def test_every_promise_has_its_test_and_every_test_its_promise() -> None:
    section = (ROOT / "README.md").read_text().split("## What anonymity promises, and what not")[1].split("\n## ")[0]
    promises = re.findall(r"^- (.+)$", section, re.MULTILINE)
    tested = [
        (test.__doc__ or "").strip()
        for name, test in globals().items()
        if name.startswith("test_") and not name.startswith("test_every_")
    ]
    assert promises == tested


def test_every_channel_names_tests_that_exist() -> None:
    """The table in docs/anonymity.md: each row has its test, or says "not yet"."""
    table = (ROOT / "docs" / "anonymity.md").read_text().split("## Channels")[1]
    rows = [line for line in table.splitlines() if line.startswith("| ")][1:]
    known = set(re.findall(r"^ *def (test_\w+)", "\n".join(p.read_text() for p in ROOT.glob("tests/**/*.py")), re.M))
    named = {row: re.findall(r"`(test_\w+)`", row.rsplit("|", 2)[1]) for row in rows}
    assert [name for names in named.values() for name in names if name not in known] == []
    assert [row for row, names in named.items() if not names and "not yet" not in row] == []
    assert len(rows) >= 20


def ready(world: World) -> Release:
    """A release whose pages are made and certified, and that has not left."""
    release = request_candidate(written(world, FIVE))
    produce(release.pk)
    release.refresh_from_db()
    assert (release.state, release.refusals) == (State.READY, [])
    return release
