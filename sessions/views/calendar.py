"""What stands in people's calendars."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learningsets.access import SignedInRequest, get_cohort_for_facilitator
from sessions.forms.set_calendar import SetCalendarForm
from sessions.models import SetCalendar
from sessions.set_calendar import choose

INVALID = 422
CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
def set_calendar(request: SignedInRequest, cohort_id: UUID) -> HttpResponse:
    """A set's choices: what its calendar entries hold, and when its members are reminded."""
    cohort = get_cohort_for_facilitator(request.user, cohort_id)
    form = SetCalendarForm(cohort, request.POST or None)
    context = {"form": form, "cohort": cohort}
    if not form.is_bound:
        return render(request, "meetings/set_calendar.html", context)
    if not form.is_valid():
        return render(request, "meetings/set_calendar.html", context, status=INVALID)
    if not choose(form.chosen(), form.cleaned_data["version"]):
        now = SetCalendar.of(cohort)
        form.renew(now)
        return render(request, "meetings/set_calendar.html", context | {"now": now}, status=CONFLICT)
    messages.success(request, _("Saved. It counts for every letter from now on."))
    return redirect("learningsets:cohort", cohort_id)
