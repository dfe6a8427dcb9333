"""What must hold between the parts of a workshop file, after each part is right by itself."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from learningsets import floors, time_zones
from reports.workshop.problems import Problem
from reports.workshop.schema import (
    Aim,
    Answers,
    Attendance,
    Challenge,
    Evaluation,
    Meeting,
    Person,
    Quarter,
    Questions,
    Remembered,
    Scheme,
    Section,
    Session,
    Themes,
    Workshop,
)
from reports.workshop.texts import decisions, harmful_names
from sessions.public_holidays import has_holidays
from sessions.recurrence import is_left_out

Said = Iterator[tuple[str, str]]
MOST_BOXES = 30  # in one scheme


def check(workshop: Workshop, lines: dict[str, int]) -> Iterator[Problem]:
    """Everything that does not fit together. `lines` are those of `reading.read`.

    Values that could not be read are not there (reports.workshop.reading); what would need them is left unsaid.
    """
    for path, message in _rules(workshop):
        yield Problem(_line(lines, path), path, message)


def _rules(workshop: Workshop) -> Said:
    for rule in (
        _people, _roles, _organisations, _set, _meetings, _challenges, _sections, _clearances, _remembered,
    ):  # fmt: skip
        yield from _sound(rule(workshop))
    yield from _sound(harmful_names(workshop))
    yield from _sound(decisions(workshop))


def _sound(said: Said) -> Said:
    """What is said until a value is needed that could not be read."""
    try:
        yield from said
    except AttributeError:  # how a value that is not there is met
        return


def _line(lines: dict[str, int], path: str) -> int:
    """The line of a field, or of the nearest thing around it."""
    while path and path not in lines:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return lines.get(path, 1)


def _people(workshop: Workshop) -> Said:
    emails: dict[str, int] = {}
    names: dict[str, int] = {}
    for n, person in enumerate(workshop.people, start=1):
        for rule in (_email(person, n, emails), _name(person, n, names), _belongs(person, n)):
            yield from _sound(rule)


def _email(person: Person, n: int, seen: dict[str, int]) -> Said:
    email = person.email.lower()
    if email.count("@") != 1 or " " in email or email.startswith("@") or "." not in email.split("@")[1]:
        yield f"people[{n}].email", f"“{person.email}” is not an e-mail address."
    elif email in seen:
        yield f"people[{n}].email", f"This is the address of person {seen[email]} too."
    seen.setdefault(email, n)


def _name(person: Person, n: int, seen: dict[str, int]) -> Said:
    if person.name in seen:
        yield f"people[{n}].name", f"This is the name of person {seen[person.name]} too; tell the two apart."
    seen.setdefault(person.name, n)


def _belongs(person: Person, n: int) -> Said:
    if person.role == "organiser" and person.health_system:
        yield f"people[{n}].health system", "An organiser belongs to no set; leave this out."


def _roles(workshop: Workshop) -> Said:
    roles = {person.role for person in workshop.people if not getattr(person, "left", None)}
    for role in ("facilitator", "organiser", "participant"):
        if role not in roles:
            yield "people", f"Somebody must be the {role}."


def _organisations(workshop: Workshop) -> Said:
    yield from _twice((one.name for one in workshop.organisations), "organisations[{n}].name")


def _set(workshop: Workshop) -> Said:
    yield from _sound(_time_zone(workshop))
    for name, least in (("report", floors.REPORT), ("block", floors.BLOCK), ("theme", floors.THEME)):
        yield from _sound(_floor(workshop, name, least))
    if not has_holidays(workshop.set.country):
        yield "set.country", f"“{workshop.set.country}” is not a country (ISO 3166), such as IE, SE or GB-ENG."


def _floor(workshop: Workshop, name: str, least: int) -> Said:
    if not least <= getattr(workshop.set, f"{name}_floor") <= 99:
        yield f"set.{name} floor", f"This is a number from {least} to 99; a floor is never lowered."


def _time_zone(workshop: Workshop) -> Said:
    if workshop.set.time_zone not in time_zones.known():
        yield "set.time zone", f"“{workshop.set.time_zone}” is not a time zone, such as Europe/London."


def _meetings(workshop: Workshop) -> Said:
    for path, meeting in _each_meeting(workshop):
        yield from _sound(_times(path, meeting, workshop))
        yield from _sound(_absent(path, meeting, workshop))
    for n, (one, other) in enumerate(pairwise(workshop.meetings), start=1):
        if one.begins >= other.begins:
            yield f"further meetings[{n}].begins", "The meetings stand in order: this one begins after the one before."


def _each_meeting(workshop: Workshop) -> Iterator[tuple[str, Meeting]]:
    yield "meeting", workshop.meeting
    for n, meeting in enumerate(workshop.further_meetings, start=1):
        yield f"further meetings[{n}]", meeting


def _times(path: str, meeting: Meeting, workshop: Workshop) -> Said:
    yield from _sound(_shown(f"{path}.begins", meeting.begins, workshop))
    yield from _sound(_shown(f"{path}.ends", meeting.ends, workshop))
    days = (meeting.ends - meeting.begins).total_seconds() / 86_400
    if not 0 < days <= 14:
        yield f"{path}.ends", "A meeting ends after it begins, and within two weeks."


def _shown(path: str, moment: datetime, workshop: Workshop) -> Said:
    """Whether the set's clocks ever show that date and time."""
    zone = workshop.set.time_zone
    if not 1990 <= moment.year <= 2099:
        yield path, "This year cannot be right."
    elif zone in time_zones.known() and is_left_out(moment.date(), moment.time(), zone):
        yield path, f"The clocks of {zone} go forward over this time; it does not exist on that day."


