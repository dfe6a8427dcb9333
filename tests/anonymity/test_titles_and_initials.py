"""Job titles that one person holds, and initials: each clue once, and what only looks like one."""

import pytest

from reports.anonymity import Organisation, Person, Roster, deidentify
from reports.anonymity.findings import ROLE_OF_FEW

ROSTER = Roster(
    people=(
        Person("Ravi Ek", title="Treasurer"),
        Person("Thora Venn", title="chair"),
        Person("Gil Lund", title="practice manager"),
        Person("Una Moss", title="SEDO"),
        Person("Ida Sund", title="nurse"),
        Person("Siri Dahl", title="nurse"),
        Person("Tadhg de Brún", title="secretary"),
        Person("Aoife McArdle"),
        Person("Dara O'Dowd"),
        Person("Ines Sorel"),
    )
)
SWEDISH = Roster(
    people=(
        Person("Siri Dahl", title="regiondirektör"),
        Person("Ulf Ek", title="MAS"),
        Person("Bo Sund", title="läkare"),
        Person("Mark Holm", title="Rektor, Alskolan"),
        Person("Gun Ahl", title="vd"),
    ),
    language="sv",
)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Then the treasurer paid.", "Then the colleague paid."),
        ("It was paid by our treasurer.", "It was paid by our colleague."),
        ("The Chair closed the meeting.", "The colleague closed the meeting."),
        ("Then the chair concluded.", "Then the colleague concluded."),
        ("Thank you, Chair.", "Thank you, a colleague."),
        ("Dr Venn (Chair) opened.", "A colleague (a colleague) opened."),
        ("Thora Venn, Chair\n", "A colleague, a colleague\n"),
        ("Ravi Ek is treasurer of the club.", "A colleague is a colleague of the club."),
        ("As treasurer he paid.", "As a colleague he paid."),
        ("Then the treasurer Ravi Ek paid.", "Then the colleague paid."),
        ("Treasurer reported that it was paid.", "A colleague reported that it was paid."),
        ("It is the treasurer's job.", "It is the colleague's job."),
        ("Then the SEDO paid.", "Then the colleague paid."),
        ("She is a practice manager.", "She is a colleague."),
        ("It has lost its practice manager.", "It has lost its colleague."),
    ],
)
def test_a_title_that_one_person_holds_is_removed(written: str, printed: str) -> None:
    result = deidentify(written, ROSTER)
    assert (str(result.text), result.open) == (printed, ())


@pytest.mark.parametrize(
    "text",
    [
        "Then every chair and each treasurer came.",
        "Then a treasurer came.",
        "Then treasurers and practice managers came.",
        "Then he sat in the chair.",
        "Then the vice-chair came.",
        "Then they chair the meeting.",
        "Then the nurse came.",
        "Then no practice manager came.",
        "Then two treasurers and three practice managers came.",
    ],
)
def test_a_title_of_many_or_a_thing_stays(text: str) -> None:
    result = deidentify(text, ROSTER)
    assert (result.removed, result.open) == ((), ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Then a practice manager came.", ["practice manager"]),
        ("Then the practice managers came.", ["practice managers"]),
        ("Then we moved the chair.", ["chair"]),
        ("Then the treasurer of another club came.", ["treasurer"]),
        ("Then I worked as treasurer.", ["treasurer"]),
    ],
)
def test_a_title_that_may_be_somebody_elses_is_put_to_a_human(text: str, found: list[str]) -> None:
    result = deidentify(text, ROSTER)
    assert (result.removed, [finding.words for finding in result.open]) == ((), found)


PHARMACISTS = [Person(f"Nobody {letter * 7}", title="Head of Renal Pharmacy") for letter in "bcdfghjklm"]


