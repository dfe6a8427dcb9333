"""The document: frozen, stored canonically, read back exactly, and with no place for an author."""

import json
from dataclasses import FrozenInstanceError, fields, replace
from typing import get_args

import pytest

from reports.anonymity.text import AnonymousText
from reports.document import (
    DocumentError,
    Link,
    Node,
    ReportDocument,
    Scheme,
    Section,
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
