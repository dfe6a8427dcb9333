"""A participant's own text, as it would print: for them alone, of one size, leaving nothing behind."""

from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from challenges.padding import PAGE as STEP
from learningsets import programmes
from learningsets.models import Cohort, Identifier, User
from learningsets.models.identifier import Kind
from reports.build import as_it_would_print
from tests.reports.conftest import World


def test_a_member_sees_their_text_as_it_would_print(world: World) -> None:
    meeting = world.held()
    client = world.client(world.members[0])
    text = "I asked Ingvar Bergqvist of Region Norrhamn <b>twice</b>."
    data = {"meeting": str(meeting.pk), "preview": "p1", "p1-text": text, "p2-text": "unasked"}
    answer = client.post(reverse("reports:preview"), data)
    page = answer.content.decode()
    assert [word for word in ("Ingvar", "Bergqvist", "Norrhamn", "<b>twice", "unasked") if word in page] == []
    assert "I asked a colleague of" in page
    assert "no-store" in answer.headers["Cache-Control"]
    assert len(answer.content) == STEP


def test_a_preview_says_what_cannot_be_printed(world: World) -> None:
    data = {"meeting": str(world.held().pk), "text": "We say 頑張って 🙂."}
    page = world.client(world.members[0]).post(reverse("reports:preview"), data)
    assert str(page.context["text"]) == "We say a phrase in another script."
    told = "is not in Latin letters: it may not print, and can tell whose language it is. Put it in Latin letters"
    assert f"“頑張って” {told}" in page.content.decode()
    assert len(page.content) == STEP
    page = world.client(world.members[0]).post(reverse("reports:preview"), data | {"text": "Я буду слухати."})
    assert f"“Я буду слухати” {told}" in page.content.decode()  # it would print


def test_a_preview_says_what_is_in_another_language(world: World) -> None:
    """Its author alone can say it in the report's; put to the facilitator it is still known to be one member's."""
    data = {"meeting": str(world.held().pk), "text": "I asked. Jag vågar inte säga vad jag tycker om det."}
    page = world.client(world.members[0]).post(reverse("reports:preview"), data)
    assert str(page.context["text"]) == "I asked. Words in another language."
    assert "“Jag vågar inte säga vad jag tycker om det” seems to be in another language" in page.content.decode()
    assert len(page.content) == STEP
    page = world.client(world.members[0]).post(reverse("reports:preview"), data | {"text": "I asked."})
    assert "another language" not in page.content.decode()


def test_a_preview_knows_the_people_of_the_set_and_of_no_other(world: World) -> None:
    """Else somebody could try out names, and learn who is in another set of the programme."""
    other = Cohort.objects.create(programme=world.programme, name="Birch")
    Identifier.objects.remember(other, (Kind.NAME, "Qorlind Vexmoor"))
    vera = User.objects.create_user("vera@kerrygrove.example.ie", "Vera")
    programmes.join(
        vera,
        programme=world.programme,
        cohort=other,
        role="participant",
        organisation="Kerrygrove Hospital",
        short_names=["Quillhaven"],
    )
    text = "We spoke with vexmoor of quillhaven, and with bergqvist of Kerrygrove Hospital."
    data = {"meeting": str(world.held().pk), "text": text}
    page = world.client(world.members[0]).post(reverse("reports:preview"), data)
    said = "We spoke with vexmoor of quillhaven, and with a colleague of the partner organisation."
    assert str(page.context["text"]) == said
    assert "quillhaven" not in str(as_it_would_print(world.cohort, text))


def test_previews_have_one_size_and_leave_nothing_behind(world: World) -> None:
    meeting = world.held()
    client = world.client(world.members[0])
    with CaptureQueriesContext(connection) as asked:
        sizes = {
            len(client.post(reverse("reports:preview"), {"meeting": str(meeting.pk), "text": text}).content)
            for text in ("x", "頑" * 20_000, "'" * 20_000, "Ingvar " * 2_000, "", "\0")
        }
    assert sizes == {STEP}
    assert [query["sql"] for query in asked if not query["sql"].startswith("SELECT")] == []


def test_a_preview_is_for_participants_of_that_set(world: World) -> None:
    data = {"meeting": str(world.held().pk), "text": "Hello"}
    for who in (world.fay, world.odile, world.stan):
        assert world.client(who).post(reverse("reports:preview"), data).status_code == 404
    for meeting in ("", "x", str(uuid4())):
        answer = world.client(world.members[0]).post(reverse("reports:preview"), {"meeting": meeting, "text": "Hello"})
        assert answer.status_code == 404
