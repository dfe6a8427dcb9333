"""`manage.py anonymise`: the anonymity boundary from the command line."""

import csv
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.anonymity import RecogniserMissingError, deidentify, load_recogniser
from reports.anonymity.filter import BadRecordError, answers, read_roster
from reports.anonymity.recogniser import Guesses


class Command(BaseCommand):
    """A filter for programs (`--jsonl`), and a roster and a text file for people."""

    help = "Removes the identities on a roster from a text; lists what a person has to look at."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "roster",
            nargs="?",
            help="CSV with the columns name, aliases, email, title, org, org_aliases",
        )
        parser.add_argument("text", nargs="?", help="the text file")
        parser.add_argument(
            "--jsonl",
            action="store_true",
            help="read JSON lines from standard input, answer each",
        )
        parser.add_argument("--language", default="en", help="of the text: en or sv")
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
            with roster_file.open(encoding="utf-8-sig", newline="") as rows:
                entries = [_entry(row) for row in csv.DictReader(rows)]
            text = text_file.read_text(encoding="utf-8-sig")
            result = deidentify(text, read_roster(entries, language=language), recogniser=recogniser)
        except (OSError, UnicodeError, csv.Error, BadRecordError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(str(result.text))
        for finding in result.open:
            self.stderr.write(f"{finding.start}–{finding.end} {finding.type}: “{finding.words}”. {finding.why}")


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
