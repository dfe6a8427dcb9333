"""A year of three sets in compressed time: what came by mail, put into a calendar as a mail program does it, is in the
end what the feed says and what was held; and everybody was reminded of each meeting twice."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

import time_machine
import vobject
from django.core import mail as django_mail
from django.test import Client

from learningsets import mail, members, programmes
from learningsets.models import Cohort, Letter, Membership, User
from sessions import feeds, following, lifecycle
from sessions.lifecycle import Details
from sessions.models import Meeting, Series
from sessions.newcomers import tell_newcomers
from sessions.reminders import send_due
from sessions.scheduling import save_series

BEGIN = datetime(2026, 9, 1, 8, tzinfo=UTC)
Entry = tuple[int, datetime, datetime, str]


class Post:
    """Everybody's mail program and calendar."""

    def __init__(self) -> None:
        self.calendars: dict[str, dict[str, Entry]] = {}
        self.reminders: Counter[str] = Counter()

    def deliver(self) -> None:
        """Send what waits. An entry takes the place of one with the same identifier, if it is not older (RFC 5546)."""
        Letter.objects.update(waits=0)
        while mail.send_waiting():
            pass
        leaving, django_mail.outbox = django_mail.outbox, []
        for message in leaving:
            (to,) = message.to
            self.reminders[to] += message.subject.startswith("A reminder")
            mine = self.calendars.setdefault(to, {})
            for _name, text, kind in message.attachments:
                (event,) = vobject.readOne(text).vevent_list
                known = mine.get(event.uid.value)
                assert kind == f"text/calendar; method={'CANCEL' if event.status.value == 'CANCELLED' else 'REQUEST'}"
                assert known is None or int(event.sequence.value) >= known[0]
                mine[event.uid.value] = entry(event)


def entry(event: Any) -> Entry:
    """What a calendar keeps of an event."""
    return int(event.sequence.value), event.dtstart.value, event.dtend.value, event.status.value


def confirmed(calendar: dict[str, Entry]) -> dict[str, tuple[datetime, datetime]]:
    """Start and end of what is not cancelled."""
    return {uid: (starts, ends) for uid, (_n, starts, ends, status) in calendar.items() if status == "CONFIRMED"}


def join(world: Any, name: str, cohort: Cohort, role: str = "participant") -> Membership:
    """Somebody takes a place, known already or new."""
    user = User.objects.filter(name=name).first() or User.objects.create_user(f"{name.lower()}@example.org", name)
    return programmes.join(user, programme=world.programme, cohort=cohort, role=role)


def nth(cohort: Cohort, n: int) -> Meeting:
    """A meeting of a set as it stands, by date, the first being 0."""
    return cohort.meetings.select_related("cohort").order_by("starts_at")[n]


def press(verb: Callable[[Meeting, int], None], cohort: Cohort, n: int) -> None:
    """One button of a meeting."""
    meeting = nth(cohort, n)
    verb(meeting, meeting.version)


def later(meeting: Meeting, days: int, minutes: int = 180) -> Details:
    """A meeting some days later, elsewhere."""
    return Details(meeting.starts_at + timedelta(days=days), minutes, "Elsewhere", "")


def change(meeting: Meeting, version: int) -> None:
    """Nine days later."""
    lifecycle.change(meeting, version, later(meeting, 9))


def what_happens(world: Any, south: Cohort, west: Cohort) -> dict[date, Callable[[], object]]:
    """What happens on which day."""
    north = world.cohort

    def change_all(meeting: Meeting, version: int) -> None:
        following.change_all(following.plan(meeting, later(meeting, 1, 120), by=world.fay.user), version)

    return {
        date(2026, 10, 20): lambda: press(change, north, 2),
        date(2026, 10, 21): lambda: press(lifecycle.cancel, south, 3),
        date(2026, 10, 22): lambda: press(lifecycle.restore, south, 3),
        date(2026, 11, 25): lambda: join(world, "Lena", south),  # late
        date(2026, 12, 20): lambda: press(lifecycle.cancel, west, 6),
        date(2027, 1, 20): lambda: press(change_all, north, 6),  # over a change of the clocks
        date(2027, 2, 20): lambda: members.leave(Membership.objects.get(cohort=south, user=world.omar.user)),
    }


