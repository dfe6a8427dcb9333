"""Two documents of the kind that sets write, a leaflet and a workshop's report: nothing of them is on the roster."""

import pytest

from reports.anonymity import Organisation, Person, Roster, System, deidentify
from reports.anonymity.stays import own_terms

LEAFLET = """Leading in Lean Years

- how a GP, a nurse and a manager each see the same patient
- draw on what cannot be counted
- Will anyone notice? Mark what changes

WHO IT IS FOR

Anyone who may be asked to chair a meeting, a practice manager or a treasurer of a charity. What care costs is one of
its themes; the cost per head has risen since May. In England and Wales the NHS pays; in Ireland the HSE does.

What You Will Take Home

* Confidence
* A plan
"""
REPORT = """# Summary

The workshop was held under the Chatham House Rule. There were participants from Sweden, Scotland and Northern Ireland.

## **Sweden**

- > The Swedish regions raise their own taxes.
- Primary care: open access
- Price

## **England**

- > The NHS has been reviewed by the Department of Health and the Care Quality Commission.
- GPs, consultants and a nurse spoke; every chair was taken.

| - Markets | - World Class |
|---|---|

The King's Fund and NICE publish what works. There was consensus that commissioners hope to mark progress.
"""
ROSTER = Roster(
    people=(
        Person("Oonagh Vass", title="Chair"),
        Person("Pranav Iyer", title="treasurer"),
        Person("Tilda Rask", title="Head of Winter"),
        Person("Will Gant", title="facilitator"),
        Person("Mark Oduya"),
        Person("May Ling"),
        Person("Hope Price"),
    ),
    organisations=(Organisation("Keldmoor and Sorrel Partnership"), Organisation("Estuary Care Trust", ("the Works",))),
    systems=(System("Sweden", 3), System("Scotland", 2), System("England", 12)),
)
CLEARED = ("Sweden", "Swedish", "Scotland")


@pytest.mark.parametrize("text", [LEAFLET, REPORT], ids=["leaflet", "report"])
def test_nothing_is_removed(text: str) -> None:
    assert deidentify(text, ROSTER).removed == ()


def test_countries_are_put_to_a_human_until_they_are_cleared_and_bodies_where_they_tell_of_few() -> None:
    found = [finding.words for finding in deidentify(REPORT, ROSTER).open if finding.type != "PERSON"]
    assert found == ["Sweden", "Scotland", "Sweden", "Swedish"]
    few = (System("Sweden", 3), System("England", 3))
    mixed = deidentify(REPORT, Roster(ROSTER.people, ROSTER.organisations, few))
    bodies = ["NHS", "Department of Health", "Care Quality Commission", "King's Fund", "NICE"]
    assert [finding.words for finding in mixed.open if finding.type == "BODY"] == bodies
    told = Roster(ROSTER.people, ROSTER.organisations, few, may_name=("England",))
    assert not [finding for finding in deidentify(REPORT, told).open if finding.type == "BODY"]
    alone = Roster(ROSTER.people, ROSTER.organisations, few[1:])
    assert not [finding for finding in deidentify(REPORT, alone).open if finding.type == "BODY"]
    cleared = Roster(ROSTER.people, ROSTER.organisations, ROSTER.systems, CLEARED)
    assert [finding.words for finding in deidentify(REPORT, cleared).open] == ["Price"]  # an item, or Hope Price
    assert [finding.words for finding in deidentify(LEAFLET, cleared).open if finding.type != "PERSON"] == []


TERMS = ("Cream skimming", "Procurement", "Outcomes and Incentives", "Turning Point", "Beacon Trust", "Marlpit", "Anna")


@pytest.mark.parametrize(
    ("text", "put"),
    [
        ("The set talked about Cream Skimming and Procurement.", []),
        ("Outcomes and Incentives drive what is done.", []),
        ("It was a Turning Point for us.", []),
        # What acts, is spoken to or is where somebody comes from is a body, whatever the group wrote on its list.
        ("Then Turning Point said no.", ["Turning Point"]),
        ("We saw the Turning Point's plan.", ["Turning Point"]),
        ("We asked Turning Point.", ["Turning Point"]),
        ("A colleague from Turning Point came.", ["Turning Point"]),
        ("It was for Procurement and Kestrel Homes.", ["Procurement and Kestrel Homes"]),
        # And no list makes a word of a name, or of what an organisation is called.
        ("It was the Beacon Trust.", ["Beacon Trust"]),
        ("It was in Marlpit.", ["Marlpit"]),
        ("It was Anna.", ["Anna"]),
    ],
)
def test_a_report_s_own_terms_are_no_organisations_for_their_capitals(text: str, put: list[str]) -> None:
    own = own_terms(TERMS, "en")
    assert [finding.words for finding in deidentify(text, Roster(), terms=own).open] == put
    known = Roster(organisations=(Organisation("Cream Skimming"), Organisation("Turning Point")))
    assert [text[one.start : one.end] for one in deidentify(text, known, terms=own).removed] == [
        name for name in ("Cream Skimming", "Turning Point") if name in text
    ]
