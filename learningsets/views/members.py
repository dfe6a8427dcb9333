"""Who is in a set, as their facilitators know them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from learningsets import access
from learningsets.access import SignedInRequest


@require_safe
def members(request: SignedInRequest, cohort_id: UUID) -> HttpResponse:
    """The set's people. Members see names and organisations; facilitators also invitations and addresses."""
    membership = access.get_membership(request.user, cohort_id)
    cohort = access.set_of(membership)
    context = {"membership": membership, "cohort": cohort, "people": access.people_of(cohort)}
    return render(request, "learningsets/members.html", context)
