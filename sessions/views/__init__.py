"""Pages about meetings, and the boards that a set fills while it meets."""

from sessions.views.calendar import feed, renew_feed, revoke_feed, set_calendar, your_calendar
from sessions.views.concepts import add_concept, concepts, concepts_now, put_back_concept, strike_concept
from sessions.views.meetings import (
    add,
    add_guest,
    apologies,
    attendance,
    cancel,
    change,
    close,
    meeting,
    remove_guest,
    reopen,
    restore,
    schedule,
    withdraw_apologies,
)

__all__ = [
    "add",
    "add_concept",
    "add_guest",
    "apologies",
    "attendance",
    "cancel",
    "change",
    "close",
    "concepts",
    "concepts_now",
    "feed",
    "meeting",
    "put_back_concept",
    "remove_guest",
    "renew_feed",
    "reopen",
    "restore",
    "revoke_feed",
    "schedule",
    "set_calendar",
    "strike_concept",
    "withdraw_apologies",
    "your_calendar",
]
