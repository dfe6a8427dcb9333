"""Every name, address, employer and title the boundary must know, for as long as anything may still be released."""

from typing import Any

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from learningsets.models.programme import Cohort
from learningsets.models.user import User


class Kind(models.TextChoices):
    """What an identifier is."""

    NAME = "name", _("Name")
    OTHER_NAME = "other_name", _("Other name")
    EMAIL = "email", _("E-mail address")
    JOB_TITLE = "job_title", _("Job title")
    ORGANISATION = "organisation", _("Organisation")
    ORGANISATION_ALIAS = "organisation_alias", _("Short name of an organisation")
    HEALTH_SYSTEM = "health_system", _("Health system")


class IdentifierQuerySet(models.QuerySet["Identifier"]):
    """Rows are added and never changed: people leave, rename and change employer, old texts do not."""

    @transaction.atomic
    def remember(
        self,
        cohort: Cohort,
        *identifiers: tuple[Kind, str],
        user: User | None = None,
        whose: str = "",
    ) -> None:
        """Add each identifier that is not known yet, in one statement; blank values are passed over.

        A report of the programme that is about to leave, and looked at who is known, leaves first; the next one waits
        for this transaction. `user` is None for guests; `whose` names the organisation that aliases belong to.
        """
        rows = [
            Identifier(cohort=cohort, user=user, kind=kind, value=value.strip(), whose=whose.strip())
            for kind, value in identifiers
            if value.strip()
        ]
        if rows and connection.vendor == "postgresql":  # on SQLite nobody writes while a report leaves
            with connection.cursor() as cursor:  # as for a row that points to the programme: many at once may
                cursor.execute("SELECT FROM learningsets_programme WHERE id = %s FOR KEY SHARE", [cohort.programme_id])
        self.bulk_create(rows, ignore_conflicts=True)


class Identifier(models.Model):
    """One identifier of one person (or guest) of a set. Append-only."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="identifiers")
    user = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="identifiers",
    )
    kind = models.CharField(max_length=20, choices=Kind)
    value = models.CharField(max_length=254)
    whose = models.CharField(max_length=200, blank=True)

    objects = IdentifierQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            # A pair instead of `nulls_distinct`, which SQLite does not have.
            models.UniqueConstraint(
                fields=("cohort", "user", "kind", "value", "whose"),
                condition=models.Q(user__isnull=False),
                name="identifier_of_a_member_once",
            ),
            models.UniqueConstraint(
                fields=("cohort", "kind", "value", "whose"),
                condition=models.Q(user=None),
                name="identifier_of_a_guest_once",
            ),
        )

    def __str__(self) -> str:
        return self.get_kind_display()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert. Raises `TypeError` on an attempt to change a row."""
        if not self._state.adding:
            raise TypeError("Identifiers are append-only.")
        super().save(*args, **kwargs)
