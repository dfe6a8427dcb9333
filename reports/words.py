"""The words that a report brings itself, in each language that one can be released in.

They follow the language of the report, not of whoever looks at the page, so they are a table of their own and
not gettext. None of them counts people: quantity words belong to the gate.
"""

import re
from dataclasses import dataclass, fields
from functools import cache
from itertools import pairwise
from typing import Final

from reports.document import Language


@dataclass(frozen=True, slots=True)
class Words:
    """What is printed around the document's own text. `{}` places are filled by `reports.outline`."""

    kind: str
    review_copy: str
    cover_promise: str
    contents: str
    about: str
    rule_heading: str
    rule_2002: str
    rule_short: str
    why_heading: str
    why_rule: str
    why_small_group: str
    action_learning_heading: str
    action_learning: tuple[str, ...]
    day: str
    session: str
    meeting: str
    concepts: str
    more_concepts: str  # above those that the group gave no heading, where others have one
    continued: str
    scheme: str
    figure: str
    figure_in_words: str
    contexts: str
    questions: str
    themes: str
    asked: str
    withheld: str
    next_steps: str
    attendance: str
    attendance_of: str
    quarter: str
    came: str
    quarters: tuple[str, str, str, str]  # of a year, which stands at {}
    bands: tuple[str, str, str, str]  # in the order of `reports.document.Came`
    evaluation: str
    evaluation_of: str
    aim: str
    partly: str
    largely: str
    one_meeting: str  # a report's title and period, for as long as nobody types another
    several_meetings: str
    also: str  # before the last of several
    from_to: str
    some_report: str  # this and the next print where something was kept out, and something has to stand
    some_programme: str
    some_time: str
    some_question: str
    some_theme: str
    some_context: str
    some_concept: str
    some_drawing: str


ENGLISH: Final = Words(
    kind="Meeting report",
    review_copy="REVIEW COPY — NOT RELEASED",
    cover_promise="Held under the Chatham House Rule. Nothing in this report shows who said it, or where they work.",
    contents="Contents",
    about="About this report",
    rule_heading="The Chatham House Rule",
    rule_2002=(
        "When a meeting, or part thereof, is held under the Chatham House Rule, participants are free to use the"
        " information received, but neither the identity nor the affiliation of the speaker(s), nor that of any"
        " other participant, may be revealed."
    ),
    rule_short=(
        "What was said at this meeting may be used. Who said it, and who they work for, may not be made known."
    ),
    why_heading="What is left out, and why",
    why_rule=(
        "What the set learned is told here without its speakers. Names, employers and anything else that could"
        " point to a person have been taken out or put in more general words, and nothing is printed that could"
        " be traced to the person who said it."
    ),
    why_small_group=(
        "The group that met was small. In a small group the subject of a question, or the kind of institution it"
        " came from, can be enough to recognise a person. This report therefore does not say which issues were"
        " brought by whom, nor which institutions were represented."
    ),
    action_learning_heading="What action learning is",
    action_learning=(
        (
            "An action-learning set is a small group that meets regularly. In turn, members bring a real piece of"
            " work that matters to them and has no known answer. The others listen, and then ask open questions"
            " rather than give advice, so that the person who brought it comes to see it afresh and decides what to"
            " try next."
        ),
        (
            "At the following meeting they tell what happened. The learning lies in that round of trying, telling"
            " and thinking again, as much as in anything that the meeting concludes."
        ),
    ),
    day="Day {}",
    session="Session {}",
    meeting="The meeting",
    concepts="Words and concepts",
    more_concepts="More words",
    continued="(continued)",
    scheme="How the concepts connect",
    figure="Figure {}",
    figure_in_words="The figure in words",
    contexts="Where we come from",
    questions="The challenges, as questions",
    themes="Emerging themes",
    asked="Meeting {} of {} with this question",
    withheld=(
        "The answers to this question are not printed. A report prints answers only where they cannot point to"
        " a person."
    ),
    next_steps="Next steps",
    attendance="Attendance",
    attendance_of="Of those expected at the meetings of all sets of the programme, in each quarter",
    quarter="Quarter",
    came="Came",
    quarters=("January to March {}", "April to June {}", "July to September {}", "October to December {}"),
    bands=("not told", "fewer than half", "half to three quarters", "three quarters or more"),
    evaluation="How far the aims are met",
    evaluation_of=(
        "Of those in all sets of the programme who have a view of an aim, so many say that it is met so far"
    ),
    aim="Aim",
    partly="At least partly",
    largely="Largely or fully",
    one_meeting="Meeting report {}",
    several_meetings="Report of meetings {}",
    also="and",
    from_to="{} to {}",
    some_report="A report",
    some_programme="A programme",
    some_time="Some time ago",
    some_question="A question",
    some_theme="A theme",
    some_context="A context",
    some_concept="A concept",
    some_drawing="A drawing",
)

