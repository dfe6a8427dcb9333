"""What a facilitator decided about words that might identify, and which labels members agreed to."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, cast

from django.db import transaction

from learningsets import floors
from learningsets.models import Cohort, Identifier, Membership
from learningsets.models.identifier import Kind
from reports.anonymity.deidentify import deidentify
from reports.anonymity.findings import NAME_OR_WORD, ORGANISATION_OR_WORD, ROLE_OF_FEW, SMALL_SYSTEM, SOLE_ROLE
from reports.anonymity.findings import Decision as Ruling
from reports.anonymity.findings import Verdict as Ruled
from reports.anonymity.fold import fold
from reports.models import Clearance, Decision, Report
from reports.models.report import Verdict
from reports.roster import SetRoster, roster_of, stands_for
from sessions.models import Attendance

ON_THE_ROSTER = (NAME_OR_WORD, ORGANISATION_OR_WORD, ROLE_OF_FEW, SMALL_SYSTEM, SOLE_ROLE)
"""Findings that rest on what the roster knows, not on how a word looks."""
LABELS: Final = (ROLE_OF_FEW, SMALL_SYSTEM, SOLE_ROLE)
"""Findings about a label that may stay only once everyone it covers has cleared it."""


def roster_for(report: Report) -> SetRoster:
    """The roster under which this report is written, with the labels that may be named in it."""
    shared = shared_by(report)
    roster = roster_of(report.cohort, may_name=may_name(report, shared))
    systems = tuple(replace(system, holders=shared[system.name]) for system in roster.systems)
    return replace(roster, systems=systems)


def own_names(report: Report, roster: SetRoster) -> tuple[str, ...]:
    """The programme's title and the set's name, which may stand in what facilitators write, unless anybody or anything
    on the roster is called so."""
    names = (report.cohort.programme.title, report.cohort.name)
    return tuple(name for name in names if _is_nobodys(name, roster))


def _is_nobodys(name: str, roster: SetRoster) -> bool:
    """Whether `name` is no identity of the roster, nor looks like one, wherever it stands in a sentence."""
    for text in (name, f"We met {name} there.", f"We met Ms {name} there."):
        read = deidentify(text, roster)
        if read.removed or any(finding.why in ON_THE_ROSTER for finding in read.open):
            return False
    return True


def rulings(report: Report, roster: SetRoster) -> tuple[Ruling, ...]:
    """The decisions that still count. A "keep" is void, and is asked again, when what it rests on is no longer so
    (`reports.roster.stands_for`); general words, when they may be somebody's name or employer by now."""
    return tuple(
        Ruling(
            words=row.words,
            verdict=cast(Ruled, row.verdict),
            wording=row.wording,
            reason=row.reason,
            sentence=row.sentence,
        )
        for row in report.decisions.all()
        if _still_counts(row, roster)
    )


def _still_counts(row: Decision, roster: SetRoster) -> bool:
    if row.verdict == Verdict.KEEP:
        return row.rests_on == stands_for(roster, row.sentence or row.words)
    lead, _words, rest = row.sentence.partition(row.words)
    read = deidentify(f"{lead}{row.wording}{rest}", roster)
    begin, end = len(lead), len(lead) + len(row.wording)
    return not any(one.why in ON_THE_ROSTER and one.start < end and begin < one.end for one in read.open)


def decided_elsewhere(report: Report) -> dict[str, tuple[str, Ruling]]:
    """By folded words, what was decided about them in another report of the set, and that report's title.

    Only under the set's people as they are now: when somebody joins it or gets another name, all of it is forgotten. It
    is an offer and counts for nothing until it is taken in this report: nobody else's pages change because of it.
    """
    ours = roster_of(report.cohort, own=True).own
    elsewhere = Decision.objects.filter(report__cohort=report.cohort_id, rests_on__startswith=ours)
    rows = elsewhere.exclude(report=report).select_related("report").order_by("pk")  # of several the last
    return {
        fold(row.words): (row.report.title, Ruling(row.words, cast(Ruled, row.verdict), row.wording, row.reason))
        for row in rows
    }


def decide(
    report: Report, words: str, verdict: Verdict | str, *, wording: str = "", reason: str = "", sentence: str = ""
) -> None:
    """Remember one decision, as `decide_all` does."""
    decide_all(report, [Ruling(words, cast(Ruled, str(verdict)), wording, reason, sentence)])


def decide_all(report: Report, decisions: Iterable[Ruling]) -> None:
    """Remember decisions, all or none; a second one about the same words (in the same sentence) takes its place.

    The database refuses a "keep" without a reason and a "generalise" without a wording (IntegrityError).
    """
    roster = roster_of(report.cohort)
    with transaction.atomic():
        for one in decisions:
            rests_on = stands_for(roster, one.sentence or one.words)
            now = {"verdict": one.verdict, "wording": one.wording, "reason": one.reason, "rests_on": rests_on}
            Decision.objects.update_or_create(report=report, words=one.words, sentence=one.sentence, defaults=now)


def labels(cohort: Cohort) -> dict[str, list[Membership]]:
    """Each health system, organisation and job title of a set, with every member it covers, leavers too."""
    covered: dict[str, list[Membership]] = defaultdict(list)
    members = Membership.objects.filter(cohort=cohort).select_related("user", "organisation").order_by("user__name")
    for member in members:
        employer = member.organisation.name if member.organisation else ""
        for label in {member.health_system, employer, member.job_title} - {""}:
            covered[label].append(member)
    return dict(sorted(covered.items()))


def shared_by(report: Report) -> Counter[str]:
    """How many people share each label, as far as it counts towards the ten that let it be named in this report.

    Those who were at its meetings count, and of whom nothing else of that kind was ever said: neither who was invited
    since, nor what somebody was since made to be, lets a label be named.
    """
    said: dict[tuple[object, str], set[str]] = defaultdict(set)
    kinds = (Kind.HEALTH_SYSTEM, Kind.ORGANISATION, Kind.JOB_TITLE)
    ever = Identifier.objects.filter(cohort__programme=report.cohort.programme_id, kind__in=kinds)
    for user, kind, value in ever.values_list("user", "kind", "value"):
        said[user, kind].add(value.casefold())
    there = Attendance.Status.PRESENT
    came = Membership.objects.filter(
        cohort=report.cohort_id, attendances__status=there, attendances__meeting__coverage__report=report
    )
    people: dict[str, set[object]] = defaultdict(set)
    for member in came.participants().select_related("organisation").distinct():
        employer = member.organisation.name if member.organisation else ""
        for kind, label in zip(kinds, (member.health_system, employer, member.job_title), strict=True):
            if label and said[member.user_id, kind] <= {label.casefold()}:
                people[label].add(member.user_id)
    return Counter({label: len(those) for label, those in people.items()})


def clear(report: Report, label: str, members: Iterable[Membership]) -> None:
    """Record that each of `members` agreed to `label` being named in this report."""
    for member in members:
        Clearance.objects.get_or_create(report=report, label=label, membership=member)


def may_name(report: Report, shared: Mapping[str, int]) -> tuple[str, ...]:
    """The labels that ten people share (`shared_by`), or that every member they cover has cleared for this report.

    Source of the ten: learningsets.floors.LABEL.
    """
    given: dict[str, set[object]] = defaultdict(set)
    for clearance in report.clearances.all():
        given[clearance.label].add(clearance.membership_id)
    return tuple(
        label
        for label, covered in labels(report.cohort).items()
        if shared[label] >= floors.LABEL or {member.pk for member in covered} <= given[label]
    )
