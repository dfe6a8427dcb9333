"""Role by URL: who is answered what, for every address there is. An address that isn't listed here fails the test.

Whoever an object does not belong to is told that there is none (404), which is also what an object that never was
answers. Nothing but the listed open pages answers anybody who is not signed in.
"""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from challenges.models import Action, Airtime, Challenge
from learningsets import invitations, programmes, tokens
from learningsets.invitation_lines import Line
from learningsets.models import Invitation, Membership, OneTimeLink, Role, User
from reports.models import Release, Report
from reports.production import produce
from reports.releasing import prepare, publish, request_candidate
from reports.write_up import read
from sessions.models import AgendaItem, Concept, Guest, Meeting, PredefinedConcept
from tests.world import World, hold_meeting, log_challenges, make_world, through_window

pytestmark = [pytest.mark.xdist_group("access"), pytest.mark.once]

# Who asks. "author" is the participant who owns the challenge at hand.
FACILITATOR, AUTHOR, PARTICIPANT, ORGANISER = "Thaddeus", "Siobhán", "Gwilym", "Perpetua"
FORMERLY = {"Radulf": Role.FACILITATOR, "Oriel": Role.ORGANISER}  # what they were, until they left
# Another set's member and facilitator, a member who left, a stranger, and those.
OTHERS = ("Ebba", "Njord", "Leopold", "Stig", *FORMERLY)
SET = {FACILITATOR, AUTHOR, PARTICIPANT}
MEMBERS = {AUTHOR, PARTICIPANT}
EVERYBODY = {*SET, ORGANISER, *OTHERS}
FOUND, POST_ONLY, REDIRECTS = "found", "post only", "redirects"


@dataclass(frozen=True)
class Rule:
    """Whom an address answers with its page; everybody else gets 404. `how`: a page, or a form's target."""

    who: frozenset[str]
    how: str = FOUND
    open: bool = False


def page(*who: str) -> Rule:
    """A page for these."""
    return Rule(frozenset(who))


def action(*who: str) -> Rule:
    """The target of a form: a GET is refused whoever asks; a POST by anybody else finds nothing."""
    return Rule(frozenset(who), POST_ONLY)


def public() -> Rule:
    """A page for everybody, signed in or not."""
    return Rule(frozenset(EVERYBODY), open=True)