SWEDISH: Final = Words(
    kind="Mötesrapport",
    review_copy="GRANSKNINGSEXEMPLAR — INTE FRIGIVET",
    cover_promise=(
        "Mötet hölls enligt Chatham House-regeln. Inget i rapporten visar vem som sade det, eller var de arbetar."
    ),
    contents="Innehåll",
    about="Om rapporten",
    rule_heading="Chatham House-regeln",
    rule_2002=(
        "När ett möte, eller en del av ett möte, hålls enligt Chatham House-regeln får deltagarna fritt använda"
        " den information de tagit del av, men varken talarens eller talarnas identitet eller tillhörighet, eller"
        " någon annan deltagares, får röjas."
    ),
    rule_short="Det som sades på mötet får användas. Vem som sade det, och för vem de arbetar, får inte bli känt.",
    why_heading="Vad som utelämnats, och varför",
    why_rule=(
        "Det som gruppen lärde sig återges här utan sina talare. Namn, arbetsgivare och annat som kan peka ut en"
        " person har tagits bort eller fått mer allmänna ord, och inget trycks som kan spåras till den som sade"
        " det."
    ),
    why_small_group=(
        "Gruppen som möttes var liten. I en liten grupp kan frågans ämne, eller det slags verksamhet den kommer"
        " från, räcka för att känna igen en person. Rapporten säger därför inte vilka frågor som kom från vem,"
        " och inte vilka verksamheter som var företrädda."
    ),
    action_learning_heading="Vad aktionslärande är",
    action_learning=(
        (
            "En grupp för aktionslärande är liten och möts regelbundet. Medlemmarna turas om att ta med ett verkligt"
            " arbete som betyder något för dem och som saknar känt svar. De andra lyssnar, och ställer sedan öppna"
            " frågor i stället för att ge råd, så att den som tog med arbetet ser det på nytt och själv väljer nästa"
            " försök."
        ),
        (
            "Vid nästa möte berättar de vad som hände. Lärandet ligger i den rundan av att pröva, berätta och tänka"
            " om, lika mycket som i det mötet kommer fram till."
        ),
    ),
    day="Dag {}",
    session="Pass {}",
    meeting="Mötet",
    concepts="Ord och begrepp",
    more_concepts="Fler ord",
    continued="(forts.)",
    scheme="Hur begreppen hänger ihop",
    figure="Figur {}",
    figure_in_words="Figuren i ord",
    contexts="Varifrån vi kommer",
    questions="Utmaningarna, som frågor",
    themes="Framväxande teman",
    asked="Möte {} av {} med denna fråga",
    withheld="Svaren på frågan trycks inte. En rapport trycker svar bara där de inte kan peka ut en person.",
    next_steps="Nästa steg",
    attendance="Närvaro",
    attendance_of="Av dem som väntades till möten i alla programmets grupper, kvartal för kvartal",
    quarter="Kvartal",
    came="Kom",
    quarters=("januari till mars {}", "april till juni {}", "juli till september {}", "oktober till december {}"),
    bands=("anges inte", "färre än hälften", "hälften till tre fjärdedelar", "tre fjärdedelar eller fler"),
    evaluation="Hur långt målen har nåtts",
    evaluation_of="Så många, av dem i alla programmets grupper som har en åsikt om målet, säger att det är nått",
    aim="Mål",
    partly="Åtminstone delvis",
    largely="Till stor del eller helt",
    one_meeting="Mötesrapport {}",
    several_meetings="Rapport från mötena {}",
    also="och",
    from_to="{} till {}",
    some_report="En rapport",
    some_programme="Ett program",
    some_time="För en tid sedan",
    some_question="En fråga",
    some_theme="Ett tema",
    some_context="Ett sammanhang",
    some_concept="Ett begrepp",
    some_drawing="En teckning",
)

WORDS: Final[dict[Language, Words]] = {"en": ENGLISH, "sv": SWEDISH}
STAND_INS: Final = frozenset(
    str(getattr(words, field.name))
    for words in WORDS.values()
    for field in fields(words)
    if field.name.startswith("some_")
)
"""What prints, in any language, where something was kept out and something has to stand: a theme's title, say. They
read as if nothing had ever stood there, and nobody objects to them."""

NUMBERS: Final = re.compile(r"(?<![\w.])\d{1,3}\.(?:\s+\d{1,3}\.)+(?!\w)")
"""Numbers of a list, as they are read back: "3. 4. 5."."""


def without_our_words(text: str) -> str:
    """`text`, read back from a report, without the phrases of this module, however their lines are broken, and without
    the numbers before the entries of a list, which a viewer reads behind each other at the end of a page.

    Whoever searches a report for the names of its people would otherwise find Mr House in "Chatham House" and Ms Day
    in "Day 1", on the pages of every report, and a telephone number in the numbers of eight challenge questions.
    """
    return _our_words().sub("\n", NUMBERS.sub(_uncounted, text))


def _uncounted(numbers: re.Match[str]) -> str:
    """These numbers, but for those that are one more than that before them, or one less than that behind them, as in
    no telephone number."""
    counted = numbers[0].replace(".", " ").split()
    follows = [later == str(int(number) + 1) for number, later in pairwise(counted)]
    kept = [
        number for number, *near in zip(counted, [False, *follows], [*follows, False], strict=True) if not any(near)
    ]
    return "\n" + " ".join(f"{number}." for number in kept)


@cache
def _our_words() -> re.Pattern[str]:
    """The phrases of two words and more, the longest first, with any space between words and any number in a place."""
    phrases: set[str] = set()
    for words in WORDS.values():
        for field in fields(words):
            value = getattr(words, field.name)
            phrases |= {value} if isinstance(value, str) else set(value)
    patterns = [
        r"\s+".join(re.escape(word).replace(r"\{\}", r"\d+") for word in phrase.split())
        for phrase in sorted(phrases, key=len, reverse=True)
        if " " in phrase
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)
