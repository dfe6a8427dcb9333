"""Every form that the bench generates, a few of each; the clues that tell names from words, each once."""

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.anonymity_perturbations import Case, cases, outlives
from bench.anonymity_spellings import ORGANISATION, PERSON, SURFACE
from reports.anonymity import Organisation, Person, Roster, deidentify, leftovers
from reports.anonymity.filter import guess

ROSTER = Roster(
    people=(
        Person("Grace Okonkwo"),
        Person("Nick Day"),
        Person("May Price"),
        Person("Oluwadamilola Adebayo"),
        Person("Connie Raghunathan"),
        Person("Huw ap Gwilym"),
        Person("Liam O'Shea"),
    ),
    organisations=(
        Organisation("Lumenworks"),
        Organisation("St Wilfrid's Academy"),
        Organisation("Ashcombe University"),
    ),
)


@cache
def leaks() -> dict[str, list[bool]]:
    """For each form, whether each name written in it is leaked; case after case, so that a roster is compiled once."""
    found: dict[str, list[bool]] = {}
    for case in cases(3_000, random.Random(1)):
        found.setdefault(case.form, []).append(outlives(case) == "leak")
    return found


@pytest.mark.parametrize("form", [*PERSON, *ORGANISATION])
def test_each_form_is_generated_and_none_survives(form: str) -> None:
    assert len(leaks()[form]) > 5
    assert not any(leaks()[form])


@settings(max_examples=20, deadline=None)
@given(seed=st.integers())
def test_no_name_in_any_form_written_in_any_way_survives(seed: int) -> None:
    """All the names of one roster, each in one form and written in one way."""
    assert [case for case in cases(50, random.Random(seed)) if outlives(case) == "leak"] == []


def test_every_way_of_writing_is_tried() -> None:
    assert {case.surface for case in cases(3_000, random.Random(1))} == {*SURFACE, "as it is"}


def test_a_name_of_five_letters_or_more_with_two_swapped_is_taken_out_without_asking() -> None:
    """Put to a human as somebody unknown it could be kept; and the gate would not find it either."""
    names = ("Klara Novak", "Tomas Ekdal", "Hedvig Mbatha", "Ingvar Grzelak", "Annika Thorsen", "Ragnhild Wielgosz")
    roster = Roster(people=tuple(map(Person, names)))
    swapped = [
        f"{name[:at]}{name[at + 1]}{name[at]}{name[at + 2 :]}"
        for name in " ".join(names).split()
        for at in range(1, len(name) - 1)
    ]
    read = {word: deidentify(f"I will ring {word} on Monday.", roster) for word in swapped}
    assert [word for word, one in read.items() if str(one.text) != "I will ring a colleague on Monday."] == []
    assert [word for word in swapped if not leftovers(f"I will ring {word} on Monday.", roster)] == []


def test_the_measure_finds_a_name_that_stays() -> None:
    case = Case("full name", "as it is", "Anna Lind", "We asked {} today.", Roster(people=(Person("Ruth Ek"),)))
    assert outlives(case) == "review"
    assert outlives(Case("last name", "lower case", "silver", "we asked {} today.", case.roster)) == "leak"


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Day was on overnight.", "A colleague was on overnight."),
        ("Price to chase the scan.", "A colleague to chase the scan."),
        ("May brought soup.", "A colleague brought soup."),
        ("as nick mentioned, it is late", "as a colleague mentioned, it is late"),
        ("it's what nick said about it", "it's what a colleague said about it"),
        ("“it is late,” said grace.", "“it is late,” said a colleague."),
        ("i'm grace and this is late", "i'm a colleague and this is late"),
        ("can grace come?", "can a colleague come?"),
        ("is that grace\nyes it is", "is that a colleague\nyes it is"),
        ("then i asked grace about A and B", "then i asked a colleague about A and B"),
        ("grace: yes, it is", "a colleague: yes, it is"),
        ("n day and l o'shea came", "a colleague and a colleague came"),
        ("We asked Damilola and Conny.", "We asked a colleague and a colleague."),
        ("We asked Raghu nathan.", "We asked a colleague."),
        ("We asked C. Raghunhan.", "We asked a colleague."),
        ("We asked C. Raghunathanson.", "We asked a colleague."),
        ("Lumen Works pays.", "The partner organisation pays."),
        ("St. Wilfrids Academy came.", "The partner organisation came."),
        ("The University of Ashcombe came.", "The partner organisation came."),
        ("Huw ap Gwilym (HaG) came. Then HaG left.", "A colleague (a colleague) came. Then a colleague left."),
        ("Liam O'Shea (LOS) came. LOS left.", "A colleague (a colleague) came. A colleague left."),
        ("Then we asked lo about it.", "Then we asked a colleague about it."),
        ("We asked N.\r\nDay about it.", "We asked a colleague about it."),
        ("It is May's plan.", "It is a colleague's plan."),
        ("Liam’s plan.", "A colleague’s plan."),
    ],
)
def test_is_a_name(written: str, printed: str) -> None:
    assert str(deidentify(written, ROSTER).text) == printed


@pytest.mark.parametrize(
    "text",
    [
        "Day cases are cancelled.",
        "Grace period or not, we pay.",
        "May I say something?",
        "In May or June we meet; by the end of May it is done.",
        "one day the price rose and we may pay",
        "it may be a good day",
        "he asked for a day and a fair price",
        "Price of care, day by day.",
        "The hour is 4 am and the LOS is long.",
        "We walked 5 lo and back.",
    ],
)
def test_is_a_word(text: str) -> None:
    assert deidentify(text, ROSTER).removed == ()


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("We met at St Enda's.", "We met at the partner organisation."),
        ("Ask my director at St Enda's, and wait.", "Ask my director at the partner organisation, and wait."),
        ("St Enda's report was late.", "The partner organisation's report was late."),
        (
            "St Enda's loses nurses, and St Enda's has beds.",
            "The partner organisation loses nurses, and the partner organisation has beds.",
        ),
    ],
)
def test_an_organisation_whose_name_ends_in_a_possessive_s_owns_what_follows_or_nothing(
    text: str, printed: str
) -> None:
    hospital = Organisation("St Enda's University Hospital", ("St Enda's",))
    assert str(deidentify(text, Roster((), (hospital,))).text) == printed


def test_a_possessive_s_is_no_part_of_what_is_removed() -> None:
    (span,) = deidentify("It is Adebayo's plan.", ROSTER).removed
    assert (span.start, span.end, span.replacement) == (6, 13, "a colleague")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We rang Fenland Children's Services.", "Fenland Children's Services"),
        ("We rang C. Okonjo.", "C. Okonjo"),
        ("We like it. Datadog costs too much.", "Datadog"),
        ("We saw Ashdown surgery.", "Ashdown surgery"),
        ("Then UNISON helped us.", "UNISON"),
        ("We rang the Western Health Forum.", "Western Health Forum"),
    ],
)
def test_what_is_off_the_roster_is_put_to_a_human_whole(text: str, found: str) -> None:
    assert [finding.words for finding in deidentify(text, ROSTER).open] == [found]


@pytest.mark.parametrize(
    ("text", "language"),
    [("We met and the plan is that it was.", "en"), ("Vi har en plan och det är bra.", "sv"), ("", "en")],
)
def test_the_language_of_a_record_is_guessed(text: str, language: str) -> None:
    assert guess(text) == language
