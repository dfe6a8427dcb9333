"""One presenter's turn: who bids for it, who has it, and what they were asked."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from learningsets.models import Membership
from sessions.models import AgendaItem, Meeting


class Bid(models.Model):
    """That a member would like time at a meeting, how much, and how urgently. The set sees it."""

    class Urgency(models.IntegerChoices):
        CAN_WAIT = 1, _("It can wait")
        SOON = 2, _("Soon")
        NOW = 3, _("Now")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="bids")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="bids")
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    urgency = models.PositiveSmallIntegerField(_("how urgent"), choices=Urgency)

    class Meta:
        ordering = ("-urgency", "id")
        constraints = (models.UniqueConstraint(fields=("meeting", "membership"), name="bid_once"),)

    def __str__(self) -> str:
        return self.get_urgency_display()


class Airtime(models.Model):
    """A turn: an item of an agenda, and who presents.

    Whoever was chosen by mistake keeps a row with `current` false, and what they noted there.
    `notes` are read by the presenter and by nobody else. Once what was asked has been `shown`, the item takes no
    question any more: what is read in one go tells nobody's question by the moment.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="airtimes")
    presenter = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="airtimes")
    current = models.BooleanField(default=True)
    shown = models.BooleanField(default=False)  # what was asked, to the presenter; for good
    notes = models.TextField(_("my notes"), max_length=20_000, blank=True)
    version = models.PositiveIntegerField(default=1)  # of the notes

    class Meta:
        ordering = ("item", "id")
        constraints = (
            models.UniqueConstraint(fields=("item", "presenter"), name="airtime_once"),
            models.UniqueConstraint(
                fields=("item",), condition=models.Q(current=True), name="airtime_has_one_presenter"
            ),
        )

    def __str__(self) -> str:
        return str(self.item)


class Asked(models.Model):
    """A question that somebody asked a presenter, for them alone. Who asked, when, and after whom, is kept nowhere.

    Like the list of words it is copied in another order after the close (`challenges.purge.clear_lists`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    airtime = models.ForeignKey(Airtime, on_delete=models.CASCADE, related_name="asked")
    text = models.CharField(_("question"), max_length=500)

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "asked"
        constraints = (models.UniqueConstraint(fields=("airtime", "text"), name="asked_once"),)

    def __str__(self) -> str:
        return self.text
