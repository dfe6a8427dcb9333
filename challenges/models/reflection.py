"""Prompts, the sealed drafts that answer them, and what lies on the table after the box is tipped out.

On this side of the tip a `Draft` joins an author to sealed bytes. On the other side a `Reflection` holds text and
nobody. No row, column or key leads from one to the other; `challenges/box.py` is the only code that crosses.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from learningsets.models import Cohort, Membership, Role
from sessions.models import Meeting


class Regime(models.TextChoices):
    """How far an answer may travel. The author chooses, without a default; nobody else ever widens it."""

    PRIVATE = "private", _("Only me: it is not put in the box")
    SET = "set", _("My set, without my name")
    CHATHAM = "chatham", _("My set and the report, without my name")


class Detached(models.TextChoices):
    """The regimes that an answer which has left its author's hands can have, as readers are told of them."""

    SET = "set", _("Stays in the set")
    CHATHAM = "chatham", _("May be reported, unattributed")


class Box(models.Model):
    """What the answers to a prompt are sealed in. Its key is a file that no backup reads, destroyed after the tip.

    A box that has too few authors carries over to the next meeting that asks the same prompt, unless somebody has
    joined the set since: then it goes back to its authors, and a new one is begun.
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
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state="open") | models.Q(purged=False), name="box_open_is_not_purged"
            ),
        )

    def __str__(self) -> str:
        return self.get_state_display()


class BoxMember(models.Model):
    """Who was in the set when a box was begun, and as what, whether they put something in or not.

    A box does not outlive its circle of participants: with newcomers in it, its fifth answer could be told from the
    four before. Facilitators are in it because they may read what comes out.
    """

    box = models.ForeignKey(Box, on_delete=models.CASCADE, related_name="circle")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="boxes")
    role = models.CharField(max_length=20, choices=Role)  # then: what they are now may be another

    class Meta:
        ordering = ("box", "membership")
        constraints = (models.UniqueConstraint(fields=("box", "membership", "role"), name="box_member_once"),)

    def __str__(self) -> str:
        return "member"


class Prompt(models.Model):
    """A closing question of one meeting, the same for everyone.

    Its wording stands from the closing of the meeting on. It gets its box when the meeting's first draft is saved.
    One that asks how far the programme's aims are met has these with it, and is answered with a step for each
    (`challenges.aims`).
    """

    id = models.UUIDField(primary_key=True, editable=False)  # made of the meeting and the wording: `prompts.identity`
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="prompts")
    box = models.ForeignKey(Box, null=True, blank=True, on_delete=models.PROTECT, related_name="prompts")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("question"), max_length=300)
    aims = models.TextField(blank=True)  # one on each line, as they were worded then

    class Meta:
        ordering = ("meeting", "position")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "position"), name="prompt_position_once"),
            models.UniqueConstraint(fields=("meeting", "text"), name="prompt_text_once"),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def aim_list(self) -> list[str]:
        """The aims that are asked about, in order; none where the answer is words."""
        return self.aims.splitlines()


class Draft(models.Model):
    """One member's sealed answer to a box.

    Text, regime, whether it was put in and how often it was changed are all inside the seal, and every seal has the
    same size. So nothing that this row leaves behind on a disk says more than that its author opened the page.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    box = models.ForeignKey(Box, on_delete=models.CASCADE, related_name="drafts")
    author = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="drafts")
    sealed = models.BinaryField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("box", "author"), name="draft_once"),)

    def __str__(self) -> str:
        return "draft"


class Kept(models.Model):
    """What a member wrote and did not put in, sealed under a key of their own.

    After a tip every participant of the set has such a row, all rewritten together and of one size, so that having
    one says nothing. Each writing has a key of its own; the one before is spent.
    """

    author = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="kept")
    key = models.UUIDField()
    sealed = models.BinaryField()

    class Meta:
        ordering = ("author",)
        verbose_name_plural = "kept"

    def __str__(self) -> str:
        return "kept"


class SpentKey(models.Model):
    """A key of a former writing of what somebody kept: to be destroyed, and the tables to be rewritten after."""

    key = models.UUIDField(primary_key=True)

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return "spent key"


class Reflection(models.Model):
    """An answer that has left its author's hands: no person, no time, no sequence."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="reflections")
    prompt = models.ForeignKey(Prompt, on_delete=models.PROTECT, related_name="reflections")
    text = models.TextField()
    regime = models.CharField(max_length=10, choices=Detached)

    class Meta:
        ordering = ("id",)  # random, and the same at every reading
        constraints = (
            models.CheckConstraint(condition=models.Q(regime__in=("set", "chatham")), name="reflection_is_detached"),
        )

    def __str__(self) -> str:
        return "reflection"


class Tally(models.Model):
    """How many different people answered a prompt under a regime, counted once while the box was tipped out."""

    prompt = models.ForeignKey(Prompt, on_delete=models.PROTECT, related_name="tallies")
    regime = models.CharField(max_length=10, choices=Detached)
    authors = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("prompt", "regime")
        verbose_name_plural = "tallies"
        constraints = (models.UniqueConstraint(fields=("prompt", "regime"), name="tally_once"),)

    def __str__(self) -> str:
        return f"{self.authors}"


class Audience(models.Model):
    """Who may read what lay in a meeting's boxes: members at the tip who were it when the boxes were begun."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="audience")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="audiences")

    class Meta:
        ordering = ("meeting", "membership")
        constraints = (models.UniqueConstraint(fields=("meeting", "membership"), name="audience_once"),)

    def __str__(self) -> str:
        return "audience"


class Opening(models.Model):
    """That the members who were there were told: the closing questions are open. One row for each meeting told of."""

    meeting = models.OneToOneField(Meeting, primary_key=True, on_delete=models.CASCADE, related_name="opening")

    class Meta:
        ordering = ("meeting",)

    def __str__(self) -> str:
        return "opening"
