"""The boundary as a filter (`manage.py anonymise`)."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reports.anonymity.filter import answers
from reports.anonymity.findings import UNLISTED_PERSON

ANNA = {"name": "Anna Lindqvist", "aliases": ["Annie"], "email": "a@n.example", "title": "", "org": "Northgate Trust"}


def answered(*records: object) -> list[dict[str, object]]:
    return [json.loads(line) for line in answers(json.dumps(record) for record in records)]


def test_spans_are_removed_and_review_is_put_to_a_human() -> None:
    (answer,) = answered({"id": 7, "text": "Anna met Tom Hill.", "roster": [ANNA]})
    assert answer["id"] == 7
    assert answer["text"] == "A colleague met someone."
    assert answer["spans"] == [{"start": 0, "end": 4, "type": "PERSON"}]
    assert answer["review"] == [
        {
            "start": 9,
            "end": 17,
            "type": "PERSON",
            "why": "This may be a person who is not on the list of this set's people.",
        }
    ]


def test_how_somebody_is_addressed_goes_with_the_name_and_is_no_part_of_the_span() -> None:
    (answer,) = answered({"id": 1, "text": "Then Ms. Lindqvist met Prof Dr Anna.", "roster": [ANNA]})
    assert answer["text"] == "Then a colleague met a colleague."
    assert answer["spans"] == [
        {"start": 9, "end": 18, "type": "PERSON"},
        {"start": 31, "end": 35, "type": "PERSON"},
    ]


def test_a_name_that_is_also_how_people_are_addressed_is_in_the_span() -> None:
    nurse = ANNA | {"name": "Paul Nurse", "aliases": []}
    (ours,) = answered({"id": 1, "text": "Then Nurse Paul came.", "roster": [nurse]})
    (theirs,) = answered({"id": 1, "text": "Then Nurse Anna came.", "roster": [ANNA]})
    assert ours["spans"] == [{"start": 5, "end": 15, "type": "PERSON"}]
    assert theirs["spans"] == [{"start": 11, "end": 15, "type": "PERSON"}]


def test_a_record_at_which_the_program_fails_does_not_take_the_others_with_it() -> None:
    def fails(text: str) -> list[tuple[int, int, str]]:
        raise LookupError(text)

    record = {"id": 1, "text": "Anna met us.", "roster": [ANNA]}
    first, second = map(json.loads, answers([json.dumps(record), json.dumps(record | {"id": 2})], fails))
    assert (first["id"], second["id"]) == (1, 2)
    assert first["error"] == "Line 1: This program failed at it. Nothing was taken out."


def test_names_that_are_cleared_stay() -> None:
    (answer,) = answered(
        {
            "id": 1,
            "text": "Northgate Trust met Tom Hill.",
            "roster": [ANNA],
            "may_name": ["Northgate Trust", "Tom Hill"],
        }
    )
    assert (answer["text"], answer["spans"], answer["review"]) == ("Northgate Trust met Tom Hill.", [], [])


@pytest.mark.parametrize(
    ("record", "error"),
    [
        ([], "Line 1: A record must be an object."),
        ({"id": 1}, "Line 1: “text” is missing or is not text."),
        ({"id": 1, "text": "x", "roster": {}}, "Line 1: “roster” must be a list."),
        ({"id": 1, "text": "x", "rooster": [ANNA]}, "Line 1: “roster” is missing. An empty list stands for nobody."),
        ({"id": 1, "text": "x", "roster": [{"Name": "A B"}]}, "Line 1: Roster entry 1 has neither “name” nor “org”."),
        ({"id": 1, "text": "x", "roster": [ANNA], "language": "de"}, "Line 1: “language” must be “en” or “sv”."),
        (
            {"id": 1, "text": "x", "roster": [{"name": "", "aliases": ["Annie"]}]},
            "Line 1: Roster entry 1 has aliases of nobody: its “name” is empty.",
        ),
        ({"id": 1, "text": "x", "roster": ["x"]}, "Line 1: Roster entry 1 must be an object."),
        ({"id": 1, "text": "x", "roster": [{"name": 3}]}, "Line 1: Roster entry 1: “name” must be text."),
        (
            {"id": 1, "text": "x", "roster": [{"aliases": [3], "name": "A B"}]},
            "Line 1: Roster entry 1: “aliases” must be a list of texts.",
        ),
    ],
)
def test_a_bad_record_is_answered_and_the_next_one_too(record: object, error: str) -> None:
    first, second = answered(record, {"id": 2, "text": "Anna", "roster": [ANNA]})
    assert first["error"] == error
    assert second["text"] == "A colleague"


def test_what_a_roster_calls_otherwise_is_told_once() -> None:
    told: list[str] = []
    record = json.dumps({"text": "Nan met us.", "roster": [ANNA | {"alias": "Nan"}]})
    list(answers([record, record], tell=told.append))
    (line,) = told
    assert line.startswith("Line 1: “alias” of the roster is not read and stays in the text. Read: name, aliases,")


def test_what_is_not_json_is_answered() -> None:
    assert [json.loads(line) for line in answers(["{", "", "[" * 100_000])] == [
        {"id": None, "error": "Line 1: This is not JSON (at character 2)."},
        {"id": None, "error": "Line 3: This is not JSON."},
    ]


def test_a_roster_and_a_text_file_for_people(tmp_path: Path) -> None:
    roster, text = tmp_path / "roster.csv", tmp_path / "text.txt"
    roster.write_text("name,aliases,org\nAnna Lindqvist,Annie; Nan,Northgate Trust\n")
    text.write_text("Annie left Northgate. Tom Hill stayed.")
    printed, asked = io.StringIO(), io.StringIO()
    call_command("anonymise", str(roster), str(text), stdout=printed, stderr=asked)
    assert printed.getvalue() == "A colleague left the partner organisation. Someone stayed.\n"
    counted, first, second = asked.getvalue().splitlines()
    assert counted == "Roster: 1 people, 1 organisations. Language: en."
    assert first.startswith("General words stand above")
    assert second == f"Line 1: PERSON “Tom Hill”. {UNLISTED_PERSON}"


@pytest.mark.parametrize(
    "rows",
    [
        '\ufeffName;Aliases;Org\nAnna Lindqvist;"Annie; Nan";Northgate Trust\n',
        "name\taliases\torg\nAnna Lindqvist \tAnnie; Nan\tNorthgate Trust\n",
    ],
)
def test_a_roster_as_a_spreadsheet_of_another_country_writes_it_or_as_it_is_pasted(tmp_path: Path, rows: str) -> None:
    roster, text, printed = tmp_path / "roster.csv", tmp_path / "text.txt", io.StringIO()
    roster.write_text(rows)
    text.write_text("Nan left Northgate.")
    call_command("anonymise", str(roster), str(text), stdout=printed)
    assert printed.getvalue() == "A colleague left the partner organisation.\n"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (b"", "the first line has to name the columns, “name” or “org” among them: name, aliases, email"),
        (b"Anna Lindqvist,Annie\n", "no column is called “Anna Lindqvist”, “Annie”."),
        (b"name,Employer\nAnna Lindqvist,Northgate Trust\n", "no column is called “Employer”."),
        (b"name\nAnna Lindqvist\tNorthgate Trust\n", "line 2: a cell goes over a line or holds a tab."),
        (b'name,org\n"Anna Lindqvist,Northgate\nTom Hill",Eastgate\n', "Is a quotation mark missing that closes it?"),
        (b"name,email,org\n,anna@northgate.example,Northgate Trust\n", "line 2: somebody without a name."),
        (b"aliases,email\nAnnie,anna@example.org\n", "“name” or “org” among them"),
        (b"name,Name\nAnna,Lindqvist\n", "two columns are called the same"),
        (
            b"name,org\nAnna Lindqvist,Northgate, Trust\n",
            "line 2: more cells than columns. Put a cell that holds a “,”",
        ),
        (b"name;aliases\nAnna Lindqvist;Annie;Nan\n", "Put a cell that holds a “;” into quotes."),
        (b'name,org\n"Anna Lindqvist,Northgate\n', "a quotation mark is not closed"),
        (b"name,aliases\n,Annie\n", "line 2: somebody without a name."),
        ("name\nÅsa Lindqvist\n".encode("latin-1"), "roster.csv is not text in UTF-8. Save it as that"),
    ],
)
def test_a_roster_that_would_leave_people_in_is_refused(tmp_path: Path, rows: bytes, told: str) -> None:
    """A text from which nobody was taken looks like one that named nobody."""
    roster, text, printed = tmp_path / "roster.csv", tmp_path / "text.txt", io.StringIO()
    roster.write_bytes(rows)
    text.write_text("Anna Lindqvist left Northgate.")
    with pytest.raises(CommandError) as no:
        call_command("anonymise", str(roster), str(text), stdout=printed)
    assert (told in str(no.value), printed.getvalue()) == (True, "")


def test_a_text_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    roster, text = tmp_path / "roster.csv", tmp_path / "text.txt"
    roster.write_text("name\nAnna Lindqvist\n")
    text.write_bytes("Åsa left.".encode("latin-1"))
    with pytest.raises(CommandError, match=r"text\.txt is not text in UTF-8"):
        call_command("anonymise", str(roster), str(text))


def test_a_file_that_would_not_be_read_is_not_passed_over(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--jsonl reads standard input"):
        call_command("anonymise", str(tmp_path / "records.jsonl"), jsonl=True)
    with pytest.raises(CommandError, match="No such file"):
        call_command("anonymise", str(tmp_path / "roster.csv"), str(tmp_path / "text.txt"))


def test_the_language_of_a_file_is_guessed_as_that_of_a_record_is(tmp_path: Path) -> None:
    roster, text, printed = tmp_path / "roster.csv", tmp_path / "text.txt", io.StringIO()
    roster.write_text("name,title\nAnna Lindqvist,vd\n")
    text.write_text("Vd:n var inte där, och det är Annas bord som vi har.")
    call_command("anonymise", str(roster), str(text), stdout=printed)
    assert printed.getvalue() == "En kollega var inte där, och det är en kollegas bord som vi har.\n"


def test_without_files_it_says_what_it_needs() -> None:
    with pytest.raises(CommandError, match="Give a roster and a text file, or --jsonl"):
        call_command("anonymise")
