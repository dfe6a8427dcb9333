"""Home, sets, programmes, members, contract, my data: who reaches what, and what changes."""

import copy
import re
from html import escape

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.test import Client
from django.utils.html import strip_tags

from learningsets import contracts, mail, members, programmes
from learningsets.models import Cohort, Contract, Identifier, Letter, Membership, Organisation, Programme, Role
from tests.learningsets.conftest import World, known, make_set, person

pytestmark = pytest.mark.xdist_group("pages")


@pytest.fixture
def world(lasting_world: World, db: None) -> World:
    """Made once for all the tests here; what one of them changes is undone."""
    return copy.deepcopy(lasting_world)


def more_people(world: World, count: int) -> None:
    for number in range(count):
        programmes.join(
            person(f"P{number} Extra"),
            programme=world.programme,
            cohort=world.north,
            role=Role.PARTICIPANT,
            organisation=f"Trust {number}",
        )


# --- Reaching things ---------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/me/", "/me/address/", "/me/export/"])
def test_strangers_are_sent_to_sign_in(db: None, path: str) -> None:
    assert Client().get(path).headers["Location"] == f"/accounts/login/?next={path}"


def test_everybody_reads_what_is_promised(db: None) -> None:
    page = Client().get("/about/")
    assert page.status_code == 200
    for not_promised in ("each other", "way of writing", "operates the server", "legally privileged", "found again"):
        assert not_promised in page.text
    assert "Ordinary numbers stay." in page.text


def test_what_an_organiser_is_told_of_who_came_is_said_alike_wherever_it_is_promised(db: None) -> None:
    page = " ".join(strip_tags(Client().get("/about/").text.replace("><", "> <")).split())
    bands = "in bands a quarter, of the whole programme, over at least ten people"
    assert f"Who came to a meeting yes yes yes {bands}" in page
    readme = (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")
    assert (
        "who was there | yes | yes | yes | a band a quarter, of the whole programme, over at least ten people" in readme
    )
    assert "over at least ten people, how many came" in str(contracts.default_text())
    assert "over ten people" not in page + readme


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/sets/{north}/", "farid alva"),
        ("/sets/{north}/contract/", "farid alva"),
        ("/sets/{north}/contract/edit/", "farid"),
        ("/sets/{north}/members/", "farid alva"),
        ("/sets/{north}/members/invite/", "farid"),
        ("/sets/{north}/facilitators/invite/", "olga"),
        ("/members/{alva}/", "farid"),
        ("/programmes/{programme}/", "olga"),
        ("/programmes/{programme}/edit/", "olga"),
        ("/programmes/{programme}/sets/add/", "olga"),
    ],
)
def test_what_is_not_yours_answers_404(world: World, as_, path: str, allowed: str) -> None:
    url = path.format(north=world.north.pk, alva=world.alva.pk, programme=world.programme.pk)
    people = ("olga", "farid", "alva", "stig")
    answers = {name: as_(getattr(world, name)).get(url).status_code for name in people}
    assert answers == {name: 200 if name in allowed.split() else 404 for name in people}


def test_whoever_left_sees_nothing_of_the_set(world: World, as_) -> None:
    answer = as_(world.farid).post(f"/members/{world.alva.pk}/leave/", follow=True)
    assert "Alva Lind has left the set. If that was a mistake, give the place back" in answer.text
    assert as_(world.alva).get(f"/sets/{world.north.pk}/").status_code == 404
    assert Membership.objects.filter(pk=world.alva.pk).count() == 1
    as_(world.farid).post(f"/members/{world.alva.pk}/return/")
    assert as_(world.alva).get(f"/sets/{world.north.pk}/").status_code == 200


def test_the_only_facilitator_cannot_leave(world: World, as_) -> None:
    answer = as_(world.farid).post(f"/members/{world.farid.pk}/leave/", follow=True)
    assert ("A set needs a facilitator." in answer.text, "Details of Alva Lind" in answer.text) == (True, True)
    assert Membership.objects.current().filter(pk=world.farid.pk).exists()
    programmes.join(person("Greta Hall"), programme=world.programme, cohort=world.north, role=Role.FACILITATOR)
    answer = as_(world.farid).post(f"/members/{world.farid.pk}/leave/", follow=True)
    assert ("You have left “North”." in answer.text, "give the place back" in answer.text) == (True, False)


