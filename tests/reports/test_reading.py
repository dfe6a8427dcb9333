"""The page on which the set reads what would leave: what stands there, what it refuses and what it costs."""

import json
import logging
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from challenges import sealing
from reports import ballots, windows
from reports.ballots import Wanted
from reports.document import DocumentError, dumps, loads, texts
from reports.models import Ballot, Reader, Release, Report, Window, Wish
from reports.passages import extracts
from tests.paper import invented
from tests.reports.conftest import World
from tests.reports.objecting import PAGE, body, passage, reader, settle, wants

pytestmark = [pytest.mark.xdist_group("windows"), pytest.mark.usefixtures("certified_once")]


def test_the_words_of_a_cluster_stand_in_one_list_and_each_can_be_objected_to(world: World, window: Window) -> None:
    """One card for each term was 27,000 pixels of phone for a report of four sessions."""
    document = invented.report()
    Release.objects.filter(pk=window.release_id).update(document=dumps(document))
    sheet = world.client(world.members[0]).get(PAGE).context["sheets"][0]
    page = world.client(world.members[1]).get(PAGE).text
    lists = [part.partition("</ul>")[0] for part in page.split('<ul class="card passages passages--few">')[1:]]
    clusters = [[str(words) for words in texts(cluster)] for cluster in invented.CONCEPTS.clusters]
    assert len(lists) == len(clusters) + 1  # and what stands in the drawing
    named = {passage.anchor: str(passage.extract.words) for passage in sheet.passages}
    asked = [
        [named[name] for name in re.findall(r'<li class="passage[^>]* id="(passage-[^"]+)"', one)] for one in lists
    ]
    assert asked[:-1] == clusters
    assert asked[-1][0] == str(invented.SCHEME.nodes[0].label)
    for one in sheet.passages:
        assert (page.count(f'id="{one.anchor}"'), page.count(f'name="{one.extract.name}-wish"')) == (1, 3)


@pytest.mark.once
def test_what_is_not_right_is_said_beside_the_field_and_kept(world: World, window: Window) -> None:
    client = world.client(world.members[0])
    wrong = [("generalise", "x" * 301), ("shout", "Other words")]
    for wish, wording in wrong:
        page = client.post(PAGE, body(window, "Listen longer", wish, wording))
        assert (page.status_code, page.content.decode().count("data-error-summary")) == (200, 1)
        assert ">What will I do now? – " in page.text  # which of all the passages it is about
        assert (wording in page.content.decode(), Ballot.objects.count()) == (True, 8)
        assert ballots.mine(reader(window, world.members[0])).version == 0


@pytest.mark.once
@pytest.mark.parametrize("hidden", ["Other words", "x" * 301])
def test_whoever_chooses_something_else_is_not_held_to_words_that_they_typed_before(
    world: World, window: Window, hidden: str
) -> None:
    client, author = world.client(world.members[0]), reader(window, world.members[0])
    name = passage(window.release, "Listen longer").name
    client.post(PAGE, body(window, "Listen longer", "generalise", "Other words"))
    client.post(PAGE, body(window, "Listen longer", "object", hidden, version=1))
    assert ballots.mine(author).wishes == {name: Wanted("object")}
    wrong_elsewhere = body(window, "Bring my own", "shout") | body(window, "Listen longer", "object", hidden, version=2)
    assert f">\n{hidden}</textarea>" in client.post(PAGE, wrong_elsewhere).text
    client.post(PAGE, body(window, "Listen longer", "", hidden, version=2))
    assert ballots.mine(author).wishes == {}


@pytest.mark.once
def test_two_tabs_show_both(world: World, window: Window) -> None:
    client = world.client(world.members[0])
    client.post(PAGE, body(window, "Listen longer"))
    clash = client.post(PAGE, body(window, "Listen longer", "generalise", "Heron"))
    page = clash.content.decode()
    assert ("Saved for this passage is: This gives me away" in page, ">\nHeron</textarea>" in page) == (True, True)
    assert "Saved for this passage is: Leave it as it is" not in page
    assert ("What you chose here stands below." in page, "Here you left it as it is." in page) == (True, False)
    assert "Here you left it as it is." in client.post(PAGE, body(window)).text
    elsewhere = body(window, "Listen longer") | body(window, "Bring my own", "object")
    first, *each = (
        text.strip() for text in re.findall(r'role="alert"><p>(.*?)</p>', client.post(PAGE, elsewhere).text)
    )
    assert (each, "1 passage differs" in first) == (["Saved for this passage is: Leave it as it is"], True)
    assert client.post(PAGE, body(window, "Listen longer", "generalise", "Heron", version=1)).status_code == 200


@pytest.mark.once
def test_more_than_a_ballot_holds_is_said_to_its_author_alone(
    world: World, window: Window, caplog: pytest.LogCaptureFixture
) -> None:
    """Ballots keep the size they were issued with."""
    caplog.set_level(logging.DEBUG)
    for row in Ballot.objects.all():
        row.sealed = row.sealed[: 100 + sealing.OVERHEAD]
    small = [len(bytes(row.sealed)) for row in Ballot.objects.all()]
    assert len(set(small)) == 1
    many = {one.name: Wanted("generalise", "\U0001f600" * 300) for one in extracts(loads(window.release.document))}
    with pytest.raises(ballots.FullError):
        ballots.cast(reader(window, world.members[0]), many, version=0)
    sent = body(window)
    for name in many:
        sent |= {f"{name}-wish": "generalise", f"{name}-wording": "\U0001f600" * 300}
    page = world.client(world.members[0]).post(PAGE, sent)
    assert (page.status_code, "Please shorten your suggestions." in page.content.decode()) == (200, True)
    assert caplog.messages == []  # whose ballot is full is who objects


