"""A link that is printed at the start, works once and is then gone."""

from django.db import models

from learningsets.models.user import User


class OneTimeLink(models.Model):
    """The hash of a printed token: for the set-up page (no user), or to sign in as somebody of the worked example."""

    token_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="links")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return "set up" if self.user is None else "sign in"
