"""Two at once at the end of a window: tips, saves, a call back, a release. Real connections, on whichever database."""

import importlib
import re
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from challenges import sealing
from learningsets.members import add_other_names, rename
from learningsets.programmes import join
from reports import ballots, turns, windows
from reports.ballots import ClosedError, Save, Wanted
from reports.document import loads
from reports.gate import Refused
from reports.models import Ballot, Reader, Release, Window, Wish
from reports.models.release import State
from reports.passages import extracts
from reports.releasing import publish
from sessions.attendance import add_guest
from tests.challenges.test_races import at_once
from tests.reports.conftest import World, certified
from tests.reports.objecting import PAGE, body, everything
from tests.servers import postgresql_program, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def window(world: World) -> Window:
    return windows.give(certified(world.report()))


def saves(window: Window, number: int) -> Callable[[], None]:
    """The reader of that number wants the passage of that number kept out."""
    mine = Reader.objects.select_related("window").order_by("membership")[number]
    name = extracts(loads(window.release.document))[number].name
    return lambda: ballots.cast(mine, {name: Wanted("object")}, version=0)


def over(window: Window) -> None:
    Window.objects.filter(pk=window.pk).update(closes_at=timezone.now() - Window.LAST_TURN)


def kinds(results: list[Any]) -> list[str]:
    return sorted(type(one).__name__ if isinstance(one, Exception) else str(one) for one in results)


def test_of_tips_at_once_one_tips_and_the_key_goes(window: Window) -> None:
    saves(window, 1)()
    over(window)
    results = at_once(*[lambda: windows.tip_out(Window.objects.get(pk=window.pk))] * 4)
    assert kinds(results) == ["False", "False", "False", "True"]
    assert (Wish.objects.count(), Ballot.objects.count()) == (1, 0)
    wait_until(windows.finish, 30, "nobody reads who could hold the old rows")
    window.refresh_from_db()
    assert (window.state, window.purged, sealing.has_key(ballots.key_name(window))) == ("closed", True, False)
    assert windows.tip_due() == 0  # a message that was lost or doubled


def wants(window: Window, number: int) -> Callable[[], None]:
    """The same as `saves`, as the page does it: when its turn comes."""
    mine = Reader.objects.select_related("window").order_by("membership")[number]
    name = extracts(loads(window.release.document))[number].name
    return lambda: turns.cast(mine, {name: Wanted("object")}, version=0)


def writes() -> list[Any]:
    """What one turn asks of the database: each statement with the kinds of its parameters, and how long they are."""
    asked = []

    def note(execute: Any, sql: str, parameters: Any, *rest: Any) -> Any:
        values = [getattr(value, "obj", value) for value in parameters or ()]
        asked.append((sql, [len(one) if isinstance(one, bytes | memoryview) else type(one) for one in values]))
        return execute(sql, parameters, *rest)

    with connection.execute_wrapper(note):
        turns.take_turn()
    return asked


