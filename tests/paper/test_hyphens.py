"""Swedish words are parted between the words of a compound, or stay whole."""

import re
from pathlib import Path

import pyphen

from reports import pdf, readback
from reports.typesetting import PRINT
from tests.paper import invented

PARTED = """
    akut-mottagningen ansvars-fördelning arbets-belastning arbets-plats-träff barnrätts-perspektiv bemannings-företag
    besluts-fattare budget-uppföljning chefs-utvecklings-program diagnos-relaterade egen-vårds-plan erfarenhets-utbyte
    förhandlings-delegation handlings-plan handlednings-grupp informations-överföring kommun-styrelse-ordförande
    kompetens-försörjning kunskaps-överföring kvalitets-register läkemedels-kommitté makt-förhållanden
    medborgar-dialog medarbetar-samtal patient-säkerhets-arbete personal-omsättning primär-vårds-mottagning
    region-fullmäktige samhälls-utveckling samtals-klimat samverkans-avtal sjuk-vårds-förvaltningen specialist-vård
    special-behandling stads-dels-förvaltning system-förändring under-sköterskor uppföljnings-plan verksamhets-chef
    vård-samordnare
"""
WHOLE = """
    deltagarna framställningar föreställningar förväntningar historisk information långsiktighet mångsidig
    organisationen tillsammans uppmärksamhet utmaningar verksamheten återkoppling överenskommelse
"""


def test_a_swedish_word_is_parted_where_its_words_meet():
    patterns = pyphen.Pyphen(filename=Path(PRINT / "hyph_sv.dic"), left=4, right=4)
    words = f"{PARTED} {WHOLE}".split()
    assert [patterns.inserted(word.replace("-", "")) for word in words] == words


def test_the_paper_parts_swedish_words_by_them():
    pdf.warm()
    assert pyphen.LANGUAGES["sv"] == PRINT / "hyph_sv.dic"
    assert pyphen.Pyphen(lang="sv").hd.patterns.keys() > {"arbet", "plats"}
    assert pyphen.Pyphen(lang="en").inserted("organisation") == "or-gan-isa-tion"


def test_no_name_is_parted_and_words_around_it_are():
    told = "Those from Northumberlandshire met PostgreSQLibraries and LocalAuthorities for interdepartmental work. "
    paragraphs = "\n".join("We met. " * shift + told * 4 for shift in range(12))
    spoken = readback.read(pdf.render(invented.minimal(paragraph=paragraphs))).spoken
    parted = {"".join(halves) for halves in re.findall(r"(\w+)-\n(\w+)", spoken)}
    assert parted == {"interdepartmental"}


def test_the_name_of_a_file_has_no_hyphen_that_nobody_typed():
    name = "commissioning_for_quality_organisation_commissioning_professional"
    told = f"The notes are in {name}, and in one that is called {name} too, and {name}. " * 3
    printed = readback.read(pdf.render(invented.minimal(paragraph=f"{told} An organisation's commissioning.")))
    assert "".join(printed.spoken.split()).count(name) == 9
