"""What facilitators are told by e-mail of apologies: that there are some, or that they changed.

Whose they are, and why, stands on the meeting's page and nowhere else. A letter waits five minutes for more of the kind
and is written when it leaves, with the date that the meeting has then.
"""

from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from learningsets import mail
from learningsets.models import Letter, Membership
from sessions.letters import KEY, PASSES_FOR_MORE, when_of
from sessions.models import Attendance, Meeting

FIRST, AGAIN = "apologies", "apologies-again"  # what letters are about; AGAIN where facilitators knew of some before


def apologies_changed(meeting: Meeting, before: str) -> None:
    """Tell those who facilitate the set that somebody can't come, or can after all: one letter for all that happens
    until it leaves. `before` is what `who_stand` said. Until it leaves the letter holds that in place of words."""
    for membership in meeting.cohort.memberships.current().facilitators().select_related("user"):
        to, first, again = membership.user.email, f"{FIRST} {meeting.pk}", f"{AGAIN} {meeting.pk}"
        waiting = mail.waiting_about(to, again)
        anew = waiting is not None or (before != "" and mail.waiting_about(to, first) is None)
        with translation.override(membership.user.language):
            subject = (
                _("Who can come to a meeting of your learning set has changed")
                if anew
                else _("Somebody can’t come to a meeting of your learning set")
            )
        told = waiting.body if waiting else before
        mail.send(to, subject, told, about=again if anew else first, after=PASSES_FOR_MORE)


def look_again(letter: Letter) -> "tuple[()] | None":
    """Write the letter as things stand when it leaves. None if they stand as its reader was told already, if it is too
    late for apologies, or if its reader leads the set no more."""
    (key,) = KEY.findall(letter.about)
    meeting = Meeting.objects.filter(pk=key).select_related("cohort").first()
    if meeting is None or not meeting.lies_ahead:
        return None
    readers = meeting.cohort.memberships.current().facilitators().filter(user__email=letter.to)
    reader = readers.select_related("user").first()
    anew, now = letter.about.startswith(f"{AGAIN} "), who_stand(meeting)
    if reader is None or now == (letter.body if anew else ""):
        return None
    letter.body = _body(meeting, reader, anew=anew, stand=now != "")
    return ()


def who_stand(meeting: Meeting) -> str:
    """Of those in the set who have said that they can't come a mark that names none of them, another for any others;
    empty if there are none."""
    apologies = meeting.attendances.filter(status=Attendance.Status.APOLOGIES, membership__left_on=None)
    them = sorted(str(key) for key in apologies.values_list("membership", flat=True))
    return salted_hmac(FIRST, "\n".join([str(meeting.pk), *them])).hexdigest() if them else ""


def _body(meeting: Meeting, reader: Membership, *, anew: bool, stand: bool) -> str:
    with translation.override(reader.user.language):
        if not anew:
            words = _("Somebody can’t come on %(when)s. Who it is, and the reason if they gave one, is on its page:")
        elif stand:
            words = _(
                "Who can come on %(when)s has changed. Who can’t, and the reason if they gave one, is on its page:"
            )
        else:
            words = _("Everybody is expected on %(when)s again. This is its page:")
        words %= {"when": when_of(meeting)}
    return f"{words}\n\n{mail.link(reverse('meetings:meeting', args=[meeting.pk]))}\n"
