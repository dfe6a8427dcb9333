"""A file that is wrong is told where: the line, the way to the field, and what to do."""

import pytest

from reports.workshop.layout import laid_out
from reports.workshop.problems import WorkshopError
from reports.workshop.reading import read
from reports.workshop.schema import Workshop


def workshop(text: str) -> Workshop:
    """A file read and checked."""
    return read(text.encode())[0]


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
        "attendance",
        "evaluation",
    ]
    assert (found.organisations[1].name, found.clearances[0].label) == ("Hill Practice", "Ireland")


DAY = "2026-05-05 10:00\n  ends: 2026-05-05 16:30"
GAP = "2026-03-29 01:30\n  ends: 2026-03-29 16:30"
LATER = "further meetings: [{begins: 2026-05-%s 10:00, ends: 2026-05-08 12:00, absent: [%s]}]\nchallenges:\n"
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
    ("challenges:\n", LATER % ("05", "Eve Elm"), "further meetings[1].begins", "begins after the one before."),
    ("challenges:\n", LATER % ("07", "Eve"), "further meetings[1].absent[1]", "No participant is called “Eve”."),
    ("question: What now?", "meeting: 2\n          question: Now?", "report.sections[7].answers[1].meeting", "1 to 1."),
    ("email: eve@hill.example", "email: eve", "people[5].email", "is not an e-mail address"),
    ("email: eve@hill.example", "email: DOV@hill.example", "people[5].email", "address of person 4 too"),
    ("name: Eve Elm", "name: Dov Dale", "people[5].name", "name of person 4 too"),
    ("day: 1,", "day: one,", "report.sections[1].session.day", "is not a number"),
    ("    - next steps: [Meet in June.]", "    - steps: [Meet.]", "report.sections[8]", "Did you mean “next steps”?"),
    ("quarter: 1,", "quarter: 5,", "report.sections[9].attendance.quarters[1].quarter", "a number from 1 to 4"),
    ("came: half to", "came: half of", "report.sections[9].attendance.quarters[1].came", "is not one of"),
    ("quarter: 2, aim", "quarter: 0, aim", "report.sections[10].evaluation.aims[1].quarter", "a number from 1 to 4"),
    ("partly: three", "partly: two", "report.sections[10].evaluation.aims[1].partly", "is not one of"),
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
    ("country: IE", "country: ZZ", "set.country", "“ZZ” is not a country (ISO 3166), such as IE, SE or GB-ENG."),
    ("country: IE", "country: ie", "set.country", "“ie” is not a country"),
    ("country: IE", "country: GB-XXX", "set.country", "“GB-XXX” is not a country"),
    (
        DAY,
        GAP,
        "meeting.begins",
        "it does not exist on that day.",
    ),
    ("day: 1,", "day: -1,", "report.sections[1].session.day", "a number from 0 to 99."),
    ("number: 1,", "number: -7,", "report.sections[1].session.number", "a number from 1 to 99."),
    ("title: A day by the water", 'title: "A day\\nby the water"', "report.title", "Take the line break out of it."),
    ("{from: Time, to: Try", "{from: Try, to: Try", "report.sections[3].scheme.links[1].to", "not back to the same."),
    ("short names: [Quayside]", "short names: [The]", "organisations[1].short names[1]", "Give three letters or more"),
    ("short names: [Quayside]", "short names: [QC]", "organisations[1].short names[1]", "Give three letters or more"),
    ("  - Hill Practice", "  - A", "organisations[2].name", "Give three letters or more"),
    ("other names: [Cleo Carr]", "other names: [the]", "people[3].other names[1]", "Give the name in full."),
    ("words: Boathouse", "words: Boatshed", "decisions[1].words", "stand nowhere in the report’s texts"),
    ("verdict: keep, reason", "sentence: No., verdict: keep, reason", "decisions[2].sentence", "stands nowhere in the"),
    ("words: Inner", "words: Ann Archer", "decisions[2].verdict", "or an employer: that cannot be kept."),
    ("words: Inner", "words: Quayside", "decisions[2].verdict", "or an employer: that cannot be kept."),
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


