"""Calendar entries: of one meeting for a letter (RFC 5546), of somebody's meetings for a feed (RFC 5545).

Times are in UTC, so that no calendar has to know a zone. An entry names nobody but whom it is sent to, and is marked
private: whoever shares a calendar with colleagues shows them that the hours are taken, and no more.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress

from learningsets import mail
from sessions.models import Entries, Meeting

MAKER = "-//Learning Sets//EN"
OTHER_LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]|\r(?!\n)|(?<!\r)\n")
LOOK_AGAIN = timedelta(hours=1)  # how often a calendar is asked to fetch a feed


def invitation(meeting: Meeting, to: str, entries: str) -> mail.CalendarEntry:
    """One meeting as an entry for the calendar of whoever reads mail at `to`; of a cancelled one its cancellation.

    A cancellation says so in its status too, also to who alone is out of it (RFC 5546, section 3.2.5, would leave it
    out then): their copy names nobody else, and what opens it as a file may not look at the method.

    Nobody is asked to reply: people are taken to come, and say on the meeting's page if they can't. It holds no name of
    the set, and of the place what `entries` (one of `Entries`) says.
    """
    method = "CANCEL" if meeting.state == Meeting.State.CANCELLED else "REQUEST"
    event = _event(meeting, _("Learning set meeting"))
    _add_where(event, meeting, entries)
    event.add("organizer", vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"))
    guest = {"PARTSTAT": "ACCEPTED", "RSVP": "FALSE", "ROLE": "REQ-PARTICIPANT", "CUTYPE": "INDIVIDUAL"}
    event.add("attendee", vCalAddress(f"mailto:{to}", params=guest))
    calendar = _calendar()
    calendar.add("method", method)
    calendar.add_component(event)
    return mail.CalendarEntry(method, _written(calendar))


def feed(meetings: Iterable[tuple[Meeting, str]]) -> bytes:
    """Meetings, each with its set's choice of `Entries`, as a calendar to subscribe to, under the names of the sets."""
    calendar = _calendar()
    calendar.add("x-wr-calname", _("Learning Sets"))
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for meeting, entries in meetings:
        cancelled = meeting.state == Meeting.State.CANCELLED
        title = str(meeting.cohort)
        event = _event(meeting, _("Cancelled: %(title)s") % {"title": title} if cancelled else title)
        _add_where(event, meeting, entries)
        calendar.add_component(event)
    return _written(calendar).encode()


def _written(calendar: Calendar) -> str:
    """The calendar as text whose lines end where the format ends them: for readers that know further line ends too,
    what is typed can begin none."""
    return OTHER_LINE_ENDS.sub(" ", calendar.to_ical().decode())


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _event(meeting: Meeting, title: str) -> Event:
    """What is the same wherever a meeting stands. The identifier stays; the sequence counts changes of what it says.

    The stamp is a day's beginning: a letter, which names its recipient, tells no time at which somebody did something.
    """
    event = Event()
    event.add("uid", str(meeting.pk))
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", datetime.combine(timezone.now().astimezone(UTC).date(), time(), UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.local_end.astimezone(UTC))
    event.add("summary", title)
    event.add("status", "CANCELLED" if meeting.state == Meeting.State.CANCELLED else "CONFIRMED")
    event.add("class", "PRIVATE")
    return event


def _add_where(event: Event, meeting: Meeting, entries: str) -> None:
    """Ways to the meeting's page and to say that one can't come; place and video link if the set chose to have them."""
    if entries != Entries.TIME and meeting.place:
        event.add("location", meeting.place)
    page = mail.link(reverse("meetings:meeting", args=[meeting.pk]))
    lines = [_("Where to meet: %(page)s") % {"page": page}]
    if meeting.lies_ahead:
        lines.append(
            _("If you can't come: %(link)s") % {"link": mail.link(reverse("meetings:apologies", args=[meeting.pk]))}
        )
    if entries == Entries.VIDEO and meeting.video_link:
        lines.append(_("Video: %(link)s") % {"link": meeting.video_link})
    event.add("description", "\n".join(lines))
    event.add("url", page)
