"""What the gate lets through, and what it says when it does not."""

import dataclasses
import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learningsets import floors
from learningsets.members import Place, describe
from learningsets.models import Cohort, Membership, Programme, User
from reports import write_up as raw
from reports.anonymity import deidentify
from reports.anonymity.text import vouch_for
from reports.build import build_document
from reports.claims import what_to_say
from reports.covering import cover
from reports.document import DocumentError, dumps
from reports.gate import Copies, Refused, certify, differs_too_little, obstacles, printed_by_others
from reports.models import Printed, Release, Report
from reports.passages import digest_of
from reports.quantities import allowed, has_tables, wrong_claims
from reports.readback import read as read_back
from reports.renderer import page_in_child, render_in_child
from reports.review import clear, decide, roster_for, shared_by
from reports.structure import Unreadable
from sessions.models import Attendance
from tests.reports.conftest import ANSWERS, World

pytestmark = [pytest.mark.xdist_group("gate"), pytest.mark.usefixtures("lasting_world")]


def codes(report: Report) -> list[str]:
    """The codes of what stands in the way of `report`."""
    return [refusal["code"] for refusal in obstacles(report, build_document(report, "release", key=b""))]


def test_an_aim_of_the_programme_prints_in_a_report_of_another_language(world: World) -> None:
    """Organisers worded it for the sets of several countries: in which language tells of nobody in this one."""
    Cohort.objects.update(language="sv")
    report = world.refresh(world.report())
    aim = "Clinicians spend more time listening to patients with several conditions"
    part = raw.Evaluation("", (raw.Aim(2026, 2, aim, "half", "fewer"),))
    report.content = raw.plain(dataclasses.replace(raw.read(report.content), sections=(part,)))
    assert aim in dumps(build_document(report, "release", key=b"").document)


def test_a_report_that_keeps_every_rule_passes(world: World) -> None:
    assert codes(world.report()) == []


def test_an_aim_prints_word_for_word_or_no_aim_prints(world: World) -> None:
    """Whoever worded the aims would see by "a colleague" in one, or by one that is missing, who is on the roster."""
    report = world.report()
    written = raw.read(report.content)

    def told(*aims: str) -> tuple[list[str], str]:
        part = raw.Evaluation("As all see it.", tuple(raw.Aim(2026, 2, aim, "half", "fewer") for aim in aims))
        report.content = raw.plain(dataclasses.replace(written, sections=(*written.sections, part)))
        built = build_document(report, "release", key=b"")
        assert built.open_findings == 0, "nobody is asked to decide what would change nothing"
        review_copy = build_document(report, "review_copy", key=b"").document  # has general words for what is open
        assert built.document.sections == review_copy.sections
        return [no["sentence"] for no in obstacles(report, built)], dumps(built.document)

    assert told("Waste less time")[0] == []
    assert "Waste less time" in told("Waste less time")[1]
    decide(report, "Nightingale", "keep", reason="A nurse of long ago.")
    decide(report, "Florence Nightingale", "keep", reason="A nurse of long ago.")
    for aim in (
        "Do as Siobhán does",
        "Be as good as Marlpit Surgery",
        "Be kind to Mrs Nightingale",
        "Follow Florence Nightingale",  # is on no roster, which is the same to see
        "Learn from Marguerite Oyelaran",  # nor is she, and nobody has decided about her
        "Ask Παπαδόπουλος",
        "Lead in Ireland",
    ):
        refused, document = told("Waste less time", aim)
        assert [sentence for sentence in refused if aim in sentence and "tell no organiser" in sentence] == refused
        assert refused, aim
        assert "Waste less" not in document
        assert "As all see it" not in document
        assert "Evaluation" not in document
    report.outcomes.create(digest=digest_of(vouch_for("Waste less time")), verdict="kept_out")  # the set objected
    refused, document = told("Ask more", "Waste less time")
    assert (len(refused), "Ask more" in document) == (1, False)


