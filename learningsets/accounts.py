"""How people sign in: by a code sent to their address. There is no open sign-up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """allauth's hooks, closed to strangers."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people join by invitation."""
        return False
