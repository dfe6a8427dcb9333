"""The box: what was sealed with an author comes out without one.

Tipping out is one transaction at a fixed time. On its one side stand drafts, on the other reflections, and between
them nothing but a shuffle. docs/anonymity.md says what this holds shut, and where it is tried.
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from random import Random
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from challenges import aims, drafts, evaluation, kept, letters, prompts, purge, sealing
from challenges.drafts import Answer, put_in, save_draft, take_back
from challenges.models import Audience, Box, Draft, Prompt, Reflection, Tally
from challenges.models.reflection import Detached
from challenges.prompts import open_prompts
from learningsets.models import Cohort, Membership, Role
from learningsets.typing_habits import evened
from sessions.lifecycle import mark_tipped
from sessions.models import Meeting

__all__ = ["lay_out", "open_prompts", "put_in", "return_unopened", "save_draft", "take_back", "tip_due", "tip_out"]


def tip_due() -> int:
    """Tip out whatever is due, and clear up after tips and closes. How many meetings' boxes were tipped out."""
    due = Meeting.objects.due(timezone.now()).select_related("cohort")
    tipped = sum(tip_out(meeting) for meeting in due)
    purge.finish()
    purge.clear_lists()
    return tipped


def tip_out(meeting: Meeting, rng: Random | None = None) -> bool:
    """Tip out the box of a meeting whose deadline has passed; whether this call did it.

    Each prompt that at least as many different people answered as the set's floor says is tipped; the others carry
    over. `rng` shuffles. Keys are destroyed and tables rewritten after the outermost transaction is committed; what
    fails of that, and what a crash cuts off, is left to the next `tip_due`.
    """
    with transaction.atomic():
        purge.commit_durably()
        prompts.lock(meeting.cohort)
        if not mark_tipped(meeting):
            return False
        for prompt in meeting.prompts.select_related("box").order_by("position"):
            if prompt.box and _may_be_opened(prompt.box):
                _tip(prompt, prompt.box, rng or secrets.SystemRandom())
        _give_back_outlived(meeting)
        kept.keep(meeting.cohort, _emptied(meeting.cohort))
        drafts.even_out(meeting.cohort)
        readers = _readers(meeting)
        Audience.objects.bulk_create([Audience(meeting=meeting, membership=member) for member in readers])
        letters.box_was_tipped(meeting, readers)
        transaction.on_commit(purge.finish)
    return True


def return_unopened(cohort: Cohort) -> int:
    """At the end of a programme: give what lies in the set's unopened boxes back to its authors. How many boxes."""
    with transaction.atomic():
        purge.commit_durably()
        prompts.lock(cohort)
        boxes = Box.objects.filter(cohort=cohort, state=Box.State.OPEN)
        returned = boxes.update(state=Box.State.RETURNED)
        kept.keep(cohort, _emptied(cohort))
        transaction.on_commit(purge.finish)
    return returned


def lay_out(
    prompt: Prompt, answers: Sequence[tuple[str, str]], authors: Mapping[str, int], rng: Random | None = None
) -> None:
    """Record answers that came without authors (from a workshop file) as if a box had been tipped out.

    `answers` are pairs of text and regime; `authors` says how many different people answered under each regime.
    """
    with transaction.atomic():
        _lay_out(prompt, answers, authors, rng or secrets.SystemRandom())


def _may_be_opened(box: Box) -> bool:
    """An unopened box whose key is here. Without its key (a backup was restored) nothing in it is touched."""
    return box.state == Box.State.OPEN and sealing.has_key(prompts.key_name(box))


def _tip(prompt: Prompt, box: Box, rng: Random) -> None:
    """Tip one prompt's answers out of its box, unless too few people put one in. What they say of the programme's aims
    is counted; it stays in the box if it can't be."""
    answers = [answer for answer in _opened([box]).values() if drafts.may_tip(answer)]
    if len(answers) < prompt.meeting.cohort.block_floor:  # one draft an author: answers count people
        return
    if prompt.aims:
        if not evaluation.count(prompt, [answer.text for answer in answers]):
            return
    else:
        texts = [(evened(answer.text), answer.regime) for answer in answers]
        _lay_out(prompt, texts, Counter(regime for _text, regime in texts), rng)
    Box.objects.filter(pk=box.pk).update(state=Box.State.TIPPED)


def _give_back_outlived(meeting: Meeting) -> None:
    """Give back boxes that waited for this meeting's questions, and that somebody who joined since has shut out."""
    waiting = Box.objects.filter(cohort=meeting.cohort, state=Box.State.OPEN).exclude(
        prompts__meeting__in=meeting.cohort.meetings.exclude(state=Meeting.State.TIPPED)
    )
    texts = [prompt.text for prompt in prompts.asked(meeting)]
    for box in waiting.filter(prompts__text__in=texts).distinct():
        if prompts.outlived(box, meeting):
            Box.objects.filter(pk=box.pk).update(state=Box.State.RETURNED)


def _readers(meeting: Meeting) -> list[Membership]:
    """The set's members now who were it when each box that this meeting tipped out was begun."""
    tipped = Box.objects.filter(prompts__meeting=meeting, state=Box.State.TIPPED)
    circles = [prompts.circle(box, Role.PARTICIPANT) | prompts.circle(box, Role.FACILITATOR) for box in tipped]
    members = meeting.cohort.memberships.current().select_related("user").order_by("pk")
    return [member for member in members if all(member.pk in circle for circle in circles)]


def _lay_out(prompt: Prompt, answers: Sequence[tuple[str, str]], authors: Mapping[str, int], rng: Random) -> None:
    shuffled = sorted(answers)  # first an order that owes nothing to the authors, then one that owes nothing to it
    rng.shuffle(shuffled)
    Reflection.objects.bulk_create(
        [Reflection(meeting=prompt.meeting, prompt=prompt, text=text, regime=regime) for text, regime in shuffled]
    )
    Tally.objects.bulk_create(
        [Tally(prompt=prompt, regime=regime, authors=authors.get(regime, 0)) for regime in Detached.values]
    )


def _opened(boxes: Iterable[Box]) -> dict[tuple[Box, UUID], Answer]:
    """What lies in some boxes, by box and author."""
    rows = Draft.objects.filter(box__in=list(boxes)).select_related("box").order_by("box", "author")
    return {(draft.box, draft.author_id): drafts.read(draft) for draft in rows}


def _emptied(cohort: Cohort) -> dict[UUID, list[kept.Note]]:
    """Delete every draft of the set's boxes that are no longer open; by author, what did not go into a tip."""
    boxes = Box.objects.filter(cohort=cohort, drafts__isnull=False).exclude(state=Box.State.OPEN).distinct()
    asked: dict[UUID, Prompt] = {}
    found = Prompt.objects.filter(box__in=boxes).select_related("meeting__cohort")
    for prompt in found.order_by("meeting__starts_at", "pk"):
        asked[prompt.box_id or prompt.pk] = prompt  # the latest meeting that asked
    notes: dict[UUID, list[kept.Note]] = {}
    for (box, author_id), answer in _opened(boxes).items():
        if answer.text.strip() and not (box.state == Box.State.TIPPED and drafts.may_tip(answer)):
            prompt = asked[box.pk]
            text = aims.in_words(prompt, answer.text)
            notes.setdefault(author_id, []).append(kept.Note(str(prompt.meeting_id), prompt.text, text))
    Draft.objects.filter(box__in=list(boxes)).delete()
    return notes
