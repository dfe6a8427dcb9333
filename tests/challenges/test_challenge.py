"""A member's challenge: who reads it, and that nothing typed is lost."""

from collections.abc import Callable

import pytest
from django.test import Client

from challenges.models import Challenge, Visibility
from challenges.templatetags.challenges_panels import challenges_panel, questions_due
from learningsets.contracts import sign
from learningsets.models import Cohort, Contract, Membership, Role
from sessions.models import Meeting

pytestmark = pytest.mark.django_db

Browser = Callable[[Membership], Client]
FIELDS = {
    "title": "Beds nobody uses",
    "happening": "Two wards stand half empty.",
    "trapped": ["buildings", "attitudes"],
    "data": "41 per cent",
    "uncodified": "Pride in the building",
    "whose_world": "The ward sister's",
    "question": "How do we speak about it?",
    "visibility": "private",
    "version": "0",
    "key": "7c4e1d0a-2f0b-4b53-9a35-6e1d9b5c8f10",
}


@pytest.fixture
def beds(ana: Membership) -> Challenge:
    return Challenge.objects.create(owner=ana, title="Beds nobody uses", happening="Half empty.")


def test_log_saves_every_field_and_starts_private(ana: Membership, alder: Cohort, browser: Browser):
    client = browser(ana)
    page = client.get(f"/challenges/sets/{alder.pk}/log/")
    assert page.context["form"].initial["visibility"] == "private"
    answer = client.post(f"/challenges/sets/{alder.pk}/log/", FIELDS)
    saved = Challenge.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/challenges/{saved.pk}/"
    assert {name: getattr(saved, name) for name in FIELDS if name not in {"version", "key"}} == {
        name: value for name, value in FIELDS.items() if name not in {"version", "key"}
    }
    assert (saved.owner, saved.version) == (ana, 1)


def test_log_sent_twice_is_one(ana: Membership, alder: Cohort, browser: Browser):
    client = browser(ana)
    client.post(f"/challenges/sets/{alder.pk}/log/", FIELDS)
    client.post(f"/challenges/sets/{alder.pk}/log/", FIELDS)
    assert Challenge.objects.count() == 1


@pytest.mark.parametrize(
    "bad",
    [{"title": ""}, {"happening": "x" * 20_001}, {"data": "a\x00b"}, {"trapped": ["nonsense"]},
     {"visibility": "everybody"}, {"visibility": ""}, {"title": "e" + "\u0301" * 100_000}],
)  # fmt: skip
def test_log_refuses_beside_the_field_and_keeps_what_was_typed(
    ana: Membership, alder: Cohort, browser: Browser, bad: dict[str, object]
):
    answer = browser(ana).post(f"/challenges/sets/{alder.pk}/log/", FIELDS | {"uncodified": "keep me"} | bad)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == set(bad)
    assert "keep me" in answer.content.decode()
    assert Challenge.objects.count() == 0


def test_only_participants_log(freya: Membership, otto: Membership, alder: Cohort, browser: Browser):
    assert browser(freya).get(f"/challenges/sets/{alder.pk}/log/").status_code == 404
    assert browser(otto).post(f"/challenges/sets/{alder.pk}/log/", FIELDS).status_code == 404


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        (Visibility.PRIVATE, {"Ana"}),
        (Visibility.FACILITATOR, {"Ana", "Freya"}),
        (Visibility.SET, {"Ana", "Bryn", "Freya"}),
    ],
)
def test_who_reads_a_challenge(
    six: list[Membership],
    freya: Membership,
    otto: Membership,
    join: Callable[..., Membership],
    alder: Cohort,
    beds: Challenge,
    browser: Browser,
    visibility: str,
    readers: set[str],
):
    assert beds.change(beds.version, {"visibility": visibility})
    stranger = join("Zoe", Cohort.objects.create(programme=alder.programme, name="Birch"))
    everybody = [six[0], six[1], freya, otto, stranger]
    status = {who.user.name: browser(who).get(f"/challenges/{beds.pk}/").status_code for who in everybody}
    assert status == {who.user.name: 200 if who.user.name in readers else 404 for who in everybody}
    sets = {who: (who.cohort or alder).pk for who in everybody}
    for address in ("/sets/{}/", "/challenges/sets/{}/"):  # where it is listed, once
        listed = {
            who.user.name: browser(who).get(address.format(sets[who])).text.count(beds.title) for who in everybody
        }
        assert listed == {who.user.name: int(who.user.name in readers) for who in everybody}, address


