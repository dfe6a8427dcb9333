"""A set in which there is one of everything that somebody may not see, each with words of its own to be looked for."""

from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from challenges import airtime as turns
from challenges import box, drafts, kept
from challenges.models import Action, Airtime, Asked, Challenge, Regime
from challenges.prompts import asked, open_prompts
from learningsets import contracts, invitations, programmes
from learningsets.contracts import sign
from learningsets.invitation_lines import Line
from learningsets.models import Contract, Identifier, Invitation, Membership, User
from learningsets.models.identifier import Kind
from reports import page, windows
from reports import write_up as raw
from reports.build import build_document
from reports.document import loads
from reports.models import Release, Report
from reports.releasing import prepare, publish, withdraw
from reports.review import decide
from sessions import attendance, feeds, room
from sessions.models import AgendaItem, Attendance, Concept, Guest, Meeting, Parked, PredefinedConcept, Room
from tests.reports.conftest import certified
from tests.reports.objecting import wants
from tests.world import FACILITATOR, ORGANISER, PARTICIPANTS, World, let_time_pass, make_world, through_window, tip

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

# Who looks, by a letter: of the set its facilitator, the one who brought the challenges and presents, another member,
# and one who left; who convenes the programme; a member and the facilitator of its other set; and a stranger's set.
READERS = {
    "f": "Thaddeus",
    "a": "Siobhán",
    "p": "Gwilym",
    "l": "Leopold",
    "o": "Perpetua",
    "m": "Ebba",
    "n": "Njord",
    "s": "Stig",
}


MARKS: dict[str, str] = {}  # what each thing is called, by the word that stands in it


def mark(label: str, words: str = "") -> str:
    """Words that stand for something private, and nowhere else; what people are called has to look like it."""
    words = words or f"zq{label.replace('-', '')}qz"
    MARKS[words] = label
    return words


@dataclass
class Laden:
    """The world, and by a word for each the objects that pages are about."""

    world: World
    about: dict[str, dict[str, Any]] = field(default_factory=dict)

    def meeting(self, word: str, starts_at: Any, **fields: Any) -> Meeting:
        """One more meeting of the set, with a place and a link of its own."""
        one = Meeting.objects.create(
            cohort=self.world.cohort,
            number=Meeting.objects.filter(cohort=self.world.cohort).count() + 1,
            starts_at=starts_at,
            time_zone="Europe/London",
            place=mark("place"),
            video_link=f"https://video.example/{mark('link')}",
            **fields,
        )
        self.about[word] = {"meeting_id": one.pk}
        return one


def laden() -> Laden:
    """Everything; whatever was said of the first meetings has been tipped out, and of the fourth it lies in the box."""
    one = Laden(make_world())
    _people(one)
    _reported(one)
    _challenges(one)
    _ahead(one)
    _on(one)
    _asking(one)
    _next_door(one)
    return one


def private(reader: str) -> dict[str, list[str]]:
    """By what they are: words about others that a `reader` (the first word of a name) must not find by accident."""
    people = [(*entry[:4], entry[0].split()[0]) for entry in (*PARTICIPANTS, FACILITATOR, ORGANISER)]
    others = [entry for entry in people if entry[4] != reader]
    members = [entry for entry in others if entry[0] not in (FACILITATOR[0], ORGANISER[0])]
    return {
        "names of members": [name for name, *_ in members],
        "addresses of members": [email for _name, email, *_ in members],
        "employers of members": [employer for _name, _email, employer, *_ in members],
        "name of the facilitator": [entry[0] for entry in others if entry[0] == FACILITATOR[0]],
        "address of the facilitator": [entry[1] for entry in others if entry[0] == FACILITATOR[0]],
        "organiser": [word for entry in others if entry[0] == ORGANISER[0] for word in entry[:3]],
        "who left": [] if reader == "Leopold" else ["Leopold Gone", "leopold@alder.example", "Alder House"],
        "the other set": [] if reader in ("Ebba", "Njord") else ["Birch"],
        "names in the other set": [] if reader in ("Ebba", "Njord") else ["Ebba Neighbour", "Njord Nextdoor"],
        "addresses in the other set": [] if reader in ("Ebba", "Njord") else ["ebba@birch", "njord@birch"],
        "strangers": [] if reader == "Stig" else ["Stig Stranger", "stig@cedar", "Cedar House", "Another programme"],
    }


