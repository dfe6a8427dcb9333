"""What a set chose for its members' calendars, and when they are reminded."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from learningsets.models import Cohort


class Entries(models.TextChoices):
    """What a calendar entry holds, one that comes by mail and one of a feed."""

    TIME = "time", _("The time alone")
    PLACE = "place", _("Time and place")
    VIDEO = "video", _("Time, place and video link")


REMIND_BEFORE = (
    (14, _("Two weeks before")),
    (7, _("One week before")),
    (2, _("Two days before")),
    (1, _("One day before")),
)


def usual_reminders() -> list[int]:
    """How many days before a meeting its set is reminded, unless it chose otherwise."""
    return [7, 1]


class SetCalendar(models.Model):
    """A set's choices. One that never chose has no row, and the choices that an unsaved row begins with."""

    cohort = models.OneToOneField(Cohort, primary_key=True, on_delete=models.CASCADE, related_name="calendar")
    entries = models.CharField(
        _("calendar entries sent by mail hold"), max_length=5, choices=Entries, default=Entries.TIME
    )
    remind_before = models.JSONField(default=usual_reminders)  # days
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("cohort",)

    def __str__(self) -> str:
        return f"calendar of {self.cohort}"

    @classmethod
    def of(cls, cohort: Cohort) -> "SetCalendar":
        """The set's choices, saved or those to begin with."""
        return cls.objects.filter(cohort=cohort).first() or cls(cohort=cohort, version=0)

    @property
    def reminders(self) -> list[tuple[int, str]]:
        """The reminders chosen, the earliest first: days before a meeting, and the same in words."""
        return [(days, str(words)) for days, words in REMIND_BEFORE if days in self.remind_before]
