"""What must hold between the parts of a workshop file, after each part is right by itself."""

from collections.abc import Iterable, Iterator
from zoneinfo import available_timezones

from reports.workshop.problems import Problem, WorkshopError
from reports.workshop.schema import Answers, Questions, Scheme, Section, Themes, Workshop

Said = Iterator[tuple[str, str]]


def check(workshop: Workshop, lines: dict[str, int]) -> None:
    """Raises WorkshopError with everything that does not fit together. `lines` are those of `reading.read`."""
    rules = (_people, _set_and_meeting, _challenges, _sections, _decisions, _clearances)
    problems = [Problem(_line(lines, path), path, message) for rule in rules for path, message in rule(workshop)]
    if problems:
        raise WorkshopError(problems)


def _line(lines: dict[str, int], path: str) -> int:
    """The line of a field, or of the nearest thing around it."""
    while path and path not in lines:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return lines.get(path, 1)


def _people(workshop: Workshop) -> Said:
    seen: dict[str, int] = {}
    names: dict[str, int] = {}
    for n, person in enumerate(workshop.people, start=1):
        email = person.email.lower()
        if email.count("@") != 1 or " " in email or email.startswith("@") or "." not in email.split("@")[1]:
            yield f"people[{n}].email", f"“{person.email}” is not an e-mail address."
        elif email in seen:
            yield f"people[{n}].email", f"This is the address of person {seen[email]} too."
        if person.name in names:
            yield f"people[{n}].name", f"This is the name of person {names[person.name]} too; tell the two apart."
        seen.setdefault(email, n)
        names.setdefault(person.name, n)
        if person.role == "organiser" and person.health_system:
            yield f"people[{n}].health system", "An organiser belongs to no set; leave this out."
    for role in ("facilitator", "organiser", "participant"):
        if not any(person.role == role for person in workshop.people):
            yield "people", f"Somebody must be the {role}."
    employers = [organisation.name for organisation in workshop.organisations]
    for n, name in enumerate(employers, start=1):
        if name in employers[: n - 1]:
            yield f"organisations[{n}].name", "This organisation stands here a second time."


def _set_and_meeting(workshop: Workshop) -> Said:
    if workshop.set.time_zone not in available_timezones():
        yield "set.time zone", f"“{workshop.set.time_zone}” is not a time zone, such as Europe/London."
    meeting = workshop.meeting
    days = (meeting.ends - meeting.begins).total_seconds() / 86_400
    if not 0 < days <= 14:
        yield "meeting.ends", "A meeting ends after it begins, and within two weeks."
    if not 1990 <= meeting.begins.year <= 2099:
        yield "meeting.begins", "This year cannot be right."
    participants = _participants(workshop)
    for n, name in enumerate(meeting.absent, start=1):
        if name not in participants:
            yield f"meeting.absent[{n}]", f"No participant is called “{name}”."


def _challenges(workshop: Workshop) -> Said:
    for n, challenge in enumerate(workshop.challenges, start=1):
        if challenge.owner not in _participants(workshop):
            yield f"challenges[{n}].owner", f"No participant is called “{challenge.owner}”."
    yield from _twice((challenge.title for challenge in workshop.challenges), "challenges[{n}].title")


def _sections(workshop: Workshop) -> Said:
    several = [section.key for section in workshop.report.sections if isinstance(section, Answers)]
    for n, section in enumerate(workshop.report.sections, start=1):
        path = f"report.sections[{n}].{section.key}"
        for field, message in _one_section(section, workshop):
            yield f"{path}{field}", message
    if len(several) > 1:
        yield "report.sections", "The closing answers stand in one section, “answers”."


def _one_section(section: Section, workshop: Workshop) -> Said:
    if isinstance(section, Scheme):
        yield from _scheme(section)
    elif isinstance(section, Answers):
        yield from _answers(section, workshop)
    elif isinstance(section, Questions):
        titles = [challenge.title for challenge in workshop.challenges]
        for n, question in enumerate(section.questions, start=1):
            if question.challenge and question.challenge not in titles:
                yield f".questions[{n}].challenge", f"No challenge above has the title “{question.challenge}”."
    elif isinstance(section, Themes):
        for n, theme in enumerate(section.themes, start=1):
            if not 0 <= theme.people <= _present(workshop):
                yield f".themes[{n}].people", f"Between 0 and {_present(workshop)} people took part."


