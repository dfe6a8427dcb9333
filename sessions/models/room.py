"""What the room shows while a set meets, and what was put aside there for later."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions.models.agenda import AgendaItem
from sessions.models.meeting import Meeting


class RoomQuerySet(models.QuerySet["Room"]):
    """Verbs over rooms."""

    def tell(self, meeting: Meeting) -> None:
        """Let every open page of a meeting's room look again: something on it has changed."""
        if not self.filter(meeting=meeting).update(news=models.F("news") + 1):
            self.get_or_create(meeting=meeting, defaults={"news": 1})


class Room(models.Model):
    """Where a meeting stands: which item, which stage of it, and since when it has been running.

    `used` are the seconds that had gone when it last went on; `since` is None while it is paused, before the first item
    and after the last. So the time left is a matter of the server's clock, and what a page counts is only its picture.
    A button is bound to `version`; `news` counts whatever else there is to see. No time stays after the close.
    """

    meeting = models.OneToOneField(Meeting, primary_key=True, on_delete=models.CASCADE, related_name="room")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    stage = models.PositiveSmallIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)  # that this stage is given
    used = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(null=True, blank=True)
    over = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    news = models.PositiveIntegerField(default=0)

    objects = RoomQuerySet.as_manager()

    class Meta:
        ordering = ("meeting",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(item__isnull=False) | models.Q(since=None), name="room_runs_an_item"
            ),
        )

    def __str__(self) -> str:
        return str(self.item or "")


class Parked(models.Model):
    """What a facilitator put aside in the meeting, for later. Kept with the meeting; struck out, or carried on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="parked")
    text = models.CharField(_("what is put aside"), max_length=200)
    struck = models.BooleanField(default=False)

    class Meta:
        ordering = ("text", "id")
        verbose_name_plural = "parked"
        constraints = (models.UniqueConstraint(fields=("meeting", "text"), name="parked_once"),)

    def __str__(self) -> str:
        return self.text
