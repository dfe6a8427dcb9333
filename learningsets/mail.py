"""Mail: written into the database with what it is about, and sent from there.

A row is the truth: while the mail server is down letters wait, and none is lost. One letter has one recipient,
and holds nothing of what was said in a meeting. When it has left, its text is blanked at once and the row purged.

What a letter is about is looked at once more when it leaves (`look_again`): whoever is out of a set by then gets no
letter of it, and an entry for a calendar, which a row only names, is written then.
"""

import contextlib
import smtplib
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from learningsets.models import Invitation, Letter

BATCH = 50  # letters in one pass; a pass runs every 20 seconds
LONGEST_WAIT = 180  # passes, so an hour
GONE: dict[str, Any] = {
    "body": "",
    "about": "",
    "calendar": [],
    "told": {},
    "stop": "",
}  # of a letter that left or came back


def failures() -> tuple[type[Exception], ...]:
    """What a mail server that is down raises, or a mail service that cannot be reached.

    Asked for in the clause that catches them, so only after something was raised: anymail's exceptions load a client
    for HTTP, which took an eighth of every process's start.
    """
    from anymail.exceptions import AnymailError

    return OSError, smtplib.SMTPException, AnymailError


def refusals() -> tuple[type[Exception], ...]:
    """What is raised when a letter's address is refused for good."""
    from anymail.exceptions import AnymailRecipientsRefused

    return smtplib.SMTPRecipientsRefused, AnymailRecipientsRefused


class CalendarEntry(NamedTuple):
    """What a letter carries for its reader's calendar: an iCalendar object and its method (RFC 6047)."""

    method: str
    text: str


# What a letter carries as things stand now; None for one that nobody is to get any more.
Look = Callable[[Letter], Sequence[CalendarEntry] | None]
_looks: dict[str, Look] = {}


def look_again(matter: str, look: Look) -> None:
    """Let `look` be asked of each letter that leaves and whose `about` begins with this word. It may write its body."""
    _looks[matter] = look


def link(path: str) -> str:
    """The whole address of a page of this site, for a letter."""
    return str(settings.SITE_URL).rstrip("/") + path


def send(
    to: str,
    subject: str,
    body: str,
    *,
    about: str = "",
    after: int = 0,
    calendar: Sequence[str] = (),
    told: dict[str, Any] | None = None,
    stop: str = "",
    invitation: Invitation | None = None,
) -> Letter:
    """Write a letter to one address, to be sent within half a minute. Part of the caller's transaction.

    It sits out `after` passes first. One `about` a matter takes the place of that which still waits about the same.
    `told` is what its reader knows already, for whoever writes about the same matter before it has left.
    `calendar` are keys of the entries it is to carry, which whoever looks again writes.
    `invitation` is the one that it carries, if any.
    `stop` is a path to which mail programs may post for their owner, who wants no more letters of this kind (RFC 8058).
    """
    if about:
        _waiting_about(to, about).delete()
    return Letter.objects.create(
        to=to,
        subject=" ".join(subject.split())[:200],
        body=body,
        about=about,
        waits=after,
        calendar=list(calendar),
        told=told or {},
        stop=stop,
        invitation=invitation,
    )


def waiting_about(to: str, about: str) -> Letter | None:
    """The letter to this address about this matter that is still to leave."""
    return _waiting_about(to, about).first()


def take_back(about: str, to: str = "") -> None:
    """Send no letter about this matter that has not left yet; `to` one address none that was not tried yet either."""
    (_waiting_about(to, about) if to else Letter.objects.filter(about=about, sent_on=None)).delete()


def follow(old: str, new: str) -> None:
    """Send to another address of the same reader what waits for them and is about something. The rest is about the old
    address itself, as an invitation is, and stays."""
    Letter.objects.filter(to=old, sent_on=None, bounced=False).exclude(about="").update(to=new)


def waiting_matters(prefix: str) -> list[str]:
    """What the letters that wait are about, where that begins with `prefix`."""
    return list(
        Letter.objects.filter(about__startswith=prefix, sent_on=None).values_list("about", flat=True).distinct()
    )


