"""The concepts that a programme's sets can draw on: its library."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from learningsets.models import Programme


class PredefinedConcept(models.Model):
    """A concept of a programme's library: teaching material, kept by its facilitators and never about a member.

    Facilitators and participants of all its sets read it. Organisers don't: it was not reviewed, and nothing of it was
    released; what of it stands in a report passes the boundary there, as every text does.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="predefined")
    term = models.CharField(_("term"), max_length=120)
    explanation = models.TextField(_("short explanation"), max_length=1_000, blank=True)
    cluster = models.CharField(_("cluster"), max_length=120, blank=True)
    sub_terms = models.TextField(_("narrower terms"), max_length=1_000, blank=True)  # a line each
    handout = models.URLField(_("link to a handout"), max_length=500, blank=True)
    removed = models.BooleanField(default=False)  # can be put back; agendas on which it stands keep it
    pasted = models.UUIDField(null=True, blank=True)  # the list that it came with, until somebody changes it
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("cluster", "term", "id")
        constraints = (models.UniqueConstraint(fields=("programme", "term"), name="predefined_concept_once"),)

    def __str__(self) -> str:
        return self.term

    @property
    def narrower(self) -> list[str]:
        """The terms that stand under this one."""
        return self.sub_terms.splitlines()
