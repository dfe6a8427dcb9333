"""An invented report with every kind of section, for the tests of the paper and for the bench.

Two days, eleven sessions' worth of text in four sessions, 34 terms in clusters (one with narrower terms), a
scheme with a cycle, three profiles, six questions, five themes of 3, 3, 3, 1 and 2 paragraphs, and closing
answers 8, 7, 5 and 5.
"""

from collections.abc import Iterable

from reports.anonymity.text import AnonymousText, vouch_for
from reports.document import (
    Aim,
    Answers,
    Attendance,
    Cluster,
    ConceptList,
    Contexts,
    Evaluation,
    Language,
    Link,
    NextSteps,
    Node,
    Profile,
    Quarter,
    Question,
    Questions,
    ReportDocument,
    Scheme,
    Session,
    Status,
    Term,
    Theme,
    Themes,
    WithheldAnswers,
)


def said(words: str) -> AnonymousText:
    """`words` as if they had passed the boundary."""
    return vouch_for(words)


def all_said(words: Iterable[str]) -> tuple[AnonymousText, ...]:
    return tuple(said(each) for each in words)


def cluster(title: str | None, *terms: str | tuple[str, ...]) -> Cluster:
    """Terms by their words; a tuple is a term followed by its narrower ones."""
    return Cluster(
        said(title) if title else None,
        tuple(Term(said(term)) if isinstance(term, str) else Term(said(term[0]), all_said(term[1:])) for term in terms),
    )


CONCEPTS = ConceptList(
    said("Asked what comes to mind when they hear the word, members filled a wall. These are their terms."),
    (
        cluster(
            "Money",
            "Budget",
            "Funding",
            "Tariff",
            "Price",
            "Cost envelope",
            "Pooled purse",
            "Incentive",
            ("Market", "Real", "Internal", "So-called"),
        ),
        cluster("Buying", "Contract", "Procurement", "Specification", "Tender", "Negotiation", "Provider", "Choice"),
        cluster("Knowing", "Need", "Data", "Audit", "Indicator", "Evidence", "Benchmark"),
        cluster(None, "Pathway", "Planning", "Implementation", "Monitoring", "Review", "Decommissioning"),
        cluster("People", "Public voice", "Clinician", "Trust", "Legitimacy", "Outcome", "Equity", "Quality"),
    ),
)

SCHEME = Scheme(
    said("The round of commissioning as the group drew it, and what pulls it out of shape."),
    (
        Node(said("Understand need"), 50, 0),
        Node(said("Plan the pathway"), 88, 36),
        Node(said("Buy and contract"), 74, 88),
        Node(said("Watch what happens"), 26, 88),
        Node(said("Review together"), 12, 36),
        Node(said("Public voice"), 46, 36),
        Node(said("Money"), 100, 100),
        Node(said("Trust"), 50, 64),
    ),
    (
        Link(0, 1, None),
        Link(5, 0, said("shapes")),
        Link(5, 4, None),
        Link(6, 2, None),
        Link(7, 2, said("holds")),
        Link(7, 3, None),
        Link(3, 1, said("warns")),
    ),
    (0, 1, 2, 3, 4),
    said(
        "A round of five: understand need, plan the pathway, buy and contract, watch what happens, review together,"
        " and back to need. Public voice shapes the first and joins the review; trust holds up the contract and the"
        " watching; money presses on the contract; what is watched warns the plan."
    ),
)

CONTEXTS = Contexts(
    said("Three short introductions gave members enough of each other's setting to ask good questions."),
    (
        Profile(
            said("A small national system"),
            all_said(
                (
                    "A population of a few million, with health high on the agenda of every election.",
                    "Patients pay a good part of the price of a visit to their doctor.",
                    "Hospitals answer to their boards; their professions answer to a register.",
                )
            ),
        ),
        Profile(
            said("A system run by regions"),
            all_said(
                (
                    "Regions raise the tax, plan the care and answer to their own voters.",
                    "Highly specialised care is shared between neighbours, by agreement.",
                )
            ),
        ),
        Profile(
            said("A system in the middle of a reform"),
            all_said(
                (
                    "Who holds the budget changes faster than the services it pays for.",
                    "Several inspectors may call on the same ward in the same month.",
                )
            ),
        ),
    ),
)

QUESTIONS = Questions(
    said("Members put their challenges to the group as questions."),
    (
        Question(
            said("How do we let the public shape a service before its plan is written?"),
            said("In particular: how people who have never sat on a committee can come to feel at home in one."),
        ),
        Question(said("How do we keep a promise about waiting when the money for it was for last year?")),
        Question(said("How do we buy time for thinking from people who are paid by the visit?")),
        Question(
            said("How do we hold a contract open to learning without opening it to dispute?"),
            said("A contract that names every step leaves the provider nothing to get better at."),
        ),
        Question(said("How do we know that a slow intervention works while we still can change it?")),
        Question(said("How do we close a building that everyone loves and few use?")),
    ),
)

