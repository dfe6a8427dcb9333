"""Turns: bid for one, say who presents, ask a presenter, read what one was asked; and who had how much time."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from challenges import airtime as turns
from challenges.access import get_airtime_of_another, get_meeting_for_participant, get_own_airtime
from challenges.forms.airtime import AskForm, BidForm, NotesForm
from challenges.models import Airtime, Bid
from learningsets.access import SignedInRequest, get_membership, set_of
from sessions.access import get_item_for_facilitator
from sessions.attendance import apology_of

INVALID = 422
CONFLICT = 409


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bid(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Bid for time at a meeting, change one's bid, or take it back."""
    meeting, membership = get_meeting_for_participant(request.user, meeting_id)
    mine = Bid.objects.filter(meeting=meeting, membership=membership).first()
    form = BidForm(request.POST) if request.method == "POST" else BidForm(initial=_bid(mine))
    after = (
        "meetings:room" if meeting.is_running else "challenges:bid"
    )  # while the set meets nobody misses what goes on
    try:
        if "withdraw" in request.POST:
            turns.withdraw(meeting, membership)
            messages.success(request, _("Your bid is taken back."))
            return redirect(after, meeting_id)
        if form.is_valid():
            turns.bid(meeting, membership, **form.cleaned_data)
            messages.success(request, _("Your set sees your bid."))
            return redirect(after, meeting_id)
    except turns.NotNowError:
        form.add_error(
            None, _("The meeting’s agenda is over, or it is cancelled, so nobody bids for its time any more.")
        )
    except turns.NotComingError:
        form.add_error(None, _("You said that you can't come, so nothing was done."))
    except turns.SharedAlikeError:
        form.add_error(None, _("In this set everybody has the same time, so nobody bids for it."))
    context = {
        "form": form,
        "mine": mine,
        "meeting": meeting,
        "open": turns.takes_bids(meeting),
        "excused": apology_of(meeting, membership) is not None,
        "bids": turns.bids_for(meeting),
    }
    return render(request, "challenges/bid.html", context, status=INVALID if form.errors else 200)


@require_POST
def present(request: SignedInRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """Say whose turn it is, or that it is nobody's yet."""
    item = get_item_for_facilitator(request.user, meeting_id, item_id)
    presenter = request.POST.get("presenter", "")
    try:
        if presenter == "nobody":
            turns.present_nobody(item)
        else:
            turns.present(item, UUID(presenter))
    except (ValueError, turns.NotHereError):
        messages.error(request, _("Nothing was done: mark who is here first, then say who presents."))
    except turns.NotNowError:
        messages.error(request, _("Nothing was done: the turn has begun, or the meeting is closed or cancelled."))
    return redirect("meetings:room", meeting_id)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest, airtime_id: UUID) -> HttpResponse:
    """Write down a question for a presenter. No page but theirs shows it, and nothing says whose it is."""
    airtime = get_airtime_of_another(request.user, airtime_id)
    form = AskForm(request.POST) if request.method == "POST" else AskForm()
    if form.is_valid():
        try:
            turns.ask(airtime, request.user, form.cleaned_data["text"])
            return redirect(f"{reverse('challenges:ask', args=[airtime.pk])}?kept=yes")
        except turns.FullError:
            form.add_error("text", _("You have written down so many that no more are kept. Please say this one."))
        except turns.NotNowError:
            told = _("Nobody can be asked here now, so this was not kept. Tell the presenter yourself, if you like.")
            form.add_error("text", told)
    context = {"form": form, "airtime": airtime, "on": turns.takes_questions(airtime), "kept": "kept" in request.GET}
    return render(request, "challenges/ask.html", context, status=INVALID if form.errors else 200)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def airtime(request: SignedInRequest, airtime_id: UUID) -> HttpResponse:
    """A presenter's own page of their turn: notes, and what they were asked."""
    found = get_own_airtime(request.user, airtime_id)
    form = NotesForm(request.POST) if request.method == "POST" else _notes(found)
    if not form.is_valid():
        return _own_page(request, found, form, INVALID if form.is_bound else 200)
    kept = turns.note(found, form.cleaned_data["version"], form.cleaned_data["notes"])
    if "autosave" in request.POST:
        return JsonResponse({"fields": {"version": str(found.version)}}) if kept else HttpResponse(status=CONFLICT)
    if kept:
        messages.success(request, _("Your notes are saved. Only you can read them."))
        return redirect("challenges:airtime", airtime_id)
    typed = NotesForm({"notes": form.cleaned_data["notes"], "version": found.version})
    return _own_page(request, found, typed, CONFLICT, stored=found.notes)


@never_cache
@require_safe
def ledger(request: SignedInRequest, cohort_id: UUID) -> HttpResponse:
    """Who has had how much of the set's time, and who has waited longest. For the set, and for nobody else."""
    membership = get_membership(request.user, cohort_id)
    cohort = set_of(membership)
    context = {"membership": membership, "cohort": cohort, "shares": turns.ledger(cohort)}
    return render(request, "challenges/ledger.html", context)


def _bid(mine: Bid | None) -> dict[str, Any]:
    return {"minutes": mine.minutes, "urgency": mine.urgency} if mine else {"minutes": 30}


def _notes(found: Airtime) -> NotesForm:
    return NotesForm(initial={"notes": found.notes, "version": found.version})


def _own_page(
    request: SignedInRequest, found: Airtime, form: NotesForm, status: int = 200, **more: object
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "airtime": found,
        "meeting": found.item.meeting,
        "asked": turns.received(found),
    }
    context["actions"] = list(found.actions.order_by("due", "id"))
    return render(request, "challenges/airtime.html", context | more, status=status)
