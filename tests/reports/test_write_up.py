"""A report is written up in the browser: an evening of it, the list of its sections, and how it prints."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reports import document as paper
from reports import windows
from reports import write_up as raw
from reports.build import build_document
from reports.models import Report
from reports.releasing import prepare
from reports.words import WORDS
from sessions.models import Meeting
from tests.reports.conftest import ANSWERS, World, certified
from tests.reports.writing import act, add, kinds, printed, rows, sections

pytestmark = [pytest.mark.xdist_group("report-pages"), pytest.mark.usefixtures("lasting_world")]


# --- An evening -------------------------------------------------------------------------

CLUSTERS = (7, 7, 6, 5, 5, 4)  # 34 terms; the first has three narrower ones
POINTS = (3, 3, 2)
PARAGRAPHS = (3, 3, 3, 1, 2)


def words(count: int, of: str) -> list[str]:
    return [f"{of} word {chr(97 + number)}" for number in range(count)]


def test_everything_that_a_report_can_hold_is_typed_in_an_evening(world: World, fay: Client) -> None:
    """The counts of the report that this product was conceived from, through its forms, into the document."""
    held = world.held()
    Meeting.objects.filter(pk=held.pk).update(minutes=30 * 60)  # until the next afternoon
    report = prepare(held)
    heading = {"day": 1, "number": 1, "title": "What we mean", "text": "Some of us began.\n\nThe others listened."}
    first = add(fay, report, "session")
    assert fay.get(first).context["sheet"].part == raw.Session(1, 1)  # of a meeting of days, the first is counted
    world.save(fay, first, **heading)
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
    world.save(fay, scheme, caption="A round", introduction="We drew.", text_alternative="", **boxes, **links)
    second = add(fay, report, "session")
    assert fay.get(second).context["sheet"].part == raw.Session(1, 2)
    world.save(fay, second, day=1, number=2, title="Where we come from", text="")
    profiles = [{"heading": f"A country {n}", "bullets": "\n".join(words(n, "point"))} for n in POINTS]
    contexts = add(fay, report, "contexts")
    world.save(fay, contexts, introduction="In short.", **rows("profiles", *profiles))
    folded = fay.get(contexts).text
    assert [f"<span>A country {n}: {n} points</span>" in folded for n in POINTS] == [True] * len(POINTS)
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
    world.save(fay, add(fay, report, "next_steps"), items="- Visit each other.\n\n• Write it down.")

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
    assert str(drawn.introduction) == "We drew."
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


# --- The list ---------------------------------------------------------------------------


def test_what_was_stored_before_there_were_ids_is_read_and_keeps_its_name(
    world: World, fay: Client, full: Report
) -> None:
    """Its addresses hold when something else is moved, and ids do not change what the pages are made of."""
    before = build_document(full, "review_copy", key=b"").input_hash
    themes = world.address(full, "themes")
    session, *_ = sections(world, full)
    moved = act(fay, full, "move", session, to="down")
    act(fay, full, "move", session, to="up")
    assert (moved.status_code, world.address(full, "themes"), fay.get(themes).status_code) == (200, themes, 200)
    assert len({section.id for section in sections(world, full)}) == 8
    assert build_document(world.refresh(full), "review_copy", key=b"").input_hash == before


@pytest.mark.once
def test_a_section_is_moved_and_the_focus_follows(world: World, fay: Client, full: Report) -> None:
    order = kinds(world, full)
    contexts = sections(world, full)[3]

    def focused(page: Any) -> str:
        return re.sub(
            "<[^>]+>", "", re.findall(r"<(?:a|button)[^>]* autofocus[^>]*>(.*?)</(?:a|button)>", page.text)[0]
        )

    up = act(fay, full, "move", contexts, to="up")
    assert kinds(world, full) == [*order[:2], "contexts", "scheme", *order[4:]]
    assert (focused(up), "now number 3 of 8" in up.text) == ("Move up Contexts", True)
    act(fay, full, "move", contexts, to="up")
    top = act(fay, full, "move", contexts, to="up")
    assert focused(top) == "Move down Contexts"  # at the top there is no Move up any more
    act(fay, full, "move", contexts, to="up")
    assert kinds(world, full)[0] == "contexts"
    act(fay, full, "move", contexts, to=sections(world, full)[4].id)
    assert kinds(world, full) == order
    end = act(fay, full, "move", contexts, to="end")
    assert (kinds(world, full)[-1], focused(end)) == ("contexts", "Contexts")
    for nowhere in ("", "x", "\0", contexts.id, "ffffffff"):
        assert act(fay, full, "move", contexts, to=nowhere).status_code == 200
    assert kinds(world, full)[-1] == "contexts"


def test_what_is_hidden_stays_and_prints_nothing_and_counts_for_nothing(
    world: World, fay: Client, full: Report
) -> None:
    """Not for the document, the comparison with other releases, the floors, the open findings or the hash."""
    challenge = world.challenge(world.members[0])
    asked = rows("questions", {"text": "How do we thank Marguerite Oyelaran?", "challenge": str(challenge.pk)})
    without = next(section for section in sections(world, full) if section.kind == "questions")
    act(fay, full, "hide", without, hide="yes")
    bare = build_document(world.refresh(full), "review_copy", key=b"")
    world.save(fay, world.address(full, "questions"), introduction="", **asked)
    themes = rows("themes", {"title": "All of us", "text": "All of us said so.", "people": 1})
    act(fay, full, "hide", sections(world, full)[5], hide="yes")
    world.save(fay, world.address(full, "themes"), introduction="", **themes)
    act(fay, full, "hide", sections(world, full)[6], hide="yes")
    built = build_document(world.refresh(full), "review_copy", key=b"")
    names = [type(section).__name__ for section in built.document.sections]
    assert names == ["Session", "ConceptList", "Scheme", "Contexts", "NextSteps"]
    assert (built.contributions, built.themes, built.blocks, built.open_findings) == (frozenset(), (), (), 0)
    page = fay.get(reverse("reports:write_up", args=[full.pk])).text
    assert page.count("Hidden: prints nothing") == 3
    shown = act(fay, full, "hide", sections(world, full)[6], hide="no")
    assert "it prints again" in shown.text
    act(fay, full, "hide", sections(world, full)[5], hide="no")
    again = build_document(world.refresh(full), "review_copy", key=b"")
    assert (len(again.themes), len(bare.blocks), len(again.blocks)) == (1, 4, 4)


def test_nothing_of_what_is_hidden_or_removed_changes_the_hash(world: World, fay: Client, full: Report) -> None:
    steps = sections(world, full)[-1]
    act(fay, full, "remove", steps)
    without = build_document(world.refresh(full), "review_copy", key=b"").input_hash
    act(fay, full, "put_back", steps)
    act(fay, full, "hide", steps, hide="yes")
    world.save(fay, world.address(full, "next_steps"), items="Something else.")
    assert sections(world, full)[-1] == raw.NextSteps(("Something else.",), hidden=True)
    assert build_document(world.refresh(full), "review_copy", key=b"").input_hash == without


def test_a_removal_is_undone_and_only_then_deleted_for_good(world: World, fay: Client, full: Report) -> None:
    before = sections(world, full)
    removed = act(fay, full, "remove", before[1])
    assert kinds(world, full) == [section.kind for section in before if section.kind != "concepts"]
    assert re.search(r"“Words and concepts” is removed.*?<button[^>]* autofocus>Undo", removed.text, re.DOTALL)
    assert "Markets" not in paper.dumps(printed(world, full))
    assert fay.get(reverse("reports:section", args=[full.pk, before[1].id])).status_code == 404
    act(fay, full, "put_back", before[1])
    assert sections(world, full) == before
    act(fay, full, "remove", before[1])
    fay.post(reverse("reports:delete_removed", args=[full.pk]))
    assert act(fay, full, "put_back", before[1]).status_code == 200
    assert ("Markets" in str(world.refresh(full).content), kinds(world, full)[1]) == (False, "scheme")


def test_the_closing_answers_stand_in_one_place(world: World, fay: Client, full: Report) -> None:
    answers = sections(world, full)[6]
    refused = fay.post(reverse("reports:add_section", args=[full.pk]), {"kind": "answers"}, follow=True)
    assert ("one section alone" in refused.text, kinds(world, full).count("answers")) == (True, 1)
    act(fay, full, "remove", answers)
    assert not [
        part for part in printed(world, full).sections if isinstance(part, paper.Answers | paper.WithheldAnswers)
    ]
    add(fay, full, "answers")
    assert kinds(world, full)[6] == "answers"
    assert "There is no room for it" in act(fay, full, "put_back", answers).text
    assert kinds(world, full).count("answers") == 1
    for kind in ("", "nonsense", "x" * 9_000):
        assert fay.post(reverse("reports:add_section", args=[full.pk]), {"kind": kind}).status_code == 302
    assert len(kinds(world, full)) == 8


@pytest.mark.once
def test_a_section_that_says_nothing_yet_prints_nothing(world: World, fay: Client) -> None:
    report = prepare(world.held())
    for kind in ("concepts", "scheme", "contexts", "questions", "themes", "next_steps"):
        assert fay.get(add(fay, report, kind)).status_code == 200
    assert {type(section).__name__ for section in printed(world, report).sections} == {"Answers"}
    listed = fay.get(reverse("reports:write_up", args=[report.pk])).text
    assert listed.count("Empty: prints nothing yet") == 6
    act(fay, report, "remove", sections(world, report)[4])
    assert fay.get(reverse("reports:review_copy", args=[report.pk])).status_code == 200


def test_the_cover_keeps_our_words_until_they_are_changed(world: World, fay: Client, full: Report) -> None:
    address = reverse("reports:cover", args=[full.pk])
    page = fay.get(address)
    ours = WORDS["en"]
    assert [
        rule in page.text for rule in (ours.rule_2002[:60], ours.rule_short[:60], ours.action_learning[0][:60])
    ] == [True] * 3
    typed = {"title": "A day", "period": "May", "rule": "short", "action_learning": "\n\n".join(ours.action_learning)}
    assert world.save(fay, address, **typed).status_code == 302
    assert (printed(world, full).rule, printed(world, full).action_learning) == ("short", ())
    stale = page.context["sheet"].mark
    hers = fay.post(address, typed | {"mark": stale, "action_learning": "We ask."})
    assert (hers.status_code, "A day" in hers.text, "We ask." in hers.text) == (409, True, True)
    assert (
        fay.post(address, typed | {"mark": hers.context["sheet"].mark, "action_learning": "We ask."}).status_code == 302
    )
    assert [str(text) for text in printed(world, full).action_learning] == ["We ask."]
    assert world.save(fay, address, **(typed | {"rule": "none", "title": ""})).status_code == 422


# --- How it prints ----------------------------------------------------------------------


@pytest.mark.once
def test_the_preview_and_the_drawing_show_nothing_raw(world: World, fay: Client, full: Report) -> None:
    world.save(fay, world.address(full, "next_steps"), items="Ask Siobhán Ní Dhomhnaill.\n<b>Bold</b>.")
    box = rows("boxes", {"label": "Kerrygrove Hospital"})
    world.save(fay, world.address(full, "scheme"), caption="Åsa drew it", text_alternative="", **box, **rows("links"))
    page = fay.get(reverse("reports:review_copy", args=[full.pk])).text
    sheet = page[page.index('<article class="sheet"') :]
    assert ("REVIEW COPY" in sheet, "&lt;b&gt;Bold" in sheet, "<svg" in sheet) == (True, True, True)
    assert [name for name in ("Siobh", "Dhomhnaill", "Kerrygrove", "Åsa") if name in sheet] == []
    drawing = re.findall(r"<svg.*?</svg>", fay.get(world.address(full, "scheme")).text, re.DOTALL)[0]
    assert "Kerrygrove" not in drawing


def test_which_answers_print_is_said_on_their_page(world: World, fay: Client, full: Report) -> None:
    page = fay.get(world.address(full, "answers")).text
    assert (page.count(">Prints<"), page.count("What will I do now?")) == (4, 2)
    few = world.report(world.held(ANSWERS[:4]))
    page = fay.get(world.address(few, "answers")).text
    assert (page.count(">Prints<"), page.count("Withheld: it could have shown")) == (0, 4)


def test_who_writes_while_the_set_reads_is_told_what_a_change_would_do(world: World, fay: Client) -> None:
    report = world.report()
    address, told = reverse("reports:write_up", args=[report.pk]), "is with the set until"
    window = windows.give(certified(report))
    page = fay.get(address).text
    assert f"{window.release.title} {told} {window.until}. If you change anything, its pages are no longer what" in page
    assert reverse("reports:progress", args=[window.release_id]) in page
    windows.call_back(window)
    assert told not in fay.get(address).text


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_the_same_for_one_row_and_for_three(
    world: World, fay: Client, django_assert_num_queries: Any, count: int
) -> None:
    report = world.report()
    one = raw.Themes(themes=(raw.Theme("A theme", ("Told.",)),) * count)
    two = raw.Questions(questions=(raw.Question("How?"),) * count)
    three = raw.Scheme("Round", tuple(raw.Node(f"Box {n}", 9 * n, 9) for n in range(count)))
    steps = tuple(raw.NextSteps((f"{n}",)) for n in range(count))
    report.content = raw.plain(raw.WriteUp((one, two, three, raw.Answers(), *steps)))
    report.save()
    with django_assert_num_queries(4):
        fay.get(reverse("reports:write_up", args=[report.pk]))
    addresses = {kind: world.address(report, kind) for kind in set(kinds(world, report))}
    for kind, queries in {"themes": 11, "questions": 4, "scheme": 12, "answers": 20, "next_steps": 3}.items():
        with django_assert_num_queries(queries):
            fay.get(addresses[kind])
