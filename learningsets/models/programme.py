"""A programme, and the learning sets (cohorts) that meet under it."""

import uuid
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from learningsets import floors

COUNTRIES = (
    ("GB-ENG", _("England")),
    ("GB-SCT", _("Scotland")),
    ("GB-WLS", _("Wales")),
    ("GB-NIR", _("Northern Ireland")),
    ("IE", _("Ireland")),
    ("SE", _("Sweden")),
    ("AU", _("Australia")),
    ("AT", _("Austria")),
    ("BE", _("Belgium")),
    ("CA", _("Canada")),
    ("DK", _("Denmark")),
    ("FI", _("Finland")),
    ("FR", _("France")),
    ("DE", _("Germany")),
    ("IT", _("Italy")),
    ("NL", _("Netherlands")),
    ("NZ", _("New Zealand")),
    ("NO", _("Norway")),
    ("PT", _("Portugal")),
    ("ES", _("Spain")),
    ("CH", _("Switzerland")),
    ("US", _("United States")),
)


class Language(models.TextChoices):
    """The languages a report can be released in: those with tables for quantity words and replacements."""

    ENGLISH = "en", _("English")
    SWEDISH = "sv", _("Swedish")


class Paper(models.TextChoices):
    """What reports are printed on."""

    A4 = "a4", _("A4")
    LETTER = "letter", _("US Letter")


class Programme(models.Model):
    """What an organiser convenes: a purpose, aims, and one or more learning sets."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("title"), max_length=200)
    convenor = models.CharField(_("convenor"), max_length=200, blank=True)
    season = models.CharField(_("season"), max_length=100, blank=True)
    audience = models.CharField(_("who it is for"), max_length=300, blank=True)
    purpose = models.TextField(_("purpose"), max_length=20_000, blank=True)
    aims = models.TextField(_("aims, one on each line"), max_length=20_000, blank=True)
    theory = models.TextField(_("strands of theory, one on each line"), max_length=20_000, blank=True)
    paper = models.CharField(_("paper of its reports"), max_length=6, choices=Paper, default=Paper.A4)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("title", "id")

    def __str__(self) -> str:
        return self.title

    @property
    def aim_list(self) -> list[str]:
        """The aims, in order, blank lines left out."""
        return [line.strip() for line in self.aims.splitlines() if line.strip()]

    @property
    def theory_list(self) -> list[str]:
        """The strands of theory, in order, blank lines left out."""
        return [line.strip() for line in self.theory.splitlines() if line.strip()]


class Cohort(models.Model):
    """A learning set: four to twelve people who meet monthly. Shown to people as "learning set".

    The floors can be raised by a set and lowered by nobody: the least values stand in the database too.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(_("name"), max_length=200)
    places = models.PositiveSmallIntegerField(
        _("participants expected"),
        default=8,
        validators=[
            MinValueValidator(2, _("A set needs at least two people.")),
            MaxValueValidator(30, _("A set has at most thirty people.")),
        ],
    )
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.ENGLISH)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/London")
    country = models.CharField(_("country of public holidays"), max_length=10, default="GB-ENG")
    closing_hours = models.PositiveSmallIntegerField(_("hours the closing questions stay open"), default=48)
    report_floor = models.PositiveSmallIntegerField(
        default=floors.REPORT, validators=[MinValueValidator(floors.REPORT)]
    )
    block_floor = models.PositiveSmallIntegerField(default=floors.BLOCK, validators=[MinValueValidator(floors.BLOCK)])
    theme_floor = models.PositiveSmallIntegerField(default=floors.THEME, validators=[MinValueValidator(floors.THEME)])
    is_example = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(fields=("programme", "name"), name="cohort_name_once"),
            models.CheckConstraint(
                condition=models.Q(
                    report_floor__gte=floors.REPORT,
                    block_floor__gte=floors.BLOCK,
                    theme_floor__gte=floors.THEME,
                ),
                name="cohort_floors_only_raised",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def country_name(self) -> str:
        """The country whose public holidays count, in words; its code if it came from a file and is not on our list."""
        return str(dict(COUNTRIES).get(self.country, self.country))

    def day_of(self, moment: datetime) -> date:
        """The day that an aware `moment` falls on where the set is. Meetings, joining and contracts compare by it."""
        return moment.astimezone(ZoneInfo(self.time_zone)).date()