@pytest.mark.parametrize("people", [0, 1, 4])
def test_too_few_contributors(world: World, people: int) -> None:
    assert codes(world.report(world.held(ANSWERS[:people]))) == ["contributors"]


def test_a_floor_can_be_raised(world: World) -> None:
    Cohort.objects.update(report_floor=8)
    assert codes(world.refresh(world.report())) == ["contributors"]


def test_an_open_finding(world: World) -> None:
    report = world.report(world.held((*ANSWERS, "Thank you, Marguerite Oyelaran, for coming.")))
    assert codes(report) == ["findings"]
    world.decide_all(report)
    assert codes(world.refresh(report)) == []


def test_a_theme_needs_three_people(world: World) -> None:
    def rests_on(**fields: Any) -> list[str]:
        report = world.refresh(world.report(meeting, themes=(raw.Theme("Listening", ("It was scarce.",), **fields),)))
        return codes(report)

    meeting = world.held()
    challenges = [str(world.challenge(member, title=str(n)).pk) for n, member in enumerate(world.members[:3])]
    twice = str(world.challenge(world.members[0], title="again").pk)
    answers = [[str(answer.pk) for answer in prompt.reflections.all()] for prompt in meeting.prompts.all()]
    assert rests_on(people=2) == ["themes"]
    assert rests_on(people=3) == []
    assert rests_on(challenges=(*challenges[:2], twice)) == ["themes"]
    assert rests_on(challenges=tuple(challenges)) == []
    assert rests_on(answers=(answers[0][0], answers[0][1], answers[1][0], answers[1][1])) == ["themes"]
    assert rests_on(answers=tuple(answers[0][:3])) == []
    # Whose an answer is nobody knows, so it may be an owner's: what rests on both rests on no more people for it.
    assert rests_on(challenges=tuple(challenges[:2]), answers=tuple(answers[0][:2]), people=2) == ["themes"]
    assert rests_on(people=500, challenges=("not an id",)) == []  # never more than were there: 7
    first = {one.text: str(one.pk) for one in meeting.prompts.order_by("position")[0].reflections.all()}
    three = tuple(first[words] for words in ANSWERS[2:5])
    assert rests_on(answers=three) == []
    became = Report.objects.get().outcomes
    became.create(digest=digest_of(vouch_for(ANSWERS[4])), verdict="kept_out")
    assert rests_on(answers=three) == ["themes"], "an answer that does not print carries nothing"
    became.update(verdict="general", wording="Meet in person.")
    assert rests_on(answers=three) == ["themes"], "nor do a facilitator's words in its place"
    assert rests_on(answers=(*three, first[ANSWERS[6]])) == []


@pytest.mark.once
def test_a_quantity_must_match_the_count(world: World) -> None:
    meeting = world.held()

    def says(text: str, people: int = 4) -> list[str]:
        return codes(world.report(meeting, themes=(raw.Theme("Listening", (text,), people=people),)))

    assert says("Some participants said so.") == []
    assert says("Several participants said so.") == ["quantities"]
    assert says("Several participants said so.", people=5) == []
    assert says("Most of the members said so.", people=4) == []
    assert says("Most of the members said so.", people=5) == ["quantities"]
    assert says("All of us said so.") == ["quantities"]
    assert codes(world.report(meeting, introduction=("Seven people came.",))) == ["quantities"]
    every = (raw.Theme("Listening", ("All of the issues were of time.",), people=4),)
    asked = tuple(raw.Question(f"How do we pay for ward {ward}?") for ward in "abcdefg")
    found = [codes(world.report(meeting, themes=every, questions=asked[:n])) for n in (6, 7)]
    assert found == [[], ["quantities"]]  # seven people, and as many issues


