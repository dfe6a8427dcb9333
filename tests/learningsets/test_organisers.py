"""A programme's organisers: who invites another, who leaves, and that nobody learns of it who takes part."""

import re
from functools import partial
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from learningsets import invitations, programmes
from learningsets.access import set_of
from learningsets.invitation_lines import Line
from learningsets.models import Cohort, Identifier, Invitation, Letter, Membership, Programme, Role, User
from reports.anonymity.deidentify import deidentify
from reports.roster import roster_of
from tests.learningsets.conftest import World, at_once, person
from tests.learningsets.test_invitations import token_in
from tests.signed_in import signed_in

TYPED = {"name": "Ione Strand", "email": "Ione@Example.org", "organisation": "Strand & Sound"}
DAY = "2026-11-20"


def url(world: World) -> str:
    return reverse("learningsets:organisers", args=[world.programme.pk])


def leave(place: Membership) -> str:
    return reverse("learningsets:organiser_leave", args=[place.pk])


def accept(to: str) -> Client:
    browser = Client()
    browser.post(f"/invitation/{token_in(Letter.objects.filter(to=to).latest('pk'))}/")
    return browser


def another(world: World) -> Membership:
    return programmes.join(person("Ione Strand"), programme=world.programme, cohort=None, role=Role.ORGANISER)


def known(cohort: Cohort) -> set[str]:
    return set(Identifier.objects.filter(cohort=cohort).values_list("value", flat=True))


def test_an_organiser_invites_another_who_then_has_the_same_rights(world: World, as_) -> None:
    answer = as_(world.olga).post(url(world), TYPED, follow=True)
    assert ("The invitation to Ione Strand is on its way." in answer.text, answer.text.count("Send again")) == (True, 1)
    letter = Letter.objects.get()
    assert (letter.to, "Olga Ek invites you to organise the programme “Unlocking”." in letter.body) == (
        "ione@example.org",
        True,
    )
    page = Client().get(f"/invitation/{token_in(letter)}/").text
    assert ("You are invited to organise the programme" in page, "contract" in page) == (True, False)
    ione = accept("ione@example.org")
    assert ione.get(reverse("learningsets:programme", args=[world.programme.pk])).status_code == 200
    assert re.findall("<h2>(.*?)</h2>", ione.get(url(world)).text) == ["Ione Strand", "Olga Ek"]


def test_the_boundary_knows_an_invited_organiser_in_every_set_whatever_becomes_of_the_invitation(
    world: World, as_
) -> None:
    before = programmes.add_set(Cohort(programme=world.programme, name="South"))
    as_(world.olga).post(url(world), TYPED)
    invitations.revoke(Invitation.objects.get())
    after = programmes.add_set(Cohort(programme=world.programme, name="West"))
    words = "We heard Ione Strand (ione@example.org) of Strand & Sound."
    for cohort in (world.north, before, after):
        assert len(deidentify(words, roster_of(cohort)).removed) == 3
    assert "Ione Strand" not in str(roster_of(set_of(world.stig)))


