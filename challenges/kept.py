"""What a member wrote and did not put in the box: theirs alone, after the tip too.

After a tip all participants' rows are written anew, together and in one size, whoever kept something and whoever
kept nothing. The key is a file of the member's own, and like a box's no backup reads it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction

from challenges import sealing
from challenges.models import Kept
from challenges.prompts import lock
from learningsets.access import set_of
from learningsets.models import Cohort, Membership

LEAST = 16 * 1024  # bytes; sizes are this, doubled as often as the longest of the set needs


@dataclass(frozen=True, slots=True)
class Note:
    """One answer that was kept: which meeting's (its id), to which question, and the text."""

    meeting: str
    question: str
    text: str


def kept_by(membership: Membership) -> list[Note]:
    """The member's notes, oldest first; none if their key is gone."""
    row = Kept.objects.filter(author=membership).first()
    return _read(row) if row else []


def keep(cohort: Cohort, notes: Mapping[UUID, Sequence[Note]]) -> None:
    """Add `notes`, by membership, to what the participants of the set keep. The caller holds the set's lock."""
    rows = {row.author_id: row for row in Kept.objects.filter(author__cohort=cohort)}
    participants = sorted(cohort.memberships.participants().values_list("pk", flat=True))
    contents = {pk: _content([*(_read(rows[pk]) if pk in rows else []), *notes.get(pk, ())]) for pk in participants}
    size = LEAST
    while any(len(content) + sealing.LENGTH_BYTES > size for content in contents.values()):
        size *= 2
    for pk in participants:
        sealing.make_key(_key_name(pk))
    Kept.objects.bulk_create(
        [Kept(author_id=pk, sealed=_seal(pk, content, size)) for pk, content in contents.items()],
        update_conflicts=True,
        unique_fields=("author",),
        update_fields=("sealed",),
    )


def drop(membership: Membership, note: Note) -> None:
    """Delete one of the member's own notes; the row keeps its size."""
    with transaction.atomic():
        lock(set_of(membership))
        row = Kept.objects.filter(author=membership).first()
        notes = _read(row) if row else []
        if row and note in notes:
            notes.remove(note)
            row.sealed = _seal(membership.pk, _content(notes), len(row.sealed) - sealing.OVERHEAD)
            row.save(update_fields=("sealed",))


def _key_name(membership_id: UUID) -> str:
    return f"kept-{membership_id}"


def _content(notes: Sequence[Note]) -> bytes:
    return json.dumps([asdict(note) for note in notes], ensure_ascii=False).encode()


def _seal(membership_id: UUID, content: bytes, size: int) -> bytes:
    return sealing.seal(_key_name(membership_id), str(membership_id), content, size)


def _read(row: Kept) -> list[Note]:
    try:
        content = sealing.unseal(_key_name(row.author_id), str(row.author_id), row.sealed)
    except (sealing.KeyMissingError, sealing.UnreadableError):
        return []
    return [Note(**note) for note in json.loads(content)]
