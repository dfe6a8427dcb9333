"""Two at once: tips, first drafts, a save against the tip. Real connections, on whichever database the tests run."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Event
from time import sleep
from typing import Any

import pytest
from django.db import InternalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from challenges import airtime, box, drafts, purge, sealing
from challenges.models import Airtime, Asked, Box, Draft, Prompt, Reflection, Tally
from challenges.prompts import key_name
from learningsets.models import Cohort, Membership
from sessions import attendance, lifecycle, room
from sessions.models import AgendaItem, Attendance, Concept, Meeting, Room
from tests.servers import wait_until
from tests.signed_in import signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """Run all jobs at the same moment, each on a connection of its own; their results, or what they raised."""
    barrier = Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        try:
            barrier.wait(10)
            return job()
        except Exception as error:  # noqa: BLE001 - it is looked at
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def put(who: Membership, prompt: Prompt, text: str) -> None:
    box.put_in(who, {prompt: text}, "chatham")


def test_of_tips_at_once_one_tips(six: list[Membership], meeting: Meeting, deadline_passes: Callable[[Meeting], None]):
    now = box.open_prompts(meeting)[0]
    for who in six:
        put(who, now, who.user.name)
    deadline_passes(meeting)
    results = at_once(*[lambda: box.tip_out(Meeting.objects.select_related("cohort").get(pk=meeting.pk))] * 4)
    box.tip_due()
    assert sorted(map(str, results)) == ["False", "False", "False", "True"]
    assert sorted(Reflection.objects.values_list("text", flat=True)) == sorted(who.user.name for who in six)
    assert Tally.objects.count() == 2
    wait_until(purge.finish, 30, "nobody reads who could hold the old rows")
    tipped = Box.objects.get(prompts=now)
    assert (tipped.state, tipped.purged, sealing.has_key(key_name(tipped))) == ("tipped", True, False)


def test_first_drafts_at_once_share_the_boxes(six: list[Membership], meeting: Meeting):
    now = box.open_prompts(meeting)[0]
    results = at_once(*[lambda who=who: put(who, now, who.user.name) for who in six])
    assert results == [None] * 6
    assert Box.objects.count() == 4
    shared = Box.objects.get(prompts=now)
    assert [drafts.mine(who, [shared])[shared.pk].text for who in six] == [who.user.name for who in six]


def test_a_save_at_the_deadline_is_in_the_tip_or_refused(six: list[Membership], meeting: Meeting):
    now = box.open_prompts(meeting)[0]
    for who in six[:5]:
        put(who, now, who.user.name)

    def tip() -> bool:
        Meeting.objects.filter(pk=meeting.pk).update(tips_at=timezone.now())
        return box.tip_out(Meeting.objects.select_related("cohort").get(pk=meeting.pk))

    saved, tipped = at_once(lambda: put(six[5], now, "Fatima"), tip)
    assert tipped is True
    inside = Reflection.objects.filter(text="Fatima").count()
    assert (saved is None and inside == 1) or (isinstance(saved, drafts.ClosedError) and inside == 0)
    assert Draft.objects.filter(box__prompts=now).count() == 0
    assert Reflection.objects.count() == 5 + inside


def on_the_disk() -> bytes:
    """Every byte in which the list of words and what presenters were asked stand: SQLite's file with its log,
    PostgreSQL's files of these tables."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            name = str(connection.settings_dict["NAME"])
            return b"".join(path.read_bytes() for end in ("", "-wal") if (path := Path(name + end)).exists())
        cursor.execute("CHECKPOINT")
        file = "SELECT current_setting('data_directory'), pg_relation_filepath(%s)"
        found = [cursor.execute(file, [table]).fetchone() for table in ("meetings_concept", "challenges_asked")]
        return b"".join(Path(*place).read_bytes() for place in found)


