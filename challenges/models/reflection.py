"""Prompts, the sealed drafts that answer them, and what lies on the table after the box is tipped out.

On this side of the tip a `Draft` joins an author to sealed bytes. On the other side a `Reflection` holds text and
nobody. No row, column or key leads from one to the other; `challenges/box.py` is the only code that crosses.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from learningsets.models import Cohort, Membership
from sessions.models import Meeting


class Regime(models.TextChoices):
    """How far an answer may travel. The author chooses, without a default; nobody else ever widens it."""

    PRIVATE = "private", _("Only me")
    SET = "set", _("My set, without my name")
    CHATHAM = "chatham", _("The report, without my name")


class Box(models.Model):
    """What a prompt's answers are sealed in. Its key is a file that no backup reads, and is destroyed at the tip.

    A box that has too few authors carries over to the next meeting that asks the same prompt.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        TIPPED = "tipped", _("Tipped out")
        RETURNED = "returned", _("Given back unopened")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="boxes")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    purged = models.BooleanField(default=False)  # the key is gone and the tables were rewritten

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "boxes"

    def __str__(self) -> str:
        return self.get_state_display()


class Prompt(models.Model):
    """A closing question of one meeting, the same for everyone, frozen when the first draft is saved."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="prompts")
    box = models.ForeignKey(Box, on_delete=models.PROTECT, related_name="prompts")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("question"), max_length=300)

    class Meta:
        ordering = ("meeting", "position")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "position"), name="prompt_position_once"),
            models.UniqueConstraint(fields=("meeting", "text"), name="prompt_text_once"),
        )

    def __str__(self) -> str:
        return self.text


class Draft(models.Model):
    """One member's sealed answer to a box. Regime and text are inside the seal; there is no time in any column."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    box = models.ForeignKey(Box, on_delete=models.CASCADE, related_name="drafts")
    author = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="drafts")
    sealed = models.BinaryField()
    in_box = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("box", "author"), name="draft_once"),)

    def __str__(self) -> str:
        return "draft"


class Kept(models.Model):
    """What a member wrote and did not put in, sealed under a key of their own. After every tip each participant
    has one row of the same size, so that having one says nothing."""

    author = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="kept")
    sealed = models.BinaryField()

    class Meta:
        ordering = ("author",)
        verbose_name_plural = "kept"

    def __str__(self) -> str:
        return "kept"


class Reflection(models.Model):
    """An answer that has left its author's hands: no person, no time, no sequence."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="reflections")
    prompt = models.ForeignKey(Prompt, on_delete=models.PROTECT, related_name="reflections")
    text = models.TextField()
    regime = models.CharField(max_length=10, choices=[c for c in Regime.choices if c[0] != "private"])

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(regime__in=("set", "chatham")),
                name="reflection_is_detached",
            ),
        )

    def __str__(self) -> str:
        return "reflection"


class Tally(models.Model):
    """How many different people answered a prompt under a regime, counted once while the box was tipped out."""

    prompt = models.ForeignKey(Prompt, on_delete=models.PROTECT, related_name="tallies")
    regime = models.CharField(max_length=10, choices=[c for c in Regime.choices if c[0] != "private"])
    authors = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("prompt", "regime")
        verbose_name_plural = "tallies"
        constraints = (models.UniqueConstraint(fields=("prompt", "regime"), name="tally_once"),)

    def __str__(self) -> str:
        return f"{self.authors}"


class Audience(models.Model):
    """Who was a member of the set when a meeting's box was tipped out, and so may read what lay in it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="audience")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="audiences")

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("meeting", "membership"), name="audience_once"),)

    def __str__(self) -> str:
        return "audience"
