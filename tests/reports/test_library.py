"""What organisers do with what has left: find it, take it away in each form, and learn nothing of what has not."""

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from learningsets.models import Cohort, Membership
from reports import document as paper
from reports import downloads, titles
from reports.document import dumps
from reports.downloads import policy_of
from reports.models import Coverage, Download, Format, Release, Report
from reports.models.release import State
from reports.page import policy, render
from reports.releasing import withdraw
from sessions.models import Meeting
from tests.paper.invented import all_said, minimal, said
from tests.reports.conftest import World

pytestmark = [pytest.mark.xdist_group("library"), pytest.mark.usefixtures("lasting_world")]


@pytest.fixture
def odile(world: World) -> Client:
    return world.client(world.odile)


def out(
    world: World, title: str, *themes: str, state: str = "released", report: Report | None = None, **more: object
) -> Release:
    """A release whose document says these titles, and `more` as a later version of the product may store it; its
    facilitator has since typed others into the write-up."""
    told = paper.Themes(None, tuple(paper.Theme(said(theme), all_said(("Told at length.",))) for theme in themes))
    stored = dumps(paper.ReportDocument("en", said(title), said("P"), said("2026"), "release", True, (told,)))
    newer = json.dumps(json.loads(stored) | more)
    if report is None:
        report = Report.objects.create(cohort=world.cohort, title="Typed afterwards", period="May 2026")
        report.coverages.create(meeting=world.held())
    number = report.releases.count() + 1
    made = [b"%PDF of " + title.encode(), b"<p>" + title.encode(), newer.encode()]
    named = [sha256(content).hexdigest() for content in made]
    release = Release.objects.create(
        report=report, number=number, input_hash=f"{title}{number}", state=state, pdf=made[0], html=made[1],
        document=newer, sha256=named[0],
        certificate={"html": named[1], "document": named[2], "edition": 1 + report.releases.left().count()},
        filename=f"meeting-report-{number}-abc123.pdf", released_on="2026-05-01",
    )  # fmt: skip
    titles.remember(release.pk, stored)  # of what never left too: it is not found for that
    return release


def found(client: Client, words: str) -> list[str]:
    """The titles that a search brings."""
    page = client.get(reverse("reports:library"), {"q": words})
    assert page.status_code == 200
    return [place.title for shelf in page.context["shelves"] for place in shelf.places]


def seen(client: Client, words: str) -> str:
    """The page that a search brings, without the form token that differs each time."""
    return re.sub(r'value="\w{64}"', "", client.get(reverse("reports:library"), {"q": words}).content.decode())


def test_a_search_finds_titles_and_themes_of_what_is_out(world: World, odile: Client) -> None:
    out(world, "Beds that stay full", "Listening", "Who gains")
    out(world, "Åsa’s winter", "Money")
    assert found(odile, "BEDS") == ["Beds that stay full"]
    assert found(odile, "gains beds") == ["Beds that stay full"]
    assert found(odile, "asa") == ["Åsa’s winter"]
    assert found(odile, "e") == ["Åsa’s winter", "Beds that stay full"]  # the last meeting's first
    assert found(odile, "told") == []
    assert "2 reports have “e” in their title or in a theme." in seen(odile, "e")
    assert "1 report has “asa” in its title or in a theme." in seen(odile, "asa")
    assert "Try fewer words" in odile.get(reverse("reports:library"), {"q": "nowhere"}).content.decode()
    assert len(odile.get(reverse("reports:library"), {"q": " "}).context["shelves"][0].places) == 2


def test_a_member_is_told_what_the_pages_are_called_and_not_what_is_typed_since(world: World) -> None:
    """What stands in the write-up is a draft: it has passed no check, and the set has not read it."""
    out(world, "Beds that stay full & cold")
    out(world, "Money", version=99)
    member = world.client(world.members[0])
    for address in ("reports:library", "reports:own", "learningsets:cohort"):
        args = [] if address == "reports:library" else [world.cohort.pk]
        page = member.get(reverse(address, args=args)).content.decode()
        assert "<strong>Beds that stay full &amp; cold, 2026</strong>" in page
        assert page.count("<strong>A report whose title cannot be shown</strong>") == 1
        assert ("Typed afterwards" in page, ", May 2026" in page) == (False, False)


