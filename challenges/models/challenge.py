"""A commissioning challenge: what a member brings to the set."""

import uuid
from typing import Any

from django.db import models, transaction
from django.db.models import F, QuerySet
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
    told_to = models.ManyToManyField(Membership, related_name="+")  # who facilitated when it was shared with them
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

    @classmethod
    @transaction.atomic
    def add(cls, owner: Membership, key: uuid.UUID, new: dict[str, Any]) -> "Challenge":
        """A new challenge, of the form with this `key`; sent twice, it is one."""
        challenge, made = cls.objects.get_or_create(owner=owner, key=key, defaults=new)
        if made:
            challenge.tell()
        return challenge

    @transaction.atomic
    def change(self, version: int, new: dict[str, Any]) -> bool:
        """Write `new` over what stands there, if that is still `version`. False when another tab was quicker.

        The challenge says afterwards what the row says, either way.
        """
        before = self.visibility
        changed = Challenge.objects.filter(pk=self.pk, version=version).update(version=F("version") + 1, **new)
        self.refresh_from_db(fields=(*new, "version"))
        if changed and self.visibility != before:
            self.tell()
        return changed == 1

    @transaction.atomic
    def share(self, version: int, visibility: str) -> bool:
        """As `change`, of nothing but who may read it: said once more, with those who came to facilitate since too."""
        shared = self.change(version, {"visibility": visibility})
        if shared:
            self.tell()
        return shared

    def tell(self) -> None:
        """Show it to whoever facilitates the set now, if it is shared with those. To who comes later it is not shown,
        whatever is changed in it, before its owner shares it again: an organiser may ask anybody to facilitate."""
        self.told_to.set(self._facilitators() if self.visibility == Visibility.FACILITATOR else ())

    def not_told(self) -> list[str]:
        """The names of those who facilitate the set since it was shared with who did, and do not read it."""
        if self.visibility != Visibility.FACILITATOR or self.owner.left_on is not None:
            return []
        later = self._facilitators().exclude(pk__in=self.told_to.all())
        return list(later.order_by("user__name", "pk").values_list("user__name", flat=True))

    def _facilitators(self) -> QuerySet[Membership]:
        return Membership.objects.current().facilitators().filter(cohort=self.owner.cohort_id)
