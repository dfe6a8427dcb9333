"""A report is written up in the browser, section by section, and nothing that anybody typed is lost."""

import copy
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reports import document as paper
from reports import write_up as raw
from reports.arranging import MOST
from reports.build import build_document
from reports.models import Report
from reports.releasing import prepare
from reports.words import WORDS
from sessions.models import Concept
from tests.reports.conftest import ANSWERS, World
from tests.world import EVERY_SECTION

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


# --- What the set wrote down ------------------------------------------------------------


def test_the_words_of_the_set_are_taken_over_once(world: World, fay: Client) -> None:
    meeting = world.held()
    Concept.objects.bulk_create(Concept(meeting=meeting, text=text) for text in ("trust", "Money", "Åtgärd"))
    page = add(fay, prepare(meeting), "concepts")
    assert "Take over the 3 terms that the set wrote down when it met" in fay.get(page).text
    taken = {"introduction": "", "taken": "on", **rows("clusters", {"title": "Ours", "terms": "Trust"})}
    for _twice in range(2):  # a page that saves itself sends the same ticks again
        world.save(fay, page, **taken)
        (part,) = (one for one in sections(world, prepare(meeting)) if one.kind == "concepts")
        assert [[term.text for term in cluster.terms] for cluster in part.clusters] == [["Trust"], ["Money", "Åtgärd"]]
    assert "that the set wrote down when it met" not in fay.get(page).text
    parted = {"title": "", "terms": "Trust\n\nMeans:\nMoney\n  - Cash\n\nMoney\n\n Ends :\nÅtgärd"}
    for _twice in range(2):
        assert world.save(fay, page, introduction="", **rows("clusters", parted)).url == page  # to be seen as they are
        (part,) = (one for one in sections(world, prepare(meeting)) if one.kind == "concepts")
        assert [(one.title, len(one.terms)) for one in part.clusters] == [("", 1), ("Means", 2), ("Ends", 1)]
    for wrong in ("Trust\n\nMeans:\n\nEnds:\nMoney", "\n\n".join(f"Name {n}:\nTerm" for n in range(41))):
        refused = world.save(fay, page, introduction="", **rows("clusters", {"title": "", "terms": wrong}))
        assert (refused.status_code, wrong.replace("\n", "\r\n") in refused.text or wrong in refused.text) == (
            422,
            True,
        )


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
    world.save(fay, scheme, caption="A round", introduction="We drew.", text_alternative="", **boxes, **links)
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


@pytest.fixture
def full(world: World) -> Report:
    """A report with a section of each kind that is typed, written by a file that knew no ids."""
    report = world.report()
    content = raw.plain(raw.WriteUp(EVERY_SECTION[:-1]))
    for section in content["sections"]:
        del section["id"], section["hidden"]
    del content["removed"]
    Report.objects.filter(pk=report.pk).update(content=content)
    return world.refresh(report)


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


# --- Two facilitators -------------------------------------------------------------------


def test_another_section_is_saved_meanwhile_and_nobody_is_told_of_a_conflict(
    world: World, fay: Client, full: Report
) -> None:
    steps, session = world.address(full, "next_steps"), world.address(full, "session")
    mine = fay.get(steps).context["sheet"].mark
    world.save(fay, session, day=1, number=1, title="", text="Hers.")
    act(fay, full, "move", sections(world, full)[-1], to="up")
    assert fay.post(steps, {"mark": mine, "items": "Mine."}).status_code == 302
    found = sections(world, full)
    assert (found[0].paragraphs, found[-2]) == (("Hers.",), raw.NextSteps(("Mine.",)))


