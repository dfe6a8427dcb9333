"""How far the programme's aims are met: asked of members, counted without them, told to an organiser in bands."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from challenges import aims, box, drafts, evaluation, kept, sealing
from challenges.models import AimTally, Box, Draft, Prompt, Reflection, Regime, Tally
from challenges.prompts import key_name
from learningsets.models import Cohort, Contract, Membership, Programme
from reports.build import build_document
from reports.releasing import prepare
from sessions.models import Meeting

pytestmark = pytest.mark.django_db

Ask = Callable[..., Prompt]
Browser = Callable[[Membership], Client]
Hold = Callable[..., Meeting]
Join = Callable[..., Membership]
Pass = Callable[[Meeting], None]
REFLECT = "/challenges/reflect/"
WRITTEN = datetime(2026, 7, 15, tzinfo=UTC)  # two weeks after the end of the quarter in which the sets meet
NOT_YET, PARTLY, LARGELY, FULLY = "not_yet", "partly", "largely", "fully"


@pytest.fixture(autouse=True)
def programme(alder: Cohort) -> Programme:
    alder.programme.aims = "Listen better\nAsk openly"
    alder.programme.save()
    return alder.programme


@pytest.fixture
def ask(hold: Hold) -> Ask:
    """A meeting is held that asks one question, and how far the aims are met, which it returns."""

    def do(present: list[Membership], cohort: Cohort | None = None, number: int = 1) -> Prompt:
        meeting = hold(present, cohort, number)
        Meeting.objects.filter(pk=meeting.pk).update(state="planned", tips_at=None)
        prompts = box.open_prompts(meeting, ["What now?"], with_aims=True)
        open_again = {"state": "closed", "tips_at": timezone.now() + timedelta(days=2)}
        Meeting.objects.filter(pk=meeting.pk).update(**open_again)
        meeting.refresh_from_db()
        return prompts[-1]

    return do


@pytest.fixture
def birch(programme: Programme, join: Join) -> list[Membership]:
    """The five of another set of the programme."""
    cohort = Cohort.objects.create(programme=programme, name="Birch")
    Contract.objects.create(cohort=cohort, version=1, text="What is said here stays here.")
    return [join(name, cohort) for name in ("Gwen", "Huw", "Ines", "Jonas", "Kaja")]


def say(who: Membership, prompt: Prompt, *steps: str) -> None:
    """Somebody puts steps for the first aims in the box; an empty one is no view."""
    box.put_in(who, {prompt: aims.written(dict(enumerate(steps, start=1)))}, Regime.CHATHAM)


def sums() -> dict[tuple[str, str], int]:
    return {(row.aim, row.step): row.people for row in AimTally.objects.filter(people__gt=0)}


def told(programme: Programme) -> list[tuple[int, int, str, str, str]]:
    return list(programme.aim_bands.values_list("year", "quarter", "aim", "partly", "largely"))


def everything() -> Iterator[tuple[str, dict[str, Any]]]:
    """All rows of all tables."""
    for model in apps.get_models():
        for row in model._default_manager.order_by("pk").values():
            yield model._meta.label, row


def test_a_facilitator_has_the_aims_asked_at_one_meeting_a_quarter_until_its_closing(
    alder: Cohort, freya: Membership, six: list[Membership], hold: Hold, browser: Browser, programme: Programme
) -> None:
    april, may = hold(six), hold(six, number=2)
    Meeting.objects.update(state="planned", tips_at=None)
    client, page = browser(freya), f"/challenges/questions/{april.pk}/"
    closing = f"/meetings/{april.pk}/close/"
    assert "No meeting of this quarter asks" in client.get(closing).text
    assert "<li>Ask openly</li>" in client.get(page).text
    client.post(page, {"questions": "What now?", "with_aims": "on"})
    assert [(one.text, one.aim_list) for one in april.prompts.all()] == [
        ("What now?", []),
        ("How far are the aims of the programme met so far?", ["Listen better", "Ask openly"]),
    ]
    assert "No meeting of this quarter asks" not in client.get(closing).text
    other = client.get(f"/challenges/questions/{may.pk}/").text
    assert 'name="with_aims"' not in other
    assert "asked at another meeting of this quarter" in other
    client.post(f"/challenges/questions/{may.pk}/", {"questions": "And now?", "with_aims": "on"})
    assert [one.aims for one in may.prompts.all()] == [""]
    twice = client.post(page, {"questions": april.prompts.get(position=2).text, "with_aims": "on"})
    assert twice.status_code == 422
    Programme.objects.update(aims="Hear more")
    assert "reworded the aims since" in client.get(page).text
    Meeting.objects.filter(pk=april.pk).update(state="closed", tips_at=timezone.now() + timedelta(days=2))
    late = client.post(page, {"questions": "What now?"})
    assert late.status_code == 409
    assert "Ask openly" in late.text  # as it was settled
    assert april.prompts.exclude(aims="").count() == 1


def test_a_member_chooses_a_step_for_each_aim_puts_it_in_and_takes_it_back(
    six: list[Membership], ask: Ask, browser: Browser, deadline_passes: Pass
) -> None:
    prompt = ask(six)
    client, now = browser(six[0]), prompt.meeting.prompts.get(position=1)
    page = client.get(REFLECT).text
    assert page.count("<fieldset") == 4  # how far the answer may travel; each aim; how far these may
    assert len(re.findall(r'-aim-\d" value=""[^>]* checked', page)) == page.count("checked") == 2  # no view
    empty = {"meeting": str(prompt.meeting_id), f"{now.pk}-text": "", f"{now.pk}-version": "0"}
    chosen = empty | {f"{prompt.pk}-aim-2": LARGELY, f"{prompt.pk}-version": "0"}
    kept_now = client.post(REFLECT, chosen | {"autosave": "1"})
    assert kept_now.json()["fields"][f"{prompt.pk}-version"] == "1"
    chosen |= {f"{prompt.pk}-version": "1", "put": "1"}
    refused = client.post(REFLECT, chosen)
    assert refused.status_code == 422  # nobody chooses for them how far it travels
    assert re.search(r'value="largely"[^>]* checked', refused.text)
    assert client.post(REFLECT, {**chosen, f"{prompt.pk}-regime": "set"}).status_code == 422  # the set reads none of it
    assert client.post(REFLECT, {**chosen, f"{prompt.pk}-aim-2": "wholly"}).status_code == 422
    client.post(REFLECT, {**chosen, f"{prompt.pk}-regime": "chatham"})
    assert "<p>Ask openly: Largely</p>" in client.get(REFLECT).text
    client.post(REFLECT, {"meeting": str(prompt.meeting_id), "back": str(prompt.pk)})
    assert "1 answer is saved as a draft, and nothing of yours is in the box." in client.get(REFLECT).text
    for other in six[1:]:
        say(other, prompt, PARTLY)
    deadline_passes(prompt.meeting)
    box.tip_out(prompt.meeting)
    assert [(note.question, note.text) for note in kept.kept_by(six[0])] == [(prompt.text, "Ask openly: Largely")]
    assert sums() == {("Listen better", PARTLY): 5}


def test_nothing_is_asked_of_nobody(six: list[Membership], ask: Ask, browser: Browser) -> None:
    """Putting in nothing at all is refused in words, where the aims are all that is left to answer."""
    prompt = ask(six)
    now = prompt.meeting.prompts.get(position=1)
    box.put_in(six[0], {now: "Go"}, Regime.SET)
    refused = browser(six[0]).post(
        REFLECT, {"meeting": str(prompt.meeting_id), f"{prompt.pk}-version": "0", "put": "1"}
    )
    assert refused.status_code == 422
    assert "Nothing is written yet" in refused.text


def test_what_comes_out_is_a_count_for_each_aim_which_no_page_of_the_set_and_no_report_shows(
    six: list[Membership], freya: Membership, ask: Ask, browser: Browser, deadline_passes: Pass
) -> None:
    prompt = ask(six)
    now = prompt.meeting.prompts.get(position=1)
    for person, steps in zip(six, [(FULLY, PARTLY), *[(NOT_YET, PARTLY)] * 3, (NOT_YET,), ("", LARGELY)], strict=True):
        text = {now: "I will ask.", prompt: aims.written(dict(enumerate(steps, start=1)))}
        box.put_in(person, text, Regime.CHATHAM)
    deadline_passes(prompt.meeting)
    box.tip_out(prompt.meeting)
    assert sums() == {
        ("Listen better", FULLY): 1,
        ("Listen better", NOT_YET): 4,
        ("Ask openly", PARTLY): 4,
        ("Ask openly", LARGELY): 1,
    }
    assert set(Reflection.objects.values_list("prompt", "text")) == {(now.pk, "I will ask.")}
    assert set(Tally.objects.values_list("prompt", flat=True)) == {now.pk}
    for reader in (six[0], freya):
        page = browser(reader).get(f"/challenges/said/{prompt.meeting_id}/").text
        assert "stands nowhere by itself" in page
        assert not {"Not yet", "Fully", "Largely", "Partly"} & set(page.replace("<", " ").split())
    report = prepare(prompt.meeting, "Meeting report", "April 2026")
    assert prompt.text not in repr(build_document(report, "release", key=b"").document)


def test_who_said_which_step_is_nowhere_once_the_box_is_tipped_out(
    six: list[Membership], ask: Ask, deadline_passes: Pass
) -> None:
    """The swap harness: whoever says what, and puts it in in whatever order, all tables are the same afterwards."""
    steps = [FULLY, NOT_YET, PARTLY, NOT_YET, LARGELY, FULLY]
    left: list[Counter[str]] = []
    for number, order in enumerate((steps, steps[::-1]), start=1):
        prompt = ask(six, number=number * 4)  # each in a quarter of its own
        for person, step in list(zip(six, order, strict=True))[:: (-1) ** number]:
            say(person, prompt, step, step)
        assert len({bytes(row) for row in Draft.objects.values_list("sealed", flat=True)}) == 12
        deadline_passes(prompt.meeting)
        box.tip_out(prompt.meeting)
        assert not Draft.objects.filter(box__prompts=prompt).exists()
        assert Box.objects.get(prompts=prompt).state == Box.State.TIPPED
        rows = [(label, row) for label, row in everything() if label == "challenges.AimTally"]
        left.append(Counter(f"{row['aim']} {row['step']} {row['people']}" for _label, row in rows))
        assert {*rows[0][1]} == {"id", "programme_id", "year", "quarter", "aim", "step", "people"}
        people = {str(one.pk) for one in six}
        joined = [row for _label, row in everything() if people & {*map(str, row.values())}]
        assert joined
        assert not [row for row in joined if {*steps} & {*map(str, row.values())}]
        AimTally.objects.all().delete()
    assert left[0] == left[1]
    assert left[0]["Listen better fully 2"] == 1


@pytest.mark.django_db(transaction=True)
def test_the_key_to_the_answers_goes_with_the_tip(six: list[Membership], ask: Ask, deadline_passes: Pass) -> None:
    prompt = ask(six)
    for person in six:
        say(person, prompt, PARTLY)
    shut = Box.objects.get(prompts=prompt)
    seals = list(Draft.objects.filter(box=shut))
    deadline_passes(prompt.meeting)
    box.tip_due()
    assert not sealing.has_key(key_name(shut))
    assert all(drafts.read(one).lost for one in seals)
    assert Box.objects.get(pk=shut.pk).purged


def test_fewer_than_the_floor_are_not_counted_and_wait_for_the_next_time_that_the_same_is_asked(
    six: list[Membership], ask: Ask, browser: Browser, deadline_passes: Pass, programme: Programme
) -> None:
    first = ask(six)
    for person in six[:4]:
        say(person, first, FULLY)
    deadline_passes(first.meeting)
    box.tip_out(first.meeting)
    assert sums() == {}
    (waiting,) = browser(six[0]).get(REFLECT).context["waiting"]
    assert waiting.said == "Listen better: Fully"
    assert aims.may_ask(first.meeting)
    programme.aims = "Listen better"
    programme.save()
    reworded = ask(six, number=2)
    for person in six[:4]:
        say(person, reworded, FULLY)  # another question: what waits does not answer it
    deadline_passes(reworded.meeting)
    box.tip_out(reworded.meeting)
    assert sums() == {}
    programme.aims = "Listen better\nAsk openly"
    programme.save()
    again = ask(six, number=3)
    say(six[4], again, FULLY, PARTLY)
    deadline_passes(again.meeting)
    box.tip_out(again.meeting)
    assert sums() == {("Listen better", FULLY): 5}  # and of the second aim, on which one has a view, nothing


def counted(
    prompt: Prompt, answers: list[tuple[Membership, tuple[str, ...]]], deadline_passes: Pass, *, tip: bool = True
) -> None:
    """A set answers, and its box is tipped out."""
    for person, steps in answers:
        say(person, prompt, *steps)
    if tip:
        deadline_passes(prompt.meeting)
        box.tip_out(prompt.meeting)


def test_a_quarter_is_told_in_bands_over_ten_people_once_and_never_again(
    six: list[Membership],
    birch: list[Membership],
    otto: Membership,
    join: Join,
    ask: Ask,
    browser: Browser,
    deadline_passes: Pass,
    programme: Programme,
) -> None:
    page = f"/challenges/programmes/{programme.pk}/evaluation/"
    organiser = browser(otto)
    assert "Nothing is told yet" in organiser.get(page).text
    assert page in organiser.get(f"/programmes/{programme.pk}/").text
    ten = [*birch, *(join(name, birch[0].cohort) for name in ("Liv", "Mads", "Nell", "Owain", "Priya"))]
    late, theirs = ask(six), ask(ten, birch[0].cohort)
    counted(theirs, [(one, (LARGELY, FULLY)) for one in ten[:5]], deadline_passes, tip=False)
    counted(theirs, [(ten[5], (NOT_YET, "")), *((one, (PARTLY, FULLY)) for one in ten[6:])], deadline_passes)
    assert evaluation.write_due(WRITTEN) == 0  # the other set's box is still shut
    until = late.meeting.tips_at
    Meeting.objects.filter(pk=late.meeting_id).update(state="planned", tips_at=None)
    assert evaluation.write_due(WRITTEN - timedelta(days=1)) == 0
    assert "Nothing is told yet" in organiser.get(page).text
    assert (evaluation.write_due(WRITTEN), evaluation.write_due(WRITTEN)) == (1, 0)
    bands = [(2026, 2, "Listen better", "most", "half"), (2026, 2, "Ask openly", "", "")]
    assert told(programme) == bands  # ten have a view of the first aim, and of the second nine
    assert AimTally.objects.count() == 0
    text = organiser.get(page).text
    assert "April to June 2026" in text
    assert text.index("three quarters or more") < text.index("half to three quarters") < text.index("not told")
    assert not {"90", "50", "9", "Ana", "Gwen", "Birch", "Alder"} & set(re.findall(r"\w+", text.split("<main")[1]))

    Meeting.objects.filter(pk=late.meeting_id).update(state="closed", tips_at=until)
    counted(late, [(one, (NOT_YET, NOT_YET)) for one in six], deadline_passes)
    assert Box.objects.get(prompts=late).state == Box.State.OPEN  # it stays shut, and theirs
    assert evaluation.write_due(WRITTEN + timedelta(days=30)) == 0
    assert (told(programme), AimTally.objects.count()) == (bands, 0)


def test_a_set_is_counted_once_a_quarter(six: list[Membership], ask: Ask, deadline_passes: Pass) -> None:
    first, second = ask(six, number=1), ask(six, number=2)
    counted(first, [(one, (FULLY,)) for one in six], deadline_passes)
    assert not aims.may_ask(second.meeting)
    counted(second, [(one, (NOT_YET,)) for one in six], deadline_passes)
    assert sums() == {("Listen better", FULLY): 6}


def test_who_is_in_two_sets_is_one_of_ten(
    six: list[Membership], birch: list[Membership], join: Join, ask: Ask, deadline_passes: Pass, programme: Programme
) -> None:
    both = join("Ana", birch[0].cohort)
    assert both.user == six[0].user
    ours, theirs = ask(six[:5]), ask([both, *birch[:4]], birch[0].cohort)
    counted(ours, [(one, (FULLY,)) for one in six[:5]], deadline_passes)
    counted(theirs, [(one, (FULLY,)) for one in (both, *birch[:4])], deadline_passes)
    assert sums() == {("Listen better", FULLY): 10}
    evaluation.write_due(WRITTEN)
    assert told(programme) == [(2026, 2, "Listen better", "", ""), (2026, 2, "Ask openly", "", "")]


def test_an_aim_that_is_reworded_is_another_aim(
    six: list[Membership], birch: list[Membership], ask: Ask, deadline_passes: Pass, programme: Programme
) -> None:
    old = ask(six)
    programme.aims = "Listen best"
    programme.save()
    new = ask(birch, birch[0].cohort)
    counted(old, [(one, (PARTLY,)) for one in six], deadline_passes)
    counted(new, [(one, (FULLY,)) for one in birch], deadline_passes)
    assert sums() == {("Listen better", PARTLY): 6, ("Listen best", FULLY): 5}
    evaluation.write_due(WRITTEN)
    assert sorted(told(programme)) == [(2026, 2, aim, "", "") for aim in ("Ask openly", "Listen best", "Listen better")]


def test_without_aims_nothing_is_asked(
    six: list[Membership], freya: Membership, otto: Membership, hold: Hold, browser: Browser, programme: Programme
) -> None:
    Programme.objects.update(aims="")
    meeting = hold(six)
    Meeting.objects.update(state="planned", tips_at=None)
    page = browser(freya).get(f"/challenges/questions/{meeting.pk}/").text
    assert "aims" not in page.split("<main")[1]
    assert "No meeting of this quarter asks" not in browser(freya).get(f"/meetings/{meeting.pk}/close/").text
    assert "has no aims yet" in browser(otto).get(f"/challenges/programmes/{programme.pk}/evaluation/").text
