"""Links that sign in as somebody of the worked example: printed at the start, working once, on loopback only."""

from django.conf import settings
from django.urls import reverse

from learningsets import mail, tokens
from learningsets.models import OneTimeLink, User


def make_sign_in_link(user: User) -> str:
    """A new link for a fictional person, in place of any earlier one.

    Raises ValueError for anybody real, and unless `EXAMPLE_LINKS` says that the server is bound to loopback.
    """
    if not settings.EXAMPLE_LINKS or not user.is_example:
        raise ValueError("Only people of the worked example have sign-in links, and only on loopback.")
    token = tokens.new_token()
    OneTimeLink.objects.filter(user=user).delete()
    OneTimeLink.objects.create(user=user, token_hash=tokens.hash_of(token))
    return mail.link(reverse("learningsets:sign_in", args=[token]))


def find(token: str) -> OneTimeLink | None:
    """The link that this token opens, or None."""
    if not settings.EXAMPLE_LINKS:
        return None
    links = OneTimeLink.objects.filter(user__is_example=True, user__is_active=True).select_related("user")
    return links.filter(token_hash=tokens.hash_of(token)).first()


def use(token: str) -> User | None:
    """Spend the link: whom it signs in, or None when it is unknown or spent. Of many at once, one gets in."""
    link = find(token)
    if link is None or not OneTimeLink.objects.filter(pk=link.pk).delete()[0]:
        return None
    return link.user
