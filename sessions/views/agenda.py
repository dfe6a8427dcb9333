"""A meeting's agenda: planned by its facilitators, item by item. The set reads it on the meeting's page."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningsets.access import SignedInRequest
from learningsets.models import Membership
from sessions import agenda as plan
from sessions.access import get_agendas_elsewhere, get_item_for_facilitator, get_meeting_for_facilitator
from sessions.forms.agenda import BeginForm, CarryForm, ItemForm
from sessions.forms.inputs import replaced
from sessions.models import Kind, Meeting

INVALID = 422
CONFLICT = 409


@require_safe
def agenda(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """The items with their clock times, each with the buttons that move, change and remove it."""
    meeting, membership = get_meeting_for_facilitator(request.user, meeting_id)
    return _page(request, meeting, membership)


@require_POST
def begin_agenda(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Fill an empty agenda from a template, from the meeting before's, or from that of another set one facilitates; or
    one of several days from a template."""
    meeting, membership = get_meeting_for_facilitator(request.user, meeting_id)
    asked = request.POST.get("day", "")
    day = next((day for day in range(1, meeting.day_count + 1) if str(day) == asked), 1)
    form = _begin_form(request, meeting, day, request.POST)
    if not form.is_valid():
        return _page(request, meeting, membership, INVALID, begin_form=form)
    _press(request, lambda: plan.begin(meeting, form.begin_with(), day))
    return redirect("meetings:agenda", meeting_id)