@pytest.mark.parametrize(
    ("kind", "hers", "mine", "kept"),
    [
        ("session", {"day": 1, "number": 1, "text": "Hers."}, {"day": 1, "number": 1, "text": "Mine."}, "Mine."),
        ("next_steps", {"items": "Hers."}, {"items": "Mine."}, "Mine."),
        ("concepts", rows("clusters", {"terms": "Hers."}), rows("clusters", {"terms": "Mine."}), "Mine."),
        ("scheme", {"caption": "Hers."} | rows("boxes", {"label": "A"}) | rows("links"),
         {"caption": "Mine."} | rows("boxes", {"label": "B"}) | rows("links"), "Mine."),
        ("contexts", rows("profiles", {"heading": "Hers.", "bullets": "a"}),
         rows("profiles", {"heading": "Mine.", "bullets": "b"}), "Mine."),
        ("questions", rows("questions", {"text": "Hers."}), rows("questions", {"text": "Mine."}), "Mine."),
        ("themes", rows("themes", {"title": "T", "text": "Hers."}),
         rows("themes", {"title": "T", "text": "Mine."}), "Mine."),
    ],
)  # fmt: skip
def test_where_both_changed_the_same_section_both_texts_are_shown(
    world: World, fay: Client, full: Report, kind: str, hers: Any, mine: Any, kept: str
) -> None:
    address = world.address(full, kind)
    mark = fay.get(address).context["sheet"].mark
    assert fay.post(address, {"mark": mark} | hers).status_code == 302
    conflict = fay.post(address, {"mark": mark} | mine)
    assert (conflict.status_code, "Hers." in conflict.text, "Mine." in conflict.text) == (409, True, True)
    assert "Hers." in str(world.refresh(full).content)
    assert fay.post(address, {"mark": mark} | mine).status_code == 409  # not until theirs was shown
    shown = conflict.context["sheet"].mark
    assert fay.post(address, {"mark": shown} | mine).status_code == 302
    assert (kept in str(world.refresh(full).content), "Hers." in str(world.refresh(full).content)) == (True, False)


@pytest.mark.parametrize("for_good", [False, True])
def test_what_is_typed_while_somebody_removes_the_section_is_not_lost(
    world: World, fay: Client, full: Report, for_good: bool
) -> None:
    address, steps = world.address(full, "next_steps"), sections(world, full)[-1]
    typed = {"mark": fay.get(address).context["sheet"].mark, "kind": "next_steps", "items": "Mine."}
    act(fay, full, "remove", steps)
    if for_good:
        fay.post(reverse("reports:delete_removed", args=[full.pk]))
    gone = fay.post(address, typed)
    assert (gone.status_code, "removed this section meanwhile" in gone.text, "Mine." in gone.text) == (409, True, True)
    assert "next_steps" not in kinds(world, full)
    assert fay.post(address, typed | {"mark": gone.context["sheet"].mark}).status_code == 302
    assert sections(world, full)[-1] == raw.NextSteps(("Mine.",))
    assert raw.read(world.refresh(full).content).removed == ()


def test_what_somebody_ticked_meanwhile_is_shown_too(world: World, fay: Client) -> None:
    challenge = world.challenge(world.members[0])
    report = world.report()
    address = world.address(report, "themes")
    mark = fay.get(address).context["sheet"].mark
    hers = rows("themes", {"title": "Trust", "text": "It grows.", "challenges": [str(challenge.pk)], "people": 5})
    fay.post(address, {"mark": mark} | hers)
    conflict = fay.post(address, {"mark": mark} | rows("themes", {"title": "Trust", "text": "It grew."}))
    assert conflict.context["sheet"].theirs == [
        ("Theme", "Trust"), ("What was said about it", "It grows."), ("Challenges it comes from", challenge.title),
        ("Or: how many different people spoke of it", "5"),
    ]  # fmt: skip


@pytest.mark.once
def test_a_removed_section_that_finds_no_room_keeps_what_was_typed(world: World, fay: Client) -> None:
    report = world.report()
    steps = tuple(raw.NextSteps((f"{number}",), id=f"s{number}") for number in range(MOST))
    Report.objects.filter(pk=report.pk).update(content=raw.plain(raw.WriteUp(steps)))
    address = reverse("reports:section", args=[report.pk, "s3"])
    typed = {"mark": fay.get(address).context["sheet"].mark, "kind": "next_steps", "items": "Mine."}
    act(fay, report, "remove", steps[3])
    add(fay, report, "next_steps")
    gone = fay.post(address, typed).context["sheet"].mark
    full = fay.post(address, typed | {"mark": gone})
    assert (full.status_code, "There is no room" in full.text, "Mine." in full.text) == (409, True, True)
    act(fay, report, "remove", steps[4])
    assert fay.post(address, typed | {"mark": gone}).status_code == 302
    assert sections(world, report)[3].items == ("Mine.",)


def test_no_section_is_made_up_by_an_address(world: World, fay: Client, full: Report) -> None:
    for name in ("cover", "ffffffff", "s99", "x" * 300):
        address = reverse("reports:section", args=[full.pk, name])
        assert fay.get(address).status_code == 404
        assert fay.post(address, {"items": "Mine."}).status_code == 404
        assert fay.post(address, {"items": "Mine.", "kind": "nonsense"}).status_code == 404
    assert fay.post(reverse("reports:section", args=[full.pk, "cover"]), {"kind": "next_steps"}).status_code == 404
    assert len(sections(world, full)) == 8


