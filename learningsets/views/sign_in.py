"""Signing in with a code, and with a link of the worked example."""

import threading
import time
from typing import Any

from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from learningsets import accounts, sign_in_links

ANSWER_AFTER = 0.3  # seconds; more than either takes
AT_ONCE = 8
"""How many may wait for that in one process, which has more threads (`manage.py serve`, docker-compose.yml): whoever
could take up all of them would see by their own waiting whether one is held up elsewhere, as by a member who saves on
the page on which a set reads (`reports/turns.py`)."""
_waiting = threading.BoundedSemaphore(AT_ONCE)


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
class RequestCode(RequestLoginCodeView):  # type: ignore[misc]
    """allauth's page that asks for an address, which answers 422 and 503 as the rest of the site does.

    While a code is under way it stays a page of its own, from which one can go on or start over: allauth would lead
    back to the code, whatever address is typed here.
    """

    def _redirect_to_pending_stage(self, *_args: Any) -> None:
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the address of the page for the code, if one is under way."""
        under_way = self.passthrough_next_url(reverse("account_confirm_login_code"))
        code_url = under_way if get_pending_stage(self.request) else ""
        return {**super().get_context_data(**kwargs), "code_url": code_url}

    def form_valid(self, form: Form) -> HttpResponse:
        """Send the code, and answer after the same time for members and strangers, whose codes take different work.
        What is no address takes the same for both, and is answered at once."""
        if not _waiting.acquire(blocking=False):
            form.add_error(None, _("Many people are signing in just now. Please press the button once more."))
            return self.render_to_response(self.get_context_data(form=form), status=503)  # type: ignore[no-any-return]
        until = time.monotonic() + ANSWER_AFTER
        try:
            response = self._send(form)
            time.sleep(max(0.0, until - time.monotonic()))
        finally:
            _waiting.release()
        return response

    def _send(self, form: Form) -> HttpResponse:
        """As allauth does. When the mail server does not answer, say so: no code is on its way."""
        try:
            response: HttpResponse = super().form_valid(form)
        except accounts.MailDownError:
            form.add_error(
                None, _("We cannot send e-mail at the moment, so no code is on its way. Please try again soon.")
            )
            return self.render_to_response(self.get_context_data(form=form), status=503)  # type: ignore[no-any-return]
        return response

    def form_invalid(self, form: Form) -> HttpResponse:
        """The page again, with what was typed."""
        return self.render_to_response(self.get_context_data(form=form), status=422)  # type: ignore[no-any-return]


@method_decorator(login_not_required, name="dispatch")
class ConfirmCode(ConfirmLoginCodeView):  # type: ignore[misc]
    """allauth's page that takes the code."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Sign in, or send another code."""
        try:
            response: HttpResponse = super().form_valid(form)
        except accounts.MailDownError:
            return self._again(form, _("We cannot send e-mail at the moment. Please try again soon."), 503)
        return response

    def form_invalid(self, form: Form) -> HttpResponse:
        """The page again; after five wrong codes, back to the beginning."""
        response: HttpResponse = super().form_invalid(form)
        if response.status_code == 200:
            response.status_code = 422
        else:
            messages.error(self.request, _("That code works no more, after five that were wrong. Ask for a new one."))
        return response

    def _again(self, form: Form, message: str, status: int) -> HttpResponse:
        again = self.form_class({"code": ""}, code=self._process.code)
        again.is_valid()
        again.errors.clear()
        again.add_error(None, message)
        return self.render_to_response(self.get_context_data(form=again), status=status)  # type: ignore[no-any-return]


request_code = RequestCode.as_view()
confirm_code = ConfirmCode.as_view()


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """A printed link of the worked example: a page with one button, which spends the link."""
    if request.method == "POST":
        user = sign_in_links.use(token)
        if user is None:
            raise Http404
        accounts.sign_in(request, user)
        return redirect("learningsets:home")
    link = sign_in_links.find(token)
    if link is None:
        raise Http404
    return render(request, "learningsets/sign_in.html", {"person": link.user})