def _absent(path: str, meeting: Meeting, workshop: Workshop) -> Said:
    participants = _participants(workshop)
    for n, name in enumerate(meeting.absent, start=1):
        if name not in participants:
            yield f"{path}.absent[{n}]", f"No participant is called “{name}”."


def _challenges(workshop: Workshop) -> Said:
    yield from _sound(_twice((challenge.title for challenge in workshop.challenges), "challenges[{n}].title"))
    participants = _participants(workshop)
    for n, challenge in enumerate(workshop.challenges, start=1):
        yield from _sound(_owner(challenge, n, participants))


def _owner(challenge: Challenge, n: int, participants: list[str]) -> Said:
    if challenge.owner not in participants:
        yield f"challenges[{n}].owner", f"No participant is called “{challenge.owner}”."


def _sections(workshop: Workshop) -> Said:
    answered = False
    for n, section in enumerate(workshop.report.sections, start=1):
        path = f"report.sections[{n}].{section.key}"
        for said in _one_section(section, workshop):
            for field, message in _sound(said):
                yield f"{path}{field}", message
        if isinstance(section, Answers):
            if answered:
                yield path, "The closing answers stand in one section: put these under the first “answers”."
            answered = True


def _one_section(section: Section, workshop: Workshop) -> Iterator[Said]:
    if isinstance(section, Session):
        yield _between(section, "day", 0, 99)
        yield _between(section, "number", 1, 99)
    elif isinstance(section, Scheme):
        yield _boxes(section)
        yield _places(section)
        yield _arrows(section)
        yield _cycle(section)
    elif isinstance(section, Answers):
        yield _asked(section, workshop)
        yield from (_authors(section, n, workshop) for n in range(len(getattr(section, "questions", ()))))
    elif isinstance(section, Questions):
        yield _logged(section, workshop)
    elif isinstance(section, Themes):
        yield from (_theme(section, n, workshop) for n in range(len(getattr(section, "themes", ()))))
    elif isinstance(section, Attendance):
        yield from (_quarter(section.quarters, "quarters", n) for n in range(len(getattr(section, "quarters", ()))))
    elif isinstance(section, Evaluation):
        yield from (_quarter(section.aims, "aims", n) for n in range(len(getattr(section, "aims", ()))))


def _between(part: Session | Quarter | Aim, name: str, least: int, most: int, at: str = "") -> Said:
    if not least <= getattr(part, name) <= most:
        yield f"{at}.{name}", f"This is a number from {least} to {most}."


def _quarter(told: Sequence[Quarter | Aim], name: str, n: int) -> Said:
    yield from _between(told[n], "year", 1900, 9999, f".{name}[{n + 1}]")
    yield from _between(told[n], "quarter", 1, 4, f".{name}[{n + 1}]")


def _logged(section: Questions, workshop: Workshop) -> Said:
    titles = [challenge.title for challenge in workshop.challenges]
    for n, question in enumerate(section.questions, start=1):
        if question.challenge and question.challenge not in titles:
            yield f".questions[{n}].challenge", f"No challenge above has the title “{question.challenge}”."


def _theme(section: Themes, at: int, workshop: Workshop) -> Said:
    most = max(_present(workshop, meeting) for meeting in workshop.meetings)
    if not 0 <= section.themes[at].people <= most:
        yield f".themes[{at + 1}].people", f"Between 0 and {most} people took part."


