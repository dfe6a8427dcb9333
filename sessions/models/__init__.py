"""Meetings, the rule that spaced them, their agendas, who came, and what the room wrote on its wall."""

from sessions.models.agenda import AgendaItem, Kind
from sessions.models.attendance import Attendance, DatesTold, Guest
from sessions.models.concept import Concept
from sessions.models.meeting import LEAST_MINUTES, LETTER_UNDER_WAY, MOST_MINUTES, Meeting, MeetingQuerySet
from sessions.models.practice import Practice, Sharing, practice_of
from sessions.models.room import Parked, Room
from sessions.models.series import OnHoliday, Series, Weekday

__all__ = (
    "LEAST_MINUTES",
    "LETTER_UNDER_WAY",
    "MOST_MINUTES",
    "AgendaItem",
    "Attendance",
    "Concept",
    "DatesTold",
    "Guest",
    "Kind",
    "Meeting",
    "MeetingQuerySet",
    "OnHoliday",
    "Parked",
    "Practice",
    "Room",
    "Series",
    "Sharing",
    "Weekday",
    "practice_of",
)
