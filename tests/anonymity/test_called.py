"""What people and organisations are called by those who know them: pet names, letters, mishearings, short forms.

None of these names is in any list of the engine's own; each case shows one habit.
"""

import pytest

from reports.anonymity import Organisation, Person, Roster, deidentify

ROSTER = Roster(
    people=(
        Person("Priyanka Rook"),
        Person("Benedikta Ahlström"),
        Person("Angel Orrell"),
        Person("Tova Prakashani-Lund"),
        Person("Joanna Pitt-Lewis"),
        Person("Nathaniel Wood-Price"),
        Person("Bríd Wynne"),
        Person("Mohammed Aziz"),
        Person("Ian Tully", other_names=("IT",)),
        Person("Faith Marlow"),
        Person("Angus Black"),
        Person("Samina Khatun"),
        Person("Douglas Wyatt"),
        Person("Vilma Hallström"),
        Person("Britt-Lis Elfving"),
        Person("Kezia Downe"),
        Person("Rowena Aske"),
        Person("Clara Tidd"),
        Person("Denzil Mott"),
        Person("Ivo Stone"),
        Person("Maud Marsh"),
    ),
    organisations=(
        Organisation("Glenorrin Health and Social Care Partnership"),
        Organisation("Cradle Song Doulas"),
        Organisation("Marsh Consulting AB"),
        Organisation("Linden Road Surgery"),
        Organisation("Castle Ridge GP Federation"),
        Organisation("Clannad Day Services CLG"),
        Organisation("Meddygfa'r Bont"),
        Organisation("Sjöviks sjukhus"),
        Organisation("Harlow Fen Walking for Everyone"),
        Organisation("Estonian Institute for Peat Research"),
        Organisation("Skelby and Thorne Cricket Club"),
        Organisation("Mosslands Primary Care Network"),
        Organisation("Wharfside Community Federation"),
        Organisation("Glenvale Brass Ensemble"),
    ),
)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("We asked Pri and Rooky.", "We asked a colleague and a colleague."),
        ("We asked Benny about it.", "We asked a colleague about it."),
        ("On the drive, Angle found it.", "On the drive, a colleague found it."),
        ("We asked Sammy, then Mo.", "We asked a colleague, then a colleague."),
        ("Then P-L swears it was late.", "Then a colleague swears it was late."),
        (
            "[12/11, 07:20] Mo: Fair\n[12/11, 07:26] Jo PL: No.",
            "[12/11, 07:20] a colleague: Fair\n[12/11, 07:26] a colleague: No.",
        ),
        ("Then N W-P's notes came.", "Then a colleague's notes came."),
        ("He said to her, a Bhríd, find it.", "He said to her, a colleague, find it."),
        ("Required: Black A, Aziz M.", "Required: A colleague, a colleague."),
        ("Then Brid Wynn asked.", "Then a colleague asked."),
        ("In the circle. Faith holding the space.", "In the circle. A colleague holding the space."),
        ("It was late. Faith not sure.", "It was late. A colleague not sure."),
        ("Then the Glenorrin H&SCP box.", "Then the partner organisation box."),
        ("Cradlesong offered it.", "The partner organisation offered it."),
        ("Upstairs at Linden Rd Surgery.", "Upstairs at the partner organisation."),
        ("It was a temp. Castle Ridge has to go.", "It was a temp. The partner organisation has to go."),
        ("Then Clannad Days had it.", "Then the partner organisation had it."),
        ("We saw the Sjoviks hospital there.", "We saw the partner organisation there."),
        ("He said that Meddygfa'r Bont has steps.", "He said that the partner organisation has steps."),
        ("Then Dougie asked.", "Then a colleague asked."),
        (
            "That's fine. Sam's was late, and Cla's was not.",
            "That's fine. A colleague's was late, and a colleague's was not.",
        ),
        ("It was late.\n\nDen\n\n---", "It was late.\n\nA colleague\n\n---"),
        ("They wrote Halstrom, then Hall-ström.", "They wrote a colleague, then a colleague."),
        ("They wrote Hallstrem and Mrs Doun.", "They wrote a colleague and a colleague."),
        ("Then Britt-Lisa came.", "Then a colleague came."),
        ("We saw Ro there, then asked Ke.", "We saw a colleague there, then asked a colleague."),
        ("It is so. Ro, who is the nurse, left.", "It is so. A colleague, who is the nurse, left."),
        ("The Harlow Fen Walking Club came.", "The partner organisation came."),
        ("We saw the Estonian Institute there.", "We saw the partner organisation there."),
        ("Hire by Skelby & Thorne C.C., then home.", "Hire by the partner organisation, then home."),
        ("Data of Mossland PCN came.", "Data of the partner organisation came."),
        ("Someone at Wharfside Community Fed said so.", "Someone at the partner organisation said so."),
        ("Then Benie and Samie came.", "Then a colleague and a colleague came."),
        ("We met at the Glenorrin partnership.", "We met at the partner organisation."),
        ("A paper of the Brass Ensemble came.", "A paper of the partner organisation came."),
        ("He wrote to Glen Vale Brass then.", "He wrote to the partner organisation then."),
        ("She may take away Faiths drawing.", "She may take away a colleague's drawing."),
    ],
)
def test_is_removed(written: str, printed: str) -> None:
    assert str(deidentify(written, ROSTER).text) == printed


