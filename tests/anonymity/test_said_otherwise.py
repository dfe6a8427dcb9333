"""What is written otherwise than the roster has it is found, and everyday words that look like it stay."""

import pytest

from reports.anonymity import Organisation, Person, Roster, deidentify

ROSTER = Roster(
    people=(
        Person("My Strand"),
        Person("Max Tidemark"),
        Person("Cora Crewe"),
        Person("Lucy Larch", other_names=("Lorna Lees",)),
        Person("Christian Rook"),
        Person("Hugo Power"),
        Person("Martha Lund", other_names=("ML",)),
        Person("Zara Sheikh"),
    ),
    organisations=(
        Organisation("RxFlow Systems", ("RxFlow",)),
        Organisation("Severn Vale Rail"),
        Organisation("Carrickmore Port Company", ("Carrickmore Port",)),
        Organisation("Royal Tarn Hospital"),
        Organisation("Amalgamated Dockers"),
        Organisation("Home From Home"),
        Organisation("Lowmoor Hospitals NHS Trust", ("the Trust",)),
    ),
)


@pytest.mark.parametrize(
    ("written", "gone"),
    [
        ("rx flow can't sell it", "rx flow"),
        ("worked at severn vail rail, be recorded", "severn vail rail"),
        ("and carrickmore port co. knows", "carrickmore port co"),
        ("A letter from the Trust, please.", "the Trust"),
        ("Agreed: ML letter re once-off.", "ML"),
        ("Power drafts the letter.", "Power"),
        ("it needs an h and it's sheikh not shaikh", "sheikh"),
    ],
)
def test_is_removed(written: str, gone: str) -> None:
    places = [written[span.start : span.end] for span in deidentify(written, ROSTER).removed]
    assert gone in places


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("I asked my about it.", ["my"]),
        ("My has it. My own note has two.", ["My"]),
        ("she went to the royal and stayed", ["royal"]),
        ("Seen at the Royal on Monday.", ["Royal"]),
        ("The Amalgamated said no.", ["Amalgamated"]),
        ("We are home from home for eighty people.", ["home from home"]),
    ],
)
def test_is_put_to_a_human(written: str, found: list[str]) -> None:
    result = deidentify(written, ROSTER)
    assert [finding.words for finding in result.open] == found
    assert result.removed == ()


@pytest.mark.parametrize(
    "written",
    [
        "She leaves at Christmas.",
        "Two are wanted.",
        "The tide is turning, max wait down from 71.",
        "Four o'clock, it'll say so.",
        "Cc: the chair\nSubject: rota",
        "at the general election we were there",
    ],
)
def test_stays(written: str) -> None:
    result = deidentify(written, ROSTER)
    assert (result.removed, result.open) == ((), ())


def test_a_sentence_gives_its_capital_to_no_name() -> None:
    printed = str(deidentify("It was late. And Severn Vale came.", ROSTER).text)
    assert printed.startswith("It was late. And ")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("It was late. Answer have two bungalows.", "Answer"),
        ("It was late. Copper Hill want them out.", "Copper Hill"),
        ("It was late. Youth Scotland says it must.", "Youth Scotland"),
        ("He thanked the man at Gloves for it.", "Gloves"),
        ("Nobody told the Letter about it.", "Letter"),
        ("Apologies from Gwen Tattersall (Comfort) today.", "Comfort"),
        ("Do not talk to the Severn Vale Letter today.", "Letter"),
        ("They rang the Sheikh-shire Letter today.", "shire Letter"),
        ("We sent it in An Answer van today.", "An Answer"),
    ],
)
def test_an_organisation_of_everyday_words_is_put_to_a_human(written: str, found: str) -> None:
    assert found in [finding.words for finding in deidentify(written, ROSTER).open]


@pytest.mark.parametrize(
    "written",
    [
        "It was late. People have two bungalows.",
        "It was late. Letters are out.",
        "It was late. Across Scotland it rains.",
        "It was late. How are you? Nobody knows.",
        "We speak of the Welsh language and the United Kingdom.",
        "We got to Stage 4 (see the PRUs).",
    ],
)
def test_an_everyday_word_with_its_own_capital_stays(written: str) -> None:
    result = deidentify(written, ROSTER)
    assert (result.removed, result.open) == ((), ())