@pytest.mark.parametrize(
    "text", ["Then, as head of renal pharmacy, I left.", "The Head of Renal Pharmacy left.", "HEAD OF RENAL PHARMACY"]
)
def test_a_title_that_two_to_nine_hold_is_put_to_a_human(text: str) -> None:
    for people in (PHARMACISTS[:2], PHARMACISTS[:9]):
        result = deidentify(text, Roster(tuple(people)))
        assert (result.removed, [(f.type, f.why) for f in result.open]) == ((), [("TITLE", ROLE_OF_FEW)])
    assert all(finding.type != "TITLE" for finding in deidentify(text, Roster(tuple(PHARMACISTS))).open)


def test_a_title_of_few_before_a_name_goes_with_the_name() -> None:
    roster = Roster((Person("Ada Okafor", title="Councillor"), Person("Ida Sund", title="Councillor")))
    result = deidentify("Then Councillor Okafor left. Then the councillor left.", roster)
    assert str(result.text) == "Then a colleague left. Then the colleague left."
    assert [finding.words for finding in result.open] == ["councillor"]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Sedan kom regiondirektören.", "Sedan kom en kollega."),
        ("Siri är regiondirektör i öst.", "En kollega är en kollega i öst."),
        ("Ulf Ek är MAS i öst.", "En kollega är en kollega i öst."),
        ("Sedan kom en läkare.", "Sedan kom en läkare."),
        ("Regiondirektörens svar kom.", "En kollegas svar kom."),
        ("Sedan kom regiondirektörens svar.", "Sedan kom en kollegas svar."),
        ("Regiondirektör sa nej.", "En kollega sa nej."),
        ("Regionens regiondirektör sa nej.", "Regionens kollega sa nej."),
        ("Rektorn sa nej. Varje rektor kom.", "En kollega sa nej. Varje rektor kom."),
        ("Läkare behöver tid.", "Läkare behöver tid."),
        ("Vd:n visade siffror.", "En kollega visade siffror."),
        ("Sedan kom vd:ns svar.", "Sedan kom en kollegas svar."),
    ],
)
def test_swedish_titles(written: str, printed: str) -> None:
    assert str(deidentify(written, SWEDISH).text) == printed


@pytest.mark.parametrize("language", ["en", "sv"])
def test_a_swedish_sentence_in_whatever_set_says_whose_it_is(language: str) -> None:
    people = (Person("Mark Holm", title="rektor"), Person("Hope Adebayo"))
    written = "Marks svar var kort. Hopes kurs var det inte. Sedan kom rektorn."
    printed = str(deidentify(written, Roster(people, language=language)).text)
    assert [name for name in ("Mark", "Hope", "rektor") if name in printed] == []


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        (
            "Thora Venn (TV, from the club) came. TV left.",
            "A colleague (a colleague, from the club) came. A colleague left.",
        ),
        (  # whose they are holds for every paragraph that follows
            "Thora Venn (TV) came.\n\nThe rest is with TV.",
            "A colleague (a colleague) came.\n\nThe rest is with a colleague.",
        ),
        ("Action: TV", "Action: A colleague"),
        ("TV: the letter", "A colleague: the letter"),
        ("Then:\n- TV - the letter", "Then:\n- A colleague - the letter"),
        ("The letter, TV, 3 times.", "The letter, a colleague, 3 times."),
        ("The letter: GL and TV.", "The letter: A colleague and a colleague."),
        ("TV and Ravi: the letter", "A colleague and a colleague: the letter"),
        ("gl to write the letter", "a colleague to write the letter"),
        ("Then TdeB and A McA and D. O'D. came.", "Then a colleague and a colleague and a colleague came."),
    ],
)
def test_initials_are_removed_where_people_stand(written: str, printed: str) -> None:
    assert str(deidentify(written, ROSTER).text) == printed


@pytest.mark.parametrize("text", ["We watch TV at home.", "It is as it is.", "I'm Alma."])
def test_letters_that_are_something_else_are_not_removed(text: str) -> None:
    assert deidentify(text, ROSTER).removed == ()


