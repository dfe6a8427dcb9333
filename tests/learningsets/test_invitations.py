"""Inviting and being invited."""

import re
import threading
from urllib.parse import urlencode

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from learningsets import invitations, mail
from learningsets.invitation_lines import Line, read
from learningsets.models import Cohort, Identifier, Invitation, Letter, Membership, Programme, Role, User
from learningsets.names import given_name_first
from tests.learningsets.conftest import World, person

URLENCODED = "application/x-www-form-urlencoded"
LIST = """Name, E-mail, Organisation, Job title, Health system, Other names
Dilys Price, dilys@example.org, "Betsi, Health Board", Chief Nurse, Wales, Dil; D. Price-Jones

Åke Öberg\take@example.org\tRegion Norr\tLäkare\tSweden
"""


def token_in(letter: Letter) -> str:
    found = re.search(r"/invitation/([^/\s]+)/", letter.body)
    assert found
    return found[1]


def invited(world: World, email: str = "dilys@example.org", name: str = "Dilys Price") -> str:
    line, place = Line(1, name, email), {"programme": world.programme, "cohort": world.north}
    invitations.invite(line, **place, role=Role.PARTICIPANT, sender=world.farid.user)
    return token_in(Letter.objects.get(to=email))


def test_a_list_is_read_with_commas_tabs_quotes_and_headings() -> None:
    first, second = read(LIST)
    assert (first.number, first.name, first.email) == (2, "Dilys Price", "dilys@example.org")
    assert (first.organisation, first.health_system) == ("Betsi, Health Board", "Wales")
    assert first.other_name_list == ["Dil", "D. Price-Jones"]
    assert (second.number, second.name, second.job_title, second.errors) == (4, "Åke Öberg", "Läkare", [])


@pytest.mark.parametrize("heads", ["Namn;E-post", "Name\tE-mail", "Name, Mailadresse", "Namn,Epostadress,Arbetsplats"])
def test_a_line_of_headings_is_passed_over(heads: str) -> None:
    assert [line.name for line in read(f"{heads}\nÅke Öberg, ake@example.org")] == ["Åke Öberg"]


MORE_THAN_ONE = "There is more than one address here. Give each person a line of their own: name, e-mail address."


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("dilys@example.org", "The name is missing. It stands before the address, with a comma between."),
        ("dina@@broken", "The name is missing, and “dina@@broken” is not an e-mail address."),
        ("dina@example.org, omar@example.org", MORE_THAN_ONE),
        ("dina@example.org omar@example.org", MORE_THAN_ONE),
        ("Dina, dina@example.org, omar@example.org", MORE_THAN_ONE),
        ("Dina, dina@example.org; Omar, omar@example.org", MORE_THAN_ONE),
        ("Dina dina@example.org, Omar omar@example.org", MORE_THAN_ONE),
        ("dilys@example.org, Dilys", "The first column is the name, the second the e-mail address."),
        ("Dilys", "The e-mail address is missing."),
        ("1 dilys@example.org", "The name is missing. It stands before the address, with a comma between."),
        ("-, dilys@example.org", "The name is missing. It stands before the address, with a comma between."),
        (", dilys@example.org", "The name is missing. It stands before the address, with a comma between."),
        ("Dilys, dilys at example", "“dilys at example” is not an e-mail address."),
        ("D" * 201 + ", d@example.org", "A column is longer than 200 characters."),
        (
            "Dilys,d@example.org,a,b,c,d,e",
            "There are more than six columns. Put quotation marks round a column that holds a comma.",
        ),
        ("Dilys,d@example.org,,,," + "x" * 201, "One of the other names is longer than 200 characters."),
    ],
)
def test_each_line_says_what_is_wrong_with_it(line: str, error: str) -> None:
    assert [one.errors for one in read(line)] == [[error]]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg <anna.berg@example.org>, Carl Dal <carl@example.org>",
        "Anna Berg <anna.berg@example.org>; 'Carl Dal' <mailto:carl@example.org>;",
        '"Anna Berg" <Anna.Berg@example.org>,\n"Carl Dal" <carl@example.org>',
    ],
)
def test_what_mail_programs_copy_is_understood(text: str) -> None:
    assert [(one.name, one.email, one.errors) for one in read(text)] == [
        ("Anna Berg", "anna.berg@example.org", []),
        ("Carl Dal", "carl@example.org", []),
    ]


