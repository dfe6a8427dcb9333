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
        Person("Piet van der Berg"),
        Person("Thi Pham"),
        Person("Chief Inspector Fraser Dunbar"),
        Person("Orla McCourt"),
        Person("Basil Thorne"),
        Person("Poppy Chambers"),
        Person("Patience Dove"),
        Person("Saga Lind"),
        Person("Henry Will"),
        Person("Dina von Essen"),
        Person("Ines Sorel"),
    ),
    organisations=(
        Organisation("Gaelscoil Chnoc na Coille", aliases=("An Ghaelscoil",)),
        Organisation("Brindle Dairy Co-operative"),
        Organisation("Cotter Lane Housing Association"),
        Organisation("St Ruan's Hospital", aliases=("St Ruan's",)),
        Organisation("Brook Junction Signalling Centre", aliases=("Brook Junction",)),
        Organisation("Sparrow Pharmacy Group", aliases=("Sparrow",)),
        Organisation("Harrow Vale NHS Trust", aliases=("the Trust",)),
    ),
)
SWEDISH = Roster(
    people=(Person("Håkan Modig"), Person("Per Skog"), Person("Ulf Lång")),
    organisations=(Organisation("Skogs Lantbruk"), Organisation("Hällby kommun", aliases=("kommunen",))),
    language="sv",
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
        ("then bob s. came", "then a colleague. came"),
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
        ("Chair: FY  Notes: MO", "Chair: A colleague  Notes: A colleague"),
        ("then we asked gcc and the bdc.", "then we asked the partner organisation and the partner organisation."),
        ("van der Zee, then Mr van der Zee", "someone, then someone"),
        ("Mail martin [at] mill [dot] org. the rest is fine.", "Mail an e-mail address. the rest is fine."),
        ("Then Mr van den Berg asked.", "Then a colleague asked."),
        ("Then Ms Pham ruled that this is so.", "Then a colleague ruled that this is so."),
        ("F.D.: the sign", "A colleague: the sign"),
        ("Actions - OMcC: rota", "Actions - a colleague: rota"),
        ("basil throne gets his answer", "a colleague gets his answer"),
        ("of which chambers has four", "of which a colleague has four"),
        ("B.D.C. will pay. Then B. Will came.", "The partner organisation will pay. Then a colleague came."),
        ("It was D-v-o-n-E-s-s-e-n who came.", "It was a colleague who came."),
        ("It was D.v.o.n.E.s.s.e.n who came.", "It was a colleague who came."),
        ("The wind was 17 m/s. Orla came.", "The wind was 17 m/s. A colleague came."),
        (
            "We met Cotter Lane HA. Cotter Lane has it.",
            "We met the partner organisation. The partner organisation has it.",
        ),
        ("Then we saw Saint Ruan's.", "Then we saw the partner organisation."),
        ("Then An Ghaelscoil has paint.", "Then the partner organisation has paint."),
        ("Then Brook Jn has the kit.", "Then the partner organisation has the kit."),
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
        "The poppies are up. It was a good chief.",
    ],
)
def test_words_stay(text: str) -> None:
    result = deidentify(text, ROSTER)
    assert (result.removed, result.open) == ((), ())


def test_a_heading_that_the_roster_has_word_for_word_is_removed() -> None:
    assert deidentify("It was late.\n\nSparrow. We met it.", ROSTER).open == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hi CT - just a quick one.", ["CT"]),
        ("Thanks to CT for it. Then CT and I left.", ["CT", "CT"]),
        ("We saw Harkin, D. there.", ["Harkin, D"]),
        ("Present: MP, CT, Obi", ["CT"]),
        ("Marsh not in today.", ["Marsh"]),
        ("Someone from Thornlea rang.", ["Thornlea"]),
        ("We talked to the V&A. The Q&A was late.", ["V&A"]),
        ("We met at Gannet on Tuesday.", ["Gannet"]),
        ("He threw it at Precious, who is nine.", ["Precious"]),
        ("We saw Saga Bell there.", ["Bell"]),
        ("That is twice what sparrow pays. Then the trust said no.", ["sparrow", "the trust"]),
        ("you need a lot of\npatience to push it", ["patience"]),
    ],
)
def test_is_put_to_a_human(text: str, found: list[str]) -> None:
    assert [finding.words for finding in deidentify(text, ROSTER).open] == found


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Håkan var först.", "En kollega var först."),
        ("Skogs traktor kom. Långs killar kom.", "En kollegas traktor kom. En kollegas killar kom."),
        ("Hon sade att kommunen måste bli bättre.", "Hon sade att organisationen måste bli bättre."),
    ],
)
def test_swedish(written: str, printed: str) -> None:
    assert str(deidentify(written, SWEDISH).text) == printed
