"""The room: one page for the screen on the wall and for every phone, which looks for news by itself."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningsets.access import SignedInRequest
from learningsets.models import Membership
from sessions import agenda, attendance, concepts, lifecycle
from sessions import room as the_room
from sessions.access import get_meeting, get_meeting_for_facilitator, get_news, news_of
from sessions.forms.room import ParkForm, PressForm
from sessions.lifecycle import ChangedMeanwhileError
from sessions.models import Meeting
from sessions.outlook import outlook

INVALID = 422


@require_safe
@never_cache
def room(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """What the meeting has come to and how long is left; for facilitators with the buttons that move it on."""
    meeting, membership = get_meeting(request.user, meeting_id)
    return render(request, "meetings/room.html", _room(meeting, membership) | {"park_form": ParkForm()})


@require_safe
@never_cache
def room_now(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """The same for a page that is open. Nothing at all (204) while what it has seen still stands."""
    if get_news(request.user, meeting_id) == request.GET.get("seen"):
        return HttpResponse(status=204)
    meeting, membership = get_meeting(request.user, meeting_id)
    return render(request, "meetings/_room.html", _room(meeting, membership))


@require_POST
def press(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """One of the room's buttons. Pressed on a page that is out of date it does nothing."""
    meeting, _membership = get_meeting_for_facilitator(request.user, meeting_id)
    form, verb = PressForm(request.POST), request.POST.get("verb", "")
    if form.is_valid() and verb in the_room.VERBS:
        _try(request, lambda: the_room.press(meeting, form.cleaned_data["version"], verb))
    return redirect("meetings:room", meeting_id)


@require_POST
def tap(request: SignedInRequest, meeting_id: UUID, membership_id: UUID) -> HttpResponse:
    """Mark one participant as here, or as not here."""
    meeting, _membership = get_meeting_for_facilitator(request.user, meeting_id)
    came = request.POST.get("came") != "no"
    _try(request, lambda: attendance.tap(meeting, membership_id, came=came))
    return redirect("meetings:room", meeting_id)


@require_http_methods(["GET", "HEAD", "POST"])
def park(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Put a line aside. Its address stays in the browser after a mistake, and opened again it is the room's."""
    meeting, membership = get_meeting_for_facilitator(request.user, meeting_id)
    if request.method != "POST":
        return redirect("meetings:room", meeting_id)
    form = ParkForm(request.POST)
    if form.is_valid():
        try:
            the_room.park(meeting, form.cleaned_data["text"])
        except the_room.FullError:
            form.add_error("text", _("The parking lot is full. Carry something on first."))
        except the_room.NotNowError:
            form.add_error("text", _("The set is not meeting now, so nothing is put aside."))
    if form.is_valid():
        return redirect("meetings:room", meeting_id)
    return render(request, "meetings/room.html", _room(meeting, membership) | {"park_form": form}, status=INVALID)


@require_POST
def strike_parked(request: SignedInRequest, meeting_id: UUID, parked_id: UUID) -> HttpResponse:
    """Strike a line of the parking lot out, or put it back."""
    meeting, _membership = get_meeting_for_facilitator(request.user, meeting_id)
    struck = request.POST.get("struck") != "no"
    _try(request, lambda: the_room.strike(meeting, parked_id, struck=struck))
    return redirect("meetings:room", meeting_id)


def _try(request: HttpRequest, verb: Callable[[], Any]) -> None:
    """Do it. What came too late says so; what was done already is shown by the page as it stands."""
    try:
        if verb() is False:
            messages.info(request, _("The room had moved on already. This is how it stands now."))
    except (the_room.NotNowError, ChangedMeanwhileError, attendance.NotExpectedError, attendance.StaysPresentError):
        messages.error(request, _("Nothing was done: the set is not meeting now, or this has changed meanwhile."))


def _room(meeting: Meeting, membership: Membership) -> dict[str, Any]:
    """What stands in the room at this moment."""
    now = timezone.now()
    at = the_room.standing(meeting, now)
    facilitates = membership.is_facilitator
    said = dict(meeting.attendances.values_list("membership_id", "status")) if facilitates else {}
    return {
        "meeting": meeting,
        "membership": membership,
        "open": concepts.is_open(meeting),
        "at": at,
        "agenda": agenda.clocked(meeting, at.items) if meeting.lies_ahead else [],
        "now": _milliseconds(now),
        "deadline": _milliseconds(at.deadline) if at.deadline else None,
        "day": outlook(meeting, at, now),
        "planned": _milliseconds(meeting.local_end),
        "people": [(one, said.get(one.pk)) for one in attendance.expected(meeting)] if facilitates else [],
        "asking": lifecycle.in_the_way(meeting) if facilitates else None,
        "parked": list(meeting.parked.order_by("text", "id")),
        "seen": news_of(meeting.version, meeting.state, at.room.version, at.room.news),
    }


def _milliseconds(moment: Any) -> int:
    return int(moment.timestamp() * 1000)