def test_a_page_that_saves_itself_is_told_what_it_says_next(world: World, fay: Client, full: Report) -> None:
    """And saving the same rows a second time makes none of them twice and loses none."""
    address = world.address(full, "contexts")
    typed = {"autosave": "1", "introduction": ""} | rows("profiles", {"heading": "A coast", "bullets": "Wet."})
    mark = fay.get(address).context["sheet"].mark
    for _ in range(2):
        saved = fay.post(address, typed | {"mark": mark})
        mark = saved.json()["fields"]["mark"]
        [contexts] = [part for part in sections(world, full) if part.kind == "contexts"]
        assert (saved.status_code, contexts.profiles) == (200, (raw.Profile("A coast", ("Wet.",)),))
    refused = fay.post(address, typed | {"mark": mark, "profiles-0-heading": ""})
    stale = fay.post(address, typed | {"mark": "x"})
    assert [(answer.status_code, answer.content) for answer in (refused, stale)] == [(422, b""), (409, b"")]


@pytest.mark.once
def test_a_theme_is_told_beside_its_words_what_it_may_not_say_before_it_is_saved_by_hand(
    world: World, fay: Client
) -> None:
    """By the answer to a save that the page makes itself; and one theme at a time stands open."""
    report = world.report(themes=[raw.Theme(f"Theme {n}", ("It grows.",), people=4) for n in range(3)])
    address = world.address(report, "themes")
    themes = [
        {"title": "", "text": ""},
        *({"title": "Beds", "text": "All of us said so.", "people": n} for n in (2, 4)),
    ]
    typed = rows("themes", *themes) | {"autosave": "1", "mark": fay.get(address).context["sheet"].mark}
    told = fay.post(address, typed).json()["notes"]
    assert {name: len(sentences) for name, sentences in told.items()} == {"themes-1": 1, "themes-2": 1}
    assert "does not rest on 3 different people" in told["themes-1"][0]
    assert "write “some or most” instead of “all”" in told["themes-2"][0]
    folds = re.findall(r'<details class="card fold" name="theme"( open)?>', fay.get(address).text)
    assert folds == [" open", "", "", "", ""]
    told = world.save(fay, address, **rows("themes", {"title": "", "text": "Untitled."}, {"title": "", "text": "Too."}))
    assert (told.status_code, told.text.count('<details class="card fold" open>')) == (422, 2)


def test_what_is_still_empty_is_said_on_the_report_and_has_its_first_field_in_focus(world: World, fay: Client) -> None:
    report = prepare(world.held())
    page = reverse("reports:report", args=[report.pk])
    assert "Nothing is written yet" in fay.get(page).text
    steps = add(fay, report, "next_steps")
    contexts = add(fay, report, "contexts")
    assert [fay.get(one).text.count(" autofocus") for one in (steps, contexts)] == [1, 1]
    world.save(fay, steps, items="Meet again.")
    shown = fay.get(page).text
    assert ("Some of it is still empty" in shown, f'href="{contexts}"' in shown, f'href="{steps}"' in shown) == (
        True,
        True,
        False,
    )
    assert " autofocus" not in fay.get(steps).text
    fay.post(contexts + "hide/", {"hide": "yes"})
    assert "Nothing stands in the way" in fay.get(page).text


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


# --- Each kind --------------------------------------------------------------------------


def test_an_unchanged_page_says_what_it_said(world: World, fay: Client, full: Report) -> None:
    """Opened and saved by a browser, every section is as before: whatever a file brought survives its page."""
    before = sections(world, full)
    for section in before:
        if section.kind != "answers":
            address = reverse("reports:section", args=[full.pk, section.id])
            sheet = fay.get(address).context["sheet"]
            body = {"mark": sheet.mark}
            for form in sheet.editor.all_forms:
                for field in form:
                    value = field.value()
                    if value or not field.use_fieldset:  # a browser sends nothing of ticks that are not set
                        body[field.html_name] = "" if value is None or value is False else value
            for formset in ("clusters", "profiles", "questions", "themes", "boxes", "links"):
                if hasattr(sheet.editor, formset):
                    management = getattr(sheet.editor, formset).management_form
                    body |= {field.html_name: field.value() for field in management}
            assert (section.kind, fay.post(address, body).status_code) == (section.kind, 302)
    assert sections(world, full) == before


