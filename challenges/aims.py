"""How far the aims of a programme are met: what is asked of members beside the closing questions, and what they say.

It is one question more, with a box of its own as any has. Its answer is a step for each aim on which somebody has a
view; it is sealed as a text, a line for each: the aim's place and the step ("3 partly"). What comes out of the box is
counted (`challenges.evaluation`), and read by nobody.
"""

from collections.abc import Mapping

from django.db.models import Q, QuerySet
from django.utils import translation

from challenges.models import Box, Prompt, Step
from learningsets.models import Cohort, Programme
from sessions.models import Meeting
from sessions.models.band import began, quarter_of

MOST = 12  # aims that are asked about: the first of a programme's

QUESTION = {
    "en": "How far are the aims of the programme met so far?",
    "sv": "Hur långt har programmets mål nåtts hittills?",
}


def question(cohort: Cohort) -> str:
    """The question, in the set's language."""
    return QUESTION[cohort.language]


def asked_about(programme: Programme) -> list[str]:
    """The aims that members would be asked about now, in order."""
    return list(dict.fromkeys(programme.aim_list))[:MOST]


def may_ask(meeting: Meeting) -> bool:
    """Whether a meeting can ask: the programme has aims, and no other meeting of the set asks in the same quarter, or
    asked and had enough answers. Nobody is counted twice in a quarter."""
    if not asked_about(meeting.cohort.programme):
        return False
    asking = Q(meeting__state__in=(Meeting.State.PLANNED, Meeting.State.CLOSED)) | Q(box__state=Box.State.TIPPED)
    others = of_quarter(*quarter_of(meeting.starts_at)).filter(asking, meeting__cohort=meeting.cohort)
    return not others.exclude(meeting=meeting).exists()


def of_quarter(year: int, quarter: int) -> QuerySet[Prompt]:
    """The questions about aims that were asked, or are to be, at meetings of one quarter."""
    within = Q(meeting__starts_at__gte=began(year, quarter), meeting__starts_at__lt=began(year, quarter + 1))
    return Prompt.objects.exclude(aims="").filter(within)


def written(steps: Mapping[int, str]) -> str:
    """An answer as it is sealed: `steps` by the place of their aim, from 1; without those that say nothing."""
    return "\n".join(f"{place} {step}" for place, step in sorted(steps.items()) if step)


def read(text: str) -> dict[int, Step]:
    """The steps that an answer says, by the place of their aim."""
    lines = (line.split() for line in text.splitlines())
    return {int(place): Step(step) for place, step in lines}


def in_words(prompt: Prompt, text: str) -> str:
    """An answer as its author reads it: as it was typed, or each aim with its step, in the set's language."""
    steps = read(text) if prompt.aims else {}
    with translation.override(prompt.meeting.cohort.language):
        lines = [f"{aim}: {steps[n].label}" for n, aim in enumerate(prompt.aim_list, start=1) if n in steps]
    return "\n".join(lines) if prompt.aims else text
