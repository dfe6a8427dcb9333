"""The boundary and another filter over the same texts in one run: leak, over-redaction, speed, and the ratio of speeds.

    python bench/anonymity_peer.py annotated.jsonl [--recogniser] -- COMMAND …

COMMAND reads and writes JSON lines as `manage.py anonymise --jsonl` does ("spans" is what it removes). With
`--recogniser` the boundary runs twice, without it and with it. All run as processes of their own and answer every text
once to warm up, then once in turn, text by text, so that whatever else the machine does disturbs all alike.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.anonymity import Tally, wilson

MANAGE = Path(__file__).resolve().parent.parent / "manage.py"


class Filter:
    """A running filter: its answers counted, the seconds it took added up."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name, self.seconds, self.tally = name, 0.0, Tally()
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")

    def answer(self, record: dict[str, Any]) -> dict[str, Any]:
        """What the filter makes of one record. Ends the program when the filter has ended."""
        given, taken = self._process.stdin, self._process.stdout
        assert given is not None
        assert taken is not None
        given.write(json.dumps({key: record[key] for key in ("id", "text", "roster")}) + "\n")
        given.flush()
        line = taken.readline()
        if not line:
            sys.exit(f"{self.name} ended before {record['id']}.")
        answered: dict[str, Any] = json.loads(line)
        return answered

    def measure(self, record: dict[str, Any]) -> None:
        """Answers one record on the clock and counts the answer."""
        began = time.perf_counter()
        answered = self.answer(record)
        self.seconds += time.perf_counter() - began
        removed, review = ([(s["start"], s["end"]) for s in answered.get(key, ())] for key in ("spans", "review"))
        self.tally.add(record["text"], record["gold"], removed, review)

    def speed(self) -> float:
        """Characters a second."""
        return self.tally.counts["characters"] / self.seconds

    def report(self) -> None:
        """Prints the figures."""
        n = self.tally.counts
        print(f"{self.name}, {n['characters']} characters")
        print(f"  roster leak          {wilson(n['leaked'], n['roster'])}")
        print(f"  over-redaction       {wilson(n['over'], n['other words'])}")
        print(f"  people off roster    {wilson(n['seen PERSON'], n['off PERSON'])}")
        print(f"  organisations        {wilson(n['seen ORG'], n['off ORG'])}")
        print(f"  findings per 1,000   {1000 * n['findings'] / n['words']:.1f}")
        print(f"  characters a second  {self.speed():,.0f}")


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--recogniser", action="store_true", help="and the boundary with its optional recogniser")
    parser.add_argument("command", nargs="+", metavar="COMMAND")
    options = parser.parse_args()
    ours = [sys.executable, str(MANAGE), "anonymise", "--jsonl"]
    filters = [Filter("the boundary", ours)]
    if options.recogniser:
        filters.append(Filter("the boundary with its recogniser", [*ours, "--recogniser"]))
    other = Filter("the other", options.command)
    filters.append(other)
    with options.data.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    for record in records:
        for each in filters:
            each.answer(record)
    for record in records:
        for each in filters:
            each.measure(record)
    for each in filters:
        each.report()
    for each in filters[:-1]:
        print(f"{each.name}: {each.speed() / other.speed():.2f} times as fast as the other")


if __name__ == "__main__":
    main()
