"""The document: frozen, stored canonically, read back exactly, and with no place for an author."""

import json
import re
from dataclasses import FrozenInstanceError, fields, replace
from types import NoneType
from typing import Any, get_args, get_type_hints

import pytest
from django.conf import settings

from reports.anonymity.text import AnonymousText
from reports.document import (
    Aim,
    Cluster,
    DocumentError,
    Link,
    Node,
    Profile,
    Quarter,
    Question,
    ReportDocument,
    Scheme,
    Section,
    Term,
    Theme,
    digest,
    dumps,
    loads,
    texts,
)
from tests.paper import invented


def test_a_document_is_read_back_as_it_was(report):
    assert loads(dumps(report)) == report
    assert dumps(loads(dumps(report))) == dumps(report)


def test_a4_goes_without_saying(report):
    """Documents that were stored before there was another paper keep their bytes and their names."""
    assert "paper" not in json.loads(dumps(report))
    [scheme] = [part for part in json.loads(dumps(report))["sections"] if part["kind"] == "Scheme"]
    assert "introduction" not in scheme  # nor had a drawing one then
    letter = replace(report, paper="letter")
    assert loads(dumps(letter)) == letter
    assert digest(letter) != digest(report)


def rows_of(title: str) -> dict[str, str]:
    """The fields that docs/report-json.md lists under a heading, by the kind or part that they belong to: bold ones
    may be null, slanted ones missing."""
    text = (settings.BASE_DIR / "docs" / "report-json.md").read_text().split(f"## {title}\n")[1].split("\n## ")[0]
    found, owner = {}, ""
    for cells in re.findall(r"^\| (.*) \| (.*) \|$", text, re.MULTILINE)[1:]:
        first, _, names = cells[0].partition(" | ") if " | " in cells[0] else ("", "", cells[0])
        owner = first.strip("`") or owner
        for mark, name in re.findall(r"(\**)`(\w+)`\**", names):
            found[f"{owner}.{name}"] = mark
    return found


def as_stored(kind: Any) -> dict[str, str]:
    """The same of a class of the document, from the types of its fields."""
    hints = get_type_hints(kind)
    missing = {"paper"} if kind is ReportDocument else {"introduction"} if kind is Scheme else set()
    return {
        one.name: "*" if one.name in missing else "**" if NoneType in get_args(hints[one.name]) else ""
        for one in fields(kind)
    }


def test_the_description_of_the_json_names_each_field_and_no_other():
    whole = {f".{name}": mark for name, mark in as_stored(ReportDocument).items()} | {".version": ""}
    assert rows_of("The whole report") == whole
    kinds = {one.__name__: one for one in get_args(Section)}
    assert rows_of("The sections") == {
        f"{name}.{field}": mark for name, kind in kinds.items() for field, mark in as_stored(kind).items()
    }
    parts = {
        "clusters": Cluster,
        "terms": Term,
        "nodes": Node,
        "links": Link,
        "profiles": Profile,
        "questions": Question,
        "themes": Theme,
        "quarters": Quarter,
        "aims": Aim,
    }
    assert rows_of("Their parts") == {
        f"{name}.{field}": mark for name, kind in parts.items() for field, mark in as_stored(kind).items()
    }


def test_the_digest_changes_with_a_word_and_with_nothing_else(report):
    assert digest(invented.report()) == digest(report)
    assert digest(invented.report("review_copy")) != digest(report)


def test_every_field_is_anonymous_text_or_says_nothing_about_people():
    """A new field has to be put here, and with it the question whether it can identify anybody."""
    told = {
        "language",
        "status",
        "rule",
        "withheld_small_group",
        "day",
        "number",
        "x",
        "y",
        "from_",
        "to",
        "cycle",
        "paper",
        "year",
        "came",  # one of three bands, over ten people and more
        "partly",
        "largely",
    }
    made_of_text = {
        "title", "programme", "period", "action_learning", "sections", "paragraphs", "text", "sub_terms", "terms",
        "introduction", "clusters", "label", "caption", "nodes", "links", "text_alternative", "heading", "bullets",
        "profiles", "gloss", "questions", "themes", "prompt", "items", "quarters", "aims",
    }  # fmt: skip
    found, waiting, seen = set(), [ReportDocument], set()
    while waiting:
        kind = waiting.pop()
        if kind in seen:
            continue
        seen.add(kind)
        found |= {field.name for field in fields(kind)}
        waiting += [inner for field in fields(kind) for inner in dataclasses_in(field.type)]
    assert found == told | made_of_text


def dataclasses_in(kind):
    inner = [each for argument in get_args(kind) for each in dataclasses_in(argument)]
    return inner + ([kind] if hasattr(kind, "__dataclass_fields__") else [])


def test_raw_words_cannot_be_told_apart_from_a_mistake():
    with pytest.raises(TypeError):
        AnonymousText("Siobhán said so")


def test_nothing_of_a_document_changes(report):
    with pytest.raises(FrozenInstanceError):
        report.title = report.period
    with pytest.raises(AttributeError):
        report.title._words = "Siobhán"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda stored: stored | {"version": 2},
        lambda stored: stored | {"author": "Siobhán"},
        lambda stored: stored | {"language": "de"},
        lambda stored: stored | {"title": None},
        lambda stored: stored | {"withheld_small_group": 1},
        lambda stored: stored | {"sections": [{"kind": "Answers", "prompt": "Why?"}]},
        lambda stored: stored | {"sections": [{"kind": "Answers", "prompt": "Why?", "bullets": [], "by": "Siobhán"}]},
        lambda stored: stored | {"sections": [{"kind": ["Answers"]}]},
        lambda stored: stored | {"sections": {}},
        lambda stored: {},
        lambda stored: [],
    ],
)
def test_a_document_that_was_tampered_with_is_not_read(report, spoil):
    with pytest.raises(DocumentError):
        loads(json.dumps(spoil(json.loads(dumps(report)))))


@pytest.mark.parametrize("stored", ["", "{", "null", "[" * 100_000])
def test_what_is_no_json_is_not_read(stored):
    with pytest.raises(DocumentError):
        loads(stored)


def test_a_scheme_names_only_boxes_that_it_has():
    word = invented.said("word")
    with pytest.raises(DocumentError):
        Scheme(word, (Node(word, 0, 0),), (Link(0, 1),), (), word)
    with pytest.raises(DocumentError):
        Scheme(word, (Node(word, 0, 101),), (), (), word)


def test_every_text_is_found(report):
    found = texts(report)
    assert str(found[0]) == "Buying well, together"
    assert sum(str(text) == "Decommissioning" for text in found) == 1
    assert len(found) == len(dumps_texts(report))


def dumps_texts(report):
    """Every string of the stored form that is no key, kind or choice."""
    kinds = {kind.__name__ for kind in get_args(Section)}

    def strings(value):
        if isinstance(value, dict):
            return [
                text for key, item in value.items() if key not in ("kind", "language", "status", "rule")
                for text in strings(item)
            ]  # fmt: skip
        if isinstance(value, list):
            return [text for item in value for text in strings(item)]
        return [value] if isinstance(value, str) and value not in kinds else []

    return strings(json.loads(dumps(report)))
