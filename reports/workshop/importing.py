"""From a workshop file to rows, in one transaction: all of it or nothing."""

from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any, cast
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from challenges import box
from challenges.models import Audience, Challenge
from learningsets import identifiers, programmes
from learningsets.models import Cohort, Identifier, Membership, Programme, User
from learningsets.models.identifier import Kind
from reports import write_up as raw
from reports.anonymity.findings import Decision as Ruling
from reports.arranging import identified
from reports.models import Coverage, Report
from reports.releasing import prepare
from reports.review import clear, decide_all, labels
from reports.workshop import schema
from reports.workshop.layout import laid_out
from reports.workshop.problems import Problem, WorkshopError
from reports.workshop.reading import read
from sessions import attendance
from sessions.models import Attendance, Meeting

REPORTED = "chatham"  # what stands in a file was said to be reported


def import_workshop(content: bytes, *, is_example: bool = False) -> Report:
    """Import the workshop in a file's bytes; its report, ready for review.

    `is_example` marks set and people as fictional. Raises WorkshopError with everything that is wrong with the file;
    nothing is kept of it then.
    """
    workshop, lines = read(content)
    if problems := list(_against_what_is_there(workshop, lines)):
        raise WorkshopError(problems)
    with transaction.atomic():
        return _Import(workshop, is_example=is_example).run()


def _against_what_is_there(workshop: schema.Workshop, lines: dict[str, int]) -> Iterator[Problem]:
    """What only the site knows to be wrong: a second import, an organiser who would be a member."""
    programme = Programme.objects.filter(title=workshop.programme.title).first()
    if programme and programme.cohorts.filter(name=workshop.set.name).exists():
        message = "A set of this name is in a programme of this title already: was this file imported before?"
        yield Problem(lines["set.name"], "set.name", message)
    for number, person in enumerate(workshop.people, start=1):
        path = f"people[{number}]"
        if programme and programmes.is_organiser_and_member(programme, person.email.lower(), person.role):
            message = "Nobody can be organiser and member of one programme, and this address is the other already."
            yield Problem(lines[f"{path}.role"], f"{path}.role", message)
        try:
            validate_email(person.email)
        except ValidationError:
            yield Problem(lines[f"{path}.email"], f"{path}.email", f"“{person.email}” is not an e-mail address.")


