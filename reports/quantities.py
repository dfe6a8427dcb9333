"""Which words may say how many people said something, in each language that a report can be released in.

Source: docs/anonymity.md, "Floors": 3 or 4 people are "some"; 5 and more "several"; over half and at most N minus 3
"most"; never "all", never "one"; any other number prints as "fewer than 8" up to 7, and rounded to 5 above. A word is
taken as a claim about people only where it stands before them ("several of the participants") or does what people do
("one said no"), so that "one important element" stays.

A challenge is one member's, so a count of challenges counts people. An issue may be anybody's: "all of the issues
discussed" stays, whatever the count, unless it is said beside it whose they are ("our issues", "the issues that members
brought") or so exactly how many that each could be laid at a door ("two issues", "each of the issues"). Where there are
as many issues as people each had one, and "all of the issues" tells of everybody.

"Each other" and "one another" say nothing of how many, nor does a time ("each time", "one day", "every month").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Quantities:
    """The words of one language: the three that may be printed, and those that claim a number."""

    some: str
    several: str
    most: str
    claims: re.Pattern[str]
    exempt: re.Pattern[str]
    issues: re.Pattern[str]  # a count of issues, whosesoever
    nobodys: re.Pattern[str]  # a count of issues, and the word near it, if any, that says whose they are
    none: frozenset[str]  # what says that nobody did: no other word can take its place
    vague: tuple[str, ...]  # what may be said of issues at any count
    all: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A quantity that does not match the count: the word as it stands, and the words that may take its place.

    `issues`: what was counted, if that is not people by name, but may stand for them.
    `whose`: the word near it that may say whose they are, if that is what is wrong with it.
    `everybody`: there are as many of those as people. `nobody`: it says that nobody did. `near`: the word
    with a few around it, as they stand. `opening`: whether that is in the first paragraph. `bears`: which of the three
    words that may be printed it is, if any. It is told of `people` out of `group`.
    """

    word: str
    instead: tuple[str, ...]
    people: int
    group: int
    bears: Literal["", "some", "several", "most"] = ""
    issues: str = ""
    whose: str = ""
    everybody: bool = False
    nobody: bool = False
    near: str = ""
    opening: bool = False

    @property
    def least(self) -> int:
        """How many people "most" of the group is at least."""
        return max(3, self.group // 2 + 1)


_MEMBERS_EN = (
    r"(?:participants?|members?|people|persons?|colleagues|delegates|attendees|speakers|of\s+us|of\s+them|of\s+you|"
    r"presenters|commissioners|clinicians|managers|doctors|nurses|gps|groups?\s+members?|"
    r"in\s+(?:the|our|this)\s+(?:group|set|room))"
)
_PEOPLE_EN = rf"(?:{_MEMBERS_EN}|challenges)"
_COUNTS_EN = (
    r"all|every|each|both|none|no\s+one|most|many|several|some|a\s+few|few|one|two|three|four|five|six|seven|eight|nine|"
    r"ten|eleven|twelve|(?:over|more\s+than|less\s+than|about|nearly|almost)?\s*half|the\s+majority|a\s+majority|"
    r"a\s+minority|a\s+third|two\s+thirds|a\s+quarter|a\s+couple|\d+"
)
_MEMBERS_SV = (
    r"(?:deltagare[n]?|deltagarna|deltagarnas|medlemmar(?:na)?|personer(?:na)?|kollegor(?:na)?|av\s+oss|av\s+dem|"
    r"beställare|läkare|chefer|sjuksköterskor|i\s+(?:gruppen|rummet|vår\s+grupp))"
)
_PEOPLE_SV = rf"(?:{_MEMBERS_SV}|utmaningar(?:na)?)"
_COUNTS_SV = (
    r"var\s+och\s+en|alla|varje|båda|ingen|inga|de\s+flesta|många|flera|några|få|ett\s+fåtal|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|"
    r"tio|elva|tolv|(?:över|mer\s+än|nästan)?\s*hälften|en\s+majoritet|majoriteten|en\s+tredjedel|\d+"
)


# What a count may begin that counts nobody. "Each other member" and "one day member" do: what follows is one person.
_NOBODY_EN = (
    r"(?:each\s+other|one\s+another|(?:each|every|one)\s+(?:other\s+|single\s+)?(?:time|occasion|moment|minute|hour|"
    r"morning|afternoon|evening|day|week|month|year|meeting|session))\b"
    r"(?!\s+(?:[\w'’]+\s+)?(?:participant|member|person)\b)"
)
_NOBODY_SV = (
    r"(?:varje|en|ett)\s+(?:enda\s+)?(?:gång|tillfälle|stund|minut|timme|morgon|kväll|dag|vecka|månad|år|möte|träff)\b"
)

# What only people do: a count before one of these is a pronoun for some of them.
_ACTS_EN = (
    r"(?:(?:also|still|even|each|then|now)\s+)?(?:said|says?|agreed?|disagreed?|felt|feel|thought|think|noted|reported|"
    r"spoke|speak|wanted?|asked|described|mentioned|told|believed?|admitted|worried|hoped|wished|reflected|shared|raised|"
    r"objected|replied|answered|argued|suggested|remembered|knew|know|wrote|wondered|named|brought|learned|learnt|"
    r"remarked|observed|recalled|explained|confessed|complained|doubted|feared)"
)
_ACTS_SV = (
    r"(?:(?:också|även|ännu|sedan|nu)\s+)?(?:sade|sa|säger|tyckte|tycker|kände|känner|ansåg|anser|menade|menar|berättade|"
    r"frågade|ville|vill|trodde|tror|nämnde|undrade|svarade|höll\s+med|instämde|hoppades|oroade|erkände|föreslog|"
    r"skrev|visste|vet|lärde|beskrev|var\s+(?:över)?ens)"
)


# Issues: the counts that single nobody out, what may stand between, and what says nearby whose they are.
_ON = r"[^\w.;:!?]+"  # from one word to the next of the same clause
_ISSUES_EN = r"issues"
_VAGUE_EN = r"all|most|many|several|some|the\s+majority|a\s+majority"
_BETWEEN_EN = (
    r"(?:of\s+)?(?:the\s+|these\s+|those\s+|other\s+)?(?:(?!(?:my|our|your|his|her|its|their|whose)\b)\w+\s+)?"
)
_WHOSE_EN = (
    r"(?:brought|raised|presented|shared|logged|owned|submitted|offered|voiced|chosen|picked|i|me|my|we|us|our|ours|you|"
    r"your|they|them|their|theirs|he|she|his|her|who|whose|each|every(?:one|body)|some(?:one|body)|any(?:one|body)|nobody|"
    rf"{_MEMBERS_EN})"
)
_ISSUES_SV = r"frågor(?:na)?"
_VAGUE_SV = r"alla|de\s+flesta|många|flera|några|en\s+majoritet|majoriteten"
_BETWEEN_SV = r"(?:av\s+)?(?:de\s+|dessa\s+|andra\s+)?(?:(?!(?:mina|våra|dina|era)\b)\w*(?!s)\w\s+)?"
_WHOSE_SV = (
    r"(?:togs?|lyfte?s?|lyfts|väckt?e?s?|presenterade?s?|delade?s?|valde?s?|kom|hade|jag|mig|vi|oss|ni|er|de|dem|han|hon|"
    rf"min|mina|vår|våra|din|dina|deras|hans|hennes|vars|vilkas|varje|var|någon|ingen|{_MEMBERS_SV})"
)


def _nobodys(vague: str, between: str, issues: str, whose: str) -> re.Pattern[str]:
    """A count of issues, and whatever within six words of it, up to the next stop, says whose they are."""
    return re.compile(
        rf"(?:{vague})\s+{between}{issues}\b(?:(?:{_ON}\w+){{0,5}}?{_ON}(?P<whose>{whose})\b)?", re.IGNORECASE
    )


def _claims(counts: str, people: str, between: str, acts: str, alone: str) -> re.Pattern[str]:
    """`acts` follow a count that stands for people by itself; "it all felt" is said of a thing."""
    before_people = rf"(?P<count>{counts})\s+{between}{people}"
    as_pronoun = rf"(?<!\bit )(?<!\bdet )(?P<pronoun>{counts})\s+{acts}"
    return re.compile(rf"\b(?:{before_people}|{as_pronoun}|(?P<alone>{alone}))\b", re.IGNORECASE)


TABLES: Final[dict[str, Quantities]] = {
    "en": Quantities(
        some="some",
        several="several",
        most="most",
        claims=_claims(
            rf"(?!{_NOBODY_EN})(?:{_COUNTS_EN})",
            rf"(?:{_PEOPLE_EN}|{_ISSUES_EN})",
            r"(?:of\s+)?(?:the\s+|our\s+|these\s+|those\s+|other\s+)?(?:[\w'’]+\s+)?",
            _ACTS_EN,
            r"everyone|everybody|nobody|unanimous(?:ly)?|all\s+agreed",
        ),
        exempt=re.compile(r"\b(?:fewer than 8|(?:about|around) \d*[05])\b", re.IGNORECASE),
        issues=re.compile(rf".*?\b({_ISSUES_EN})$", re.IGNORECASE | re.DOTALL),
        nobodys=_nobodys(_VAGUE_EN, _BETWEEN_EN, _ISSUES_EN, _WHOSE_EN),
        vague=("some", "many", "most"),
        all="all",
        none=frozenset({"none", "no one", "nobody"}),
    ),
    "sv": Quantities(
        some="några",
        several="flera",
        most="de flesta",
        claims=_claims(
            rf"(?!{_NOBODY_SV})(?:{_COUNTS_SV})",
            rf"(?:{_PEOPLE_SV}|{_ISSUES_SV})",
            r"(?:av\s+)?(?:de\s+|våra\s+|dessa\s+|andra\s+)?(?:\w+\s+)?",
            _ACTS_SV,
            r"samtliga|enhälligt|enig(?:a|t)\s+om",
        ),
        exempt=re.compile(r"\b(?:färre än 8|(?:ungefär|omkring) \d*[05])\b", re.IGNORECASE),
        issues=re.compile(rf".*?\b({_ISSUES_SV})$", re.IGNORECASE | re.DOTALL),
        nobodys=_nobodys(_VAGUE_SV, _BETWEEN_SV, _ISSUES_SV, _WHOSE_SV),
        vague=("några", "många", "de flesta"),
        all="alla",
        none=frozenset({"ingen", "inga"}),
    ),
}


_BETWEEN_PARAGRAPHS = re.compile(r"\n\s*\n")


def has_tables(language: str) -> bool:
    """Whether a report can be released in `language` at all."""
    return language in TABLES


def allowed(people: int, group: int, language: str) -> tuple[str, ...]:
    """The quantity words that are true of `people` out of `group`, the strongest last."""
    table = TABLES[language]
    words = []
    if 3 <= people <= 4:
        words.append(table.some)
    if people >= 5:
        words.append(table.several)
    if people >= 3 and people * 2 > group and people <= group - 3:
        words.append(table.most)
    return tuple(words)


def wrong_claims(text: str, people: int, group: int, language: str, issues: int = 0) -> Iterator[Claim]:
    """Each quantity in `text` that is not true of `people` out of `group`. With `people` 0, each that says a number.

    `language` is the report's. A sentence may be in another: each is read in all, and told what may stand in its own.
    `issues`: how many the report tells of, each as a question.
    """
    for one in sorted(TABLES, key=lambda each: each != language):
        yield from _wrong_claims(text, people, group, one, issues)


def _wrong_claims(text: str, people: int, group: int, language: str, issues: int) -> Iterator[Claim]:
    table = TABLES[language]
    may_stand = allowed(people, group, language)
    for number, paragraph in enumerate(_BETWEEN_PARAGRAPHS.split(text)):
        exempt = [match.span() for match in table.exempt.finditer(paragraph)]
        for match, count in _counts(table, paragraph):
            if any(start < match.end() and match.start() < end for start, end in exempt):
                continue
            of_issues = table.issues.fullmatch(match[0])
            word = " ".join(match[count].lower().split())
            everybody = word == table.all and max(issues, people) >= group
            vague = table.nobodys.match(paragraph, match.start()) if of_issues else None
            if vague and not vague["whose"] and not everybody:
                continue
            if word not in may_stand:
                near = _near(paragraph, match)
                instead, counted = (table.vague, of_issues[1].lower()) if of_issues else (may_stand, "")
                yield Claim(
                    word,
                    instead,
                    people,
                    group,
                    _bears(table, word),
                    issues=counted,
                    whose=(vague and vague["whose"]) or "",
                    nobody=word in table.none,
                    everybody=bool(counted) and everybody,
                    near=near,
                    opening=number == 0,
                )


def never_true(text: str, group: int, language: str, issues: int = 0) -> Iterator[Claim]:
    """Each quantity in `text` that no count of people would bear."""
    return (claim for claim in wrong_claims(text, 0, group, language, issues) if not claim.bears)


def _bears(table: Quantities, word: str) -> Literal["", "some", "several", "most"]:
    """Which of the three words that may be printed `word` is."""
    if word == table.some:
        return "some"
    if word == table.several:
        return "several"
    return "most" if word == table.most else ""


def _counts(table: Quantities, paragraph: str) -> Iterator[tuple[re.Match[str], str]]:
    """Each count and the name of its group; also one within what another counts, as in "some of the 3 members"."""
    match = table.claims.search(paragraph)
    while match:
        count = next(name for name in ("count", "pronoun", "alone") if match[name])
        yield match, count
        match = table.claims.search(paragraph, match.end(count))


def _near(paragraph: str, match: re.Match[str]) -> str:
    """What is counted, with up to three words before it and after it."""
    around = re.compile(r"(?:\S+\s+){0,3}\S*$"), re.compile(r"\S*(?:\s+\S+){0,3}")
    before, after = around[0].search(paragraph[: match.start()]), around[1].match(paragraph, match.end())
    start, end = before.start() if before else match.start(), after.end() if after else match.end()
    words = " ".join(paragraph[start:end].split())
    return f"{'… ' if start else ''}{words}{' …' if paragraph[end:].strip() else ''}"
