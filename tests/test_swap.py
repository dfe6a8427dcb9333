"""The swap: whoever said it, under whatever name, in whatever order and at whatever time, what leaves is the same.

Two worlds are made that differ in who is who, and nothing else. With the same key for the order of the answers (thrown
away in production), document and pages must be the same to the byte: what doesn't depend on something can't tell it.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from django.db import transaction

from challenges.models import Draft, Reflection
from reports.build import build_document
from reports.document import dumps
from reports.models import Report
from reports.pdf import render
from reports.releasing import prepare
from reports.write_up import Answers, Session, WriteUp, plain
from sessions.models import Meeting
from tests.world import PARTICIPANTS, hold_meeting, log_challenges, make_world

# {n} is the n-th person of a world; what stands there is a name or an employer, and differs from world to world.
SAID = [
    ["Ring {1.first} first.", "Thanks to {2.name}.", "{3.employer} has a map.", "Very."],
    ["Write to {0.email}.", "Time to think.", "{0.employer} moves slowly.", "Much."],
    ["Ask {3.first}'s team.", "Calm.", "{4.name} named the iceberg.", "It was good."],
    ["Share this at {2.employer}.", "Better questions.", "{0.first}'s patience.", "A wide view."],
    ["Read the plans again.", "Fewer solutions.", "Listening first.", "{5.employer} could do it too."],
    ["Talk with {3.name}.", "I am less alone.", "That {1.employer} has the same wall.", "A mirror."],
]


@dataclass(frozen=True)
class Person:
    """How a person is written about."""

    name: str
    email: str
    employer: str

    @property
    def first(self) -> str:
        """The first of their names."""
        return self.name.split()[0]


@dataclass(frozen=True)
class Cast:
    """Who is the n-th person, who says the n-th row of answers, in which order they join, and when they meet."""

    people: tuple[int, ...] = (0, 1, 2, 3, 4, 5)
    speakers: tuple[int, ...] = (0, 1, 2, 3, 4, 5)
    hour: int = 14

    def released(self) -> tuple[str, bytes]:
        """The document and the pages of the report of this world, which is then undone."""
        with transaction.atomic():
            people = [Person(*PARTICIPANTS[one][:3]) for one in self.people]
            said = [[text.format(*people) for text in row] for row in SAID]
            world = make_world(random.Random(self.hour).sample(PARTICIPANTS, len(PARTICIPANTS)))
            log_challenges(world)
            meeting = hold_meeting(world, [said[speaker] for speaker in self.speakers])
            Meeting.objects.filter(pk=meeting.pk).update(starts_at=datetime(2026, 3, 10, self.hour, tzinfo=UTC))
            report = prepare(meeting)
            prose = Session(title="What {1.first} brought".format(*people), paragraphs=(SAID[0][2].format(*people),))
            Report.objects.filter(pk=report.pk).update(content=plain(WriteUp(sections=(prose, Answers()))))
            report.refresh_from_db()
            document = build_document(report, "review_copy", key=b"the same in both worlds").document
            transaction.set_rollback(True)
        return dumps(document), render(document)


SWAPS: dict[str, Callable[[Cast], Cast]] = {
    "other authors of the same answers": lambda cast: replace(cast, speakers=(5, 3, 1, 0, 2, 4)),
    "other names for the same people": lambda cast: replace(cast, people=(1, 2, 0, 4, 5, 3)),
    "another hour, another order of joining": lambda cast: replace(cast, hour=9),
}


@pytest.fixture(scope="module")
def original(shared_database: None) -> tuple[str, bytes]:
    """What leaves the world as it is."""
    return Cast().released()


@pytest.mark.xdist_group("swap")
@pytest.mark.parametrize("swap", SWAPS)
def test_what_leaves_does_not_depend_on(swap: str, original: tuple[str, bytes], db: None) -> None:
    document, pages = SWAPS[swap](Cast()).released()
    assert document == original[0]
    assert pages == original[1]


@pytest.mark.xdist_group("swap")
def test_the_worlds_do_differ_in_what_was_said(original: tuple[str, bytes], db: None) -> None:
    """The control: another answer shows, so equal bytes above mean something."""
    changed = [row[:] for row in SAID]
    changed[1][1] = "Room to think."
    was, SAID[:] = SAID[:], changed
    try:
        assert Cast().released()[0] != original[0]
    finally:
        SAID[:] = was
    assert (Draft.objects.count(), Reflection.objects.count()) == (0, 0)
