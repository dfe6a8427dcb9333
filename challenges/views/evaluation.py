"""What an organiser is told of the programme's aims."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from challenges import evaluation as told
from learningsets.access import SignedInRequest, get_programme_for_organiser
from learningsets.floors import LABEL


@require_safe
def evaluation(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """How far each aim is met, in bands, quarter by quarter. It is made to be printed."""
    programme = get_programme_for_organiser(request.user, programme_id)
    context = {"programme": programme, "quarters": told.quarters(programme), "least": LABEL}
    return render(request, "challenges/evaluation.html", context)
