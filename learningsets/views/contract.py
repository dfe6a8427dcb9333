"""A set's contract: read it, sign it, change it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningsets import access, contracts
from learningsets.access import SignedInRequest
from learningsets.forms.contract import ContractForm, SignForm
from learningsets.models import Contract
from learningsets.models.contract import WindowHours


@require_safe
def contract(request: SignedInRequest, cohort_id: UUID) -> HttpResponse:
    """The contract in force, with a way to sign it; to facilitators, who has signed."""
    membership = access.get_membership(request.user, cohort_id)
    cohort = access.set_of(membership)
    in_force = contracts.current_contract(cohort)
    context = {
        "membership": membership,
        "cohort": cohort,
        "contract": in_force,
        "signed": contracts.has_signed(membership),
        "members": contracts.who_signed(cohort) if membership.is_facilitator else [],
        "form": SignForm(initial={"version": in_force.version}) if in_force else None,
    }
    return render(request, "learningsets/contract.html", context)


@require_POST
def sign(request: SignedInRequest, cohort_id: UUID) -> HttpResponse:
    """Sign the version that was read. If another came into force meanwhile, say so and show that one."""
    membership = access.get_membership(request.user, cohort_id)
    in_force = contracts.current_contract(access.set_of(membership))
    form = SignForm(request.POST)
    if in_force is None or not form.is_valid() or form.cleaned_data["version"] != in_force.version:
        messages.warning(request, _("The contract has changed since you opened it. Please read it again."))
        return redirect("learningsets:contract", cohort_id)
    contracts.sign(membership, in_force)
    messages.success(request, _("Thank you. You have signed the contract."))
    return redirect("learningsets:cohort", cohort_id)


@require_http_methods(["GET", "HEAD", "POST"])
def contract_edit(request: SignedInRequest, cohort_id: UUID) -> HttpResponse:
    """A facilitator words a new version. Saving it asks every member to sign again."""
    cohort = access.get_cohort_for_facilitator(request.user, cohort_id)
    in_force = contracts.current_contract(cohort)
    form = ContractForm(request.POST or None, initial=_standing(in_force))
    theirs = None
    if form.is_valid():
        typed = form.cleaned_data
        newest = contracts.publish(cohort, typed["text"], typed["version"], typed["window_hours"])
        if newest is not None and newest.version == typed["version"]:
            messages.info(
                request, _("The wording is the one in force, so nothing changed and nobody has to sign again.")
            )
            return redirect("learningsets:contract", cohort_id)
        if newest is not None:
            messages.success(request, _("The new version is in force. Everybody is asked to sign it."))
            return redirect("learningsets:contract", cohort_id)
        theirs = in_force
        form = form.over(theirs.version if theirs else 0)
    context = {"cohort": cohort, "form": form, "theirs": theirs}
    return render(request, "learningsets/contract_edit.html", context, status=422 if form.is_bound else 200)


def _standing(in_force: Contract | None) -> dict[str, Any]:
    """What the form for the next version starts from."""
    if in_force is None:
        return {"text": contracts.default_text(), "window_hours": WindowHours.WEEK, "version": 0}
    return {"text": in_force.text, "window_hours": in_force.window_hours, "version": in_force.version}
