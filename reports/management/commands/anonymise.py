"""`manage.py anonymise`: the anonymity boundary from the command line."""

import csv
import io
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.anonymity import RecogniserMissingError, deidentify, load_recogniser
from reports.anonymity.filter import LANGUAGES, READ, BadRecordError, answers, guess, read_roster
from reports.anonymity.recogniser import Guesses

ASKED = (
    "General words stand above for what may name somebody besides: decide on each. Put whom it names on the roster; "
    "where it names nobody, type the words back in."
)


class Command(BaseCommand):
    """A filter for programs (`--jsonl`), and a roster and a text file for people."""

    help = "Removes the identities on a roster from a text; lists what a person has to look at."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "roster",
            nargs="?",
            help=f"CSV (UTF-8) whose first line names its columns: {', '.join(READ)}; docs/filter.md has an example",
        )
        parser.add_argument("text", nargs="?", help="the text file (UTF-8)")
        parser.add_argument(
            "--jsonl",
            action="store_true",
            help="read JSON lines from standard input, answer each",
        )
        parser.add_argument("--language", choices=LANGUAGES, help="of the text file; it is guessed otherwise")
        parser.add_argument(
            "--recogniser", action="store_true", help="let the optional recogniser add findings (extra “ner”)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            recogniser = load_recogniser() if options["recogniser"] else None
        except RecogniserMissingError as problem:
            raise CommandError(str(problem)) from problem
        if options["jsonl"] and options["roster"]:
            raise CommandError("--jsonl reads standard input and no file: anonymise --jsonl < FILE")
        if options["jsonl"]:
            for line in answers(sys.stdin.buffer, recogniser, self.stderr.write):
                sys.stdout.write(line + "\n")
                sys.stdout.flush()
        elif options["roster"] and options["text"]:
            self._files(Path(options["roster"]), Path(options["text"]), options["language"], recogniser)
        else:
            raise CommandError("Give a roster and a text file, or --jsonl.")

    def _files(self, roster_file: Path, text_file: Path, language: str | None, recogniser: Guesses | None) -> None:
        text, entries = _read(text_file), _entries(roster_file)
        language = language or guess(text)
        try:
            roster = read_roster(entries, language=language)
        except BadRecordError as problem:
            raise CommandError(f"{roster_file}: {problem}") from problem
        result = deidentify(text, roster, recogniser=recogniser)
        people, organisations = len(roster.people), len({entry["org"] for entry in entries} - {""})
        self.stderr.write(f"Roster: {people} people, {organisations} organisations. Language: {language}.")
        self.stdout.write(str(result.text))
        if result.open:
            self.stderr.write(ASKED)
        for finding in result.open:
            line = text.count("\n", 0, finding.start) + 1
            self.stderr.write(f"Line {line}: {finding.type} “{finding.words}”. {finding.why}")


def _read(file: Path) -> str:
    """What a file says. Raises CommandError."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise CommandError(f"{file}: {problem.strerror}.") from problem
    except UnicodeError as problem:
        how = "in a spreadsheet “CSV UTF-8”, in a word processor “plain text”"
        raise CommandError(f"{file} is not text in UTF-8. Save it as that: {how}.") from problem


def _entries(file: Path) -> list[dict[str, Any]]:
    """The rows of a roster file, whose cells are parted by commas, or as some countries' spreadsheets do by semicolons,
    or as in what is pasted from one by tabs.

    Raises CommandError for one that would leave people out without a word: a column that is called otherwise or that is
    there twice, a quotation mark that is not closed, a cell that was cut in two, somebody without a name.
    """
    content = _read(file)
    heading = content.partition("\n")[0]
    mark = max(",;\t", key=heading.count)
    rows = csv.DictReader(io.StringIO(content), delimiter=mark, strict=True)
    entries = []
    try:
        rows.fieldnames = _columns(rows.fieldnames or ())
        for row in rows:
            if None in row:
                raise BadRecordError(f"more cells than columns. Put a cell that holds a “{mark}” into quotes.")
            if any("\n" in (cell or "") or "\t" in (cell or "") for cell in row.values()):
                raise BadRecordError(
                    "a cell goes over a line or holds a tab. Is a quotation mark missing that closes it?"
                )
            entry = _entry(row)
            if not entry["name"] and any(entry[column] for column in ("aliases", "email", "title")):
                raise BadRecordError("somebody without a name. Write it into the column “name”.")
            entries.append(entry)
    except csv.Error as problem:
        told = "a quotation mark is not closed, or stands in the middle of a cell."
        raise CommandError(f"{file}, near line {max(rows.line_num, 1)}: {told}") from problem
    except BadRecordError as problem:
        raise CommandError(f"{file}, line {max(rows.line_num, 1)}: {problem}") from problem
    return entries


def _columns(heading: Sequence[str]) -> list[str]:
    """The columns that a first line names. Raises BadRecordError."""
    named = [name.strip().lower() for name in heading]
    known, strange = ", ".join(READ), [name for name in heading if name.strip().lower() not in READ]
    if strange:
        names = ", ".join(f"“{name.strip()}”" for name in strange)
        raise BadRecordError(
            f"no column is called {names}. Call them as they are called here, or leave them out: {known}."
        )
    if not {"name", "org"} & {*named}:
        raise BadRecordError(f"the first line has to name the columns, “name” or “org” among them: {known}.")
    if len({*named}) < len(named):
        raise BadRecordError("two columns are called the same.")
    return named


def _entry(row: dict[str, str | None]) -> dict[str, Any]:
    """A row of the roster file; several values in one column are separated by semicolons."""
    several = {
        key: [part.strip() for part in (row.get(key) or "").split(";") if part.strip()]
        for key in ("aliases", "org_aliases")
    }
    return {
        **{key: (row.get(key) or "").strip() for key in ("name", "email", "title", "org")},
        **several,
    }