def test_who_facilitates_later_reads_nothing_that_was_shared_with_those_before(
    ana: Membership,
    freya: Membership,
    alder: Cohort,
    join: Callable[..., Membership],
    beds: Challenge,
    browser: Browser,
):
    """An organiser may ask anybody to facilitate, in the middle of a year."""
    address = f"/challenges/{beds.pk}/"
    form = {"visibility": "facilitator", "version": "1"}
    assert browser(ana).post(f"{address}share/", form).status_code == 302
    assert "can't read it" not in browser(ana).get(address).text
    later = join("Later", alder, role=Role.FACILITATOR)
    lists = [f"/challenges/sets/{alder.pk}/", f"/sets/{alder.pk}/"]
    for who, status in ((freya, 200), (later, 404)):
        assert browser(who).get(address).status_code == status
        assert [beds.title in browser(who).get(one).text for one in lists] == [status == 200] * 2
    page = browser(ana).get(address).text
    assert "Later facilitates your set since you shared it, and can't read it." in page.replace("&#x27;", "'")
    typed = FIELDS | {"visibility": "facilitator", "happening": "A word mended.", "version": "2"}
    assert browser(ana).post(f"{address}edit/", typed).status_code == 302
    assert (browser(later).get(address).status_code, browser(freya).get(address).status_code) == (404, 200)
    assert browser(ana).post(f"{address}share/", form | {"version": "3"}).status_code == 302
    assert browser(later).get(address).status_code == 200
    assert browser(ana).post(f"{address}edit/", typed | {"visibility": "private", "version": "4"}).status_code == 302
    assert not beds.told_to.exists()


def test_only_the_owner_changes_shares_or_deletes(
    six: list[Membership], freya: Membership, beds: Challenge, browser: Browser
):
    Challenge.objects.update(visibility=Visibility.SET)
    for who in (six[1], freya):
        for page in ("edit", "share", "delete"):
            assert browser(who).post(f"/challenges/{beds.pk}/{page}/", FIELDS | {"version": "1"}).status_code == 404
    assert Challenge.objects.get().title == "Beds nobody uses"


def test_edit_two_tabs_shows_both_texts(ana: Membership, beds: Challenge, browser: Browser):
    client = browser(ana)
    first = FIELDS | {"version": "1", "happening": "first tab"}
    assert client.post(f"/challenges/{beds.pk}/edit/", first).status_code == 302
    told = client.post(f"/challenges/{beds.pk}/edit/", FIELDS | {"version": "1", "happening": "second tab"})
    assert told.status_code == 409
    assert told.context["stored"] == [("What is happening", "first tab")]
    assert "second tab" in told.content.decode()
    again = {"version": told.context["form"]["version"].value(), "happening": "both"}
    assert client.post(f"/challenges/{beds.pk}/edit/", FIELDS | again).status_code == 302
    assert Challenge.objects.get().happening == "both"


def test_share_changes_the_readers_and_nothing_else(ana: Membership, beds: Challenge, browser: Browser):
    client = browser(ana)
    client.post(f"/challenges/{beds.pk}/share/", {"visibility": "set", "version": "1"})
    assert Challenge.objects.values_list("visibility", "version", "title").get() == ("set", 2, "Beds nobody uses")
    client.post(f"/challenges/{beds.pk}/share/", {"visibility": "private", "version": "1"})
    assert Challenge.objects.get().visibility == "set"  # that page was out of date, and its reader is told
    assert client.post(f"/challenges/{beds.pk}/share/", {"visibility": "", "version": "2"}).status_code == 422


def test_delete_asks_first(ana: Membership, beds: Challenge, browser: Browser):
    client = browser(ana)
    assert client.get(f"/challenges/{beds.pk}/delete/").status_code == 200
    assert Challenge.objects.count() == 1
    assert client.post(f"/challenges/{beds.pk}/delete/").status_code == 302
    assert Challenge.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_challenges_list_costs_the_same(
    six: list[Membership], alder: Cohort, browser: Browser, rows: int, django_assert_num_queries
):
    for n in range(rows):
        Challenge.objects.create(owner=six[0], title=f"mine {n}")
        Challenge.objects.create(owner=six[1 + n], title=f"shared {n}", visibility=Visibility.SET)
        Challenge.objects.create(owner=six[1 + n], title=f"hidden {n}")
    client = browser(six[0])
    client.get(f"/challenges/sets/{alder.pk}/")
    with django_assert_num_queries(5):
        page = client.get(f"/challenges/sets/{alder.pk}/")
    assert [c.title for c in page.context["mine"]] == [f"mine {n}" for n in range(rows)]
    assert [c.title for c in page.context["shared"]] == [f"shared {n}" for n in range(rows)]