def test_most_is_said_of_those_at_one_meeting(world: World) -> None:
    """Whoever came to another one makes no more of them."""
    first, second = (world.held(ANSWERS[:5]) for _meeting in range(2))
    for meeting, absent in ((first, world.members[0]), (second, world.members[1])):
        meeting.attendances.filter(membership=absent).update(status="absent")
    themes = (raw.Theme("Listening", ("Most of the members said so.",), people=4),)
    report = world.report(first, themes=themes)
    cover(report, [first.pk, second.pk])
    assert report.coverages.count() == 2
    assert codes(world.refresh(report)) == ["quantities"]  # four of six, and not of the seven who came to either


def test_a_count_that_stands_for_people_must_match_the_challenges_ticked(world: World) -> None:
    """Three challenges of three people are "some", whether or not "people" is written."""
    meeting = world.held()
    three = tuple(str(world.challenge(member).pk) for member in world.members[:3])

    def refused(said: str) -> list[str]:
        theme = raw.Theme("Waiting", (said,), challenges=three)
        report = world.report(meeting, themes=(theme,))
        return [no["sentence"] for no in obstacles(report, build_document(report, "release", key=b""))]

    assert refused("Some said that waiting helps.") == []
    assert refused("Several said that waiting helps.") == [
        (
            "Theme 1: write “some” instead of “several” if that is true, or leave it out: “several” is five people or"
            " more; this theme rests on 3."
        )
    ]


def test_a_refused_count_is_named_by_its_place(world: World) -> None:
    report = world.report(
        introduction=("Seven people came.",),
        questions=(raw.Question("How?"), raw.Question("Why?", "Four of us asked.")),
        next_steps=("All members visit each other.",),
    )
    sentences = [no["sentence"] for no in obstacles(report, build_document(report, "release", key=b""))]
    assert [sentence.split(":")[0] for sentence in sentences] == ["Introduction", "Question 2", "Next steps"]


def test_whatever_stands_above_a_section_is_asked_for_numbers(world: World) -> None:
    """Of every kind that can have an introduction, and of what is said of action learning."""
    report = world.report()
    kinds: list[Any] = [
        kind for kind in raw.KINDS.values() if "introduction" in {one.name for one in dataclasses.fields(kind)}
    ]
    drawn = {"scheme": {"caption": "It", "nodes": (raw.Node("a", 1, 1),), "text_alternative": "It"}}
    parts = tuple(kind(introduction=f"Seven people ({kind.kind}).", **drawn.get(kind.kind, {})) for kind in kinds)
    report.content = raw.plain(raw.WriteUp(parts, action_learning=("Seven people (always).",)))
    built = build_document(report, "release", key=b"")
    said = {re.sub(r".*\((.*)\).*", r"\1", text) for _where, text in built.prose}
    assert said == {"always", *(kind.kind for kind in kinds)}
    assert [no["code"] for no in obstacles(report, built)].count("quantities") == len(said)


def test_neither_puppets_nor_edits_let_a_label_be_named(world: World, join: Callable[..., Membership]) -> None:
    """Ten who were there may share an employer's name. Ten places that say so are not ten who were there."""
    hospital, ireland = "Kerrygrove Hospital", "Ireland"
    report = world.report()

    def asked() -> list[str]:
        return [finding.words for finding in deidentify("In Ireland we pay.", roster_for(report)).open]

    for number in range(10):
        join(world.cohort, f"Pup Pet{number}", f"pup{number}@example.org", employer=hospital, system=ireland)
    assert shared_by(report)[hospital] == shared_by(report)[ireland] == 2
    assert asked() == [ireland]
    for number in range(8):
        real = join(world.cohort, f"Ova Lund{number}", f"o{number}@example.org", employer=hospital, system=ireland)
        Attendance.objects.create(meeting=report.meetings.get(), membership=real, status="present")
    assert shared_by(report)[hospital] == shared_by(report)[ireland] == 10
    assert (hospital in roster_for(report).may_name, asked()) == (True, [])
    Membership.objects.filter(pk=real.pk).update(role="facilitator")
    assert shared_by(report)[hospital] == 9, "facilitators do not count"
    assert asked() == [ireland]
    Membership.objects.filter(pk=real.pk).update(role="participant")
    edited = world.members[2]
    place = Place("Elsewhere", [], "", "England")
    describe(edited, place, edited.version, [])
    describe(edited, Place(hospital, [], "", ireland), edited.version, [])
    assert shared_by(report)[hospital] == shared_by(report)[ireland] == 10
    real.refresh_from_db()
    describe(real, place, real.version, [])
    describe(real, Place(hospital, [], "", ireland), real.version, [])
    assert shared_by(report)[hospital] == shared_by(report)[ireland] == 9
    assert hospital not in roster_for(report).may_name


