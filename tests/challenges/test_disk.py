"""What a thief of the machine finds after the tip: with the whole disk in hand, authors are paired by chance alone.

So it is with answers to the closing questions, and with what the set wants changed in a report before it leaves.

The attack, its scenarios and its control run are in bench/box_attack.py, which prints the figures.
"""

import pytest

from bench.box_attack import KEYS, TEXTS, Outcome, attack

pytestmark = pytest.mark.theft
BOTH = pytest.mark.parametrize("database", ["sqlite", "postgresql"])


def found(outcomes: list[Outcome]) -> dict[str, set[tuple[int, int, int, int]]]:
    """By scenario: texts attacked, drafts left, boxes cleared up, keys left. Fails if an attack beats chance."""
    assert [str(outcome) for outcome in outcomes if outcome.leaks] == []
    return {
        name: {(o.answers, o.drafts, o.purged, o.keys) for o in outcomes if o.scenario == name}
        for name in sorted({outcome.scenario for outcome in outcomes})
    }


@BOTH
def test_with_everything_switched_off_the_attack_finds_the_authors(database: str):
    assert max(outcome.hits for outcome in attack(database, ("control",))) >= 0.95 * TEXTS


@BOTH
def test_killed_between_commit_and_purge_then_with_a_reader_in_the_way_and_after_they_let_go(database: str):
    """Killed, the keys are still there; with a reader in the way only they go; then the tables are rewritten too."""
    assert found(list(attack(database, ("killed", "reader", "released")))) == {
        "killed": {(TEXTS, 0, 0, KEYS)},
        "reader": {(TEXTS, 0, 0, 0)},
        "released": {(TEXTS, 0, KEYS, 0)},
    }
