"""Last year's set once more: its frame, contract, choices and rules, and nothing of its people."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.urls import reverse

from challenges.models import Challenge
from learningsets import contracts
from learningsets.models import Cohort, Identifier, Letter
from sessions import attendance, lifecycle
from sessions.models import Guest, Meeting, Series, SetCalendar
from sessions.newcomers import tell_newcomers
from sessions.scheduling import save_series


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    """Whenever it runs, the dates below lie where the test says."""
    with time_machine.travel("2026-11-20T09:00:00Z", tick=False):
        yield


def belongs_to(cohort: Cohort) -> dict[str, int]:
    """How many rows of each model lead to a set, by its own key or by way of its meetings."""
    found = {}
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if field.related_model in {Cohort, Meeting}:
                path = field.name if field.related_model is Cohort else f"{field.name}__cohort"
                found[model._meta.label] = model._default_manager.filter(**{path: cohort}).count()
    return {label: count for label, count in found.items() if count}


def test_a_copy_has_the_frame_the_contract_and_the_rules_and_nothing_of_anybody(world: Any) -> None:
    old = world.cohort
    Cohort.objects.filter(pk=old.pk).update(block_floor=6, closing_hours=72, country="SE")
    contracts.publish(old, "What we come for\nTo listen.", replaces=0, window_hours=24)
    SetCalendar.objects.create(cohort=old, entries="place", remind_before=[2], version=3)
    rule = {"ordinal": 2, "weekday": 1, "start_time": time(14), "months": 3, "time_zone": "Europe/London"}
    series = save_series(Series(cohort=old, starts_on=date(2025, 9, 1), **rule), "Room 4", "", tell=False)
    ahead = world.meeting(datetime(2026, 12, 8, 14, tzinfo=UTC))
    attendance.cannot_come(ahead, world.pia, "a hospital visit")
    Guest.objects.create(meeting=ahead, name="Gus")
    Challenge.objects.create(owner=world.pia, title="A hard one")
    lifecycle.cancel(series.meetings.order_by("starts_at")[2], 1)
    elsewhere = Cohort.objects.create(programme=old.programme, name="South")
    for cohort, place, name in (
        (old, world.fay, "Fay Elder"),
        (old, world.pia, "Pia Elder"),
        (elsewhere, world.fay, "F."),
    ):
        Identifier.objects.create(cohort=cohort, user=place.user, kind="other_name", value=name)
    Letter.objects.all().delete()
    fay, url = world.client(world.fay), reverse("meetings:copy_set", args=[old.pk])
    taken = fay.post(url, {"name": "North", "with_dates": "on"})
    assert (taken.status_code, list(taken.context["form"].errors)) == (422, ["name"])
    answer = fay.post(url, {"name": "North 2026", "with_dates": "on"})
    new = Cohort.objects.get(name="North 2026")
    assert answer.url == reverse("learningsets:cohort", args=[new.pk])
    assert (new.block_floor, new.closing_hours, new.country, new.programme) == (6, 72, "SE", old.programme)
    contract = contracts.current_contract(new)
    assert contract is not None
    assert (contract.version, contract.text, contract.window_hours) == (1, "What we come for\nTo listen.", 24)
    chosen = SetCalendar.of(new)
    assert (chosen.entries, chosen.remind_before) == ("place", [2])
    # A year after September 2025 lies behind us: the rule begins a year later still.
    assert [f"{one.local_start:%d %b %Y %H:%M} {one.place}" for one in new.meetings.all()] == [
        "14 Sep 2027 14:00 Room 4",
        "12 Oct 2027 14:00 Room 4",
        "09 Nov 2027 14:00 Room 4",
    ]
    assert list(new.memberships.values_list("user__name", "role")) == [("Fay", "facilitator")]
    counted = belongs_to(new)
    assert {counted.pop("learningsets.Contract"), counted.pop("learningsets.Membership")} == {1}
    assert {counted.pop("meetings.Series"), counted.pop("meetings.SetCalendar")} == {1}
    assert (counted.pop("meetings.Meeting"), counted.pop("learningsets.Identifier") > 0) == (3, True)
    assert {label for label in counted if label != "meetings.Reminder"} == set()
    known = Identifier.objects.filter(cohort=new)
    assert {one.user.name for one in known} == {"Fay", "Odile"}
    assert set(known.filter(kind="other_name").values_list("user__name", "value")) == {("Fay", "Fay Elder")}
    assert [letter.to for letter in Letter.objects.exclude(subject__startswith="A contract")] == []
    assert tell_newcomers() > 0  # of whom Fay is one, told of the new dates as everybody who joins


def test_a_copy_without_dates_has_none_and_only_facilitators_copy(world: Any) -> None:
    url = reverse("meetings:copy_set", args=[world.cohort.pk])
    assert [world.client(who).get(url).status_code for who in (world.fay, world.pia, world.odile)] == [200, 404, 404]
    assert world.client(world.pia).post(url, {"name": "Mine"}).status_code == 404
    assert world.client(world.fay).post(url, {"name": "Bare"}).status_code == 302
    assert Meeting.objects.filter(cohort__name="Bare").count() == 0