def test_what_is_not_out_can_neither_be_found_nor_told_from_what_never_was(
    world: World, odile: Client, django_assert_num_queries: Any
) -> None:
    """Titles typed and not released, a candidate, withdrawn pages, another version's theme, answers, members' names."""
    first = out(world, "Spring", "Cormorant")
    withdraw(first.pk, "A slip.")
    out(world, "Spring again", "Heron", report=first.report)
    out(world, "Plover", "Plover", state="ready")
    gone = out(world, "Dunlin", "Dunlin")
    withdraw(gone.pk, "A slip.")
    world.report(world.held(), introduction=("Curlew.",))
    never = seen(odile, "Zzyzx")
    lists = (
        odile.get(reverse("reports:library")).text
        + odile.get(reverse("reports:of_set", args=[first.report.cohort_id])).text
    )
    for words in ("Cormorant", "Plover", "Dunlin", "Curlew", "Typed afterwards", "Priyanka", "Listen longer"):
        assert words not in lists
    for words in ("Cormorant", "Plover", "Dunlin", "Curlew", "Typed afterwards", "Priyanka", "Listen longer", "May"):
        with django_assert_num_queries(7):
            page = seen(odile, words)
        assert page.replace(words, "Zzyzx") == never, words
    assert found(odile, "heron") == ["Spring again"]


def test_of_a_hundred_meetings_the_last_come_first_and_the_rest_by_the_page(world: World, odile: Client) -> None:
    spring = out(world, "Spring", "Heron")
    here = {"cohort": world.cohort, "state": "tipped", "time_zone": "Europe/London"}
    first = spring.report.meetings.get()
    Meeting.objects.bulk_create(
        Meeting(number=n + 100, starts_at=when, tips_at=when, minutes=1560 if n == 99 else 180, **here)
        for n in range(100)
        for when in [first.starts_at + timedelta(days=n + 1)]
    )
    south = Cohort.objects.create(programme=world.programme, name="South")
    Meeting.objects.create(
        number=1,
        starts_at="2020-02-03T10:00Z",
        tips_at="2020-02-05T10:00Z",
        cohort=south,
        state="tipped",
        time_zone="UTC",
    )
    pages = [reverse("reports:library"), reverse("learningsets:programme", args=[world.programme.pk])]
    alone = reverse("reports:of_set", args=[world.cohort.pk])
    last = Meeting.objects.get(number=199)
    both = (last.local_start.date(), last.local_end.date())
    for page in pages:
        told = odile.get(page).text
        assert "Monday 3 February 2020" in told  # it is the last one of its own set
        rows, more, _rest = told.partition(f'<a href="{alone}">Those before')
        assert (rows.count('<li class="cluster cluster--apart">'), "Spring" in told, bool(more)) == (12, False, True)
        assert rows.index(last.days) < rows.index(Meeting.objects.get(number=198).days)
        assert all(f"{day:%A} {day.day} {day:%B}" in last.days for day in both)
    assert [odile.get(alone, {"page": n}).text.count("cluster--apart") for n in (1, 2, 3, "x")] == [50, 50, 1, 50]
    assert "Page 3 of 3" in (end := odile.get(alone, {"page": 3}).text)
    assert ("Spring" in end, f"{alone}?page" in end, 'href="?page=2"' in end) == (True, False, True)
    assert found(odile, "spring") == ["Spring"]
    assert "Spring" in odile.get(alone, {"q": "heron"}).text
    assert "has these words" in odile.get(alone, {"q": "nowhere"}).text


