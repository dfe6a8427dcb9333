"""For organisers: when a set meets, and nothing else about its meetings."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from learningsets.access import SignedInRequest, get_cohort_for_organiser
from sessions.dates import of_set


@require_safe
def dates(request: SignedInRequest, cohort_id: UUID) -> HttpResponse:
    """All dates of one set, page by page, the next one on the first that is shown."""
    cohort = get_cohort_for_organiser(request.user, cohort_id)
    return render(
        request, "meetings/dates.html", {"cohort": cohort, "page": of_set(cohort, request.GET.get("page", ""))}
    )