def live_through_it(clock: Any, post: Post, events: dict[date, Callable[[], object]]) -> None:
    """Day by day, half an hour after reminders are due; a day on which nothing can be is left out."""
    meetings = list(Meeting.objects.all())
    for n in range(360):
        now = BEGIN + timedelta(days=n, hours=6, minutes=30)
        reminded = any((meeting.starts_at.date() - now.date()).days in {1, 7} for meeting in meetings)
        if not n or reminded or now.date() in events:
            clock.move_to(now)
            events.pop(now.date(), lambda: None)()
            tell_newcomers()
            send_due()
            post.deliver()
            meetings = list(Meeting.objects.all())


def test_a_year_of_three_sets(world: Any) -> None:
    south, west = (Cohort.objects.create(programme=world.programme, name=name) for name in ("South", "West"))
    sets, post = (world.cohort, south, west), Post()
    events = what_happens(world, south, west)
    with time_machine.travel(BEGIN, tick=False) as clock:
        for name, cohort in (("Pia", south), ("Omar", south), ("Wim", west)):
            join(world, name, cohort)
        for ordinal, cohort in enumerate(sets, start=1):
            if cohort != world.cohort:
                join(world, "Fay", cohort, "facilitator")
            rule = {
                "ordinal": ordinal,
                "weekday": 1,
                "start_time": time(14),
                "months": 11,
                "time_zone": "Europe/London",
            }
            save_series(Series(cohort=cohort, starts_on=date(2026, 9, 15), **rule), "Room 4", "")
        live_through_it(clock, post, events)
        assert events == {}
        north, whole_south, whole_west = (
            {str(m.pk): (m.starts_at, m.local_end) for m in Meeting.objects.standing().filter(cohort=cohort)}
            for cohort in sets
        )
        assert (len(north), len(whole_south), len(whole_west)) == (11, 11, 10)
        assert confirmed(post.calendars["fay@example.org"]) == north | whole_south | whole_west
        assert confirmed(post.calendars["pia@example.org"]) == north | whole_south
        came_late = datetime(2026, 11, 25, 15, tzinfo=UTC)
        left = datetime(2027, 2, 20, 15, tzinfo=UTC)
        before = {uid: times for uid, times in whole_south.items() if times[0] < left}
        assert confirmed(post.calendars["omar@example.org"]) == north | before
        late = {uid: times for uid, times in whole_south.items() if times[0] > came_late}
        assert confirmed(post.calendars["lena@example.org"]) == late
        omars = [starts for starts, _ends in whole_south.values() if starts < datetime(2027, 2, 20, tzinfo=UTC)]
        assert post.reminders == {
            "fay@example.org": 2 * 32,
            "pia@example.org": 2 * 22,
            "omar@example.org": 2 * (11 + len(omars)),
            "wim@example.org": 2 * 10,
            "lena@example.org": 2 * len(late),
        }
        assert {f"{m.local_start:%H:%M}" for m in Meeting.objects.all()} == {"14:00"}  # the clocks changed twice
        for user in (world.fay.user, world.pia.user):
            feeds.renew(user)
            feed = vobject.readOne(Client().get(urlsplit(feeds.address(user)).path).content.decode())
            read = {event.uid.value: entry(event) for event in feed.vevent_list}
            mailed = post.calendars[user.email]
            assert {uid: one[1:] for uid, one in read.items()} == {uid: one[1:] for uid, one in mailed.items()}
            assert all(read[uid][0] >= mailed[uid][0] for uid in mailed)  # who left has raised it for those who stay
