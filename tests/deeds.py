"""What the people of tests/laden.py do in a browser, by whom it is for: to see who else notices it."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone

from challenges.prompts import open_prompts
from reports.models import Window
from sessions.models import Meeting
from tests.laden import DAY, Laden, mark
from tests.reports.objecting import body
from tests.test_access import arguments

KEYS = [f"7c4e1d0a-2f0b-4b53-9a35-6e1d9b5c8f1{digit}" for digit in range(4)]  # of forms that were opened


class Deed(NamedTuple):
    """Who opens or (with data) sends which page, about what of the site."""

    who: str
    page: str
    about: str = ""
    sent: dict[str, Any] | None = None


def do(site: Laden, deeds: list[Deed]) -> list[str]:
    """One after the other; each has to be answered as it is when all is well. Where the answers lead on to."""
    led = []
    common = {"programme_id": site.world.programme.pk, "cohort_id": site.world.cohort.pk, "file_format": "pdf"}
    for who, page, about, sent in deeds:
        known = common | site.about.get(about, {})
        address = reverse(page, kwargs={key: known[key] for key in arguments(page)})
        client = site.world.client(who)
        answer = client.get(address) if sent is None else client.post(address, sent)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        done = answer.status_code in {200, 302} and b"error-summary" not in content
        assert done, f"{who} cannot {page}: {answer.status_code}"
        led += [f"{page}: {answer.headers['Location']}"] if answer.status_code == 302 else []
    return led


def in_secret(site: Laden) -> list[Deed]:
    """Åsa answers, objects, asks, tries out, reads, downloads; Siobhán, whose turn it is, takes notes; the organiser
    downloads. Nobody notices anything of it but Siobhán what she noted, and what she is asked."""
    asking = Meeting.objects.get(pk=site.about["asking"]["meeting_id"])
    first, second, third, _fourth = open_prompts(asking)
    window = Window.objects.get(release_id=site.about["draft"]["release_id"])

    def answers(version: int, **more: str) -> dict[str, str]:
        said = {first: "Begun", second: "For the box", third: "For the set"}
        fields = {f"{prompt.pk}-text": text for prompt, text in said.items()}
        fields |= {f"{prompt.pk}-regime": "set" if prompt == third else "chatham" for prompt in said if prompt != first}
        return fields | {f"{prompt.pk}-version": str(version) for prompt in said} | {"meeting": str(asking.pk)} | more

    draft = mark("text-draft")
    challenge = {"title": "Hers alone", "visibility": "private", "version": 0, "key": KEYS[0]}
    return [
        Deed("Åsa", "challenges:reflect", "", answers(0)),
        Deed("Åsa", "challenges:reflect", "", answers(1, put="1") | {f"{first.pk}-text": "", f"{first.pk}-regime": ""}),
        Deed("Åsa", "reports:reading", "", body(window, draft, "generalise", "Other words")),
        Deed("Åsa", "reports:reading", "", body(window, draft, "object", version=1)),
        Deed("Åsa", "reports:preview", "", {"meeting": str(asking.pk), "text": "Tried out"}),
        Deed("Åsa", "challenges:log", "", challenge),
        Deed("Åsa", "challenges:ask", "on", {"text": "What would your mother say?"}),
        Deed("Siobhán", "challenges:airtime", "on", {"notes": "Noted", "version": 2}),
        Deed("Åsa", "meetings:your_calendar", "", {"time_zone": "Europe/Stockholm"}),
        Deed("Åsa", "meetings:renew_feed", "", {}),
        Deed("Åsa", "meetings:reminders_off", "", {}),
        *(
            Deed("Åsa", page)
            for page in ("challenges:reflect", "challenges:kept", "reports:reading", "reports:library")
        ),
        *(Deed("Åsa", page, "released") for page in ("challenges:said", "reports:read", "reports:download")),
        Deed("Åsa", "reports:download", "draft"),
        *(Deed("Åsa", page) for page in ("learningsets:me_export", "learningsets:home", "learningsets:members")),
        Deed("Perpetua", "reports:download", "released"),
        Deed("Perpetua", "reports:download_all"),
    ]


def in_the_set(site: Laden) -> list[Deed]:
    """Åsa shows the set a challenge, and another one to who facilitates; she adds a name of hers that reports leave
    out, says where she works now, asks for time, adds a concept, cannot come; Siobhán says what she will do; and
    Thaddeus prepares: who was there, a guest, an invitation, words of a report that is not out."""
    challenges = [
        {"title": "Shown", "visibility": visibility, "version": 0, "key": key}
        for visibility, key in zip(("set", "facilitator"), KEYS[1:], strict=False)
    ]
    action = {"text": "Ring them", "due": (timezone.localdate() + 20 * DAY).isoformat(), "key": KEYS[3]}
    on = Meeting.objects.get(pk=site.about["on"]["meeting_id"])
    present = [str(place.pk) for place in site.world.participants[:3]]
    return [
        *(Deed("Åsa", "challenges:log", "", challenge) for challenge in challenges),
        Deed("Åsa", "learningsets:me_names", "", {"names": "Ozzie"}),
        Deed("Åsa", "learningsets:me_employer", "", {"organisation": "Siljan Care", "short_names": "the Lake"}),
        Deed("Åsa", "challenges:bid", "empty", {"minutes": 20, "urgency": 1}),
        Deed("Åsa", "meetings:add_concept", "on", {"text": "tariff"}),
        Deed("Åsa", "meetings:apologies", "ahead", {"reason": "A visit"}),
        Deed("Siobhán", "challenges:add_action", "on", action),
        Deed("Thaddeus", "meetings:attendance", "on", {"version": on.version, "present": present}),
        Deed("Thaddeus", "meetings:add_guest", "on", {"name": "Petronel Quaife", "organisation": "Elsewhere"}),
        Deed("Thaddeus", "learningsets:invite", "", {"people": "Amyas Thring, amyas@new.example", "send": "1"}),
        Deed("Thaddeus", "reports:add_section", "draft", {"kind": "questions"}),
    ]
