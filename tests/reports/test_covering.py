"""A report covers one meeting or several, and what was read or begun elsewhere stays where it is."""

import pytest
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from learningsets.models import Cohort
from reports import document as paper
from reports import outline, windows
from reports.build import build_document
from reports.covering import candidates, named
from reports.models import Release, Report
from reports.passages import extracts
from reports.releasing import prepare
from tests.reports.conftest import World, certified
from tests.reports.writing import as_it_stands

pytestmark = [pytest.mark.xdist_group("covering"), pytest.mark.usefixtures("lasting_world")]


def put(world: World, report: Report, *meetings: object) -> Report:
    """Fay ticks these meetings, and no other."""
    answer = world.client(world.fay).post(reverse("reports:meetings", args=[report.pk]), {"meetings": meetings})
    assert answer.status_code == 302
    return world.refresh(report)


def covered(report: Report) -> list[int]:
    return [coverage.meeting.number for coverage in report.coverages.all()]


def test_answers_of_each_meeting_stand_under_its_own_questions(world: World) -> None:
    first, second = world.held(), world.held(answers=tuple(f"Second thought {n}" for n in range(7)))
    report, blank = prepare(first), prepare(second)
    report = put(world, report, first.pk, second.pk)
    assert covered(report) == [1, 2]
    assert not Report.objects.filter(pk=blank.pk).exists()
    assert (report.title, report.period) == ("Report of meetings 1 and 2", "November 2026")
    page = world.client(world.fay).get(reverse("reports:report", args=[report.pk])).text
    assert "It covers 2 meetings: Sunday 1 November 2026; Monday 2 November 2026." in page
    built = build_document(report, "release", key=b"k")
    blocks = [one for one in built.document.sections if isinstance(one, paper.Answers)]
    assert len(blocks) == 8
    assert [str(one.prompt) for one in blocks[:4]] == [str(one.prompt) for one in blocks[4:]]  # as it was asked
    assert all(str(said).startswith("Second thought") for one in blocks[4:] for said in one.bullets)
    assert not any(str(said).startswith("Second thought") for one in blocks[:4] for said in one.bullets)
    parts = [part for part in outline.parts(built.document) if isinstance(part.section, paper.Answers)]
    assert [part.eyebrow[:12] for part in parts] == ["Meeting 1 of"] * 4 + ["Meeting 2 of"] * 4
    read = [one for one in extracts(built.document) if "Meeting 1 of" in one.where or "Meeting 2 of" in one.where]
    assert sum("Meeting" in str(one.words) for one in read) == 0  # no words that anybody could object to, or change
    asked = [one.digest for one in read if str(one.words) == str(blocks[0].prompt)]
    assert (len(asked), len(set(asked))) == (2, 1)
    assert built.contributors == 7  # the same seven, as far as anyone can know
    assert built.open_findings == build_document(put(world, report, first.pk), "release", key=b"k").open_findings
    assert (world.refresh(report).title, covered(world.refresh(report))) == ("Meeting report 1", [1])


def test_a_report_is_called_in_the_language_of_its_set_until_somebody_calls_it_otherwise(world: World) -> None:
    Cohort.objects.update(language="sv")
    world.cohort.refresh_from_db()
    first, second = world.held(), world.held()
    report = prepare(first)
    assert (report.title, report.period) == ("Mötesrapport 1", "november 2026")
    assert named([first, second]) == ("Rapport från mötena 1 och 2", "november 2026")


