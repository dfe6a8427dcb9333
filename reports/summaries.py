"""The sections of a write-up as its page lists them: what each is called and what it holds, in a line."""

from dataclasses import dataclass, replace
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reports import write_up as raw
from reports.printing import prints

KIND_NAMES: Final[dict[str, Promise]] = {
    "session": gettext_lazy("Session"),
    "concepts": gettext_lazy("Words and concepts"),
    "scheme": gettext_lazy("Scheme"),
    "contexts": gettext_lazy("Contexts"),
    "questions": gettext_lazy("Challenge questions"),
    "themes": gettext_lazy("Emerging themes"),
    "answers": gettext_lazy("Closing answers"),
    "next_steps": gettext_lazy("Next steps"),
    "attendance": gettext_lazy("Attendance"),
    "evaluation": gettext_lazy("Evaluation of the aims"),
}
KIND_HINTS: Final[dict[str, Promise]] = {
    "session": gettext_lazy("a heading and an introduction; what stands below it belongs to it"),
    "concepts": gettext_lazy("the list that the group drew up, in clusters"),
    "scheme": gettext_lazy("a drawing of how the concepts connect"),
    "contexts": gettext_lazy("where members come from, in a few points each"),
    "questions": gettext_lazy("“How do we …?”, as they should be published"),
    "themes": gettext_lazy("what the questions had in common, told in paragraphs"),
    "answers": gettext_lazy("what came out of the box"),
    "next_steps": gettext_lazy("what the set agreed to do"),
    "attendance": gettext_lazy("how many came, in a band for each quarter, over the whole programme"),
    "evaluation": gettext_lazy("how far they are met, in bands for each quarter, over the whole programme"),
}


DONE: Final[dict[str, Promise]] = {
    "up": gettext_lazy("Moved up: it is now number {number} of {of}."),
    "down": gettext_lazy("Moved down: it is now number {number} of {of}."),
    "moved": gettext_lazy("Moved: it is now number {number} of {of}."),
    "hidden": gettext_lazy("Hidden: it stays here and prints nothing."),
    "shown": gettext_lazy("Shown: it prints again."),
    "saved": gettext_lazy("Saved."),
    "back": gettext_lazy("Back where it was."),
    "removed": gettext_lazy("Removed."),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One section in the list. `number` counts from 1; `did` is the word for what was just done to it, or nothing."""

    section: raw.Section
    number: int
    of: int
    did: str = ""

    @property
    def said(self) -> str:
        """What was just done to it, as a sentence."""
        return str(DONE[self.did]).format(number=self.number, of=self.of) if self.did in DONE else ""

    @property
    def is_first(self) -> bool:
        """Whether nothing stands above it."""
        return self.number == 1

    @property
    def is_last(self) -> bool:
        """Whether nothing stands below it."""
        return self.number == self.of

    @property
    def name(self) -> str:
        """What the section is called."""
        return name(self.section)

    @property
    def holds(self) -> str:
        """What is in it, counted."""
        return holds(self.section)

    @property
    def is_empty(self) -> bool:
        """Whether it would print nothing even if it is shown."""
        return not self.section.hidden and not prints(self.section)

    @property
    def is_unwritten(self) -> bool:
        """Whether it is to print and nobody has written anything in it."""
        return not self.section.hidden and says_nothing(self.section)


def rows(written: raw.WriteUp, at: str = "", did: str = "") -> list[Row]:
    """Every section of `written` in order; `did` belongs to the one whose id is `at`."""
    of = len(written.sections)
    return [
        Row(section, number, of, did if section.id == at else "")
        for number, section in enumerate(written.sections, start=1)
    ]


def removed_rows(written: raw.WriteUp, at: str = "", did: str = "") -> list[Row]:
    """The same for those that were removed, the last one first."""
    of = len(written.removed)
    return [
        Row(one.section, number, of, did if one.section.id == at else "")
        for number, one in enumerate(written.removed, start=1)
    ]


def says_nothing(section: raw.Section) -> bool:
    """Whether nothing was written in a section. An empty session prints all the same: its number is a heading."""
    if isinstance(section, raw.Session):
        return not section.title and not section.paragraphs
    return not prints(replace(section, hidden=False))


def name(section: raw.Section) -> str:
    """What a section is called: its kind, or for a session its day, number and title."""
    if not isinstance(section, raw.Session):
        return str(KIND_NAMES[section.kind])
    place = session_name(section)
    return f"{place}: {section.title}" if section.title else place


def session_name(section: raw.Session) -> str:
    """A session's day and number; the first before any counted day is the introduction."""
    if section.day:
        return _("Day {day}, session {number}").format(day=section.day, number=section.number)
    return _("Introduction") if section.number == 1 else _("Session {number}").format(number=section.number)


def holds(section: raw.Section) -> str:
    """What a section holds, counted in words: "34 terms in 6 clusters"."""
    match section:
        case raw.Session():
            return (
                _paragraphs(len(section.paragraphs)) if section.paragraphs else _("a heading, without an introduction")
            )
        case raw.Concepts():
            return _concepts(section)
        case raw.Scheme():
            return _scheme(section)
        case raw.Contexts():
            profiles, points = len(section.profiles), sum(len(profile.bullets) for profile in section.profiles)
            return _both(
                ngettext("{n} context", "{n} contexts", profiles).format(n=profiles),
                ngettext("{n} point", "{n} points", points).format(n=points),
            )
        case raw.Questions():
            asked = len(section.questions)
            return ngettext("{n} question", "{n} questions", asked).format(n=asked)
        case raw.Themes():
            themes, told = len(section.themes), sum(len(theme.paragraphs) for theme in section.themes)
            return _both(ngettext("{n} theme", "{n} themes", themes).format(n=themes), _paragraphs(told))
        case raw.Answers():
            return _("they come out of the box by themselves")
        case raw.NextSteps():
            steps = len(section.items)
            return ngettext("{n} step", "{n} steps", steps).format(n=steps)
        case raw.Attendance() | raw.Evaluation():
            rows = section.quarters if isinstance(section, raw.Attendance) else section.aims
            told = len({(one.year, one.number) for one in rows})
            return ngettext("{n} quarter", "{n} quarters", told).format(n=told)


def counted(terms: tuple[raw.Term, ...]) -> str:
    """Terms and the narrower ones beneath them, counted."""
    narrower = sum(len(term.sub_terms) for term in terms)
    found = ngettext("{n} term", "{n} terms", len(terms)).format(n=len(terms))
    below = ngettext("{n} narrower term", "{n} narrower terms", narrower).format(n=narrower)
    return _both(found, below) if narrower else found


def _concepts(section: raw.Concepts) -> str:
    clusters = len(section.clusters)
    terms = tuple(term for cluster in section.clusters for term in cluster.terms)
    inside = ngettext("{terms} in {n} cluster", "{terms} in {n} clusters", clusters)
    return inside.format(terms=counted(terms), n=clusters)


def _scheme(section: raw.Scheme) -> str:
    boxes, arrows = len(section.nodes), len(section.links)
    found = _both(
        ngettext("{n} box", "{n} boxes", boxes).format(n=boxes),
        ngettext("{n} arrow", "{n} arrows", arrows).format(n=arrows),
    )
    return _both(found, _("{n} round the cycle").format(n=len(section.cycle))) if section.cycle else found


def _paragraphs(number: int) -> str:
    return ngettext("{n} paragraph", "{n} paragraphs", number).format(n=number)


def _both(one: str, other: str) -> str:
    return _("{one}, {other}").format(one=one, other=other)
