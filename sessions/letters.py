"""Letters about dates: one recipient each, nothing in them of what is said in a set, not even its name.

Each carries an entry for its reader's calendar (`sessions.ical`), one for each date that it tells. It is written when
the letter leaves, to whoever is in the set then: with what holds then, and what the set has chosen by then.
"""

import re
from collections.abc import Sequence
from copy import copy
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from learningsets import mail
from learningsets.access import set_of
from learningsets.models import Cohort, Letter, Membership
from sessions.ical import invitation
from sessions.models import DatesTold, Entries, Meeting, SetCalendar

State = Meeting.State
DATES, MEETING, LEFT = "dates", "meeting", "left"  # what letters are about
KEY = re.compile(r"[0-9a-f-]{36}")
PASSES_FOR_MORE = 15  # of `mail.send_waiting`, which runs every 20 seconds: five minutes
PASSES_FOR_UNDOING = 3  # a minute


def dates_are_set(cohort: Cohort, new: QuerySet[Meeting]) -> None:
    """Tell each member all dates of the set, after a few minutes: who sets dates often has more to set.

    Whatever happens to a date while that letter waits goes into it, in place of a letter of its own. Nobody is told of
    `new` dates that are all past.
    """
    if not _some_ahead(new):
        return
    meetings = ahead(cohort)
    members = list(cohort.memberships.current().select_related("user"))
    for membership in members:
        _send_plan(membership, meetings)
    DatesTold.objects.bulk_create([DatesTold(membership=one) for one in members], ignore_conflicts=True)


def dates_to_newcomer(membership: Membership) -> None:
    """Tell somebody who joined a set all its dates that lie ahead."""
    _send_plan(membership, ahead(set_of(membership)), new=False)


def dates_to_leaver(membership: Membership) -> None:
    """Take the meetings that lie ahead out of the calendar of somebody who left. It says nothing but their dates."""
    cohort = set_of(membership)
    planned = [one for one in ahead(cohort) if one.state == State.PLANNED]
    if not planned:
        return
    with translation.override(membership.user.language):
        words = _(
            "You are no longer in the learning set that meets on these dates. This takes them out of your calendar:"
        )
        dates = "\n".join(f"- {when_of(meeting)}" for meeting in planned)
        subject = _("Dates that leave your calendar")
    about, keys = f"{LEFT} {cohort.pk}", [str(one.pk) for one in planned]
    mail.send(membership.user.email, subject, f"{words}\n\n{dates}\n", about=about, calendar=keys)


def ahead(cohort: Cohort) -> list[Meeting]:
    """The meetings of a set that are still to come when the letter arrives, cancelled ones among them."""
    return list(Meeting.objects.ahead().filter(cohort=cohort))


def who_hears_of_it(cohort: Cohort) -> str:
    """A sentence for whoever changes a date: who gets a letter about it."""
    if not cohort.memberships.current().participants().exists():
        return _("Nobody takes part in this set yet: whoever joins gets an e-mail with its dates.")
    return _("Everybody in the set gets an e-mail about it in a minute. What is undone by then is told to nobody.")


def who_hears_of_dates(cohort: Cohort, new: QuerySet[Meeting]) -> str:
    """The same for whoever has saved `new` dates."""
    if not _some_ahead(new):
        if all(meeting.local_end <= timezone.now() for meeting in new):
            return _("Nobody gets an e-mail about what is past.")
        return _(
            "Nobody gets an e-mail: the meeting has begun, or begins before one could arrive. Tell the set yourself."
        )
    if not cohort.memberships.current().participants().exists():
        return who_hears_of_it(cohort)
    return _(
        "In about five minutes everybody in the set gets one e-mail with all its dates. What you add or change until "
        "then goes into the same e-mail."
    )


def _some_ahead(new: QuerySet[Meeting]) -> bool:
    return Meeting.objects.ahead().filter(pk__in=new.values("pk")).exists()