def _people(one: Laden) -> None:
    """Titles and other names; a contract that was changed and signed again; whoever is asked to join."""
    world = one.world
    for place in world.participants:
        Membership.objects.filter(pk=place.pk).update(job_title=mark("title", "Wharfinger"))
    of = {"cohort": world.cohort, "user": world.people["Gwilym"].user}
    Identifier.objects.create(kind=Kind.OTHER_NAME, value=mark("other-name", "Bladonwick"), **of)
    first = contracts.current_contract(world.cohort)
    assert first is not None
    Contract.objects.filter(pk=first.pk).update(text=mark("former-contract"))
    contract = contracts.publish(world.cohort, mark("contract"), replaces=first.version)
    assert contract is not None
    for place in (*world.participants, world.people["Thaddeus"]):
        sign(place, contract)
    asks = {"programme": world.programme, "cohort": world.cohort, "sender": world.people["Thaddeus"].user}
    line = Line(1, name=mark("invited", "Cuthbert Yaxley"), email=mark("address-of-invited", "cy@new.example"))
    invitations.invite(line, role="participant", **asks)
    for who in READERS.values():
        feeds.renew(world.people[who].user)
    one.about["a member"] = {"membership_id": world.people["Gwilym"].pk}
    one.about["who left"] = {"membership_id": world.people["Leopold"].pk}


def _reported(one: Laden) -> None:
    """A report that is out, with a draft after it that the set reads; one that was objected to; one taken back."""
    world = one.world
    said = {  # what is objected to in one is held in the others, if it says the same
        "released": "The set met Dr Barnaby Crouch: {}.",
        "objected": "Beds moved with Dr Barnaby Crouch: {}.",
        "withdrawn": "Boats bring Mr Barnaby Crouch: {}.",
    }
    for nth, (word, text) in enumerate(said.items()):
        report = _report(one, one.meeting(word, timezone.now() - (100 - 20 * nth) * DAY), word, text)
        release = certified(report)
        html = page.render(loads(release.document))
        certificate = release.certificate | {"html": sha256(html).hexdigest()}
        Release.objects.filter(pk=release.pk).update(html=html, certificate=certificate, filename="report.pdf")
        if word != "released":  # pages about a meeting that was held are looked at once
            one.about[word] = {"report_id": report.pk, "section_id": one.about[word]["section_id"]}
        one.about[word] |= {"release_id": release.pk}
        if word == "objected":
            window = windows.give(release)
            wants(window, world.people["Gwilym"], mark("text-objected"), "generalise", mark("wish"))
            let_time_pass(window)
            continue
        publish(through_window(release).pk, release.sha256)
        if word == "withdrawn":
            withdraw(release.pk, mark("reason-to-withdraw"))
        else:
            draft = certified(_written(report, text.format(mark("text-draft"))))
            wants(windows.give(draft), world.people["Siobhán"], mark("text-draft"), "generalise", mark("ballot"))
            section = raw.read(draft.report.content).sections[0].id
            one.about["draft"] = {"report_id": report.pk, "section_id": section, "release_id": draft.pk}


def _report(one: Laden, meeting: Meeting, word: str, text: str) -> Report:
    """A meeting that was held, and its report, written and decided."""
    world = one.world
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.CLOSED, tips_at=timezone.now() + HOUR)
    meeting.refresh_from_db()
    for place in world.participants:
        Attendance.objects.create(meeting=meeting, membership=place, status="present")
    Guest.objects.create(
        meeting=meeting,
        name=mark("guest", "Iphigenia Tarbuck"),
        organisation=mark("guest-employer", "Oldmeadow Hospice"),
    )
    item = AgendaItem.objects.create(
        meeting=meeting, position=0, kind="airtime", format="classic", minutes=35, reached=True, seconds=600
    )
    turn = Airtime.objects.create(
        item=item, presenter=world.people["Siobhán"], shown=True, notes=mark("notes-of-before")
    )
    Asked.objects.create(airtime=turn, text=mark("asked-before"))
    Parked.objects.create(meeting=meeting, text=mark("parked-before"))
    Concept.objects.create(meeting=meeting, text=mark("concept-before"))
    attendance.open_questions(meeting)
    first, second, *_ = open_prompts(meeting)
    for place in set(world.participants) - {world.people["Gwilym"]}:  # who never writes: nothing may tell him by it
        box.put_in(place, {first: f"I {mark(f'answer-{word}')} it"}, Regime.CHATHAM)
        box.put_in(place, {second: mark("answer-for-the-set")}, Regime.SET)
    report = prepare(tip(meeting), mark(f"title-{word}"), "In spring")
    report = _written(report, text.format(mark(f"text-{word}")))
    section = raw.read(report.content).sections[0].id
    one.about[word] |= {"report_id": report.pk, "section_id": section, "item_id": item.pk, "airtime_id": turn.pk}
    return report