def test_small_letters_that_may_be_initials_are_put_to_a_human() -> None:
    assert [finding.words for finding in deidentify("then we saw rv alone", Roster((Person("Ron Voss"),))).open] == [
        "rv"
    ]


@pytest.mark.parametrize("before", range(29, 43, 3))
def test_a_name_among_letters_without_end_is_found_wherever_they_are_cut(before: int) -> None:
    letters = "thisiswhatweheardyesterdayfromthoseofuswho"[:before] + "lindqvist" + "saiditagain"
    assert deidentify(" ".join(letters), Roster((Person("Anna Lindqvist"),))).removed


@pytest.mark.parametrize("text", ["Ask {} for the map.", "{} showed me how.", "It was {}'s map.", "Thanks to {}"])
@pytest.mark.parametrize("letters", ["G A", "A L", "O A", "I B"])
def test_a_blank_between_initials_hides_nobody_though_a_letter_is_a_word(text: str, letters: str) -> None:
    people = ("Gwendolyn Achterberg", "Anna Lind", "Oluwaseun Adeyemi", "Ines Brandt")
    for language in ("en", "sv"):
        roster = Roster(people=tuple(map(Person, people)), language=language)
        read = deidentify(text.format(letters), roster)
        assert [finding.words for finding in read.open] == [letters]
    assert deidentify("In group B a nurse asked. Plan A I know.", roster).open == ()


def test_the_last_of_letters_without_end_are_nobodys_initials() -> None:
    text = "A. " * 43
    assert str(deidentify(text, Roster((Person("Anna Ahl"),))).text) == text


SPELT = Roster(
    people=(
        Person("Wiel Jansen"),
        Person("Anna Lindqvist"),
        Person("Una Ek"),
        Person("Abe Cull", organisation="ABC Care"),
    ),
)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("It is W/i/e/l, they said.", "It is a colleague, they said."),
        ("It is W, i, e, l, they said.", "It is a colleague, they said."),
        ("It is w / i / e / l.", "It is a colleague."),
        ("It is W;i;e;l.", "It is a colleague."),
        ("It is W+I+E+L.", "It is a colleague."),
        ("It is W, i, e, l, a nurse.", "It is a colleague, a nurse."),
        ("It is W i e\nl, they said.", "It is a colleague, they said."),
        ("It is W-i-\ne-l.", "It is a colleague."),
        ("It is W, i,\ne, l.", "It is a colleague."),
        ("l\ni\nn\nd\nq\nv\ni\ns\nt", "a colleague"),
        ("A/n/n/a/L/i/n/d/q/v/i/s/t", "A colleague"),
    ],
)
def test_a_name_is_found_whatever_stands_between_its_letters(written: str, printed: str) -> None:
    result = deidentify(written, SPELT)
    assert (str(result.text), result.open) == (printed, ())


@pytest.mark.parametrize(
    "text",
    [
        "Rate it a/b/c, or a, b, c.",
        "I, a nurse, was there.",
        "Tables W, I and E, L were full.",
        "Options A, B, C, D, E/F and n/a, w/o, y/n.",
        "Then W/I-E.L came.",
        "U, V, W, X, Y, Z",
    ],
)
def test_a_list_of_letters_stays(text: str) -> None:
    result = deidentify(text, SPELT)
    assert (result.removed, result.open) == ((), ())


CALLED = Roster(people=(Person("Dr Arun Mukherjee"), Person("Siobhan-Louise Carey", other_names=("S-L",))))


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Dr M had to go. S-L cried.", "A colleague had to go. A colleague cried."),
        ("Ask Dr. M's secretary for S-L's list.", "Ask a colleague's secretary for a colleague's list."),
        ("Mr M. Smythe-Quoyle left.", None),
        ("Plan B, vitamin C, table M, a T-shirt, an A-Z guide, x-ray and s-l.", None),
    ],
)
def test_one_letter_behind_a_title_and_two_of_a_double_name_are_somebody(written: str, printed: str | None) -> None:
    result = deidentify(written, CALLED)
    if printed is None:
        assert result.removed == ()
    else:
        assert str(result.text) == printed


