"""Actions from a turn: noted and changed by whose they are, reviewed with the set."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from challenges import actions
from challenges.access import get_own_action, get_own_airtime_now, has_agreed
from challenges.forms.action import ActionForm, ReviewForm
from learningsets.access import SignedInRequest
from sessions.access import get_meeting
from sessions.forms.inputs import replaced
from sessions.models import Meeting

INVALID = 422
CONFLICT = 409


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_action(request: SignedInRequest, airtime_id: UUID) -> HttpResponse:
    """Note what one means to do after one's turn. Sent twice, it is one."""
    airtime = get_own_airtime_now(request.user, airtime_id)
    form = ActionForm(request.POST) if request.method == "POST" else ActionForm.new()
    if form.is_valid():
        try:
            actions.add(airtime, form.cleaned_data["key"], form.values())
            messages.success(request, _("It is noted. Your set sees it."))
            return redirect("challenges:airtime", airtime_id)
        except actions.FullError:
            form.add_error(None, _("Three are enough from one turn. Change one of them instead."))
    context = {"form": form, "airtime": airtime, "meeting": airtime.item.meeting}
    return render(request, "challenges/action.html", context, status=INVALID if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def action(request: SignedInRequest, action_id: UUID) -> HttpResponse:
    """Change one's action, or say what was learned by it. What another tab saved is shown beside what was typed."""
    found = get_own_action(request.user, action_id)
    form = ReviewForm(request.POST, stood=found.due) if request.method == "POST" else ReviewForm.of(found)
    meeting, review = found.airtime.item.meeting, _review(request)
    context: dict[str, Any] = {"form": form, "action": found, "airtime": found.airtime, "meeting": meeting}
    context["review"] = review
    if not form.is_valid():
        return render(request, "challenges/action.html", context, status=INVALID if form.is_bound else 200)
    if actions.change(found, form.cleaned_data["version"], form.values()):
        messages.success(request, _("Saved. Your set sees it in the progress review."))
        return redirect("challenges:progress", review.pk) if review else redirect("challenges:action", action_id)
    typed = ReviewForm(replaced(request.POST, "version", found.version), stood=found.due)
    context |= {"form": typed, "stored": form.differing(found)}
    return render(request, "challenges/action.html", context, status=CONFLICT)


def _review(request: SignedInRequest) -> Meeting | None:
    """The meeting from whose progress review somebody came here, to which they are led back."""
    try:
        return get_meeting(request.user, UUID(request.GET.get("review", "")))[0]
    except (ValueError, Http404):
        return None


@never_cache
@require_safe
def progress(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """A meeting's progress review: what members meant to do, and what they learned by it."""
    meeting, membership = get_meeting(request.user, meeting_id)
    if not has_agreed(membership):
        messages.info(
            request, _("What others bring is confidential to the set: you read it once you have signed this.")
        )
        return redirect("learningsets:contract", meeting.cohort_id)
    context = {"meeting": meeting, "membership": membership, "actions": actions.to_review(meeting)}
    return render(request, "challenges/progress.html", context)
