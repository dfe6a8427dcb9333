"""The box: who may put something in, what comes out, and what stays shut."""

import logging
import random
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Model, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse

from challenges import box, drafts, kept, sealing
from challenges.access import detached_for
from challenges.drafts import Answer, ConflictError, Typed
from challenges.models import Audience, Box, Draft, Kept, Prompt, Reflection, Regime, Tally
from challenges.prompts import FrozenError, key_name
from challenges.tables import table
from learningsets.fields import LIMIT
from learningsets.models import Cohort, Membership, Role, Signature
from sessions.models import Attendance, Meeting

pytestmark = pytest.mark.django_db

Hold = Callable[..., Meeting]
Pass = Callable[[Meeting], None]
Row = TypeVar("Row", bound=Model)


def answer(who: Membership, prompt: Prompt, text: str, regime: str = Regime.CHATHAM) -> None:
    box.put_in(who, {prompt: text}, regime)


def begin_a_new_file(model: type[Model]) -> None:
    """What an earlier test left free in the old one would be filled first."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")


def as_they_lie(rows: QuerySet[Row]) -> list[Row]:
    """Rows as they follow one another in the file."""
    place = f"{rows.model._meta.db_table}.{'ctid' if connection.vendor == 'postgresql' else 'rowid'}"
    return list(rows.extra(select={"place": place}).order_by("place"))


def texts(prompt: Prompt) -> list[str]:
    return sorted(Reflection.objects.filter(prompt=prompt).values_list("text", flat=True))


def test_five_answers_come_out_without_their_authors(six: list[Membership], meeting: Meeting, deadline_passes: Pass):
    begin_a_new_file(Draft)
    now, gained, *_ = box.open_prompts(meeting)
    for person in six[:5]:
        answer(person, now, f"I will ask first. {person.user.name[0]}")
    alone = max(six, key=lambda person: person.pk)
    answer(alone, gained, "Perspective")
    deadline_passes(meeting)

    assert box.tip_out(meeting) is True

    assert texts(now) == [f"I will ask first. {letter}" for letter in "ABCDE"]
    assert {f.name for f in Reflection._meta.get_fields()} == {"id", "meeting", "prompt", "text", "regime"}
    assert {UUID(str(pk)).version for pk in Reflection.objects.values_list("pk", flat=True)} == {4}
    assert list(Tally.objects.order_by("regime").values_list("prompt", "regime", "authors")) == [
        (now.pk, "chatham", 5),
        (now.pk, "set", 0),
    ]
    assert Draft.objects.filter(box__prompts=now).count() == 0
    waiting = as_they_lie(Draft.objects.filter(box__prompts=gained))  # Fatima has a row too, though she saved nothing
    assert [one.author_id for one in waiting] == sorted(person.pk for person in six)  # who wrote lies among the others
    assert [drafts.read(one).text for one in waiting] == 5 * [""] + ["Perspective"]
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.TIPPED


def test_a_box_with_four_authors_stays_shut_and_carries_over(
    six: list[Membership], meeting: Meeting, hold: Hold, deadline_passes: Pass
):
    now = box.open_prompts(meeting)[0]
    for person in six[:4]:
        answer(person, now, f"first month {person.user.name}")
    deadline_passes(meeting)
    assert box.tip_out(meeting) is True
    assert Reflection.objects.count() == 0
    assert Tally.objects.count() == 0

    second = hold(six, number=2)
    again = box.open_prompts(second)[0]
    answer(six[4], again, "second month Elin")
    deadline_passes(second)
    box.tip_out(second)

    assert texts(again) == sorted([f"first month {p.user.name}" for p in six[:4]] + ["second month Elin"])
    assert set(Reflection.objects.values_list("meeting", flat=True)) == {second.pk}
    said = (table(six[0], second) or [])[0]
    assert (said.authors, said.carried) == (5, True)  # more than answered at this meeting: its page says why


def test_four_answers_put_in_and_one_left_out_are_four(six: list[Membership], meeting: Meeting, deadline_passes: Pass):
    now = box.open_prompts(meeting)[0]
    for person in six[:4]:
        answer(person, now, "yes")
    box.save_draft(six[4], now, "not yet", Regime.CHATHAM)
    deadline_passes(meeting)
    box.tip_out(meeting)
    assert Reflection.objects.count() == 0


def test_the_set_may_raise_the_floor(alder: Cohort, six: list[Membership], meeting: Meeting, deadline_passes: Pass):
    Cohort.objects.filter(pk=alder.pk).update(block_floor=6)
    now = box.open_prompts(meeting)[0]
    for person in six[:5]:
        answer(person, now, "yes")
    deadline_passes(meeting)
    box.tip_out(Meeting.objects.get(pk=meeting.pk))
    assert Reflection.objects.count() == 0


def test_the_box_does_not_tip_before_its_time_nor_on_the_last_answer(six: list[Membership], meeting: Meeting):
    now = box.open_prompts(meeting)[0]
    for person in six:
        answer(person, now, "yes")
    assert box.tip_out(meeting) is False
    assert box.tip_due() == 0
    assert Reflection.objects.count() == 0


def test_a_second_tip_does_nothing(six: list[Membership], meeting: Meeting, deadline_passes: Pass):
    now = box.open_prompts(meeting)[0]
    for person in six:
        answer(person, now, "yes")
    deadline_passes(meeting)
    assert box.tip_due() == 1
    assert box.tip_due() == 0
    assert box.tip_out(meeting) is False
    assert Reflection.objects.count() == 6


def test_what_is_taken_back_stays_out(six: list[Membership], meeting: Meeting, deadline_passes: Pass):
    now = box.open_prompts(meeting)[0]
    for person in six:
        answer(person, now, person.user.name)
    box.take_back(six[0], Draft.objects.get(author=six[0], box__prompts=now).box)
    deadline_passes(meeting)
    box.tip_out(meeting)
    assert texts(now) == ["Bryn", "Cillian", "Dilys", "Elin", "Fatima"]
    assert [note.text for note in kept.kept_by(six[0])] == ["Ana"]


def test_what_was_carried_over_can_be_taken_back_by_somebody_who_was_not_there_again(
    six: list[Membership], meeting: Meeting, deadline_passes: Pass
):
    now = box.open_prompts(meeting)[0]
    answer(six[0], now, "too few of us")
    deadline_passes(meeting)
    box.tip_out(meeting)
    carried = Draft.objects.get(author=six[0], box__prompts=now).box
    box.take_back(six[0], carried)
    assert drafts.mine(six[0], [carried])[carried.pk].in_box is False


def test_after_the_tip_nothing_can_be_taken_back(six: list[Membership], meeting: Meeting, deadline_passes: Pass):
    now = box.open_prompts(meeting)[0]
    for person in six:
        answer(person, now, "yes")
    mine = Draft.objects.filter(author=six[0], box__prompts=now).get().box
    deadline_passes(meeting)
    with pytest.raises(drafts.ClosedError):
        box.take_back(six[0], mine)
    box.tip_out(meeting)
    with pytest.raises(drafts.ClosedError):
        box.take_back(six[0], mine)


def test_unopened_boxes_go_back_to_their_authors(
    alder: Cohort, six: list[Membership], meeting: Meeting, deadline_passes: Pass
):
    now = box.open_prompts(meeting)[0]
    answer(six[0], now, "too few of us")
    deadline_passes(meeting)
    box.tip_out(meeting)
    assert box.return_unopened(alder) == 4
    assert [(note.question, note.text) for note in kept.kept_by(six[0])] == [("What will I do now?", "too few of us")]
    assert kept.kept_by(six[1]) == []
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("regime", ["", Regime.PRIVATE])
def test_only_what_its_author_lets_go_is_put_in(ana: Membership, meeting: Meeting, regime: str):
    now = box.open_prompts(meeting)[0]
    with pytest.raises(drafts.UnreadyError):
        box.put_in(ana, {now: "mine"}, regime)


def test_an_empty_answer_is_not_put_in(ana: Membership, meeting: Meeting):
    now = box.open_prompts(meeting)[0]
    with pytest.raises(drafts.UnreadyError):
        box.put_in(ana, {now: " \n "}, Regime.SET)


def test_who_was_not_there_or_has_not_signed_or_facilitates_does_not_contribute(
    six: list[Membership], freya: Membership, hold: Hold, join: Callable[..., Membership]
):
    absent, unsigned, left = six[1], six[2], six[3]
    Signature.objects.filter(membership=unsigned).delete()
    Membership.objects.filter(pk=left.pk).update(left_on="2026-01-01")
    meeting = hold([*six[2:], join("Gil")])
    Attendance.objects.create(meeting=meeting, membership=absent, status=Attendance.Status.ABSENT)
    now = box.open_prompts(meeting)[0]
    said = {}
    for person in (absent, unsigned, left, freya):
        with pytest.raises(drafts.NotContributingError) as refused:
            box.save_draft(person, now, "text", Regime.SET)
        said[person.user.name] = refused.value.reason
    assert said == {"Bryn": "absent", "Cillian": "unsigned", "Dilys": "left", "Freya": "facilitator"}


def test_a_member_of_another_set_cannot_write_into_the_box(
    alder: Cohort, meeting: Meeting, join: Callable[..., Membership]
):
    birch = Cohort.objects.create(programme=alder.programme, name="Birch")
    stranger = join("Zoe", birch)
    Attendance.objects.create(meeting=meeting, membership=stranger, status=Attendance.Status.PRESENT)
    with pytest.raises(drafts.NotContributingError):
        box.save_draft(stranger, box.open_prompts(meeting)[0], "text", Regime.SET)


def test_nothing_is_written_when_the_questions_are_not_open(ana: Membership, meeting: Meeting, deadline_passes: Pass):
    now = box.open_prompts(meeting)[0]
    Meeting.objects.filter(pk=meeting.pk).update(state="planned", tips_at=None)
    with pytest.raises(drafts.ClosedError):
        box.save_draft(ana, now, "undone", Regime.SET)
    Meeting.objects.filter(pk=meeting.pk).update(state="closed", tips_at="2026-01-01T00:00Z")
    with pytest.raises(drafts.ClosedError):
        box.save_draft(ana, now, "late", Regime.SET)


def test_two_tabs_neither_loses_what_the_other_wrote(ana: Membership, meeting: Meeting):
    now = box.open_prompts(meeting)[0]
    drafts.revise(ana, meeting, {now.pk: Typed("first tab", Regime.SET, 0)})
    with pytest.raises(ConflictError) as told:
        drafts.revise(ana, meeting, {now.pk: Typed("second tab", Regime.SET, 0)})
    assert told.value.answers == {now.pk: Answer("first tab", Regime.SET, version=1)}
    drafts.revise(ana, meeting, {now.pk: Typed("first tab", Regime.SET, 0)})  # the same again is no conflict


def test_every_seal_has_one_size_and_nothing_in_the_open(six: list[Membership], meeting: Meeting):
    now = box.open_prompts(meeting)[0]
    box.save_draft(six[0], now, "", "")
    box.save_draft(six[1], now, "🦉" * LIMIT, Regime.CHATHAM)
    answer(six[2], now, '"\\\n' * 6666, Regime.SET)
    rows = Draft.objects.filter(box__prompts=now)
    assert {len(row.sealed) for row in rows} == {drafts.SIZE + sealing.OVERHEAD}
    assert Draft.objects.count() == 12  # a row for each question, whichever were answered
    assert {f.name for f in Draft._meta.get_fields()} == {"id", "box", "author", "sealed"}


def test_whatever_a_member_does_all_their_seals_are_made_anew(
    six: list[Membership], meeting: Meeting, hold: Hold, deadline_passes: Pass
):
    """What waits in a box for a question that is not asked now among them."""
    ana = six[0]

    def seals() -> dict[UUID, bytes]:
        return {row.pk: bytes(row.sealed) for row in Draft.objects.filter(author=ana)}

    box.save_draft(ana, box.open_prompts(meeting)[0], "it waits", Regime.SET)
    deadline_passes(meeting)
    box.tip_out(meeting)
    meeting.prompts.update(text=Concat("text", Value(" (Spring)")))
    now = box.open_prompts(hold(six, number=2))[0]
    box.save_draft(ana, now, "one", Regime.SET)
    before = seals()
    box.put_in(ana, {now: "one"}, Regime.SET)
    after = seals()
    box.take_back(ana, Box.objects.get(prompts=now))
    later = seals()
    assert before.keys() == after.keys() == later.keys()
    assert len(before) > now.meeting.prompts.count()
    assert [pk for pk in before if before[pk] == after[pk] or after[pk] == later[pk]] == []


def test_a_seal_moved_to_another_author_does_not_open(six: list[Membership], meeting: Meeting):
    now = box.open_prompts(meeting)[0]
    box.save_draft(six[0], now, "mine", Regime.SET)
    box.save_draft(six[1], now, "yours", Regime.SET)
    theirs = Draft.objects.get(author=six[1], box__prompts=now)
    Draft.objects.filter(author=six[0], box__prompts=now).update(sealed=theirs.sealed)
    assert drafts.read(Draft.objects.get(author=six[0], box__prompts=now)) == Answer(lost=True)


def test_after_a_tip_every_participant_keeps_a_row_of_one_size(
    six: list[Membership], freya: Membership, meeting: Meeting, deadline_passes: Pass
):
    now = box.open_prompts(meeting)[0]
    for person in six[1:]:
        answer(person, now, "yes")
    box.save_draft(six[0], now, "x" * 20_000, Regime.PRIVATE)
    Membership.objects.filter(pk=six[5].pk).update(role=Role.FACILITATOR)  # who wrote as a participant has one too
    deadline_passes(meeting)
    box.tip_out(meeting)
    rows = Kept.objects.all()
    assert {row.author_id for row in rows} == {person.pk for person in six}
    assert len({len(row.sealed) for row in rows}) == 1
    assert [len(kept.kept_by(person)) for person in six] == [1, 0, 0, 0, 0, 0]
    kept.drop(six[0], kept.kept_by(six[0])[0])
    assert kept.kept_by(six[0]) == []
    assert len({len(row.sealed) for row in Kept.objects.all()}) == 1


def test_those_who_were_members_at_the_tip_read_and_joiners_do_not(
    six: list[Membership],
    freya: Membership,
    meeting: Meeting,
    deadline_passes: Pass,
    join: Callable[..., Membership],
):
    now = box.open_prompts(meeting)[0]
    for person in six:
        answer(person, now, person.user.name, Regime.SET if person == six[0] else Regime.CHATHAM)
    deadline_passes(meeting)
    assert list(detached_for(six[5], meeting)) == []
    box.tip_out(meeting)
    joiner, successor = join("Jo"), join("Gwen", role=Role.FACILITATOR)

    def read(who: Membership) -> list[str]:
        return sorted(reflection.text for reflection in detached_for(who, meeting))

    assert Audience.objects.filter(meeting=meeting).count() == 7
    assert read(six[5]) == read(freya) == ["Ana", "Bryn", "Cillian", "Dilys", "Elin", "Fatima"]
    assert read(joiner) == []
    assert read(successor) == ["Bryn", "Cillian", "Dilys", "Elin", "Fatima"]


def planned(meeting: Meeting) -> Meeting:
    """The meeting as it was before it was closed."""
    Meeting.objects.filter(pk=meeting.pk).update(state="planned", tips_at=None)
    meeting.refresh_from_db()
    return meeting


def test_questions_are_settled_by_the_closing(meeting: Meeting):
    planned(meeting)
    assert [p.text for p in box.open_prompts(meeting, ["Why?", "What now?"])] == ["Why?", "What now?"]
    prompts = box.open_prompts(meeting, ["What now?"])
    assert box.open_prompts(meeting) == prompts
    Meeting.objects.filter(pk=meeting.pk).update(state="closed", tips_at="2099-01-01T00:00Z")
    assert box.open_prompts(meeting, ["What now?"]) == prompts
    with pytest.raises(FrozenError):
        box.open_prompts(meeting, ["Something else?"])
    Meeting.objects.filter(pk=meeting.pk).update(state="planned", tips_at=None, promised_until="2099-01-01T00:00Z")
    with pytest.raises(FrozenError):
        box.open_prompts(meeting, ["Something else?"])


@pytest.mark.parametrize("bad", [[], ["Same?", "Same?"], [""], [f"{n}?" for n in range(9)]])
def test_what_cannot_be_asked(meeting: Meeting, bad: list[str]):
    planned(meeting)
    with pytest.raises(ValueError, match="different questions"):
        box.open_prompts(meeting, bad)


def test_an_answer_to_questions_changed_meanwhile_is_refused(ana: Membership, meeting: Meeting):
    old = box.open_prompts(meeting)[0]
    box.open_prompts(planned(meeting), ["Something else?"])
    Meeting.objects.filter(pk=meeting.pk).update(state="closed", tips_at="2099-01-01T00:00Z")
    with pytest.raises(drafts.OtherQuestionsError):
        drafts.revise(ana, meeting, {old.pk: Typed("to the old one", Regime.SET, 0)})


def test_without_its_key_a_box_is_left_alone(
    six: list[Membership], meeting: Meeting, deadline_passes: Pass, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    now = box.open_prompts(meeting)[0]
    for person in six:
        answer(person, now, "yes")
    shut = Box.objects.get(prompts=now)
    sealing.destroy_key(key_name(shut))
    assert drafts.mine(six[0], [shut]) == {shut.pk: Answer(lost=True)}
    box.save_draft(six[0], now, "once more", Regime.SET)
    assert drafts.mine(six[0], [Box.objects.get(prompts=now)]) == {
        Box.objects.get(prompts=now).pk: Answer("once more", Regime.SET, version=1)
    }
    deadline_passes(meeting)
    box.tip_out(meeting)
    assert Reflection.objects.count() == 0
    assert Draft.objects.filter(box=shut).count() == 6
    assert caplog.messages == []  # whose draft is lost is who has answered


def written_order(meeting: Meeting) -> list[str]:
    """The answers as they follow one another in the file."""
    return [row.text for row in as_they_lie(Reflection.objects.filter(meeting=meeting))]


def test_permuting_the_authors_changes_nothing_that_comes_out(six: list[Membership], hold: Hold, deadline_passes: Pass):
    """The swap harness on the box: given the shuffle, who wrote what has no bearing on what lies where."""
    said = [f"answer {n}" for n in range(6)]
    outcomes = []
    begin_a_new_file(Reflection)
    for number, order in enumerate((said, said[::-1], said[3:] + said[:3]), start=1):
        meeting = hold(six, number=number)
        now = box.open_prompts(meeting)[0]
        for person, text in zip(six, order, strict=True):
            answer(person, now, text)
        deadline_passes(meeting)
        box.tip_out(meeting, random.Random(7))
        outcomes.append(written_order(meeting))
    assert outcomes[0] == outcomes[1] == outcomes[2] != said


def test_until_it_is_tipped_out_the_sets_page_says_that_it_is_being(
    meeting: Meeting, freya: Membership, six: list[Membership], deadline_passes, browser
) -> None:
    """Not that the questions open when a meeting is closed, as if none had been."""
    deadline_passes(meeting)
    for who in (freya, six[0]):
        page = browser(who).get(reverse("learningsets:cohort", args=[who.cohort_id])).text
        assert "The box is being tipped out. Look again in a minute." in page
        assert "They open when" not in page