RULES: dict[str, Rule] = {
    "healthz": public(),
    "learningsets:home": page(*EVERYBODY),
    "learningsets:to_do": page(*EVERYBODY),  # shows nothing but one's own sets: tests/learningsets/test_to_do.py
    "learningsets:about": public(),
    "learningsets:set_up": Rule(frozenset(), open=True),
    "learningsets:sign_in": Rule(frozenset(), open=True),
    "learningsets:invitation": Rule(frozenset(), open=True),
    "learningsets:invitation_resend": action(FACILITATOR),
    "learningsets:invitation_revoke": action(FACILITATOR),
    "learningsets:programme": page(ORGANISER),
    "learningsets:programme_edit": page(ORGANISER),
    "learningsets:cohort_add": page(ORGANISER),
    "learningsets:cohort_edit": page(ORGANISER),
    "learningsets:organisers": page(ORGANISER),
    "learningsets:organiser_leave": action(ORGANISER),
    "learningsets:organiser_return": action(ORGANISER),
    "learningsets:cohort": page(*SET),
    "learningsets:contract": page(*SET),
    "learningsets:sign": action(*SET),
    "learningsets:contract_edit": page(FACILITATOR),
    "learningsets:members": page(*SET),
    "learningsets:invite": page(FACILITATOR),
    "learningsets:invite_facilitators": page(ORGANISER),
    "learningsets:hand_over": page(FACILITATOR),
    "learningsets:member": page(FACILITATOR),
    "learningsets:member_leave": action(FACILITATOR),
    "learningsets:member_return": action(FACILITATOR),
    "learningsets:me": page(*EVERYBODY),
    "learningsets:me_names": action(*EVERYBODY),
    "learningsets:me_employer": action(*EVERYBODY),
    "learningsets:me_address": page(*EVERYBODY),
    "learningsets:me_address_code": Rule(frozenset(EVERYBODY), REDIRECTS),
    "learningsets:me_export": page(*EVERYBODY),
    "meetings:calendar": page(*EVERYBODY),  # shows nothing but one's own: tests/meetings/test_calendar.py
    "meetings:your_calendar": page(*EVERYBODY),
    "meetings:renew_feed": action(*EVERYBODY),
    "meetings:revoke_feed": action(*EVERYBODY),
    "meetings:feed": Rule(frozenset(), open=True),  # whoever has the address: tests/meetings/test_calendar.py
    "meetings:reminders_off": action(*SET),
    "meetings:reminders_on": action(*SET),
    "meetings:stop_reminders": Rule(frozenset(), open=True),  # whoever has the letter: tests/meetings/test_reminders.py
    "meetings:dates": page(ORGANISER),
    "meetings:schedule": page(FACILITATOR),
    "meetings:add": page(FACILITATOR),
    "meetings:copy_set": page(FACILITATOR),
    "meetings:set_calendar": page(FACILITATOR),
    "meetings:predefined": page(*SET, "Ebba", "Njord"),  # another set of the programme
    "meetings:add_predefined": page(FACILITATOR, "Njord"),
    "meetings:paste_predefined": page(FACILITATOR, "Njord"),
    "meetings:take_out_pasted": action(FACILITATOR, "Njord"),
    "meetings:predefined_concept": page(FACILITATOR, "Njord"),
    "meetings:remove_predefined": action(FACILITATOR, "Njord"),
    "meetings:put_back_predefined": action(FACILITATOR, "Njord"),
    "meetings:meeting": page(*SET),
    "meetings:change": page(FACILITATOR),
    "meetings:cancel": page(FACILITATOR),
    "meetings:restore": action(FACILITATOR),
    "meetings:apologies": page(*SET),
    "meetings:withdraw_apologies": action(*SET),
    "meetings:attendance": page(FACILITATOR),
    "meetings:add_guest": action(FACILITATOR),
    "meetings:remove_guest": action(FACILITATOR),
    "meetings:close": Rule(frozenset({FACILITATOR}), REDIRECTS),  # before it begins there is nothing to close
    "meetings:reopen": action(FACILITATOR),
    "meetings:practice": page(FACILITATOR),
    "meetings:agenda": page(FACILITATOR),
    "meetings:begin_agenda": action(FACILITATOR),
    "meetings:fit_agenda": action(FACILITATOR),
    "meetings:unfit_agenda": action(FACILITATOR),
    "meetings:carry_forward": action(FACILITATOR),
    "meetings:add_item": page(FACILITATOR),
    "meetings:item": page(FACILITATOR),
    "meetings:move_item": action(FACILITATOR),
    "meetings:remove_item": action(FACILITATOR),
    "meetings:put_back_item": action(FACILITATOR),
    "meetings:room": page(*SET),
    "meetings:room_now": page(*SET),
    "meetings:press": action(FACILITATOR),
    "meetings:tap": action(FACILITATOR),
    "meetings:park": Rule(frozenset({FACILITATOR}), REDIRECTS),
    "meetings:strike_parked": action(FACILITATOR),
    "meetings:concepts": page(*SET),
    "meetings:concepts_now": page(*SET),
    "meetings:add_concept": Rule(frozenset(SET), REDIRECTS),  # opened again these are the list's
    "meetings:strike_concept": Rule(frozenset(SET), REDIRECTS),
    "meetings:put_back_concept": action(*SET),
    "challenges:reflect": page(*EVERYBODY),  # shows nothing but one's own: tests/challenges/test_reflect.py
    "challenges:kept": page(*EVERYBODY),
    "challenges:said": page(*SET),
    "challenges:questions": page(FACILITATOR),
    "challenges:challenges": page(*SET),
    "challenges:log": page(*MEMBERS),
    "challenges:evaluation": page(ORGANISER),
    "challenges:give_back": page(FACILITATOR),
    "challenges:ledger": page(*SET),
    "challenges:bid": page(*MEMBERS),
    "challenges:present": action(FACILITATOR),
    "challenges:airtime": page(AUTHOR),  # who presents it
    "challenges:ask": page(FACILITATOR, PARTICIPANT),
    "challenges:add_action": page(AUTHOR),
    "challenges:action": page(AUTHOR),
    "challenges:progress": page(*SET),
    "challenges:challenge": page(*SET),
    "challenges:edit": page(AUTHOR),
    "challenges:share": action(AUTHOR),
    "challenges:delete": page(AUTHOR),
    "reports:library": page(*EVERYBODY),
    "reports:of_set": page(ORGANISER),
    "reports:own": page(*SET),
    "reports:preview": action(*EVERYBODY),  # the set is in the body: tests/reports/test_preview.py
    "reports:reading": page(*EVERYBODY),  # shows nothing but one's own: tests/reports/test_reading.py
    "reports:prepare": action(FACILITATOR),
    "reports:report": page(FACILITATOR),
    "reports:write_up": page(FACILITATOR),
    "reports:cover": page(FACILITATOR),
    "reports:section": page(FACILITATOR),
    "reports:add_section": action(FACILITATOR),
    "reports:move_section": action(FACILITATOR),
    "reports:hide_section": action(FACILITATOR),
    "reports:remove_section": action(FACILITATOR),
    "reports:put_back_section": action(FACILITATOR),
    "reports:delete_removed": action(FACILITATOR),
    "reports:review_copy": page(FACILITATOR),
    "reports:review": page(FACILITATOR),
    "reports:clearances": page(FACILITATOR),
    "reports:meetings": page(FACILITATOR),
    "reports:objections": page(FACILITATOR),
    "reports:candidate": action(FACILITATOR),
    "reports:progress": page(FACILITATOR),
    "reports:retry": action(FACILITATOR),
    "reports:give": action(FACILITATOR),
    "reports:call_back": action(FACILITATOR),
    "reports:release": action(FACILITATOR),
    "reports:withdraw": page(FACILITATOR),
    "reports:read": page(*SET, ORGANISER),
    "reports:download": page(*SET, ORGANISER),
    "reports:download_all": page(ORGANISER),
    "reports:certificate": page(*SET, ORGANISER),
}
# allauth's own pages; they ask for nothing but an address and a code.
ACCOUNT = {
    "account_login",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_logout",
    "account_inactive",
    "account_signup",
}


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """The full name of every address below a resolver."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from names(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}"


@dataclass
class Site:
    """The world with one object of every kind, and the address of each page about it."""

    world: World
    objects: dict[str, object]
    instead: dict[str, dict[str, object]]  # by name of an address: other objects, where the usual ones don't fit

    def address(self, name: str, objects: dict[str, object] | None = None) -> str:
        """The address called `name`, about this site's objects (or about others)."""
        known = objects or (self.objects | self.instead.get(name, {}))
        return reverse(name, kwargs={key: known[key] for key in arguments(name)})


