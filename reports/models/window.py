"""The objection window between certified pages and their release: a second box, with its own ballots.

On this side of the deadline a `Ballot` joins a member to sealed bytes; everybody who may object has one from the
beginning, of one size. On the other side a `Wish` says what is wanted of a passage, and of nobody. No row, column or
key leads from one to the other; `reports/windows.py` is the only code that crosses.
"""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningsets.models import Membership, Role
from reports.models.release import Release
from reports.models.report import Report
from sessions.words import moment_in_words

MOST_SUGGESTED = 300  # characters of general words that a reader suggests


class Window(models.Model):
    """One time for which the set reads a release before it may leave.

    A `first` one stays open as long as the contract says. After objections a `confirmation` follows, of 48 hours.
    """

    class State(models.TextChoices):
        OPEN = "open", _("With the set")
        CLOSED = "closed", _("Over")
        CALLED_BACK = "called_back", _("Called back")
        LOST = "lost", _("Lost")  # its key is gone, so nobody can know what was objected to

    class Round(models.TextChoices):
        FIRST = "first", _("First reading")
        CONFIRMATION = "confirmation", _("Second reading")

    LAST_TURN: ClassVar = timedelta(seconds=20)  # after the deadline: what arrived before it has had its turn by then

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="windows")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="windows")
    number = models.PositiveSmallIntegerField()
    round = models.CharField(max_length=12, choices=Round, default=Round.FIRST)
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    closes_at = models.DateTimeField()
    purged = models.BooleanField(default=False)  # the key is gone and the tables were rewritten
    outdated = models.BooleanField(default=False)  # something changed since: `reports.current.look_again`
    made_from = models.JSONField(default=dict, blank=True)  # of its passages, whether objected to or not: `Built`

    class Meta:
        ordering = ("report", "-number")
        constraints = (
            models.UniqueConstraint(fields=("report", "number"), name="window_number_once"),
            models.UniqueConstraint(fields=("report",), condition=Q(state="open"), name="window_open_once"),
            models.CheckConstraint(condition=~Q(state="open") | Q(purged=False), name="window_open_is_not_purged"),
        )

    def __str__(self) -> str:
        return self.get_state_display()

    @property
    def until(self) -> str:
        """When it closes, in words, where the set is."""
        return moment_in_words(self.closes_at, self.report.cohort.time_zone)

    @property
    def is_open(self) -> bool:
        """Whether objections can be made, changed and taken back now."""
        return self.was_open(timezone.now())

    def was_open(self, moment: datetime) -> bool:
        """Whether what arrived at a moment counts: before the deadline, and the window was neither tipped out since nor
        called back."""
        return self.state == Window.State.OPEN and moment < self.closes_at


class Reader(models.Model):
    """Who may read a window's pages and object: everybody of the set at its opening, whether they do or not."""

    window = models.ForeignKey(Window, on_delete=models.CASCADE, related_name="readers")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="readings")
    role = models.CharField(max_length=12, choices=Role)  # then: suggestions are for who facilitated

    class Meta:
        ordering = ("window", "membership")
        constraints = (models.UniqueConstraint(fields=("window", "membership"), name="reader_once"),)

    def __str__(self) -> str:
        return "reader"


class Ballot(models.Model):
    """One reader's sealed objections, empty ones too. All ballots of a window are sealed anew together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    window = models.ForeignKey(Window, on_delete=models.CASCADE, related_name="ballots")
    author = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="ballots")
    sealed = models.BinaryField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("window", "author"), name="ballot_once"),)

    def __str__(self) -> str:
        return "ballot"


class Kind(models.TextChoices):
    """What a reader may want of a passage."""

    OBJECT = "object", _("This gives me away: keep it out")
    GENERALISE = "generalise", _("Put it in general words")


class Wish(models.Model):
    """What somebody wanted of a passage: no person, no time, no sequence.

    A passage is its position in the frozen document and the digest of its words. Of those who want the same of the
    same passage there is one row, so that nothing says how many they were.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    window = models.ForeignKey(Window, on_delete=models.PROTECT, related_name="wishes")
    position = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=Kind)
    wording = models.CharField(max_length=MOST_SUGGESTED, blank=True)

    class Meta:
        ordering = ("id",)  # random, and the same at every reading
        verbose_name_plural = "wishes"
        constraints = (
            models.UniqueConstraint(fields=("window", "position", "kind", "wording"), name="wish_once"),
            models.CheckConstraint(condition=Q(kind="generalise") | Q(wording=""), name="wish_words_are_general"),
        )

    def __str__(self) -> str:
        return "wish"


class Outcome(models.Model):
    """What becomes of words that were objected to, wherever they would print in this report.

    `digest` is that of the words as they would have printed. A `window` is named where nobody decided: what is objected
    to in a confirmation is kept out.
    """

    class Verdict(models.TextChoices):
        KEPT_OUT = "kept_out", _("Keep it out")
        GENERAL = "general", _("Say it in general words")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="outcomes")
    digest = models.CharField(max_length=64)
    verdict = models.CharField(max_length=10, choices=Verdict)
    wording = models.CharField(_("in general words"), max_length=2_000, blank=True)
    window = models.ForeignKey(Window, null=True, blank=True, on_delete=models.PROTECT, related_name="outcomes")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("report", "digest"), name="outcome_once"),
            models.CheckConstraint(
                condition=Q(verdict="general") & ~Q(wording="") | Q(verdict="kept_out", wording=""),
                name="general_outcome_has_words",
            ),
        )

    def __str__(self) -> str:
        return self.get_verdict_display()