def test_an_organiser_sees_no_member(world: World, as_) -> None:
    page = as_(world.olga).get(f"/programmes/{world.programme.pk}/").text
    assert "Farid Aziz" in page
    for name in ("Alva", "Bo Hughes", "Carys", "Region Norr"):
        assert name not in page


def test_a_set_reads_what_its_programme_is_for(world: World, as_) -> None:
    home, asked = f"/sets/{world.north.pk}/", "What the programme is for"
    Programme.objects.filter(pk=world.programme.pk).update(purpose="To <b>speak</b> across borders.")
    for place in (world.alva, world.farid):
        page = as_(place).get(home).text
        assert [words in page for words in (asked, "To &lt;b&gt;speak", "<li>Talk well</li>")] == [True] * 3
    Programme.objects.filter(pk=world.programme.pk).update(purpose="", aims="")
    assert asked not in as_(world.alva).get(home).text


def test_members_see_no_addresses(world: World, as_) -> None:
    assert "bo@example.org" not in as_(world.alva).get(f"/sets/{world.north.pk}/members/").text
    assert "bo@example.org" in as_(world.farid).get(f"/sets/{world.north.pk}/members/").text


# --- Literal query counts: session, user, and what the page is about -----------------


@pytest.mark.parametrize("count", [1, 3])
def test_members_queries(world: World, as_, django_assert_num_queries, count: int) -> None:
    more_people(world, count)
    for number in range(count):
        as_(world.farid).post(
            f"/sets/{world.north.pk}/members/invite/", {"people": f"I{number}, i{number}@example.org", "send": "yes"}
        )
    farid = as_(world.farid)
    with django_assert_num_queries(6):
        farid.get(f"/sets/{world.north.pk}/members/")


@pytest.mark.parametrize("count", [1, 3])
def test_home_queries(world: World, as_, django_assert_num_queries, count: int) -> None:
    for number in range(count):
        cohort = programmes.add_set(Cohort(programme=world.programme, name=f"Set {number}"))
        programmes.join(world.alva.user, programme=world.programme, cohort=cohort, role=Role.PARTICIPANT)
    alva = as_(world.alva)
    with django_assert_num_queries(8):
        alva.get("/")


@pytest.mark.parametrize("count", [1, 3])
def test_contract_queries(world: World, as_, django_assert_num_queries, count: int) -> None:
    more_people(world, count)
    farid = as_(world.farid)
    with django_assert_num_queries(8):
        farid.get(f"/sets/{world.north.pk}/contract/")


@pytest.mark.parametrize("count", [1, 3])
def test_my_data_queries(world: World, as_, django_assert_num_queries, count: int) -> None:
    for number in range(count):
        cohort = programmes.add_set(Cohort(programme=world.programme, name=f"Set {number}"))
        programmes.join(world.alva.user, programme=world.programme, cohort=cohort, role=Role.PARTICIPANT)
    alva = as_(world.alva)
    with django_assert_num_queries(6):
        alva.get("/me/")


# --- The contract ---------------------------------------------------------------------


def test_signing_counts_for_the_version_in_force_only(world: World, as_) -> None:
    alva = as_(world.alva)
    assert contracts.has_signed(world.alva) is False
    alva.post(f"/sets/{world.north.pk}/contract/sign/", {"version": 1})
    alva.post(f"/sets/{world.north.pk}/contract/sign/", {"version": 1})
    assert contracts.has_signed(world.alva) is True
    as_(world.farid).post(
        f"/sets/{world.north.pk}/contract/edit/", {"text": "New rules", "version": 1, "window_hours": 168}
    )
    assert contracts.has_signed(world.alva) is False
    alva.post(f"/sets/{world.north.pk}/contract/sign/", {"version": 1})  # what Alva had read is not in force
    assert contracts.has_signed(world.alva) is False