@pytest.mark.parametrize(
    "text",
    [
        "Then some of it is just bad IT since the system went.",
        "Under A.O.B. it was late.",
        "Then i would miss precious family time.",
        "Good funding came.",
        "The sum of it was the angle of the road, and the black a was small.",
        "Here, den and ro are small, RO is no name, and Li Wei is somebody else.",
        "The Estonian Institute for Water came.",
        "The moss lands were green, and the fed came.",
    ],
)
def test_words_stay(text: str) -> None:
    assert deidentify(f"Ian Tully (IT) came. {text}", ROSTER).removed[2:] == ()


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("I'm not cross now.\n\nM.\n\nSent: Monday", "I'm not cross now.\n\nA colleague.\n\nSent: Monday"),
        ("I was frozen.\n\nF\n\n---\nSent: Monday", "I was frozen.\n\nA colleague\n\n---\nSent: Monday"),
        ("It was late.\nAB", "It was late.\nA colleague"),
        ("See you there.\n\nAngus\nAB", "See you there.\n\nA colleague\na colleague"),
        ("AB", "A colleague"),
        ("It was a joy.\nAB, for the committee", "It was a joy.\nA colleague, for the committee"),
        ("Keep the questions coming. x AB\n", "Keep the questions coming. x a colleague\n"),
        ("Could you and Preeyanka come?", "Could you and a colleague come?"),
        ("then angus blak came", "then a colleague came"),
    ],
)
def test_who_signs_and_how_a_name_sounds(written: str, printed: str) -> None:
    assert str(deidentify(written, ROSTER).text) == printed


def test_a_letter_that_begins_a_list_signs_nothing() -> None:
    for text in ("We did this:\n\nm) go\n\nn) stay", "Plan A\n\nIt was late, and B came.", "So:\n\nA\n\nGo", "I\n\nGo"):
        assert deidentify(text, ROSTER).removed == ()


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("It was late. IT to chase it.", "It was late. A colleague to chase it."),
        ("The slides. ACTION IT", "The slides. ACTION a colleague"),
        ("RA and IS to write the bid.", "A colleague and a colleague to write the bid."),
        ("Both of Maud, Marsh Consulting, came.", "Both of a colleague, the partner organisation, came."),
        ("Then Jo: Faith send me the list.", "Then a colleague: A colleague send me the list."),
        ("See you there. Night all. M x", "See you there. Night all. A colleague x"),
        ("We rang DI Black about it.", "We rang a colleague about it."),
        ("then i saw cradle song doula there", "then i saw the partner organisation there"),
    ],
)
def test_in_minutes_and_messages(written: str, printed: str) -> None:
    assert str(deidentify(f"Ian Tully (IT) came.\n{written}", ROSTER).text).partition("\n")[2] == printed


def test_initials_that_were_told_are_put_to_a_human_where_they_may_abbreviate() -> None:
    roster = Roster(people=(Person("Ian Tully"),))
    found = deidentify("Ian Tully (IT) came. It was late. Then we asked for more of the IT extract.", roster)
    assert [finding.words for finding in found.open] == ["IT"]


