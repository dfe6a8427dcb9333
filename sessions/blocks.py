"""What one set's agenda may lend to another's: the blocks that were planned, and nothing that anybody said.

A turn comes without its title, handout and concepts, which may say whose it is, or what it was about. What came up
while the other set met stays there, also where it was carried on to a later agenda, or that agenda begun with it again.
"""

from typing import Any
from uuid import UUID

from sessions.models import AgendaItem, Meeting, Parked

OF_A_BLOCK = ("kind", "minutes", "regime", "format")
WORDED = ("title", "handout")
EMERGENT = AgendaItem.Origin.EMERGENT


def lent(meeting: Meeting, planned: list[AgendaItem]) -> list[AgendaItem]:
    """Those of a meeting's items that another set may be given. Two queries."""
    of_the_set = AgendaItem.objects.filter(meeting__cohort=meeting.cohort_id)
    known = {pk: (key, origin) for pk, key, origin in of_the_set.values_list("pk", "key", "origin")}
    aside = set(Parked.objects.filter(meeting__cohort=meeting.cohort_id).values_list("pk", flat=True))

    def came_up(pk: UUID) -> bool:
        """Whether it or what it was copied from, at whatever meeting, came up or was put aside while the set met."""
        seen: set[UUID] = set()
        while pk in known and pk not in seen:
            seen.add(pk)
            pk, origin = known[pk]
            if origin == EMERGENT:
                return True
        return pk in aside

    return [item for item in planned if not came_up(item.pk)]


def block(item: AgendaItem) -> dict[str, Any]:
    """What another set's item begins with."""
    return {name: getattr(item, name) for name in (OF_A_BLOCK if item.is_airtime else OF_A_BLOCK + WORDED)}
