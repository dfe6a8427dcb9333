"""Each kind of section has a page that understands what is typed, and says how."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reports import document as paper
from reports import write_up as raw
from reports.models import Report
from reports.releasing import prepare
from sessions.models import AgendaItem, Concept, PredefinedConcept
from tests.reports.conftest import World
from tests.reports.writing import add, drawn, printed, rows, sections

pytestmark = [pytest.mark.xdist_group("report-pages"), pytest.mark.usefixtures("lasting_world")]


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
        assert world.save(fay, page, introduction="", **rows("clusters", parted)).url == f"{page}?look=on"
        (part,) = (one for one in sections(world, prepare(meeting)) if one.kind == "concepts")
        assert [(one.title, len(one.terms)) for one in part.clusters] == [("", 1), ("Means", 2), ("Ends", 1)]
    looks = [fay.get(address).text.count('card fold" open') for address in (f"{page}?look=on", page)]
    assert looks == [3, 2]  # each as it was parted; else the one with a term twice, and the first empty one
    for wrong in ("Trust\n\nMeans:\n\nEnds:\nMoney", "\n\n".join(f"Name {n}:\nTerm" for n in range(41))):
        refused = world.save(fay, page, introduction="", **rows("clusters", {"title": "", "terms": wrong}))
        assert (refused.status_code, wrong.replace("\n", "\r\n") in refused.text or wrong in refused.text) == (
            422,
            True,
        )


def test_terms_of_the_programmes_library_come_in_their_clusters_and_pass_the_boundary(
    world: World, fay: Client
) -> None:
    meeting = world.held()
    wanted = [
        ("Candour", "Ours"),
        ("Trust", "Ours"),
        ("Tolls", "Means"),
        (f"{world.fay.user.name}’s map", ""),
        ("Old", "Means"),
    ]
    made = [PredefinedConcept.objects.create(programme=world.cohort.programme, term=t, cluster=c) for t, c in wanted]
    below = f"of roads\n{world.fay.user.name}’s toll\nMoney"  # the last stands in the list already
    PredefinedConcept.objects.filter(pk=made[2].pk).update(sub_terms=below)
    agenda = AgendaItem.objects.create(meeting=meeting, position=0, kind="theory", minutes=5)
    agenda.concepts.add(made[2])
    page = add(fay, prepare(meeting), "concepts")
    shown = fay.get(page).text
    assert shown.index("On the agenda") < shown.index("Tolls") < shown.index("<summary>Means") < shown.index("Trust")
    ticked = [str(one.pk) for one in made[:4]]
    taken = {"introduction": "", "library": ticked, **rows("clusters", {"title": "ours", "terms": "trust\nMoney"})}
    for _twice in range(2):  # a page that saves itself sends the same ticks again
        assert world.save(fay, page, **taken).url == f"{page}?look=on"
        (part,) = (one for one in sections(world, prepare(meeting)) if one.kind == "concepts")
        assert [(one.title, [term.text for term in one.terms]) for one in part.clusters] == [
            ("ours", ["trust", "Money", "Candour"]),
            ("Means", ["Tolls"]),
            ("", [f"{world.fay.user.name}’s map"]),
        ]
        assert part.clusters[1].terms[0].sub_terms == ("of roads", f"{world.fay.user.name}’s toll")
    assert [one in fay.get(page).text for one in [*ticked, str(made[4].pk)]] == [False, False, False, False, True]
    assert world.fay.user.name not in str(printed(world, prepare(meeting)))


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
    assert world.save(fay, address, taken=[str(shared.pk)], **typed).url == f"{address}?look=on"
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
    typed = [{"text": f"How do we pay for bed {n}?"} for n in range(5)]
    more = world.save(fay, address, add="questions", **rows("questions", *typed))
    assert [name for opened, name in folds(more) if opened] == ["Question 6 empty"]
    assert (more.status_code, more.text.count(" autofocus")) == (200, 1)
    assert [one["text"] in more.text for one in typed] == [True] * 5  # kept on the page, and not saved
    assert len(sections(world, report)[1].questions) == 2
    assert world.save(fay, address, add="nothing", **rows("questions", *typed)).status_code == 200
    wrong = world.save(fay, address, **rows("questions", {"text": "How?"}, {"text": "x" * 501}))
    assert (wrong.status_code, [opened for opened, _name in folds(wrong)]) == (422, ["open", "open"])
    assert wrong.text.count("data-error-summary") == 1


@pytest.mark.once
def test_boxes_without_a_place_are_laid_out_and_words_follow_the_drawing(world: World, fay: Client) -> None:
    report = prepare(world.held())
    address = add(fay, report, "scheme")
    begun = {"caption": "Round", "more": "Ask\nTry\nAsk\nLook\nTime"} | rows("boxes") | rows("links")
    assert world.save(fay, address, **begun).url == f"{address}?look=on"
    assert [(node.label, node.x, node.y) for node in drawn(world, report).nodes] == [
        ("Ask", 50, 0), ("Try", 100, 50), ("Look", 50, 100), ("Time", 0, 50),
    ]  # fmt: skip
    stood = [{"label": node.label, "x": node.x, "y": node.y} for node in drawn(world, report).nodes]
    boxes = [{**box, "order": n} for box, n in zip(stood, (3, 1, 2, ""), strict=True)]
    by_hand = [{**boxes[0], "x": 48}, *boxes[1:]]
    links = rows("links", {"start": 3, "end": 1, "label": "presses"}, {"start": 0, "end": 2}, {"start": "", "end": ""})
    words = fay.get(address).context["sheet"].editor.form["text_alternative"].value()
    world.save(fay, address, caption="Round", text_alternative=words, **rows("boxes", *by_hand), **links)
    assert [(node.x, node.y) for node in drawn(world, report).nodes] == [(48, 0), (100, 50), (50, 100), (0, 50)]
    world.save(fay, address, caption="Round", afresh="on", **rows("boxes", *stood), **rows("links"))
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


def test_the_evaluation_takes_over_what_was_written_and_nothing_that_is_typed(world: World, fay: Client) -> None:
    report = world.report()
    address = add(fay, report, "evaluation")
    assert "No quarter is written yet" in fay.get(address).text
    world.save(fay, address, introduction="", aims="2026 2 Listen most most")
    assert sections(world, report)[-1] == raw.Evaluation()
    assert "Evaluation" not in [type(section).__name__ for section in printed(world, report).sections]
    bands = world.cohort.programme.aim_bands
    bands.create(year=2026, quarter=2, position=1, aim="Listen to patients", partly="most", largely="half")
    bands.create(year=2026, quarter=2, position=2, aim="Waste less time")
    shown = fay.get(address).text
    assert shown.index("Listen to patients") < shown.index("half to three quarters") < shown.index("Waste less time")
    world.save(fay, address, introduction="All sets met at Marlpit Surgery.")
    bands.update(partly="fewer")  # nobody does; what was taken over stays as it was
    bands.create(year=2025, quarter=4, position=1, aim="Ask openly", partly="half", largely="fewer")
    world.save(fay, address, introduction="All sets met at Marlpit Surgery.")
    told = printed(world, report).sections[-1]
    assert isinstance(told, paper.Evaluation)
    assert [(one.year, one.number, str(one.text), one.partly, one.largely) for one in told.aims] == [
        (2025, 4, "Ask openly", "half", "fewer"),
        (2026, 2, "Listen to patients", "most", "half"),
        (2026, 2, "Waste less time", "", ""),
    ]
    assert "Marlpit" not in str(told.introduction)
