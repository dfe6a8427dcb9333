"""From raw answers to a document: everything in it, nobody named, in an order that means nothing."""

from dataclasses import replace
from typing import Any

import pytest

from challenges.models import Reflection
from learningsets.members import Place, describe, rename
from learningsets.models import Cohort, Identifier, Programme
from learningsets.models.identifier import Kind
from reports import document as paper
from reports import write_up as raw
from reports.build import Built, Grounds, build_document
from reports.gate import still_names
from reports.models import Report
from reports.review import decide
from tests.reports.conftest import ANSWERS, PEOPLE, World

NAMES = [word for name, *_ in PEOPLE for word in name.split()] + ["Kerrygrove", "Fenwold", "Norrhamn", "Marlpit", "@"]


def build(report: Report, key: bytes = b"k") -> Built:
    return build_document(report, "release", key=key)


def named(text: str) -> list[str]:
    """Which of the members' names and employers stand in `text`."""
    return [name for name in NAMES if name in text]


def answers(built: Built) -> list[paper.Answers]:
    return [section for section in built.document.sections if isinstance(section, paper.Answers)]


def test_every_answer_is_printed_and_nobody_is_named(world: World) -> None:
    built = build(world.report())
    assert [len(block.bullets) for block in answers(built)] == [7, 7, 7, 7]
    assert named(paper.dumps(built.document)) == []
    assert [(block.authors, block.prints) for block in built.blocks] == [(7, True)] * 4
    assert len(built.contributions) == 28
    assert built.contributors == 7


def test_the_names_are_there_without_the_boundary() -> None:
    """The control: what the test above searches for is what the members wrote."""
    assert named(" ".join(ANSWERS)) == [
        "Siobhán",
        "Åsa",
        "Priyanka",
        "Ingvar",
        "Bergqvist",
        "Kerrygrove",
        "Marlpit",
        "@",
    ]


EVERYWHERE = "Siobhán Ní Dhomhnaill of Kerrygrove Hospital said so"
PARTS: dict[str, raw.Section] = {
    "session": raw.Session(1, 1, EVERYWHERE, (EVERYWHERE,)),
    "concepts": raw.Concepts(EVERYWHERE, (raw.Cluster(EVERYWHERE, (raw.Term(EVERYWHERE, (EVERYWHERE,)),)),)),
    "scheme": raw.Scheme(
        EVERYWHERE,
        (raw.Node(EVERYWHERE, 1, 1), raw.Node("b", 2, 2)),
        (raw.Link(0, 1, EVERYWHERE),),
        (0, 1),
        EVERYWHERE,
        EVERYWHERE,
    ),
    "contexts": raw.Contexts(EVERYWHERE, (raw.Profile(EVERYWHERE, (EVERYWHERE,)),)),
    "questions": raw.Questions(EVERYWHERE, (raw.Question(EVERYWHERE, EVERYWHERE),)),
    "themes": raw.Themes(EVERYWHERE, (raw.Theme(EVERYWHERE, (EVERYWHERE,), people=4),)),
    "next_steps": raw.NextSteps((EVERYWHERE,)),
    "attendance": raw.Attendance(EVERYWHERE, (raw.Quarter(2026, 2, "half"),)),
    "evaluation": raw.Evaluation(EVERYWHERE, (raw.Aim(2026, 2, "The aim said so", "half", "fewer"),)),
}


@pytest.mark.once
@pytest.mark.parametrize("kind", PARTS)
def test_no_field_of_a_write_up_goes_round_the_boundary(world: World, kind: str) -> None:
    report = world.report()
    report.title = report.period = EVERYWHERE
    report.content = raw.plain(raw.WriteUp((PARTS[kind],), action_learning=(EVERYWHERE,)))
    built = build(report)
    printed = paper.dumps(built.document)
    assert named(printed) == []
    assert printed.count(" said so") == len(paper.texts(built.document)) - 1 - (kind == "scheme")  # programme, node "b"


def test_the_order_depends_on_words_and_key_alone(world: World) -> None:
    report = world.report()
    first = build(report)
    rows = list(Reflection.objects.order_by("text").values("meeting_id", "prompt_id", "text", "regime"))
    Reflection.objects.all().delete()
    Reflection.objects.bulk_create([Reflection(**row) for row in rows])  # other ids, another order in the table
    assert build(report).document == first.document
    assert build(report, b"another").document != first.document


