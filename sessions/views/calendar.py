"""What stands in people's calendars."""

import hashlib
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningsets.access import SignedInRequest, get_cohort_for_facilitator, memberships_of
from sessions import feeds
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


@require_safe
@never_cache
def your_calendar(request: SignedInRequest) -> HttpResponse:
    """Somebody's own calendar: the secret address of their feed."""
    places = [place for place in memberships_of(request.user) if place.cohort_id]
    return render(request, "meetings/your_calendar.html", {"places": places, "address": feeds.address(request.user)})


@require_POST
def renew_feed(request: SignedInRequest) -> HttpResponse:
    """Make an address for one's feed, in place of the one before."""
    feeds.renew(request.user)
    messages.success(request, _("Your calendar has a new address. Any address from before leads nowhere now."))
    return redirect("meetings:your_calendar")


@require_POST
def revoke_feed(request: SignedInRequest) -> HttpResponse:
    """Take the address of one's feed away."""
    feeds.revoke(request.user)
    messages.success(
        request, _("The address leads nowhere now. Your calendar forgets the meetings when it looks again.")
    )
    return redirect("meetings:your_calendar")


@require_safe
@login_not_required
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """A person's meetings for their calendar program, which brings no cookie and gets none."""
    user = feeds.owner(token)
    if user is None:
        raise Http404
    written = feeds.written(user)
    etag = f'"{hashlib.sha256(written).hexdigest()}"'
    headers = {"Cache-Control": "private, max-age=900", "ETag": etag, "X-Robots-Tag": "noindex"}
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response
