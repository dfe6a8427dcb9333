"""Workshops as hypothesis invents them: each fits together, and its texts are what people type at their worst."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from hypothesis import strategies as st

from reports.workshop import schema

# Blanks and line breaks of many kinds, what YAML reads as something, letters that compose, marks, other scripts.
LETTERS = st.sampled_from(
    [*"abZé09 .,:;-?!#&*|>%@`'\"{}[]~=/\\", "\u00a0", "\u0301", "ø", "中", "🏳️", "\u200b", "\u2028"]
)
NAMES = ("Ada Berg", "Bo Cray", "Cid Dunn", "Dot Eyre", "Eli Frost", "Fay Gunn", "Gus Hart", "Hal Ives")
GUESTS = (schema.Guest("Uma Udall", "Upland Trust"), schema.Guest("Vic Wynn"))
EMPLOYERS = (schema.Organisation("Quayside Clinic", ("Quayside",)), schema.Organisation("Far Mill"))
REMEMBERED = (schema.Remembered("Ada Moor", "name", "Ada Berg"), schema.Remembered("Zed Yale", "name"))
LABELS = ("Ask", "Try", "Look", "Time", "no", "1e3", "# not a remark")


def texts(most: int = 24, *, lines: bool = True) -> st.SearchStrategy[str]:
    """A text that says something, also with line breaks and tabs in it."""
    letters = st.one_of(LETTERS, st.sampled_from(["\n", "\n\n", "\t"])) if lines else LETTERS
    said = st.lists(letters, max_size=most).map("".join)
    return said.map(lambda text: f"{text}x" if lines else f"y{text}")


line = texts(12, lines=False)
maybe = st.one_of(st.just(""), line)


def several(of: st.SearchStrategy[Any], least: int = 0, most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, min_size=least, max_size=most).map(tuple)


def numbered(words: tuple[str, ...]) -> tuple[str, ...]:
    """The same words, no two alike."""
    return tuple(f"{n} {text}" for n, text in enumerate(words))


@st.composite
def people(draw: Any) -> tuple[schema.Person, ...]:
    """Six participants and a facilitator and an organiser; perhaps one of them has left."""
    roles = ("participant",) * 6 + ("facilitator", "organiser")
    left = draw(st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2030, 1, 1))))
    return tuple(
        schema.Person(
            name=name,
            email=f"{name.split()[0].lower()}@{n}.example",
            role=role,
            organisation=draw(st.sampled_from(["", "Quayside Clinic", "Hill Practice"])),
            job_title=draw(st.sampled_from(["", "Chief of Stores", "Nurse"])),
            health_system=draw(st.sampled_from(["", "Ireland"])) if role != "organiser" else "",
            other_names=draw(several(st.sampled_from(["Adalbert", "Bobby", "Cécile Roe"]), most=2)),
            left=left if n == 0 else None,
        )
        for n, (name, role) in enumerate(zip(NAMES, roles, strict=True))
    )


@st.composite
def closings(draw: Any, present: int) -> tuple[schema.Closing, ...]:
    """One to three closing questions; to some too few have answered."""
    asked = numbered(draw(several(line, least=1)))
    given = [draw(several(texts(), most=8)) for _ in asked]
    authors = [draw(st.integers(min(1, len(said)), min(len(said), present))) for said in given]
    return tuple(schema.Closing(*one) for one in zip(asked, authors, given, strict=True))


@st.composite
def schemes(draw: Any) -> schema.Scheme:
    """Boxes with or without places, arrows between two of them, a round through some."""
    labels = draw(st.lists(st.sampled_from(LABELS), min_size=1, max_size=5, unique=True))
    placed = draw(st.booleans())
    nodes = tuple(schema.Node(label, *([n * 9, n * 7] if placed else [])) for n, label in enumerate(labels))
    ends = st.lists(st.sampled_from(labels), min_size=2, max_size=2, unique=True)
    links = draw(several(st.tuples(ends, maybe))) if len(labels) > 1 else ()
    return schema.Scheme(
        draw(line),
        nodes,
        draw(texts()),
        tuple(schema.Link(one, other, label) for (one, other), label in links),
        tuple(draw(st.lists(st.sampled_from(labels), unique=True))),
        draw(st.just("") | texts()),
    )


@st.composite
def workshops(draw: Any) -> schema.Workshop:
    """A whole workshop, of one meeting or two."""
    who = draw(people())
    absent = (who[1].name,) if draw(st.booleans()) else ()
    further = draw(st.sampled_from([(), ((),), ((who[2].name, who[3].name),)]))  # who was not there, of each
    titles = numbered(draw(several(line)))
    challenges = tuple(
        schema.Challenge(
            draw(st.sampled_from(NAMES[:6])),
            title,
            question=draw(st.one_of(st.just(""), texts())),
            trapped=draw(st.sampled_from([(), ("buildings", "potential")])),
            visibility=draw(st.sampled_from(["private", "facilitator", "set"])),
        )
        for title in titles
    )
    terms = st.builds(schema.Term, line, several(line))
    question = st.builds(schema.Question, texts(), maybe, st.sampled_from(("", *titles)))
    theme = st.builds(schema.Theme, line, several(texts()), st.integers(0, 5))
    years, quarters = st.integers(1900, 9999), st.integers(1, 4)
    sections = (
        st.builds(schema.Session, st.integers(0, 9), st.integers(1, 99), maybe, several(texts())),
        st.builds(schema.Concepts, several(st.builds(schema.Cluster, several(terms), maybe)), maybe),
        schemes(),
        st.builds(schema.Contexts, several(st.builds(schema.Profile, line, several(texts()))), maybe),
        st.builds(schema.Questions, several(question), maybe),
        st.builds(schema.Themes, several(theme), maybe),
        st.builds(schema.NextSteps, several(texts())),
        st.builds(
            schema.Attendance,
            several(st.builds(schema.Quarter, years, quarters, st.sampled_from([*schema.CAME]))),
            maybe,
        ),
        st.builds(
            schema.Evaluation,
            several(st.builds(schema.Aim, years, quarters, line, *[st.sampled_from([*schema.CAME])] * 2)),
            maybe,
        ),
    )
    told = draw(several(st.one_of(*sections), most=6))
    asked = draw(closings(6 - len(absent)))
    for number, away in enumerate(further, start=2):
        asked += tuple(replace(one, meeting=number) for one in draw(closings(6 - len(away))))
    answers = (schema.Answers(asked),) if draw(st.booleans()) else ()
    kept = schema.Decision(
        "Boathouse", *draw(st.sampled_from([("remove",), ("generalise", "a house"), ("keep", "", "A word.")]))
    )
    opening = schema.Session(1, 1, "Beginning", ("We met at the Boathouse.",))
    covered = tuple(one.name for one in who[:7] if one.health_system)
    later = tuple(
        schema.Meeting(
            datetime(2026, 6, n, 10), datetime(2026, 6, n, 12), "", away, draw(st.sampled_from([(), GUESTS]))
        )
        for n, away in enumerate(further, start=1)
    )
    return schema.Workshop(
        programme=schema.Programme(draw(line), purpose=draw(st.one_of(st.just(""), texts())), aims=draw(several(line))),
        set=schema.LearningSet(
            draw(line), draw(st.sampled_from(["en", "sv"])), "Europe/Dublin", "IE",
            block_floor=draw(st.sampled_from([5, 6])),
        ),
        people=who,
        meeting=schema.Meeting(
            datetime(2026, 5, 5, 10), datetime(2026, 5, 5, 16, 30), draw(maybe), absent,
            draw(st.sampled_from([(), GUESTS])),
        ),
        report=schema.Report(
            draw(line), draw(line), (opening, *told, *answers), draw(st.sampled_from(["2002", "short"])),
            draw(several(texts(), most=1)),
        ),
        further_meetings=later,
        organisations=draw(st.sampled_from([(), EMPLOYERS])),
        challenges=challenges,
        decisions=(kept,) if draw(st.booleans()) else (),
        clearances=(schema.Clearance("Ireland", covered),) if covered and draw(st.booleans()) else (),
        remembered=draw(st.sampled_from([(), REMEMBERED])),
    )  # fmt: skip
