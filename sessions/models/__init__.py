"""Meetings, the rule that spaced them, who came, what the room wrote on its wall, and what goes into calendars."""

from sessions.models.attendance import Attendance, DatesTold, Guest
from sessions.models.band import AttendanceBand, Band
from sessions.models.concept import Concept
from sessions.models.meeting import LEAST_MINUTES, LETTER_UNDER_WAY, MOST_MINUTES, Meeting, MeetingQuerySet
from sessions.models.personal_calendar import PersonalCalendar
from sessions.models.reminder import NoReminders, Reminder
from sessions.models.series import OnHoliday, Series, Weekday
from sessions.models.set_calendar import REMIND_BEFORE, Entries, SetCalendar

__all__ = (
    "LEAST_MINUTES",
    "LETTER_UNDER_WAY",
    "MOST_MINUTES",
    "REMIND_BEFORE",
    "Attendance",
    "AttendanceBand",
    "Band",
    "Concept",
    "DatesTold",
    "Entries",
    "Guest",
    "Meeting",
    "MeetingQuerySet",
    "NoReminders",
    "OnHoliday",
    "PersonalCalendar",
    "Reminder",
    "Series",
    "SetCalendar",
    "Weekday",
)
