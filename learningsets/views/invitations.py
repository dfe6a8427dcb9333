"""Inviting people, and being invited."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from learningsets import access, accounts, invitations
from learningsets.access import SignedInRequest
from learningsets.forms.people import InviteForm
from learningsets.models import Cohort, Invitation, Role


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """An invitation: reading it changes nothing, accepting it signs in. One answer for all that cannot be used."""
    found = invitations.find(token)
    if found is None:
        return _gone(request)
    if request.method != "POST":
        return render(request, "learningsets/invitation.html", {"invitation": found})
    try:
        membership = invitations.accept(token)
    except (invitations.PlaceTakenError, IntegrityError):
        return render(request, "learningsets/invitation.html", {"invitation": found, "both": True}, status=422)
    if membership is None:
        return _gone(request)
    accounts.sign_in(request, membership.user)
    if membership.cohort is None:
        return redirect("learningsets:programme", membership.programme_id)
    return redirect("learningsets:contract", membership.cohort_id)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "learningsets/invitation_gone.html", status=404)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest, cohort_id: UUID) -> HttpResponse:
    """A facilitator invites participants: a list, a preview with an error per line, and only then the letters."""
    cohort = access.get_cohort_for_facilitator(request.user, cohort_id)
    return _invite(request, cohort, Role.PARTICIPANT, back="learningsets:members")


@require_http_methods(["GET", "HEAD", "POST"])
def invite_facilitators(request: SignedInRequest, cohort_id: UUID) -> HttpResponse:
    """An organiser invites those who will facilitate a set, in the same way."""
    cohort = access.get_cohort_for_organiser(request.user, cohort_id)
    return _invite(request, cohort, Role.FACILITATOR, back="learningsets:programme")


def _invite(request: SignedInRequest, cohort: Cohort, role: Role, back: str) -> HttpResponse:
    """Preview or send the list in the request; `back` is the page that shows who is invited."""
    form = InviteForm(request.POST, request.FILES) if request.method == "POST" else InviteForm()
    sendable = form.is_valid() and invitations.check(form.lines, cohort, role, by_organiser=role == Role.FACILITATOR)
    changed = sendable and request.POST.get("seen", form.seen) != form.seen  # since the preview
    if sendable and "send" in request.POST and not changed:
        try:
            count = invitations.invite_all(form.lines, cohort, role, request.user)
        except IntegrityError:
            sendable = False
            form.add_error("people", _("Somebody else invited one of them meanwhile. Please look at the list again."))
        else:
            said = ngettext("%(count)s invitation is on its way.", "%(count)s invitations are on their way.", count)
            messages.success(request, said % {"count": count})
            return redirect(back, cohort.pk if role == Role.PARTICIPANT else cohort.programme_id)
    context = {
        "cohort": cohort,
        "role": role,
        "lines": form.lines if form.is_bound else [],
        "sendable": sendable,
        "changed": changed and "send" in request.POST,
        "seen": form.seen if sendable else "",
        "form": form.with_text() if form.is_bound and form.is_valid() else form,
    }
    refused = form.is_bound and (not sendable or context["changed"])
    return render(request, "learningsets/invite.html", context, status=422 if refused else 200)


@require_POST
def invitation_resend(request: SignedInRequest, invitation_id: UUID) -> HttpResponse:
    """Send an open invitation again; the link sent before stops working."""
    invitation = access.get_invitation_to_manage(request.user, invitation_id)
    if invitations.resend(invitation, request.user):
        messages.success(request, _("The invitation is on its way again. The link sent before no longer works."))
    else:
        messages.warning(request, _("This invitation is not open any more."))
    return _back_from(request, invitation)


@require_POST
def invitation_revoke(request: SignedInRequest, invitation_id: UUID) -> HttpResponse:
    """Take an open invitation back."""
    invitation = access.get_invitation_to_manage(request.user, invitation_id)
    if invitations.revoke(invitation):
        messages.success(request, _("The invitation is taken back. Its link no longer works."))
    else:
        messages.warning(request, _("This invitation is not open any more."))
    return _back_from(request, invitation)


def _back_from(request: SignedInRequest, invitation: Invitation) -> HttpResponse:
    if invitation.role == Role.PARTICIPANT and invitation.cohort_id:
        return redirect("learningsets:members", invitation.cohort_id)
    if invitation.role == Role.ORGANISER:
        return redirect("learningsets:organisers", invitation.programme_id)
    if invitation.cohort_id and access.facilitates(request.user, invitation.cohort):
        return redirect("learningsets:hand_over", invitation.cohort_id)
    return redirect("learningsets:programme", invitation.programme_id)
