"""The monthly rule that spaces a set's meetings."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from learningsets.models import Cohort


class Weekday(models.IntegerChoices):
    """Days of the week, numbered as `datetime.date.weekday` numbers them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class OnHoliday(models.TextChoices):
    """What to do with a date that falls on a public holiday."""

    KEEP = "keep", _("Meet all the same")
    LATER = "later", _("Meet a week later")
    SKIP = "skip", _("Leave that month out")


class Series(models.Model):
    """A monthly rule: an ordinal weekday ("second Tuesday", "last Thursday") or a day of the month, in wall time."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="series")
    ordinal = models.SmallIntegerField(null=True, blank=True)  # 1 to 4, or -1 for the last; None with `month_day`
    weekday = models.SmallIntegerField(null=True, blank=True, choices=Weekday)
    month_day = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 to 31; a shorter month's last day then
    starts_on = models.DateField()
    start_time = models.TimeField()
    minutes = models.PositiveSmallIntegerField(default=180)
    time_zone = models.CharField(max_length=64)
    months = models.PositiveSmallIntegerField(default=10)
    on_holiday = models.CharField(max_length=5, choices=OnHoliday, default=OnHoliday.KEEP)
    key = models.UUIDField(default=uuid.uuid4, editable=False)  # of the form that made it: sent twice, saved once

    class Meta:
        ordering = ("starts_on", "id")
        verbose_name_plural = "series"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ordinal__isnull=False, weekday__isnull=False, month_day=None)
                | models.Q(ordinal=None, weekday=None, month_day__isnull=False),
                name="series_has_one_rule",
            ),
            models.UniqueConstraint(fields=("cohort", "key"), name="series_once"),
        )

    def __str__(self) -> str:
        return f"{self.cohort} from {self.starts_on}"
