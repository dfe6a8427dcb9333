"""Meetings, the rule that spaced them, who came, and what the room wrote on its wall."""

from sessions.models.attendance import Attendance, DatesTold, Guest
from sessions.models.band import AttendanceBand, Band
from sessions.models.concept import Concept
from sessions.models.meeting import LEAST_MINUTES, LETTER_UNDER_WAY, MOST_MINUTES, Meeting, MeetingQuerySet
from sessions.models.series import OnHoliday, Series, Weekday

__all__ = (
    "LEAST_MINUTES",
    "LETTER_UNDER_WAY",
    "MOST_MINUTES",
    "Attendance",
    "AttendanceBand",
    "Band",
    "Concept",
    "DatesTold",
    "Guest",
    "Meeting",
    "MeetingQuerySet",
    "OnHoliday",
    "Series",
    "Weekday",
)
