"""What a presenter means to do after their turn."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from challenges.models.airtime import Airtime


class Action(models.Model):
    """A commitment from a turn, and what came of it. The set sees it; nobody outside the set does."""

    class State(models.TextChoices):
        OPEN = "open", _("Still to do")
        DONE = "done", _("Done")
        LET_GO = "let-go", _("Let go")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    airtime = models.ForeignKey(Airtime, on_delete=models.CASCADE, related_name="actions")
    text = models.CharField(_("what I will do"), max_length=300)
    first_step = models.CharField(_("first step"), max_length=300, blank=True)
    due = models.DateField(_("until"))
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    about_issue = models.TextField(_("what I learned about the issue"), max_length=2_000, blank=True)
    about_self = models.TextField(_("what I learned about myself"), max_length=2_000, blank=True)
    about_process = models.TextField(_("what I learned about the process"), max_length=2_000, blank=True)
    version = models.PositiveIntegerField(default=1)
    key = models.UUIDField(default=uuid.uuid4, editable=False)  # of the form that made it: sent twice, saved once

    class Meta:
        ordering = ("due", "id")
        constraints = (models.UniqueConstraint(fields=("airtime", "key"), name="action_once"),)

    def __str__(self) -> str:
        return self.text