def test_a_new_version_asks_each_member_by_letter_to_sign_and_says_nothing_of_it(
    world: World, as_, mailoutbox: list[EmailMessage]
) -> None:
    as_(world.farid).post(
        f"/sets/{world.north.pk}/contract/edit/", {"text": "New rules", "version": 1, "window_hours": 168}
    )
    as_(world.farid).post(
        f"/sets/{world.north.pk}/contract/edit/", {"text": "Newer rules", "version": 2, "window_hours": 168}
    )
    members = world.north.memberships.current().values_list("user__email", flat=True)
    assert sorted(Letter.objects.values_list("to", flat=True)) == sorted(members)
    assert set(Letter.objects.values_list("body", flat=True)) == {
        (
            "The contract of your learning set has a new wording. Please read it, and sign it if you agree:\n\n"
            f"http://localhost:8000/sets/{world.north.pk}/contract/\n"
        )
    }
    as_(world.farid).post(f"/sets/{world.north.pk}/contract/sign/", {"version": 3})
    mail.send_waiting()
    asked = [one.to[0] for one in mailoutbox]
    assert sorted(asked) == sorted(set(members) - {world.farid.user.email})  # whoever signed at once is not asked


def test_of_two_who_change_the_contract_the_second_is_shown_both(world: World, as_) -> None:
    url = f"/sets/{world.north.pk}/contract/edit/"
    as_(world.farid).post(url, {"text": "First wording", "version": 1, "window_hours": 168})
    answer = as_(world.farid).post(url, {"text": "Second wording", "version": 1, "window_hours": 168})
    assert answer.status_code == 422
    assert "First wording" in answer.text
    assert "Second wording" in answer.text
    assert as_(world.farid).post(url, {"text": "Both wordings", "version": 2, "window_hours": 168}).status_code == 302
    assert list(Contract.objects.filter(cohort=world.north).values_list("version", flat=True)) == [3, 2, 1]


def test_a_shorter_time_for_reading_counts_once_everybody_has_signed_it(world: World, as_) -> None:
    """Nobody loses days by a version that a facilitator puts in force: only their own signature gives them away."""
    everybody = list(world.north.memberships.current())
    contracts.sign(world.alva, Contract.objects.get(cohort=world.north))
    contracts.publish(world.north, "Longer.", 1, 336)
    assert contracts.window_hours(world.north, everybody) == 336
    form = {"text": "Together.", "version": 2, "window_hours": 1}
    assert as_(world.farid).post(f"/sets/{world.north.pk}/contract/edit/", form).status_code == 302
    page = as_(world.alva).get(f"/sets/{world.north.pk}/contract/").text
    assert ("1 hour: we read it together, at once" in page, contracts.has_signed(world.alva)) == (True, False)
    third = Contract.objects.get(cohort=world.north, version=3)
    signed = []
    for place in everybody:
        signed.append(contracts.window_hours(world.north, everybody))
        contracts.sign(place, third)
    assert set(signed) == {168}
    assert contracts.window_hours(world.north, everybody) == 1


def test_a_hostile_contract_is_shown_as_text(world: World, as_) -> None:
    text = "<script>alert(1)</script> {{ 7|add:7 }}"
    as_(world.farid).post(f"/sets/{world.north.pk}/contract/edit/", {"text": text, "version": 1, "window_hours": 168})
    assert (
        "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7|add:7 }}"
        in as_(world.alva).get(f"/sets/{world.north.pk}/contract/").text
    )


# --- Members ----------------------------------------------------------------------------


def test_what_is_said_of_a_member_is_remembered_when_it_changes(world: World, as_) -> None:
    new = {
        "organisation": "Powys Board",
        "short_names": "PB\nPowys",
        "job_title": "Director",
        "health_system": "Wales",
        "other_names": "Allie",
        "version": 1,
    }
    assert as_(world.farid).post(f"/members/{world.alva.pk}/", new).status_code == 302
    assert known(world.alva.user, world.north) == {
        ("name", "Alva Lind"),
        ("email", "alva@example.org"),
        ("job_title", "Planner"),
        ("job_title", "Director"),
        ("organisation", "Region Norr"),
        ("organisation", "Powys Board"),
        ("organisation_alias", "PB"),
        ("organisation_alias", "Powys"),
        ("health_system", "Sweden"),
        ("health_system", "Wales"),
        ("other_name", "Allie"),
    }


