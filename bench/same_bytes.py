"""Whether a report has the same bytes wherever it is made: one document, set in processes as unlike as can be made.

    .venv/bin/python bench/same_bytes.py
    .venv/bin/python bench/same_bytes.py --python /tmp/one/bin/python --python /tmp/other/bin/python
    .venv/bin/python bench/same_bytes.py --sums > sums-of-this-machine.txt

The worked example is stored once. Each process reads it, sets its pages and the page for screens, by the renderer's
child as the product does, and says what their SHA-256 is; one line each, and what was unlike about it. `--python` names
another Python with the versions of requirements/run.txt, in a folder that everybody may enter. What needs root, or a
Python that another user may run, says so where it cannot be had. Exits with 1 if two files differ. `--sums` asks for no
database and starts no process: it prints the sums of four invented reports and of their pages for screens, after a line
about the machine, so that two machines can be compared by `diff`.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from shutil import copytree, ignore_patterns, which
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SET = """
import sys
from hashlib import sha256
from reports import page, renderer
from reports.document import loads
stored = sys.stdin.buffer.read().decode()
made = (renderer.render_in_child(stored), page.render(loads(stored)))
renderer.cool_down()
print(*(sha256(each).hexdigest() for each in made))
"""
VERSIONS = """
import platform, zlib, fontTools, pydyf, weasyprint
from weasyprint.text.ffi import pango
print("Python", platform.python_version(), "WeasyPrint", weasyprint.__version__, "pydyf", pydyf.__version__,
      "fontTools", fontTools.version, "Pango", pango.pango_version(), "zlib", zlib.ZLIB_RUNTIME_VERSION)
"""
OTHER_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>
<dir>/usr/share/fonts</dir><dir>{fonts}</dir><cachedir>{folder}/cache</cachedir>
<match target="pattern"><edit name="family" mode="assign" binding="strong"><string>DejaVu Sans</string></edit></match>
<match target="font"><edit name="hinting" mode="assign"><bool>true</bool></edit></match></fontconfig>"""
NO_VECTORS = "glibc.cpu.hwcaps=-AVX2,-AVX,-FMA,-FMA4,-AVX512F,-SSE4_2,-ERMS"

TURKISH = {"LANG": "tr_TR.ISO-8859-9", "LANGUAGE": "sv:tr", "PANGO_LANGUAGE": "sv", "PYTHONIOENCODING": "latin-1"}
NO_FONTS = {"FONTCONFIG_FILE": "/dev/null", "FONTCONFIG_PATH": "/nowhere"}
AUCKLAND = {"TZ": "Pacific/Auckland", "SOURCE_DATE_EPOCH": "31536000"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a process runs, and what is unlike about it."""

    name: str
    folder: Path = ROOT
    python: str = sys.executable
    env: Mapping[str, str] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


def main() -> None:
    """Prints a line for each place."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--python", action="append", default=[], help="another Python to set it with")
    asked.add_argument("--sums", action="store_true", help="print the sums of four reports as they are set here")
    options = asked.parse_args()
    if options.sums:
        sums()
        return
    pythons = [str(Path(each).absolute()) for each in options.python]

    from bench.papers import worked_example

    stored = worked_example().encode()
    seen: dict[str, int] = {}
    with tempfile.TemporaryDirectory(prefix="same-bytes-") as made:
        Path(made).chmod(0o755)
        for python in (sys.executable, *pythons):
            print(f"{python}: {_run(Place('', python=python), VERSIONS, b'').stdout.decode().strip()}", flush=True)
        for place in places(Path(made), pythons):
            done = _run(place, SET, stored)
            if done.returncode:
                print(f"{place.name:58} could not be tried: {done.stderr.decode().strip()[-90:]}", flush=True)
                continue
            told = done.stdout.decode().strip()
            seen[told] = seen.get(told, 0) + 1
            pages, screen = told.split()
            print(f"{place.name:58} pdf {pages[:16]}  html {screen[:16]}", flush=True)
    print(f"{sum(seen.values())} places, {len(seen)} different: {'  '.join(seen)}")
    sys.exit(len(seen) != 1)


