"""Pages about meetings, and the boards that a set fills while it meets."""

from sessions.views.calendar import set_calendar
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
    "meeting",
    "put_back_concept",
    "remove_guest",
    "reopen",
    "restore",
    "schedule",
    "set_calendar",
    "strike_concept",
    "withdraw_apologies",
]