_STORY = (
    (
        "Change ran through what was said, and seldom in a straight line. Members spoke of rounds rather than of"
        " projects: try, look, change the plan, and try again while the people who were sceptical watch."
    ),
    (
        "Several had seen an initiative live as long as its champion stayed. What outlived a champion was a habit:"
        " a monthly meeting that nobody had to call, a figure on the wall that people argued about."
    ),
    (
        "Fear was spoken of without blame. To ask a colleague what they would lose turned out to be a better opening"
        " than to tell them what patients would gain, and the answers were often small and practical."
    ),
)

THEMES = Themes(
    said("Reading the turns side by side, the group saw these threads."),
    (
        Theme(said("The shape of change"), all_said(_STORY)),
        Theme(said("Power, and who lends it"), all_said(reversed(_STORY))),
        Theme(said("Maps of the same ground"), all_said((_STORY[1], _STORY[2], _STORY[0]))),
        Theme(said("Culture"), all_said(_STORY[:1])),
        Theme(said("Outcomes and what is paid for"), all_said(_STORY[1:])),
    ),
)

DO_NOW = (
    "Bring the round we drew to my own team, and ask them where we are on it.",
    "Call two people from this group before the month is out.",
    "Write down what I am no longer willing to promise.",
    "Sit in on a clinic before the next planning meeting.",
    "Ask the finance lead what would have to be true for us to stop.",
    "Keep a diary of the conversations that I avoid.",
    "Leave the next meeting ten minutes empty, and see what fills it.",
    (
        "Think again about what went wrong in the spring: what could I have seen? Who would have told me, if I had"
        " asked? What will I ask next time, and of whom?"
    ),
)
GAINED = (
    "Time.",
    "A sense that the knot is not mine alone.",
    "Words for something that I had only grumbled about.",
    "The listening – being asked, and not told – did more than advice has ever done for me.",
    "Courage to go back to a conversation that I had given up.",
    "Perspective",
    "Order in my thoughts; and some worry about where they lead.",
)
LEARNED = (
    "That the same problem wears other clothes elsewhere.",
    "To say my assumptions aloud before somebody trips over them.",
    "Most of a problem lies under the water line.",
    "You can disagree about the map and still walk together.",
    "Look for the person who gains from things as they are, and start there.",
)
ACROSS = (
    "Very. My own system looked strange to me by lunchtime, which is where learning starts.",
    "We have more in common than our acronyms suggest.",
    "It helped to explain how we are paid to someone who did not believe it.",
    "Helpful, once we stopped comparing and began to ask.",
    "What is forbidden in one place is ordinary in the next. That is worth a journey.",
)
CLOSING = (
    ("What will I do now?", DO_NOW),
    ("What did I gain from the process?", GAINED),
    ("What did I learn from other people’s challenges?", LEARNED),
    ("How helpful was it to learn across countries?", ACROSS),
)

STEPS = (
    "The scheme is redrawn in clean copy and taken to each member's own team.",
    "A second round of questions, three months on, by video.",
    "Members who wish to swap a day's visit arrange it between themselves.",
)


def report(status: Status = "release", *, withheld_small_group: bool = True) -> ReportDocument:
    """The whole invented report."""
    return ReportDocument(
        "en",
        said("Buying well, together"),
        said("Commissioning for quality: a learning programme"),
        said("October 2026"),
        status,
        withheld_small_group,
        (
            Session(
                1,
                1,
                said("What we mean by commissioning"),
                all_said(
                    (
                        (
                            "The first session introduced members to each other, and the word to all of them. What is"
                            " bought, by whom and for whom differs so much between countries that an hour went by"
                            " before the same sentence meant the same to everybody at the table."
                        ),
                    )
                ),
            ),
            CONCEPTS,
            SCHEME,
            Session(
                1,
                2,
                said("Where each of us works"),
                all_said(("Short presentations set the scene, and were followed by questions of fact only.",)),
            ),
            CONTEXTS,
            Session(
                1,
                3,
                said("Challenges and themes"),
                all_said(("Each challenge had its turn; nothing that was said in a turn is told here.",)),
            ),
            QUESTIONS,
            THEMES,
            Session(
                2,
                4,
                said("Looking back, and next steps"),
                all_said(("At the close, members answered four questions in writing, each for themselves.",)),
            ),
            *(Answers(said(prompt), all_said(answers)) for prompt, answers in CLOSING),
            NextSteps(all_said(STEPS)),
        ),
    )


