"""The objection window: certified pages stay with the set until a fixed time, and what was objected to comes out of it.

Give, call back, tip out: each is one transaction. On the one side of the deadline stand ballots, on the other wishes
without a person; between them nothing but a shuffle. docs/anonymity.md, "Before it leaves", says what this holds shut.
"""

import secrets
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from random import Random
from typing import Final

from django.db import DatabaseError, connection, transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges import purge, sealing
from learningsets import mail
from learningsets.contracts import window_hours
from learningsets.models import Membership, Role
from learningsets.typing_habits import evened
from reports import ballots, letters
from reports.build import Built, build_document
from reports.document import DocumentError, loads
from reports.gate import Refused
from reports.models import Ballot, Outcome, Reader, Refusal, Release, Report, Window, Wish
from reports.models.release import State
from reports.models.window import MOST_SUGGESTED, Kind
from reports.objected import as_they_were, in_pages, objected_to, reworded_too_little, said_elsewhere
from reports.passages import extracts
from reports.sections import of_words
from sessions.models import Attendance

CONFIRMATION_HOURS: Final = 48
"""Source: docs/anonymity.md, "Before it leaves"."""


def give(release: Release, *, tell: bool = True) -> Window:
    """Let the set read exactly these pages until a fixed time; asked twice, it is one window.

    Each of `eligible` gets an empty ballot and (with `tell`) the same letter. Raises Refused when these are not the
    pages of the write-up as it stands, when they are not ready, or when an earlier version is with the set still.
    """
    with transaction.atomic():
        report = (
            Report.objects.select_for_update(of=("self",)).select_related("cohort__programme").get(pk=release.report_id)
        )
        open_one = Window.objects.filter(report=report, state=Window.State.OPEN).first()
        if open_one is not None and open_one.release_id == release.pk:
            return open_one
        built = build_document(report, "release", key=b"")
        if open_one is not None or built.input_hash != release.input_hash:
            raise Refused([Refusal(code="with_set", sentence=_still_with_the_set() if open_one else _changed())])
        objected = objected_to(report.pk)
        same = as_they_were(built.document, built.made_from, objected)
        if same or list(reworded_too_little(built, objected)):
            raise Refused([Refusal(code="objections", sentence=_objected_to())])
        if not Release.objects.filter(pk=release.pk, state=State.READY).update(state=State.WINDOW):
            raise Refused([Refusal(code="state", sentence=_not_ready())])
        if _print_otherwise(release, built):
            raise Refused([Refusal(code="changed", sentence=_of_an_earlier_version())])
        window = _opened(release, report, built)
        if tell:
            _tell(window)
        return window


def open_window(report: Report, but: str) -> Window | None:
    """The window in which the set reads other pages of a report than those that are made of `but`, an input hash."""
    found = Window.objects.filter(report=report, state=Window.State.OPEN).exclude(release__input_hash=but)
    return found.select_related("release", "report__cohort").defer("release__pdf", "release__document").first()


def eligible(report: Report) -> list[Membership]:
    """Who may read what would leave of a report, and object to it.

    Everybody in the set now; who was at a meeting that it covers, or may have written what its boxes held, and has left
    since; and whoever could at an earlier window of this report, so that nobody's objection can be told by taking them
    out of the set before the next one.
    """
    there = Q(attendances__meeting__coverage__report=report, attendances__status=Attendance.Status.PRESENT)
    # What lay in a box that was carried over may be by somebody who was not there when it was tipped out.
    wrote = Q(boxes__box__prompts__meeting__coverage__report=report, boxes__role=Role.PARTICIPANT)
    those = Q(left_on=None) | there | wrote | Q(readings__window__report=report)
    return list(Membership.objects.filter(those, cohort=report.cohort_id).distinct().order_by("pk"))


def time_to_read(release: Release) -> str:
    """How long the set has for these pages if they are given to it now, and why so long: a sentence."""
    report, readers = release.report, eligible(release.report)
    passages = {one.digest for one in extracts(loads(release.document))}
    confirmation = _is_confirmation(report, passages, build_document(report, "release", key=b""))
    hours = _hours(report, readers, confirmation=confirmation)
    if confirmation:
        told = _("They have {time}: nothing has changed since they read it but what was objected to.")
    elif hours > window_hours(report.cohort, readers):
        told = _("They have {time}: that is the least where the set has had pages of this report before.")
    else:
        told = _("They have {time}: that is what your contract sets.")
    days = hours // 24
    time = ngettext("{n} day", "{n} days", days) if days else ngettext("{n} hour", "{n} hours", hours)
    return told.format(time=time.format(n=days or hours))


def call_back(window: Window) -> bool:
    """End a window before its time; its ballots are destroyed unread. False when it is over already."""
    with transaction.atomic():
        purge.commit_durably()
        mine = Window.objects.filter(pk=window.pk, state=Window.State.OPEN, closes_at__gt=timezone.now())
        if not mine.update(state=Window.State.CALLED_BACK):
            return False
        _clear(window, State.READY)
    return True


