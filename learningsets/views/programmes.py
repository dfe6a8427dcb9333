"""What an organiser makes and changes: the programme's words, and its sets."""

from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learningsets import access, floors, programmes
from learningsets.access import SignedInRequest
from learningsets.forms.programme import CohortEditForm, CohortForm, ProgrammeForm
from learningsets.models import Cohort


@require_http_methods(["GET", "HEAD", "POST"])
def programme_edit(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """Change a programme's purpose and aims."""
    programme = access.get_programme_for_organiser(request.user, programme_id)
    form = ProgrammeForm(request.POST or None, instance=programme)
    theirs = None
    if form.is_valid():
        if programmes.reword(form.instance, form.cleaned_data["version"]):
            messages.success(request, _("Saved."))
            return redirect("learningsets:programme", programme_id)
        theirs = access.get_programme_for_organiser(request.user, programme_id)
        form = form.over(theirs)
    context = {
        "programme": access.get_programme_for_organiser(request.user, programme_id),
        "form": form,
        "theirs": theirs,
    }
    return render(request, "learningsets/programme_edit.html", context, status=422 if form.is_bound else 200)


def tell_if_small(request: HttpRequest, cohort: Cohort) -> None:
    """Say of a set that was just made if it expects fewer people than a report needs."""
    if cohort.places < floors.REPORT:
        said = _("With fewer than %(floor)s participants “%(set)s” cannot have a report, and its boxes stay shut.")
        messages.warning(request, said % {"floor": floors.REPORT, "set": cohort})


@require_http_methods(["GET", "HEAD", "POST"])
def cohort_add(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """Make another set. One that expects fewer people than a report needs is told so."""
    programme = access.get_programme_for_organiser(request.user, programme_id)
    form = CohortForm(request.POST or None, programme=programme)
    if form.is_valid():
        cohort = programmes.add_set(form.instance)
        tell_if_small(request, cohort)
        messages.success(request, _("The set is made. Invite somebody to facilitate it."))
        return redirect("learningsets:invite_facilitators", cohort.pk)
    context = {"programme": programme, "form": form}
    return render(request, "learningsets/cohort_add.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def cohort_edit(request: SignedInRequest, cohort_id: UUID) -> HttpResponse:
    """Change a set's frame: its name, how many are expected, its language and country."""
    cohort = access.get_cohort_for_organiser(request.user, cohort_id)
    form = CohortEditForm(request.POST or None, instance=cohort)
    theirs = None
    if form.is_valid():
        try:
            saved = programmes.reframe(form.instance, form.cleaned_data["version"] or 0)
        except IntegrityError:
            form.add_error("name", _("The programme has a set of this name already."))
        else:
            if saved:
                tell_if_small(request, form.instance)
                messages.success(request, _("Saved."))
                return redirect("learningsets:programme", cohort.programme_id)
            theirs = access.get_cohort_for_organiser(request.user, cohort_id)
            form = form.over(theirs)
    context = {
        "cohort": access.get_cohort_for_organiser(request.user, cohort_id),
        "form": form,
        "theirs": theirs,
    }
    return render(request, "learningsets/cohort_edit.html", context, status=422 if form.is_bound else 200)
