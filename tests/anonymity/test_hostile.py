"""Work grows with the text and no faster, whatever the text; it is counted, for a clock is at others' mercy."""

import gc
import sys
from types import FrameType

import pytest

from bench.anonymity_hostile import HOSTILE, roster
from reports.anonymity import Organisation, Person, Roster, deidentify, leftovers

PEOPLE = roster()


def work(text: str, people: Roster) -> int:
    """How many calls reading the text takes, of Python's functions and of its own. Nothing may be left over."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    gc.disable()  # what an earlier test left behind is no work of this text's
    sys.setprofile(count)
    try:
        left = leftovers(str(deidentify(text, people).text), people)
    finally:
        sys.setprofile(before)
        gc.enable()
    assert left == ()
    return calls


@pytest.mark.parametrize("what", HOSTILE)
def test_twice_the_text_is_twice_the_work(what: str) -> None:
    unit = HOSTILE[what]
    half, whole = (work(unit * (size // len(unit)), PEOPLE) for size in (1_000, 2_000))
    assert whole < 2.5 * half + 2 * 2_000  # the half may have been read before, and words are remembered


def test_twice_the_text_is_twice_the_work_where_others_are_called_like_those_who_were_there() -> None:
    ours = Roster((Person("Grace Okafor"), Person("Will Price")))
    called = Organisation("The Fund", aliases=("Grace", "takes grace", "Will", "will it"))
    everybody = Roster(ours.people, (called,), ours=ours)
    unit = "Then grace came, it takes grace, and will it be. "
    half, whole = (work(unit * (size // len(unit)), everybody) for size in (10_000, 20_000))
    assert whole < 2.5 * half


@pytest.mark.parametrize("sign", ["\n", " ", ".", "- ", "&", "(", "@", "\u0301", ". ", "1"])
def test_signs_without_end_are_finished(sign: str) -> None:
    """A search that starts over at each sign would not be, and is no call."""
    text = sign * (200_000 // len(sign))
    assert str(deidentify(text, PEOPLE).text) == text


def test_work_hardly_grows_with_the_roster() -> None:
    text = "We asked about it, and then they said that it was late in May. " * 50
    few = Roster(PEOPLE.people[:5], PEOPLE.organisations[:5])
    assert work(text, few) > 0  # both are compiled now, and have met the words
    work(text, PEOPLE)
    assert work(text, PEOPLE) < 1.5 * work(text, few)


def test_a_text_that_is_cut_anywhere_is_read() -> None:
    """What looks ahead finds the end there: of a name, of letters with dots, of an address."""
    names = Roster(
        (Person("Siobhán Ní Dhuinn-Hayes", emails=("s.nidhuinn@merse.example",)), Person("Jan van der Berghe")),
        (
            Organisation("Merse Vale GP Federation", aliases=("MVF", "C.L.D.T.")),
            Organisation("Quayle Street Practice"),
        ),
    )
    text = (
        "S. Ní D.-H. (SNDH) rang J. v. d. Berghe's M.V.F., H&SCP and the C. L. D. T.'s Merse Vale GP Fed, "
        "s . nidhuinn [at] merse [dot] example, M-V-F, @siobhan_nidhuinn, Dr van der B., Merse & Vale's, "
        "C.L.D.T.s; Quayle St. prac. N. i"
    )
    for end in range(len(text)):
        assert leftovers(str(deidentify(text[:end], names).text), names) == ()