def tip_due() -> int:
    """Tip out every window whose time has come, give up those whose key is gone, and finish what an earlier call could
    not. How many were tipped out."""
    waiting = Window.objects.filter(state=Window.State.OPEN).order_by("pk")
    for window in waiting:
        if not sealing.has_key(ballots.key_name(window)):
            _give_up(window)
    tipped = 0
    failed: list[DatabaseError | DocumentError] = []
    for window in waiting.filter(closes_at__lte=timezone.now() - Window.LAST_TURN):
        try:
            tipped += tip_out(window)
        except (DatabaseError, DocumentError) as error:  # one that cannot be tipped out keeps no other waiting
            failed.append(error)
    finish()
    if failed:
        raise failed[0]
    return tipped


def tip_out(window: Window, rng: Random | None = None, *, tell: bool = True) -> bool:
    """Tip out a window whose deadline has passed, and the turn after it; whether this call did it. `rng` shuffles.

    If one ballot cannot be opened nobody knows what was objected to: the window is lost, and does not count. What is
    objected to in a confirmation, or was put in general words after an objection, is kept out from now on. Keys are
    destroyed and tables rewritten after the commit. With `tell`, the facilitators get a letter, however it ended.
    """
    with transaction.atomic():
        purge.commit_durably()
        over = timezone.now() - Window.LAST_TURN
        mine = Window.objects.filter(pk=window.pk, state=Window.State.OPEN, closes_at__lte=over)
        if not mine.update(state=Window.State.CLOSED):
            return False
        if tell:
            letters.reading_is_over(window.release)
        try:
            cast = ballots.opened(window)
        except ballots.ClosedError:
            Window.objects.filter(pk=window.pk).update(state=Window.State.LOST)
            _clear(window, State.READY)
            return False
        wishes = _wishes(window, cast, rng or secrets.SystemRandom())
        Wish.objects.bulk_create(wishes)
        digests = {wish.digest for wish in wishes}
        if window.round != Window.Round.CONFIRMATION and digests:
            general = {of_words(one.wording) for one in window.report.outcomes.all() if one.wording}
            digests = {one for one in digests if not general.isdisjoint(window.made_from.get(one, ()))}
        _keep_out(window, digests)
        _clear(window, State.OBJECTED if wishes else State.READY)
    return True


def finish() -> bool:
    """Destroy the keys of windows that are over, and rewrite the tables. Whether nothing is left to do.

    Within a transaction it does nothing; whatever is in the way, or cut off by a crash, the next sweep goes on.
    """
    if connection.in_atomic_block:
        return False
    emptied = Window.objects.exclude(state=Window.State.OPEN).filter(purged=False)
    windows = list(emptied)
    if not windows:
        return True
    clean = purge.clear_away([ballots.key_name(window) for window in windows], (Ballot, Wish))
    if clean:
        emptied.filter(pk__in=[window.pk for window in windows]).update(purged=True)
    return clean


def has_passed(release: Release) -> bool:
    """Whether the set has read exactly these pages for as long as it may, and nothing in them waits for a change.

    Nothing in them was objected to in any version, nor their prose in another report, and the set reads none now. A
    window about them ran to its end, and neither in it nor in a later one of the report did anybody object; or the last
    objections were made in a confirmation, and these pages differ from those in nothing but what is kept out.
    """
    if Window.objects.filter(report=release.report_id, state=Window.State.OPEN).exists():
        return False
    before = objected_to(release.report_id)
    if in_pages(release, before) or said_elsewhere(release, before):
        return False
    over = Window.objects.filter(report=release.report_id, state=Window.State.CLOSED)
    objected = over.filter(wishes__isnull=False).order_by("-number").first()
    undisputed = over.filter(release=release, wishes=None, number__gt=objected.number if objected else 0)
    if undisputed.exists():
        return True
    if objected is None or objected.round != Window.Round.CONFIRMATION:
        return False
    as_read = build_document(release.report, "release", key=b"", without=objected)
    return as_read.input_hash == objected.release.input_hash


def _opened(release: Release, report: Report, built: Built) -> Window:
    """A new window with its key, its readers and their empty ballots."""
    passages = extracts(loads(release.document))
    confirmation = _is_confirmation(report, {one.digest for one in passages}, built)
    readers = eligible(report)
    last = Window.objects.filter(report=report).aggregate(last=Max("number"))["last"] or 0
    window = Window.objects.create(
        report=report,
        release=release,
        number=last + 1,
        round=Window.Round.CONFIRMATION if confirmation else Window.Round.FIRST,
        made_from={one.digest: sorted(names) for one in passages if (names := built.made_from.get(one.digest))},
        closes_at=timezone.now().replace(second=0, microsecond=0)
        + timedelta(hours=_hours(report, readers, confirmation=confirmation), minutes=1),
    )
    Reader.objects.bulk_create([Reader(window=window, membership=one, role=one.role) for one in readers])
    ballots.issue(window, [one.pk for one in readers], len(passages))
    return window


def _hours(report: Report, readers: Iterable[Membership], *, confirmation: bool) -> int:
    """How long readers have for a report that is given to them now."""
    if confirmation:
        return CONFIRMATION_HOURS
    # Never an hour at night for the second reading: whose objection does not come again then would be known.
    least = CONFIRMATION_HOURS if Window.objects.filter(report=report).exists() else 0
    return max(window_hours(report.cohort, readers), least)


