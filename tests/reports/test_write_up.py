"""A report is written up in the browser, section by section, and nothing that anybody typed is lost."""

import copy
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reports import document as paper
from reports import write_up as raw
from reports.build import build_document
from reports.models import Report
from reports.releasing import prepare
from tests.reports.conftest import World

pytestmark = pytest.mark.xdist_group("report-pages")


@pytest.fixture
def world(lasting_world: World, db: None) -> World:
    """Made once for all the tests here; what one of them changes is undone."""
    return copy.deepcopy(lasting_world)


@pytest.fixture
def fay(world: World) -> Client:
    return world.client(world.fay)


def add(client: Client, report: Report, kind: str) -> str:
    """The page of a new section."""
    return client.post(reverse("reports:add_section", args=[report.pk]), {"kind": kind}).url


def rows(prefix: str, *typed: dict[str, Any]) -> dict[str, Any]:
    """The rows of a form set as a browser posts them, all of them new."""
    posted: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(typed), f"{prefix}-INITIAL_FORMS": 0}
    return posted | {
        f"{prefix}-{number}-{name}": value for number, row in enumerate(typed) for name, value in row.items()
    }


def sections(world: World, report: Report) -> list[Any]:
    return list(raw.read(world.refresh(report).content).sections)


def kinds(world: World, report: Report) -> list[str]:
    return [section.kind for section in sections(world, report)]


def printed(world: World, report: Report) -> paper.ReportDocument:
    return build_document(world.refresh(report), "review_copy", key=b"").document


def act(client: Client, report: Report, verb: str, section: Any, **body: str) -> Any:
    """Send one of the small forms of the list, and the page that comes of it."""
    return client.post(reverse(f"reports:{verb}_section", args=[report.pk, section.id]), body, follow=True)


# --- An evening -------------------------------------------------------------------------

CLUSTERS = (7, 7, 6, 5, 5, 4)  # 34 terms; the first has three narrower ones
POINTS = (3, 3, 2)
PARAGRAPHS = (3, 3, 3, 1, 2)


def words(count: int, of: str) -> list[str]:
    return [f"{of} word {chr(97 + number)}" for number in range(count)]


def test_everything_that_a_report_can_hold_is_typed_in_an_evening(world: World, fay: Client) -> None:
    """The counts of the report that this product was conceived from, through its forms, into the document."""
    report = prepare(world.held())
    heading = {"day": 1, "number": 1, "title": "What we mean", "text": "Some of us began.\n\nThe others listened."}
    world.save(fay, add(fay, report, "session"), **heading)
    terms = ["\n".join(words(count, f"cluster {place}")) for place, count in enumerate(CLUSTERS)]
    terms[0] = terms[0].replace("\n", "\n  - real\n  quasi\n- internal\n", 1)
    clusters = rows("clusters", *({"title": "", "terms": text} for text in terms))
    world.save(fay, add(fay, report, "concepts"), introduction="What was on the wall.", **clusters)
    scheme = add(fay, report, "scheme")
    nothing = rows("boxes") | rows("links")
    world.save(fay, scheme, caption="A round", more="Plan\nTry\nLook\nTime", terms="cluster 1 word b", **nothing)
    boxes = rows("boxes", *(
        {"label": label, "x": x, "y": y, "order": order}
        for label, x, y, order in (
            ("cluster 1 word b", 10, 10, ""), ("Plan", 50, 0, 1), ("Try", 90, 70, 2), ("Look", 10, 70, 3),
            ("Time", 50, 50, ""),
        )
    ))  # fmt: skip
    links = rows("links", {"start": "4", "end": "2", "label": "presses"}, {"start": "", "end": "", "label": ""})
    world.save(fay, scheme, caption="A round", text_alternative="", **boxes, **links)
    second = add(fay, report, "session")
    assert fay.get(second).context["sheet"].part == raw.Session(1, 2)
    world.save(fay, second, day=1, number=2, title="Where we come from", text="")
    profiles = [{"heading": f"A country {n}", "bullets": "\n".join(words(n, "point"))} for n in POINTS]
    world.save(fay, add(fay, report, "contexts"), introduction="In short.", **rows("profiles", *profiles))
    asked = [{"text": f"How do we begin {word}?", "gloss": "In a year." if word == "a" else ""} for word in "abcdef"]
    world.save(fay, add(fay, report, "questions"), introduction="", **rows("questions", *asked))
    themes = [
        {
            "title": f"Theme {n}",
            "text": "\n\n".join(f"It was said {word}." for word in words(n, f"theme {place}")),
            "people": 4,
        }
        for place, n in enumerate(PARAGRAPHS)
    ]
    world.save(fay, add(fay, report, "themes"), introduction="Threads.", **rows("themes", *themes))
    world.save(fay, add(fay, report, "next_steps"), items="Visit each other.\n\nWrite it down.")

    document = printed(world, report)
    found = {type(section): section for section in document.sections if not isinstance(section, paper.Session)}
    assert [type(section).__name__ for section in document.sections] == [
        "Session", "ConceptList", "Scheme", "Session", "Contexts", "Questions", "Themes", *["Answers"] * 4, "NextSteps",
    ]  # fmt: skip
    assert [(s.day, s.number) for s in document.sections if isinstance(s, paper.Session)] == [(1, 1), (1, 2)]
    assert [len(cluster.terms) for cluster in found[paper.ConceptList].clusters] == list(CLUSTERS)
    assert [str(below) for below in found[paper.ConceptList].clusters[0].terms[0].sub_terms] == [
        "real",
        "quasi",
        "internal",
    ]
    drawn = found[paper.Scheme]
    assert [(str(node.label), node.x, node.y) for node in drawn.nodes][:2] == [
        ("cluster 1 word b", 10, 10),
        ("Plan", 50, 0),
    ]
    assert (drawn.cycle, [(link.from_, link.to, str(link.label)) for link in drawn.links]) == (
        (1, 2, 3),
        [(4, 2, "presses")],
    )
    assert str(drawn.text_alternative) == (
        "The cycle goes round in this order: Plan, Try, Look; then it begins again. Beside the cycle stand: "
        "cluster 1 word b, Time. An arrow leads from “Time” to “Try”; along it stands “presses”."
    )
    assert [len(profile.bullets) for profile in found[paper.Contexts].profiles] == list(POINTS)
    assert [bool(question.gloss) for question in found[paper.Questions].questions] == [True, *[False] * 5]
    assert [len(theme.paragraphs) for theme in found[paper.Themes].themes] == list(PARAGRAPHS)
    assert [str(item) for item in found[paper.NextSteps].items] == ["Visit each other.", "Write it down."]
    listed = " ".join(re.sub("<[^>]+>", " ", fay.get(reverse("reports:write_up", args=[report.pk])).text).split())
    for line in (
        "Day 1, session 1: What we mean 2 paragraphs", "34 terms, 3 narrower terms in 6 clusters",
        "5 boxes, 1 arrow, 3 round the cycle", "3 contexts, 8 points", "6 questions",
        "5 themes, 12 paragraphs", "2 steps",
    ):  # fmt: skip
        assert line in listed