def test_nonsense_is_not_found(world: World, window: Window) -> None:
    client = world.client(world.members[0])
    nonsense = [{}, {"window": "x"}, {"window": "00000000-0000-4000-8000-000000000000"}]
    assert [client.post(PAGE, sent).status_code for sent in nonsense] == [404] * 3


def test_pages_that_a_later_version_stored_are_explained_and_what_was_wanted_of_them_is_kept(
    world: World, window: Window
) -> None:
    """As after going back to an earlier version of the product: nothing leaves or is lost until it is back."""
    member, fay = world.client(world.members[0]), world.client(world.fay)
    wants(window, world.members[0], "Listen longer")
    release, stored = Release.objects.filter(pk=window.release_id), window.release.document
    told, progress = "a later version of this service stored", reverse("reports:progress", args=[window.release_id])
    for more in ({"version": 99}, {"mood": "calm"}):
        release.update(document=json.dumps(json.loads(stored) | more))
        page = member.get(PAGE)
        assert (page.status_code, told in page.text, "Save what I want" in page.text) == (200, True, False)
        sent = member.post(PAGE, body(window) | {"passage-wording": "Somebody spoke"})
        assert (sent.status_code, "Nothing was changed" in sent.text, told in sent.text) == (409, True, True)
        assert "Somebody spoke" in sent.text  # to be copied: the page before does not remember it
        assert len(ballots.mine(reader(window, world.members[0])).wishes) == 1
        assert "cannot be read" in fay.get(progress).text
    later = Release.objects.get(pk=window.release_id)
    later.pk, later.number, later.input_hash, later.document = uuid4(), 9, "later", stored
    later.save(force_insert=True)
    Window.objects.filter(pk=window.pk).update(state="called_back")
    second = Window.objects.create(report=window.report, release=later, number=2, closes_at=window.closes_at)
    second.readers.create(membership=world.members[0], role="participant")
    assert "the key to this reading is gone" in member.get(PAGE).text  # of what the set read before nothing is known
    second.delete()
    Window.objects.filter(pk=window.pk).update(state="open")
    later.delete()

    Window.objects.filter(pk=window.pk).update(closes_at=timezone.now() - Window.LAST_TURN)
    with pytest.raises(DocumentError):
        windows.tip_due()
    window.refresh_from_db()
    assert (window.state, "What became of it cannot be shown" in member.get(PAGE).text) == ("open", True)
    release.update(document=stored)
    assert (windows.tip_due(), Wish.objects.count()) == (1, 1)
    release.update(document="{}")
    assert "What became of it cannot be shown" in member.get(PAGE).text
    for ready in ("ready", "objected"):
        release.update(state=ready)
        assert "cannot be read" in fay.get(progress).text
    answer = fay.post(
        reverse("reports:release", args=[window.release_id]), {"sha256": window.release.sha256, "read": "on"}
    )
    assert (answer.status_code, answer.url) == (302, progress)


@pytest.mark.parametrize(("rows", "queries"), [(1, 6), (3, 8)])
def test_reading_costs_so_much_for_each_open_window(
    world: World, release: Release, rows: int, queries: int, django_assert_num_queries: Any
) -> None:
    short = dumps(replace(loads(release.document), sections=()))
    for number in range(rows):
        report = Report.objects.create(cohort=world.cohort, title="Meeting report", period=f"Month {number}")
        copied = Release.objects.create(
            report=report, number=1, input_hash="h", state="window", pdf=b"x", sha256="s", document=short
        )
        closes = timezone.now() + timedelta(days=1)
        window = Window.objects.create(report=report, release=copied, number=1, closes_at=closes)
        Reader.objects.create(window=window, membership=world.members[0])
        ballots.issue(window, [world.members[0].pk], 30)
    client = world.client(world.members[0])
    with django_assert_num_queries(queries):
        page = client.get(PAGE).text
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids)) > 10 * rows  # a label belongs to the field beside it, though all say the same


@pytest.mark.parametrize("rows", [1, 3])
def test_what_is_over_costs_the_same_for_one_window_and_for_three(
    world: World, release: Release, rows: int, django_assert_num_queries: Any
) -> None:
    words = ("Listen longer", "Bring my own", "Time to listen")
    for number in range(rows):
        window = Window.objects.create(
            report=release.report, release=release, number=number + 1, state="closed", closes_at=timezone.now()
        )
        for member in (world.members[0], world.fay):
            Reader.objects.create(window=window, membership=member)
        for one in (passage(release, said) for said in words[: number + 1]):
            Wish.objects.create(window=window, position=one.position, digest=one.digest, kind="object")
        settle(release.report, release, words[number])
    client, fay = world.client(world.members[0]), world.client(world.fay)
    with django_assert_num_queries(8):
        client.get(PAGE)
    with django_assert_num_queries(8):  # whether what is out prints them is one
        fay.get(reverse("reports:objections", args=[release.report_id]))
