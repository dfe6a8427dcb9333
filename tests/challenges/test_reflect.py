"""The page with the closing questions, as members use it, and what it must not give away."""

import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from challenges import box, drafts, kept, padding
from challenges.drafts import Answer
from challenges.models import Draft, Prompt, Reflection, Regime
from learningsets.models import Cohort, Letter, Membership, Signature
from sessions.models import Attendance, Meeting

pytestmark = pytest.mark.django_db

Browser = Callable[[Membership], Client]
Pass = Callable[[Meeting], None]
PAGE = "/challenges/reflect/"


def body(meeting: Meeting, *answers: tuple[str, str], version: int = 0, **more: str) -> dict[str, str]:
    """What the page posts: answers to the first questions as (text, regime), the others left empty."""
    prompts = box.open_prompts(meeting)
    sent = {"meeting": str(meeting.pk), **more}
    for prompt, (text, regime) in zip(prompts, [*answers, *[("", "")] * len(prompts)], strict=False):
        sent |= {f"{prompt.pk}-text": text, f"{prompt.pk}-regime": regime, f"{prompt.pk}-version": str(version)}
    return sent


def stored(who: Membership, meeting: Meeting) -> list[tuple[str, str, bool]]:
    prompts = list(meeting.prompts.select_related("box"))
    answers = drafts.mine(who, [prompt.box for prompt in prompts if prompt.box])
    found = [answers.get(prompt.box_id, Answer()) for prompt in prompts if prompt.box_id]
    return [(answer.text, answer.regime, answer.in_box) for answer in found]


def test_the_page_shows_the_default_questions_and_changes_nothing(ana: Membership, meeting: Meeting, browser: Browser):
    page = browser(ana).get(PAGE)
    assert [question.prompt.text for question in page.context["sheets"][0].questions] == [
        "What will I do now?",
        "What did I gain from the process?",
        "What did I learn from other people's challenges?",
        "How helpful was it to learn across countries?",
    ]
    assert [question.form.initial["regime"] for question in page.context["sheets"][0].questions] == [""] * 4
    assert not re.search(r'type="radio"[^>]*\schecked', page.content.decode())
    assert "When the box is tipped out, what you put in it loses its author. Until then" in page.text
    said = page.text.index("is read by your set and its facilitators as you typed it, names too")  # before one types
    assert page.text.index("names, employers and addresses of the people in your programme") < page.text.index(
        "<textarea"
    )
    assert said < page.text.index("<textarea")
    assert (Prompt.objects.count(), Draft.objects.count()) == (0, 0)


def test_saving_by_itself_is_promised_only_where_it_happens(ana: Membership, meeting: Meeting, browser: Browser):
    """The style sheet shows the one while the module runs, and else the other."""
    page = browser(ana).get(PAGE).content.decode()
    assert '<span class="saves-itself">A draft is saved as you type.</span>' in page
    assert '<span class="saves-when-asked">A draft is saved when you press a button below.</span>' in page


def test_save_keeps_a_draft(ana: Membership, meeting: Meeting, browser: Browser):
    client = browser(ana)
    answer = client.post(PAGE, body(meeting, ("I will ask.", ""), ("Calm", "private")))
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert stored(ana, meeting) == [
        ("I will ask.", "", False),
        ("Calm", "private", False),
        ("", "", False),
        ("", "", False),
    ]
    assert "I will ask." in client.get(PAGE).content.decode()


def test_put_everything_but_what_is_private_and_take_it_back(ana: Membership, meeting: Meeting, browser: Browser):
    client = browser(ana)
    client.post(PAGE, body(meeting, ("One", "chatham"), ("Two", "private"), ("Three", "set"), put="1"))
    assert stored(ana, meeting) == [
        ("One", "chatham", True),
        ("Two", "private", False),
        ("Three", "set", True),
        ("", "", False),
    ]
    first = box.open_prompts(meeting)[0]
    client.post(PAGE, {"meeting": str(meeting.pk), "back": str(first.pk)})
    assert stored(ana, meeting)[0] == ("One", "chatham", False)


