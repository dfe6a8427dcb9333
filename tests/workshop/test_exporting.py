"""From rows back to a file: importing and writing it again changes no byte, and none joins a person to an answer."""

import random
import stat
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from challenges.models import Challenge, Reflection, Tally
from learningsets.identifiers import remember_person
from learningsets.models import Invitation, Membership, User
from learningsets.programmes import employer
from reports import write_up as raw
from reports.build import build_document, closing_questions
from reports.covering import cover
from reports.example.loading import FILE as EXAMPLE
from reports.models import Decision, Report
from reports.releasing import prepare
from reports.review import clear, decide
from reports.workshop import schema
from reports.workshop.exporting import ExportError, export_workshop
from reports.workshop.importing import import_workshop
from reports.workshop.reading import read
from reports.workshop.writing import tidied, write
from sessions.attendance import add_guest
from sessions.models import Meeting
from tests.workshop.invented import workshops
from tests.world import PARTICIPANTS, World, hold_meeting, log_challenges, make_world

pytestmark = pytest.mark.xdist_group("exporting")


def again(content: bytes) -> bytes:
    """What is written of a file once it was imported; the import is undone."""
    with transaction.atomic():
        written = export_workshop(import_workshop(content))
        transaction.set_rollback(True)
    return written


def world_with_a_report(**fields: Any) -> tuple[World, Report]:
    """Six people answered four questions; the report has themes and a question that comes from a challenge."""
    world = make_world(random.Random(fields.pop("joined", 1)).sample(PARTICIPANTS, len(PARTICIPANTS)))
    challenges = log_challenges(world)
    report = prepare(hold_meeting(world, fields.pop("answers", None)))
    ticked = tuple(str(one.pk) for one in challenges[:3])
    report.content = raw.plain(
        raw.WriteUp(
            (
                raw.Session(0, 1, "", ("We began at  Penhallow.",)),
                raw.Questions("", (raw.Question("How do we begin?", "", ticked[0]), raw.Question("Why?"))),
                raw.Themes("", (raw.Theme("Listening", ("It was scarce.",), challenges=ticked),)),
                raw.Answers(),
            )
        )
    )
    report.save()
    return world, report


@settings(max_examples=25, deadline=None)
@given(workshops())
def test_what_is_written_is_read_as_it_was(workshop: schema.Workshop) -> None:
    content = write(workshop)
    assert read(content)[0] == tidied(workshop)
    assert write(read(content)[0]) == content


@pytest.mark.once  # what was entered in the browser is written and read again on both databases
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(workshop=workshops())
def test_importing_what_was_written_and_writing_it_again_changes_no_byte(workshop: schema.Workshop, db: None) -> None:
    first = again(write(workshop))
    assert again(first) == first
    was, now = tidied(workshop), read(first)[0]
    assert (now.programme, now.set, now.guests) == (was.programme, was.set, was.guests)
    assert [(one.begins, one.absent) for one in now.meetings] == [(one.begins, one.absent) for one in was.meetings]
    assert sorted(now.people, key=lambda one: one.name) == [
        schema.Person(**fields_of(one, other_names=tuple(sorted(set(one.other_names))))) for one in was.people
    ]
    assert [type(one) for one in now.report.sections] == [type(one) for one in was.report.sections]
    plainly = (schema.Session, schema.Concepts, schema.NextSteps)
    arrived, sent = ([part for part in one.report.sections if isinstance(part, plainly)] for one in (now, was))
    assert arrived == sent
    assert (now.decisions, now.clearances) == (was.decisions, was.clearances)
    floor = was.set.block_floor
    for told, asked in zip(answers_of(now), answers_of(was), strict=True):
        kept = sorted(asked.answers) if min(asked.authors, len(asked.answers)) >= floor else []
        assert (told.meeting, told.question, list(told.answers)) == (asked.meeting, asked.question, kept)


def fields_of(part: Any, **instead: Any) -> dict[str, Any]:
    return {name: getattr(part, name) for name in part.__dataclass_fields__} | instead


def answers_of(workshop: schema.Workshop) -> tuple[schema.Closing, ...]:
    return next((part.questions for part in workshop.report.sections if isinstance(part, schema.Answers)), ())


