"""The contract of a set: ground rules, confidentiality and its limits. It has versions that each member signs."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from learningsets.models.membership import Membership
from learningsets.models.programme import Cohort


class WindowHours(models.IntegerChoices):
    """How long the set can read a report before it leaves, in hours."""

    HOUR = 1, _("1 hour: we read it together, at once")
    DAY = 24, _("1 day")
    THREE_DAYS = 72, _("3 days")
    WEEK = 168, _("7 days")
    FORTNIGHT = 336, _("14 days")


class Contract(models.Model):
    """One version of a set's contract. A change, of its words or of the time for reading, is a new one, and asks again.

    `window_hours` is part of what is signed: how long a report stays with the set before it may leave.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="contracts")
    version = models.PositiveSmallIntegerField()
    text = models.TextField(_("text"), max_length=20_000)
    window_hours = models.PositiveSmallIntegerField(
        _("how long the set reads a report before it leaves"), choices=WindowHours, default=WindowHours.WEEK
    )
    made_on = models.DateField(default=timezone.localdate)  # where the set is: `Cohort.day_of`

    class Meta:
        ordering = ("-version",)
        constraints = (models.UniqueConstraint(fields=("cohort", "version"), name="contract_version_once"),)

    def __str__(self) -> str:
        return f"{self.cohort}, {self.version}"

    @property
    def sections(self) -> list[tuple[str, str]]:
        """The text's paragraphs as (heading, words); a short line on top of a paragraph is its heading."""
        blocks = [block.strip() for block in self.text.split("\n\n") if block.strip()]
        parted = [block.partition("\n") for block in blocks]
        return [(top, rest) if rest and len(top) <= 60 else ("", f"{top}\n{rest}".strip()) for top, _, rest in parted]

    @property
    def before_a_report_leaves(self) -> str:
        """What every contract ends with: that the set reads a report first, and for how long."""
        words = now(
            "Each of us can read exactly what would leave, and object to a passage without being named. Time for it: "
            "%(time)s. If anything is objected to, we read it once more, for two days, before it leaves."
        )
        return words % {"time": self.get_window_hours_display()}


class Signature(models.Model):
    """That a member signed a version, and on which day."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="signatures")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="signatures")
    signed_on = models.DateField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("contract", "membership"), name="signed_once"),)

    def __str__(self) -> str:
        return str(self.contract)
