"""Roster leak under generated spellings: every kind of 1 and 2 of what the boundary removes, counted per kind.

    python bench/anonymity_perturbations.py [--count 6000] [--seed 7] [--show 20]

Makes rosters of invented people and organisations, writes each of their names in one way, or in two ways at once,
into a sentence, and asks whether any letter of it outlives the boundary. Exits 1 when one does.
"""

import argparse
import random
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from anonymity import wilson

from reports.anonymity import Organisation, Person, Roster, deidentify
from reports.anonymity.fold import fold
from reports.anonymity.words import diminutives


def listed(names: str) -> list[str]:
    """The names in a text, "|" standing for a space inside one."""
    return [name.replace("|", " ") for name in names.split()]


GIVEN = listed("""
Anna Margaret Jonathan Siobhán Padraig Birgitta Lars Gwenllian Katarina Dafydd Elizabeth Thomas Oluwaseun Priya
Mohammed Catherine Fredrik Aoife Rebecca Alexander Nicholas Josephine Rhiannon Magnus Deborah Samuel Victoria Kwame
Will Mark Grace Hope Rose Dawn Frank Sally Robin
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
LOOKALIKE = str.maketrans("aeopcyx", "аеорсух")


@dataclass(frozen=True)
class Case:
    """One name in one spelling. `written` may be None when the spelling does not apply to the name."""

    kind: str
    written: str
    frame: str
    roster: Roster


Spelling = Callable[[str, random.Random], str | None]


def _typo(word: str, chance: random.Random, errors: int) -> str:
    for _ in range(errors):
        at = chance.randrange(1, len(word) - 1)
        way = chance.randrange(4)
        if way == 0:
            word = word[:at] + word[at + 1 :]
        elif way == 1:
            word = word[:at] + word[at] + word[at:]
        elif way == 2:
            word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        else:
            word = word[:at] + chance.choice("aeioulnrst") + word[at + 1 :]
    return word


def _mistyped(name: str, chance: random.Random) -> str | None:
    words = [w for w in name.split() if len(w) >= 6 and w.isalpha()]
    if not words:
        return None
    word = max(words, key=len)
    errors = 2 if len(word) >= 9 else 1
    return name.replace(word, _typo(word, chance, errors))


def _inserted(text: str, chance: random.Random, sign: str) -> str:
    at = chance.randrange(1, len(text))
    return text[:at] + sign + text[at:]


SURFACE: dict[str, Spelling] = {
    "lower case": lambda n, c: n.lower(),
    "upper case": lambda n, c: n.upper(),
    "no accents": lambda n, c: "".join(x for x in unicodedata.normalize("NFKD", n) if ord(x) < 0x300),
    "decomposed": lambda n, c: unicodedata.normalize("NFD", n),
    "typographic signs": lambda n, c: n.replace("'", "’").replace("-", "‑") if "'" in n or "-" in n else None,
    "no-break space": lambda n, c: n.replace(" ", "\u00a0") if " " in n else None,
    "line break": lambda n, c: n.replace(" ", "\n", 1) if " " in n else None,
    "soft hyphen": lambda n, c: _inserted(n, c, "\u00ad"),
    "zero width": lambda n, c: _inserted(n, c, "\u200b"),
    "direction mark": lambda n, c: _inserted(n, c, "\u202e"),
    "entity": lambda n, c: "".join(f"&#{ord(x)};" if ord(x) > 127 or x == "'" else x for x in n).replace(" ", "&nbsp;"),
    "lookalikes": lambda n, c: n.translate(LOOKALIKE),
    "spaced out": lambda n, c: " ".join(n.replace(" ", "").replace("'", "").replace("-", "")),
    "emphasis": lambda n, c: f"**{n}**",
    "emphasis inside": lambda n, c: f"**{n[0]}**{n[1:]}",
    "possessive": lambda n, c: n + "'s",
    "genitive": lambda n, c: n + "s" if not n.endswith("s") else None,
    "mistyped": _mistyped,
}


def _plain(word: str) -> str:
    return re.sub(r"[^a-z]", "", fold(word))


PERSON: dict[str, Callable[[str, str, random.Random], str | None]] = {
    "full": lambda g, f, c: f"{g} {f}",
    "first name": lambda g, f, c: g,
    "last name": lambda g, f, c: f,
    "last, first": lambda g, f, c: f"{f}, {g}",
    "last first": lambda g, f, c: f"{f} {g}",
    "initial and last": lambda g, f, c: f"{g[0]}. {f}",
    "title and last": lambda g, f, c: f"Dr {f}",
    "first and initial": lambda g, f, c: f"{g} {f.split()[-1][0].upper()}",
    "dotted initials": lambda g, f, c: f"{g[0]}.{f[0].upper()}." if " " not in f and "'" not in f else None,
    "part of double name": lambda g, f, c: f.split("-")[-1] if "-" in f else None,
    "diminutive": lambda g, f, c: (
        c.choice(sorted(diminutives(fold(g)))).title() + " " + f if diminutives(fold(g)) else None
    ),
    "local part": lambda g, f, c: f"{_plain(g)}.{_plain(f)}",
    "handle": lambda g, f, c: f"@{_plain(g)}{_plain(f)}",
    "camel case": lambda g, f, c: f"{_plain(g).title()}{_plain(f).title()}",
    "file name": lambda g, f, c: f"notes_{_plain(g)}_{_plain(f)}.docx",
    "address": lambda g, f, c: f"{_plain(g)} [at] {_plain(f)} [dot] example",
}
ORGANISATION: dict[str, Callable[[str, str, random.Random], str | None]] = {
    "organisation in full": lambda p, k, c: f"{p} {k}",
    "organisation in short": lambda p, k, c: p,
    "acronym": lambda p, k, c: "".join(w[0] for w in f"{p} {k}".split() if w[0].isupper()),
    "dotted acronym": lambda p, k, c: ".".join(w[0] for w in f"{p} {k}".split() if w[0].isupper()) + ".",
    "nickname": lambda p, k, c: f"{p[:4]}ers",
    "domain": lambda p, k, c: f"www.{_plain(p)}.example",
}
CASE_ONLY = {
    "dotted initials",
    "local part",
    "handle",
    "camel case",
    "file name",
    "address",
    "acronym",
    "dotted acronym",
    "domain",
}


def cases(count: int, chance: random.Random) -> Iterator[Case]:
    """`count` cases, the kinds in turn."""
    made = 0
    while made < count:
        people = [(g, f) for g, f in zip(chance.sample(GIVEN, 12), chance.sample(FAMILY, 12), strict=True)]
        bodies = [(p, chance.choice(KINDS)) for p in chance.sample(PLACES, 5)]
        roster = Roster(
            tuple(Person(f"{g} {f}") for g, f in people),
            tuple(Organisation(f"{p} {k}", (f"the {p[:4]}ers",)) for p, k in bodies),
        )
        for forms, entries, frames in ((PERSON, people, FRAMES), (ORGANISATION, bodies, ORGANISATION_FRAMES)):
            for name, form in forms.items():
                one, other = chance.choice(entries)
                base = form(one, other, chance)
                if base is None:
                    continue
                frame = chance.choice(frames)
                yield Case(name, base, frame, roster)
                made += 1
                surface, spelling = chance.choice(list(SURFACE.items()))
                if name in CASE_ONLY and surface not in ("upper case", "lower case"):
                    continue
                written = spelling(base, chance)
                if written is not None and written != base:
                    yield Case(f"{name} + {surface}", written, frame, roster)
                    made += 1


def outlives(case: Case) -> str:
    """ "" when every letter of the name was removed; "review" when some were put to a human; else "leak"."""
    text = case.frame.format(case.written)
    start = text.index(case.written)
    letters = [i for i in range(start, start + len(case.written)) if text[i].isalnum()]
    prose = re.compile(r"\b(?:Dr|notes|docx|s)\b|&#?\w+;|\*\*\w\*\*(?=\.)", re.I)
    spared = {i for m in prose.finditer(text) for i in range(*m.span())}
    result = deidentify(text, case.roster)
    gone = {i for span in result.removed for i in range(span.start, span.end)} | spared
    seen = {i for finding in result.open for i in range(finding.start, finding.end)} | gone
    return "leak" if any(i not in seen for i in letters) else "review" if any(i not in gone for i in letters) else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    tried: Counter[str] = Counter()
    leaked: Counter[str] = Counter()
    examples: list[str] = []
    reviewed = 0
    for case in cases(options.count, random.Random(options.seed)):
        tried[case.kind] += 1
        fate = outlives(case)
        reviewed += fate == "review"
        if fate == "leak":
            leaked[case.kind] += 1
            text = case.frame.format(case.written)
            examples.append(f"{case.kind}: {text!r} -> {deidentify(text, case.roster).text!s}")
    print(f"names that survive: {wilson(leaked.total(), tried.total())}")
    print(f"kinds of spelling: {len(tried)}; seed {options.seed}")
    print(f"put to a human, generalised until they decide: {wilson(reviewed, tried.total())}")
    for kind, number in leaked.most_common():
        print(f"  {number:4} of {tried[kind]:4}  {kind}")
    for example in examples[: options.show]:
        print("   ", example)
    sys.exit(1 if leaked else 0)


if __name__ == "__main__":
    main()
