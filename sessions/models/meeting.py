"""One month's meeting of a set."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from learningsets.models import Cohort
from sessions.models.series import Series
from sessions.words import days_in_words, moment_in_words, span_in_words

LETTER_UNDER_WAY = timedelta(minutes=6)  # one about dates waits five for more of them: `letters`
LEAST_MINUTES = 15
MOST_MINUTES = 7 * 24 * 60
OUT_OF_THE_WAY = 10_000  # above any number that a meeting has
MINUTES = Cast("minutes", models.IntegerField()) * timedelta(minutes=1)  # SQLite multiplies no small integer
END = models.ExpressionWrapper(
    models.F("starts_at") + models.ExpressionWrapper(MINUTES, output_field=models.DurationField()),
    output_field=models.DateTimeField(),
)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Verbs over meetings."""

    def standing(self) -> "MeetingQuerySet":
        """Those that were not cancelled."""
        return self.exclude(state=Meeting.State.CANCELLED)

    def due(self, now: datetime) -> "MeetingQuerySet":
        """Closed ones whose closing questions were open until `now` or earlier: their box is to be tipped out."""
        return self.filter(state=Meeting.State.CLOSED, tips_at__lte=now)

    def ahead(self) -> "MeetingQuerySet":
        """Those still to come when a letter that is written now arrives, cancelled ones among them."""
        states = (Meeting.State.PLANNED, Meeting.State.CANCELLED)
        return self.filter(state__in=states, starts_at__gt=timezone.now() + LETTER_UNDER_WAY)

    def behind(self) -> "MeetingQuerySet":
        """Those whose time is over, in whatever state."""
        now = timezone.now()
        long_ago = now - timedelta(minutes=MOST_MINUTES)  # only of the few since then the end has to be worked out
        return self.alias(ends_at=END).filter(models.Q(starts_at__lte=long_ago) | models.Q(ends_at__lte=now))

    def to_come(self) -> "MeetingQuerySet":
        """Those whose time is not over, in whatever state."""
        now = timezone.now()
        recent = self.filter(starts_at__gt=now - timedelta(minutes=MOST_MINUTES)).alias(ends_at=END)
        return recent.filter(models.Q(starts_at__gte=now) | models.Q(ends_at__gt=now))

    def over(self) -> "MeetingQuerySet":
        """Planned ones whose time is over: they are to be closed."""
        return self.filter(state=Meeting.State.PLANNED).alias(ends_at=END).filter(ends_at__lte=timezone.now())

    def next_of(self, sets: Iterable[UUID]) -> "MeetingQuerySet":
        """Of each of these sets the planned one that is on, or comes next, however many come after it."""
        planned = Meeting.objects.filter(cohort=models.OuterRef("pk"), state=Meeting.State.PLANNED)
        to_come = planned.alias(ends_at=END).filter(ends_at__gt=timezone.now()).order_by("starts_at", "id")
        each = Cohort.objects.filter(pk__in=sets).annotate(next=models.Subquery(to_come.values("pk")[:1]))
        return self.filter(pk__in=each.values("next"))

    def number_by_date(self, cohort: Cohort) -> None:
        """Number a set's meetings that may still move (planned or cancelled, never closed) in the order of their dates.

        They share out the numbers they have: what was held keeps the number under which it is known. The caller holds
        the set's lock.
        """
        movable = self.filter(cohort=cohort, state__in=(Meeting.State.PLANNED, Meeting.State.CANCELLED))
        in_order = list(movable.filter(promised_until=None).order_by("starts_at", "id").values_list("pk", "number"))
        wanted = dict(zip((pk for pk, _number in in_order), sorted(number for _pk, number in in_order), strict=True))
        moved = [pk for pk, number in in_order if wanted[pk] != number]
        self.filter(pk__in=moved).update(number=models.F("number") + OUT_OF_THE_WAY)  # a number is there only once
        for pk in moved:
            self.filter(pk=pk).update(number=wanted[pk])


