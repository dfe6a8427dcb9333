"""Who is in a set, as its members and its facilitators know them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningsets import access
from learningsets import members as people
from learningsets.access import SignedInRequest
from learningsets.forms.people import MemberForm
from learningsets.identifiers import short_names_of


@require_safe
def members(request: SignedInRequest, cohort_id: UUID) -> HttpResponse:
    """The set's people. Members see names and organisations; facilitators also addresses and invitations."""
    membership = access.get_membership(request.user, cohort_id)
    cohort = access.set_of(membership)
    people_of_set = access.people_of(cohort)
    invited = access.open_invitations_of(cohort) if membership.is_facilitator else []
    context = {
        "membership": membership,
        "cohort": cohort,
        "people": people_of_set,
        "invitations": invited,
        "bounced": access.bounced_in(people_of_set, invited) if membership.is_facilitator else set(),
    }
    return render(request, "learningsets/members.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: SignedInRequest, membership_id: UUID) -> HttpResponse:
    """What a facilitator says of a member: employer, title, health system, further names."""
    member = access.get_member_for_facilitator(request.user, membership_id)
    form = MemberForm(request.POST or None, initial=MemberForm.values_of(member))
    theirs = None
    if form.is_valid():
        if people.describe(member, form.place(), form.cleaned_data["version"], form.cleaned_data["other_names"]):
            messages.success(request, _("Saved."))
            return redirect("learningsets:members", member.cohort_id)
        theirs = access.get_member_for_facilitator(request.user, membership_id)
        form = form.over(theirs.version)
    context = {
        "member": member,
        "cohort": member.cohort,
        "form": form,
        "theirs": theirs,
        "their_short_names": short_names_of(theirs) if theirs else [],
        "other_names": people.other_names_of(member.user, access.set_of(member)),
    }
    return render(request, "learningsets/member.html", context, status=422 if form.is_bound else 200)


@require_POST
def member_leave(request: SignedInRequest, membership_id: UUID) -> HttpResponse:
    """End a member's place. They are not deleted: what they said stays theirs, and the boundary still knows them."""
    member = access.get_member_for_facilitator(request.user, membership_id)
    if not people.leave(member):
        messages.warning(request, _("A set needs a facilitator. Hand it over to another one first."))
        return redirect("learningsets:members", member.cohort_id)
    if member.user == request.user:
        messages.success(request, _("You have left “%(set)s”.") % {"set": member.cohort})
        return redirect("learningsets:home")
    said = _("%(name)s has left the set. If that was a mistake, give the place back under their details.")
    messages.success(request, said % {"name": member.user.name})
    return redirect("learningsets:members", member.cohort_id)


@require_POST
def member_return(request: SignedInRequest, membership_id: UUID) -> HttpResponse:
    """Give somebody who left their place again."""
    member = access.get_member_for_facilitator(request.user, membership_id)
    people.come_back(member)
    messages.success(request, _("%(name)s is in the set again.") % {"name": member.user.name})
    return redirect("learningsets:members", member.cohort_id)
