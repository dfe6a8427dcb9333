"""Where people arrive: their sets and programmes, one set's home, one programme's page, what is promised."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from learningsets import access, contracts, floors
from learningsets.access import SignedInRequest
from learningsets.models import Role
from learningsets.waiting import waiting_for


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """Everything this person belongs to, and what is waiting for them there."""
    places = access.memberships_of(request.user)
    sets = [place for place in places if place.role != Role.ORGANISER]
    programmes = [place for place in places if place.role == Role.ORGANISER]
    facilitates = any(place.is_facilitator for place in sets)
    context = {"sets": sets, "programmes": programmes, "facilitates": facilitates}
    return render(request, "learningsets/home.html", context)


@require_safe
def to_do(request: SignedInRequest) -> HttpResponse:
    """What waits for a facilitator over all their sets: meetings, reports, people; each part made by its room."""
    places = [place for place in access.memberships_of(request.user) if place.is_facilitator]
    waiting = waiting_for(places)
    context = {"places": places, "waiting": waiting, "anybody": any(one.anything for one in waiting)}
    return render(request, "learningsets/to_do.html", context)


@require_safe
def cohort(request: SignedInRequest, cohort_id: UUID) -> HttpResponse:
    """A set's home: its meetings, challenges and reports, each part made by the room that owns it."""
    membership = access.get_membership(request.user, cohort_id)
    cohort = access.set_of(membership)
    context = {
        "membership": membership,
        "cohort": cohort,
        "signed": contracts.has_signed(membership),
        "alone": membership.is_facilitator and access.nobody_is_invited(cohort),
    }
    return render(request, "learningsets/cohort.html", context)


@require_safe
def programme(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """An organiser's page: aims, sets, dates, facilitators, reports. Nothing of any member beside a contribution."""
    programme = access.get_programme_for_organiser(request.user, programme_id)
    sets = access.sets_with_facilitators(programme)
    context = {"programme": programme, "sets": sets, "bounced": access.bounced_facilitators(sets)}
    return render(request, "learningsets/programme.html", context)


@require_safe
@login_not_required
def about(request: HttpRequest) -> HttpResponse:
    """What is promised, what is not, and who can see what. Open to everybody."""
    return render(request, "learningsets/about.html", {"floors": floors})
