"""`manage.py anonymise`: the anonymity boundary from the command line."""

import csv
import io
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.anonymity import RecogniserMissingError, deidentify, load_recogniser
from reports.anonymity.filter import LANGUAGES, BadRecordError, answers, read_roster
from reports.anonymity.recogniser import Guesses

COLUMNS = ("name", "aliases", "email", "title", "org", "org_aliases")
ASKED = (
    "Nobody on the roster is called so, and it may name somebody all the same: general words stand for it above. Put "
    "whom it names on the roster; where it names nobody, type the words back in."
)


class Command(BaseCommand):
    """A filter for programs (`--jsonl`), and a roster and a text file for people."""

    help = "Removes the identities on a roster from a text; lists what a person has to look at."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "roster",
            nargs="?",
            help=f"CSV (UTF-8) whose first line names its columns: {', '.join(COLUMNS)}; docs/filter.md has an example",
        )
        parser.add_argument("text", nargs="?", help="the text file (UTF-8)")
        parser.add_argument(
            "--jsonl",
            action="store_true",
            help="read JSON lines from standard input, answer each",
        )
        parser.add_argument("--language", default="en", choices=LANGUAGES, help="of the text")
        parser.add_argument(
            "--recogniser", action="store_true", help="let the optional recogniser add findings (extra “ner”)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            recogniser = load_recogniser() if options["recogniser"] else None
        except RecogniserMissingError as problem:
            raise CommandError(str(problem)) from problem
        if options["jsonl"]:
            for line in answers(sys.stdin.buffer, recogniser):
                sys.stdout.write(line + "\n")
                sys.stdout.flush()
        elif options["roster"] and options["text"]:
            self._files(Path(options["roster"]), Path(options["text"]), options["language"], recogniser)
        else:
            raise CommandError("Give a roster and a text file, or --jsonl.")

    def _files(self, roster_file: Path, text_file: Path, language: str, recogniser: Guesses | None) -> None:
        try:
            text = _read(text_file)
            result = deidentify(text, read_roster(_entries(roster_file), language=language), recogniser=recogniser)
        except (OSError, csv.Error, BadRecordError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(str(result.text))
        if result.open:
            self.stderr.write(ASKED)
        for finding in result.open:
            line = text.count("\n", 0, finding.start) + 1
            self.stderr.write(f"Line {line}: {finding.type} “{finding.words}”. {finding.why}")


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeError as problem:
        raise CommandError(f"{file} is not UTF-8. Save it as UTF-8 (a spreadsheet: “CSV UTF-8”).") from problem


def _entries(file: Path) -> list[dict[str, Any]]:
    """The rows of a roster file, whose cells are parted by commas, or as some countries' spreadsheets do by semicolons.

    Raises BadRecordError for one that would leave people out without a word: a column that is called otherwise, or a
    cell that was cut in two by a comma.
    """
    content = _read(file)
    heading = content.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(content), delimiter=";" if heading.count(";") > heading.count(",") else ",")
    named = [(name or "").strip().lower() for name in rows.fieldnames or ()]
    if not {"name", "org"} & {*named} or not {*named} <= {*COLUMNS}:
        expected, found = ", ".join(COLUMNS), heading.strip() or "nothing"
        raise BadRecordError(f"{file}: the first line has to name the columns, of these: {expected}. It says: {found}")
    rows.fieldnames = named
    entries = []
    for row in rows:
        if None in row:
            told = "has more cells than there are columns. Put a cell that holds a comma into quotes."
            raise BadRecordError(f"{file}: line {rows.line_num} {told}")
        entries.append(_entry(row))
    return entries


def _entry(row: dict[str, str | None]) -> dict[str, Any]:
    """A row of the roster file; several values in one column are separated by semicolons."""
    several = {
        key: [part.strip() for part in (row.get(key) or "").split(";") if part.strip()]
        for key in ("aliases", "org_aliases")
    }
    return {
        **{key: row.get(key) or "" for key in ("name", "email", "title", "org")},
        **several,
    }
