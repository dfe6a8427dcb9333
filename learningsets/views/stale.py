"""A form whose page was open while its sender signed in again: its token is old, and its text must not be lost."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

HIDDEN_FIELD = "csrfmiddlewaretoken"


@login_not_required
@never_cache
def send_again(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What was sent, in a form with a token of now, and nothing else done. 403.

    Only what a page of ours sent comes back: browsers say where a form comes from, and another site's form would get a
    button here that seems to be ours.
    """
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    typed = [(name, value) for name, values in request.POST.lists() for value in values if name != HIDDEN_FIELD]
    fields = typed if ours and not request.FILES else []
    return render(request, "403_csrf.html", {"fields": fields, "target": request.get_full_path()}, status=403)
