"""What an organiser is told of how far a programme's aims are met: bands, over all sets, written once a quarter.

Source: docs/anonymity.md ("Floors"): rates are bands, over at least ten people, and never computed again. While a
quarter lasts there are sums and nothing else; when its bands are written the sums go.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import groupby

from django.db import transaction
from django.db.models import F, QuerySet

from challenges import aims
from challenges.models import AimBand, AimTally, Box, BoxMember, Prompt, Step
from learningsets.floors import LABEL
from learningsets.models import Programme, Role
from sessions.bands import BACK, SETTLED_AFTER
from sessions.models import Band, Meeting
from sessions.models.band import began, quarter_of

LARGELY = (Step.LARGELY, Step.FULLY)
PARTLY = (Step.PARTLY, *LARGELY)


def count(prompt: Prompt, answers: Iterable[str]) -> bool:
    """Add what one set said of the aims to its programme's sums. For `challenges.box`, in the transaction of the tip.

    An aim on which fewer people of the set than its floor have a view is left out. False, and nothing is counted, when
    the quarter was written already or the set was counted in it.
    """
    cohort, when = prompt.meeting.cohort, quarter_of(prompt.meeting.starts_at)
    programme = _locked(cohort.programme)
    if _is_written(programme, *when) or _counted(programme, *when).filter(meeting__cohort=cohort).exists():
        return False
    said = Counter(pair for answer in answers for pair in aims.read(answer).items())
    for place, aim in enumerate(prompt.aim_list, start=1):
        if sum(said[place, step] for step in Step) < cohort.block_floor:
            continue
        for step in Step:
            row, _new = AimTally.objects.get_or_create(
                programme=programme, year=when[0], quarter=when[1], aim=aim, step=step
            )
            AimTally.objects.filter(pk=row.pk).update(people=F("people") + said[place, step])
    return True


def write_due(now: datetime) -> int:
    """Write the bands of each programme's quarters that ended two weeks ago or earlier, in which aims were asked about,
    and that have none; how many quarters. One in which a box may still be tipped out waits for it."""
    ended = quarter_of(now - SETTLED_AFTER)
    written = 0
    for _quarter in range(BACK):
        ended = quarter_of(began(*ended) - timedelta(days=1))
        for programme in _unwritten(*ended):
            written += _write(programme, *ended)
    return written


def quarters(programme: Programme) -> list[tuple[str, list[AimBand]]]:
    """What was written for a programme, by quarter in words, the latest first."""
    return [(when, list(bands)) for when, bands in groupby(programme.aim_bands.all(), key=lambda band: band.when)]


def _unwritten(year: int, quarter: int) -> QuerySet[Programme]:
    """The programmes of which a set was asked in a quarter, had it enough answers or not, and that have no bands."""
    asked = aims.of_quarter(year, quarter).filter(meeting__state=Meeting.State.TIPPED)
    written = AimBand.objects.filter(year=year, quarter=quarter)
    programmes = Programme.objects.filter(pk__in=asked.values("meeting__cohort__programme"))
    return programmes.exclude(pk__in=written.values("programme"))


def _write(programme: Programme, year: int, quarter: int) -> bool:
    """Write one quarter's bands, unless they are written, nobody was asked, or a box is still shut till its time."""
    with transaction.atomic():
        _locked(programme)
        asked = aims.of_quarter(year, quarter).filter(meeting__cohort__programme=programme)
        if _is_written(programme, year, quarter) or asked.filter(meeting__state=Meeting.State.CLOSED).exists():
            return False
        told = asked.filter(meeting__state=Meeting.State.TIPPED).order_by("meeting__starts_at", "meeting")
        words = list(dict.fromkeys(aim for prompt in told for aim in prompt.aim_list))
        sums = AimTally.objects.filter(programme=programme, year=year, quarter=quarter)
        people = {(row.aim, row.step): row.people for row in sums}
        twice = _counted_twice(programme, year, quarter)
        AimBand.objects.bulk_create(
            AimBand(
                programme=programme,
                year=year,
                quarter=quarter,
                position=position,
                aim=aim,
                **_bands({step: people.get((aim, step), 0) for step in Step}, twice),
            )
            for position, aim in enumerate(words, start=1)
        )
        sums.delete()
    return bool(words)


def _bands(people: dict[Step, int], twice: int) -> dict[str, Band]:
    """The bands of one aim; none where those with a view may be fewer than ten different people."""
    views = sum(people.values())
    if views - twice < LABEL:
        return {}
    shares = {"partly": PARTLY, "largely": LARGELY}
    return {name: Band.of(Fraction(sum(people[step] for step in steps), views)) for name, steps in shares.items()}


def _counted_twice(programme: Programme, year: int, quarter: int) -> int:
    """How often at the most a person can have been counted more than once: whoever takes part in two sets may have
    answered in both. Who did is known to nobody, so that all of them are taken off."""
    boxes = set(_counted(programme, year, quarter).values_list("box", flat=True))
    circle = BoxMember.objects.filter(box__in=boxes, role=Role.PARTICIPANT).order_by()
    people = Counter(circle.values_list("membership__user", flat=True))
    return people.total() - len(people)


def _counted(programme: Programme, year: int, quarter: int) -> QuerySet[Prompt]:
    asked = aims.of_quarter(year, quarter).filter(meeting__cohort__programme=programme)
    return asked.filter(box__state=Box.State.TIPPED)


def _is_written(programme: Programme, year: int, quarter: int) -> bool:
    return AimBand.objects.filter(programme=programme, year=year, quarter=quarter).exists()


def _locked(programme: Programme) -> Programme:
    """One transaction at a time counts or writes a programme's aims; it holds until that transaction ends."""
    return Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