def test_put_asks_how_far_it_may_travel_and_keeps_the_text(ana: Membership, meeting: Meeting, browser: Browser):
    assert "while one does not say it, none goes into the box" in browser(ana).get(PAGE).text
    answer = browser(ana).post(PAGE, body(meeting, ("One", "chatham"), ("Two", ""), put="1"))
    assert answer.status_code == 422
    errors = [question.form.errors for question in answer.context["sheets"][0].questions]
    assert [list(error) for error in errors] == [[], ["regime"], [], []]
    assert "Two" in answer.content.decode()
    asked = [prompt.text for prompt in box.open_prompts(meeting)]
    more = browser(ana).post(PAGE, body(meeting, ("One", "chatham"), ("Two", ""), ("Three", ""), put="1")).text
    assert more.count("data-error-summary") == 1
    assert re.findall(r"<a href=\"#[^>]*>(.*) – How far may it travel\?", more) == [escape(one) for one in asked[1:3]]
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("typed", [[], [("", "set")], [("  \n", "")]])
def test_putting_nothing_in_says_what_to_do_beside_the_first_field(
    ana: Membership, meeting: Meeting, browser: Browser, typed: list[tuple[str, str]]
):
    answer = browser(ana).post(PAGE, body(meeting, *typed, put="1"))
    assert answer.status_code == 422
    forms = [question.form for question in answer.context["sheets"][0].questions]
    assert [dict(form.errors) for form in forms] == [
        {
            "text": [
                (
                    "Nothing is written yet, so nothing was put in the box. Answer at least one question, and choose "
                    "how far your answer may travel."
                )
            ]
        },
        {},
        {},
        {},
    ]
    assert forms[0]["regime"].value() == (typed[0][1] if typed else "")


