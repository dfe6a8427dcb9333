"""The leaks of bench/planted_leaks.yaml can still be planted. Whether they are caught, the bench itself says."""

from bench.planted_leaks import CHANNELS, ROOT, leaks, misfits


def test_each_leak_still_finds_its_place() -> None:
    """Whoever changes one of those lines changes the leak with it, so that it goes on leaking the same."""
    assert {leak["name"]: why for leak in leaks() if (why := misfits(leak))} == {}


def test_each_leak_has_a_name_and_a_channel_of_its_own_and_a_test_that_exists() -> None:
    planted = leaks()
    assert len({leak["name"] for leak in planted}) == len(planted) >= 40
    assert {leak["channel"] for leak in planted} == set(CHANNELS)
    assert [name for names in CHANNELS.values() for name in names if not (ROOT / "tests" / name).exists()] == []
    caught_by = [leak["caught_by"].split("::") for leak in planted]
    missing = [f"{file}::{test}" for file, test in caught_by if f"def {test}(" not in (ROOT / file).read_text()]
    assert missing == []
