"""Notes and chats typed in a hurry: who is called, asked or chased there, whose letters stand beside whose, and what
somebody is called by with their surname behind it."""

import pytest

from reports.anonymity import Organisation, Person, Roster, deidentify

ROSTER = Roster(
    people=(
        Person("Jiaying Ho", other_names=("Ying",)),
        Person("Hope Marling"),
        Person("Corin Larch"),
        Person("Vera Nock"),
        Person("Piers Marten"),
        Person("June Barr"),
        Person("Ines van Dorn"),
        Person("Major Edgar Quill-Ross"),
        Person("Una Lark"),
        Person("Penn Lark"),
        Person("Ivo Lark"),
        Person("Basil Thorne"),
        Person("Clem Marsh"),
        Person("Olga Svensson"),
        Person("Rhys ap Hywel"),
        Person("Paula Rigg"),
        Person("Ada Early"),
    ),
    organisations=(Organisation("Tarn Side Ferries"),),
)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        (
            "Two are wanted, as YH said. Then yingho wrote.",
            "Two are wanted, as a colleague said. Then a colleague wrote.",
        ),
        ("we want a clip w larch at ten", "we want a clip w a colleague at ten"),
        ("We want a clip w larch at ten.", "We want a clip w a colleague at ten."),
        ("hope love, come at nine", "a colleague love, come at nine"),
        ("three items. nock/larch thing is over", "three items. a colleague/a colleague thing is over"),
        ("it said: late. larch cross.", "it said: late. a colleague cross."),
        ("Larch cross.", "A colleague cross."),
        ("the key is off jb", "the key is off a colleague"),
        ("we are chasing vn. it is late", "we are chasing a colleague. it is late"),
        ("she knows. v.\nthen we left", "she knows. a colleague.\nthen we left"),
        ("night. v x\nthen we left", "night. a colleague x\nthen we left"),
        ("we saw mister larch there", "we saw a colleague there"),
        ("The Larks (U and I) came.", "The colleagues (a colleague and a colleague) came."),
        ("the two larks, u. and penn, came", "the two someone, a colleague and a colleague, came"),
        ("rh ap h: the boat is late", "a colleague a colleague: the boat is late"),
        ("We asked EQR and Major Quill-Ross.", "We asked a colleague and a colleague."),
        ("so it was: pm, mrs svensson", "so it was: someone, a colleague"),
    ],
)
def test_is_removed_or_stands_generalised(written: str, printed: str) -> None:
    assert str(deidentify(written, ROSTER).text) == printed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("it is late. ask v. then we left", ["v"]),
        ("friday list, to cm by noon", ["cm"]),
        ("it is late. pm doing the rest", ["pm"]),
        ("it is late, pm doing the rest", ["pm"]),
        ("it is late. vd - she asked for it", ["vd"]),
        ("she asked that june lead the review", ["june"]),
        ("vn 39, svensson 41, lark 30.", ["lark"]),
        ("cl + pm thursday", ["pm"]),
        ("so that is it, love V\nthen we left", ["V"]),
        ("she says let june sit by her", ["june"]),
        ("staffing: early off sick", ["early"]),
        ("it is late, v parks the van", ["v"]),
        ('they call it the "marsh round" now', ["marsh"]),
        ('They call it the "Marsh round" now.', ["Marsh"]),
        ("van keys - pr", ["pr"]),
        ("tue cl, thu pr", ["cl", "pr"]),
        ("It is late. PM byline or VN?", ["PM"]),
    ],
)
def test_is_put_to_a_human(text: str, found: list[str]) -> None:
    assert [finding.words for finding in deidentify(text, ROSTER).open] == found


@pytest.mark.parametrize(
    "text",
    [
        "we came w love and a lot of hope",
        'it was a "hope gap" and no "pr stunt"',
        "it will cross. may love come",
        "she asked that price and hope matter",
        "we saw two larks, a dog and a cow",
        "she let hope in, early off the mark; of options u, v is better",
        "Someone from Thornlea rang.",
        "the lark and i came at 9 pm by boat",
        "it is a major price, and a general one",
    ],
)
def test_nothing_of_it_is_removed(text: str) -> None:
    assert deidentify(text, ROSTER).removed == ()


@pytest.mark.parametrize("written", ["Deacon said no.", "Ask Admiral.", "the key is with brigadier", "Mister agreed."])
def test_a_title_that_somebody_is_called_is_no_title(written: str) -> None:
    called = ("Deacon Pyle", "Admiral Osei Tan", "Brigadier Holt", "Mister Okoro")
    assert "colleague" in str(deidentify(written, Roster(people=tuple(map(Person, called)))).text)
