"""Who came to a meeting, and who was told that there is one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from learningsets.models import Membership
from sessions.models.meeting import Meeting


class Attendance(models.Model):
    """Whether a member came, and what they said beforehand. The set sees who; why not, only those who facilitated it
    when it was said, and nobody who does so later, until it is deleted (`attendance.forget_reasons`)."""

    class Status(models.TextChoices):
        APOLOGIES = "apologies", _("Can't come")
        PRESENT = "present", _("Was there")
        ABSENT = "absent", _("Was not there")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="attendances")
    status = models.CharField(max_length=10, choices=Status)
    reason = models.CharField(_("reason, seen by the facilitator only"), max_length=300, blank=True)
    told_to = models.ManyToManyField(Membership, related_name="+")  # who facilitated when the reason was given
    may_answer = models.BooleanField(default=False)  # the closing questions; settled when they open, for all at once

    class Meta:
        ordering = ("membership__user__name", "id")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "membership"), name="attendance_once"),
            models.CheckConstraint(
                condition=models.Q(may_answer=False) | models.Q(status="present"),
                name="attendance_who_answers_was_there",
            ),
        )

    def __str__(self) -> str:
        return self.get_status_display()


class Guest(models.Model):
    """Somebody who came without being a member. The boundary must know the name."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="guests")
    name = models.CharField(_("name"), max_length=200)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class DatesTold(models.Model):
    """That a member was told the set's dates by letter. Who was not is told, once there are dates.

    Of the key the address is made at which they stop reminders, and signed: whoever reads this table has none by it.
    """

    membership = models.OneToOneField(Membership, primary_key=True, on_delete=models.CASCADE, related_name="dates_told")
    stop_key = models.UUIDField(null=True, blank=True, unique=True)  # random; a new one is a new address

    class Meta:
        ordering = ("membership",)
        verbose_name_plural = "dates told"

    def __str__(self) -> str:
        return "dates told"
