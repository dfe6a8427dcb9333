"""Identifiers that their form gives away, whoever they belong to: each kind, and what only looks like one."""

import pytest

from reports.anonymity import Roster, System, deidentify
from reports.anonymity.findings import SMALL_SYSTEM


@pytest.mark.parametrize(
    ("text", "identifier", "kind"),
    [
        ("Write to a.b@c.example now", "a.b@c.example", "EMAIL"),
        ("Write to anna.l [at] north [dot] example now", "anna.l [at] north [dot] example", "EMAIL"),
        ("Write to anna(at)north(dot)example now", "anna(at)north(dot)example", "EMAIL"),
        ("Write to anna at north dot example", "anna at north dot example", "EMAIL"),
        ("Ring 020 7946 0958 now", "020 7946 0958", "PHONE"),
        ("Ring +44 (0)20 7946 0958 now", "+44 (0)20 7946 0958", "PHONE"),
        ("Ring (01632) 960417 now", "(01632) 960417", "PHONE"),
        ("Ring (+44) 1632 960417 now", "(+44) 1632 960417", "PHONE"),
        ("Ring Ann (020 7946 0958, or at home) now", "020 7946 0958", "PHONE"),
        ("Ring Ann (+44 20 7946 0958) now", "+44 20 7946 0958", "PHONE"),
        ("Ring 07700 900123 now", "07700 900123", "PHONE"),
        ("Ring +353 86 123 4567 now", "+353 86 123 4567", "PHONE"),
        ("Ring 086 123 4567 now", "086 123 4567", "PHONE"),
        ("Ring +46 8 123 456 78 now", "+46 8 123 456 78", "PHONE"),
        ("Ring 08-123 456 78 now", "08-123 456 78", "PHONE"),
        ("Ring 08-123 456 now", "08-123 456", "PHONE"),
        ("Ring 070-123 45 67 now", "070-123 45 67", "PHONE"),
        ("See www.north.example/x now", "www.north.example/x", "URL"),
        ("See https://x.example/a?b=1.", "https://x.example/a?b=1", "URL"),
        ("See north.nhs.uk/plan now", "north.nhs.uk/plan", "URL"),
        ("It is 943 476 5919 here", "943 476 5919", "NHS"),
        ("It is 943-476-5919 here", "943-476-5919", "NHS"),
        ("It is 9434765919 here", "9434765919", "NHS"),
        ("The NHS number 943 476 5918 is mistyped", "943 476 5918", "NHS"),
        ("His GMC number: 7654321", "7654321", "GMC"),
        ("Her NMC PIN 12A3456E", "12A3456E", "GMC"),
        ("Born 811218-9876 here", "811218-9876", "PERSONNUMMER"),
        ("Born 19811218-9876 here", "19811218-9876", "PERSONNUMMER"),
        ("Born 8112189876 here", "8112189876", "PERSONNUMMER"),
        ("PPSN 1234567T here", "1234567T", "PPSN"),
        ("PPSN 1234567FA here", "1234567FA", "PPSN"),
        ("It is AB 12 34 56 C here", "AB 12 34 56 C", "NINO"),
        ("Near SW1A 1AA here", "SW1A 1AA", "POSTCODE"),
        ("Near m1 1ae here", "m1 1ae", "POSTCODE"),
        ("Near D02 X285 here", "D02 X285", "POSTCODE"),
        ("Near A65F4E2 here", "A65F4E2", "POSTCODE"),
        ("Near D6W XY00 here", "D6W XY00", "POSTCODE"),
        ("Near 113 51 Ekby here", "113 51", "POSTCODE"),
        ("Near SE-113 51 Ekby here", "SE-113 51", "POSTCODE"),
        ("Ekby kommun, 457 30\nNotes", "457 30", "POSTCODE"),
        ("Ek, Storgatan 1, 824 92. Then", "824 92", "POSTCODE"),
        ("Ask @anna_l there", "@anna_l", "HANDLE"),
    ],
)
def test_is_removed(text: str, identifier: str, kind: str) -> None:
    removed = deidentify(text, Roster()).removed
    assert [(text[span.start : span.end], span.type) for span in removed] == [(identifier, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "It is 943 476 5918 here",  # the checksum of an NHS number is wrong
        "We saw 7654321 people",  # no register is named
        "It is 1234567X here",  # the check letter of a PPSN is wrong
        "It is BG 12 34 56 C here",  # no such prefix
        "In 2024 2025 and 2026",
        "There were 10 wards at 14:00",
        "We met at noon",
        "It cost £1,200.50 in 2025",
        "It cost more, 457 30, than that",
    ],
)
def test_is_not_removed(text: str) -> None:
    assert deidentify(text, Roster()).removed == ()


def test_what_a_small_system_is_called_in_short_is_put_to_a_human_too() -> None:
    roster = Roster(systems=(System("Region Skåne", 1), System("Powys Health Board", 2), System("Region Halland", 12)))
    result = deidentify("It costs less in Skåne, and Powys pays. The region and the board of Halland agree.", roster)
    assert [(finding.words, finding.why) for finding in result.open if finding.why == SMALL_SYSTEM] == [
        ("Skåne", SMALL_SYSTEM),
        ("Powys", SMALL_SYSTEM),
    ]
    assert "The region and the board" in str(result.text)
