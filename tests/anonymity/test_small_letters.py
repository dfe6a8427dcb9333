"""Texts in small letters or typed in a hurry: each clue once; what may be a name is put to a human, never silent."""

import pytest

from reports.anonymity import Organisation, Person, Roster, deidentify

ROSTER = Roster(
    people=(
        Person("Mark Venn"),
        Person("Robin Lund"),
        Person("Hope Miller"),
        Person("Imogen Sorel"),
        Person("Balvinder Gill"),
        Person("Stig Hägg"),
        Person("Grace Bell"),
        Person("Young-Soo Park"),
        Person("Will Tarn"),
        Person("Ivo Pryce"),
    ),
    organisations=(
        Organisation("Keld and Sorrel Clinical Network", ("the Works", "PIKA", "OVA")),
        Organisation("Corravane General Hospital"),
        Organisation("Open Door Health CIC", ("Open Door",)),
        Organisation("Bright Dales Federation Ltd"),
        Organisation("Skylark Ambulance"),
    ),
)


def seen(text: str) -> tuple[str, list[str]]:
    result = deidentify(text, ROSTER)
    return str(result.text), [finding.words for finding in result.open]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("my name is hope for now", "my name is a colleague for now"),
        ("then we wrote to mark about it", "then we wrote to a colleague about it"),
        ("thanks hope see you", "thanks a colleague see you"),
        ("well done mark see you", "well done a colleague see you"),
        ("its mark here i just called", "its colleague here i just called"),
        ("robin you should write", "a colleague you should write"),
        ("if it works, mark and i go there", "if it works, a colleague and i go there"),
        ("so mark and hope sent it", "so a colleague and a colleague sent it"),
        ("i can go with you robin if you like", "i can go with you a colleague if you like"),
        ("It was late. mark was NOT happy. He left.", "It was late. a colleague was NOT happy. He left."),
        ("We asked Immy and Bal.", "We asked a colleague and a colleague."),
        ("The Millers' garden is green.", "The colleague's garden is green."),
        ("It is a K&S-wide plan.", "It is a partner organisation-wide plan."),
        ("it is at hill park (pika) now", "it is at hill park (the partner organisation) now"),
        ("it is at corravane general now", "it is at the partner organisation now"),
        ("it is at open door health now", "it is at the partner organisation now"),
        ("mark wasnt there", "a colleague wasnt there"),
        ("he said to hope that it was late", "he said to a colleague that it was late"),
        ("it was at the library\nrobin again: it was late", "it was at the library\na colleague again: it was late"),
        ("then y-s park and ip asked", "then a colleague and a colleague asked"),
        ("if will will bring it", "if a colleague will bring it"),
        ("dr mark came", "a colleague came"),
        ("re the GP form, i'll ring hope", "re the GP form, i'll ring a colleague"),
        ("ok Monday it is, hope said", "ok Monday it is, a colleague said"),
        ("Then we may ask mark to look.", "Then we may ask a colleague to look."),
        ("please call grace back", "please call a colleague back"),
        ("so let mark know", "so let a colleague know"),
        ("we heard from hope late", "we heard from a colleague late"),
        ("i contacted hope about it", "i contacted a colleague about it"),
        ("we could get hope to do it", "we could get a colleague to do it"),
        ("questions to mark on 01752 555 0187 by then", "questions to a colleague on a phone number by then"),
        ("he wished that hope's predecessor had", "he wished that a colleague's predecessor had"),
        ("y-s cried a little", "a colleague cried a little"),
        ("by friday; ip to send it", "by friday; a colleague to send it"),
        ("a word from bright dales federation came", "a word from the partner organisation came"),
        ("skylark flew her there", "the partner organisation flew her there"),
    ],
)
def test_is_removed(written: str, printed: str) -> None:
    assert str(deidentify(written, ROSTER).text) == printed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ill go its robin by the way", ["robin"]),
        ("a year thats huge mark", ["mark"]),
        ("about what mark", ["mark"]),
        ("it was a grace-led walk", ["grace"]),
        ("then i blamed robin in the corridor", ["robin"]),
        ("it was not tarn, and it was late", ["tarn"]),
        ("then we ask bell makers questions", ["bell"]),
        ("we sent young people there", []),
        ("we like it. marks daughter got in", ["marks"]),
        ("we saw the millers there", ["millers"]),
        ("then we walked to the works", ["works"]),
        ("then we saw ova there", ["ova"]),
        ("then oksana and dr lacey came", ["oksana", "dr lacey"]),
        ("he said what did mark do?", ["mark"]),
        ("then i saw annette du toit there", ["annette du toit"]),
        ("then i saw kelly ann there", ["kelly ann"]),
        ("then i saw debbie marsh there", ["debbie marsh"]),
        ("then i saw sam there", ["sam"]),
        ("then we asked len ibbotson about it", ["len ibbotson"]),
        ("then dr o'hagan-banks and ulla-britt left", ["dr o'hagan-banks", "ulla-britt"]),
        ("it is at hightown surgery now", ["hightown surgery"]),
        ("it is at tallaght university hospital now", ["tallaght university hospital"]),
    ],
)
def test_is_put_to_a_human(text: str, found: list[str]) -> None:
    assert seen(text)[1] == found


