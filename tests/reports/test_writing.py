"""What is typed into a section is kept, whoever else writes in the same report, and what is wrong is said beside it."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reports import reviewing, windows
from reports import write_up as raw
from reports.arranging import MOST
from reports.models import Report
from reports.releasing import prepare
from tests.reports.conftest import ANSWERS, World, certified
from tests.reports.objecting import wants
from tests.reports.writing import act, add, as_it_stands, kinds, rows, sections
from tests.world import let_time_pass

pytestmark = [pytest.mark.xdist_group("report-pages"), pytest.mark.usefixtures("lasting_world")]


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
    said = "All of us said so. Many of the 3 members saw.\n\nAll the issues were theirs."
    themes = [
        {"title": "", "text": ""},
        *({"title": "One member waits", "text": said, "people": n} for n in (2, 4)),
    ]
    typed = rows("themes", *themes) | {"autosave": "1", "mark": fay.get(address).context["sheet"].mark}
    told = fay.post(address, typed).json()["notes"]
    title = "in the title (“One member waits”)"
    assert [title in " ".join(told[theme]) for theme in ("themes-1", "themes-2")] == [True, True]
    counted = [("all", "All of us said so. Many …"), ("3", "… Many of the 3 members saw.")]
    assert told["themes-1"][-1].startswith("This theme does not rest on 3 different people")
    for word, near in counted:
        assert f"Leave out “{word}” in “{near}”" in " ".join(told["themes-1"])
        assert f"instead of “{word}” in “{near}”" in " ".join(told["themes-2"])
    assert all("Here “theirs” may say so." in " ".join(told[theme]) for theme in ("themes-1", "themes-2"))
    assert [len(told["themes-1"]), len(told["themes-2"])] == [6, 5]  # all at once
    folds = re.findall(r'<details class="card fold" name="theme"( open)?>', fay.get(address).text)
    assert folds == [" open", "", "", "", ""]
    told = world.save(fay, address, **rows("themes", {"title": "", "text": "Untitled."}, {"title": "", "text": "Too."}))
    assert (told.status_code, told.text.count('<details class="card fold" open>')) == (422, 2)


def test_a_count_of_people_outside_the_themes_is_told_on_the_page_where_it_can_be_changed(
    world: World, fay: Client
) -> None:
    """Quoted there, at once; the report's own page names the section by its day, and quotes nothing."""
    report = world.report()
    address = world.address(report, "session")
    typed: dict[str, Any] = {"day": 2, "number": 3, "title": "", "text": "Hm.\n\nIn the end each member had time."}
    saved = world.save(fay, address, **typed)
    assert (saved.status_code, saved["Location"]) == (302, address)  # it stays, to be looked at once more
    told = "this stands: write “some” instead of “each” in “In the end each member had time.”"
    shown = fay.get(address).text
    assert told in re.findall(r"<div [^>]*data-note=\"section\">(.*?)</div>", shown, re.DOTALL)[0]  # and not hidden
    assert told in " ".join(world.save(fay, address, **typed, autosave="1").json()["notes"]["section"])
    page = fay.get(reverse("reports:report", args=[report.pk])).text
    assert (
        "Day 2, session 3: write “some” instead of “each” if that is true, or leave it out:" in page,
        "In the end" in page,
    ) == (True, False)
    mended = typed | {"text": "In the end there was time."}
    assert world.save(fay, address, **mended, autosave="1").json()["notes"] == {}
    assert "cannot leave" not in fay.get(address).text


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