def test_a_label_of_few_may_stay_when_all_of_them_agreed(world: World) -> None:
    """A health system, a role that one holds, and a role that two hold. Whoever has left the set is asked too."""
    steward, two = world.members[:1], world.members[2:4]
    for title, those in (("Head of Estates", steward), ("Head of Renal Pharmacy", two)):
        Membership.objects.filter(pk__in=[one.pk for one in those]).update(job_title=title)
    told = ("how Sweden plans its hospitals", "a head of estates there", "the head of renal pharmacy")
    report = world.report(introduction=tuple(f"We met {words}." for words in told))
    world.decide_all(report)
    assert codes(report) == []
    for decision in report.decisions.all():
        decide(report, decision.words, "keep", reason="They said so.", sentence=decision.sentence)
    assert codes(report) == ["labels"] * 3
    swedes = [member for member in world.members if member.health_system == "Sweden"]
    clear(report, "Sweden", swedes[:1])
    assert codes(world.refresh(report)) == ["labels"] * 3
    Membership.objects.filter(pk=swedes[1].pk).update(left_on="2026-11-20")
    assert codes(world.refresh(report)) == ["labels"] * 3
    clear(report, "Sweden", swedes)
    clear(report, "Head of Renal Pharmacy", two)
    assert codes(world.refresh(report)) == ["labels"]
    clear(report, "Head of Estates", steward)
    assert codes(world.refresh(report)) == []
    printed = repr(build_document(world.refresh(report), "release", key=b"").document)
    assert [words for words in told if words not in printed] == []


def test_a_label_that_was_put_in_general_words_stays_so_when_all_agree_to_its_name(world: World) -> None:
    report = world.report(introduction=("We heard how Sweden plans.",))

    def told() -> str:
        return repr(build_document(world.refresh(report), "release", key=b"").document).partition("We heard how ")[2][
            :18
        ]

    decide(report, "Sweden", "generalise", wording="a northern country")
    assert told() == "a northern country"
    clear(report, "Sweden", [member for member in world.members if member.health_system == "Sweden"])
    assert told() == "a northern country"
    report.decisions.all().delete()
    assert told().startswith("Sweden plans.")


def test_letters_that_no_typeface_has_wait_for_words_and_no_answer_is_lost(world: World) -> None:
    """Else they would leave as empty boxes. What only adorns is left out without a word."""
    report = world.report(world.held((*ANSWERS, "Ganbatte, or 頑張って 🙂")), introduction=("Well met 🎉.",))
    assert set(codes(report)) == {"findings", "letters"}
    sentences = [no["sentence"] for no in obstacles(report, build_document(report, "release", key=b""))]
    assert "“頑張って” is not in Latin letters. Put it in Latin letters" in sentences[1]
    assert "頑張って" not in repr(build_document(report, "release", key=b"").document)
    decide(report, "頑張って", "keep", reason="It is lovely.")
    assert set(codes(world.refresh(report))) == {"letters"}
    decide(report, "頑張って", "generalise", wording="keep going")
    assert codes(world.refresh(report)) == []
    printed = repr(build_document(world.refresh(report), "release", key=b"").document)
    assert [words in printed for words in ("Ganbatte, or keep going", "Well met.", "🎉")] == [True, True, False]