@pytest.mark.parametrize(
    "text",
    [
        "we hope you are well and mark the date",
        "he gave full marks and dont thats couldnt",
        "the cost per capita of unsavoury codifiable rewording",
        "it wasn't on tues, prob in notes-v3.xlsx",
        "I WASN'T THERE, AND IT ISN'T HERE",
        "It was late. We hope so. The mark of grace is hope.",
        "Then one doctor per patient came, and he had two doctors per ward.",
        "K. S. Andersen wrote it and the R&D was good.",
        "Then we ask what we hope to know.",
        "it is the phone bell",
    ],
)
def test_words_stay(text: str) -> None:
    assert [words for words in seen(text)[1] if "Andersen" not in words] == []
    assert deidentify(text, ROSTER).removed == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PRESENT: MS TAMSIN ORCHARD (IN THE CHAIR), CLLR RAVENSCROFT", ["MS TAMSIN ORCHARD", "CLLR RAVENSCROFT"]),
        ("IN ATTENDANCE: HOLLINSHAW HOUSING, GARETH LLEWELLYN", ["HOLLINSHAW", "GARETH LLEWELLYN"]),
        ("PUBLIC QUESTION\nMRS EDNA CUTHBERT asked when it would open.", ["MRS EDNA CUTHBERT"]),
        ("Then it was asked of REV. HILARY SPOONER by us.", ["REV. HILARY SPOONER"]),
        ("MINUTES OF THE MEETING HELD IN THE COUNCIL CHAMBER", []),
        ("ALEX MIRZOYAN'S PAPER was read.", ["ALEX MIRZOYAN"]),
    ],
)
def test_who_is_off_the_roster_is_put_to_a_human_in_capitals_too(text: str, found: list[str]) -> None:
    assert seen(text)[1] == found


def test_whoever_was_met_by_title_is_known_by_surname_where_a_sentence_begins() -> None:
    text = "Inspector came. Mr Dalby spoke.\n\nDalby, from the north, left.\n\nBramwell, from the north, stayed."
    assert seen(text)[1] == ["Mr Dalby", "Dalby"]


def test_a_swedish_i_is_no_sign_of_hurry_and_two_words_in_one_are_no_name() -> None:
    roster = Roster((Person("Per Hägg", title="distriktsläkare"), Person("Siri Ek")), language="sv")
    for text in (
        "Vi väntar i tre dagar per besök.",
        "det stod i modellklausulen på huvudkontoret",
        "Vi söker två distriktsläkare och väntar.",
    ):
        result = deidentify(text, roster)
        assert (result.removed, result.open) == ((), ())
    la_torre = Roster((Person("Rosa de la Torre"),), language="sv")
    assert "Mrs" not in str(deidentify("Det var Mrs de la Torre.", la_torre).text)
    assert str(deidentify("Sedan kom Siri och Per Hägg.", roster).text) == "Sedan kom en kollega och en kollega."


def test_a_swedish_name_behind_what_somebody_was_called() -> None:
    roster = Roster((Person("Siri Hägg"),), language="sv")
    assert str(deidentify("då hon hette hägg, och nu", roster).text) == "då hon hette en kollega, och nu"


def test_a_swedish_genitive_amid_english() -> None:
    assert "robin" not in str(deidentify("it was late. robins svar var dyrt", ROSTER).text)
