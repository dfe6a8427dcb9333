"""Names that are words, words that look like names, and what a first user sees on a cover."""

import pytest

from reports.anonymity import Organisation, Person, Roster, System, deidentify

ENGLISH = Roster(
    people=(
        Person("Mark Ljung"),
        Person("Will Price"),
        Person("Sölve Håkansson"),
        Person("Niamh O'Sullivan-Byrne"),
        Person("Jean St. John-Taylor"),
    ),
    organisations=(Organisation("Coastal Mersey University Hospital"),),
    systems=(System("NHS Wales", 3), System("NHS Scotland", 3), System("Swedish regions", 3), System("Ireland", 12)),
)
SWEDISH = Roster(people=(Person("Björn Ek"), Person("Stig Lind"), Person("Kerstin Hägg")), language="sv")
MONTHS = Roster(people=(Person("May Ljung"),))
NOBODY = Roster()
NOBODY_IN_SWEDISH = Roster(language="sv")


@pytest.mark.parametrize(
    ("roster", "written", "printed"),
    [
        (SWEDISH, "Björns buss gick sönder", "En kollegas buss gick sönder"),
        (SWEDISH, "Stigs sätt att fråga.", "En kollegas sätt att fråga."),
        (SWEDISH, "Eks buss.", "En kollegas buss."),
        (SWEDISH, "Vi läste Häggs brev.", "Vi läste en kollegas brev."),
        (SWEDISH, "Björn skickade brevet.", "En kollega skickade brevet."),
        (ENGLISH, "Text me (Mark) tonight.", "Text me (a colleague) tonight."),
        (ENGLISH, "We asked: Mark or Will?", "We asked: A colleague or a colleague?"),
        (ENGLISH, "Mark (Ljung) came.", "A colleague came."),
        (ENGLISH, "mark (ljung)'s plan", "a colleague's plan"),
        (ENGLISH, "Mark (Price) came.", "A colleague (a colleague) came."),
        (MONTHS, "We met in 2026; May came in May.", "We met in 2026; a colleague came in May."),
        (ENGLISH, "She spoke; Sölve too.", "She spoke; a colleague too."),
        (ENGLISH, "Sölve with us. Solve it.", "A colleague with us. Solve it."),
        (ENGLISH, "Mark sent the plan.", "A colleague sent the plan."),
        (ENGLISH, "Mark knew (Will plans well).", "A colleague knew (someone plans well)."),
        (ENGLISH, "Mark drafts plans.", "Someone drafts plans."),
        (ENGLISH, "Marks idea won.", "Someone idea won."),
        (ENGLISH, "Then Mrs St. John-Taylor came.", "Then a colleague came."),
        (ENGLISH, "Then O Sullivan-Byrne came.", "Then a colleague came."),
        (ENGLISH, "Will will price the new boat", "A colleague will price the new boat"),
        (ENGLISH, "Will will come and Will would pay", "A colleague will come and a colleague would pay"),
        (ENGLISH, "Will Price will price it.", "A colleague will price it."),
        (ENGLISH, "I met will price there.", "I met a colleague there."),
        (ENGLISH, "C.M.U.H. and we agree.", "The partner organisation and we agree."),
        (ENGLISH, "It is at C.M.U.H. We agree.", "It is at the partner organisation. We agree."),
        (NOBODY, "Born 19810203-1234.", "Born a reference number."),
        (NOBODY, "Born 810203-1234 or 810203+1234.", "Born a reference number or a reference number."),
        (NOBODY, "Born 810293-1234.", "Born a reference number."),
        (NOBODY, "asa (dot) bjorkegren (at) rhb (dot) example", "An e-mail address"),
        (NOBODY, "ask asa dot bjorkegren at rhb dot example", "ask an e-mail address"),
        (ENGLISH, "in the Swedish regions.", "in the health system."),
    ],
)
def test_goes_or_stands_generalised(roster: Roster, written: str, printed: str) -> None:
    once = str(deidentify(written, roster).text)
    assert once == printed
    assert str(deidentify(once, roster).text) == once


@pytest.mark.parametrize(
    ("roster", "text"),
    [
        (ENGLISH, "Will you come? (Will you?) Mark my words."),
        (ENGLISH, "Will patients pay? Mark the date. Price of care rose. Solve the problem."),
        (ENGLISH, "We will price it."),
        (SWEDISH, "En björn sov. Stigen var lång."),
        *((NOBODY, date) for date in ("14 to 15 April 2026", "14–15 April 2026", "10 mars 2026", "November 2026")),
        *(
            (NOBODY, f"{title}")
            for title in (
                "Tides: Leading Coastal Care",
                "Harbour Lights: a first year",
                "Beekeepers in the Borders",
                "Prov",
            )
        ),
        *((NOBODY, word) for word in ("Pilotage", "Kanban", "Ubuntu", "Lee shore", "Grace period", "Hope")),
        *((NOBODY_IN_SWEDISH, word) for word in ("Fjärrlån", "Skolbibliotek", "Kommunala bibliotek")),
        (NOBODY, "We grew in 2024-2025 by Plan-Do-Study-Act, after Covid and Brexit, and in Ramadan."),
        (NOBODY, "We 4 may travel. The 99 May do."),
    ],
)
def test_stays(roster: Roster, text: str) -> None:
    result = deidentify(text, roster)
    assert (str(result.text), result.removed, result.open) == (text, (), ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NHS Wales", [("NHS Wales", "SYSTEM")]),
        ("The NHS, NHS Wales and Scotland's.", [("NHS", "SYSTEM"), ("NHS Wales", "SYSTEM"), ("Scotland", "SYSTEM")]),
        ("The NHS and NHS England agree.", [("NHS", "SYSTEM"), ("NHS England", "BODY")]),
        ("Seminar for executive team, then my board.", [("executive team", "WORK"), ("board", "WORK")]),
        ("The board agreed on the management of change and my own team.", []),
        ("We met on 14 April 2026 there.", [("14 April 2026", "DATE")]),
        ("We met on 4 may 2026 and the 5th may.", [("4 may 2026", "DATE"), ("the 5th may", "DATE")]),
        ("Leading Care at Harbour Trust", [("Harbour Trust", "ORG")]),
        ("Using Northmoor. We saw Northmoor. Northmoor said no.", [("Northmoor", "ORG")] * 3),
        ("Siobhan left. Lee said so. Tom Hill", [("Siobhan", "PERSON"), ("Lee", "PERSON"), ("Tom Hill", "PERSON")]),
        ("6. Money\nThe partnership agreed.", []),
        ("It was from Hession's Surgery.", [("Hession's Surgery", "ORG")]),
        ("Then it rained. Jimmy, she said, had left.", [("Jimmy", "PERSON")]),
    ],
)
def test_is_put_to_a_human(text: str, found: list[tuple[str, str]]) -> None:
    assert [(finding.words, finding.type) for finding in deidentify(text, ENGLISH).open] == found


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Sent 4 Mar 2025, late.", "Sent a certain day, late."),
        ("From Mar 4, 2025, on.", "From Mar 4, 2025, on."),
        ("On ward 4 Mar said so.", "On ward 4 a colleague said so."),
        ("Then Mar said 4, not 2025.", "Then a colleague said 4, not 2025."),
    ],
)
def test_a_month_of_a_date_is_nobody_s_pet_name(written: str, printed: str) -> None:
    assert str(deidentify(written, Roster((Person("Margaret Achterburg"),))).text) == printed
