"""Pages below `/reports/`: one function each, named as its address and its template."""

from reports.views.arranging import (
    add_section,
    delete_removed,
    hide_section,
    move_section,
    put_back_section,
    remove_section,
)
from reports.views.library import certificate, download, download_all, library, of_set, own, preview, read
from reports.views.production import candidate, progress, release, retry, withdraw
from reports.views.window import call_back, give, objections, reading
from reports.views.write_up import cover, review_copy, section, write_up
from reports.views.writing import clearances, meetings, prepare, report, review

__all__ = [
    "add_section",
    "call_back",
    "candidate",
    "certificate",
    "clearances",
    "cover",
    "delete_removed",
    "download",
    "download_all",
    "give",
    "hide_section",
    "library",
    "meetings",
    "move_section",
    "objections",
    "of_set",
    "own",
    "prepare",
    "preview",
    "progress",
    "put_back_section",
    "read",
    "reading",
    "release",
    "remove_section",
    "report",
    "retry",
    "review",
    "review_copy",
    "section",
    "withdraw",
    "write_up",
]
