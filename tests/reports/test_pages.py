"""The pages below /reports/, walked by each role, with what people type on good days and on bad ones."""

import re
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from challenges.models import Tally
from learningsets.models import Cohort, Membership, User
from reports import write_up as raw
from reports.build import build_document
from reports.gate import RULES
from reports.models import Download, Release, Report, Window
from reports.models.release import State
from reports.production import produce
from reports.pronouns import gendered
from reports.releasing import publish, request_candidate, withdraw
from reports.review import decide
from reports.reviewing import ReviewForms
from tests.reports.conftest import ANSWERS, PEOPLE, World
from tests.world import let_time_pass, through_window

pytestmark = [pytest.mark.xdist_group("report-pages"), pytest.mark.once, pytest.mark.usefixtures("lasting_world")]


CANARIES = [word for name, *_ in PEOPLE for word in name.split()] + ["Kerrygrove", "Norrhamn", "Marlpit"]
HOSTILE = (
    "", "\0", "\ud800", "\u202etxet", "a" + "\u0301" * 100_000, "x" * 400_000, "🏳️‍🌈👩🏽‍⚕️", "العربية עברית 中文",
    "<script>alert(1)</script>", "{{ report }}{% now 'Y' %}", "'; DROP TABLE reports_report; --",
)  # fmt: skip


@pytest.fixture
def out(world: World) -> Release:
    """A report of Alder that is out."""
    release = request_candidate(world.report())
    produce(release.pk)
    release.refresh_from_db()
    return publish(through_window(release).pk, release.sha256)


def fake_release(cohort: Cohort, world: World, state: str = "released") -> Release:
    """A row that stands for a release, for lists: its pages are one byte."""
    report = Report.objects.create(cohort=cohort, title="Meeting report", period="May 2026")
    meeting = world.held(cohort=cohort)
    report.coverages.create(meeting=meeting)
    return Release.objects.create(
        report=report, number=1, input_hash="h", state=state, pdf=b"x", sha256="s", released_on="2026-05-01"
    )


# --- Who reaches what -------------------------------------------------------------------


def test_each_page_answers_those_it_is_for_and_404_to_all_others(world: World, join: Any, out: Release) -> None:
    """Each role, another set's facilitator, a leaver and a stranger; who is not signed in is asked to sign in."""
    birch = Cohort.objects.create(programme=world.programme, name="Birch")
    other = join(birch, "Bryony Oake", "bryony@birch.example.org", role="facilitator")
    leaver = join(world.cohort, "Lorcan Away", "lorcan@away.example.org")
    Membership.objects.filter(pk=leaver.pk).update(left_on="2026-11-02")
    meeting = out.report.coverages.get().meeting
    facilitators = {
        ("get", reverse("reports:report", args=[out.report.pk])): 200,
        ("get", reverse("reports:write_up", args=[out.report.pk])): 200,
        ("get", reverse("reports:cover", args=[out.report.pk])): 200,
        ("get", reverse("reports:review_copy", args=[out.report.pk])): 200,
        ("get", world.address(out.report, "themes")): 200,
        ("post", world.address(out.report, "themes") + "move/"): 302,
        ("post", world.address(out.report, "themes") + "hide/"): 302,
        ("post", world.address(out.report, "themes") + "remove/"): 302,
        ("post", world.address(out.report, "themes") + "put-back/"): 302,
        ("get", reverse("reports:review", args=[out.report.pk])): 200,
        ("get", reverse("reports:clearances", args=[out.report.pk])): 200,
        ("get", reverse("reports:objections", args=[out.report.pk])): 200,
        ("get", reverse("reports:progress", args=[out.pk])): 200,
        ("get", reverse("reports:withdraw", args=[out.pk])): 200,
        ("post", reverse("reports:prepare", args=[meeting.pk])): 302,
        ("post", reverse("reports:candidate", args=[out.report.pk])): 302,
        ("post", reverse("reports:retry", args=[out.pk])): 302,
        ("post", reverse("reports:give", args=[out.pk])): 302,
        ("post", reverse("reports:call_back", args=[out.pk])): 302,
        ("post", reverse("reports:release", args=[out.pk])): 422,
    }
    readers = {
        ("get", reverse("reports:certificate", args=[out.pk])): 200,
        ("get", reverse("reports:download", args=[out.pk, "pdf"])): 200,
    }
    everyone = {("get", reverse("reports:library")): 200}

    def statuses(who: Membership | User, urls: Any) -> dict[Any, int]:
        client = world.client(who)
        return {(method, url): getattr(client, method)(url).status_code for method, url in urls}

    def none(urls: dict[Any, int]) -> dict[Any, int]:
        return dict.fromkeys(urls, 404)

    every = {**facilitators, **readers, **everyone}
    assert statuses(world.fay, every) == every
    for member in (world.members[0], world.odile):
        assert statuses(member, every) == {**none(facilitators), **readers, **everyone}
    for stranger in (other, leaver, world.stan):
        assert statuses(stranger, every) == {**none(facilitators), **none(readers), **everyone}
    for method, url in every:
        answer: Any = getattr(Client(), method)(url)
        assert (answer.status_code, answer.url.startswith("/accounts/login/")) == (302, True)


