"""Names as minutes, threads and chats have them: signs read aloud, odd initials, who is asked, how one is spelt."""

import pytest

from reports.anonymity import Organisation, Person, Roster, deidentify

ROSTER = Roster(
    people=(
        Person("Daniela Marks-Rowe"),
        Person("Rhiannon ap Siôn"),
        Person("Jan van der Berg"),
        Person("Inge de Groot"),
        Person("Sister Concepta Daly"),
        Person("Hope Ellery"),
        Person("Will Ash"),
        Person("Dick Wood"),
        Person("Pam Moss"),
        Person("Lou Skelly"),
        Person("Ana Nyberg"),
        Person("Thandiwe Pool"),
        Person("Fay Olu da Ruiz"),
        Person("Joy Field", title="harbour master"),
        Person("Małgorzata Lis"),
        Person("Gus Parr", other_names=("GP", "ÅL")),
        Person("Zelda Stack", other_names=("Z",)),
        Person("Oona Ní Dhuibhir"),
        Person("Rex Tate", title="chair"),
        Person("Mina Sand"),
        Person("Piet van der Laan", other_names=("Vansson",)),
        Person("Jens Ånger"),
    ),
    organisations=(Organisation("Tarn Bay Ferries", ("TBF",)),),
)


def _removed(written: str) -> list[str]:
    return [written[span.start : span.end] for span in deidentify(written, ROSTER).removed]


@pytest.mark.parametrize(
    ("written", "gone"),
    [
        ("Is it Marks hyphen Rowe, for the minutes?", "Marks hyphen Rowe"),
        ("Rh ap S: hello", "Rh ap S"),
        ("We asked Rh. ap Siôn about it.", "Rh. ap Siôn"),
        ("Then Th Pool came too.", "Th Pool"),
        ("~ Fay OdR: I'm in", "Fay OdR"),
        ("It's late. dG - she wants it.", "dG"),
        ("SCD: tea for everyone", "SCD"),
        ("R Wood has a key. r wood has a key.", "r wood"),
        ("It is done.\n>\n> L.\n\n>> On Monday you wrote", "L"),
        ("Morning. Hope which one is it?", "Hope"),
        ("It's late. Hope for TBF is on at nine.", "Hope"),
        ("thank you all. thank you will, we are done", "will"),
        ("now mr w had it and cllr s struck it", "cllr s"),
        ("thank you hope ji, come in", "hope ji"),
        ("We asked Gosia about it.", "Gosia"),
        ("[12/03/24, 19:03] Z: come at two", "Z"),
        ("[12/03/24, 19:03] L: come at two", "L"),
        ("Then we asked Z about the hall.", "Z"),
        ("o ni d said we'd take it on", "o ni d"),
        ("- LS+PM: the hall", "PM"),
        ("PM -> LS to raise it", "PM"),
        ("No hiding at the back. Stack that's you.", "Stack"),
        ("no hiding. stack thats you", "stack"),
        ("The mug is hers. She knows. L.\nPS it is washed", "L"),
        ("It was ‘J. van der Berg’ who asked.", "J. van der Berg"),
        ("It is 'D Wood' on the door.", "D Wood"),
        ("Then <b>Piet van der Laan</b> came.", "Piet van der Laan"),
    ],
)
def test_is_removed(written: str, gone: str) -> None:
    assert gone in _removed(written)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("We need it.\n\nPM\n\nBye for now", "PM"),
        ("Then LS PM JvdB meet on Monday.", "PM"),
        ("then -> ls pm jvdb to meet on monday", "pm"),
        ("hope which one is it?", "hope"),
        ("it was hope and she said no", "hope"),
        ("It's late. Moss for TBF: it's the ferry.", "Moss"),
        ("It's late. Field v. happy with it.", "Field"),
        ("Nobody told us. HM fine with that.", "HM"),
        ("to pay an's fare", "an"),
        ("jb + an crates back on weds", "an"),
        ("actions\nfor will take the record", "for"),
        ("it is spelt pool and not poll", "poll"),
        ("It gets late. PM to sign.", "PM"),
        ("that's a gift, says l. the others laughed", "l"),
        ("shout (not at z) if it's wrong", "z"),
        ("it gets late. ms could sit in on it", "ms"),
        ("present: gp, lou skelly", "gp"),
        ("thank you chair. that's right chair.", "chair"),
        ("That is a gift, says L. A woman came.", "L"),
        ("For us? Always. L bring the lens.", "L"),
        ("Handover. Stack writing this for the others.", "Stack"),
        ("handover. stack writing this for the others", "stack"),
        ("In the minutes she was called mess again.", "mess"),
        ("It was jå who raised it.", "jå"),
    ],
)
def test_is_put_to_a_human_or_removed(written: str, found: str) -> None:
    result = deidentify(written, ROSTER)
    assert found in [finding.words for finding in result.open] + _removed(written)


@pytest.mark.parametrize(
    "written",
    [
        "Hope to. What now?",
        "They called mess out; we hope it will pass.",
        "Options:\nL.\nWe go on.",
        "DG is the director general.",
        "we know thats true",
        "pull up a chair, and yes a chair is right",
        "It is plan L. The vitamin is L, and type L too.",
        "S: it is late.\nB: he fell.\nA: see below.",
        "Plan Z. Then Z-scores, and A to Z.",
        "The mark of it, and he knows, is a plan.",
        "We hope to, yes.",
        "It took an hour and an honest word.",
        "A mass of moss lay there; you should hop over it.",
        "i hope what we said helps",
    ],
)
def test_stays(written: str) -> None:
    assert _removed(written) == []


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Apologies: Harry Uren (Copper House), Ben Stott.", "Copper House"),
        ("The homeward carer, Comfort, had been in at nine.", "Comfort"),
    ],
)
def test_who_is_not_on_the_roster_is_put_to_a_human(written: str, found: str) -> None:
    assert found in [finding.words for finding in deidentify(written, ROSTER).open]


@pytest.mark.parametrize(
    "written",
    [
        "Thanks to Harry Uren (Practice Manager) for it.",
        "However, Spring, as ever, was late.",
    ],
)
def test_a_job_or_a_season_is_nobody(written: str) -> None:
    words = [finding.words for finding in deidentify(written, ROSTER).open]
    assert [word for word in words if word not in ("Harry Uren",)] == []


@pytest.mark.parametrize("date", ["09/12/2025", "09.12.2025"])
def test_a_date_is_no_telephone_number(date: str) -> None:
    result = deidentify(f"[{date}, 07:14:02] We met.", ROSTER)
    assert result.removed == ()


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("she wrote for the ashdown mathematical society last year", "ashdown mathematical society"),
        ("he starts at the university of ashdown in the autumn", "university of ashdown"),
        ("the scottish tunnel authority said no", "scottish tunnel authority"),
        ("we rang st anthonys surgery about it", "st anthonys surgery"),
        ("The audit is from XQ this year.", "XQ"),
    ],
)
def test_a_body_is_put_to_a_human_where_hardly_a_capital_tells(written: str, found: str) -> None:
    assert found in [finding.words for finding in deidentify(written, ROSTER).open]


@pytest.mark.parametrize("written", ["new services and the isle of man office", "we met in high st by the shop"])
def test_no_body_begins_with_a_small_word(written: str) -> None:
    assert deidentify(written, ROSTER).open == ()


@pytest.mark.parametrize("written", ["he asked after joy, as ever", "just give it to hope and nobody else"])
def test_who_is_asked_after_or_given_something_is_a_name(written: str) -> None:
    assert _removed(written) in (["joy"], ["hope"])