def test_an_answer_in_letters_that_no_other_has_waits_though_they_print(world: World) -> None:
    """Only one person here writes so."""
    report = world.report(world.held((*ANSWERS, "More patience. Я буду слухати.")))
    assert set(codes(report)) == {"findings", "letters"}
    assert "слухати" not in repr(build_document(report, "release", key=b"").document)
    decide(report, "Я буду слухати", "generalise", wording="I will listen")
    assert codes(world.refresh(report)) == []
    assert "More patience. I will listen." in repr(build_document(world.refresh(report), "release", key=b"").document)


def test_a_language_without_tables(world: World) -> None:
    Cohort.objects.update(language="ga")
    assert codes(world.refresh(world.report())) == ["language"]
    assert [language for language in ("en", "sv", "ga", "") if has_tables(language)] == ["en", "sv"]


@pytest.mark.once
def test_the_finished_bytes_are_read_back(world: World) -> None:
    """Pages made round the boundary are refused, whatever the write-up says."""
    report = world.report()
    built = build_document(report, "release", key=b"k")
    stored = dumps(built.document)
    made = Copies(stored, read_back(render_in_child(stored, 30)), page_in_child(stored, 30), "meeting-report-1.pdf")
    assert certify(report, built, made)["pages"] >= 4
    named = dataclasses.replace(made, filename="Ingvar Bergqvist.pdf")
    with pytest.raises(Refused) as by_name:
        certify(report, built, named)
    assert [refusal["code"] for refusal in by_name.value.refusals] == ["leftovers"]
    assert "Bergqvist" not in by_name.value.refusals[0]["sentence"]
    other = dataclasses.replace(built, roster=dataclasses.replace(built.roster, people=()))
    assert certify(report, other, named)["checks"][-2:] == ["leftovers", "bytes"]
    for more in ({"faults": ("a picture",)}, {"unshown": ("q",)}):  # nor may there be letters that no page shows
        with pytest.raises(Refused) as beside:
            certify(report, built, dataclasses.replace(made, pdf=dataclasses.replace(made.pdf, **more)))
        assert [refusal["code"] for refusal in beside.value.refusals] == ["bytes"]


@pytest.mark.once
def test_each_form_is_read_back_and_none_may_say_more(world: World) -> None:
    """A name in the page alone or in the stored document alone stops the release; what is no page of ours is unread.
    The numbers of many questions, which a viewer reads behind each other, are nobody's telephone number."""
    asked = "to listen,to wait,to say less,to ask,to write,to meet,to count,to share,to map,to pay,to plan,to stop"
    report = world.report(questions=tuple(raw.Question(f"How do we begin {how}?") for how in asked.split(",")))
    built = build_document(report, "release", key=b"k")
    stored = dumps(built.document)
    pdf = render_in_child(stored, 30)
    made = Copies(stored, read_back(pdf), page_in_child(stored, 30), "meeting-report-1.pdf")
    certificate = certify(report, built, made)
    assert [certificate["sha256"], certificate["html"], certificate["document"]] == [
        sha256(copy).hexdigest() for copy in (pdf, made.html, made.document.encode())
    ]
    for spoilt in (
        dataclasses.replace(made, html=made.html.replace(b"The set met", b"Ingvar <span>Bergqvist</span> met")),
        dataclasses.replace(made, html=made.html.replace(b"<title>", b"<title>Bergqvist: ", 1)),
        dataclasses.replace(made, document=stored.replace("The set met", "Ingvar Bergqvist met")),
    ):
        with pytest.raises(Refused) as no:
            certify(report, built, spoilt)
        assert [refusal["code"] for refusal in no.value.refusals] == ["leftovers"]
    with pytest.raises(Refused) as no:
        certify(report, built, dataclasses.replace(made, document=f" {stored}"))
    assert [refusal["code"] for refusal in no.value.refusals] == ["bytes"]
    with pytest.raises(DocumentError):
        certify(report, built, dataclasses.replace(made, document=stored.replace("{", '{"by":"Ingvar",', 1)))
    with pytest.raises(Unreadable):
        certify(report, built, dataclasses.replace(made, html=made.html.replace(b"</main>", b"<!-- Ingvar --></main>")))


