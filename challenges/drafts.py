"""What a member writes before the box is tipped out: save it, put it in, take it back.

Nobody else can read it, and nothing about it stands in the open: whatever a member does, all their drafts of the
set's open boxes are sealed anew, in one size. Saving, putting in, taking back look alike on the disk.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from challenges import sealing
from challenges.models import Box, BoxMember, Draft, Prompt, Regime
from challenges.prompts import circle, freeze, key_name, lock
from challenges.purge import rewrite_once_committed
from learningsets.contracts import has_signed
from learningsets.fields import LIMIT
from learningsets.models import Cohort, Membership, Role
from sessions.attendance import expected, may_answer, was_present
from sessions.models import Meeting

SIZE = 4 * LIMIT + 2_432  # bytes in a seal: LIMIT characters of any script, with room for the rest


@dataclass(frozen=True, slots=True)
class Answer:
    """A member's answer to one prompt as it stands now. `regime` is empty until its author chooses."""

    text: str = ""
    regime: str = ""
    in_box: bool = False
    version: int = 0
    lost: bool = False  # it was sealed under a key that is gone


@dataclass(frozen=True, slots=True)
class Typed:
    """What came from a page: text, regime, and the version that its author had before them (None: whatever it is)."""

    text: str
    regime: str
    version: int | None = None


class ClosedError(Exception):
    """The questions are not open: not yet, not now, or not any more."""


class NotContributingError(Exception):
    """This member cannot contribute here. `reason` is one of the values of `hindrance`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class OtherQuestionsError(Exception):
    """The questions were changed since the page was opened."""


class UnreadyError(Exception):
    """An answer without text, or that only its author may read, is not put in the box."""


class ConflictError(Exception):
    """Another tab or device changed the answers since. `answers` are those that differ, by prompt, as they stand."""

    def __init__(self, answers: dict[UUID, Answer]) -> None:
        super().__init__("The answers were changed meanwhile.")
        self.answers = answers


def hindrance(membership: Membership, meeting: Meeting) -> str:
    """Why this member cannot answer this meeting's questions: "facilitator", "left", "later" (they joined after it),
    "shut" (the questions opened without them); and as long as they are open to nobody "absent", "unsigned", "few" (who
    were there and signed). What the member can mend comes before what they can't.

    Empty when nothing is in the way.
    """
    if membership.role != Role.PARTICIPANT or membership.cohort_id != meeting.cohort_id:
        return "facilitator"
    if may_answer(meeting, membership):
        return ""
    if membership.left_on is not None:
        return "left"
    if membership not in expected(meeting):
        return "later"
    if meeting.has_opened:
        return "shut"
    if not was_present(meeting, membership):
        return "absent"
    return "few" if has_signed(membership, on=meeting.cohort.day_of(meeting.starts_at)) else "unsigned"


def is_open(meeting: Meeting) -> bool:
    """Whether the meeting's questions can be answered now."""
    return meeting.is_asking


def mine(membership: Membership, boxes: Iterable[Box]) -> dict[UUID, Answer]:
    """This member's answers in `boxes`, by box; boxes without one are left out."""
    drafts = Draft.objects.filter(author=membership, box__in=list(boxes)).select_related("box")
    return {draft.box_id: read(draft) for draft in drafts}


def waiting(membership: Membership) -> QuerySet[Box]:
    """Boxes not yet tipped out that hold something of this member's."""
    return Box.objects.filter(state=Box.State.OPEN, drafts__author=membership).order_by("id")


def revise(
    membership: Membership,
    meeting: Meeting,
    typed: Mapping[UUID, Typed],
    put: Collection[UUID] = (),
    back: Collection[UUID] = (),
) -> dict[UUID, Answer]:
    """Save what was typed, by prompt, put the answers to `put` in the box and take those to `back` out; all or nothing.

    Returns all the member's answers at this meeting by prompt. What lies in the box already is not changed by typing
    (take it back first). Raises ClosedError, NotContributingError, OtherQuestionsError, ConflictError, UnreadyError.
    """
    with transaction.atomic():
        prompts = _entered(membership, meeting)
        if not {*typed, *put, *back} <= set(prompts):
            raise OtherQuestionsError
        standing = _standing(membership, prompts)
        changed = {pk: _changed(standing[pk], new) for pk, new in typed.items()}
        if conflicts := {pk: standing[pk] for pk, answer in changed.items() if answer is None}:
            raise ConflictError(conflicts)
        answers = standing | {pk: answer for pk, answer in changed.items() if answer is not None}
        for pk in put:
            if not answers[pk].text.strip() or answers[pk].regime not in {Regime.SET, Regime.CHATHAM}:
                raise UnreadyError
        for pk in {*put, *back}:
            answers[pk] = replace(answers[pk], in_box=pk in put, version=answers[pk].version + 1)
        boxes = {pk: prompt.box for pk, prompt in prompts.items() if prompt.box}
        _write(membership, {boxes[pk]: answer for pk, answer in answers.items()})
        return answers


def save_draft(membership: Membership, prompt: Prompt, text: str, regime: str) -> None:
    """Save one answer as a draft, over whatever stood there. Raises as `revise`."""
    revise(membership, prompt.meeting, {prompt.pk: Typed(text, regime)})