def arguments(name: str) -> set[str]:
    """The keyword arguments that an address takes."""
    resolver = get_resolver()
    for part in name.split(":")[:-1]:
        resolver = resolver.namespace_dict[part][1]
    candidates, *_ = resolver.reverse_dict.getlist(name.rsplit(":", maxsplit=1)[-1])
    return set(candidates[0][0][1])


@pytest.fixture
def site(lasting_site: Site, db: None) -> Site:
    """The site; what a test changes in it is undone."""
    return lasting_site


@pytest.fixture(scope="module")
def lasting_site(shared_database: None) -> Site:
    """A set that has met, reported and released; an open invitation, a guest, a challenge."""
    world = make_world()
    challenges = log_challenges(world)
    meeting = hold_meeting(world)
    planned = Meeting.objects.create(
        cohort=world.cohort, number=2, starts_at="2030-01-08T14:00:00Z", time_zone="Europe/London"
    )
    line = Line(1, name="Invited Person", email="invited@corribhealth.example")
    invitations.invite(
        line, programme=world.programme, cohort=world.cohort, role="participant", sender=world.people["Thaddeus"].user
    )
    report = prepare(meeting)
    release = request_candidate(report)
    produce(release.pk)
    release.refresh_from_db()
    publish(through_window(release).pk, release.sha256)
    for who, role in FORMERLY.items():
        user = User.objects.create_user(f"{who}@alder.example", who)
        place = programmes.join(
            user, programme=world.programme, cohort=world.cohort if role == Role.FACILITATOR else None, role=role
        )
        Membership.objects.filter(pk=place.pk).update(left_on=timezone.localdate())
        world.people[who] = place
    concept = Concept.objects.create(meeting=planned, text="ownership")
    item = AgendaItem.objects.create(meeting=planned, position=0, kind="airtime", format="classic", minutes=35)
    airtime = Airtime.objects.create(item=item, presenter=challenges[0].owner)
    guest = Guest.objects.create(meeting=meeting, name="Guest Person")
    challenge = Challenge.objects.get(pk=challenges[0].pk)
    return Site(
        world,
        {
            "token": "no-such-token",
            "invitation_id": Invitation.objects.get().pk,
            "programme_id": world.programme.pk,
            "cohort_id": world.cohort.pk,
            "membership_id": world.people["Gwilym"].pk,
            "meeting_id": planned.pk,
            "guest_id": guest.pk,
            "concept_id": concept.pk,
            "predefined_id": PredefinedConcept.objects.create(programme=world.programme, term="Commons").pk,
            "pasted": uuid.uuid4(),
            "item_id": item.pk,
            "airtime_id": airtime.pk,
            "action_id": Action.objects.create(airtime=airtime, text="Ask again", due="2030-02-01").pk,
            "parked_id": uuid.uuid4(),
            "challenge_id": challenge.pk,
            "report_id": Report.objects.get().pk,
            "section_id": read(report.content).sections[0].id,
            "release_id": Release.objects.get().pk,
            "file_format": "html",
        },
        {
            "challenges:said": {"meeting_id": meeting.pk},
            "learningsets:organiser_leave": {"membership_id": world.people["Oriel"].pk},
            "learningsets:organiser_return": {"membership_id": world.people["Oriel"].pk},
        },
    )


