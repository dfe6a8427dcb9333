"""How a set works, as its facilitators choose."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learningsets.access import SignedInRequest, get_cohort_for_facilitator
from sessions.forms.practice import PracticeForm
from sessions.models import Practice, practice_of

INVALID = 422


@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: SignedInRequest, cohort_id: UUID) -> HttpResponse:
    """Whether members bid for time or share it alike."""
    cohort = get_cohort_for_facilitator(request.user, cohort_id)
    form = PracticeForm(request.POST or None, initial={"sharing": practice_of(cohort).sharing})
    if form.is_bound and form.is_valid():
        Practice.objects.update_or_create(cohort=cohort, defaults=form.cleaned_data)
        messages.success(request, _("Saved. It counts from now on."))
        return redirect("learningsets:cohort", cohort_id)
    context = {"form": form, "cohort": cohort}
    return render(request, "meetings/practice.html", context, status=INVALID if form.is_bound else 200)
