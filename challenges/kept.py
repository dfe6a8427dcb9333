"""What a member wrote and did not put in the box: theirs alone, after the tip too.

After a tip the rows of all who are or were participants are written anew, together and in one size, whoever kept
something and whoever kept nothing. Each writing has a new key, a file that no backup reads, as a box's is. The one
before is destroyed once that is committed (`purge.finish`), so that what was deleted is gone from the disk too.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from uuid import UUID, uuid4

from django.db import transaction

from challenges import purge, sealing
from challenges.models import BoxMember, Kept, SpentKey
from challenges.prompts import kept_key_name, lock
from learningsets.access import set_of
from learningsets.models import Cohort, Membership, Role

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
    """Add `notes`, by membership, to what everybody keeps who is or was a participant of the set. The caller holds the
    set's lock."""
    rows = {row.author_id: row for row in Kept.objects.filter(author__cohort=cohort)}
    participants = set(cohort.memberships.participants().values_list("pk", flat=True))
    formerly = BoxMember.objects.filter(box__cohort=cohort, role=Role.PARTICIPANT)  # some facilitate it by now
    everybody = sorted({*participants, *rows, *formerly.values_list("membership", flat=True)})
    contents = {pk: _content([*(_read(rows[pk]) if pk in rows else []), *notes.get(pk, ())]) for pk in everybody}
    size = LEAST
    while any(len(content) + sealing.LENGTH_BYTES > size for content in contents.values()):
        size *= 2
    SpentKey.objects.bulk_create([SpentKey(key=key) for key in sorted(row.key for row in rows.values())])
    Kept.objects.bulk_create(
        [_sealed(pk, content, size) for pk, content in contents.items()],
        update_conflicts=True,
        unique_fields=("author",),
        update_fields=("key", "sealed"),
    )


def drop(membership: Membership, note: Note) -> None:
    """Delete one of the member's own notes for good; the row keeps its size."""
    with transaction.atomic():
        lock(set_of(membership))
        row = Kept.objects.filter(author=membership).first()
        notes = _read(row) if row else []
        if row and note in notes:
            notes.remove(note)
            SpentKey.objects.create(key=row.key)
            purge.commit_durably()
            new = _sealed(membership.pk, _content(notes), len(row.sealed) - sealing.OVERHEAD)
            Kept.objects.filter(pk=row.pk).update(key=new.key, sealed=new.sealed)
            transaction.on_commit(purge.finish)


def _content(notes: Sequence[Note]) -> bytes:
    return json.dumps([asdict(note) for note in notes], ensure_ascii=False).encode()


def _sealed(membership_id: UUID, content: bytes, size: int) -> Kept:
    """A row under a key made for it."""
    key = uuid4()
    sealing.make_key(kept_key_name(key))
    sealed = sealing.seal(kept_key_name(key), str(membership_id), content, size)
    return Kept(author_id=membership_id, key=key, sealed=sealed)


def _read(row: Kept) -> list[Note]:
    try:
        content = sealing.unseal(kept_key_name(row.key), str(row.author_id), row.sealed)
    except (sealing.KeyMissingError, sealing.UnreadableError):
        return []
    return [Note(**note) for note in json.loads(content)]
