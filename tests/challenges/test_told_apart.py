"""What somebody who marks attendance, invites, removes and words could learn of who wrote what, tried as they would."""

from collections.abc import Callable

import pytest
from django.test import Client

from challenges import box, drafts
from challenges.models import Box, Draft, Prompt, Reflection, Regime
from challenges.openings import announce_due
from learningsets.models import Letter, Membership
from sessions.models import Attendance, Meeting

pytestmark = pytest.mark.django_db

Browser = Callable[[Membership], Client]
Hold = Callable[..., Meeting]
Pass = Callable[[Meeting], None]
PAGE = "/challenges/reflect/"


def answer(who: Membership, prompt: Prompt, text: str, regime: str = Regime.CHATHAM) -> None:
    box.save_draft(who, prompt, text, regime)
    box.put_in(who, prompt)


def test_a_meeting_with_one_present_lends_no_answer_to_a_box_that_waits(
    six: list[Membership], meeting: Meeting, hold: Hold, deadline_passes: Pass, browser: Browser
):
    """Four answered in March; in April only Ana is marked, so that the fifth answer, if it came, would be hers."""
    march = box.open_prompts(meeting)[0]
    for who in six[1:5]:
        answer(who, march, f"March {who.user.name}")
    deadline_passes(meeting)
    box.tip_out(meeting)
    april = hold(six[:1], number=2)
    assert drafts.hindrance(six[0], april) == "few"
    with pytest.raises(drafts.NotContributingError):
        box.save_draft(six[0], box.open_prompts(april)[0], "in April", Regime.CHATHAM)
    page = browser(six[0]).get(PAGE).content.decode()
    assert "fewer than 5 are marked as present" in page
    assert announce_due() == 0
    assert Letter.objects.count() == 0
    deadline_passes(april)
    box.tip_out(april)
    assert Reflection.objects.count() == 0
    assert Draft.objects.exclude(author__in=six[1:5]).count() == 0


def test_removing_those_who_were_there_shuts_the_questions(six: list[Membership], meeting: Meeting):
    assert drafts.hindrance(six[0], meeting) == ""
    Membership.objects.filter(pk__in=[who.pk for who in six[1:3]]).update(left_on="2026-05-01")
    assert drafts.hindrance(six[0], meeting) == "few"


def test_questions_open_when_enough_are_marked_later(six: list[Membership], hold: Hold):
    meeting = hold(six[:4])
    assert announce_due() == 0
    Attendance.objects.create(meeting=meeting, membership=six[4], status=Attendance.Status.PRESENT)
    assert drafts.hindrance(six[0], meeting) == ""
    assert announce_due() == 1


def test_facilitators_are_not_among_those_who_were_there(six: list[Membership], freya: Membership, hold: Hold):
    assert drafts.hindrance(six[0], hold([*six[:4], freya])) == "few"


def test_the_page_with_the_questions_does_not_tell_that_somebody_has_begun(
    six: list[Membership], freya: Membership, meeting: Meeting, browser: Browser
):
    url, client = f"/challenges/questions/{meeting.pk}/", browser(freya)
    assert client.post(url, {"questions": "Another?"}).status_code == 409
    before = client.get(url).content
    box.save_draft(six[0], box.open_prompts(meeting)[0], "", "")
    assert client.post(url, {"questions": "Another?"}).status_code == 409
    assert len(client.get(url).content) == len(before)
    Meeting.objects.update(state="planned", tips_at=None, promised_until="2099-01-01T00:00Z")
    assert client.post(url, {"questions": "Another?"}).status_code == 409
    assert Box.objects.count() == 4
