"""Roster leak under generated spellings: every kind of 1 and 2 of what the boundary removes, counted per kind.

    python bench/anonymity_perturbations.py [--count 12000] [--seed 7] [--show 20]

Makes rosters of invented people and organisations, writes each of their names in one form, and in that form in one of
the ways of anonymity_spellings.py, into a sentence, and asks whether any letter of it outlives the boundary. What is
put to a human stands generalised until they decide: it is counted by itself. Exits 1 when a letter survives.
"""

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.anonymity import wilson
from bench.anonymity_spellings import FIXED, ORGANISATION, PERSON, SURFACE, plain
from reports.anonymity import Organisation, Person, Roster, deidentify


def listed(names: str) -> list[str]:
    """The names in a text, "|" standing for a space inside one."""
    return [name.replace("|", " ") for name in names.split()]


GIVEN = listed("""
Anna Margaret Jonathan Siobhán Padraig Birgitta Lars Gwenllian Katarina Dafydd Elizabeth Thomas Oluwaseun Priya
Mohammed Catherine Fredrik Aoife Rebecca Alexander Nicholas Josephine Rhiannon Magnus Deborah Samuel Victoria Kwame
Will Mark Grace Hope Rose Dawn Frank Sally Robin Bill Kate Liz Mick Beth Tom Lasse Kalle
""")
FAMILY = listed("""
Lindqvist Åkerström O'Donoghue MacGillivray Sjögren Fitzgerald Llewellyn Oyelaran Chowdhury Blenkinsop Finch-Hatton
Smyth-Jones Ní|Bhriain Ó|Murchú van|der|Meulen de|la|Torre von|Essen Przybylski Featherstone Abernathy Price Young
Bell Stone Holmgren Thorvaldsen Cadwallader Rasmussen Achterberg Whittingham
""")
PLACES = listed("""
Northmere Eastholt Brackenford Kilmorran Vallentuna Ardglass Wexcombe Skellby Tornhult Lampeth
""")
KINDS = [
    "Clinical Network",
    "NHS Foundation Trust",
    "Health and Care Partnership",
    "County Hospital",
    "Primary Care Group",
]
OTHER = listed("""
Grimshaw Oyster Fjällström Blackadder Penhaligon Rooster Zubrzycka Vanterpool Twinkle Haraldsson Dillwyn Quackenbush
""")
JOBS = listed("""
Head|of|Winter|Planning Associate|Director|of|Flow Chief|Nurse|for|Research Lead|Dietitian Estates|Programme|Manager
Deputy|Finance|Director Senior|Hydrologist Clinical|Safety|Officer Director|of|Tides Pharmacy|Team|Leader
Chief|Digital|Officer Bed|Flow|Coordinator
""")
FRAMES = [
    "Then we asked {} about the waiting list.",
    "It was {} who raised the tariff question.",
    "We heard from {}, which changed our minds.",
    "The paper by {} was helpful; nobody disagreed.",
    "“I agree with {},” somebody said at the end.",
]
ORGANISATION_FRAMES = [
    "Their {}-wide plan failed.",
    "Nobody at {} Hospital had heard of it.",
    "The beds at {} were full all winter.",
    "We compared notes with {} about discharge.",
    "Then a manager from {} came to see us.",
]
SWEDISH_FRAMES = [
    "Vi frågade {} om väntetiderna.",
    "Det var {} som tog upp frågan.",
    "Rapporten från {} hjälpte oss.",
]
SUFFIX_FRAMES = ["Then came a {} plan.", "It was {} and it failed."]


@dataclass(frozen=True)
class Case:
    """One name, its form and the way it is written, in a sentence."""

    form: str
    surface: str
    written: str
    frame: str
    roster: Roster


def world(chance: random.Random) -> Roster:
    """Twelve people and five organisations; one roster in four is of a Swedish text."""
    people = zip(chance.sample(GIVEN, 12), chance.sample(FAMILY, 12), chance.sample(JOBS, 12), strict=True)
    other = chance.sample(OTHER, 12)
    bodies = [(place, chance.choice(KINDS)) for place in chance.sample(PLACES, 5)]
    return Roster(
        tuple(
            Person(f"{g} {f}", (o,), (f"{plain(g)}.{plain(f)}@{plain(bodies[0][0])}.example",), title)
            for (g, f, title), o in zip(people, other, strict=True)
        ),
        tuple(Organisation(f"{p} {k}", (f"the {p[:4]}ers",), (f"{plain(p)}.example",)) for p, k in bodies),
        language=chance.choice(("en", "en", "en", "sv")),
    )


