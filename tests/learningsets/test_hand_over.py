"""A set is handed over by whoever facilitates it, or shared with another: only once that one has accepted."""

import pytest
from django.test import Client
from django.urls import reverse

from learningsets import programmes
from learningsets.models import Cohort, Invitation, Letter, Membership, Role
from tests.learningsets.conftest import World, person
from tests.learningsets.test_invitations import token_in


@pytest.fixture
def south(world: World) -> Membership:
    """Greta, who facilitates another set of the programme."""
    cohort = programmes.add_set(Cohort(programme=world.programme, name="South"))
    greta = person("Greta Hall")
    return programmes.join(
        greta, programme=world.programme, cohort=cohort, role=Role.FACILITATOR, organisation="Hall & Co"
    )


def url(world: World) -> str:
    return reverse("learningsets:hand_over", args=[world.north.pk])


def current(world: World) -> list[tuple[str, str]]:
    places = world.north.memberships.current().exclude(role=Role.PARTICIPANT).select_related("user")
    return [(place.user.name, place.role) for place in places]


def accept(to: str) -> None:
    letter = Letter.objects.get(to=to, subject="Your invitation to Learning Sets")
    assert Client().post(f"/invitation/{token_in(letter)}/").status_code == 302


def test_who_takes_part_in_another_set_is_not_on_offer(world: World, south: Membership, as_) -> None:
    """Nor who convenes the programme: those who lead its sets know of each other, and of nobody else in them."""
    programmes.join(
        person("Nils Oran"), programme=world.programme, cohort=south.cohort, role=Role.PARTICIPANT, organisation="Oran"
    )
    page = as_(world.farid).get(url(world))
    assert [place.user for place in page.context["form"].places.values()] == [south.user]
    assert [words in page.text for words in ("Greta Hall", "Nils", "Oran")] == [True, False, False]


def test_it_is_said_in_words_before_the_letter_and_nothing_changes_before_it_is_accepted(
    world: World, south: Membership, as_
) -> None:
    farid = as_(world.farid)
    typed = {"who": str(south.pk), "name": "", "email": "", "how": "over"}
    words = farid.post(url(world), typed)
    assert ("Greta Hall gets an e-mail" in words.text, "you leave it at that moment" in words.text) == (True, True)
    assert ("greta@example.org" in words.text, Letter.objects.count()) == (False, 0)
    farid.post(url(world), typed | {"send": "1"})
    standing = farid.get(url(world)).text
    assert ("When Greta Hall takes the set on, Farid Aziz leaves it." in standing, "greta@" in standing) == (
        True,
        False,
    )
    assert current(world) == [("Farid Aziz", "facilitator")]
    accept("greta@example.org")
    assert current(world) == [("Greta Hall", "facilitator")]
    assert Membership.objects.get(cohort=world.north, user=south.user).organisation == south.organisation
    assert farid.get(url(world)).status_code == 404
    told = Letter.objects.get(to="farid@example.org")
    assert (told.subject, "North" in told.body, "Greta" in told.body) == (
        "Your learning set is in other hands",
        False,
        False,
    )


def test_it_can_be_taken_back_until_then_by_those_of_the_set_and_the_organiser(
    world: World, south: Membership, as_
) -> None:
    farid = as_(world.farid)
    farid.post(url(world), {"who": str(south.pk), "name": "", "email": "", "how": "over", "send": "1"})
    revoke = reverse("learningsets:invitation_revoke", args=[Invitation.objects.get().pk])
    assert [as_(one).post(revoke).status_code for one in (world.alva, world.stig, south)] == [404] * 3
    assert farid.post(revoke).url == url(world)
    letter = Letter.objects.get()
    assert Client().post(f"/invitation/{token_in(letter)}/").status_code == 404
    assert current(world) == [("Farid Aziz", "facilitator")]
    farid.post(
        url(world), {"who": "else", "name": "New One", "email": "NEW@example.org", "how": "together", "send": "1"}
    )
    other = reverse("learningsets:invitation_revoke", args=[Invitation.objects.get(email="new@example.org").pk])
    assert as_(world.olga).post(other).url == reverse("learningsets:programme", args=[world.programme.pk])


def test_whoever_shares_a_set_stays(world: World, as_) -> None:
    typed = {"who": "else", "name": "New One", "email": "new@example.org", "how": "together"}
    assert "you both facilitate" in as_(world.farid).post(url(world), typed).text
    as_(world.farid).post(url(world), typed | {"send": "1"})
    again = as_(world.farid).post(url(world), typed | {"send": "1"})
    assert (again.status_code, "invited already" in again.text) == (422, True)
    accept("new@example.org")
    assert current(world) == [("Farid Aziz", "facilitator"), ("New One", "facilitator")]


def test_what_an_organiser_sent_only_an_organiser_takes_back(world: World, as_) -> None:
    invite = reverse("learningsets:invite_facilitators", args=[world.north.pk])
    as_(world.olga).post(invite, {"people": "New One, new@example.org", "send": "yes"})
    revoke = reverse("learningsets:invitation_revoke", args=[Invitation.objects.get().pk])
    assert [as_(one).post(revoke).status_code for one in (world.farid, world.olga)] == [404, 302]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"who": "else"}, "Please give their name."),
        ({"who": "else", "name": "A", "email": "a"}, "Please give an e-mail address"),
        ({"who": "else", "name": "Alva", "email": "alva@example.org"}, "This person is in the set already."),
        ({"who": "else", "name": "Olga", "email": "olga@example.org"}, "This person organises the programme"),
        ({"who": "nonsense", "name": "Kept", "email": "a@example.org"}, "not on offer any more"),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field(world: World, as_, typed: dict[str, str], told: str) -> None:
    answer = as_(world.farid).post(url(world), typed | {"how": "over", "send": "1"})
    assert (answer.status_code, told in answer.text, Letter.objects.count()) == (422, True, 0)
    assert typed.get("name", "") in answer.text
