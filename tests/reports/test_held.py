"""What was objected to stays so whatever its words become: it is held by what they were made from."""

from collections.abc import Callable
from typing import Any

import pytest

from learningsets.models import Programme
from reports import windows
from reports.build import Built, build_document
from reports.gate import Refused
from reports.models import Outcome, Release, Report, Window
from reports.passages import extracts
from reports.releasing import request_candidate
from reports.review import decide
from tests.reports.conftest import ANSWERS, World, certified
from tests.reports.objecting import settle, wants
from tests.world import let_time_pass

SAID = "I was ashamed in Ireland of how the old man from Wainscott was treated on the night bus."
PRINTED = "I was ashamed in […] of how the old man from Wainscott was treated on the night bus."
ALIKE = ("Ask Dr Fallon first.", "Ask Dr Hurley first.")
QUESTION = "What have you learned about Wainscott?"

pytestmark = [pytest.mark.xdist_group("windows"), pytest.mark.usefixtures("certified_once")]


@pytest.fixture(scope="module")
def certified_once(lasting_world: World) -> tuple[World, Release]:
    """A report whose findings are all decided, made into pages."""
    meeting = lasting_world.held((SAID, *ALIKE, *ANSWERS))
    question = meeting.prompts.first()
    question.text = QUESTION
    question.save()
    Programme.objects.update(title="Unlocking Wainscott together")
    report = lasting_world.refresh(lasting_world.report(meeting))
    decide(report, "Ireland", "remove", sentence=SAID)
    for sentence in (SAID, QUESTION, "Unlocking Wainscott together"):
        decide(report, "Wainscott", "keep", reason="Many live there.", sentence=sentence)
    lasting_world.decide_all(report)
    return lasting_world, certified(report)


def built(window: Window) -> Built:
    """The report as it stands."""
    report = Report.objects.select_related("cohort__programme").get(pk=window.report_id)
    return build_document(report, "release", key=b"")


def printed(window: Window, words: str) -> list[str]:
    """The passages that would print with these words in them."""
    return [said for one in extracts(built(window).document) if words in (said := str(one.words))]


def again(world: World, window: Window) -> Window:
    """The set reads the report as it stands now."""
    return windows.give(certified(world.refresh(window.report)))


def stopped(world: World, window: Window) -> bool:
    """Whether an objection stops the report as it stands."""
    try:
        request_candidate(world.refresh(window.report))
    except Refused as no:
        return {one["code"] for one in no.refusals} == {"objections"}
    return False


def decided_otherwise(world: World, report: Report, join: Any) -> None:
    decide(report, "Ireland", "generalise", wording="another country", sentence=SAID)


def marked(world: World, report: Report, join: Any) -> None:
    decide(report, "the night bus", "remove", sentence=SAID)


def somebody_joined(world: World, report: Report, join: Any) -> None:
    join(world.cohort, "Edda Wainscott", "edda@fenwold.example.uk")
    world.decide_all(report)


@pytest.mark.parametrize("change", [decided_otherwise, marked, somebody_joined])
def test_an_answer_is_held_whatever_its_letters_become(
    world: World, window: Window, join: Any, change: Callable[[World, Report, Any], None]
) -> None:
    """Before it is settled it stops the pages; what is settled then holds for it in any letters."""
    wants(window, world.members[0], "I was ashamed")
    let_time_pass(window)
    change(world, world.refresh(window.report), join)
    assert printed(window, "I was ashamed")
    assert PRINTED not in printed(window, "I was ashamed")
    assert stopped(world, window)
    settle(window.report, window.release, "I was ashamed")
    assert (printed(window, "ashamed"), stopped(world, window)) == ([], False)
    window.report.outcomes.update(verdict="general", wording="I kept silent.")
    assert (printed(window, "ashamed"), len(printed(window, "I kept silent."))) == ([], 4)
    assert not stopped(world, window)


def test_pages_that_lay_ready_in_other_letters_are_not_given(world: World, window: Window) -> None:
    """They were made before anybody objected, and are those of the write-up as it stands."""
    decided_otherwise(world, window.report, None)
    ready = certified(world.refresh(window.report))
    wants(window, world.members[0], "I was ashamed")
    let_time_pass(window)
    with pytest.raises(Refused):
        windows.give(ready)
    assert not windows.has_passed(ready)


