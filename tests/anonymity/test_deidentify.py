"""The boundary, sentence by sentence: what goes, what stays, and what stands there instead."""

from dataclasses import replace

import pytest

from reports.anonymity import (
    Decision,
    Organisation,
    Person,
    Roster,
    System,
    deidentify,
    leftovers,
)

ROSTER = Roster(
    people=(
        Person(
            "Anna Lindqvist",
            emails=("anna.lindqvist@northgate.example",),
            title="Head of Unscheduled Care",
            organisation="Northgate Clinical Network",
        ),
        Person("Will Price"),
        Person("Mark O'Brien"),
        Person("Grace van der Hope"),
        Person("Siân Finch-Saunders"),
        Person("Jonathan Åström"),
    ),
    organisations=(Organisation("Estuary Care Trust", ("the Mudflats",)),),
    systems=(System("Sweden", 3), System("Ireland", 12)),
)


def anonymous(text: str) -> str:
    return str(deidentify(text, ROSTER).text)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Anna said so.", "A colleague said so."),
        ("We asked ANNA LINDQVIST.", "We asked a colleague."),
        ("It was Lindqvist's idea.", "It was a colleague's idea."),
        ("It was our Lindqvist who came.", "It was our colleague who came."),
        ("ask a. lindqvist", "ask a colleague"),
        ("Dr Price came too.", "A colleague came too."),
        ("So G. van der Hope knows.", "So a colleague knows."),
        ("That is O’Brien’s view.", "That is a colleague’s view."),
        ("Sia\u0302n Finch\u2011Saunders left.", "A colleague left."),
        ("Then Lind\u00adqvist spoke.", "Then a colleague spoke."),
        ("Then L i n d q v i s t spoke.", "Then a colleague spoke."),
        ("Then **Lind**qvist spoke.", "Then **a colleague spoke."),
        *(
            (f"Then Lind{mark}qvist spoke.", "Then a colleague spoke.")
            for mark in ("*", "__", "~", "^", "|", "+", "`", "``")
        ),
        ("We rang Lindqivst.", "We rang a colleague."),
        ("We rang Jon and Aastroem.", "We rang a colleague and a colleague."),
        ("See alindqvist there.", "See a colleague there."),
        ("The Northgate team.", "The partner organisation team."),
        (
            "A plan of the Northgate Clinical Network.",
            "A plan of the partner organisation.",
        ),
        ("A plan of the N.C.N", "A plan of the partner organisation"),
        ("The NCN plan.", "The partner organisation plan."),
        ("It is Northgate-wide.", "It is organisation-wide."),
        ("An Estuary nurse.", "An organisation nurse."),
        ("Nurses of the Estuary Care Trust.", "Nurses of the partner organisation."),
        (
            "Write to anna.lindqvist@northgate.example now.",
            "Write to an e-mail address now.",
        ),
        ("Ring 020 7946 0958 now.", "Ring a phone number now."),
        ("See https://northgate.example/plan now.", "See a web address now."),
        ("Our Head of Unscheduled Care knows.", "Our colleague knows."),
        ("The former Head of Unscheduled Care knows.", "The former colleague knows."),
        ("Only Lindqvist knows.", "Only a colleague knows."),
        ("We met Mr. and Mrs. Price.", "We met a colleague."),
        ("We met Nurse Lindqvist.", "We met a colleague."),
        ("We asked Prof. Ó Murchú about it.", "We asked someone about it."),
        ("We asked e.g. Lindqvist about it.", "We asked e.g. a colleague about it."),
        ("Then Dr. Estuary Care Trust fell in.", "Then Dr. the partner organisation fell in."),
        ("The two Lindqvists came.", "The two colleagues came."),
        ("The Swedish pay their nurses.", "The locals pay their nurses."),
        ("The Swedish are late.", "The locals are late."),
        ("The Swedish pay scale.", "The local pay scale."),
        ("REPORT OF ANNA LINDQVIST", "REPORT OF A COLLEAGUE"),
        ("REPORT OF NCN", "REPORT OF THE PARTNER ORGANISATION"),
        ("NCN head of unscheduled care Anna Lindqvist came.", "The partner organisation colleague came."),
        ("It's Lindqvist's Estuary Care Trust.", "It's a colleague's partner organisation."),
    ],
)
def test_removes_what_the_roster_says(written: str, printed: str) -> None:
    assert anonymous(written) == printed