def test_a_name_that_the_roster_has_in_capitals_is_found_in_small_letters_too() -> None:
    roster = Roster(people=(Person("Edward Lund", other_names=("ED",)), Person("Tova Ek", other_names=("JO", "MAY"))))
    assert str(deidentify("We asked Ed, then Jo, then May.", roster).text) == (
        "We asked a colleague, then a colleague, then a colleague."
    )


CALLED = Roster(
    people=(
        Person("Hugh Fenner-Pyke"),
        Person("Anne-Marie Kell"),
        Person("Catrin ap Rhys"),
        Person("Vida St John"),
        Person("Priyanka Raghavan"),
        Person("Dawn Fletcher"),
        Person("Hope Latimer"),
        Person("Fiona Brook"),
        Person("Tadhg Ó Síoda"),
        Person("Mohammed Rahman"),
        Person("Edda Lowe"),
        Person("Will Quill"),
        Person("May Priestley"),
        Person("Joy Fenn"),
        Person("Siân Tregear"),
        Person("Gemma Wardle"),
    ),
    organisations=(
        Organisation("Tarnside GP Federation"),
        Organisation("Cennen County Council"),
        Organisation("Queens Lane Surgery"),
        Organisation("Region Tärnsjö"),
        Organisation("Beacon Digital"),
        Organisation("Brightwater"),
        Organisation("Gaelscoil Chnoc na Coille"),
        Organisation("Ashlar Ward, Pellbrook General Hospital"),
        Organisation("Lowther Dairy Co-operative"),
        Organisation("Rivers & Stone Development LLC"),
        Organisation("Tofts Rehabilitation Unit"),
        Organisation("Wolds and Humber Integrated Care Board"),
    ),
)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("We heard from HF-P today.", "We heard from a colleague today."),
        ("HF-P's view; then H.F-P. left.", "A colleague's view; then a colleague left."),
        ("then we asked hf-p", "then we asked a colleague"),
        ("Then A-MK rang.", "Then a colleague rang."),
        ("We met at Tarn-side.", "We met at the partner organisation."),
        ("Tarn-side was open.", "The partner organisation was open."),
        ("The Tarn-side-wide plan.", "The organisation-wide plan."),
        ("We asked Catrin ap R.", "We asked a colleague."),
        ("then catrin ap r said so", "then a colleague said so"),
        ("Then Ap R said so.", "Then a colleague said so."),
        ("Then V. St J. said so.", "Then a colleague said so."),
        ("It was Tadhg Ó S's view.", "It was a colleague's view."),
        ("Then M.R. 2 came.", "Then a colleague 2 came."),
        ("We give E.L. a ring.", "We give a colleague a ring."),
        ("Then M.R.'d said so.", "Then a colleague.'d said so."),
        ("Who: Mr Lowe; when: soon", "Who: A colleague; when: soon"),
        ("Hope 10:02\nYes.", "A colleague 10:02\nYes."),
        ("10:02 el: yes", "10:02 a colleague: yes"),
        ("Regards,\nFi\n", "Regards,\na colleague\n"),
        ("We rang Queen's Lane.", "We rang the partner organisation."),
        ("give dawn a ring", "give a colleague a ring"),
        ("so it goes, will loves a hat", "so it goes, a colleague loves a hat"),
        ("it is so\nmay said you can't", "it is so\na colleague said you can't"),
        ("Right, thanks everyone. Quill out.", "Right, thanks everyone. A colleague out."),
        ("Thanks all, Gemmax", "Thanks all, a colleague"),
        ("FW: Hope re rota", "FW: A colleague re rota"),
        ("Hope double checked those.", "A colleague double checked those."),
        ("big thanks to gem for it", "big thanks to a colleague for it"),
        ("Would the Lowther Dairy Co-op do it?", "Would the partner organisation do it?"),
        ("Then Rivers and Stone Development came.", "Then the partner organisation came."),
        ("We went to the Tofts unit.", "We went to the partner organisation."),
        ("it was wolds and humber icb", "it was the partner organisation"),
        ("My number is 555-0148.", "My number is a phone number."),
        ("We left Cnoc na Coille.", "We left the partner organisation."),
        ("Ashlar Ward rang. We rang Pellbrook.", "The partner organisation rang. We rang the partner organisation."),
    ],
)
def test_initials_halves_and_particles(written: str, printed: str) -> None:
    result = deidentify(written, CALLED)
    assert (str(result.text), result.open) == (printed, ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was PR's idea, and PR’s note. PR work and our PR's tone.", ["PR", "PR"]),
        ("We met it in RT. Then it was late.", ["RT"]),
        ("The county's plan is late. I rang from the county.", ["county", "county"]),
        ("Then the county council said no.", ["county"]),
        ("Hi dawn, can you come? Then we told dawn yesterday.", ["dawn", "dawn"]),
        ("At the close dawn said so. We gave dawn the keys.", ["dawn", "dawn"]),
        ("The rota is with dawn until noon. It is dawn's turn.", ["dawn", "dawn"]),
        ("So dawn, what now? Then “yes,” said dawn.", ["dawn", "dawn"]),
        ("1. Fi to write\n2. Me too", ["Fi"]),
        ("[E L]", ["E L"]),
        ("Bright-water was open.", ["Bright-water"]),
        ("it was paid by bright water", ["bright water"]),
        ("we met and it was late.\n\nh\n\nthen we left", ["h"]),
        ("It was late. Beacon will pay.", ["Beacon"]),
        ("We hear may thinks it is late.", ["may"]),
        ("they asked how hope and her team do it", ["hope"]),
        ("okay, did joy come back?", ["joy"]),
        ("It was late. Priestly, you said so.", ["Priestly"]),
        ("I'll invite joys team to it.", ["joys"]),
        ("is that a hazard hope\nnobody knows", ["hope"]),
        ("It was late. SECAmb came.", ["SECAmb"]),
        ("Hope is not a plan. Hope was in the air.", ["Hope", "Hope"]),
        ("Back in Selby I will ask.", ["Selby"]),
        ("Esteban Quiroga in HR said no.", ["Esteban Quiroga"]),
        ("He came from Sta. Eulalia to us.", ["Eulalia"]),
    ],
)
def test_what_only_its_place_makes_a_name_is_put_to_a_human(text: str, found: list[str]) -> None:
    result = deidentify(text, CALLED)
    assert ([finding.words for finding in result.open], result.removed) == (found, ())