def test_of_answers_that_print_alike_each_is_held(world: World, window: Window) -> None:
    """Which was objected to nobody can tell, so a decision about a name in one of them does not free it."""
    wants(window, world.members[0], "Ask […] first.")
    let_time_pass(window)
    for name, sentence in zip(("Fallon", "Hurley"), ALIKE, strict=True):
        for words in (name, f"Dr {name}"):
            decide(window.report, words, "generalise", wording="a doctor", sentence=sentence)
        assert [said for said in printed(window, "first") if "a doctor" in said]
        assert stopped(world, window)
    settle(window.report, window.release, "Ask […] first.")
    assert (printed(window, "first"), stopped(world, window)) == ([], False)


def test_a_question_and_the_name_of_the_programme_are_held(world: World, window: Window, join: Any) -> None:
    """An organiser who gives the programme another name says something else; the set reads that."""
    objected = (QUESTION, "Unlocking Wainscott together")
    for words in objected:
        wants(window, world.members[0], words)
    let_time_pass(window)
    somebody_joined(world, window.report, join)
    now = ("What have you learned about", "Unlocking")
    assert [bool(printed(window, words)) for words in (*objected, *now)] == [False, False, True, True]
    Programme.objects.update(title="Unlocking Wainscott: together!")
    for words in objected:
        assert stopped(world, window)
        settle(window.report, window.release, words)
    assert ([printed(window, words) for words in now], stopped(world, window)) == ([[], []], False)
    Programme.objects.update(title="Looking again")
    assert (printed(window, "Looking again"), stopped(world, window)) == (["Looking again"], False)


def test_general_words_that_were_objected_to_are_held_too(world: World, window: Window, join: Any) -> None:
    """In whatever letters they print since; others in their place are new, and the set reads those."""
    wants(window, world.members[0], "I was ashamed")
    let_time_pass(window)
    settle(window.report, window.release, "I was ashamed", "It was hard in Wainscott.")
    decide(window.report, "Wainscott", "keep", reason="Many live there.", sentence="It was hard in Wainscott.")
    Report.objects.filter(pk=window.report_id).update(period="December 2026")  # so that it is no second reading
    second = again(world, window)
    assert second.round == Window.Round.FIRST
    wants(second, world.members[1], "It was hard in Wainscott.")
    join(world.cohort, "Edda Wainscott", "edda@fenwold.example.uk")  # while it is with the set
    let_time_pass(second)
    world.decide_all(world.refresh(window.report))
    assert (printed(window, "It was hard"), stopped(world, window)) == ([], False)
    outcomes = Outcome.objects.filter(verdict="general")
    outcomes.update(wording="It was hard, in Wainscott")
    assert printed(window, "It was hard") == []
    outcomes.update(wording="It was not easy.")
    assert len(printed(window, "It was not easy.")) == 4


def test_general_words_that_change_while_the_set_reads_them_are_held_too(world: World, window: Window) -> None:
    """When they were typed, nobody had objected to those before them."""
    wants(window, world.members[0], "I was ashamed")
    let_time_pass(window)
    settle(window.report, window.release, "I was ashamed", "An old man was treated badly late one evening.")
    second = again(world, window)
    wants(second, world.members[1], "An old man was treated badly")
    outcomes = window.report.outcomes.filter(verdict="general")
    outcomes.update(wording="An old man was treated badly late one night.")
    let_time_pass(second)
    assert stopped(world, window)
    outcomes.update(wording="It was not easy.")
    assert not stopped(world, window)


def test_pages_of_an_earlier_version_that_print_otherwise_are_not_given(world: World, release: Release) -> None:
    """Nobody could say what their passages are made from. Made again after any change, they are given."""
    release.document = release.document.replace("in […] of how", "in a country of how")
    release.save()
    with pytest.raises(Refused) as no:
        windows.give(release)
    assert "Change something in the write-up" in no.value.refusals[0]["sentence"]
    Report.objects.filter(pk=release.report_id).update(period="December 2026")
    assert windows.give(certified(world.refresh(release.report))).is_open


def test_what_passages_are_made_from_is_written_down_alike_whoever_objects(world: World, window: Window) -> None:
    """For every one of them, at the opening, and of nothing that does not print; and it leads to no row but by that
    row's own random name."""
    opened = window.made_from
    wants(window, world.members[0], "I was ashamed")
    let_time_pass(window)
    assert window.made_from == opened
    answers = [one for one in extracts(built(window).document) if one.fixed]
    assert {one.digest for one in answers} <= set(opened)
    for words in ("Ask", "first"):
        decide(window.report, words, "remove", sentence=ALIKE[0])
    decide(window.report, "the night bus", "remove", sentence=SAID)
    settle(window.report, window.release, "I was ashamed")
    second = again(world, window)
    assert set(second.made_from) <= {one.digest for one in extracts(built(window).document)}