def test_who_is_in_a_set_finds_the_last_reports_first_and_the_rest_a_click_away(world: World) -> None:
    """Members what is out, and no word of what is not; facilitators each report."""
    start = world.held()
    meetings = Meeting.objects.bulk_create(
        Meeting(number=n + 100, starts_at=when, tips_at=when, cohort=world.cohort, state="tipped", time_zone="UTC")
        for n in range(52)
        for when in [start.starts_at + timedelta(days=n + 1)]
    )
    reports = Report.objects.bulk_create(
        Report(cohort=world.cohort, title=f"Month {n:02}", period="2026") for n in range(52)
    )
    Coverage.objects.bulk_create(Coverage(report=r, meeting=m) for r, m in zip(reports, meetings, strict=True))
    Release.objects.bulk_create(
        Release(
            report=report,
            number=1,
            input_hash="h",
            state="ready" if n == 51 else "released",
            pdf=b"%PDF",
            document=dumps(replace(minimal(), title=said(report.title))),
            sha256="s",
            released_on=start.starts_at.date() + timedelta(days=n),
        )
        for n, report in enumerate(reports)
    )
    home, alone = (reverse(name, args=[world.cohort.pk]) for name in ("learningsets:cohort", "reports:own"))

    def titles_in(text: str) -> list[int]:
        return [int(number) for number in re.findall(r">Month (\d\d)", text.partition('id="reports-panel"')[2] or text)]

    for who, last in ((world.members[0], 50), (world.fay, 51)):
        client = world.client(who)
        page = client.get(home).text
        assert (titles_in(page), f'href="{alone}"' in page) == ([*range(last, last - 12, -1)], True)
        both = [titles_in(client.get(alone, {"page": n}).text) for n in (1, 2)]
        assert both[0] + both[1] == [*range(last, -1, -1)]
    member = world.client(world.members[0]).get(reverse("reports:library")).text
    assert (titles_in(member), f'href="{alone}"' in member) == ([*range(50, 38, -1)], True)


@pytest.mark.parametrize("words", ["\0", "\x1b[31m", "e" + "\u0301" * 50, "x" * 101, "<script>alert(1)</script>"])
def test_hostile_words_break_nothing_and_are_kept(world: World, odile: Client, words: str) -> None:
    out(world, "Spring")
    page = odile.get(reverse("reports:library"), {"q": words})
    assert page.status_code == (200 if words.startswith("<") else 422)
    assert b"<script>alert" not in page.content
    assert page.context["form"]["q"].value() == words


def test_only_organisers_search(world: World) -> None:
    out(world, "Spring")
    member = world.client(world.members[0])
    pages = [seen(member, words) for words in ("Spring", "nowhere", "\0")]
    assert (pages[0] == pages[1] == pages[2], 'name="q"' in pages[0]) == (True, False)


def test_every_role_finds_the_library_in_the_menu_of_every_page(world: World, odile: Client) -> None:
    """And organisers beside the reports of their programme, where they begin to look."""
    link = f'href="{reverse("reports:library")}"'
    for client in (odile, world.client(world.fay), world.client(world.members[0])):
        menu = client.get(reverse("learningsets:home")).text.partition('class="site-nav"')[2].partition("</nav>")[0]
        assert link in menu
        assert f'{link} aria-current="page"' in client.get(reverse("reports:library")).text
    programme = odile.get(reverse("learningsets:programme", args=[world.programme.pk])).text
    assert link in programme.partition("<main")[2]
    assert link not in Client().get(reverse("learningsets:about")).text


def test_the_library_shows_released_titles_and_names_withdrawn_pages_by_day_and_reason(
    world: World, odile: Client
) -> None:
    out(world, "Spring", "Heron")
    gone = out(world, "Dunlin")
    withdraw(gone.pk, "A slip.")
    words = odile.get(reverse("reports:library")).content.decode()
    assert "Download the report that is out, in every form" in words
    assert "1 report is out, since 1 May 2026." in odile.get("/").text
    assert [text in words for text in ("Spring", "Heron", "A slip.", "Version 1")] == [True] * 4
    assert "its file was called meeting-report-1-abc123.pdf" in words
    assert [text in words for text in ("Typed afterwards", "Dunlin", str(gone.pk))] == [False] * 3


