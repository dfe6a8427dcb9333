"""Handing a set over to another facilitator, or asking one to facilitate it too."""

from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learningsets import access, invitations
from learningsets.access import SignedInRequest
from learningsets.forms.hand_over import HandOverForm
from learningsets.models import Role


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: SignedInRequest, cohort_id: UUID) -> HttpResponse:
    """First what will happen, in words, then, with the same form once more, the letter. Until it is accepted it can be
    taken back here."""
    place = access.get_facilitator(request.user, cohort_id)
    cohort = access.set_of(place)
    form = HandOverForm(access.facilitators_elsewhere(cohort), request.POST if request.method == "POST" else None)
    sendable = form.is_valid() and form.fits(cohort)
    if sendable and "send" in request.POST:
        try:
            invitations.invite(
                form.line,
                programme=cohort.programme,
                cohort=cohort,
                role=Role.FACILITATOR,
                sender=request.user,
                invited_by=place,
                hands_over=form.hands_over,
            )
        except IntegrityError:
            form.add_error(None, _("Somebody else invited them meanwhile: it stands below."))
            sendable = False
        else:
            messages.success(request, _("The e-mail to %(name)s is on its way.") % {"name": form.line.name})
            return redirect("learningsets:hand_over", cohort_id)
    asked = access.asked_to_facilitate(cohort)
    context = {
        "cohort": cohort,
        "form": form,
        "sendable": sendable,
        "invitations": asked,
        "bounced": access.bounced_in([], asked),
    }
    return render(
        request, "learningsets/hand_over.html", context, status=422 if form.is_bound and not sendable else 200
    )
