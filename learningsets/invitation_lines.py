"""Reading a pasted or uploaded list of people to invite.

A line each, with columns parted by tabs, semicolons or commas; or what mail programs copy, `Anna Berg
<anna.berg@example.org>`, one or several in a line.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from learningsets.names import given_name_first

_PARTS = re.compile(r"[\s,;<>\"]+")
MOST = 60  # people in one list; a set has at most a dozen or two
COLUMNS = ("name", "email", "organisation", "job_title", "health_system", "other_names")
LENGTHS = {"name": 200, "email": 254, "organisation": 200, "job_title": 200, "health_system": 100, "other_names": 2_000}


@dataclass
class Line:
    """One person of the list: the columns as text, the number of the line, what is wrong with it, and what is not but
    had better be seen before it is sent."""

    number: int
    name: str = ""
    email: str = ""
    organisation: str = ""
    job_title: str = ""
    health_system: str = ""
    other_names: str = ""
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def other_name_list(self) -> list[str]:
        """The other names, which stand in their column parted by semicolons."""
        return [name.strip() for name in self.other_names.split(";") if name.strip()]


def read(text: str) -> list[Line]:
    """The people of a list, each with the first thing that is wrong with it.

    Empty lines and a line of headings are passed over. Errors here are those that the list shows by itself;
    `invitations.check` adds those that the set knows.
    """
    lines: list[Line] = []
    seen: dict[str, int] = {}
    for number, cells in _rows(text):
        line = Line(number)
        for column, cell in zip(COLUMNS, cells, strict=False):
            setattr(line, column, cell)
        line.email = line.email.strip("<>").removeprefix("mailto:").lower()
        line.errors.extend(islice(_faults(line, cells), 1))
        if not line.errors and line.email in seen:
            line.errors.append(_("The same address stands in line %(number)s.") % {"number": seen[line.email]})
        if not line.organisation and not line.errors:
            line.notes.append(
                _("No organisation: until somebody adds it, the employer cannot be taken out of reports.")
            )
        seen.setdefault(line.email, number)
        line.name, typed = given_name_first(line.name), line.name
        if line.name != typed:
            line.notes.append(_("“%(typed)s” is turned round: first name first.") % {"typed": typed})
        lines.append(line)
    return lines


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Line numbers from 1, with cells stripped. A line of addresses gives a row for each."""
    for number, raw in enumerate(text.split("\n"), start=1):
        if not raw.strip():
            continue
        if people := next(filter(None, (_as_mail_writes(_split(raw, mark)) for mark in "\t;,")), None):
            if len(people) > 1 and not any(cells[0] for cells in people):
                people = [["", *(cells[-1] for cells in people)]]  # addresses alone: whose they are has to be said
            yield from ((number, cells) for cells in people)
            continue
        cells = _columns(raw)
        if not _is_heading(cells):
            yield number, cells


def _columns(raw: str) -> list[str]:
    """A line's columns, parted by the mark behind which an address stands alone: a semicolon parts other names too, and
    a comma the parts of an employer's. A blank will do between a name and an address that ends the line.
    """
    for mark in "\t;,":
        cells = _split(raw, mark)
        if len(cells) > 1 and _is_bare(cells[1]):
            return cells
    name, address = (["", *raw.rsplit(maxsplit=1)])[-2:]
    if name and not any(character in "@\t;," for character in name) and _is_bare(address):
        return [name.strip(), address]
    return _split(raw, next((mark for mark in "\t,;" if mark in raw), ","))


def _split(raw: str, mark: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([raw], delimiter=mark, skipinitialspace=True), [])]


def _as_mail_writes(cells: list[str]) -> list[list[str]]:
    """Rows of name and address, if the cells are `Name <address>` or bare addresses; none otherwise.

    What stands before such a cell belongs to its name ("Berg, Anna <…>"); what stands after the only one are the
    further columns.
    """
    if not any(_named(cell) for cell in cells) and not all(_is_bare(cell) for cell in cells if cell):
        return []
    rows: list[list[str]] = []
    waiting: list[str] = []
    for cell in cells:
        if _named(cell):
            name, _mark, address = cell.partition("<")
            parts = dict.fromkeys(part for part in [*waiting, name.strip().strip("'")] if part)
            rows.append([", ".join(parts), address])
            waiting = []
        elif _is_bare(cell):
            rows.append([" ".join(filter(None, waiting)), cell])
            waiting = []
        else:
            waiting.append(cell)
    if len(rows) == 1:
        rows[0].extend(waiting)
    elif any(waiting):
        rows.append([" ".join(filter(None, waiting))])
    return rows


def _named(cell: str) -> bool:
    """Whether a cell is a name with an address in angle brackets."""
    name, _mark, address = cell.partition("<")
    return (
        bool(name.strip())
        and "@" not in name
        and "<" not in address.lstrip("<")
        and "@" in address
        and address.endswith(">")
        and "," not in address
    )


def _is_bare(cell: str) -> bool:
    """Whether a cell is an address by itself."""
    return "@" in cell and not any(character.isspace() or character in ",;\t" for character in cell)


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _is_heading(cells: list[str]) -> bool:
    """Whether a row names its columns: no address in it, and what one is called in the place of one."""
    called = cells[1].lower() if len(cells) > 1 else ""
    address = "mail" in called or called.startswith(("e-post", "epost"))
    return address and " " not in called and "@" not in "".join(cells)


def _faults(line: Line, cells: list[str]) -> Iterator[str]:
    """What is wrong with one line by itself."""
    parts = {part.lower() for cell in cells for part in _PARTS.split(cell)}
    if len([part for part in parts if "@" in part.strip("@")]) > 1:
        yield _("There is more than one address here. Give each person a line of their own: name, e-mail address.")
    no_address = not _is_address(line.email)
    nameless = not any(character.isalpha() for character in line.name)
    if nameless and line.email and no_address:
        yield _("The name is missing, and “%(text)s” is not an e-mail address.") % {"text": line.email[:60]}
    elif nameless:
        yield _("The name is missing. It stands before the address, with a comma between.")
    elif "@" in line.name:
        yield _("The first column is the name, the second the e-mail address.")
    if no_address:
        yield (
            _("“%(text)s” is not an e-mail address.") % {"text": line.email[:60]}
            if line.email
            else _("The e-mail address is missing.")
        )
    for column, most in LENGTHS.items():
        if len(getattr(line, column)) > most:
            yield _("A column is longer than %(most)s characters.") % {"most": most}
    if any(len(name) > LENGTHS["name"] for name in line.other_name_list):
        yield _("One of the other names is longer than %(most)s characters.") % {"most": LENGTHS["name"]}
    if len(cells) > len(COLUMNS):
        yield _("There are more than six columns. Put quotation marks round a column that holds a comma.")
