"""How a set works: settings that its facilitators choose."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from learningsets.models import Cohort


class Sharing(models.TextChoices):
    """How a set shares out the time of its turns."""

    BIDS = "bids", _("Members bid for time")
    EQUAL = "equal", _("Everybody has the same time")


class Practice(models.Model):
    """A set's own ways. A set without a row has those that a new row would have."""

    cohort = models.OneToOneField(Cohort, primary_key=True, on_delete=models.CASCADE, related_name="practice")
    sharing = models.CharField(_("how airtime is shared"), max_length=5, choices=Sharing, default=Sharing.BIDS)

    class Meta:
        ordering = ("cohort",)

    def __str__(self) -> str:
        return str(self.get_sharing_display())


def practice_of(cohort: Cohort) -> Practice:
    """The ways of a set, chosen or not."""
    return Practice.objects.filter(cohort=cohort).first() or Practice(cohort=cohort)