def standing(page: Any) -> list[str]:
    """What the page says of how somebody's answers stand."""
    found = re.findall(r'<div class="notice[^"]*" role="status">(.*?)</div>', page.content.decode(), re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


def test_the_page_says_what_lies_in_the_box_and_until_when_it_can_be_taken_back(
    ana: Membership, meeting: Meeting, browser: Browser
):
    client, until = browser(ana), f"{meeting.closing_until} (Europe/London)"
    assert standing(client.get(PAGE)) == []
    client.post(PAGE, body(meeting, ("One", "chatham"), ("Two", "private"), ("Three", "set")))
    assert standing(client.get(PAGE)) == [
        (
            "3 answers are saved as drafts, and nothing of yours is in the box. Only you can read them. "
            f"The box takes answers until {until}."
        )
    ]
    client.post(PAGE, body(meeting, ("One", "chatham"), ("Two", "private"), ("Three", "set"), put="1"))
    assert standing(client.get(PAGE)) == [
        (
            f"2 answers of yours are in the box. You can take back what is in it until {until}; then it is tipped out. "
            "1 more is saved as a draft, not in the box. Only you can read it."
        )
    ]


def test_with_every_answer_in_the_box_nothing_is_left_to_put_in(ana: Membership, meeting: Meeting, browser: Browser):
    client = browser(ana)
    client.post(PAGE, body(meeting, *[(f"Answer {n}", "set") for n in range(4)], put="1"))
    assert 'name="put"' not in client.get(PAGE).content.decode()


def test_who_joined_later_is_not_sent_to_the_facilitator(
    six: list[Membership], meeting: Meeting, browser: Browser, join: Callable[..., Membership]
):
    assert browser(join("Gil")).get(PAGE).context["sheets"][0].hindrance == "later"


@pytest.mark.parametrize("bad", ["x" * 20_001, "a\x00b", "e" + "\u0301" * 50])
def test_unfit_text_is_refused_beside_the_field(ana: Membership, meeting: Meeting, browser: Browser, bad: str):
    client = browser(ana)
    answer = client.post(PAGE, body(meeting, ("fine", "set"), (bad, "set")))
    assert answer.status_code == 422
    assert [list(q.form.errors) for q in answer.context["sheets"][0].questions] == [[], ["text"], [], []]
    assert client.post(PAGE, body(meeting, (bad, "set"), autosave="1")).status_code == 422


def test_the_longest_text_in_any_script_is_kept(ana: Membership, meeting: Meeting, browser: Browser):
    text = "🦉𝒳" * 10_000
    assert browser(ana).post(PAGE, body(meeting, (text, "set"))).status_code == 302
    assert stored(ana, meeting)[0] == (text, "set", False)


def test_autosave_renews_the_versions(ana: Membership, meeting: Meeting, browser: Browser):
    client = browser(ana)
    first, *others = box.open_prompts(meeting)
    answer = client.post(PAGE, body(meeting, ("I", ""), autosave="1"))
    assert answer.json()["fields"] == {f"{first.pk}-version": "1", **{f"{p.pk}-version": "0" for p in others}}


def test_two_tabs_show_both_texts(ana: Membership, meeting: Meeting, browser: Browser):
    client = browser(ana)
    client.post(PAGE, body(meeting, ("first tab", "set")))
    told = client.post(PAGE, body(meeting, ("second tab", "set")))
    assert told.status_code == 409
    question = told.context["sheets"][0].questions[0]
    assert (question.stored.text, question.form["text"].value()) == ("first tab", "second tab")
    assert stored(ana, meeting)[0] == ("first tab", "set", False)
    again = body(meeting, ("second tab", "set"))
    again[f"{question.prompt.pk}-version"] = str(question.form["version"].value())
    assert client.post(PAGE, again).status_code == 302
    assert stored(ana, meeting)[0] == ("second tab", "set", False)
    assert client.post(PAGE, body(meeting, ("third tab", "set"), autosave="1")).status_code == 409


def test_what_was_put_in_elsewhere_is_not_overwritten(ana: Membership, meeting: Meeting, browser: Browser):
    client = browser(ana)
    client.post(PAGE, body(meeting, ("in the box", "set"), put="1"))
    told = client.post(PAGE, body(meeting, ("from an old tab", "set")))
    assert told.status_code == 409
    assert "from an old tab" in told.content.decode()
    assert stored(ana, meeting)[0] == ("in the box", "set", True)


def test_questions_changed_meanwhile_give_the_text_back(ana: Membership, meeting: Meeting, browser: Browser):
    old = body(meeting, ("to the old question", "set"))
    Meeting.objects.update(state="planned", tips_at=None)
    box.open_prompts(meeting, ["Another question?"])
    Meeting.objects.update(state="closed", tips_at="2099-01-01T00:00Z")
    told = browser(ana).post(PAGE, old)
    assert told.status_code == 409
    assert told.context["unsaved"] == ["to the old question"]
    assert Draft.objects.count() == 0


def test_after_the_deadline_the_text_is_given_back(
    ana: Membership, meeting: Meeting, browser: Browser, deadline_passes: Pass
):
    late = body(meeting, ("too late", "set"), put="1")
    deadline_passes(meeting)
    told = browser(ana).post(PAGE, late)
    assert told.status_code == 409
    assert told.context["unsaved"] == ["too late"]
    assert Draft.objects.count() == 0


def test_who_cannot_answer_is_told_what_to_do(six: list[Membership], hold: Callable[..., Meeting], browser: Browser):
    Signature.objects.filter(membership=six[1]).delete()
    meeting = hold(six[1:5])
    Attendance.objects.create(meeting=meeting, membership=six[0], status=Attendance.Status.ABSENT)
    assert [browser(who).get(PAGE).context["sheets"][0].hindrance for who in six[:3]] == ["absent", "unsigned", "few"]
    refused = browser(six[0]).post(PAGE, body(meeting, ("I was not there", "set"), put="1"))
    assert refused.status_code == 409
    assert Draft.objects.count() == 0


def test_facilitators_organisers_and_strangers_have_no_questions(
    freya: Membership,
    otto: Membership,
    meeting: Meeting,
    join: Callable[..., Membership],
    alder: Cohort,
    browser: Browser,
):
    zoe = join("Zoe", Cohort.objects.create(programme=alder.programme, name="Birch"))
    for who in (freya, otto, zoe):
        client = browser(who)
        assert client.get(PAGE).context["sheets"] == []
        assert client.post(PAGE, body(meeting, ("mine", "set"), put="1")).status_code == 404
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("sent", [{}, {"meeting": "nonsense"}, {"waiting": "nonsense"}, {"waiting": ""}])
def test_nonsense_is_not_found(ana: Membership, meeting: Meeting, browser: Browser, sent: dict[str, str]):
    assert browser(ana).post(PAGE, sent).status_code == 404


def test_nobody_takes_back_for_somebody_else(six: list[Membership], meeting: Meeting, browser: Browser):
    now = box.open_prompts(meeting)[0]
    box.put_in(six[0], {now: "mine"}, Regime.SET)
    theirs = Draft.objects.get(author=six[0], box__prompts=now).box
    assert browser(six[1]).post(PAGE, {"waiting": str(theirs.pk)}).status_code == 404
    assert stored(six[0], meeting)[0] == ("mine", "set", True)


def test_what_waits_for_another_meeting_is_shown_and_can_be_taken_back(
    ana: Membership, meeting: Meeting, browser: Browser, deadline_passes: Pass
):
    client = browser(ana)
    client.post(PAGE, body(meeting, ("too few of us", "set"), put="1"))
    deadline_passes(meeting)
    box.tip_out(meeting)
    (one,) = client.get(PAGE).context["waiting"]
    assert (one.prompt.text, one.answer.text, one.answer.in_box) == ("What will I do now?", "too few of us", True)
    client.post(PAGE, {"waiting": str(one.box.pk)})
    assert [(w.answer.text, w.answer.in_box) for w in client.get(PAGE).context["waiting"]] == [("too few of us", False)]


def test_what_was_carried_over_stands_with_its_question_and_holds_nothing_back(
    six: list[Membership], hold: Callable[..., Meeting], browser: Browser, deadline_passes: Callable[[Meeting], None]
):
    """Ana's answer of the month before lies in the box of this month's first question; her other three go in."""
    before = hold(six)
    browser(six[0]).post("/challenges/reflect/", body(before, ("Last month's.", "chatham"), put=""))
    deadline_passes(before)
    box.tip_out(before)
    now = hold(six, number=2)
    page = browser(six[0]).get("/challenges/reflect/")
    (sheet,) = page.context["sheets"]
    assert [(q.answer.text, q.answer.in_box, q.form is None) for q in sheet.questions][:2] == [
        ("Last month's.", True, True), ("", False, False),
    ]  # fmt: skip
    assert page.context["waiting"] == []
    typed = {f"{q.prompt.pk}-{name}": value for q in sheet.questions if q.form for name, value in (
        ("text", f"Mine, {q.prompt.position}."), ("regime", "chatham"), ("version", "0"))}  # fmt: skip
    answer = browser(six[0]).post("/challenges/reflect/", {"meeting": str(now.pk), "put": "", **typed})
    assert answer.status_code == 302
    assert sorted(stored(six[0], now)) == sorted(
        [("Last month's.", "chatham", True), *((f"Mine, {n}.", "chatham", True) for n in (2, 3, 4))]
    )


def test_size_headers_and_address_say_nothing(ana: Membership, meeting: Meeting, browser: Browser):
    client = browser(ana)
    answers = [client.get(PAGE)]
    for texts in ([], [("One", "set")], [("x" * 20_000, "chatham"), ("y" * 5_000, "set")]):
        client.post(PAGE, body(meeting, *texts, version=len(answers) - 1))
        answers.append(client.get(PAGE))
    answers.append(client.get("/challenges/kept/"))
    assert {len(answer.content) for answer in answers} == {padding.PAGE}
    saves = [
        client.post(PAGE, body(meeting, (text, "set"), version=version, autosave="1"))
        for text, version in (("a", 0), ("b" * 20_000, 99), ("", 0))
    ]
    assert {len(answer.content) for answer in saves} == {padding.ANSWER}
    for answer in (*answers, *saves):
        assert answer["Cache-Control"] == "no-store, private, no-transform"
        assert [name for name in ("ETag", "Last-Modified", "Expires") if name in answer.headers] == []


def test_contributing_leaves_no_message_and_does_not_touch_the_session(
    ana: Membership, meeting: Meeting, browser: Browser
):
    client = browser(ana)
    client.get(PAGE)
    before = list(Session.objects.values_list())
    sent = [body(meeting, ("One", "set")), body(meeting, ("One", "set"), put="1")]
    answers = [*(client.post(PAGE, one) for one in sent), client.get(PAGE)]
    assert list(Session.objects.values_list()) == before
    assert not any(answer.cookies for answer in answers)  # a browser notes when one was set last


def test_what_is_refused_leaves_no_line_no_message_and_does_not_touch_the_session(
    ana: Membership, meeting: Meeting, browser: Browser, deadline_passes: Pass, caplog: pytest.LogCaptureFixture
):
    """Nor is it remembered for the next page: whoever asks for that again is shown nothing that was typed."""
    client = browser(ana)
    client.post(PAGE, body(meeting, ("One", "set")))
    client.get(PAGE)
    before = list(Session.objects.values_list())
    caplog.set_level(logging.DEBUG)
    stale = body(meeting, ("Heron", "set"))
    asks_another = {**stale, "11111111-1111-4111-8111-111111111111-text": "Heron"}
    unfit = body(meeting, ("Heron", "nowhere"), version=1)
    tried = [stale, {**stale, "autosave": "1"}, {**stale, "put": "1"}, asks_another, unfit]
    answers = [client.post(PAGE, sent) for sent in tried]
    deadline_passes(meeting)
    late = [{**stale, "put": "1"}, {**stale, "autosave": "1"}, {"meeting": str(meeting.pk), "back": str(meeting.pk)}]
    answers += [client.post(PAGE, sent) for sent in late]
    assert [answer.status_code for answer in answers] == [409, 409, 409, 409, 422, 409, 409, 409]
    assert not any(answer.cookies for answer in answers)
    assert client.post(PAGE, {"meeting": str(meeting.pk)}).context["unsaved"] == []
    assert caplog.messages == []
    assert list(Session.objects.values_list()) == before


def test_a_broken_save_writes_no_word_of_it_to_the_log(
    ana: Membership,
    meeting: Meeting,
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
):
    def broken(*_given: Any) -> None:
        raise RuntimeError(f"{_given}")

    monkeypatch.setattr(drafts, "_write", broken)
    client = browser(ana)
    client.raise_request_exception = False
    assert client.post(PAGE, body(meeting, ("Heron secret", "set"))).status_code == 500
    written = "".join(capfd.readouterr())
    assert "Heron" not in written
    assert str(ana.pk) not in written
    assert ana.user.email not in written


def test_when_all_have_put_everything_in_the_box_still_waits_for_its_time(
    six: list[Membership], meeting: Meeting, browser: Browser
):
    """Else the moment would say who answered last, and that all did."""
    everything = [("One", "chatham"), ("Two", "set"), ("Three", "chatham"), ("Four", "set")]
    until = meeting.tips_at
    for who in six:
        browser(who).post(PAGE, body(meeting, *everything, put="1"))
        assert stored(who, meeting) == [(text, regime, True) for text, regime in everything]
    assert box.tip_due() == 0
    meeting.refresh_from_db()
    assert (meeting.tips_at, Reflection.objects.count()) == (until, 0)


def test_before_the_tip_all_pages_but_one_show_the_same_whoever_has_answered(
    six: list[Membership], freya: Membership, meeting: Meeting, browser: Browser
):
    """To a facilitator, and to who has answered: on their own screen others may look."""
    clients = [browser(freya), browser(six[0])]
    pages = [f"/challenges/sets/{meeting.cohort_id}/", reverse("learningsets:home")]
    pages += [reverse(f"learningsets:{name}", args=[meeting.cohort_id]) for name in ("cohort", "members")]
    pages += [reverse("meetings:meeting", args=[meeting.pk])]
    addresses = [(client, page) for client in clients for page in pages]
    addresses.append((clients[0], f"/challenges/questions/{meeting.pk}/"))

    def seen() -> list[str]:
        """The pages, without the token that is another one each time."""
        return [
            re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", client.get(page).content.decode())
            for client, page in addresses
        ]

    before = seen()
    for who in six:
        box.put_in(who, {box.open_prompts(meeting)[0]: who.user.name}, Regime.CHATHAM)
    assert seen() == before
    assert [client.get(f"/challenges/said/{meeting.pk}/").status_code for client in clients] == [404, 404]


def test_said_after_the_tip(
    six: list[Membership],
    freya: Membership,
    otto: Membership,
    meeting: Meeting,
    browser: Browser,
    deadline_passes: Pass,
    join: Callable[..., Membership],
):
    now, gained, *_ = box.open_prompts(meeting)
    for who in six[:5]:
        box.put_in(who, {now: f"text {who.user.name[0]}"}, Regime.SET if who == six[0] else Regime.CHATHAM)
    box.put_in(six[0], {gained: "only me so far"}, Regime.SET)
    deadline_passes(meeting)
    box.tip_due()
    joiner = join("Jo")
    url = f"/challenges/said/{meeting.pk}/"
    table = browser(six[5]).get(url).context["table"]
    assert [(one.authors, len(one.answers)) for one in table] == [(5, 5), (None, 0), (None, 0), (None, 0)]
    assert "only me so far" not in browser(freya).get(url).content.decode()
    assert browser(joiner).get(url).context["table"] is None
    assert browser(otto).get(url).status_code == 404


@pytest.mark.parametrize("answers", [5, 6])
def test_said_costs_the_same(
    six: list[Membership],
    meeting: Meeting,
    browser: Browser,
    answers: int,
    deadline_passes: Pass,
    django_assert_num_queries,
):
    for prompt in box.open_prompts(meeting)[: answers - 4]:
        for who in six[:answers]:
            box.put_in(who, {prompt: "yes"}, Regime.SET)
    deadline_passes(meeting)
    box.tip_due()
    client = browser(six[0])
    client.get(f"/challenges/said/{meeting.pk}/")
    with django_assert_num_queries(8):
        client.get(f"/challenges/said/{meeting.pk}/")


@pytest.mark.parametrize("open_meetings", [1, 3])
def test_reflect_costs_so_much_for_each_open_meeting(
    six: list[Membership], hold: Callable[..., Meeting], browser: Browser, open_meetings: int, django_assert_num_queries
):
    for number in range(1, open_meetings + 1):
        box.save_draft(six[0], box.open_prompts(hold(six, number=number))[0], "yes", Regime.SET)
    client = browser(six[0])
    client.get(PAGE)
    with django_assert_num_queries({1: 11, 3: 21}[open_meetings]):
        client.get(PAGE)


def test_kept_shows_my_notes_and_deletes_one(
    six: list[Membership], meeting: Meeting, browser: Browser, deadline_passes: Pass
):
    now = box.open_prompts(meeting)[0]
    for who in six[1:]:
        box.put_in(who, {now: "yes"}, Regime.SET)
    box.save_draft(six[0], now, "not for anybody", Regime.PRIVATE)
    deadline_passes(meeting)
    box.tip_due()
    client = browser(six[0])
    (note,) = client.get("/challenges/kept/").context["notes"]
    assert (note.note.question, note.note.text, note.meeting) == ("What will I do now?", "not for anybody", meeting)
    assert browser(six[1]).get("/challenges/kept/").context["notes"] == []
    browser(six[1]).post("/challenges/kept/", {"note": note.mark})
    assert len(kept.kept_by(six[0])) == 1
    client.post("/challenges/kept/", {"note": note.mark})
    assert kept.kept_by(six[0]) == []


def test_questions_are_worded_by_facilitators_until_the_closing(
    six: list[Membership], freya: Membership, meeting: Meeting, browser: Browser
):
    url = f"/challenges/questions/{meeting.pk}/"
    client = browser(freya)
    Meeting.objects.update(state="planned", tips_at=None)
    assert browser(six[0]).get(url).status_code == 404
    assert client.post(url, {"questions": " What now? \n\nWhat  next?"}).status_code == 302
    assert [prompt.text for prompt in box.open_prompts(meeting)] == ["What now?", "What next?"]
    for bad in ("", "Same?\nSame?", "\n".join(f"{n}?" for n in range(9)), "x" * 301, "a\x00"):
        assert client.post(url, {"questions": bad}).status_code == 422
    Meeting.objects.update(state="closed", tips_at="2099-01-01T00:00Z")
    told = client.post(url, {"questions": "Another?"})
    assert told.status_code == 409
    assert "Another?" in told.content.decode()
    assert [prompt.text for prompt in box.open_prompts(meeting)] == ["What now?", "What next?"]


def test_give_back_only_when_the_set_meets_no_more(
    six: list[Membership], freya: Membership, meeting: Meeting, browser: Browser, deadline_passes: Pass
):
    box.save_draft(six[0], box.open_prompts(meeting)[0], "yes", Regime.SET)
    client, url = browser(freya), f"/challenges/sets/{meeting.cohort_id}/give-back/"
    assert client.post(url).status_code == 409
    deadline_passes(meeting)
    box.tip_due()
    assert browser(six[0]).post(url).status_code == 404
    assert client.get(url).status_code == 200
    assert kept.kept_by(six[0]) == []
    assert client.post(url).status_code == 302
    assert [note.text for note in kept.kept_by(six[0])] == ["yes"]


def test_those_who_were_there_are_told_once_and_nothing_of_the_meeting(
    six: list[Membership], freya: Membership, hold: Callable[..., Meeting]
):
    from challenges.openings import announce_due

    meeting = hold(six[:5])
    assert (announce_due(), announce_due()) == (1, 0)
    letters = Letter.objects.all()
    assert sorted(letter.to for letter in letters) == sorted(who.user.email for who in six[:5])
    assert len({letter.body for letter in letters}) == 1
    assert "http://localhost:8000/challenges/reflect/" in letters[0].body
    assert "Alder" not in letters[0].body + letters[0].subject
    box.save_draft(six[0], box.open_prompts(meeting)[0], "Freya was kind", Regime.SET)  # which no mailbox is told
    Meeting.objects.update(state="planned", tips_at=None)
    announce_due()
    letters.delete()
    Meeting.objects.update(state="closed", tips_at="2099-01-01T00:00Z")
    assert announce_due() == 1
    assert sorted(letter.to for letter in Letter.objects.all()) == sorted(who.user.email for who in six[:5])


def test_when_the_box_was_tipped_those_who_may_read_are_told_alike(
    six: list[Membership], freya: Membership, meeting: Meeting, join: Callable[..., Membership], deadline_passes
):
    asked = box.open_prompts(meeting)[0]
    for who in six[:5]:
        box.put_in(who, {asked: "Freya was kind"}, Regime.SET)
    box.save_draft(six[5], asked, "Not that I saw", Regime.SET)  # and keeps it, which no mailbox is told
    join("Later")
    deadline_passes(meeting)
    assert box.tip_out(meeting)
    letters = Letter.objects.all()
    assert sorted(letter.to for letter in letters) == sorted(who.user.email for who in (*six, freya))
    assert {letter.subject for letter in letters} == {"The box of your learning set was tipped out"}
    assert {letter.body for letter in letters} == {
        (
            "The deadline of the closing questions has passed, and the box of your learning set was tipped out. What "
            "came out of it, without names, can be read here:\n\n"
            f"http://localhost:8000/challenges/said/{meeting.pk}/\n"
        )
    }


def test_preview_reads_the_text_from_the_same_form(
    ana: Membership, freya: Membership, meeting: Meeting, browser: Browser
):
    second = box.open_prompts(meeting)[1]
    client = browser(ana)
    button = f'name="preview" value="{second.pk}" formaction="/reports/preview/"'
    assert button in client.get(PAGE).content.decode()
    shown = client.post("/reports/preview/", body(meeting, ("one", ""), ("Freya was kind", ""), preview=str(second.pk)))
    assert shown.status_code == 200
    assert "was kind" in shown.content.decode()
    assert "Freya was kind" not in shown.content.decode()
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("path", [PAGE, "/challenges/kept/"])
def test_signed_out_people_are_sent_to_sign_in(meeting: Meeting, path: str):
    assert Client().get(path)["Location"] == f"/accounts/login/?next={path}"
    assert Reflection.objects.count() == 0