def test_an_hour_is_nobody_and_a_sentence_that_ends_in_a_title_gives_it_to_nobody() -> None:
    roster = Roster(people=(Person("Arun Mol", other_names=("AM",)), Person("Sian-Lou Ek", other_names=("SL",))))
    for text in ("Started 9.10 AM, late.", "Next time: 9 AM sharp."):
        assert deidentify(text, roster).removed == ()
    assert str(deidentify("She met the sister. SL left.", roster).text) == "She met the sister. A colleague left."
    assert str(deidentify("Then Dr. SL left, AM too.", roster).text) == "Then a colleague left, a colleague too."


@pytest.mark.parametrize(
    "written",
    ["Then the director of estates came.", "Then the estates director came.", "Then the Estates Director came."],
)
def test_a_title_is_found_the_other_way_round(written: str) -> None:
    roster = Roster(people=(Person("Ida Sund", title="Director of Estates"), Person("Ulf Ek", title="nurse")))
    assert str(deidentify(written, roster).text) == "Then the colleague came."


LETTERS = Roster(
    people=(Person("Nuala O'Dea-Hayes"), Person("Kees van den Berge"), Person("William Thorne")),
    organisations=(Organisation("Fenmoor GP Collective", aliases=("FMC",)),),
)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("F.M.C.'s plan", "The partner organisation's plan"),
        ("Then the F.G.P.C.'s plan", "Then the partner organisation's plan"),
        ("It was W.T.’s idea.", "It was a colleague’s idea."),
        ("Both W.T.s came.", "Both a colleague came."),
        ("N.O.H. came.", "A colleague came."),
        ("Then N. O'D. came.", "Then a colleague came."),
        ("Then N O'D came.", "Then a colleague came."),
        ("Ask n.odea about it.", "Ask a colleague about it."),
        ("Ask Kees vd Berge about it.", "Ask a colleague about it."),
        ("Wm Thorne came.", "A colleague came."),
    ],
)
def test_letters_with_dots_own_things_and_stand_for_each_part_of_a_name(written: str, printed: str) -> None:
    assert str(deidentify(written, LETTERS).text) == printed


def test_letters_that_nobody_on_the_roster_has_are_put_to_a_human_where_a_sentence_begins_too() -> None:
    assert [finding.words for finding in deidentify("K.L.W. came late.", LETTERS).open] == ["K.L.W"]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("V. and M. Tarrant rowed.", "A colleague and a colleague rowed."),
        ("V, A and M Tarrant rowed.", "A colleague, a colleague and a colleague rowed."),
        (
            "There are two Tarrants, V. and M., no kin.",
            "There are two colleagues, a colleague and a colleague, no kin.",
        ),
        ("The Tarrants (V & M) rowed.", "The colleagues (a colleague & a colleague) rowed."),
        ("v. and m. tarrant rowed.", "a colleague and a colleague rowed."),
        ("Owen Gethin Preece rowed.", "A colleague rowed."),  # who is Owain
        ("We tried V or M.", "We tried V or M."),
        ("The Tarrants: plan Z and plan Y.", "The colleagues: plan Z and plan Y."),
    ],
)
def test_a_surname_that_several_share_and_a_given_name_misheard(written: str, printed: str) -> None:
    roster = Roster(
        (Person("Vernon Tarrant"), Person("Maisie Tarrant"), Person("Adil Tarrant"), Person("Owain Gethin Preece"))
    )
    assert str(deidentify(written, roster).text) == printed


