"""What a set means to do at a meeting, item by item."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions.models.meeting import Meeting
from sessions.models.predefined import PredefinedConcept


class Kind(models.TextChoices):
    """What an item of an agenda is for."""

    CHECK_IN = "check-in", _("Check-in")
    PROGRESS = "progress", _("Progress review")
    THEORY = "theory", _("Theory")
    EXERCISE = "exercise", _("Exercise")
    AIRTIME = "airtime", _("Airtime")
    REFLECTION = "reflection", _("Reflection on practice")
    EXPLORATION = "exploration", _("Constructive exploration")
    PROCESS = "process", _("Process review")
    CLOSE = "close", _("Close")


class AgendaItem(models.Model):
    """One item of a meeting's agenda. `position` orders the items of a `day`; gaps in it mean nothing. The first day is
    1, and where a meeting takes no days every item is of the last one that any of them has."""

    class Origin(models.TextChoices):
        PREDEFINED = "predefined", _("Planned beforehand")
        EMERGENT = "emergent", _("Came up in the meeting")

    class Regime(models.TextChoices):
        PRIVATE = "private", _("Stays with whoever says it: nothing is noted")
        SET = "set", _("Stays in the set")
        CHATHAM = "chatham", _("May be reported, unattributed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    day = models.PositiveSmallIntegerField(_("day"), default=1)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = models.CharField(_("title"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    minutes_before = models.PositiveSmallIntegerField(null=True, blank=True)  # the agenda was fitted; until changed
    origin = models.CharField(_("origin"), max_length=12, choices=Origin, default=Origin.PREDEFINED)
    regime = models.CharField(_("how far it may travel"), max_length=8, choices=Regime, default=Regime.SET)
    format = models.CharField(_("form of the turn"), max_length=20, blank=True)  # a key of `sessions.formats`
    handout = models.URLField(_("link to a handout"), max_length=500, blank=True)
    concepts = models.ManyToManyField(PredefinedConcept, blank=True, related_name="items")
    reached = models.BooleanField(default=False)  # in the room: the rest was left over
    seconds = models.PositiveIntegerField(default=0)  # that it took in the room
    removed = models.BooleanField(default=False)  # can be put back
    version = models.PositiveIntegerField(default=1)
    key = models.UUIDField(default=uuid.uuid4, editable=False)  # of the form that made it: sent twice, saved once

    class Meta:
        ordering = ("day", "position", "id")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "key"), name="agenda_item_once"),
            models.CheckConstraint(
                condition=models.Q(kind="airtime") | models.Q(format=""), name="agenda_only_turns_have_a_form"
            ),
        )

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())

    @property
    def is_airtime(self) -> bool:
        """Whether this is one presenter's turn."""
        return self.kind == Kind.AIRTIME