def test_who_takes_part_is_answered_like_a_stranger_and_told_alone(world: World, as_) -> None:
    answers = []
    for email in ("nobody@example.org", "alva@example.org"):
        Invitation.objects.update(revoked_on=DAY)  # the other's
        answer = as_(world.olga).post(url(world), TYPED | {"email": email}, follow=True)
        answers.append(re.sub(r"[\w-]{64}|[0-9a-f-]{36}|<!--.*?-->", "", answer.text).replace(email, "…"))
    assert (answers[0], answers[0].count("…")) == (answers[1], 1)
    told = Client().post(f"/invitation/{token_in(Letter.objects.get(to='alva@example.org'))}/")
    assert (told.status_code, "cannot be joined with this one" in told.text) == (422, True)
    assert Membership.objects.organisers().filter(programme=world.programme).count() == 1


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"email": "olga@example.org"}, "organises the programme already"),
        ({"email": "FARID@example.org"}, "facilitates a set of the programme"),
        ({"email": "asked@example.org"}, "is invited already"),
        ({"email": "no address"}, "such as name@example.org"),
        ({"email": ""}, "Please give an e-mail address."),
        ({"name": " "}, "Please fill this in."),
        ({"organisation": ""}, "Please fill this in."),
        ({"name": "Å" * 201}, "Please shorten this to 200 characters"),
        ({"name": "Io\x00ne"}, "a character that cannot be shown"),
    ],
)
def test_what_cannot_be_sent_is_told_beside_the_field_and_kept(world: World, as_, typed, error: str) -> None:
    line = Line(1, name="Asked Already", email="asked@example.org", organisation="Elsewhere")
    invitations.invite(line, programme=world.programme, cohort=None, role=Role.ORGANISER, sender=world.olga.user)
    answer = as_(world.olga).post(url(world), TYPED | typed)
    (name,) = typed
    assert (answer.status_code, Letter.objects.count()) == (422, 1)
    assert error in "".join(answer.context["form"].errors[name])
    kept = {key: value for key, value in TYPED.items() if key != name}
    assert all(f'value="{value}"' in unescape(answer.text) for value in kept.values())


def test_the_only_organiser_stays_and_of_two_either_can_go(world: World, as_) -> None:
    olga = as_(world.olga)
    assert "Leave the programme" not in olga.get(url(world)).text
    assert "A programme needs an organiser." in olga.post(leave(world.olga), follow=True).text
    ione = another(world)
    page = olga.get(url(world)).text
    assert (page.count("Leave the programme"), page.count("End the place of Ione Strand")) == (2, 2)
    answer = olga.post(leave(world.olga), follow=True)
    assert "You no longer organise “Unlocking”." in Letter.objects.get(to="olga@example.org").body
    assert "You no longer organise “Unlocking”." in answer.text
    assert olga.get(url(world)).status_code == 404
    back = reverse("learningsets:organiser_return", args=[world.olga.pk])
    assert olga.post(back).status_code == 404
    browser = as_(ione)
    assert "Organised it before" in browser.get(url(world)).text
    assert "Olga Ek organises the programme again." in browser.post(back, follow=True).text
    assert olga.get(url(world)).status_code == 200
    page = reverse("learningsets:programme", args=[world.programme.pk])
    assert [page in letter.body for letter in Letter.objects.filter(to="olga@example.org")].count(True) == 1


def test_who_organised_a_programme_reads_nothing_of_it_and_takes_part_in_none_of_its_sets(world: World, as_) -> None:
    ione = another(world)
    as_(world.olga).post(leave(ione))
    browser = as_(ione)
    assert "Unlocking" not in browser.get("/").text
    for name in ("programme", "programme_edit", "cohort_add", "organisers"):
        assert browser.get(reverse(f"learningsets:{name}", args=[world.programme.pk])).status_code == 404
    assert "Ione Strand" in known(world.north)
    as_(world.farid).post(f"/sets/{world.north.pk}/members/invite/", {"people": "I S, ione@example.org", "send": "y"})
    assert not Invitation.objects.filter(email="ione@example.org").exists()


def test_an_organiser_of_another_programme_and_a_member_end_nobodys_place(world: World, as_) -> None:
    ione, far = another(world), world.stig.programme
    elsewhere = programmes.join(person("Ulf Far"), programme=far, cohort=None, role=Role.ORGANISER)
    for who in (elsewhere, world.farid, world.alva):
        assert as_(who).post(leave(ione)).status_code == 404
    assert as_(world.olga).post(leave(world.alva)).status_code == 404  # not an organiser's place
    assert not Membership.objects.exclude(left_on=None).exists()