def cases(count: int, chance: random.Random) -> Iterator[Case]:
    """`count` cases, the forms in turn; every other one written besides in the way that was tried least so far."""
    made = 0
    tried: Counter[str] = Counter()
    while made < count:
        roster = world(chance)
        for name in (*PERSON, *ORGANISATION):
            if name in PERSON:
                base = PERSON[name](chance.choice(roster.people), chance)
                frames = SWEDISH_FRAMES if roster.language == "sv" else FRAMES
            else:
                base = ORGANISATION[name](chance.choice(roster.organisations), chance)
                frames = SUFFIX_FRAMES if name == "with a suffix" else ORGANISATION_FRAMES
            if not base:
                continue
            frame = chance.choice(frames)
            yield Case(name, "as it is", base, frame, roster)
            made += 1
            ways = {
                way: SURFACE[way](base, chance) for way in (("lower case", "upper case") if name in FIXED else SURFACE)
            }
            changed = [way for way, written in ways.items() if written and written != base]
            if "lower case" in changed and base[:2] in ("A ", "I "):  # "a young" may be anybody
                changed.remove("lower case")
            if changed:
                surface = min(changed, key=lambda way: tried[way])
                tried[surface] += 1
                yield Case(name, surface, ways[surface] or "", frame, roster)
                made += 1


# Letters of no identity: titles, what surrounds a file's name, markup, a possessive s.
_SPARED = re.compile(
    r"\b(?:dr|mrs|professor|cllr|notes|docx|home|plan|www|about|info|wide|style|led|s)\b|&#?\w+;|</?b>|^\*\*\w\*\*$",
    re.I,
)


def outlives(case: Case) -> str:
    """ "" when every letter of the name was removed; "review" when some were put to a human; else "leak"."""
    text = case.frame.format(case.written)
    start = case.frame.index("{}")
    letters = {i for i in range(start, start + len(case.written)) if text[i].isalnum()}
    letters -= {start + i for m in _SPARED.finditer(case.written) for i in range(*m.span())}
    if case.form == "title and last" and case.surface in ("spaced out", "letters with dots", "letters with hyphens"):
        letters = {i for i in letters if i >= start + 4 * 2}  # the title's letters are no identity
    result = deidentify(text, case.roster)
    gone = {i for span in result.removed for i in range(span.start, span.end)}
    seen = {i for finding in result.open for i in range(finding.start, finding.end)}
    return "leak" if letters - gone - seen else "review" if letters - gone else ""


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=12000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", type=int, default=0, help="print that many examples of what survives")
    options = parser.parse_args()
    tried: Counter[str] = Counter()
    fates: Counter[tuple[str, str]] = Counter()
    examples: list[str] = []
    for case in cases(options.count, random.Random(options.seed)):
        fate = outlives(case)
        for kind in ("all", f"form: {case.form}", f"way: {case.surface}"):
            tried[kind] += 1
            fates[kind, fate] += 1
        if fate == "leak":
            text = case.frame.format(case.written)
            examples.append(f"{case.form}, {case.surface}: {text!r} -> {deidentify(text, case.roster).text!s}")
    print(f"names that survive: {wilson(fates['all', 'leak'], tried['all'])}")
    print(f"put to a human, generalised until they decide: {wilson(fates['all', 'review'], tried['all'])}")
    print(f"{len(PERSON) + len(ORGANISATION)} forms, {len(SURFACE)} ways to write them, seed {options.seed}:")
    for kind, number in tried.items():
        print(f"  {fates[kind, 'leak']:4} of {number:5} survive, {fates[kind, 'review']:3} to a human   {kind}")
    for example in examples[: options.show]:
        print("   ", example)
    sys.exit(1 if fates["all", "leak"] else 0)


if __name__ == "__main__":
    main()
