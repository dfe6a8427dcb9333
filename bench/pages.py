"""Measure what pages cost as an installation grows: 10 sets, then 1,000, and one set with 1 meeting, then with 100.

    .venv/bin/python bench/pages.py --runs 15

On SQLite, in a folder that is thrown away. One facilitator of three sets and one member of one look at the same pages
in both installations; everything else belongs to others. Printed for each page: the queries, the median milliseconds of
the processor, and the ratio of the larger to the smaller. A page's cost should not grow with what it does not show.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

MEMBERS = 8
MEETINGS = 11


@dataclass(frozen=True)
class Cost:
    """What one page took: queries, and milliseconds of the processor."""

    queries: int
    milliseconds: float


class Counted:
    """Counts the queries that pass through it."""

    def __init__(self) -> None:
        self.queries = 0

    def __call__(self, execute: Any, *query: Any) -> Any:
        """Passes a query on."""
        self.queries += 1
        return execute(*query)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--runs", type=int, default=9)
    asked.add_argument("--sets", type=int, default=1000, help="how many sets the larger installation has")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="pages-") as folder:
        os.environ.update(DATA_DIR=folder, DJANGO_SETTINGS_MODULE="learningsets.settings")
        for name in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(name, None)
        import django

        django.setup()
        from django.core.management import call_command

        for command, words in (("migrate", {}), ("createcachetable", {}), ("collectstatic", {"interactive": False})):
            call_command(command, verbosity=0, **words)
        compare(options.runs, options.sets)


def compare(runs: int, sets: int) -> None:
    """Prints the costs in a small installation and in a large one, then in a young set and in an old one."""
    mine = populate(10)
    small = dict(costs(mine, runs))
    grow(sets - 10)
    large = dict(costs(mine, runs))
    show(f"10 sets and {sets}", small, large)
    keep_meetings(mine, 1)
    young = dict(costs(mine, runs))
    keep_meetings(mine, 100)
    old = dict(costs(mine, runs))
    show("1 meeting and 100", young, old)


def populate(sets: int) -> dict[str, Any]:
    """A programme with `sets` sets; the facilitator and the member whose pages are looked at."""
    from learningsets.models import Membership, Programme, Role, User

    programme = Programme.objects.create(title="Ours")
    facilitator = User.objects.create_user("facilitator@example.org", "Fay")
    member = User.objects.create_user("member@example.org", "Pia")
    cohorts = fill(programme, sets)
    for cohort in cohorts[:3]:
        Membership.objects.create(programme=programme, cohort=cohort, user=facilitator, role=Role.FACILITATOR)
    Membership.objects.create(programme=programme, cohort=cohorts[0], user=member, role=Role.PARTICIPANT)
    return {"facilitator": facilitator, "member": member, "cohort": cohorts[0]}


def grow(sets: int) -> None:
    """Other people's programmes, 25 sets each."""
    from learningsets.models import Programme

    for number in range(0, sets, 25):
        fill(Programme.objects.create(title=f"Programme {number}"), min(25, sets - number))


def fill(programme: Any, sets: int) -> list[Any]:
    """`sets` sets of eight people with a year of meetings, half of them held."""
    from django.utils import timezone

    from learningsets.models import Cohort, Membership, Role, User
    from sessions.models import Attendance, Meeting

    made = [Cohort(programme=programme, name=f"Set {number:04}") for number in range(sets)]
    Cohort.objects.bulk_create(made)
    users = [
        User(email=f"{cohort.pk.hex}-{place}@example.org", name=f"Person {place}")
        for cohort in made
        for place in range(MEMBERS)
    ]
    User.objects.bulk_create(users)
    places = [
        Membership(programme=programme, cohort=made[number // MEMBERS], user=user, role=Role.PARTICIPANT)
        for number, user in enumerate(users)
    ]
    Membership.objects.bulk_create(places)
    now = timezone.now()
    meetings = [
        Meeting(
            cohort=cohort,
            number=number + 1,
            starts_at=now + timedelta(days=30 * (number - MEETINGS // 2) + 3),
            time_zone="Europe/London",
        )
        for cohort in made
        for number in range(MEETINGS)
    ]
    Meeting.objects.bulk_create(meetings)
    here = [meeting for meeting in meetings if meeting.starts_at < now]
    by_set: dict[Any, list[Any]] = {}
    for place in places:
        by_set.setdefault(place.cohort_id, []).append(place)
    Attendance.objects.bulk_create(
        [
            Attendance(meeting=meeting, membership=place, status=Attendance.Status.PRESENT)
            for meeting in here
            for place in by_set[meeting.cohort_id]
        ],
        batch_size=500,
    )
    return made


def keep_meetings(mine: dict[str, Any], count: int) -> None:
    """Give the set that is looked at one planned meeting, and as many before it that are behind it as `count` asks."""
    from django.utils import timezone

    from sessions.models import Meeting

    cohort = mine["cohort"]
    cohort.meetings.all().delete()
    now = timezone.now()
    Meeting.objects.bulk_create(
        Meeting(
            cohort=cohort,
            number=count - back,
            starts_at=now + timedelta(days=3 - 28 * back),
            time_zone="Europe/London",
            state=Meeting.State.TIPPED if back else Meeting.State.PLANNED,
            tips_at=now - timedelta(days=28 * back - 5) if back else None,
        )
        for back in range(count)
    )


def costs(mine: dict[str, Any], runs: int) -> Iterator[tuple[str, Cost]]:
    """Each page with what it took, by who looks at it."""
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    meeting = mine["cohort"].meetings.filter(state="planned").order_by("starts_at").last()
    pages = {
        "home": reverse("learningsets:home"),
        "the set": reverse("learningsets:cohort", args=[mine["cohort"].pk]),
        "calendar": reverse("meetings:calendar"),
        "meeting": reverse("meetings:meeting", args=[meeting.pk]),
        "agenda": reverse("meetings:agenda", args=[meeting.pk]),
        "the room": reverse("meetings:room", args=[meeting.pk]),
        "library": reverse("reports:library"),
    }
    for who in ("facilitator", "member"):
        browser = signed_in(Client, mine[who])
        own = {**pages, "to do": reverse("learningsets:to_do")} if who == "facilitator" else pages
        for name, address in own.items():
            answer = browser.get(address)
            if answer.status_code != 200:
                continue
            asked = Counted()
            with connection.execute_wrapper(asked):
                browser.get(address)
            taken = []
            for _run in range(runs):
                began = time.process_time()
                browser.get(address)
                taken.append((time.process_time() - began) * 1000)
            yield f"{who}: {name}", Cost(asked.queries, statistics.median(taken))


def signed_in(client: Any, user: Any) -> Any:
    """A browser in which `user` is signed in."""
    from django.conf import settings

    browser = client(headers={"Host": settings.ALLOWED_HOSTS[0]})
    browser.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return browser


def show(what: str, before: dict[str, Cost], after: dict[str, Cost]) -> None:
    """Prints both costs of each page, and their ratio."""
    print(f"\n{what}, load {os.getloadavg()[0]:.1f}")
    for page, one in before.items():
        other = after[page]
        print(
            f"  {page:24} queries {one.queries:3} {other.queries:3}   processor {one.milliseconds:6.1f} "
            f"{other.milliseconds:6.1f} ms   ratio {other.milliseconds / one.milliseconds:.2f}"
        )


if __name__ == "__main__":
    main()
