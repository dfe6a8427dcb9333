"""A member's challenges: log, read, change, share, delete."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from challenges.access import (
    challenges_of,
    get_challenge,
    get_own_challenge,
    get_own_challenge_now,
    has_agreed,
    shared_with,
)
from challenges.forms.challenge import ChallengeForm, ShareForm
from challenges.models import Challenge
from learningsets.access import SignedInRequest, get_membership, get_participant, set_of

INVALID = 422
CONFLICT = 409


@require_safe
def challenges(request: SignedInRequest, cohort_id: UUID) -> HttpResponse:
    """What this member brought to the set, and what others share with them."""
    membership = get_membership(request.user, cohort_id)
    shared = list(shared_with(membership))
    context = {
        "membership": membership,
        "cohort": set_of(membership),
        "mine": challenges_of(membership),
        "shared": shared,
        "unsigned": not shared and not has_agreed(membership),
    }
    return render(request, "challenges/challenges.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def log(request: SignedInRequest, cohort_id: UUID) -> HttpResponse:
    """Log a challenge. Sent twice, it is one."""
    membership = get_participant(request.user, cohort_id)
    form = ChallengeForm(request.POST) if request.method == "POST" else ChallengeForm.new()
    if form.is_valid():
        challenge = Challenge.add(membership, form.cleaned_data["key"], form.values())
        messages.success(request, _("Your challenge is saved."))
        return redirect("challenges:challenge", challenge.pk)
    context = {"form": form, "cohort": set_of(membership)}
    return render(request, "challenges/log.html", context, status=INVALID if form.is_bound else 200)


@require_safe
def challenge(request: SignedInRequest, challenge_id: UUID) -> HttpResponse:
    """One challenge, with who can read it; to its owner, with what can be done about it."""
    found, membership = get_challenge(request.user, challenge_id)
    own = found.owner_id == membership.pk
    form = ShareForm.of(found) if own else None
    not_told = found.not_told() if own else []
    context = {"challenge": found, "cohort": found.owner.cohort, "own": own, "not_told": not_told, "form": form}
    return render(request, "challenges/challenge.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, challenge_id: UUID) -> HttpResponse:
    """Change a challenge. What another tab saved meanwhile is shown beside what was typed."""
    found = get_own_challenge_now(request.user, challenge_id)
    form = ChallengeForm(request.POST) if request.method == "POST" else ChallengeForm.of(found)
    context = {"form": form, "challenge": found, "cohort": found.owner.cohort}
    if not form.is_valid():
        return render(request, "challenges/edit.html", context, status=INVALID if form.is_bound else 200)
    if found.change(form.cleaned_data["version"], form.values()):
        messages.success(request, _("Your challenge is saved."))
        return redirect("challenges:challenge", found.pk)
    typed = request.POST.copy()
    typed["version"] = str(found.version)
    context |= {"form": ChallengeForm(typed), "stored": form.differing(found)}
    return render(request, "challenges/edit.html", context, status=CONFLICT)


@require_POST
def share(request: SignedInRequest, challenge_id: UUID) -> HttpResponse:
    """Change who may read a challenge, and nothing else of it. Who has left its set can keep it to themselves."""
    found = get_own_challenge(request.user, challenge_id)
    form = ShareForm.of(found, request.POST)
    if not form.is_valid():
        not_told = found.not_told()
        context = {"challenge": found, "cohort": found.owner.cohort, "own": True, "not_told": not_told, "form": form}
        return render(request, "challenges/challenge.html", context, status=INVALID)
    if found.share(form.cleaned_data["version"], form.cleaned_data["visibility"]):
        messages.success(request, _("Saved. The page says who can read your challenge now."))
    else:
        messages.warning(request, _("The challenge was changed in another tab. Look at it again before you share it."))
    return redirect("challenges:challenge", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: SignedInRequest, challenge_id: UUID) -> HttpResponse:
    """Ask, then delete a challenge for good."""
    found = get_own_challenge(request.user, challenge_id)
    cohort = set_of(found.owner)
    if request.method == "POST":
        found.delete()
        messages.success(request, _("Your challenge is deleted."))
        return (
            redirect("challenges:challenges", cohort.pk) if found.owner.left_on is None else redirect("learningsets:me")
        )
    return render(request, "challenges/delete.html", {"challenge": found, "cohort": cohort})