@pytest.mark.parametrize("name", ["prepare", "candidate", "retry", "give", "call_back", "release", "preview"])
def test_what_changes_something_is_never_a_get(world: World, fay: Any, name: str) -> None:
    url = reverse(f"reports:{name}", args=[] if name == "preview" else [uuid4()])
    assert fay.get(url).status_code == 405


def test_a_report_that_is_not_there(world: World, fay: Any) -> None:
    assert fay.get(reverse("reports:report", args=[uuid4()])).status_code == 404


def test_an_organiser_never_meets_a_name(world: World, out: Release) -> None:
    """Every page and every byte that an organiser can fetch, searched for every name and employer."""
    client = world.client(world.odile)
    pages = [
        client.get(reverse("reports:library")),
        client.get(reverse("reports:certificate", args=[out.pk])),
        *(client.get(reverse("reports:download", args=[out.pk, form])) for form in ("pdf", "html", "json")),
        client.get(reverse("reports:download_all", args=[world.programme.pk])),
    ]
    assert [word for page in pages for word in CANARIES if word.encode() in page.content] == []
    stem = out.filename.removesuffix(".pdf")
    names = [f"{stem}.pdf", f"{stem}.html", f"{stem}.json", "reports.zip"]
    assert [page.headers["Content-Disposition"] for page in pages[2:]] == [
        f'attachment; filename="{name}"' for name in names
    ]


def test_how_few_let_their_answer_be_reported_is_on_no_page(world: World, fay: Any) -> None:
    """The pages of a report are the same, bytes and all, whether one person did or four."""

    def seen(few: int) -> list[str]:
        given.update(regime="set")
        given.filter(pk__in=given.order_by("text").values("pk")[:few]).update(regime="chatham")
        for regime, authors in (("set", len(ANSWERS) - few), ("chatham", few)):
            Tally.objects.update_or_create(prompt=prompt, regime=regime, defaults={"authors": authors})
        addresses = [
            reverse(f"reports:{name}", args=[report.pk]) for name in ("report", "write_up", "review", "review_copy")
        ]
        addresses += [world.address(report, "themes"), world.address(report, "answers")]
        return [re.sub(r'value="\w{64}"', "", fay.get(address).content.decode()) for address in addresses]

    meeting = world.held()
    prompt = meeting.prompts.order_by("position")[0]
    given = prompt.reflections.all()
    report = world.report(meeting)
    shown = [seen(few) for few in (1, 2, 4)]
    assert (shown[0] == shown[1], shown[1] == shown[2]) == (True, True)
    assert "Withheld" in shown[0][0]
    assert "print where at least five people gave theirs for the report" in shown[0][0]


# --- A month's walk ---------------------------------------------------------------------


