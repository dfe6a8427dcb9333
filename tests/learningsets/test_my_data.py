"""What somebody says and sees of their own: names, where they work, their address, and the file of it all."""

import copy
import html
import json
import re

import pytest
from django.test import Client

from learningsets import access, contracts, members, programmes
from learningsets.models import Identifier, Letter, Membership, Organisation, Role, User
from tests.learningsets.conftest import World, known, make_set

pytestmark = pytest.mark.xdist_group("my data")


@pytest.fixture
def world(lasting_world: World, db: None) -> World:
    """Made once for all the tests here; what one of them changes is undone."""
    return copy.deepcopy(lasting_world)


def test_a_new_name_leaves_the_old_one_known(world: World, as_) -> None:
    as_(world.alva).post("/me/", {"name": "Alva Holm"})
    assert {("name", "Alva Lind"), ("name", "Alva Holm")} < known(world.alva.user, world.north)


def test_names_of_ones_own_are_added_and_never_taken_out(world: World, as_) -> None:
    alva = as_(world.alva)
    assert alva.post("/me/names/", {"names": "Allie\nA. L.\nAlva Lind"}).status_code == 302
    assert re.findall("<li>(Al[^<]*|A. L.)</li>", alva.get("/me/").text) == [
        "Allie",
        "A. L.",
    ]  # and not her name once more
    assert {("other_name", "Allie"), ("other_name", "A. L.")} < known(world.alva.user, world.north)
    assert alva.post("/me/names/", {"names": "x" * 201}).status_code == 422
    Membership.objects.filter(pk=world.alva.pk).update(left_on="2026-11-20")  # what the set wrote is still to leave
    assert alva.post("/me/names/", {"names": "Vivi"}).status_code == 302
    assert ("other_name", "Vivi") in known(world.alva.user, world.north)


def test_where_one_works_is_said_by_oneself_in_every_set_and_what_stood_there_stays_known(world: World, as_) -> None:
    south, left = make_set(world), make_set(world, "West")
    second = programmes.join(world.alva.user, programme=world.programme, cohort=south, role=Role.PARTICIPANT)
    third = programmes.join(world.alva.user, programme=world.programme, cohort=left, role=Role.PARTICIPANT)
    Membership.objects.filter(pk=third.pk).update(left_on="2026-11-20")
    alva, before = as_(world.alva), world.alva.version
    assert 'value="Region Norr"' in alva.get("/me/").text
    typed = {"organisation": "Härjedal Trust", "short_names": "HT\n the hill \n"}
    assert "Saved." in alva.post("/me/employer/", typed, follow=True).text
    for cohort in (world.north, south, left):
        new = {("organisation", "Härjedal Trust"), ("organisation_alias", "HT"), ("organisation_alias", "the hill")}
        assert new <= known(world.alva.user, cohort)
    assert ("organisation", "Region Norr") in known(world.alva.user, world.north)
    for place, shown in ((world.alva, "Härjedal Trust"), (second, "Härjedal Trust"), (third, "None")):
        place.refresh_from_db()
        assert str(place.organisation) == shown  # whoever facilitates a set that she left learns nothing new of her
    page = alva.get("/me/").text
    assert re.findall("<li>(Region Norr|Härjedal Trust|HT|the hill)</li>", page) == [
        "Region Norr",
        "Härjedal Trust",
        "HT",
        "the hill",
    ]
    assert world.alva.user not in [place.user for place in access.employers_unknown(left)]  # she has said it
    Membership.objects.filter(user=world.alva.user).update(left_on="2026-11-20")
    assert alva.post("/me/employer/", typed | {"short_names": "Last"}).status_code == 302
    assert ("organisation_alias", "Last") in known(world.alva.user, left)
    assert ("Where you work" in alva.get("/me/").text, "is not known" in alva.get("/me/").text) == (True, False)
    Membership.objects.filter(pk=world.alva.pk).update(left_on=None)
    assert "Härjedal Trust" in as_(world.bo).get(f"/sets/{world.north.pk}/members/").text
    stale = {"organisation": "Region Norr", "version": before}  # a form that was open since before
    assert as_(world.farid).post(f"/members/{world.alva.pk}/", stale).status_code == 422


