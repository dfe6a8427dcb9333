"""What the pages of a report say when it cannot be read: a later version of the product stored it, or it is damaged."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from learningsets.access import SignedInRequest
from reports.access import get_report
from reports.current import UNREADABLE

log = logging.getLogger(__name__)


def explained(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of one report, or of one release of it, that says so instead of failing, and leads to what was made of the
    report before. Nothing is changed then. The page of a release says so itself."""

    @wraps(view)
    def wrapped(request: SignedInRequest, **of: Any) -> HttpResponse:
        try:
            return view(request, **of)
        except UNREADABLE as error:
            log.warning("A report could not be read: %s", type(error).__name__)
        if "release_id" in of:
            return redirect("reports:progress", of["release_id"])
        report = get_report(request.user, of["report_id"])
        releases = report.releases.without_bytes().order_by("-number")
        return render(request, "reports/unreadable.html", {"report": report, "releases": releases}, status=409)

    return wrapped