def test_what_one_set_calls_an_employer_no_other_set_learns(world: World, as_) -> None:
    """Else whoever facilitates a set would try out employers, and see whose people are in another one."""
    south = programmes.add_set(Cohort(programme=world.programme, name="South"))
    signe, sven = (
        programmes.join(person(name), programme=world.programme, cohort=south, role=role)
        for name, role in (("Signe Sol", Role.FACILITATOR), ("Sven Sol", Role.PARTICIPANT))
    )
    same = {"organisation": "Region Norr", "version": 1}
    as_(world.farid).post(f"/members/{world.alva.pk}/", {**same, "short_names": "The Northerners"})
    as_(signe).post(f"/members/{sven.pk}/", {**same, "short_names": "The Norr"})
    for who, member, said, unsaid in (
        (world.farid, world.alva, "The Northerners", "The Norr<"),
        (signe, sven, "The Norr<", "The Northerners"),
    ):
        pages = [as_(who).get(f"/members/{member.pk}/").text, as_(member).get("/me/export/").text.replace('"', "<")]
        pages.append(as_(who).post(f"/members/{member.pk}/", {"version": 1}).text)
        assert [(said in page, unsaid in page) for page in pages] == [(True, False)] * 3
    assert Organisation.objects.get(name="Region Norr").aliases == ["The Northerners", "The Norr"]  # for the boundary


def test_of_two_who_describe_a_member_the_second_is_shown_both(world: World, as_) -> None:
    url = f"/members/{world.alva.pk}/"
    as_(world.farid).post(url, {"job_title": "First title", "version": 1})
    answer = as_(world.farid).post(url, {"job_title": "Second title", "version": 1})
    assert answer.status_code == 422
    assert "First title" in answer.text
    assert "Second title" in answer.text
    assert as_(world.farid).post(url, {"job_title": "Second title", "version": 2}).status_code == 302


def test_identifiers_cannot_be_changed(world: World) -> None:
    row = Identifier.objects.first()
    assert row is not None
    with pytest.raises(TypeError):
        row.save()


# --- Programmes -------------------------------------------------------------------------


def test_a_small_set_is_told_so_when_it_is_made(world: World, as_) -> None:
    olga = as_(world.olga)
    form = {"name": "Tiny", "places": "4", "language": "en", "time_zone": "Europe/London", "country": "GB-ENG"}
    answer = olga.post(f"/programmes/{world.programme.pk}/sets/add/", form, follow=True)
    assert "With fewer than 5 participants" in answer.text
    tiny = Cohort.objects.get(name="Tiny")
    assert ("name", "Olga Ek") in known(world.olga.user, tiny)
    assert olga.post(f"/programmes/{world.programme.pk}/sets/add/", form).status_code == 422


def test_of_two_who_reword_a_programme_the_second_is_shown_both(world: World, as_) -> None:
    url = f"/programmes/{world.programme.pk}/edit/"
    olga = as_(world.olga)
    assert olga.post(url, {"title": "First title", "paper": "letter", "version": 1}).status_code == 302
    answer = olga.post(url, {"title": "Second title", "paper": "a4", "version": 1})
    assert answer.status_code == 422
    assert "First title" in answer.text
    assert "<dd>US Letter</dd>" in answer.text
    assert 'value="Second title"' in answer.text
    assert olga.post(url, {"title": "Second title", "paper": "a4", "version": 2}).status_code == 302
    assert Programme.objects.get(pk=world.programme.pk).title == "Second title"