@pytest.mark.parametrize(
    "text",
    [
        "We all hope the mark of success is grace.",
        "There was trust in the estuary.",
        "Will you come in May? Mark my words.",
        "The price of care rose.",
        "Ireland and England differ; the NHS and the Care Quality Commission know.",
    ],
)
def test_words_stay_words(text: str) -> None:
    result = deidentify(text, ROSTER)
    assert (str(result.text), result.removed, result.open) == (text, (), ())


def test_a_name_that_is_a_word_goes_when_it_is_a_name() -> None:
    assert anonymous("I told Will that he was right.") == "I told a colleague that he was right."


def test_a_small_health_system_is_put_to_a_human_until_it_is_cleared() -> None:
    result = deidentify("In Sweden we pay.", ROSTER)
    assert [(finding.words, finding.type) for finding in result.open] == [("Sweden", "SYSTEM")]
    assert str(result.text) == "In a health system we pay."
    cleared = Roster(systems=ROSTER.systems, may_name=("Sweden",))
    assert str(deidentify("In Sweden we pay.", cleared).text) == "In Sweden we pay."


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("We pay, as they do at Sweden East.", "We pay, as they do at the partner organisation."),
        ("bank of sweden care pays", "the partner organisation pays"),
        ("Then Ms Sweden agreed, as all do in Sweden.", "Then a colleague agreed, as all do in Sweden."),
        ("I asked Ida Sweden.", "I asked a colleague."),
    ],
)
def test_a_name_that_holds_a_cleared_label_is_still_a_name(written: str, printed: str) -> None:
    people, employers = (Person("Ida Sweden"),), (Organisation("Sweden East"), Organisation("Bank of Sweden Care"))
    cleared = Roster(people, employers, systems=ROSTER.systems, may_name=("Sweden",))
    result = deidentify(written, cleared)
    assert (str(result.text), result.open) == (printed, ())
    assert leftovers(written, cleared) != ()


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("We asked Marguerite Oyelaran for help.", "We asked […] for help."),
        ("Thank you, Marguerite Oyelaran, for coming.", "Thank you, for coming."),
        ("Thank you, Marguerite Oyelaran.", "Thank you."),
        ("They came (Marguerite Oyelaran) and went.", "They came and went."),
        ("It was Marguerite Oyelaran’s idea.", "It was […] idea."),
        ("Marguerite Oyelaran", "[…]"),
    ],
)
def test_what_is_taken_out_leaves_nothing_or_a_gap_and_is_not_found_again(text: str, printed: str) -> None:
    assert [finding.words for finding in deidentify(text, ROSTER).open] == ["Marguerite Oyelaran"]
    result = deidentify(text, ROSTER, [Decision("Marguerite Oyelaran", "remove")])
    assert (str(result.text), result.open) == (printed, ())
    assert str(deidentify(printed, ROSTER).text) == printed


def test_decisions_are_carried_out() -> None:
    text = "In Sweden we pay."
    for decision, printed in (
        (Decision("sweden", "keep"), "In Sweden we pay."),
        (
            Decision("Sweden", "generalise", wording="one country"),
            "In one country we pay.",
        ),
        (
            Decision("Sweden", "generalise", wording="Anna's country"),
            "In a colleague's country we pay.",
        ),
        (Decision("Sweden", "remove"), "In […] we pay."),
        (
            Decision("Sweden", "keep", sentence="In  SWEDEN we pay."),
            "In Sweden we pay.",
        ),
        (
            Decision("Sweden", "keep", sentence="Another sentence."),
            "In a health system we pay.",
        ),
    ):
        assert str(deidentify(text, ROSTER, [decision]).text) == printed


def test_offsets_lead_back_to_the_input() -> None:
    text = "Zoë — ﬁnally — met Siân Finch‑Saunders’s team."
    (span,) = deidentify(text, ROSTER).removed
    assert text[span.start : span.end] == "Siân Finch‑Saunders"


def test_leftovers_of_a_printed_page() -> None:
    assert [span.type for span in leftovers("asked Lind-\nqvist of Northgate", ROSTER)] == ["PERSON", "ORG"]
    assert leftovers(anonymous("asked Lindqvist of Northgate"), ROSTER) == ()