@pytest.mark.parametrize("meetings", [1, 3])
def test_what_can_be_covered_costs_four_queries(
    world: World, meetings: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    held = [world.held() for _ in range(meetings)]
    report = prepare(held[0])
    with django_assert_num_queries(4):
        assert len(candidates(report)) == meetings


def test_a_title_that_somebody_typed_stays(world: World) -> None:
    first, second = world.held(), world.held()
    report = prepare(first, title="Beds that stay full", period="Last winter")
    report = put(world, report, first.pk, second.pk)
    assert (report.title, report.period) == ("Beds that stay full", "Last winter")


def test_what_has_been_written_is_not_taken_over(world: World) -> None:
    first, second = world.held(), world.held()
    report, other = prepare(first), world.report(second)
    page = world.client(world.fay).get(reverse("reports:meetings", args=[report.pk])).content.decode()
    assert f"It is in “{other.title}”." in page
    answer = world.client(world.fay).post(
        reverse("reports:meetings", args=[report.pk]), {"meetings": [first.pk, second.pk]}
    )
    assert answer.status_code == 422  # a tick that the page does not offer
    assert (covered(report), covered(other)) == ([1], [2])


def test_what_the_set_has_read_covers_what_it_covered(world: World) -> None:
    """What was objected to in this report would be free to print in another one; and to organisers a meeting that was
    added would seem to be in pages that say nothing of it."""
    first, second, third = world.held(), world.held(), world.held()
    report = put(world, world.report(first), first.pk, second.pk)
    windows.call_back(windows.give(certified(report)))
    address = reverse("reports:meetings", args=[report.pk])
    assert str(third.pk) not in world.client(world.fay).get(address).content.decode()
    for ticked in ([third.pk], [first.pk], []):
        world.client(world.fay).post(address, {"meetings": ticked})
        assert covered(report) == [1, 2]
    other = world.client(world.fay).get(reverse("reports:meetings", args=[prepare(third).pk])).content.decode()
    assert other.count("It is in “") == 2


def test_a_meeting_counts_by_itself_when_a_set_raises_its_floor(world: World) -> None:
    """Six are too few alone, and so they are beside seven."""
    few, many = world.held(answers=tuple(f"Thought {n}" for n in range(6))), world.held()
    report = put(world, prepare(few), few.pk, many.pk)
    world.cohort.report_floor = 7
    world.cohort.save()
    assert build_document(world.refresh(report), "release", key=b"k").contributors == 6


def test_too_few_in_a_meeting_stay_out_of_every_report(world: World) -> None:
    first, few = world.held(), world.held(answers=("One", "Two", "Three"))
    report = prepare(first)
    page = world.client(world.fay).get(reverse("reports:meetings", args=[report.pk])).content.decode()
    assert "Too few people contributed, so no report may cover it." in page
    assert str(few.pk) not in page


def test_no_meeting_at_all_is_said_beside_the_ticks(world: World) -> None:
    report = prepare(world.held())
    answer = world.client(world.fay).post(reverse("reports:meetings", args=[report.pk]), {})
    assert answer.status_code == 422
    assert "Tick one meeting at least" in answer.content.decode()
    assert covered(report) == [1]


def test_a_page_that_was_open_since_before_undoes_nobodys_choice(world: World) -> None:
    first, second, third = world.held(), world.held(), world.held()
    report = world.report(first)
    address, fay = reverse("reports:meetings", args=[report.pk]), world.client(world.fay)
    stale = as_it_stands(fay.get(address))
    put(world, report, first.pk, second.pk)
    assert fay.post(address, stale).status_code == 302
    assert covered(report) == [1, 2]
    met = fay.post(address, stale | {"meetings": [first.pk, third.pk]})
    assert met.status_code == 422
    assert "Meanwhile somebody decided “Meeting 1, " in met.text
    assert covered(report) == [1, 2]
    assert fay.post(address, as_it_stands(met)).status_code == 302
    assert covered(report) == [1, 3]


def test_another_sets_meetings_are_not_offered_and_not_taken(world: World) -> None:
    first = world.held()
    far = world.held(cohort=type(world.cohort).objects.create(programme=world.cohort.programme, name="Birch"))
    report = prepare(first)
    address = reverse("reports:meetings", args=[report.pk])
    assert str(far.pk) not in world.client(world.fay).get(address).content.decode()
    assert world.client(world.fay).post(address, {"meetings": [far.pk]}).status_code == 422


def test_an_organiser_counts_reports_and_not_their_meetings(world: World) -> None:
    first, second = world.held(), world.held()
    report = put(world, world.report(first), first.pk, second.pk)
    Release.objects.filter(pk=certified(report).pk).update(state="released", released_on="2026-12-01")
    page = world.client(world.odile).get(reverse("reports:library"))
    assert [shelf.out for shelf in page.context["shelves"]] == [1]
    assert [place.state for shelf in page.context["shelves"] for place in shelf.places] == ["released", "released"]