def test_an_aim_that_stands_there_twice_is_told_beside_the_field(world: World, as_) -> None:
    url = f"/programmes/{world.programme.pk}/edit/"
    typed = {"title": "Unlocking", "paper": "a4", "version": 1, "aims": "Lyssna längre\n\n Talk well \nLYSSNA LÄNGRE"}
    answer = as_(world.olga).post(url, typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"aims": ["This aim stands there twice: LYSSNA LÄNGRE"]}
    assert "Lyssna längre\n\n Talk well \nLYSSNA LÄNGRE" in answer.text.replace("\r", "")
    numbered = "1. Lyssna längre\n 2) Talk well\n• Ask openly\n- 24 hours or less\n2026 begins well\n"
    assert as_(world.olga).post(url, typed | {"aims": numbered}).status_code == 302
    aims = Programme.objects.get(pk=world.programme.pk).aim_list
    assert aims == ["Lyssna längre", "Talk well", "Ask openly", "24 hours or less", "2026 begins well"]


def test_another_set_begins_where_and_in_the_language_in_which_the_programmes_others_are(world: World, as_) -> None:
    Cohort.objects.filter(programme=world.programme).update(language="sv", country="SE", time_zone="Europe/Stockholm")
    form = as_(world.olga).get(f"/programmes/{world.programme.pk}/sets/add/").context["form"]
    kept = {name: form[name].value() for name in ("language", "country", "time_zone", "name")}
    assert kept == {"language": "sv", "country": "SE", "time_zone": "Europe/Stockholm", "name": None}


FRAME = {"name": "North", "places": "8", "language": "en", "time_zone": "Europe/London", "country": "GB-ENG"}


