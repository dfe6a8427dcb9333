"""What left, or is about to: frozen documents, their bytes, and the certificate that binds them.

No row here holds a raw word of a member. `document` is made of `AnonymousText`; refusals are our own sentences.
"""

import uuid
from datetime import datetime
from typing import Any, NotRequired, TypedDict

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learningsets.models import Programme, User
from reports.models.report import Report


class Certificate(TypedDict):
    """What the gate found about bytes. `sha256` names the PDF, `document` its canonical JSON, `html` the page.

    Releases that left before there was a page have none. `edition` is added when they leave: which of the report's
    releases they are, the first being 1, however many candidates there were.
    """

    sha256: str
    document: str
    html: NotRequired[str]
    edition: NotRequired[int]
    gate: int
    language: str
    pages: int
    checks: list[str]


class Refusal(TypedDict):
    """Why the gate said no: `code` for programs, `sentence` for the facilitator, who can act on it."""

    code: str
    sentence: str


def nothing() -> dict[str, Any]:
    """No certificate yet."""
    return {}


def no_refusals() -> list[Refusal]:
    """Nothing was refused."""
    return []


class Format(models.TextChoices):
    """In what form a release can be taken away."""

    PDF = "pdf", "PDF"
    HTML = "html", "HTML"
    JSON = "json", "JSON"


class State(models.TextChoices):
    """Where a release is on its way. Only the last two, and that it is with the set, are seen outside it."""

    QUEUED = "queued", gettext_lazy("Waiting its turn")
    BUILDING = "building", gettext_lazy("Putting the text together")
    RENDERING = "rendering", gettext_lazy("Setting the pages")
    CHECKING = "checking", gettext_lazy("Reading the finished pages back")
    READY = "ready", gettext_lazy("Pages are ready")
    WINDOW = "window", gettext_lazy("With the set")
    OBJECTED = "objected", gettext_lazy("Objected to")
    FAILED = "failed", gettext_lazy("Stopped")
    RELEASED = "released", gettext_lazy("Released")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")