@require_POST
def fit_agenda(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Cut an agenda that is too long to the meeting's length."""
    meeting, _membership = get_meeting_for_facilitator(request.user, meeting_id)
    _press(request, lambda: plan.fit(meeting))
    return _back(meeting, None, "fitted")


@require_POST
def unfit_agenda(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Give the items of a fitted agenda the minutes that they had."""
    meeting, _membership = get_meeting_for_facilitator(request.user, meeting_id)
    _press(request, lambda: plan.unfit(meeting))
    return _back(meeting, None, "unfitted")


@require_POST
def carry_forward(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Copy what the last meeting did not get round to."""
    meeting, membership = get_meeting_for_facilitator(request.user, meeting_id)
    form = CarryForm(plan.left_over(meeting), request.POST)
    if not form.is_valid():
        return _page(request, meeting, membership, INVALID, carry_form=form)
    _press(request, lambda: plan.carry(meeting, {UUID(one) for one in form.cleaned_data["chosen"]}))
    return redirect("meetings:agenda", meeting_id)


@require_http_methods(["GET", "HEAD", "POST"])
def add_item(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """A new item at the end. Sent twice, it is one."""
    meeting, _membership = get_meeting_for_facilitator(request.user, meeting_id)
    theory = request.GET.get("kind") == Kind.THEORY
    form = ItemForm(meeting, request.POST) if request.method == "POST" else ItemForm.new(meeting, theory=theory)
    if form.is_valid():
        try:
            added = plan.add(meeting, form.cleaned_data["key"], form.values(), form.chosen())
            return _back(meeting, added.pk, "added")
        except plan.FullError:
            form.add_error(None, _("The agenda is full. Change an item that stands on it, or remove one."))
        except plan.NotNowError:
            form.add_error(None, _("The meeting is closed or cancelled, so nothing is added to its agenda any more."))
    context = {"form": form, "meeting": meeting}
    return render(request, "meetings/item.html", context, status=INVALID if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: SignedInRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """Change an item. What another facilitator saved meanwhile is shown beside what was typed."""
    found = get_item_for_facilitator(request.user, meeting_id, item_id)
    form = ItemForm(found.meeting, request.POST, item=found) if request.method == "POST" else ItemForm.of(found)
    context: dict[str, Any] = {"form": form, "meeting": found.meeting, "item": found}
    if not form.is_valid():
        return render(request, "meetings/item.html", context, status=INVALID if form.is_bound else 200)
    try:
        saved = plan.save(found, form.cleaned_data["version"], form.values(), form.chosen())
    except plan.NotNowError:
        form.add_error(None, _("The meeting is closed or cancelled, so its agenda stands as it is."))
        return render(request, "meetings/item.html", context, status=INVALID)
    if saved:
        return _back(found.meeting, found.pk, "saved")
    typed = ItemForm(found.meeting, replaced(request.POST, "version", found.version), item=found)
    context |= {"form": typed, "stored": form.differing(found), "conflict": True}
    return render(request, "meetings/item.html", context, status=CONFLICT)


@require_POST
def move_item(request: SignedInRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """Move an item one place up or down, to the end, or before another one."""
    found = get_item_for_facilitator(request.user, meeting_id, item_id)
    to = request.POST.get("to", "")
    _press(request, lambda: plan.move(found, to))
    return _back(found.meeting, found.pk, to if to in {"up", "down"} else "moved")


@require_POST
def remove_item(request: SignedInRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """Take an item off the agenda; the page offers to undo that."""
    found = get_item_for_facilitator(request.user, meeting_id, item_id)
    _press(request, lambda: plan.remove(found))
    return _back(found.meeting, found.pk, "removed")


@require_POST
def put_back_item(request: SignedInRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """Undo a removal: the item stands where it stood."""
    found = get_item_for_facilitator(request.user, meeting_id, item_id)
    _press(request, lambda: plan.remove(found, removed=False))
    return _back(found.meeting, found.pk, "back")


def _press(request: HttpRequest, verb: Callable[[], None]) -> None:
    """Do it, or say why not."""
    try:
        verb()
    except plan.NotNowError:
        messages.error(request, _("The meeting is closed or cancelled, so its agenda stands as it is."))
    except plan.UnderWayError:
        messages.error(request, _("The first item has begun in the room, so the items keep their minutes."))


def _back(meeting: Meeting, item_id: UUID | None, did: str) -> HttpResponse:
    """The agenda again, where the focus lands on what was done: to an item, or to the whole."""
    address = reverse("meetings:agenda", args=[meeting.pk])
    return redirect(f"{address}?{urlencode({'at': str(item_id or ''), 'did': did})}")


def _begin_form(request: SignedInRequest, meeting: Meeting, day: int, data: Any = None) -> BeginForm:
    """What a day on which nothing is planned begins with: the first with the agenda of another meeting, too."""
    if day > 1:
        return BeginForm(meeting, None, [], data, day=day)
    return BeginForm(meeting, plan.before(meeting), get_agendas_elsewhere(request.user, meeting), data)


def _page(
    request: SignedInRequest, meeting: Meeting, membership: Membership, status: int = 200, **forms: Any
) -> HttpResponse:
    """The agenda as it stands now."""
    everything = plan.with_concepts(meeting.items.all())
    planned = [one for one in everything if not one.removed]
    at, did = request.GET.get("at", ""), request.GET.get("did", "")
    open_now = meeting.state == Meeting.State.PLANNED
    empty = plan.empty_day(meeting, planned) if open_now else None
    if empty and "begin_form" not in forms:
        forms["begin_form"] = _begin_form(request, meeting, empty)
    left = plan.left_over(meeting) if open_now else []
    total = sum(one.minutes for one in planned)
    context = {
        "meeting": meeting,
        "membership": membership,
        "rows": plan.clocked(meeting, planned),
        "removed": [one for one in everything if one.removed],
        "at": at,
        "did": did,
        "open": open_now,
        "total": total,
        "over": max(total - meeting.minutes, 0),
        "fits": open_now and plan.fits(meeting, planned),
        "unfits": open_now and plan.can_unfit(planned),
        "spare": max(meeting.minutes - total, 0),
        "begin_form": None,
        "carry_form": CarryForm(left) if left else None,
    }
    return render(request, "meetings/agenda.html", context | forms, status=status)
