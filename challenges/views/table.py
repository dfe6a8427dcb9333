"""What lies on the table once a box was tipped out, what stayed with its author, and what is asked."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from challenges import box, padding, tables
from challenges.access import get_table, participations_ever
from challenges.forms.reflect import QuestionsForm
from challenges.prompts import FrozenError, asked
from learningsets.access import SignedInRequest, get_facilitator, set_of
from sessions.access import get_meeting_for_facilitator
from sessions.models import Meeting

INVALID = 422
CONFLICT = 409


@require_safe
def said(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """What came out of a meeting's box, to those who were in the set then."""
    meeting, membership = get_table(request.user, meeting_id)
    context = {
        "meeting": meeting,
        "cohort": meeting.cohort,
        "membership": membership,
        "table": tables.table(membership, meeting),
    }
    response = render(request, "challenges/said.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


@sensitive_post_parameters()
@padding.padded
@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: SignedInRequest) -> HttpResponse:
    """What somebody wrote and did not put in, with a way to delete a note of it; after they left, too."""
    memberships = participations_ever(request.user)
    if request.method == "POST":
        tables.drop(memberships, request.POST.get("note", ""))
        return redirect("challenges:kept")
    return render(request, "challenges/kept.html", {"memberships": memberships, "notes": tables.notes(memberships)})


@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """A facilitator words the closing questions of a meeting, until it is closed."""
    meeting, _membership = get_meeting_for_facilitator(request.user, meeting_id)
    if meeting.state not in {Meeting.State.PLANNED, Meeting.State.CLOSED}:
        raise Http404
    prompts = asked(meeting)
    form = QuestionsForm(meeting, prompts, request.POST or None)
    frozen = meeting.was_closed
    status = INVALID if form.is_bound else 200
    if form.is_valid():
        try:
            box.open_prompts(meeting, form.cleaned_data["questions"], with_aims=form.asks_about_aims())
        except FrozenError:
            frozen, status = True, CONFLICT
        else:
            messages.success(request, _("The closing questions are saved."))
            return redirect("meetings:meeting", meeting.pk)
    context = {"meeting": meeting, "cohort": meeting.cohort, "prompts": prompts, "form": form, "frozen": frozen}
    return render(request, "challenges/questions.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: SignedInRequest, cohort_id: UUID) -> HttpResponse:
    """When a set meets no more: give answers in boxes that stayed shut back to their authors."""
    cohort = set_of(get_facilitator(request.user, cohort_id))
    meets_again = cohort.meetings.filter(state__in=(Meeting.State.PLANNED, Meeting.State.CLOSED)).exists()
    if request.method == "POST" and not meets_again:
        box.return_unopened(cohort)
        messages.success(request, _("Whatever lay in boxes that stayed shut is with its authors again."))
        return redirect("learningsets:cohort", cohort.pk)
    context = {"cohort": cohort, "meets_again": meets_again}
    return render(request, "challenges/give_back.html", context, status=CONFLICT if request.method == "POST" else 200)