def test_open_questions_stand_on_top_of_the_sets_home_for_those_who_may_answer(
    six: list[Membership], freya: Membership, hold, browser: Browser, alder: Cohort
):
    hold(six[:5])
    due = [browser(who).get(f"/sets/{alder.pk}/").text for who in (six[0], six[5], freya)]
    assert ["Closing questions are open" in page for page in due] == [True, False, False]
    on_top = due[0].index('href="/challenges/reflect/"')
    assert on_top < due[0].index('id="meetings-panel"')
    homes = [browser(who).get("/").text for who in (six[0], freya)]
    assert ["Then it can be written up." in home for home in homes] == [False, True]
    assert 'href="/challenges/reflect/"' in due[1]  # who is not marked reads there what to do


@pytest.mark.parametrize("rows", [1, 3])
def test_what_is_due_costs_the_same(six: list[Membership], hold, rows: int, django_assert_num_queries):
    for number in range(rows):
        hold(six, number=number + 1)
    with django_assert_num_queries(1):
        assert len(questions_due(six[0])["due"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_panel_costs_the_same(six: list[Membership], rows: int, django_assert_num_queries):
    for n in range(rows):
        Challenge.objects.create(owner=six[0], title=f"mine {n}")
        Challenge.objects.create(owner=six[1], title=f"shared {n}", visibility=Visibility.SET)
    with django_assert_num_queries(4):
        shown = challenges_panel(six[0])
        assert [challenge.owner.user.name for challenge in shown["shared"]] == ["Bryn"] * rows


def test_what_others_bring_is_read_once_the_contract_is_signed(
    beds: Challenge, six: list[Membership], meeting: Meeting, browser: Browser
):
    """In whichever version: a new one, which all are asked to sign, shuts nobody out meanwhile."""
    Challenge.objects.update(visibility=Visibility.SET)
    bryn, bed = six[1], f"/challenges/{beds.pk}/"
    new = Contract.objects.create(cohort=meeting.cohort, version=2, text="Other words.")
    client, challenges = browser(bryn), f"/challenges/sets/{bryn.cohort_id}/"
    progress = f"/challenges/progress/{meeting.pk}/"
    assert (beds.title in client.get(challenges).text, client.get(bed).status_code) == (True, 200)
    assert client.get(progress).status_code == 200
    bryn.signatures.all().delete()
    shown = client.get(challenges).text
    contract = f"/sets/{bryn.cohort_id}/contract/"
    assert (beds.title in shown, f'href="{contract}"' in shown, client.get(bed).status_code) == (False, True, 404)
    assert beds.title not in client.get(f"/sets/{bryn.cohort_id}/").text
    answer = client.get(progress)
    assert (answer.status_code, answer.url) == (302, contract)
    sign(bryn, new)
    assert (beds.title in client.get(challenges).text, client.get(bed).status_code) == (True, 200)


def test_who_has_left_reads_keeps_to_themselves_and_deletes_what_they_brought(
    ana: Membership, beds: Challenge, join: Callable[..., Membership], browser: Browser
):
    """A facilitator takes somebody out of a set with one click, who has copied nothing by then."""
    ben = join("Ben")
    Challenge.objects.filter(pk=beds.pk).update(visibility="set")
    other = Challenge.objects.create(owner=ben, title="Ben's own", visibility="set")
    Membership.objects.filter(pk=ana.pk).update(left_on="2026-05-01")
    client, address = browser(ana), f"/challenges/{beds.pk}/"
    page = client.get("/me/").text
    assert (f'href="{address}"' in page, "What you brought to sets you have left" in page) == (True, True)
    assert "What you brought" not in browser(ben).get("/me/").text
    page = client.get(address).text
    assert ("Half empty." in page, "You have left Alder" in page, "Change it" in page) == (True, True, False)
    assert "Keep it to myself" in page
    assert [client.get(f"/challenges/{other.pk}/").status_code, client.get(f"{address}edit/").status_code] == [404, 404]
    assert client.post(f"{address}edit/", FIELDS).status_code == 404
    sent = {"visibility": "facilitator", "version": str(beds.version)}
    for who in ("facilitator", "set"):
        assert client.post(f"{address}share/", sent | {"visibility": who}).status_code == 422
    assert browser(ben).get(address).status_code == 200
    assert client.post(f"{address}share/", sent | {"visibility": "private"}, follow=True).status_code == 200
    assert browser(ben).get(address).status_code == 404
    assert "Keep it to myself" not in client.get(address).text
    join("Gil", role=Role.FACILITATOR)
    Challenge.objects.filter(pk=beds.pk).update(visibility="facilitator")
    assert "Gil" not in client.get(address).text  # who facilitates a set now is nothing to who left it
    assert client.post(f"{address}delete/")["Location"] == "/me/"
    assert not Challenge.objects.filter(pk=beds.pk).exists()
