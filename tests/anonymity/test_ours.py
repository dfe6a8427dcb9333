"""Those who were there, and others whom the boundary knows: what the others are called marks nobody who was there."""

import pytest

from reports.anonymity.deidentify import deidentify
from reports.anonymity.roster import Organisation, Person, Roster

OURS = Roster(
    people=(Person("Anna Berg"), Person("Grace Okafor"), Person("Tomasz Wielgosz", organisation="Kerrygrove Hospital")),
    organisations=(Organisation("Kerrygrove Hospital"), Organisation("Bliss")),
)
# What somebody who was not there can say of themselves.
CALLED = ("Anna", "ask Anna", "Anna showed", "Tomasz", "to Tomasz", "Grace", "thank Grace", "Kerrygrove", "Wielgosz")
EMPLOYERS = (
    "Tomasz",
    "Anna asked",
    "Grace",
    "takes grace",
    "Bliss and",
    "at Kerrygrove",
    "from Kerrygrove Hospital",
    "grace",
    "Berg",
)


def known(*others: Person, employers: tuple[Organisation, ...] = (), language: str = "en") -> Roster:
    """The roster of everybody: those who were there, and others."""
    return Roster(
        people=(*OURS.people, *others),
        organisations=(*OURS.organisations, *employers),
        language=language,
        ours=OURS,
    )


@pytest.mark.parametrize(
    "other",
    [
        known(Person("Odile Vansittart", other_names=CALLED)),
        known(Person("Odile Vansittart"), employers=(Organisation("The Fund", aliases=EMPLOYERS),)),
        known(Person("Odile Vansittart"), employers=tuple(map(Organisation, (*CALLED, *EMPLOYERS)))),
        known(Person("Anna Berg", title="Tomasz"), Person("Kerrygrove Anna"), employers=(Organisation("Anna Grace"),)),
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "I will ask Anna for the map.",
        "Anna showed me how, and Tomasz Wielgosz wrote it down.",
        "I owe it to Tomasz. Anna asked the best question.",
        "I will thank Grace for it. Grace said no.",
        "We at Kerrygrove count beds; the nurse from Kerrygrove Hospital drew a map.",
        "anna berg told tomasz to go to kerrygrove",
        "Thanks Tomasz! Thanks Ana!",
        "Then grace came. It takes grace to listen.",
        "Then grace came, and bliss. It takes bliss and grace.",
    ],
)
def test_what_others_are_called_changes_nothing_of_those_who_were_there(text: str, other: Roster) -> None:
    alone, beside = (deidentify(text, roster) for roster in (OURS, other))
    assert str(beside.text) == str(alone.text)
    assert [(one.words, one.why) for one in beside.open] == [(one.words, one.why) for one in alone.open]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Odile Vansittart asked us.", "A colleague asked us."),
        ("We went to Quillfen House.", "We went to the partner organisation."),
        ("Odile told Anna Berg so.", "A colleague told a colleague so."),
    ],
)
def test_others_are_taken_out_all_the_same(text: str, printed: str) -> None:
    everybody = known(Person("Odile Vansittart"), employers=(Organisation("Quillfen House"),))
    assert str(deidentify(text, everybody).text) == printed


@pytest.mark.parametrize("name", ["Anna Vansittart", "Grace Vansittart", "Tomasz Will", "Kerrygrove Vansittart"])
@pytest.mark.parametrize("text", ["{} asked us.", "I will ask {} for it.", "we told {} so"])
def test_who_shares_a_name_with_one_who_was_there_is_taken_out_too(text: str, name: str) -> None:
    read = deidentify(text.format(name), known(Person(name)))
    assert not [word for word in name.split() if word in str(read.text)], str(read.text)
    assert read.open == ()  # a name of somebody who is known is taken out unasked


def test_nobody_who_was_there_gets_through_by_what_others_are_called() -> None:
    """A misspelt name is read as the nearest: there must be no nearer one that makes it nobody's."""
    beside = known(Person("Tomasx Wielgosx", other_names=("Tomass", "Wielgos")))
    assert str(deidentify("I asked Tomass Wielgos.", OURS).text) == "I asked a colleague."
    assert str(deidentify("I asked Tomass Wielgos.", beside).text) == "I asked a colleague."