def put_in(membership: Membership, texts: Mapping[Prompt, str], regime: str) -> None:
    """Save answers to questions of one meeting, over whatever stood there, and put them in the box. Raises as
    `revise`."""
    meeting = next(iter(texts)).meeting
    typed = {prompt.pk: Typed(text, regime) for prompt, text in texts.items()}
    revise(membership, meeting, typed, put=list(typed))


def take_back(membership: Membership, box: Box) -> None:
    """Make what lies in a box a draft again. Possible until it tips: when it waits for another meeting, or its
    author was not there this time, or has left, too. Raises ClosedError after that."""
    with transaction.atomic():
        lock(box.cohort)
        box.refresh_from_db(fields=("state",))
        using = Meeting.objects.filter(prompts__box=box, state=Meeting.State.CLOSED, tips_at__lte=timezone.now())
        if box.state != Box.State.OPEN or using.exists():
            raise ClosedError
        answers = {draft.box: read(draft) for draft in _drafts(membership)}
        if box in answers and answers[box].in_box:
            answers[box] = replace(answers[box], in_box=False, version=answers[box].version + 1)
        _write(membership, answers)


def even_out(cohort: Cohort) -> None:
    """After a tip: whoever could write for a box that stays shut has a draft in it, all of them written anew.

    Such a box waits for months, and in backups: that somebody has a draft there would tell who saved anything on the
    page from which another question's answers have come out, and that nobody has that nobody did. The caller holds the
    set's lock.
    """
    for box in Box.objects.filter(cohort=cohort, state=Box.State.OPEN).order_by("id"):
        if not sealing.has_key(key_name(box)):
            continue
        found = {draft.author_id: read(draft) for draft in box.drafts.select_related("box")}
        answers = {author: found.get(author, Answer()) for author in sorted({*circle(box, Role.PARTICIPANT), *found})}
        rows = [
            Draft(box=box, author_id=author, sealed=_seal(box, author, answer))
            for author, answer in answers.items()
            if not answer.lost
        ]
        box.drafts.filter(author__in=[row.author_id for row in rows]).delete()  # else SQLite numbers the newcomers last
        Draft.objects.bulk_create(rows)
        rewrite_once_committed()


def read(draft: Draft) -> Answer:
    """Open one seal. An answer whose key is gone is `lost`."""
    try:
        content = sealing.unseal(key_name(draft.box), _place(draft.box, draft.author_id), draft.sealed)
    except (sealing.KeyMissingError, sealing.UnreadableError):
        return Answer(lost=True)
    return Answer(**json.loads(content))


def may_tip(answer: Answer) -> bool:
    """Whether an answer leaves its author's hands when its box is tipped out."""
    return answer.in_box and bool(answer.text.strip()) and answer.regime in {Regime.SET, Regime.CHATHAM}


def _entered(membership: Membership, meeting: Meeting) -> dict[UUID, Prompt]:
    """Lock the set, make sure that this member may write now, and return the frozen questions."""
    lock(meeting.cohort)
    if not is_open(Meeting.objects.get(pk=meeting.pk)):
        raise ClosedError
    membership = Membership.objects.get(pk=membership.pk)
    if reason := hindrance(membership, meeting):
        raise NotContributingError(reason)
    prompts = {prompt.pk: prompt for prompt in freeze(meeting)}
    if any(prompt.box is None or prompt.box.state != Box.State.OPEN for prompt in prompts.values()):
        raise ClosedError
    boxes = {prompt.box_id for prompt in prompts.values()}
    if BoxMember.objects.filter(box__in=boxes, membership=membership, role=Role.PARTICIPANT).count() < len(boxes):
        raise NotContributingError("later")
    return prompts


def _standing(membership: Membership, prompts: Mapping[UUID, Prompt]) -> dict[UUID, Answer]:
    answers = mine(membership, [prompt.box for prompt in prompts.values() if prompt.box])
    return {pk: answers.get(prompt.box_id, Answer()) if prompt.box_id else Answer() for pk, prompt in prompts.items()}


def _changed(standing: Answer, new: Typed) -> Answer | None:
    """The answer after `new` was typed over it; None if that would undo what happened in another tab."""
    if (new.text, new.regime) == (standing.text, standing.regime):
        return standing
    if standing.in_box or (new.version is not None and new.version != standing.version):
        return None
    return Answer(text=new.text, regime=new.regime, version=standing.version + 1)


def _drafts(membership: Membership) -> QuerySet[Draft]:
    return Draft.objects.filter(author=membership, box__state=Box.State.OPEN).select_related("box").order_by("box")


def _write(membership: Membership, answers: Mapping[Box, Answer]) -> None:
    """Seal all of the member's open drafts anew: those given, and those in boxes that wait for another meeting."""
    others = {draft.box: read(draft) for draft in _drafts(membership)}
    rows = [
        Draft(box=box, author=membership, sealed=_seal(box, membership.pk, answer))
        for box, answer in sorted({**others, **answers}.items(), key=lambda pair: pair[0].pk)
        if not answer.lost
    ]
    Draft.objects.bulk_create(rows, update_conflicts=True, unique_fields=("box", "author"), update_fields=("sealed",))


def _seal(box: Box, author_id: UUID, answer: Answer) -> bytes:
    content = json.dumps(asdict(answer), ensure_ascii=False).encode()
    return sealing.seal(key_name(box), _place(box, author_id), content, SIZE)


def _place(box: Box, author_id: UUID) -> str:
    return f"{box.pk}/{author_id}"