def test_relabelled_people_leave_the_document_as_it_is(world: World) -> None:
    """Everybody answers to somebody else's name: nothing that is printed tells the difference."""
    report = world.report()
    before = build(report).document
    swapped = {"Siobhán": "Åsa", "Åsa": "Siobhán", "Priyanka": "Tomasz"}
    for answer in Reflection.objects.all():
        answer.text = " ".join(swapped.get(word, word) for word in answer.text.split())
        answer.save()
    assert build(report).document == before


def test_a_prompt_below_the_floor_is_withheld(world: World) -> None:
    meeting = world.held(ANSWERS[:4])
    built = build(world.report(meeting))
    withheld = [section for section in built.document.sections if isinstance(section, paper.WithheldAnswers)]
    assert (len(answers(built)), len(withheld), built.contributions) == (0, 4, frozenset())


def test_what_is_left_out_stands_there_like_what_too_few_answered(world: World) -> None:
    """With no line for what is left out, each line would say that fewer than five answered that question."""
    report = world.report(world.held(ANSWERS[:4]))
    few = [section for section in build(report).document.sections if isinstance(section, paper.WithheldAnswers)]
    report = world.report(world.held())
    written, asked = raw.read(report.content), build(report).blocks[0].id
    parts = (replace(one, left_out=(asked,)) if one.kind == "answers" else one for one in written.sections)
    report.content = raw.plain(replace(written, sections=tuple(parts)))
    built = build(report)
    withheld = [section for section in built.document.sections if isinstance(section, paper.WithheldAnswers)]
    assert (withheld, len(answers(built))) == (few[:1], 3)


def test_what_few_let_be_reported_is_not_in_the_list_of_a_write_up(world: World) -> None:
    """Beside what the set was shown, such a list would say of each answer which of the two its author chose."""
    few = Grounds(world.report(world.held(ANSWERS[:4]))).answers
    assert [len(texts) for texts in few.values()] == [0] * 4
    enough = Grounds(world.report(world.held(ANSWERS[:5]))).answers
    assert [len(texts) for texts in enough.values()] == [5] * 4


def test_answers_for_the_set_alone_are_not_read(world: World) -> None:
    built = build(world.report(world.held(regime="set")))
    assert answers(built) == []
    assert built.contributors == 7


def test_an_answer_of_which_nothing_is_left_no_longer_counts_its_author(world: World) -> None:
    """Five answered, one of them nothing but a blank: four authors are too few."""
    assert [len(block.bullets) for block in answers(build(world.report(world.held(ANSWERS[:5]))))] == [5, 5, 5, 5]
    assert answers(build(world.report(world.held((*ANSWERS[:4], "  "))))) == []


def test_an_answer_that_was_taken_out_whole_prints_nothing_at_all(world: World) -> None:
    report = world.report(world.held((*ANSWERS, "Marguerite Oyelaran.")))
    assert [len(block.bullets) for block in answers(build(report))] == [7, 7, 7, 7]  # nor while it waits
    decide(report, "Marguerite Oyelaran", "keep", reason="She wrote the book.")
    assert [len(block.bullets) for block in answers(build(world.refresh(report)))] == [8, 8, 8, 8]
    decide(report, "Marguerite Oyelaran", "remove")
    built = build(world.refresh(report))
    assert [len(block.bullets) for block in answers(built)] == [7, 7, 7, 7]
    assert "[…]" not in paper.dumps(built.document)


def test_an_answer_in_another_language_waits_and_prints_retold_without_counting_its_author(world: World) -> None:
    """Only one person here writes so. What a facilitator writes in its place is no answer of theirs."""
    said = "Mi jefe no quiere que hable de los recortes."
    report = world.report(world.held((*ANSWERS, said)))
    assert [len(block.bullets) for block in answers(build(report))] == [7, 7, 7, 7]
    assert "recortes" not in paper.dumps(build(report).document)
    decide(report, said.rstrip("."), "generalise", wording="Somebody at work wants it left unsaid")
    retold = answers(build(world.refresh(report)))
    assert [len(block.bullets) for block in retold] == [8, 8, 8, 8]
    assert "Somebody at work wants it left unsaid." in map(str, retold[0].bullets)
    Cohort.objects.update(block_floor=8)
    assert answers(build(world.refresh(report))) == [], "seven said something, and one had something said"