def test_a_theme_remembers_what_it_rests_on(world: World, fay: Client) -> None:
    meeting = world.held()
    challenge = world.challenge(world.members[0])
    report = world.report(meeting)
    answer = meeting.prompts.order_by("position")[0].reflections.order_by("text")[0]
    ticks = {"challenges": [str(challenge.pk)], "answers": [str(answer.pk)]}
    address = world.address(report, "themes")
    world.save(fay, address, **rows("themes", {"title": "Trust", "text": "It grows."} | ticks))
    [theme] = sections(world, report)[2].themes
    assert (theme.challenges, theme.answers) == ((str(challenge.pk),), (str(answer.pk),))
    assert fay.get(address).text.count(" checked>") == 2
    shown = fay.get(address).text
    sources = reverse("challenges:challenge", args=[challenge.pk]), reverse("challenges:said", args=[meeting.pk])
    assert [shown.count(f'<a href="{source}">') for source in sources] == [1, 1]
    assert "This theme does not rest on 3 different people yet" in shown
    linked = re.findall(
        r'<a href="#([^"]+)">Theme 1: Trust</a>.*?<textarea.*? id="(doubt[^"]+)" tabindex="-1"', shown, re.DOTALL
    )
    assert linked == [("doubt-1", "doubt-1")]  # above all fields, beside "Saved."; the focus goes to the obstacle
    told = rows("themes", {"title": "Trust", "text": "Several of us said so.", "people": "3"})
    assert world.save(fay, address, **told).url == address
    assert "write “some” instead of “several”" in fay.get(address).text
    assert 'data-noted="themes-0">Cannot leave yet' in fay.get(address).text  # also while the theme is folded up
    told["themes-0-text"] = "Some of us said so."
    assert "did=saved" in world.save(fay, address, **told).url
    shown = fay.get(address).text
    assert re.findall(r' data-noted?="[^"]+"( hidden)?>', shown).count("") == 0
    hidden = world.challenge(world.members[1], visibility="facilitator")
    for foreign in (
        {"challenges": [str(hidden.pk)]},
        {"answers": [str(challenge.pk)]},
        {"people": "-1"},
        {"people": "x"},
    ):
        refused = world.save(fay, address, **rows("themes", {"title": "Trust", "text": "It grows."} | foreign))
        assert refused.status_code == 422


def test_a_new_write_up_holds_nothing_of_any_challenge(world: World, fay: Client) -> None:
    """Saved as it came, it publishes no question; only what was shared with the whole set is offered at all."""
    world.challenge(world.members[0], title="For all", question="How do we\nbegin?")
    world.challenge(world.members[1], title="Mine alone", question="Who am I?", visibility="private")
    world.challenge(world.members[2], title="For Fay", question="Whom do I trust?", visibility="facilitator")
    report = prepare(world.held())
    address = add(fay, report, "questions")
    page = fay.get(address)
    editor = page.context["sheet"].editor
    assert {form.initial.get("text") for form in editor.questions} == {None}
    assert [label for _, label in editor.form.fields["taken"].choices] == ["For all"]
    assert [text for text in ("begin?", "Mine alone", "Who am", "For Fay", "Whom do I") if text in page.text] == []
    world.save(fay, address, **rows("questions", {"text": "", "gloss": ""}))
    assert sections(world, report)[0].questions == ()


def test_a_question_is_taken_over_by_a_tick(world: World, fay: Client) -> None:
    """It stands on the page to be reworded at once, and is not offered twice; another's id is refused."""
    shared = world.challenge(world.members[0], question="How do we\nbegin?")
    hidden = world.challenge(world.members[1], visibility="facilitator")
    report = prepare(world.held())
    address = add(fay, report, "questions")
    typed = rows("questions", {"text": "How do we pay?", "gloss": "For results."})
    assert world.save(fay, address, taken=[str(hidden.pk)], **typed).status_code == 422
    assert world.save(fay, address, taken=[str(shared.pk)], **typed).url == address
    assert sections(world, report)[0].questions == (
        raw.Question("How do we pay?", "For results.", ""),
        raw.Question("How do we begin?", "", str(shared.pk)),
    )
    assert fay.get(address).context["sheet"].editor.offered == {}
    assert fay.get(add(fay, report, "questions")).context["sheet"].editor.offered == {}


