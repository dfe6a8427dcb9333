"""A world whose personal fields could leak: two sets of one programme, another programme, and what was said in them.

Names, employers and addresses are realistic and distinctive, so that finding one of them in a byte that somebody may
not see means something. Answers hold them inflected, shortened and in other casings, as people write.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.test import Client
from django.utils import timezone

from challenges import box
from challenges.models import Challenge, Regime
from challenges.prompts import open_prompts
from learningsets import programmes
from learningsets.models import Cohort, Contract, Membership, Programme, Role, Signature, User
from reports import windows
from reports import write_up as raw
from reports.models import Release, Window
from reports.write_up import Section
from sessions.attendance import open_questions
from sessions.models import Attendance, Meeting
from tests.signed_in import signed_in

# name, address, employer, its short names, title, health system, other names
PARTICIPANTS = [
    ("Siobhán Ní Bhriain", "s.nibhriain@corribhealth.example", "Corrib Valley Health", "CVH", "Ireland"),
    ("Gwilym Prothero", "gwilym.prothero@mersebay.example", "Merse Bay Commissioning Group", "Merse Bay", "England"),
    ("Åsa Lindqvist-Öberg", "asa.lindqvist@tarnsjo.example", "Region Tärnsjö", "Tärnsjö", "Sweden"),
    ("Oluwaseun Adeyemi-Clarke", "o.adeyemi@penhallow.example", "Penhallow Community Trust", "PCT", "England"),
    ("Ragnhild Stormoen", "ragnhild@vasterdal.example", "Västerdal Landsting", "Västerdal", "Sweden"),
    ("Fionnuala Mac Giolla", "fmacgiolla@slievemore.example", "Slievemore Primary Care", "SPC", "Ireland"),
]
FACILITATOR = ("Thaddeus Wolstenholme", "thaddeus@quillfen.example", "Quillfen Associates", "Quillfen", "England")
ORGANISER = ("Perpetua Hargreave-Lunt", "perpetua@kingsmoot.example", "Kingsmoot Foundation", "Kingsmoot", "England")

# What each of the six says under each of the four prompts: somebody's name or employer in nearly every one.
ANSWERS = [
    [
        "Ring Gwilym on 020 7946 0018 and start small.",
        "Perspective, thanks to ÅSA's questions.",
        "Penhallow's map.",
        "",
    ],
    [
        "I will write to s.nibhriain@corribhealth.example.",
        "Time to think.",
        "Corrib Valley Health moves slowly.",
        "Very.",
    ],
    ["Ask Oluwaseun’s team about tariffs.", "Calm.", "RAGNHILD STORMOEN named the iceberg.", "It put CVH into relief."],
    [
        "Share this at Region Tarnsjo next week.",
        "Fewer solutions, better ones.",
        "Siobhan's patience.",
        "Västerdal differs.",
    ],
    [
        "Read www.mersebay.example/plans again.",
        "Åsas question helped me.",
        "Listening first.",
        "Slievemore could do it too.",
    ],
    [
        "Talk with Adeyemi-Clarke about outcomes.",
        "I am less alone.",
        "That Merse-Bay has the same wall.",
        "Mac Giolla's view.",
    ],
]


def needles() -> list[str]:
    """What must be on no byte that leaves: whole names, parts of names, employers, their short forms, addresses."""
    found: list[str] = []
    for name, email, employer, short, _system in [*PARTICIPANTS, FACILITATOR, ORGANISER]:
        parts = [part for part in name.replace("-", " ").split() if len(part) > 3]
        found += [name, *parts, email, email.split("@")[1], employer, employer.split()[0]]
        found += [short] if len(short) > 3 else []
    return sorted(set(found) - {"Region"})


# A write-up with a section of each kind, so that each has its page.
EVERY_SECTION: tuple[Section, ...] = (
    raw.Session(1, 1, "What we mean", ("We began with words.",)),
    raw.Concepts(
        "On the wall:", (raw.Cluster("Money", (raw.Term("Markets", ("Real", "Internal")), raw.Term("Price"))),)
    ),
    raw.Scheme(
        "A round",
        (raw.Node("Plan", 50, 0), raw.Node("Try", 90, 70), raw.Node("Look", 10, 70)),
        (raw.Link(0, 2, "after a year"),),
        (0, 1, 2),
        "Plan, try, look, and plan again.",
        "It began with a round:",
    ),
    raw.Contexts("In short:", (raw.Profile("An island", ("Small.", "Wet.")),)),
    raw.Questions("Among them:", (raw.Question("How do we begin?", "In a year."),)),
    raw.Themes("Threads:", (raw.Theme("Trust", ("It grows slowly.",), people=4),)),
    raw.Answers(),
    raw.NextSteps(("Visit each other.",)),
    raw.Attendance("All sets together:", (raw.Quarter(2026, 2, "most"), raw.Quarter(2026, 3))),
    raw.Evaluation(
        "As all sets see it:",
        (raw.Aim(2026, 2, "Listen to patients", "most", "half"), raw.Aim(2026, 2, "Waste less time")),
    ),
)


@dataclass
class World:
    """The characters by first word of their name, and what they are in."""

    programme: Programme
    cohort: Cohort
    other_cohort: Cohort
    elsewhere: Programme
    people: dict[str, Membership] = field(default_factory=dict)
    meeting: Meeting | None = None

    @property
    def participants(self) -> list[Membership]:
        """The six of the set, in the order of PARTICIPANTS."""
        return [self.people[entry[0].split()[0]] for entry in PARTICIPANTS]

    def client(self, who: str | User) -> Client:
        """A browser in which somebody is signed in."""
        user = who if isinstance(who, User) else self.people[who].user
        return signed_in(user)


def make_world(order: list[tuple[str, str, str, str, str]] = PARTICIPANTS) -> World:
    """The people and their places; nothing said yet. The participants join in this order."""
    programme = Programme.objects.create(
        title="Unlocking commissioning", convenor="The Convening Office", aims="Listen"
    )
    elsewhere = Programme.objects.create(title="Another programme")
    cohort = programmes.add_set(Cohort(programme=programme, name="Alder"))
    other = programmes.add_set(Cohort(programme=programme, name="Birch"))
    far = programmes.add_set(Cohort(programme=elsewhere, name="Cedar"))
    world = World(programme, cohort, other, elsewhere)

    def join(entry: tuple[str, str, str, str, str], role: str, into: Cohort | None, of: Programme) -> None:
        name, email, employer, short, system = entry
        user = User.objects.create_user(email, name)
        place = programmes.join(
            user,
            programme=of,
            cohort=into,
            role=role,
            organisation=employer,
            short_names=[short],
            health_system=system,
        )
        if into and role == Role.PARTICIPANT:
            Signature.objects.create(contract=Contract.objects.get(cohort=into), membership=place)
        world.people[name.split()[0]] = place

    for entry in order:
        join(entry, Role.PARTICIPANT, cohort, programme)
    join(FACILITATOR, Role.FACILITATOR, cohort, programme)
    join(ORGANISER, Role.ORGANISER, None, programme)
    join(("Ebba Neighbour", "ebba@birch.example", "Birch House", "", ""), Role.PARTICIPANT, other, programme)
    join(("Njord Nextdoor", "njord@birch.example", "Birch House", "", ""), Role.FACILITATOR, other, programme)
    join(("Leopold Gone", "leopold@alder.example", "Alder House", "", ""), Role.PARTICIPANT, cohort, programme)
    join(("Stig Stranger", "stig@cedar.example", "Cedar House", "", ""), Role.FACILITATOR, far, elsewhere)
    Membership.objects.update(joined_on=timezone.localdate() - timedelta(days=200))  # long before any meeting of a test
    leaver = world.people["Leopold"]
    leaver.refresh_from_db()
    leaver.left_on = timezone.localdate()
    leaver.save(update_fields=["left_on"])
    return world


def open_meeting(world: World) -> Meeting:
    """The first month: everybody was there, and the closing questions are open."""
    world.meeting = Meeting.objects.create(
        cohort=world.cohort,
        number=1,
        starts_at=datetime(2026, 3, 10, 14, tzinfo=UTC),
        time_zone="Europe/London",
        place="The Wheelhouse",
        state=Meeting.State.CLOSED,
        tips_at=timezone.now() + timedelta(hours=1),
    )
    for place in world.participants:
        Attendance.objects.create(meeting=world.meeting, membership=place, status=Attendance.Status.PRESENT)
    open_questions(world.meeting)
    return world.meeting


def tip(meeting: Meeting) -> Meeting:
    """The deadline passes, and the box is tipped out."""
    Meeting.objects.filter(pk=meeting.pk).update(tips_at=timezone.now() - timedelta(seconds=1))
    meeting.refresh_from_db()
    assert box.tip_out(meeting)
    return meeting


def hold_meeting(world: World, answers: list[list[str]] | None = None) -> Meeting:
    """The first month from the open questions to the tip. `answers`: one row a participant, one text a question."""
    meeting = open_meeting(world)
    prompts = open_prompts(meeting)
    for place, said in zip(world.participants, answers or ANSWERS, strict=True):
        texts = {prompt: text for prompt, text in zip(prompts, said, strict=True) if text}
        if texts:
            box.put_in(place, texts, Regime.CHATHAM)
    return tip(meeting)


def through_window(release: Release) -> Release:
    """The set is given a ready release, its time passes without objection, and the schedule's sweep finds that."""
    window = windows.give(release)
    let_time_pass(window)
    release.refresh_from_db()
    return release


def let_time_pass(window: Window) -> Window:
    """The deadline of a window moves into the past, and the sweep comes by."""
    Window.objects.filter(pk=window.pk).update(closes_at=timezone.now() - Window.LAST_TURN)
    assert windows.tip_due() == 1
    window.refresh_from_db()
    return window


def log_challenges(world: World) -> list[Challenge]:
    """Each of the six logs a challenge that the set may see."""
    return [
        Challenge.objects.create(
            owner=place,
            title=f"A challenge at {place.organisation}",
            happening="What is happening, in a few words.",
            question="How do we begin?",
            visibility="set",
        )
        for place in world.participants
    ]
