"""The three reports by which the paper is judged, and what their files are asked by another program than ours.

    .venv/bin/python bench/papers.py FOLDER
    verapdf --flavour ua1 FOLDER/*.pdf && verapdf --flavour 2a FOLDER/*.pdf

Writes the worked example, a report in which nearly everything is withheld, and one of a year's length into FOLDER, each
on A4 and on Letter. The worked example is imported into a database that is thrown away, and its answers are put in
order by a key of the bench's own, so that its files are the same each time.
"""

import argparse
import dataclasses
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
EXAMPLE = ROOT / "reports" / "example" / "workshop.yaml"


def main() -> None:
    """Writes the six files."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    folder = asked.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)

    from bench.render import of_12_and_120_pages
    from reports import pdf
    from reports.document import loads
    from tests.paper import invented

    documents = {
        "example": loads(worked_example()),
        "withheld": invented.minimal(),
        "year": of_12_and_120_pages(invented.report())[1],
    }
    for name, document in documents.items():
        for paper in ("a4", "letter"):
            path = folder / f"{name}-{paper}.pdf"
            path.write_bytes(pdf.render(dataclasses.replace(document, paper=paper)))
            print(path, flush=True)


def worked_example() -> str:
    """The worked example's report as it is stored, as if it were released."""
    with tempfile.TemporaryDirectory(prefix="papers-") as folder:
        os.environ.update(DATA_DIR=folder, DJANGO_SETTINGS_MODULE="learningsets.settings")
        for name in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(name, None)
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        from reports.build import build_document
        from reports.document import dumps
        from reports.workshop.importing import import_workshop

        call_command("migrate", verbosity=0)
        built = build_document(import_workshop(EXAMPLE.read_bytes()), "release", key=bytes(32))
        connections.close_all()
        return dumps(built.document)


if __name__ == "__main__":
    main()
