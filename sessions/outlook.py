"""What the room says of the day: the time where the set meets, and when the agenda will be over at this pace."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from sessions.models import Meeting
from sessions.room import Standing

ABOUT = timedelta(minutes=5)  # no agenda is kept more exactly
FORGOTTEN = timedelta(hours=4)  # after the meeting's end nobody is in the room any more


@dataclass(frozen=True, slots=True)
class Outlook:
    """At a moment, with what a page needs to go on counting by itself (static/js/room.js)."""

    clock: str  # as clocks show it in the meeting's zone
    ends: datetime | None  # to five minutes; None once nothing is left of the agenda
    rest: int  # seconds of the agenda after the deadline of the stage at hand; after now while nothing runs
    planned: datetime  # the end of the meeting
    ahead: timedelta  # of UTC: those clocks
    goes_on: bool  # another day follows, and `ends` is this one's

    @property
    def late(self) -> int:
        """Minutes by which it ends later than planned; 0 while that is less than the end is known to."""
        late = (self.ends - self.planned) // timedelta(minutes=1) if self.ends else 0
        return late if timedelta(minutes=late) >= ABOUT else 0

    @property
    def words(self) -> str:
        """When it ends, in a sentence; nothing once the agenda is over."""
        if not self.ends:
            return ""
        pattern = self.patterns["late" if self.late else "ends"]
        return pattern.format(time=f"{self.ends:%H:%M}", n=self.late)

    @property
    def patterns(self) -> dict[str, str]:
        """The sentences, for the page too: `time` as a clock shows it, `n` minutes."""
        ends = _("Today ends about {time}") if self.goes_on else _("Ends about {time}")
        return {"ends": ends, "late": _("Ends about {time}, {n} minutes later than planned")}


def outlook(meeting: Meeting, at: Standing, now: datetime) -> Outlook:
    """Of a meeting whose room stands `at`, seen at `now`."""
    here = now.astimezone(ZoneInfo(meeting.time_zone))
    left = max(at.left, 0) if at.step else 0
    goes_on = (at.step or at.rest) and now < meeting.local_end + FORGOTTEN
    return Outlook(
        clock=f"{here:%H:%M}",
        ends=_to_five_minutes(here + timedelta(seconds=left + at.rest)) if goes_on else None,
        rest=at.rest if at.deadline else left + at.rest,
        planned=meeting.local_end,
        ahead=here.utcoffset() or timedelta(),
        goes_on=at.goes_on,
    )


def _to_five_minutes(moment: datetime) -> datetime:
    """The nearest one: halves go up, as the page has it."""
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + (moment - midnight + ABOUT / 2) // ABOUT * ABOUT