def test_the_address_of_a_form_opened_as_a_page_says_what_it_is(world: World, as_) -> None:
    answer = as_(world.alva).get("/me/employer/")  # as after reloading a page with an error on it
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "Only a form leads here" in answer.text
    assert Client().get("/me/employer/").status_code == 302


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"organisation": "", "short_names": "Kept"}, "organisation"),
        ({"organisation": "Å" * 201, "short_names": "Kept"}, "organisation"),
        ({"organisation": "Kept", "short_names": "x" * 201}, "short_names"),
        ({"organisation": "Kept", "short_names": "x\x00"}, "short_names"),
        ({"organisation": "Kept", "has_no_employer": "on"}, "has_no_employer"),
        ({"organisation": "\u200b\u2060", "short_names": "Kept"}, "organisation"),
        ({"organisation": "–", "short_names": "Kept"}, "organisation"),
        ({"short_names": "Kept", "has_no_employer": "on"}, "has_no_employer"),
    ],
)
def test_an_employer_that_cannot_be_kept_is_told_beside_the_field(world: World, as_, typed, field: str) -> None:
    answer = as_(world.alva).post("/me/employer/", typed)
    assert (answer.status_code, list(answer.context["employer_form"].errors)) == (422, [field])
    assert "Kept" in answer.text
    assert not Organisation.objects.filter(name="Kept").exists()


def test_whose_employer_is_not_known_is_asked_and_their_facilitator_reminded(world: World, as_) -> None:
    asks, reminds = "Where you work is not known here", "organisation not known"
    home, members_page = f"/sets/{world.north.pk}/", f"/sets/{world.north.pk}/members/"
    assert [asks in as_(place).get(home).text for place in (world.alva, world.bo)] == [False, True]
    assert "Where you work now is not known" in as_(world.bo).get("/me/").text
    assert as_(world.farid).get(members_page).text.count(reminds) == 3  # Bo, Carys and Farid
    assert reminds not in as_(world.bo).get(members_page).text  # whom it would tell on
    as_(world.bo).post("/me/employer/", {"organisation": "Betsi Board"})
    as_(world.carys).post("/me/employer/", {"has_no_employer": "on"})
    for place in (world.bo, world.carys):
        assert asks not in as_(place).get(home).text
        assert "is not known" not in as_(place).get("/me/").text
    assert as_(world.farid).get(members_page).text.count(reminds) == 1
    north = programmes.come_along(Membership.objects.get(pk=world.carys.pk), make_set(world))
    assert north.employer_is_known


def test_whoever_comes_back_is_not_asked_again_where_they_work(world: World, as_) -> None:
    for place, organisation, nowhere in ((world.alva, "Region Norr", False), (world.bo, None, True)):
        Membership.objects.filter(pk=world.bo.pk).update(has_no_employer=True)
        members.leave(place)
        programmes.join(place.user, programme=world.programme, cohort=world.north, role=Role.PARTICIPANT)
        place.refresh_from_db()
        assert (place.left_on, place.has_no_employer) == (None, nowhere)
        assert (place.organisation and str(place.organisation)) == organisation
    programmes.join(
        world.bo.user, programme=world.programme, cohort=world.north, role=Role.PARTICIPANT, organisation="Betsi Board"
    )
    world.bo.refresh_from_db()
    assert (str(world.bo.organisation), world.bo.has_no_employer) == ("Betsi Board", False)


def test_of_whoever_works_nowhere_any_more_what_stood_there_stays_known(world: World, as_) -> None:
    alva = as_(world.alva)
    assert alva.post("/me/employer/", {"has_no_employer": "on"}).status_code == 302
    world.alva.refresh_from_db()
    assert (world.alva.organisation, world.alva.has_no_employer) == (None, True)
    assert ("organisation", "Region Norr") in known(world.alva.user, world.north)
    page = as_(world.farid).get(f"/members/{world.alva.pk}/")
    assert page.context["form"]["has_no_employer"].value() is True
    said = {"organisation": "Region Norr", "version": world.alva.version}
    assert as_(world.farid).post(f"/members/{world.alva.pk}/", said | {"has_no_employer": "on"}).status_code == 422
    assert as_(world.farid).post(f"/members/{world.alva.pk}/", said).status_code == 302
    world.alva.refresh_from_db()
    assert (str(world.alva.organisation), world.alva.has_no_employer) == ("Region Norr", False)