def test_what_is_saved_or_refused_waits_for_its_turn_which_comes_and_writes_the_same_without_it(
    window: Window, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So the moment at which somebody saved something is on no disk: until the turn nothing is written at all. And as
    only general words can be wrong, nobody who sees when answers come sees whether there were any."""
    monkeypatch.setattr(
        turns, "_thread", threading.current_thread()
    )  # as where a server runs; but turns come when told
    nobody = writes()
    assert sum("INSERT" in sql for sql, _values in nobody) == 1

    monkeypatch.setattr(turns, "_seconds", (0.6, 0.9))
    clients = [world.client(reader.membership) for reader in Reader.objects.order_by("membership")[5:8]]
    before = everything()

    def asks(client: Client, sent: dict[str, str]) -> Callable[[], tuple[Any, float]]:
        return lambda: (client.post(PAGE, sent), time.monotonic())

    def turn() -> tuple[Any, Any]:
        with suppress(TimeoutError):  # whoever got an answer without a turn is told of below
            wait_until(
                lambda: len(turns._waiting) == 8, 30, "seven saves, and one that is refused, wait for their turn"
            )
        return everything(), writes()

    begun = time.monotonic()
    *saved, (kept, early), (refused, late), (same, last), (waiting, eight) = at_once(
        *[wants(window, number) for number in range(5)],
        asks(clients[0], body(window, "Visit each other")),
        asks(clients[1], body(window, "Visit each other", "generalise", "x" * 301)),
        asks(clients[2], body(window)),  # what stands there already
        turn,
    )
    assert (saved, "Saved for" in kept.text, "data-error-summary" in refused.text) == ([None] * 5, True, True)
    # No page answers sooner for a turn that came soon, and a status is part of what the wire shows of a size.
    assert [answered - begun >= 1 for answered in (early, late, last)] == [True] * 3
    assert [page.status_code for page in (kept, refused, same)] == [200] * 3
    assert (waiting == before, eight == nobody) == (True, True)
    assert sum(len(one.wishes) for one in ballots.opened(window)) == 6


def test_a_page_is_made_before_it_is_held_and_who_sends_again_holds_one(
    window: Window, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever watches the network may not tell one that is refused, which takes less work to make, from one that is
    kept. And nobody takes up more than one thread of the server: what they sent before answers in a moment."""
    monkeypatch.setattr(turns, "_thread", threading.current_thread())
    client = world.client(world.members[0])
    held = threading.local()
    clock = SimpleNamespace(monotonic=time.monotonic, sleep=lambda seconds: setattr(held, "seconds", seconds))
    monkeypatch.setattr(turns, "time", clock)
    turns.look()
    wrong, right = (body(window, "Visit each other", "generalise", words) for words in ("x" * 301, "Be there"))
    other, later = (body(window, "Listen longer", version=version) for version in (0, 1))

    def asks(sent: dict[str, str]) -> Callable[[], tuple[str, float]]:
        def note(execute: Any, sql: str, *rest: Any) -> Any:
            assert not hasattr(held, "seconds"), "the page was held, and then something was asked for it"
            return execute(sql, *rest)

        def ask() -> tuple[str, float]:
            with connection.execute_wrapper(note):
                return client.post(PAGE, sent).text, held.seconds

        return ask

    def turn() -> None:
        wait_until(lambda: turns._waiting, 30, "somebody waits")
        turns.take_turn()

    told = ("data-error-summary", "Saved for", "Not saved: you saved something else")
    for words, sent in zip(told, (wrong, right, other), strict=True):
        (page, seconds), _turn = at_once(asks(sent), turn)
        assert (words in page, 5 < seconds < 11) == (True, True), words

    def refused() -> tuple[str, float]:
        wait_until(lambda: turns._waiting, 30, "the first waits")
        return asks(wrong)()

    def turn_after_both() -> None:
        wait_until(first.is_set, 30, "the first has its answer")
        turn()

    first = threading.Event()

    def displaced() -> tuple[str, float]:
        answer = asks(later)()
        first.set()
        return answer

    (_page, seconds), (page, longer), _turn = at_once(displaced, refused, turn_after_both)
    assert (seconds <= turns.DISPLACED, 5 < longer < 11, told[0] in page) == (True, True, True)
    wanted = [want.kind for one in ballots.opened(window) for want in one.wishes.values()]
    assert wanted == ["object"]  # as the first said: what is refused takes nothing away


def test_of_two_saves_before_a_turn_the_later_counts_and_what_fails_is_told(
    window: Window, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(turns, "_thread", threading.current_thread())
    monkeypatch.setattr(turns, "_seconds", (0.0, 0.0))

    earlier: list[Any] = []

    def again() -> None:
        wait_until(lambda: turns._waiting, 30, "the first waits")
        earlier.extend(future for _save, future in turns._waiting.values())
        wants(window, 0)()

    def turn() -> None:
        wait_until(lambda: turns._waiting, 30, "somebody waits")
        turns.take_turn()

    def turn_after_both() -> None:
        wait_until(lambda: earlier and earlier[0].done(), 30, "the first waits no more")
        turn()

    assert kinds(at_once(wants(window, 0), again, turn_after_both)) == ["ConflictError", "None", "None"]
    assert [len(one.wishes) for one in ballots.opened(window)].count(1) == 1
    with monkeypatch.context() as broken:
        broken.setattr(ballots, "seal_anew", lambda *_: 1 / 0)
        assert kinds(at_once(wants(window, 1), turn)) == ["None", "ZeroDivisionError"]
    # To those who waited, and to the log not who they are: whoever saved something has objected, most likely.
    assert caplog.messages == ["The ballots of a window could not be sealed anew: ZeroDivisionError"]
    over(window)
    assert kinds(at_once(wants(window, 1), turn)) == ["ClosedError", "None"]


def test_where_pages_are_served_turns_come_and_go_on_after_one_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[bool] = []
    monkeypatch.setattr(turns, "begin", lambda: begun.append(True))
    importlib.reload(importlib.import_module("learningsets.wsgi"))
    assert begun
    ends = iter([DatabaseError, DatabaseError, KeyboardInterrupt])

    def fail() -> None:
        raise next(ends)

    monkeypatch.setattr(turns, "take_turn", fail)
    with pytest.raises(KeyboardInterrupt):
        turns._take_turns(0, 0.001)


def test_what_arrived_before_the_deadline_has_its_turn_after_it_and_what_came_later_is_refused(
    window: Window, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_thread", threading.current_thread())
    monkeypatch.setattr(turns, "_seconds", (0.0, 0.0))
    client = world.client(Reader.objects.order_by("membership")[2].membership)
    wrong = body(window, "Visit each other", "generalise", "x" * 301)
    turns.look()

    def turn() -> None:
        wait_until(lambda: len(turns._waiting) == 3, 30, "two saves and one that is refused wait")
        closes = timezone.now() - timedelta(seconds=9)
        Window.objects.filter(pk=window.pk).update(closes_at=closes)
        right = [place for place in sorted(turns._waiting) if turns._waiting[place][0].wishes]
        for place, arrived in zip(right, (-1, 1), strict=True):
            save, future = turns._waiting[place]
            turns._waiting[place] = (replace(save, arrived=closes + timedelta(milliseconds=arrived)), future)
        turns.take_turn()

    *saved, page, _turn = at_once(wants(window, 0), wants(window, 1), lambda: client.post(PAGE, wrong), turn)
    assert kinds(saved) == ["ClosedError", "None"]
    assert (page.status_code, "to copy:" in page.text, "x" * 300 in page.text) == (200, True, True)
    assert windows.tip_due() == 0  # another process may hold what arrived in time, until its turn
    over(window)
    assert (windows.tip_due(), Wish.objects.count()) == (1, 1)


def test_a_ballot_that_arrived_in_time_and_is_sealed_while_the_window_tips_is_in_or_refused(window: Window) -> None:
    """So it is with a process whose turn comes late: who is told that it is kept, of them it counts."""
    mine = Reader.objects.order_by("membership")[1]
    name = extracts(loads(window.release.document))[1].name
    save = Save(mine.membership_id, {name: Wanted("object")}, version=0)
    soon = timezone.now() - Window.LAST_TURN + timedelta(milliseconds=300)
    Window.objects.filter(pk=window.pk).update(closes_at=soon)
    save = replace(save, arrived=soon - timedelta(seconds=1))
    tip = lambda: windows.tip_out(Window.objects.get(pk=window.pk))  # noqa: E731

    def late() -> Any:
        time.sleep(0.3)
        return ballots.seal_anew(window.pk, [save])

    result = at_once(late, lambda: wait_until(tip, 10, "the deadline has passed"))[0]
    assert result == [None] or isinstance(result, ClosedError)
    assert Wish.objects.count() == (1 if result == [None] else 0)
    assert Ballot.objects.count() == 0


def test_a_page_reads_no_ballot_and_shows_what_its_process_saw_last(
    world: World, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever reads rows that a turn has replaced leaves a line in PostgreSQL's log; and each process shows soon what
    was saved with another."""
    monkeypatch.setattr(turns, "_thread", threading.current_thread())
    monkeypatch.setattr(turns, "_seen", {})
    client = world.client(world.members[0])
    mine = Reader.objects.select_related("window").get(window=window, membership=world.members[0])
    wanted = "What you want so far:"

    def soon() -> None:
        time.sleep(0.2)
        turns.look()

    shown, _look = at_once(lambda: client.get(PAGE).text, soon)  # it was opened just now
    assert ("Save what I want" in shown, wanted in shown) == (True, False)
    name = extracts(loads(window.release.document))[1].name
    ballots.cast(mine, {name: Wanted("object")}, version=0)  # as in another process
    with CaptureQueriesContext(connection) as asked:
        assert wanted not in client.get(PAGE).text
    assert [query["sql"] for query in asked if "reports_ballot" in query["sql"]] == []
    turns.look()
    assert wanted in client.get(PAGE).text
    monkeypatch.setattr(turns, "_seen", {})  # the process was started anew
    again, _look = at_once(lambda: client.get(PAGE).text, turns.look)
    assert wanted in again
    sealing.destroy_key(ballots.key_name(window))
    assert "the key to this reading is gone" in client.get(PAGE).text


def place_in_the_log() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_insert_lsn() - '0/0'")
        return int(cursor.fetchone()[0])


def written_without_a_transaction(since: int, until: int) -> list[tuple[int, str]]:
    """What PostgreSQL wrote down of rows, outside any transaction, between two places of its log, and where."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_switch_wal()")  # so that all of it is on the disk
        cursor.execute("SHOW data_directory")
        (folder,) = cursor.fetchone()
    ends = [f"{place >> 32:X}/{place & 0xFFFFFFFF:X}" for place in (since, until)]
    command = [postgresql_program("pg_waldump"), "--path", f"{folder}/pg_wal", "--start", ends[0], "--end", ends[1]]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    records = [re.match(r"rmgr: Heap.*tx:\s+0, lsn: (\w+)/(\w+)", line) for line in lines]
    return [(int(one[1], 16) << 32 | int(one[2], 16), one.string) for one in records if one]


def test_a_page_leaves_nothing_in_the_log_of_postgresql(
    world: World, window: Window, on_postgresql: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = world.client(world.members[0])
    monkeypatch.setattr(turns, "_thread", threading.current_thread() if on_postgresql else None)
    turns.look()
    client.get(PAGE)
    loads = []
    for _load in range(12 if on_postgresql else 0):  # a few turns fill a page with what the next reader clears away
        for _turn in range(3):
            ballots.seal_anew(window.pk)  # the turn of another process
        since = place_in_the_log()
        assert client.get(PAGE).status_code == 200
        loads.append((since, place_in_the_log()))
    found = written_without_a_transaction(loads[0][0], loads[-1][1]) if loads else []
    assert [record for at, record in found if any(since <= at < until for since, until in loads)] == []


def test_a_call_back_and_a_tip_do_not_both_succeed(window: Window) -> None:
    """Nor does a key outlive a call back: it would open what PostgreSQL's log has of each author's ballot."""
    saves(window, 1)()
    assert windows.call_back(window)
    wait_until(windows.finish, 30, "nobody reads who could hold the old rows")
    window.refresh_from_db()
    assert (window.state, window.purged, sealing.has_key(ballots.key_name(window))) == ("called_back", True, False)
    window = windows.give(Release.objects.get(pk=window.release_id))
    saves(window, 1)()
    Window.objects.filter(pk=window.pk).update(closes_at=timezone.now() + timedelta(milliseconds=200))

    def back() -> bool:
        return windows.call_back(Window.objects.get(pk=window.pk))

    tipped = at_once(
        lambda: [windows.tip_out(Window.objects.get(pk=window.pk)) for _attempt in range(40)].count(True), back
    )
    state = Window.objects.get(pk=window.pk).state
    assert (state, Wish.objects.count()) in {("closed", 1), ("called_back", 0), ("open", 0)}
    assert (tipped[1], tipped[0]) in {(True, 0), (False, 1), (False, 0)}


def test_no_release_slips_out_beside_an_objection(window: Window) -> None:
    saves(window, 1)()
    over(window)
    release = Release.objects.get(pk=window.release_id)
    results = at_once(
        lambda: windows.tip_out(Window.objects.get(pk=window.pk)), lambda: publish(release.pk, release.sha256)
    )
    assert kinds(results) == ["Refused", "True"]
    release.refresh_from_db()
    assert release.state == State.OBJECTED
    with pytest.raises(Refused):
        publish(release.pk, release.sha256)


def test_who_becomes_known_while_a_report_leaves_is_known_after_it_left(world: World, window: Window) -> None:
    """A release looks at everybody who is known, and leaves. Whoever is written down in between waits until it has
    left: else it could say a name that was known for a second by then."""
    over(window)
    assert windows.tip_due() == 1
    release, meeting, siobhan = Release.objects.get(pk=window.release_id), world.cohort.meetings.get(), world.members[0]
    looked, told = threading.Event(), threading.Semaphore(0)

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        found = execute(sql, *rest)
        if "reports_printed" in sql:  # whoever is known was looked at before
            looked.set()
            [told.acquire(timeout=0.1) for _each in range(4)]
        return found

    def leave() -> str:
        with connection.execute_wrapper(note):
            return publish(release.pk, release.sha256).state

    def meanwhile(tell: Callable[[], object]) -> Callable[[], str]:
        def job() -> str:
            assert looked.wait(30)
            tell()
            told.release()
            return Release.objects.get(pk=release.pk).state

        return job

    states = at_once(
        leave,
        meanwhile(lambda: add_guest(meeting, "Thaddeus Brimblecombe", "Mapperley Lodge")),
        meanwhile(lambda: add_other_names(siobhan.user, ["Shiv"])),
        meanwhile(lambda: rename(world.members[1].user, "Åsa Brimblecombe")),
        meanwhile(lambda: join(world.stan, programme=world.programme, cohort=world.cohort, role="participant")),
    )
    assert states == ["released"] * 5


def test_given_twice_at_once_it_is_one_window(world: World) -> None:
    release = certified(world.report())
    given = at_once(*[lambda: windows.give(Release.objects.get(pk=release.pk)).pk] * 4)
    assert len(set(given)) == 1
    assert (Window.objects.count(), Ballot.objects.count()) == (1, 8)