@pytest.mark.parametrize(
    ("text", "names", "organisation"),
    [
        ("Berg, Anna <a@example.org>; Dal, Carl <c@example.org>", ["Anna Berg", "Carl Dal"], ""),
        ("Berg, Anna <a@example.org>", ["Anna Berg"], ""),
        ("Anna Berg <a@example.org>, Region Norr, Nurse", ["Anna Berg"], "Region Norr"),
        ("Anna Berg, <a@example.org>, Region Norr, Nurse", ["Anna Berg"], "Region Norr"),
        ("Anna Berg\tAnna Berg <a@example.org>\tRegion Norr", ["Anna Berg"], "Region Norr"),
    ],
)
def test_a_name_with_a_comma_and_columns_after_an_address(text: str, names: list[str], organisation: str) -> None:
    lines = read(text)
    assert [one.name for one in lines] == names
    assert {(one.organisation, *one.errors) for one in lines} == {(organisation,)}


@pytest.mark.parametrize(
    ("name", "spoken", "greeted"),
    [
        ("Fraser, Tom", "Tom Fraser", "Tom"),
        ("FRASER, TOM", "TOM FRASER", "TOM"),
        ("Fraser, Dr Tom", "Dr Tom Fraser", "Tom"),
        ("Prof. Ashby, Anna-Karin (Region Norr)", "Prof. Anna-Karin Ashby (Region Norr)", "Anna-Karin"),
        ("Helen Ashby, PhD", "Helen Ashby, PhD", "Helen"),
        ("Cllr Sister Helen Ashby", "Cllr Sister Helen Ashby", "Helen"),
        ("Fraser, Tom, MD", "Fraser, Tom, MD", "Fraser"),
        ("Dr", "Dr", "Dr"),
        ("", "", ""),
    ],
)
def test_a_name_is_turned_round_where_it_begins_with_the_last(name: str, spoken: str, greeted: str) -> None:
    assert (given_name_first(name), User(name=name).get_short_name()) == (spoken, greeted)


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("Sam Stone; sam@fac.example", ("Sam Stone", "sam@fac.example", "")),
        ("Sam Stone sam@fac.example", ("Sam Stone", "sam@fac.example", "")),
        ("Sam Stone; sam@fac.example; Stone, Sons & Co", ("Sam Stone", "sam@fac.example", "Stone, Sons & Co")),
        ("Stone, Sam; sam@fac.example; Stone & Co", ("Sam Stone", "sam@fac.example", "Stone & Co")),
        (
            "Sam Stone, sam@fac.example, Stone & Co, Clerk, Wales, Sammy; Sams",
            ("Sam Stone", "sam@fac.example", "Stone & Co"),
        ),
        ("Sam Stone\xa0sam@fac.example", ("Sam Stone", "sam@fac.example", "")),
        ("Sam\tsam@fac.example\tStone; Sons, and Co", ("Sam", "sam@fac.example", "Stone; Sons, and Co")),
    ],
)
def test_columns_are_parted_by_what_parts_name_and_address(text: str, read_as: tuple[str, str, str]) -> None:
    (line,) = read(text)
    assert (line.name, line.email, line.organisation, line.errors) == (*read_as, [])


def test_several_in_a_line_as_mail_programs_write_them() -> None:
    assert [(one.name, one.email, one.errors) for one in read("Ann Berg <ann@x.example>; Bo Berg <bo@x.example>")] == [
        ("Ann Berg", "ann@x.example", []),
        ("Bo Berg", "bo@x.example", []),
    ]


def test_an_address_that_stands_twice_is_told() -> None:
    assert read("A, a@example.org\nB, A@example.org")[1].errors == ["The same address stands in line 1."]


def test_nothing_is_sent_before_the_facilitator_confirms(world: World, as_) -> None:
    farid = as_(world.farid)
    url = f"/sets/{world.north.pk}/members/invite/"
    assert farid.get(url).status_code == 200
    preview = farid.post(url, {"people": LIST})
    assert preview.status_code == 200
    assert "Dilys Price" in preview.text
    assert "turned round" not in preview.text
    turned = farid.post(url, {"people": "Fraser, Tom <tom@example.org>"}).text
    assert ("Tom Fraser</td>" in turned, "“Fraser, Tom” is turned round" in turned) == (True, True)
    unknown = "the employer cannot be taken out of reports"
    known = farid.post(url, {"people": "Tom Fraser, tom@example.org, Region Norr"}).text
    assert ('name="send"' in turned, unknown in turned, unknown in known) == (True, True, False)
    assert (Invitation.objects.count(), Letter.objects.count()) == (0, 0)
    assert farid.post(url, {"people": LIST, "send": "yes"}).status_code == 302
    assert sorted(Letter.objects.values_list("to", flat=True)) == ["ake@example.org", "dilys@example.org"]
    begins = "Farid Aziz invites you to the learning set “North” of the programme “Unlocking”."
    assert [letter.body.split("\n")[2] for letter in Letter.objects.all()] == [begins] * 2
    assert Invitation.objects.get(email="dilys@example.org").other_names == "Dil\nD. Price-Jones"