def test_who_is_in_the_set_sees_that_a_report_is_withdrawn_and_that_another_took_its_place(world: World) -> None:
    """Whoever kept a copy has to know. Its title is not shown: it may be what gave somebody away."""
    member = world.client(world.members[0])
    gone = out(world, "Dunlin")
    withdraw(gone.pk, "A slip.")
    pages = (reverse("reports:own", args=[world.cohort.pk]), reverse("reports:library"), f"/sets/{world.cohort.pk}/")
    for page in pages:
        words = member.get(page).text
        assert "if you kept a copy, please delete it" in words
        assert [text in words for text in ("A slip.", "Withdrawn", "Nothing has left")] == [True, True, False]
        assert [text in words for text in ("Dunlin", "Typed afterwards", str(gone.pk))] == [False] * 3
        assert "A slip." not in world.client(world.stan).get(page).text
    out(world, "Redshank", report=gone.report)
    for page in pages:
        words = member.get(page).text
        assert ("Redshank" in words, "please delete it" in words) == (True, False)


def test_who_takes_part_is_told_for_a_month_where_they_arrive_that_a_report_is_out(world: World) -> None:
    told = f"A report of {world.cohort.name} was released on 1 May 2026."
    release = out(world, "Dunlin")

    def who_is_told(day: str) -> list[str]:
        with time_machine.travel(f"{day}T12:00Z"):
            them = {who: getattr(world, who) for who in ("fay", "odile", "stan")} | {"member": world.members[0]}
            pages = {who: world.client(one).get("/").text for who, one in them.items()}
        assert "Dunlin" not in "".join(pages.values())
        assert (told in pages["member"]) == (reverse("reports:own", args=[world.cohort.pk]) in pages["member"])
        return [who for who, page in pages.items() if told in page]

    assert [who_is_told(day) for day in ("2026-05-02", "2026-06-01", "2026-06-02")] == [["member"], ["member"], []]
    withdraw(release.pk, "A slip.")
    assert who_is_told("2026-05-02") == []


def test_each_form_is_handed_over_as_it_was_certified(world: World, odile: Client) -> None:
    release = out(world, "Spring")
    answers = {form: odile.get(reverse("reports:download", args=[release.pk, form])) for form in release.hashes}
    assert {form: sha256(answer.content).hexdigest() for form, answer in answers.items()} == release.hashes
    assert [answer.headers["Content-Type"] for answer in answers.values()] == [
        "application/pdf", "text/html; charset=utf-8", "application/json",
    ]  # fmt: skip
    assert [(row.user, row.release) for row in Download.objects.all()] == [(world.odile.user, release)]
    assert odile.get(reverse("reports:download", args=[release.pk, "docx"])).status_code == 404
    certificate = odile.get(reverse("reports:certificate", args=[release.pk])).content.decode()
    assert [digest in certificate for digest in release.hashes.values()] == [True] * 3
    assert ("<dd>Spring</dd>" in certificate, "Typed afterwards" in certificate) == (True, False)
    for command in ("certutil -hashfile FILE SHA256", "shasum -a 256 FILE"):
        assert f"<code>{command}</code>" in certificate


def test_the_certified_page_is_read_in_the_browser_and_can_do_nothing_there(world: World, odile: Client) -> None:
    release = out(world, "Spring")
    address = reverse("reports:read", args=[release.pk])
    assert f'href="{address}"' in odile.get(reverse("reports:library")).text
    page = odile.get(address)
    assert (page.content, page.headers["Content-Type"]) == (release.html, "text/html; charset=utf-8")
    assert ("Content-Disposition" in page.headers, page.headers["X-Frame-Options"]) == (False, "DENY")
    assert page.headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
    )
    assert list(Download.objects.values_list("release", "user")) == [(release.pk, world.odile.user.pk)]
    made = render(minimal())
    assert policy() in policy_of(made).replace(" frame-ancestors 'none';", "")  # its own style, and no other
    assert world.client(world.members[0]).get(address).content == release.html
    assert Download.objects.count() == 1
    ready = out(world, "Plover", state="ready")
    shown = [
        world.client(who).get(reverse("reports:read", args=[ready.pk])).status_code
        for who in (world.odile, world.members[0], world.fay)
    ]
    assert shown == [404, 404, 200]  # as for the files: before it is out, whoever writes it up