@pytest.mark.django_db
def test_the_worked_example_comes_back_whole() -> None:
    content = EXAMPLE.read_bytes()
    first = again(content)
    assert again(first) == first
    was, now = read(content)[0], read(first)[0]
    assert [len(one.answers) for one in answers_of(now)] == [8, 7, 5, 5]
    assert (now.programme, now.set, now.clearances) == (was.programme, was.set, now.clearances)
    assert {one.label for one in now.clearances} == {one.label for one in was.clearances}
    assert {one.words for one in now.decisions} == {one.words for one in was.decisions}
    assert {one.title for one in now.challenges} == {one.title for one in was.challenges}
    by_name = sorted(was.people, key=lambda one: one.name)
    assert sorted(now.people, key=lambda one: one.name) == by_name
    scheme, drawn = ([one for one in told.report.sections if isinstance(one, schema.Scheme)] for told in (was, now))
    assert [node.label for node in drawn[0].nodes] == [node.label for node in scheme[0].nodes]
    assert (drawn[0].links, drawn[0].cycle) == (scheme[0].links, scheme[0].cycle)


@pytest.mark.django_db
def test_what_was_written_in_the_browser_is_written_to_a_file_and_read_again() -> None:
    """A leaver, a former name, somebody who was asked and never came, and no word that the report may not read."""
    world, report = world_with_a_report()
    owner = world.people["Siobhán"].user
    remember_person(world.cohort, user=owner, name="Siobhán Old", email="old@corribhealth.example")
    remember_person(world.cohort, user=None, name="Never Came", email="never@came.example")
    employer(world.programme, "Corrib Valley Health", ["The Corridor", "Slowly Moving"])  # as people of Birch call it
    clear(report, "Ireland", [world.people["Siobhán"], world.people["Fionnuala"]])
    decide(report, "start small", "keep", reason="Everybody says so.")
    decide(report, "stands nowhere", "remove")
    first = export_workshop(report)
    told = read(first)[0]
    assert [one.short_names for one in told.organisations if one.name == "Corrib Valley Health"] == [("CVH",)]
    assert len(answers_of(told)) == 4
    assert [len(one.answers) for one in answers_of(told)] == [6, 6, 6, 5]
    assert {(one.words, one.kind, one.of) for one in told.remembered} == {
        ("Siobhán Old", "name", "Siobhán Ní Bhriain"), ("old@corribhealth.example", "email", "Siobhán Ní Bhriain"),
        ("Never Came", "name", ""), ("never@came.example", "email", ""),
        ("England", "health system", "Perpetua Hargreave-Lunt"),
    }  # fmt: skip
    assert [(one.name, one.left is not None) for one in told.people if one.left] == [("Leopold Gone", True)]
    assert [one.words for one in told.decisions] == ["start small"]
    assert told.clearances == (schema.Clearance("Ireland", ("Fionnuala Mac Giolla", "Siobhán Ní Bhriain")),)
    assert [(one.owner, one.visibility) for one in told.challenges] == [("Siobhán Ní Bhriain", "set")]
    (themes,) = (part for part in told.report.sections if isinstance(part, schema.Themes))
    assert [theme.people for theme in themes.themes] == [3]
    assert again(first.replace(b"name: Alder", b"name: Elder")) == first.replace(b"name: Alder", b"name: Elder")


@pytest.mark.once
@pytest.mark.django_db
def test_a_report_of_several_meetings_comes_back_as_it_was() -> None:
    """Each meeting with who was away and who came along, each answer under the question of its own month."""
    world, report = world_with_a_report()
    later = report.meetings.get()
    Meeting.objects.filter(pk=later.pk).update(number=2, starts_at=later.starts_at + timedelta(days=28))
    earlier = hold_meeting(world, [[f"{letter} {question}" for question in "1234"] for letter in "abcdef"])
    cover(report, {earlier.pk, later.pk})
    add_guest(earlier, "Uma Udall", "Upland Trust")
    later.attendances.filter(membership=world.participants[5]).update(status="absent", may_answer=False)
    report.refresh_from_db()
    first = export_workshop(report).replace(b"name: Alder", b"name: Elder")
    told = read(first)[0]
    assert [(one.begins.month, len(one.absent), len(one.guests)) for one in told.meetings] == [(3, 1, 1), (4, 2, 0)]
    assert [one.meeting for one in answers_of(told)] == [1, 1, 1, 1, 2, 2, 2, 2]
    assert [answers_of(told)[place].answers[0] for place in (0, 3)] == ["a 1", "a 4"]
    assert [len(one.answers) for one in answers_of(told)] == [6, 6, 6, 6, 6, 6, 6, 5]
    assert [one.authors for one in answers_of(told)][4:] == [5, 5, 5, 5]
    assert again(first) == first
    was = build_document(report, "review_copy", key=b"").document
    assert build_document(import_workshop(first), "review_copy", key=b"").document == was


