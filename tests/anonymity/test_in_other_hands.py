"""What people of other trades and in Sweden write: months beside names, addresses, heads of messages, bare titles."""

import pytest

from reports.anonymity import Organisation, Person, Roster, deidentify

ENGLISH = Roster(
    people=(
        Person("April Mayhew", title="Chief Operating Officer"),
        Person("Joanna Tern"),
        Person("May Sills"),
        Person("Pádraig Mac Giolla"),
        Person("Tunde Ogun", title="Clinical Quality Coordinator"),
        Person("Hana Rees"),
        Person("Hope Wells"),
        Person("Patience Sawyer"),
        Person("Ida Tam"),
        Person("Christopher Day"),
        Person("María José Delgado Ibáñez"),
        Person("Dafydd Llywelyn Rees"),
        Person("Mark Stope"),
    ),
    organisations=(Organisation("Larkrise Homecare"),),
)
SWEDISH = Roster(
    people=(Person("Anna-Lena Frisk", title="vd"), Person("Ann-Sofie Ek", title="rektor"), Person("Alva Modig")),
    language="sv",
)


@pytest.mark.parametrize(
    ("roster", "written", "printed"),
    [
        (ENGLISH, "so that in april joanna said no", "so that in april a colleague said no"),
        (ENGLISH, "hearing 14 may\n* joanna t asked", "hearing 14 may\n* a colleague asked"),
        (ENGLISH, "It was a cold April morning.", "It was a cold April morning."),
        (ENGLISH, "Then April Mayhew spoke.", "Then a colleague spoke."),
        (ENGLISH, "It is in April Mayhew’s hands.", "It is in a colleague’s hands."),
        (ENGLISH, "It rained. Hope so.", "It rained. Hope so."),
        (ENGLISH, "It rained. Hope not in today.", "It rained. A colleague not in today."),
        (ENGLISH, "We told Hope so she could come.", "We told a colleague so she could come."),
        (ENGLISH, "It went from Hope to Hope.", "It went from a colleague to a colleague."),
        (ENGLISH, "podge.mg: she has landed", "a colleague: she has landed"),
        (ENGLISH, "It was joanna.t who came", "It was a colleague who came"),
        (ENGLISH, "We told Joanna.Then it rained.", "We told a colleague.Then it rained."),
        (ENGLISH, "From: me\nTo: all of us", "From: me\nTo: all of us"),
        (ENGLISH, "It rained. TO to chase it.", "It rained. A colleague to chase it."),
        (ENGLISH, "notes\nCD : young staff leave", "notes\na colleague : young staff leave"),
        (ENGLISH, "It rained. MJD to find one.", "It rained. A colleague to find one."),
        (ENGLISH, "Yours,\nD. Ll. Rees", "Yours,\na colleague"),
        (ENGLISH, "so be nice mark do you want it", "so be nice a colleague do you want it"),
        (ENGLISH, "one with a good mark do you think", "one with a good mark do you think"),
        (ENGLISH, "those from larkrise home care rang", "those from the partner organisation rang"),
        (ENGLISH, "the home care rang", "the home care rang"),
        (ENGLISH, "The file is notes4_day.docx", "The file is notes4_a colleague.docx"),
        (ENGLISH, "It rained. Day to day, little changed.", "It rained. Day to day, little changed."),
        (ENGLISH, "It rained. Day to chase it.", "It rained. A colleague to chase it."),
        (ENGLISH, "The CQC went to HR for it.", "The CQC went to HR for it."),
        (SWEDISH, "De som väntat är friska.", "De som väntat är friska."),
        (SWEDISH, "Vi hörde afrisk tala.", "Vi hörde en kollega tala."),
        (SWEDISH, "Ingen annan än vd:n svarar.", "Ingen annan än en kollega svarar."),
        (SWEDISH, "Han vill bli rektor.", "Han vill bli rektor."),
    ],
)
def test_goes_or_stays(roster: Roster, written: str, printed: str) -> None:
    result = deidentify(written, roster)
    assert (str(result.text), result.open) == (printed, ())


@pytest.mark.parametrize(
    ("roster", "text", "found"),
    [
        (ENGLISH, "Then the COO agreed.", "COO"),
        (ENGLISH, "hi joanna its patience sorry its late", "patience"),
        (SWEDISH, "Anna ringer rektor i morgon.", "rektor"),
        (SWEDISH, "Det sa en från Mälarvikens högskola.", "Mälarvikens högskola"),
        (SWEDISH, "Det sa en från Mälarvikens hälsocentral.", "Mälarvikens hälsocentral"),
    ],
)
def test_is_put_to_a_human(roster: Roster, text: str, found: str) -> None:
    assert [text[one.start : one.end] for one in deidentify(text, roster).open] == [found]