def _waiting_about(to: str, about: str) -> QuerySet[Letter]:
    """One that was tried already may have arrived, so it is not among these."""
    return Letter.objects.filter(to=to, about=about, attempts=0, sent_on=None, bounced=False)


def send_waiting() -> int:
    """Send what is due, and return how many left. A letter that fails waits longer each time, up to an hour.

    Run by many at once it sends each letter once: a letter is claimed by a conditional update before it is sent.
    """
    waiting = Letter.objects.filter(sent_on=None, bounced=False)
    waiting.filter(waits__gt=0).update(waits=F("waits") - 1)
    due = list(waiting.filter(waits=0)[:BATCH])
    if not due:
        return 0
    connection = get_connection()
    try:
        connection.open()
    except failures():
        return 0
    with contextlib.closing(connection):
        return sum(_send_one(letter, connection) for letter in due)


def _send_one(letter: Letter, connection: BaseEmailBackend) -> bool:
    """Claim and send one letter; whether it left. A killed process leaves it claimed, so it is tried again later."""
    waits = min(3 * 2**letter.attempts, LONGEST_WAIT)
    mine = Letter.objects.filter(pk=letter.pk, attempts=letter.attempts, waits=0, sent_on=None)
    if not mine.update(attempts=F("attempts") + 1, waits=waits):
        return False
    row = Letter.objects.filter(pk=letter.pk)
    look = _looks.get(letter.about.partition(" ")[0])
    entries = look(letter) if look else ()
    if entries is None:
        row.delete()
        return False
    try:
        message_for(letter, connection, entries).send()
    except refusals():
        row.update(bounced=True, **GONE)
        return False
    except failures():
        return False
    row.update(sent_on=timezone.localdate(), waits=0, **GONE)
    forget_bounces(letter)
    return True


def message_for(
    letter: Letter, connection: BaseEmailBackend | None = None, entries: Sequence[CalendarEntry] = ()
) -> EmailMessage:
    """The letter as mail, with its entries for calendars.

    Its Message-ID is the same however often it is tried, so that a double is seen as one.
    """
    headers = {
        "Message-ID": f"<{letter.pk}@{urlsplit(settings.SITE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
    }
    if letter.stop:
        headers |= {"List-Unsubscribe": f"<{link(letter.stop)}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message = EmailMessage(letter.subject, letter.body, to=[letter.to], headers=headers, connection=connection)
    for number, (method, text) in enumerate(entries, start=1):
        # The method stands in the type too, or a mail program takes an invitation for a file.
        message.attach(f"meeting-{number}.ics", text, f"text/calendar; method={method}")
    return message


def bounced(addresses: Sequence[str], invitations: Sequence[Invitation] = ()) -> set[str | uuid.UUID]:
    """Those of `addresses` that a mail server refused for good, and that no later letter reached; and the ids of those
    `invitations` whose own letter it refused: what became of other letters to the same address would tell whoever
    invites that somebody is known here.
    """
    known, asked = set(addresses), {one.pk for one in invitations}
    refused = Letter.objects.filter(Q(to__in=known) | Q(invitation__in=asked), bounced=True)
    rows = list(refused.values_list("to", "invitation"))
    return {to for to, _invitation in rows if to in known} | {one for _to, one in rows if one in asked}


def forget_bounces(reached: Letter) -> None:
    """A letter reached its address: what came back from it before counts no more, but for other invitations."""
    Letter.objects.filter(
        Q(invitation=None) | Q(invitation=reached.invitation_id), bounced=True, to=reached.to
    ).delete()


def forget_bounces_of(invitation: Invitation) -> None:
    """An invitation is sent again."""
    Letter.objects.filter(bounced=True, invitation=invitation).delete()


class ConsoleAndFolderBackend(BaseEmailBackend):
    """Mail of the embedded configuration: shown on the console, and kept in `EMAIL_FILE_PATH` for a day."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Show and keep each mail; how many."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            (folder / f"{uuid.uuid4()}.eml").write_bytes(message.message().as_bytes())
            print(f"\nMail to {', '.join(message.to)}\n{message.subject}\n\n{message.body}\n", flush=True)  # noqa: T201
        return len(email_messages)
