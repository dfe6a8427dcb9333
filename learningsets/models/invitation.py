"""An invitation to join: hashed, expiring, single use, bound to one address."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from learningsets.models.membership import Membership, Role
from learningsets.models.programme import Cohort, Programme


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Verbs over invitations."""

    def still_open(self) -> "InvitationQuerySet":
        """Those that were neither accepted nor revoked, expired ones among them."""
        return self.filter(accepted_on=None, revoked_on=None)


class Invitation(models.Model):
    """What was sent to one address. Only the token's hash is kept; the token itself is in the mail."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="invitations")
    cohort = models.ForeignKey(
        Cohort,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="invitations",
    )
    role = models.CharField(max_length=20, choices=Role)
    email = models.EmailField(_("e-mail address"), max_length=254)
    name = models.CharField(_("name"), max_length=200)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    job_title = models.CharField(_("job title"), max_length=200, blank=True)
    health_system = models.CharField(_("health system"), max_length=100, blank=True)
    other_names = models.TextField(_("other names"), max_length=2_000, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField()
    accepted_on = models.DateField(null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True)
    invited_by = models.ForeignKey(  # who facilitates the set and asks another to; nobody where an organiser does
        Membership, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    hands_over = models.BooleanField(default=False)  # whoever invited leaves the set once it is accepted

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = (
            # A pair instead of `nulls_distinct`, which SQLite does not have.
            models.UniqueConstraint(
                fields=("cohort", "email", "role"),
                condition=models.Q(accepted_on=None, revoked_on=None, cohort__isnull=False),
                name="invitation_to_a_set_open_once",
            ),
            models.UniqueConstraint(
                fields=("programme", "email"),
                condition=models.Q(accepted_on=None, revoked_on=None, cohort=None),
                name="invitation_to_a_programme_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(role="organiser", cohort=None)
                | (models.Q(role__in=("facilitator", "participant")) & models.Q(cohort__isnull=False)),
                name="only_organisers_are_invited_outside_sets",
            ),
        )

    def __str__(self) -> str:
        return self.name