def test_a_facilitator_walks_from_the_meeting_to_the_release(world: World, fay: Any) -> None:
    meeting = world.held((*ANSWERS, "Thank you, Marguerite Oyelaran, for coming."))
    home: list[str] = [fay.get("/").text]  # at each step it says what comes next
    report_url = fay.post(reverse("reports:prepare", args=[meeting.pk])).url
    home.append(fay.get("/").text)
    report = Report.objects.get()
    assert report_url == reverse("reports:report", args=[report.pk])
    assert fay.get(report_url).status_code == 200

    list_url = reverse("reports:write_up", args=[report.pk])
    begun = fay.post(reverse("reports:add_section", args=[report.pk]), {"kind": "session"})
    saved = world.save(fay, begun.url, day=0, number=1, title="", text="First.\n\nSecond\nline.")
    assert (saved.status_code, saved.url.split("?")[0]) == (302, list_url)

    review_url = reverse("reports:review", args=[report.pk])
    forms = fay.get(review_url).context["forms"]
    assert len(forms.open) == 1
    decisions = {f"{question.form.prefix}-verdict": "remove" for question in forms.open}
    assert fay.post(review_url, decisions).url == review_url
    assert len(fay.get(review_url).context["forms"].open) == 0

    progress_url = fay.post(reverse("reports:candidate", args=[report.pk])).url
    release = Release.objects.get()
    assert progress_url == reverse("reports:progress", args=[release.pk])
    waiting = fay.get(progress_url)
    following = f'data-progress="{progress_url}"'
    assert following in waiting.content.decode()
    home.append(fay.get("/").text)
    produce(release.pk)
    home.append(fay.get("/").text)
    done = fay.get(progress_url)
    assert following not in done.content.decode()
    sha256 = done.context["form"].initial["sha256"]
    early = fay.post(reverse("reports:release", args=[release.pk]), {"sha256": sha256, "read": "on"})
    assert (early.status_code, "Give them to the set first." in early.content.decode()) == (422, True)
    assert fay.post(reverse("reports:give", args=[release.pk])).url == progress_url
    member = world.client(world.members[0])
    until = Window.objects.get().until
    waits = f"a report can be read, and objected to, until {until}"
    for one in (fay, member):
        next_card = one.get("/").text.partition('aria-labelledby="what-is-next"')[2].partition("</section>")[0]
        library = one.get(reverse("reports:library")).text
        assert (waits in next_card, waits in library, "No report is out yet" in library) == (True, True, False)
    let_time_pass(Window.objects.get())
    home.append(fay.get("/").text)
    assert "facilitators write it on the page of their set" in fay.get(reverse("reports:library")).text
    assert reverse("reports:reading") not in member.get("/").text
    done = fay.get(progress_url)

    sha256 = done.context["form"].initial["sha256"]
    unread = fay.post(reverse("reports:release", args=[release.pk]), {"sha256": sha256})
    assert unread.status_code == 422
    assert fay.post(reverse("reports:release", args=[release.pk]), {"sha256": sha256, "read": "on"}).url == progress_url
    release.refresh_from_db()
    assert release.state == State.RELEASED
    told = ("can be written up", "is being written", "being set as pages", "is ready as pages", "It can be released")
    assert [[words in page for words in told] for page in home] == [[one == words for one in told] for words in told]
    assert not any(words in fay.get("/").text for words in told)


