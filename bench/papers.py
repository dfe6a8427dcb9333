"""The reports by which the paper is judged, and what their files are asked by another program than ours.

    .venv/bin/python bench/papers.py FOLDER
    verapdf --flavour ua1 FOLDER/*.pdf && verapdf --flavour 2a FOLDER/*.pdf

Writes the worked example, a report in which nearly everything is withheld, another and that one in Swedish, and one of
a year's length into FOLDER, each on A4 and on Letter, and prints of each how many pages it has, how many of them are
less than a quarter full, and which words are parted at the ends of lines. The worked example is imported into a
database that is thrown away, and its answers are put in order by a key of the bench's own, so that its files are the
same each time.
"""

import argparse
import dataclasses
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_PATH as PATH

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
EXAMPLE = ROOT / "reports" / "example" / "workshop.yaml"
HEAD: Final = 88
FOOT: Final = 65
"""How deep the margins of a page are, in points: the larger of those of A4 and Letter above, the smaller below."""


def main() -> None:
    """Writes the ten files."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    folder = asked.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)

    from bench.a_year import of_12_and_120_pages
    from reports import pdf
    from reports.document import loads
    from tests.paper import invented

    quiet = invented.minimal(language="sv", title="En stilla månad", paragraph="Litet kan berättas.")
    documents = {
        "example": loads(worked_example()),
        "withheld": invented.minimal(),
        "swedish": invented.swedish(),
        "stilla": quiet,
        "year": of_12_and_120_pages(invented.report())[1],
    }
    for name, document in documents.items():
        for paper in ("a4", "letter"):
            path = folder / f"{name}-{paper}.pdf"
            path.write_bytes(pdf.render(dataclasses.replace(document, paper=paper)))
            print(f"{path}  {told(path)}", flush=True)


def told(path: Path) -> str:
    """How many pages a file has, how many of them are less than a quarter full, and what is parted at line ends."""
    with pypdfium2.PdfDocument(path) as opened:
        pages = list(opened)
        empty = [number for number, page in enumerate(pages[1:], start=2) if _is_nearly_empty(page)]
        words = "\n".join(page.get_textpage().get_text_bounded() for page in pages)
    parted = [f"{one}-{other}" for one, other in re.findall(r"(\w+)[\ufffe\x02]\s*(\w+)", words)]
    return f"{len(pages)} pages, {len(empty)} less than a quarter full {empty or ''}  {' '.join(dict.fromkeys(parted))}"


def _is_nearly_empty(page: Any) -> bool:
    """Whether what stands between the margins of a page ends in its first quarter."""
    width, height = page.get_size()
    top, foot = height - HEAD, height - HEAD - (height - HEAD - FOOT) / 4
    words = page.get_textpage().get_text_bounded(left=0, right=width, bottom=FOOT, top=foot)
    drawn = any(each.get_bounds()[1] < foot - 1 < top for each in page.get_objects() if each.type == PATH)
    return not words.strip() and not drawn


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
