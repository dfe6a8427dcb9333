"""The concept library of a programme: read by everybody in its sets, kept by those who facilitate them."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningsets.access import SignedInRequest
from learningsets.models import Programme
from sessions import predefined as library
from sessions.access import get_library, get_library_for_facilitator, get_predefined_for_facilitator
from sessions.forms.inputs import replaced
from sessions.forms.predefined import PasteForm, PredefinedForm

INVALID = 422
CONFLICT = 409
TAKEN = gettext_lazy("The library has this term already.")
FULL = gettext_lazy("The library is full. Change a concept that stands in it, or put back one that was removed.")


@require_safe
def predefined(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """The concepts, cluster by cluster; for facilitators with what changes them. `at` and `did` say what just was."""
    programme, places = get_library(request.user, programme_id)
    keeps = any(place.is_facilitator for place in places)
    everything, at = library.everything(programme), request.GET.get("at", "")
    context = {
        "programme": programme,
        "places": places,
        "keeps": keeps,
        "clusters": library.clustered([one for one in everything if not one.removed]),
        "removed": [one for one in everything if one.removed and keeps],
        "pasted": [one for one in everything if one.pasted and not one.removed and str(one.pasted) == at],
        "at": at,
        "did": request.GET.get("did", ""),
    }
    return render(request, "meetings/predefined.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_predefined(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """One more concept. Sent twice, it is one."""
    programme = get_library_for_facilitator(request.user, programme_id)
    form = PredefinedForm(request.POST if request.method == "POST" else None, initial={"version": 0})
    if form.is_valid():
        try:
            return _back(programme, library.add(programme, form.values()).pk, "added")
        except library.TakenError:
            form.add_error("term", TAKEN)
        except library.FullError:
            form.add_error(None, FULL)
    context = {"form": form, "programme": programme}
    return render(request, "meetings/predefined_concept.html", context, status=INVALID if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def paste_predefined(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """Many concepts: first each line with what is wrong with it, then, with the same form once more, saved."""
    programme = get_library_for_facilitator(request.user, programme_id)
    form = PasteForm(request.POST if request.method == "POST" else None)
    fit = form.is_valid() and library.check(programme, form.lines)
    if fit and "save" in request.POST:
        try:
            return _back(programme, library.add_all(programme, form.lines), "pasted")
        except library.TakenError:  # added by somebody else since; now its line says so
            fit = library.check(programme, form.lines)
        except library.FullError:
            form.add_error("concepts", FULL)
            fit = False
    context = {"form": form, "programme": programme, "lines": getattr(form, "lines", []), "fit": fit}
    return render(
        request, "meetings/paste_predefined.html", context, status=INVALID if form.is_bound and not fit else 200
    )


@require_POST
def take_out_pasted(request: SignedInRequest, programme_id: UUID, pasted: UUID) -> HttpResponse:
    """Undo the pasting of a list: what came with it is removed."""
    programme = get_library_for_facilitator(request.user, programme_id)
    count = library.take_out(programme, pasted)
    said = ngettext("%(count)s concept is removed.", "%(count)s concepts are removed.", count)
    messages.success(request, said % {"count": count})
    return redirect("meetings:predefined", programme.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def predefined_concept(request: SignedInRequest, predefined_id: UUID) -> HttpResponse:
    """Change a concept. What another facilitator saved meanwhile is shown beside what was typed."""
    found = get_predefined_for_facilitator(request.user, predefined_id)
    form = PredefinedForm(request.POST) if request.method == "POST" else PredefinedForm.of(found)
    context: dict[str, Any] = {"form": form, "programme": found.programme, "concept": found}
    if not form.is_valid():
        return render(request, "meetings/predefined_concept.html", context, status=INVALID if form.is_bound else 200)
    try:
        saved = library.save(found, form.cleaned_data["version"], form.values())
    except library.TakenError:
        form.add_error("term", TAKEN)
        return render(request, "meetings/predefined_concept.html", context, status=INVALID)
    if saved:
        return _back(found.programme, found.pk, "saved")
    typed = PredefinedForm(replaced(request.POST, "version", found.version))
    context |= {"form": typed, "stored": form.differing(found), "conflict": True}
    return render(request, "meetings/predefined_concept.html", context, status=CONFLICT)


@require_POST
def remove_predefined(request: SignedInRequest, predefined_id: UUID) -> HttpResponse:
    """Take a concept out of the library; the page offers to undo that."""
    found = get_predefined_for_facilitator(request.user, predefined_id)
    library.remove(found)
    return _back(found.programme, found.pk, "removed")


@require_POST
def put_back_predefined(request: SignedInRequest, predefined_id: UUID) -> HttpResponse:
    """Undo a removal."""
    found = get_predefined_for_facilitator(request.user, predefined_id)
    library.remove(found, removed=False)
    return _back(found.programme, found.pk, "back")


def _back(programme: Programme, at: UUID, did: str) -> HttpResponse:
    """The library again, where the focus lands on what was done with the concept, or the list, `at`."""
    address = reverse("meetings:predefined", args=[programme.pk])
    return redirect(f"{address}?{urlencode({'at': str(at), 'did': did})}")