class Meeting(models.Model):
    """One month's meeting of a set. Times are stored in UTC and said in the meeting's own time zone.

    `tips_at` is set when the facilitator closes the meeting: the closing questions stay open until then, and
    then the box is tipped out. Until that moment the closing can be undone. `promised_until` is the deadline that was
    last told, and outlives the undoing: the questions of a meeting that was ever closed are open at least until then.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        CANCELLED = "cancelled", _("Cancelled")
        CLOSED = "closed", _("Closed")  # held; its closing questions are open until `tips_at`
        TIPPED = "tipped", _("Box tipped out")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="meetings")
    series = models.ForeignKey(
        Series,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="meetings",
    )
    number = models.PositiveSmallIntegerField(_("number"))
    starts_at = models.DateTimeField(_("starts"))
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), default=180)
    time_zone = models.CharField(_("time zone"), max_length=64)
    place = models.CharField(_("place"), max_length=300, blank=True)
    video_link = models.URLField(_("video link"), max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    tips_at = models.DateTimeField(null=True, blank=True)
    promised_until = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    sequence = models.PositiveIntegerField(default=0)  # of its entries in calendars: changes of what they say

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("cohort", "number"), name="meeting_number_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=("closed", "tipped"), tips_at__isnull=False)
                | models.Q(state__in=("planned", "cancelled"), tips_at=None),
                name="meeting_closed_has_deadline",
            ),
        )

    def __str__(self) -> str:
        return f"{self.cohort}, {self.local_start:%d %B %Y}"

    @property
    def local_start(self) -> datetime:
        """The start in the meeting's own time zone."""
        return self.starts_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def day(self) -> str:
        """The day on which it begins where it is, as ISO 8601 has it."""
        return self.local_start.date().isoformat()

    @property
    def clock(self) -> str:
        """The time at which it begins, as clocks show it where it is."""
        return date_format(self.local_start, "H:i")

    @property
    def when(self) -> str:
        """The date and times in words, in the meeting's own time zone."""
        return span_in_words(self.starts_at, self.minutes, self.time_zone)

    @property
    def days(self) -> str:
        """The day or days on which it is, in words. One that ends at midnight has none of the next."""
        return days_in_words(self.local_start.date(), (self.local_end - timedelta(microseconds=1)).date())

    @property
    def has_opened(self) -> bool:
        """Whether the closing questions were opened: while the meeting is closed they can be answered then."""
        return self.attendances.filter(may_answer=True).exists()

    @property
    def was_closed(self) -> bool:
        """Whether the meeting is closed, or was before its closing was undone. Its questions are settled then."""
        return self.state == Meeting.State.CLOSED or self.promised_until is not None

    @property
    def closing_until(self) -> str:
        """Until when the closing questions are open, in words; empty unless the meeting was closed."""
        return moment_in_words(self.tips_at, self.time_zone) if self.tips_at else ""

    @property
    def has_begun(self) -> bool:
        """Whether the start lies behind us."""
        return self.starts_at <= timezone.now()

    @property
    def lies_ahead(self) -> bool:
        """Whether the set will meet: until then members say here that they can't come."""
        return self.state == Meeting.State.PLANNED and not self.has_begun

    @property
    def is_running(self) -> bool:
        """Whether the set is meeting now."""
        return self.state == Meeting.State.PLANNED and self.has_begun and timezone.now() < self.local_end

    @property
    def is_asking(self) -> bool:
        """Whether the meeting is closed and the deadline of its questions lies ahead: until then it can be undone."""
        return self.state == Meeting.State.CLOSED and self.tips_at is not None and timezone.now() < self.tips_at

    @property
    def can_be_marked(self) -> bool:
        """Whether a facilitator can say now who was there."""
        return self.has_begun and (self.state == Meeting.State.PLANNED or self.is_asking)

    @property
    def takes_days(self) -> bool:
        """Whether it goes on another day, with a night between that no agenda fills."""
        return self.local_start.date() < self.local_end.date() and self.minutes > 12 * 60

    @property
    def day_count(self) -> int:
        """On how many days the set meets: one, unless it takes days."""
        last = self.local_end - timedelta(microseconds=1)
        return (last.date() - self.local_start.date()).days + 1 if self.takes_days else 1

    def day_at(self, moment: datetime) -> int:
        """Which of its days it is where the set meets; the first before it, and the last after it."""
        day = (moment.astimezone(ZoneInfo(self.time_zone)).date() - self.local_start.date()).days + 1
        return min(max(day, 1), self.day_count)

    def opens_at(self, day: int) -> datetime:
        """When one of its days begins: at the hour of the first, by the clocks where the set meets."""
        start = self.local_start
        return datetime.combine(start.date() + timedelta(days=day - 1), start.time(), start.tzinfo)

    @property
    def local_end(self) -> datetime:
        """The end in the meeting's own time zone."""
        return (self.starts_at + timedelta(minutes=self.minutes)).astimezone(ZoneInfo(self.time_zone))
