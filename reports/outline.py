"""How a document is laid out as headings: one hierarchy, the same for paper and screen.

Level 1 is the report, level 2 a session (or a section that stands outside any), level 3 a section of a session.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, combinations_with_replacement, count, groupby, pairwise
from typing import get_args

from reports.anonymity.text import AnonymousText
from reports.document import (
    Answers,
    Attendance,
    Came,
    ConceptList,
    Contexts,
    Evaluation,
    NextSteps,
    Questions,
    ReportDocument,
    Scheme,
    Section,
    Session,
    Term,
    Themes,
    WithheldAnswers,
)
from reports.words import STAND_INS, WORDS, Words

COLUMNS = 3
"""How many columns the concept list is set in."""
BAND_LINES = 27
"""How many lines a row of columns may be deep, so that it always fits on a page."""
PAGE_LINES = 32
"""How many lines deep a row may be that follows another: it has a page to itself."""
SHORT_CLUSTER = 9
"""How many lines a cluster must have to go on in the next column, and not to begin there."""
FEWEST = 3
"""How many terms of it must stand in either."""
LINE_LETTERS = 22
"""How many letters of a term fit on a line of a column, a little less than there is room for."""
CLUSTER_LINES = 1
"""How many lines the rule and the space below a cluster take; its title takes one more."""
MOST_ENTRIES = 90
"""How many lines the contents may have, two pages or so; of a report with more they name the sessions alone."""
LEAST_LINES = 6
"""How many lines deep both rows of columns must be for a list to be parted by the end of a page."""
MUCH = 4
"""How many lines shallower columns must become for the clusters to leave their own order."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section under its heading.

    `eyebrow` stands above the title ("Day 1 · Session 2"), `label` is the heading in the contents and the running
    head, `figure` the caption's number, `template` the name of the partial that sets it; `opens` says that it starts a
    page: the first session of a day, and every session that has sections of its own.
    """

    anchor: str
    level: int
    eyebrow: str
    title: str
    label: str
    template: str
    section: Section
    figure: str = ""
    opens: bool = False

    @property
    def below(self) -> int:
        """The level of headings inside this part."""
        return self.level + 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents, with the lines beneath it; `apart` says that it stands alone and begins another day."""

    anchor: str
    label: str
    entries: tuple["Entry", ...] = ()
    apart: bool = False


def parts(document: ReportDocument) -> tuple[Part, ...]:
    """Every section of `document` under its heading, in order."""
    return tuple(_parts(document))


def contents(laid_out: Sequence[Part]) -> tuple[Entry, ...]:
    """The table of contents of `laid_out`: two levels, or the upper one alone where both would fill pages."""
    groups: list[tuple[Part, list[Part]]] = []
    for part in laid_out:
        if part.level == 2 or not groups:
            groups.append((part, []))
        else:
            groups[-1][1].append(part)
    shown = len(laid_out) <= MOST_ENTRIES or len(groups) == 1
    days = [head.section.day if isinstance(head.section, Session) else 0 for head, _ in groups]
    return tuple(
        Entry(
            head.anchor,
            head.label,
            tuple(Entry(part.anchor, part.label) for part in rest if shown),
            apart=not shown and day != before,
        )
        for (head, rest), day, before in zip(groups, days, [None, *days], strict=False)
    )


def _parts(document: ReportDocument) -> Iterator[Part]:
    words = WORDS[document.language]
    day, level, figures, meetings = 0, 2, 0, _meetings(document, words)
    alone = sum(isinstance(section, Session) for section in document.sections) == 1
    for number, section in enumerate(document.sections, start=1):
        anchor = f"part-{number}"
        if isinstance(section, Session):
            following = document.sections[number : number + 1]
            holds = any(not isinstance(each, Session) for each in following)
            yield _session(section, words, anchor, opens=holds or section.day > day, alone=alone)
            day, level = max(day, section.day), 3
            continue
        figures += isinstance(section, Scheme)
        title, asked = _title(section, words), meetings.get(number, "")
        figure = words.figure.format(figures) if isinstance(section, Scheme) else ""
        label = f"{asked}: {title}" if asked else title
        yield Part(anchor, level, asked, title, label, _template(section), section, figure)


def _meetings(document: ReportDocument, words: Words) -> dict[int, str]:
    """Which meeting's answers a section holds where several asked the same: they stand in the order of the meetings.

    It stands above the question and is no text of the document: an objection to the question is one to it everywhere.
    """
    asked: dict[str, list[int]] = defaultdict(list)
    for number, section in enumerate(document.sections, start=1):
        if isinstance(section, Answers | WithheldAnswers) and str(section.prompt) not in STAND_INS:
            asked[str(section.prompt)].append(number)
    several = [those for those in asked.values() if len(those) > 1]
    return {number: words.asked.format(nth, len(those)) for those in several for nth, number in enumerate(those, 1)}