# --- Differencing ---------------------------------------------------------------------


@given(st.lists(st.frozensets(st.integers(0, 30).map(str)), max_size=8))
def test_no_two_releases_that_pass_single_out_fewer_than_five(history: list[frozenset[str]]) -> None:
    """Whatever is asked for, in whatever order: the attacker who holds every release finds no small difference."""
    left: list[frozenset[str]] = []
    for asked_for in history:
        if not differs_too_little(asked_for, left):
            left.append(asked_for)
    differences = [len(one - other) for one in left for other in left]
    assert [size for size in differences if 0 < size < floors.DIFFERENCE] == []


@pytest.mark.parametrize(
    ("mine", "other", "refused"),
    [("abcde", "abcde", False), ("abcde", "abcd", True), ("abcde", "", False), ("abcd", "", True),
     ("abcde", "fghij", False), ("abcdef", "abcdeg", True)],
)  # fmt: skip
def test_by_nothing_or_by_five_each_way(mine: str, other: str, refused: bool) -> None:
    assert differs_too_little(frozenset(mine), [frozenset(other)]) == refused
    assert differs_too_little(frozenset(other), [frozenset(mine)]) == refused


def test_a_release_is_compared_with_all_that_left_the_programme(world: World) -> None:
    report = world.report()
    built = build_document(report, "release", key=b"")
    other_set = Cohort.objects.create(programme=world.programme, name="Birch")
    elsewhere = Cohort.objects.create(programme=Programme.objects.create(title="Another"), name="Cedar")

    def left(cohort: Cohort, contributions: list[str], state: str = "released") -> None:
        release = Release.objects.create(
            report=Report.objects.create(cohort=cohort, title="t", period="p"), number=1, input_hash="h", state=state,
            pdf=b"x", sha256="s", released_on="2026-11-01",
        )  # fmt: skip
        Printed.objects.bulk_create(Printed(release=release, contribution=name) for name in contributions)

    ours = sorted(built.contributions)
    left(elsewhere, ours[:-1])
    left(other_set, ours[:-1], state="ready")
    assert codes(report) == []
    left(other_set, ours[:-1], state="withdrawn")
    assert codes(report) == ["differencing"]
    assert printed_by_others(world.programme) == [frozenset(ours[:-1])]


# --- Words ------------------------------------------------------------------------------