@pytest.mark.parametrize("how", ["closed", "undone", "cancelled"])
def test_after_a_close_no_file_tells_in_which_order_the_list_was_written(
    six: list[Membership], alder: Cohort, how: str
):
    """Questions that stay shut (one alone was there) leave no box behind whose tip would clear up. Each term was
    written just after its author signed in: on the disk it would stand beside their session. So it is, too, where the
    closing is undone before the next sweep, and where a meeting that had begun is cancelled."""
    begun = timezone.now() - timedelta(hours=1)
    meeting = Meeting.objects.create(cohort=alder, number=1, starts_at=begun, time_zone="Europe/London")
    for who in six:
        signed_in(who.user).post(reverse("meetings:add_concept", args=[meeting.pk]), {"text": f"word {who.user.name}"})
    item = AgendaItem.objects.create(meeting=meeting, position=0, kind="airtime", minutes=30)
    Attendance.objects.create(meeting=meeting, membership=six[0], status="present")
    airtime.present(item, six[0].pk)
    room.press(meeting, Room.objects.get(meeting=meeting).version, "next")
    turn = Airtime.objects.get()
    for who in six[1:]:
        signed_in(who.user).post(reverse("challenges:ask", args=[turn.pk]), {"text": f"word {who.user.name}?"})
    asked = list(Asked.objects.values_list("pk", flat=True))
    written = [*Concept.objects.values_list("pk", flat=True), *asked]
    assert len(asked) == 5
    if how == "cancelled":
        lifecycle.cancel(meeting, meeting.version)
    else:
        present = {who: who == six[0] for who in six}
        attendance.mark_and_close(meeting, meeting.version, present, timezone.now() + timedelta(hours=1))
    if how == "undone":
        lifecycle.reopen(meeting, meeting.version)

    def left() -> list[str]:
        disk = on_the_disk()
        return [pk.hex for pk in written if pk.bytes in disk or pk.hex.encode() in disk]

    assert left() == [pk.hex for pk in written]  # what was deleted is there still
    assert box.tip_due() == 0
    wait_until(purge.clear_lists, 30, "nobody reads who could hold the old rows")
    assert (left(), Concept.objects.count(), Asked.objects.count()) == ([], 6, 5)
    disk = on_the_disk()
    for page in (disk[at : at + 4096] for at in range(0, len(disk), 4096)):
        beside = [who for who in six if f"word {who.user.name}".encode() in page and who.user.email.encode() in page]
        assert beside == []
    with CaptureQueriesContext(connection) as queries:
        box.tip_due()
    assert [one["sql"] for one in queries if "VACUUM" in one["sql"]] == []  # once is enough


def test_a_question_that_is_asked_while_the_sweep_settles_is_kept(
    six: list[Membership], alder: Cohort, monkeypatch: pytest.MonkeyPatch
):
    """The set goes on after an undone closing, and asks while what was asked before is copied into another order."""
    begun = timezone.now() - timedelta(hours=1)
    meeting = Meeting.objects.create(cohort=alder, number=1, starts_at=begun, time_zone="Europe/London")
    item = AgendaItem.objects.create(meeting=meeting, position=0, kind="airtime", minutes=30)
    turn = Airtime.objects.create(item=item, presenter=six[0])
    room.press(meeting, 0, "next")
    airtime.ask(turn, six[1].user, "early")
    shuffling = Event()

    class Slow:
        def shuffle(self, _rows: list[Asked]) -> None:
            shuffling.set()
            sleep(0.3)  # time for a question, if nothing holds it up

    def meanwhile() -> None:
        assert shuffling.wait(10)
        airtime.ask(turn, six[2].user, "meanwhile")

    monkeypatch.setattr(airtime.secrets, "SystemRandom", Slow)
    assert at_once(lambda: airtime.settle({meeting.pk}), meanwhile) == [None, None]
    assert sorted(Asked.objects.values_list("text", flat=True)) == ["early", "meanwhile"]


def test_where_the_database_stumbles_after_a_tip_the_tip_stands_and_the_next_sweep_cleans_up(
    six: list[Membership], meeting: Meeting, deadline_passes: Callable[[Meeting], None]
):
    """PostgreSQL may fail a rewrite with an error of its own. Whoever tipped must not be told that it failed."""
    now = box.open_prompts(meeting)[0]
    for who in six:
        put(who, now, who.user.name)
    deadline_passes(meeting)

    def stumble(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("VACUUM"):
            raise InternalError("missing chunk number 0 for toast value")
        return execute(sql, *rest)

    with connection.execute_wrapper(stumble):
        assert box.tip_due() == 1
    tipped = Box.objects.filter(prompts=now)
    assert (Reflection.objects.count(), tipped.get().purged) == (6, False)
    box.tip_due()
    assert tipped.get().purged


def test_within_a_transaction_no_key_is_destroyed(
    six: list[Membership], meeting: Meeting, deadline_passes: Callable[[Meeting], None]
):
    from django.db import transaction

    now = box.open_prompts(meeting)[0]
    for who in six:
        put(who, now, who.user.name)
    deadline_passes(meeting)
    name = key_name(Box.objects.get(prompts=now))

    def undone() -> None:
        with transaction.atomic():
            box.tip_out(meeting)
            box.tip_due()
            assert sealing.has_key(name)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        undone()
    assert sealing.has_key(name)
    assert box.tip_due() == 1
    assert Reflection.objects.count() == 6
    assert not sealing.has_key(name)
