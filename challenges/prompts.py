"""The closing questions of a meeting: the same for everyone, and settled when the meeting is closed."""

import uuid
from collections.abc import Iterable, Sequence

from django.db import transaction

from challenges import aims, sealing
from challenges.models import Box, BoxMember, Prompt
from learningsets.models import Cohort, Role
from sessions.attendance import settled
from sessions.models import Meeting

MOST = 8  # questions at one meeting, without the one about the programme's aims


DEFAULTS = {
    "en": (
        "What will I do now?",
        "What did I gain from the process?",
        "What did I learn from other people's challenges?",
        "How helpful was it to learn across countries?",
    ),
    "sv": (
        "Vad ska jag göra nu?",
        "Vad gav processen mig?",
        "Vad lärde jag mig av andras utmaningar?",
        "Hur hjälpsamt var det att lära över landsgränser?",
    ),
}


class FrozenError(Exception):
    """The meeting was closed, so its questions can no longer be changed.

    The closing settles them, and not the first draft: else whoever words them would learn that somebody has begun.
    """


def default_texts(cohort: Cohort) -> list[str]:
    """The four closing questions, in the set's language: the one its reports are written in, not the reader's."""
    return list(DEFAULTS[cohort.language])


def identity(meeting: Meeting, text: str) -> uuid.UUID:
    """A prompt's id. The same wording at the same meeting is the same prompt, before it is saved and after."""
    return uuid.uuid5(meeting.pk, text)


def asked(meeting: Meeting) -> list[Prompt]:
    """The meeting's questions in order; the default ones, not yet saved, while nobody has opened or changed them."""
    return list(meeting.prompts.order_by("position")) or _made(meeting, default_texts(meeting.cohort))


def open_prompts(meeting: Meeting, texts: Sequence[str] | None = None, *, with_aims: bool = False) -> list[Prompt]:
    """Save the meeting's questions and return them in order. Without `texts` those that stand, or the default ones.

    `texts` replaces them: one to eight different ones, each of 1 to 300 characters; `with_aims` asks how far the
    programme's aims are met as well, as they are worded now. Raises FrozenError when that would change a question
    after the closing (undone or not), ValueError for texts that cannot be asked.
    """
    with transaction.atomic():
        lock(meeting.cohort)
        standing = list(meeting.prompts.order_by("position"))
        wanted = list(texts) if texts is not None else default_texts(meeting.cohort)
        made = _made(meeting, wanted, aims.asked_about(meeting.cohort.programme) if with_aims else ())
        if not 1 <= len(wanted) <= MOST or len({prompt.text for prompt in made}) < len(made) or not all(wanted):
            raise ValueError("One to eight different questions can be asked.")
        if standing and (texts is None or _worded(standing) == _worded(made)):
            return standing
        settled = texts is not None and Meeting.objects.get(pk=meeting.pk).was_closed
        if settled and _worded(asked(meeting)) != _worded(made):
            raise FrozenError
        meeting.prompts.all().delete()
        return Prompt.objects.bulk_create(made)


def _worded(prompts: Sequence[Prompt]) -> list[tuple[str, str]]:
    return [(prompt.text, prompt.aims) for prompt in prompts]


def freeze(meeting: Meeting) -> list[Prompt]:
    """The meeting's questions in order, each with its box: the one carried over from an earlier meeting that asked
    the same, if nobody has joined the set since it was begun, or a new one. A box whose key was lost (no backup has
    it) is set aside, and stays unread.

    The caller holds the set's lock.
    """
    saved = meeting.prompts.select_related("box").order_by("position")
    prompts = list(saved) or open_prompts(meeting)
    for prompt in prompts:
        if prompt.box is None or not sealing.has_key(key_name(prompt.box)):
            prompt.box = _carried_over(prompt) or _begun(meeting)
            prompt.save(update_fields=("box",))
    return prompts


def join_what_waited(prompts: Iterable[Prompt]) -> None:
    """Give questions that are not frozen yet the boxes that `freeze` will, where those were carried over, in memory
    alone: what somebody has in one is then shown with its question, before the first draft freezes it."""
    for prompt in prompts:
        if prompt.box_id is None:
            prompt.box = _carried_over(prompt)


def key_name(box: Box) -> str:
    """The name of a box's key."""
    return f"box-{box.pk}"


def kept_key_name(key: uuid.UUID) -> str:
    """The name of a key to what somebody kept."""
    return f"kept-{key}"


def lock(cohort: Cohort) -> None:
    """Let one transaction at a time touch the prompts and boxes of a set; it holds until that transaction ends."""
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)


def _made(meeting: Meeting, texts: Sequence[str], aims_asked: Sequence[str] = ()) -> list[Prompt]:
    worded = [(text, "") for text in texts]
    if aims_asked:
        worded.append((aims.question(meeting.cohort), "\n".join(aims_asked)))
    return [
        Prompt(id=identity(meeting, text), meeting=meeting, position=position, text=text, aims=about)
        for position, (text, about) in enumerate(worded, start=1)
    ]


def _carried_over(prompt: Prompt) -> Box | None:
    """A box of this set that stayed shut for the same question, and that no meeting still to be tipped out uses."""
    same = {"prompts__text": prompt.text, "prompts__aims": prompt.aims}
    waiting = Box.objects.filter(cohort=prompt.meeting.cohort, state=Box.State.OPEN, **same).exclude(
        prompts__meeting__in=prompt.meeting.cohort.meetings.exclude(state=Meeting.State.TIPPED)
    )
    fit = (box for box in waiting.order_by("id").distinct() if sealing.has_key(key_name(box)))
    return next((box for box in fit if not outlived(box, prompt.meeting)), None)


def _begun(meeting: Meeting) -> Box:
    """A new box, with its key; who may put something in; and which facilitators the set has as it is begun."""
    box = Box.objects.create(cohort=meeting.cohort)
    sealing.make_key(key_name(box))
    facilitators = meeting.cohort.memberships.current().facilitators().order_by("pk")
    members = [(Role.PARTICIPANT, one) for one in settled(meeting).order_by("pk")]
    members += [(Role.FACILITATOR, one) for one in facilitators]
    BoxMember.objects.bulk_create([BoxMember(box=box, membership=one, role=role) for role, one in members])
    return box


def outlived(box: Box, meeting: Meeting) -> bool:
    """Whether somebody who may have been at `meeting`, in the set still or not, could not have put anything in `box`
    when it was begun."""
    return not set(settled(meeting).values_list("pk", flat=True)) <= circle(box, Role.PARTICIPANT)


def have_waited(meeting: Meeting, prompts: Sequence[Prompt]) -> bool:
    """Whether an earlier meeting asked one of these questions and its box stayed shut."""
    texts = [prompt.text for prompt in prompts]
    earlier = Prompt.objects.filter(meeting__cohort=meeting.cohort_id, text__in=texts, box__state=Box.State.OPEN)
    return earlier.exclude(meeting=meeting).exists()


def circle(box: Box, role: Role) -> set[uuid.UUID]:
    """The memberships of those who had a role in the set when `box` was begun: participants might put something in,
    facilitators might not."""
    return set(box.circle.filter(role=role).values_list("membership_id", flat=True))