def _session(section: Session, words: Words, anchor: str, *, opens: bool, alone: bool) -> Part:
    """A session's heading; the one session of a report that counts no days is its meeting."""
    place = words.meeting if alone and not section.day else words.session.format(section.number)
    if section.day:
        place = f"{words.day.format(section.day)} · {place}"
    title = str(section.title or "")
    eyebrow, shown = (place, title) if title else ("", place)
    label = f"{place}: {title}" if title else place
    return Part(anchor, 2, eyebrow, shown, label, _template(section), section, opens=opens)


def _title(section: Section, words: Words) -> str:
    match section:
        case ConceptList():
            return words.concepts
        case Scheme():
            return words.scheme
        case Contexts():
            return words.contexts
        case Questions():
            return words.questions
        case Themes():
            return words.themes
        case Answers(prompt=prompt) | WithheldAnswers(prompt=prompt):
            return str(prompt)
        case NextSteps():
            return words.next_steps
        case Attendance() | Evaluation():
            return words.attendance if isinstance(section, Attendance) else words.evaluation
        case Session():
            raise TypeError("A session has a heading of its own.")


def _template(section: Section) -> str:
    return f"reports/print/_{type(section).__name__.lower()}.html"


# --- The quarters of an attendance table, and of an evaluation ----------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """A quarter in words, and its band: by name, for the bar, and in words."""

    when: str
    came: Came
    said: str


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A quarter in words, and its aims: each with the band of those who say "partly" or more, and "largely" or more."""

    when: str
    aims: tuple[tuple[AnonymousText, Told, Told], ...]


def quarters(attendance: Attendance, words: Words) -> tuple[Told, ...]:
    """The quarters of `attendance`, the earliest first."""
    in_order = sorted(attendance.quarters, key=lambda one: (one.year, one.number))
    return tuple(_told(words.quarters[one.number - 1].format(one.year), one.came, words) for one in in_order)


def evaluated(evaluation: Evaluation, words: Words) -> tuple[Evaluated, ...]:
    """The quarters of `evaluation` with their aims, the earliest quarter first and its aims in their order."""
    in_order = sorted(evaluation.aims, key=lambda aim: (aim.year, aim.number))
    by_quarter = groupby(in_order, key=lambda aim: words.quarters[aim.number - 1].format(aim.year))
    return tuple(
        Evaluated(when, tuple((aim.text, _told("", aim.partly, words), _told("", aim.largely, words)) for aim in aims))
        for when, aims in by_quarter
    )


def _told(when: str, band: Came, words: Words) -> Told:
    return Told(when, band, dict(zip(get_args(Came), words.bands, strict=True))[band])


# --- The columns of the concept list --------------------------------------------------


@dataclass(frozen=True, slots=True)
class Band:
    """A row of columns that stays on one page, each column a run of clusters.

    `tall`: some term is so long that no column would fit on a page; the row is then set as plain lists.
    """

    columns: tuple[tuple["Piece", ...], ...]
    tall: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A cluster in a column, or a run of its terms; `continued` says that the cluster began before.

    `headed`: it stands under its title, or under words of ours where others have a title. Without any it would seem to
    be more of the cluster before it.
    """

    title: AnonymousText | None
    terms: tuple[Term, ...]
    headed: bool
    continued: bool = False


Columns = Sequence[Sequence[Piece]]


def bands(concepts: ConceptList, first: int = 0) -> tuple[Band, ...]:
    """The clusters of `concepts` in even columns, down each column and then to the next.

    They keep their own order unless another makes the columns clearly more even. `first` is how many lines are left on
    a page for a row that the others follow on the next, or nothing where they are not to be parted.
    """
    whole = [Piece(cluster.title, cluster.terms, concepts.headed) for cluster in concepts.clusters]
    if first and _depth(even := _evenly(whole)) <= first:
        return (_band(even),)
    row, whole = _parted(whole, first)
    if sum(map(_lines, whole)) > COLUMNS * BAND_LINES - BAND_LINES // 2:
        rows = [_in_order(each) for each in _even_rows(whole)]
    else:
        rows = [_shallow(whole)]
    return tuple(_band(columns) for columns in (_in_order(row), *rows) if columns)


def _even_rows(whole: list["Piece"]) -> list[list["Piece"]]:
    """`whole` in as few rows as can be, and those as shallow as can be: the last is no crumb."""
    rows = _rows(whole, PAGE_LINES)
    for most in range(PAGE_LINES - 1, LEAST_LINES, -1):
        shallower = _rows(whole, most)
        if len(shallower) > len(rows):
            break
        rows = shallower
    return rows


def _rows(whole: list["Piece"], most: int) -> list[list["Piece"]]:
    """`whole` in rows of at most `most` lines, the first with room for what stands above it."""
    rows: list[list[Piece]] = []
    while whole:
        row, whole = _poured(whole, most if rows else min(most, BAND_LINES))
        rows.append(row)
    return rows