def sums() -> None:
    """Prints a line about this machine, and one for each of four invented reports: SHA-256 of its PDF and its page."""
    from bench.a_year import of_12_and_120_pages
    from reports import page, pdf
    from tests.paper import invented

    print(platform.machine(), platform.system(), platform.python_version())
    twelve, _year = of_12_and_120_pages(invented.report())
    reports = {"all kinds": invented.report(), "twelve pages": twelve, "withheld": invented.minimal()}
    for name, report in (reports | {"swedish": invented.swedish()}).items():
        made = (pdf.render(report), page.render(report))
        print(name, *(sha256(each).hexdigest() for each in made), flush=True)


def places(made: Path, pythons: list[str]) -> Iterator[Place]:
    """Where to run. `made` is an empty folder that everybody may enter."""
    copy = made / "en annan mapp, på ett annat språk"
    copytree(ROOT, copy, ignore=ignore_patterns(".*", "__pycache__", "var"))
    fonts = made / "fonts.conf"
    fonts.write_text(OTHER_FONTS.format(folder=made, fonts=ROOT / "static" / "fonts"))
    home = made / "home"
    home.mkdir(mode=0o777)
    home.chmod(0o777)

    yield Place("as it is")
    for seed in ("0", "12", "4294967295"):
        yield Place(f"PYTHONHASHSEED={seed}", env={"PYTHONHASHSEED": seed})
    yield Place(
        "nothing of this environment, and from the root folder", more={"cwd": "/"}, env={"PATH": "", "HOME": ""}
    )
    yield Place("-OO, its memory filled with patterns", env={"PYTHONOPTIMIZE": "2", "PYTHONMALLOC": "debug"})
    yield Place("Auckland's time, and the clock of 1971 for what asks", env=AUCKLAND)
    yield Place("the environment's languages: Turkish, Swedish, Latin-1", env=TURKISH)
    yield Place("LC_ALL=C, no UTF-8", env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
    yield Place("umask 077, another home", env={"HOME": str(home)}, more={"umask": 0o077})
    yield Place("one processor", more={"preexec_fn": partial(_keep_to, {min(os.sched_getaffinity(0))})})
    yield Place("a processor without AVX, FMA and SSE 4.2", env={"GLIBC_TUNABLES": NO_VECTORS})
    yield Place("all fonts of the machine, and every name for another", env={"FONTCONFIG_FILE": str(fonts)})
    yield Place("no fonts", env=NO_FONTS)
    yield Place("another folder, its name with spaces and letters", folder=copy)
    if which("unshare"):
        other = ("unshare", "--uts", "sh", "-c", 'hostname elsewhere && exec "$@"', "sh")
        yield Place("another host's name", before=other)
    for python in (sys.executable, *pythons):
        yield Place(
            f"another folder, as nobody, {python}"[:58], copy, python, {"HOME": str(home)}, more={"user": "nobody"}
        )
    for python in pythons:
        yield Place(python, python=python)
        yield Place("  in another folder, without fonts, at Auckland's time", copy, python, AUCKLAND | NO_FONTS)


def _run(place: Place, program: str, given: bytes) -> subprocess.CompletedProcess[bytes]:
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(place.folder), "PYTHONDONTWRITEBYTECODE": "1", **place.env}
    command = (*place.before, place.python, "-c", program)
    try:
        return subprocess.run(
            command, input=given, capture_output=True, check=False, env=env, **{"cwd": place.folder, **place.more}
        )
    except OSError as error:
        return subprocess.CompletedProcess(command, 1, b"", str(error).encode())


def _keep_to(processors: set[int]) -> None:
    os.sched_setaffinity(0, processors)


if __name__ == "__main__":
    main()
