"""Two at once at the end of a window: tips, saves, a call back, a release. Real connections, on whichever database."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from challenges import sealing
from reports import ballots, windows
from reports.ballots import ClosedError, Wanted
from reports.document import loads
from reports.gate import Refused
from reports.models import Ballot, Reader, Release, Window, Wish
from reports.models.release import State
from reports.passages import extracts
from reports.releasing import publish
from tests.challenges.test_races import at_once
from tests.reports.conftest import World, certified
from tests.servers import wait_until

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
    Window.objects.filter(pk=window.pk).update(closes_at=timezone.now() - timedelta(seconds=1))


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


def test_of_ballots_saved_at_once_none_is_lost(window: Window) -> None:
    """Each save seals all of them anew."""
    assert at_once(*[saves(window, number) for number in range(6)]) == [None] * 6
    assert sum(len(one.wishes) for one in ballots.opened(window)) == 6


def test_a_ballot_saved_while_the_window_closes_is_in_or_refused(window: Window) -> None:
    save, tip = saves(window, 1), lambda: windows.tip_out(Window.objects.get(pk=window.pk))
    Window.objects.filter(pk=window.pk).update(closes_at=timezone.now() + timedelta(milliseconds=300))
    result = at_once(save, lambda: wait_until(tip, 10, "the deadline has passed"))[0]
    assert (result is None or isinstance(result, ClosedError)) is True
    assert Wish.objects.count() == (1 if result is None else 0)
    assert Ballot.objects.count() == 0


def test_a_call_back_and_a_tip_do_not_both_succeed(window: Window) -> None:
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


def test_given_twice_at_once_it_is_one_window(world: World) -> None:
    release = certified(world.report())
    given = at_once(*[lambda: windows.give(Release.objects.get(pk=release.pk)).pk] * 4)
    assert len(set(given)) == 1
    assert (Window.objects.count(), Ballot.objects.count()) == (1, 8)
