"""Pages below `/reports/`: one function each, named as its address and its template."""

from reports.views.library import certificate, download, library, preview
from reports.views.production import candidate, progress, release, retry, withdraw
from reports.views.window import call_back, give, objections, reading
from reports.views.writing import clearances, prepare, report, review, write_up

__all__ = [
    "call_back",
    "candidate",
    "certificate",
    "clearances",
    "download",
    "give",
    "library",
    "objections",
    "prepare",
    "preview",
    "progress",
    "reading",
    "release",
    "report",
    "retry",
    "review",
    "withdraw",
    "write_up",
]
