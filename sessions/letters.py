"""Letters about dates: one recipient each, nothing in them of what is said in a set, not even its name.

Each carries an entry for its reader's calendar (`sessions.ical`), one for each date that it tells. It is written when
the letter leaves, to whoever is in the set then: with what holds then, and what the set has chosen by then.
"""

import re
from collections.abc import Callable, Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from learningsets import mail
from learningsets.access import set_of
from learningsets.models import Cohort, Letter, Membership
from sessions.ical import invitation
from sessions.models import DatesTold, Meeting, SetCalendar

State = Meeting.State
DATES, MEETING = "dates", "meeting"  # what letters are about
KEY = re.compile(r"[0-9a-f-]{36}")
PASSES_FOR_MORE = 15  # of `mail.send_waiting`, which runs every 20 seconds: five minutes


def dates_are_set(cohort: Cohort, new: QuerySet[Meeting], *, changed: bool = False) -> None:
    """Tell each member all dates of the set, after a few minutes: who sets dates often has more to set.

    Whatever happens to a date while that letter waits goes into it, in place of a letter of its own. Nobody is told of
    `new` dates that are all past. `changed`: they are dates that the set knew, at other times or places.
    """
    if not _some_ahead(new):
        return
    meetings = ahead(cohort)
    members = list(cohort.memberships.current().select_related("user"))
    for membership in members:
        _send_plan(membership, meetings, changed=changed)
    DatesTold.objects.bulk_create([DatesTold(membership=one) for one in members], ignore_conflicts=True)


def dates_to_newcomer(membership: Membership) -> None:
    """Tell somebody who joined a set all its dates that lie ahead."""
    _send_plan(membership, ahead(set_of(membership)), new=False)


def ahead(cohort: Cohort) -> list[Meeting]:
    """The meetings of a set that are still to come when the letter arrives, cancelled ones among them."""
    return list(Meeting.objects.ahead().filter(cohort=cohort))


def who_hears_of_it(cohort: Cohort) -> str:
    """A sentence for whoever changes a date: who gets a letter about it."""
    if not cohort.memberships.current().participants().exists():
        return _("Nobody takes part in this set yet: whoever joins gets a letter with its dates.")
    return _("Everybody in the set gets a letter about it.")


def who_hears_of_dates(cohort: Cohort, new: QuerySet[Meeting]) -> str:
    """The same for whoever has saved `new` dates."""
    if not _some_ahead(new):
        return _("Nobody gets a letter about what is past.")
    if not cohort.memberships.current().participants().exists():
        return who_hears_of_it(cohort)
    return _(
        "In about five minutes everybody in the set gets one letter with all its dates. What you add or change until "
        "then goes into the same letter."
    )


def _some_ahead(new: QuerySet[Meeting]) -> bool:
    return Meeting.objects.ahead().filter(pk__in=new.values("pk")).exists()


def meeting_changed(meeting: Meeting, before: Meeting) -> None:
    """Tell each member that a meeting was moved, and when it would have been; or that its place changed, not to what.

    `before` is the meeting as it stood.
    """

    def say() -> tuple[str, str]:
        if _when(meeting) == _when(before):
            words = _("A meeting of your learning set has a new place or video link. Its date stays: %(now)s.")
        else:
            words = _("A meeting of your learning set has moved.\n\nIt was to be: %(before)s\nIt is now: %(now)s")
        return _("A meeting of your learning set has changed"), words % {"before": _when(before), "now": _when(meeting)}

    _to_members(meeting, say)


def meeting_cancelled(meeting: Meeting) -> None:
    """Tell each member that a meeting will not be held."""
    _to_members(
        meeting,
        lambda: (
            _("A meeting of your learning set is cancelled"),
            _("Your learning set will not meet on %(when)s.") % {"when": _when(meeting)},
        ),
    )


def meeting_restored(meeting: Meeting) -> None:
    """Tell each member that a cancelled meeting will be held after all."""
    _to_members(
        meeting,
        lambda: (
            _("A meeting of your learning set will be held after all"),
            _("Your learning set will meet on %(when)s after all.") % {"when": _when(meeting)},
        ),
    )


def _to_members(meeting: Meeting, say: Callable[[], tuple[str, str]]) -> None:
    """A letter about one meeting, with its calendar entry, to each member for whom no letter with all dates waits."""
    page = mail.link(reverse("meetings:meeting", args=[meeting.pk]))
    for membership in meeting.cohort.memberships.current().select_related("user"):
        to = membership.user.email
        if mail.waits_about(to, _about(meeting.cohort)):
            _send_plan(membership, ahead(meeting.cohort))
            continue
        with translation.override(membership.user.language):
            subject, words = say()
            below = cannot_come(meeting)
        # Each change has a letter of its own: whoever was told of none of them is told of each.
        about = f"{MEETING} {meeting.pk} {meeting.version}"
        mail.send(to, subject, f"{words}\n\n{page}\n{below}", about=about, calendar=[str(meeting.pk)])


def cannot_come(meeting: Meeting) -> str:
    """The end of a letter about a meeting: where to say that one can't come. Empty if it is not held, or has begun."""
    if not meeting.lies_ahead:
        return ""
    return f"\n{_('If you can’t come:')}\n{mail.link(reverse('meetings:apologies', args=[meeting.pk]))}\n"


def look_again(letter: Letter) -> list[mail.CalendarEntry] | None:
    """The entries that a letter about a set or a meeting of it carries as things stand when it leaves; None when its
    reader is in the set no more."""
    (key,) = KEY.findall(letter.about)
    of_it = Q(cohort=key) | Q(cohort__meetings=key)
    reader = Membership.objects.current().filter(of_it, user__email=letter.to).select_related("user", "cohort").first()
    if reader is None:
        return None
    cohort = set_of(reader)
    entries = SetCalendar.of(cohort).entries
    keys = [one for one in letter.calendar if isinstance(one, str)]  # one written before an update has whole entries
    with translation.override(reader.user.language):
        return [invitation(one, letter.to, entries) for one in cohort.meetings.filter(pk__in=keys)]


def _send_plan(membership: Membership, meetings: Sequence[Meeting], *, new: bool = True, changed: bool = False) -> None:
    """The letter with all dates, and an entry for each of them; a newcomer's calendar has none that were cancelled."""
    cohort = set_of(membership)
    with translation.override(membership.user.language):
        subject = _("The dates of your learning set")
        words = (
            _("Your learning set has new dates. These are all that lie ahead:")
            if new
            else _("Your learning set meets on these dates:")
        )
        if changed:
            words = _("Dates or places of your learning set have changed. These are all dates that lie ahead:")
        dates = "\n".join(f"- {_date(meeting)}" for meeting in meetings)
        more = _("Places, and changes made after this letter, are on its page:")
    calendar = [str(one.pk) for one in meetings if new or one.state != State.CANCELLED]
    body = f"{words}\n\n{dates}\n\n{more}\n{mail.link(reverse('learningsets:cohort', args=[cohort.pk]))}\n"
    mail.send(membership.user.email, subject, body, about=_about(cohort), after=PASSES_FOR_MORE, calendar=calendar)


def _date(meeting: Meeting) -> str:
    return _("%(when)s, cancelled") % {"when": _when(meeting)} if meeting.state == State.CANCELLED else _when(meeting)


def _when(meeting: Meeting) -> str:
    return _("%(when)s (%(zone)s)") % {"when": meeting.when, "zone": meeting.time_zone}


def _about(cohort: Cohort) -> str:
    return f"{DATES} of {cohort.pk}"