def test_an_address_moves_with_a_code_and_both_are_told(world: World, as_) -> None:
    alva, elsewhere = as_(world.alva), as_(world.alva)
    alva.post("/me/address/", {"email": "Alva@New.example"})
    found = re.search(r"^([A-Z0-9]{8})$", Letter.objects.get(to="alva@new.example").body, re.M)
    assert found
    assert alva.post("/me/address/code/", {"code": "WRONG"}).status_code == 422
    assert alva.post("/me/address/code/", {"code": f"{found[1][:4]}-{found[1][4:]}".lower()}).status_code == 302
    assert User.objects.get(pk=world.alva.user.pk).email == "alva@new.example"
    told = Letter.objects.filter(subject__contains="changed").values_list("to", flat=True)
    assert sorted(told) == ["alva@example.org", "alva@new.example"]
    assert alva.get("/me/").status_code == 200
    assert elsewhere.get("/me/").status_code == 302  # other sessions end
    assert {("email", "alva@example.org"), ("email", "alva@new.example")} < known(world.alva.user, world.north)


def test_an_address_of_somebody_else_looks_the_same_and_never_moves(world: World, as_) -> None:
    alva = as_(world.alva)
    assert alva.post("/me/address/", {"email": "bo@example.org"}).headers["Location"] == "/me/address/code/"
    assert re.search(r"^[A-Z0-9]{8}$", Letter.objects.get().body, re.M) is None
    assert alva.post("/me/address/code/", {"code": ""}).status_code == 422
    assert alva.post("/me/address/code/", {"code": "AAAAAAAA"}).status_code == 422


def test_after_five_wrong_codes_the_right_one_is_too_late(world: World, as_) -> None:
    alva = as_(world.alva)
    alva.post("/me/address/", {"email": "alva@new.example"})
    found = re.search(r"^([A-Z0-9]{8})$", Letter.objects.get().body, re.M)
    assert found
    for _i in range(5):
        alva.post("/me/address/code/", {"code": "WRONG"})
    alva.post("/me/address/code/", {"code": found[1]})
    assert User.objects.get(pk=world.alva.user.pk).email == "alva@example.org"


def test_my_data_holds_mine_and_nobody_elses(world: World, as_) -> None:
    answer = as_(world.alva).get("/me/export/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-learning-sets.json"'
    data = json.loads(answer.content)
    assert (data["name"], data["email"], data["places"][0]["organisation"]) == (
        "Alva Lind",
        "alva@example.org",
        "Region Norr",
    )
    assert data["about_this_file"]["challenges"].startswith("The challenges you logged are not in it")
    assert data["about_this_file"]["challenges"] in html.unescape(as_(world.alva).get("/me/").text)
    assert "Bo Hughes" not in answer.text
    contract = contracts.current_contract(world.north)
    assert contract is not None
    contracts.sign(world.alva, contract)
    (signed,) = json.loads(as_(world.alva).get("/me/export/").content)["places"][0]["contracts_signed"]
    shown = html.unescape(as_(world.alva).get(f"/sets/{world.north.pk}/contract/").text)
    assert "Time for it: 7 days." in signed["before_a_report_leaves"]
    assert signed["before_a_report_leaves"] in shown
    assert re.search(r"\d\d:\d\d", answer.text) is None


def test_my_data_holds_nothing_of_who_was_invited(world: World, as_) -> None:
    """The boundary knows them at once, as it knows guests: under no account, and for nobody to take along."""
    people = {"people": "Dilys Price, dilys@example.org", "send": "yes"}
    as_(world.farid).post(f"/sets/{world.north.pk}/members/invite/", people)
    assert Identifier.objects.filter(user=None, cohort=world.north, value="Dilys Price").exists()
    kept = json.loads(as_(world.alva).get("/me/export/").content)["known_to_the_anonymiser"]
    theirs = set(Identifier.objects.exclude(user=world.alva.user).values_list("value", flat=True))
    theirs -= set(Identifier.objects.filter(user=world.alva.user).values_list("value", flat=True))
    assert theirs >= {"Dilys Price", "dilys@example.org", "Bo Hughes"}
    assert [row["value"] for row in kept if row["value"] in theirs] == []


@pytest.mark.parametrize("text", ["", " ", "a\x00", "x" * 201, "a" + "\u0301" * 40, "one\ntwo"])
def test_a_name_that_cannot_be_is_refused_beside_the_field(world: World, as_, text: str) -> None:
    answer = as_(world.alva).post("/me/", {"name": text})
    assert answer.status_code == 422
    assert answer.context["name_form"].errors.keys() == {"name"}
    assert User.objects.get(pk=world.alva.user.pk).name == "Alva Lind"


@pytest.mark.parametrize("text", ["李小龍", "Żółć Ñandú", "مريم", "O’Brien-Ó Súilleabháin", "<b>&amp;"])
def test_a_name_in_any_script_is_kept(world: World, as_, text: str) -> None:
    assert as_(world.alva).post("/me/", {"name": text}).status_code == 302
    assert User.objects.get(pk=world.alva.user.pk).name == text