def test_a_raised_floor_holds(world: World) -> None:
    Cohort.objects.update(block_floor=8)
    report = world.refresh(world.report())
    assert answers(build(report)) == []


def test_a_keep_is_void_when_somebody_joins(world: World) -> None:
    report = world.report(world.held((*ANSWERS, "Thank you, Marguerite Oyelaran, for coming.")))
    [finding] = {f.words: f for p in build(report).passages for f in p.result.open}.values()
    decide(report, finding.words, "keep", reason="A character in a book.", sentence=finding.sentence)
    assert build(world.refresh(report)).open_findings == 0
    Identifier.objects.remember(world.cohort, (Kind.NAME, "Bartholomew Quist"))
    assert build(world.refresh(report)).open_findings == 1


def test_whoever_joins_another_set_changes_nothing_that_is_not_about_them(world: World) -> None:
    """A "keep" stays, and the pages stay the same; until a joiner's name, or their employer's initials, stand there."""
    said = ("Thank you, Marguerite Oyelaran, for coming.", "The BDHT was slow, said Marguerite Oyelaran.")
    report = world.report(world.held((*ANSWERS, *said)))
    for words, sentence in {(f.words, f.sentence) for p in build(report).passages for f in p.result.open}:
        decide(report, words, "keep", reason="It stands in a book.", sentence=sentence)
    before = build(world.refresh(report))
    assert before.open_findings == 0
    beside = Cohort.objects.create(programme=world.cohort.programme, name="Beside")

    Identifier.objects.remember(beside, (Kind.NAME, "Bartholomew Quist"))
    now = build(world.refresh(report))
    assert (now.open_findings, now.input_hash) == (0, before.input_hash)

    Identifier.objects.remember(beside, (Kind.ORGANISATION, "Brackendale District Hospital Trust"))
    now = build(world.refresh(report))
    assert "BDHT" not in paper.dumps(now.document)
    assert now.input_hash != before.input_hash

    Identifier.objects.remember(beside, (Kind.NAME, "Marguerite Oyelaran"))
    now = build(world.refresh(report))
    assert "Oyelaran" not in paper.dumps(now.document)
    assert still_names(before, paper.dumps(before.document)) == []
    assert [one["code"] for one in still_names(now, paper.dumps(before.document))] == ["leftovers", "leftovers"]


def test_a_keep_of_a_word_that_is_somebodys_name_is_void_when_somebody_else_of_that_name_joins_another_set(
    world: World,
) -> None:
    """What is asked about it stays the same: a name on the list, or a word. Whom it would name does not."""
    beside = Cohort.objects.create(programme=world.cohort.programme, name="Beside")
    Identifier.objects.remember(beside, (Kind.NAME, "Grace Oosterhuis"), (Kind.ORGANISATION, "Turning Point"))
    said = "Grace under pressure was what I saw.", "It was a turning point."
    report = world.report(world.held((*ANSWERS, *said)))
    world.decide_all(report, "keep", reason="It is a word.")
    assert [row.words for row in report.decisions.order_by("words")] == ["Grace", "turning point"]
    assert build(world.refresh(report)).open_findings == 0
    Identifier.objects.remember(beside, (Kind.NAME, "Grace Quist"), (Kind.ORGANISATION, "Turning Tables"))
    assert build(world.refresh(report)).open_findings == 2


def test_general_words_are_asked_for_again_when_they_may_be_a_joiners_employer(world: World) -> None:
    """Whoever types them then is refused: they may show where somebody works."""
    report = world.report(world.held((*ANSWERS, "Thank you, Marguerite Oyelaran, for coming.")))
    world.decide_all(report, "generalise", wording="people at turning point")
    built = build(world.refresh(report))
    assert (built.open_findings, "Thank you, people at turning point" in paper.dumps(built.document)) == (0, True)
    Identifier.objects.remember(world.cohort, (Kind.ORGANISATION, "Turning Point"))
    built = build(world.refresh(report))
    assert (built.open_findings, "turning point" in paper.dumps(built.document)) == (1, False)


