"""The boundary's figures on annotated texts: leak, over-redaction, what is put to review, burden, speed.

    python bench/anonymity.py annotated.jsonl [--show 20] [--recogniser]

Each line: {"id", "text", "roster": […as the filter takes it…], "gold": [{"start", "end", "type", "surface",
"roster"}]},
where `roster` is null for a mention of somebody who is not on it; type OPTIONAL is neither required nor penalised.
A mention survives when a letter or digit of it stands outside every span; titles ("Dr"), a possessive s and generic
words of organisations ("NHS", "Trust") are not asked for. Over-redaction is the share of the words outside all
mentions that a removed span touches. Everything is measured as written and in small letters; speed is per second of
processor time, which a busy machine disturbs less.
"""

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from reports.anonymity import deidentify, load_recogniser
from reports.anonymity.filter import guess, read_roster
from reports.anonymity.fold import fold
from reports.anonymity.recogniser import Guesses
from reports.anonymity.words import national_bodies, places

WORD = re.compile(r"\w+")
TITLES = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "lord", "lady", "prof", "professor", "sister", "nurse", "s")
)
GENERIC = frozenset(("the", "of", "and", "for", "in", "at", "nhs", "trust", "foundation", "council", "programme", "s"))
NOT_ASKED = {"PERSON": TITLES, "ORG": GENERIC}
Places = list[tuple[int, int]]
BODIES = {fold(body) for body in national_bodies()} | set(places())


def wilson(hits: int, count: int) -> str:
    """The share of `hits` in `count` with its 95 % confidence interval (Wilson's score)."""
    if not count:
        return "none to count"
    z, share = 1.96, hits / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * ((share * (1 - share) / count + z * z / (4 * count * count)) ** 0.5) / (1 + z * z / count)
    low, high = max(0, middle - half), min(1, middle + half)
    return f"{share:.2%} ({hits} of {count}; 95 % CI {low:.2%} to {high:.2%})"


def cover(length: int, places: Places) -> bytearray:
    """One byte a character: whether any of the places covers it."""
    covered = bytearray(length)
    for start, end in places:
        covered[start:end] = b"\1" * (end - start)
    return covered


def is_covered(text: str, mention: dict[str, Any], covered: bytearray) -> bool:
    """Whether every letter of the mention that is asked for is covered."""
    spare = NOT_ASKED.get(mention["type"], frozenset())
    words = [m.span() for m in WORD.finditer(text, mention["start"], mention["end"]) if m.group().lower() not in spare]
    return all(all(covered[start:end]) for start, end in words or [(mention["start"], mention["end"])])


class Tally:
    """The counts over all texts, and examples of what went wrong."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.errors: dict[str, Counter[str]] = {"leaked": Counter(), "unseen": Counter(), "over": Counter()}
        self.left_out: Counter[str] = Counter()

    def add(self, text: str, mentions: list[dict[str, Any]], removed: Places, review: Places) -> None:
        """Counts one text, of which some places were removed and others put to a human."""
        gone, seen = cover(len(text), removed), cover(len(text), [*removed, *review])
        for mention in mentions:
            if mention["type"] != "OPTIONAL":
                self._mention(text, mention, gone, seen)
        annotated = cover(len(text), [(mention["start"], mention["end"]) for mention in mentions])
        for match in WORD.finditer(text):
            self.counts["words"] += 1
            if not any(annotated[match.start() : match.end()]):
                over = any(gone[match.start() : match.end()])
                self.counts["other words"] += 1
                self.counts["over"] += over
                self.errors["over"][match.group()] += over
        self.counts["findings"] += len(review)
        self.counts["characters"] += len(text)

    def _mention(self, text: str, mention: dict[str, Any], gone: bytearray, seen: bytearray) -> None:
        kind, surface = mention["type"], mention["surface"]
        if mention["roster"] is not None:
            leaked = not is_covered(text, mention, gone)
            self.counts["roster"] += 1
            self.counts["leaked"] += leaked
            self.errors["leaked"][surface] += leaked
        elif kind == "ORG" and fold(surface).removeprefix("the ") in BODIES:
            self.left_out[surface] += 1
        else:
            found = is_covered(text, mention, seen)
            self.counts["off " + kind] += 1
            self.counts["seen " + kind] += found
            self.errors["unseen"][surface] += not found

    def report(self, seconds: float, show: int) -> None:
        """Prints the figures."""
        n = self.counts
        burden, speed = 1000 * n["findings"] / n["words"], n["characters"] / seconds
        print(f"  roster leak                    {wilson(n['leaked'], n['roster'])}")
        print(f"  over-redaction                 {wilson(n['over'], n['other words'])}")
        print(f"  people off the roster, seen    {wilson(n['seen PERSON'], n['off PERSON'])}")
        print(f"  organisations likewise         {wilson(n['seen ORG'], n['off ORG'])}")
        print(f"    national bodies left out     {'; '.join(f'{k} x{v}' for k, v in self.left_out.most_common())}")
        print(f"  findings per 1,000 words       {burden:.1f} (n = {n['words']} words)")
        print(f"  characters a second            {speed:,.0f} (n = {n['characters']} characters)")
        for what, examples in self.errors.items():
            chosen = [f"{example} x{number}" for example, number in examples.most_common(show) if number]
            if chosen:
                print(f"  {what}: {'; '.join(chosen)}")


def measure(
    documents: list[dict[str, Any]], change: Callable[[str], str], show: int, recogniser: Guesses | None
) -> None:
    """Measures all texts, changed, and prints the figures."""
    given = [
        (
            change(document["text"]),
            read_roster(document["roster"], language=document.get("language") or guess(document["text"])),
        )
        for document in documents
    ]
    for text, roster in given:  # once to warm up: rosters compile, word lists load
        deidentify(text, roster, recogniser=recogniser)
    began = time.process_time()
    results = [deidentify(text, roster, recogniser=recogniser) for text, roster in given]
    seconds = time.process_time() - began
    tally = Tally()
    for document, (text, _), result in zip(documents, given, results, strict=True):
        removed = [(span.start, span.end) for span in result.removed]
        tally.add(text, document["gold"], removed, [(finding.start, finding.end) for finding in result.open])
    tally.report(seconds, show)


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--show", type=int, default=0, help="print that many examples of each kind of error")
    parser.add_argument("--recogniser", action="store_true", help="with the optional recogniser")
    options = parser.parse_args()
    recogniser = load_recogniser() if options.recogniser else None
    with options.data.open(encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines if line.strip()]
    for name, change in (("as written", str), ("in small letters", str.lower)):
        print(f"{options.data.name}, {len(documents)} texts, {name}")
        measure(documents, change, options.show, recogniser)


if __name__ == "__main__":
    main()
