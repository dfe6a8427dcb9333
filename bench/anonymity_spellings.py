"""The ways to write a name that the boundary has to see through: what anonymity_perturbations.py writes.

`PERSON` and `ORGANISATION` are forms of a name; `SURFACE` are ways to write any form. A form or a way that does not
apply to a name gives None.
"""

import random
import re
import unicodedata
from collections.abc import Callable

from reports.anonymity import Organisation, Person
from reports.anonymity.fold import fold
from reports.anonymity.words import RARE, SMALL_ABBREVIATIONS, abbreviations, diminutives, weight

Surface = Callable[[str, random.Random], str | None]
PersonForm = Callable[[Person, random.Random], str | None]
OrganisationForm = Callable[[Organisation, random.Random], str | None]

_CYRILLIC = str.maketrans("aeopcyxsijABEKMHOPCTX", "аеорсухѕіјАВЕКМНОРСТХ")
_GREEK = str.maketrans("oviuABEZHIKMNOPTYX", "ονιυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_NAMED = {
    "å": "&aring;",
    "Å": "&Aring;",
    "ö": "&ouml;",
    "á": "&aacute;",
    "í": "&iacute;",
    "ú": "&uacute;",
    "'": "&apos;",
}
_APOSTROPHES, _DASHES = "’‘ʼ`´＇", "‐‑–—−"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_DIRECTION = "\u200e\u200f\u202a\u202d\u202e\u2066\u2069"


# --- ways to write anything -------------------------------------------------------------


def _typo(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + chance.choice("aeioulnrst") + word[at + 1 :],
        )
    )


def _mistyped(name: str, chance: random.Random) -> str | None:
    """One error in the longest word, two from nine letters on; one that makes an everyday word, in either language, is
    none."""
    word = max(re.findall(r"[^\W\d_]{6,}", name), key=len, default="")
    wrong = word
    for _ in range(2 if len(word) >= 9 else 1 if word else 0):
        wrong = _typo(wrong, chance)
    everyday = any(weight(fold(wrong), language) for language in ("en", "sv"))
    return name.replace(word, wrong) if wrong != word and not everyday else None


def _inside(name: str, chance: random.Random, sign: str) -> str | None:
    """The sign between two letters of the name."""
    places = [match.start() + 1 for match in re.finditer(r"[^\W_](?=[^\W_])", name)]
    at = chance.choice(places) if places else 0
    return name[:at] + sign + name[at:] if at else None


def _broken(name: str, chance: random.Random) -> str | None:
    """A word broken at the end of a line with a hyphen."""
    places = [match.start() + 2 for match in re.finditer(r"[^\W_]{4}", name)]
    at = chance.choice(places) if places else 0
    return name[:at] + "-\n" + name[at:] if at else None


def _apart(name: str, sign: str) -> str:
    return sign.join(re.sub(r"[\W_]", "", name))


def _without_accents(name: str) -> str:
    return "".join(x for x in unicodedata.normalize("NFKD", name) if not unicodedata.combining(x))


SURFACE: dict[str, Surface] = {
    "lower case": lambda n, c: n.lower(),
    "upper case": lambda n, c: n.upper(),
    "no accents": lambda n, c: _without_accents(n),
    "decomposed": lambda n, c: unicodedata.normalize("NFD", n),
    "full width": lambda n, c: n.translate(_WIDE),
    "ligatures": lambda n, c: n.replace("fi", "ﬁ").replace("ff", "ﬀ").replace("st", "ﬆ"),
    "apostrophes": lambda n, c: n.replace("'", c.choice(_APOSTROPHES)),
    "dashes": lambda n, c: n.replace("-", c.choice(_DASHES)),
    "no-break space": lambda n, c: n.replace(" ", c.choice("\u00a0\u202f\u2009")),
    "line break": lambda n, c: n.replace(" ", c.choice(("\n", "\r\n", "\u2028")), 1),
    "line break in a word": _broken,
    "soft hyphen": lambda n, c: _inside(n, c, "\u00ad"),
    "zero width": lambda n, c: _inside(n, c, c.choice(_INVISIBLE)),
    "direction mark": lambda n, c: _inside(n, c, c.choice(_DIRECTION)),
    "numeric entities": lambda n, c: "".join(f"&#{ord(x)};" if ord(x) > 127 or x in "' " else x for x in n),
    "named entities": lambda n, c: "".join(_NAMED.get(x, x) for x in n).replace(" ", "&nbsp;"),
    "Cyrillic lookalikes": lambda n, c: n.translate(_CYRILLIC),
    "Greek lookalikes": lambda n, c: n.translate(_GREEK),
    "spaced out": lambda n, c: _apart(n, " ") if len(n) > 4 else None,
    "letters with dots": lambda n, c: _apart(n, ".") if len(n) > 4 else None,
    "letters with hyphens": lambda n, c: _apart(n, "-") if len(n) > 4 else None,
    "emphasis": lambda n, c: c.choice(("**{}**", "_{}_", "*{}*", "~~{}~~", "`{}`", "<b>{}</b>")).format(n),
    "emphasis inside": lambda n, c: f"**{n[0]}**{n[1:]}",
    "possessive": lambda n, c: n + c.choice(("'s", "’s")),
    "genitive": lambda n, c: n + "s" if not n.endswith("s") else n + "'",
    "mistyped": _mistyped,
}