def _poured(whole: list["Piece"], deep: int) -> tuple[list["Piece"], list["Piece"]]:
    """As much of `whole` as columns of `deep` lines hold, and what is left. Clusters go on in the next column, unless
    they are short."""
    row: list[Piece] = []
    left, columns, depth = list(whole), 1, 0
    while left:
        begun, rest = _cut(left[0], deep - depth, must=not depth)
        if begun:
            row.append(begun)
            depth += _lines(begun)
            left[:1] = [rest] if rest else []
        if rest and columns == COLUMNS:
            break
        if rest:
            columns, depth = columns + 1, 0
    return row, left


def _cut(cluster: "Piece", room: int, *, must: bool) -> tuple["Piece | None", "Piece | None"]:
    """What of `cluster` stands in the `room` left in a column, or nothing unless it `must`; and what is left of it."""
    depths = list(accumulate(map(_term_lines, cluster.terms), initial=_above(cluster)))[1:]
    fit = sum(depth <= room for depth in depths)
    if fit == len(depths) or (must and len(depths) == 1):
        return cluster, None
    fit = min(fit, len(depths) - FEWEST)
    if fit < FEWEST or depths[-1] < SHORT_CLUSTER:
        if not must:
            return None, cluster
        fit = max(fit, 1)
    return (
        replace(cluster, terms=cluster.terms[:fit]),
        replace(cluster, terms=cluster.terms[fit:], continued=True),
    )


def _parted(whole: list["Piece"], first: int) -> tuple[list["Piece"], list["Piece"]]:
    """A row of at most `first` lines and what is left of `whole`, neither of them too shallow; or no row, and all."""
    for deep in range(first, LEAST_LINES - 1, -1):
        row, left = _poured(whole, deep)
        if row and sum(map(_lines, left)) >= COLUMNS * LEAST_LINES:
            return row, left
    return [], whole


def _band(columns: Columns) -> Band:
    return Band(tuple(map(_joined, columns)), tall=_depth(columns) > BAND_LINES + 8)


def _joined(column: Sequence[Piece]) -> tuple[Piece, ...]:
    """`column` with what it holds of a cluster in one piece."""
    joined: list[Piece] = []
    for piece in column:
        begun = joined.pop() if piece.continued and joined else piece
        joined.append(piece if begun is piece else replace(begun, terms=begun.terms + piece.terms))
    return tuple(joined)


def _shallow(whole: list[Piece]) -> Columns:
    """`whole` in columns: in its own order and uncut, unless the columns become MUCH shallower in another order, or
    still more so where clusters go on in the next column. Of fewer clusters than columns one goes on rather."""
    uncut, freely, evenly = _in_order(whole), _freely(whole), _evenly(whole)
    if not any(piece.continued for piece in whole) and _depth(uncut) >= _depth(freely) + MUCH:
        uncut = freely
    saved = _depth(uncut) - _depth(evenly)
    return evenly if saved >= MUCH * (1 if len(whole) < COLUMNS else 1.5) else uncut


def _in_order(row: Sequence[Piece]) -> Columns:
    """`row` in runs, the deepest as shallow as can be, and then the others as even as can be."""
    lines = list(accumulate(map(_lines, row), initial=0))
    cuts = combinations_with_replacement(range(1, len(row) + 1), COLUMNS - 1)
    ways = ([(a, b) for a, b in pairwise((0, *cut, len(row))) if a < b] for cut in cuts)
    best = min(ways, key=lambda way: sorted((lines[b] - lines[a] for a, b in way), reverse=True), default=[])
    return [row[a:b] for a, b in best]


def _freely(row: Sequence[Piece]) -> Columns:
    """`row` in columns, the longest first and each where there is most room; each column keeps the order."""
    columns: list[list[int]] = [[] for _ in range(COLUMNS)]
    for place in sorted(range(len(row)), key=lambda place: -_lines(row[place])):
        min(columns, key=lambda column: sum(_lines(row[other]) for other in column)).append(place)
    return [[row[place] for place in column] for column in sorted(map(sorted, columns)) if column]


def _evenly(whole: list[Piece]) -> Columns:
    """`whole` poured into columns as shallow as hold it all."""
    poured = (_poured(whole, deep) for deep in count(-(-sum(map(_lines, whole)) // COLUMNS)))
    return _in_order(next(row for row, left in poured if not left))


def _depth(columns: Columns) -> int:
    return max((sum(map(_lines, column)) for column in columns), default=0)


def _lines(cluster: Piece) -> int:
    return _above(cluster) + sum(map(_term_lines, cluster.terms))


def _above(cluster: Piece) -> int:
    return CLUSTER_LINES + cluster.headed


def _term_lines(term: Term) -> int:
    return sum(1 + len(str(text)) // LINE_LETTERS for text in (term.text, *term.sub_terms))
