"""A commissioning challenge: what a member brings to the set."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from learningsets.models import Membership


class Trapped(models.TextChoices):
    """The four kinds of resource that the programme sets out to unlock."""

    BUILDINGS = "buildings", _("in buildings and services")
    PROCESSES = "processes", _("in processes")
    ATTITUDES = "attitudes", _("in attitudes")
    POTENTIAL = "potential", _("as potential that is stifled")


class Visibility(models.TextChoices):
    """Who may read a challenge besides its owner. It starts private."""

    PRIVATE = "private", _("Only me")
    FACILITATOR = "facilitator", _("The facilitators of my set and I")
    SET = "set", _("Everyone in my set")


def no_kinds() -> list[str]:
    """A challenge starts without a kind chosen."""
    return []


class Challenge(models.Model):
    """One member's challenge. It has an owner whom the set may know; it never demands a solution."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="challenges")
    title = models.CharField(_("the challenge in one line"), max_length=200)
    happening = models.TextField(_("what is happening"), max_length=20_000, blank=True)
    trapped = models.JSONField(_("what is trapped"), default=no_kinds, blank=True)
    data = models.TextField(_("what the data show"), max_length=20_000, blank=True)
    uncodified = models.TextField(_("what can't be codified"), max_length=20_000, blank=True)
    whose_world = models.TextField(_("whose world I need to understand"), max_length=20_000, blank=True)
    question = models.TextField(_("my question"), max_length=2_000, blank=True)
    visibility = models.CharField(_("who may see it"), max_length=12, choices=Visibility, default=Visibility.PRIVATE)
    version = models.PositiveIntegerField(default=1)
    key = models.UUIDField(default=uuid.uuid4, editable=False)  # of the form that made it: sent twice, saved once

    class Meta:
        ordering = ("title", "id")
        constraints = (models.UniqueConstraint(fields=("owner", "key"), name="challenge_once"),)

    def __str__(self) -> str:
        return self.title

    def trapped_labels(self) -> list[Any]:
        """The chosen kinds in words."""
        return [Trapped(kind).label for kind in self.trapped]

    def change(self, version: int, new: dict[str, Any]) -> bool:
        """Write `new` over what stands there, if that is still `version`. False when another tab was quicker.

        The challenge says afterwards what the row says, either way.
        """
        changed = Challenge.objects.filter(pk=self.pk, version=version).update(version=F("version") + 1, **new)
        self.refresh_from_db(fields=(*new, "version"))
        return changed == 1
