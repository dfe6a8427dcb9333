"""How long a megabyte of hostile text takes, against a roster of 200 people and 60 organisations.

    python bench/anonymity_hostile.py [--characters 1000000]

Each text repeats what a reader could stumble over: initials without end, accents without a letter, nested entities, a
paragraph a line. Prints the seconds for a half and for the whole; what grows with the text doubles. Exits 1 when the
whole takes more than three times the half and more than a second.
"""

import argparse
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.anonymity_perturbations import FAMILY, GIVEN, KINDS, PLACES
from reports.anonymity import Organisation, Person, Roster, System, deidentify, leftovers

HOSTILE = {
    "one letter": "a",
    "one capital": "A",
    "words of one letter": "a ",
    "letters in a list": "A, ",
    "letters with strokes": "l/i/n/d/",
    "initials": "A. ",
    "initials and a surname": "A. B. Price ",
    "combining marks": "\u0301",
    "entities in entities": "&amp;amp;",
    "half an entity": "&",
    "at signs": "@",
    "addresses": "a.b@c",
    "addresses spelt out": "(at) ",
    "dots": ".",
    "digits": "1",
    "numbers": "1234 ",
    "lone surrogates": "\ud800",
    "paragraphs": "a\n\n",
    "lines": "\n",
    "names": "Anna Will ",
    "names and commas": "Price, Anna, ",
    "names that are words": "Will price May ",
    "mistyped names": "Lindqvst ",
    "capitals": "Of The ",
    "organisations": "Northmere ",
    "broken lines": "x-\n",
    "emphasis": "*a",
    "camel case": "aA",
    "the only": "the only ",
    "hyphens": "- ",
    "titles": "Dr ",
    "a long word": "abcdefghij",
    "strange words": "zorblax qu ",
    "what changes its neighbours": "Tom Hill Will ",
}


def roster() -> Roster:
    """200 people and 60 organisations."""
    chance = random.Random(1)
    names = [f"{given} {family}" for given in GIVEN for family in FAMILY]
    people = (Person(name, title=f"Head of Ward {number}") for number, name in enumerate(chance.sample(names, 200)))
    organisations = (Organisation(f"{place} {kind}") for place in PLACES for kind in [*KINDS, "Trust"])
    return Roster(tuple(people), tuple(organisations), (System("Wales", 3),))


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--characters", type=int, default=1_000_000)
    options = parser.parse_args()
    people = roster()
    began = time.process_time()
    deidentify("", people)
    print(f"{time.process_time() - began:6.2f} s to compile the roster")
    bad = False
    for what, unit in HOSTILE.items():
        seconds = []
        for size in (options.characters // 2, options.characters):
            text = unit * (size // len(unit))
            began = time.process_time()
            leftovers(str(deidentify(text, people).text), people)
            seconds.append(time.process_time() - began)
        grows = seconds[1] > 3 * seconds[0] and seconds[1] > 1
        bad |= grows
        print(
            f"{seconds[0]:6.2f} s {seconds[1]:6.2f} s  {what}{'  GROWS FASTER THAN THE TEXT' if grows else ''}",
            flush=True,
        )
    sys.exit(bad)


if __name__ == "__main__":
    main()
