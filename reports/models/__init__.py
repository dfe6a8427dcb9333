"""The working write-up, what was decided about its words, and what left."""

from reports.models.release import Certificate, Download, Format, Printed, Refusal, Release, Titles
from reports.models.report import Clearance, Coverage, Decision, Report
from reports.models.window import Ballot, Outcome, Reader, Window, Wish

__all__ = [
    "Ballot",
    "Certificate",
    "Clearance",
    "Coverage",
    "Decision",
    "Download",
    "Format",
    "Outcome",
    "Printed",
    "Reader",
    "Refusal",
    "Release",
    "Report",
    "Titles",
    "Window",
    "Wish",
]
