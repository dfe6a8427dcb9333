"""Attendance as an organiser may know it: a band a quarter, over a whole programme, written once.

Source: docs/anonymity.md ("Floors"): rates are bands, over at least ten people, and never computed again. Were they,
whoever looked before and after somebody came, left or was marked would learn what that one person did.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from fractions import Fraction

from django.db import transaction

from learningsets.floors import LABEL
from learningsets.models import Programme
from sessions.models import Attendance, AttendanceBand, Band, Meeting
from sessions.models.band import began, quarter_of

SETTLED_AFTER = timedelta(days=14)  # the last meetings of a quarter are closed by then
BACK = 4  # quarters that are looked at: one that nobody was there to write is made up for


def write_due(now: datetime) -> int:
    """Write the band of each programme's quarters that ended two weeks ago or earlier and have none; how many."""
    ended = quarter_of(now - SETTLED_AFTER)
    written = 0
    for _quarter in range(BACK):
        ended = quarter_of(began(*ended) - timedelta(days=1))
        for programme in _without_band(*ended):
            with transaction.atomic():
                _band, new = AttendanceBand.objects.get_or_create(
                    programme=programme, year=ended[0], quarter=ended[1], defaults={"band": _counted(programme, *ended)}
                )
            written += new
    return written


def _without_band(year: int, quarter: int) -> list[Programme]:
    """The programmes that met in a quarter, whose boxes of it are tipped out, and whose band is not written."""
    met = Programme.objects.filter(
        cohorts__meetings__state=Meeting.State.TIPPED,
        cohorts__meetings__starts_at__gte=began(year, quarter),
        cohorts__meetings__starts_at__lt=began(year, quarter + 1),
    )
    written = AttendanceBand.objects.filter(year=year, quarter=quarter)
    return list(met.exclude(pk__in=written.values("programme")).distinct())


def _counted(programme: Programme, year: int, quarter: int) -> str:
    """The band of those who came among those expected; empty if they were too few people.

    Each person counts once, by the share of their own meetings that they came to: somebody who was expected nine times
    in a quarter would otherwise decide the band of nine others who met once.
    """
    rows = Attendance.objects.filter(
        meeting__cohort__programme=programme,
        meeting__state=Meeting.State.TIPPED,
        meeting__starts_at__gte=began(year, quarter),
        meeting__starts_at__lt=began(year, quarter + 1),
    )
    came: dict[object, list[bool]] = defaultdict(list)
    for person, status in rows.order_by().values_list("membership__user", "status"):
        came[person].append(status == Attendance.Status.PRESENT)
    if len(came) < LABEL:
        return ""
    return Band.of(Fraction(sum(Fraction(sum(times), len(times)) for times in came.values())) / len(came))