def test_a_list_with_an_error_is_not_sent(world: World, as_) -> None:
    url = f"/sets/{world.north.pk}/members/invite/"
    answer = as_(world.farid).post(url, {"people": "Dilys, dilys@example.org\nAlva, alva@example.org", "send": "yes"})
    assert answer.status_code == 422
    assert "This person is in the set already." in answer.text
    assert re.findall(r'href="#(line-\d+)"|<tr id="(line-\d)"', answer.text) == [
        ("line-2", ""),
        *(("", f"line-{n}") for n in (1, 2)),
    ]
    assert "Dilys, dilys@example.org" in answer.text
    assert Letter.objects.count() == 0


def test_an_uploaded_file_is_read_and_can_then_be_changed(world: World, as_) -> None:
    url = f"/sets/{world.north.pk}/members/invite/"
    upload = SimpleUploadedFile("people.csv", "\ufeffÅke Öberg;ake@example.org;Region Norr;Läkare\n".encode())
    answer = as_(world.farid).post(url, {"people": "", "file": upload})
    assert answer.status_code == 200
    assert answer.context["form"]["people"].value() == "Åke Öberg\take@example.org\tRegion Norr\tLäkare"


@pytest.mark.parametrize("text", ["", "\x00", "a\ud800", "x" * 50_000, "\n" * 100, "=cmd()|'/c', <script>, \u202e, 李"])
def test_hostile_lists_are_refused_with_a_message(world: World, as_, text: str) -> None:
    data = urlencode({"people": text}, errors="surrogatepass")
    answer = as_(world.farid).post(f"/sets/{world.north.pk}/members/invite/", data, content_type=URLENCODED)
    assert answer.status_code == 422


def test_a_binary_file_is_refused(world: World, as_) -> None:
    upload = SimpleUploadedFile("people.csv", bytes(range(256)) * 10)
    answer = as_(world.farid).post(f"/sets/{world.north.pk}/members/invite/", {"file": upload})
    assert answer.status_code == 422


def test_an_organiser_is_not_invited_into_a_set_of_theirs(world: World) -> None:
    lines = read("Olga Ek, olga@example.org")
    assert invitations.check(lines, world.north, Role.PARTICIPANT) is False
    assert lines[0].errors == ["This person organises the programme, so they cannot be in one of its sets."]


def test_reading_an_invitation_changes_nothing_and_accepting_signs_in(world: World) -> None:
    token = invited(world)
    browser = Client()
    page = browser.get(f"/invitation/{token}/")
    assert "Welcome, Dilys Price" in page.text
    assert (User.objects.filter(email="dilys@example.org").count(), Invitation.objects.get().accepted_on) == (0, None)
    answer = browser.post(f"/invitation/{token}/")
    assert answer.headers["Location"] == f"/sets/{world.north.pk}/contract/"
    dilys = Membership.objects.get(user__email="dilys@example.org")
    assert (dilys.role, dilys.cohort, dilys.user.name) == ("participant", world.north, "Dilys Price")
    assert browser.get("/").context["user"] == dilys.user


def test_the_token_is_kept_as_a_hash_only(world: World) -> None:
    token = invited(world)
    stored = Invitation.objects.get()
    assert token not in str(stored.__dict__)
    mail.send_waiting()
    assert Letter.objects.get().body == ""


def test_a_link_that_was_used_leads_whoever_is_signed_in_to_their_pages(world: World, as_) -> None:
    page = as_(world.alva).get("/invitation/never/").text.partition("<main")[2].partition("</main")[0]
    assert ("You are signed in as Alva Lind." in page, "Sign in" in page) == (True, False)


def test_whose_employer_is_not_known_is_said_of_the_invited(world: World, as_) -> None:
    invited(world)
    page = f"/sets/{world.north.pk}/members/"
    was = as_(world.farid).get(page).text.count("organisation not known")
    Invitation.objects.update(organisation="Betsi Board")
    assert as_(world.farid).get(page).text.count("organisation not known") == was - 1