def test_what_does_not_fit_together_is_told_beside_what_is_badly_written(small: str) -> None:
    spoilt = small.replace("language: en", "language: xx").replace("authors: 5", "authors: 9")
    spoilt = spoilt.replace("owner: Ben Brook", "owner: Nobody").replace("title: Trust,", "titel: Trust,")
    spoilt = spoilt.replace("people: 3", "people: 9").replace("to: Try", "to: Tree")
    assert [problem.split(": ")[0].split(", ")[1] for problem in problems(spoilt)] == [
        "set.language",
        "challenges[1].owner",
        "report.sections[3].scheme.links[1].to",
        "report.sections[6].themes.themes[1].people",
        "report.sections[6].themes.themes[2].titel",
        "report.sections[6].themes.themes[2].title",
        "report.sections[7].answers[1].authors",
    ]


def test_nothing_is_said_that_rests_on_a_value_that_could_not_be_read(small: str) -> None:
    spoilt = small.replace("name: Ben Brook", "nam: Ben Brook")  # he owns a challenge
    assert [problem.split(": ")[0].split(", ")[1] for problem in problems(spoilt)] == [
        "people[2].nam",
        "people[2].name",
    ]


def test_a_second_empty_answers_section_is_told_what_to_do(small: str) -> None:
    spoilt = small.replace("    - next steps:", "    - answers:\n    - next steps:")
    line = line_of(spoilt, "    - answers:\n    - next")
    place = f"line {line}, report.sections[8].answers"
    empty, second = problems(spoilt)
    assert empty == f"{place}: Nothing stands here. Give it a list (lines that begin with “- ”), or take it out."
    assert second == f"{place}: The closing answers stand in one section: put these under the first “answers”."


@pytest.mark.parametrize("name", ["author", "by", "name", "who"])
def test_an_answer_can_have_no_author(small: str, name: str) -> None:
    spoilt = small.replace("authors: 3\n", f"authors: 3\n          {name}: Ben Brook\n")
    (only,) = problems(spoilt)
    assert only.endswith("Answers stand without their authors. Say only how many people answered (“authors”).")
    spoilt = small.replace("[Nothing.,", f"[{{{name}: Ben, text: Nothing.}},")
    (only,) = problems(spoilt)
    assert "Expected a text, found a group of names and values." in only
    assert only.endswith("If a colon is part of the text, put the text in quotation marks.")


@pytest.mark.parametrize("role", ["facilitator", "organiser"])
def test_somebody_must_hold_each_role(small: str, role: str) -> None:
    assert f"Somebody must be the {role}." in problems(small.replace(f"role: {role}", "role: participant"))[0]


def test_boxes_without_places_are_laid_out_apart() -> None:
    places = laid_out(["Ask", "Try", "Look", "Time", "Money"], ["Ask", "Try", "Look"])
    assert places["Ask"] == (50, 0)
    assert len(set(places.values())) == 5
    assert all(0 <= x <= 100 and 0 <= y <= 100 for x, y in places.values())


@pytest.mark.parametrize(
    ("words", "instead", "field", "says"),
    [
        ("  country: IE", "  country: IE\n  block floor: 4", "set.block floor", "a floor is never lowered."),
        ("role: facilitator}", "role: facilitator, left: May}", "people[1].left", "is not a date, such as 2026-10-06."),
        ("role: facilitator}", "role: facilitator, left: 2026-05-06}", "people", "Somebody must be the facilitator."),
        ("clearances:", "remembered: [{words: X, kind: name, of: Y}]\nclearances:", "remembered[1].of", "Nobody above"),
    ],
)
def test_floors_leavers_and_what_is_remembered_are_checked(
    small: str, words: str, instead: str, field: str, says: str
) -> None:
    (only,) = problems(small.replace(words, instead, 1))
    assert (f", {field}: " in only, says in only) == (True, True), only
