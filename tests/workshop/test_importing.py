"""From a file to rows and on to paper: everything arrives, nobody is named, and a bad file leaves nothing."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from challenges.models import Audience, Challenge, Tally
from learningsets.models import Identifier, Membership, Programme, User
from reports.build import Built, build_document
from reports.document import (
    Answers,
    ConceptList,
    Contexts,
    NextSteps,
    Questions,
    Scheme,
    Themes,
    WithheldAnswers,
    texts,
)
from reports.models import Report
from reports.readback import read as read_back
from reports.workshop.importing import import_workshop
from reports.workshop.problems import WorkshopError
from sessions.models import Attendance, Guest, Meeting

pytestmark = pytest.mark.django_db


def rows() -> dict[str, int]:
    """How many rows each of our models has."""
    ours = [apps.get_app_config(label) for label in ("learningsets", "meetings", "challenges", "reports")]
    return {model.__name__: model._default_manager.count() for one in ours for model in one.get_models()}


@pytest.fixture
def built(small: str) -> Callable[[], Built]:
    """The small file, imported and built as a review copy."""
    return lambda: build_document(import_workshop(small.encode()), "review_copy", key=b"k")


def test_people_and_all_their_names_are_known(small: str) -> None:
    import_workshop(small.encode())
    roles = dict(Membership.objects.values_list("user__name", "role"))
    assert (len(roles), roles["Ann Archer"], roles["Oda Olsen"]) == (8, "facilitator", "organiser")
    known = set(Identifier.objects.values_list("value", flat=True))
    assert {"Cleo Carr", "Quayside", "Hill Practice", "Uma Udall", "Upland Trust", "dov@hill.example"} <= known
    assert not User.objects.filter(is_example=True).exists()


def test_the_meeting_was_held_and_those_absent_are_marked(small: str) -> None:
    import_workshop(small.encode())
    meeting = Meeting.objects.get()
    assert (meeting.when, meeting.state) == ("Tuesday 5 May 2026, 10:00\xa0to\xa016:30", "tipped")
    assert Attendance.objects.get(status="absent").membership.user.name == "Gil Gale"
    assert Guest.objects.get().name == "Uma Udall"
    assert Audience.objects.count() == 7


def test_answers_come_without_authors_and_with_their_number(small: str) -> None:
    import_workshop(small.encode())
    assert sorted(Tally.objects.values_list("prompt__text", "regime", "authors")) == [
        ("What else?", "chatham", 3),
        ("What else?", "set", 0),
        ("What now?", "chatham", 5),
        ("What now?", "set", 0),
    ]
    assert Challenge.objects.get().owner.user.name == "Ben Brook"


def test_everything_arrives_in_the_document(built: Callable[[], Built]) -> None:
    parts = {type(section): section for section in built().document.sections}
    concepts, scheme, contexts = parts[ConceptList], parts[Scheme], parts[Contexts]
    questions, themes, answers = parts[Questions], parts[Themes], parts[Answers]
    assert isinstance(concepts, ConceptList)
    terms = [[str(term.text) for term in cluster.terms] for cluster in concepts.clusters]
    assert terms == [["Budget", "Market"], ["Price"]]
    assert [str(term) for term in concepts.clusters[0].terms[1].sub_terms] == ["Real", "Inner"]
    assert isinstance(scheme, Scheme)
    assert ([str(node.label) for node in scheme.nodes], scheme.cycle) == (["Ask", "Try", "Look", "Time"], (0, 1, 2))
    assert isinstance(contexts, Contexts)
    assert [len(profile.bullets) for profile in contexts.profiles] == [2, 1]
    assert isinstance(questions, Questions)
    assert [(str(q.text), str(q.gloss or "")) for q in questions.questions] == [
        ("How long may a patient wait?", "For a first visit."),
        ("What is a bed for?", ""),
    ]
    assert isinstance(themes, Themes)
    assert [(str(theme.title), len(theme.paragraphs)) for theme in themes.themes] == [("Time", 2), ("Trust", 1)]
    assert isinstance(answers, Answers)
    assert len(answers.bullets) == 6
    assert isinstance(parts[WithheldAnswers], WithheldAnswers)
    assert isinstance(parts[NextSteps], NextSteps)


def test_nobody_is_named_in_the_document(built: Callable[[], Built]) -> None:
    document = "\n".join(str(text) for text in texts(built().document))
    for name in ("Ann", "Archer", "Dov", "Eve", "Elm", "Quayside", "cleo@"):
        assert name not in document


def test_only_a_block_with_enough_authors_prints(built: Callable[[], Built]) -> None:
    assert [(block.authors, block.prints) for block in built().blocks] == [(5, True), (3, False)]


def test_a_file_is_imported_once(small: str) -> None:
    import_workshop(small.encode())
    before = rows()
    with pytest.raises(WorkshopError, match=r"line 6, set\.name: .*imported before"):
        import_workshop(small.encode())
    assert rows() == before


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("role: organiser", "role: boss"),
        ("authors: 3", "authors: 4"),
        ("email: gil@hill.example", "email: gil@hill..example"),
        ("- next steps:", "- next step:"),
    ],
)
def test_a_bad_file_leaves_nothing(small: str, words: str, instead: str) -> None:
    before = rows()
    with pytest.raises(WorkshopError):
        import_workshop(small.replace(words, instead).encode())
    assert rows() == before


def test_an_import_that_breaks_half_way_leaves_nothing(small: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    before = rows()
    monkeypatch.setattr("reports.workshop.importing.decide_all", broken)
    with pytest.raises(RuntimeError):
        import_workshop(small.encode())
    assert rows() == before


def test_a_second_set_joins_its_programme(small: str) -> None:
    import_workshop(small.encode())
    import_workshop(small.replace("name: Harbour", "name: Upstream").encode())
    assert (Programme.objects.count(), Report.objects.count(), User.objects.count()) == (1, 2, 8)


def test_an_organiser_of_the_programme_cannot_be_made_a_member(small: str) -> None:
    import_workshop(small.encode())
    second = small.replace("name: Harbour", "name: Upstream")
    second = second.replace("email: gil@hill.example", "email: oda@trust.example")
    second = second.replace("email: oda@trust.example, role: organiser", "email: new@trust.example, role: organiser")
    before = rows()
    with pytest.raises(WorkshopError, match=r"people\[7\]\.role: .*organis"):
        import_workshop(second.encode())
    assert rows() == before


def test_the_command_writes_a_review_copy_that_names_nobody(small: str, tmp_path: Path) -> None:
    source, target, told = tmp_path / "small.yaml", tmp_path / "out.pdf", StringIO()
    source.write_text(small)
    call_command("import_workshop", str(source), report=target, stdout=told)
    pages = read_back(target.read_bytes())
    everything = "\n".join(pages.texts)
    done = f"Imported “A day by the water” of the set “Harbour”.\nIts review copy: {target}\n"
    assert told.getvalue() == done  # and nothing stands in the way of its release
    assert all("not released" in page.casefold() for page in pages.pages)
    for name in ("Archer", "Brook", "Crane", "Dale", "Olsen", "Udall", "Quayside", "harbour.example"):
        assert name not in everything


def test_the_command_tells_file_line_and_field(small: str, tmp_path: Path) -> None:
    source, target = tmp_path / "small.yaml", tmp_path / "out.pdf"
    source.write_text(small.replace("language: en", "language: fi"))
    with pytest.raises(CommandError) as caught:
        call_command("import_workshop", str(source), report=target)
    assert str(caught.value) == f"{source}, line 7, set.language: “fi” is not one of “en”, “sv”."
    assert not target.exists()


@pytest.mark.parametrize(
    ("source", "target"), [("none.yaml", "out.pdf"), ("small.yaml", "no/where/out.pdf"), (".", "out.pdf")]
)
def test_paths_that_cannot_be_opened_are_told_before_anything_happens(
    small: str, tmp_path: Path, source: str, target: str
) -> None:
    (tmp_path / "small.yaml").write_text(small)
    before = rows()
    with pytest.raises(CommandError):
        call_command("import_workshop", str(tmp_path / source), report=tmp_path / target)
    assert rows() == before


@pytest.mark.parametrize("way", ["the same path", "a relative path", "a symbolic link", "a hard link"])
def test_the_workshop_file_is_never_written_over(
    small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    source, target = tmp_path / "small.yaml", tmp_path / "out.pdf"
    source.write_text(small)
    monkeypatch.chdir(tmp_path)
    if way == "a symbolic link":
        target.symlink_to(source)
    elif way == "a hard link":
        target.hardlink_to(source)
    else:
        target = source if way == "the same path" else Path("small.yaml")
    before = rows()
    with pytest.raises(CommandError, match="is the workshop file itself"):
        call_command("import_workshop", str(source), report=target)
    assert (source.read_text(), rows()) == (small, before)


def test_only_a_pdf_is_written_over(small: str, tmp_path: Path) -> None:
    source, letter, earlier = tmp_path / "small.yaml", tmp_path / "letter.txt", tmp_path / "earlier.pdf"
    source.write_text(small)
    letter.write_text("Dear Ann")
    earlier.write_bytes(b"%PDF-1.7 of last week")
    before = rows()
    with pytest.raises(CommandError, match=r"letter\.txt is there already and is not a PDF"):
        call_command("import_workshop", str(source), report=letter)
    assert (letter.read_text(), rows()) == ("Dear Ann", before)
    call_command("import_workshop", str(source), report=earlier, stdout=StringIO())
    assert earlier.read_bytes().endswith(b"%%EOF\n")


def test_the_command_says_what_stands_in_the_way_of_a_release(small: str, tmp_path: Path) -> None:
    source, told = tmp_path / "small.yaml", StringIO()
    source.write_text(small.replace("people: 3", "people: 2"))
    call_command("import_workshop", str(source), stdout=told)
    lines = told.getvalue().splitlines()
    assert lines[:2] == ["Imported “A day by the water” of the set “Harbour”.", "Before this could be released:"]
    assert lines[2].startswith("- Theme 1 does not rest on 3 different people.")
