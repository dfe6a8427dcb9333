"""Habits of writing: the surname first, for somebody else, away from work; and surnames that are small words."""

import pytest

from reports.anonymity import Organisation, Person, Roster, deidentify

ROSTER = Roster(
    people=(
        Person("Agnes Om Venkataraman"),
        Person("Wim van 't Hoff"),
        Person("Maud Lily Frisk-Kvist"),
        Person("Robert Stone"),
        Person("Badr El-Sayed"),
        Person("Martin Obi"),
        Person("Oisín Ó Sé"),
        Person("Fang Yip"),
        Person("Di Marsh"),
        Person("Derek Hand"),
        Person("Guy Best"),
        Person("Chidi Touray"),
        Person("Lin He"),
        Person("Wai So"),
        Person("Ada Nkrumah"),
        Person("Ernest Page"),
    ),
    organisations=(Organisation("Gaelscoil Chnoc na Coille"), Organisation("Brindle Dairy Co-operative")),
)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Apologies: Stone, R.; Obi, M", "Apologies: A colleague; a colleague"),
        ("apologies: venkataraman, a.o.; obi, m.", "apologies: a colleague; a colleague."),
        ("We saw Hand, D. and Stone, R. there.", "We saw a colleague and a colleague there."),
        ("Then Stone, a doctor, came.", "Then a colleague, a doctor, came."),
        ("We saw Obi, M. x", "We saw a colleague x"),
        ("then agnes om v. came", "then a colleague. came"),
        ("Then Bob S came.", "Then a colleague came."),
        ("Then Maud Lily F-K spoke.", "Then a colleague spoke."),
        ("Then Mr van 't Hoff came.", "Then a colleague came."),
        ("THEN W. VAN 'T HOFF CAME.", "THEN A COLLEAGUE CAME."),
        ("Then El-Sayed B came.", "Then a colleague came."),
        ("i'm m. obi", "i'm a colleague"),
        ("IT'S EL-SAYED HERE.", "IT'S A COLLEAGUE HERE."),
        ("M.O. and Chidi T came.", "A colleague and a colleague came."),
        ("Some (e.g. M.Obi) came.", "Some (e.g. a colleague) came."),
        ("p.p. Di Marsh", "p.p. a colleague"),
        ("We went to Di.", "We went to a colleague."),
        ("We wrote to oisin.ose and fyip.", "We wrote to a colleague and a colleague."),
        ("The Stone/ernest.page plan.", "The colleague/a colleague plan."),
        ("Hand ditto.", "A colleague ditto."),
        ("Guy out until Thursday.", "A colleague out until Thursday."),
        ("Hand pp Obi", "A colleague pp a colleague"),
        ("And RS?", "And a colleague?"),
        ("Chair: RS  Notes: MO", "Chair: A colleague  Notes: A colleague"),
        ("Then we asked GCC and the BDC.", "Then we asked the partner organisation and the partner organisation."),
        ("van der Zee, then Mr van der Zee", "someone, then someone"),
        ("Mail martin [at] mill [dot] org. the rest is fine.", "Mail an e-mail address. the rest is fine."),
        ("So said it. We asked He about it.", "A colleague said it. We asked a colleague about it."),
    ],
)
def test_stands_generalised(written: str, printed: str) -> None:
    assert str(deidentify(written, ROSTER).text) == printed


@pytest.mark.parametrize(
    "text",
    [
        "He is a cook. So we agreed. i think he is right, so no.",
        "HE IS THERE, SO WE AGREED.",
        "Best wishes\nto all",
        "best wishes\nto all",
        "PRESENT: AN E-MAIL ADDRESS",
        "I, for one, agree.",
    ],
)
def test_words_stay(text: str) -> None:
    result = deidentify(text, ROSTER)
    assert (result.removed, result.open) == ((), ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hi CT - just a quick one.", ["CT"]),
        ("Thanks to CT for it. Then CT and I left.", ["CT", "CT"]),
        ("We saw Harkin, D. there.", ["Harkin, D"]),
        ("Present: MP, CT, Obi", ["CT"]),
        ("Marsh not in today.", ["Marsh"]),
        ("Someone from Thornlea rang.", ["Thornlea"]),
    ],
)
def test_is_put_to_a_human(text: str, found: list[str]) -> None:
    assert [finding.words for finding in deidentify(text, ROSTER).open] == found
