"""What a person sees and changes of their own."""

import json

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningsets import access, members
from learningsets.access import SignedInRequest
from learningsets.forms.people import AddressForm, CodeForm, EmployerForm, NameForm, OtherNamesForm


@require_http_methods(["GET", "HEAD", "POST"])
def me(request: SignedInRequest) -> HttpResponse:
    """One's own name, further names, employer, address and places."""
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if form.is_valid():
        members.rename(request.user, form.cleaned_data["name"])
        messages.success(request, _("Saved."))
        return redirect("learningsets:me")
    return _page(request, name_form=form)


@require_POST
def me_names(request: SignedInRequest) -> HttpResponse:
    """Add names that the anonymiser must know."""
    form = OtherNamesForm(request.POST)
    if form.is_valid():
        members.add_other_names(request.user, form.cleaned_data["names"])
        messages.success(request, _("Added. Reports leave these names out too."))
        return redirect("learningsets:me")
    return _page(request, names_form=form)


@require_POST
def me_employer(request: SignedInRequest) -> HttpResponse:
    """Say where one works, which the anonymiser must know."""
    form = EmployerForm(request.POST)
    if form.is_valid():
        members.works_for(request.user, form.cleaned_data["organisation"], form.cleaned_data["short_names"])
        messages.success(request, _("Saved. Reports leave it out, and what you named before too."))
        return redirect("learningsets:me")
    return _page(request, employer_form=form)


def _page(
    request: SignedInRequest,
    name_form: NameForm | None = None,
    names_form: OtherNamesForm | None = None,
    employer_form: EmployerForm | None = None,
) -> HttpResponse:
    places = access.memberships_of(request.user)
    forms = (
        name_form or NameForm(initial={"name": request.user.name}),
        names_form or OtherNamesForm(),
        employer_form or EmployerForm(initial=members.employer_said_in(places)),
    )
    context = {
        "name_form": forms[0],
        "names_form": forms[1],
        "employer_form": forms[2],
        "wrong": next((form for form in forms if form.is_bound), None),
        "other_names": members.other_names_of(request.user),
        "employers": members.employers_of(places),
        "employer_unknown": not all(place.employer_is_known for place in places),
        "employers_known": members.employers_known_of(request.user),
        "places": places,
        "about_my_data": members.about_my_data(),
    }
    return render(request, "learningsets/me.html", context, status=422 if context["wrong"] else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def me_address(request: SignedInRequest) -> HttpResponse:
    """Ask to move to another address: a code goes there."""
    form = AddressForm(request.POST or None)
    if form.is_valid() and not ratelimit.consume(request, action="manage_email", user=request.user):
        form.add_error("email", _("You have asked often. Please wait a minute, then ask again."))
    if form.is_valid():
        members.ask_for_address(request.session, request.user, form.cleaned_data["email"])
        return redirect("learningsets:me_address_code")
    return render(request, "learningsets/me_address.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def me_address_code(request: SignedInRequest) -> HttpResponse:
    """Type the code that came to the new address; both addresses are then told."""
    email = members.address_asked_for(request.session)
    if email is None:
        messages.warning(request, _("Please ask for a code first."))
        return redirect("learningsets:me_address")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if members.confirm_address(request.session, request.user, form.cleaned_data["code"]):
            update_session_auth_hash(request, request.user)
            messages.success(request, _("You sign in with the new address from now on. Both addresses are told."))
            return redirect("learningsets:me")
        form.add_error("code", _("This code does not fit. After five wrong ones you have to ask for another."))
    context = {"form": form, "email": email}
    return render(request, "learningsets/me_address_code.html", context, status=422 if form.is_bound else 200)


@require_safe
@never_cache
def me_export(request: SignedInRequest) -> HttpResponse:
    """Everything held of this person as a member, as a JSON file."""
    body = json.dumps(members.my_data(request.user), ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": 'attachment; filename="my-learning-sets.json"'}
    return HttpResponse(body, content_type="application/json; charset=utf-8", headers=headers)
