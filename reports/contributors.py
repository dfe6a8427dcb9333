"""Whether enough people contributed to a meeting for there to be any report of it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Greatest

from challenges.models import Tally
from learningsets import floors
from sessions.models import Meeting


def with_few(meetings: QuerySet[Meeting]) -> QuerySet[Any]:
    """These meetings, each with `few`: its box was tipped out, and too few people contributed for any report.

    What counts is the prompt that most people answered, and the counts that were stored at the tip.
    """
    answered = Tally.objects.filter(prompt__meeting=OuterRef("pk")).order_by().values("prompt")
    most = answered.annotate(people=Sum("authors")).order_by("-people").values("people")[:1]
    floor = Greatest(Value(floors.REPORT), F("cohort__report_floor"))
    few = Q(state=Meeting.State.TIPPED) & Q(people__lt=floor)
    counted = meetings.alias(people=Coalesce(Subquery(most), 0))
    return counted.annotate(few=ExpressionWrapper(few, BooleanField()))


def too_few(meetings: Iterable[Meeting]) -> set[object]:
    """The ids of those tipped meetings that too few people contributed to for any report. One query."""
    these = Meeting.objects.filter(pk__in=[meeting.pk for meeting in meetings])
    return set(with_few(these).filter(few=True).values_list("pk", flat=True))