@given(st.integers(0, 40), st.integers(0, 40), st.sampled_from(["en", "sv"]))
def test_words_are_true_of_the_count(people: int, group: int, language: str) -> None:
    words = allowed(people, group, language)
    some, several, most = {"en": ("some", "several", "most"), "sv": ("några", "flera", "de flesta")}[language]
    assert (some in words) == (people in {3, 4})
    assert (several in words) == (people >= 5)
    assert (most in words) == (people >= 3 and people > group / 2 and people <= group - 3)
    assert len(words) <= 2


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("All of the issues discussed in the action learning had change as a core theme.", []),
        ("In most of the issues discussed, underpinning the reflections lay power.", []),
        ("Many of the issues discussed had an underlying challenge.", []),
        ("Many participants and many of the challenges", ["many", "many"]),
        (
            "All of our issues; all the issues that each brought; most issues, which members raised",
            ["all", "all", "each", "most"],
        ),
        ("All of the surgeons' issues and all issues\u00a0(brought in)", ["all", "all"]),
        (
            "Two of the issues, one issue, each of the issues, none of the issues, a few issues",
            ["two", "each", "none", "a few"],
        ),
        ("Most of the issues were hard. They came from members.", []),
        ("Most of the participants' issues", ["most"]),
        ("One important element was trust.", []),
        ("two of us", ["two"]),
        ("Everyone agreed", ["everyone"]),
        ("It was unanimous. We chose it unanimously; everybody was there", ["unanimous", "unanimously", "everybody"]),
        ("7 participants", ["7"]),
        ("fewer than 8 participants and about 15 members", []),
        ("three different systems", []),
        ("In some ways", []),
        ("All said that time was short.", ["all"]),
        ("One still said no.", ["one"]),
        ("None agreed.", ["none"]),
        ("It all felt heavy.", []),
        ("Waiting for each other members lose heart, and one another clinicians", []),
        ("Each time members met, every month doctors and one day nurses", []),
        ("Each other member, one day member and every second month members", ["each", "one"]),
        ("All three members; some of the 3 participants", ["all", "three", "some", "3"]),
        ("Waiting for each\n\nMembers wait. Many of\nus wait.", ["many"]),
    ],
)
def test_what_counts_as_a_claim(text: str, claims: list[str]) -> None:
    assert [claim.word for claim in wrong_claims(text, 0, 9, "en")] == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Alla frågor handlade om förändring, och många av frågorna om makt.", []),
        (
            "Alla våra frågor, de flesta frågor som togs upp, många av kirurgernas frågor",
            ["alla", "de flesta", "många"],
        ),
        ("Två av frågorna och många av utmaningarna", ["två", "många"]),
        ("De väntar på varandra. Varje gång deltagare möttes, en dag läkare, ett år chefer.", []),
        ("Vi var enhälligt för det, och samtliga eniga om varför.", ["enhälligt", "samtliga", "eniga om"]),
        ("Var och en av oss; varje läkare; en annan deltagare", ["var och en", "varje", "en"]),
    ],
)
def test_what_counts_as_a_claim_in_swedish(text: str, claims: list[str]) -> None:
    assert [claim.word for claim in wrong_claims(text, 0, 9, "sv")] == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Flera i gruppen sade det, och en i rummet höll med.", ["flera", "en"]),
        (
            "Several in the group said so; one in our set did not.",
            ["several", "one"],
        ),
        ("One participant said so. Alla deltagare höll med.", ["one", "alla"]),
    ],
)
def test_people_are_counted_in_every_language_and_where_only_their_group_is_named(text: str, claims: list[str]) -> None:
    """Whatever language a set's reports are in: an organiser may change it."""
    for language in ("en", "sv"):
        assert sorted(claim.word for claim in wrong_claims(text, 0, 9, language)) == sorted(claims)


def test_what_to_write_of_issues_is_said_and_is_let_through() -> None:
    """Where the count may be one of people, and the count of people does not bear it."""
    text = "All of the issues that members brought; {} of the issues discussed"
    [claim] = wrong_claims(text.format("many"), 5, 9, "en")
    assert what_to_say(claim).startswith(
        "“all” may count people here, because each of the issues may have been somebody's."
    )
    assert what_to_say(claim).endswith("of whose they are or who brought them. Here “members” may say so.")
    assert [word for word in claim.instead if f"“{word}”" not in what_to_say(claim)] == []
    assert [list(wrong_claims(f"{word} of the issues discussed", 0, 9, "en")) for word in claim.instead] == [[], [], []]
    assert list(wrong_claims("several of the issues that members brought", 5, 9, "en")) == []
    for language, every in (
        ("en", "All of the issues discussed"),
        ("sv", "Alla frågor"),
    ):  # one each: it tells of everybody
        told = [
            bool(list(wrong_claims(every, people, 9, language, issues))) for people, issues in ((8, 8), (3, 9), (9, 0))
        ]
        assert told == [False, True, True]
        assert not list(wrong_claims("most of the issues", 3, 9, "en", 9))


