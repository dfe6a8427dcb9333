"""The working write-up, what was decided about its words, and what left."""

from reports.models.release import Certificate, Download, Format, Printed, Refusal, Release
from reports.models.report import Clearance, Coverage, Decision, Report

__all__ = [
    "Certificate",
    "Clearance",
    "Coverage",
    "Decision",
    "Download",
    "Format",
    "Printed",
    "Refusal",
    "Release",
    "Report",
]