@pytest.mark.django_db
def test_what_is_hidden_or_left_out_is_in_no_file() -> None:
    """Nor is a decision about it; those about the rest come back, kept words and general ones."""
    _world, report = world_with_a_report()
    content = report.content
    for section in content["sections"]:
        if section["kind"] == "themes":
            section["hidden"] = True
            hidden = section["themes"][0]["paragraphs"][0]
        if section["kind"] == "answers":
            asked = closing_questions(report)
            section["left_out"] = [asked[0][0]]
        if section["kind"] == "session":
            section["paragraphs"] = ["Startled, we began at Mapperley Lodge. Nobody drew the iceberg."]
    report.content = content
    report.save()
    for words, sentence in (  # of an answer that is left out, of a part of another word, of a hidden section
        ("tariffs", "Ask Oluwaseun’s team about tariffs."), ("start small", ""), ("start", ""), ("scarce", hidden),
    ):  # fmt: skip
        decide(report, words, "generalise", wording="something", sentence=sentence)
    decide(report, "small", "keep", reason="A word.", sentence="Ring Gwilym on 020 7946 0018 and start small.")
    decide(report, "Mapperley Lodge", "keep", reason="No house.", sentence="Startled, we began at Mapperley Lodge.")
    decide(report, "iceberg", "generalise", wording="picture", sentence="Nobody drew the iceberg.")
    decide(report, "iceberg", "remove", sentence="RAGNHILD STORMOEN named the iceberg.")
    first = export_workshop(report).replace(b"name: Alder", b"name: Elder")
    assert hidden not in first.decode()
    assert first.count(b"authors: 0") == 1 < len(asked)
    assert [one.words for one in read(first)[0].decisions] == ["Mapperley Lodge", "iceberg", "iceberg"]
    assert again(first) == first
    was = build_document(report, "review_copy", key=b"").document
    assert build_document(import_workshop(first), "review_copy", key=b"").document == was


@pytest.mark.django_db
def test_who_said_what_makes_no_difference_to_the_file() -> None:
    """The same answers by other authors, from people who joined in another order: the same bytes."""
    said = [[f"{letter} {question}" for question in "1234"] for letter in "abcdef"]
    written = []
    for joined, speakers in ((1, (0, 1, 2, 3, 4, 5)), (7, (5, 3, 1, 0, 2, 4))):
        with transaction.atomic():
            _world, report = world_with_a_report(joined=joined, answers=[said[speaker] for speaker in speakers])
            written.append(export_workshop(report))
            transaction.set_rollback(True)
    assert written[0] == written[1]
    assert b"f 4" in written[0]


@pytest.mark.django_db
@pytest.mark.parametrize("taken_back", ["private", "facilitator"])  # whoever facilitates later writes the file too
def test_what_a_report_may_not_read_is_in_no_file(taken_back: str) -> None:
    """Answers for the set alone, answers of few, a challenge taken back, and a "keep" that is void."""
    _world, report = world_with_a_report()
    prompts = list(report.meetings.get().prompts.order_by("position"))
    Reflection.objects.filter(prompt=prompts[0]).update(text="Stays in the set.", regime="set")
    Tally.objects.filter(prompt=prompts[0], regime="set").update(authors=6)
    Tally.objects.filter(prompt=prompts[0], regime="chatham").update(authors=0)
    few = Reflection.objects.filter(prompt=prompts[1])
    few.exclude(pk__in=few.values("pk")[:4]).delete()
    few.update(text="Said by four.")
    Tally.objects.filter(prompt=prompts[1], regime="chatham").update(authors=4)
    Challenge.objects.update(visibility=taken_back, happening="Mine alone.")
    decide(report, "Why", "keep", reason="A word.")
    Decision.objects.update(rests_on="of another roster")
    content = export_workshop(report)
    told = read(content)[0]
    found = [words for words in (b"Stays in the set", b"Said by four", b"Mine alone") if words in content]
    assert (found, told.decisions, told.challenges) == ([], (), ())
    assert [(one.authors, len(one.answers)) for one in answers_of(told)] == [(0, 0), (0, 0), (6, 6), (5, 5)]


