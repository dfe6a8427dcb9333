"""A file that is wrong is told where: the line, the way to the field, and what to do."""

import pytest

from reports.workshop.checks import check
from reports.workshop.layout import laid_out
from reports.workshop.problems import WorkshopError
from reports.workshop.reading import read
from reports.workshop.schema import Workshop


def workshop(text: str) -> Workshop:
    """A file read and checked."""
    found, lines = read(text.encode())
    check(found, lines)
    return found


def problems(text: str) -> list[str]:
    """Everything that is wrong with a file."""
    with pytest.raises(WorkshopError) as caught:
        workshop(text)
    return [str(problem) for problem in caught.value.problems]


def line_of(text: str, words: str) -> int:
    """The line on which `words` stand for the first time."""
    return text[: text.index(words)].count("\n") + 1


def test_a_whole_file_is_read(small: str) -> None:
    found = workshop(small)
    assert [person.name for person in found.people if person.role == "facilitator"] == ["Ann Archer"]
    assert [section.key for section in found.report.sections] == [
        "session",
        "concepts",
        "scheme",
        "contexts",
        "questions",
        "themes",
        "answers",
        "next steps",
    ]
    assert (found.organisations[1].name, found.clearances[0].label) == ("Hill Practice", "Ireland")


CASES = [
    ("role: organiser", "role: boss", "people[8].role", "is not one of “participant”, “facilitator”, “organiser”."),
    ("  title: Small steps\n", "", "programme.title", "This is missing."),
    ("title: Small steps", "title:", "programme.title", "Nothing stands here."),
    ("title: Small steps", "title: [a, b]", "programme.title", "Expected a text, found a list."),
    ("title: Small steps", "title: " + "x" * 201, "programme.title", "201 characters; at most 200 fit."),
    ("convenor: Oda's Trust", "convener: Oda", "programme.convener", "Did you mean “convenor”?"),
    ("aims: [Listen, Ask]", "aims: Listen", "programme.aims", "Expected a list"),
    ("time zone: Europe/Dublin", "time_zone: Europe/Dublin", "set.time_zone", "Did you mean “time zone”?"),
    ("Europe/Dublin", "Europe/Nowhere", "set.time zone", "is not a time zone"),
    ("language: en", "language: fi", "set.language", "“fi” is not one of “en”, “sv”."),
    ("2026-05-05 10:00", "5 May 2026", "meeting.begins", "is not a date and time"),
    ("2026-05-05 10:00", "2026-13-05 10:00", "meeting.begins", "is not a date and time"),
    ("2026-05-05 16:30", "2026-05-05 09:00", "meeting.ends", "ends after it begins"),
    ("absent: [Gil Gale]", "absent: [Gil Gray]", "meeting.absent[1]", "No participant is called “Gil Gray”."),
    ("email: eve@hill.example", "email: eve", "people[5].email", "is not an e-mail address"),
    ("email: eve@hill.example", "email: DOV@hill.example", "people[5].email", "address of person 4 too"),
    ("name: Eve Elm", "name: Dov Dale", "people[5].name", "name of person 4 too"),
    ("day: 1,", "day: one,", "report.sections[1].session.day", "is not a number"),
    ("    - next steps: [Meet in June.]", "    - steps: [Meet.]", "report.sections[8]", "Did you mean “next steps”?"),
    ("from: Time,", "from: Tide,", "report.sections[3].scheme.links[1].from", "No box is labelled “Tide”."),
    ("cycle: [Ask, Try, Look]", "cycle: [Ask, Ask]", "report.sections[3].scheme.cycle[2]", "a second time"),
    ("nodes: [Ask,", "nodes: [{label: Ask, x: 1},", "report.sections[3].scheme.nodes", "for every box, or for none"),
    (
        "challenge: Waiting",
        "challenge: Weighting",
        "report.sections[5].questions.questions[1].challenge",
        "No challenge",
    ),
    ("people: 3", "people: 7", "report.sections[6].themes.themes[1].people", "Between 0 and 5 people took part."),
    ("authors: 5", "authors: 6", "report.sections[7].answers[1].authors", "cannot be 6"),
    ("authors: 3", "authors: 0", "report.sections[7].answers[2].authors", "cannot be 0"),
    ("question: What else?", "question: What now?", "report.sections[7].answers[2].question", "a second time"),
    ("verdict: generalise, wording: a house", "verdict: generalise", "decisions[1]", "more general words"),
    ("verdict: keep, reason: A word.", "verdict: keep", "decisions[2]", "why it may stay"),
    ("  - Ireland\n", "  - Iceland\n", "clearances[1].label", "is nobody's health system"),
    ("agreed: [Dov Dale]", "agreed: [Eve Elm]", "clearances[2].agreed[1]", "does not cover “Eve Elm”"),
    ("owner: Ben Brook", "owner: Ann Archer", "challenges[1].owner", "No participant is called “Ann Archer”."),
]


@pytest.mark.parametrize(("words", "instead", "field", "says"), CASES)
def test_a_problem_is_told_with_its_line_and_field(small: str, words: str, instead: str, field: str, says: str) -> None:
    assert words in small
    found = problems(small.replace(words, instead, 1))
    assert len(found) == 1, found
    place, message = found[0].split(": ", 1)
    line, where = place.split(", ", 1)
    assert where.startswith(field)
    assert says in message, message
    if instead:
        assert line == f"line {line_of(small, words)}"


def test_all_problems_are_told_at_once_in_the_order_of_the_file(small: str) -> None:
    spoilt = small.replace("role: facilitator", "role: boss").replace("language: en", "language: xx")
    spoilt = spoilt.replace("day: 1,", "day: one,")
    assert [problem.split(": ")[0] for problem in problems(spoilt)] == [
        f"line {line_of(spoilt, 'language: xx')}, set.language",
        f"line {line_of(spoilt, 'role: boss')}, people[1].role",
        f"line {line_of(spoilt, 'day: one,')}, report.sections[1].session.day",
    ]


@pytest.mark.parametrize("name", ["author", "by", "name", "who"])
def test_an_answer_can_have_no_author(small: str, name: str) -> None:
    spoilt = small.replace("authors: 3\n", f"authors: 3\n          {name}: Ben Brook\n")
    (only,) = problems(spoilt)
    assert only.endswith("Answers stand without their authors. Say only how many people answered (“authors”).")
    spoilt = small.replace("[Nothing.,", f"[{{{name}: Ben, text: Nothing.}},")
    (only,) = problems(spoilt)
    assert only.endswith("Expected a text, found a group of names and values.")


@pytest.mark.parametrize("role", ["facilitator", "organiser"])
def test_somebody_must_hold_each_role(small: str, role: str) -> None:
    assert f"Somebody must be the {role}." in problems(small.replace(f"role: {role}", "role: participant"))[0]


def test_boxes_without_places_are_laid_out_apart() -> None:
    places = laid_out(["Ask", "Try", "Look", "Time", "Money"], ["Ask", "Try", "Look"])
    assert places["Ask"] == (50, 0)
    assert len(set(places.values())) == 5
    assert all(0 <= x <= 100 and 0 <= y <= 100 for x, y in places.values())