def minimal(
    *,
    language: Language = "en",
    status: Status = "release",
    withheld_small_group: bool = True,
    title: str = "A quiet month",
    paragraph: str = "Little can be told.",
    answer: str = "",
) -> ReportDocument:
    """A report in which nearly everything is withheld."""
    answers = (Answers(said("And what else?"), (said(answer),)),) if answer else ()
    return ReportDocument(
        language,
        said(title),
        said("A learning programme"),
        said("2026"),
        status,
        withheld_small_group,
        (
            Session(0, 1, None, (said(paragraph),)),
            WithheldAnswers(said("What will I do now?")),
            WithheldAnswers(said("What did I gain from the process?")),
            *answers,
        ),
    )


SWEDISH_STORY = (
    (
        "Verksamhetsutvecklingen i primärvården beskrevs som ett långsiktigt förändringsarbete, där kommunstyrelsens"
        " budgetuppföljning och sjukvårdsförvaltningens uppföljningsplaner sällan svarar på samma frågeställningar."
        " Patientsäkerhetsarbetet bärs av avdelningschefer och undersköterskor vars arbetsbelastning ökar."
    ),
    (
        "Flera hade sett ersättningsmodeller och upphandlingsunderlag ändras snabbare än arbetsplatsträffarna hann"
        " följa med. Kompetensförsörjningen blir då en fråga om personalomsättning och bemanningsföretag, och inte om"
        " erfarenhetsutbyte mellan vårdcentralerna eller om medborgardialog och brukarinflytande."
    ),
    (
        "Tillitsbaserad styrning prövades i ett ledarskapsutvecklingsprogram för områdeschefer. Ansvarsfördelningen"
        " mellan regionfullmäktige, läkemedelskommittén och stadsdelsförvaltningen klarnade när beslutsunderlagen"
        " lästes tillsammans med patientföreningarna; informationsöverföringen mellan vårdprocesserna fick en ägare."
    ),
)


def swedish() -> ReportDocument:
    """A report in Swedish, with the long words of those who run health care."""
    themes = ("Förändringens form", "Vem som lånar ut makten", "Kartor över samma mark", "Kultur")
    steps = (
        "Samverkansavtalet och kvalitetsregistrets förbättringsarbete tas upp på nästa ledningsgruppsmöte.",
        "Handledningsgruppen möts igen före höstens förhandlingsdelegationer och medarbetarsamtal.",
    )
    asked = ("Vad gör jag nu?", "Vad fick jag ut av processen?")
    answers = all_said(f"{sentence}." for sentence in " ".join(SWEDISH_STORY).removesuffix(".").split(". "))
    return ReportDocument(
        "sv",
        said("Att beställa vård tillsammans"),
        said("Ett program för sjukvårdens chefer"),
        said("oktober 2026"),
        "release",
        True,
        (
            Session(1, 1, said("Var och en i sin verksamhet"), all_said(SWEDISH_STORY[:1])),
            Contexts(said("Korta inledningar gav förutsättningarna."), (Profile(said("En region"), all_said(steps)),)),
            Questions(None, (Question(said("Hur mäter vi långsamma rehabiliteringsinsatser?")),)),
            Session(1, 2, said("Teman"), all_said(SWEDISH_STORY[1:2])),
            Themes(None, tuple(Theme(said(title), all_said(SWEDISH_STORY)) for title in themes)),
            *(Answers(said(each), answers) for each in asked),
            NextSteps(all_said(steps)),
        ),
    )


def everywhere(words: str) -> ReportDocument:
    """A report with `words` in every place that holds text."""
    text = said(words)
    return ReportDocument(
        "en",
        text,
        text,
        text,
        "release",
        True,
        (
            Session(1, 1, text, (text,)),
            ConceptList(text, (Cluster(text, (Term(text, (text,)),)),)),
            Scheme(
                text, (Node(text, 0, 0), Node(text, 100, 100)), (Link(0, 1, text),), (0, 1), text, introduction=text
            ),
            Contexts(text, (Profile(text, (text,)),)),
            Questions(text, (Question(text, text),)),
            Themes(text, (Theme(text, (text,)),)),
            Answers(text, (text,)),
            WithheldAnswers(text),
            NextSteps((text,)),
            Attendance(text, (Quarter(2026, 1, ""), Quarter(2026, 2, "most"))),
            Evaluation(text, (Aim(2026, 1, text, "", ""), Aim(2026, 2, text, "most", "half"))),
        ),
        action_learning=(text,),
    )