def _scheme(scheme: Scheme) -> Said:
    labels = [node.label for node in scheme.nodes]
    yield from _twice(labels, ".nodes[{n}].label")
    yield from _places(scheme)
    for n, link in enumerate(scheme.links, start=1):
        for name, label in (("from", link.from_), ("to", link.to)):
            if label not in labels:
                yield f".links[{n}].{name}", f"No box is labelled “{label}”."
    for n, label in enumerate(scheme.cycle, start=1):
        if label not in labels:
            yield f".cycle[{n}]", f"No box is labelled “{label}”."
    yield from _twice(scheme.cycle, ".cycle[{n}]")


def _places(scheme: Scheme) -> Said:
    if not scheme.nodes:
        yield ".nodes", "A scheme needs at least one box."
    placed = [node.x is not None and node.y is not None for node in scheme.nodes]
    if any((node.x is None) != (node.y is None) for node in scheme.nodes) or any(placed) != all(placed):
        yield ".nodes", "Give “x” and “y” for every box, or for none."
    for n, node in enumerate(scheme.nodes, start=1):
        for name, place in (("x", node.x), ("y", node.y)):
            if place is not None and not 0 <= place <= 100:
                yield f".nodes[{n}].{name}", "A place lies between 0 and 100."


def _answers(section: Answers, workshop: Workshop) -> Said:
    if not 1 <= len(section.questions) <= 8:
        yield "", "One to eight closing questions can be asked."
    yield from _twice((closing.question for closing in section.questions), "[{n}].question")
    for n, closing in enumerate(section.questions, start=1):
        most = min(len(closing.answers), _present(workshop))
        if not (1 if closing.answers else 0) <= closing.authors <= most:
            what = f"{len(closing.answers)} answers and {_present(workshop)} participants who were there"
            yield f"[{n}].authors", f"With {what}, this cannot be {closing.authors}."


def _decisions(workshop: Workshop) -> Said:
    seen: set[tuple[str, str]] = set()
    for n, decision in enumerate(workshop.decisions, start=1):
        if decision.verdict == "generalise" and not decision.wording:
            yield f"decisions[{n}]", "Say the more general words (“wording”)."
        if decision.verdict == "keep" and not decision.reason:
            yield f"decisions[{n}]", "Say why it may stay (“reason”)."
        if (decision.words, decision.sentence) in seen:
            yield f"decisions[{n}].words", "These words were decided on above."
        seen.add((decision.words, decision.sentence))


def _clearances(workshop: Workshop) -> Said:
    for n, clearance in enumerate(workshop.clearances, start=1):
        covered = covered_by(workshop, clearance.label)
        if not covered:
            yield f"clearances[{n}].label", f"“{clearance.label}” is nobody's health system, organisation or job title."
        for m, name in enumerate(clearance.agreed, start=1):
            if covered and name not in covered:
                yield f"clearances[{n}].agreed[{m}]", f"“{clearance.label}” does not cover “{name}”."


def covered_by(workshop: Workshop, label: str) -> list[str]:
    """Names of the members of the set whom a label covers: a health system, an organisation or a job title."""
    members = (person for person in workshop.people if person.role != "organiser")
    return [one.name for one in members if label in {one.health_system, one.organisation, one.job_title}]


def _participants(workshop: Workshop) -> list[str]:
    return [person.name for person in workshop.people if person.role == "participant"]


def _present(workshop: Workshop) -> int:
    return sum(name not in workshop.meeting.absent for name in _participants(workshop))


def _twice(values: Iterable[str], path: str) -> Said:
    seen: set[str] = set()
    for n, value in enumerate(values, start=1):
        if value in seen:
            yield path.format(n=n), f"“{value[:60]}” stands here a second time."
        seen.add(value)