def test_a_misheard_surname_is_found_whatever_was_read_before() -> None:
    """In small letters "petra march on" is somebody and a word, which is remembered: not of the name with capitals."""
    roster = Roster((Person("Petra Marsh"),))
    texts = ("petra march on", "THEN PETRA MARCH ON", "Then Petra March came.")
    printed = ("a colleague march on", "THEN A COLLEAGUE MARCH ON", "Then a colleague came.")
    assert tuple(str(deidentify(text, roster).text) for text in texts) == printed
    assert tuple(str(deidentify(text, roster).text) for text in reversed(texts)) == printed[::-1]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was late. Tendai, his aunt, drove us.", ["Tendai"]),
        ("Ruth: Idwal, one of our porters, has a van.", ["Idwal"]),
        ("It rained, and her cousin Ebb drove.", ["Ebb"]),
        ("There is only one, Nino.", ["Nino"]),  # in capitals it abbreviates a number
        ("It was late. Sadly, their van broke, and so on.", []),
    ],
)
def test_whose_somebody_is_tells_a_name_where_a_sentence_begins(text: str, found: list[str]) -> None:
    assert [finding.words for finding in deidentify(text, Roster((Person("Ruth Sallow"),))).open] == found


def test_letters_that_abbreviate_begin_an_item_beside_somebodys_and_a_given_name_is_of_a_body() -> None:
    roster = Roster((Person("Ilse Vesterby"), Person("Runa Feld"), Person("Poppy Ransome")))
    result = deidentify("Jobs. RF dress the set. IV paint it.", roster)
    assert [finding.words for finding in result.open] == ["IV"]
    assert deidentify("It was good. IV paint it.", roster).open == ()
    assert "Poppy" not in str(deidentify("It was late. Poppy of Marsh Players has it.", roster).text)
    assert "Poppy" in str(deidentify("It was late. Poppy of the fen is rare.", roster).text)


SIGNING = Roster(
    people=(
        Person("Rob Sharp"),
        Person("Dafydd Llewelyn-Jones"),
        Person("Henk ten Brink"),
        Person("Séamus Mac Giolla Phádraig"),
    )
)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Regards,\nH. ten B.", "Regards,\na colleague."),
        ("S. Mac G. P. still has the stub.", "A colleague still has the stub."),
        ("Thanks, D. Ll-J. wrote this.", "Thanks, a colleague wrote this."),
        ("Then Bro. Sharp spoke.", "Then Bro. a colleague spoke."),
        ("Sgt. Sharp spoke.", "A colleague spoke."),
    ],
)
def test_initials_with_a_particle_or_two_letters_for_a_sound_and_titles_with_a_stop(written: str, printed: str) -> None:
    assert str(deidentify(written, SIGNING).text) == printed


def test_letters_of_nobody_with_a_particle_are_not_removed() -> None:
    for text in ("My bro. Sharp tools cut.", "Vitamin A van B; H in ten B.", "We saw S. Mac G. H. there."):
        assert deidentify(text, SIGNING).removed == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We asked Mrs Pask.", "Mrs Pask"),  # Swedish for Easter
        ("Then Mr May spoke.", "Mr May"),
        ("Miss England came late.", "Miss England"),
        ("It was L. van 't Hof who rang.", "L. van 't Hof"),
        ("It was Ms van 't Hof who rang.", "Ms van 't Hof"),
    ],
)
def test_whoever_is_styled_like_a_person_is_put_to_a_human_whole(text: str, found: str) -> None:
    result = deidentify(text, SIGNING)
    assert [text[one.start : one.end] for one in result.open] == [found]


@pytest.mark.parametrize("written", ["K-d-e-l-a-T-o-r-r-e", "S.d.e.l.a.T.o.r.r.e"])
def test_letters_that_spell_a_name_out_are_not_cut_where_its_initials_would_end(written: str) -> None:
    roster = Roster((Person("Kim de la Torre"), Person("Saga de la Torre")))
    printed = str(deidentify(f"It was {written} who raised it.", roster).text)
    assert printed == "It was a colleague who raised it."
