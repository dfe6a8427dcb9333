"""Measure the paper: what a report costs to render, next to bare WeasyPrint, and what it leaves in memory.

    .venv/bin/python bench/render.py                 # five runs each
    .venv/bin/python bench/render.py --runs 15 --year --workers --reports 200

In one run, on one machine, in milliseconds of the clock and of the processor (medians): a plain 12-page layout with
tables, three-column lists and inline SVG in bare WeasyPrint; the invented report of the tests in bare WeasyPrint (same
HTML, same style sheet, warm process), through `reports.pdf` in the same process, and through the renderer's warm child;
reading the bytes back. `--year` adds a report of 120 pages, and what each of them costs next to one of a report of 12;
`--workers` has two workers render side by side, and one alone; `--reports` renders that many, one after the
other, and prints the child's memory. The ratios mean little while other programs use the processor: the load is printed
with that of the workers.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pypdfium2

from bench.a_year import of_12_and_120_pages
from reports import pdf, readback, renderer
from reports.document import ReportDocument, dumps
from tests.paper import invented


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--reports", type=int, default=0, help="how many to render in one child for its memory")
    asked.add_argument("--workers", action="store_true", help="also render in two workers at once")
    asked.add_argument("--year", action="store_true", help="also render a report of 120 pages")
    options = asked.parse_args()

    document = invented.report()
    pdf.warm()
    renderer.render_in_child(dumps(document))
    layout = show("plain 12-page layout, bare WeasyPrint", options.runs, plain)
    show("the report, bare WeasyPrint", options.runs, lambda: bare(document))
    show("the report, reports.pdf in this process", options.runs, lambda: pdf.render(document))
    warm = show("the report, the renderer's warm child", options.runs, lambda: in_child(document))
    printed = pdf.render(document)
    show("reading the report back", options.runs, lambda: read_back(printed))
    in_turn(document, 3 * options.runs)
    ratio("warm child to the plain layout, a page", warm, layout)
    if options.year:
        side_by_side(*of_12_and_120_pages(document), options.runs)
    if options.workers:
        workers(document, 4 * options.runs)
    if options.reports:
        memory(document, options.reports)
    renderer.cool_down()


@dataclass(frozen=True)
class Cost:
    """Milliseconds of the clock and of the processor that a page took (medians)."""

    clock: float
    processor: float


def ratio(name: str, one: Cost, other: Cost) -> None:
    """Prints how the cost of a page compares."""
    print(f"{name:46}  clock {one.clock / other.clock:5.2f}  processor {one.processor / other.processor:5.2f}")


def in_turn(document: ReportDocument, runs: int) -> None:
    """Prints what the warm child takes next to bare WeasyPrint, one after the other: a machine that is now faster and
    now slower would otherwise be what is compared."""
    ratios = []
    for _ in range(runs):
        began = time.perf_counter()
        bare(document)
        between = time.perf_counter()
        in_child(document)
        ratios.append((time.perf_counter() - between) / (between - began))
    low, middle, high = statistics.quantiles(ratios, n=4)
    print(f"warm child to bare WeasyPrint, in turn: {middle:.2f} (quartiles {low:.2f} and {high:.2f}, n={runs})")


def side_by_side(short: ReportDocument, long: ReportDocument, runs: int) -> None:
    """Prints what a page of `long` takes next to one of `short`, each long one among short ones: a machine that is now
    faster and now slower would otherwise be what is compared."""
    ratios = []
    for _ in range(runs):
        among = [_a_page(short) for _ in range(4)]
        one = _a_page(long)
        ratios.append(one / statistics.median([*among, *(_a_page(short) for _ in range(4))]))
    told = ", ".join(f"{each:.2f}" for each in sorted(ratios))
    sizes = " to one of ".join(str(len(pypdfium2.PdfDocument(in_child(each)))) for each in (long, short))
    print(f"a page of a report of {sizes} pages: {statistics.median(ratios):.2f} ({told})", flush=True)


def _a_page(document: ReportDocument) -> float:
    started = time.perf_counter()
    made = in_child(document)
    return (time.perf_counter() - started) / len(pypdfium2.PdfDocument(made))


def workers(document: ReportDocument, reports: int) -> None:
    """Prints how many times as fast two workers get through `reports` as one does. Each has a child of its own."""
    took = []
    for number in (1, 2):
        with ProcessPoolExecutor(number, get_context("spawn"), initializer=renderer.warm_up) as pool:
            stored = [dumps(document)] * reports
            list(pool.map(renderer.render_in_child, stored[: 4 * number]))
            started = time.perf_counter()
            list(pool.map(renderer.render_in_child, stored))
            took.append(time.perf_counter() - started)
    times, load = took[0] / took[1], os.getloadavg()[0]
    print(f"two workers to one: {times:.2f} times as fast over {reports} reports, load {load:.1f}", flush=True)


def show(name: str, runs: int, make: Callable[[], bytes]) -> Cost:
    """Times `make` and prints a line of it; the first run warms up and does not count. What a page of it took."""
    clock, processor = [], []
    for _ in range(runs + 1):
        started, used = time.perf_counter(), cpu()
        made = make()
        clock.append((time.perf_counter() - started) * 1000)
        processor.append((cpu() - used) * 1000)
    pages = len(pypdfium2.PdfDocument(made))
    wall, work = statistics.median(clock[1:]), statistics.median(processor[1:])
    print(
        f"{name:42} {pages:4} pages  clock {wall:6.0f} ms, {wall / pages:6.1f} a page"
        f"  processor {work:6.0f} ms, {work / pages:6.1f} a page  n={runs}",
        flush=True,
    )
    return Cost(wall / pages, work / pages)


def cpu() -> float:
    """Seconds of processor that this process and its renderer have used."""
    child = Path(f"/proc/{renderer.child_pid()}/stat")
    fields = child.read_text().rpartition(")")[2].split() if child.exists() else []
    ticks = int(fields[11]) + int(fields[12]) if fields else 0
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def in_child(document: ReportDocument) -> bytes:
    """The pages as the product makes them."""
    return renderer.render_in_child(dumps(document))


def read_back(printed: bytes) -> bytes:
    """Reads `printed` back, and hands it on for its pages to be counted."""
    readback.read(printed)
    return printed


def bare(document: ReportDocument) -> bytes:
    """The same HTML and the same style sheet through WeasyPrint alone, with its options for the same kind of file."""
    press = pdf._press()
    page = press.weasyprint.HTML(string=pdf.html(document), base_url="print:", url_fetcher=press.fetcher)
    made: bytes = page.write_pdf(font_config=press.fonts, stylesheets=[press.style], pdf_variant="pdf/a-2a")
    return made


def plain() -> bytes:
    """A layout that anyone might print: twelve pages, each with a table, a list in three columns and a drawing."""
    weasyprint = pdf._press().weasyprint
    rows = "".join(f"<tr><td>Row {n}</td><td>{n * 7}</td><td>Some words that fill a cell</td></tr>" for n in range(16))
    terms = "".join(f"<li>Term number {n}</li>" for n in range(30))
    bars = "".join(f'<rect x="{n * 20}" y="{n * 3}" width="16" height="{80 - n * 3}"/>' for n in range(20))
    words = "Plain words in a paragraph that runs over a few lines, as paragraphs do in reports of this kind. " * 5
    page = (
        f'<section><h2>A page</h2><p>{words}</p><table><thead><tr><th scope="col">Name</th><th scope="col">Number</th>'
        f'<th scope="col">Words</th></tr></thead><tbody>{rows}</tbody></table><ul>{terms}</ul>'
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 80" width="400"><title>Bars</title>'
        f"{bars}</svg></section>"
    )
    style = (
        "@page { size: A4; margin: 20mm } section { break-after: page } ul { columns: 3 }"
        " table { border-collapse: collapse; width: 100% } td, th { border: 1px solid #999; padding: 2px 4px }"
    )
    source = f'<html lang="en"><title>Plain</title><style>{style}</style><body>{page * 12}</body></html>'
    made: bytes = weasyprint.HTML(string=source).write_pdf(pdf_tags=True)
    return made


def memory(document: ReportDocument, reports: int) -> None:
    """Prints the resident memory of the child after 20 reports, and the most from there to `reports`."""
    renderer.cool_down()
    most = 0.0
    for number in range(1, reports + 1):
        renderer.render_in_child(dumps(document))
        status = Path(f"/proc/{renderer.child_pid()}/status").read_text()
        resident = int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024
        most = max(most, resident) if number > 20 else 0.0
        if number == 20:
            print(f"memory of the child after 20 reports: {resident:.0f} MiB", flush=True)
    print(f"the most it had until {reports} reports: {most:.0f} MiB")


if __name__ == "__main__":
    main()