def _print_otherwise(release: Release, built: Built) -> bool:
    """Whether pages that were made under earlier rules say something in other letters than the same write-up would now:
    an objection to it would hold nothing, since nobody could say what it was made from."""
    made, now = (extracts(document) for document in (loads(release.document), built.document))
    return {one.digest for one in made} != {one.digest for one in now}


def _is_confirmation(report: Report, digests: set[str], built: Built) -> bool:
    """Whether 48 hours are enough: the set has read these passages in a first window that ended with objections, all
    but those that were put in general words after it. Whatever else is new has the whole time."""
    over = Window.objects.filter(report=report, state=Window.State.CLOSED).select_related("release")
    latest = over.order_by("-number").first()
    if latest is None or latest.round != Window.Round.FIRST or not latest.wishes.exists():
        return False
    read = {one.digest for one in extracts(loads(latest.release.document))}
    return digests <= read | built.reworded


def _tell(window: Window) -> None:
    """The same letter to each reader, in the set's language. It says nothing of the report, nor why it comes again."""
    readers = window.readers.select_related("membership__user").order_by("membership_id")
    with translation.override(window.report.cohort.language):
        if window.number == 1:
            subject = _("Read it before it leaves")
            words = _(
                "A report of your learning set can be read before it leaves, until %(when)s (%(zone)s). Whoever finds"
                " themselves recognisable in it can say so there, without being named. It is here:"
            )
        else:
            subject = _("Read it once more before it leaves")
            words = _(
                "A report of your learning set that was with you before is with you once more, until %(when)s"
                " (%(zone)s). What is new in it is marked. An earlier reading that was called back counts for nothing:"
                " whoever objected then, and still wants to, says so again. It is here:"
            )
        body = words % {"when": window.until, "zone": window.report.cohort.time_zone}
    for reader in readers:
        link = mail.link(reverse("reports:reading"))
        mail.send(reader.membership.user.email, subject, f"{body}\n\n{link}\n", about=f"reading {window.pk}")


def _wishes(window: Window, cast: Iterable[ballots.Cast], rng: Random) -> list[Wish]:
    """One wish for each different passage of which something is wanted, in an order that owes nothing to who they are.

    Wherever its words stand, they are named where they stand first. Whoever wants it out prevails over who wants it in
    general words, and of several suggestions one is drawn: two rows, or a row that says two things, would say two.
    """
    passages = extracts(loads(window.release.document))
    named, first = {one.name: one for one in passages}, {one.digest: one for one in reversed(passages)}
    wanted: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for ballot in cast:
        for name, what in ballot.wishes.items():
            if name in named:
                wanted[named[name].digest].add((what.kind, evened(what.wording)[:MOST_SUGGESTED]))
    wishes = []
    for digest, those in sorted(wanted.items()):
        out = any(kind == Kind.OBJECT for kind, _wording in those)
        suggested = sorted({wording for _kind, wording in those if wording and not out})
        wishes.append(
            Wish(
                window=window,
                position=first[digest].position,
                digest=digest,
                kind=Kind.OBJECT if out else Kind.GENERALISE,
                wording=rng.choice(suggested) if suggested else "",
            )
        )
    rng.shuffle(wishes)
    return wishes


def _keep_out(window: Window, digests: Iterable[str]) -> None:
    """Print nothing, from now on, of passages that were objected to once more, or of what was put in their place."""
    for digest in sorted(digests):
        kept_out = {"verdict": Outcome.Verdict.KEPT_OUT, "wording": "", "window": window}
        Outcome.objects.update_or_create(report_id=window.report_id, digest=digest, defaults=kept_out)


def _give_up(window: Window) -> None:
    """End a window whose key is gone: a backup was restored, and backups leave the keys out."""
    with transaction.atomic():
        if Window.objects.filter(pk=window.pk, state=Window.State.OPEN).update(state=Window.State.LOST):
            _clear(window, State.READY)


def _clear(window: Window, state: State) -> None:
    """Delete a window's ballots, and move its release on. Part of the caller's transaction."""
    Ballot.objects.filter(window=window).delete()
    Release.objects.filter(pk=window.release_id, state=State.WINDOW).update(state=state)
    transaction.on_commit(finish)


def _objected_to() -> str:
    return _(
        "A passage of these pages was objected to, in this version, in another or in another report of your set. The"
        " page of the report says which, and what to do. Then make the pages again."
    )


def _still_with_the_set() -> str:
    return _("An earlier version is with the set still. Call it back first, or wait until its time is over.")


def _changed() -> str:
    return _(
        "Something changed after these pages were made: the text, a decision, or who is known to the set."
        " Make them again, then give the new ones to the set."
    )


def _of_an_earlier_version() -> str:
    return _(
        "These pages were made by an earlier version of this service, and some words in them would print otherwise now."
        " Change something in the write-up, if only a full stop, and make them again."
    )


def _not_ready() -> str:
    return _("These pages are not ready to be given to the set. Look at the report again.")