def test_every_address_is_listed() -> None:
    assert set(names(get_resolver())) == set(RULES) | ACCOUNT


def test_each_address_answers_those_it_is_for_and_nobody_else(site: Site) -> None:
    clients = {who: site.world.client(who) for who in sorted(EVERYBODY)}
    wrong = []
    for name, rule in RULES.items():
        for who, client in clients.items():
            expected = {FOUND: 200, POST_ONLY: 405, REDIRECTS: 302}[rule.how] if who in rule.who else 404
            expected = 405 if rule.how == POST_ONLY else expected
            answer = client.get(site.address(name))
            if answer.status_code != expected:
                wrong.append((name, who, answer.status_code, expected))
            elif "no-store" not in answer.headers["Cache-Control"]:  # "back" on a shared computer would find it
                wrong.append((name, who, "stays in the browser"))
    assert not wrong, "\n".join(map(str, wrong))


def test_no_form_can_be_sent_by_anybody_else(site: Site) -> None:
    """An empty POST: those it is not for find nothing, before any field is looked at."""
    clients = {who: site.world.client(who) for who in sorted(EVERYBODY)}
    wrong = []
    for name, rule in RULES.items():
        if rule.open:
            continue
        for who in sorted(EVERYBODY - rule.who):
            answer = clients[who].post(site.address(name))
            # A page without a form refuses the method before it looks for anything.
            if answer.status_code not in ({404} if rule.how == POST_ONLY else {404, 405}):
                wrong.append((name, who, answer.status_code))
    assert not wrong, "\n".join(map(str, wrong))


def test_nobody_who_is_not_signed_in_gets_anything_but_the_open_pages(site: Site) -> None:
    for name, rule in RULES.items():
        if rule.open:
            continue
        for answer in (Client().get(site.address(name)), Client().post(site.address(name))):
            assert (name, answer.status_code, answer.headers["Location"].split("?")[0]) == (
                name,
                302,
                reverse("account_login"),
            )


def test_what_is_not_yours_answers_as_what_never_was(site: Site) -> None:
    """The same status and the same bytes, so that an address can't be probed for whether something exists."""
    never = {
        key: value if key in {"token", "guest_id", "file_format"} else uuid.uuid4()
        for key, value in site.objects.items()
    }
    stranger = site.world.client("Stig")
    for name, rule in RULES.items():
        if rule.how == FOUND and "Stig" not in rule.who and not rule.open and arguments(name) - {"token"}:
            theirs, nothing = stranger.get(site.address(name)), stranger.get(site.address(name, never))
            assert (name, theirs.status_code) == (name, 404)
            assert _without_tokens(theirs.content) == _without_tokens(nothing.content), name


def test_the_links_of_the_first_start_open_nothing_once_somebody_is_there(site: Site) -> None:
    token = tokens.new_token()
    OneTimeLink.objects.create(token_hash=tokens.hash_of(token))
    assert Client().get(reverse("learningsets:set_up", args=[token])).status_code == 404


def _without_tokens(content: bytes) -> bytes:
    """A page without the form tokens that differ from one answer to the next."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", content)
