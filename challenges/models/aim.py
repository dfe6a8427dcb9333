"""How far a programme's aims are met: what its members say together, and what an organiser is told of it.

Neither side knows a person: a `AimTally` is a sum over all sets from the moment it is written, and an `AimBand` is all
that stays of it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from learningsets.models import Programme
from sessions.models import Band
from sessions.words import quarter_in_words


class Step(models.TextChoices):
    """How far somebody says that an aim is met. Who has no view says none."""

    NOT_YET = "not_yet", _("Not yet")
    LITTLE = "little", _("A little")
    PARTLY = "partly", _("Partly")
    LARGELY = "largely", _("Largely")
    FULLY = "fully", _("Fully")


class AimTally(models.Model):
    """How many said in a quarter that an aim, in these words, is met so far: all sets of the programme in one number.

    It goes when the quarter's bands are written.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="aim_tallies")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()  # 1 to 4
    aim = models.TextField()
    step = models.CharField(max_length=7, choices=Step)
    people = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("programme", "year", "quarter", "id")
        verbose_name_plural = "aim tallies"
        constraints = (models.CheckConstraint(condition=models.Q(quarter__range=(1, 4)), name="aim_tally_quarter"),)

    def __str__(self) -> str:
        return f"{self.people}"


class AimBand(models.Model):
    """How many of those with a view said in a quarter that an aim is met, in bands: written once, and never again.

    No bands: too few said anything. No moment of writing is kept.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="aim_bands")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()  # 1 to 4
    position = models.PositiveSmallIntegerField()
    aim = models.TextField()  # as it was worded when it was asked
    partly = models.CharField(max_length=6, blank=True, choices=Band)  # at least partly met
    largely = models.CharField(max_length=6, blank=True, choices=Band)  # largely or fully met

    class Meta:
        ordering = ("-year", "-quarter", "position")
        constraints = (
            models.UniqueConstraint(fields=("programme", "year", "quarter", "position"), name="aim_band_once"),
            models.CheckConstraint(condition=models.Q(quarter__range=(1, 4)), name="aim_band_quarter"),
        )

    def __str__(self) -> str:
        return self.aim

    @property
    def when(self) -> str:
        """The quarter in words."""
        return quarter_in_words(self.year, self.quarter)