def test_whoever_changes_their_name_is_named_by_neither(world: World) -> None:
    """Answers given before it hold the former one. Nothing here looks like a name. So it is with a post."""
    said = "it was raghunathan who began, and oosterhuis who ended it. We asked the head of unscheduled care."
    report = world.report(introduction=(said,))
    member = world.members[3]
    rename(member.user, "Wilhelmina Oosterhuis")
    for title in ("Head of Unscheduled Care", "Matron"):
        assert describe(member, Place("", [], title, ""), member.version, [])
    built = build(world.refresh(report))
    assert built.open_findings == 0
    told = ("raghunathan", "oosterhuis", "unscheduled care")
    assert [words for words in told if words in paper.dumps(built.document)] == []


def test_the_input_hash_names_what_the_document_depends_on(world: World) -> None:
    report = world.report()
    before = build(report).input_hash
    assert build(report, b"another key").input_hash == before

    def changed(**fields: Any) -> bool:
        copy = world.refresh(report)
        for name, value in fields.items():
            setattr(copy, name, value)
        return build(copy).input_hash != before

    Programme.objects.update(paper="letter")
    assert changed()
    assert build(world.refresh(report)).document.paper == "letter"
    Programme.objects.update(paper="a4")
    assert not changed()
    assert (changed(title="Another"), changed(period="May"), changed(content={"sections": []})) == (True, True, True)
    decide(report, "Monday", "remove")
    assert changed()


def test_building_asks_the_database_the_same_for_five_answers_and_for_many(
    world: World, django_assert_num_queries: Any
) -> None:
    few, many = world.report(world.held(ANSWERS[:5])), world.report(world.held(ANSWERS * 3))
    for report in (few, many):
        fresh = world.refresh(report)
        with django_assert_num_queries(16):
            build(fresh)


def test_what_the_report_lists_and_is_headed_by_is_not_put_to_review_for_its_capitals(world: World) -> None:
    """And an employer is taken out of it, whatever stands on the list."""
    report = world.report(introduction=("We spoke of Cream Skimming, of Procurement and of Larch Corner.",))
    assert [finding.words for passage in build(report).passages for finding in passage.result.open][:3] == [
        "Cream Skimming",
        "Procurement",
        "Larch Corner",
    ]
    written = raw.read(report.content)
    listed = [raw.Term("Cream skimming"), raw.Term("Marlpit Surgery")]
    title = raw.Theme("Procurement", ("It was slow.",), people=4)
    ours = raw.Contexts("", (raw.Profile("Larch Corner", ("It is old.",)),))  # says where somebody works, maybe
    said = (*written.sections, raw.Concepts("", (raw.Cluster("", tuple(listed)),)), raw.Themes("", (title,)), ours)
    report.content = raw.plain(raw.WriteUp(said))
    built = build(report)
    opened = {finding.words for passage in built.passages for finding in passage.result.open}
    assert opened & {"Cream Skimming", "Procurement", "Larch Corner"} == {"Larch Corner"}
    assert ("Cream Skimming" in paper.dumps(built.document), named(paper.dumps(built.document))) == (True, [])


def test_texts_are_put_to_review_in_the_order_in_which_they_print(world: World) -> None:
    report = world.report()
    asked = (raw.Question("How do we begin?", "It was asked twice."), raw.Question("How do we end?", "Nobody knew."))
    listed = (raw.Cluster("Markets", (raw.Term("Tariff", ("Block",)), raw.Term("Price"))),)
    said = (
        raw.Concepts("The words that we used.", listed),
        raw.Contexts("Where we come from.", (raw.Profile("A system of four regions", ("It is old.",)),)),
        raw.Questions("What we asked.", asked),
        raw.Themes("What came of it.", (raw.Theme("Trust", ("It takes years.",), people=5),)),
    )
    report.content = raw.plain(raw.WriteUp(said))
    order = "The words that we used.|Markets|Tariff|Block|Price|Where we come from.|A system of four regions|It is old."
    order += "|What we asked.|How do we begin?|It was asked twice.|How do we end?|Nobody knew.|What came of it.|Trust"
    texts = [passage.text for passage in build(report).passages]
    assert [text for text in texts if text in order.split("|")] == order.split("|")