def test_swedish() -> None:
    roster = Roster(
        people=(Person("Anna Lindqvist"),),
        organisations=(Organisation("Norrgårda vårdcentral"),),
        language="sv",
    )
    printed = "Vi träffade en kollega och läste en kollegas rapport från organisationen."
    assert str(deidentify("Vi träffade Anna och läste Lindqvists rapport från Norrgårda.", roster).text) == printed


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("at vgr we wait.", "at the partner organisation we wait."),
        ("They work for VGR.", "They work for the partner organisation."),
        ("We asked Mind about beds.", "We asked the partner organisation about beds."),
        ("People at OX said so.", "People at the partner organisation said so."),
        ("Never mind the ox.", "Never mind the ox."),
    ],
)
def test_a_short_name_of_an_employer_goes_however_short(written: str, printed: str) -> None:
    """Those that the full name's letters do not spell out are known from the roster alone."""
    employers = {
        "Västra Götalandsregionen": "vgr",
        "National Association for Mental Health": "Mind",
        "Cowley Care": "OX",
    }
    roster = Roster(organisations=tuple(Organisation(name, (short,)) for name, short in employers.items()))
    assert str(deidentify(written, roster).text) == printed


def test_a_national_body_stays_though_a_branch_of_it_is_on_the_roster() -> None:
    roster = Roster(organisations=(Organisation("HSE South"),))
    printed = "The partner organisation is not the HSE."
    assert str(deidentify("HSE South is not the HSE.", roster).text) == printed


@pytest.mark.parametrize("text", ["We asked the Care Quality Commission.", "We asked the CQC."])
def test_a_national_body_for_which_a_member_works_goes(text: str) -> None:
    """That its name stays where nobody works for it clears nobody who does."""
    roster = Roster(organisations=(Organisation("Care Quality Commission", ("CQC",)),))
    assert str(deidentify(text, roster).text) == "We asked the partner organisation."
    assert [span.type for span in leftovers(text, roster)] == ["ORG"]
    assert str(deidentify(text, Roster()).text) == text


def test_people_and_organisations_off_the_roster_are_put_to_a_human() -> None:
    result = deidentify("Then Mrs Okafor met Jack from Harbour Surgery. WE ALL AGREED.", ROSTER)
    assert [(finding.words, finding.type) for finding in result.open] == [
        ("Mrs Okafor", "PERSON"),
        ("Jack", "PERSON"),
        ("Harbour Surgery", "ORG"),
    ]
    assert str(result.text) == "Then someone met someone from the partner organisation. WE ALL AGREED."


def test_identifiers_go_whoever_they_belong_to() -> None:
    text = "NHS 943 476 5919, GMC 1234567, SW1A 1AA, D02 X285, 811218-9876, 07700 900123, a at b dot example, 10 wards."
    types = [span.type for span in deidentify(text, Roster()).removed]
    assert types == ["NHS", "GMC", "POSTCODE", "POSTCODE", "PERSONNUMMER", "PHONE", "EMAIL"]
    assert deidentify("NHS 943 476 5918 beds", Roster()).removed == ()  # the checksum is wrong


def test_what_the_paper_says_itself_is_nobodys_name() -> None:
    names = ("2026", "the", "Session", "one", "care", "Contents")
    people = tuple(
        Person(f"Anna Berg{letter}", other_names=(name,)) for letter, name in zip("abcdef", names, strict=True)
    )
    called = Roster(people=(*people, Person("Kim Rule")))
    page = "Contents\nThe Rule 3\nDay 1 · Session 2\nOne of the set\nCare\nHeld in October 2026 by the set"
    assert leftovers(page, called) == ()
    assert [span.type for span in leftovers("What Anna said to Kim Rule", called)] == ["PERSON", "PERSON"]


