"""What of a write-up a report is made of: hidden and removed sections stay out of it, and so does what says nothing."""

from dataclasses import replace
from typing import Any

from reports.write_up import (
    Attendance,
    Concepts,
    Contexts,
    Evaluation,
    NextSteps,
    Questions,
    Scheme,
    Section,
    Themes,
    WriteUp,
    bare,
    read,
)


def printing(written: WriteUp) -> WriteUp:
    """What of `written` the report is made of: without what is hidden, was removed, or says nothing yet."""
    return replace(written, sections=tuple(filter(prints, written.sections)), removed=())


def printing_content(content: dict[str, Any]) -> dict[str, Any]:
    """A stored content as far as the report depends on it: without ids, and without what does not print."""
    pairs = zip(content.get("sections", ()), read(content).sections, strict=True)
    said = [bare(stored) for stored, section in pairs if prints(section)]
    return {name: value for name, value in content.items() if name != "removed"} | {"sections": said}


def prints(section: Section) -> bool:
    """Whether anything of a section stands in the report. An empty session is a heading; others are nothing at all."""
    match section:
        case Concepts():
            says = bool(section.introduction or any(cluster.terms for cluster in section.clusters))
        case Scheme():
            says = bool(section.nodes)  # its introduction needs the drawing
        case Contexts():
            says = bool(section.introduction or section.profiles)
        case Questions():
            says = bool(section.introduction or section.questions)
        case Themes():
            says = bool(section.introduction or section.themes)
        case NextSteps():
            says = bool(section.items)
        case Attendance():
            says = bool(section.introduction or section.quarters)
        case Evaluation():
            says = bool(section.introduction or section.aims)
        case _:
            says = True
    return says and not section.hidden