# --- forms of a person's name -------------------------------------------------------------


def plain(word: str) -> str:
    """The letters alone, folded."""
    return re.sub(r"[^a-z]", "", fold(word))


def halves(person: Person) -> tuple[str, str]:
    """The given name and the family name with its particles."""
    given, _, family = person.name.partition(" ")
    return given, family


def _initials(person: Person, dot: str) -> str | None:
    """None when they are a word or an abbreviation besides: the boundary puts those to a human at best."""
    letters = [word[0].upper() for word in re.findall(r"\w+", person.name.replace("'", " "))]
    together = fold("".join(letters))
    spoken = together in SMALL_ABBREVIATIONS or together.upper() in abbreviations()
    return None if spoken or weight(together) > RARE else dot.join(letters) + dot


def _related(person: Person, chance: random.Random, *, longer: bool) -> str | None:
    """A name that the given name is short for, or one that is short for it; none that is a small word."""
    given = fold(halves(person)[0])
    forms = [f for f in sorted(diminutives(given)) if len(f) > 2 and (len(f) > len(given)) is longer and weight(f) < 3]
    return chance.choice(forms).title() if forms else None


def _diminutive(person: Person, chance: random.Random) -> str | None:
    short = _related(person, chance, longer=False)
    return f"{short} {halves(person)[1]}" if short else None


def _double(person: Person, chance: random.Random) -> str | None:
    return chance.choice(halves(person)[1].split("-")) if "-" in person.name else None


def _particle_dropped(person: Person, chance: random.Random) -> str | None:
    return halves(person)[1].split()[-1] if " " in halves(person)[1] else None


PERSON: dict[str, PersonForm] = {
    "full name": lambda p, c: p.name,
    "first name": lambda p, c: halves(p)[0],
    "last name": lambda p, c: halves(p)[1],
    "last, first": lambda p, c: "{1}, {0}".format(*halves(p)),
    "last first": lambda p, c: "{1} {0}".format(*halves(p)),
    "initial and last": lambda p, c: f"{p.name[0]}. {halves(p)[1]}",
    "initial without a dot": lambda p, c: f"{p.name[0]} {halves(p)[1]}",
    "title and last": lambda p, c: f"{c.choice(('Dr', 'Mrs', 'Professor', 'Cllr'))} {halves(p)[1]}",
    "first and initial": lambda p, c: f"{halves(p)[0]} {halves(p)[1].split()[-1][0].upper()}",
    "initials": lambda p, c: _initials(p, ""),
    "dotted initials": lambda p, c: _initials(p, "."),
    "part of a double name": _double,
    "particle dropped": _particle_dropped,
    "diminutive and last": _diminutive,
    "diminutive": lambda p, c: _related(p, c, longer=False),
    "full form of a diminutive": lambda p, c: _related(p, c, longer=True),
    "another name": lambda p, c: p.other_names[0] if p.other_names else None,
    "mail address": lambda p, c: p.emails[0],
    "local part": lambda p, c: p.emails[0].partition("@")[0],
    "address spelt out": lambda p, c: "{} [at] {} [dot] example".format(*map(plain, halves(p))),
    "handle": lambda p, c: "@{}{}".format(*map(plain, halves(p))),
    "handle, initial first": lambda p, c: f"{plain(p.name)[0]}{plain(halves(p)[1])}",
    "camel case": lambda p, c: "".join(plain(half).title() for half in halves(p)),
    "file name": lambda p, c: "notes_{}_{}.docx".format(*map(plain, halves(p))),
    "job title": lambda p, c: p.title,
    "path": lambda p, c: "/home/{}.{}/plan/".format(*map(plain, halves(p))),
}
# Forms that nothing but their case is changed of.
FIXED = frozenset(
    (
        "acronym",
        "address spelt out",
        "camel case",
        "dotted acronym",
        "dotted initials",
        "file name",
        "first and initial",
        "handle",
        "handle, initial first",
        "initial without a dot",
        "initials",
        "local part",
        "mail address",
        "mail domain",
        "path",
        "web address",
        "with a suffix",
    )
)


# --- forms of an organisation's name --------------------------------------------------------


def _acronym(organisation: Organisation) -> str:
    return "".join(word[0] for word in organisation.name.split() if word[0].isupper())


ORGANISATION: dict[str, OrganisationForm] = {
    "organisation in full": lambda o, c: o.name,
    "organisation in short": lambda o, c: o.name.split()[0],
    "acronym": lambda o, c: _acronym(o),
    "dotted acronym": lambda o, c: ".".join(_acronym(o)) + ".",
    "nickname": lambda o, c: o.aliases[0].removeprefix("the "),
    "with a suffix": lambda o, c: o.name.split()[0] + c.choice(("-wide", "-style", "-led")),
    "web address": lambda o, c: f"www.{o.domains[0]}/about",
    "mail domain": lambda o, c: f"info@{o.domains[0]}",
}