def test_what_cannot_be_used_answers_the_same(world: World) -> None:
    used, revoked, expired = (
        invited(world, "u@example.org"),
        invited(world, "r@example.org"),
        invited(world, "e@example.org"),
    )
    Client().post(f"/invitation/{used}/")
    invitations.revoke(Invitation.objects.get(email="r@example.org"))
    Invitation.objects.filter(email="e@example.org").update(expires_on="2020-01-01")
    answers = [Client().get(f"/invitation/{token}/") for token in (used, revoked, expired, "unknown")]
    answers += [Client().post(f"/invitation/{token}/") for token in (used, revoked, expired, "unknown")]
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, answers[0].text)}


def test_an_invitation_lasts_a_fortnight(world: World) -> None:
    with time_machine.travel("2026-12-01T12:00:00Z"):
        token = invited(world)
    with time_machine.travel("2026-12-15T23:00:00Z"):
        assert Client().get(f"/invitation/{token}/").status_code == 200
    with time_machine.travel("2026-12-16T00:01:00Z"):
        assert Client().post(f"/invitation/{token}/").status_code == 404


def test_sending_again_ends_the_old_link(world: World, as_) -> None:
    old = invited(world)
    Letter.objects.update(bounced=True)
    invitation = Invitation.objects.get()
    assert as_(world.farid).post(f"/invitations/{invitation.pk}/resend/").status_code == 302
    new = token_in(letter := Letter.objects.get(bounced=False))
    assert "Farid Aziz invites you" in letter.body
    assert Letter.objects.count() == 1
    assert Client().get(f"/invitation/{old}/").status_code == 404
    assert Client().get(f"/invitation/{new}/").status_code == 200


def test_a_revoked_invitation_does_not_work(world: World, as_) -> None:
    token = invited(world)
    as_(world.farid).post(f"/invitations/{Invitation.objects.get().pk}/revoke/")
    assert Client().post(f"/invitation/{token}/").status_code == 404
    assert invitations.resend(Invitation.objects.get(), world.farid.user) is False


def test_only_those_who_invite_manage_invitations(world: World, as_) -> None:
    invited(world)
    invitation = Invitation.objects.get()
    for somebody in (world.olga, world.alva, world.stig):
        assert as_(somebody).post(f"/invitations/{invitation.pk}/revoke/").status_code == 404
    Invitation.objects.update(role=Role.FACILITATOR)
    for somebody in (world.farid, world.alva, world.stig):
        assert as_(somebody).post(f"/invitations/{invitation.pk}/revoke/").status_code == 404
    assert as_(world.olga).post(f"/invitations/{invitation.pk}/revoke/").status_code == 302


def test_an_organiser_invites_a_facilitator(world: World, as_) -> None:
    url = f"/sets/{world.north.pk}/facilitators/invite/"
    assert "Somebody other than you" in as_(world.olga).get(url).text
    assert as_(world.olga).post(url, {"people": "Gwen, gwen@example.org", "send": "yes"}).status_code == 302
    letter = Letter.objects.get()
    assert "Olga Ek invites you to facilitate the learning set “North”" in letter.body
    browser = Client()
    before = set(Letter.objects.values_list("pk", flat=True))
    browser.post(f"/invitation/{token_in(letter)}/")
    assert browser.get(f"/sets/{world.north.pk}/members/invite/").status_code == 200
    told = Letter.objects.exclude(pk__in=before)
    here = world.north.memberships.current().exclude(user__email="gwen@example.org")
    assert {one.to for one in told} == set(here.values_list("user__email", flat=True))
    assert all("Somebody new facilitates your learning set" in one.body and "Gwen" not in one.body for one in told)
    token = invited(world, "new@example.org", "New Participant")
    count = Letter.objects.count()
    Client().post(f"/invitation/{token}/")
    assert Letter.objects.count() == count  # of who takes part nobody is told so


def test_a_person_known_already_keeps_their_name_and_the_boundary_learns_the_other(world: World) -> None:
    token = invited(world, "stig@example.org", "Stig F.")
    browser = Client()
    browser.post(f"/invitation/{token}/")
    stig = User.objects.get(email="stig@example.org")
    assert stig.name == "Stig Far"
    known = Identifier.objects.filter(cohort=world.north, user=stig).values_list("kind", "value")
    assert sorted(known) == [("email", "stig@example.org"), ("name", "Stig Far"), ("other_name", "Stig F.")]