def test_a_review_that_was_open_since_before_undoes_no_decision(
    world: World, fay: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two pages of one report: the older saves only what was changed on it, and shows both where both were."""
    report = world.report(world.held((*ANSWERS, "Thank you, Marguerite Oyelaran.", "Ask Thaddeus Brimblecombe.")))
    url = reverse("reports:review", args=[report.pk])
    one, other = (question.form.prefix for question in fay.get(url).context["forms"].open)
    fay.post(url, {f"{one}-verdict": "keep", f"{one}-reason": "Well known."})
    open_since = as_it_stands(fay.get(url))
    assert (open_since[f"{one}-verdict"], open_since[f"{one}-reason"]) == (["keep"], ["Well known."])
    hidden = {f"{one}-wording": "x" * 301, f"{one}-reason": "x" * 501}  # of other choices, and nobody is held to them
    fay.post(url, as_it_stands(fay.get(url)) | {f"{one}-verdict": "remove"} | hidden)
    fay.post(url, open_since | {f"{other}-verdict": "remove"})
    assert sorted(report.decisions.values_list("verdict", flat=True)) == ["remove", "remove"]

    both = fay.post(url, open_since | {f"{one}-reason": "In all the papers.", f"{other}-verdict": "keep"})
    assert both.status_code == 422  # the second is not complete: neither is told as new, nor taken for seen
    met = fay.post(url, open_since | {f"{one}-reason": "In all the papers."})
    (form,) = met.context["forms"].faulty
    assert form.errors["verdict"][0].startswith("Meanwhile somebody decided “Take it out”; ")
    assert ('value="In all the papers."' in met.text, report.decisions.filter(verdict="keep").count()) == (True, 0)
    assert fay.post(url, as_it_stands(met)).status_code == 302
    assert report.decisions.get(verdict="keep").reason == "In all the papers."

    stored = reviewing._stored
    looked: list[Report] = []

    def at_this_very_moment(report: Report) -> Any:
        if looked:  # the second look, under the lock, comes after somebody else's save
            report.decisions.filter(verdict="remove").update(verdict="generalise", wording="a visitor")
        looked.append(report)
        return stored(report)

    monkeypatch.setattr(reviewing, "_stored", at_this_very_moment)
    now = as_it_stands(fay.get(url))
    looked.clear()
    again = fay.post(url, now | {f"{other}-verdict": "keep", f"{other}-reason": "He wrote it."})
    assert (again.status_code, "“Say it in general words – a visitor”" in again.text) == (422, True)


def test_general_words_left_empty_are_those_that_stand_there_already(world: World, fay: Client) -> None:
    """The page says which. In another sentence they might not fit, so that for everywhere some have to be written."""
    report = world.report(world.held((*ANSWERS, "I owe this to Marguerite Oyelaran.")))
    url = reverse("reports:review", args=[report.pk])
    page = fay.get(url)
    (question,) = page.context["forms"].open
    assert "Left empty, it stays at “someone”." in page.text
    general = {f"{question.form.prefix}-verdict": "generalise"}
    everywhere = fay.post(url, general | {f"{question.form.prefix}-everywhere": "on"})
    assert (everywhere.status_code, "Write what should stand there instead." in everywhere.text) == (422, True)
    assert fay.post(url, general).status_code == 302
    assert report.decisions.get().wording == "someone"
    assert "I owe this to someone." in fay.get(url).text


def test_what_nothing_asked_about_can_be_marked_and_unmarked(world: World, fay: Client) -> None:
    """The words go in every sentence in which they stand; what cannot be marked is told, and stays in its field."""
    answers = (*ANSWERS, "Round One Table it went. At one table, with Siobhán!", "A map by Dr Hurley hung there.")
    report = world.report(world.held(answers))
    url = reverse("reports:review", args=[report.pk])

    def say(words: str = "one table", verdict: str = "generalise", wording: str = "a corner") -> Any:
        return fay.post(url, {"more-words": words, "more-verdict": verdict, "more-wording": wording})

    for refused, field, told in (
        (say("Siobhán"), "words", "taken out already, or asked about above."),
        (say("two tables"), "words", "stand in no text of this report."),
        (say(""), "words", "Write which words."),
        (say("", ""), "words", "Write which words."),
        (say(verdict=""), "verdict", "Choose what should happen."),
        (say(wording=""), "wording", "Write what should stand there instead."),
        (say(wording="the surgery at Marlpit"), "wording", "may itself show"),
        (say(ANSWERS[4], "remove"), "words", "This is all that somebody said there."),
        (say("a\x00b"), "words", "holds a character that cannot be shown"),
        (say("x" * 501), "words", "500"),
    ):
        (form,) = refused.context["forms"].faulty
        assert (refused.status_code, told in str(form.errors[field])) == (422, True), (field, form.errors)
    assert ("a corner" in say("two tables").text, report.decisions.exists()) == (True, False)

    def texts() -> str:
        return " ".join(str(passage.result.text) for passage in fay.get(url).context["forms"].built.passages)

    assert say().status_code == 302
    assert "round a corner instead of" in texts()
    assert "At a corner, with" in texts()
    assert "table" not in texts().lower()
    page = fay.get(url)
    assert page.text.count("You marked these words yourself.") == 3
    (again, *_) = [one.form.prefix for one in page.context["forms"].decided if "instead of" in one.after]
    fay.post(url, as_it_stands(page) | {f"{again}-verdict": "keep"})
    assert "round one table instead of" in texts()
    assert fay.get(url).text.count("You marked these words yourself.") == 2

    say("map by Dr", wording="picture")  # and of the name behind it, of which nothing is left beside it
    assert "A picture hung there." in texts()
    (again,) = [one.form.prefix for one in fay.get(url).context["forms"].decided if one.words == "map by Dr Hurley"]
    fay.post(url, as_it_stands(fay.get(url)) | {f"{again}-verdict": "keep"})
    assert ("A map by" in texts(), "Hurley" in texts()) == (True, False)  # the name is asked about by itself once more


def test_an_agreement_that_was_taken_back_is_put_back_by_no_page(world: World, fay: Client, join: Any) -> None:
    report = world.report()
    url = reverse("reports:clearances", args=[report.pk])
    england, ireland, *_ = fay.get(url).context["forms"].labels
    names = [label.form.add_prefix("agreed") for label in (england, ireland)]
    agreed = [[str(member.pk) for member in label.members] for label in (england, ireland)]
    fay.post(url, {names[0]: agreed[0]})
    open_since = as_it_stands(fay.get(url))
    taken_back = as_it_stands(fay.get(url))
    del taken_back[names[0]]
    fay.post(url, taken_back)
    join(world.cohort, "Elis Aho", "elis@aland.example.fi", employer="Ytterby", system="Åland")  # one label more
    join(world.cohort, "Aron Bell", "aron@aland.example.fi", employer="Ytterby", system="Andorra")  # and before all
    assert fay.post(url, open_since | {names[1]: agreed[1]}).status_code == 302
    assert set(report.clearances.values_list("label", flat=True)) == {ireland.label}
    both = fay.post(url, open_since | {names[0]: agreed[0][:1]})
    assert (both.status_code, "Meanwhile somebody decided “nobody agreed”" in both.text) == (422, True)
    assert not report.clearances.filter(label=england.label).exists()


def test_what_becomes_of_an_objection_is_undone_by_no_page_that_was_open_since_before(
    world: World, fay: Client
) -> None:
    release = certified(world.report())
    window = windows.give(release)
    wants(window, world.members[0], "Time to listen")
    wants(window, world.members[1], "The set met")
    let_time_pass(window)
    url = reverse("reports:objections", args=[release.report_id])
    one, other = (objection.form.prefix for objection in fay.get(url).context["forms"].objections)
    fay.post(url, {f"{one}-verdict": "general", f"{one}-wording": "Hours are short."})
    open_since = as_it_stands(fay.get(url))
    fay.post(url, as_it_stands(fay.get(url)) | {f"{one}-wording": "Something is scarce."})
    assert fay.post(url, open_since | {f"{other}-verdict": "kept_out"}).status_code == 302
    told = {"Something is scarce.", ""}
    assert set(release.report.outcomes.values_list("wording", flat=True)) == told
    both = fay.post(url, open_since | {f"{one}-wording": "Little was there."})
    assert (both.status_code, "general words – Something is scarce." in both.text) == (422, True)
    assert ("Little was there." in both.text, set(release.report.outcomes.values_list("wording", flat=True))) == (
        True, told,
    )  # fmt: skip
    assert fay.post(url, as_it_stands(both)).status_code == 302
    assert release.report.outcomes.filter(wording="Little was there.").exists()

    left_over = as_it_stands(fay.get(url)) | {f"{one}-verdict": "kept_out"}  # its words stand in their field still
    for hidden in ("Little was there.", "x" * 2_001):
        wrong_elsewhere = fay.post(url, left_over | {f"{one}-wording": hidden, f"{other}-verdict": "shout"})
        assert [form.prefix for form in wrong_elsewhere.context["forms"].faulty] == [other]
        assert f">\n{hidden}</textarea>" in wrong_elsewhere.text
    assert fay.post(url, left_over).status_code == 302
    kept = set(release.report.outcomes.values_list("verdict", "wording"))
    assert kept == {("kept_out", "")}

    assert "is out and prints what was objected to" not in fay.get(url).text
    was = {"input_hash": "an earlier one", "pdf": b"x", "sha256": "s", "document": release.document}
    out = release.report.releases.create(number=9, state="released", released_on="2026-05-01", **was)
    assert f'<a href="{reverse("reports:withdraw", args=[out.pk])}">Withdraw it</a>' in fay.get(url).text
