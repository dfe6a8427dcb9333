"""Meetings, the rule that spaced them, their agendas, who came, what the room wrote, and what goes into calendars."""

from sessions.models.agenda import AgendaItem, Kind
from sessions.models.attendance import Attendance, DatesTold, Guest
from sessions.models.band import AttendanceBand, Band
from sessions.models.concept import Concept
from sessions.models.meeting import LEAST_MINUTES, LETTER_UNDER_WAY, MOST_MINUTES, Meeting, MeetingQuerySet
from sessions.models.personal_calendar import PersonalCalendar
from sessions.models.practice import Practice, Sharing, practice_of
from sessions.models.predefined import PredefinedConcept
from sessions.models.reminder import NoReminders, Reminder
from sessions.models.room import Parked, Room
from sessions.models.series import OnHoliday, Series, Weekday
from sessions.models.set_calendar import REMIND_BEFORE, Entries, SetCalendar

__all__ = (
    "LEAST_MINUTES",
    "LETTER_UNDER_WAY",
    "MOST_MINUTES",
    "REMIND_BEFORE",
    "AgendaItem",
    "Attendance",
    "AttendanceBand",
    "Band",
    "Concept",
    "DatesTold",
    "Entries",
    "Guest",
    "Kind",
    "Meeting",
    "MeetingQuerySet",
    "NoReminders",
    "OnHoliday",
    "Parked",
    "PersonalCalendar",
    "Practice",
    "PredefinedConcept",
    "Reminder",
    "Room",
    "Series",
    "SetCalendar",
    "Sharing",
    "Weekday",
    "practice_of",
)
