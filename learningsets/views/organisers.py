"""Who organises a programme: who does, who is asked to, and who did."""

from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learningsets import access, invitations, programmes
from learningsets.access import SignedInRequest
from learningsets.forms.organisers import OrganiserForm
from learningsets.models import Role


@require_http_methods(["GET", "HEAD", "POST"])
def organisers(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """A programme's organisers, to whom each of them can invite another."""
    programme = access.get_programme_for_organiser(request.user, programme_id)
    form = OrganiserForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and form.fits(programme):
        line = form.line()
        try:
            invitations.invite(line, programme=programme, cohort=None, role=Role.ORGANISER, sender=request.user)
        except IntegrityError:
            form.add_error(None, _("Somebody else invited them meanwhile: it stands below."))
        else:
            messages.success(request, _("The invitation to %(name)s is on its way.") % {"name": line.name})
            return redirect("learningsets:organisers", programme_id)
    people, asked = access.organisers_of(programme), access.asked_to_organise(programme)
    context = {
        "programme": programme,
        "form": form,
        "here": [place for place in people if not place.left_on],
        "left": [place for place in people if place.left_on],
        "invitations": asked,
        "bounced": access.bounced_in(people, asked),
    }
    return render(request, "learningsets/organisers.html", context, status=422 if form.is_bound else 200)


@require_POST
def organiser_leave(request: SignedInRequest, membership_id: UUID) -> HttpResponse:
    """End an organiser's place, one's own or another's. They are not deleted: the boundary still knows them."""
    place = access.get_organiser_for_organiser(request.user, membership_id)
    if not programmes.step_down(place):
        messages.warning(request, _("A programme needs an organiser. Invite another one first."))
        return redirect("learningsets:organisers", place.programme_id)
    if place.user == request.user:
        messages.success(request, _("You no longer organise “%(programme)s”.") % {"programme": place.programme})
        return redirect("learningsets:home")
    messages.success(request, _("%(name)s no longer organises the programme.") % {"name": place.user.name})
    return redirect("learningsets:organisers", place.programme_id)


@require_POST
def organiser_return(request: SignedInRequest, membership_id: UUID) -> HttpResponse:
    """Give somebody who organised the programme their place again."""
    place = access.get_organiser_for_organiser(request.user, membership_id)
    programmes.take_up_again(place)
    messages.success(request, _("%(name)s organises the programme again.") % {"name": place.user.name})
    return redirect("learningsets:organisers", place.programme_id)
