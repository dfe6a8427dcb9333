"""Who takes part in what, and for whom they work."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learningsets.models.programme import Cohort, Programme
from learningsets.models.user import User


class Organisation(models.Model):
    """An employer of members of one programme, with the short forms people use for it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="organisations")
    name = models.CharField(_("name"), max_length=200)
    short_names = models.TextField(_("short names, one on each line"), max_length=2_000, blank=True)

    class Meta:
        ordering = ("name", "id")
        constraints = (models.UniqueConstraint(fields=("programme", "name"), name="organisation_once"),)

    def __str__(self) -> str:
        return self.name

    @property
    def aliases(self) -> list[str]:
        """The short names, blank lines left out."""
        return [line.strip() for line in self.short_names.splitlines() if line.strip()]


class Role(models.TextChoices):
    """What somebody is in a programme. An organiser belongs to no set; the others belong to one each row."""

    ORGANISER = "organiser", _("Organiser")
    FACILITATOR = "facilitator", _("Facilitator")
    PARTICIPANT = "participant", _("Participant")


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Verbs over memberships."""

    def current(self) -> "MembershipQuerySet":
        """Those who have not left."""
        return self.filter(left_on=None)

    def participants(self) -> "MembershipQuerySet":
        """Those who bring challenges and reflect."""
        return self.filter(role=Role.PARTICIPANT)

    def facilitators(self) -> "MembershipQuerySet":
        """Those who schedule, run and write up."""
        return self.filter(role=Role.FACILITATOR)

    def organisers(self) -> "MembershipQuerySet":
        """Those who convene the programme and read what was released."""
        return self.filter(role=Role.ORGANISER)


class Membership(models.Model):
    """One person's place in a programme: organiser of the whole, or facilitator or participant of a set.

    Nobody is organiser and member of one programme: `0002_organiser_or_member` holds that in the database.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="memberships")
    cohort = models.ForeignKey(
        Cohort,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT)
    has_no_employer = models.BooleanField(_("works for no organisation"), default=False)
    job_title = models.CharField(_("job title"), max_length=200, blank=True)
    health_system = models.CharField(_("health system"), max_length=100, blank=True)
    joined_on = models.DateField(default=timezone.localdate)  # where the set is: `Cohort.day_of`
    left_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("user__name", "id")
        constraints = (
            models.UniqueConstraint(fields=("cohort", "user"), name="member_of_a_set_once"),
            models.UniqueConstraint(
                fields=("programme", "user"),
                condition=models.Q(role="organiser"),
                name="organiser_once",
            ),
            models.CheckConstraint(
                condition=models.Q(role="organiser", cohort=None)
                | (models.Q(role__in=("facilitator", "participant")) & models.Q(cohort__isnull=False)),
                name="only_organisers_stand_outside_sets",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"

    @property
    def employer_is_known(self) -> bool:
        """Whether the boundary can know where this person works: it is said, or that there is nothing to say."""
        return self.organisation_id is not None or self.has_no_employer

    @property
    def is_facilitator(self) -> bool:
        """Whether this member facilitates the set."""
        return self.role == Role.FACILITATOR