def meeting_changed(meeting: Meeting, before: Meeting, *, asks: bool = False) -> None:
    """Tell each member that a meeting was moved, and when it would have been; that its place changed, not to what; or
    that it is not held, or held after all. `before` is the meeting as it stood. It `asks` somebody again who had said
    that they can't come.

    The letter waits a minute. What happens to the meeting until then goes into it, and of what is undone by then there
    is none, unless somebody is asked again.
    """
    cohort = meeting.cohort
    for membership in cohort.memberships.current().select_related("user"):
        told = _take(membership, meeting, before, asks=asks)
        known = _as_told(meeting, told)
        again = told["asks"] or _has_a_new_day(known, meeting)
        if mail.waiting_about(membership.user.email, _about(cohort)):
            _send_plan(membership, ahead(cohort), ask_again=again)
        elif told["asks"] or not _is_as(meeting, told):
            with translation.override(membership.user.language):
                subject, words = _of_one(meeting, known, undone=_is_as(meeting, told))
                words = f"{words}\n\n{_asked_again()}" if again and meeting.state == State.PLANNED else words
                body = f"{words}\n\n{_pages([meeting])}"
            mail.send(
                membership.user.email,
                subject,
                body,
                about=f"{MEETING} {meeting.pk}",
                after=PASSES_FOR_UNDOING,
                calendar=[str(meeting.pk)],
                told=told,
            )


def _take(membership: Membership, meeting: Meeting, before: Meeting, *, asks: bool) -> dict[str, Any]:
    """What a member knows of a meeting that stood as `before` says. A letter about it that still waits is taken back:
    what it was to tell is told by the next."""
    to, about = membership.user.email, f"{MEETING} {meeting.pk}"
    waiting = mail.waiting_about(to, about)
    told: dict[str, Any] = waiting.told if waiting else _stands(before)
    mail.take_back(about, to=to)
    return told | {"asks": asks or told.get("asks", False)}


def _stands(meeting: Meeting) -> dict[str, Any]:
    """What whoever reads of a meeting knows of it, as a later letter is compared with it. No word of where it is."""
    where = salted_hmac(MEETING, f"{meeting.pk}\n{meeting.place}\n{meeting.video_link}").hexdigest()
    when = {"starts_at": meeting.starts_at.isoformat(), "minutes": meeting.minutes}
    return {**when, "where": where, "cancelled": meeting.state == State.CANCELLED}


def _as_told(meeting: Meeting, told: dict[str, Any]) -> Meeting:
    """The meeting as somebody knows it who was `told` this, where it is left out."""
    known = copy(meeting)
    known.starts_at, known.minutes = datetime.fromisoformat(told["starts_at"]), told["minutes"]
    known.state = State.CANCELLED if told["cancelled"] else State.PLANNED
    return known


def _is_as(meeting: Meeting, told: dict[str, Any]) -> bool:
    """Whether a meeting stands as was told. Of one that was not to be held, and is not, nothing else matters."""
    stands = _stands(meeting)
    return all(told[name] == stands[name] for name in (["cancelled"] if stands["cancelled"] else stands))


def _of_one(meeting: Meeting, known: Meeting, *, undone: bool) -> tuple[str, str]:
    """Subject and words of a letter about what became of one meeting."""
    times = {"before": when_of(known), "now": when_of(meeting)}
    if meeting.state == State.CANCELLED:
        words = _("Your learning set will not meet on %(when)s.") % {"when": times["before"]}
        return _("A meeting of your learning set is cancelled"), words
    if known.state == State.CANCELLED:
        words = _("Your learning set will meet on %(when)s after all.") % {"when": times["now"]}
        return _("A meeting of your learning set will be held after all"), words
    if undone:
        words = _("A meeting of your learning set was moved, and moved back. Its date stays: %(now)s.")
    elif times["before"] == times["now"]:
        words = _("A meeting of your learning set has a new place or video link. Its date stays: %(now)s.")
    else:
        words = _("A meeting of your learning set has moved.\n\nIt was to be: %(before)s\nIt is now: %(now)s")
    return _("A meeting of your learning set has changed"), words % times


def meetings_changed(changed: Sequence[tuple[Meeting, Meeting]], *, asks: bool = False) -> None:
    """The same of several meetings of a set in one letter, which leaves at once: each as it stood, and as it stands."""
    if len(changed) < 2:
        for before, now in changed:
            meeting_changed(now, before, asks=asks)
        return
    first = changed[0][1]
    for membership in first.cohort.memberships.current().select_related("user"):
        told = [(now, _take(membership, now, before, asks=asks)) for before, now in changed]
        told = [(now, one) for now, one in told if one["asks"] or not _is_as(now, one)]
        again = any(one["asks"] or _has_a_new_day(_as_told(now, one), now) for now, one in told)
        if mail.waiting_about(membership.user.email, _about(first.cohort)):
            _send_plan(membership, ahead(first.cohort), ask_again=again)
            continue
        if not told:
            continue
        with translation.override(membership.user.language):
            subject, words = (
                _("Meetings of your learning set have changed"),
                _("Meetings of your learning set have changed:"),
            )
            lines = "\n".join(f"- {_became(*one)}" for one in told)
            words = f"{words}\n\n{lines}"
            words = f"{words}\n\n{_asked_again()}" if again else words
            body = f"{words}\n\n{_pages([now for now, _one in told])}"
        # Each such change has a letter of its own: whoever was told of none of them is told of each.
        about = f"{MEETING} {first.pk} {first.version}"
        mail.send(membership.user.email, subject, body, about=about, calendar=[str(now.pk) for now, _one in told])


