"""A set once more, for another year."""

from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learningsets.access import SignedInRequest, get_facilitator, set_of
from sessions import copying
from sessions.forms.copy_set import CopySetForm


@require_http_methods(["GET", "HEAD", "POST"])
def copy_set(request: SignedInRequest, cohort_id: UUID) -> HttpResponse:
    """Begin a new set like this one; whoever copies facilitates it."""
    place = get_facilitator(request.user, cohort_id)
    form = CopySetForm(set_of(place), request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            new = copying.copy_set(place, form.cleaned_data["name"], with_dates=form.cleaned_data["with_dates"])
        except IntegrityError:  # made since the form was looked at; now the form says so
            form.full_clean()
        else:
            messages.success(request, _("The new set is made. Look at its dates, then invite its members."))
            return redirect("learningsets:cohort", new.pk)
    status = 422 if form.is_bound else 200
    return render(request, "meetings/copy_set.html", {"form": form, "cohort": place.cohort}, status=status)
