"""What the page with the closing questions shows a member: a sheet for each meeting whose questions are open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils import timezone

from challenges import aims, drafts
from challenges.drafts import Answer
from challenges.forms.reflect import AnswerForm, answer_form
from challenges.models import Box, Prompt
from challenges.prompts import asked, have_waited, join_what_waited
from learningsets.models import Membership
from sessions.models import Meeting


@dataclass
class Question:
    """One prompt as a member has answered it; `form` is missing while the answer lies in the box (and nothing was
    typed for it)."""

    prompt: Prompt
    answer: Answer
    form: AnswerForm | None
    stored: Answer | None = None  # after a conflict: what another tab saved

    @property
    def said(self) -> str:
        """The answer in words."""
        return aims.in_words(self.prompt, self.answer.text)


@dataclass
class Sheet:
    """One meeting's questions, for one member. `hindrance` says why they cannot be answered (see `drafts`).

    `waited` is whether answers may wait, in a box for one of the questions, since an earlier meeting.
    """

    membership: Membership
    meeting: Meeting
    hindrance: str
    waited: bool = False
    questions: list[Question] = field(default_factory=list)

    @property
    def in_the_box(self) -> int:
        """How many answers of this member's lie in the box."""
        return sum(question.answer.in_box for question in self.questions)

    @property
    def drafts(self) -> int:
        """How many answers of theirs are saved, and not in the box."""
        return sum(bool(q.answer.text.strip()) and not q.answer.in_box for q in self.questions)

    @property
    def can_be_written(self) -> bool:
        """Whether a question is left that does not lie answered in the box."""
        return any(question.form for question in self.questions)

    @property
    def faulty(self) -> list[AnswerForm]:
        """The forms in which something is wrong, in the order of the questions."""
        return [question.form for question in self.questions if question.form and question.form.errors]

    def renew(self, standing: Mapping[UUID, Answer]) -> None:
        """After a conflict: show what is stored beside what was typed, and let the next attempt know of it."""
        for question in self.questions:
            if question.form and (stored := standing.get(question.prompt.pk)):
                question.stored = question.answer = stored
                question.form.renew(stored.version)


@dataclass(frozen=True)
class Waiting:
    """An answer in a box that stayed shut, and waits for a meeting that asks the same."""

    box: Box
    prompt: Prompt
    answer: Answer

    @property
    def said(self) -> str:
        """The answer in words."""
        return aims.in_words(self.prompt, self.answer.text)


def open_meetings(memberships: list[Membership]) -> list[tuple[Membership, Meeting]]:
    """Meetings of these memberships' sets whose questions can be answered now."""
    places = {membership.cohort_id: membership for membership in memberships}
    meetings = Meeting.objects.filter(
        cohort__in=places, state=Meeting.State.CLOSED, tips_at__gt=timezone.now()
    ).select_related("cohort")
    return [(places[meeting.cohort_id], meeting) for meeting in meetings.order_by("tips_at", "id")]


def sheet(membership: Membership, meeting: Meeting, data: Mapping[str, str] | None = None) -> Sheet:
    """The sheet of one meeting, filled with what is saved, or where the page sent something with that."""
    found = Sheet(membership, meeting, drafts.hindrance(membership, meeting))
    if found.hindrance:
        return found
    prompts = asked(meeting)
    found.waited = have_waited(meeting, prompts)
    if found.waited:
        join_what_waited(prompts)
    boxes = Box.objects.in_bulk([prompt.box_id for prompt in prompts if prompt.box_id])
    answers = drafts.mine(membership, boxes.values())
    for prompt in prompts:
        answer = answers.get(prompt.box_id, Answer()) if prompt.box_id else Answer()
        form = answer_form(prompt, data, answer)
        sent = data is not None and form.add_prefix("version") in data
        if data is not None and not sent:
            form = answer_form(prompt, None, answer)
        found.questions.append(Question(prompt, answer, form if sent or not answer.in_box else None))
    return found


def sheets(memberships: list[Membership]) -> list[Sheet]:
    """A sheet for each open meeting of these memberships' sets, but for those that are no matter of theirs any more."""
    found = [sheet(membership, meeting) for membership, meeting in open_meetings(memberships)]
    return [one for one in found if one.hindrance not in {"left", "facilitator"}]


def waiting(memberships: list[Membership], shown: list[Sheet]) -> list[Waiting]:
    """Answers of theirs in boxes that wait, or whose questions are not open now. Left out are those on `shown` sheets,
    and those that are about to be tipped out, which wait for nothing."""
    tipping = set(
        Meeting.objects.due(timezone.now()).filter(prompts__box__isnull=False).values_list("prompts__box", flat=True)
    )
    here = {question.prompt.box_id for sheet in shown for question in sheet.questions}
    found = []
    for membership in memberships:
        boxes = {box.pk: box for box in drafts.waiting(membership) if box.pk not in here | tipping}
        asked_in = Prompt.objects.filter(box__in=boxes).select_related("meeting__cohort")
        asking = {prompt.box_id: prompt for prompt in asked_in}
        for box_id, answer in drafts.mine(membership, boxes.values()).items():
            if answer.text.strip():
                found.append(Waiting(boxes[box_id], asking[box_id], answer))
    return found