def test_whoever_became_organiser_meanwhile_is_told(world: World) -> None:
    token = invited(world)
    dilys = person("Dilys Price")
    Membership.objects.create(programme=world.programme, user=dilys, role=Role.ORGANISER)
    answer = Client().post(f"/invitation/{token}/")
    assert answer.status_code == 422
    assert "nobody is organiser of a programme and member" in answer.text
    assert Invitation.objects.get().accepted_on is None


def test_the_boundary_knows_the_invited_before_they_accept(world: World) -> None:
    invitations.invite_all(read(LIST), world.north, Role.PARTICIPANT, world.farid.user)
    known = Identifier.objects.filter(cohort=world.north, user=None).values_list("kind", "value")
    assert set(known) == {
        ("name", "Dilys Price"),
        ("email", "dilys@example.org"),
        ("job_title", "Chief Nurse"),
        ("other_name", "Dil"),
        ("other_name", "D. Price-Jones"),
        ("organisation", "Betsi, Health Board"),
        ("name", "Åke Öberg"),
        ("email", "ake@example.org"),
        ("job_title", "Läkare"),
        ("organisation", "Region Norr"),
    }


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_accept_at_once_one_is_let_in() -> None:
    programme = Programme.objects.create(title="Unlocking")
    north = Cohort.objects.create(programme=programme, name="North")
    line, sender = Line(1, "Dilys", "dilys@example.org"), User.objects.create_user("farid@example.org", "Farid Aziz")
    invitations.invite(line, programme=programme, cohort=north, role=Role.PARTICIPANT, sender=sender)
    token = token_in(Letter.objects.get())
    let_in: list[bool] = []
    gate = threading.Semaphore(12)  # connections at one moment
    start = threading.Event()

    def race() -> None:
        start.wait()
        with gate:
            try:
                let_in.append(invitations.accept(token) is not None)
            finally:
                connection.close()

    racers = [threading.Thread(target=race) for _i in range(50)]
    for racer in racers:
        racer.start()
    start.set()
    for racer in racers:
        racer.join()
    assert sorted(let_in) == [False] * 49 + [True]
    assert Membership.objects.count() == 1


def test_an_organiser_cannot_find_out_who_takes_part(world: World, as_) -> None:
    invited(world)
    url = f"/sets/{world.north.pk}/facilitators/invite/"
    olga = as_(world.olga)
    for email in ("alva@example.org", "dilys@example.org", "nobody@example.org"):
        assert olga.post(url, {"people": f"Somebody, {email}"}).status_code == 200
        assert olga.post(url, {"people": f"Somebody, {email}", "send": "yes"}).status_code == 302
    assert "is in the set already" in olga.post(url, {"people": "Farid, farid@example.org"}).text


def test_a_participant_does_not_turn_into_a_facilitator(world: World) -> None:
    line = Line(1, "Alva", "alva@example.org")
    place = {"programme": world.programme, "cohort": world.north, "sender": world.farid.user}
    invitations.invite(line, **place, role=Role.FACILITATOR)
    answer = Client().post(f"/invitation/{token_in(Letter.objects.get())}/")
    assert answer.status_code == 422
    assert "facilitator and participant of one set" in answer.text
    world.alva.refresh_from_db()
    assert (world.alva.role, Invitation.objects.get().accepted_on) == ("participant", None)


def test_a_list_that_is_too_long_is_cut_in_the_preview(world: World, as_) -> None:
    people = "\n".join(f"P{n}, p{n}@example.org" for n in range(61))
    answer = as_(world.farid).post(f"/sets/{world.north.pk}/members/invite/", {"people": people})
    assert (answer.status_code, len(answer.context["lines"])) == (422, 60)


def test_what_leaves_is_what_the_preview_showed(world: World, as_) -> None:
    farid, url = as_(world.farid), f"/sets/{world.north.pk}/members/invite/"
    upload = SimpleUploadedFile("people.csv", "Åke Öberg;ake@example.org;Region Norr\n".encode())
    page = farid.post(url, {"file": upload})
    seen, typed = page.context["seen"], page.context["form"]["people"].value()
    answer = farid.post(url, {"people": f"{typed}\nWrong Person, wrong@else.example", "seen": seen, "send": "yes"})
    assert (answer.status_code, Letter.objects.count()) == (422, 0)
    assert "The list is not the one that you saw." in answer.text
    assert farid.post(url, {"people": typed, "seen": seen, "send": "yes"}).status_code == 302
    assert [letter.to for letter in Letter.objects.all()] == ["ake@example.org"]
