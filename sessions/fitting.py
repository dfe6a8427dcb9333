"""An agenda that is too long, cut to the meeting's length: everything shorter in proportion, by whole five minutes.

Plain numbers in, plain numbers out; `sessions.agenda.fit` writes them down.
"""

from collections import Counter
from collections.abc import Hashable, Sequence

STEP = 5  # minutes; no item gets less


def fitted(items: Sequence[tuple[Hashable, int]], length: int) -> list[int] | None:
    """The minutes that each item gets of `length`, or None where five for each would be too much already.

    An item is its kind and the minutes it was planned with. None gets more than those, and those that are alike stay
    alike: no turn is made shorter than the next. So a few minutes can be left free.
    """
    total, left = sum(minutes for _kind, minutes in items), length - STEP * len(items)
    if left < 0:
        return None
    given = dict.fromkeys(items, STEP)
    alike = Counter(items)

    def behind(item: tuple[Hashable, int]) -> float:
        return item[1] * length / total - given[item]

    def may_grow(item: tuple[Hashable, int]) -> bool:
        return behind(item) > 0 and given[item] + STEP <= item[1] and alike[item] * STEP <= left

    while more := [item for item in alike if may_grow(item)]:
        furthest = max(more, key=behind)
        given[furthest] += STEP
        left -= STEP * alike[furthest]
    return [given[item] for item in items]