def test_a_meeting_of_which_there_can_be_no_report_says_so_and_is_not_written_up(world: World, fay: Any) -> None:
    few, enough = world.held(ANSWERS[:4]), world.held()
    pages = [fay.get(reverse("meetings:meeting", args=[one.pk])).text for one in (few, enough)]
    assert ["There will be no report of this meeting." in page for page in pages] == [True, False]
    places = [*pages, fay.get("/").text, fay.get(reverse("learningsets:cohort", args=[world.cohort.pk])).text]
    begins = [[reverse("reports:prepare", args=[one.pk]) in page for page in places] for one in (few, enough)]
    assert begins == [[False] * 4, [False, True, False, True]]
    assert reverse("meetings:meeting", args=[few.pk]) not in places[2]
    refused = fay.post(reverse("reports:prepare", args=[few.pk]), follow=True)
    assert refused.redirect_chain == [(reverse("meetings:meeting", args=[few.pk]), 302)]
    assert (refused.text.count("There will be no report of this meeting."), Report.objects.count()) == (2, 0)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_breaks_nothing_and_is_kept(world: World, fay: Any, text: str) -> None:
    report = world.report()
    member = world.client(world.members[0])
    meeting = str(report.meetings.get().pk)
    for client, url, data in (
        (fay, reverse("reports:cover", args=[report.pk]), dict.fromkeys(("title", "period", "action_learning"), text)),
        (fay, reverse("reports:clearances", args=[report.pk]), {"label-0-agreed": text}),
        (member, reverse("reports:preview"), {"meeting": meeting, "text": text}),
    ):
        body = urlencode({name: value.encode("utf-8", "surrogatepass") for name, value in data.items()})
        answer = client.post(url, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in {200, 302, 422}
    stored = world.refresh(report)
    assert build_document(stored, "review_copy", key=b"").document.status == "review_copy"


def test_what_stands_in_the_way_leads_to_where_it_can_be_mended(world: World) -> None:
    report = world.report()
    seen = {code: {"report": report, "obstacle": {"code": code}} for code in RULES}
    mends = {code: render_to_string("reports/_mend.html", context) for code, context in seen.items()}
    assert {code for code, link in mends.items() if "href" not in link} == {"language"}


def test_a_reason_that_stands_in_the_write_up_leads_to_its_section_and_field(world: World, fay: Any) -> None:
    report, kanji = world.report(world.held((*ANSWERS, "Ganbatte 頑張って"))), "頑張って"
    sections = (
        raw.Session(title="Of 頑張って", paragraphs=("Well met.", "Nobody asked.")),
        raw.Concepts("", (raw.Cluster("A", (raw.Term("a"),)), raw.Cluster("B", (raw.Term("b", (kanji,)),)))),
        raw.Scheme(
            "Caption", (raw.Node("One", 10, 10), raw.Node("Two 頑張って", 50, 50)), text_alternative="Two boxes."
        ),
        raw.Contexts("", (raw.Profile("North", ("first", "Write 頑張って")),)),
        raw.Themes("", (raw.Theme("One", ("Some paused.",), people=4),)),
        raw.Themes("All of us saw these.", (raw.Theme("Two", ("Told.",), people=4), raw.Theme("Three", ("Told.",)))),
        raw.Questions("", (raw.Question("How?"), raw.Question("Why?", "All of us wonder."))),
        raw.Answers(),
        raw.NextSteps(("Visit.", "Write to 頑張って")),
    )
    report.content, report.title = (
        raw.plain(raw.WriteUp(sections, action_learning=("All 頑張って.",))),
        "Title 頑張って",
    )
    report.save()
    page = fay.get(reverse("reports:report", args=[report.pk]))
    places = [one["at"] for one in page.context["obstacles"] if one["code"] in {"letters", "themes", "quantities"}]
    led = [(place.called, place.element) for place in places if place and place.section]
    assert set(led) == {
        ("Introduction: Of 頑張って", "id_title"),
        ("Introduction: Of 頑張って", "id_text"),
        ("Words and concepts", "id_clusters-1-terms"),
        ("Scheme", "id_boxes-1-label"),
        ("Contexts", "id_profiles-0-bullets"),
        ("Theme 3", "doubt-2"),
        ("Emerging themes", "id_introduction"),
        ("Challenge questions", "id_questions-1-gloss"),
        ("Next steps", "id_items"),
    }
    for place in places:
        if place and place.section:
            address = reverse("reports:section", args=[report.pk, place.section])
            assert f'href="{address}#{place.element}"' in page.text, place
            assert f'id="{place.element}"' in fay.get(address).text, place
    assert page.text.count("To “Cover and opening page”") == 2  # its title, and what it says of action learning
    assert places.count(None) == 4, "the answers, which nobody may rewrite: what stands for them is said in the review"
    assert "at" not in str(Release.objects.filter(report=report).values_list("refusals"))


def test_an_answer_that_is_not_complete_stays_on_the_page(world: World, fay: Any) -> None:
    report = world.report(world.held((*ANSWERS, "Thank you, Marguerite Oyelaran, for coming.")))
    url = reverse("reports:review", args=[report.pk])
    [first, *_] = fay.get(url).context["forms"].open
    prefix = first.form.prefix
    kept = fay.post(url, {f"{prefix}-verdict": "keep"})
    assert (kept.status_code, report.decisions.count()) == (422, 0)
    assert kept.context["forms"].open[0].form.errors == {"reason": ["Write why nobody can be recognised by it."]}
    assert "They will stand here: Thank you, [your words], for coming." in kept.text
    worded = fay.post(url, {f"{prefix}-wording": "a visitor", f"{prefix}-verdict": ""})
    assert ("a visitor" in worded.content.decode(), worded.status_code) == (True, 422)
    done = fay.post(
        url, {f"{prefix}-wording": "a \r\nvisitor", f"{prefix}-verdict": "generalise", f"{prefix}-everywhere": "on"}
    )
    assert done.status_code == 302
    assert [(d.words, d.wording, d.sentence) for d in report.decisions.all()] == [(first.words, "a visitor", "")]
    assert "Thank you, a visitor, for coming." in fay.get(url).content.decode()
    named = fay.post(
        url, {f"{prefix}-wording": "a visit to Åsa at Quarnby Hospital", f"{prefix}-verdict": "generalise"}
    )
    (form,) = named.context["forms"].faulty
    assert [error.split(" may ")[0] for error in form.errors["wording"]] == ["“Åsa”", "“Quarnby Hospital”"]
    assert (named.status_code, ">\na visit to Åsa at Quarnby Hospital</textarea>" in named.text) == (422, True)


def test_what_was_found_in_one_sentence_is_decided_alike_where_nothing_else_is_said(world: World, fay: Any) -> None:
    names = ("Marguerite Oyelaran", "Thaddeus Brimblecombe", "Cosima Wetherell")
    said = f"{', '.join(names)}: they were there."
    report = world.report(world.held((*ANSWERS, said, "Ask Peregrine Holbeche.")))
    url = reverse("reports:review", args=[report.pk])
    page = fay.get(url)
    of = {question.words: question.form.prefix for question in page.context["forms"].open}
    first, second, third, alone = (of[name] for name in (*names, "Peregrine Holbeche"))
    assert "The same for “Thaddeus Brimblecombe” and “Cosima Wetherell” in this sentence" in page.text
    assert f"{alone}-together" not in page.text
    assert page.text.count("Needed to keep it: why nobody can be recognised by it.") == 4
    wrong = fay.post(url, {f"{first}-verdict": "keep", f"{first}-together": "on"})
    assert {form.prefix for form in wrong.context["forms"].faulty} == {first}  # once, and with its number
    number = 1 + [question.form.prefix for question in wrong.context["forms"].open].index(first)
    told = re.findall(r"Passage (\d+) – Why it may stay – Write why", wrong.text)
    assert told == [str(number)]
    assert wrong.text.count("Write why nobody can be recognised by it.") == 2  # in the summary and beside the field
    alike = {f"{first}-verdict": "keep", f"{first}-reason": "A song.", f"{first}-together": "on"}
    alike |= {f"{third}-verdict": "keep"}  # as the page came back
    assert fay.post(url, alike | {f"{second}-reason": "Half a thought."}).status_code == 422
    assert fay.post(url, alike | {f"{second}-verdict": "remove"}).status_code == 302
    found = report.decisions.order_by("words").values_list("words", "verdict", "reason", "sentence")
    assert list(found) == [
        ("Cosima Wetherell", "keep", "A song.", said), ("Marguerite Oyelaran", "keep", "A song.", said),
        ("Thaddeus Brimblecombe", "remove", "", said),
    ]  # fmt: skip


def test_what_was_decided_is_offered_in_the_sets_next_report_until_the_roster_changes(
    world: World, fay: Any, join: Any
) -> None:
    """Offered, and not taken over unseen: a name that was a book's may be somebody's in the next sentence."""
    first = world.report(world.held((*ANSWERS, "Read Thaddeus Brimblecombe.", "Ask Marguerite Oyelaran.")))
    decide(first, "Thaddeus Brimblecombe", "keep", reason="It is a book.", sentence="Read Thaddeus Brimblecombe.")
    decide(first, "Marguerite Oyelaran", "generalise", wording="a visitor")
    decide(first, "Ireland", "keep", reason="It is large.")
    said = (*ANSWERS, "Thaddeus Brimblecombe says so.", "Marguérite Oyelaran sang.", "We were in Ireland.")
    later = world.report(world.held(said))
    url = reverse("reports:review", args=[later.pk])
    page = fay.get(url)
    assert page.text.count(f"As you decided for “{first.title}”") == 2
    assert later.decisions.count() == 0
    assert build_document(later, "review_copy", key=b"").open_findings == 3
    forms = [question.form for question in page.context["forms"].open]
    offered = {f"{form.prefix}-{name}": value for form in forms for name, value in form.initial.items()}
    assert fay.post(url, {name: value for name, value in offered.items() if value}).status_code == 302
    assert {(d.verdict, d.wording, d.reason, bool(d.sentence)) for d in later.decisions.all()} == {
        ("keep", "", "It is a book.", True), ("generalise", "a visitor", "", True),
    }  # fmt: skip
    assert "As you decided" not in fay.get(url).text
    later.decisions.all().delete()
    join(world.cohort, "William Tranter", "will@fell.example.org")
    assert "As you decided" not in fay.get(url).text


def test_of_a_small_set_the_review_says_where_a_report_tells_men_from_women(world: World, fay: Any, join: Any) -> None:
    report = world.report(
        world.held(("I asked her or him.", "He or she knows, s/he said.", *ANSWERS[1:4], "SHE drew."))
    )
    url = reverse("reports:review", args=[report.pk])
    page = fay.get(url).text
    assert "in 4 places whether somebody is a man or a woman" in page  # once in the answers to each question
    linked = re.findall(r'<a href="#text-(\d+)">[^<]+</a>: SHE drew\.', page)
    assert linked == re.findall(r'<p id="text-(\d+)"[^>]*>SHE drew', page)
    assert list(gendered("Hans chef sade att hon eller han skulle.", "sv")) == [
        "Hans chef sade att hon eller han skulle."
    ]
    for name in ("William Tranter", "Orla Fennimore", "Bertil Krona"):
        join(world.cohort, name, f"{name[:3]}@fell.example.org")
    assert "a man or a woman" not in fay.get(url).text


def test_whose_employer_is_not_known_stands_on_the_page_of_a_report(world: World, fay: Any, join: Any) -> None:
    """One who left, too: what they said may still be printed. But not who has said it before they left."""
    page, said = reverse("reports:report", args=[world.report().pk]), "Where they work is not known"
    first, second, *_rest = world.cohort.memberships.participants().order_by("user__name")
    away = join(world.cohort, "Lorcan Away", "lorcan@away.example.org")
    Membership.objects.update(has_no_employer=True)  # nobody is asked for what there is not
    assert said not in fay.get(page).text
    unknown = Membership.objects.filter(pk__in=(first.pk, second.pk, away.pk))
    unknown.update(organisation=None, has_no_employer=False)
    Membership.objects.filter(pk__in=(second.pk, away.pk)).update(left_on="2026-11-02")
    text = fay.get(page).text
    named = [text.count(place.user.name) for place in (first, second, away)]
    assert (said in text, named) == (True, [1, 0, 1])
    assert reverse("learningsets:member", args=[away.pk]) in text


def test_clearances_are_exactly_what_is_ticked(world: World, fay: Any) -> None:
    report = world.report()
    url = reverse("reports:clearances", args=[report.pk])
    labels = fay.get(url).context["forms"].labels
    assert [(str(label.kind), label.label) for label in labels][:4] == [
        ("Health systems", "England"), ("Health systems", "Ireland"), ("Health systems", "Sweden"),
        ("Employers", "Fenwold Commissioning Board"),
    ]  # fmt: skip
    england = [str(member.pk) for member in labels[0].members]
    assert fay.post(url, {f"{labels[0].form.prefix}-agreed": england}).status_code == 302
    assert sorted(str(c.membership_id) for c in report.clearances.all()) == sorted(england)
    stranger = [str(labels[2].members[0].pk)]
    assert fay.post(url, {f"{labels[0].form.prefix}-agreed": stranger}).status_code == 422
    assert fay.post(url, {}).status_code == 302
    assert report.clearances.count() == 0


def test_whatever_is_wrong_on_a_form_of_the_write_up_stands_above_it_and_leads_to_its_field(
    world: World, fay: Any
) -> None:
    report = world.report(world.held((*ANSWERS, "Thank you, Marguerite Oyelaran, for coming.")))
    every = {kind: world.address(report, kind) for kind in ("session", "questions", "themes", "next_steps")}
    pages = {
        name: reverse(f"reports:{name}", args=[report.pk]) for name in ("cover", "review", "clearances", "meetings")
    }
    long, more = "x" * 600, "y" * 20_001
    decided = f"{fay.get(pages['review']).context['forms'].open[0].form.prefix}-verdict"
    agreed = f"{fay.get(pages['clearances']).context['forms'].labels[0].form.prefix}-agreed"
    questions = {"questions-TOTAL_FORMS": "3", "questions-INITIAL_FORMS": "1", "questions-0-text": "How?"}
    wrong: tuple[tuple[str, dict[str, str], list[str]], ...] = (
        (every["session"], {"day": "x", "number": "1", "title": long}, ["id_day", "id_title"]),
        (
            every["questions"],
            questions | {"questions-1-text": long, "questions-2-gloss": long},
            ["id_questions-1-text", "id_questions-2-gloss"],
        ),
        (
            every["themes"],
            {"themes-TOTAL_FORMS": "1", "themes-INITIAL_FORMS": "1", "themes-0-title": long, "themes-0-text": "Told."},
            ["id_themes-0-title"],
        ),
        (every["next_steps"], {"items": more}, ["id_items"]),
        (pages["cover"], {"title": "", "period": ""}, ["id_title", "id_period"]),
        (pages["review"], {decided: "keep"}, [f"id_{decided.removesuffix('verdict')}reason"]),
        (pages["clearances"], {agreed: "nobody"}, [f"id_{agreed}_0"]),
        (pages["meetings"], {"meetings": "none"}, ["id_meetings_0"]),
    )
    for address, sent, fields in wrong:
        page = fay.post(address, sent)
        summary = page.text.partition("data-error-summary")[2].partition("</div>")[0]
        led = re.findall(r'<a href="#([^"]*)"', summary)
        assert (page.status_code, [field for field in fields if field in led]) == (422, fields), address
        assert all(f'id="{one}"' in page.text for one in led), address


def test_nothing_chosen_is_said_and_errors_stand_in_one_summary(world: World, fay: Any) -> None:
    report = world.report(world.held((*ANSWERS, "Thank you, Marguerite Oyelaran.", "Ask Thaddeus Brimblecombe.")))
    url = reverse("reports:review", args=[report.pk])
    assert "Nothing was chosen, so nothing was saved." in fay.post(url, {}, follow=True).content.decode()
    keys = [question.form.prefix for question in fay.get(url).context["forms"].open]
    assert len(keys) == 2
    page = fay.post(url, {f"{key}-verdict": "keep" for key in keys}).content.decode()
    assert (page.count("data-error-summary"), page.count('<a href="#id_d')) == (1, 2)


def test_the_meeting_leads_to_its_report(world: World, fay: Any) -> None:
    meeting = world.held()
    page = reverse("meetings:meeting", args=[meeting.pk])
    begin = f'action="{reverse("reports:prepare", args=[meeting.pk])}"'
    assert [begin in world.client(who).get(page).content.decode() for who in (world.fay, world.members[0])] == [
        True, False,
    ]  # fmt: skip
    report = fay.post(reverse("reports:prepare", args=[meeting.pk])).url
    words = fay.get(page).content.decode()
    assert (begin in words, f'href="{report}"' in words) == (False, True)


# --- What has left ------------------------------------------------------------------------


def test_a_download_is_the_certified_bytes_and_an_organisers_is_remembered_by_the_day(
    world: World, out: Release
) -> None:
    """Nobody's of the set: who looks at what is out while the next version is with the set would be told by it."""
    url = reverse("reports:download", args=[out.pk, "pdf"])
    for who in (world.odile, world.odile, world.fay, world.members[0]):
        assert world.client(who).get(url).content == out.pages
    assert [(row.user, row.release) for row in Download.objects.all()] == [(world.odile.user, out)]


def test_withdrawn_is_gone_at_once(world: World, fay: Any, out: Release) -> None:
    assert fay.post(reverse("reports:withdraw", args=[out.pk]), {"reason": "A slip."}).status_code == 302
    client = world.client(world.odile)
    assert client.get(reverse("reports:download", args=[out.pk, "pdf"])).status_code == 410
    assert fay.get(reverse("reports:download", args=[out.pk, "pdf"])).status_code == 410
    assert "A slip." in client.get(reverse("reports:library")).content.decode()


def test_what_is_not_out_is_not_said_to_be_withdrawn(world: World, fay: Any, out: Release) -> None:
    url = reverse("reports:withdraw", args=[out.pk])
    said = [
        [str(message) for message in fay.post(url, {"reason": "A slip."}, follow=True).context["messages"]]
        for _ in range(2)
    ]
    assert said == [
        ["The report is withdrawn. Nobody can download it any more."],
        ["This version is not out, so there was nothing to withdraw."],
    ]


def test_the_working_page_says_what_is_true_in_each_state(world: World, fay: Any, out: Release) -> None:
    url = reverse("reports:report", args=[out.report.pk])

    def says() -> dict[str, bool]:
        page = " ".join(fay.get(url).content.decode().split())
        return {words: words in page for words in ("Version 1 is released", "Version 1 is withdrawn", *once)}

    once = (
        "Nothing here has left",
        "Nothing stands in the way",
        "Make a corrected version",
        "The reason given: A slip.",
    )
    assert list(says().values()) == [True, False, False, False, False, False]
    withdraw(out.pk, "A slip.")
    assert list(says().values()) == [False, True, False, False, True, True]
    assert "Make a corrected version" in fay.get(reverse("reports:progress", args=[out.pk])).content.decode()
    Report.objects.filter(pk=out.report.pk).update(period="December 2026")
    assert list(says().values()) == [False, False, False, True, False, False]
    release = request_candidate(world.refresh(out.report))
    assert f"Draft {release.number} is being made" in fay.get(url).content.decode()
    produce(release.pk)
    assert f"Draft {release.number} is ready to be read" in fay.get(url).content.decode()
    release.refresh_from_db()
    through_window(release)
    page = fay.get(url).content.decode()
    assert f"Draft {release.number} can be released" in page
    assert "the set reads them too" not in page


def test_a_candidate_is_read_by_facilitators_alone_and_not_remembered(world: World, fay: Any) -> None:
    release = request_candidate(world.report())
    produce(release.pk)
    url = reverse("reports:download", args=[release.pk, "pdf"])
    assert [world.client(who).get(url).status_code for who in (world.odile, world.members[0])] == [404, 404]
    assert fay.get(url).content[:5] == b"%PDF-"
    assert Download.objects.count() == 0


def test_an_organiser_sees_where_each_meeting_stands(world: World) -> None:
    first, second = world.held(), world.held(ANSWERS[:2])
    release = fake_release(world.cohort, world)
    third = release.report.meetings.get()
    [shelf] = world.client(world.odile).get(reverse("reports:library")).context["shelves"]
    places = [(place.meeting, place.state) for place in shelf.sets[0][1]]
    assert places == [(third, "released"), (second, "withheld"), (first, "in_preparation")]
    withdraw(release.pk, "A slip.")
    [shelf] = world.client(world.odile).get(reverse("reports:library")).context["shelves"]
    assert [place.state for place in shelf.sets[0][1]] == ["withdrawn", "withheld", "in_preparation"]


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_same_for_one_row_and_for_three(world: World, django_assert_num_queries: Any, rows: int) -> None:
    for _ in range(rows):
        fake_release(world.cohort, world)
        world.held()
    for who, queries in ((world.odile, 13), (world.members[0], 5), (world.fay, 5)):
        client = world.client(who)
        with django_assert_num_queries(queries):
            client.get(reverse("reports:library"))
    for tag, target, queries in (
        ("reports_panel", world.fay, 4),
        ("reports_panel", world.members[0], 2),
        ("programme_reports_panel", world.programme, 7),
    ):
        template = Template(f"{{% load reports_panels %}}{{% {tag} it %}}")
        with django_assert_num_queries(queries):
            template.render(Context({"it": target}))
    due = Template("{% load reports_panels %}{% to_read user as reading %}{% reports_due places reading %}")
    for member, queries in ((world.fay, 3), (world.members[0], 1)):
        with django_assert_num_queries(queries):
            due.render(Context({"user": member.user, "places": [member]}))


def test_a_label_of_few_cannot_be_kept_on_the_review_page(world: World, fay: Client) -> None:
    """It would only be refused later, by the gate: the page says now what has to be done."""
    report = world.report(introduction=("Members from Ireland told of it.",))
    (question,) = [q for q in ReviewForms(report).questions if q.words == "Ireland"]
    typed = {f"{question.form.prefix}-verdict": "keep", f"{question.form.prefix}-reason": "it is large"}
    page = fay.post(reverse("reports:review", args=[report.pk]), typed)
    assert page.status_code == 422
    assert "stays only when each of them has agreed" in page.content.decode()
    assert report.decisions.count() == 0
