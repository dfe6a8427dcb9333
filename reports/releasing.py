"""The verbs by which a report leaves the set: ask for its pages, release those very bytes, withdraw them."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from learningsets.models import Programme
from reports import letters, titles
from reports.build import Built, as_it_would_print, build_document
from reports.covering import named
from reports.gate import Refused, differs_too_little, obstacles, printed_by_others, singles_out, still_names
from reports.models import Coverage, Refusal, Release, Report
from reports.models.release import State
from reports.tasks import enqueue
from reports.windows import has_passed
from sessions.models import Meeting


def prepare(meeting: Meeting, title: str = "", period: str = "") -> Report:
    """The report of a meeting, made on the first call and found on every other one. Raises ValueError before the tip.

    Without a title and period it has those that `covering.named` gives it.
    """
    if meeting.state != Meeting.State.TIPPED:
        raise ValueError("A report is prepared once the meeting's box has been tipped out.")
    coverage = Coverage.objects.filter(meeting=meeting).select_related("report").first()
    if coverage is not None:
        return coverage.report
    try:
        with transaction.atomic():
            number, month = named([meeting])
            report = Report.objects.create(cohort=meeting.cohort, title=title or number, period=period or month)
            Coverage.objects.create(report=report, meeting=meeting)
    except IntegrityError:  # a second click was quicker
        return Coverage.objects.select_related("report").get(meeting=meeting).report
    return report


def request_candidate(report: Report) -> Release:
    """A release of the write-up as it stands, queued for a worker; the same inputs give the same row.

    Raises Refused with everything that stands in the way.
    """
    built = build_document(report, "release", key=b"")
    found = obstacles(report, built)
    if found:
        raise Refused(found)
    with transaction.atomic():
        Report.objects.select_for_update().get(pk=report.pk)
        last = Release.objects.filter(report=report).aggregate(last=Max("number"))["last"] or 0
        release, made = Release.objects.get_or_create(
            report=report,
            input_hash=built.input_hash,
            defaults={"number": last + 1, "enqueued_at": timezone.now()},
        )
        if release.state == State.WITHDRAWN:
            raise Refused([Refusal(code="withdrawn", sentence=_withdrawn())])
        if made:
            enqueue(release.pk)
    if release.state == State.FAILED:
        retry(release)
    return release


def retry(release: Release) -> bool:
    """Queue a failed release again with a full number of attempts. False when it had not failed."""
    with transaction.atomic():
        again = Release.objects.filter(pk=release.pk, state=State.FAILED).update(
            state=State.QUEUED, attempts=0, claim=None, failure="", refusals=[], enqueued_at=timezone.now()
        )
        if again:
            enqueue(release.pk)
    return bool(again)


def publish(release_id: UUID, sha256: str) -> Release:
    """Release exactly the bytes named by `sha256`, and tell the organisers. An earlier version is replaced by it.

    Raises Refused when they are not the certified bytes, when what they were made from has changed since, when the set
    has not read them or has objected (`reports.windows.has_passed`), or when another release has left meanwhile beside
    which these would single somebody out.
    """
    with transaction.atomic():
        # Two releases of one programme go through here one after the other: each must see the other's contributions.
        # The programme is locked before any release of it, so that no two wait for each other. Nor does anybody become
        # known to it (`Identifier.objects.remember`) after it was looked at who is, and before this one leaves.
        programme = Programme.objects.select_for_update(of=("self",)).get(cohorts__reports__releases=release_id)
        release = (
            Release.objects.select_for_update(of=("self",))
            .select_related("report__cohort__programme")
            .get(pk=release_id)
        )
        if release.state == State.RELEASED and release.sha256 == sha256:
            return release
        built = _must_be_current(release)
        _must_have_been_read(release)
        mine = frozenset(release.printed.values_list("contribution", flat=True))
        others = printed_by_others(programme, release)
        if differs_too_little(mine, others) or singles_out(release.report, built, others):
            raise Refused([Refusal(code="differencing", sentence=_singled_out())])
        edition = 1 + max((earlier.edition for earlier in release.report.releases.left().without_bytes()), default=0)
        _replace_what_is_out(release, by=edition)
        these = Release.objects.filter(pk=release_id, state=State.READY, sha256=sha256)
        certificate = release.certificate | {"edition": edition}
        if not these.update(state=State.RELEASED, released_on=timezone.now().date(), certificate=certificate):
            raise Refused([Refusal(code="bytes", sentence=_not_these())])
        titles.remember(release_id, release.document)
        letters.report_released(programme)
    release.refresh_from_db()
    return release


def withdraw(release_id: UUID, reason: str) -> bool:
    """Take a release back at once, and tell the organisers: nobody can download it any more. False when it was not out.

    `reason` is read by organisers too, so it passes the boundary like everything else that leaves.
    """
    release = Release.objects.without_bytes().select_related("report__cohort__programme").get(pk=release_id)
    cohort = release.report.cohort
    with transaction.atomic():
        taken_back = Release.objects.filter(pk=release_id, state=State.RELEASED).update(
            state=State.WITHDRAWN,
            withdrawn_on=timezone.now().date(),
            withdrawn_reason=str(as_it_would_print(cohort, reason))[:500],
        )
        if taken_back:
            letters.report_withdrawn(cohort.programme)
    return bool(taken_back)


def _replace_what_is_out(release: Release, by: int) -> None:
    """Take back the version that is out of the report of `release`, if there is one, for the edition that comes."""
    Release.objects.filter(report=release.report, state=State.RELEASED).update(
        state=State.WITHDRAWN,
        withdrawn_on=timezone.now().date(),
        withdrawn_reason=_("Replaced by version {number}.").format(number=by),
    )


def _must_be_current(release: Release) -> Built:
    """What the pages were made of. Raises Refused when answers, decisions, people or the write-up are others now."""
    built = build_document(release.report, "release", key=b"")
    if built.input_hash != release.input_hash:
        raise Refused([Refusal(code="changed", sentence=_changed())])
    if names := still_names(built, release.document):
        raise Refused(names)
    return built


def _must_have_been_read(release: Release) -> None:
    """Raise Refused before the set's time for exactly these pages is over without objection."""
    if not has_passed(release):
        raise Refused([Refusal(code="window", sentence=_unread())])


def _withdrawn() -> str:
    return _("Exactly these pages were withdrawn. Change what was wrong with them, then make new ones.")


def _singled_out() -> str:
    return _(
        "Another report left meanwhile. Beside it, this one would single out the words of fewer than five people."
        " Make the pages again; the page will say what to change."
    )


def _unread() -> str:
    return _(
        "These pages leave only when the set could read them until its time was over, and nobody objected."
        " Give them to the set first."
    )


def _not_these() -> str:
    return _("These are not the pages that were checked. Look at the report again before you release it.")


def _changed() -> str:
    return _(
        "Something changed after these pages were made: the text, a decision, or who is known to the set."
        " Make them again."
    )
