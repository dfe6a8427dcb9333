"""How the sections of a write-up are put in order: added, moved, hidden, taken out and put back.

Each function gives a new write-up, and the same one where there is nothing to do: another facilitator was quicker.
"""

import re
import secrets
from dataclasses import replace

from reports.write_up import (
    KINDS,
    Answers,
    Attendance,
    Concepts,
    Contexts,
    Evaluation,
    NextSteps,
    Questions,
    Removed,
    Scheme,
    Section,
    Session,
    Themes,
    WriteUp,
)

MOST = 60
"""How many sections one write-up may have."""
KEPT = 20
"""How many removed sections can still be put back; the oldest goes first."""
_ROOM = {
    Session: 0,
    Concepts: 0,
    Scheme: 0,
    Contexts: 0,
    Questions: 1,
    Themes: 2,
    Answers: 3,
    NextSteps: 4,
    Attendance: 5,
    Evaluation: 6,
}
"""What reports have first. What is the first of its kind comes behind everything of its room, and of those before."""


_ID = re.compile(r"[0-9a-f]{8}|s\d{1,3}")


class FullError(Exception):
    """The write-up has as many sections as it may have, or has its one section of closing answers."""


def is_id(text: str) -> bool:
    """Whether `text` could be the id of a section."""
    return bool(_ID.fullmatch(text))


def find(written: WriteUp, section_id: str) -> Section | None:
    """The section of that id, None where it is not in the write-up (any more)."""
    return next((section for section in written.sections if section.id == section_id), None)


def taken_out(written: WriteUp, section_id: str) -> Section | None:
    """The removed section of that id."""
    return next((one.section for one in written.removed if one.section.id == section_id), None)


def offered(written: WriteUp) -> list[str]:
    """The kinds that can be added, in the order of a report. The closing answers stand in one place."""
    if len(written.sections) >= MOST:
        return []
    there = {section.kind for section in written.sections}
    return [kind for kind in KINDS if kind != Answers.kind or kind not in there]


def added(written: WriteUp, kind: str, *, over_days: bool = False) -> tuple[WriteUp, Section]:
    """`written` with an empty section of `kind` where it is expected. Raises FullError for what is not `offered`.

    `over_days`: whether the first session stands on a day that is counted.
    """
    if kind not in offered(written):
        raise FullError
    section = replace(_empty(written, KINDS[kind], over_days=over_days), id=secrets.token_hex(4))
    return _placed(written, section), section


def identified(written: WriteUp) -> WriteUp:
    """`written`, each section with an id of its own."""
    named = (section if section.id else replace(section, id=secrets.token_hex(4)) for section in written.sections)
    return replace(written, sections=tuple(named))


def moved(written: WriteUp, section_id: str, to: str) -> WriteUp:
    """`written` with a section one place "up" or "down", at the "end", or before the section that `to` names."""
    section = find(written, section_id)
    if section is None:
        return written
    here = written.sections.index(section)
    rest = [one for one in written.sections if one.id != section_id]
    before = {one.id: place for place, one in enumerate(rest)}
    there = {"up": max(here - 1, 0), "down": here + 1, "end": len(rest)}.get(to, before.get(to, here))
    rest.insert(there, section)
    return replace(written, sections=tuple(rest))


def hidden(written: WriteUp, section_id: str, *, hide: bool) -> WriteUp:
    """`written` with a section that prints nothing, or prints again."""
    changed = (replace(one, hidden=hide) if one.id == section_id else one for one in written.sections)
    return replace(written, sections=tuple(changed))


def removed(written: WriteUp, section_id: str) -> WriteUp:
    """`written` without a section, which can be put back."""
    section = find(written, section_id)
    if section is None:
        return written
    gone = Removed(written.sections.index(section), section)
    rest = tuple(one for one in written.sections if one is not section)
    return replace(written, sections=rest, removed=(gone, *written.removed)[:KEPT])


def put_back(written: WriteUp, section_id: str) -> WriteUp:
    """`written` with a removed section where it stood. Raises FullError when there is no room for it any more."""
    gone = next((one for one in written.removed if one.section.id == section_id), None)
    if gone is None:
        return written
    if gone.section.kind not in offered(written):
        raise FullError
    sections = list(written.sections)
    sections.insert(gone.place, gone.section)
    rest = tuple(one for one in written.removed if one is not gone)
    return replace(written, sections=tuple(sections), removed=rest)


def without_removed(written: WriteUp) -> WriteUp:
    """`written` with nothing left that could be put back."""
    return replace(written, removed=())


def saying(written: WriteUp, section: Section) -> WriteUp:
    """`written` with what a section says replaced. One that was removed, or is gone for good, stands there again.

    Raises FullError when there is no room for that.
    """
    if taken_out(written, section.id):
        written = put_back(written, section.id)
    there = find(written, section.id)
    if there is None:
        if section.kind not in offered(written):
            raise FullError
        return _placed(written, section)
    said = replace(section, hidden=there.hidden)
    return replace(written, sections=tuple(said if one is there else one for one in written.sections))


def _empty(written: WriteUp, kind: type[Section], *, over_days: bool) -> Section:
    """A new section; a session goes on from the last one's number."""
    last = next((one for one in reversed(written.sections) if isinstance(one, Session)), None)
    if kind is Session and last is not None:
        return Session(day=last.day, number=min(last.number + 1, 99))
    return Session(day=int(over_days)) if kind is Session else kind()


def _placed(written: WriteUp, section: Section) -> WriteUp:
    """`written` with a section after the last one of its kind, or else where reports have it.

    A session holds what stands below it: the first comes first, and any other behind all that belongs to those before;
    but before themes, which look back at all of them, unless they are all that the last session holds.
    Whoever has begun a session since the last one of a kind goes on in that session.
    """
    kind, placed = type(section), list(enumerate(written.sections, start=1))
    fits = [place for place, one in placed if type(one) is kind]
    if kind is Session:
        fits = _behind_sessions(written) if fits else []
    elif not fits or (_ROOM[kind] < _ROOM[Answers] and _begun_since(written, max(fits))):
        fits = [place for place, one in placed if _ROOM[type(one)] <= _ROOM[kind]]
    place = max(fits, default=0)
    return replace(written, sections=(*written.sections[:place], section, *written.sections[place:]))


def _behind_sessions(written: WriteUp) -> list[int]:
    """The places behind what the sessions hold."""
    held = [place for place, one in enumerate(written.sections, start=1) if _ROOM[type(one)] < _ROOM[Themes]]
    if held and isinstance(written.sections[held[-1] - 1], Session):
        return [place for place, one in enumerate(written.sections, start=1) if _ROOM[type(one)] < _ROOM[Answers]]
    return held


def _begun_since(written: WriteUp, place: int) -> bool:
    """Whether a session begins behind the first `place` sections."""
    return any(isinstance(one, Session) for one in written.sections[place:])
