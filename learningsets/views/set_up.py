"""The first start: one page that makes the first programme, organiser, facilitator and set."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learningsets import accounts, first_start
from learningsets.forms.programme import CohortForm, FirstPeopleForm, ProgrammeForm
from learningsets.views.programmes import tell_if_small


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def set_up(request: HttpRequest, token: str) -> HttpResponse:
    """Set the installation up, once, with the token printed at its start. Afterwards, and to strangers, 404."""
    if not first_start.opens(token):
        raise Http404
    data = request.POST or None
    programme_form, people_form = ProgrammeForm(data), FirstPeopleForm(data)
    cohort_form = CohortForm(data, prefix="set")
    valid = [form.is_valid() for form in (programme_form, people_form, cohort_form)]
    if all(valid):
        programme = programme_form.instance
        organiser = first_start.set_up(token, programme, cohort_form.instance, people_form.people())
        if organiser is None:
            raise Http404
        accounts.sign_in(request, organiser)
        tell_if_small(request, cohort_form.instance)
        messages.success(request, _("Everything is in place. The facilitator's invitation is on its way."))
        return redirect("learningsets:programme", programme.pk)
    context: dict[str, Any] = {"programme_form": programme_form, "people_form": people_form, "cohort_form": cohort_form}
    context |= {"forms": [form for form in (programme_form, people_form, cohort_form) if form.errors]}
    return render(request, "learningsets/set_up.html", context, status=422 if data else 200)
