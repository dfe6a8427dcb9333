"""From rows to a workshop file: what `importing` reads, so that writing, importing and writing again changes no byte.

What leads from a person to an answer is not in the rows, and the file has no place for it. Answers stand in an order
that their own words make. What was given to the set alone, what too few let be reported, and challenges that their
owners keep to themselves are not in it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from challenges.models import Challenge, Visibility
from learningsets import floors
from learningsets.identifiers import invited_organisers
from learningsets.models import Identifier, Membership, Role
from learningsets.models.identifier import Kind
from reports import write_up as raw
from reports.build import Told, told_and_asked
from reports.models import Report, Wish
from reports.review import labels, roster_for, rulings
from reports.sections import Asked
from reports.workshop import schema
from reports.workshop.knowledge import known, organisations
from reports.workshop.problems import WorkshopError
from reports.workshop.reading import read
from reports.workshop.texts import decisions as wrong_decisions
from reports.workshop.texts import names_employer
from reports.workshop.writing import tidied, write
from sessions.models import Attendance, Meeting

ROLES = ("participant", "facilitator", "organiser")
_SAID: Final[dict[str, Any]] = {came: words for words, came in schema.CAME.items()}


class ExportError(ValueError):
    """A report that no workshop file can hold. The message says why, in a line for each reason."""


def export_workshop(report: Report) -> bytes:
    """`report`, its meetings, its set and their people as a workshop file.

    Raises ExportError for what the file has no place for, and for stored values that the import would refuse.
    """
    covered = report.coverages.select_related("meeting").order_by("meeting__starts_at", "meeting")
    meetings = [coverage.meeting for coverage in covered]
    if not meetings:
        raise ExportError("This report covers no meeting, and a workshop file holds one at least.")
    if Wish.objects.filter(window__report=report).exists():
        raise ExportError("Passages of this report were objected to, and no file can say what became of them.")
    try:
        written = _without_hidden(raw.read(report.content))
        content = write(_with_what_decides(_Export(report, meetings, written).workshop()))
    except raw.WriteUpError as broken:
        place = f"The stored write-up cannot be read at “{broken}”."
        raise ExportError(f"{place} A later version of this service stored it, or it is damaged.") from broken
    except IndexError as broken:
        raise ExportError("An arrow or the cycle of the scheme leads to a box that is not there.") from broken
    try:
        read(content)
    except WorkshopError as wrong:
        raise ExportError("\n".join(f"{one.field}: {one.message}" for one in wrong.problems)) from wrong
    return content


def _without_hidden(written: raw.WriteUp) -> raw.WriteUp:
    """What is not hidden: a file has no way to say so, and the import would print it."""
    return replace(written, sections=tuple(part for part in written.sections if not part.hidden), removed=())


def _with_what_decides(workshop: schema.Workshop) -> schema.Workshop:
    """`workshop`, tidied, without decisions about words that do not stand in it any more."""
    tidy = tidied(workshop)
    idle = {int(found[1]) for path, _ in wrong_decisions(tidy) if (found := re.match(r"decisions\[(\d+)\]", path))}
    return replace(tidy, decisions=tuple(one for n, one in enumerate(tidy.decisions, start=1) if n not in idle))


class _Export:
    """One export: the rows it needs, and a step for each part of the file."""

    def __init__(self, report: Report, meetings: Sequence[Meeting], written: raw.WriteUp) -> None:
        self.report, self.meetings, self.written = report, meetings, written
        self.cohort, self.programme = report.cohort, report.cohort.programme
        places = self.programme.memberships.filter(cohort=self.cohort) | self.programme.memberships.organisers()
        people = places.select_related("user", "organisation").order_by("user__name", "user__email")
        self.members = sorted(people, key=lambda member: ROLES.index(member.role))
        self.identifiers = [
            *Identifier.objects.filter(cohort=self.cohort),
            *invited_organisers(self.programme.pk),
        ]
        told, asked = told_and_asked(report, written)
        self.told: Iterator[Told] = iter(told)
        self.asked = asked
        came = Attendance.objects.filter(meeting__in=meetings, status=Attendance.Status.PRESENT)
        came = came.filter(membership__role=Role.PARTICIPANT)
        self.present: dict[Any, set[Any]] = {meeting.pk: set() for meeting in meetings}
        for meeting_id, membership_id in came.values_list("meeting", "membership"):
            self.present[meeting_id].add(membership_id)
        self.challenges = self._challenges()

    def workshop(self) -> schema.Workshop:
        """The whole file, without what the import would know by itself."""
        people = tuple(self._person(member) for member in self.members)
        first, *further = map(self._meeting, self.meetings)
        guests = [guest for meeting in (first, *further) for guest in meeting.guests]
        report = self._report()
        challenges = tuple(_challenge(one) for one in sorted(self.challenges.values(), key=_by_title))
        listed = organisations(
            self.identifiers, self.members, guests, partial(names_employer, (report, challenges), self.cohort.language)
        )
        return schema.Workshop(
            programme=self._programme(),
            set=self._set(),
            people=people,
            meeting=first,
            report=report,
            organisations=listed,
            challenges=challenges,
            decisions=self._decisions(),
            clearances=self._clearances(),
            remembered=known(self.identifiers, self.members, listed, guests),
            further_meetings=tuple(further),
        )

    def _programme(self) -> schema.Programme:
        one = self.programme
        return schema.Programme(
            title=one.title,
            convenor=one.convenor,
            season=one.season,
            audience=one.audience,
            purpose=one.purpose,
            aims=tuple(one.aim_list),
            theory=tuple(one.theory_list),
            paper=cast(Any, one.paper),
        )

    def _set(self) -> schema.LearningSet:
        one = self.cohort
        return schema.LearningSet(
            name=one.name,
            language=cast(Any, one.language),
            time_zone=one.time_zone,
            country=one.country,
            report_floor=one.report_floor,
            block_floor=one.block_floor,
            theme_floor=one.theme_floor,
        )

    def _person(self, member: Membership) -> schema.Person:
        others = (
            row.value for row in self.identifiers if row.user_id == member.user_id and row.kind == Kind.OTHER_NAME
        )
        return schema.Person(
            name=member.user.name,
            email=member.user.email,
            role=cast(Any, member.role),
            organisation=member.organisation.name if member.organisation else "",
            job_title=member.job_title,
            health_system="" if member.role == Role.ORGANISER else member.health_system,
            other_names=tuple(sorted(set(others) - {member.user.name})),
            left=member.left_on,
        )

    def _meeting(self, meeting: Meeting) -> schema.Meeting:
        zone = ZoneInfo(self.cohort.time_zone)
        begins, ends = meeting.starts_at, meeting.starts_at + timedelta(minutes=meeting.minutes)
        participants = (member for member in self.members if member.role == Role.PARTICIPANT)
        guests = meeting.guests.order_by("name", "organisation")
        return schema.Meeting(
            begins=begins.astimezone(zone).replace(tzinfo=None),
            ends=ends.astimezone(zone).replace(tzinfo=None),
            place=meeting.place,
            absent=tuple(member.user.name for member in participants if member.pk not in self.present[meeting.pk]),
            guests=tuple(schema.Guest(guest.name, guest.organisation) for guest in guests),
        )

    def _challenges(self) -> dict[str, Challenge]:
        """The challenges that published questions come from, by id, as long as their owners share them with the set."""
        parts = (part for part in self.written.sections if isinstance(part, raw.Questions))
        named = {question.challenge for part in parts for question in part.questions}
        shared = Challenge.objects.filter(owner__cohort=self.cohort, owner__role=Role.PARTICIPANT)
        shared = shared.filter(visibility=Visibility.SET).select_related("owner__user")
        return {str(challenge.pk): challenge for challenge in shared if str(challenge.pk) in named}

    def _report(self) -> schema.Report:
        sections = (self._section(part) for part in self.written.sections)
        return schema.Report(
            title=self.report.title,
            period=self.report.period,
            sections=tuple(section for section in sections if section is not None),
            rule=self.written.rule,
            action_learning=self.written.action_learning,
        )

    def _section(self, part: raw.Section) -> schema.Section | None:
        """One section in the words of the file; None for one that holds nothing."""
        match part:
            case raw.Session():
                return schema.Session(part.day, part.number, part.title, part.paragraphs)
            case raw.Concepts():
                return schema.Concepts(tuple(_cluster(cluster) for cluster in part.clusters), part.introduction)
            case raw.Scheme():
                return _scheme(part)
            case raw.Contexts():
                profiles = (schema.Profile(profile.heading, profile.bullets) for profile in part.profiles)
                return schema.Contexts(tuple(profiles), part.introduction)
            case raw.Questions():
                return schema.Questions(tuple(self._question(one) for one in part.questions), part.introduction)
            case raw.Themes():
                return schema.Themes(tuple(self._theme(theme) for theme in part.themes), part.introduction)
            case raw.Answers():
                return self._answers(part)
            case raw.NextSteps():
                return schema.NextSteps(part.items)
            case raw.Attendance() | raw.Evaluation():
                return _bands(part)

    def _question(self, one: raw.Question) -> schema.Question:
        challenge = self.challenges.get(one.challenge)
        return schema.Question(one.text, one.gloss, challenge.title if challenge else "")

    def _theme(self, theme: raw.Theme) -> schema.Theme:
        """A theme with the number of people it rests on: whose challenges and which answers those are, is not said."""
        people = next(self.told).people
        return schema.Theme(theme.title, theme.paragraphs, min(people, max(map(len, self.present.values()))))

    def _answers(self, part: raw.Answers) -> schema.Answers | None:
        """The closing questions, where they stand for the first time."""
        asked, self.asked = self.asked, ()
        closing = tuple(self._closing(*one, left_out=one[1].id in part.left_out) for one in asked)
        return schema.Answers(closing) if closing else None

    def _closing(self, meeting: Meeting, one: Asked, *, left_out: bool) -> schema.Closing:
        """A closing question. No file says more authors than were there; what they would be too few for is left out."""
        authors = min(one.authors, len(one.answers), len(self.present[meeting.pk]))
        place = self.meetings.index(meeting) + 1
        if left_out or authors < max(floors.BLOCK, self.cohort.block_floor):
            return schema.Closing(one.prompt, 0, (), place)
        return schema.Closing(one.prompt, authors, tuple(text for _, text in one.answers), place)

    def _decisions(self) -> tuple[schema.Decision, ...]:
        """The decisions that count: a "keep" that is void would be given new life by the import."""
        made = rulings(self.report, roster_for(self.report))
        return tuple(
            schema.Decision(one.words, one.verdict, one.wording, one.reason, one.sentence)
            for one in sorted(made, key=lambda one: (one.words, one.sentence))
        )

    def _clearances(self) -> tuple[schema.Clearance, ...]:
        """Who agreed to which label, as far as it covers them still."""
        agreed: dict[str, list[str]] = {}
        names = {member.pk: member.user.name for member in self.members}
        covered = {label: {member.pk for member in members} for label, members in labels(self.cohort).items()}
        for given in self.report.clearances.all():
            if given.membership_id in covered.get(given.label, ()):
                agreed.setdefault(given.label, []).append(names[given.membership_id])
        return tuple(schema.Clearance(label, tuple(sorted(who))) for label, who in sorted(agreed.items()))


def _by_title(one: Challenge) -> tuple[str, str]:
    return one.title, one.owner.user.name


def _challenge(one: Challenge) -> schema.Challenge:
    return schema.Challenge(
        owner=one.owner.user.name,
        title=one.title,
        happening=one.happening,
        trapped=tuple(one.trapped),
        data=one.data,
        uncodified=one.uncodified,
        whose_world=one.whose_world,
        question=one.question,
        visibility=cast(Any, one.visibility),
    )


def _bands(part: raw.Attendance | raw.Evaluation) -> schema.Attendance | schema.Evaluation:
    if isinstance(part, raw.Attendance):
        quarters = (schema.Quarter(one.year, one.number, _SAID[one.came]) for one in part.quarters)
        return schema.Attendance(tuple(quarters), part.introduction)
    aims = (schema.Aim(one.year, one.number, one.text, _SAID[one.partly], _SAID[one.largely]) for one in part.aims)
    return schema.Evaluation(tuple(aims), part.introduction)


def _cluster(one: raw.Cluster) -> schema.Cluster:
    return schema.Cluster(tuple(schema.Term(term.text, term.sub_terms) for term in one.terms), one.title)


def _scheme(part: raw.Scheme) -> schema.Scheme:
    """A scheme, whose arrows and cycle the file names by the labels of its boxes. Raises IndexError for lost ones."""
    labels_of = [node.label for node in part.nodes]
    return schema.Scheme(
        caption=part.caption,
        nodes=tuple(schema.Node(node.label, node.x, node.y) for node in part.nodes),
        text_alternative=part.text_alternative,
        links=tuple(schema.Link(labels_of[link.from_], labels_of[link.to], link.label) for link in part.links),
        cycle=tuple(labels_of[place] for place in part.cycle),
        introduction=part.introduction,
    )
