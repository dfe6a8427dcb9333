"""How many, in bands: what an organiser is told of attendance, and all that a report may print of it."""

from datetime import UTC, datetime
from fractions import Fraction

from django.db import models
from django.utils.translation import gettext_lazy as _

from learningsets.models import Programme
from sessions.words import quarter_in_words


class Band(models.TextChoices):
    """How many of those who are counted. So wide that one person more or less says nothing about that person."""

    FEWER = "fewer", _("fewer than half")
    HALF = "half", _("half to three quarters")
    MOST = "most", _("three quarters or more")

    @classmethod
    def of(cls, share: Fraction) -> "Band":
        """The band that a share lies in."""
        if share < Fraction(1, 2):
            return cls.FEWER
        return cls.HALF if share < Fraction(3, 4) else cls.MOST


class AttendanceBand(models.Model):
    """A programme's attendance in one quarter of a year, over all its sets: written once, and never again.

    No band: too few were expected. No moment of writing is kept.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="attendance_bands")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()  # 1 to 4
    band = models.CharField(max_length=6, blank=True, choices=Band)

    class Meta:
        ordering = ("year", "quarter")
        constraints = (
            models.UniqueConstraint(fields=("programme", "year", "quarter"), name="attendance_band_once"),
            models.CheckConstraint(condition=models.Q(quarter__range=(1, 4)), name="attendance_band_quarter"),
        )

    def __str__(self) -> str:
        return str(self.get_band_display()) if self.band else "no band"

    @property
    def when(self) -> str:
        """The quarter in words."""
        return quarter_in_words(self.year, self.quarter)


def quarter_of(moment: datetime) -> tuple[int, int]:
    """The year and the quarter (1 to 4) that `moment` lies in, in UTC."""
    day = moment.astimezone(UTC)
    return day.year, (day.month + 2) // 3


def began(year: int, quarter: int) -> datetime:
    """When a quarter began; quarter 5 is the next year's first."""
    years, month = divmod(quarter * 3 - 3, 12)
    return datetime(year + years, month + 1, 1, tzinfo=UTC)