class _Import:
    """One import: what was made so far, and a step for each part of the file."""

    def __init__(self, workshop: schema.Workshop, *, is_example: bool) -> None:
        self.workshop, self.is_example = workshop, is_example
        self.members: dict[str, Membership] = {}
        self.challenges: dict[str, Challenge] = {}

    def run(self) -> Report:
        """Make everything, in the order in which it happened."""
        cohort = self.cohort(self.programme())
        self.people(cohort)
        meetings = [self.meeting(cohort, told) for told in self.workshop.meetings]
        self.log_challenges()
        for number, meeting in enumerate(meetings, start=1):
            self.answers(meeting, number)
        return self.report(*meetings)

    def programme(self) -> Programme:
        """The programme, as the organiser described it. One of the same title is added to."""
        told = self.workshop.programme
        there = Programme.objects.filter(title=told.title).first()
        return there or Programme.objects.create(
            title=told.title,
            convenor=told.convenor,
            season=told.season,
            audience=told.audience,
            purpose=told.purpose,
            aims="\n".join(told.aims),
            theory="\n".join(told.theory),
            paper=told.paper,
        )

    def cohort(self, programme: Programme) -> Cohort:
        """The learning set, with the default contract in force."""
        told = self.workshop.set
        return programmes.add_set(
            Cohort(
                programme=programme,
                name=told.name,
                language=told.language,
                time_zone=told.time_zone,
                country=told.country,
                report_floor=told.report_floor,
                block_floor=told.block_floor,
                theme_floor=told.theme_floor,
                is_example=self.is_example,
            )
        )

    def people(self, cohort: Cohort) -> None:
        """Everybody, their employers, and all that the boundary must know of them."""
        short = {one.name: one.short_names for one in self.workshop.organisations}
        for told in self.workshop.people:
            user = User.objects.filter(email=told.email.lower()).first()
            user = user or User.objects.create_user(told.email, told.name, is_example=self.is_example)
            membership = programmes.join(
                user,
                programme=cohort.programme,
                cohort=None if told.role == "organiser" else cohort,
                role=told.role,
                organisation=told.organisation,
                short_names=short.get(told.organisation, ()),
                job_title=told.job_title,
                health_system=told.health_system,
                other_names=(told.name, *told.other_names),
            )
            if told.left:
                membership.left_on = told.left
                membership.save(update_fields=["left_on"])
            self.members[told.name] = membership
        for organisation in self.workshop.organisations:
            identifiers.remember_organisation(cohort, organisation.name, organisation.short_names)
        for one in self.workshop.remembered:
            user = self.members[one.of].user if one.of else None
            kind = Kind(one.kind.replace(" ", "_"))
            Identifier.objects.remember(cohort, (kind, one.words), user=user)

    def meeting(self, cohort: Cohort, told: schema.Meeting) -> Meeting:
        """A meeting, over and tipped out, with who was there."""
        zone = ZoneInfo(cohort.time_zone)
        begins, ends = (moment.replace(tzinfo=zone).astimezone(UTC) for moment in (told.begins, told.ends))
        meeting = Meeting.objects.create(
            cohort=cohort,
            number=cohort.meetings.count() + 1,
            starts_at=begins,
            minutes=round((ends - begins).total_seconds() / 60),
            time_zone=cohort.time_zone,
            place=told.place,
            state=Meeting.State.TIPPED,
            tips_at=ends,
        )
        for name, membership in self.members.items():
            if membership.role == "participant":
                status = Attendance.Status.ABSENT if name in told.absent else Attendance.Status.PRESENT
                Attendance.objects.create(meeting=meeting, membership=membership, status=status)
        for guest in told.guests:
            attendance.add_guest(meeting, guest.name, guest.organisation)
        return meeting

    def log_challenges(self) -> None:
        """The challenges that members logged."""
        for told in self.workshop.challenges:
            words = {
                "title": told.title,
                "happening": told.happening,
                "trapped": list(told.trapped),
                "data": told.data,
                "uncodified": told.uncodified,
                "whose_world": told.whose_world,
                "question": told.question,
                "visibility": told.visibility,
            }
            self.challenges[told.title] = Challenge.add(self.members[told.owner], uuid4(), words)

    def answers(self, meeting: Meeting, number: int) -> None:
        """A meeting's closing questions, and their answers as if they had come out of the box."""
        parts = (part for part in self.workshop.report.sections if isinstance(part, schema.Answers))
        asked = [one for part in parts for one in part.questions if one.meeting == number]
        if not asked:
            return
        prompts = box.open_prompts(meeting, [closing.question for closing in asked])
        for prompt, closing in zip(prompts, asked, strict=True):
            box.lay_out(prompt, [(text, REPORTED) for text in closing.answers], {REPORTED: closing.authors})
        members = [membership for membership in self.members.values() if membership.cohort_id == meeting.cohort_id]
        Audience.objects.bulk_create(Audience(meeting=meeting, membership=membership) for membership in members)

    def report(self, meeting: Meeting, *further: Meeting) -> Report:
        """The write-up of one or several meetings, the labels that may stay, and the decisions."""
        told = self.workshop.report
        report = prepare(meeting, told.title, told.period)
        Coverage.objects.bulk_create(Coverage(report=report, meeting=one) for one in further)
        written = raw.WriteUp(
            sections=tuple(self.section(section) for section in told.sections),
            rule=told.rule,
            action_learning=told.action_learning,
        )
        report.content = raw.plain(identified(written))
        report.save(update_fields=["content"])
        covered = labels(meeting.cohort)
        for clearance in self.workshop.clearances:
            agreed = [self.members[name] for name in clearance.agreed] or covered.get(clearance.label, [])
            clear(report, clearance.label, agreed)
        decide_all(
            report,
            [Ruling(one.words, one.verdict, one.wording, one.reason, one.sentence) for one in self.workshop.decisions],
        )
        return report

    def section(self, told: schema.Section) -> raw.Section:
        """One section in the words of `reports.write_up`."""
        match told:
            case schema.Session():
                return raw.Session(told.day, told.number, told.title, told.paragraphs)
            case schema.Concepts():
                return raw.Concepts(told.introduction, tuple(_cluster(cluster) for cluster in told.clusters))
            case schema.Scheme():
                return _scheme(told)
            case schema.Contexts():
                profiles = (raw.Profile(profile.heading, profile.bullets) for profile in told.profiles)
                return raw.Contexts(told.introduction, tuple(profiles))
            case schema.Questions():
                return raw.Questions(told.introduction, tuple(self.question(one) for one in told.questions))
            case schema.Themes():
                themes = (raw.Theme(theme.title, theme.paragraphs, people=theme.people) for theme in told.themes)
                return raw.Themes(told.introduction, tuple(themes))
            case schema.Answers():
                return raw.Answers()
            case schema.NextSteps():
                return raw.NextSteps(told.items)
            case schema.Attendance() | schema.Evaluation():
                return _bands(told)

    def question(self, told: schema.Question) -> raw.Question:
        """A published question, joined to the challenge it comes from, if it says one."""
        challenge = self.challenges.get(told.challenge)
        return raw.Question(told.text, told.gloss, str(challenge.pk) if challenge else "")


def _bands(told: schema.Attendance | schema.Evaluation) -> raw.Attendance | raw.Evaluation:
    said = schema.CAME
    if isinstance(told, schema.Attendance):
        quarters = (raw.Quarter(one.year, cast(Any, one.quarter), said[one.came]) for one in told.quarters)
        return raw.Attendance(told.introduction, tuple(quarters))
    aims = (
        raw.Aim(one.year, cast(Any, one.quarter), one.aim, said[one.partly], said[one.largely]) for one in told.aims
    )
    return raw.Evaluation(told.introduction, tuple(aims))


def _cluster(told: schema.Cluster) -> raw.Cluster:
    return raw.Cluster(told.title, tuple(raw.Term(term.term, term.sub_terms) for term in told.terms))


def _scheme(told: schema.Scheme) -> raw.Scheme:
    position = {node.label: number for number, node in enumerate(told.nodes)}
    return raw.Scheme(
        caption=told.caption,
        nodes=_placed(told.nodes, told.cycle),
        links=tuple(raw.Link(position[link.from_], position[link.to], link.label) for link in told.links),
        cycle=tuple(position[label] for label in told.cycle),
        text_alternative=told.text_alternative,
        introduction=told.introduction,
    )


def _placed(nodes: Sequence[schema.Node], cycle: Sequence[str]) -> tuple[raw.Node, ...]:
    places = laid_out([node.label for node in nodes], cycle)
    return tuple(
        raw.Node(
            node.label,
            places[node.label][0] if node.x is None else node.x,
            places[node.label][1] if node.y is None else node.y,
        )
        for node in nodes
    )
