"""Two documents of the kind that sets write, a leaflet and a workshop's report: nothing of them is on the roster."""

import pytest

from reports.anonymity import Organisation, Person, Roster, System, deidentify

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


def test_countries_are_put_to_a_human_until_they_are_cleared_and_bodies_never() -> None:
    found = [finding.words for finding in deidentify(REPORT, ROSTER).open if finding.type != "PERSON"]
    assert found == ["Sweden", "Scotland", "Sweden", "Swedish"]
    cleared = Roster(ROSTER.people, ROSTER.organisations, ROSTER.systems, CLEARED)
    assert [finding.words for finding in deidentify(REPORT, cleared).open] == ["Price"]  # an item, or Hope Price
    assert [finding.words for finding in deidentify(LEAFLET, cleared).open if finding.type != "PERSON"] == []