def _written(report: Report, text: str) -> Report:
    """Write it up, and decide what is asked."""
    report.content = raw.plain(raw.WriteUp((raw.Session(title="Day", paragraphs=(text,)), raw.Answers())))
    report.save()
    for passage in build_document(report, "review_copy", key=b"").passages:
        for finding in passage.result.open:
            decide(report, finding.words, "keep", reason=mark("reason-to-keep"), sentence=finding.sentence)
    return Report.objects.select_related("cohort__programme").get(pk=report.pk)


def _challenges(one: Laden) -> None:
    """What Siobhán brings, by who may see it; and what somebody brings to the programme's other set."""
    for visibility in ("private", "facilitator", "set"):
        words = {name: mark(f"challenge-{visibility}") for name in ("title", "happening", "data", "question")}
        made = Challenge.objects.create(owner=one.world.people["Siobhán"], visibility=visibility, **words)
        made.tell()
        one.about[f"challenge-{visibility}"] = {"challenge_id": made.pk}
    Challenge.objects.create(owner=one.world.people["Ebba"], title=mark("challenge-in-birch"), visibility="set")


def _ahead(one: Laden) -> None:
    """A meeting that is planned: an agenda, and one who cannot come."""
    meeting = one.meeting("ahead", timezone.now() + 30 * DAY)
    known = PredefinedConcept.objects.create(programme=one.world.programme, term=mark("predefined"))
    item = AgendaItem.objects.create(
        meeting=meeting, position=0, kind="theory", title=mark("item"), minutes=20,
        handout=f"https://papers.example/{mark('handout')}",
    )  # fmt: skip
    item.concepts.add(known)
    AgendaItem.objects.create(
        meeting=meeting, position=1, kind="theory", title=mark("removed-item"), minutes=20, removed=True
    )
    Concept.objects.create(meeting=meeting, text=mark("concept"))
    Concept.objects.create(meeting=meeting, text=mark("struck-concept"), struck=True)
    attendance.cannot_come(meeting, one.world.people["Gwilym"], mark("reason-of-an-apology"))
    one.about["ahead"] |= {"item_id": item.pk, "predefined_id": known.pk}
    one.meeting("empty", timezone.now() + 60 * DAY)


def _on(one: Laden) -> None:
    """A meeting that is on: Siobhán has the turn, and was asked something."""
    siobhan, gwilym = one.world.people["Siobhán"], one.world.people["Gwilym"]
    meeting = one.meeting("on", timezone.now() - HOUR)
    item = AgendaItem.objects.create(meeting=meeting, position=0, kind="airtime", format="classic", minutes=35)
    for place in (siobhan, gwilym):
        attendance.tap(meeting, place.pk, came=True)
    turns.present(item, siobhan.pk)
    room.press(meeting, Room.objects.get(meeting=meeting).version, "next")
    turn = Airtime.objects.get(item=item)
    turns.ask(turn, gwilym.user, mark("asked"))
    turns.note(turn, turn.version, mark("notes"))
    room.park(meeting, mark("parked"))
    words = {"text": mark("action"), "first_step": mark("first-step"), "about_self": mark("about-myself")}
    done = Action.objects.create(airtime=turn, due=timezone.localdate() + 30 * DAY, **words)
    one.about["on"] |= {"item_id": item.pk, "airtime_id": turn.pk, "action_id": done.pk}


def _asking(one: Laden) -> None:
    """A meeting whose closing questions are open; and what somebody kept of an earlier one."""
    siobhan = one.world.people["Siobhán"]
    meeting = one.meeting("asking", timezone.now() - 2 * DAY, state=Meeting.State.CLOSED, tips_at=timezone.now() + DAY)
    for place in one.world.participants:
        Attendance.objects.create(meeting=meeting, membership=place, status="present")
    attendance.open_questions(meeting)
    first, second, *_ = open_prompts(meeting)
    drafts.save_draft(siobhan, first, mark("draft"), Regime.CHATHAM)
    box.put_in(siobhan, {second: mark("in-the-box")}, Regime.CHATHAM)
    note = kept.Note(str(one.about["released"]["meeting_id"]), "What did I learn?", mark("kept"))
    with transaction.atomic():
        kept.keep(one.world.cohort, {siobhan.pk: [note]})


