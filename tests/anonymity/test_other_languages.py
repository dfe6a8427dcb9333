"""What is written in another language than the rest: it tells whose it is, whatever it says."""

import pytest

from reports.anonymity.deidentify import deidentify
from reports.anonymity.findings import OTHER_LANGUAGE, Decision
from reports.anonymity.roster import Organisation, Person, Roster, System

PEOPLE = (Person("Anna Lindqvist"), Person("Piotr Zielinski"))
ENGLISH = Roster(people=PEOPLE, organisations=(Organisation("Northgate Trust"),))
SWEDISH = Roster(people=PEOPLE, organisations=(Organisation("Northgate Trust"),), language="sv")


def strange(text: str, roster: Roster) -> list[str]:
    """What is put to a human because of its language."""
    return [finding.words for finding in deidentify(text, roster).open if finding.why == OTHER_LANGUAGE]


@pytest.mark.parametrize(
    "said",
    [
        "Mi jefe no quiere que hable de los recortes en el hospital.",
        "Is mise an t-aon dochtúir ar an oileán agus tá eagla orm labhairt faoi.",
        "Níl go leor airgid againn.",
        "Rwy'n gweithio mewn ysbyty bach ac mae pawb yn fy nabod i.",
        "Jeg er den eneste legen på øya, og alle vet hvem jeg er.",
        "Ich nehme viele gute Ideen mit nach Hause.",
        "De wethouder wil het niet horen.",
        "Mon directeur ne veut pas que je parle des coupes.",
        "Dziękuję wszystkim za wysłuchanie.",
        "Tack för att ni lyssnade.",
        "MI JEFE NO QUIERE QUE HABLE DE LOS RECORTES.",
        "il mio capo non vuole che io parli dei tagli.",
        "Mera boss nahi chahta ki main is baare mein baat karun.",
        "Min chef vill inte att jag pratar om det här.",
    ],
)
def test_what_is_said_in_another_language_is_put_to_a_human_whole(said: str) -> None:
    for text in (said, f"I learned to wait. {said} So I asked again."):
        (found,) = strange(text, ENGLISH)
        assert found.rstrip(".") == said.rstrip("."), text
        result = deidentify(text, ENGLISH)
        assert deidentify(str(result.text), ENGLISH).open == ()


@pytest.mark.parametrize(
    "said",
    [
        "My boss does not want me to talk of the cuts.",
        "Mi jefe no quiere que hable de los recortes en el hospital.",
        "Ich nehme viele gute Ideen mit nach Hause.",
        "Mam za mało pieniędzy i nikt mnie nie słucha.",
    ],
)
def test_in_a_swedish_report_too(said: str) -> None:
    assert strange(f"Jag lärde mig att vänta. {said}", SWEDISH) == [said.rstrip(".")]


def test_a_name_amid_it_is_taken_out_as_ever() -> None:
    result = deidentify("Mi jefe, Piotr Zielinski, no quiere que hable de los recortes.", ENGLISH)
    assert "Piotr" not in str(result.text)
    assert "recortes" not in str(result.text)


def test_who_keeps_a_sentence_in_another_language_has_kept_no_member_and_no_label_in_it() -> None:
    """Those are asked by themselves: a label leaves only when all whom it covers agreed, a name when it is none."""
    few = Roster(people=PEOPLE, systems=(System("Ireland", 2),))
    said = "Mi jefe no quiere que se hable de los recortes en Ireland, y la reunión fue muy larga."
    open_ones = deidentify(said, few).open
    assert {"Ireland"} < {finding.words for finding in open_ones}
    kept = [Decision(f.words, "keep", sentence=f.sentence) for f in open_ones if f.why == OTHER_LANGUAGE]
    result = deidentify(said, few, kept)
    assert "recortes" in str(result.text)
    assert "Ireland" not in str(result.text)
    assert [finding.words for finding in result.open] == ["Ireland"]


@pytest.mark.parametrize(
    ("text", "roster"),
    [
        ("We did it ad hoc, vis-à-vis the pro rata share; it was a fait accompli, et cetera.", ENGLISH),
        ("A résumé at the café was naïve, and so was her protégé's façade.", ENGLISH),
        ("dont know if thats ok, shes asked hes said theyre late weve left", ENGLISH),
        ("See https://intra.bergsuni.example/sida/lista and kalle.stina_nisse@ovrig.example.", ENGLISH),
        ("We met Okonkwo, Wisniewska, Haddad, Oyelaran and Vansittart there.", ENGLISH),
        ("We bought PACS, RIS, DICOM, HL7, FHIR and SNOMED at once.", ENGLISH),
        ("Then Anna Lindqvist and Piotr Zielinski of Northgate asked.", ENGLISH),
        ("Vi arbetar med upphandlingsavdelningen och läkemedelskommittén om vårdvalsersättningen.", SWEDISH),
        ("Vi jobbar med value based health care och point of care testing här.", SWEDISH),
        ("Vi tog med ett par idéer från café och byråns möte.", SWEDISH),
        ("Vi tog med ett par ide\u0301er fra\u030an mo\u0308tet o\u0308ver a\u030aret.", SWEDISH),  # accents apart
    ],
)
def test_words_of_ones_own_language_are_not(text: str, roster: Roster) -> None:
    assert strange(text, roster) == []