def test_an_invitation_is_sent_again_and_taken_back_on_the_same_page(world: World, as_) -> None:
    olga = as_(world.olga)
    olga.post(url(world), TYPED)
    invitation = Invitation.objects.get()
    for what in ("resend", "revoke"):
        address = reverse(f"learningsets:invitation_{what}", args=[invitation.pk])
        assert as_(world.farid).post(address).status_code == 404
        assert olga.post(address).headers["Location"] == url(world)
    assert "Ione Strand" not in olga.get(url(world)).text.partition("<main")[2]


def test_that_other_letters_to_an_address_came_back_is_told_to_nobody_who_invites_it(world: World, as_) -> None:
    """It would tell an organiser that somebody is known here; nor does sending again take it from who is told."""
    Letter.objects.create(to="alva@example.org", subject="Dates", body="", bounced=True)
    olga, farid = as_(world.olga), as_(world.farid)
    members, programme = f"/sets/{world.north.pk}/members/", f"/programmes/{world.programme.pk}/"
    olga.post(url(world), TYPED | {"email": "alva@example.org"})
    olga.post(f"/sets/{world.north.pk}/facilitators/invite/", {"people": "A, alva@example.org", "send": "yes"})
    assert "came back" not in olga.get(url(world)).text + olga.get(programme).text
    for invitation in Invitation.objects.all():
        olga.post(reverse("learningsets:invitation_resend", args=[invitation.pk]))
    assert "E-mail to this address comes back" in farid.get(members).text
    Letter.objects.filter(invitation__isnull=False).update(bounced=True)
    assert [olga.get(page).text.count("came back") for page in (url(world), programme)] == [1, 1]
    asked = Invitation.objects.get(role=Role.ORGANISER)
    olga.post(reverse("learningsets:invitation_resend", args=[asked.pk]))
    assert [olga.get(page).text.count("came back") for page in (url(world), programme)] == [0, 1]


def test_a_place_that_nobody_lost_is_given_back_without_a_letter(world: World, as_) -> None:
    ione = another(world)
    for _twice in range(2):
        as_(world.olga).post(reverse("learningsets:organiser_return", args=[ione.pk]))
    assert not Letter.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_queries(world: World, as_, django_assert_num_queries, count: int) -> None:
    for number in range(count):
        place = programmes.join(
            person(f"O{number} More"), programme=world.programme, cohort=None, role=Role.ORGANISER, organisation="More"
        )
        Membership.objects.filter(pk=place.pk).update(left_on=DAY if number % 2 else None)
        line = Line(1, name="I", email=f"i{number}@example.org", organisation="More")
        invitations.invite(line, programme=world.programme, cohort=None, role=Role.ORGANISER, sender=world.olga.user)
    olga = as_(world.olga)
    with django_assert_num_queries(6):
        olga.get(url(world))


@pytest.mark.django_db(transaction=True)
def test_of_several_who_invite_the_same_person_at_once_one_does_and_the_others_are_told() -> None:
    programme = Programme.objects.create(title="Unlocking")
    olga = User.objects.create_user("olga@example.org", "Olga Ek")
    programmes.join(olga, programme=programme, cohort=None, role=Role.ORGANISER)
    page = reverse("learningsets:organisers", args=[programme.pk])
    answers = at_once(*(partial(signed_in(olga).post, page, TYPED) for _i in range(6)))
    assert sorted(one.status_code for one in answers) == [302, *[422] * 5]
    told = [one.text for one in answers if one.status_code == 422]
    assert all("invited" in text and "Strand &amp; Sound" in text for text in told)
    assert Letter.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_organisers_who_leave_at_once_one_stays() -> None:
    programme = Programme.objects.create(title="Unlocking")
    people = [User.objects.create_user(f"{name}@example.org", name) for name in ("olga", "ione")]
    places = [programmes.join(user, programme=programme, cohort=None, role=Role.ORGANISER) for user in people]
    left = at_once(*(partial(programmes.step_down, one) for one in places))
    assert (sorted(left), programme.memberships.current().count()) == ([False, True], 1)