@pytest.mark.once
def test_terms_are_shown_as_they_are_understood(world: World, fay: Client, full: Report) -> None:
    address = world.address(full, "concepts")
    page = world.save(fay, address, stay="1", **rows("clusters", {"terms": "Markets\n  real\n- internal\nPrice"}))
    assert page.url == address
    assert "Read as 2 terms, 2 narrower terms:" in fay.get(address).text
    pasted = rows("clusters", {"terms": "Market\n• Investment\n◦ Price"}, {"title": "Money", "terms": "Funds\n- price"})
    assert world.save(fay, address, **pasted).url == address  # what wants another look is kept, and shown again
    bullets, dashes = next(part for part in sections(world, full) if part.kind == "concepts").clusters
    assert bullets.terms == tuple(map(raw.Term, ("Market", "Investment", "Price")))
    assert dashes.terms == (raw.Term("Funds", ("price",)),)
    assert "In this list already, here or further up: “price”." in fay.get(address).text
    more = world.save(fay, address, stay="more", **pasted)
    assert (more.url, fay.get(address).text.count('id="next"')) == (f"{address}#next", 1)
    long = world.save(fay, address, **rows("clusters", {"terms": "x" * 201}))
    named = world.save(fay, address, **rows("clusters", {"title": "Money", "terms": ""}))
    assert ("Please shorten “xxxx" in long.text, long.status_code) == (True, 422)
    assert ("Write the terms, or clear" in named.text, named.status_code) == (True, 422)


def test_what_is_filled_is_folded_and_what_is_next_or_wrong_is_open(world: World, fay: Client) -> None:
    report = world.report(questions=tuple(raw.Question(f"How do we pay for {what}?") for what in ("wards", "time")))
    address = world.address(report, "questions")

    def folds(page: Any) -> list[tuple[str, str]]:
        found = re.findall(r'<details class="card fold"( open)?><summary>(.*?)</summary>', page.text)
        return [(opened.strip(), re.sub("<[^>]+>", "", name)) for opened, name in found]

    assert folds(fay.get(address)) == [
        ("", "Question 1 How do we pay for wards?"), ("", "Question 2 How do we pay for time?"),
        ("open", "Question 3 empty"), ("", "Question 4 empty"), ("", "Question 5 empty"),
    ]  # fmt: skip
    wrong = world.save(fay, address, **rows("questions", {"text": "How?"}, {"text": "x" * 501}))
    assert (wrong.status_code, [opened for opened, _name in folds(wrong)]) == (422, ["open", "open"])
    assert wrong.text.count("data-error-summary") == 1


def drawn(world: World, report: Report) -> raw.Scheme:
    [scheme] = [part for part in sections(world, report) if part.kind == "scheme"]
    return scheme


@pytest.mark.once
def test_boxes_without_a_place_are_laid_out_and_words_follow_the_drawing(world: World, fay: Client) -> None:
    report = prepare(world.held())
    address = add(fay, report, "scheme")
    begun = {"caption": "Round", "more": "Ask\nTry\nAsk\nLook\nTime"} | rows("boxes") | rows("links")
    assert world.save(fay, address, **begun).url == address
    assert [(node.label, node.x, node.y) for node in drawn(world, report).nodes] == [
        ("Ask", 50, 0), ("Try", 100, 50), ("Look", 50, 100), ("Time", 0, 50),
    ]  # fmt: skip
    boxes = [{"label": label, "order": n} for label, n in (("Ask", 3), ("Try", 1), ("Look", 2), ("Time", ""))]
    links = rows("links", {"start": 3, "end": 1, "label": "presses"}, {"start": 0, "end": 2}, {"start": "", "end": ""})
    words = fay.get(address).context["sheet"].editor.form["text_alternative"].value()
    world.save(fay, address, caption="Round", text_alternative=words, **rows("boxes", *boxes), **links)
    scheme = drawn(world, report)
    assert (scheme.cycle, [(link.from_, link.to) for link in scheme.links]) == ((1, 2, 0), [(3, 1), (0, 2)])
    assert [(node.x, node.y) for node in scheme.nodes][3] == (50, 50)  # beside the cycle, in the middle
    assert scheme.text_alternative.startswith("The cycle goes round in this order: Try, Look, Ask;")
    # A box whose words are cleared takes its arrows along, and the others keep theirs; own words stay.
    boxes[0] = {"label": "", "order": 3}
    world.save(fay, address, caption="Round", text_alternative="Our own words.", **rows("boxes", *boxes), **links)
    scheme = drawn(world, report)
    assert [node.label for node in scheme.nodes] == ["Try", "Look", "Time"]
    assert (scheme.cycle, scheme.links, scheme.text_alternative) == (
        (0, 1),
        (raw.Link(2, 0, "presses"),),
        "Our own words.",
    )
    placed = rows("boxes", {"label": "Try", "x": 1, "y": 2}, {"label": "Look", "x": 3, "y": 4})
    world.save(fay, address, caption="Round", afresh="on", text_alternative="", **placed, **rows("links"))
    scheme = drawn(world, report)
    assert ([(node.x, node.y) for node in scheme.nodes], scheme.text_alternative) == (
        [(50, 0), (50, 100)], "The drawing connects: Try, Look.",
    )  # fmt: skip


