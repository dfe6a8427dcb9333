"""What holds for every text: names are gone, offsets lead back, twice is once, nothing raises."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reports.anonymity import Organisation, Person, Roster, System, deidentify, draft, leftovers
from reports.anonymity.fold import fold, views

ROSTER = Roster(
    people=(
        Person("Anna Lindqvist", emails=("anna.lindqvist@northgate.example",), title="Head of Unscheduled Care"),
        Person("Will Price"),
        Person("Mark O'Brien"),
        Person("Grace van der Hope"),
        Person("Siân Finch-Saunders"),
        Person("Jonathan Åström", ("Jonno",)),
    ),
    organisations=(Organisation("Northgate Clinical Network"), Organisation("Estuary Care Trust", ("the Mudflats",))),
    systems=(System("Sweden", 3),),
)
FULL_NAMES = [person.name for person in ROSTER.people] + [organisation.name for organisation in ROSTER.organisations]
STRONG_NAMES = ["Lindqvist", "O'Brien", "Siân", "Finch-Saunders", "Åström", "Jonno", "Northgate"]
SPELLINGS = [
    str,
    str.lower,
    str.upper,
    str.title,
    lambda name: name.replace(" ", "\u00a0"),
    lambda name: name.replace(" ", "\n"),
    lambda name: name[:2] + "\u00ad" + name[2:],
    lambda name: name[:2] + "\u200b" + name[2:],
    lambda name: name.replace("'", "’").replace("-", "‑"),
    lambda name: "".join(f"&#{ord(letter)};" if letter in "åÅâ'" else letter for letter in name),
    lambda name: f"**{name[0]}**{name[1:]}",
    lambda name: name + "'s",
    lambda name: " ".join(name.replace(" ", "").replace("'", "").replace("-", "")),
]
PIECES = [
    *FULL_NAMES,
    *STRONG_NAMES,
    "Will",
    "May",
    "said",
    "that",
    ".",
    ". ",
    "the",
    "an",
    "Dr",
    "Tom Hill",
    "in Sweden",
    *(
        "\n\n",
        "\n",
        "(",
        "?",
        ":",
        "'s",
        "a",
        "I",
        "to",
        "and",
        "WILL",
        "UNISON",
        "mark",
        "grace",
        "estuary",
        "Hospital",
    ),
    *("Hope", "Head", "AL", "NCN", "the only", "1,234", "14 May 2026", "Datadog", "asked"),
]
prose = st.text(alphabet=st.characters(codec="utf-8"), max_size=80)
thorough = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@thorough
@given(name=st.sampled_from(FULL_NAMES + STRONG_NAMES), spelling=st.sampled_from(SPELLINGS), before=prose, after=prose)
def test_no_name_survives_in_any_text(name: str, spelling: object, before: str, after: str) -> None:
    assert callable(spelling)
    text = f"{before} {spelling(name)} {after}"
    printed = "".join(fold(str(deidentify(text, ROSTER).text)).split())
    assert "".join(fold(name).split()) not in printed


@thorough
@given(
    text=st.lists(st.one_of(prose, st.sampled_from([*FULL_NAMES, *STRONG_NAMES, "Will", "said", ". ", "&amp;", "@"])))
)
def test_spans_are_ordered_apart_and_within_the_text(text: list[str]) -> None:
    whole = " ".join(text)
    result = deidentify(whole, ROSTER)
    places = sorted([(s.start, s.end) for s in result.removed] + [(f.start, f.end) for f in result.open])
    assert all(0 <= start < end <= len(whole) for start, end in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))
    assert all(finding.words == whole[finding.start : finding.end] for finding in result.open)


@settings(thorough, max_examples=300)
@given(text=st.lists(st.sampled_from(PIECES), max_size=20))
@example(["Tom Hill", "Will", "Tom Hill"])
@example(["will", "WILL", "Care", "UNISON", "Hope"])
@example(["1,234", "14 May 2026"])
@example(["1,234", "\n\n", "14 May 2026"])
@example(["Grace", "\n\n", "mark"])
def test_twice_is_once(text: list[str]) -> None:
    once = str(deidentify(" ".join(text), ROSTER).text)
    assert str(deidentify(once, ROSTER).text) == once


@pytest.mark.parametrize(
    ("title", "text", "printed"),
    [
        ("Partner", "Keld Park asked.", "The partner organisation asked."),  # our own words, and a job title
        ("", "Then aL Ek left.", "Then a colleague left."),  # camel case: no half of a word is left over
    ],
)
def test_what_is_printed_is_not_read_as_an_identity(title: str, text: str, printed: str) -> None:
    people = (Person("Bo Ek", title=title), Person("Lo Ek"), Person("Ada Lund"))
    roster = Roster(people, (Organisation("Keld Park"),))
    assert str(deidentify(text, roster).text) == printed
    assert str(deidentify(printed, roster).text) == printed


def test_a_text_that_does_not_settle_is_put_to_a_human_word_by_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft, "_READINGS", 0)
    result = deidentify("Will patients come? Mark my words.", ROSTER)
    assert [finding.words for finding in result.open] == ["Will", "Mark"]


@thorough
@given(text=st.text(alphabet=st.characters()))  # lone surrogates too
def test_nothing_raises_and_twice_is_once_on_any_string(text: str) -> None:
    once = str(deidentify(text, ROSTER).text)
    assert str(deidentify(once, ROSTER).text) == once
    leftovers(text, ROSTER)


ODD = st.sampled_from(
    ["S", "T", "&", "St", "s", "'s", "O'", "-", ".", "(", "1st", "ﬁ", "İ", "\u200d", "中", "Ll", "van", "Trust"]
)
ODD_NAMES = st.lists(ODD, min_size=1, max_size=4).map(" ".join) | st.lists(ODD, min_size=1, max_size=4).map("".join)


@thorough
@given(person=ODD_NAMES, title=ODD_NAMES, body=ODD_NAMES, alias=ODD_NAMES)
@example(person="A", title="", body="S & T Trust", alias="S. T")
def test_nothing_raises_whatever_a_roster_calls_people(person: str, title: str, body: str, alias: str) -> None:
    roster = Roster((Person(person, (alias,), (alias,), title),), (Organisation(body, (alias,)),))
    deidentify(f"We met {person}, {title} of {body}.", roster)


@thorough
@given(text=st.text(alphabet=st.sampled_from("aé\u0301ﬁ&;#x1amp\u200b \n-*_Aß…"), max_size=60))
def test_every_offset_of_a_view_leads_back(text: str) -> None:
    for reading in views(text):
        if reading.starts is not None:
            assert len(reading.starts) == len(reading.text) + 1
            assert reading.starts == sorted(reading.starts)
            assert reading.starts[-1] == len(text)
        else:
            assert len(reading.text) == len(text)
