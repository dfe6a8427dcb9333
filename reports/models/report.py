"""The facilitator's write-up and the decisions about it. All of this stays inside the set."""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from learningsets.models import Cohort, Membership
from sessions.models import Meeting


def empty_content() -> dict[str, Any]:
    """A write-up that prints the closing answers and nothing else; `reports.write_up` gives its shape."""
    return {"sections": [{"kind": "answers"}]}


class Report(models.Model):
    """The working write-up of one or more meetings. `content` is raw: only `reports.build` turns it into a document."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="reports")
    meetings: "models.ManyToManyField[Meeting, Coverage]" = models.ManyToManyField(
        Meeting, through="Coverage", related_name="reports"
    )
    title = models.CharField(_("title"), max_length=200)
    period = models.CharField(_("when, as it should print"), max_length=100)
    content = models.JSONField(default=empty_content)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("title", "id")

    def __str__(self) -> str:
        return self.title


class Coverage(models.Model):
    """That a report covers a meeting. A meeting is in one report at most: a second click finds the first report."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="coverages")
    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="coverage")

    class Meta:
        ordering = ("meeting__starts_at", "id")

    def __str__(self) -> str:
        return str(self.meeting)


class Verdict(models.TextChoices):
    """What a facilitator decided about a passage."""

    REMOVE = "remove", _("Take it out")
    GENERALISE = "generalise", _("Say it in general words")
    KEEP = "keep", _("Keep it")


class Decision(models.Model):
    """One decision about words that might identify. A "keep" counts only as long as what it rests on is so.

    Without a `sentence` it holds wherever the words stand; with one, in that sentence alone.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="decisions")
    words = models.CharField(max_length=500)
    sentence = models.TextField(blank=True, max_length=20_000)
    verdict = models.CharField(max_length=10, choices=Verdict)
    wording = models.CharField(_("in general words"), max_length=300, blank=True)
    reason = models.CharField(_("why it may stay"), max_length=500, blank=True)
    rests_on = models.CharField(max_length=64)
    """`reports.roster.stands_for`: who was on the roster, as far as it matters to these words."""

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("report", "words", "sentence"), name="decision_once"),
            models.CheckConstraint(
                condition=~models.Q(verdict="keep") | ~models.Q(reason=""), name="keep_needs_a_reason"
            ),
            models.CheckConstraint(
                condition=~models.Q(verdict="generalise") | ~models.Q(wording=""), name="generalise_needs_a_wording"
            ),
        )

    def __str__(self) -> str:
        return self.get_verdict_display()


class Clearance(models.Model):
    """That a member agreed to a label (a role, an organisation, a health system) being named in this report."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="clearances")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="clearances")
    label = models.CharField(max_length=200)

    class Meta:
        ordering = ("label", "id")
        constraints = (models.UniqueConstraint(fields=("report", "membership", "label"), name="clearance_once"),)

    def __str__(self) -> str:
        return self.label
