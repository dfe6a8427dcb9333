"""What stands in people's calendars."""

import hashlib
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningsets.access import SignedInRequest, get_cohort_for_facilitator, get_membership, memberships_of
from sessions import feeds, months, reminders
from sessions.forms.set_calendar import SetCalendarForm
from sessions.forms.your_calendar import TimeZoneForm
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
    messages.success(
        request, _("Saved. It counts for every e-mail from now on, and for calendars when they look again.")
    )
    return redirect("learningsets:cohort", cohort_id)


@require_safe
@never_cache
def calendar(request: SignedInRequest) -> HttpResponse:
    """A month of one's meetings over all sets, as a table; which one the address says."""
    today = timezone.localdate()
    month = months.month(request.user, months.month_of(request.GET.get("month", ""), today))
    shown = [meeting for week in month.weeks for day in week for meeting in day.meetings]
    context = {"month": month, "today": today, "any": bool(shown), "coming": any(one.lies_ahead for one in shown)}
    return render(request, "meetings/calendar.html", context | {"later": months.first_after(request.user, month)})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def your_calendar(request: SignedInRequest) -> HttpResponse:
    """Somebody's own calendar: the address of their feed, whether they are reminded, and in which time zone."""
    form = TimeZoneForm(feeds.time_zone(request.user), request.POST if request.method == "POST" else None)
    if form.is_valid():
        feeds.choose_time_zone(request.user, form.cleaned_data["time_zone"])
        messages.success(request, _("Saved."))
        return redirect("meetings:your_calendar")
    places = [place for place in memberships_of(request.user) if place.cohort_id]
    address = feeds.address(request.user)
    context = {
        "form": form,
        "places": places,
        "unreminded": reminders.who_stopped(places),
        "contents": feeds.contents(place.cohort for place in places if place.cohort),
        "address": address,
        "subscription": feeds.subscription(address),
    }
    return render(request, "meetings/your_calendar.html", context, status=INVALID if form.is_bound else 200)


@require_POST
def reminders_off(request: SignedInRequest, cohort_id: UUID) -> HttpResponse:
    """Be reminded of one set's meetings no more."""
    reminders.stop(get_membership(request.user, cohort_id))
    messages.success(request, _("You get no more reminders of this set. Changed dates still come by e-mail."))
    return redirect("meetings:your_calendar")


@require_POST
def reminders_on(request: SignedInRequest, cohort_id: UUID) -> HttpResponse:
    """Be reminded again."""
    reminders.resume(get_membership(request.user, cohort_id))
    messages.success(request, _("You are reminded of this set's meetings."))
    return redirect("meetings:your_calendar")


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@csrf_exempt  # mail programs post here for their owner (RFC 8058), and all that it can do is end letters
@never_cache
def stop_reminders(request: HttpRequest, token: str) -> HttpResponse:
    """The address in a reminder that ends them: opening it changes nothing, its one button does. The button sends what
    mail programs send, and no other post counts: whatever follows links in letters ends nothing."""
    membership = reminders.reader(token)
    if membership is None:
        raise Http404
    stopped = request.POST.get("List-Unsubscribe") == "One-Click"
    if stopped:
        reminders.stop(membership)
    status = INVALID if request.method == "POST" and not stopped else 200
    return render(request, "meetings/stop_reminders.html", {"stopped": stopped}, status=status)


@require_POST
def renew_feed(request: SignedInRequest) -> HttpResponse:
    """Make an address for one's feed, in place of the one before."""
    if feeds.renew(request.user):
        messages.success(request, _("Your calendar has a new address. The one from before leads nowhere now."))
    else:
        messages.success(request, _("Your calendar has an address. It stands below."))
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
@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """A person's meetings for their calendar program, which brings no cookie and gets none; nobody else keeps it."""
    user = feeds.owner(token)
    if user is None:
        raise Http404
    written = feeds.written(user)
    etag = f'"{hashlib.sha256(written).hexdigest()}"'
    headers = {"ETag": etag, "X-Robots-Tag": "noindex"}
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response
