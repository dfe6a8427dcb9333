"""The worked example in the database: its workshop, a meeting whose questions are open, and the months to come."""

import secrets
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from challenges import box
from challenges.models import Action, Airtime, Asked, Opening, Prompt
from learningsets import contracts
from learningsets.models import Cohort, Membership
from reports import windows
from reports.example.this_month import ACTION, ANSWERS, ASKED, LIBRARY
from reports.models import Release, Report, Window
from reports.workshop.importing import import_workshop
from sessions import agenda, attendance, predefined
from sessions.models import Kind, Meeting, OnHoliday, Series, Weekday
from sessions.scheduling import save_series

FILE = Path(__file__).with_name("workshop.yaml")


def load() -> Report:
    """Load the example unless it is there; the report of its workshop."""
    there = Report.objects.filter(cohort__is_example=True).order_by("meetings__starts_at").first()
    if there is not None:
        return there
    with transaction.atomic():
        report = import_workshop(FILE.read_bytes(), is_example=True)
        predefined.add_all(report.cohort.programme, predefined.read(LIBRARY))
        _sign(report.cohort)
        _close_the_latest_meeting(report.cohort)
        _schedule(report.cohort)
    return report


def let_the_set_read(release: Release) -> None:
    """The set of the example has read a release, in a window that opened and is over by now; nobody objected.

    The window is a real one, whose time is moved into the past, for sets of people who do not exist and for no other.
    Raises Refused as `windows.give`, and ValueError for the report of anybody else.
    """
    if not release.report.cohort.is_example:
        raise ValueError("Only the worked example's people have read what they were given just now.")
    window = windows.give(release, tell=False)
    over = timezone.now() - Window.LAST_TURN
    Window.objects.filter(pk=window.pk, report__cohort__is_example=True).update(closes_at=over)
    windows.tip_out(window, tell=False)


def _sign(cohort: Cohort) -> None:
    """Everybody in the set has signed its contract."""
    contract = contracts.current_contract(cohort)
    if contract is not None:
        for membership in cohort.memberships.current():
            contracts.sign(membership, contract)


def _close_the_latest_meeting(cohort: Cohort) -> None:
    """A meeting was held on the last working day, everybody came, and its closing questions are open for two days."""
    zone = ZoneInfo(cohort.time_zone)
    day = timezone.now().astimezone(zone).date() - timedelta(days=1)
    day -= timedelta(days=max(day.weekday() - Weekday.FRIDAY, 0))
    meeting = Meeting.objects.create(
        cohort=cohort,
        number=cohort.meetings.count() + 1,
        starts_at=datetime.combine(day, time(14), zone),
        time_zone=cohort.time_zone,
        place="The Weighing House, Quay Street",
    )
    cohort.memberships.update(joined_on=day)  # they are new here, and were there all the same
    participants = attendance.expected(meeting)
    _give_turns(meeting, participants)
    until = timezone.now() + timedelta(hours=cohort.closing_hours)
    attendance.mark_and_close(meeting, meeting.version, dict.fromkeys(participants, True), until)
    Opening.objects.create(meeting=meeting)  # nobody is told: letters would bury the links to sign in
    for prompt, answers in zip(box.open_prompts(meeting), ANSWERS, strict=True):
        _answer(prompt, answers, participants[1:])  # the first by name is whom a visitor signs in as


def _give_turns(meeting: Meeting, participants: list[Membership]) -> None:
    """It had an agenda and two turns, the visitor's first; its third was not reached."""
    agenda.begin(meeting, "classic")
    meeting.items.exclude(kind=Kind.AIRTIME).update(reached=True)
    turns = [item for item in agenda.items(meeting) if item.is_airtime][:2]
    for item, presenter, minutes in zip(turns, participants, (36, 33), strict=False):
        meeting.items.filter(pk=item.pk).update(reached=True, seconds=minutes * 60)
        airtime = Airtime.objects.create(item=item, presenter=presenter)
        if presenter == participants[0]:
            airtime.asked.bulk_create(Asked(airtime=airtime, text=text) for text in ASKED)
            due = timezone.localdate() + timedelta(days=21)
            Action.objects.create(airtime=airtime, due=due, **ACTION)


def _answer(prompt: Prompt, answers: tuple[str, ...], others: list[Membership]) -> None:
    """Put each answer in the box for somebody, chosen by chance: nobody wrote them."""
    for membership, text in zip(secrets.SystemRandom().sample(others, len(answers)), answers, strict=True):
        box.put_in(membership, {prompt: text}, "chatham")


def _schedule(cohort: Cohort) -> None:
    """The second Tuesday of each of the next six months."""
    next_month = (timezone.now().date().replace(day=1) + timedelta(days=32)).replace(day=1)
    series = Series(
        cohort=cohort,
        ordinal=2,
        weekday=Weekday.TUESDAY,
        starts_on=next_month,
        start_time=time(14),
        minutes=180,
        time_zone=cohort.time_zone,
        months=6,
        on_holiday=OnHoliday.LATER,
    )
    saved = save_series(series, "The Weighing House, Quay Street", "https://video.example/three-shores", tell=False)
    for meeting in saved.meetings.order_by("starts_at")[:1]:
        agenda.begin(meeting, "classic")
