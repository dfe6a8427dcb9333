"""Who was reminded of which meeting, and who wants no reminders."""

from django.db import models

from learningsets.models import Membership
from sessions.models.meeting import Meeting


class Reminder(models.Model):
    """That a member was reminded of a meeting so many days before it, or is not to be any more: that time had passed
    when they were told the date. No row says when a letter was written."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="reminders")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="reminders")
    days = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("meeting", "-days", "id")
        constraints = (models.UniqueConstraint(fields=("meeting", "membership", "days"), name="reminder_once"),)

    def __str__(self) -> str:
        return f"{self.days} days before {self.meeting}"


class NoReminders(models.Model):
    """That a member stopped the reminders of one set."""

    membership = models.OneToOneField(
        Membership, primary_key=True, on_delete=models.CASCADE, related_name="no_reminders"
    )

    class Meta:
        ordering = ("membership",)
        verbose_name_plural = "no reminders"

    def __str__(self) -> str:
        return "no reminders"