def test_initials_that_a_label_told_are_put_to_a_human_where_they_may_abbreviate() -> None:
    text = "ST: as above.\nThe time, roughly: ST 38 min."
    assert [finding.words for finding in deidentify(text, CALLED).open] == ["ST"]


@pytest.mark.parametrize(
    "text",
    [
        "From dawn to dusk it rained, and before dawn the ward was quiet. At dawn’s first light we left.",
        "In the county and across the county it rained. The county is large. The county town was full.",
        "It was a one-stop shop. Re-opening is late. It is the mark of hope.",
        "When is it? June. Maybe July. In the end we say the BMA will put in 555-014 boxes.",
        "The PR team. It is a PR's job. AI-led and e-mail; X-ray 2 x a day.",
    ],
)
def test_where_its_place_makes_a_word_of_it_it_stays(text: str) -> None:
    result = deidentify(text, CALLED)
    assert (result.removed, result.open) == ((), ())


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Sedan kom Lyktans schema. Lyktan betalar.", "Sedan kom organisationens schema. Organisationen betalar."),
        ("Sedan ringde vi på Älvsby VC.", "Sedan ringde vi på organisationen."),
        ("sedan ringde vi björk", "sedan ringde vi en kollega"),
        ("Mvh LÅB", "Mvh en kollega"),
        ("det sa låb", "det sa en kollega"),
    ],
)
def test_swedish_short_forms(written: str, printed: str) -> None:
    organisations = (Organisation("Hälsohuset Lyktan"), Organisation("Älvsby vårdcentral"))
    roster = Roster((Person("Lars-Åke Björk"),), organisations, language="sv")
    assert str(deidentify(written, roster).text) == printed


def test_initials_before_a_hyphen_go_whole_whatever_their_letters_mean_without_it() -> None:
    """EOL is the end of a life, where health care is bought; "E O-L" is nobody but her."""
    roster = Roster((Person("Ebba Oak-Lund"),), ())
    written = "Then E O-L rang, and E. O-L left. E.O-L agreed. A long road lies ahead."
    printed = "Then a colleague rang, and a colleague left. A colleague agreed. A long road lies ahead."
    assert str(deidentify(written, roster).text) == printed
