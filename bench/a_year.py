"""A report of a year's length, for the benches: thirteen meetings, of which no two set the same page."""

import dataclasses
from typing import Any, Final

from reports.document import (
    Answers,
    Attendance,
    ConceptList,
    Contexts,
    NextSteps,
    Quarter,
    Questions,
    ReportDocument,
    Section,
    Session,
    Themes,
)
from tests.paper import invented

SUBJECTS: Final = (
    "budgets",
    "waiting",
    "trust",
    "beds and homes",
    "evidence",
    "prevention",
    "contracts",
    "the public’s voice",
    "specialised care",
    "reform from above",
    "outcomes",
    "closing what is loved",
    "learning from each other",
)


def of_12_and_120_pages(document: ReportDocument) -> tuple[ReportDocument, ReportDocument]:
    """`document` with one more session, which makes it 12 pages, and as many meetings as make 120."""
    steps = NextSteps(invented.all_said(invented.STEPS))
    quarters = (Quarter(2026, 1, "most"), Quarter(2026, 2, "half"), Quarter(2026, 3, "most"), Quarter(2026, 4, ""))
    more: tuple[Section, ...] = (
        Session(2, 5, invented.said("Where the set stands")),
        Attendance(None, quarters),
        steps,
    )
    sections = (*document.sections, *more)
    year = tuple(_of_meeting(each, meeting) for meeting in range(len(SUBJECTS)) for each in sections)
    return (
        dataclasses.replace(document, sections=sections),
        dataclasses.replace(document, sections=year[: -len(more)]),
    )


def _of_meeting(section: Section, meeting: int) -> Section:
    """`section` as it could stand in another meeting: days and sessions counted on, a subject of the meeting's own, and
    every list begun at another place."""
    match section:
        case Session(day, number, title):
            named = f"Commissioning and {SUBJECTS[meeting]}" if number == 1 else str(title)
            return dataclasses.replace(
                section, day=day + 2 * meeting, number=number + 5 * meeting, title=invented.said(named)
            )
        case ConceptList(clusters=listed):
            return dataclasses.replace(section, clusters=_from(listed, meeting))
        case Contexts(profiles=listed):
            return dataclasses.replace(section, profiles=_from(listed, meeting))
        case Questions(questions=listed):
            return dataclasses.replace(section, questions=_from(listed, meeting))
        case Themes(themes=listed):
            return dataclasses.replace(section, themes=_from(listed, meeting))
        case Answers(bullets=listed):
            return dataclasses.replace(section, bullets=_from(listed, meeting))
        case _:
            return section


def _from(listed: tuple[Any, ...], place: int) -> tuple[Any, ...]:
    place %= len(listed)
    return listed[place:] + listed[:place]