def test_dates_numbers_and_the_only_one_are_put_to_a_human() -> None:
    text = "On 14 March 2026 the only midwife here saw 1,347 women in 2025; it was the only way."
    found = [(finding.words, finding.type) for finding in deidentify(text, ROSTER).open]
    assert found == [("14 March 2026", "DATE"), ("the only midwife", "ONLY"), ("1,347", "NUMBER")]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (
            "anna@hill.example – ask me. 07700 900123 works too.",
            "An e-mail address – ask me. A phone number works too.",
        ),
        ("14 March 2026 was the day.", "A certain day was the day."),
        (
            "We rang 07700 900123, and wrote to anna@hill.example.",
            "We rang a phone number, and wrote to an e-mail address.",
        ),
    ],
)
def test_what_opens_a_sentence_has_a_capital_whatever_stood_there(text: str, printed: str) -> None:
    assert str(deidentify(text, Roster()).text) == printed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("The only geriatrician in the room said so.", "One in the room said so."),
        ("I was the only woman of colour in the room.", "I was one in the room."),
        ("As the only public health nurse I felt it.", "As one I felt it."),
        ("She is the only A&E consultant at night.", "She is one at night."),
        ("our longest-serving board member asked", "one asked"),
        ("The only nurse drew a map.", "One drew a map."),
        (
            "It was the only way, and the only one of us who knew.",
            "It was the only way, and the only one of us who knew.",
        ),
        ("As the only one not in social care, I gained.", "As one, I gained."),
        (
            "I was the only person from Spain there, and not the only one in doubt.",
            "I was one, and not the only one in doubt.",
        ),
        ("By Tuesday 14 March 2026, or Friday, the 3rd of May.", "By a certain day, or a certain day."),
    ],
)
def test_who_is_the_only_one_of_a_kind_is_not_told_by_the_kind_either(text: str, printed: str) -> None:
    assert str(deidentify(text, Roster()).text) == printed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Jag är den enda kvinnliga läkaren i rummet.", "Jag är en i rummet."),
        ("Som enda kvinna teg jag.", "Som en teg jag."),
        ("Hon var den enda som teg.", "Hon var den enda som teg."),
        ("Vi ses tisdagen den 1 december klockan nio.", "Vi ses en viss dag klockan nio."),
        ("Det är fullt på avdelning 14 i Mora.", "Det är fullt på avdelning 14 i organisationen."),
        ("Så hänger det ihop.\nSå är det.", "Så hänger det ihop.\nSå är det."),  # though there is a Sara
    ],
)
def test_the_same_in_swedish(text: str, printed: str) -> None:
    roster = Roster(people=(Person("Sara Holm"),), language="sv")
    assert str(deidentify(text, roster).text) == printed


POSSESSIVE = Roster(
    people=(Person("Anna Lindqvist"), Person("Siobhán Murphy")),
    organisations=(Organisation("Kerrygrove Hospital"), Organisation("Region Norrhamn")),
)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Kerrygrove Hospital's Anna Lindqvist came.", "The partner organisation's colleague came."),
        ("Anna's Kerrygrove Hospital ran it.", "A colleague's partner organisation ran it."),
        ("Siobhán’s Anna said so.", "A colleague’s colleague said so."),
        ("We met the nurses' Anna.", "We met the nurses' colleague."),
        ("Kerrygrove Hospital's Marguerite Oyelaran spoke.", "The partner organisation's person spoke."),
        ("It's Anna who came.", "It's a colleague who came."),
        ("The 'helpers' Anna knows", "The 'helpers' a colleague knows"),
    ],
)
def test_behind_whose_it_is_no_article_stands(text: str, printed: str) -> None:
    assert str(deidentify(text, POSSESSIVE).text) == printed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Region Norrhamns Anna Lindqvist kom.", "Organisationens kollega kom."),
        ("Annas Region Norrhamn ordnade det.", "En kollegas organisation ordnade det."),
        ("Region Norrhamns plan är bra.", "Organisationens plan är bra."),
        ("Vi frågade Region Norrhamns Marguerite Oyelaran.", "Vi frågade organisationens person."),
        ("Hos Anna var det lugnt.", "Hos en kollega var det lugnt."),
    ],
)
def test_nor_behind_a_swedish_genitive(text: str, printed: str) -> None:
    assert str(deidentify(text, replace(POSSESSIVE, language="sv")).text) == printed


def test_an_ordinary_word_of_an_employers_name_is_no_leftover_where_terms_run_together() -> None:
    roster = Roster(organisations=(Organisation("Foundation for Shared Care"), Organisation("Open")))
    assert leftovers("Block contracts Shared risk", roster) == ()
    assert [span.type for span in leftovers("at the Foundation for Shared Care, and at Open", roster)] == ["ORG", "ORG"]