def test_of_two_who_change_a_set_the_second_is_shown_both(world: World, as_) -> None:
    url = f"/sets/{world.north.pk}/edit/"
    olga = as_(world.olga)
    assert olga.get(url).context["form"]["version"].value() == 1
    assert set(olga.get(url).context["form"].fields) == {"name", "places", "language", "country", "version"}
    first = FRAME | {
        "name": "Norrland",
        "places": "6",
        "language": "sv",
        "time_zone": "Europe/Stockholm",
        "country": "SE",
    }
    assert "Saved." in olga.post(url, first | {"version": 1}, follow=True).text
    answer = olga.post(url, FRAME | {"name": "Northern", "version": 1})
    assert answer.status_code == 422
    assert re.findall("<dd>(.*?)</dd>", answer.text) == ["Norrland", "6", "Swedish", "Sweden"]
    assert 'value="Northern"' in answer.text
    assert "Norrland" in as_(world.farid).get("/").text
    assert olga.post(url, FRAME | {"name": "Northern", "version": 2}).status_code == 302
    now = Cohort.objects.get(pk=world.north.pk)
    assert (now.name, now.time_zone) == ("Northern", "Europe/London")  # whoever was there on which day stays so


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": "South"}, "name"),  # another set's
        ({"name": ""}, "name"),
        ({"name": "N\x00"}, "name"),
        ({"name": "Å" * 201}, "name"),
        ({"places": "1"}, "places"),
        ({"places": "many"}, "places"),
        ({"language": "xx"}, "language"),
        ({"country": "ZZ"}, "country"),
    ],
)
def test_a_frame_that_cannot_be_is_told_beside_the_field(world: World, as_, typed, field: str) -> None:
    make_set(world)
    answer = as_(world.olga).post(f"/sets/{world.north.pk}/edit/", FRAME | {"version": 1} | typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Cohort.objects.get(pk=world.north.pk).name == "North"


def test_a_set_keeps_its_own_name_and_is_told_when_it_is_small(world: World, as_) -> None:
    answer = as_(world.olga).post(f"/sets/{world.north.pk}/edit/", FRAME | {"places": "4", "version": 1}, follow=True)
    assert "With fewer than 5 participants “North” cannot have a report" in answer.text


def test_a_facilitator_of_nobody_is_told_what_to_do(world: World, as_) -> None:
    farid = as_(world.farid)
    url = f"/sets/{world.north.pk}/"
    assert "Nobody takes part in this set yet" not in farid.get(url).text
    Membership.objects.participants().update(left_on="2026-01-01")
    assert "Nobody takes part in this set yet" in farid.get(url).text
    farid.post(f"/sets/{world.north.pk}/members/invite/", {"people": "Dilys, d@example.org", "send": "yes"})
    assert "Nobody takes part in this set yet" not in farid.get(url).text


def test_a_contract_has_headings_where_a_short_line_stands_on_top() -> None:
    text = "Rules\nBe kind.\n\nOne paragraph of its own.\n\n" + "Long " * 20 + "\nsecond line"
    assert Contract(text=text).sections == [
        ("Rules", "Be kind."),
        ("", "One paragraph of its own."),
        ("", "Long " * 20 + "\nsecond line"),
    ]


def test_nobody_is_flooded_with_codes(world: World, as_) -> None:
    call_command("createcachetable", verbosity=0)
    cache.clear()
    alva = as_(world.alva)
    answers = [alva.post("/me/address/", {"email": "victim@else.example"}).status_code for _i in range(11)]
    assert answers == [302] * 10 + [422]


def test_mail_that_comes_back_is_shown_to_whoever_invited(world: World, as_) -> None:
    as_(world.farid).post(f"/sets/{world.north.pk}/members/invite/", {"people": "D, d@example.org", "send": "yes"})
    as_(world.olga).post(f"/sets/{world.north.pk}/facilitators/invite/", {"people": "G, g@example.org", "send": "yes"})
    members, programme = f"/sets/{world.north.pk}/members/", f"/programmes/{world.programme.pk}/"

    def told() -> tuple[int, int]:
        pages = as_(world.farid).get(members).text, as_(world.olga).get(programme).text
        return pages[0].count("came back"), pages[1].count("came back")

    assert told() == (0, 0)
    Letter.objects.update(bounced=True)
    assert told() == (1, 1)
    assert "d@example.org" not in as_(world.olga).get(programme).text


def test_a_contract_saved_with_the_same_wording_asks_nobody_to_sign_again(world: World, as_) -> None:
    contract = Contract.objects.get(cohort=world.north)
    contracts.sign(world.alva, contract)
    typed = {"text": contract.text, "version": contract.version, "window_hours": 168}
    page = as_(world.farid).post(f"/sets/{world.north.pk}/contract/edit/", typed, follow=True)
    assert "nobody has to sign again" in page.content.decode()
    assert (Contract.objects.filter(cohort=world.north).count(), contracts.has_signed(world.alva)) == (1, True)


def test_an_organiser_reads_what_was_typed_of_a_programme(world: World, as_) -> None:
    page, strands = f"/programmes/{world.programme.pk}/", ["Threat & trust", "Complexity"]
    assert "Strands of theory" not in as_(world.olga).get(page).text
    Programme.objects.filter(pk=world.programme.pk).update(theory="\n\n".join(strands))
    words = as_(world.olga).get(page).text
    assert [escape(text) in words for text in ("Strands of theory", *strands)] == [True] * 3


def test_who_has_signed_is_told_of_those_in_the_set_now_and_of_the_wording_in_force(world: World, as_) -> None:
    first = contracts.current_contract(world.north)
    for who in (world.alva, world.bo):
        contracts.sign(who, first)
    contracts.sign(world.stig, contracts.current_contract(world.stig.cohort))
    newest = contracts.publish(world.north, "We listen, and ask.", first.version)
    contracts.sign(world.alva, newest)
    members.leave(world.carys)
    page = as_(world.farid).get(f"/sets/{world.north.pk}/contract/").text
    told = re.findall(r'<li class="cluster">([^<]+) <span class="tag">([^<]+)</span>', page)
    assert sorted(told) == [("Alva Lind", "signed"), ("Bo Hughes", "not yet"), ("Farid Aziz", "not yet")]
    asked = {who.user.name: "Read and sign" in as_(who).get("/").text for who in (world.alva, world.bo, world.stig)}
    assert asked == {"Alva Lind": False, "Bo Hughes": True, "Stig Far": False}


def test_whoever_left_a_set_finds_no_word_of_it_where_they_arrive(world: World, as_) -> None:
    south = programmes.add_set(Cohort(programme=world.programme, name="South"))
    programmes.join(world.carys.user, programme=world.programme, cohort=south, role=Role.PARTICIPANT)
    members.leave(world.carys)
    page = as_(world.carys).get("/").text
    assert ("South" in page, "North" in page, str(world.north.pk) in page) == (True, False, False)
