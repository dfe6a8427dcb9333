"""The boundary as a filter: JSON lines in, JSON lines out.

In:  {"id", "text", "roster": [{"name", "aliases", "email", "title", "org", "org_aliases"}], "may_name": [], "language"}
Out: {"id", "text", "spans": [{"start", "end", "type"}], "review": [{"start", "end", "type", "why"}]}

Offsets are code points of the input. `spans` were removed, and what is said before a name ("Mr") with them: that names
nobody, and is no part of a span; `review` is put to a human and stands generalised in
`text`. A record that cannot be read is answered with {"id", "error"}, and the next one is read. One without a roster is
refused: with an empty one its people would stay, and the answer would look as if they had been taken out. What a roster
calls by another name ("alias", "employer") is not read, and would stay: that is told aside.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from .deidentify import deidentify
from .findings import Span
from .fold import fold
from .names import WORD
from .recogniser import Guesses
from .roster import Organisation, Person, Roster
from .words import GRAMMAR

LANGUAGES = ("en", "sv")
_STYLE = re.compile(
    r"(?:(?:mr|mrs|ms|miss|mx|dr|prof|professor|cllr|councillor|rev|nurse|sir|dame)\b\.?\s+)+(?=\w)", re.IGNORECASE
)
READ = ("name", "aliases", "email", "title", "org", "org_aliases")  # of an entry of a roster
_SAMPLE = 20_000  # characters that a language is guessed from


class BadRecordError(ValueError):
    """A record that does not say what it should; the message says what is wrong with it."""


def _text(record: Mapping[str, Any], field: str, place: str) -> str:
    value = record.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadRecordError(f"{place}: “{field}” must be text.")
    return value


def _texts(record: Mapping[str, Any], field: str, place: str) -> tuple[str, ...]:
    value = record.get(field)
    if value is None or value == "":
        return ()
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadRecordError(f"{place}: “{field}” must be a list of texts.")
    return tuple(value)


def read_roster(entries: object, may_name: Iterable[str] = (), language: str = "en") -> Roster:
    """The roster of a record; semicolons separate several organisations of one person. Raises BadRecordError."""
    if not isinstance(entries, list):
        raise BadRecordError("“roster” must be a list.")
    people: list[Person] = []
    organisations: dict[Organisation, None] = {}
    for number, entry in enumerate(entries, 1):
        place = f"Roster entry {number}"
        if not isinstance(entry, dict):
            raise BadRecordError(f"{place} must be an object.")
        if not entry.keys() & {"name", "org", "org_aliases"}:
            raise BadRecordError(f"{place} has neither “name” nor “org”.")
        name, aliases = _text(entry, "name", place).strip(), _texts(entry, "aliases", place)
        if not name and any(alias.strip() for alias in aliases):
            raise BadRecordError(f"{place} has aliases of nobody: its “name” is empty.")
        if name:
            people.append(
                Person(
                    name,
                    aliases,
                    _texts(entry, "email", place),
                    _text(entry, "title", place),
                )
            )
        names = [part.strip() for part in _text(entry, "org", place).split(";") if part.strip()]
        names += [part.strip() for part in _texts(entry, "org_aliases", place) if part.strip()]
        organisations.update(dict.fromkeys(map(Organisation, names)))
    return Roster(tuple(people), tuple(organisations), (), tuple(may_name), language)


def guess(text: str) -> str:
    """The language of a text that does not say: Swedish when more of its small words are Swedish than English."""
    counted = Counter(WORD.findall(fold(text[:_SAMPLE])))
    swedish, english = (sum(counted[word] for word in GRAMMAR[f"telltale {name}"]) for name in ("swedish", "english"))
    return "sv" if swedish > english else "en"


def answer(record: object, recogniser: Guesses | None = None) -> dict[str, Any]:
    """The answer to one record. Raises BadRecordError."""
    if not isinstance(record, dict):
        raise BadRecordError("A record must be an object.")
    text = record.get("text")
    if not isinstance(text, str):
        raise BadRecordError("“text” is missing or is not text.")
    language = _text(record, "language", "Record") or guess(text)
    if language not in LANGUAGES:
        raise BadRecordError("“language” must be “en” or “sv”.")
    if record.get("roster") is None:
        raise BadRecordError("“roster” is missing. An empty list stands for nobody.")
    roster = read_roster(record["roster"], _texts(record, "may_name", "Record"), language)
    result = deidentify(text, roster, recogniser=recogniser)
    return {
        "id": record.get("id"),
        "text": str(result.text),
        "spans": [{"start": s.start + _styled(text, s, roster), "end": s.end, "type": s.type} for s in result.removed],
        "review": [{"start": f.start, "end": f.end, "type": f.type, "why": f.why} for f in result.open],
    }


def _styled(text: str, span: Span, roster: Roster) -> int:
    """How many characters of a person's span only say how they are addressed: 4 of "Dr. Ek". None where somebody on the
    roster is called so: Paul Nurse."""
    style = _STYLE.match(text, span.start, span.end) if span.type == "PERSON" else None
    if style is None:
        return 0
    called = {
        word for one in roster.people for name in (one.name, *one.other_names) for word in WORD.findall(fold(name))
    }
    return 0 if called.intersection(WORD.findall(fold(style[0]))) else len(style[0])


def _unreadable(problem: Exception) -> str:
    if not isinstance(problem, (ValueError, RecursionError)):
        return "This program failed at it. Nothing was taken out."
    if isinstance(problem, UnicodeDecodeError):
        return "This is not UTF-8."
    if isinstance(problem, json.JSONDecodeError):
        return f"This is not JSON (at character {problem.pos + 1})."
    return "This is not JSON."


def answers(
    lines: Iterable[str | bytes], recogniser: Guesses | None = None, tell: Callable[[str], object] = str
) -> Iterator[str]:
    """One JSON line for each line that is not blank, in order. Bytes are UTF-8.

    `tell` is called with a sentence when entries of a roster hold something by a name that is not read, once for each.
    """
    told: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        identity: object = None
        try:
            record = json.loads(line)
            identity = record.get("id") if isinstance(record, dict) else None
            answered = answer(record, recogniser)
            if strange := sorted({name for entry in record["roster"] for name in entry}.difference(READ, told)):
                told.update(strange)
                names = ", ".join(f"“{name}”" for name in strange)
                tell(
                    f"Line {number}: {names} of the roster is not read and stays in the text. Read: {', '.join(READ)}."
                )
        except Exception as problem:  # noqa: BLE001 - a record that we cannot read must not take the others with it
            reason = str(problem) if isinstance(problem, BadRecordError) else _unreadable(problem)
            answered = {"id": identity, "error": f"Line {number}: {reason}"}
        yield json.dumps(answered, ensure_ascii=True)
