"""Pages below `/reports/`: one function each, named as its address and its template."""

from reports.views.library import certificate, download, download_all, library, preview
from reports.views.production import candidate, progress, release, retry, withdraw
from reports.views.writing import clearances, prepare, report, review, write_up

__all__ = [
    "candidate",
    "certificate",
    "clearances",
    "download",
    "download_all",
    "library",
    "prepare",
    "preview",
    "progress",
    "release",
    "report",
    "retry",
    "review",
    "withdraw",
    "write_up",
]