@pytest.mark.once
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"boxes-0-x": "101"}, "Please give 100 or less."),
        ({"boxes-0-y": "-1"}, "Please give 0 or more."),
        ({"boxes-0-y": "left"}, "Please give a whole number."),
        ({"boxes-1-label": "Ask"}, "Another box has these words already."),
        ({"boxes-1-order": "1"}, "Another box has this number already."),
        ({"links-0-end": "0"}, "not back to the same"),
        ({"links-0-end": ""}, "Choose the box that this arrow leads to"),
        ({"links-0-start": ""}, "Choose the box that this arrow leads from"),
        ({"links-0-end": "7"}, "not on offer any more"),
        ({"more": "\n".join(f"Box {n}" for n in range(29))}, "A scheme has 30 boxes at most."),
        ({"more": "x" * 201}, "A box has 200 characters at most."),
        ({"caption": ""}, "Please fill this in."),
        ({"terms": "Nowhere"}, "not on offer any more"),
        ({"boxes-TOTAL_FORMS": "x"}, "did not arrive whole"),
        ({"boxes-TOTAL_FORMS": "5000"}, "more entries here than one page takes"),
    ],
)
def test_a_drawing_that_cannot_be_made_is_refused_beside_the_field(
    world: World, fay: Client, full: Report, wrong: dict[str, str], said: str
) -> None:
    before = drawn(world, full)
    boxes = rows("boxes", {"label": "Ask", "x": 1, "y": 1, "order": 1}, {"label": "Try", "order": 2})
    typed = {"caption": "Round"} | boxes | rows("links", {"start": "0", "end": "1"})
    refused = world.save(fay, world.address(full, "scheme"), **(typed | wrong))
    assert (refused.status_code, said in refused.text, drawn(world, full)) == (422, True, before)


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
    assert (page.count(">Prints<"), page.count("What will I do now?")) == (4, 1)
    few = world.report(world.held(ANSWERS[:4]))
    page = fay.get(world.address(few, "answers")).text
    assert (page.count(">Prints<"), page.count("Withheld: it could have shown")) == (0, 4)


@pytest.mark.once
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
    with django_assert_num_queries(3):
        fay.get(reverse("reports:write_up", args=[report.pk]))
    addresses = {kind: world.address(report, kind) for kind in set(kinds(world, report))}
    for kind, queries in {"themes": 11, "questions": 4, "scheme": 11, "answers": 18, "next_steps": 3}.items():
        with django_assert_num_queries(queries):
            fay.get(addresses[kind])


def test_attendance_takes_over_what_was_written_and_nothing_that_is_typed(world: World, fay: Client) -> None:
    report = world.report()
    address = add(fay, report, "attendance")
    assert "No quarter is written yet" in fay.get(address).text
    world.save(fay, address, introduction="", quarters="2026 2 most")
    assert sections(world, report)[-1] == raw.Attendance()
    assert "Attendance" not in [type(section).__name__ for section in printed(world, report).sections]
    bands = world.cohort.programme.attendance_bands
    bands.create(year=2026, quarter=2, band="half")
    bands.create(year=2026, quarter=1)
    assert "half to three quarters" in fay.get(address).text
    world.save(fay, address, introduction="All sets met at Marlpit Surgery.")
    bands.filter(quarter=2).update(band="fewer")  # nobody does; what was taken over stays as it was
    bands.create(year=2025, quarter=4, band="most")
    world.save(fay, address, introduction="All sets met at Marlpit Surgery.")
    told = printed(world, report).sections[-1]
    assert isinstance(told, paper.Attendance)
    assert [(one.year, one.number, one.came) for one in told.quarters] == [
        (2025, 4, "most"),
        (2026, 1, ""),
        (2026, 2, "half"),
    ]
    assert "Marlpit" not in str(told.introduction)
