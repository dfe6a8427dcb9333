"""How people sign in: by a code sent to their address. There is no open sign-up."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from learningsets import mail
from learningsets.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class MailDownError(Exception):
    """The mail server could not be reached, so no code left."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's hooks, closed to strangers."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This is not the code. Please look for it in the newest e-mail, and type it once more."),
        "too_many_login_attempts": _(
            "Those were many tries in a short time. Please wait a few minutes, then try again."
        ),
        "rate_limited": _("Those were many tries in a short time. Please wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people join by invitation."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a code at once, it is short-lived. Raises MailDownError when the mail server does not take it.

        A stranger's address gets a mail too, without a code: the page and its timing are the same for both.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except mail.failures() as error:
            raise MailDownError from error

    def format_email_subject(self, subject: str) -> str:
        """The subject as it stands in the template."""
        return subject

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """None of allauth's messages: the pages say what happened in the site's own words."""


def sign_in(request: HttpRequest, user: User) -> None:
    """Sign `user` in, who proved their address by a link that only reached them. Ends anybody else's session here."""
    login(request, user, backend=BACKEND)