def _has_a_new_day(before: Meeting, now: Meeting) -> bool:
    return before.local_start.date() != now.local_start.date()


def _asked_again() -> str:
    """For everybody alike, so that no letter tells who had said that they can't come."""
    return _(
        "Where the day is new, everybody counts as coming: who had said that they can’t come, please say it again."
    )


def _became(meeting: Meeting, told: dict[str, Any]) -> str:
    times = {"before": when_of(_as_told(meeting, told)), "now": when_of(meeting)}
    if _is_as(meeting, told):
        return _("%(now)s: moved, and moved back; who had said that they can’t come, please say it again") % times
    if times["before"] == times["now"]:
        return _("%(now)s: a new place or video link; the date stays") % times
    return _("It was to be: %(before)s\n  It is now: %(now)s") % times


def _pages(meetings: Sequence[Meeting]) -> str:
    """Where to read more: the page of the one meeting, with a way to say that one can't come, or that of the set."""
    if len(meetings) > 1:
        page = mail.link(reverse("learningsets:cohort", args=[meetings[0].cohort.pk]))
        words = _("Places are on the page of your set. On that of a meeting you can say that you can’t come.")
        return f"{words}\n{page}\n"
    (meeting,) = meetings
    return f"{mail.link(reverse('meetings:meeting', args=[meeting.pk]))}\n{cannot_come(meeting)}"


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


def look_at_leaver(letter: Letter) -> list[mail.CalendarEntry] | None:
    """The entries that take a set's meetings out of the calendar of somebody who left; None if they are back in it."""
    (key,) = KEY.findall(letter.about)
    places = Membership.objects.filter(cohort=key, user__email=letter.to).select_related("user")
    reader = places.first()
    if reader is None or reader.left_on is None:
        return None
    meetings = list(Meeting.objects.filter(cohort=key, pk__in=letter.calendar))
    for meeting in meetings:  # for them alone, so nothing is saved
        meeting.state = State.CANCELLED
        meeting.sequence -= 1  # further than what they have, and not as far as what they get if they come back
    with translation.override(reader.user.language):
        return [invitation(meeting, letter.to, Entries.TIME) for meeting in meetings]


def _send_plan(
    membership: Membership, meetings: Sequence[Meeting], *, new: bool = True, ask_again: bool = False
) -> None:
    """The letter with all dates, and an entry for each of them; a newcomer's calendar has none that were cancelled.
    What one that it takes the place of asks again, it asks too."""
    cohort = set_of(membership)
    waiting = mail.waiting_about(membership.user.email, _about(cohort))
    asks = ask_again or (waiting is not None and waiting.told.get("asks", False))
    with translation.override(membership.user.language):
        subject = _("The dates of your learning set")
        words = (
            _("Your learning set has new dates. These are all that lie ahead:")
            if new
            else _("Your learning set meets on these dates:")
        )
        dates = "\n".join(f"- {_date(meeting)}" for meeting in meetings)
        dates = f"{dates}\n\n{_asked_again()}" if asks else dates
        more = _("Places, and changes made after this e-mail, are on its page:")
    calendar = [str(one.pk) for one in meetings if new or one.state != State.CANCELLED]
    body = f"{words}\n\n{dates}\n\n{more}\n{mail.link(reverse('learningsets:cohort', args=[cohort.pk]))}\n"
    mail.send(
        membership.user.email,
        subject,
        body,
        about=_about(cohort),
        after=PASSES_FOR_MORE,
        calendar=calendar,
        told={"asks": asks},
    )


def _date(meeting: Meeting) -> str:
    return (
        _("%(when)s, cancelled") % {"when": when_of(meeting)} if meeting.state == State.CANCELLED else when_of(meeting)
    )


def when_of(meeting: Meeting) -> str:
    """When a meeting is, and by which clocks, as every letter says it."""
    return _("%(when)s (%(zone)s)") % {"when": meeting.when, "zone": meeting.time_zone}


def _about(cohort: Cohort) -> str:
    return f"{DATES} of {cohort.pk}"