@pytest.mark.parametrize(
    ("text", "people", "says"),
    [
        ("most of the participants' issues", 4, "leaves out three at least, which is 5 to 6; this theme rests on 4."),
        ("most of the participants' issues", 4, "Write “some”, “many” or “most” of the issues, and nothing beside"),
        ("most members", 4, ("write “some” instead of “most” if that is true, or leave it out: "
         "“most” is over half of the 9 people who")),
        ("several members", 4, ("write “some” instead of “several” if that is true, or leave it out: "
         "“several” is five people or more; this theme")),
        ("some members", 6, ("write “several” or “most” instead of “some” if that is true, or leave it out: "
         "“some” is three or four people; this theme")),
        ("many members", 4, ("write “some” instead of “many” if that is true, or leave it out: "
         "“many” says too exactly how many people it is")),
        ("A partner whom nobody can order about", 4, "say it without “nobody”: “nobody” says too exactly how many"),
        ("some members", 2, "leave out “some”: “some” is three or four people; this theme rests on 2. Nothing may be"),
    ],
)  # fmt: skip
def test_why_a_quantity_is_refused_is_said_with_its_rule_and_its_count(text: str, people: int, says: str) -> None:
    [claim] = wrong_claims(text, people, 9, "en")
    assert says in what_to_say(claim)
    assert [list(wrong_claims(f"{word} members", people, 9, "en")) for word in claim.instead if not claim.issues] == [
        [] for _word in claim.instead if not claim.issues
    ]


@given(st.text(), st.sampled_from(["en", "sv"]))
def test_any_text_can_be_asked(text: str, language: str) -> None:
    assert all(claim.instead == () or claim.issues for claim in wrong_claims(text, 0, 9, language))


# --- Names of our own ---------------------------------------------------------------------


def passed(world: World, text: str) -> tuple[str, int]:
    """What becomes of `text` in an introduction, and how many questions it raises."""
    report = world.report(world.cohort.meetings.first() or world.held(), introduction=(text,))
    built = build_document(world.refresh(report), "review_copy", key=b"")
    [printed] = [passage.result for passage in built.passages if passage.where == "Introduction"]
    return str(printed.text), len(printed.open)


def test_the_programme_and_the_set_are_not_suspected(world: World) -> None:
    Programme.objects.update(title="Larkspur Mornings")
    Cohort.objects.update(name="Alder")
    assert passed(world, "In Larkspur Mornings we met as Alder.") == ("In Larkspur Mornings we met as Alder.", 0)


@pytest.mark.parametrize("name", ["Tomasz", "Wielgosz", "Kerrygrove", "Ingvar and friends"])
def test_a_set_that_is_called_as_somebody_is_does_not_clear_them(world: World, name: str) -> None:
    Cohort.objects.update(name=name)
    text, _open = passed(world, f"We thank {name} for coming.")
    assert [word for word in name.split() if word[0].isupper() and word in text] == []


@pytest.mark.parametrize("typed", ["Fraser, Tom", "FRASER, Dr Tom"])
def test_a_name_that_is_typed_last_name_first_is_known_in_either_order(world: World, typed: str) -> None:
    User.objects.filter(pk=world.members[0].user_id).update(name=typed)
    report = world.report(world.held())
    [person] = [one for one in roster_for(report).people if "fraser" in one.name.lower()]
    assert person.name.replace("Dr ", "").title() == "Tom Fraser"
    said = ("Tom Fraser", "Fraser, Tom", "Tom", "Fraser", "Tommy", "T. Fraser")
    spelt = {*said, *(one.upper() for one in said), *(one.lower() for one in said)} - {"tom"}  # by itself a word
    texts = {one: str(deidentify(f"We heard {one} ask for beds.", roster_for(report)).text) for one in spelt}
    assert [one for one, text in texts.items() if re.search("tom|fraser", text, re.IGNORECASE)] == []


@pytest.mark.parametrize(
    ("wording", "printed"),
    [
        ("our partner", "Our partner helped."),
        ("partner", "The partner helped."),
    ],
)
def test_a_wording_fits_its_sentence(world: World, wording: str, printed: str) -> None:
    report = world.report(introduction=("The Quibbleworth helped.",))
    decide(report, "Quibbleworth", "generalise", wording=wording)
    built = build_document(world.refresh(report), "review_copy", key=b"")
    assert [str(one.result.text) for one in built.passages if one.where == "Introduction"] == [printed]