def _next_door(one: Laden) -> None:
    """The programme's other set has all of this too: a page that takes too much would show it."""
    world, ebba = one.world, one.world.people["Ebba"]
    first = contracts.current_contract(world.other_cohort)
    assert first is not None
    Contract.objects.filter(pk=first.pk).update(text=mark("birch-contract"))
    meeting = Meeting.objects.create(
        cohort=world.other_cohort, number=1, starts_at=timezone.now() - HOUR, time_zone="Europe/London",
        place=mark("birch-place"), video_link=f"https://video.example/{mark('birch-link')}",
    )  # fmt: skip
    held = Meeting.objects.create(
        cohort=world.other_cohort, number=2, starts_at=timezone.now() - 40 * DAY, time_zone="Europe/London",
        state=Meeting.State.TIPPED, tips_at=timezone.now() - 38 * DAY,
    )  # fmt: skip
    attendance.tap(meeting, ebba.pk, came=True)
    for of in (meeting, held):
        item = AgendaItem.objects.create(
            meeting=of, position=0, kind="airtime", title=mark("birch-item"), format="classic", minutes=35, reached=True
        )
        AgendaItem.objects.create(meeting=of, position=1, kind="theory", title=mark("birch-left-over"), minutes=20)
        turn = Airtime.objects.create(item=item, presenter=ebba, shown=of is held, notes=mark("birch-notes"))
        Asked.objects.create(airtime=turn, text=mark("birch-asked"))
        Action.objects.create(airtime=turn, text=mark("birch-action"), due=timezone.localdate() + 9 * DAY)
        Parked.objects.create(meeting=of, text=mark("birch-parked"))
        Concept.objects.create(meeting=of, text=mark("birch-concept"))
        Guest.objects.create(meeting=of, name=mark("birch-guest", "Perdita Onslow"))
    prompt = asked(held)[0]
    prompt.save()
    box.lay_out(prompt, [(mark("birch-answer"), Regime.SET)] * 5, {Regime.SET: 5})
    report = prepare(held, mark("birch-title"), "In spring")
    report.content = raw.plain(raw.WriteUp((raw.Session(title="Day", paragraphs=(mark("birch-text"),)), raw.Answers())))
    report.save()
    asks = {"programme": world.programme, "sender": world.people["Njord"].user}
    for cohort, role, name, address, by in (
        (world.other_cohort, "participant", "birch-invited", "perkin@new.example", None),
        (world.other_cohort, "facilitator", "birch-asked-to-facilitate", "sacheverell@new.example", "Njord"),
        (world.cohort, "facilitator", "asked-to-facilitate", "ludo@new.example", "Thaddeus"),
        (world.cohort, "facilitator", "asked-by-the-organiser", "melchior@new.example", None),
    ):
        line = Line(1, name=mark(name, f"{address.split('@')[0].title()} Threlkeld"), email=address)
        invitations.invite(line, cohort=cohort, role=role, **asks)
        inviter = world.people[by] if by else None
        Invitation.objects.filter(email=address).update(invited_by=inviter)
    gwilym = {"cohort": world.other_cohort, "user": world.people["Gwilym"].user}
    Identifier.objects.create(kind=Kind.OTHER_NAME, value=mark("other-name-next-door", "Tregenza"), **gwilym)
    for name, address, left in (
        ("Hesper Quillon", "hesper@birch.example", world.other_cohort),
        ("Radulf Ampney", "radulf@birch.example", world.cohort),
    ):  # one facilitated the other set until they left it, one this set, and facilitates the other now
        user = User.objects.create_user(address, mark(f"{name.split()[0].lower()}", name))
        place = programmes.join(user, programme=world.programme, cohort=left, role="facilitator")
        Membership.objects.filter(pk=place.pk).update(left_on=timezone.localdate())
        if left == world.cohort:
            programmes.join(user, programme=world.programme, cohort=world.other_cohort, role="facilitator")
