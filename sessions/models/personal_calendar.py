"""What somebody chose for their own calendar, over all their sets."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from learningsets.models import User


class PersonalCalendar(models.Model):
    """The key of a person's feed, if they have one, and the time zone in which they want to be told times.

    The feed's address is made from the key and signed, so whoever reads this table has no address by it.
    """

    user = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="calendar")
    key = models.UUIDField(null=True, blank=True, unique=True)  # random; a new one is a new address
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)  # empty: each meeting's own

    class Meta:
        ordering = ("user",)

    def __str__(self) -> str:
        return f"calendar of {self.user}"