UNDER_WAY = (State.BUILDING, State.RENDERING, State.CHECKING)
CERTIFIED = (State.READY, State.WINDOW, State.OBJECTED)
"""The pages passed the gate, and have not left."""
LEFT = (State.RELEASED, State.WITHDRAWN)


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Verbs over releases. Each is one conditional UPDATE, so that two workers cannot both succeed."""

    def claim(self, release_id: uuid.UUID, now: datetime, stale_before: datetime) -> uuid.UUID | None:
        """A fresh claim on a release that waits or whose holder has been silent; None when there is nothing to do."""
        mine = uuid.uuid4()
        waiting = Q(state=State.QUEUED) | Q(state__in=UNDER_WAY, claimed_at__lt=stale_before)
        taken = self.filter(waiting, pk=release_id).update(
            state=State.BUILDING, claim=mine, claimed_at=now, attempts=F("attempts") + 1
        )
        return mine if taken else None

    def held(self, release_id: uuid.UUID, claim: uuid.UUID) -> "ReleaseQuerySet":
        """That release, as long as the claim still stands."""
        return self.filter(pk=release_id, claim=claim, state__in=UNDER_WAY)

    def of_programme(self, programme: Programme) -> "ReleaseQuerySet":
        """The releases of every set of a programme."""
        return self.filter(report__cohort__programme=programme)

    def left(self) -> "ReleaseQuerySet":
        """Those whose pages have been outside the set, withdrawn ones too: what was read cannot be unread."""
        return self.filter(state__in=LEFT)

    def left_last(self) -> "ReleaseQuerySet":
        """Of each report what is out, or else what was out last."""
        left = Release.objects.filter(report=OuterRef("report"), state__in=LEFT).order_by("state", "-number")
        return self.filter(pk=Subquery(left.values("pk")[:1]))

    def without_bytes(self) -> "ReleaseQuerySet":
        """For lists: neither the document nor the pages are read."""
        return self.without_pages().defer("document")

    def without_pages(self) -> "ReleaseQuerySet":
        """For lists that say what each is called."""
        return self.defer("pdf", "html")


class Release(models.Model):
    """One candidate, and later release, of a report. Made once for each set of inputs (`input_hash`).

    From `released` on, a database trigger refuses every change of what left (migration 0003).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveSmallIntegerField()
    input_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    enqueued_at = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True)
    refusals = models.JSONField(default=no_refusals, blank=True)
    document = models.TextField(blank=True)
    pdf = models.BinaryField(null=True, blank=True)
    html = models.BinaryField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    certificate = models.JSONField(default=nothing, blank=True)
    filename = models.CharField(max_length=100, blank=True)
    released_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.CharField(gettext_lazy("why it is withdrawn"), max_length=500, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ("report", "-number")
        constraints = (
            models.UniqueConstraint(fields=("report", "input_hash"), name="release_once"),
            models.UniqueConstraint(fields=("report", "number"), name="release_number_once"),
            models.CheckConstraint(
                condition=~Q(state__in=("ready", "window", "objected", "released", "withdrawn"))
                | (Q(pdf__isnull=False) & ~Q(sha256="")),
                name="release_is_certified",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("released", "withdrawn")) | Q(released_on__isnull=False),
                name="release_has_a_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.report}, {self.number}"

    @property
    def pages(self) -> bytes:
        """The PDF; empty before there is one."""
        return bytes(self.pdf or b"")

    @property
    def edition(self) -> int:
        """Which of the report's releases this is, for those who see nothing else of it. What left before these were
        counted keeps the number that it left under."""
        return int(self.certificate.get("edition", self.number))

    @property
    def title(self) -> str:
        """What it is called: a draft by its number, and once it has left a version by its edition."""
        if self.state in LEFT:
            return _("Version {number}").format(number=self.edition)
        return _("Draft {number}").format(number=self.number)

    @property
    def hashes(self) -> dict[Format, str]:
        """The SHA-256 of each form in which there is this release. None of its bytes are read."""
        named = (self.sha256, self.certificate.get("html"), self.certificate.get("document"))
        return {form: digest for form, digest in zip(Format, named, strict=True) if digest}

    def bytes_of(self, form: Format) -> bytes:
        """The release in a form, as it is stored; empty when there is none."""
        stored = {Format.PDF: self.pdf, Format.HTML: self.html, Format.JSON: self.document.encode()}[form]
        return bytes(stored or b"")

    def filename_as(self, form: Format) -> str:
        """The neutral name of the file in a form: the name that was searched, with another ending."""
        return f"{self.filename.removesuffix('.pdf')}.{form}"

    @property
    def is_under_way(self) -> bool:
        """Whether something is still to happen without anybody's doing."""
        return self.state == State.QUEUED or self.state in UNDER_WAY


class Printed(models.Model):
    """That a release prints a contribution, named by a digest. Read by the gate's comparison of releases only."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="printed")
    contribution = models.CharField(max_length=64)

    class Meta:
        ordering = ("release", "contribution")
        verbose_name_plural = "printed"
        constraints = (models.UniqueConstraint(fields=("release", "contribution"), name="printed_once"),)

    def __str__(self) -> str:
        return "printed"


class Titles(models.Model):
    """The titles of what left, folded, for the search (`reports.titles`), which looks at no other row than one that is
    out. Whoever changes how text is folded writes them anew in a migration."""

    release = models.OneToOneField(Release, primary_key=True, on_delete=models.CASCADE, related_name="titles")
    folded = models.TextField()

    class Meta:
        ordering = ("release",)
        verbose_name_plural = "titles"

    def __str__(self) -> str:
        return self.folded


class Download(models.Model):
    """That an organiser downloaded a release, and on which day."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="downloads")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="downloads")
    day = models.DateField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("release", "user", "day"), name="download_once_a_day"),)

    def __str__(self) -> str:
        return "download"