def _boxes(scheme: Scheme) -> Said:
    if not 1 <= len(scheme.nodes) <= MOST_BOXES:
        yield ".nodes", f"A scheme has one to {MOST_BOXES} boxes."
    yield from _twice((node.label for node in scheme.nodes), ".nodes[{n}].label")


def _arrows(scheme: Scheme) -> Said:
    labels = {node.label for node in scheme.nodes}
    for n, link in enumerate(scheme.links, start=1):
        for name, label in (("from", link.from_), ("to", link.to)):
            if label not in labels:
                yield f".links[{n}].{name}", f"No box is labelled “{label}”."
        if link.from_ == link.to:
            yield f".links[{n}].to", "An arrow leads from one box to another, not back to the same."


def _cycle(scheme: Scheme) -> Said:
    labels = {node.label for node in scheme.nodes}
    for n, label in enumerate(scheme.cycle, start=1):
        if label not in labels:
            yield f".cycle[{n}]", f"No box is labelled “{label}”."
    yield from _twice(scheme.cycle, ".cycle[{n}]")


def _places(scheme: Scheme) -> Said:
    placed = [node.x is not None and node.y is not None for node in scheme.nodes]
    if any((node.x is None) != (node.y is None) for node in scheme.nodes) or any(placed) != all(placed):
        yield ".nodes", "Give “x” and “y” for every box, or for none."
    for n, node in enumerate(scheme.nodes, start=1):
        for name, place in (("x", node.x), ("y", node.y)):
            if place is not None and not 0 <= place <= 100:
                yield f".nodes[{n}].{name}", "A place lies between 0 and 100."


def _asked(section: Answers, workshop: Workshop) -> Said:
    held = len(workshop.meetings)
    for n, closing in enumerate(section.questions, start=1):
        if not 1 <= closing.meeting <= held:
            yield f"[{n}].meeting", f"This is the number of a meeting in this file, from 1 to {held}."
    asked = Counter(closing.meeting for closing in section.questions)
    if not asked or max(asked.values()) > 8:
        yield "", "One to eight closing questions can be asked at a meeting."
    yield from _twice(((one.meeting, one.question) for one in section.questions), "[{n}].question")


def _authors(section: Answers, at: int, workshop: Workshop) -> Said:
    closing = section.questions[at]
    if not 1 <= closing.meeting <= len(workshop.meetings):
        return
    present = _present(workshop, workshop.meetings[closing.meeting - 1])
    if not (1 if closing.answers else 0) <= closing.authors <= min(len(closing.answers), present):
        what = f"{len(closing.answers)} answers and {present} participants who were there"
        yield f"[{at + 1}].authors", f"With {what}, this cannot be {closing.authors}."


def _clearances(workshop: Workshop) -> Said:
    for n, clearance in enumerate(workshop.clearances, start=1):
        covered = covered_by(workshop, clearance.label)
        if not covered:
            yield f"clearances[{n}].label", f"“{clearance.label}” is nobody's health system, organisation or job title."
        for m, name in enumerate(clearance.agreed, start=1):
            if covered and name not in covered:
                yield f"clearances[{n}].agreed[{m}]", f"“{clearance.label}” does not cover “{name}”."


def _remembered(workshop: Workshop) -> Said:
    names = [person.name for person in workshop.people]
    for n, one in enumerate(workshop.remembered, start=1):
        yield from _sound(_whose(one, n, names))


def _whose(one: Remembered, n: int, names: list[str]) -> Said:
    if one.of and one.of not in names:
        yield f"remembered[{n}].of", f"Nobody above is called “{one.of}”."


def covered_by(workshop: Workshop, label: str) -> list[str]:
    """Names of the members of the set whom a label covers: a health system, an organisation or a job title."""
    members = (person for person in workshop.people if person.role != "organiser")
    return [one.name for one in members if label in {one.health_system, one.organisation, one.job_title}]


def _participants(workshop: Workshop) -> list[str]:
    return [person.name for person in workshop.people if person.role == "participant"]


def _present(workshop: Workshop, meeting: Meeting) -> int:
    return sum(name not in meeting.absent for name in _participants(workshop))


def _twice(values: Iterable[str | tuple[int, str]], path: str) -> Said:
    """What stands twice; of a pair, its words are told."""
    seen: set[str | tuple[int, str]] = set()
    for n, value in enumerate(values, start=1):
        if value in seen:
            words = value if isinstance(value, str) else value[1]
            yield path.format(n=n), f"“{words[:60]}” stands here a second time."
        seen.add(value)
