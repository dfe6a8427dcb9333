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
    assert asked.getvalue() == f"22–30 PERSON: “Tom Hill”. {UNLISTED_PERSON}\n"


def test_without_files_it_says_what_it_needs() -> None:
    with pytest.raises(CommandError, match="Give a roster and a text file, or --jsonl"):
        call_command("anonymise")