@pytest.mark.django_db
def test_an_invited_organiser_is_in_the_file_for_whoever_reads_it_elsewhere() -> None:
    world, report = world_with_a_report()
    for number in (1, 2):  # asked twice
        Invitation.objects.create(
            programme=world.programme,
            role="organiser",
            name="Ione Strand",
            email=f"ione{number}@strand.example",
            organisation="Lanternfield",
            token_hash=f"{number}" * 64,
            expires_on=date(2030, 1, 1),
        )
    told = read(export_workshop(report))[0]
    remembered = {(one.words, one.kind, one.of) for one in told.remembered}
    assert {("Ione Strand", "name", ""), ("ione1@strand.example", "email", "")} <= remembered
    assert "Lanternfield" in str(told.organisations) + str(told.remembered)


@pytest.mark.django_db
def test_what_another_set_calls_an_employer_is_in_the_file_only_where_its_texts_say_it(small: str) -> None:
    """It would tell who is in the other set; but a text that says it would name the employer wherever it is read."""
    report = import_workshop(small.encode())
    employer(report.cohort.programme, "Quayside Clinic", ["Old Mill Lot", "The Brickyard"])
    content = raw.plain(raw.WriteUp((raw.NextSteps(("Ask the Brickyard’s people about fees.",)),)))
    Report.objects.update(content=content)
    report.refresh_from_db()
    written = export_workshop(report)
    assert (b"Old Mill Lot" in written, b"The Brickyard" in written) == (False, True)
    assert again(written.replace(report.cohort.name.encode(), b"Elsewhere")).count(b"The Brickyard") == 1


@pytest.mark.django_db
def test_no_more_authors_than_were_there(small: str) -> None:
    """A box that was carried over holds answers of people who were not there; fewer than the floor are left out."""
    report = import_workshop(small.encode())
    meeting = report.meetings.get()
    meeting.attendances.filter(membership__user__name="Ben Brook").update(status="absent")
    asked = answers_of(read(export_workshop(report))[0])
    assert [(one.authors, one.answers) for one in asked] == [(0, ()), (0, ())]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda report: report.coverages.all().delete(), "- This report covers no meeting"),
        (
            lambda report: Report.objects.update(content={"sections": [{"kind": "poem"}]}),
            "- The stored write-up cannot be read at “content.sections[0].kind”. A later version",
        ),
        (
            lambda report: Membership.objects.filter(role="facilitator").update(left_on=date(2026, 5, 6)),
            "- people: Somebody must be the facilitator.",
        ),
        (lambda report: Report.objects.update(period=""), "- report.period: Nothing stands here."),
        (
            lambda report: User.objects.update(name="One name"),
            "- people[2].name: This is the name of person 1 too; tell the two apart.",
        ),
    ],
)
def test_what_no_file_can_hold_is_told_in_a_sentence(small: str, spoil: Any, says: str) -> None:
    report = import_workshop(small.encode())
    spoil(report)
    with pytest.raises(CommandError) as told:
        call_command("export_workshop", str(report.pk), stdout=StringIO())
    assert str(told.value).startswith("This report cannot be written as a workshop file.\n- ")
    assert says in str(told.value)


@pytest.mark.django_db
def test_a_scheme_whose_arrow_leads_nowhere_is_told(small: str) -> None:
    report = import_workshop(small.encode())
    report.content = raw.plain(raw.WriteUp((raw.Scheme("A", (raw.Node("B", 1, 1),), (), (3,), "C"),)))
    with pytest.raises(ExportError, match="leads to a box that is not there"):
        export_workshop(report)


@pytest.mark.django_db
def test_the_command_writes_to_a_file_for_its_owner_alone_or_to_the_terminal(small: str, tmp_path: Path) -> None:
    report, target, shown = import_workshop(small.encode()), tmp_path / "out.yaml", StringIO()
    call_command("export_workshop", str(report.pk), stdout=shown)
    call_command("export_workshop", str(report.pk), target)
    assert target.read_text() == shown.getvalue()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with pytest.raises(CommandError, match="Nothing was written over"):
        call_command("export_workshop", str(report.pk), target)
    for unknown in ("nonsense", str(uuid4())):
        with pytest.raises(CommandError, match="no report of this id"):
            call_command("export_workshop", unknown)