def test_an_old_link_tells_who_could_read_it_that_it_was_withdrawn_and_where_the_next_version_is(
    world: World, odile: Client
) -> None:
    """And nobody else; and no word of what it said, nor why, when another is out."""
    gone = out(world, "Dunlin", "Curlew")
    never = out(world, "Plover", state="ready")
    out(world, "Whimbrel")  # of another report
    withdraw(gone.pk, "A slip.")
    gone.refresh_from_db()
    addresses = [
        reverse("reports:certificate", args=[gone.pk]),
        reverse("reports:read", args=[gone.pk]),
        *(reverse("reports:download", args=[gone.pk, form]) for form in gone.hashes),
    ]
    day = f"{gone.withdrawn_on:%B %Y}".replace("  ", " ")
    for address in addresses:
        page = odile.get(address)
        assert (page.status_code, "Version 1 of a report of" in page.text, day in page.text) == (410, True, True)
        assert "No other version of it is out." in page.text
        assert not [word for word in ("Dunlin", "Curlew", "Typed afterwards") if word in page.text]
        others = [world.client(who) for who in (world.fay, world.members[0], world.stan)]
        assert [one.get(address).status_code for one in others] == [410, 410, 404]
        assert odile.get(address.replace(str(gone.pk), str(never.pk))).status_code == 404
    corrected = out(world, "Redshank", report=gone.report)
    told = odile.get(addresses[0]).text
    assert reverse("reports:certificate", args=[corrected.pk]) in told
    assert ("A slip." in told, "No other version" in told) == (False, False)
    Membership.objects.filter(user=world.odile.user).update(left_on="2026-05-02")
    assert odile.get(addresses[0]).status_code == 404


def test_no_page_for_organisers_says_how_many_drafts_there_were(world: World, odile: Client) -> None:
    """The first that leaves is version 1, though the set may have read and objected to another before it."""
    first = out(world, "Dunlin", report=out(world, "Plover", state="objected").report)
    certificate = reverse("reports:certificate", args=[first.pk])
    pages = (reverse("reports:library"), reverse("reports:of_set", args=[world.cohort.pk]), certificate)

    def versions() -> list[list[str]]:
        return [re.findall(r"[Vv]ersion(?:</dt><dd>| )(\d+)", odile.get(page).text) for page in pages]

    assert versions() == [["1"]] * 3
    withdraw(first.pk, "A slip.")
    assert versions() == [["1"]] * 3
    out(world, "Redshank", report=first.report)
    assert versions() == [["2"], ["2"], ["1", "2"]]


def test_what_left_before_there_was_a_page_is_there_as_it_was(world: World, odile: Client) -> None:
    release = out(world, "Spring", state="ready")
    Release.objects.filter(pk=release.pk).update(html=None, certificate={"document": release.certificate["document"]})
    Release.objects.filter(pk=release.pk).update(state=State.RELEASED)
    assert odile.get(reverse("reports:read", args=[release.pk])).status_code == 404
    statuses = [
        odile.get(reverse("reports:download", args=[release.pk, form])).status_code for form in downloads.COLUMNS
    ]
    assert statuses == [200, 404, 200]
    assert reverse("reports:download", args=[release.pk, "html"]) not in odile.get(reverse("reports:library")).text


@pytest.mark.parametrize("column", ["pdf", "html"])
def test_what_was_damaged_is_handed_over_in_no_way(world: World, odile: Client, column: str) -> None:
    release = out(world, "Spring", state="ready")
    Release.objects.filter(pk=release.pk).update(**{column: b"other"})
    Release.objects.filter(pk=release.pk).update(state=State.RELEASED)
    for address in (
        reverse("reports:download", args=[release.pk, column]),
        reverse("reports:download_all", args=[world.programme.pk]),
    ):
        with pytest.raises(downloads.Damaged):
            odile.get(address)
    assert Download.objects.count() == 0


