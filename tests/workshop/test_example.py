"""The worked example: the shape of the workshop it stands for, fit to be released, and ready to be walked through."""

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from challenges import box
from challenges.drafts import hindrance
from challenges.models import Tally
from challenges.openings import announce_due
from learningsets.models import Cohort, Identifier, Letter, Membership, User
from learningsets.models.identifier import Kind
from reports import windows
from reports.build import build_document
from reports.document import Answers, ConceptList, Contexts, NextSteps, Questions, Scheme, Session, Themes, texts
from reports.example.loading import let_the_set_read, load
from reports.gate import obstacles
from reports.models import Reader, Release, Report, Window
from reports.releasing import publish, withdraw
from sessions.models import Meeting
from tests.reports.conftest import certified

pytestmark = pytest.mark.xdist_group("example")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the keys of the example's boxes lie."""
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="module")
def lasting_report(shared_database: None, keys: Path) -> Report:
    """The example's report; loaded once for all the tests here."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(settings, "BOX_KEY_DIR", keys)
        return load()


@pytest.fixture
def report(lasting_report: Report, keys: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> Report:
    """The same; what a test changes is undone."""
    monkeypatch.setattr(settings, "BOX_KEY_DIR", keys)
    return Report.objects.select_related("cohort__programme").get(pk=lasting_report.pk)


def test_it_has_the_shape_of_the_workshop_it_stands_for(report: Report) -> None:
    sections = build_document(report, "release", key=b"k").document.sections
    assert [(s.day, s.number) for s in sections if isinstance(s, Session)] == [(1, 1), (1, 2), (2, 3), (2, 4)]
    (concepts,) = [s for s in sections if isinstance(s, ConceptList)]
    terms = [term for cluster in concepts.clusters for term in cluster.terms]
    assert (len(terms), len(concepts.clusters), [len(t.sub_terms) for t in terms if t.sub_terms]) == (34, 5, [3])
    (scheme,) = [s for s in sections if isinstance(s, Scheme)]
    assert (len(scheme.nodes), len(scheme.cycle)) == (8, 5)
    (contexts,) = [s for s in sections if isinstance(s, Contexts)]
    told = {str(profile.heading): len(profile.bullets) for profile in contexts.profiles}
    assert told == {"Ireland": 3, "Sweden": 3, "England": 2}
    (questions,) = [s for s in sections if isinstance(s, Questions)]
    assert len(questions.questions) == 6
    (themes,) = [s for s in sections if isinstance(s, Themes)]
    assert [len(theme.paragraphs) for theme in themes.themes] == [3, 3, 3, 1, 2]
    assert [len(s.bullets) for s in sections if isinstance(s, Answers)] == [8, 7, 5, 5]
    assert [len(s.items) for s in sections if isinstance(s, NextSteps)] == [3]


def test_nothing_stands_in_the_way_of_its_release(report: Report) -> None:
    assert obstacles(report, build_document(report, "release", key=b"k")) == []


def test_it_names_none_of_its_people_and_none_of_their_employers(report: Report) -> None:
    document = "\n".join(str(text) for text in texts(build_document(report, "release", key=b"k").document))
    named = Identifier.objects.exclude(kind__in=(Kind.JOB_TITLE, Kind.HEALTH_SYSTEM)).values_list("value", flat=True)
    patterns = {value: re.compile(rf"\b{re.escape(value)}\b", re.IGNORECASE) for value in named}
    assert [value for value, pattern in patterns.items() if pattern.search(document)] == []
    assert len([value for value, pattern in patterns.items() if pattern.search(str(report.content))]) >= 8


def test_its_people_are_fictional_and_live_at_addresses_that_cannot_exist(report: Report) -> None:
    assert not User.objects.filter(is_example=False).exists()
    assert not User.objects.exclude(email__endswith=".example").exists()


def test_each_open_question_waits_for_one_more_answer_and_the_visitors_tips_it(report: Report) -> None:
    meeting = Meeting.objects.get(state=Meeting.State.CLOSED)
    visitor = Membership.objects.current().filter(role="participant").select_related("user").first()
    assert visitor is not None
    assert hindrance(visitor, meeting) == ""
    for prompt in box.open_prompts(meeting):
        box.put_in(visitor, {prompt: "A visitor was here."}, "chatham")
    Meeting.objects.filter(pk=meeting.pk).update(tips_at=timezone.now() - timedelta(seconds=1))
    assert box.tip_out(meeting)
    tallies = Tally.objects.filter(prompt__meeting=meeting, regime="chatham").order_by("prompt__position")
    assert list(tallies.values_list("authors", flat=True)) == [5, 5, 5, 5]


def test_months_lie_ahead_and_no_letter_is_written(report: Report) -> None:
    ahead = Meeting.objects.filter(starts_at__gt=timezone.now())
    assert (ahead.count(), {meeting.local_start.weekday() for meeting in ahead}) == (6, {1})
    announce_due()  # as the schedule does; on the console nine letters would bury the links to sign in
    assert Letter.objects.count() == 0


def test_its_set_has_read_its_report_in_a_window_that_is_over(report: Report) -> None:
    """A real window, whose time is moved into the past; nobody is written to, and no other set's time can be moved."""
    release = certified(report)
    let_the_set_read(release)
    assert Window.objects.values_list("state", "round").get() == ("closed", "first")
    assert (Reader.objects.count(), Letter.objects.count()) == (report.cohort.memberships.count(), 0)
    assert publish(release.pk, release.sha256).state == "released"


def test_the_file_that_a_start_leaves_is_what_is_out_and_no_draft(report: Report, tmp_path: Path) -> None:
    """A draft is with the set alone, of an example too: whoever starts the product again is not handed it."""

    def written() -> tuple[bytes, str]:
        path, told = tmp_path / "report.pdf", io.StringIO()
        path.unlink(missing_ok=True)
        call_command("example_report", str(path), stdout=told)
        return path.read_bytes() if path.exists() else b"", told.getvalue()

    release = certified(report)
    assert written() == (b"", "No report of the worked example is out. Its facilitator can release one.\n")
    let_the_set_read(release)
    publish(release.pk, release.sha256)
    Report.objects.filter(pk=report.pk).update(title="A draft that nobody has read")
    draft = certified(Report.objects.get(pk=report.pk))
    windows.give(draft, tell=False)
    pages, told = written()
    assert (pages == release.pages, pages == draft.pages, told.startswith("The worked example's report: ")) == (
        True,
        False,
        True,
    )
    withdraw(release.pk, "A slip.")
    assert written()[0] == b""


def test_no_other_sets_time_is_moved(report: Report) -> None:
    release = certified(report)
    Cohort.objects.filter(pk=report.cohort_id).update(is_example=False)
    with pytest.raises(ValueError, match="Only the worked example"):
        let_the_set_read(Release.objects.get(pk=release.pk))
    assert not Window.objects.exists()


def test_loading_it_twice_loads_it_once(report: Report) -> None:
    assert (load().pk, Report.objects.count()) == (report.pk, 1)