@pytest.mark.parametrize("more", [{"version": 99}, {"mood": "calm"}])
def test_what_a_later_version_stored_is_explained_and_handed_over_as_it_is(
    world: World, odile: Client, more: dict[str, object]
) -> None:
    """As after going back to an earlier version of the product."""
    newer, other = out(world, "Newer", **more), out(world, "Older")
    told = "a later version of this service stored it"
    shelf = odile.get(reverse("reports:library"))
    assert (shelf.status_code, shelf.text.count(told), "<strong>Older</strong>" in shelf.text) == (200, 1, True)
    assert told in odile.get(reverse("reports:of_set", args=[world.cohort.pk])).text
    searched = [odile.get(reverse("reports:library"), {"q": words}).text for words in ("Older", "Newer")]
    assert [
        (f"1 report has “{words}”" in text, told in text)
        for words, text in zip(("Older", "Newer"), searched, strict=True)
    ] == [
        (True, False),
        (True, True),
    ]
    certificates = [odile.get(reverse("reports:certificate", args=[one.pk])) for one in (newer, other)]
    assert [(one.status_code, told in one.text) for one in certificates] == [(200, True), (200, False)]
    packed = odile.get(reverse("reports:download_all", args=[world.programme.pk]))
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        (name,) = (name for name in archive.namelist() if " Report, version " in name and name.endswith(".json"))
        assert archive.read(name) == newer.bytes_of(Format.JSON)
    assert odile.get(reverse("reports:download", args=[newer.pk, "json"])).content == newer.bytes_of(Format.JSON)
    assert world.client(world.members[0]).get(reverse("reports:library")).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_all_that_is_out_comes_in_one_file(
    world: World, odile: Client, django_assert_num_queries: Any, rows: int
) -> None:
    """In an order and under names that say the title as released; no time, no id, nothing of what is not out, nor that
    there were drafts before it to which somebody may have objected."""
    for number in range(rows, 0, -1):
        draft = out(world, "Plover", state="objected")
        out(world, f"Meeting {number}: a/b..\\c", report=draft.report)
    withdraw(out(world, "Dunlin").pk, "A slip.")
    address = reverse("reports:download_all", args=[world.programme.pk])
    with django_assert_num_queries(5):
        answer = odile.get(address)
    assert odile.get(address).content == answer.content
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == [
            f"{n:03d} Meeting {n} a b c, version 1.{form}"
            for n in range(1, rows + 1)
            for form in ("pdf", "html", "json")
        ] + ["SHA-256 checksums.txt"]
        sums = dict(line.split("  ")[::-1] for line in archive.read("SHA-256 checksums.txt").decode().splitlines())
        assert sums == {name: sha256(archive.read(name)).hexdigest() for name in archive.namelist()[:-1]}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("001 Meeting 1 a b c, version 1.pdf").startswith(b"%PDF of Meeting 1")
    assert Download.objects.count() == rows


def test_no_file_is_made_of_nothing_or_of_too_much(
    world: World, odile: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = reverse("reports:download_all", args=[world.programme.pk])
    assert "No report of this programme is out yet" in odile.get(address, follow=True).text
    withdraw(out(world, "Dunlin").pk, "A slip.")
    assert "is withdrawn, so there is nothing to download" in odile.get(address, follow=True).text
    out(world, "Spring")
    monkeypatch.setattr(downloads, "MOST_BYTES", 10)
    assert "one by one" in odile.get(address, follow=True).content.decode()
    assert Download.objects.count() == 0


def test_the_stored_document_holds_text_language_status_and_structure() -> None:
    """What is downloaded as JSON is the document and nothing beside it."""
    stored = dumps(minimal())
    assert dumps(paper.loads(stored)) == stored
    assert set(json.loads(stored)) == {
        "version", "language", "title", "programme", "period", "status", "withheld_small_group", "sections", "rule",
        "action_learning",
    }  # fmt: skip
